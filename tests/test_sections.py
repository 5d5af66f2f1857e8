"""The sections of a report: one order and one set of titles in every form, and nothing that no form shows."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import word_template
from fii_cli.handbook.load import handbook
from fii_cli.pages.docx import as_document
from fii_cli.pages.libraries import library
from fii_cli.pages.render import render
from fii_cli.pages.template import Format
from fii_cli.project.house import House
from fii_cli.report import model, report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.json_report import ReportTold
from fii_cli.report.model import Report
from fii_cli.report.portfolio_page import PortfolioPage
from fii_cli.report.sections import AROUND, SECTIONS, Section
from fii_cli.resources import TEMPLATES, examples, template
from helpers import EN, edition, trajectory
from outside import writer_of
from shown import not_shown

IDS = [section.id for section in SECTIONS]


def report(name: str = "thuis-leren-verzonnen") -> Report:
    told = trajectory(examples()[name])
    return report_of(basis_of(edition(told, date(2025, 3, 10)), handbook()), EN)


def titles(made: Report) -> list[str]:
    return [section.title for section in made.sections.values() if section.shown]


def headings(document: bytes) -> list[str]:
    """The headings of the first level in a document of Word."""
    from docx import Document

    paragraphs = Document(io.BytesIO(document)).paragraphs
    return [each.text for each in paragraphs if each.style and each.style.name == "Heading 1"]


def gaps() -> list[str]:
    """What the sections of a report still lack, in words."""
    found = []
    for form in ("html", "md"):
        blocks = {
            each.name for each in Environment().parse(template(f"report.{form}.j2")).find_all(nodes.Block)
        }
        found += [f"templates/report.{form}.j2 has no block {id_}" for id_ in IDS if id_ not in blocks]
        found += [f"report/sections.py has no section {name}" for name in sorted(blocks - set(IDS))]
    parts = word_template._WRITTEN
    found += [f"tools/word_template.py has no part {id_}" for id_ in IDS if id_ not in parts]
    known = {field.name for field in fields(Report)}
    shown = {field for section in SECTIONS for field in section.shows} | set(AROUND)
    found += [f"no section in report/sections.py shows Report.{name}" for name in sorted(known - shown)]
    found += [f"report/model.py has no field {name} in Report" for name in sorted(shown - known)]
    told = {key for section in SECTIONS for key in section.keys} - set(ReportTold.model_fields)
    return found + [f"report/json_report.py has no key {key} in ReportTold" for key in sorted(told)]


def test_every_section_has_all_its_parts() -> None:
    if found := gaps():
        pytest.fail("\n".join(found), pytrace=False)


# --- the order ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(examples()))
def test_every_form_has_the_same_sections_in_the_same_order(name: str) -> None:
    made = report(name)
    page = render(made, "html", EN)
    contents = re.findall(r'<li><a href="#(\w+)">(.*?)</a>', page)
    assert re.findall(r'<h2 id="(\w+)">(.*?)</h2>', page) == contents
    assert [title for _, title in contents] == titles(made)
    assert re.findall(r"^## (.*)$", render(made, "md", EN), re.M) == titles(made)


def test_word_has_the_sections_in_the_same_order() -> None:
    writer_of("docx")
    made = report()
    assert headings(as_document(made, EN)) == titles(made)


def test_another_order_is_another_order_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No template has an order of its own."""
    writer_of("docx")
    turned = SECTIONS[::-1]
    monkeypatch.setattr(model, "SECTIONS", turned)
    monkeypatch.setattr(word_template, "SECTIONS", turned)
    made = report()
    assert next(iter(titles(made))) == "Sources"
    page = render(made, "html", EN)
    assert re.findall(r'<h2 id="\w+">(.*?)</h2>', page) == titles(made)
    assert re.findall(r'<li><a href="#\w+">(.*?)</a>', page) == titles(made)
    assert re.findall(r"^## (.*)$", render(made, "md", EN), re.M) == titles(made)
    word_template.build().save(tmp_path / "turned.docx")
    from fii_cli.pages.docx import filled

    assert headings(filled(made, EN, (tmp_path / "turned.docx").read_bytes())) == titles(made)


def test_the_keys_of_json_stand_in_the_order_of_the_sections() -> None:
    about = ["fii", "version", "as_of", "audience", "day_from", "made_with", "trajectory"]
    assert list(ReportTold.model_fields) == [*about, *(key for section in SECTIONS for key in section.keys)]


def test_a_section_without_anything_to_show_is_left_out() -> None:
    made = report("minimaal")
    assert not made.sections["log"].shown
    assert 'id="log"' not in render(made, "html", EN)


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_house_puts_something_of_its_own_in_the_place_of_a_section(form: Format) -> None:
    """Also of a section that has nothing to show, and with the macros of ours."""
    made = report("minimaal")
    light = "{{ light({'value': 'groen', 'word': 'agreed'}) }}"
    own = f"{{% extends 'fii/report.{form}.j2' %}}{{% block log %}}Kept on paper, {light}{{% endblock %}}"
    page = render(made, form, EN, House(templates=((f"report.{form}.j2", own),)))
    assert page.index("Kept on paper") < page.index("agreed") < page.rindex("Sources")
    assert made.sections["log"].shown is False


def test_the_template_of_word_is_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_template, "TEMPLATE", tmp_path / "report.docx")
    word_template.main()
    current = parts_of(tmp_path / "report.docx") == parts_of(TEMPLATES / "report.docx")
    assert current, "templates/report.docx is out of date: run python tools/word_template.py"


def parts_of(document: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(document) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


# --- what templates show ------------------------------------------------------------------------------------

REPORT = {
    "html": (
        "page.html.j2",
        "report.html.j2",
        "board.html.j2",
        "trend_parts.html.j2",
        "charts.html.j2",
        "table.html.j2",
    ),
    "md": ("page.md.j2", "report.md.j2", "board.md.j2", "trend_parts.md.j2"),
    "docx": ("report.docx", "charts.html.j2"),
}
PORTFOLIO = {"html": ("portfolio.html.j2", "table.html.j2"), "md": ("portfolio.md.j2",)}

BY_VALUE = "templates of a house choose by it; a reader reads it in words"
BY_ROW = "the page for the board shows it by row, and JSON has it"
CUT = "the page has little room; title and summary stand there whole"
FOR_PROGRAMS = "programs read it in JSON; readers have the words"
NOT_DRAWN = "drawn on the page only; the table that says the same is there"
DATED = "`dated` has it in words; templates of your own may use it"
IN_ORDER = "`sections` has it"
IN_CELLS = "its cells have the same"
ROLLOUT_ROW = " ".join(f"RolloutRow.{key}" for key in ("name", "organisation", "where", "phases", "day"))
LEFT_OUT = {
    "html": {
        BY_VALUE: "Report.audience PhaseBlock.id InstrumentBlock.id ItemRow.id RatingRow.place Line.sign",
        BY_ROW: "LightMoved.item LightMoved.phase Since.phases",
        FOR_PROGRAMS: "Since.day",
        IN_ORDER: "Report.gists EntryBlock.name",
        "the chart of the sides is drawn from it; `sides` has it in words": "InstrumentBlock.rated_from",
        "Mermaid asks for them; on the page the bar is drawn": "Bar.first Bar.last Bar.words",
    },
    "md": {
        "its table leaves out phases in which nothing is": "RolloutBlock.rows",
        CUT: "Board.title Board.about",
        BY_VALUE: (
            "Report.audience PhaseBlock.id InstrumentBlock.id ItemRow.id RatingRow.place Line.sign "
            "LightMoved.way MoveShown.way HeatHead.side HeatCell.tone"
        ),
        BY_ROW: "LightMoved.item LightMoved.phase Since.phases",
        FOR_PROGRAMS: "Since.day",
        DATED: "Report.as_of",
        IN_ORDER: "Report.gists",
        "the chart of the sides is drawn from it; `sides` has it in words": "InstrumentBlock.rated_from",
        NOT_DRAWN: (
            "BoardPath.first BoardPath.last BoardPath.since BoardPhase.bars BoardPhase.lanes "
            "Report.planning Report.cycles_chart ReadyRow.name ReadyRow.segments ReadyChart.told "
            "SidesChart.told SidesChart.ticks SidesRow.giving SidesRow.receiving "
            "IndicatorBlock.id IndicatorBlock.levels IndicatorBlock.lines IndicatorBlock.points "
            "IndicatorBlock.ticks "
            "IndicatorBlock.told TrendBlock.chart StackBlock.limit StackRow.n StackRow.parts"
        ),
        "Mermaid draws the path from days, and knows neither steps nor moments": (
            "Bar.x Bar.width Lane.marks Lane.note TimeChart.id TimeChart.links TimeChart.now TimeChart.ticks "
            "TimeChart.told"
        ),
        "the table at a glance has the lights of each phase": "PhaseBlock.state",
        "Markdown does not say in which language it is": "Report.language Work.language",
    },
    "docx": {
        IN_CELLS: ROLLOUT_ROW,
        BY_VALUE: (
            "Report.audience PhaseBlock.id InstrumentBlock.id ItemRow.id RatingRow.place Line.sign "
            "MapRow.open LightMoved.way MoveShown.way Agreed.late AskedLine.late BoardPhase.here "
            "HeatHead.side HeatCell.tone BarrierMap.many"
        ),
        "the cover has the title and the summary as a whole": "Board.title Board.about",
        BY_ROW: "LightMoved.item LightMoved.phase Since.phases",
        FOR_PROGRAMS: "Since.day",
        DATED: "Report.as_of",
        "nothing folds in Word": "Report.gists",
        "the table of the phases has the dates of the path": (
            "BoardPath.first BoardPath.last BoardPath.since BoardPhase.bars BoardPhase.lanes"
        ),
        "Mermaid asks for them; in Word the bar is drawn": "Bar.first Bar.last Bar.words",
        "the chart of the sides is drawn from it; `sides` has it in words": "InstrumentBlock.rated_from",
        "fii writes them outside the template: in the properties, and with `light`": (
            "Report.mark Report.language Work.language"
        ),
        "`state_words` has it in words": "PhaseBlock.state",
    },
}
"""The fields that a form does not show, by the reason why."""
LEFT_OUT_OF_A_PORTFOLIO = {
    "html": {
        BY_VALUE: "PortfolioPage.audience PortfolioTable.kind",
        "the map draws what they say": "PortfolioPage.heads PortfolioPage.lines",
    },
    "md": {
        BY_VALUE: "PortfolioPage.audience PortfolioTable.kind",
        NOT_DRAWN: "PortfolioPage.map",
        DATED: "PortfolioPage.as_of",
        "Markdown does not say in which language it is": "PortfolioPage.language",
    },
}


def names_in(left_out: dict[str, str]) -> set[str]:
    return set(" ".join(left_out.values()).split())


def source(name: str) -> str:
    """The Jinja of a template; that of Word as it is filled in, from its body and its footers."""
    if not name.endswith(".docx"):
        return template(name)
    writer_of("docx")
    document = library("docxtpl", "docx").DocxTemplate(TEMPLATES / name)
    document.init_docx()
    parts = [document.get_xml()]
    parts += (document.get_part_xml(part) for _, part in document.get_headers_footers(document.FOOTER_URI))
    return "\n".join(document.patch_xml(part) for part in parts)


def sources(names: tuple[str, ...]) -> list[str]:
    return [source(name) for name in names]


@pytest.mark.parametrize("form", REPORT)
def test_everything_in_a_report_is_shown(form: str) -> None:
    missing = not_shown(sources(REPORT[form]), report=Report)
    forgotten = missing - names_in(LEFT_OUT[form])
    assert not forgotten, f"show it in {REPORT[form]}, or say in LEFT_OUT why not: {sorted(forgotten)}"
    assert missing == names_in(LEFT_OUT[form]), "remove what is shown from LEFT_OUT"


@pytest.mark.parametrize("form", PORTFOLIO)
def test_everything_in_a_portfolio_is_shown(form: str) -> None:
    missing = not_shown(sources(PORTFOLIO[form]), page=PortfolioPage)
    assert missing == names_in(LEFT_OUT_OF_A_PORTFOLIO[form])


def test_every_field_of_a_report_has_a_place() -> None:
    shown = {field for section in SECTIONS for field in section.shows}
    assert shown | set(AROUND) == {field.name for field in fields(Report)}
    assert all(set(section.needs) <= set(section.shows) for section in SECTIONS)


@pytest.mark.parametrize("section", SECTIONS, ids=IDS)
def test_the_block_of_a_section_shows_what_the_section_says(section: Section) -> None:
    tree = Environment().parse(template("report.html.j2"))
    block = next(each for each in tree.find_all(nodes.Block) if each.name == section.id)
    used = {each.attr for each in block.find_all(nodes.Getattr) if each.node == nodes.Name("report", "load")}
    assert used - set(AROUND) == set(section.shows) - set(AROUND)


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_section_is_a_block_of_the_template(form: str) -> None:
    blocks = Environment().parse(template(f"report.{form}.j2")).find_all(nodes.Block)
    assert sorted(block.name for block in blocks) == sorted(IDS)


# --- the reader of templates itself -------------------------------------------------------------------------


@dataclass(frozen=True)
class Planted(Report):
    forgotten: str


@pytest.mark.parametrize("form", REPORT)
def test_a_field_that_is_forgotten_is_found(form: str) -> None:
    missing = not_shown(sources(REPORT[form]), report=Planted)
    assert "Planted.forgotten" in missing
    assert "Planted.title" not in missing


@dataclass
class Leaf:
    name: str
    late: bool


@dataclass
class Tree:
    name: str
    leaves: tuple[Leaf, ...]
    best: Leaf | None
    by_day: tuple[tuple[str, Leaf], ...]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("{{ tree.name }}", "Tree.leaves Tree.best Tree.by_day"),
        ("{% if tree.name %}{{ other.name }}{% endif %}", "Tree.name Tree.leaves Tree.best Tree.by_day"),
        (
            "{% for name in tree.leaves %}{{ name.name }}{% endfor %}",
            "Tree.name Tree.best Tree.by_day Leaf.late",
        ),
        (
            "{% for day, leaf in tree.by_day %}{{ leaf.name if leaf.late }}{% endfor %}",
            "Tree.name Tree.leaves Tree.best",
        ),
        (
            "{% macro shown(it) %}{{ it.name }}{% endmacro %}{{ shown(tree.best) }}",
            "Tree.name Tree.leaves Tree.by_day Leaf.late",
        ),
        ("{{ tree.leaves | map(attribute='name') | join }}", "Tree.name Tree.best Tree.by_day Leaf.late"),
    ],
)
def test_a_name_is_followed_to_what_it_holds(text: str, missing: str) -> None:
    assert not_shown([text], tree=Tree) == set(missing.split())
