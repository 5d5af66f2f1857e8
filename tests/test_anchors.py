"""What you would see at each rating: complete for every item, and shown wherever somebody rates or reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Fii
from fii_cli.frozen import ValidationError
from fii_cli.handbook import Handbook, load
from fii_cli.handbook.anchors import Anchor, Anchored
from fii_cli.handbook.models import OURS
from fii_cli.handbook.short_names import ANCHORS
from fii_cli.project.schema import json_schema
from fii_cli.rules import RULES
from fii_cli.words import STOPLICHT
from fii_cli.yaml.read import read_bytes
from helpers import EN, HEAD, NL
from outside import writer_of
from sound_content import sound_handbook
from wizard import Wizard

BOOK = sound_handbook()
ANCHORED = (STOPLICHT, "readiness", "quickscan", "usable-innovation", "liso", "drivers")
"""The instruments of which every item has its anchors."""
CASES = Path(__file__).parent / "cases" / "anchors"


# --- complete -----------------------------------------------------------------------------------------------


def _files() -> Iterator[tuple[str, dict[str, Anchored]]]:
    """The instrument of each file with anchors, and its items."""
    for name in BOOK._names(ANCHORS):
        instrument = name.removeprefix(ANCHORS)
        yield STOPLICHT if instrument.startswith(f"{STOPLICHT}-") else instrument, BOOK._anchors_in(name)


def _sentences() -> Iterator[tuple[str, Anchor]]:
    """Every anchor and every activity, with its item."""
    for instrument, items in _files():
        for id_, anchored in items.items():
            yield from ((f"{instrument}/{id_}", anchor) for anchor in anchored.anchors.values())
            yield from [(f"{instrument}/{id_}", anchored.activity)] if anchored.activity else []


@pytest.mark.parametrize("instrument", ANCHORED)
def test_every_item_has_an_anchor_for_each_answer_and_an_activity(instrument: str) -> None:
    for item in BOOK.instrument(instrument).items:
        answers = set(BOOK.scale(instrument, item.id)) - BOOK.no_answers(instrument, item.id)
        if instrument == STOPLICHT:
            answers -= {"nvt"}
        anchored = BOOK.anchored(instrument, item.id)
        assert anchored is not None, f"{instrument}/{item.id} has no anchors"
        missing = answers - anchored.anchors.keys()
        assert not missing, f"{instrument}/{item.id}: add an anchor for {missing}"
        assert anchored.activity, f"{instrument}/{item.id}: add an activity"


def test_every_checklist_item_has_a_short_name() -> None:
    for id_ in BOOK.item_ids(STOPLICHT):
        assert BOOK.names.short(STOPLICHT, id_), f"{id_}: add short, a name of at most six words"


def test_short_names_are_short() -> None:
    for instrument, items in _files():
        for id_, anchored in items.items():
            for text in (anchored.short.nl, anchored.short.en) if anchored.short else ():
                place = f"{instrument}/{id_}: {text}"
                assert len(text.split()) <= 6, f"{place}: write at most six words"
                assert text[-1] not in ".?!", f"{place}: write a name, not a sentence"


@pytest.mark.parametrize("instrument", ANCHORED)
def test_names_are_unique_within_an_instrument(instrument: str) -> None:
    named = BOOK.names.items(instrument).values()
    for names in ([each.nl for each in named], [each.en for each in named]):
        twice = [name for name, n in Counter(map(str.casefold, names)).items() if n > 1]
        assert not twice, f"{instrument}: two items are called {twice}"


def test_anchors_are_of_items_and_values_that_exist() -> None:
    for instrument, items in _files():
        for id_, anchored in items.items():
            assert id_ in BOOK.item_ids(instrument), f"{instrument} has no item {id_}"
            strange = anchored.anchors.keys() - set(BOOK.scale(instrument, id_))
            assert not strange, f"{instrument}/{id_}: {strange} is not on its scale"


def test_anchors_of_an_item_differ_are_short_and_name_their_source() -> None:
    for place, each in _sentences():
        for text in (each.nl, each.en):
            assert len(text.split()) <= 25, f"{place}: write at most 25 words: {text}"
            assert text[-1] in ".!?", f"{place}: write a sentence: {text}"
        work, _, part = each.source.partition("/")
        assert each.source == OURS or (work in BOOK.references and part), f"{place}: {each.source}"
    for instrument, items in _files():
        for id_, anchored in items.items():
            texts = {(anchor.nl, anchor.en) for anchor in anchored.anchors.values()}
            assert len(texts) == len(anchored.anchors), f"{instrument}/{id_}: two ratings look the same"


# --- how they are read --------------------------------------------------------------------------------------


def _with(anchors: dict[str, Any]) -> Handbook:
    """The handbook with these files of anchors instead of its own."""

    def read(name: str) -> Any:
        return anchors[name.removeprefix(ANCHORS)] if name.startswith(ANCHORS) else BOOK._read(name)

    def names(folder: str) -> tuple[str, ...]:
        return tuple(f"{ANCHORS}{name}" for name in anchors) if folder == ANCHORS else BOOK._names(folder)

    return Handbook(read, names)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Handbook:
    """A handbook with the anchors of this test only, and commands that use it."""
    book = _with({path.stem: read_bytes(path.read_bytes()).data for path in CASES.glob("*.yaml")})
    monkeypatch.setattr(load, "handbook", lambda: book)
    return book


@pytest.mark.parametrize(
    "item",
    [
        {"shrot": {"nl": "Een", "en": "One"}},
        {"short": {"nl": "Een"}},
        {"anchors": {"groen": {"nl": "Een.", "en": "One."}}},
        {"activity": {"nl": "Een.", "en": "One.", "source": "ours", "why": "x"}},
    ],
)
def test_an_unknown_or_missing_key_is_refused(item: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _with({"stoplicht-2": {"items": {"2c.overleg": item}}}).anchored(STOPLICHT, "2c.overleg")


@pytest.mark.usefixtures("here")
def test_checks_and_the_status_do_not_read_them(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    book = _with({"stoplicht-2": None, "readiness": "broken"})
    monkeypatch.setattr(load, "handbook", lambda: book)
    Path("a.yaml").write_text(f"{HEAD}{RATED}", encoding="utf-8")
    assert fii("check", "a.yaml").code == 0
    assert fii("status", "a.yaml").code == 0


RATED = """\
assessments:
  - instrument: stoplicht
    date: 2025-01-20
    ratings: {2c.overleg: rood, 2c.stip: oranje}
  - instrument: stoplicht
    date: 2025-02-03
    ratings: {2c.overleg: oranje, 2c.stip: groen, 2c.eigen: rood}
checklist:
  - {id: 2c.eigen, subphase: 2c, question: Is de app klaar voor de proef?}
"""


def test_an_item_has_a_short_name_or_else_its_own(few: Handbook) -> None:
    names = few.names.items(STOPLICHT)
    assert names["2c.overleg"].en == "A regular test meeting"
    assert names["2c.balans"].en == "Do both organisations share the ownership, rather than mainly one?"
    assert few.names.items("readiness")["ruimte"].en == "Room for professionals"
    assert few.names.short(STOPLICHT, "2c.eigen") is None
    assert few.anchored("cfir", "III.D.2") is None


# --- where they are shown -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("few")
def test_explain_says_what_you_would_see_what_that_is_based_on_and_what_to_do(fii: Fii) -> None:
    shown = " ".join(fii("explain", "2c.overleg").out.split())
    assert (
        "Is there a regular meeting in which substance and operations are in balance? "
        "In short A regular test meeting What you would see "
        "- green: Everyone is at the table every two weeks. (Broekhuizen & Mak (2022), 2c) "
        "- orange: The meeting was agreed on, but is often cancelled. (ours) "
        "- red: Nobody knows when the next meeting is. (ours) "
        "What you can do next week Put the meeting in every diary for half a year. (ours)"
    ) in shown
    shown = " ".join(fii("explain", "readiness/doel").out.split())
    assert "- deels partly: Only the directors mention the goal. (ours)" in shown
    assert "- onbekend unknown: Not assessed or discussed yet. It counts as no answer." in shown
    data = json.loads(fii("guide", "2c.overleg", "--json").out)
    headings = [block["heading"] for block in data["blocks"]]
    assert headings[1:4] == ["In short", "What you would see", "What you can do next week"]


@pytest.mark.usefixtures("few")
def test_without_anchors_the_page_of_an_item_says_what_its_scale_means(fii: Fii) -> None:
    shown = " ".join(fii("explain", "cfir/III.D.2").out.split())
    assert "- -2 strong negative: It hinders, and most people (two at the least)" in shown
    assert "- Source: Damschroder & Lowery (2013), table 2" in shown
    found = json.loads(fii("guide", "--search", "strong negative", "--json").out)
    assert [each["term"] for each in found] == ["cfir", "cfir-2022"]  # not once for every construct


@pytest.mark.usefixtures("few")
def test_a_search_finds_an_anchor(fii: Fii) -> None:
    assert "2c.overleg" in fii("guide", "--search", "often cancelled").out


def test_a_question_mark_shows_them_and_the_question_is_asked_again(here: Path) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    wizard = Wizard("assess", "a.yaml", "--lang", "en", "--by", "x", "--item", "2c.overleg")
    wizard.answer("Which side", "both")
    wizard.until("and ? shows what you would")
    wizard.answer("in balance?", "?")
    anchored = BOOK.anchored(STOPLICHT, "2c.overleg")
    assert anchored
    for light in ("groen", "oranje", "rood"):
        wizard.until(" ".join(anchored.anchors[light].en.split()[:4]))
    wizard.answer("in balance?", "orange")
    wizard.answer("note", "stop")
    wizard.answer("Write this to a.yaml?", "yes")
    assert wizard.ended() == 0
    assert "2c.overleg: oranje" in Path("a.yaml").read_text(encoding="utf-8")


def test_an_editor_shows_them_where_an_item_is_rated(few: Handbook) -> None:
    items = json_schema(few, RULES, EN)["definitions"]["stoplicht.ratings"]["then"]["properties"]
    assert items["2c.overleg"]["description"].split("\n") == [
        "Is there a regular meeting in which substance and operations are in balance?",
        "green: Everyone is at the table every two weeks.",
        "orange: The meeting was agreed on, but is often cancelled.",
        "red: Nobody knows when the next meeting is.",
    ]
    assert "\n" not in items["2c.balans"]["description"]


@pytest.mark.usefixtures("few")
def test_a_printed_questionnaire_has_a_line_for_each_answer(fii: Fii) -> None:
    page = fii("questionnaire", "readiness", lang="nl").out
    assert (
        "om buiten vaste taken te doen wat nodig is?\n"
        "\n- ☐ ja: Wie afwijkt, krijgt steun.\n- ☐ deels: Afwijken mag soms.\n"
        "- ☐ nee: Afwijken mag nooit.\n- ☐ onbekend\n"
    ) in page
    assert "\n☐ ja · ☐ deels · ☐ nee · ☐ onbekend\n" in page  # an item without anchors
    cfir = fii("questionnaire", "cfir").out
    assert cfir.count("- -2 strong negative: It hinders, and most people (two at the least)") == 2
    assert "What the answers mean" not in fii("questionnaire", "midi").out  # people agree with a statement


@pytest.mark.usefixtures("few")
def test_a_questionnaire_in_excel_explains_the_answers_and_can_be_imported(fii: Fii, here: Path) -> None:
    writer_of("xlsx")
    assert fii("questionnaire", "readiness", "--output", "r.xlsx").code == 0
    rows = list(openpyxl.load_workbook("r.xlsx").worksheets[1].iter_rows(values_only=True))
    told = {row[0]: str(row[2]).split("\n") for row in rows}
    assert told["ruimte"] == [
        "ja yes: Anyone who deviates gets support.",
        "deels partly: Deviating is sometimes allowed.",
        "nee no: Deviating is never allowed.",
        "onbekend unknown (counts as no answer)",
    ]
    assert fii("questionnaire", "readiness", "--output", "r.xlsx", "--force").code == 0  # it is still empty


@pytest.mark.usefixtures("few")
def test_the_checklist_is_printed_for_a_conversation_and_never_imported(fii: Fii, here: Path) -> None:
    done = fii("questionnaire", "stoplicht", "--output", "gesprek.md")
    assert (done.code, "fii import" in done.err) == (0, False)
    page = Path("gesprek.md").read_text(encoding="utf-8")
    assert page.startswith("# Stoplicht\n\nFor a conversation of the core team: agree on one light")
    assert "## 2c Shared ownership\n" in page
    assert "\n- ☐ red: Nobody knows when the next meeting is.\n- ☐ unknown · ☐ not applicable\n" in page
    assert "counted together" not in page
    for form in ("csv", "xlsx"):
        done = fii("questionnaire", "stoplicht", "--format", form, "--output", f"x.{form}")
        assert done.code == 2
        assert "fii questionnaire stoplicht prints the checklist" in " ".join(done.err.split())


@pytest.mark.usefixtures("few")
def test_tables_name_items_by_their_short_names(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(f"{HEAD}{RATED}", encoding="utf-8")
    day = ("--as-of", "2025-02-10")
    shown = fii("score", "a.yaml", "--since", "2025-02-01", *day).out
    assert "  2c.overleg A regular test meeting  ■ red → ▲ orange\n" in shown
    assert "  2c.eigen Is de app klaar voor de proef?  ○ unknown → ■ red\n" in shown
    assert "    A regular test meeting\n" in fii("barriers", "a.yaml", *day).out
    assert fii("report", "a.yaml", "--output", "r.md", *day, lang="nl").code == 0
    page = Path("r.md").read_text(encoding="utf-8")
    assert "\n| Vast overleg voor tests" in page
    assert "Is er een vast overleg waarin inhoud en organisatie in balans zijn?" in page
    writer_of("xlsx")
    assert fii("report", "a.yaml", "--output", "r.xlsx", *day).code == 0
    rows = openpyxl.load_workbook("r.xlsx")["Lichten"].iter_rows(values_only=True)
    named = {row[2]: row[3] for row in rows}
    assert named["2c.overleg"] == "Vast overleg voor tests"  # the report is in the language of the file
    assert named["2c.eigen"] == "Is de app klaar voor de proef?"


@pytest.mark.usefixtures("few")
def test_they_are_part_of_what_a_trajectory_is_judged_by(few: Handbook) -> None:
    assert few.digest != _with({}).digest
    assert NL.pick(few.short_name(STOPLICHT, "2c.stip", BOOK.names.items(STOPLICHT)["2c.stip"])) == (
        "Stip op de horizon"
    )
