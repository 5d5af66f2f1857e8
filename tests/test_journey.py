"""A whole trajectory as a consultant lives it: in Dutch, in a terminal, from a signal to completion.

It starts unasked, goes back once, is adjusted once and rests once. Everything in it is made up. What it leaves
behind (the file, the report, the log of git) is golden: read it as a person would.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Fii
from wizard import Wizard

FILE = "post-op-tafel.yaml"


class Journey:
    """The steps of a trajectory; each is committed with the message that fii words for it."""

    def __init__(self, fii: Fii) -> None:
        self.fii = fii
        git("init", "-q")
        Path(".gitignore").write_text(".fii/trajectory.schema.json\n", encoding="utf-8")

    def do(self, line: str, *words: str) -> str:
        """One command line with flags; ``words`` are the parts that hold spaces."""
        name, *rest = line.split()
        done = self.fii(name, FILE, *rest, *words, lang="nl")
        assert done.code == 0, done.err
        self.commit(done.err)
        return done.out + done.err

    def commit(self, said: str) -> None:
        (command,) = re.findall(r"vastleggen: (.*)", said.replace("\r", ""))
        subprocess.run(["bash", "-c", command.replace("git commit", "git commit -q")], check=True)

    def fill(self, section: str, values: dict[str, str], message: str) -> None:
        """Several values of one section, committed together."""
        for path, value in values.items():
            done = self.fii("set", FILE, f"{section}.{path}", value, lang="nl")
            assert done.code == 0, done.err
        git("commit", "-q", "-a", "-m", f"post-op-tafel: {message}")

    def talk(self, line: str, *answers: tuple[str, str]) -> str:
        """One command with its questions, in a terminal of its own; the preview is written."""
        name, *rest = line.split()
        wizard = Wizard(name, FILE, *rest, "--lang", "nl")
        for question, answer in answers:
            wizard.answer(question, answer)
        wizard.answer(f"Dit schrijven naar {FILE}?", "ja")
        assert wizard.ended() == 0, wizard.all
        self.commit(wizard.all)
        return wizard.all


def git(*words: str) -> str:
    who = ["-c", "user.name=Kernteam", "-c", "user.email=kernteam@example.org"]
    return subprocess.run(["git", *who, *words], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def journey(fii: Fii, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Journey:
    monkeypatch.chdir(tmp_path)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Kernteam")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "kernteam@example.org")
    monkeypatch.setenv("COLUMNS", "200")
    return Journey(fii)


def test_from_a_signal_to_a_completed_trajectory(
    journey: Journey, fii: Fii, golden: Callable[[str, str], None]
) -> None:
    _begin(journey, fii)
    _find_a_commissioner(journey)
    _explore(journey)
    _innovate(journey)
    _strengthen(journey)
    _implement(journey)
    _sustain(journey, fii)
    done = fii("check", FILE, "--as-of", "2026-06-02", "--strict", lang="nl")
    assert (done.code, done.out) == (0, ""), done.out
    golden("journey.yaml", Path(FILE).read_text(encoding="utf-8"))
    golden("journey.md", fii("report", FILE, "--format", "md", "--output", "-", "--as-of", "2026-06-02").out)
    golden("journey.log", git("log", "--reverse", "--format=%s"))


def _begin(journey: Journey, fii: Fii) -> None:
    wizard = Wizard("new", "--lang", "nl")
    wizard.answer("Hoe heet het traject?", "Post op tafel")
    wizard.answer("Is er een opdrachtgever?", "nee")
    wizard.answer("gaat de interventie overnemen?", "geen")
    wizard.answer("geeft de interventie door?", "Buurtwerk Verzonnen")
    wizard.answer("vraag om innovatie vandaan?", "uitvoerders zagen stapels ongeopende post")
    wizard.answer("Wanneer begint het?", "2024-01-15")
    wizard.answer("In welke taal", "nl")
    wizard.answer(f"Dit schrijven naar {FILE}?", "ja")
    assert wizard.ended() == 0
    assert "Verkennen (2)" in wizard.all
    git("add", ".")
    git("commit", "-q", "-m", "post-op-tafel: begin")
    assert fii("check", "--as-of", "2024-01-15", "--strict", lang="nl").code == 0
    journey.do(
        "add person organisation=buurtwerk-verzonnen level=lijnmanagers id=teamleider", "role=teamleider"
    )
    shown = journey.talk(
        "assess --date 2024-01-29 --subphase 2a",
        ("Wie beoordeelt?", "kernteam"),
        ("Vanuit welke kant?", "g"),
        ("kies uit: gevend, ontvangend, beide, derde", "gevend"),
        ("1/8 2a.kandidaten", "rood: nog niemand gesproken"),
        ("2/8 2a.cultuur", "terug"),
        ("1/8 2a.kandidaten", "rood nog niemand gesproken"),
        ("2/8 2a.cultuur", "later"),
        ("3/8 2a.brede-kaders", "stop"),
    )
    assert "○ onbekend → ■ rood" in shown
    assert "FII522 2a.kandidaten is rood, en er is nog geen actie afgesproken" in shown
    journey.do(
        "add action owner=teamleider due=2024-04-01 answers=stoplicht/2a.kandidaten id=rondbellen",
        "what=organisaties in de wijk vragen wie er mee wil denken",
    )
    shown = journey.talk(
        "advance --date 2024-02-05",
        ("Wat is er besloten?", "door"),
        ("Wat is de volgende fase?", "1"),
        ("Wie besluit?", "kernteam"),
        ("dit gaat terug naar signaleren", "zonder opdrachtgever wil geen organisatie erover praten"),
    )
    assert "10 punten van verkennen zijn volgens fii verplicht, en rood of onbekend" in shown


def _find_a_commissioner(journey: Journey) -> None:
    journey.do("add organisation roles=commissioner,funder id=gemeente", "name=Gemeente Verzonnen")
    journey.do("add person organisation=gemeente level=wethouders id=wethouder", "role=wethouder schulden")
    journey.fill(
        "signaleren",
        {
            "commissioner.organisation": "gemeente",
            "commissioner.contact": "wethouder",
            "question.statement": "Hoe krijgen ouderen hulp bij hun post voordat er een schuld ontstaat?",
            "question.goal": "minder ouderen met een schuld door ongeopende post",
            "question.target_group": "ouderen die alleen wonen",
            "question.behind_the_question": "brieven zijn moeilijk, en de drempel van het loket is hoog",
            "question.people_concerned": "zij willen hulp van een bekend gezicht, niet van een instantie",
            "boundaries.period": "2024-2027",
            "boundaries.money": "60.000 euro per jaar",
            "boundaries.staff": "1,5 fte",
            "boundaries.scale": "twee wijken",
            "boundaries.realistic": "ja",
            "boundaries.ambitious": "ja",
        },
        "de vraag en de kaders",
    )
    journey.do(
        "assess --date 2024-03-04 --by kernteam --perspective both --set 1a.opdrachtgever=groen"
        " --set 1a.herkomst=groen --set 1a.ontvanger=groen --set 1b.vraag=groen --set 1b.doel=groen"
        " --set 1b.doelgroep=groen --set 1c.tijd=groen --set 1c.geld=groen --set 1c.mensen=groen"
        " --set 1c.schaal=groen --set 1c.realistisch=groen"
    )
    said = journey.do("advance --date 2024-03-11 --decision door --by stuurgroep")
    assert "Verkennen (2)" in said


def _explore(journey: Journey) -> None:
    journey.do(
        "add organisation roles=candidate funding=wettelijk id=bibliotheek", "name=Bibliotheek Verzonnen"
    )
    journey.do("add organisation roles=candidate funding=extern id=welzijn", "name=Welzijn Verzonnen")
    journey.do("add candidate organisation=bibliotheek culture=laagdrempelig", "steering=doel van de burger")
    journey.do(
        "add candidate organisation=welzijn steering=aantallen caseload=30", "culture=druk maar betrokken"
    )
    journey.do("set actions.rondbellen.status klaar")
    journey.do(
        "add agreement organisation=bibliotheek date=2024-05-13 talked_with=management,projectleiders,uitvoerders"
        " motivated=ja",
        "added_value=bereikt mensen die nu niet binnenkomen",
        "readiness=een projectleider twee dagen per week",
    )
    journey.do("set organisations.bibliotheek.roles candidate,receiving")
    journey.do(
        "add person organisation=bibliotheek level=projectleiders id=projectleider", "role=projectleider"
    )
    journey.fill(
        "verkennen.ownership",
        {
            "kick_off": "2024-05-27",
            "shared_goal": "in 2027 helpt de bibliotheek zonder het buurtwerk",
            "meeting.every": "maandelijks",
            "meeting.agenda": "beide",
        },
        "gedeeld eigenaarschap",
    )
    journey.do(
        "add task by=bibliotheek due=2024-12-01 id=ruimte", "what=een plek in de bibliotheek inrichten"
    )
    journey.do("add task by=buurtwerk-verzonnen due=2024-12-01 id=draaiboek", "what=draaiboek overdragen")
    lights = " ".join(
        f"--set {item}=groen"
        for item in [
            "2a.kandidaten",
            "2a.cultuur",
            "2a.financiering",
            "2b.meerwaarde",
            "2b.gereedheid",
            "2b.visie",
            "2c.kickoff",
            "2c.stip",
            "2c.roadmap",
        ]
    )
    journey.do(
        f"assess --date 2024-06-03 --by kernteam --perspective both {lights} --set 2c.balans=oranje",
        "--note",
        "2c.balans=het buurtwerk doet nog het meeste",
    )
    journey.do("advance --date 2024-06-10 --decision door --by stuurgroep")


def _innovate(journey: Journey) -> None:
    journey.fill(
        "innoveren",
        {
            "balance.complexity": "hoog",
            "balance.adaptability": "matig",
            "method.description": "https://example.org/post-op-tafel/methodiek",
            "method.goal": "ouderen openen hun post en weten wat zij moeten doen",
            "method.effect_ladder": "beschreven",
        },
        "balans en methode",
    )
    journey.do(
        "add ingredient id=vast-gezicht competencies=aansluiten,geduld", "what=een vast gezicht dat meekijkt"
    )
    said = journey.talk(
        "assess --date 2024-09-02 --subphase 3a --by kernteam --perspective both",
        ("3a.antwoord", "g"),
        ("toelichting", ""),
        ("bewijs", ""),
        ("3a.binnen-kaders", "g"),
        ("toelichting", ""),
        ("bewijs", ""),
        ("3a.complexiteit", "rood"),
        ("toelichting", "zeven onderdelen, niemand houdt het bij"),
        ("bewijs", ""),
        ("3a.aanpasbaarheid", "stop"),
    )
    assert re.search(r"3a.complexiteit .*○ onbekend → ■ rood", said)
    journey.do(
        "add action owner=projectleider due=2024-10-15 answers=stoplicht/3a.complexiteit id=inkorten",
        "what=terugbrengen tot de kern",
    )
    journey.talk(
        "advance --date 2024-09-09",
        ("Wat is er besloten?", "bijsturen"),
        ("Wie besluit?", "kernteam"),
        ("Waarom? Druk op Enter om over te slaan", "te veel onderdelen om over te dragen"),
    )
    journey.do("set innoveren.balance.complexity matig")
    journey.do("set actions.inkorten.status klaar")
    journey.do(
        "assess --date 2024-11-04 --by kernteam --perspective both --set 3a.complexiteit=groen"
        " --set 3b.bestanddelen=groen --set 3b.methodiek=groen"
    )
    journey.do("advance --date 2024-11-11 --decision door --by stuurgroep")


def _strengthen(journey: Journey) -> None:
    journey.do(
        "add person organisation=bibliotheek level=uitvoerders id=medewerker",
        "role=medewerker informatiepunt",
    )
    journey.do("add person level=burgers id=bewonersraad", "role=lid van de bewonersraad")
    journey.do("add contact person=wethouder present=ja date=2024-11-25", "why=beslist over de middelen")
    journey.do("add contact person=bewonersraad present=ja date=2024-12-02")
    journey.do("add contact person=medewerker present=ja date=2024-12-09")
    journey.do("set versterken.key_people.wethouder.support steunend")
    journey.do(
        "add session date=2025-01-13", "participants=management van beide", "outcome=uren blijven beschikbaar"
    )
    journey.do("set versterken.support.everything_on_the_table ja")
    journey.do(
        "assess --date 2025-01-27 --by kernteam --perspective both --set 4a.niveaus=groen --set 4a.bestuur=groen"
        " --set 4a.ontvangende-organisatie=groen --set 4b.aandacht=groen"
    )
    journey.do("advance --date 2025-02-03 --decision door --by stuurgroep")


def _implement(journey: Journey) -> None:
    journey.do("set", "implementeren.team.mandate", "beslist over planning en inzet")
    journey.do("add member person=projectleider competencies=leiderschap,coordinatie,communicatie")
    journey.do("add member person=teamleider competencies=inhoud,praktijkervaring")
    journey.do("set", "implementeren.training.selection", "op houding en motivatie")
    journey.do("add training date=2025-03-10 trained=6", "what=samen post openen")
    journey.do("set", "implementeren.training.coaching", "elke maand meelopen en nabespreken")
    journey.do("add step cycle=spreekuur step=plan date=2025-03-17", "text=spreekuur in de bibliotheek")
    journey.do("add step cycle=spreekuur step=do date=2025-03-24", "text=twee ochtenden per week")
    journey.talk(
        "advance --date 2025-04-07",
        ("Wat is er besloten?", "pauze"),
        ("Wie besluit? [stuurgroep]", ""),
        ("Waarom? Druk op Enter om over te slaan", "de raad besluit in juni over de middelen"),
    )
    journey.talk(
        "advance --date 2025-07-07",
        ("Wat is de volgende fase? een naam of een nummer [implementeren]", ""),
        ("Waarom? Druk op Enter om over te slaan", "de middelen zijn er"),
    )
    journey.do(
        "add step cycle=spreekuur step=check date=2025-09-15", "text=mensen komen pas na een uitnodiging"
    )
    journey.do("add step cycle=spreekuur step=act date=2025-09-29", "text=een brief van de huisarts erbij")
    lights = " ".join(
        f"--set {item}=groen"
        for item in [
            "5a.klein-team",
            "5a.mandaat",
            "5b.cyclus",
            "5b.knelpunten",
            "5c.selectie",
            "5c.coaching",
        ]
    )
    journey.do(
        f"assess --date 2025-11-24 --by kernteam --perspective both {lights} --set 5c.beheersing=oranje"
    )
    journey.do("set verkennen.ownership.roadmap.ruimte.done 2024-11-29")
    journey.do("set verkennen.ownership.roadmap.draaiboek.done 2025-02-28")
    journey.do("advance --date 2025-12-01 --decision door --by stuurgroep")


def _sustain(journey: Journey, fii: Fii) -> None:
    journey.fill(
        "borgen.quality",
        {
            "lead": "projectleider",
            "instrument": "checklist van een bladzijde",
            "feedback_used": "elk kwartaal in het teamoverleg",
        },
        "kwaliteitsbewaking",
    )
    journey.do(
        "add measurement indicator=bereik value=38 n=52 date=2026-03-31", "what=ouderen die terugkomen"
    )
    journey.do(
        "add evaluation date=2026-04-13 participants=uitvoerders adjust.owner=projectleider",
        "outcome=het draaiboek is te lang",
        "adjust.what=draaiboek inkorten",
    )
    before = Path(FILE).read_bytes()
    fii("add", FILE, "log", "text=per ongeluk", lang="nl")
    assert Path(FILE).read_bytes() != before
    assert fii("undo", FILE, lang="nl").code == 0
    assert Path(FILE).read_bytes() == before
    journey.do(
        "assess --date 2026-05-18 --by kernteam --perspective both --set 6a.kwaliteitsbewaker=groen"
        " --set 6a.instrument=groen --set 6a.routine=groen"
    )
    said = journey.do(
        "advance --date 2026-06-01 --decision afgerond --by stuurgroep",
        "--reason",
        "het is gewoon werk geworden",
    )
    assert "elk punt dat volgens fii verplicht is, staat op groen" in said
    assert os.path.isdir(".fii/undo")
