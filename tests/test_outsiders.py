"""What a reader outside is never told: hidden organisations, people, and ids that name somebody."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.edition import edition_of
from fii_cli.outsiders import PUBLIC_ROLES, names_in
from helpers import FORMS, HEAD, all_text, trajectory

HIDDEN = """\
fii: 1
title: Lek
language: nl
entry: {date: 2024-03, commission: gevraagd, receiving_organisation: aanzet}
organisations:
  - {id: aanzet, name: Aanzet, roles: [receiving]}
  - {id: brug, name: Welzijn De Brug, roles: [candidate], funding: extern, funders: [FondsX]}
  - {id: kade, name: Welzijn De Kade}
people:
  - {id: jan, role: directeur De Brug, organisation: brug, name: J. Verzonnen}
  - {id: pietje-puk, role: wethouder, name: P. Puk}
  - {id: projectleider, role: projectleider, organisation: aanzet}
visits:
  - {phase: verkennen, entered: 2024-03, via: entry}
signaleren: {commissioner: {organisation: kade, contact: jan}}
verkennen:
  shortlist: [{organisation: brug}, {organisation: aanzet}]
  agreements: [{organisation: kade, interest: gretig}, {organisation: aanzet, interest: rustig}]
  ownership:
    roadmap:
      - {id: gesprek-pietje-puk, what: draaiboek, by: aanzet, due: 2024-05-01}
      - {id: t, what: bruggenbouw, by: brug, due: 2024-05-01}
versterken:
  key_people:
    - {person: pietje-puk, why: lastig, support: kritisch, contacts: [{date: 2024-04-01, present: nee}]}
implementeren:
  team: {members: [{person: jan, competencies: [inhoud]}, {person: projectleider, competencies: [inhoud]}]}
  cycles: [{id: ronde-met-puk, plan: {date: 2024-04-02, text: oefenen}}]
borgen: {indicators: [{id: puk-tevreden, what: Tevredenheid, measurements: [{date: 2024-05-02, value: 7}]}]}
checklist:
  - {id: 4b.pietje-puk-om, subphase: 4b, question: "Is de wethouder om?"}
  - {id: 4b.item-1, subphase: 4b, question: "Is er een vervolg?"}
assessments:
  - instrument: stoplicht
    date: 2024-05-01
    perspective: giving
    about: brug
    ratings: {2a.cultuur: rood, 4b.pietje-puk-om: rood, 4b.item-1: groen}
  - {instrument: cfir, date: 2024-05-01, about: brug, ratings: {III.D.2: {value: -2, note: zo}}}
  - {instrument: cfir, date: 2024-05-01, about: kade, ratings: {III.D.3: {value: -2, note: zo}}}
  - {instrument: cfir, date: 2024-05-01, about: aanzet, ratings: {III.B: {value: -1, note: zo}}}
actions:
  - id: pietje-puk-ompraten
    what: gesprek
    answers: [stoplicht/4b.pietje-puk-om, cfir/III.D.2]
    owner: pietje-puk
    due: 2024-06-01
  - {id: brug-bellen, what: bellen, owner: jan, due: 2024-06-01}
accepted:
  - {rule: FII421, about: pietje-puk, reason: geheim}
"""
ALWAYS_INSIDE = (
    "puk",
    "jan",
    "brug",
    "kade",
    "fondsx",
    "geheim",
    "lastig",
    "gretig",
    "directeur",
    "verzonnen",
)
"""Words that no reader outside may meet anywhere, in any case, be it in an id."""


def met(words: str) -> list[str]:
    return [word for word in ALWAYS_INSIDE if re.search(rf"(?<![a-z]){word}(?![a-z])", words)]


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize("wanted", FORMS)
def test_no_form_tells_who_is_hidden(fii: Fii, here: Path, wanted: str, audience: str) -> None:
    Path("a.yaml").write_text(HIDDEN, encoding="utf-8")
    done = fii("report", "a.yaml", "--format", wanted, "--audience", audience, "--output", f"r.{wanted}")
    assert done.code == 0, done.err
    assert met(all_text(Path(f"r.{wanted}")).lower()) == []
    assert met((done.out + done.err).lower()) == []


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize("wanted", ["html", "md", "json", "csv", "text"])
def test_no_portfolio_tells_who_is_hidden(fii: Fii, here: Path, wanted: str, audience: str) -> None:
    Path("a.yaml").write_text(HIDDEN, encoding="utf-8")
    pages = wanted in ("html", "md")
    words = ["--output", "site/"] if pages else []
    done = fii("portfolio", "a.yaml", "--format", wanted, "--audience", audience, *words, lang="nl")
    assert done.code == 0, done.err
    told = done.out + done.err + "".join(all_text(page) for page in Path().glob("site/*"))
    assert met(told.lower()) == []
    assert "lek" in told.lower()


OTHER_SECRETS = (
    ("pietje-puk", "aad-aarts"),
    ("P. Puk", "A. Aarts"),
    ("-puk", "-aarts"),
    ("puk-", "aarts-"),
    ("J. Verzonnen", "Z. Verzonnen"),
    ("directeur De Brug", "arts"),
    ("Welzijn De Brug", "Zz Zorg"),
    ("Welzijn De Kade", "Aa Zorg"),
    ("funding: extern, funders: [FondsX]", "funding: wettelijk"),
    ("shortlist: [{organisation: brug}, ", "shortlist: [{organisation: kade}, "),
    ("interest: gretig", "interest: afwachtend"),
    ("by: brug, due: 2024-05-01", "by: brug, due: 2023-05-01"),
    ("why: lastig, support: kritisch", "why: aardig, support: steunend"),
    ("date: 2024-04-01, present: nee", "date: 2024-06-01, present: ja"),
    ("III.D.2: {value: -2, note: zo}", "III.D.2: 2"),
    ("III.D.3: {value: -2, note: zo}", "III.D.3: 1"),
    ("III.B: {value: -1, note: zo}", "III.B: {value: -1, note: anders}"),
    ("reason: geheim", "reason: ander geheim"),
)
"""What stands in the file and is hidden, and something else that would come elsewhere in an order."""


@pytest.mark.parametrize("audience", ["client", "public"])
def test_what_is_hidden_changes_nothing_that_is_shown_and_no_order(
    fii: Fii, here: Path, audience: str
) -> None:
    other, seen = HIDDEN, []
    for secret, instead in OTHER_SECRETS:
        assert secret in other
        other = other.replace(secret, instead)
    last = other.replace("aad-aarts", "zus-zand").replace("aarts", "zand").replace("A. Aarts", "Z. Zand")
    for text in (HIDDEN, other, last):
        Path("a.yaml").write_text(text, encoding="utf-8")
        words = ("a.yaml", "--audience", audience, "--as-of", "2024-06-10", "--format")
        made = {form: fii("report", *words, form, "--output", "-") for form in ("html", "md", "json", "csv")}
        made |= {
            f"portfolio {form}": fii("portfolio", *words, form) for form in ("text", "md", "json", "csv")
        }
        assert {done.code for done in made.values()} == {0}
        seen.append(made)
    for form, done in seen[0].items():
        for another in (seen[1][form], seen[2][form]):
            assert (done.out, done.err) == (another.out, another.err), form


def test_the_steering_group_may_know(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(HIDDEN, encoding="utf-8")
    fii("report", "a.yaml", "--format", "json", "--audience", "steering", "--output", "r.json")
    assert "pietje-puk" in Path("r.json").read_text(encoding="utf-8")
    assert "Welzijn De Brug" in Path("r.json").read_text(encoding="utf-8")


def told_outside() -> Any:
    return edition_of(trajectory(HIDDEN), "client")


def test_what_belongs_to_a_hidden_organisation_goes_with_it() -> None:
    told = told_outside()
    assert [each.id for each in told.organisations] == ["aanzet"]
    assert [(each.id, each.role) for each in told.people] == [
        ("person-1", "wethouder"),
        ("person-2", "projectleider"),
    ]
    assert [(task.id, task.what) for task in told.verkennen.ownership.roadmap] == [("task-1", "draaiboek")]
    assert [each.interest for each in told.verkennen.agreements] == ["rustig"]
    assert [member.person for member in told.implementeren.team.members] == ["person-2"]
    assert [(a.instrument, a.about) for a in told.assessments] == [("stoplicht", None), ("cfir", "aanzet")]
    assert told.signaleren.commissioner.organisation is None
    assert told.signaleren.commissioner.contact is None


def test_an_id_that_names_somebody_gets_a_number_wherever_it_stands() -> None:
    told = told_outside()
    assert [item.id for item in told.checklist] == ["4b.item-1-x", "4b.item-1"]
    assert set(told.assessments[0].ratings) == {"2a.cultuur", "4b.item-1-x", "4b.item-1"}
    assert [action.id for action in told.actions] == ["action-1", "action-2"]
    assert told.actions[0].answers == ("stoplicht/4b.item-1-x", "cfir/III.D.2")
    assert (told.actions[0].owner, told.actions[1].owner) == ("person-1", None)
    assert told.implementeren.cycles[0].id == "cycle-1"
    assert told.borgen.indicators[0].id == "indicator-1"


@pytest.mark.parametrize("role", PUBLIC_ROLES)
def test_each_of_these_roles_makes_an_organisation_public(role: str) -> None:
    text = HEAD + f"organisations: [{{id: a, name: Stichting A, roles: [candidate, {role}]}}]\n"
    for audience in ("client", "public"):
        assert [each.name for each in edition_of(trajectory(text), audience).organisations] == ["Stichting A"]


@pytest.mark.parametrize(
    "roles", ["", ", roles: []", ", roles: [candidate]", ", roles: [candidate, candidate]"]
)
def test_an_organisation_without_such_a_role_is_hidden(roles: str) -> None:
    text = HEAD + f"organisations: [{{id: a, name: Stichting A{roles}}}]\n"
    assert edition_of(trajectory(text), "client").organisations == ()
    assert len(edition_of(trajectory(text), "steering").organisations) == 1


def test_that_a_receiving_organisation_is_known_stays_true(fii: Fii, here: Path) -> None:
    text = HEAD.replace("2025-01}", "2025-01, receiving_organisation: geheim}")
    Path("a.yaml").write_text(text + "organisations: [{id: geheim, name: Stichting G}]\n", encoding="utf-8")
    made = fii("report", "a.yaml", "--format", "json", "--audience", "public", "--output", "-").out
    assert json.loads(made)["trajectory"]["entry"]["receiving_organisation"] == "organisation-1"
    assert "geheim" not in made
    page = fii("report", "a.yaml", "--format", "md", "--audience", "public", "--output", "-").out
    team = fii("report", "a.yaml", "--format", "md", "--output", "-").out
    chosen = re.compile(r"\*\*.*start.*\*\*")
    assert chosen.findall(page) == chosen.findall(team)


def test_a_candidate_added_by_command_is_hidden(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    assert fii("add", "a.yaml", "organisation", "name=Welzijn De Brug").code == 0
    assert fii("add", "a.yaml", "candidate", "organisation=welzijn-de-brug").code == 0
    for audience in ("client", "public"):
        page = fii("report", "a.yaml", "--format", "json", "--audience", audience, "--output", "-").out
        assert met(page.lower()) == []


@pytest.mark.parametrize(
    ("id_", "held"),
    [
        ("gesprek-pietje-puk", True),
        ("4b.Pietje_Puk", True),
        ("pietjepuk-bellen", True),
        ("bel-puk", True),
        ("gesprek-jan", True),
        ("januari", False),
        ("puktijd", False),
        ("wethouder-bellen", False),
        ("projectleider-vrij", False),
        ("bruggen", False),
        ("welzijn-de-brug-uit", True),
        ("plan", False),
    ],
)
def test_a_name_is_known_as_a_word_or_run_together(id_: str, held: bool) -> None:
    assert names_in(trajectory(HIDDEN)).held_by(id_) == held


@pytest.mark.parametrize("name", ["pietje-puk.yaml", "gesprek-met-P-Puk.yaml", "pietjepuk.yaml"])
def test_a_file_that_is_called_after_a_person_is_not_handed_on(fii: Fii, here: Path, name: str) -> None:
    Path(name).write_text(HIDDEN, encoding="utf-8")
    assert "FII906" in fii("check", "--format", "concise", "--strict").out
    for audience in ("client", "public"):
        assert fii("report", name, "--audience", audience).code == 1
        shown = fii("portfolio", "--audience", audience, "--format", "json").out
        assert "FII906" in shown
        assert "puk" not in shown.lower()
    assert fii("report", name, "--audience", "steering").code == 0
    assert sorted(Path().glob("*.html")) == [Path(name.replace(".yaml", ".steering.html"))]


@pytest.mark.parametrize("name", ["wethouder.yaml", "projectleider-2025.yaml", "puktijd.yaml", "a.yaml"])
def test_a_file_that_is_called_after_a_role_is_an_ordinary_one(fii: Fii, here: Path, name: str) -> None:
    Path(name).write_text(HIDDEN, encoding="utf-8")
    assert "FII906" not in fii("check", "--format", "concise", "--strict").out
    assert fii("report", name, "--audience", "client").code == 0
