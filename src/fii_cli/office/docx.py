"""A report in Word: a template that a house can change in Word itself."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from fii_cli import shelf
from fii_cli.diagnostics import Refused
from fii_cli.language import Code, Language, msg
from fii_cli.office import library
from fii_cli.render import TONES
from fii_cli.report.drawing import LightShown
from fii_cli.report.model import Report
from fii_cli.terminal import SIGNS

_COLOURS = {"groen": "00662B", "oranje": "8A4B00", "rood": "B00020", "onbekend": "4B5560", "nvt": "4B5560"}
_MAX_UNPACKED = 100_000_000
_MADE = (2000, 1, 1, 0, 0, 0)
"""A document is packed with the hour of its parts; the same report has the same."""


def as_document(report: Report, say: Language, template: bytes | None = None, name: str = "") -> bytes:
    """The report in a template of Word; ours where none is given.

    Raises :class:`Refused` where the template, which is called ``name``, is none, or does not fit the report.
    """
    library("docxtpl", "docx")
    if template is None:
        return filled(report, say, shelf.word_template())
    if not _is_word(template):
        raise Refused(msg("{name}: this is no template of Word", name=name), msg("save it in Word as .docx"))
    from fii_cli.apart import Document, filled_apart

    return filled_apart(Document(report, say.code, template, name))


def filled(report: Report, say: Language, template: bytes) -> bytes:
    """A template with the report filled in; what is wrong with the template is raised as it comes."""
    docxtpl = library("docxtpl", "docx")
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def light(shown: LightShown) -> Any:
        words = docxtpl.RichText()
        words.add(f"{SIGNS[shown.value]} {shown.word}", bold=True, color=_COLOURS[shown.value])
        return words

    def worded(text: str, **values: object) -> str:
        return say(text, **values)

    values = {"report": report, "_": worded, "light": light, "tones": TONES}
    document = docxtpl.DocxTemplate(io.BytesIO(template))
    document.render(values, ImmutableSandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    _speak(document.docx, say.code)
    properties = document.docx.core_properties
    properties.title, properties.author, properties.language = report.title[:255], "fii", report.language
    properties.keywords, properties.comments, properties.last_modified_by = report.mark, "", ""
    out = io.BytesIO()
    document.save(out)
    return _packed_anew(out.getvalue())


def _speak(document: Any, code: Code) -> None:
    """Let Word read the document aloud, and check its spelling, in the language of the report."""
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for language in document.styles.element.iter(f"{namespace}lang"):
        language.set(f"{namespace}val", {"nl": "nl-NL", "en": "en-GB"}[code])


def _is_word(template: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as packed:
            size = sum(part.file_size for part in packed.infolist())
            return "word/document.xml" in packed.namelist() and size <= _MAX_UNPACKED
    except zipfile.BadZipFile:
        return False


def _packed_anew(made: bytes) -> bytes:
    """The same document without the hour at which it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _MADE), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
