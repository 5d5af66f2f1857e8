"""A report in Word, from a template that users can change in Word itself."""

from __future__ import annotations

import io
import re
import traceback
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from markupsafe import Markup

from fii_cli import resources
from fii_cli.diagnostics import Refused
from fii_cli.language import MONTHS, N_, SHORT_MONTHS, Code, Language, msg
from fii_cli.pages.libraries import library
from fii_cli.pages.pictures import KINDS
from fii_cli.pages.template import TONES
from fii_cli.pages.word_charts import Charts
from fii_cli.pages.word_columns import fit_columns
from fii_cli.pages.word_fields import hold_harmless
from fii_cli.pages.word_package import is_document, leave_the_template_behind
from fii_cli.project.house_style import HouseStyle
from fii_cli.report.model import Report
from fii_cli.report.shapes import LightShown
from fii_cli.words import SIGNS, Light

LIGHT_STYLES: dict[Light, str] = {
    "groen": "fii green",
    "oranje": "fii orange",
    "rood": "fii red",
    "onbekend": "fii unknown",
    "nvt": "fii not applicable",
}
"""The character styles of lights, which a house can change in its template."""
LIGHT_COLOURS: dict[Light, str] = {
    "groen": "00572A",
    "oranje": "743A00",
    "rood": "9A0A22",
    "onbekend": "444444",
    "nvt": "444444",
}
"""The colours of lights in a template without those styles."""
MADE = (2000, 1, 1, 0, 0, 0)
"""A fixed time for the parts of the package, so that the same report gives the same bytes."""
NO_STYLE = HouseStyle()
ONLY_IN_WORD = (N_("Before"), N_("Open items"))
"""What the Word template says and no page does; its other words are those of the pages."""
_LONGEST_TITLE = 255
"""The maximum length of a title in Word's properties."""


def as_document(
    report: Report,
    say: Language,
    template: bytes | None = None,
    name: str = "",
    style: HouseStyle = NO_STYLE,
) -> bytes:
    """The report in a Word template, fii's own by default, with charts in the colour of the house.

    Raises :class:`Refused` if the template, called ``name``, is not a Word template or fails on the report.
    """
    library("docxtpl", "docx")
    library("resvg_py", "docx")
    if template is None:
        return filled(report, say, resources.word_template(), style)
    if not is_document(template):
        raise Refused(msg("{name}: not a Word template", name=name), msg("save it in Word as .docx"))
    from fii_cli.pages.apart import WordJob, filled_apart

    return filled_apart(WordJob(report, say.code, template, name, style))


def filled(report: Report, say: Language, template: bytes, style: HouseStyle = NO_STYLE) -> bytes:
    """A template with the report filled in. Errors in the template are raised unchanged.

    A note on the error contains the paragraph of the template.
    """
    docxtpl = library("docxtpl", "docx")
    from fii_cli.pages.apart.sandbox import Given, Sandbox, worder

    document = docxtpl.DocxTemplate(io.BytesIO(template))
    document.init_docx()
    charts = Charts(document, say, style)
    values = {
        "report": report,
        "_": worder(say),
        "light": Given("light", partial(_light_in_word, _light_styles(document.docx))),
        "charts": {kind: Given(f"charts.{kind}", partial(charts.drawn, kind)) for kind in KINDS},
        "tones": TONES,
        "signs": SIGNS,
    }
    document.render_xml_part = _with_its_paragraph(document.render_xml_part, say)
    document.render(values, Sandbox(), autoescape=True)
    kind = say("Innovation and implementation trajectory")
    return finished(
        document.docx,
        Properties(report.title, f"{kind}, {report.edition}, {report.dated}", report.as_of, report.mark),
        say.code,
        charts,
    )


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says of itself: no author, since nobody wrote it, and the day that it is of."""

    title: str
    subject: str
    day: str
    mark: str


def finished(document: Any, about: Properties, language: Code, charts: Charts | None = None) -> bytes:
    """A document of python-docx as bytes, with its properties and without traces of its template."""
    set_language(document, language)
    leave_the_template_behind(document)
    if charts:
        charts.tell()
    fit_columns(document)
    properties = document.core_properties
    properties.title = about.title[:_LONGEST_TITLE]
    properties.subject = about.subject[:_LONGEST_TITLE]
    properties.language = language
    properties.created = properties.modified = datetime.fromisoformat(about.day)
    properties.keywords = about.mark
    out = io.BytesIO()
    document.save(out)
    hold_harmless(out.getvalue())
    return repacked(out.getvalue())


def _light_styles(document: Any) -> dict[Light, str]:
    """The ids of the styles of lights, as far as the template has them."""
    styles = {style.name: style.style_id for style in document.styles}
    return {light: styles[name] for light, name in LIGHT_STYLES.items() if name in styles}


def _light_in_word(styles: Mapping[Light, str], shown: LightShown) -> Markup:
    """A light in colour, with its sign, as Word XML."""
    words = library("docxtpl", "docx").RichText()
    style = styles.get(shown.value)
    look = {"style": style} if style else {"bold": True, "color": LIGHT_COLOURS[shown.value]}
    words.add(f"{SIGNS[shown.value]}\u00a0{shown.word}", **look)
    return Markup(words)


def _with_its_paragraph(render: Callable[..., str], say: Language) -> Callable[..., str]:
    """Wrap the rendering of a part: an error has a note with its paragraph, and no date breaks."""
    months = "|".join(say(month) for month in (*MONTHS, *SHORT_MONTHS))
    before_month = re.compile(rf"\b([0-9]{{1,2}}) (?=(?:{months})\b)")
    after_month = re.compile(rf"\b({months}) (?=[0-9]{{4}}\b)")

    def rendered(xml: str, *rest: Any) -> str:
        try:
            made = render(xml, *rest)
        except Exception as error:
            error.add_note(_paragraph_of(error, xml))
            raise
        if "<!DOCTYPE" in made:
            raise Refused(msg("it contains a document type (DOCTYPE), which Word documents cannot have"))
        return after_month.sub("\\1\u00a0", before_month.sub("\\1\u00a0", made))

    return rendered


def _paragraph_of(error: Exception, xml: str) -> str:
    """The text of the paragraph that caused an error; empty if it is unknown."""
    number = getattr(error, "lineno", None) or 0
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == "<template>":
            number = line
    # docxtpl puts each paragraph on a line of its own before it hands the part to Jinja.
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml).splitlines()
    if not 0 < number <= len(lines):
        return ""
    return re.sub(r"<[^>]+>", "", lines[number - 1])


def set_language(document: Any, code: Code) -> None:
    """Set the language for reading aloud and spelling to that of the report."""
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    spoken = {"nl": "nl-NL", "en": "en-GB"}[code]
    for language in document.styles.element.iter(f"{namespace}lang"):
        language.set(f"{namespace}val", spoken)


def repacked(made: bytes) -> bytes:
    """The same document without the time at which it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, MADE), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
