"""A trajectory with several receiving organisations, and what becomes of them and their people."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.per_organisation import rated_organisations
from fii_cli.analysis.standing import standing_of
from fii_cli.changes.facts import facts_changed
from fii_cli.editions.edition import edition_of
from fii_cli.handbook.load import handbook
from fii_cli.report.facts import plain_facts
from helpers import codes, diagnostics, said, trajectory

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


@pytest.mark.parametrize(("typed", "line"), [("zuid", "zuid"), ("Zuid,noord", "[zuid, noord]")])
def test_set_writes_one_or_several(fii: Fii, typed: str, line: str) -> None:
    write(SCHOOLS + ENTRY)
    done = fii("set", "a.yaml", "entry.receiving_organisation", typed)
    assert done.code == 0, done.err
    assert text() == SCHOOLS + ENTRY.replace("[noord, zuid]", line)


def test_set_refuses_one_that_is_unknown(fii: Fii) -> None:
    write(SCHOOLS + ENTRY)
    done = fii("set", "a.yaml", "entry.receiving_organisation", "noord,oost")
    assert done.code != 0
    assert "oost" in done.err
    assert text() == SCHOOLS + ENTRY


def test_a_trajectory_starts_with_several(fii: Fii) -> None:
    words = ["--title", "B", "--commission", "gevraagd", "--receiving", "School Noord, School Zuid"]
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
