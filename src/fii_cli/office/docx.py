"""A report in Word: a template that a house can change in Word itself."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from fii_cli import shelf
from fii_cli.diagnostics import Refused
from fii_cli.language import Language, msg
from fii_cli.office import library
from fii_cli.render import TONES
from fii_cli.report.drawing import LightShown
from fii_cli.report.model import Report
from fii_cli.terminal import SIGNS

_COLOURS = {"groen": "00662B", "oranje": "8A4B00", "rood": "B00020", "onbekend": "4B5560", "nvt": "4B5560"}
_MADE = (2000, 1, 1, 0, 0, 0)
"""A document is packed with the hour of its parts; the same report has the same."""


def as_document(report: Report, say: Language, template: bytes | None = None) -> bytes:
    """The report in a template of Word; ours where none is given.

    Raises :class:`Refused` where the template is none, or does not fit the report.
    """
    docxtpl = library("docxtpl", "docx")
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def light(shown: LightShown) -> Any:
        words = docxtpl.RichText()
        words.add(f"{SIGNS[shown.value]} {shown.word}", bold=True, color=_COLOURS[shown.value])
        return words

    def worded(text: str, **values: object) -> str:
        return say(text, **values)

    values = {"report": report, "_": worded, "light": light, "tones": TONES}
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    try:
        document = docxtpl.DocxTemplate(io.BytesIO(shelf.word_template() if template is None else template))
        document.render(values, environment, autoescape=True)
    except TemplateError as error:
        wrong = msg("the template does not fit the report: {why}", why=_first_line(error))
        raise Refused(wrong, msg("see docs/house-style for what a template can show")) from None
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        if template is None:
            raise
        raise Refused(
            msg("this is no template of Word: {why}", why=_first_line(error)), msg("save it in Word as .docx")
        ) from None
    properties = document.docx.core_properties
    properties.title, properties.author, properties.language = report.title[:255], "fii", report.language
    properties.comments = properties.last_modified_by = ""
    out = io.BytesIO()
    document.save(out)
    return _packed_anew(out.getvalue())


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _packed_anew(made: bytes) -> bytes:
    """The same document without the hour at which it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _MADE), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
