"""The charts of a Word document: pictures as wide as its text, each with what it shows in words."""

from __future__ import annotations

import io
from typing import Any

from markupsafe import Markup

from fii_cli.language import Language
from fii_cli.pages.pictures import KINDS, picture_of
from fii_cli.project.house_style import HouseStyle

_NAME = "fii-chart-"


class Charts:
    """Draws charts into a document that is being filled, and remembers what each shows."""

    def __init__(self, document: Any, say: Language, style: HouseStyle) -> None:
        self._document, self._say, self._style = document, say, style
        self._told: dict[str, str] = {}

    def drawn(self, kind: str, chart: Any) -> Markup:
        """A chart as Word XML, in the middle of a text; nothing if the report does not have it."""
        if chart is None:
            return Markup("")
        if not isinstance(chart, KINDS[kind]):
            raise TypeError(f"charts.{kind} cannot draw {type(chart).__name__}")
        picture = picture_of(kind, chart, self._say, self._style)
        inline = self._document.current_rendering_part.new_pic_inline(
            io.BytesIO(picture.png), width=_text_width(self._document.docx)
        )
        name = f"{_NAME}{len(self._told) + 1}"
        inline.docPr.set("name", name)
        self._told[name] = picture.told
        drawing = Markup("<w:drawing>{inline}</w:drawing>").format(inline=Markup(inline.xml))
        return Markup('</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">').format(
            drawing=drawing
        )

    def tell(self) -> None:
        """Write what each chart shows into the finished document, as readers aloud find it."""
        for element in self._document.docx.element.body.iter():
            if isinstance(element.tag, str) and element.tag.endswith("}docPr"):
                told = self._told.get(element.get("name", ""))
                if told:
                    element.set("descr", told)


def _text_width(document: Any) -> int:
    """The width of the text on a page, in the units of Word."""
    section = document.sections[0]
    if not section.page_width:
        return _A4
    room = section.page_width - (section.left_margin or 0) - (section.right_margin or 0)
    return max(int(room), _LEAST)


_CENTIMETRE = 360_000
_A4, _LEAST = 16 * _CENTIMETRE, 4 * _CENTIMETRE
