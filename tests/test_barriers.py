"""Current barriers: gathered from every instrument, strongest and longest first."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.barriers import Barrier, barriers_of
from fii_cli.handbook.load import handbook
from helpers import DAY, HEAD, trajectory

TEXT = (
    HEAD
    + """\
organisations: [{id: fictie, name: Stichting Fictie}, {id: brug, name: De Brug}]
visits: [{phase: implementeren, entered: 2025-01-10, via: entry}]
assessments:
  - {instrument: stoplicht, date: 2025-01-06, perspective: both, ratings: {5b.knelpunten: rood}}
  - {instrument: stoplicht, date: 2025-01-13, perspective: both, ratings: {5a.mandaat: oranje, 5b.knelpunten: groen}}
  - {instrument: stoplicht, date: 2025-01-27, perspective: both, ratings: {5a.mandaat: rood, 5c.coaching: onbekend}}
  - {instrument: stoplicht, date: 2025-02-03, perspective: giving, ratings: {5a.mandaat: groen, 5b.cyclus: oranje}}
  - {instrument: cfir, date: 2025-01-20, perspective: receiving, ratings: {III.D.2: -2, III.E.1: 2, I.F: X, I.H: M}}
  - {instrument: cfir, date: 2025-02-03, perspective: receiving, ratings: {III.D.2: {value: -1, note: gaat beter}}}
  - {instrument: readiness, date: 2025-01-20, about: fictie, ratings: {team: nee, mensen: ja}}
  - {instrument: readiness, date: 2025-01-21, about: brug, ratings: {team: deels}}
people: [{id: projectleider, role: projectleider}]
actions:
  - {id: mandaat, what: voorleggen, answers: [stoplicht/5a.mandaat], owner: projectleider, status: bezig}
  - {id: registratie, what: aanpassen, answers: [cfir/III.D.2], owner: projectleider, status: klaar}
  - {id: niets, what: iets, answers: [readiness/team], owner: projectleider, status: vervallen}
"""
)


def found(day: str = "2025-02-10") -> tuple[Barrier, ...]:
    return barriers_of(trajectory(TEXT), handbook(), date.fromisoformat(day))


def short(barrier: Barrier) -> tuple[str, str, str | None]:
    return barrier.place, barrier.value, barrier.perspective or barrier.about


def test_what_hinders_comes_strongest_first_and_then_what_hinders_longest() -> None:
    assert [short(barrier) for barrier in found()] == [
        ("stoplicht/5a.mandaat", "rood", "both"),
        ("readiness/team", "nee", "fictie"),
        ("cfir/III.D.2", "-1", "receiving"),
        ("readiness/team", "deels", "brug"),
        ("stoplicht/5b.cyclus", "oranje", "giving"),
    ]


def test_since_is_the_first_of_the_ratings_in_a_row_that_said_so() -> None:
    since = {barrier.place: barrier.since.text for barrier in found()}
    assert since["stoplicht/5a.mandaat"] == "2025-01-13"
    assert since["cfir/III.D.2"] == "2025-01-20"
    assert since["stoplicht/5b.cyclus"] == "2025-02-03"


def test_only_what_counts_on_the_day_hinders() -> None:
    places = [barrier.place for barrier in found("2025-01-20")]
    assert "stoplicht/5b.knelpunten" not in places  # green since the phase was entered
    assert "stoplicht/5b.cyclus" not in places
    assert {(b.place, b.value) for b in found("2025-01-20")} >= {
        ("cfir/III.D.2", "-2"),
        ("stoplicht/5a.mandaat", "oranje"),
    }


def test_helping_mixed_and_missing_do_not_hinder_and_unknown_is_no_barrier() -> None:
    places = {barrier.place for barrier in found()}
    assert not places & {"cfir/III.E.1", "cfir/I.F", "cfir/I.H", "stoplicht/5c.coaching", "readiness/mensen"}


def test_actions_that_run_and_actions_that_are_done_stand_with_it() -> None:
    by_place = {short(barrier)[::2]: barrier for barrier in found()}
    mandate = by_place["stoplicht/5a.mandaat", "both"]
    assert ([a.id for a in mandate.actions], mandate.done) == (["mandaat"], ())
    compatibility = by_place["cfir/III.D.2", "receiving"]
    assert (compatibility.actions, [a.id for a in compatibility.done]) == ((), ["registratie"])
    team = by_place["readiness/team", "fictie"]
    assert (team.actions, team.done) == ((), ())


def test_a_light_tells_which_constructs_it_touches() -> None:
    assert found()[0].touches == ("cfir/V.B.2", "cfir/III.E.1", "midi/19", "midi/25")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(TEXT, encoding="utf-8")
    return "a.yaml"


def test_the_command_shows_them_and_what_to_do(fii: Fii, file: str) -> None:
    done = fii("barriers", file, "--as-of", "2025-02-10")
    assert done.code == 0
    shown = " ".join(done.out.split())
    assert "Hinders strongly stoplicht/5a.mandaat ■ red" in shown
    assert "since 2025-01-13, giving and receiving together" in shown
    assert "action: mandaat (in progress)" in shown
    assert "Compatibility – gaat beter since 2025-01-20, receiving organisation" in shown
    assert "action done: registratie; rate it again" in shown
    assert "next step: fii strategies a.yaml" in done.err


def test_one_instrument_can_be_asked_for_and_programs_get_everything(fii: Fii, file: str) -> None:
    words = ("barriers", file, "--as-of", "2025-02-10", "--json")
    data = json.loads(fii(*words, "--instrument", "cfir").out)
    assert [each["item"] for each in data["barriers"]] == ["III.D.2"]
    assert data["barriers"][0] == {
        "instrument": "cfir",
        "item": "III.D.2",
        "name": "Compatibility",
        "value": "-1",
        "spread": None,
        "published": None,
        "strength": 1,
        "by": None,
        "perspective": "receiving",
        "about": None,
        "date": "2025-02-03",
        "since": "2025-01-20",
        "note": "gaat beter",
        "touches": [],
        "actions": [],
        "done": ["registratie"],
    }
    assert len(json.loads(fii(*words).out)["barriers"]) == 5
    assert fii("barriers", file, "--instrument", "cfri").code == 2


def test_nothing_that_hinders_is_said_so(fii: Fii, file: str) -> None:
    Path(file).write_text(HEAD, encoding="utf-8")
    assert "No rated item hinders now." in fii("barriers", file).out


def test_a_light_is_about_no_organisation_whatever_the_assessment_says() -> None:
    text = (
        HEAD + "organisations:\n  - {id: voorbeeld, name: V}\nassessments:\n"
        "  - {instrument: stoplicht, date: 2025-01-20, about: voorbeeld, ratings: {2a.cultuur: rood}}\n"
    )
    (barrier,) = barriers_of(trajectory(text), handbook(), DAY)
    assert barrier.about is None
