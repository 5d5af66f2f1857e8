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
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from fii_cli.pages.docx import LIGHT_STYLES
from fii_cli.pages.word_columns import CELL, TABLE
from fii_cli.pages.word_package import leave_the_template_behind
from fii_cli.report.sections import SECTIONS, Section

TEMPLATE = Path(__file__).parents[1] / "templates/report.docx"
_INK, _SOFT = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x44, 0x44, 0x44)
_COLOURS = {"groen": "00572A", "oranje": "743A00", "rood": "9A0A22", "onbekend": "444444", "nvt": "444444"}
_LOOK = """<w:style xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:type="table"
 w:customStyle="1" w:styleId="FiiTable"><w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="1F4E79"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F4E79"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BBBBBB"/></w:tblBorders>
<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>
<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F4E79"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/></w:tcPr></w:tblStylePr></w:style>"""
"""The look of tables, as a style that a house changes in Word."""


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

    def titled() -> None:
        _head(document, section.title)
        write(document)

    if section.needs:
        _when(document, " or ".join(f"report.{field}" for field in section.needs), titled)
    else:
        titled()


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(5)
    for name, size in (("Title", 24), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), _INK
    _own_styles(document)
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


def _own_styles(document: Any) -> None:
    """The styles of fii, under names that a house finds and changes in Word."""
    styles = document.styles
    paragraphs = {"fii cover": Pt(12), "fii soft": Pt(10.5), CELL: Pt(9), "fii picture": Pt(10.5)}
    for name, size in paragraphs.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.quick_style = styles["Normal"], size, True
    styles["fii soft"].font.color.rgb = _SOFT
    styles["fii cover"].font.color.rgb = _INK
    styles[CELL].paragraph_format.space_after = Pt(2)
    styles["fii soft"].paragraph_format.keep_with_next = True
    for light, name in LIGHT_STYLES.items():
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.bold, style.quick_style = True, True
        style.font.color.rgb = RGBColor.from_string(_COLOURS[light])
    styles.element.append(parse_xml(_LOOK.format(name=TABLE)))


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
    document.add_paragraph(text, style="fii soft")


def _bullets(document: Any, loop: str, text: str, style: str = "List Bullet") -> None:
    _each(document, loop, lambda: document.add_paragraph(text, style=style))


def _facts(document: Any, facts: str) -> None:
    def line() -> None:
        made = document.add_paragraph()
        _strong(made, "{{ fact.label }}: ")
        made.add_run("{{ fact.text }}")

    _each(document, f"fact in {facts}", line)


def _strong(paragraph: Any, text: str) -> None:
    paragraph.add_run(text, style="Strong")


def _chart(document: Any, kind: str, value: str) -> None:
    document.add_paragraph(f"{{{{ charts.{kind}({value}) }}}}", style="fii picture")


def _drawn(document: Any, kind: str, value: str) -> None:
    """A chart, if the report has it."""
    _when(document, value, lambda: _chart(document, kind, value))


def _table(document: Any, heads: list[str], loop: str, cells: list[str]) -> None:
    """Add a table with a row for each iteration of a loop; its header row repeats on every page.

    fii fits the columns to what stands in them when the document is made.
    """
    said = [f"{{{{ {_said(head)} }}}}" for head in heads]
    _rows_of_cells(document, [said, [f"{{%tr for {loop} %}}"], cells, ["{%tr endfor %}"]])


def _rows_of_cells(document: Any, rows: list[list[str]]) -> None:
    """Add a table with these cells; a row of one cell holds what repeats, or spans all columns."""
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    table.style, table.autofit = TABLE, False
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:firstColumn"), "0")
    look.set(qn("w:val"), "0420")  # the same for programs that read it as bits: header row, no banding
    for row, cells in zip(table.rows, rows, strict=True):
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for cell, text in zip(row.cells, cells, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph.style = CELL
            paragraph.text = text
        for cell in list(row._tr.tc_lst)[len(cells) :]:
            row._tr.remove(cell)
    again = OxmlElement("w:tblHeader")
    again.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(again)
    document.add_paragraph()


def _matrix(
    document: Any,
    heads: tuple[str, str, str],
    groups: tuple[str, str],
    rows: tuple[str, str],
    cells: tuple[str, str],
    last: tuple[str, ...] = (),
) -> None:
    """Add a table with as many columns as the report has sides or days, in groups if ``groups`` is given.

    ``heads`` are the first heading, the loop over the other columns, and what each is called; ``groups`` and
    ``rows`` are a loop and its heading; ``cells`` are a loop and what stands in its cells. ``last`` is a
    heading with its cell, behind all others.
    """
    first, columns, named = heads
    end = [] if not last else [f"{{{{ {_said(last[0])} }}}}"]
    head = [first, f"{{%tc for {columns} %}}", named, "{%tc endfor %}", *end]
    row = [rows[1], f"{{%tc for {cells[0]} %}}", cells[1], "{%tc endfor %}", *last[1:]]
    inside = [[f"{{%tr for {rows[0]} %}}"], row, ["{%tr endfor %}"]]
    if groups[0]:
        listed = columns.partition(" in ")[2]
        wide = f"{{% colspan {listed}|length + {1 + len(end)} %}}"
        inside = [[f"{{%tr for {groups[0]} %}}"], [wide + groups[1]], *inside, ["{%tr endfor %}"]]
    _rows_of_cells(document, [head, *inside])


def _said(head: str) -> str:
    """The template expression for a heading: a value of the report, or a translated text."""
    return head if head.startswith("report.") else f"_('{head}')"


def _rows(document: Any, heads: list[str], rows: str) -> None:
    cells = [f"{{{{ row.cells[{at}] }}}}" for at in range(len(heads))]
    _table(document, heads, f"row in {rows}", cells)


def _head(document: Any, text: str, level: int = 1) -> None:
    document.add_heading(f"{{{{ _('{text}') }}}}", level)


def _title(document: Any) -> None:
    kind = "{{ _('Innovation and implementation trajectory') }}"
    day = "{{ report.dated }}"
    document.add_heading("{{ report.title }}", 0)
    document.add_paragraph(f"{kind} {{{{ report.edition }}}} · {day}", style="fii cover")
    _when(document, "report.summary", lambda: document.add_paragraph("{{ report.summary }}"))


def _board(document: Any) -> None:
    document.add_paragraph("{{ report.board.status | join(' ') }}")
    asked = "report.board.asked"
    _head(document, "The decision we ask of you", 2)

    def question() -> None:
        _strong(document.add_paragraph(), f"{{{{ {asked}.question }}}}")

        def line() -> None:
            made = document.add_paragraph()
            _strong(made, "{{ line.head }}: ")
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
    _table(document, heads, "phase in report.board.path.phases", cells)
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
        _table(document, ["What", "Owner", "By when"], "each in report.board.agreed", cells)

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

    def nothing() -> None:
        document.add_paragraph("{{ _('Nothing is overdue, red or blocking.') }}")

    _when(document, "report.decision", decision)
    _when(document, "report.to_do", to_do)
    _when(document, "report.rated and not report.to_do", nothing)


def _path(document: Any) -> None:
    told = "The phases are not a ladder: going back or skipping is part of the work."
    _soft(document, f"{{{{ _('{told}') }}}}")
    _drawn(document, "time", "report.path")
    via = "{{ visit.via }}{% if visit.reason %}: {{ visit.reason }}{% endif %}"
    cells = ["{{ visit.phase }}", "{{ visit.entered }}", via, "{{ visit.decisions | join('; ') }}"]
    _table(document, ["Phase", "From", "How", "Decisions"], "visit in report.visits", cells)


def _entry(document: Any) -> None:
    line = document.add_paragraph()
    _strong(line, "{{ report.entry.name }}. ")
    line.add_run("{{ report.entry.why }}")
    _soft(document, "{{ _('The entry-point matrix') }} ({{ report.entry.source }})")
    here = "{% if cell.applies %} ({{ _('this trajectory') }}){% endif %}"
    _matrix(
        document,
        ("", "column in report.entry.columns", "{{ column }}"),
        ("", ""),
        ("row in report.entry.rows", "{{ row.name }}"),
        ("cell in row.cells", "{{ cell.words }}" + here),
    )
    skipped = "Skipped from this starting point: {phases}. The questions can still be answered."
    skipped = f"{{{{ _('{skipped}', phases=report.entry.skipped) }}}}"
    _when(document, "report.entry.skipped", lambda: document.add_paragraph(skipped))
    _nested(document, "report.entry.facts")

    def attention() -> None:
        document.add_heading("{{ report.entry.attention_title }}", 2)
        _bullets(document, "line in report.entry.attention", "{{ line }}")

    _when(document, "report.entry.attention", attention)


def _items(document: Any, loop: str, second: str, cell: str) -> None:
    required = "{% if item.required %} ({{ _('required by fii') }}){% endif %}"
    own = '{% if item.own %} ({{ _("the team\'s own") }}){% endif %}'
    cells = [
        "{{ item.question }}" + required + own,
        cell,
        "{{r light(item.light) }}",
        "{{ item.remarks | join('; ') }}",
    ]
    _table(document, ["Question", second, "Light", "Remarks"], loop, cells)


def _lights(document: Any) -> None:
    def open_items() -> None:
        _head(document, "Open items", 2)
        _items(document, "phase, item in report.open_items", "Phase", "{{ phase }}")

    def grid() -> None:
        _head(document, "Each light on the day it was rated; if sides differ, the less favourable one", 2)
        _when(document, "report.grid.unrated", lambda: document.add_paragraph("{{ report.grid.unrated }}"))
        shown = "{% if each %}{{ signs[each.value] }} {{ each.word }}{% else %}·{% endif %}"
        _matrix(
            document,
            ("{{ _('Item') }}", "day in report.grid.days", "{{ day }}"),
            ("group in report.grid.groups", "{{ group.name }} ({{ group.rated }})"),
            ("row in group.rows", "{{ row.name }}{% for why in row.why %} – {{ why }}{% endfor %}"),
            ("each in row.lights", shown),
            ("Now", "{{r light(row.now) }}"),
        )

    _when(document, "report.open_items", open_items)
    _when(document, "report.grid", grid)
    document.add_heading("{{ report.readiness.title }}", 2)
    _chart(document, "readiness", "report.readiness")
    _matrix(
        document,
        ("{{ report.readiness.heads[0] }}", "head in report.readiness.heads[1:]", "{{ head }}"),
        ("", ""),
        ("row in report.readiness.rows", "{{ row.cells[0] }}"),
        ("cell in row.cells[1:]", "{{ cell }}"),
    )


def _instruments(document: Any) -> None:
    _when(document, "report.barriers", lambda: _barriers(document))
    _when(document, "report.map", lambda: _barrier_map(document))

    def helping() -> None:
        line = document.add_paragraph()
        _strong(line, "{{ _('What helps') }}: ")
        line.add_run("{{ report.helping }}.")

    def answers() -> None:
        document.add_heading("{{ _('Answers: {name}', name=block.name) }}", 2)
        _soft(document, "{{ report.convention }}")
        _chart(document, "stacks", "block.stacks")

    def sides() -> None:
        document.add_heading("{{ report.sides.title }}", 2)
        _chart(document, "sides", "report.sides")
        cells = ["{{ row.name }}", "{{ row.words }}"]
        _table(document, ["Item", "Rating from each side"], "row in report.sides.rows", cells)

    _when(document, "report.helping", helping)
    _each(document, "block in report.instruments if block.stacks", answers)
    _when(document, "report.sides", sides)
    _each(document, "block in report.instruments", lambda: _ratings(document))


def _ratings(document: Any) -> None:
    """The ratings of an instrument as given, with the sides beside each other."""
    document.add_heading("{{ block.name }}", 2)
    as_given = "Ratings are shown as given, with the sides next to each other."
    no_mean = "Only survey answers to one question have a mean; ratings, items and sides never do."
    _soft(document, f"{{{{ _('{as_given}') }}}} {{{{ _('{no_mean}') }}}}")
    document.add_paragraph("{{ block.rated }} ({{ block.source }})")
    value = "{% if cell.value %}{{ cell.value }}{% else %}{{ tones[cell.tone] }}{% endif %} {{ cell.words }}"
    when = " {{ cell.date }}{% if cell.told %} – {{ cell.told }}{% endif %}"
    _matrix(
        document,
        ("{{ _('Item') }}", "side in block.sides", "{{ side }}"),
        ("group in block.groups", "{{ group.name }}{% if group.rated %} ({{ group.rated }}){% endif %}"),
        ("row in group.rows", "{% if row.id %}{{ row.id }} {% endif %}{{ row.name }}"),
        ("cell in row.cells", "{% if cell %}" + value + when + "{% endif %}"),
    )
    differ = "{{ _('Differences between sides') }}: {{ block.differ | join('; ') }}."
    _when(document, "block.differ", lambda: document.add_paragraph(differ))
    _each(document, "each in block.see_also", lambda: _soft(document, "{{ _('See also') }}: {{ each }}"))


def _barrier_map(document: Any) -> None:
    _soft(document, "{{ report.map.told }}")
    _matrix(
        document,
        ("{{ _('What hinders') }}", "side in report.map.sides", "{{ side }}"),
        ("", ""),
        ("row in report.map.rows", "{{ row.name }}{% if row.note %} – {{ row.note }}{% endif %}"),
        ("cell in row.cells", "{% if cell %}{{ tones[cell.tone] }} {{ cell.words }}{% else %}·{% endif %}"),
        ("Response", "{{ row.answered }}"),
    )


def _barriers(document: Any) -> None:
    _head(document, "Current barriers", 2)
    what = "{{ row.name }}{% if row.note %} – {{ row.note }}{% endif %}"
    how_much = "{{ tones[row.tone] }} {{ row.strength }}"
    cells = [what, how_much, "{{ row.since }}", "{{ row.said }}", "{{ row.answered }}"]
    heads = ["What", "Strength", "Since", "Source", "Response"]
    _table(document, heads, "row in report.barriers", cells)


def _distinguishes(document: Any) -> None:
    _each(document, "block in report.distinguishes", lambda: _heat(document))


def _heat(document: Any) -> None:
    """The organisations side by side on an instrument, and what distinguishes two groups."""
    document.add_heading("{{ block.name }}", 2)
    _when(document, "block.why_not", lambda: document.add_paragraph("{{ block.why_not }}"))
    _bullets(document, "line in block.found", "{{ line }}")
    _when(document, "block.caution", lambda: _soft(document, "{{ block.caution }}"))
    told = "The organisations in the order of the file."
    _soft(document, f"{{{{ _('{told}') }}}} ({{{{ block.source }}}})")
    _when(document, "block.many", lambda: _soft(document, "{{ block.names }}"))
    value = "{% if each.value %}{{ each.value }}{% else %}{{ tones[each.tone] }}{% endif %}"
    shown = "{% for each in cell.parts %}" + value + "{% if not loop.last %} / {% endif %}{% endfor %}"
    name = "{% if block.many %}{{ head.number }}{% else %}{{ head.name }}{% endif %}"
    side = "{% if head.side_words and not block.many %} ({{ head.side_words }}){% endif %}"
    found = "{% if block.many and row.distinguishes %} – {{ row.verdict }}{% endif %}"
    item = "{% if row.id %}{{ row.id }} {% endif %}{{ row.name }}" + found

    def table(*last: str) -> None:
        _matrix(
            document,
            ("{{ _('Item') }}", "head in block.heads", name + side),
            ("group in block.groups", "{{ group.name }}"),
            ("row in group.rows", item),
            ("cell in row.cells", "{% if cell %}" + shown + "{% endif %}"),
            last,
        )

    verdict = "{% if row.distinguishes %}● {% endif %}{{ row.verdict }}"
    # Beside many organisations there is no room for a column with the verdicts.
    _when(document, "block.grouped and not block.many", lambda: table("Distinguishes", verdict))
    _when(document, "block.many or not block.grouped", table)
    key = (
        "{% for each in block.key %}"
        + value
        + " {{ each.words }}{% if not loop.last %}; {% endif %}{% endfor %}"
    )
    _soft(document, key)


def _retired(document: Any) -> None:
    told = "The handbook no longer asks these items. Their ratings are shown as given and count nowhere."
    _soft(document, f"{{{{ _('{told}') }}}}")
    _rows(document, ["What", "Rating", "Why retired", "Became"], "report.retired")


def _strategies(document: Any) -> None:
    _soft(document, "{{ report.caution }}")
    _each(
        document,
        "each in report.strategies",
        lambda: document.add_heading("{{ loop.index }}. {{ each.name }}", 2),
        lambda: _when(document, "each.fits", lambda: _soft(document, "{{ each.fits }}")),
        lambda: document.add_paragraph("{{ each.meaning }} {{ each.because }}"),
        lambda: _bullets(document, "line in each.chosen", "✓ {{ line }}"),
        lambda: _bullets(document, "reason in each.reasons", "{{ reason }}"),
        lambda: _soft(document, "{{ each.about }}"),
    )


def _stakeholders(document: Any) -> None:
    contact = "{{ person.contact }}{% if person.silent %} ({{ person.silent }}){% endif %}"
    cells = ["{{ person.role }}", "{{ person.level }}", "{{ person.support }}", contact, "{{ person.why }}"]
    heads = ["Role", "Level", "Support", "Latest contact", "Why needed"]
    _table(document, heads, "person in report.stakeholders.people", cells)
    nobody = "{{ _('No key people yet at these levels: {levels}.', levels=report.stakeholders.nobody) }}"
    _when(document, "report.stakeholders.nobody", lambda: _soft(document, nobody))


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
        _table(document, heads, "each in report.since.lights", cells)

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
        _table(document, ["What", "Owner", "Due", "For"], "each in report.agreed", cells)

    def roadmap() -> None:
        _head(document, "Roadmap to the shared goal", 2)
        _rows(document, ["Task", "By", "Due", "Done"], "report.roadmap")

    def actions() -> None:
        _head(document, "Actions", 2)
        due = "{{ action.due }}{% if action.overdue %} ({{ _('overdue') }}){% endif %}"
        what = "{{ action.what }}{% if action.strategy %} ({{ action.strategy }}){% endif %}"
        cells = [what, "{{ action.answers }}", "{{ action.owner }}", due]
        cells += ["{{ action.status }}", "{{ action.result }}"]
        heads = ["Action", "Addresses", "Owner", "Due", "Status", "Result"]
        _table(document, heads, "action in report.actions", cells)

    _when(document, "report.agreed", agreed)
    _drawn(document, "time", "report.planning")
    _when(document, "report.roadmap", roadmap)
    _when(document, "report.actions", actions)


def _cycles(document: Any) -> None:
    _drawn(document, "time", "report.cycles_chart")
    _rows(document, ["Cycle", "Plan", "Do", "Check", "Act"], "report.cycles")


def _indicators(document: Any) -> None:
    none = "{{ _('Nothing has been measured yet.') }}"

    def numbers() -> None:
        _rows(document, ["Date", "Value", "Number of cases", "Note", "Organisation"], "each.rows")

    _each(
        document,
        "each in report.indicators",
        lambda: document.add_heading("{{ each.name }}", 2),
        lambda: _when(document, "each.points", lambda: _chart(document, "line", "each")),
        lambda: _when(document, "each.rows", numbers),
        lambda: _when(document, "not each.rows", lambda: document.add_paragraph(none)),
    )


def _adaptations(document: Any) -> None:
    heads = ["What", "When", "True to the core", "Nature of the change", "Decided", "Why"]
    _rows(document, heads, "report.adaptations")


def _costs(document: Any) -> None:
    budget = "{{ _('Available budget:') }} {{ report.costs.budget }}"
    _when(document, "report.costs.budget", lambda: document.add_paragraph(budget))
    totals = ["Hours once", "Euros once", "Hours a year", "Euros a year"]
    _head(document, "Total for each phase", 2)
    _rows(document, ["Phase", *totals], "report.costs.phases")
    _head(document, "Who pays, and how they are financed", 2)
    _rows(document, ["Paid by", "Funding", "Funders", *totals], "report.costs.payers")
    _head(document, "All costs", 2)
    heads = ["Phase", "What", "Organisation", "Date", "Hours", "Euros", "How often", "Paid by", "Note"]
    _rows(document, heads, "report.costs.rows")


def _rollout(document: Any) -> None:
    def rows() -> None:
        phases = [f"report.rollout.phases[{at}]" for at in range(6)]
        heads = ["Trajectory", "Organisation", "Phase", *phases, "Report of"]
        _rows(document, heads, "report.rollout.rows")
        key = "{{ report.rollout.key | join(' · ') }}"
        _when(document, "report.rollout.key", lambda: _soft(document, key))

    def part(name: str, title: str, heads: list[str], note: str = "") -> None:
        _head(document, title, 2)
        if note:
            _soft(document, f"{{{{ _('{note}') }}}}")
        _rows(document, heads, f"report.rollout.{name}")

    known = "Of the trajectories in which it is known whether it hinders; unknown is not counted."
    recorded = "Whether it helped is what teams recorded themselves: an experience, not proof."
    parts: dict[str, tuple[str, list[str], str]] = {
        "barriers": (
            "What hinders in several trajectories",
            ["What", "Number of trajectories", "Where"],
            known,
        ),
        "helped": (
            "What helped",
            ["Strategy", "Did it help?", "Helped in"],
            f"{recorded} n is the number of records.",
        ),
        "left": ("Not in this overview", ["Trajectory", "Why"], ""),
    }
    _when(document, "report.rollout.rows", rows)
    for name, (title, heads, note) in parts.items():
        _when(document, f"report.rollout.{name}", partial(part, name, title, heads, note))


def _trend(document: Any) -> None:
    told = "From the dates in the file: counts as they were on each day. Nothing is averaged."
    _soft(document, f"{{{{ _('{told}') }}}}")
    _drawn(document, "lights", "report.trend.chart")
    columns = {"lights": 3, "phases": 4, "lives": 5, "used": 6}

    def part(name: str, n: int) -> None:
        document.add_heading(f"{{{{ report.trend.{name}.title }}}}", 2)
        note = f"report.trend.{name}.note"
        _when(document, note, lambda: _soft(document, f"{{{{ {note} }}}}"))
        table = f"report.trend.{name}"
        heads = [f"{table}.heads[{at}] | default('')" for at in range(n)]  # shares only if no phases overlap
        cells = [f"{{{{ row.cells[{at}] | default('') }}}}" for at in range(n)]
        _table(document, heads, f"row in {table}.rows", cells)

    for name, n in columns.items():
        _when(document, f"report.trend.{name}", partial(part, name, n))


def _nested(document: Any, value: str, depth: int = 1) -> None:
    """Facts within facts, as lists within lists."""

    def line() -> None:
        made = document.add_paragraph(style="List Bullet" if depth == 1 else f"List Bullet {depth}")
        _strong(made, f"{{{{ fact{depth}.label }}}}")
        made.add_run(f"{{% if fact{depth}.text %}}: {{{{ fact{depth}.text }}}}{{% endif %}}")
        if depth < 3:
            _nested(document, f"fact{depth}.inner", depth + 1)

    _each(document, f"fact{depth} in {value}", line)


def _phases(document: Any) -> None:
    def items() -> None:
        _items(document, "item in subphase.items", "Date", "{{ item.date }}")

    def subphase() -> None:
        document.add_heading("{{ subphase.id }} {{ subphase.name }}", 3)
        _soft(document, "{{ subphase.key_question }}")
        _nested(document, "subphase.facts")
        _when(document, "subphase.items", items)

    def phase() -> None:
        document.add_heading("{{ phase.number }} {{ phase.name }} – {{ phase.state_words }}", 2)
        document.add_paragraph("{{ phase.goal }}")
        _soft(document, "{{ _('Done when:') }} {{ phase.done_when }}")
        lights = "{% for each in phase.counts %}{{r light(each.light) }} {{ each.n }}   {% endfor %}"
        rated = "{% if not phase.unrated %}({{ phase.rated }}){% endif %}"
        _when(document, "phase.told and phase.counts", lambda: document.add_paragraph(lights + rated))
        _each(document, "subphase in phase.subphases if subphase.facts or subphase.items", subphase)

    _each(document, "phase in report.phases", phase)


def _parties(document: Any) -> None:
    heads = ["Organisation", "Roles", "Funding", "Funders"]
    _when(document, "report.organisations", lambda: _rows(document, heads, "report.organisations"))
    heads_of_people = ["Role", "Organisation", "Level"]
    _when(document, "report.people", lambda: _rows(document, heads_of_people, "report.people"))


def _findings(document: Any) -> None:
    def findings() -> None:
        _rows(document, ["Code", "What"], "report.findings")

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
    "rollout": _rollout,
    "path": _path,
    "entry": _entry,
    "lights": _lights,
    "instruments": _instruments,
    "distinguishes": _distinguishes,
    "retired": _retired,
    "strategies": _strategies,
    "stakeholders": _stakeholders,
    "planning": _planning,
    "cycles": _cycles,
    "indicators": _indicators,
    "adaptations": _adaptations,
    "costs": _costs,
    "trend": _trend,
    "phases": _phases,
    "parties": _parties,
    "findings": _findings,
    "log": _log,
    "sources": _sources,
}
"""What stands in each section."""


def main() -> None:
    build().save(TEMPLATE)
    with zipfile.ZipFile(TEMPLATE) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(TEMPLATE, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():  # fixed timestamps, so that the same template gives the same bytes
            packed.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
