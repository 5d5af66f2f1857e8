"""What a reader outside is never told: hidden organisations, people, and ids that name somebody."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.editions.edition import edition_of
from fii_cli.editions.outsiders import PUBLIC_ROLES, full_names_in, names_in
from fii_cli.resources import EXAMPLES, examples
from helpers import FORMS, HEAD, all_text, trajectory

HIDDEN = """\
fii: 1
title: Lek
language: nl
entry: {date: 2024-03, commission: gevraagd, receiving_organisation: fictie}
organisations:
  - {id: fictie, name: Fictie, roles: [receiving]}
  - {id: brug, name: Welzijn De Brug, roles: [candidate], funding: extern, funders: [FondsX]}
  - {id: kade, name: Welzijn De Kade}
people:
  - {id: jan, role: directeur De Brug, organisation: brug, name: J. Verzonnen}
  - {id: pietje-puk, role: wethouder, name: P. Puk}
  - {id: projectleider, role: projectleider, organisation: fictie}
visits:
  - {phase: verkennen, entered: 2024-03, via: entry}
signaleren: {commissioner: {organisation: kade, contact: jan}}
verkennen:
  shortlist: [{organisation: brug}, {organisation: fictie}]
  agreements: [{organisation: kade, interest: gretig}, {organisation: fictie, interest: rustig}]
  ownership:
    roadmap:
      - {id: gesprek-pietje-puk, what: draaiboek, by: fictie, due: 2024-05-01}
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
    ratings: {2a.cultuur: rood, 4b.pietje-puk-om: rood, 4b.item-1: groen}
  - {instrument: stoplicht, date: 2024-05-02, about: brug, ratings: {2a.kandidaten: rood}}
  - {instrument: cfir, date: 2024-05-01, about: brug, ratings: {III.D.2: {value: -2, note: zo}}}
  - {instrument: cfir, date: 2024-05-01, about: kade, ratings: {III.D.3: {value: -2, note: zo}}}
  - {instrument: cfir, date: 2024-05-01, about: fictie, ratings: {III.B: {value: -1, note: zo}}}
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
    words = re.sub(r"\bjan\s+20\d\d\b", "", words)  # the month, along the axis of a chart
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
    assert [each.id for each in told.organisations] == ["organisation-1"]
    assert [(each.id, each.role) for each in told.people] == [
        ("person-1", "wethouder"),
        ("person-2", "projectleider"),
    ]
    assert [(task.id, task.what) for task in told.verkennen.ownership.roadmap] == [("task-1", "draaiboek")]
    assert [each.interest for each in told.verkennen.agreements] == ["rustig"]
    assert [member.person for member in told.implementeren.team.members] == ["person-2"]
    assert [(a.instrument, a.about) for a in told.assessments] == [
        ("stoplicht", None),
        ("cfir", "organisation-1"),
    ]
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
    assert json.loads(made)["trajectory"]["entry"]["receiving_organisation"] == "receiving-organisation"
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
        ("bel-piet-je-puk", True),
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


@pytest.mark.parametrize(
    ("name", "id_", "held"),
    [
        ("K. Klaas", "klaasbellen", True),
        ("A. Anna", "annabellen", False),
        ("A. Anna", "bel-anna", True),
        ("B. Ed", "bel-ed", True),
        ("B. Ed", "bedoeld", False),
        ("J. Wethouder", "bel-wethouder", False),
    ],
)
def test_a_short_name_is_only_known_as_a_word(name: str, id_: str, held: bool) -> None:
    text = HEAD + f"people: [{{id: wethouder, role: wethouder, name: {name}}}]\n"
    assert names_in(trajectory(text)).held_by(id_) == held


@pytest.mark.parametrize(
    ("person", "held"),
    [
        ("id: wethouders-a, role: bestuurder, level: wethouders", True),
        ("id: wethouders, role: bestuurder, level: wethouders", False),
        ("id: bestuurder, role: bestuurder", False),
        ("id: bestuurder-zuid, role: bestuurder, organisation: zuid", False),
        ("id: bestuurder-verzonnen, role: bestuurder, organisation: zuid", False),
        ("id: bestuurder-klaassen, role: bestuurder, organisation: zuid", True),
    ],
)
def test_an_id_of_words_of_the_role_is_no_name(person: str, held: bool) -> None:
    text = HEAD + (
        f"organisations: [{{id: zuid, name: Gemeente Verzonnen, roles: [giving]}}]\npeople: [{{{person}}}]\n"
    )
    told = trajectory(text)
    for found in (names_in(told), full_names_in(told)):
        assert found.held_by(f"gesprek-met-{told.people[0].id}") == held


def test_a_hidden_organisation_is_known_by_its_id_and_by_its_name() -> None:
    told = trajectory(HEAD + "organisations: [{id: huis-12, name: Stichting Verzonnen}]\n")
    assert names_in(told).held_by("bel-stichting-verzonnen")
    assert names_in(told).held_by("bel-huis-12")
    assert not names_in(told).held_by("bel-stichting")


def test_a_number_for_an_id_is_one_that_no_other_has() -> None:
    text = HEAD + (
        "organisations:\n  - {id: klaassen-bv, name: A, roles: [giving]}\n"
        "  - {id: organisation-1, name: B, roles: [funder]}\n"
        "people: [{id: klaassen, role: adviseur}, {id: b, role: lid, organisation: klaassen-bv}]\n"
        "actions: [{id: bel-klaassen, what: x}, {id: action-1, what: y}]\n"
    )
    told = edition_of(trajectory(text), "client")
    assert [each.name for each in told.organisations] == ["A", "B"]
    for records in (told.organisations, told.actions):
        ids = [each.id for each in records]
        assert len(set(ids)) == 2
        assert not any("klaassen" in id_ for id_ in ids)
    assert told.people[1].organisation == told.organisations[0].id


def test_a_person_with_the_name_of_a_number_breaks_no_reference() -> None:
    text = HEAD + (
        "organisations: [{id: de-organisation, name: Stichting A, roles: [giving]}]\n"
        "people:\n  - {id: a, role: wethouder, organisation: de-organisation}\n"
        "  - {id: b, role: adviseur, name: Item Person Organisation}\n"
        "checklist: [{id: 4b.item-om, subphase: 4b, question: Is het om?}]\n"
        "actions: [{id: x, what: x, owner: a, answers: [stoplicht/4b.item-om]}]\n"
    )
    told = edition_of(trajectory(text), "client")
    assert told.organisations[0].id != "de-organisation"
    assert told.people[0].organisation == told.organisations[0].id
    assert told.actions[0].owner == told.people[0].id
    assert told.actions[0].answers == (f"stoplicht/{told.checklist[0].id}",)


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


@pytest.mark.parametrize(
    "name", ["wethouder.yaml", "projectleider-2025.yaml", "puktijd.yaml", "puk.yaml", "a.yaml"]
)
def test_a_file_that_is_called_after_a_role_is_an_ordinary_one(fii: Fii, here: Path, name: str) -> None:
    Path(name).write_text(HIDDEN, encoding="utf-8")
    assert "FII906" not in fii("check", "--format", "concise", "--strict").out
    assert fii("report", name, "--audience", "client").code == 0


def test_the_role_of_a_candidate_is_not_told_outside() -> None:
    text = HEAD + "organisations: [{id: a, name: Charli, roles: [third, candidate]}]\n"
    assert edition_of(trajectory(text), "client").organisations[0].roles == ("third",)
    assert edition_of(trajectory(text), "steering").organisations[0].roles == ("third", "candidate")


def test_a_hidden_receiver_is_never_taken_for_another_organisation() -> None:
    text = HEAD.replace("2025-01}", "2025-01, receiving_organisation: geheim}") + (
        "organisations:\n  - {id: geheim, name: Stichting G}\n"
        "  - {id: receiving-organisation, name: Gewoon, roles: [third]}\n"
    )
    told = edition_of(trajectory(text), "client")
    assert [told.organisation(each) for each in told.entry.receiving_organisation] == [None]


def test_a_word_that_only_a_hidden_organisation_has_gets_a_number_too() -> None:
    text = HEAD + (
        "organisations:\n  - {id: h, name: Welzijn Zebrahoek}\n"
        "  - {id: w, name: Welzijn Gewoon, roles: [giving]}\n"
        "implementeren: {cycles: [{id: zebrahoek}, {id: welzijn-werkt}]}\n"
    )
    told: Any = edition_of(trajectory(text), "client")
    assert [each.id for each in told.implementeren.cycles] == ["cycle-1", "welzijn-werkt"]


def test_no_id_that_readers_never_see_is_kept_outside() -> None:
    """A name can be written in more ways than anybody can list; in these lists nothing has to be known."""
    ids = ("klaassen", "иван-x", "王芳-x", "vdberg", "w8")
    actions = "".join(f"  - {{id: {id_}, what: {at}}}\n" for at, id_ in enumerate(ids))
    text = HEAD + (
        f"actions:\n{actions}"
        "innoveren: {method: {active_ingredients: [{id: wang-fang, what: a}]}}\n"
        "borgen: {indicators: [{id: bo, what: Bereik}]}\n"
        "verkennen: {ownership: {roadmap: [{id: jvdberg, what: b}]}}\n"
        "organisations: [{id: bureau-jansen, name: Bureau, roles: [giving]}]\n"
    )
    told: Any = edition_of(trajectory(text), "client")
    assert [(each.id, each.what) for each in told.actions] == [
        (f"action-{at + 1}", str(at)) for at in range(len(ids))
    ]
    assert told.innoveren.method.active_ingredients[0].id == "active-ingredient-1"
    assert told.borgen.indicators[0].id == "indicator-1"
    assert told.verkennen.ownership.roadmap[0].id == "task-1"
    assert told.organisations[0].id == "organisation-1"


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Иван Петров", "бел-иван"),
        ("王芳", "王芳-x"),
        ("Bjørn B", "bel-bjorn"),
        ("Bjørn B", "bjoern-belt"),
        ("A. Groß", "gross-a"),
        ("A. Müller", "mueller-bezoek"),
        ("A. Mu\u0308ller", "mueller-bezoek"),
        ("A. Müller", "muller-bezoek"),
        ("Jan J", "belJan"),
        ("Jan J", "janBelt"),
        ("Jan J", "jan2-x"),
        ("J. van den Berg", "vandenberg.q"),
        ("Bo Li", "bo-belt"),
    ],
)
def test_a_name_is_known_however_it_is_spelt(name: str, id_: str) -> None:
    text = HEAD + f"people: [{{id: lid, role: lid, name: {name}}}]\n"
    assert names_in(trajectory(text)).held_by(id_)


@pytest.mark.parametrize(
    ("id_", "said"),
    [("straße", "strasse-x"), ("brug", "deBrug"), ("kok", "kokBezoek"), ("h", "abc-x")],
)
def test_a_hidden_organisation_is_known_however_it_is_spelt(id_: str, said: str) -> None:
    told = trajectory(HEAD + f"organisations: [{{id: {id_}, name: ROC ABC}}]\n")
    assert names_in(told).held_by(said)


def test_a_file_may_be_called_after_somebody_in_any_alphabet(fii: Fii, here: Path) -> None:
    text = HEAD + "people: [{id: lid, role: lid, name: Иван Петров}]\n"
    Path("иван-петров.yaml").write_text(text, encoding="utf-8")
    assert "FII906" in fii("check", "--format", "concise", "--strict").out
    assert fii("report", "иван-петров.yaml", "--audience", "client").code == 1


# --- the names of files -------------------------------------------------------------------------------------


def put(path: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(HIDDEN, encoding="utf-8")


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize("form", ["html", "md"])
def test_no_page_is_called_after_somebody_who_is_hidden(
    fii: Fii, here: Path, form: str, audience: str
) -> None:
    for path in ("welzijn-de-brug.yaml", "kade.yaml", "pietje-puk/t.yaml", "b/t.yaml"):
        put(path)
    done = fii("portfolio", ".", "--audience", audience, "--format", form, "--output", "site/")
    assert done.code == 0, done.err
    names = sorted(path.name for path in Path("site").iterdir())
    assert names == sorted(f"{n}.{form}" for n in ("index", "t", "t-1", "trajectory", "trajectory-1"))
    told = "".join(path.read_text(encoding="utf-8") for path in Path("site").iterdir())
    assert met(told.lower()) == []
    record = fii("portfolio", ".", "--audience", audience, "--format", "json").out
    assert met(record.lower()) == []
    team = fii("portfolio", ".", "--audience", "steering", "--format", form, "--output", "team/")
    assert team.code == 0
    assert Path(f"team/pietje-puk-t.{form}").exists()


@pytest.mark.parametrize("audience", ["client", "public"])
def test_a_report_is_not_called_after_somebody_who_is_hidden(fii: Fii, here: Path, audience: str) -> None:
    put("welzijn-de-brug.yaml")
    done = fii("report", "welzijn-de-brug.yaml", "--audience", audience)
    assert done.code == 2
    assert "identifies someone whom this edition hides" in done.err
    assert fii("report", "welzijn-de-brug.yaml", "--audience", audience, "--output", "r.html").code == 0
    assert fii("report", "welzijn-de-brug.yaml", "--audience", "steering").code == 0


@pytest.mark.parametrize("more", ["titel: x\n", "# bel 06-12345678\n", "signaleren: {commissioner: [\n"])
def test_a_broken_file_is_not_called_after_somebody_either(fii: Fii, here: Path, more: str) -> None:
    for name in ("pietje-puk.yaml", "welzijn-de-brug.yaml"):
        Path(name).write_text(HIDDEN + more, encoding="utf-8")
    for form in ("json", "csv", "text", "md"):
        pages = ("--output", "site/") if form == "md" else ()
        done = fii("portfolio", ".", "--audience", "public", "--format", form, *pages)
        assert done.code == 1
        told = Path("site/index.md").read_text(encoding="utf-8") if pages else done.out
        if "[" not in more:  # of a file that cannot be read at all nobody knows who is in it
            assert met(told.lower()) == []


# --- words for readers outside ------------------------------------------------------------------------------

IDS = re.compile(
    r"\b(?:stoplicht|cfir|cfir-2022|midi|drivers|readiness|quickscan|usable-innovation|liso)/"
    r"|\bFII\d{3}\b|\b[1-6][abc]\.[a-z]|\b(?:I|II|III|IV|V)\.[A-Z]\b|\(169 |\d ?% (?:van de|of the) experts"
)


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize("form", ["md", "html", "csv", "xlsx", "docx"])
def test_readers_outside_get_names_and_no_codes_or_counts_of_experts(
    fii: Fii, tmp_path: Path, form: str, audience: str
) -> None:
    example = EXAMPLES / "thuis-leren-verzonnen.yaml"

    def page(audience: str) -> str:
        path = tmp_path / f"{audience}.{form}"
        assert fii("report", str(example), "--audience", audience, "--output", str(path)).code == 0
        return all_text(path)

    assert not IDS.findall(page(audience))
    assert IDS.search(page("team"))


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize("form", ["html", "md", "csv"])
def test_a_portfolio_shows_no_code_to_readers_outside(fii: Fii, here: Path, form: str, audience: str) -> None:
    for name in ("a", "b"):
        text = HEAD + (
            "visits: [{phase: verkennen, entered: 2025-01, via: entry}]\n"
            "checklist: [{id: 2a.eigen, subphase: 2a, question: Werkt de app?}]\n"
            "assessments:\n"
            "  - {instrument: stoplicht, date: 2025-01-20, ratings: {2c.overleg: rood, 2a.eigen: rood}}\n"
            "  - {instrument: cfir, date: 2025-01-20, ratings: {III.D.2: -2}}\n"
        )
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    table = form == "csv"
    output = "p.csv" if table else "site/"
    done = fii("portfolio", ".", "--audience", audience, "--format", form, "--output", output)
    assert done.code == 0, done.err
    told = Path(output if table else f"site/index.{form}").read_text(encoding="utf-8")
    assert IDS.findall(told) == []
    assert ("Werkt de app?" in told) == (audience == "client")


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize("name", sorted(examples()))
def test_no_example_shows_a_code_to_readers_outside(
    fii: Fii, tmp_path: Path, name: str, audience: str
) -> None:
    path = tmp_path / "r.md"
    file = str(EXAMPLES / f"{name}.yaml")
    assert fii("report", file, "--audience", audience, "--output", str(path)).code == 0
    assert IDS.findall(all_text(path)) == []
