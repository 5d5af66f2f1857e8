"""A form in Word: to print, or to tick on screen. Answers in Word are not read back."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from hashlib import sha256
from typing import Any

from fii_cli.language import Language
from fii_cli.pages.docx import MADE, repacked, set_language
from fii_cli.pages.libraries import library
from fii_cli.pages.word_package import is_document, leave_the_template_behind
from fii_cli.survey.form import Choice, Form, Question
from fii_cli.visible import visible_words

_INK, _SOFT = "1F4E79", "4B5560"
_NO_BREAK = "\u00a0"
_NAMES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BOX = (
    f'<w:sdt xmlns:w="{_NAMES}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr>'
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r>'
    "<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
)
"""A box that Word ticks at a click."""
_MARK = "fii questionnaire "


def form_document(form: Form, say: Language) -> bytes:
    """The form as a Word document; the same form gives the same bytes."""
    document = library("docx", "docx").Document()
    _set_styles(document)
    document.add_paragraph(visible_words(form.name), style="Title")
    _soft(document, f"{say('Questionnaire')} · {form.title}")
    if form.of_lights:
        document.add_paragraph(
            say("For a conversation of the core team: agree on one light for each question.")
        )
    else:
        side = document.add_paragraph(f"{say('You answer for')}: ")
        side.add_run(form.side).bold = True
        document.add_paragraph(
            say(
                "Choose one answer to each question. You may leave a question open. Do not write your name "
                "on this form."
            )
        )
    for meanings in form.meanings:
        document.add_paragraph(f"{say('What the answers mean')}:").paragraph_format.keep_with_next = True
        for line in meanings:
            document.add_paragraph(visible_words(line), style="List Bullet")
    for group in form.groups:
        document.add_paragraph(visible_words(group.name), style="Heading 1")
        for question in group.questions:
            _ask(document, question)
    document.add_paragraph(say("Is there something you would like to add?"), style="Heading 1")
    for _ in range(3):
        _line_to_write_on(document)
    return _finished(document, form, say)


def is_untouched(raw: bytes) -> bool:
    """Whether this is a form in Word that fii wrote and nobody changed."""
    if not is_document(raw):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            body = packed.read("word/document.xml")
            return f"{_MARK}{_digest(body)}".encode() in packed.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError):
        return False


def _ask(document: Any, question: Question) -> None:
    """A question and its answers, on one page."""
    from docx.shared import Pt

    asked = document.add_paragraph()
    asked.paragraph_format.space_before, asked.paragraph_format.keep_with_next = Pt(9), True
    if question.number:
        asked.add_run(f"{question.number}. ").bold = True
    if question.about:
        _coloured(asked, f"{visible_words(question.about)}: ")
    asked.add_run(visible_words(question.text)).bold = True
    lines = [(each,) for each in question.choices] if question.explained else [question.choices]
    for at, choices in enumerate(lines, 1):
        line = document.add_paragraph()
        line.paragraph_format.left_indent = Pt(14)
        line.paragraph_format.keep_with_next = at < len(lines)
        line.paragraph_format.space_after = Pt(2)
        for choice in choices:
            _offer(line, choice)


def _offer(line: Any, choice: Choice) -> None:
    """A box and its answer, with no line break within a short one."""
    from docx.oxml import parse_xml

    if line.runs:
        line.add_run("   ")
    line._p.append(parse_xml(_BOX))
    line.add_run(_NO_BREAK + visible_words(choice.name).replace(" ", _NO_BREAK))
    if choice.seen:
        _coloured(line, f": {visible_words(choice.seen)}")


def _line_to_write_on(document: Any) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER

    line = document.add_paragraph("\t")
    width = document.sections[0].page_width - 2 * document.sections[0].left_margin
    line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    line.paragraph_format.line_spacing = 2.0


def _soft(document: Any, text: str) -> None:
    _coloured(document.add_paragraph(), visible_words(text))


def _coloured(paragraph: Any, text: str) -> None:
    from docx.shared import RGBColor

    paragraph.add_run(text).font.color.rgb = RGBColor.from_string(_SOFT)


def _set_styles(document: Any) -> None:
    from docx.shared import Pt, RGBColor

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(5)
    for name, size in (("Title", 22), ("Heading 1", 14)):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor.from_string(_INK)
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Pt(54))


def _finished(document: Any, form: Form, say: Language) -> bytes:
    """The bytes of a document, with the digest of its text, by which fii recognises an empty form."""
    set_language(document, say.code)
    leave_the_template_behind(document)
    properties = document.core_properties
    properties.title = form.name[:255]
    properties.author, properties.comments, properties.language = "", "", form.language
    properties.created = properties.modified = datetime(*MADE)
    properties.keywords = _MARK + _digest(document.part.blob)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()[:16]
