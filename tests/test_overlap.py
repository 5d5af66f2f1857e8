"""A programme strengthens while one school implements and another explores: each on its own path."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.barriers import barriers_of
from fii_cli.analysis.due import due_in
from fii_cli.analysis.paths import path_of, paths_now
from fii_cli.analysis.standing import ItemStanding, Standing, standing_of
from fii_cli.analysis.trend import trend_of
from fii_cli.editions.edition import edition_of
from fii_cli.handbook.load import handbook
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.resources import language
from fii_cli.survey.tables import rows_of, sheets_of
from fii_cli.trajectory.known import known_on
from fii_cli.words import PHASES
from helpers import codes, diagnostics, edition, said, trajectory
from wizard import Wizard

DAY = date(2025, 6, 10)
HEAD = """\
fii: 1
title: Buurtscholen
language: nl
organisations:
  - {id: noord, name: School Noord, roles: [receiving]}
  - {id: zuid, name: School Zuid, roles: [receiving]}
entry: {commission: gevraagd, receiving_organisation: noord, date: 2024-01}
visits:
"""
PROGRAMME = "  - {phase: versterken, entered: 2024-05-01, via: entry}\n"
NORTH = "  - {phase: implementeren, entered: 2024-09-01, via: entry, organisation: noord}\n"
SOUTH = "  - {phase: verkennen, entered: 2025-02-01, via: entry, organisation: zuid}  # begint net\n"
STORY = HEAD + PROGRAMME + NORTH + SOUTH


def with_lights(*made: tuple[str, str]) -> str:
    """The story with lights of phase 5 and 2, each about an organisation."""
    lines = "".join(
        f"  - {{instrument: stoplicht, date: 2025-06-02, about: {about}, ratings: {{{ratings}}}}}\n"
        for about, ratings in made
    )
    return f"{STORY}assessments:\n{lines}"


def stand(text: str, day: date = DAY) -> Standing:
    return standing_of(known_on(trajectory(text), day).trajectory, handbook(), day)


def item_in(standing: Standing, id_: str) -> ItemStanding:
    return next(item for phase in standing.phases for item in phase.items if item.id == id_)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str) -> None:
    Path("a.yaml").write_text(text, encoding="utf-8")


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


# --- where everybody is -------------------------------------------------------------------------------------


def test_phases_may_overlap_and_the_programme_is_where_its_own_visit_is() -> None:
    standing = stand(STORY)
    assert not [each for each in diagnostics(STORY, DAY) if each.severity.label == "error"]
    assert standing.here
    assert standing.here.content.id == "versterken"
    assert [phase.content.id for phase in standing.beside] == ["verkennen", "implementeren"]
    assert [(each.organisation, each.visit.phase, each.state) for each in paths_now(standing.trajectory)] == [
        (None, "versterken", "here"),
        ("noord", "implementeren", "here"),
        ("zuid", "verkennen", "here"),
    ]


def test_without_a_visit_of_the_programme_the_earliest_open_phase_counts() -> None:
    standing = stand(HEAD + NORTH + SOUTH)
    assert standing.here
    assert standing.here.content.id == "verkennen"


def test_only_two_open_visits_to_one_phase_by_one_organisation_are_an_error() -> None:
    again = "  - {phase: implementeren, entered: 2025-01-01, organisation: noord}\n"
    assert "FII031" not in codes(STORY, DAY)
    assert "FII031" in codes(STORY + again, DAY)
    assert "FII031" not in codes(STORY + again.replace("organisation: noord", "organisation: zuid"), DAY)


def test_dates_are_ordered_within_one_path_only() -> None:
    back = "  - {phase: implementeren, entered: 2024-03-01, via: entry, organisation: zuid}\n"
    assert "FII030" not in codes(HEAD + PROGRAMME + NORTH + back, DAY)
    assert "FII030" in codes(HEAD + PROGRAMME + NORTH + back.replace("zuid", "noord"), DAY)


def test_an_unknown_organisation_of_a_visit_is_found_at_its_place() -> None:
    wrong = HEAD + PROGRAMME + NORTH.replace("organisation: noord", "organisation: nord")
    found = [line for line in said(wrong, DAY) if "nord" in line]
    assert len(found) == 1
    assert found[0].startswith("10:")


# --- lights -------------------------------------------------------------------------------------------------


def test_a_green_in_the_south_does_not_hide_a_red_in_the_north() -> None:
    text_ = with_lights(("noord", "5a.affiniteit: rood"), ("zuid", "5a.affiniteit: groen"))
    item = item_in(stand(text_), "5a.affiniteit")
    assert (item.light, item.where) == ("rood", ("noord",))
    alone = text_.replace(NORTH, "").replace(SOUTH, "")
    assert (
        item_in(stand(alone), "5a.affiniteit").light == "groen"
    )  # one side: the last light is the one that holds


def test_the_path_of_an_organisation_has_its_own_lights() -> None:
    told = trajectory(with_lights(("noord", "5a.affiniteit: rood"), ("zuid", "5a.affiniteit: groen")))
    lights = {
        organisation: item_in(path_of(told, handbook(), DAY, organisation).standing, "5a.affiniteit").light
        for organisation in (None, "noord", "zuid")
    }
    assert lights == {None: "rood", "noord": "rood", "zuid": "groen"}


def test_lights_count_from_when_that_organisation_entered() -> None:
    early = with_lights(("zuid", "2a.cultuur: groen")).replace("2025-06-02", "2025-01-15")
    assert item_in(stand(early), "2a.cultuur").light == "onbekend"
    assert item_in(stand(early.replace("about: zuid", "about: noord")), "2a.cultuur").light == "groen"


def test_lights_grow_old_for_each_organisation() -> None:
    made = with_lights(("noord", "5a.affiniteit: rood"), ("zuid", "2a.cultuur: groen"))
    assert "FII801" not in codes(made, DAY)
    north = made.replace("2025-06-02, about: noord", "2025-05-01, about: noord")
    assert [each.about for each in diagnostics(north, DAY) if each.code == "FII801"] == ["implementeren"]
    again = north.replace("about: zuid, ratings: {2a.cultuur", "about: zuid, ratings: {5a.affiniteit")
    second = again.replace(SOUTH, NORTH.replace("noord", "zuid"))  # a newer one of the south renews nothing
    assert [each.about for each in diagnostics(second, DAY) if each.code == "FII801"] == ["implementeren"]


def test_what_hinders_is_told_by_organisation_since_it_entered() -> None:
    text_ = with_lights(("noord", "5a.affiniteit: rood"), ("zuid", "2a.cultuur: rood"))
    found = {each.item: each.about for each in barriers_of(trajectory(text_), handbook(), DAY)}
    assert found == {"5a.affiniteit": "noord", "2a.cultuur": "zuid"}
    early = trajectory(text_.replace("2025-06-02", "2025-01-15"))  # before the south entered
    assert [each.about for each in barriers_of(early, handbook(), DAY)] == ["noord"]


# --- pause and stop -----------------------------------------------------------------------------------------


def closed(line: str, decision: str, day: str = "2025-04-01") -> str:
    return line.replace("}", f", decisions: [{{date: {day}, decision: {decision}}}]}}", 1)


@pytest.mark.parametrize("decision", ["pauze", "stop"])
def test_one_stops_and_the_others_go_on(decision: str) -> None:
    red = with_lights(("noord", "5a.affiniteit: rood"), ("zuid", "2a.cultuur: rood"))
    text_ = red.replace(NORTH, closed(NORTH, decision))
    told = trajectory(text_)
    assert (told.at_rest, told.rests("noord"), told.rests("zuid")) == (False, True, False)
    asked = [each.about for each in diagnostics(text_, DAY) if each.code == "FII522"]
    assert asked == ["2a.cultuur"]
    assert [each.about for each in diagnostics(red, DAY) if each.code == "FII522"] == [
        "5a.affiniteit",
        "2a.cultuur",
    ]


def test_the_trajectory_rests_when_every_path_does() -> None:
    all_stopped = HEAD + "".join(closed(line, "stop") for line in (PROGRAMME, NORTH, SOUTH))
    told = trajectory(all_stopped)
    assert told.at_rest
    assert told.has_ended
    one_paused = trajectory(HEAD + closed(PROGRAMME, "stop") + closed(NORTH, "pauze"))
    assert (one_paused.at_rest, one_paused.has_ended) == (True, False)


def test_a_phase_is_not_left_while_another_organisation_is_in_it() -> None:
    second = NORTH.replace("noord", "zuid")
    left = closed(NORTH, "door")
    assert trajectory(HEAD + left).has_left("implementeren")
    assert not trajectory(HEAD + left + second).has_left("implementeren")
    assert not trajectory(HEAD + left + closed(second, "pauze")).has_left("implementeren")
    assert trajectory(HEAD + left + closed(second, "stop")).has_left("implementeren")


def test_what_waits_or_was_completed_is_told_for_each_path() -> None:
    waits = HEAD + PROGRAMME + closed(NORTH, "door") + closed(SOUTH, "afgerond")
    found = {each.code: each for each in diagnostics(waits, DAY) if each.code in ("FII806", "FII807")}
    assert set(found) == {"FII806", "FII807"}
    assert (found["FII806"].span.line, found["FII807"].span.line) == (10, 11)
    assert any("fii advance FILE --organisation noord" in line for line in said(waits, DAY))
    assert any("fii assess FILE --about zuid --item ITEM" in line for line in said(waits, DAY))
    whole = HEAD + closed(PROGRAMME, "door") + NORTH  # without a name it would be about the school
    assert any("fii advance FILE --organisation none" in line for line in said(whole, DAY))


def test_the_last_path_that_ended_counts_whatever_the_order_in_the_file() -> None:
    paths = (closed(PROGRAMME, "stop", "2025-03-01"), closed(NORTH, "afgerond", "2025-05-01"))
    for lines in (paths, paths[::-1]):
        last = trajectory(HEAD + "".join(lines)).last_decision
        assert last
        assert last.decision == "afgerond"


# --- on every day in between --------------------------------------------------------------------------------


def test_on_every_day_only_what_had_begun_is_known() -> None:
    text_ = HEAD + PROGRAMME + closed(NORTH, "pauze", "2025-03-01") + SOUTH
    told = trajectory(text_)
    begun = {None: date(2024, 5, 1), "noord": date(2024, 9, 1), "zuid": date(2025, 2, 1)}
    day = date(2024, 4, 1)
    while day < DAY:
        known = known_on(told, day)
        assert {visit.organisation for visit in known.trajectory.visits} == {
            organisation for organisation, since in begun.items() if since <= day
        }
        open_ = {visit.organisation for _, visit in known.trajectory.open_visits}
        assert ("noord" in open_) == (date(2024, 9, 1) <= day < date(2025, 3, 1))
        for at, visit in enumerate(known.trajectory.visits):
            assert told.visits[known.in_file(("visits", at))[1]].organisation == visit.organisation  # type: ignore[index]
        day += timedelta(days=1)


def test_a_visit_without_a_date_waits_for_its_own_path_only() -> None:
    undated = "  - {phase: verkennen, organisation: zuid}\n"
    told = trajectory(HEAD + closed(PROGRAMME, "door") + undated)
    assert len(known_on(told, date(2024, 12, 1)).trajectory.visits) == 2
    after = trajectory(HEAD + closed(PROGRAMME, "door") + undated.replace(", organisation: zuid", ""))
    assert len(known_on(after, date(2024, 12, 1)).trajectory.visits) == 1


def test_days_in_a_phase_are_not_counted_twice() -> None:
    one = "  - {phase: versterken, entered: 2025-01-01, decisions: [{date: 2025-03-02, decision: door}]}\n"
    other = (
        "  - {phase: versterken, entered: 2025-02-01, organisation: zuid, "
        "decisions: [{date: 2025-04-01, decision: door}]}\n"
    )
    beside = (
        "  - {phase: implementeren, entered: 2025-03-02, decisions: [{date: 2025-04-01, decision: stop}]}\n"
    )
    trend = trend_of(trajectory(HEAD + one + other + beside), handbook(), DAY)
    days = {each.phase: each.days.exact for each in trend.phases if each.visits}
    assert days == {"versterken": 90, "implementeren": 30}
    assert trend.days.exact == 90


# --- fii advance --------------------------------------------------------------------------------------------


def test_with_several_open_visits_advance_asks_which(fii: Fii) -> None:
    write(STORY)
    done = fii("advance", "a.yaml", "--decision", "pauze")
    assert done.code == 2
    told = " ".join(done.err.split())
    assert (
        "the whole trajectory in strengthening; School Zuid in exploring; School Noord in implementing"
        in told
    )
    assert "--phase versterken, --organisation zuid, --organisation noord" in told
    assert text() == STORY


@pytest.mark.parametrize(
    ("flags", "line"),
    [
        (["--phase", "versterken"], 9),
        (["--organisation", "none"], 9),
        (["--organisation", "noord"], 10),
        (["--phase", "5"], 10),
        (["--organisation", "zuid", "--phase", "verkennen"], 11),
    ],
)
def test_a_decision_goes_to_the_visit_that_is_meant(fii: Fii, flags: list[str], line: int) -> None:
    write(STORY)
    done = fii("advance", "a.yaml", *flags, "--decision", "pauze", "--date", "2025-06-10")
    assert done.code == 0, done.err
    before, after = STORY.splitlines(), text().splitlines()
    changed = [at for at, (old, new) in enumerate(zip(before, after, strict=True), 1) if old != new]
    assert changed == [line]
    assert "decisions: [{date: 2025-06-10, decision: pauze}]" in after[line - 1]
    assert ("# begint net" in after[10]) is True


def test_a_phase_that_is_not_open_is_refused_with_those_that_are(fii: Fii) -> None:
    write(STORY)
    done = fii("advance", "a.yaml", "--phase", "borgen", "--decision", "pauze")
    assert (done.code, text()) == (2, STORY)
    assert "sustaining is not open" in done.err
    assert "versterken" in done.err


def test_the_first_visit_of_an_organisation_is_an_entry(fii: Fii) -> None:
    write(HEAD + PROGRAMME + NORTH)
    done = fii("advance", "a.yaml", *["--organisation", "zuid", "--to", "verkennen", "--date", "2025-06-10"])
    assert done.code == 0, done.err
    assert text() == HEAD + PROGRAMME + NORTH + (
        "  - {phase: verkennen, organisation: zuid, entered: 2025-06-10, via: entry}\n"
    )
    assert "fii assess a.yaml --phase verkennen --about zuid" in done.err


def test_beside_leaves_the_open_phase_open(fii: Fii) -> None:
    write(HEAD + PROGRAMME)
    done = fii("advance", "a.yaml", "--beside", "--date", "2025-06-10")
    assert done.code == 0, done.err
    assert text() == HEAD + PROGRAMME + "  - {phase: implementeren, entered: 2025-06-10, via: forward}\n"
    both = trajectory(text())
    assert [visit.phase for _, visit in both.open_visits] == ["versterken", "implementeren"]
    refused = fii("advance", "a.yaml", "--beside", "--to", "versterken")
    assert refused.code == 2
    assert "already in strengthening" in refused.err
    decided = fii("advance", "a.yaml", "--beside", "--decision", "door")
    assert "omit --beside or --decision" in decided.err


def test_leaving_for_a_phase_that_is_open_already_opens_nothing(fii: Fii) -> None:
    after = "  - {phase: implementeren, entered: 2025-01-01}\n"
    write(HEAD + PROGRAMME + after)
    words = "--phase versterken --decision door --reason raad --date 2025-06-10"
    done = fii("advance", "a.yaml", *words.split())
    assert done.code == 0, done.err
    told = trajectory(text())
    assert len(told.visits) == 2
    assert [visit.phase for _, visit in told.open_visits] == ["implementeren"]


def test_readiness_is_that_of_the_organisations_own_lights(fii: Fii) -> None:
    required = [item.id for phase in stand(STORY).phases for item in phase.items if item.required]
    green = ", ".join(f"{item}: groen" for item in required if item.startswith("5"))
    write(with_lights(("zuid", "5a.affiniteit: rood"), ("noord", green)))
    words = "--organisation noord --to borgen --date 2025-06-10"
    done = fii("advance", "a.yaml", *words.split())
    assert done.code == 0, done.err
    assert "every item that fii requires is green" in done.err
    write(with_lights(("zuid", green)))
    asked = fii("advance", "a.yaml", *words.split())
    assert asked.code == 2
    assert "is red or unknown" in asked.err or "are red or unknown" in asked.err


def test_a_pause_is_resumed_by_the_organisation_that_paused(fii: Fii) -> None:
    write(HEAD + PROGRAMME + closed(NORTH, "pauze") + SOUTH)
    done = fii("advance", "a.yaml", *["--organisation", "noord", "--date", "2025-06-10"])
    assert done.code == 0, done.err
    assert "  - {phase: implementeren, organisation: noord, entered: 2025-06-10, via: restart}\n" in text()


# --- what the commands tell ---------------------------------------------------------------------------------


def test_status_tells_where_each_is_and_where_it_is_red(fii: Fii) -> None:
    write(with_lights(("noord", "5a.affiniteit: rood"), ("zuid", "5a.affiniteit: groen")))
    out = " ".join(fii("status", "a.yaml", "--as-of", "2025-06-10").out.split())
    assert "the whole trajectory in strengthening" in out
    assert "School Noord in implementing" in out
    assert "1 red light: 5a.affiniteit (noord)" in out
    told = json.loads(fii("status", "a.yaml", "--json", "--as-of", "2025-06-10").out)["trajectories"][0]
    assert told["here"] == "versterken"
    assert [(each["organisation"], each["phase"]) for each in told["paths"]] == [
        (None, "versterken"),
        ("noord", "implementeren"),
        ("zuid", "verkennen"),
    ]
    assert told["phases"][4]["where"] == {"5a.affiniteit": ["noord"]}


def test_reports_say_where_it_is_red(fii: Fii) -> None:
    write(with_lights(("noord", "5a.affiniteit: rood"), ("zuid", "5a.affiniteit: groen")))
    page = fii("report", "a.yaml", "--format", "md", "--output", "-", "--as-of", "2025-06-10", lang="nl").out
    assert "Eén licht staat op rood: Affiniteit en tijd (School Noord)." in page
    more = [f"plek-{n}" for n in range(3)]
    many = STORY.replace(
        "entry:", "".join(f"  - {{id: {n}, name: {n}, roles: [receiving]}}\n" for n in more) + "entry:"
    )
    red = "".join(
        f"  - {{instrument: stoplicht, date: 2025-06-0{at}, about: {n}, ratings: {{5a.affiniteit: rood}}}}\n"
        for at, n in enumerate(more, 1)
    )
    write(many + "assessments:\n" + red)
    page = fii("report", "a.yaml", "--format", "md", "--output", "-", "--as-of", "2025-06-10", lang="nl").out
    assert "(bij 3 organisaties)" in page


def test_score_names_the_organisations(fii: Fii) -> None:
    write(with_lights(("noord", "5a.affiniteit: rood"), ("zuid", "5a.affiniteit: groen")))
    out = " ".join(fii("score", "a.yaml", "--as-of", "2025-06-10").out.split())
    assert "Needed to complete this phase (Strengthening)" in out
    assert "Needed to complete this phase (Implementing)" in out
    assert "School Noord: ● red" in out or "School Noord: " in out
    told = json.loads(fii("score", "a.yaml", "--json", "--as-of", "2025-06-10").out)
    assert told["where"] == {"5a.affiniteit": ["noord"]}
    assert [each["phase"] for each in told["beside"]] == ["verkennen", "implementeren"]


def test_lights_that_are_assessed_keep_the_organisation_that_they_are_about(fii: Fii) -> None:
    write(with_lights(("zuid", "5a.affiniteit: groen")))
    words = "--about noord --set 5a.affiniteit=rood --date 2025-06-10"
    done = fii("assess", "a.yaml", *words.split())
    assert done.code == 0, done.err
    assert "about: noord" in text()
    assert "○ unknown → ■ red" in done.out
    assert item_in(stand(text()), "5a.affiniteit").where == ("noord",)


def test_a_round_is_about_the_organisation_whose_phase_is_open(fii: Fii) -> None:
    write(HEAD + closed(PROGRAMME, "door") + NORTH)
    asked = fii("assess", "a.yaml")
    assert "--set 5a" in asked.err
    write(HEAD + closed(PROGRAMME, "door") + NORTH + SOUTH)
    several = fii("assess", "a.yaml")
    assert several.code == 2
    assert "--about ID" in several.err


def test_a_decision_added_by_hand_needs_one_open_visit(fii: Fii) -> None:
    write(STORY)
    done = fii("add", "a.yaml", "decision", "date=2025-06-10", "decision=bijsturen")
    assert (done.code, text()) == (2, STORY)
    assert "several visits are open" in done.err
    assert "--organisation ID --phase PHASE" in done.err


def test_a_portfolio_counts_the_programme_and_marks_the_others(fii: Fii) -> None:
    write(STORY)
    out = fii("portfolio", "a.yaml", "--as-of", "2025-06-10", "--format", "md").out
    assert "4 Strengthening +2" in out
    told = json.loads(fii("portfolio", "a.yaml", "--as-of", "2025-06-10", "--format", "json").out)
    assert [(each["phase"], each["also_open"]) for each in told["trajectories"]] == [("versterken", 2)]
    write(STORY.replace("School Zuid, roles", "School Zuid, until: 2025-05, roles"))
    told = json.loads(fii("portfolio", "a.yaml", "--as-of", "2025-06-10", "--format", "json").out)
    assert [each["also_open"] for each in told["trajectories"]] == [1]  # nothing goes on in the south
    write(HEAD + NORTH + SOUTH)
    assert "2 Exploring +1" in fii("portfolio", "a.yaml", "--as-of", "2025-06-10", "--format", "md").out
    write(HEAD + NORTH)
    assert "| 5 Implementing |" in fii("portfolio", "a.yaml", "--as-of", "2025-06-10", "--format", "md").out


def test_lights_are_due_where_they_were_looked_at_longest_ago() -> None:
    made = with_lights(("noord", "5a.affiniteit: rood"), ("zuid", "5a.affiniteit: groen"))
    old = made.replace("2025-06-02, about: noord", "2025-05-01, about: noord")
    late = [each for each in due_in(stand(old)) if each.kind == "lights"]
    assert [(each.what, each.day.text, each.late) for each in late] == [("implementeren", "2025-05-15", True)]
    stopped = old.replace(NORTH, closed(NORTH, "stop"))
    again = stopped.replace(SOUTH, SOUTH + NORTH.replace("noord", "zuid"))
    assert [each.day.text for each in due_in(stand(again)) if each.kind == "lights"] == ["2025-06-16"]


KEY_PEOPLE = """\
people:
  - {id: directeur, role: directeur, organisation: noord}
versterken:
  key_people:
    - {person: directeur, contacts: [{date: 2025-01-15, present: ja}]}
"""


def test_nobody_is_silent_in_an_organisation_that_rests() -> None:
    assert "FII421" in codes(STORY + KEY_PEOPLE, DAY)
    stopped = STORY.replace(NORTH, closed(NORTH, "stop"))
    assert "FII421" not in codes(stopped + KEY_PEOPLE, DAY)
    assert "FII421" in codes(stopped + KEY_PEOPLE.replace("noord", "zuid"), DAY)


def test_a_strategy_may_fit_any_open_phase() -> None:
    action = "actions:\n  - {id: a, what: x, owner: directeur, strategy: audit-and-feedback}\n"
    people = "people:\n  - {id: directeur, role: directeur}\n"
    phases = handbook().strategy_phases["audit-and-feedback"]
    fitting, other = phases[0], next(each for each in PHASES if each not in phases)
    alone = f"  - {{phase: {other}, entered: 2025-01-01, via: entry}}\n"
    beside = f"  - {{phase: {fitting}, entered: 2025-01-01, via: entry, organisation: zuid}}\n"
    assert "FII707" in codes(HEAD + alone + people + action, DAY)
    assert "FII707" not in codes(HEAD + alone + beside + people + action, DAY)


def test_red_when_an_organisation_left_is_asked_of_its_own_lights_only() -> None:
    left = NORTH.replace("}", ", decisions: [{date: 2025-06-05, decision: door}]}")
    required = min(item for item in handbook().required_items if item.startswith("5"))
    for about, found in (("noord", True), ("zuid", False)):
        text_ = with_lights((about, f"{required}: rood")).replace(NORTH, left)
        text_ = text_.replace(SOUTH, NORTH.replace("noord", "zuid"))
        assert ("FII802" in codes(text_, DAY)) is found


def test_the_programme_left_red_if_one_organisation_was() -> None:
    item = min(item for item in handbook().required_items if item.startswith("4"))
    left = closed(PROGRAMME, "door", "2025-06-05")
    made = with_lights(("noord", f"{item}: rood"), ("zuid", f"{item}: groen"))
    assert "FII802" in codes(made.replace(PROGRAMME, left), DAY)
    assert "FII802" not in codes(made.replace(PROGRAMME, left).replace("rood", "groen"), DAY)


# --- with others --------------------------------------------------------------------------------------------


def test_two_people_who_each_advance_an_organisation_do_not_collide(fii: Fii) -> None:
    for name in ("base.yaml", "ours.yaml", "theirs.yaml"):
        Path(name).write_text(STORY, encoding="utf-8")
    ours = "advance ours.yaml --organisation noord --beside --to borgen --reason x --date 2025-06-10"
    theirs = "advance theirs.yaml --organisation zuid --beside --to innoveren --date 2025-06-10"
    assert fii(*ours.split()).code == 0
    assert fii(*theirs.split()).code == 0
    for pair in (("ours.yaml", "theirs.yaml"), ("theirs.yaml", "ours.yaml")):
        done = fii("merge", "base.yaml", *pair)
        assert done.code == 0, done.err
        merged = trajectory(done.out)
        assert [(visit.phase, visit.organisation) for visit in merged.visits[3:]] in (
            [("borgen", "noord"), ("innoveren", "zuid")],
            [("innoveren", "zuid"), ("borgen", "noord")],
        )
        assert "# begint net" in done.out


def test_lights_of_two_organisations_on_one_day_do_not_collide(fii: Fii) -> None:
    made = "  - {instrument: stoplicht, date: 2025-06-10, about: @, ratings: {5a.affiniteit: #}}\n"
    north, south = (
        made.replace("@", of).replace("#", to) for of, to in (("noord", "rood"), ("zuid", "groen"))
    )
    base = with_lights(("noord", "5a.mandaat: groen"))
    for text_, code in ((base, 0), (base.replace(NORTH, "").replace(SOUTH, ""), 1)):
        Path("base.yaml").write_text(text_, encoding="utf-8")
        Path("ours.yaml").write_text(text_ + north, encoding="utf-8")
        Path("theirs.yaml").write_text(text_ + south, encoding="utf-8")
        assert fii("merge", "base.yaml", "ours.yaml", "theirs.yaml").code == code


def test_readers_of_every_edition_see_whose_phase_it_is() -> None:
    told = trajectory(with_lights(("noord", "5a.affiniteit: rood"), ("zuid", "5a.affiniteit: groen")))
    for audience in ("team", "steering", "client", "public"):
        shown = edition_of(told, audience)
        names = [shown.named(visit.organisation) for visit in shown.visits if visit.organisation]
        assert names == ["School Noord", "School Zuid"]
        where = item_in(standing_of(shown, handbook(), DAY), "5a.affiniteit").where
        assert [shown.named(each) for each in where] == ([] if audience == "public" else ["School Noord"])


def test_a_difference_names_the_organisation_of_a_visit(fii: Fii) -> None:
    Path("old.yaml").write_text(HEAD + PROGRAMME, encoding="utf-8")
    Path("new.yaml").write_text(HEAD + PROGRAMME + NORTH, encoding="utf-8")
    out = " ".join(fii("diff", "old.yaml", "new.yaml").out.split())
    assert "implementing, 1 September 2024, School Noord" in out


@pytest.mark.parametrize(("text_", "asked"), [(STORY, True), (HEAD + PROGRAMME, False)])
def test_the_workbook_asks_which_organisation_lights_are_about(fii: Fii, text_: str, asked: bool) -> None:
    write(text_)
    assert fii("workbook", "a.yaml", "--output", "a.xlsx").code == 0
    raw = Path("a.xlsx").read_bytes()
    [lights] = [sheet for sheet in sheets_of(raw) if sheet in ("Lights", "Lichten")]
    rows = rows_of(raw, "a.xlsx", lights)
    assert any(row and row[0] in ("About", "Over") for row in rows) is asked


def test_the_wizard_asks_which_visit_first() -> None:
    write(STORY)
    wizard = Wizard("advance", "a.yaml", "--lang", "en", "--date", "2025-06-10")
    wizard.answer("Which one?", "4")
    wizard.answer("answer with a number from 1 to 3", "noord")
    wizard.until("School Noord: Implementing (5)")
    wizard.answer("What was decided?", "pauze")
    wizard.answer("Who decides?", "geen")
    wizard.answer("Why?", "")
    wizard.until("fii advance a.yaml --organisation noord --decision pauze")
    wizard.answer("Write this to a.yaml?", "ja")
    assert wizard.ended() == 0
    assert text() == STORY.replace(NORTH, closed(NORTH, "pauze", "2025-06-10"))


# --- what others read ---------------------------------------------------------------------------------------

LATER = "  - {phase: implementeren, entered: 2025-04-01, via: forward, organisation: zuid}\n"


def test_the_board_sees_a_bar_for_each_organisation_and_since_when(fii: Fii) -> None:
    write(STORY + LATER)
    page = fii("report", "a.yaml", "--as-of", str(DAY), "--audience", "steering", "--output", "b.html")
    assert page.code == 0
    made = Path("b.html").read_text(encoding="utf-8")
    stays = re.findall(
        r'<rect class="stay open" x="[\d.]+%" y="(\d+)%?" width="[\d.]+%" height="(\d+)%"', made
    )
    assert stays == [("34", "32"), ("34", "32"), ("0", "100"), ("0", "100")]  # a lane for each, with its name
    page = fii("report", "a.yaml", "--as-of", str(DAY), "--audience", "steering", "--format", "md", "-o", "-")
    row = next(line for line in page.out.splitlines() if line.startswith("| **5 "))
    assert "School Noord sinds 1 september 2024; School Zuid sinds 1 april 2025" in row


def test_the_board_reads_how_many_organisations_are_in_which_phase() -> None:
    say = language("en")
    for text_, sentence in (
        (
            STORY + LATER,
            "The trajectory has been in phase 4 (Strengthening) since 1 May 2024. Beside it: "
            "1 organisation in phase 2 (Exploring) and 2 organisations in phase 5 (Implementing).",
        ),
        (
            HEAD + NORTH + SOUTH,
            "1 organisation in phase 2 (Exploring) and 1 organisation in phase 5 (Implementing).",
        ),
        (HEAD + PROGRAMME, "The trajectory has been in phase 4 (Strengthening) since 1 May 2024."),
    ):
        judged = edition(trajectory(text_), DAY, "steering")
        board = report_of(basis_of(judged, handbook()), say).board
        assert board
        assert board.status[0] == sentence


def test_the_steps_of_an_organisation_are_not_mixed_with_those_of_another() -> None:
    back = "  - {phase: implementeren, entered: 2025-04-01, via: skip, organisation: zuid}\n"
    board = report_of(
        basis_of(edition(trajectory(STORY + back), DAY, "steering"), handbook()), language("en")
    ).board
    assert board
    assert board.path.steps == "The phases are not a ladder: School Zuid went 2 → 5."


def test_what_began_is_told_with_its_organisation(fii: Fii) -> None:
    lights = with_lights(("noord", "5a.affiniteit: rood"))
    write(lights.replace("assessments:\n", f"{LATER}assessments:\n"))
    done = fii("report", "a.yaml", "--as-of", str(DAY), "--since", "2025-03-01", "--format", "md", "-o", "-")
    assert "School Zuid (1 april 2025)" in done.out


def test_the_agenda_asks_the_decision_and_the_lights_of_each_organisation(fii: Fii) -> None:
    write(with_lights(("noord", "5a.affiniteit: rood")).replace("language: nl", "language: en"))
    out = " ".join(fii("agenda", "a.yaml", "--as-of", str(DAY), "--format", "md", "-o", "-").out.split())
    assert "Phase 4 (Strengthening): continue, adjust or stop?" in out
    assert "School Zuid – Phase 2 (Exploring): continue, adjust or stop?" in out
    assert "School Noord – Phase 5 (Implementing): continue, adjust or stop?" in out
    assert "School Noord: " in out
