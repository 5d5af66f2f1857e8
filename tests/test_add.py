"""Adding facts and setting values: each at its place, checked before it is written."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.edits.add import add
from fii_cli.edits.kinds import KINDS, keys_of, kind_of
from fii_cli.resources import examples
from fii_cli.yaml.read import read
from helpers import DAY, judged
from wizard import Wizard

FULL = examples()["thuis-leren-verzonnen"]
TODAY = date.today().isoformat()


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.yaml").write_text(FULL, encoding="utf-8")
    Path("klein.yaml").write_text(
        "fii: 1\ntitle: Klein\nlanguage: nl\nentry: {commission: gevraagd}\n", encoding="utf-8"
    )


def text(path: str = "t.yaml") -> str:
    return Path(path).read_text(encoding="utf-8")


def new_lines(path: str = "t.yaml", before: str = FULL) -> list[str]:
    """The lines that came; every other line stays."""
    old, now = before.splitlines(), text(path).splitlines()
    come = []
    for line in now:
        if old and line == old[0]:
            old.pop(0)
        else:
            come.append(line)
    assert not old, "lines went"
    return come


CASES = {
    "log": ("text=getekend by=stuurgroep", f"  - {{date: {TODAY}, text: getekend, by: stuurgroep}}"),
    "contact": ("person=wethouder present=ja", f"        - {{date: {TODAY}, present: ja}}"),
    "decision": ("decision=bijsturen date=2025-03-09", "      - {date: 2025-03-09, decision: bijsturen}"),
    "action": ("what=bellen owner=projectleider", "  - id: bellen"),
    "requested-decision": (
        "question=Doorgaan? asked_of=wethouder advice.text=ja advice.by=kernteam due=2030",
        "  - id: doorgaan",
    ),
    "organisation": ("name=Fonds roles=funder,third", "  - {id: fonds, name: Fonds, roles: [funder, third]}"),
    "person": ("role=directeur level=management", "  - {id: directeur, role: directeur, level: management}"),
    "candidate": ("organisation=gemeente culture=x", "    - organisation: gemeente"),
    "agreement": ("organisation=de-brug talked_with=management", "    - organisation: de-brug"),
    "task": ("what=pilot due=2030", "      - {id: pilot, what: pilot, due: 2030}"),
    "ingredient": ("what=spel competencies=spelen,praten", "competencies: [spelen, praten]}"),
    "adaptation": (
        "what=korter decided_by=uitvoerend-team,ontwikkelaar fidelity=kern-behouden",
        "    - id: korter",
    ),
    "cost": (
        "phase=5 what=coaching amount=12000 per=jaar",
        "  - {phase: implementeren, what: coaching, amount: 12000",
    ),
    "key-person": ("person=ontwikkelaar support=steunend", "    - person: ontwikkelaar"),
    "session": ("participants=allen", f"      - {{date: {TODAY}, participants: allen}}"),
    "member": (
        "person=lijnmanager competencies=inhoud",
        "      - {person: lijnmanager, competencies: [inhoud]}",
    ),
    "team-member": (
        "organisation=voorbeeld person=lijnmanager mandate=rooster",
        "        - {person: lijnmanager}",
    ),
    "step": ("cycle=nieuw step=plan text=x", f"      plan: {{date: {TODAY}, text: x}}"),
    "training": ("trained=4", f"trained: 9}}, {{date: {TODAY}, trained: 4}}]"),
    "evaluation": ("participants=uitvoerders adjust.what=x", "        adjust: {what: x}"),
    "measurement": ("indicator=gezinnen value=12.5 n=20", f"        - {{date: {TODAY}, value: 12.5, n: 20}}"),
    "rollout": ("trajectory=regio/noord.yaml", "  - {trajectory: regio/noord.yaml}"),
    "item": ("subphase=5b question=Klaar", "  - {id: 5b.klaar, subphase: 5b, question: Klaar}"),
    "accepted": ("rule=FII801 reason=vakantie", "  - rule: FII801"),
}


def test_every_kind_has_a_case() -> None:
    for kind in KINDS:
        assert kind.name in CASES, (
            f"add a case for {kind.name}: the words after fii add, and a line it writes"
        )
    assert set(CASES) == {kind.name for kind in KINDS}


@pytest.mark.parametrize("kind", CASES)
def test_a_fact_of_every_kind_goes_to_its_place(fii: Fii, kind: str) -> None:
    words, line = CASES[kind]
    done = fii("add", "t.yaml", kind, *words.split())
    assert done.code == 0, done.err
    assert done.out.startswith("wrote t.yaml\n")
    assert any(line in each for each in text().splitlines())
    if kind != "training":  # that one stands between brackets
        assert any(line in each for each in new_lines())


@pytest.mark.parametrize("kind", [kind for kind in CASES if kind != "decision"])
def test_a_fact_of_every_kind_can_be_the_first(fii: Fii, kind: str) -> None:
    words = {
        "contact": "person=x",
        "candidate": "organisation=o",
        "agreement": "organisation=o",
        "key-person": "person=x",
        "member": "person=x",
        "team-member": "organisation=o person=x",
        "measurement": "indicator=i value=1 what=bereik",
        "action": "what=bellen",
        "requested-decision": "question=Doorgaan?",
        "accepted": "rule=FII801 reason=vakantie",
        "evaluation": "outcome=goed",
    }.get(kind, CASES[kind][0])
    assert fii("add", "klein.yaml", "person", "role=x").code == 0
    assert fii("add", "klein.yaml", "organisation", "name=o").code == 0
    done = fii("add", "klein.yaml", kind, *words.split())
    assert done.code == 0, done.err
    assert judged(text("klein.yaml")).errors == ()


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("contct person=x", "unknown kind contct", "did you mean contact?"),
        ("besluit decision=door", "unknown kind besluit", "choose from:"),
        ("contact persn=x", "contact has no key persn", "did you mean person?"),
        ("contact present=ja", "is not interactive", "add person=…"),
        ("contact person=wethoudr", "unknown person wethoudr", "did you mean wethouder?"),
        ("contact wethouder", "wethouder is not a key=value pair", "write key=value"),
        ("contact person=a person=b", "duplicate person", "omit one of them"),
        ("contact person=wethouder date=12-03-2025", "invalid date 12-03-2025", "did you mean 2025-03-12?"),
        ("contact person=wethouder present=jawel", "invalid value jawel for present", "choose from: ja"),
        ("contact person=wethouder why=x", "wethouder already exists", "change it with fii set"),
        ("measurement indicator=gezinnen value=veel", "invalid number veel", "such as 12"),
        ("step cycle=registratie step=act", "the cycle registratie already has its act", "fii set"),
        ("step cycle=registratie step=doen", "invalid value doen for step", "choose from: plan"),
        ("person role=x id=wethouder", "duplicate id wethouder", "its own id"),
        (
            "organisation name=x roles=schenker",
            "invalid value schenker for roles",
            "choose from: commissioner",
        ),
        ("task what=x by=niemand", "unknown organisation niemand", "add it under organisations"),
        ("decision decision=door date=2024-01-01", "is before", "correct one of the two dates"),
        ("accepted rule=FII010 reason=x", "FII010 is an error, and cannot be accepted", "fix it, then"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_written(
    fii: Fii, words: str, message: str, hint: str
) -> None:
    done = fii("add", "t.yaml", *words.split())
    assert done.code == 2
    assert message in done.err
    assert hint in " ".join(done.err.split())
    assert text() == FULL


def test_a_kind_has_a_dutch_name_too(fii: Fii) -> None:
    assert fii("add", "t.yaml", "logboek", "text=x", lang="nl").code == 0
    assert "bedoelt u decision?" in fii("add", "t.yaml", "besluitt", "by=x", lang="nl").err


def test_text_of_any_kind_is_read_back(fii: Fii) -> None:
    odd = "ja: nee # 'x' \"y\" {z} – ☃\nnieuwe regel"
    assert fii("add", "t.yaml", "log", f"text={odd}").code == 0
    data = read(text()).data
    assert isinstance(data, dict)
    assert data["log"][-1] == {"date": TODAY, "text": odd}  # type: ignore[index]


def test_ids_are_words_that_are_not_taken(fii: Fii) -> None:
    for _ in range(2):
        fii("add", "t.yaml", "action", "what=Een heel lange omschrijving van wat er gedaan moet worden")
    assert "id: een-heel-lange\n" in text()
    assert "id: een-heel-lange-2\n" in text()
    fii("add", "t.yaml", "person", "role=☃")
    assert "{id: person, role:" in text()


def test_a_dry_run_shows_a_diff_and_writes_nothing(fii: Fii) -> None:
    done = fii("add", "t.yaml", "log", "text=x", "--dry-run")
    assert done.code == 0
    assert done.out.startswith("--- a/t.yaml\n+++ b/t.yaml\n@@ ")
    assert f"+  - {{date: {TODAY}, text: x}}" in done.out
    assert text() == FULL
    assert not Path(".fii").exists()


def test_a_file_with_errors_is_shown_and_left(fii: Fii) -> None:
    Path("t.yaml").write_text(FULL.replace("title:", "titel:"), encoding="utf-8")
    for words in (("add", "t.yaml", "log", "text=x"), ("set", "t.yaml", "summary", "x")):
        done = fii(*words)
        assert done.code == 1
        assert "FII010 unknown key titel" in done.err
        assert "Fix this first" in done.err


@pytest.mark.parametrize("path", ["-", "weg.yaml", "."])
def test_what_cannot_be_changed_is_said(fii: Fii, path: str) -> None:
    assert fii("add", path, "log", "text=x").code == 2


def test_what_the_change_brings_and_how_to_commit_it_is_said(fii: Fii) -> None:
    os.mkdir(".git")
    done = fii("add", "t.yaml", "action", "what=nog eens bellen", "answers=stoplicht/5b.knelpunten")
    assert "fii check now also reports:\n  FII701 the action nog-eens-bellen has no owner" in done.err
    assert "to commit: git add t.yaml && git commit -m 't: actie'" in done.err


def test_every_key_of_every_kind_can_be_written() -> None:
    document = read(FULL)
    trajectory = judged(FULL).trajectory
    assert trajectory is not None
    for kind in KINDS:
        assert kind_of(kind.name, {}) is kind
        for key in keys_of(kind, DAY):
            assert key.description.endswith((".", "?")), key.name
    with_dates = add(document, trajectory, kind_of("task", {}), {"what": "x", "due": "2030-01-01"}, DAY)
    assert "due: 2030-01-01" in with_dates.text


# --- one value ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("title", "Nieuw", "title: Thuis Leren naar Stichting Voorbeeld", "title: Nieuw"),
        ("people.wethouder.role", "wethouder zorg", "role: wethouder onderwijs", "role: wethouder zorg"),
        ("people.2.role", "trainer", "role: methodiekontwikkelaar", "role: trainer"),
        ("visits.last.reason", "kort", "reason: sleutelfiguren zijn al betrokken; versterken loopt mee", "reason: kort"),
        ("visits.verkennen.decisions.1.by", "kernteam", "by: stuurgroep, reason: overeenkomst", "by: kernteam, reason: overeenkomst"),
        ("assessments.last.ratings.5c.selectie", "oranje", "5c.selectie: groen", "5c.selectie: oranje"),
        ("assessments.last.ratings.5c.selectie.note", "x", "5c.selectie: groen", "5c.selectie: {value: groen, note: x}"),
        ("assessments.last.ratings.5a.mandaat", "groen", "{value: oranje, note: over geld", "{value: groen, note: over geld"),
        ("assessments.2.ratings.III.D.2", "-2", "{value: -1, note: sluit", "{value: -2, note: sluit"),
        ("checklist.5b.app-werkt.question", "Werkt zij?", '"Werkt de app op alle tablets?"', '"Werkt zij?"'),
        ("organisations.voorbeeld.funders", "A, B", "funders: [Gemeente Verzonnen, Fonds Verzonnen]", "funders: [A, B]"),
        ("innoveren.balance.scalable", "", "scalable: ja", "scalable:"),
        ("borgen.indicators.gezinnen.measurements.last.value", "15", "value: 14", "value: 15"),
        ("accepted.FII421.until", "2026-01-31", "until: 2025-12-31", "until: 2026-01-31"),
    ],
)  # fmt: skip
def test_one_value_changes_and_nothing_else(fii: Fii, path: str, value: str, old: str, new: str) -> None:
    done = fii("set", "t.yaml", "--", path, value)
    assert done.code == 0, done.err
    assert FULL.count(old) == 1 or FULL.rindex(old)
    at = FULL.rindex(old)
    assert text() == FULL[:at] + new + FULL[at + len(old) :]


def test_a_value_that_was_not_there_goes_to_its_place(fii: Fii) -> None:
    assert fii("set", "t.yaml", "verkennen.ownership.roadmap.draaiboek.done", "2025-05-30").code == 0
    assert "due: 2025-06-01, done: 2025-05-30}" in text()
    assert fii("set", "klein.yaml", "signaleren.question.goal", "rust in huis").code == 0
    assert text("klein.yaml").endswith("signaleren:\n  question:\n    goal: rust in huis\n")


@pytest.mark.parametrize(
    ("path", "value", "message", "hint"),
    [
        ("titel", "x", "titel does not exist: there is no titel", "did you mean title?"),
        ("people.wethoudr.role", "x", "there is no wethoudr", "did you mean wethouder?"),
        ("people.9.role", "x", "there is no 9", "choose from: projectleider"),
        ("people", "x", "people contains keys, not a value", "people.id"),
        ("people.wethouder", "x", "people.wethouder contains keys, not a value", "people.wethouder.role"),
        ("visits.last.decisions.last.by", "x", "there is no last", "there are none yet"),
        ("entry.date", "12-03-2024", "invalid date 12-03-2024", "did you mean 2024-03-12?"),
        ("entry.commission", "soms", "invalid value soms for commission", "choose from: gevraagd"),
        ("title", "", "title is missing", "add title:"),
        ("title.x", "y", "title.x does not exist", ""),
        ("", "y", "does not exist", ""),
        ("summary", "a\u2028b", "invisible line break", "press Enter instead"),
    ],
)  # fmt: skip
def test_a_place_or_value_that_does_not_fit_is_said(
    fii: Fii, path: str, value: str, message: str, hint: str
) -> None:
    done = fii("set", "t.yaml", path, value)
    assert done.code == 2
    assert message in " ".join(done.err.split())
    assert hint in " ".join(done.err.split())
    assert text() == FULL


def test_a_value_that_looks_like_an_option_goes_behind_two_hyphens(fii: Fii) -> None:
    done = fii("set", "t.yaml", "borgen.indicators.gezinnen.measurements.last.value", "-2")
    assert done.code == 2
    assert "put a value that starts with - after --: fii set … -- -2" in " ".join(done.err.split())


def test_the_same_value_again_changes_nothing(fii: Fii) -> None:
    for path, value in (
        ("innoveren.balance.scalable", "ja"),
        ("assessments.last.ratings.5c.selectie.note", ""),
    ):
        done = fii("set", "t.yaml", path, value)
        assert done.code == 0
        assert "nothing to change" in done.out
    assert not Path(".fii/undo").exists()


# --- in a terminal ------------------------------------------------------------------------------------------


def test_questions_are_checked_one_by_one_and_can_be_gone_back_to() -> None:
    wizard = Wizard("add", "t.yaml", "--lang", "en")
    wizard.until("a contact with a key person (4b)")
    wizard.answer("What do you want to add?", "contcat")
    wizard.answer("did you mean contact?", "contact")
    wizard.answer("person: The id of the key person.", "wethoudr")
    wizard.answer("did you mean wethouder?", "wethouder")
    wizard.answer(f"date: The date. [{TODAY}]", "back")
    wizard.answer("person: The id of the key person.", "")
    wizard.answer("date: The date.", "2025-03-05")
    wizard.answer("ja, deels, nee, onbekend", "ja")
    wizard.answer("note: What was discussed.", "")
    wizard.answer("why: Why this person is needed.", "")
    wizard.answer("ambassadeur, steunend, neutraal, kritisch, onbekend", "")
    wizard.until("+        - {date: 2025-03-05, present: ja}")
    wizard.until("fii add t.yaml contact person=wethouder date=2025-03-05 present=ja")
    wizard.answer("Write this to t.yaml?", "yes")
    assert wizard.ended() == 0
    assert "        - {date: 2025-03-05, present: ja}\n" in text()


def test_breaking_off_loses_no_answer() -> None:
    wizard = Wizard("add", "t.yaml", "person", "--lang", "en")
    wizard.answer("role: The role or job title", "directeur van de stichting")
    wizard.until("organisation: The id")
    wizard.type("\x03")
    wizard.until("Nothing was written. Your answers so far, as one command:")
    wizard.until("fii add t.yaml person 'role=directeur van de stichting'")
    assert wizard.ended() == 130
    assert text() == FULL


def test_what_is_missing_is_asked_and_the_rest_is_not() -> None:
    wizard = Wizard("add", "t.yaml", "contact", "present=ja", "--lang", "en")
    wizard.answer("person: The id of the key person.", "wethouder")
    wizard.answer("Write this to t.yaml?", "yes")
    assert wizard.ended() == 0
    assert f"        - {{date: {TODAY}, present: ja}}\n" in text()
