"""Advice that professionals believe: the order, the first five, and what was tried here."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import advice as measured
from conftest import Fii
from fii_cli.analysis.advice import advise
from fii_cli.analysis.reasons import reasons_for
from fii_cli.analysis.recommendations import AT_MOST, BLOCKS, CRITERIA, first_ones, recommend
from fii_cli.language import Code
from helpers import HEAD
from sound_content import sound_handbook

BOOK = sound_handbook()
LIGHTS = {light.id: light for light in measured.lights(BOOK)}
PROFILES = {profile.name: profile for profile in measured.profiles(BOOK)}


def ids(barriers: dict[str, int], **given: object) -> list[str]:
    return [each.strategy.id for each in recommend(BOOK, barriers, **given)]  # type: ignore[arg-type]


@pytest.fixture
def trajectory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("a.yaml")
    path.write_text(
        f"{HEAD}visits: [{{phase: implementeren, entered: 2025-01, via: entry}}]\n"
        "assessments:\n  - instrument: cfir\n    date: 2025-01-20\n"
        "    ratings: {IV.B: -2, III.E.3: -2, IV.C: -1}\n",
        encoding="utf-8",
    )
    return path


# --- measured against the sources, and against what an adviser would accept


@pytest.mark.parametrize("name", LIGHTS)
def test_a_light_leads_to_what_the_guide_says_of_that_very_question(name: str) -> None:
    assert LIGHTS[name].right, LIGHTS[name]


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_gets_what_an_adviser_would_accept(name: str) -> None:
    assert len(PROFILES[name].got) == AT_MOST
    assert PROFILES[name].right, PROFILES[name]


def test_the_cases_name_strategies_that_exist() -> None:
    named = [profile.accepted | profile.unwanted for profile in PROFILES.values()]
    named += [light.wanted for light in LIGHTS.values()]
    assert not frozenset[str]().union(*named) - set(BOOK.catalogue.strategies)


@pytest.mark.parametrize(
    ("barriers", "first", "figures"),
    [
        (
            measured.ALLEN,
            [
                ("promote-adaptability", 183),
                ("tailor-strategies", 125),
                ("champions", 109),
                ("local-consensus", 108),
                ("share-local-knowledge", 105),
            ],
            22,
        ),
        (
            measured.WALTZ,
            [
                ("quality-monitoring-tools", 60),
                ("audit-and-feedback", 56),
                ("quality-monitoring-systems", 40),
                ("relay-data", 36),
            ],
            40,
        ),
        (
            ("cfir/III.D.2",),
            [
                ("promote-adaptability", 45),
                ("local-consensus", 41),
                ("tailor-strategies", 38),
                ("facilitation", 24),
                ("champions", 21),
            ],
            22,
        ),
    ],
)
def test_strategies_with_figures_come_in_the_published_order(
    fii: Fii, barriers: tuple[str, ...], first: list[tuple[str, int]], figures: int
) -> None:
    words = [word for barrier in barriers for word in ("--for", barrier)]
    shown = json.loads(fii("strategies", *words, "--json").out)["strategies"]
    assert [(each["id"], each["percentages"]) for each in shown][: len(first)] == first
    found = measured.published(BOOK, barriers)
    assert len(found) == figures
    assert measured.in_published_order(found)


def test_a_stranger_can_print_the_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert measured.main() == 0
    told = capsys.readouterr().out
    assert f"lights: {len(LIGHTS)} of {len(LIGHTS)}" in told
    assert "promote-adaptability 183, tailor-strategies 125, champions 109" in told


# --- the order ----------------------------------------------------------------------------------------------


def test_a_direct_answer_comes_before_one_by_way_of_a_construct() -> None:
    for subphase in (each for phase in BOOK.phases for each in phase.subphases):
        for item in subphase.items:
            found = recommend(BOOK, {f"stoplicht/{item.id}": 2}, measured.phase_of(item.id))
            discussed = [each.block == "discussed" for each in found]
            assert discussed == sorted(discussed, reverse=True), item.id


def test_what_has_no_percentage_is_compared_only_with_its_like() -> None:
    found = recommend(BOOK, dict.fromkeys(("cfir/IV.B", "cfir/III.E.3", "cfir/V.D"), 1), "implementeren")
    blocks = [BLOCKS.index(each.block) for each in found]
    assert blocks == sorted(blocks)
    assert {BLOCKS[at] for at in blocks} >= {"percentage", "no_percentage", "other_phase"}
    for each in found:
        if each.block == "no_percentage":
            assert not any(reason.percent is not None for reason in each.counting)


def test_what_hinders_strongly_counts_twice() -> None:
    weak = ids({"cfir/IV.B": 1, "cfir/III.D.2": 1}, phase="implementeren")
    strong = ids({"cfir/IV.B": 2, "cfir/III.D.2": 1}, phase="implementeren")
    assert weak[:3] == ["champions", "tailor-strategies", "facilitation"]  # 30 + 21, 11 + 38 and 22 + 24
    assert strong[:3] == ["champions", "model-and-simulate", "facilitation"]  # 81, 66 + 3 and 44 + 24


def test_what_suits_another_phase_comes_after_what_suits_the_open_one() -> None:
    barriers = {"cfir/III.D.2": 1}
    assert ids(barriers)[:2] == ["promote-adaptability", "local-consensus"]
    found = recommend(BOOK, barriers, "borgen")
    fits = [each.fits is True for each in found if each.block != "discussed"]
    assert fits == sorted(fits, reverse=True)
    assert {True, False} == set(fits)


def test_effort_breaks_ties_only_and_then_the_catalogue() -> None:
    order = list(BOOK.catalogue.strategies)
    efforts = ["laag", "matig", "hoog"]
    found = [each for each in recommend(BOOK, {"midi/23": 1}) if each.block == "no_percentage"]
    told = [tuple(step.value(each) for step in CRITERIA[:-1]) for each in found]
    keys = [
        (*(-value for value in values), efforts.index(each.strategy.effort), order.index(each.strategy.id))
        for values, each in zip(told, found, strict=True)
    ]
    assert keys == sorted(keys)
    assert len(set(told)) < len(told)


def test_a_link_to_the_barrier_itself_comes_before_one_by_way_of_a_construct() -> None:
    found = [each for each in recommend(BOOK, {"drivers/bestuur": 1}) if each.block == "no_percentage"]
    touched = [all(reason.touched for reason in each.counting) for each in found]
    assert touched == sorted(touched)
    assert {True, False} == set(touched)


# --- the first five -----------------------------------------------------------------------------------------


def covered(barriers: dict[str, int]) -> set[str]:
    strong = [place for place, strength in barriers.items() if strength == max(barriers.values())]
    five = first_ones(recommend(BOOK, barriers, "implementeren"), strong)
    assert len(five) == AT_MOST
    return {reason.barrier for each in five for reason in each.counting}


@pytest.mark.parametrize("rated", ["cfir", "midi", "drivers", "quickscan", "readiness"])
def test_the_first_five_address_every_strong_barrier(rated: str) -> None:
    places = [f"{rated}/{item.id}" for item in BOOK.instrument(rated).items]
    for start in range(len(places) - 4):
        strong = dict.fromkeys(places[start : start + 5], 2)
        assert covered({"cfir/V.D": 1} | strong) >= strong.keys() - {"cfir/V.D"}, strong


def test_covering_takes_no_more_than_it_must() -> None:
    barriers = {"cfir/IV.B": 2, "cfir/III.D.1": 2}
    found = recommend(BOOK, barriers, "implementeren")
    five = first_ones(found, barriers)
    kept = [each for each in found if each.counting][: AT_MOST - 1]
    assert list(five[: AT_MOST - 1]) == kept
    assert any(reason.barrier == "cfir/III.D.1" for reason in five[-1].counting)


def test_a_choice_by_few_experts_alone_is_not_among_the_first() -> None:
    shown = advise(BOOK, {"cfir/V.D": 1}, None).shown
    every = advise(BOOK, {"cfir/V.D": 1}, None, every=True).shown
    assert all(each.counting for each in shown)
    assert any(not each.counting for each in every)


# --- constructs that are too coarse -------------------------------------------------------------------------


def strategies_for(barrier: str) -> set[str]:
    return {reason.link.strategy for reason in reasons_for(BOOK, barrier)}


def test_a_question_on_people_and_time_is_not_answered_with_money_or_rooms() -> None:
    assert {"access-new-funding", "change-physical-structure", "stop-doing"} <= strategies_for("cfir/III.E.2")
    time = strategies_for("stoplicht/1c.tijd")
    assert "stop-doing" in time
    assert not time & {"access-new-funding", "bridging-finance", "change-physical-structure"}
    assert "access-new-funding" in strategies_for("stoplicht/1c.geld")
    assert "stop-doing" not in strategies_for("cfir-2022/III.J.2")
    assert "change-physical-structure" in strategies_for("cfir-2022/III.J.2")
    assert {"access-new-funding", "stop-doing"} <= strategies_for("quickscan/middelen")


def test_parts_name_what_touches_the_construct_and_what_is_linked_to_it() -> None:
    for construct, parts in BOOK.catalogue.parts.items():
        linked = {link.strategy for link in BOOK.catalogue.by_barrier[construct]}
        for part in parts.values():
            assert set(part.strategies) <= linked
            for barrier in part.barriers:
                assert construct in {touch.to for touch in BOOK.touches(barrier)}, barrier


# --- what was tried here ------------------------------------------------------------------------------------


def tried(path: Path, helped: str, *, answers: str = "cfir/IV.B", date: str = "2025-02-01") -> None:
    action = f"{{id: t{date}, what: t, strategy: model-and-simulate, answers: [{answers}], status: klaar, "
    text = path.read_text(encoding="utf-8")
    if "actions:" not in text:
        text += "actions:\n"
    path.write_text(f"{text}  - {action}result: {{date: {date}, helped: {helped}}}}}\n", encoding="utf-8")


def shown(fii: Fii, *words: str) -> list[str]:
    told = json.loads(fii("strategies", "a.yaml", "--as-of", "2025-03-01", "--json", *words).out)
    return [each["id"] for each in told["strategies"]]


def test_what_did_not_help_here_comes_last_and_says_so(fii: Fii, trajectory: Path) -> None:
    assert shown(fii)[0] == "model-and-simulate"
    tried(trajectory, "nee")
    assert "model-and-simulate" not in shown(fii)
    assert shown(fii, "--all")[-1] == "model-and-simulate"
    told = fii("strategies", "a.yaml", "--as-of", "2025-03-01", "--all").out
    assert "Tried here without result" in told
    assert "helped: no" in " ".join(told.split())


def test_what_helped_here_comes_first_of_its_block(fii: Fii, trajectory: Path) -> None:
    before = shown(fii)
    text = trajectory.read_text(encoding="utf-8")
    tried(trajectory, "ja")
    assert shown(fii) == before
    path = trajectory
    path.write_text(text, encoding="utf-8")
    tried(trajectory, "ja")
    trajectory.write_text(
        trajectory.read_text(encoding="utf-8").replace("model-and-simulate", "facilitation"), encoding="utf-8"
    )
    assert shown(fii)[0] == "facilitation"


def test_the_latest_result_counts_and_only_for_the_barrier_at_hand(fii: Fii, trajectory: Path) -> None:
    tried(trajectory, "nee")
    tried(trajectory, "deels", date="2025-02-20")
    assert shown(fii)[0] == "model-and-simulate"
    tried(trajectory, "nee", answers="cfir/I.A", date="2025-02-25")
    assert shown(fii)[0] == "model-and-simulate"


# --- what people see ----------------------------------------------------------------------------------------


def test_one_line_for_each_suggestion_and_the_grounds_behind_why(fii: Fii, trajectory: Path) -> None:
    plain = fii("strategies", "a.yaml", "--as-of", "2025-03-01").out
    lines = plain.splitlines()
    numbered = [line for line in lines if re.match(r" \d  ", line)]
    assert len(numbered) == AT_MOST
    assert numbered[0].split("  ")[-2:] == ["33%", "→ IV.B"]
    assert "Allen" not in plain
    assert "reasons and sources: --why" in plain
    why = fii("strategies", "a.yaml", "--as-of", "2025-03-01", "--why").out
    assert set(numbered) <= set(why.splitlines())
    assert "Allen et al. (2023)" in why
    assert "effort: low" in " ".join(why.split())


def test_the_docs_retell_every_criterion_in_order() -> None:
    languages: tuple[Code, ...] = ("nl", "en")
    for lang in languages:
        page = (Path(measured.__file__).parent.parent / f"docs/method.{lang}.md").read_text(encoding="utf-8")
        told = [page.index(measured.criterion(step, lang)) for step in CRITERIA]
        assert told == sorted(told)


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_report_shows_one_sentence_and_folds_the_grounds(fii: Fii, trajectory: Path, form: str) -> None:
    page = fii("report", "a.yaml", "--format", form, "-o", "-", "--as-of", "2025-03-01").out
    first = page.index("Gekozen omdat dit volgens experts past bij: Vertrouwen in eigen kunnen.")
    fold = page.rindex("<details", 0, first)
    assert page.index("</summary>", fold) < first < page.index("33%", fold) < page.index("</details>", fold)
    assert "33%" not in page[:fold].split("Wat kan helpen")[-1]
