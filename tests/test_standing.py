"""What fii concludes: where a trajectory is, and how its lights stand."""

from __future__ import annotations

from datetime import date

from fii_cli.analysis.standing import ItemStanding, Standing, standing_of
from fii_cli.handbook.load import handbook
from helpers import DAY, HEAD, diagnostics, trajectory

VISIT = "visits:\n  - {phase: verkennen, entered: 2025-01, via: entry}\n"


def standing(text: str, today: date = DAY) -> Standing:
    return standing_of(trajectory(text), handbook(), today)


def item(text: str, id_: str) -> ItemStanding:
    return next(i for phase in standing(text).phases for i in phase.items if i.id == id_)


def rated(*assessments: str) -> str:
    return (
        HEAD
        + VISIT
        + "assessments:\n"
        + "".join(f"  - {{instrument: stoplicht, {a}}}\n" for a in assessments)
    )


def states(text: str) -> list[str]:
    return [phase.state for phase in standing(text).phases]


def test_a_phase_that_the_entry_skips_is_skipped_and_never_zero() -> None:
    assert states(HEAD + VISIT) == ["skipped", "here", "ahead", "ahead", "ahead", "ahead"]
    first = standing(HEAD + VISIT).phases[0]
    assert first.rated == 0
    assert first.counts["onbekend"] == len(first.items)


def test_a_phase_that_was_never_visited_is_not_ahead_of_a_later_one() -> None:
    decisions = "[{date: 2025-02-01, decision: door}]"
    closed = f"visits:\n  - {{phase: 2, entered: 2025-01, via: entry, decisions: {decisions}}}\n"
    text = HEAD + closed + "  - {phase: 4, entered: 2025-02-01, via: skip}\n"
    assert states(text) == ["skipped", "left", "passed", "here", "ahead", "ahead"]


def test_a_skipped_phase_that_is_visited_after_all_is_no_longer_skipped() -> None:
    decisions = "[{date: 2025-02-01, decision: door}]"
    closed = f"visits:\n  - {{phase: 2, entered: 2025-01, via: entry, decisions: {decisions}}}\n"
    shortlist = "verkennen: {shortlist: [{organisation: a}, {organisation: b}]}\n"
    organisations = "organisations: [{id: a, name: A}, {id: b, name: B}]\n"
    text = HEAD + closed + "  - {phase: 1, entered: 2025-02-01, via: return}\n" + shortlist + organisations
    assert states(text) == ["here", "interrupted", "ahead", "ahead", "ahead", "ahead"]


def test_the_last_visit_tells_whether_the_trajectory_rests() -> None:
    for decision, state in (
        ("pauze", "paused"),
        ("stop", "stopped"),
        ("afgerond", "completed"),
        ("door", "left"),
    ):
        decisions = f"[{{date: 2025-02-01, decision: {decision}}}]"
        text = HEAD + f"visits:\n  - {{phase: 6, entered: 2025-01, via: entry, decisions: {decisions}}}\n"
        assert states(text)[5] == state
        found = standing(text)
        assert found.here is None
        assert found.decision is not None


def test_a_light_counts_as_it_was_last_rated() -> None:
    text = rated(
        "date: 2025-02-03, ratings: {2a.cultuur: groen}",
        "date: 2025-01-15, ratings: {2a.cultuur: rood, 2a.leren: oranje}",
    )
    assert item(text, "2a.cultuur").light == "groen"
    assert item(text, "2a.leren").light == "oranje"
    assert item(text, "2b.visie").light == "onbekend"


def test_where_sides_differ_the_less_favourable_counts_and_both_are_kept() -> None:
    text = rated(
        "date: 2025-02-03, perspective: giving, ratings: {2a.cultuur: groen}",
        "date: 2025-02-01, perspective: receiving, ratings: {2a.cultuur: {value: rood, note: te zakelijk}}",
    )
    found = item(text, "2a.cultuur")
    assert found.light == "rood"
    assert [(r.perspective, r.value, r.note) for r in found.ratings] == [
        ("giving", "groen", None),
        ("receiving", "rood", "te zakelijk"),
    ]


def test_lights_from_before_the_phase_was_last_entered_do_not_count() -> None:
    text = rated("date: 2024-06-01, ratings: {2a.cultuur: groen}").replace("date: 2025-01}", "date: 2024-01}")
    assert item(text, "2a.cultuur").light == "onbekend"


def test_a_light_of_after_the_day_is_not_there_yet() -> None:
    text = rated("date: 2025-02-11, ratings: {2a.cultuur: groen}", "date: 2025, ratings: {2a.leren: groen}")
    assert item(text, "2a.cultuur").light == "onbekend"
    assert item(text, "2a.leren").light == "groen"


def test_what_does_not_apply_is_not_in_the_way() -> None:
    here = standing(rated("date: 2025-02-01, ratings: {2a.kandidaten: nvt, 2a.cultuur: groen}")).here
    assert here is not None
    assert not {"2a.kandidaten", "2a.cultuur"} & {i.id for i in here.in_the_way}
    assert "2b.visie" in {i.id for i in here.in_the_way}


def test_only_what_still_runs_can_be_overdue() -> None:
    text = HEAD + (
        "actions:\n"
        "  - {id: a, what: a, due: 2025-02-09}\n"
        "  - {id: b, what: b, due: 2025-02-10}\n"
        "  - {id: c, what: c, due: 2025-01, status: klaar}\n"
        "  - {id: d, what: d, due: 2025}\n"
    )
    found = standing(text)
    assert [action.id for action in found.overdue] == ["a"]
    assert [action.id for action in found.running] == ["a", "b", "d"]


def test_every_situation_has_its_cell() -> None:
    known = "organisations: [{id: a, name: A}]\n"
    for commission, receiving, start in (
        ("gevraagd", True, "innoveren"),
        ("gevraagd", False, "verkennen"),
        ("ongevraagd", False, "verkennen"),
        ("ongevraagd", True, None),
    ):
        entry = f"commission: {commission}" + (", receiving_organisation: a" if receiving else "")
        text = HEAD.replace("commission: gevraagd", entry) + known
        assert standing(text).cell.start == start


def test_a_rule_sees_the_light_that_a_page_shows() -> None:
    """The least favourable of what each side said last, since the phase was last entered."""
    text = (
        HEAD
        + "checklist: [{id: 5a.eigen, subphase: 5a, question: Is er een kamer?}]\n"
        + "visits: [{phase: 5, entered: 2025-01-20}]\n"
        + "assessments:\n"
        + "  - {instrument: stoplicht, date: 2025-01-10, ratings: {5a.affiniteit: rood}}\n"
        + "  - {instrument: stoplicht, date: 2025-02-01, perspective: giving,"
        + " ratings: {5a.mandaat: groen, 5a.eigen: rood, 5a.klein-team: rood}}\n"
        + "  - {instrument: stoplicht, date: 2025-02-02, perspective: receiving,"
        + " ratings: {5a.mandaat: rood}}\n"
        + "  - {instrument: stoplicht, date: 2025-02-03, perspective: giving,"
        + " ratings: {5a.klein-team: groen}}\n"
    )
    shown = {item.id for _, item in standing(text).with_light("rood")}
    seen = {found.about for found in diagnostics(text) if found.code == "FII522"}
    assert shown == seen == {"5a.mandaat", "5a.eigen"}


def test_what_is_overdue_is_the_same_for_rules_and_pages_until_the_trajectory_rests() -> None:
    text = HEAD + (
        "people: [{id: p, role: projectleider}]\n"
        "actions:\n"
        "  - {id: laat, what: x, owner: p, due: 2025-02-01}\n"
        "  - {id: later, what: x, owner: p, due: 2025-03}\n"
        "verkennen:\n  ownership:\n    roadmap:\n"
        "      - {id: taak, what: y, due: 2025-01}\n"
        "      - {id: af, what: y, due: 2025-01, done: 2025-01}\n"
    )
    rest = "visits: [{phase: 5, entered: 2025-01, decisions: [{date: 2025-01-15, decision: pauze}]}]\n"
    for each, silent in ((text, False), (text + rest, True)):
        shown = standing(each)
        assert [action.id for action in shown.overdue] == ["laat"]
        assert [task.id for task in shown.overdue_tasks] == ["taak"]
        seen = [found.about for found in diagnostics(each) if found.code in ("FII702", "FII237")]
        assert sorted(filter(None, seen)) == ([] if silent else ["laat", "taak"])
