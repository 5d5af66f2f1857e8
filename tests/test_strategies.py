"""From barrier to strategy to action: the catalogue, the order, the reasons, the plan, and the whole loop."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.analysis.reasons import reasons_for
from fii_cli.analysis.recommendations import recommend
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import OURS, Construct
from fii_cli.resources import CONTENT
from fii_cli.yaml.read import read
from helpers import HEAD, judged
from sound_content import sound_handbook

BOOK = sound_handbook()
CATALOGUE = BOOK.catalogue
PUBLISHED: Any = read((CONTENT / "published.yaml").read_text(encoding="utf-8")).data
TEXT = (
    HEAD
    + """\
people:
  - {id: projectleider, role: projectleider}
visits:
  - {phase: implementeren, entered: 2025-01, via: entry}
assessments:
  - instrument: cfir
    date: 2025-01-20
    ratings:
      III.D.2: {value: -2, note: past niet bij de registratie}
      IV.B: -1
"""
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(TEXT, encoding="utf-8")


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


# --- the catalogue ------------------------------------------------------------------------------------------


def test_the_catalogue_has_the_73_of_eric_and_more_than_110_in_all() -> None:
    numbers = [each.eric for each in CATALOGUE.strategies.values() if each.eric]
    assert sorted(numbers) == list(range(1, 74))
    assert len(CATALOGUE.strategies) >= 110
    for each in CATALOGUE.strategies.values():
        assert (each.eric is not None) == each.source.startswith("powell-2015/"), each.id
        assert each.phases, f"{each.id} has no phases"
        unknown = set(each.drivers) - BOOK.item_ids("drivers")
        assert not unknown, f"{each.id}: drivers {unknown} not found in content/instruments/drivers.yaml"
        assert each.drivers, f"{each.id} has no drivers"
        clusters = [cluster.id for cluster in CATALOGUE.clusters]
        assert each.cluster in clusters, f"{each.id}: choose its cluster from {clusters}"


def test_every_strategy_has_a_link_with_a_reason_or_a_published_one() -> None:
    published = {link.strategy for link in CATALOGUE.links if link.basis == "published"}
    for each in CATALOGUE.strategies.values():
        assert each.links or each.id in published, f"{each.id} has no links: add what it addresses, and why"


def single_constructs(name: str) -> list[Construct]:
    """The constructs of an instrument; a domain as a whole says too little to link a strategy to."""
    framework = BOOK.instrument(name)
    return [each for each in framework.constructs if each not in framework.domains]


@pytest.mark.parametrize("framework", ["cfir", "midi"])
def test_every_construct_and_determinant_reaches_three_strategies(framework: str) -> None:
    for item in single_constructs(framework):
        links = CATALOGUE.by_barrier[f"{framework}/{item.id}"]
        assert len({link.strategy for link in links if link.level != "below"}) >= 3, item.id


@pytest.mark.parametrize("place", ["IV.A", "IV.B", "I.B", "I.C", "II.A", "III.E.3"])
def test_a_construct_with_few_published_links_has_some_of_ours_with_a_reason(place: str) -> None:
    links = CATALOGUE.by_barrier[f"cfir/{place}"]
    assert sum(link.why is not None for link in links) >= 2


def test_teaching_answers_a_lack_of_knowledge_and_of_confidence() -> None:
    taught = {"educational-meetings", "ongoing-training", "dynamic-training", "outreach-visits"}
    coached = {"shadow-experts", "ongoing-training", "dynamic-training", "coaching-after-training"}
    for place, expected in (("cfir/IV.A", taught), ("cfir/IV.B", coached)):
        assert expected <= {link.strategy for link in CATALOGUE.by_barrier[place]}, place


def test_nothing_is_called_published_but_what_stands_in_the_data_with_its_source() -> None:
    rows = {(to, row["strategy"]) for to, rows in PUBLISHED["links"].items() for row in rows}
    direct = [link for link in CATALOGUE.links if link.level == "direct"]
    for link in direct:
        for source in link.sources:
            assert source in CATALOGUE.strategies[link.strategy].answers, link
            assert source.partition("/")[0] in BOOK.references, f"{link.strategy}: {source}"
    published = [link for link in CATALOGUE.links if link.basis == "published" and link not in direct]
    assert {(link.to, link.strategy) for link in published} == rows
    pairs = [(link.to, link.strategy) for link in published]
    assert not {pair for pair in pairs if pairs.count(pair) > 1}, "more than one row: merge their sources"
    for link in published:
        assert link.sources, f"published.yaml, {link.to}, {link.strategy}: add its sources"
        for source in link.sources:
            work, _, part = source.partition("/")
            known = work in BOOK.references and part
            assert known, (
                f"published.yaml, {link.to}: add {work} to references.yaml, and cite it as work/part"
            )
        assert link.why is None
    for link in CATALOGUE.links:
        if link.basis == "editorial":
            pair = f"{link.to}, {link.strategy}"
            assert (link.to, link.strategy) not in rows, (
                f"{pair} is published: remove it from strategies.yaml"
            )
            assert link.why is not None
            assert (link.percent, link.n, link.sources) == (None, None, ())


def test_levels_and_percentages_agree() -> None:
    for link in CATALOGUE.links:
        if link.percent is not None:
            expected = "1" if link.percent >= 50 else "2" if link.percent >= 20 else "below"
            assert link.level == expected, f"{link.to}, {link.strategy}: {link.percent}% is level {expected}"
    for to, published in CATALOGUE.counts.items():
        known = [link.level for link in CATALOGUE.by_barrier.get(to, ())]
        assert known.count("1") <= published.level_1, to
        assert known.count("2") <= published.level_2, to


def test_the_docs_say_how_many_of_the_365_published_pairs_are_known() -> None:
    known = sum(link.level in ("1", "2", "1-2") for link in CATALOGUE.links)
    for lang in ("nl", "en"):
        page = (CONTENT.parent / f"docs/method.{lang}.md").read_text(encoding="utf-8")
        said = f" {known} " in page and " 365 " in page
        assert said, f"docs/method.{lang}.md: write that {known} of the 365 published pairs are in fii"


def test_links_lead_to_strategies_and_constructs_that_exist() -> None:
    known = {
        f"{name}/{item.id}"
        for name in ("cfir", "cfir-2022", "midi", "drivers")
        for item in single_constructs(name)
    }
    linked = {link.to for link in CATALOGUE.links}
    answered = {link.to for link in CATALOGUE.links if link.level == "direct"}
    items = {f"{name}/{item}" for name in BOOK.instrument_ids for item in BOOK.item_ids(name)}
    assert not linked - answered - known, f"links lead to unknown constructs: {linked - answered - known}"
    assert not answered - items, f"answers that are no item: {answered - items}"
    unreached = {place for place in known - linked if not reasons_for(BOOK, place)}
    assert not unreached, f"no strategy is linked to {unreached}"
    for ids in (CATALOGUE.ratings, CATALOGUE.effects, {link.strategy for link in CATALOGUE.links}):
        unknown = set(ids) - set(CATALOGUE.strategies)
        assert not unknown, f"published.yaml: {unknown} not found in strategies.yaml"
    assert {link.strategy for link in CATALOGUE.links if link.level != "below"} == set(CATALOGUE.strategies)


WITHOUT_THE_GUIDE = {
    "1a.aanspreekpunt",
    "2a.wettelijke-kaders",
    "3b.uitvoering-zoals-bedoeld",
    "5b.knelpunten",
}


def test_a_light_for_which_the_guide_names_no_strategy_says_so(fii: Fii) -> None:
    lights = {item.id for phase in BOOK.phases for sub in phase.subphases for item in sub.items}
    without = {light for light in lights if not CATALOGUE.named_in("fii-2022", f"stoplicht/{light}")}
    assert without == WITHOUT_THE_GUIDE
    told = "the guide names no strategy for this question"
    assert told in fii("strategies", "--for", "stoplicht/1a.aanspreekpunt").out
    assert told not in fii("strategies", "--for", "stoplicht/2c.overleg", "--for", "cfir/V.A").out
    assert told in fii("explain", "1a.aanspreekpunt").out
    page = fii("explain", "2c.overleg").out
    assert told not in page
    assert "balanced-meetings" in page


def test_a_report_names_the_lights_for_which_the_guide_has_no_strategy(fii: Fii) -> None:
    rated = "{instrument: stoplicht, date: 2025-01-20, ratings: {5b.knelpunten: rood, 5a.mandaat: rood}}"
    visit = "{phase: implementeren, entered: 2025-01, via: entry}"
    Path("a.yaml").write_text(f"{HEAD}visits: [{visit}]\nassessments: [{rated}]\n", encoding="utf-8")
    page = fii("report", "a.yaml", "--format", "md", "--output", "-", "--as-of", "2025-02-01").out
    assert "De handreiking noemt geen strategie voor: Knelpunten met eigenaar en datum." in page


def test_the_guide_answers_no_question_that_is_ours() -> None:
    items = [item for phase in BOOK.phases for sub in phase.subphases for item in sub.items]
    ours = {item.id for item in items if item.source == OURS}
    assert ours
    assert not {item for item in ours if CATALOGUE.named_in("fii-2022", f"stoplicht/{item}")}


def test_every_subphase_has_at_least_two_strategies_of_its_own() -> None:
    for phase in BOOK.phases:
        for subphase in phase.subphases:
            own = {
                link.strategy
                for item in subphase.items
                for link in CATALOGUE.by_barrier.get(f"stoplicht/{item.id}", ())
                if link.level == "direct"
            }
            assert len(own) >= 2, subphase.id


# Read from the published tables, by hand: (barrier, strategy, level, percentage, n).
WALTZ = [("cfir/V.D", *row, 25) for row in [
    ("quality-monitoring-tools", "1", 60), ("audit-and-feedback", "1", 56),
    ("quality-monitoring-systems", "2", 40), ("relay-data", "2", 36), ("client-feedback", "2", 28),
    ("implementation-team-meetings", "2", 28), ("reexamine-implementation", "2", 28),
    ("data-experts", "2", 28), ("share-local-knowledge", "2", 24), ("facilitation", "2", 20),
    ("change-record-systems", "below", 16), ("stage-scale-up", "below", 4),
]]  # fmt: skip
ALLEN = [(*row, None) for row in [
    ("cfir/I.D", "promote-adaptability", "1", 73), ("cfir/I.D", "tailor-strategies", "2", 35),
    ("cfir/I.D", "visit-other-sites", "below", 19), ("cfir/I.D", "supervision", "below", 0),
    ("cfir/I.F", "promote-adaptability", "2", 40), ("cfir/I.F", "champions", "2", 30),
    ("cfir/II.A", "involve-clients", "1", 71), ("cfir/II.A", "prepare-clients", "2", 48),
    ("cfir/III.D.2", "promote-adaptability", "2", 45), ("cfir/III.D.2", "local-consensus", "2", 41),
    ("cfir/III.D.2", "tailor-strategies", "2", 38), ("cfir/IV.B", "model-and-simulate", "2", 33),
    ("cfir/IV.B", "champions", "2", 30), ("cfir/IV.B", "prepare-clients", "below", 0),
]]  # fmt: skip


@pytest.mark.parametrize("row", [*WALTZ, *ALLEN], ids=lambda row: f"{row[0]}-{row[1]}")
def test_published_rows_come_out_with_exactly_their_figures(
    fii: Fii, row: tuple[str, str, str, int, int | None]
) -> None:
    barrier, strategy, level, percent, n = row
    data = json.loads(fii("strategies", "--for", barrier, "--all", "--json").out)
    (found,) = (each for each in data["strategies"] if each["id"] == strategy)
    (reason,) = found["reasons"]
    assert (reason["level"], reason["percent"], reason["n"]) == (level, percent, n)
    assert reason["basis"] == "published"
    source = "waltz-2019/tabel 1" if n else "allen-2023/tabel 3"
    assert source in reason["sources"]


def test_all_110_figures_of_allen_and_all_40_of_waltz_are_there() -> None:
    def from_(source: str) -> list[object]:
        return [link for link in CATALOGUE.links if source in link.sources and link.percent is not None]

    assert len(from_("allen-2023/tabel 3")) == 110
    assert len(from_("waltz-2019/tabel 1")) == 40


# --- the order ----------------------------------------------------------------------------------------------


def test_the_order_is_the_one_that_docs_work_out_by_hand(fii: Fii) -> None:
    found = recommend(BOOK, {"cfir/III.D.2": 1, "cfir/IV.B": 1}, "implementeren")
    fitting = [(each.strategy.id, sum(each.percentages)) for each in found if each.fits]
    by_hand = [("champions", 51), ("tailor-strategies", 49), ("facilitation", 46)]
    by_hand += [("local-assistance", 36), ("model-and-simulate", 36)]
    assert fitting[:5] == by_hand
    assert (len(found[0].counting), found[0].known, found[0].fits) == (2, 2, True)


def test_what_leads_through_a_link_of_ours_counts_as_ours() -> None:
    found = recommend(BOOK, {"stoplicht/2c.overleg": 1})
    first = next(each for each in found if each.strategy.id == "network-weaving")
    (reason,) = first.reasons
    assert reason.via is not None
    assert (reason.link.basis, reason.ours, reason.known, first.known) == ("published", True, False, 0)


def test_another_edition_reaches_what_was_published_where_the_pair_was_read() -> None:
    direct = {e.strategy.id: e.reasons[0].link for e in recommend(BOOK, {"cfir/III.D.2": 1})}
    later = recommend(BOOK, {"cfir-2022/III.F": 1})
    assert {e.strategy.id: e.reasons[0].link for e in later} == direct
    assert later[0].known == 1
    assert all(each.known == 0 for each in recommend(BOOK, {"cfir-2022/IV.R.E": 1}))


def test_unknown_is_not_none(fii: Fii) -> None:
    done = fii("strategies", "--for", "cfir/I.D", "--for", "cfir/I.A", "--why")
    assert "published strength known for 1 of 2" in " ".join(done.out.split())
    assert "published at level 1 or 2: 11 strategies, 7 of them known here" in done.out
    assert "published at level 1 or 2: 9 strategies, 0 of them known here" in done.out
    assert "never as none" in " ".join(done.out.split())


# --- the command --------------------------------------------------------------------------------------------


def test_at_most_five_with_reasons_and_chosen_ones_marked(fii: Fii) -> None:
    assert fii("plan", "a.yaml", "champions").code == 0
    assert f"since: {date.today()}" in Path("a.yaml").read_text(encoding="utf-8")
    assert "chosen: action champions" not in fii("strategies", "a.yaml", "--as-of", "2025-02-01").out
    assert fii("set", "a.yaml", "actions.champions.since", "2025-01-31").code == 0
    done = fii("strategies", "a.yaml", "--as-of", "2025-02-01")
    assert done.code == 0
    lines = [line.split("  ") for line in done.out.splitlines()]
    assert [line[2] for line in lines if line[0].strip().isdigit()] == [
        "tailor-strategies",
        "champions",
        "facilitation",
        "local-assistance",
        "model-and-simulate",
    ]
    assert " ".join(done.out.split()).count("chosen: action champions (open)") == 1
    assert "next step: fii plan a.yaml" in done.err
    assert "champions" not in done.err


def test_what_others_saw_is_counted_with_its_n(fii: Fii) -> None:
    for name, helped in (("b", "ja"), ("c", "ja"), ("d", "nee")):
        action = f"  - {{id: x, what: x, strategy: champions, status: klaar, result: {{date: 2025-01, helped: {helped}}}}}"
        Path(f"{name}.yaml").write_text(f"{HEAD}actions:\n{action}\n", encoding="utf-8")
    Path("kapot.yaml").write_text("fii: 1\nstrategy: [\n", encoding="utf-8")
    shown = " ".join(fii("strategies", "a.yaml", "--why").out.split())
    assert "elsewhere in this repository, did it help: yes 2, no 1 (n = 3)" in shown


def test_what_this_trajectory_saw_itself_is_not_elsewhere(fii: Fii) -> None:
    result = "status: klaar, result: {date: 2025-01, helped: ja}"
    Path("a.yaml").write_text(f"{TEXT}actions:\n  - {{id: x, what: x, strategy: champions, {result}}}\n")
    shown = " ".join(fii("strategies", "a.yaml", "--why").out.split())
    assert "chosen: action x (done), helped: yes" in shown
    assert "elsewhere" not in shown


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("strategies --for cfir/III.D.22", "unknown item cfir/III.D.22", "did you mean"),
        ("strategies --for draagvlak", "unknown item draagvlak", "write instrument/item"),
        ("strategies a.yaml --phase 9", "unknown phase 9", "choose from"),
        ("strategies a.yaml --list", "--list shows the whole catalogue", "omit the rest"),
        ("plan a.yaml champion", "unknown strategy champion", "did you mean champions?"),
        ("plan a.yaml champions --owner x", "unknown person x", "choose from: projectleider"),
        ("plan a.yaml champions --due gisteren", "invalid date gisteren", "did you mean 2"),
        ("plan a.yaml champions --answers x/1", "unknown item x/1", "write instrument/item"),
        ("plan a.yaml", "STRATEGY is missing", "fii plan --help"),
        ("explain champion", "unknown rule champion", "fii explain shows all codes"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    fii: Fii, words: str, message: str, hint: str
) -> None:
    done = fii(*words.split())
    assert done.code == 2
    assert message in " ".join(done.err.split())
    assert hint in " ".join(done.err.split())
    assert text() == TEXT


def test_a_place_may_be_named_short_where_only_one_is_meant(fii: Fii) -> None:
    assert fii("strategies", "--for", "2c.overleg").out.startswith("  stoplicht/2c.overleg")
    assert fii("strategies", "--for", "III.D.2").code == 2


def test_nothing_hinders_nothing_is_shown(fii: Fii) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    assert "No rated item hinders now." in fii("strategies", "a.yaml").out
    own = "checklist:\n  - {id: 2c.huis, subphase: 2c, question: Is er een huis?}\n"
    Path("a.yaml").write_text(HEAD + own, encoding="utf-8")
    assert "No strategy in the catalogue is" in fii("strategies", "a.yaml", "--for", "stoplicht/2c.huis").out


def test_the_list_and_the_page_of_a_strategy(fii: Fii) -> None:
    assert len(json.loads(fii("strategies", "--list", "--json").out)["strategies"]) == len(
        CATALOGUE.strategies
    )
    assert f"{len(CATALOGUE.strategies)} strategies" in fii("strategies", "--list").out
    page = " ".join(fii("explain", "facilitation").out.split())
    assert "ERIC 33: Facilitation" in page
    assert "importance 4.13, feasibility 3.77; important and feasible" in page
    assert "odds ratio 2.76" in page
    assert "cfir/III.D.2 Compatibility: published: level 2, 24% of the experts" in page
    assert "our link" in page


# --- the plan -----------------------------------------------------------------------------------------------


def test_a_plan_becomes_actions_with_what_they_answer(fii: Fii) -> None:
    words = ("plan", "a.yaml", "champions", "mass-media", "--owner", "projectleider", "--due", "2025-06")
    done = fii(*words)
    assert done.code == 0, done.err
    assert "answers: [cfir/III.D.2, cfir/IV.B]" in text()
    planned = judged(text()).trajectory
    assert planned is not None
    first, second = planned.actions
    assert (first.id, first.what) == ("champions", "Ambassadeurs vinden en toerusten")
    assert (first.strategy, first.owner, str(first.due)) == ("champions", "projectleider", "2025-06")
    assert (first.status, second.strategy, second.answers) == ("open", "mass-media", ())
    assert "mass-media is not linked to a current barrier" in " ".join(done.err.split())
    assert "champions is already in progress, as action champions" in fii(*words).err


def test_a_plan_answers_nothing_that_few_experts_thought_it_fits(fii: Fii) -> None:
    assert fii("plan", "a.yaml", "promote-adaptability").code == 0
    assert "answers: [cfir/III.D.2]" in text()


def test_only_what_has_not_begun_is_asked_whether_it_comes_at_the_right_time() -> None:
    action = "actions:\n  - {id: x, what: x, owner: projectleider, strategy: question-behind-the-question}\n"
    assert "FII707" in [d.code for d in judged(TEXT + action).diagnostics]
    begun = action.replace("}", ", status: bezig}")
    assert "FII707" not in [d.code for d in judged(TEXT + begun).diagnostics]


def test_a_strategy_can_be_planned_again_once_it_is_done_and_for_one_barrier(fii: Fii) -> None:
    assert fii("plan", "a.yaml", "champions", "--answers", "cfir/V.B.5").code == 0
    assert "answers: [cfir/V.B.5]" in text()
    assert fii("done", "a.yaml", "champions", "--helped", "nee").code == 0
    assert fii("plan", "a.yaml", "champions").code == 0
    assert "id: champions-2" in text()
    before = text()
    assert fii("plan", "a.yaml", "reminders", "--dry-run").code == 0
    assert text() == before


# --- the loop, and growing without code -----------------------------------------------------------------------


def test_the_loop_from_rating_to_did_it_help(fii: Fii) -> None:
    rate = ("assess", "a.yaml", "--instrument", "midi", "--set", "17=2", "--date", "2025-02-01")
    assert fii(*rate).code == 0
    assert "midi/17" in fii("barriers", "a.yaml", "--as-of", "2025-02-02").out
    shown = json.loads(fii("strategies", "a.yaml", "--as-of", "2025-02-02", "--all", "--json").out)
    assert shown["barriers"] == ["cfir/III.D.2", "cfir/IV.B", "midi/17"]
    (found,) = (each for each in shown["strategies"] if each["id"] == "educational-meetings")
    assert {reason["barrier"] for reason in found["reasons"]} == {"midi/17"}
    words = ("--owner", "projectleider", "--due", "2025-03-01")
    assert fii("plan", "a.yaml", "educational-meetings", *words).code == 0
    assert fii("set", "a.yaml", "actions.educational-meetings.since", "2025-02-03").code == 0
    done = ["done", "a.yaml", "educational-meetings", "--helped", "ja", "--note", "men weet genoeg"]
    done += ["--date", "2025-03-02"]
    assert "rate it again: fii assess a.yaml --instrument midi --item 17" in fii(*done).err
    again = ("assess", "a.yaml", "--instrument", "midi", "--set", "17=4", "--date", "2025-04-01")
    assert fii(*again).code == 0
    assert "midi/17" not in fii("barriers", "a.yaml").out
    report = fii("report", "a.yaml", "--format", "md", "-o", "-", "--as-of", "2026-01-01").out
    assert "| 17 Kennis | + 4 mee eens (1 april 2025) |" in report
    assert (
        "| III.D.2 Aansluiting | −2 hindert sterk (20 januari 2025)<br>past niet bij de registratie |"
        in report
    )
    assert "Scholingsbijeenkomsten: hielp het? ja – men weet genoeg" in report
    assert "## Wat kan helpen" in report


NEW = """\
strategies:
  - id: koffie-drinken
    cluster: relate
    phases: [verkennen]
    drivers: [adaptief]
    effort: laag
    source: ours
    name: {nl: Koffie drinken, en: Have coffee}
    meaning: {nl: Elkaar leren kennen., en: Get to know each other.}
    practice: {nl: Elke week een half uur., en: Half an hour each week.}
    links:
      - {to: midi/13, why: {nl: Wie elkaar kent steunt elkaar., en: Those who know each other support each other.}}
"""


def test_a_strategy_is_added_without_touching_code() -> None:
    new = read(NEW).data
    assert isinstance(new, dict)

    def more(name: str) -> object:
        data = BOOK._read(name)
        return (
            {**data, "strategies": [*data["strategies"], *new["strategies"]]}
            if name == "strategies"
            else data
        )

    book = Handbook(more, BOOK._names)
    assert "koffie-drinken" in [each.strategy.id for each in recommend(book, {"midi/13": 1})]
    assert "koffie-drinken" in book.strategy_phases


def test_an_own_instrument_reaches_strategies_by_what_it_touches(fii: Fii) -> None:
    Path(".fii/instruments").mkdir(parents=True)
    own = "id: scan\nname: Scan\nscale: drivers\ngroups:\n  - id: a\n    name: A\n    items:\n"
    item = "      - {id: tijd, name: Tijd, meaning: Is er tijd?, midi: ['23']}\n"
    path = Path(".fii/instruments/scan.yaml")
    path.write_text(own + item, encoding="utf-8")
    assert fii("assess", "a.yaml", "--instrument", "scan", "--set", "tijd=laag").code == 0
    assert "stop-doing" in fii("strategies", "a.yaml", "--for", "scan/tijd").out
    for wrong, message in (
        ("midi: ['33']", "midi has no item 33"),
        ("scale: x, midi: ['23']", "unknown scale x"),
    ):
        path.write_text(own + item.replace("midi: ['23']", wrong), encoding="utf-8")
        assert message in fii("check", "a.yaml", "--format", "concise").out
