"""Generate templates/report.docx: the Word report, as a template that users can change in Word itself.

python tools/word_template.py
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from fii_cli.pages.word_package import leave_the_template_behind
from fii_cli.report.sections import SECTIONS, Section

TEMPLATE = Path(__file__).parents[1] / "templates/report.docx"
_WIDE = 487
"""The width of the text on a page, in points. Columns take shares; by default the first takes two."""
_INK, _SOFT = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x4B, 0x55, 0x60)


def build() -> Any:
    """The template as a python-docx document."""
    document = Document()
    _styles(document)
    _title(document)
    for section in SECTIONS:
        _section(document, section)
    _soft(document, "{{ report.made_with }}")
    leave_the_template_behind(document)
    return document


def _section(document: Any, section: Section) -> None:
    """A section with its title, where the report has it."""
    write = _WRITTEN[section.id]
    needs = _NEEDED_HERE.get(section.id, section.needs)

    def titled() -> None:
        _head(document, section.title)
        write(document)

    if needs:
        _when(document, " or ".join(f"report.{field}" for field in needs), titled)
    else:
        titled()


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(5)
    for name, size in (("Title", 24), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), _INK
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Pt(54))
    foot = section.footer.paragraphs[0]
    foot.add_run("{{ report.title }} · {{ report.edition }} · ")
    for kind in ("begin", "", "end"):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = "PAGE"
        foot.add_run()._r.append(mark)


def _when(document: Any, condition: str, *parts: Any) -> None:
    document.add_paragraph(f"{{%p if {condition} %}}")
    for part in parts:
        part()
    document.add_paragraph("{%p endif %}")


def _each(document: Any, loop: str, *parts: Any) -> None:
    document.add_paragraph(f"{{%p for {loop} %}}")
    for part in parts:
        part()
    document.add_paragraph("{%p endfor %}")


def _soft(document: Any, text: str) -> None:
    document.add_paragraph().add_run(text).font.color.rgb = _SOFT


def _bullets(document: Any, loop: str, text: str, style: str = "List Bullet") -> None:
    _each(document, loop, lambda: document.add_paragraph(text, style=style))


def _facts(document: Any, facts: str) -> None:
    def line() -> None:
        made = document.add_paragraph()
        made.add_run("{{ fact.label }}: ").bold = True
        made.add_run("{{ fact.text }}")

    _each(document, f"fact in {facts}", line)


def _table(
    document: Any, heads: list[str], loop: str, cells: list[str], shares: tuple[int, ...] = ()
) -> None:
    """Add a table with a row for each iteration of a loop; its header row repeats on every page."""
    table = document.add_table(rows=4, cols=len(heads))
    table.style, table.autofit = "Light List Accent 1", False
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:firstColumn"), "0")
    look.set(qn("w:val"), "0420")  # the same for programs that read it as bits: header row, no banding
    shares = shares or (2, *[1] * (len(heads) - 1))
    for share, column in zip(shares, table.columns, strict=True):
        column.width = Pt(_WIDE * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width
    for at, head in enumerate(heads):
        table.rows[0].cells[at].paragraphs[0].add_run(f"{{{{ {_said(head)} }}}}").bold = True
    again = OxmlElement("w:tblHeader")
    again.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(again)
    table.rows[1].cells[0].text = f"{{%tr for {loop} %}}"
    for at, cell in enumerate(cells):
        table.rows[2].cells[at].text = cell
    table.rows[3].cells[0].text = "{%tr endfor %}"
    document.add_paragraph()


def _said(head: str) -> str:
    """The template expression for a heading: a value of the report, or a translated text."""
    return head if head.startswith("report.") else f"_('{head}')"


def _rows(document: Any, heads: list[str], rows: str, shares: tuple[int, ...] = ()) -> None:
    cells = [f"{{{{ row.cells[{at}] }}}}" for at in range(len(heads))]
    _table(document, heads, f"row in {rows}", cells, shares)


def _head(document: Any, text: str, level: int = 1) -> None:
    document.add_heading(f"{{{{ _('{text}') }}}}", level)


def _title(document: Any) -> None:
    kind = "{{ _('Innovation and implementation trajectory') }}"
    day = "{{ report.dated }}"
    _soft(document, f"{kind} · {day} · {{{{ report.edition }}}}")
    document.add_heading("{{ report.title }}", 0)
    document.add_paragraph("{{ report.summary }}")


def _board(document: Any) -> None:
    document.add_paragraph("{{ report.board.status | join(' ') }}")
    asked = "report.board.asked"
    _head(document, "The decision we ask of you", 2)

    def question() -> None:
        document.add_paragraph().add_run(f"{{{{ {asked}.question }}}}").bold = True

        def line() -> None:
            made = document.add_paragraph()
            made.add_run("{{ line.head }}: ").bold = True
            made.add_run("{{ line.text }}")

        _each(document, f"line in {asked}.lines", line)
        _when(document, f"{asked}.others", lambda: _soft(document, f"{{{{ {asked}.others }}}}"))

    _when(document, asked, question)
    _ask(document, "decision")
    _head(document, "Where it stands", 2)
    signs = "{% for shown, n in phase.lights %}{{ signs[shown.value] * n }}{% endfor %} {{ phase.rated }}"
    moves = "{% for each in phase.moves %}{{ each.words }}{% if not loop.last %}, {% endif %}{% else %}"
    moves += "{{ phase.quiet }}{% endfor %}"
    state = "{{ phase.state }}{% if phase.told %}, {{ phase.told }}{% endif %}"
    cells = ["{{ phase.number }} {{ phase.name }}", state, signs, moves]
    heads = ["Phase", "State", "Lights now, one sign for each question", "Movement"]
    _table(document, heads, "phase in report.board.path.phases", cells, (3, 4, 5, 3))
    _when(document, "report.board.path.steps", lambda: _soft(document, "{{ report.board.path.steps }}"))
    _head(document, "What changed", 2)
    compared = "{{ _('Compared with {date}.', date=report.board.since) }}"
    _when(document, "report.board.since", lambda: _soft(document, compared))
    remark = "{{ each.name }}{% if each.remark %}: {{ each.remark }}{% endif %} – {{ each.way_words }}, "
    shown = "{% if each.way != 'new' %}{{r light(each.before) }} → {% endif %}{{r light(each.after) }}"
    _bullets(document, "each in report.board.lights", remark + shown)
    _bullets(document, "line in report.board.news", "{{ line }}")
    _when(document, "report.board.rest", lambda: _soft(document, "{{ report.board.rest }}"))
    _ask(document, "changes")
    _head(document, "What was agreed", 2)

    def agreed() -> None:
        due = "{{ each.due }}{% if each.note %}, {{ each.note }}{% endif %}"
        cells = ["{{ each.what }}", "{{ each.who }}", due]
        _table(document, ["What", "Owner", "By when"], "each in report.board.agreed", cells, (5, 3, 4))

    _when(document, "report.board.agreed", agreed)
    _when(document, "report.board.more_agreed", lambda: _soft(document, "{{ report.board.more_agreed }}"))
    _ask(document, "agreements")

    def risk() -> None:
        told = "{{ _('What endangers it: {what}', what=report.board.risk.what) }}"
        document.add_heading(told, 2)
        document.add_paragraph("{{ report.board.risk.why }}")

    _when(document, "report.board.risk", risk)

    def no_risk() -> None:
        _head(document, "What endangers it", 2)
        document.add_paragraph("{{ report.board.ask_risk }}")

    _when(document, "report.board.ask_risk", no_risk)
    document.add_page_break()


def _ask(document: Any, part: str) -> None:
    """The question to ask if the facts for a part of the page are missing."""
    ask = f"report.board.ask_{part}"
    _when(document, ask, lambda: document.add_paragraph(f"{{{{ {ask} }}}}"))


def _glance(document: Any) -> None:
    document.add_paragraph("{{ report.status | join(' ') }}")
    lights = "{% for each in phase.counts if phase.told %}{{ each.light.word }} {{ each.n }}  {% endfor %}"
    cells = ["{{ phase.number }} {{ phase.name }}", "{{ phase.state_words }}", lights]
    _table(document, ["Phase", "State", "Lights"], "phase in report.phases", cells)
    _head(document, "Where we are", 2)
    _facts(document, "report.at_a_glance")

    def decision() -> None:
        _head(document, "The decision", 2)
        _facts(document, "report.decision")

    def to_do() -> None:
        _head(document, "To do now", 2)
        _bullets(document, "line in report.to_do", "{{ line }}", "List Number")

    _when(document, "report.decision", decision)
    _when(document, "report.to_do", to_do)


def _path(document: Any) -> None:
    via = "{{ visit.via }}{% if visit.reason %}: {{ visit.reason }}{% endif %}"
    cells = ["{{ visit.phase }}", "{{ visit.entered }}", via, "{{ visit.decisions | join('; ') }}"]
    _table(document, ["Phase", "From", "How", "Decisions"], "visit in report.visits", cells, (3, 2, 4, 5))


def _entry(document: Any) -> None:
    line = document.add_paragraph()
    line.add_run("{{ report.entry.name }}. ").bold = True
    line.add_run("{{ report.entry.why }}")

    def attention() -> None:
        document.add_heading("{{ report.entry.attention_title }}", 2)
        _bullets(document, "line in report.entry.attention", "{{ line }}")

    _when(document, "report.entry.attention", attention)


def _items(document: Any, loop: str, second: str, cell: str) -> None:
    cells = ["{{ item.question }}", cell, "{{r light(item.light) }}", "{{ item.remarks | join('; ') }}"]
    _table(document, ["Question", second, "Light", "Remarks"], loop, cells, (5, 3, 2, 4))


def _lights(document: Any) -> None:
    _head(document, "Open items", 2)
    _items(document, "phase, item in report.open_items", "Phase", "{{ phase }}")


def _instruments(document: Any) -> None:
    _head(document, "Current barriers", 2)
    what = "{{ row.name }}{% if row.note %} – {{ row.note }}{% endif %}"
    how_much = "{{ tones[row.tone] }} {{ row.strength }}"
    cells = [what, how_much, "{{ row.since }}", "{{ row.said }}", "{{ row.answered }}"]
    heads = ["What", "Strength", "Since", "Source", "Response"]
    _table(document, heads, "row in report.barriers", cells, (5, 3, 3, 4, 4))


def _retired(document: Any) -> None:
    told = "The handbook no longer asks these items. Their ratings are shown as given and count nowhere."
    _soft(document, f"{{{{ _('{told}') }}}}")
    _rows(document, ["What", "Rating", "Why retired", "Became"], "report.retired", (2, 2, 2, 2))


def _strategies(document: Any) -> None:
    _soft(document, "{{ report.caution }}")
    _each(
        document,
        "each in report.strategies",
        lambda: document.add_heading("{{ loop.index }}. {{ each.name }}", 2),
        lambda: document.add_paragraph("{{ each.meaning }} {{ each.because }}"),
        lambda: _bullets(document, "reason in each.reasons", "{{ reason }}"),
        lambda: _soft(document, "{{ each.about }}"),
    )


def _stakeholders(document: Any) -> None:
    contact = "{{ person.contact }}{% if person.silent %} ({{ person.silent }}){% endif %}"
    cells = ["{{ person.role }}", "{{ person.level }}", "{{ person.support }}", contact, "{{ person.why }}"]
    heads = ["Role", "Level", "Support", "Latest contact", "Why needed"]
    _table(document, heads, "person in report.stakeholders.people", cells, (3, 3, 3, 3, 4))


def _since(document: Any) -> None:
    def lights() -> None:
        before = "{{ each.before.word if each.way != 'new' }}"
        cells = [
            "{{ each.name }}",
            before,
            "{{r light(each.after) }}",
            "{{ each.way_words }}",
            "{{ each.remark }}",
        ]
        heads = ["Item", "Before", "Now", "How", "Remarks"]
        _table(document, heads, "each in report.since.lights", cells, (4, 2, 2, 3, 4))

    version = "{% if report.since.version %} {{ _('That version of the file is {version}.', "
    version += "version=report.since.version) }}{% endif %}"
    _soft(document, "{{ _('Compared with {date}.', date=report.since.dated) }}" + version)
    _when(document, "report.since.lights", lights)
    gone = "{% if line.sign == '-' %}{{ _('No longer there:') }} {% endif %}"
    _bullets(document, "line in report.since.facts", gone + "{{ line.text }}")


def _planning(document: Any) -> None:
    def agreed() -> None:
        due = "{{ each.due }}{% if each.late %} ({{ each.late }}){% endif %}"
        cells = ["{{ each.what }}", "{{ each.who }}", due, "{{ each.why }}"]
        _table(document, ["What", "Owner", "Due", "For"], "each in report.agreed", cells, (4, 3, 3, 3))

    def roadmap() -> None:
        _head(document, "Roadmap to the shared goal", 2)
        _rows(document, ["Task", "By", "Due", "Done"], "report.roadmap")

    def actions() -> None:
        _head(document, "Actions", 2)
        due = "{{ action.due }}{% if action.overdue %} ({{ _('overdue') }}){% endif %}"
        cells = ["{{ action.what }}", "{{ action.answers }}", "{{ action.owner }}", due]
        cells += ["{{ action.status }}", "{{ action.result }}"]
        heads = ["Action", "Addresses", "Owner", "Due", "Status", "Result"]
        _table(document, heads, "action in report.actions", cells)

    _when(document, "report.agreed", agreed)
    _when(document, "report.roadmap", roadmap)
    _when(document, "report.actions", actions)


def _cycles(document: Any) -> None:
    _rows(document, ["Cycle", "Plan", "Do", "Check", "Act"], "report.cycles")


def _indicators(document: Any) -> None:
    _each(
        document,
        "each in report.indicators",
        lambda: document.add_heading("{{ each.name }}", 2),
        lambda: _rows(document, ["Date", "Value", "Number of cases", "Note"], "each.rows"),
    )


def _trend(document: Any) -> None:
    told = "From the dates in the file: counts as they were on each day. Nothing is averaged."
    _soft(document, f"{{{{ _('{told}') }}}}")
    parts = {
        "lights": (2, 3, 5),
        "phases": (3, 1, 2, 1),
        "lives": (4, 2, 2, 3, 1),
        "used": (3, 4, 2, 2, 2, 1),
    }

    def part(name: str, shares: tuple[int, ...]) -> None:
        document.add_heading(f"{{{{ report.trend.{name}.title }}}}", 2)
        _soft(document, f"{{{{ report.trend.{name}.note }}}}")
        heads = [f"report.trend.{name}.heads[{at}]" for at in range(len(shares))]
        _rows(document, heads, f"report.trend.{name}.rows", shares)

    for name, shares in parts.items():
        _when(document, f"report.trend.{name}", partial(part, name, shares))


def _phases(document: Any) -> None:
    def facts(value: str, depth: int) -> None:
        def line() -> None:
            made = document.add_paragraph(style="List Bullet" if depth == 1 else f"List Bullet {depth}")
            made.add_run(f"{{{{ fact{depth}.label }}}}").bold = True
            made.add_run(f"{{% if fact{depth}.text %}}: {{{{ fact{depth}.text }}}}{{% endif %}}")
            if depth < 3:
                facts(f"fact{depth}.inner", depth + 1)

        _each(document, f"fact{depth} in {value}", line)

    def items() -> None:
        _items(document, "item in subphase.items", "Date", "{{ item.date }}")

    def subphase() -> None:
        document.add_heading("{{ subphase.id }} {{ subphase.name }}", 3)
        _soft(document, "{{ subphase.key_question }}")
        facts("subphase.facts", 1)
        _when(document, "subphase.items", items)

    def phase() -> None:
        document.add_heading("{{ phase.number }} {{ phase.name }} – {{ phase.state_words }}", 2)
        document.add_paragraph("{{ phase.goal }}")
        _each(document, "subphase in phase.subphases if subphase.facts or subphase.items", subphase)

    _each(document, "phase in report.phases if phase.told", phase)


def _parties(document: Any) -> None:
    heads = ["Organisation", "Roles", "Funding", "Funders"]
    _when(document, "report.organisations", lambda: _rows(document, heads, "report.organisations"))
    heads_of_people = ["Role", "Organisation", "Level"]
    _when(document, "report.people", lambda: _rows(document, heads_of_people, "report.people"))


def _findings(document: Any) -> None:
    def findings() -> None:
        _rows(document, ["Code", "What"], "report.findings", (1, 5))

    def accepted() -> None:
        _head(document, "Accepted by the team", 2)
        _rows(document, ["Code", "About", "Why", "By", "Until"], "report.accepted")

    _when(document, "report.findings", findings)
    _when(document, "report.accepted", accepted)


def _log(document: Any) -> None:
    _rows(document, ["Date", "What", "By"], "report.log")


def _sources(document: Any) -> None:
    work = "{{ work.by }}. {% if work.title %}{{ work.title }}. {% endif %}{{ work.publisher }}."
    work += "{% if work.link %} {{ work.link }}{% endif %}"
    _bullets(document, "work in report.sources", work)


def _asked(document: Any) -> None:
    heads = ["Question", "Asked of", "By when", "Advice", "Otherwise", "Decided"]
    _rows(document, heads, "report.asked")


_WRITTEN: dict[str, Callable[[Any], None]] = {
    "asked": _asked,
    "board": _board,
    "glance": _glance,
    "since": _since,
    "path": _path,
    "entry": _entry,
    "lights": _lights,
    "instruments": _instruments,
    "retired": _retired,
    "strategies": _strategies,
    "stakeholders": _stakeholders,
    "planning": _planning,
    "cycles": _cycles,
    "indicators": _indicators,
    "trend": _trend,
    "phases": _phases,
    "parties": _parties,
    "findings": _findings,
    "log": _log,
    "sources": _sources,
}
"""What stands in each section."""
_NEEDED_HERE = {"lights": ("open_items",), "instruments": ("barriers",)}
"""What a section needs in Word, where it shows less than a page does: no charts and no tables of ratings."""


def main() -> None:
    build().save(TEMPLATE)
    with zipfile.ZipFile(TEMPLATE) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(TEMPLATE, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():  # fixed timestamps, so that the same template gives the same bytes
            packed.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
