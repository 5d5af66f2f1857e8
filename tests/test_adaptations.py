"""An intervention changes on the way: what was adapted in the words of FRAME, and what it costs."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from conftest import Fii
from fii_cli import adaptation_words as words
from fii_cli.changes.facts import facts_changed
from fii_cli.changes.merge import merge
from fii_cli.editions.edition import edition_of
from fii_cli.handbook.load import handbook
from fii_cli.pages.render import render
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.model import Report
from fii_cli.report.sheets import sheets_of
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Cost
from fii_cli.trajectory.innoveren import Adaptation
from fii_cli.trajectory.known import known_on
from fii_cli.words import Audience, label
from fii_cli.workbook.tables import MEASUREMENTS, columns_of
from helpers import EN, FORMS, NL, all_text, codes, edition, said, trajectory
from outside import writer_of

DAY = date(2025, 12, 1)
STORY = """\
fii: 1
title: Buurtscholen
language: nl
organisations:
  - {id: gemeente, name: Gemeente Verzonnen, roles: [commissioner, funder], funding: wettelijk}
  - {id: noord, name: School Noord, roles: [receiving], funding: extern, funders: [Fonds Verzonnen]}
  - {id: zuid, name: School Zuid, roles: [receiving]}
entry: {commission: gevraagd, receiving_organisation: noord, date: 2024-01}
visits:
  - {phase: implementeren, entered: 2024-09-01, via: entry}
signaleren:
  boundaries: {money: 60.000 euro in drie jaar}
innoveren:
  method:
    active_ingredients:
      - {id: samen-oefenen, what: ouder en kind oefenen samen}
      - {id: thuis, what: het gebeurt thuis}
  adaptations:
    - id: om-de-week
      date: 2024-11-04
      what: huisbezoek om de week
      organisation: zuid
      ingredients: [samen-oefenen]
      fidelity: kern-behouden
      planned: bijgestuurd
      decided_by: [uitvoerend-team, ontwikkelaar]
      level: organisatie
      modified: [interventie]
      nature: [inkorten]
      goals: [haalbaarheid]
      cause: in-organisatie
      why: te weinig uren
    - id: op-school
      date: 2025-06
      what: het kind oefent op school
      ingredients: [thuis]
      fidelity: kern-veranderd
costs:
  - phase: implementeren
    what: coaching
    organisation: noord
    date: 2024-10
    hours: 40
    amount: 12000
    per: jaar
    paid_by: gemeente
    note: geschat
  - {phase: implementeren, what: training, date: 2025-03, amount: 1500.55, paid_by: gemeente}
  - {phase: innoveren, what: handleiding, hours: 16}
borgen:
  indicators:
    - id: bereik
      what: gezinnen die meedoen
      measurements:
        - {date: 2025-01, organisation: noord, value: 12}
        - {date: 2025-01, organisation: zuid, value: 3, n: 20, note: geteld}
        - {date: 2025-06, organisation: noord, value: 20}
        - {date: 2025-06, organisation: zuid, value: 4}
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(STORY, encoding="utf-8")


def report(text: str = STORY, audience: Audience = "team", day: date = DAY) -> Report:
    return report_of(basis_of(edition(trajectory(text), day, audience), handbook()), NL)


def cells(rows: Any) -> list[tuple[str, ...]]:
    return [row.cells for row in rows]


def test_the_story_fills_every_key() -> None:
    told = trajectory(STORY)
    assert told.innoveren
    assert told.innoveren.adaptations[0].model_fields_set == set(Adaptation.model_fields)
    assert told.costs[0].model_fields_set == set(Cost.model_fields)
    assert codes(STORY, DAY).count("FII325") == 0


# --- the vocabulary -----------------------------------------------------------------------------------------

ASKED = {
    "gepland": words.Planned,
    "wie": words.Decider,
    "wat": words.Modified,
    "niveau": words.AppliesTo,
    "trouw": words.Fidelity,
    "doel": words.Aim,
    "aanleiding": words.Cause,
}
"""The questions of FRAME by their ids, and the values that the format has for each; nature has two."""


def test_the_values_are_those_of_frame_with_its_names() -> None:
    questions = {each.id: each.values for each in handbook().adaptations.questions}
    allowed = {id_: get_args(closed) for id_, closed in ASKED.items()}
    both = len(questions["aard"])
    allowed |= {"aard": get_args(words.Nature)[:both], "vormgeving": get_args(words.Nature)[both:]}
    assert set(questions) - set(allowed) == {"wanneer"}  # the date says it
    for id_, values in allowed.items():
        assert values == tuple(each.id for each in questions[id_]), id_
        for each in questions[id_]:
            assert EN(label(each.id)).lower() == each.name.en.lower()
            assert NL(label(each.id)).lower() == each.name.nl.lower().replace("eén", "één")


# --- the rule -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("adapted", "found"),
    [
        ("ingredients: [thuis]", "the adaptation x touches thuis: is the core still there?"),
        ("ingredients: [thuis], fidelity: onbekend", "the adaptation x touches thuis"),
        ("fidelity: kern-veranderd", "the adaptation x changed the core: which active ingredient?"),
        ("ingredients: [thuis], fidelity: kern-veranderd", ""),
        ("ingredients: [thuis], fidelity: kern-behouden", ""),
        ("fidelity: onbekend", ""),
        ("level: persoon", ""),
        ("ingredients: [tuis]", "FII029 unknown active ingredient tuis | did you mean thuis?"),
    ],
)
def test_what_is_asked_about_an_adaptation(adapted: str, found: str) -> None:
    text = STORY.replace(
        "  adaptations:\n", f"  adaptations:\n    - {{id: x, date: 2025-02, what: w, {adapted}}}\n"
    )
    lines = [line for line in said(text, DAY) if "FII325" in line or "FII029" in line]
    if "tuis]" in adapted:
        lines = [line for line in lines if "FII029" in line]
    assert len(lines) == bool(found), lines
    assert found in "".join(lines)


def test_a_trajectory_that_ended_is_not_asked() -> None:
    text = STORY.replace("      fidelity: kern-behouden\n", "")
    assert "FII325" in codes(text, DAY)
    ended = text.replace("via: entry}", "via: entry, decisions: [{date: 2025-09-01, decision: stop}]}", 1)
    assert "FII325" not in codes(ended, DAY)


# --- as of a day, and for whom ------------------------------------------------------------------------------


def test_a_day_knows_what_was_adapted_and_paid_until_then() -> None:
    was = known_on(trajectory(STORY), date(2025, 2, 1)).trajectory
    assert was.innoveren
    assert [each.id for each in was.innoveren.adaptations] == ["om-de-week"]
    assert [each.what for each in was.costs] == ["coaching", "handleiding"]
    early = known_on(trajectory(STORY), date(2024, 1, 1)).trajectory
    assert early.innoveren
    assert early.innoveren.adaptations == ()
    assert [each.what for each in early.costs] == ["handleiding"]


def test_the_client_sees_what_and_not_why_and_the_public_neither() -> None:
    for_client = edition_of(trajectory(STORY), "client")
    assert for_client.innoveren
    first, second = for_client.innoveren.adaptations
    assert (first.id, first.ingredients, first.why) == ("adaptation-1", ("active-ingredient-1",), None)
    assert second.ingredients == ("active-ingredient-2",)
    assert [each.note for each in for_client.costs] == [None, None, None]
    assert for_client.costs[0].paid_by == "organisation-1"
    public = edition_of(trajectory(STORY), "public")
    assert public.innoveren
    assert (public.innoveren.adaptations, public.costs) == ((), ())


def test_what_is_about_a_hidden_organisation_goes_with_it() -> None:
    hidden = STORY.replace("name: School Zuid, roles: [receiving]", "name: School Zuid, roles: [candidate]")
    hidden = hidden.replace("organisation: noord\n    date", "organisation: zuid\n    date")
    told = edition_of(trajectory(hidden), "client")
    assert told.innoveren
    assert told.borgen
    assert [each.what for each in told.innoveren.adaptations] == ["het kind oefent op school"]
    assert [each.what for each in told.costs] == ["training", "handleiding"]
    assert [each.value for each in told.borgen.indicators[0].measurements] == [12, 20]
    payer = STORY.replace("roles: [commissioner, funder]", "roles: [candidate]")
    assert [each.paid_by for each in edition_of(trajectory(payer), "client").costs] == [None, None, None]


# --- the report ---------------------------------------------------------------------------------------------


def test_the_report_tells_what_was_adapted() -> None:
    first, second = cells(report().adaptations)
    assert first == (
        "huisbezoek om de week",
        "4 november 2024; School Zuid",
        "kern behouden; ouder en kind oefenen samen",
        "de inhoud; inkorten; een organisatie",
        "gepland, als reactie; uitvoerend team, ontwikkelaar of aanbieder",
        "te weinig uren – haalbaarder maken; in de organisatie",
    )
    assert second[:3] == ("het kind oefent op school", "juni 2025", "kern veranderd; het gebeurt thuis")
    assert ("juni 2025", "aangepast: het kind oefent op school", "") in cells(report().log)
    assert any("FRAME" in work.title for work in report().sources)
    assert not any("FRAME" in work.title for work in report(STORY.partition("  adaptations:")[0]).sources)


def test_costs_are_added_up_by_phase_and_payer_but_not_once_and_yearly_together() -> None:
    made = report().costs
    assert made
    assert [row[:2] for row in cells(made.rows)] == [
        ("3 Innoveren", "handleiding"),
        ("5 Implementeren", "coaching"),
        ("5 Implementeren", "training"),
    ]
    assert cells(made.phases) == [
        ("3 Innoveren", "16", "", "", ""),
        ("5 Implementeren", "", "1.500,55", "40", "12.000"),
        ("Alle fasen", "16", "1.500,55", "40", "12.000"),
    ]
    assert cells(made.payers) == [
        ("Gemeente Verzonnen", "wettelijk", "", "", "1.500,55", "40", "12.000"),
        ("niet genoemd", "", "", "16", "", "", ""),
    ]
    assert made.budget == "60.000 euro in drie jaar"


def test_an_indicator_has_a_line_for_each_organisation() -> None:
    (made,) = report().indicators
    assert [(line.name, len(line.points)) for line in made.lines] == [("School Noord", 2), ("School Zuid", 2)]
    assert len({line.dash for line in made.lines}) == 2
    assert [row[4] for row in cells(made.rows)] == ["School Noord", "School Zuid"] * 2
    page = render(report(), "html", NL, full=True)
    (figure,) = re.findall(r'<figure class="measured">.*?</figure>', page, re.S)
    assert figure.count('<line class="line" x1="1"') == 2  # in the key
    assert figure.count('<line class="line"') == 4
    assert "1 School Noord" in figure
    close = re.sub("value: (12|3|20|4)([,}])", r"value: 9\2", STORY)
    (same,) = report(close).indicators
    first, second = (line.end for line in same.lines)
    assert abs(first - second) >= 13  # the numbers at the ends of the lines do not cover each other
    together = STORY.replace("{date: 2025-01, organisation: noord, value: 12}", "{date: 2025-01, value: 12}")
    (mixed,) = report(together).indicators
    assert [line.name for line in mixed.lines] == ["alle samen", "School Noord", "School Zuid"]


def test_where_nothing_is_measured_by_organisation_the_chart_is_one_line() -> None:
    plain = re.sub(", organisation: (noord|zuid), value", ", value", STORY)
    (made,) = report(plain).indicators
    assert made.lines == ()
    assert len(made.points) == 4
    assert [
        sheet.heads[-1] for sheet in sheets_of(basis_of(edition(trajectory(plain), DAY), handbook()), EN)
    ][-1] == "Note"
    told = {
        sheet.name: sheet for sheet in sheets_of(basis_of(edition(trajectory(STORY), DAY), handbook()), EN)
    }
    assert told["Indicators"].heads[-1] == "Organisation"
    assert told["Indicators"].rows[0][-1] == "School Noord"


def test_a_spreadsheet_has_a_sheet_of_adaptations_and_one_of_costs_that_can_be_added_up() -> None:
    made = sheets_of(basis_of(edition(trajectory(STORY), DAY), handbook()), EN)
    told = {sheet.name: sheet for sheet in made}
    assert [row[1] for row in told["What was adapted"].rows] == [
        "huisbezoek om de week",
        "het kind oefent op school",
    ]
    costs = told["Costs"]
    assert dict(zip(costs.heads, costs.rows[0], strict=True))["Euros"] == 12000.0
    without = sheets_of(basis_of(edition(trajectory(STORY.partition("innoveren:")[0]), DAY), handbook()), EN)
    assert {"What was adapted", "Costs"} & {sheet.name for sheet in without} == set()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("audience", ["team", "client", "public"])
def test_every_form_tells_it_to_those_who_may_know(fii: Fii, form: str, audience: str) -> None:
    writer_of(form)
    done = fii(
        "report",
        "a.yaml",
        "--format",
        form,
        "--audience",
        audience,
        "--as-of",
        DAY.isoformat(),
        "--output",
        f"r.{form}",
    )
    assert done.code == 0, done.err
    text = " ".join(all_text(Path(f"r.{form}")).split())
    if form in ("html", "md", "json", "docx"):  # on paper words are cut by columns
        assert ("huisbezoek om de week" in text) == (audience != "public")
        assert ("coaching" in text) == (audience != "public")
        assert ("te weinig uren" in text) == (audience == "team")
    if form in ("html", "md", "docx", "pdf"):
        assert ("Wat er is aangepast" in text) == (audience != "public")
        assert ("Kosten en financiering" in text) == (audience != "public")
        assert "School Zuid" in text


def test_a_workbook_asks_for_the_organisation_only_where_measurements_name_one() -> None:
    for text, asks in (
        (STORY, True),
        (re.sub(", organisation: (noord|zuid), value", ", value", STORY), False),
    ):
        columns = columns_of(MEASUREMENTS, trajectory(text), handbook(), NL, "team")
        assert ("organisation" in [each.key for each in columns]) is asks


# --- changes, merging, and the command line -----------------------------------------------------------------


def changed(old: str, new: str) -> Trajectory:
    assert old in STORY
    return trajectory(STORY.replace(old, new))


def test_two_additions_and_a_change_are_merged() -> None:
    base = trajectory(STORY)
    ours = changed(
        "    - id: op-school", "    - {id: korter, date: 2025-02, what: korter}\n    - id: op-school"
    )
    theirs = changed("why: te weinig uren", "why: ziekte")
    made = merge(base, ours, theirs)
    assert made.conflicts == ()
    assert made.trajectory.innoveren
    told = made.trajectory.innoveren.adaptations
    assert sorted(each.id for each in told) == ["korter", "om-de-week", "op-school"]
    assert "ziekte" in [each.why for each in told]
    both = merge(base, changed("value: 12}", "value: 13}"), changed("value: 3,", "value: 5,"))
    assert both.conflicts == ()  # of one day, but at two organisations
    paid = merge(base, changed("amount: 12000", "amount: 13000"), changed("note: geschat", "note: betaald"))
    assert (paid.conflicts, paid.trajectory.costs[0].amount) == ((), 13000)
    assert paid.trajectory.costs[0].note == "betaald"
    (conflict,) = merge(
        base, changed("amount: 12000", "amount: 13000"), changed("hours: 40", "hours: 60")
    ).conflicts
    assert conflict  # hours and euros are one estimate


def test_what_differs_is_told_in_words(fii: Fii) -> None:
    base = trajectory(STORY)
    assert facts_changed(base, trajectory(STORY)) == ()
    Path("b.yaml").write_text(
        STORY.replace("fidelity: kern-behouden", "fidelity: kern-veranderd").replace(
            "amount: 12000", "amount: 9000"
        ),
        encoding="utf-8",
    )
    done = fii("diff", "a.yaml", "b.yaml")
    assert "fidelity-consistent" in done.out
    assert "fidelity-inconsistent" in done.out
    assert "9000" in done.out
    facts = fii("diff", "--textconv", "a.yaml", lang="nl").out
    assert "kern behouden" in facts


def test_adding_from_the_command_line(fii: Fii) -> None:
    done = fii(
        "add",
        "a.yaml",
        "adaptation",
        "what=online",
        "nature=vorm",
        "ingredients=thuis",
        "planned=planned/proactive",
        "decided_by=researcher,directie",
        "organisation=noord",
    )
    assert done.code == 0, done.err
    told = trajectory(Path("a.yaml").read_text(encoding="utf-8"))
    assert told.innoveren
    made = told.innoveren.adaptations[-1]
    assert (made.id, made.planned, made.decided_by) == ("online", "vooraf", ("onderzoeker", "directie"))
    assert made.ingredients == ("thuis",)
    assert "fii check now also reports:\n  FII325" in done.err
    assert fii("add", "a.yaml", "aanpassing", "what=x", "fidelity=misschien", lang="nl").code == 2
    assert fii("add", "a.yaml", "cost", "phase=6", "what=kwaliteit", "hours=8", "per=yearly").code == 0
    told = trajectory(Path("a.yaml").read_text(encoding="utf-8"))
    assert (told.costs[-1].phase, told.costs[-1].hours, told.costs[-1].per) == ("borgen", 8, "jaar")
    assert fii("add", "a.yaml", "cost", "phase=6", "what=x", "amount=-1").code == 2
    done = fii(
        "add", "a.yaml", "measurement", "indicator=bereik", "value=9", "organisation=zuid", "date=2025-09"
    )
    assert done.code == 0
    assert "{date: 2025-09, organisation: zuid, value: 9}" in Path("a.yaml").read_text(encoding="utf-8")
    assert fii("set", "a.yaml", "innoveren.adaptations.om-de-week.cause", "bij-deelnemers").code == 0


def test_programs_read_it_too(fii: Fii) -> None:
    done = fii("report", "a.yaml", "--format", "json", "--as-of", DAY.isoformat(), "--output", "-")
    told = json.loads(done.out)["trajectory"]
    assert told["innoveren"]["adaptations"][0]["planned"] == "bijgestuurd"
    assert told["costs"][0]["amount"] == 12000
