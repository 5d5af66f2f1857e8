"""The handbook in the terminal: every term has a page, in both languages, and everything can be found."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from catalogue import PO, ROOT
from conftest import Fii
from fii_cli.guide.pages import page_for, search, terms
from fii_cli.handbook import Handbook
from fii_cli.handbook.load import handbook
from helpers import EN, HEAD, NL

BOOK = handbook()


@pytest.mark.parametrize("say", [NL, EN], ids=["nl", "en"])
def test_every_term_has_its_page_with_a_source(say: object) -> None:
    say = NL if say is NL else EN
    found = terms(BOOK)
    constructs = [item for each in BOOK.instruments for item in each.constructs]
    assert len(constructs) >= 39 + 2 + 67 + 29 + 9 + 4
    items = len(BOOK.instrument("stoplicht").items)
    pages = 6 + 15 + items + len(constructs) + len(BOOK.instruments) + 6 + len(BOOK.catalogue.strategies) + 1
    assert len(found) == len(set(found)) == pages
    for term in found:
        page = page_for(term, BOOK, say)
        assert page is not None
        assert page.term == term
        assert page.blocks
        assert page.source


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("2", "verkennen"),
        ("Exploring", "verkennen"),
        ("2A", "2a"),
        ("III.D.2", "cfir/III.D.2"),
        ("midi/5", "midi/5"),
        ("figuur 5", "figuur-5"),
        ("Figure-5", "figuur-5"),
        ("aanpassingen", "adaptations"),
        ("FRAME", "adaptations"),
    ],
)
def test_a_term_is_asked_for_as_people_say_it(asked: str, term: str) -> None:
    page = page_for(asked, BOOK, EN)
    assert page is not None
    assert page.term == term


@pytest.mark.parametrize("asked", ["7", "11", "", "verkenn", "cfi"])
def test_what_has_no_page(asked: str) -> None:
    assert page_for(asked, BOOK, EN) is None


def test_an_instrument_has_a_page_with_its_items_and_what_its_ratings_mean(fii: Fii) -> None:
    page = fii("guide", "cfir").out
    assert "  - III.D.2 Compatibility\n" in page
    assert (
        "-2 strong negative: It hinders, and most people (two at the least) give concrete examples." in page
    )
    assert "Damschroder & Lowery (2013), table 2" in page
    assert "ours, not from the guide" in fii("guide", "drivers").out


def test_a_phase_tells_its_stories_and_leaves_out_what_the_guide_leaves_empty(fii: Fii) -> None:
    assert "Reflections" in fii("guide", "2").out
    assert "Cases" not in fii("guide", "6").out
    assert "Amigo's" in fii("guide", "verkennen").out
    assert "Input for the rest" not in fii("guide", "3").out


def test_an_item_names_what_it_touches_and_a_construct_its_items(fii: Fii) -> None:
    assert "cfir/III.C Culture" in fii("guide", "2a.cultuur").out
    assert "2a.cultuur: " in fii("guide", "cfir/III.C").out
    assert "We did not read this name in a source" in fii("guide", "midi/11").out
    assert "We read the English name in a source, but not the Dutch one." in fii("guide", "midi/5").out
    assert "in a source" not in fii("guide", "midi/1").out
    assert "We chose this name." in fii("guide", "liso/netwerk").out


def test_a_search_finds_all_words_in_the_language_of_the_reader(fii: Fii) -> None:
    assert ("4b", "Watch for radio silence, empty chairs and less input.") in search(
        "RADIO silence", BOOK, EN
    )
    assert search("radio silence", BOOK, NL) == []
    assert search("", BOOK, EN) == []
    assert fii("guide", "--search", "xyzzy").code == 1
    found = json.loads(fii("guide", "--search", "empty chairs", "--json").out)
    assert found[0]["term"] == "4b"


def test_an_unknown_term_gets_a_suggestion(fii: Fii) -> None:
    done = fii("guide", "2a.kultuur")
    assert done.code == 2
    assert "did you mean 2a.cultuur?" in done.err


def test_explain_takes_items_and_terms_alike(fii: Fii) -> None:
    assert fii("explain", "2a.cultuur").out == fii("guide", "2a.cultuur").out
    assert json.loads(fii("explain", "2a", "--json").out)["term"] == "2a"


def test_an_instrument_shows_every_scale_with_the_items_it_is_for(fii: Fii) -> None:
    shown = fii("guide", "midi").out
    assert "Ratings: 19, 25, 26" in shown
    assert "7 everybody: All colleagues." in shown
    assert fii("guide", "cfir-2022").out.count("strong negative") == 1


def test_an_instrument_of_which_a_domain_can_be_rated_as_a_whole_says_so(fii: Fii) -> None:
    for instrument, domain in (("cfir", "V"), ("cfir-2022", "V")):
        told = " ".join(fii("guide", instrument).out.split())
        assert "A domain as a whole" in told
        assert f"--instrument {instrument} --set {domain}=-2" in told
    assert "A domain as a whole" not in fii("guide", "midi").out


def test_what_the_guide_does_not_ask_or_require_is_marked_as_ours(fii: Fii) -> None:
    checklist = fii("guide", "5b").out
    assert "Does every obstacle get an owner and a date? (our question, required by fii)" in checklist
    contact = "Is there one person who speaks and decides on behalf of the commissioner? (our question)"
    assert contact in " ".join(fii("guide", "1a").out.split())
    explained = fii("explain", "2a.kandidaten").out
    assert "Our choice, not the guide's: the phase is done only when this is green." in explained


def test_every_question_of_ours_and_every_requirement_is_marked() -> None:
    book = handbook()
    for phase in book.phases:
        for subphase in phase.subphases:
            page = page_for(subphase.id, book, EN)
            assert page
            lines = [line for block in page.blocks for line in block.lines]
            for item in subphase.items:
                line = next(each for each in lines if each.startswith(f"{item.id}: "))
                assert ("required by fii" in line) is item.required
                assert ("our question" in line) is (item.source == "ours")


def test_the_steps_of_grol_and_wensing_are_beside_the_phases(fii: Fii) -> None:
    overview = " ".join(fii("guide").out.split())
    assert "The steps of Grol and Wensing - 1 Make a proposal for the change (phase 1, 3)" in overview
    assert "Hogeschool Utrecht (n.d.), steps; the phases beside it are our reading" in overview
    phase = " ".join(fii("guide", "6").out.split())
    assert "The steps of Grol and Wensing - 5 Evaluate and adjust the plan" in phase
    assert "Make a proposal" not in phase
    assert {phase for steps in BOOK.beside for step in steps.steps for phase in step.phases} == {
        each.id for each in BOOK.phases
    }


def test_the_vocabulary_for_adaptations_says_where_each_name_is_from(fii: Fii) -> None:
    page = " ".join(fii("guide", "adaptations").out.split())
    assert "When did the modification occur? - voorbereiding Pre-implementation/planning/pilot: " in page
    assert "- Names from: Kirk et al. (2020), table 1 Were adaptations planned?" in page
    others = "- Names as others use them, perhaps not in FRAME's own words: "
    assert f"{others}study PMC9853037 in PubMed Central, table 1 What is the goal?" in page
    assert "Of the article itself we read only the abstract" in page
    dutch = " ".join(fii("guide", "aanpassingen", "--lang", "nl").out.split())
    assert "- kern-behouden Kern behouden (Fidelity-consistent): De werkzame elementen" in dutch
    assert [term for term, _ in search("loosening structure", BOOK, EN)] == ["adaptations"]
    assert "fii guide adaptations" in fii("guide").out


def test_the_vocabulary_for_adaptations_is_read_only_for_its_page() -> None:
    asked: list[str] = []

    def read(name: str) -> object:
        asked.append(name)
        return BOOK._read(name)

    book = Handbook(read, BOOK._names)
    assert page_for("2a.cultuur", book, EN)
    assert "adaptations" in terms(book)
    assert "adaptations" not in asked
    assert page_for("frame", book, EN)
    assert asked.count("adaptations") == 1


def test_whatever_says_that_an_item_is_required_says_that_fii_requires_it() -> None:
    """The guide requires no item: see ``required`` in the phases of the content."""
    unmarked = re.compile(
        r"(?<!fii )\bverplichte? punt|\bvereist|\brequired items?\b|\bRequired\b(?! by fii)|_\(\"required\"\)"
    )
    texts = [PO, *(ROOT / "templates").glob("*.j2"), *(ROOT / "content" / "rules").rglob("rule.yaml")]
    for path in texts:
        assert not unmarked.search(path.read_text(encoding="utf-8")), path
    for code in ("FII802", "FII807"):
        assert "volgens fii verplicht" in handbook().rule(code).speaks.nl
        assert "fii requires" in handbook().rule(code).speaks.en


def test_status_and_reports_say_that_fii_requires_an_item(fii: Fii, here: Path) -> None:
    visits = "visits:\n  - {phase: implementeren, entered: 2025-01, via: entry}\n"
    lights = "{instrument: stoplicht, date: 2025-01-20, ratings: {5a.mandaat: oranje}}"
    text = f"{HEAD}{visits}assessments: [{lights}]\n".replace("language: nl", "language: en", 1)
    (here / "a.yaml").write_text(text, encoding="utf-8")
    assert "items that fii requires in this phase are not green" in " ".join(fii("status").out.split())
    shown = fii("report", "a.yaml", "--format", "md", "--output", "-").out
    assert "(required by fii)" in shown
    assert "items that fii requires" in shown
