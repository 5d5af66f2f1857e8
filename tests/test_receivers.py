"""A trajectory with several receiving organisations, and what becomes of them and their people."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.due import due_in
from fii_cli.analysis.in_words import paths_in_words, phase_in_words
from fii_cli.analysis.per_organisation import rated_organisations
from fii_cli.analysis.silence import silences
from fii_cli.analysis.standing import standing_of
from fii_cli.analysis.succession import members_now, organisation_now, people_there, person_now, receivers_now
from fii_cli.changes.facts import facts_changed
from fii_cli.editions.edition import edition_of
from fii_cli.edits.kinds import kind_of, known_keys, offered, wrong_with
from fii_cli.handbook.load import handbook
from fii_cli.report.facts import plain_facts
from fii_cli.trajectory.implementeren import Team
from helpers import EN, codes, diagnostics, said, trajectory

pytestmark = pytest.mark.usefixtures("here")

DAY = date(2025, 6, 10)
SCHOOLS = """\
fii: 1
title: Buurtscholen
language: nl
organisations:
  - {id: noord, name: School Noord, roles: [receiving]}
  - {id: zuid, name: School Zuid, roles: [receiving]}
"""
ENTRY = "entry: {commission: gevraagd, receiving_organisation: [noord, zuid], date: 2024-01}\n"
ONE = ENTRY.replace("[noord, zuid]", "noord")


def write(text: str) -> None:
    Path("a.yaml").write_text(text, encoding="utf-8")


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


# --- one or several -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "ids", "known"),
    [
        (ENTRY, ("noord", "zuid"), True),
        (ONE, ("noord",), True),
        (ENTRY.replace("[noord, zuid]", "[zuid]"), ("zuid",), True),
        (ENTRY.replace("[noord, zuid]", "[]"), (), False),
        (ENTRY.replace("receiving_organisation: [noord, zuid], ", ""), (), False),
    ],
)
def test_the_start_names_one_receiving_organisation_or_several(
    entry: str, ids: tuple[str, ...], known: bool
) -> None:
    told = trajectory(SCHOOLS + entry)
    assert told.entry.receiving_organisation == ids
    assert standing_of(told, handbook(), DAY).cell.receiving is known
    assert not [each for each in diagnostics(SCHOOLS + entry, DAY) if each.severity.label == "error"]


def test_one_is_written_as_a_text_and_several_as_a_list() -> None:
    one, several = trajectory(SCHOOLS + ONE), trajectory(SCHOOLS + ENTRY)
    assert plain_facts(one)["entry"]["receiving_organisation"] == "noord"
    assert plain_facts(several)["entry"]["receiving_organisation"] == ["noord", "zuid"]
    [came] = facts_changed(one, several)
    assert (came.before, came.after) == (None, "zuid")


def test_each_unknown_receiving_organisation_is_found_at_its_place() -> None:
    several = SCHOOLS + ENTRY.replace("noord, zuid", "nord, zuid")
    assert [line for line in said(several, DAY) if "FII021" in line] == [
        "7:56 FII021 unknown organisation nord | did you mean noord?"
    ]
    one = SCHOOLS + ONE.replace("noord", "nord")
    assert [line[:5] for line in said(one, DAY) if "FII021" in line] == ["7:55 "]


def test_a_group_of_keys_is_no_receiving_organisation() -> None:
    assert "FII013" in codes(SCHOOLS + ENTRY.replace("[noord, zuid]", "{id: noord}"), DAY)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("zuid", "zuid"),
        ("Zuid,noord", "[zuid, noord]"),
        ("[zuid, Noord]", "[zuid, noord]"),
        ("[zuid]", "zuid"),
    ],
)
def test_set_writes_one_or_several(fii: Fii, typed: str, line: str) -> None:
    write(SCHOOLS + ENTRY)
    done = fii("set", "a.yaml", "entry.receiving_organisation", typed)
    assert done.code == 0, done.err
    assert text() == SCHOOLS + ENTRY.replace("[noord, zuid]", line)


@pytest.mark.parametrize(
    ("typed", "funders"),
    [
        ("[A, B]", ("A", "B")),
        ("""["A, B", 'C''s', ]""", ("A, B", "C's")),
        (r'["say \"A\"", B]', ('say "A"', "B")),
        ("[A], B", ("[A]", "B")),
        ("collega's, [B]", ("collega's", "[B]")),
    ],
)
def test_a_list_is_typed_with_commas_or_as_the_file_has_it(
    fii: Fii, typed: str, funders: tuple[str, ...]
) -> None:
    write(SCHOOLS + ENTRY)
    assert fii("set", "a.yaml", "organisations.noord.funders", typed).code == 0
    assert trajectory(text()).organisations[0].funders == funders


def test_one_that_is_named_twice_is_found_at_its_place() -> None:
    doubled = SCHOOLS + ENTRY.replace("[noord, zuid]", "[noord, zuid, noord]")
    found = [each for each in diagnostics(doubled, DAY) if each.code == "FII035"]
    assert [each.message.text for each in found] == ["{name} is in this list twice"]
    assert "FII035" not in codes(SCHOOLS + ENTRY, DAY)


def test_set_refuses_one_that_is_unknown(fii: Fii) -> None:
    write(SCHOOLS + ENTRY)
    done = fii("set", "a.yaml", "entry.receiving_organisation", "noord,oost")
    assert done.code != 0
    assert "oost" in done.err
    assert text() == SCHOOLS + ENTRY


@pytest.mark.parametrize(
    "receiving",
    [
        ("--receiving", "School Noord, School Zuid"),
        ("--receiving", "School Noord", "--receiving", "School Zuid"),
    ],
)
def test_a_trajectory_starts_with_several(fii: Fii, receiving: tuple[str, ...]) -> None:
    words = ["--title", "B", "--commission", "gevraagd", *receiving]
    done = fii("new", "b.yaml", *words, "--language", "nl", "--date", "2025-01")
    assert done.code == 0, done.err
    made = trajectory(Path("b.yaml").read_text(encoding="utf-8"))
    assert made.entry.receiving_organisation == ("school-noord", "school-zuid")
    assert [each.roles for each in made.organisations] == [("receiving",), ("receiving",)]
    assert made.visits[0].phase == "innoveren"


def test_entry_knows_them(fii: Fii) -> None:
    write(SCHOOLS + ENTRY)
    assert json.loads(fii("entry", "a.yaml", "--json").out)["receiving"] is True


def test_two_people_who_each_name_another_do_not_collide(fii: Fii) -> None:
    base = SCHOOLS + "  - {id: oost, name: School Oost}\n" + ONE
    for name, ids in (("base", "noord"), ("ours", "[noord, zuid]"), ("theirs", "[noord, oost]")):
        Path(f"{name}.yaml").write_text(base.replace("sation: noord", f"sation: {ids}"), encoding="utf-8")
    done = fii("merge", "base.yaml", "ours.yaml", "theirs.yaml")
    assert done.code == 0, done.err
    assert trajectory(done.out).entry.receiving_organisation == ("noord", "zuid", "oost")
    less = fii("merge", "ours.yaml", "base.yaml", "ours.yaml")
    assert "receiving_organisation: noord," in less.out


def test_two_people_who_each_leave_out_another_leave_one_as_a_text(fii: Fii) -> None:
    base = SCHOOLS + "  - {id: oost, name: School Oost}\n" + ENTRY
    for name, ids in (("base", "noord, zuid, oost"), ("ours", "noord, oost"), ("theirs", "noord, zuid")):
        Path(f"{name}.yaml").write_text(base.replace("noord, zuid]", f"{ids}]"), encoding="utf-8")
    done = fii("merge", "base.yaml", "ours.yaml", "theirs.yaml")
    assert done.code == 0, done.err
    assert done.out == base.replace("[noord, zuid]", "noord")


@pytest.mark.parametrize("ids", ["[noord, zuid]", "zuid", '["noord", zuid]'])
@pytest.mark.parametrize(
    "entry",
    ["{commission: gevraagd, receiving_organisation: @}", "\n  receiving_organisation: @  # eerst\n  %"],
)
def test_the_other_side_may_name_more_or_another(fii: Fii, entry: str, ids: str) -> None:
    base = SCHOOLS + f"entry: {entry}\n".replace("%", "commission: gevraagd")
    for name, told in (("base", "noord"), ("ours", "noord"), ("theirs", ids)):
        Path(f"{name}.yaml").write_text(base.replace("@", told), encoding="utf-8")
    ours = base.replace("title: Buurtscholen", "title: Scholen")
    Path("ours.yaml").write_text(ours.replace("@", "noord"), encoding="utf-8")
    for pair in (("ours.yaml", "theirs.yaml"), ("theirs.yaml", "ours.yaml")):
        done = fii("merge", "base.yaml", *pair)
        assert done.code == 0, done.err
        assert done.out == ours.replace("@", ids)


def test_readers_outside_see_those_that_are_public() -> None:
    hidden = SCHOOLS.replace("Zuid, roles: [receiving]", "Zuid, roles: [candidate]") + ENTRY
    told = edition_of(trajectory(hidden), "client")
    assert [told.named(each) for each in told.entry.receiving_organisation] == ["School Noord"]
    both = hidden.replace("Noord, roles: [receiving]", "Noord, roles: [candidate]")
    none = edition_of(trajectory(both), "client").entry.receiving_organisation
    assert len(none) == 1  # that one is known may be said
    assert not {"noord", "zuid"}.intersection(none)


def test_ratings_about_nobody_are_those_of_the_only_one() -> None:
    rated = "assessments:\n  - {instrument: cfir, date: 2025-01-01, ratings: {III.D.2: -1}}\n"
    for entry, ids in ((ONE, ["noord"]), (ENTRY, [])):
        found = rated_organisations(trajectory(SCHOOLS + entry + rated), "cfir", handbook(), DAY)
        assert [each.id for each in found] == ids


# --- what becomes of them -----------------------------------------------------------------------------------

MERGED = """\
fii: 1
title: Buurtscholen
language: nl
organisations:
  - {id: noord, name: School Noord, roles: [receiving]}
  - {id: zuid, name: School Zuid, roles: [receiving], until: 2025-04, became: samen}
  - {id: samen, name: Scholengroep Samen, roles: [receiving]}
  - {id: oost, name: School Oost, roles: [receiving], until: 2025-04-15}
people:
  - {id: directeur, role: directeur, organisation: zuid, level: management,
     until: 2025-04-30, followed_by: bestuurder}
  - {id: bestuurder, role: bestuurder, organisation: samen, level: beleid}
  - {id: leraar, role: leraar, organisation: zuid, level: uitvoerders}
  - {id: gymleraar, role: gymleraar, organisation: oost, level: uitvoerders}
  - {id: trainer, role: trainer, organisation: noord, level: uitvoerders, until: 2025-05}
entry: {commission: gevraagd, receiving_organisation: [noord, zuid, oost], date: 2024-01}
visits:
  - {phase: implementeren, entered: 2025-01-10, via: entry}
"""
BEFORE, AFTER = date(2025, 4, 30), date(2025, 5, 1)


def test_somebody_is_there_until_all_of_the_last_day_is_over() -> None:
    told = trajectory(MERGED)
    assert [organisation_now(told, "zuid", day) for day in (BEFORE, AFTER)] == ["zuid", "samen"]
    assert [organisation_now(told, "oost", day) for day in (BEFORE, AFTER)] == [None, None]
    assert organisation_now(told, "oost", date(2025, 4, 15)) == "oost"
    assert [person_now(told, "directeur", day) for day in (BEFORE, AFTER)] == ["directeur", "bestuurder"]
    assert [person_now(told, "leraar", day) for day in (BEFORE, AFTER)] == ["leraar", "leraar"]
    assert person_now(told, "gymleraar", AFTER) is None  # of a school that ended, and nobody took over
    assert receivers_now(told, BEFORE) == ("noord", "zuid")
    assert receivers_now(told, AFTER) == ("noord", "samen")


def test_a_chain_of_successors_ends_with_who_is_there() -> None:
    longer = MERGED.replace(
        "Samen, roles: [receiving]}",
        "Samen, roles: [receiving], until: 2025-05, became: groot}\n  - {id: groot, name: Groot}",
    )
    told = trajectory(longer)
    days = (BEFORE, AFTER, date(2025, 6, 1))
    assert [organisation_now(told, "zuid", day) for day in days] == ["zuid", "samen", "groot"]
    gone = trajectory(longer.replace("name: Groot}", "name: Groot, until: 2025-05}"))
    assert organisation_now(gone, "zuid", days[2]) is None


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("became: samen", "became: zuid", 6),
        (", until: 2025-04, became: samen", ", became: samen", 6),
        ("until: 2025-04-30, followed_by: bestuurder", "followed_by: bestuurder", 11),
        ("followed_by: bestuurder", "followed_by: directeur", 11),
        ("organisation: samen, level", "organisation: oost, level", 11),
    ],
)
def test_an_impossible_succession_is_found_at_its_place(old: str, new: str, line: int) -> None:
    assert "FII044" not in codes(MERGED, DAY)
    found = [each for each in diagnostics(MERGED.replace(old, new), DAY) if each.code == "FII044"]
    assert [each.span.line for each in found] == [line]


def test_everybody_in_a_circle_is_named_and_nothing_hangs() -> None:
    circle = MERGED.replace("Samen, roles: [receiving]", "Samen, until: 2025-05, became: zuid")
    assert [each.span.line for each in diagnostics(circle, DAY) if each.code == "FII044"] == [6, 7]


def test_an_unknown_successor_is_found() -> None:
    assert "FII021" in codes(MERGED.replace("became: samen", "became: somen"), DAY)
    assert "FII022" in codes(MERGED.replace("followed_by: bestuurder", "followed_by: bestuur"), DAY)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("  - {phase: borgen, entered: 2025-05-01, via: forward, organisation: zuid}\n", True),
        ("  - {phase: borgen, entered: 2025-04, via: forward, organisation: zuid}\n", False),
        ("assessments: [{instrument: cfir, date: 2025-05-01, about: zuid, ratings: {III.D.2: 1}}]\n", True),
        ("assessments: [{instrument: cfir, date: 2025-05-01, about: samen, ratings: {III.D.2: 1}}]\n", False),
        ("verkennen: {agreements: [{organisation: oost, date: 2025-04-16}]}\n", True),
        ("verkennen: {agreements: [{organisation: oost, date: 2025-04}]}\n", False),
        ("versterken: {key_people: [{person: directeur, contacts: [{date: 2025-05-02}]}]}\n", True),
        ("versterken: {key_people: [{person: directeur, contacts: [{date: 2025-04-02}]}]}\n", False),
    ],
)
def test_what_is_certainly_after_the_end_is_found(more: str, found: bool) -> None:
    assert ("FII808" in codes(MERGED + more, DAY)) is found


def test_the_visit_of_an_organisation_that_ended_can_be_ended() -> None:
    visit = "  - {phase: borgen, entered: 2025-03-01, via: entry, organisation: oost}\n"
    [line] = [line for line in said(MERGED + visit, DAY) if "FII809" in line]
    assert "School Oost ended, and is still in sustaining" in line
    assert "--organisation oost --decision stop" in line
    assert "FII809" not in codes(MERGED + visit, date(2025, 4, 15))
    assert "--date 2025-04-15" in line
    ended = visit.replace("}", ", decisions: [{date: 2025-04-15, decision: stop}]}")
    assert {"FII808", "FII809"}.isdisjoint(codes(MERGED + ended, DAY))
    [late] = [
        each for each in said(MERGED + ended.replace("04-15, dec", "05-20, dec"), DAY) if "FII808" in each
    ]
    assert "2025-05-20 is after School Oost ended (2025-04-15)" in late
    assert "who followed" not in late
    [other] = [line for line in said(MERGED + visit.replace("oost", "zuid"), DAY) if "FII809" in line]
    assert "--organisation samen if Scholengroep Samen goes on with it" in other


RELIED_ON = """\
versterken: {key_people: [{person: %s}]}
implementeren: {team: {members: [{person: %s}]}}
actions: [{id: doen, what: doen, owner: %s, status: %s}]
requested_decisions: [{id: vraag, question: Gaan we door?, asked_of: %s}]
"""


@pytest.mark.parametrize(
    ("person", "day", "n"),
    [("trainer", DAY, 4), ("trainer", BEFORE, 0), ("gymleraar", DAY, 4), ("directeur", DAY, 0)],
)
def test_who_is_relied_on_and_left_without_a_successor_is_found(person: str, day: date, n: int) -> None:
    text_ = MERGED + RELIED_ON % (person, person, person, "open", person)
    assert codes(text_, day).count("FII809") == n
    closed = text_.replace("status: open", "status: klaar")
    assert codes(closed, day).count("FII809") == max(n - 1, 0)


# --- silence, mandate and team ------------------------------------------------------------------------------

HEARD = "versterken:\n  key_people:\n    - {person: directeur, contacts: [{date: 2025-02-01, present: ja}]}\n"


def silent(text_: str, day: date) -> list[tuple[str, int]]:
    return [(each.person, each.weeks) for each in silences(trajectory(text_), day)]


def test_whoever_left_is_silent_no_more_and_the_successor_from_that_day() -> None:
    assert silent(MERGED + HEARD, BEFORE) == [("directeur", 12)]
    assert silent(MERGED + HEARD, date(2025, 6, 10)) == []  # five weeks and a day
    assert silent(MERGED + HEARD, date(2025, 6, 12)) == [("bestuurder", 6)]
    [line] = [line for line in said(MERGED + HEARD, date(2025, 6, 12)) if "FII421" in line]
    assert "no contact with bestuurder (succeeds directeur) for 6 weeks" in line
    assert "fii add FILE contact person=bestuurder" in line


def test_the_contacts_of_the_successor_count() -> None:
    own = HEARD + "    - {person: bestuurder, contacts: [{date: 2025-06-01}]}\n"
    assert silent(MERGED + own, date(2025, 7, 1)) == []
    assert silent(MERGED + own, date(2025, 7, 20)) == [("bestuurder", 7)]
    first = HEARD + "    - {person: bestuurder}\n"
    assert silent(MERGED + first, date(2025, 6, 12)) == [("bestuurder", 6)]


def test_nobody_follows_and_nobody_is_asked() -> None:
    alone = HEARD.replace("directeur", "trainer")
    assert silent(MERGED + alone, date(2025, 5, 31)) == [("trainer", 17)]
    assert silent(MERGED + alone, date(2025, 9, 1)) == []


def test_a_contact_is_due_with_the_successor() -> None:
    standing = standing_of(trajectory(MERGED + HEARD), handbook(), AFTER)
    assert [(each.what, each.day.text) for each in due_in(standing) if each.kind == "contact"] == [
        ("bestuurder", "2025-06-11")
    ]


def test_the_rest_of_an_organisation_is_that_of_its_successor() -> None:
    heard = HEARD.replace("directeur", "leraar")
    stopped = "  - {phase: implementeren, entered: 2025-02, organisation: @, decisions: [%s]}\n"
    stopped %= "{date: 2025-04-30, decision: stop}"
    assert silent(MERGED + stopped.replace("@", "zuid") + heard, DAY) != []
    assert silent(MERGED + stopped.replace("@", "samen") + heard, DAY) == []


def test_levels_are_those_of_the_key_people_who_are_there() -> None:
    text_ = MERGED.replace("phase: implementeren", "phase: versterken") + (
        "versterken: {key_people: [{person: directeur}, {person: leraar}, {person: gymleraar},"
        " {person: trainer}]}\n"
    )
    before = [line for line in said(text_, date(2025, 4, 10)) if "FII411" in line]
    assert "key people at 2 levels" in before[0]
    assert "FII411" not in codes(text_, DAY)  # of two people it is early to ask where the others are
    stays = text_.replace("noord, level: uitvoerders, until: 2025-05", "noord")
    [after] = [line for line in said(stays, DAY) if "FII411" in line]
    assert "key people at 2 levels, 1 key person without a level" in after


TEAM = """\
implementeren:
  team:
    mandate: kiest de momenten
    members: [{person: directeur}, {person: bestuurder}, {person: leraar}, {person: gymleraar}]
"""


def test_a_team_counts_who_is_there() -> None:
    assert "FII511" in codes(MERGED + TEAM, date(2025, 4, 1))
    assert "FII511" not in codes(MERGED + TEAM, DAY)  # one followed another, and one left
    assert members_now(trajectory(MERGED + TEAM), _team(MERGED + TEAM), DAY) == ("bestuurder", "leraar")


def test_the_side_of_a_member_is_where_the_organisation_went() -> None:
    pair = TEAM.replace("{person: bestuurder}, {person: leraar}, {person: gymleraar}", "{person: leraar}")
    mixed = TEAM.replace("{person: directeur}, ", "").replace(", {person: gymleraar}", "")
    assert "FII512" in codes(MERGED + pair, DAY)
    assert "FII512" in codes(MERGED + mixed, DAY)  # of one school group since the schools merged
    assert "FII512" not in codes(MERGED + mixed, date(2025, 4, 1))


def test_a_team_of_which_everybody_left_is_asked_for_no_mandate() -> None:
    alone = "implementeren: {team: {members: [{person: trainer}]}}\n"
    assert "FII513" in codes(MERGED + alone, date(2025, 5, 31))
    assert "FII513" not in codes(MERGED + alone, DAY)
    followed = alone.replace("trainer", "directeur")
    assert "FII513" in codes(MERGED + followed, DAY)


def test_the_work_of_whoever_left_counts_for_the_successor() -> None:
    owners = ["directeur"] * 3 + ["bestuurder"] * 3
    actions = [f"{{id: a{at}, what: x, owner: {owner}}}" for at, owner in enumerate(owners)]
    text_ = f"{MERGED}actions: [{', '.join(actions)}]\n"
    assert "FII706" not in codes(text_, BEFORE)
    assert any("6 actions in progress for bestuurder" in line for line in said(text_, DAY))


def _team(text_: str) -> Team:
    part = trajectory(text_).implementeren
    assert part
    assert part.team
    return part.team


# --- a team and an agreement for each -----------------------------------------------------------------------

TEAMS = """\
implementeren:
  teams:
    - {organisation: noord, members: [{person: trainer, competencies: [inhoud]}]}
"""


def test_each_receiving_organisation_that_implements_needs_a_team_or_the_shared_one() -> None:
    def without(text_: str, day: date = DAY) -> list[object]:
        return [each.about for each in diagnostics(text_, day) if each.code == "FII516"]

    assert without(MERGED + TEAMS) == ["samen"]
    assert without(MERGED + TEAMS, date(2025, 4, 10)) == ["zuid", "oost"]
    of_old = TEAMS + "    - {organisation: zuid, members: [{person: leraar}]}\n"
    assert without(MERGED + of_old) == []  # the team of the school that became part of it
    assert without(MERGED + TEAMS + "  team: {members: [{person: leraar}]}\n") == []
    assert without(MERGED + TEAM) == []
    elsewhere = "  - {phase: verkennen, entered: 2025-05-01, via: entry, organisation: samen}\n"
    assert without(MERGED + elsewhere + TEAMS) == []


def test_rules_on_teams_are_about_each_team() -> None:
    found = [line for line in said(MERGED + TEAMS, date(2025, 5, 20)) if "FII51" in line]
    assert any("the implementation team of School Noord has no mandate" in line for line in found)
    assert any("the team of School Noord lacks" in line for line in found)
    mandated = TEAMS.replace("members", "mandate: rooster, members")
    assert "FII513" not in codes(MERGED + mandated, date(2025, 5, 20))


def test_each_receiving_organisation_that_left_exploring_needs_its_agreement() -> None:
    left = MERGED.replace(
        "  - {phase: implementeren, entered: 2025-01-10, via: entry}\n",
        "  - {phase: verkennen, entered: 2025-01-10, via: entry,\n"
        "     decisions: [{date: 2025-03-01, decision: door}]}\n"
        "  - {phase: implementeren, entered: 2025-03-01}\n",
    )
    made = "verkennen: {agreements: [{organisation: noord, date: 2025-02-01}%s]}\n"
    lines = [line for line in said(left + made % "", DAY) if "FII201" in line]
    assert len(lines) == 1
    assert "without an agreement with Scholengroep Samen" in lines[0]
    assert "FII201" not in codes(left + made % ", {organisation: zuid, date: 2025-02-01}", DAY)
    one = left.replace("[noord, zuid, oost]", "zuid")  # as files with one always did
    assert "FII201" not in codes(one + made % "", DAY)


def test_a_team_for_each_is_set_and_added_to_by_organisation(fii: Fii) -> None:
    write(MERGED + TEAMS)
    assert fii("set", "a.yaml", "implementeren.teams.noord.mandate", "rooster").code == 0
    assert fii("add", "a.yaml", "team-member", "organisation=samen", "person=bestuurder").code == 0
    part = trajectory(text()).implementeren
    assert part
    assert [(each.organisation, each.mandate, len(each.members)) for each in part.teams] == [
        ("noord", "rooster", 1),
        ("samen", None, 1),
    ]
    assert "FII035" in codes(text() + "    - {organisation: samen}\n", DAY)


# --- what readers see ---------------------------------------------------------------------------------------

WORK = """\
actions:
  - {id: bellen, what: bellen, owner: directeur, due: 2025-06-01}
  - {id: oefenen, what: oefenen, owner: trainer, due: 2025-06-02}
  - {id: gedaan, what: gedaan, owner: directeur, status: klaar, result: {date: 2025-04-01, helped: ja}}
"""


def report(fii: Fii, text_: str, day: str = "2025-06-10", lang: str = "en", audience: str = "team") -> str:
    write(text_.replace("language: nl", f"language: {lang}"))
    words = ["--format", "md", "--output", "-", "--as-of", day, "--audience", audience]
    done = fii("report", "a.yaml", *words, lang=lang)
    assert done.code == 0, done.err
    return " ".join(done.out.split())


def test_a_report_says_until_when_and_what_came_next(fii: Fii) -> None:
    page = report(fii, MERGED)
    assert "School Zuid (until April 2025, continued as Scholengroep Samen)" in page
    assert "School Oost (until 15 April 2025)" in page
    assert "directeur (until 30 April 2025, succeeded by bestuurder)" in page
    assert "School Zuid continued as Scholengroep Samen" in page
    assert "trainer left" in page
    assert "Receiving organisation: School Noord, Scholengroep Samen" in page.replace("**", "")
    dutch = report(fii, MERGED, lang="nl")
    assert "School Zuid (tot en met april 2025, daarna verder als Scholengroep Samen)" in dutch
    assert "trainer is vertrokken" in dutch
    early = report(fii, MERGED, day="2025-02-01")
    assert "no longer takes part" not in early
    assert "trainer left" not in early


def test_open_work_is_that_of_the_successor_and_done_work_is_not(fii: Fii) -> None:
    page = report(fii, MERGED + WORK)
    assert "bellen – bestuurder (succeeds directeur), was due on 1 June 2025" in page
    assert "oefenen – trainer (left), was due on 2 June 2025" in page
    assert "| gedaan | | directeur |" in page
    assert "succeeds" not in report(fii, MERGED + WORK, day="2025-04-30")
    out = fii("due", "a.yaml", "--as-of", "2025-06-10").out
    assert "bestuurder (succeeds directeur)" in " ".join(out.split())
    agenda = fii("agenda", "a.yaml", "--as-of", "2025-06-10", "--format", "md", "--output", "-").out
    assert "bestuurder (succeeds directeur)" in " ".join(agenda.split())


def test_an_open_task_is_that_of_what_an_organisation_became(fii: Fii) -> None:
    tasks = "{id: open, what: draaiboek, by: zuid}, {id: af, what: start, by: zuid, done: 2025-02-01}"
    page = report(fii, MERGED + f"verkennen: {{ownership: {{roadmap: [{tasks}]}}}}\n")
    assert "| draaiboek | Scholengroep Samen (succeeds School Zuid) |" in page
    assert "| start | School Zuid |" in page


def test_whoever_left_is_not_shown_as_present(fii: Fii) -> None:
    key = "versterken: {key_people: [{person: directeur, support: kritisch}, {person: trainer}]}\n"
    page = report(fii, MERGED + TEAM + key)
    assert "bestuurder (succeeds directeur) | policy" in page
    assert "trainer |" not in page.split("Key people and support")[-1].split("##")[0]
    team = page.split("kiest de momenten")[1][:200]
    assert "directeur" not in team
    assert "bestuurder" in team
    assert "gymleraar" not in team


def test_readers_outside_see_the_end_of_what_is_public(fii: Fii) -> None:
    page = report(fii, MERGED, audience="public")
    assert "until April 2025, continued as Scholengroep Samen" in page
    assert "directeur" not in page
    hidden = MERGED.replace("Samen, roles: [receiving]", "Samen, roles: [candidate]")
    shown = report(fii, hidden, audience="client")
    assert "School Zuid (until April 2025)" in shown
    assert "Scholengroep" not in shown


def test_a_pause_with_a_restart_goes_on_as_it_did() -> None:
    corona = MERGED.replace(
        "  - {phase: implementeren, entered: 2025-01-10, via: entry}\n",
        "  - {phase: implementeren, entered: 2025-01-10, via: entry,\n"
        "     decisions: [{date: 2025-02-01, decision: pauze}]}\n"
        "  - {phase: implementeren, entered: 2025-05-01}\n",
    )
    told = trajectory(corona)
    assert not told.at_rest
    assert {"FII030", "FII031", "FII808", "FII809"}.isdisjoint(codes(corona, DAY))
    assert trajectory(corona.replace("  - {phase: implementeren, entered: 2025-05-01}\n", "")).at_rest


def test_two_people_who_each_end_another_do_not_collide(fii: Fii) -> None:
    base = MERGED.replace(", until: 2025-04, became: samen", "").replace(", until: 2025-04-15", "")
    ours = base.replace("Zuid, roles: [receiving]", "Zuid, roles: [receiving], until: 2025-04, became: samen")
    theirs = base.replace("Oost, roles: [receiving]", "Oost, roles: [receiving], until: 2025-04-15")
    for name, text_ in (("base", base), ("ours", ours + TEAMS), ("theirs", theirs)):
        Path(f"{name}.yaml").write_text(text_, encoding="utf-8")
    done = fii("merge", "base.yaml", "ours.yaml", "theirs.yaml")
    assert done.code == 0, done.err
    assert done.out == MERGED + TEAMS
    Path("new.yaml").write_text(done.out, encoding="utf-8")
    told = " ".join(fii("diff", "base.yaml", "new.yaml").out.split())
    assert "School Zuid" in told
    assert "until: April 2025" in told.lower().replace("april", "April")


# --- commands -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("assess a.yaml --about zuid --set 5a.mandaat=rood --date 2025-05-01", "choose samen"),
        ("assess a.yaml --about oost --set 5a.mandaat=rood --date 2025-05-01", "an earlier --date"),
        ("advance a.yaml --organisation zuid --to verkennen --date 2025-05-01", "Scholengroep Samen"),
        ("import a.yaml b.csv --instrument midi --about zuid --date 2025-05-01", "choose samen"),
        ("import a.yaml b.csv --instrument midi --about zuid --date 2025-05-01/2025-06", "choose samen"),
        ("import a.yaml c.csv --as ratings --instrument cfir --date 2025-05-01", "an earlier --date"),
        (
            "advance a.yaml --organisation oost --to verkennen --date 2025-05-01",
            "School Oost ended (2025-04-15)",
        ),
    ],
)
def test_a_command_about_an_organisation_that_ended_says_who_came_next(
    fii: Fii, words: str, told: str
) -> None:
    write(MERGED)
    Path("b.csv").write_text("1\n" + "2\n" * 6, encoding="utf-8")
    Path("c.csv").write_text("construct,oost\nIII.D.2,-1\n", encoding="utf-8")
    done = fii(*words.split())
    assert done.code == 2
    assert told in " ".join(done.err.split())
    assert text() == MERGED
    before = fii(*words.replace("2025-05-01", "2025-04-10").split())
    assert before.code == 0, before.err


def test_a_period_that_began_before_an_organisation_ended_may_be_about_it(fii: Fii) -> None:
    rated = (
        "assessments:\n"
        "  - {instrument: cfir, date: 2025-03/2025-06, about: zuid, ratings: {III.D.2: 1}}\n"
        "  - {instrument: cfir, date: 2025-05/2025-06, about: zuid, ratings: {III.D.2: 1}}\n"
    )
    assert [line[:2] for line in said(MERGED + rated, DAY) if "FII808" in line] == ["21"]
    write(MERGED)
    words = ("assess", "a.yaml", "--instrument", "cfir", "--set", "III.D.2=1", "--about", "zuid", "--date")
    assert fii(*words, "2025-05/2025-06").code == 2
    assert fii(*words, "2025-03/2025-06").code == 0


IN_PHASES = """\
  - {phase: verkennen, entered: 2025-03-01, via: entry, organisation: zuid}
  - {phase: verkennen, entered: 2025-03-01, via: entry, organisation: oost}
  - {phase: borgen, entered: 2025-03-01, via: entry, organisation: samen}
"""


def test_overviews_say_what_an_organisation_continued_as_and_not_where_it_was(fii: Fii) -> None:
    write(MERGED + IN_PHASES)
    for words in (("status", "a.yaml"), ("report", "a.yaml", "--format", "md", "-o", "-")):
        told = " ".join(fii("--lang", "en", *words).out.split())
        assert "School Zuid in exploring" not in told, words
        assert "School Oost in exploring" not in told, words
        if words[0] == "status":
            assert "School Zuid continued as Scholengroep Samen, School Oost no longer takes part" in told
    told_then = [EN(each) for each in paths_in_words(trajectory(MERGED + IN_PHASES), BEFORE)]
    assert "School Zuid in exploring" in told_then
    standing = standing_of(trajectory(MERGED + IN_PHASES), handbook(), DAY)
    assert phase_in_words(standing, EN, shows_lights=True) == "5 Implementing +1"


def test_a_rating_is_not_meant_for_an_organisation_that_ended(fii: Fii) -> None:
    open_ = (MERGED + IN_PHASES).replace("  - {phase: implementeren, entered: 2025-01-10, via: entry}\n", "")
    write(open_)
    done = fii("assess", "a.yaml")
    assert "several paths" not in done.err
    assert "--set 6" in done.err  # those of the only one that is there


def test_whoever_left_is_not_offered_and_may_be_named(fii: Fii) -> None:
    write(MERGED)
    told = trajectory(MERGED)
    assert [each.id for each in people_there(told, AFTER)] == ["bestuurder", "leraar", "trainer"]
    assert "directeur" in [each.id for each in people_there(told, BEFORE)]
    owner = known_keys(kind_of("action", {}), {}, AFTER)["owner"]
    asked = offered(owner, kind_of("action", {}), told, AFTER)
    assert asked == ["bestuurder", "leraar", "trainer"]
    assert wrong_with(owner, "directeur", kind_of("action", {}), told) is None
    by = known_keys(kind_of("task", {}), {}, AFTER)["by"]
    assert offered(by, kind_of("task", {}), told, AFTER) == ["noord", "samen"]
    done = fii("plan", "a.yaml", "champions", "--owner", "nobody")
    assert "bestuurder" in done.err
    assert "directeur" not in done.err


def test_the_visit_of_an_organisation_that_ended_can_be_stopped_and_not_left_for_another(fii: Fii) -> None:
    visit = "  - {phase: verkennen, entered: 2025-03-01, via: entry, organisation: zuid}\n"
    write(MERGED + visit)
    words = ["advance", "a.yaml", "--organisation", "zuid", "--date", "2025-05-20", "--decision"]
    refused = fii(*words, "door", "--reason", "x")
    assert refused.code == 2
    assert "choose samen" in refused.err
    late = fii(*words, "stop", "--reason", "x")
    assert late.code == 2
    assert "--date 2025-04" in late.err
    done = fii(*words[:5], "2025-04", *words[6:], "stop", "--reason", "x")
    assert done.code == 0, done.err


@pytest.mark.parametrize(
    ("organisation", "told"),
    [
        ("zuid", ("School Zuid is in no phase", "stopped since 2025-04-20", "--organisation samen")),
        ("oost", ("School Oost is in no phase", "stopped since 2025-04-10", "no longer takes part")),
        ("noord", ("School Noord is in no phase", "stopped since 2025-03-10", "name the phase with --to")),
        ("samen", ("Scholengroep Samen is in no phase now, so there is nothing to decide", "fii advance")),
    ],
)
def test_a_decision_about_a_path_that_stopped_names_its_organisation(
    fii: Fii, organisation: str, told: tuple[str, ...]
) -> None:
    visits = "".join(
        f"  - {{phase: verkennen, entered: 2025-03-01, via: entry, organisation: {each},"
        f" decisions: [{{date: {day}, decision: stop}}]}}\n"
        for each, day in (("zuid", "2025-04-20"), ("oost", "2025-04-10"), ("noord", "2025-03-10"))
    )
    write(MERGED + visits)
    done = fii("advance", "a.yaml", "--organisation", organisation, "--decision", "stop")
    assert done.code == 2
    assert all(each in " ".join(done.err.split()) for each in told), done.err
    assert text() == MERGED + visits


def test_a_fact_after_the_end_is_told_with_who_followed(fii: Fii) -> None:
    write(MERGED)
    done = fii("add", "a.yaml", "agreement", "organisation=zuid", "date=2025-06-01")
    assert done.code == 0
    assert "FII808" in done.err
    [line] = [line for line in said(text(), DAY) if "FII808" in line]
    assert "write it about samen (Scholengroep Samen), who followed" in line


# --- lights and barriers ------------------------------------------------------------------------------------

RATED = """\
  - {phase: implementeren, entered: 2025-02-01, via: entry, organisation: oost,
     decisions: [{date: 2025-04-10, decision: door}]}
assessments:
  - {instrument: stoplicht, date: 2025-03-01, about: oost, ratings: {5a.mandaat: rood}}
  - {instrument: cfir, date: 2025-02-01, about: oost, ratings: {III.D.2: -1}}
  - {instrument: cfir, date: 2025-02-02, about: oost, ratings: {III.D.2: -1}}
  - {instrument: cfir, date: 2025-02-03, about: oost, ratings: {III.D.2: -1}}
"""


def test_the_lights_and_barriers_of_an_organisation_that_ended_ask_for_nothing() -> None:
    asking = {"FII522", "FII703"}
    assert asking <= {*codes(MERGED + RATED, date(2025, 4, 15))}
    assert asking.isdisjoint(codes(MERGED + RATED, date(2025, 4, 16)))


def test_schools_that_merged_count_as_one_receiver() -> None:
    spread = (
        MERGED.replace("  - {id: noord, name: School Noord, roles: [receiving]}\n", "")
        .replace("  - {id: oost, name: School Oost, roles: [receiving], until: 2025-04-15}\n", "")
        .replace("phase: implementeren", "phase: innoveren")
    )
    method = "innoveren: {method: {goal: meedoen}}\n"
    found = [line for line in said(spread + method, date(2025, 4, 1)) if "FII324" in line]
    assert "2 receiving organisations" in found[0]
    assert "FII324" not in codes(spread + method, DAY)


def test_what_was_seen_of_whoever_left_says_nothing_of_the_successor() -> None:
    critical = "versterken: {key_people: [{person: directeur, support: kritisch}]}\n"
    assert "FII423" in codes(MERGED + critical, BEFORE)
    assert "FII423" not in codes(MERGED + critical, AFTER)
    able = "implementeren: {team: {mandate: x, members: [{person: directeur, competencies: [%s]}, %s]}}\n"
    able %= ("leiderschap", "{person: leraar, competencies: [inhoud]}")
    before, after = (
        next(line for line in said(MERGED + able, day) if "FII514" in line) for day in (BEFORE, AFTER)
    )
    assert "leadership" not in before
    assert "leadership" in after
