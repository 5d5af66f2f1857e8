"""A report in Word: a template that a house can change in Word itself."""

from __future__ import annotations

import io
import re
import traceback
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

from markupsafe import Markup

from fii_cli import resources
from fii_cli.diagnostics import Refused
from fii_cli.language import Code, Language, msg
from fii_cli.pages.libraries import library
from fii_cli.pages.template import TONES
from fii_cli.pages.word_fields import hold_harmless
from fii_cli.pages.word_package import is_document, leave_the_template_behind
from fii_cli.report.model import Report
from fii_cli.report.shapes import LightShown
from fii_cli.terminal import SIGNS

_COLOURS = {"groen": "00662B", "oranje": "8A4B00", "rood": "B00020", "onbekend": "4B5560", "nvt": "4B5560"}
_MADE = (2000, 1, 1, 0, 0, 0)
"""A document is packed with the hour of its parts; the same report has the same."""
_LONGEST_TITLE = 255
"""What Word holds of a title in its properties."""


def as_document(report: Report, say: Language, template: bytes | None = None, name: str = "") -> bytes:
    """The report in a template of Word; ours where none is given.

    Raises :class:`Refused` where the template, which is called ``name``, is none, or does not fit the report.
    """
    library("docxtpl", "docx")
    if template is None:
        return filled(report, say, resources.word_template())
    if not is_document(template):
        raise Refused(msg("{name}: this is no template of Word", name=name), msg("save it in Word as .docx"))
    from fii_cli.pages.apart import WordJob, filled_apart

    return filled_apart(WordJob(report, say.code, template, name))


def filled(report: Report, say: Language, template: bytes) -> bytes:
    """A template with the report filled in; what is wrong with the template is raised as it comes.

    A note of such an error tells the paragraph of the template.
    """
    docxtpl = library("docxtpl", "docx")
    from fii_cli.pages.apart.sandbox import Given, Sandbox, worder

    values = {"report": report, "_": worder(say), "light": Given("light", _light_in_word), "tones": TONES}
    document = docxtpl.DocxTemplate(io.BytesIO(template))
    document.render_xml_part = _with_its_paragraph(document.render_xml_part)
    document.render(values, Sandbox(), autoescape=True)
    _speak(document.docx, say.code)
    leave_the_template_behind(document.docx)
    properties = document.docx.core_properties
    properties.title = report.title[:_LONGEST_TITLE]
    properties.author = "fii"
    properties.language = report.language
    properties.created = properties.modified = datetime(*_MADE)
    properties.keywords = report.mark
    out = io.BytesIO()
    document.save(out)
    hold_harmless(out.getvalue())
    return _packed_anew(out.getvalue())


def _light_in_word(shown: LightShown) -> Markup:
    """A light in colour, with its sign, as a piece of the XML of Word."""
    words = library("docxtpl", "docx").RichText()
    words.add(f"{SIGNS[shown.value]} {shown.word}", bold=True, color=_COLOURS[shown.value])
    return Markup(words)


def _with_its_paragraph(render: Callable[..., str]) -> Callable[..., str]:
    """The rendering of a part, in which an error tells the paragraph."""

    def rendered(xml: str, *rest: Any) -> str:
        try:
            made = render(xml, *rest)
        except Exception as error:
            error.add_note(_paragraph_of(error, xml))
            raise
        if "<!DOCTYPE" in made:
            raise Refused(msg("it writes a document type (DOCTYPE), which Word documents do not have"))
        return made

    return rendered


def _paragraph_of(error: Exception, xml: str) -> str:
    """The text of the paragraph in which an error arose; empty where that does not show."""
    number = getattr(error, "lineno", None) or 0
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == "<template>":
            number = line
    # docxtpl puts each paragraph on a line of its own before it hands the part to Jinja.
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml).splitlines()
    if not 0 < number <= len(lines):
        return ""
    return re.sub(r"<[^>]+>", "", lines[number - 1])


def _speak(document: Any, code: Code) -> None:
    """Let Word read the document aloud, and check its spelling, in the language of the report."""
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    spoken = {"nl": "nl-NL", "en": "en-GB"}[code]
    for language in document.styles.element.iter(f"{namespace}lang"):
        language.set(f"{namespace}val", spoken)


def _packed_anew(made: bytes) -> bytes:
    """The same document without the hour at which it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _MADE), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
