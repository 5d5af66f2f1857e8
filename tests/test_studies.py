"""Ratings as studies have them: clients as a side, periods, and what was published."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.changes.facts import facts_changed
from fii_cli.changes.merge import merge
from fii_cli.handbook.load import handbook
from fii_cli.handbook.models import Construct
from fii_cli.handbook.questions import as_asked
from fii_cli.project.context import project_of
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.model import Report
from fii_cli.survey.answers import Answered
from fii_cli.survey.several_questions import combined
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.borgen import Measurement
from fii_cli.trajectory.dates import parse_date, parse_period, parse_when, suggest_period
from fii_cli.trajectory.follow_up import LogEntry
from fii_cli.trajectory.known import known_on
from fii_cli.words import Audience, meant
from fii_cli.workbook.cells import Unread, text_in
from fii_cli.workbook.going_out import cell_of
from fii_cli.workbook.model import Column
from fii_cli.workbook.read_cells import Values
from helpers import FORMS, NL, all_text, codes, edition, trajectory
from wizard import Wizard

pytestmark = pytest.mark.usefixtures("here")
DAY = date(2025, 12, 1)
HEAD = """\
fii: 1
title: Huisbezoek
language: nl
organisations:
  - {id: noord, name: School Noord, roles: [receiving]}
entry: {commission: gevraagd, receiving_organisation: noord, date: 2013-01}
visits:
  - {phase: verkennen, entered: 2013-02, via: entry}
"""


def written(text: str = "", name: str = "a.yaml") -> str:
    Path(name).write_text(HEAD + text, encoding="utf-8")
    return HEAD + text


def report(text: str, audience: Audience = "team", day: date = DAY) -> Report:
    return report_of(basis_of(edition(trajectory(HEAD + text), day, audience), handbook()), NL)


# --- clients ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["clients", "cliënten", "Deelnemers", "participants"])
def test_clients_are_a_side_in_the_words_of_people(fii: Fii, word: str) -> None:
    written()
    done = fii(
        *["assess", "a.yaml", "--instrument", "cfir", "--set", "III.D.2=+1"],
        *["--perspective", word, "--date", "2025-02-01"],
    )
    assert done.code == 0, done.err
    assert "    perspective: clients\n" in Path("a.yaml").read_text(encoding="utf-8")
    assert meant("client", ("client", "clients")) == "client"


def test_answers_of_clients_are_counted_apart_and_shown_beside_the_others(fii: Fii) -> None:
    written()
    rows = ["perspectief;17;23", *["cliënten;4;2"] * 6, *["gevend;2;4"] * 5]
    Path("a.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = fii("import", "a.yaml", "a.csv", "--instrument", "midi", "--date", "2025-02-01")
    assert done.code == 0, done.err
    shown = fii("score", "a.yaml", "--instrument", "midi").out
    assert "clients" in shown
    made = trajectory(Path("a.yaml").read_text(encoding="utf-8"))
    assert {(each.perspective, each.responses) for each in made.assessments} == {
        ("clients", 6),
        ("giving", 5),
    }
    data = json.loads(fii("barriers", "a.yaml", "--json").out)
    assert {each["perspective"] for each in data["barriers"]} == {"clients", "giving"}


def test_a_form_for_clients_says_for_whom_it_is(fii: Fii) -> None:
    written()
    made = fii(
        *["questionnaire", "midi", "--for", "a.yaml", "--perspective", "clients", "--output", "a.html"]
    )
    assert made.code == 0, made.err
    assert "clients" in Path("a.html").read_text(encoding="utf-8")
    asked = fii("questionnaire", "midi", "--format", "md").out
    assert "☐ clients" in asked


# --- periods ------------------------------------------------------------------------------------------------

STUDY = """\
assessments:
  - {instrument: cfir, date: 2014-03/2014-09, by: onderzoekers, ratings: {III.D.2: -2}}
  - {instrument: cfir, date: 2014-06, by: team, ratings: {III.D.2: 1}}
borgen:
  indicators:
    - id: bereik
      what: gezinnen
      measurements: [{date: 2014-01/2014-06, value: 41}]
"""


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2014-03/2014-09", date(2014, 9, 1), date(2014, 9, 30)),
        ("2014-03-01/2014-09-15", date(2014, 9, 15), date(2014, 9, 15)),
        ("2013/2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2014-06/2014", date(2014, 6, 1), date(2014, 12, 31)),
    ],
)
def test_a_period_stands_for_its_last_day(text: str, first: date, last: date) -> None:
    period = parse_period(text)
    assert period
    assert (period.first, period.last, period.exact) == (first, last, None)
    assert parse_when(text) == period
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2014-09/2014-03",
        "2014-03/",
        "/2014-09",
        "2014-03/..",
        "2014-03/P6M",
        "2014-03/09",
        "2014/2014",
        "2014",
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2014-03/09", "2014-03/2014-09"),
        ("2014-03-01/15", "2014-03-01/2014-03-15"),
        ("2014-03-01/04-15", "2014-03-01/2014-04-15"),
        ("2014-03 / 2014-09", "2014-03/2014-09"),
        ("maart-juni 2014", "2014-03/2014-06"),
        ("maart 2013 t/m juni 2014", "2013-03/2014-06"),
        ("2013-2014", "2013/2014"),
        ("3 maart 2014 – 9 juni 2014", "2014-03-03/2014-06-09"),
        ("2014-09/2014-03", None),
        ("2014-03-12", None),
        ("12-03-2014", None),
    ],
)
def test_a_period_in_other_words_is_offered(typed: str, period: str | None) -> None:
    assert suggest_period(typed) == period


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2014-03/2014-09", "maart–september 2014"),
        ("2013/2014", "2013–2014"),
        ("2013-12/2014-02", "december 2013 – februari 2014"),
        ("2014-03-01/2014-03-15", "1–15 maart 2014"),
        ("2014-03-01/2014-04-15", "1 maart – 15 april 2014"),
        ("2014/x", "2014/x"),
    ],
)
def test_a_period_is_written_out_for_readers(iso: str, shown: str) -> None:
    assert NL.day(iso) == shown


def test_only_assessments_and_measurements_have_a_period(fii: Fii) -> None:
    assert codes(HEAD + STUDY, DAY) == codes(HEAD + STUDY.replace("2014-03/", ""), DAY)
    written("log:\n  - {date: 2014-03/2014-09, text: x}\n")
    told = fii("check", "a.yaml").out
    assert "invalid date 2014-03/2014-09" in told
    assert "only assessments and measurements can have a period" in told
    written(STUDY.replace("2014-03/2014-09", "2014-09/2014-03"))
    told = " ".join(fii("check", "a.yaml").out.split())
    assert "write both ends in full, the earlier one first" in told
    written(STUDY.replace("2014-03/2014-09", "2014-03/09"))
    assert "did you mean 2014-03/2014-09?" in fii("check", "a.yaml").out


def test_a_period_is_known_from_its_last_day_on() -> None:
    told = trajectory(HEAD + STUDY)
    assert len(known_on(told, date(2014, 8, 31)).trajectory.assessments) == 1
    assert len(known_on(told, date(2014, 9, 1)).trajectory.assessments) == 2
    exact = trajectory(HEAD + STUDY.replace("2014-03/2014-09", "2014-03-01/2014-09-15"))
    assert len(known_on(exact, date(2014, 9, 14)).trajectory.assessments) == 1
    assert len(known_on(exact, date(2014, 9, 15)).trajectory.assessments) == 2


def test_a_period_counts_as_later_than_a_date_before_its_end(fii: Fii) -> None:
    """The period begins before June, and ends after it: it is the latest rating."""
    written(STUDY)
    data = json.loads(fii("barriers", "a.yaml", "--json").out)
    assert [(each["item"], each["date"]) for each in data["barriers"]] == [("III.D.2", "2014-03/2014-09")]


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("csv", "pdf")])
def test_reports_show_a_period(fii: Fii, here: Path, form: str) -> None:
    written(STUDY)
    done = fii("report", "a.yaml", "--format", form, "--output", "out", "--lang", "nl")
    assert done.code == 0, done.err
    told = " ".join(re.sub("</?time[^>]*>", "", all_text(here / "out")).split())
    assert "maart–september 2014" in told or "2014-03/2014-09" in told
    assert "januari–juni 2014" in told or "2014-01/2014-06" in told


def test_commands_take_a_period_and_offer_what_was_meant(fii: Fii) -> None:
    written()
    rate = ["assess", "a.yaml", "--instrument", "cfir", "--set", "III.D.2=-2"]
    done = fii(*rate, "--action", "III.D.2=overleg", "--date", "2014-03/2014-09")
    assert done.code == 0, done.err
    text = Path("a.yaml").read_text(encoding="utf-8")
    assert "date: 2014-03/2014-09" in text
    assert "since: 2014-09}" in text
    assert "did you mean 2014-03/2014-09?" in fii(*rate, "--date", "2014-03/09").err
    assert "is in the future" in fii(*rate, "--date", "2024-03/2999").err
    Path("a.yaml").write_text(
        text + "borgen:\n  indicators:\n    - {id: bereik, what: gezinnen}\n", encoding="utf-8"
    )
    measured = ["add", "a.yaml", "measurement", "indicator=bereik", "value=41"]
    done = fii(*measured, "date=2014-01/2014-06")
    assert done.code == 0, done.err
    done = fii("set", "a.yaml", "assessments.last.date", "2014-03/2014-10")
    assert done.code == 0, done.err
    done = fii("set", "a.yaml", "visits.last.entered", "2014-03/2014-10")
    assert "only assessments and measurements can have a period" in done.err


def test_a_period_in_a_workbook_comes_back_as_it_was() -> None:
    column = Column("date", "Date", "date")
    assert cell_of(parse_period("2014-03-01/2014-09-15"), column) == "2014-03-01/2014-09-15"
    assert text_in("2014-03-01/2014-09-15", column, "") == "2014-03-01/2014-09-15"
    assert text_in("maart–juni 2014", column, "") == "2014-03/2014-06"
    values = Values(trajectory(HEAD), handbook())
    assert str(values.new_in(Measurement, "date", column, "2014-03/2014-06")) == "2014-03/2014-06"
    with pytest.raises(Unread):
        values.new_in(LogEntry, "date", column, "2014-03/2014-06")


def test_two_periods_are_merged_like_dates() -> None:
    def changed(old: str, new: str) -> Trajectory:
        return trajectory((HEAD + STUDY).replace(old, new))

    made = merge(
        trajectory(HEAD + STUDY), changed("value: 41", "value: 42"), changed("III.D.2: -2", "III.D.2: -1")
    )
    assert made.conflicts == ()
    assert [each.date.text for each in made.trajectory.assessments] == ["2014-03/2014-09", "2014-06"]
    assert made.trajectory.assessments[0].ratings["III.D.2"].value == "-1"


# --- a domain as a whole ------------------------------------------------------------------------------------

DOMAIN = """\
assessments:
  - instrument: cfir
    date: 2014-06
    by: onderzoekers
    about: noord
    ratings: {III: {value: -2, note: veel wisseling}, III.D.2: 1, I: 1}
  - {instrument: cfir, date: 2014-06, by: team, perspective: giving, about: noord, ratings: {III: 1}}
"""


def test_a_domain_that_was_rated_as_a_whole_has_a_row_of_its_own(fii: Fii) -> None:
    text = written(DOMAIN)
    assert not [code for code in codes(text, DAY) if code.startswith("FII02")]
    shown = fii("score", "a.yaml", "--instrument", "cfir").out
    assert "1 of 39 rated" in shown  # a domain is no item
    assert "\n  III " in shown
    assert "veel wisseling" in shown
    data = json.loads(fii("barriers", "a.yaml", "--json").out)
    assert [each["item"] for each in data["barriers"]] == ["III"]  # and no item has a rating that nobody gave
    (block,) = report(DOMAIN).instruments
    (inner,) = [group for group in block.groups if group.name.startswith("III")]
    assert [row.id for row in inner.rows] == ["III", "III.D.2"]
    assert inner.rated == "1 van 14 beoordeeld"
    assert block.differ == ("III De organisatie",)


def test_a_domain_can_be_rated_asked_and_addressed(fii: Fii) -> None:
    written()
    rate = ["assess", "a.yaml", "--instrument", "cfir", "--date", "2025-02-01"]
    done = fii(*rate, "--set", "III=-1", "--action", "III=overleg")
    assert done.code == 0, done.err
    text = Path("a.yaml").read_text(encoding="utf-8")
    assert "      III: -1\n" in text
    assert "answers: [cfir/III]" in text
    assert codes(text, DAY) == [code for code in codes(text, DAY) if code != "FII024"]
    assert fii("strategies", "a.yaml").code in (0, 1)
    assert "Inner setting" in fii("guide", "cfir/III").out
    wizard = Wizard(*rate, "--item", "III", "--by", "x", "--perspective", "both", "--lang", "en")
    wizard.until("Inner setting")


def test_an_instrument_that_rates_items_only_says_so(fii: Fii) -> None:
    written("assessments:\n  - {instrument: midi, date: 2025-01, ratings: {user: 2}}\n")
    told = " ".join(fii("check", "a.yaml").out.split())
    assert "midi has no item user" in told
    assert "rate its items: midi has no ratings of a whole group" in told


def test_an_own_instrument_can_rate_a_domain(fii: Fii) -> None:
    Path(".fii/instruments").mkdir(parents=True)
    own = (
        "id: wijkscan\nname: Wijkscan\n{}scale:\n  values:\n"
        "    - {{id: ja, name: ja, help: Ja.}}\n    - {{id: nee, name: nee, help: Nee., hinders: 2}}\n"
        "groups:\n  - id: {}\n    name: De buurt\n    items:\n"
        '      - {{id: plek, name: Een plek, meaning: "Is er een plek?"}}\n'
    )
    path = Path(".fii/instruments/wijkscan.yaml")
    written("assessments:\n  - {instrument: wijkscan, date: 2025-01, ratings: {buurt: nee}}\n")
    path.write_text(own.format("", "buurt"), encoding="utf-8")
    assert "wijkscan has no item buurt" in fii("check", "a.yaml").out
    path.write_text(own.format("domains_rated: true\n", "buurt"), encoding="utf-8")
    assert "wijkscan has no item buurt" not in fii("check", "a.yaml").out
    data = json.loads(fii("barriers", "a.yaml", "--json").out)
    assert [each["item"] for each in data["barriers"]] == ["buurt"]
    path.write_text(own.format("domains_rated: true\n", "plek"), encoding="utf-8")
    assert "duplicate id plek" in fii("check", "a.yaml").out


def test_a_table_by_organisation_can_have_ratings_of_a_domain(fii: Fii) -> None:
    written()
    table = "item;School Noord\nI Intervention characteristics;\nIII;-2\nIII.D.2;1\n"
    Path("a.csv").write_text(table, encoding="utf-8")
    asked = ["import", "a.yaml", "a.csv", "--as", "ratings", "--instrument", "cfir", "--date", "2014"]
    done = fii(*asked)
    assert done.code == 0, done.err
    made = trajectory(Path("a.yaml").read_text(encoding="utf-8")).assessments[0]
    assert {item: each.value for item, each in made.ratings.items()} == {"III": "-2", "III.D.2": "1"}


# --- what was published -------------------------------------------------------------------------------------

PUBLISHED = """\
assessments:
  - instrument: midi
    date: 2014-03/2014-09
    perspective: clients
    about: noord
    responses: 37
    published_in: Verzonnen 2015, tabel 2
    published:
      17: {shares: {hinders: 3, neutral: 12, helps: 85}}
      20: {shares: {1: 10, 2: 15.5, 3: 20, 4: 30, 5: 24.5}}
      21: {n: 35, mean: 3.4, sd: 0.8}
      22: {shares: {hinders: 60, neutral: 10, helps: 30}, n: 4}
actions:
  - {id: overleg, what: overleg, answers: [midi/20]}
"""
UNKNOWN = PUBLISHED.replace("    responses: 37\n", "").replace(", n: 4", "")


def test_published_results_are_shown_as_they_were_published(fii: Fii) -> None:
    text = written(PUBLISHED)
    assert not [code for code in codes(text, DAY) if code in ("FII024", "FII026", "FII038", "FII039")]
    shown = " ".join(fii("score", "a.yaml", "--instrument", "midi").out.split())
    assert (
        "facilitator: 3% hinders, 12% neutral, 85% helps; n = 37, as published in Verzonnen 2015, tabel 2"
    ) in shown
    assert "barrier: 25.5% hinders, 20% neutral, 54.5% helps; n = 37" in shown
    assert "mean 3.4 (sd 0.8); n = 35, as published in" in shown
    assert "fewer than 5 answers: not shown; as published in" in shown
    assert "4 of 29 rated" in shown
    groups = json.loads(fii("score", "a.yaml", "--instrument", "midi", "--json").out)["groups"]
    told = {each["item"]: each for group in groups for each in group["published"]}
    assert told["17"]["percent"] == {"hinders": 3, "neutral": 12, "helps": 85}
    assert (told["20"]["verdict"], told["17"]["verdict"]) == ("barrier", "facilitator")
    assert (told["21"]["mean"], told["21"]["sd"], told["21"]["n"], told["21"]["percent"]) == (
        3.4,
        0.8,
        35,
        None,
    )
    assert (told["22"]["n"], "percent" in told["22"], told["22"]["verdict"]) == (None, False, None)
    assert [
        group["counts"] for group in groups if group["counts"]
    ] == []  # nobody's answers are counted that were not


def test_published_shares_hinder_by_the_rule_for_counts_and_a_mean_does_not(fii: Fii) -> None:
    written(PUBLISHED)
    data = json.loads(fii("barriers", "a.yaml", "--json").out)
    (barrier,) = data["barriers"]
    assert (barrier["item"], barrier["strength"], barrier["spread"], barrier["actions"]) == (
        "20",
        1,
        None,
        ["overleg"],
    )
    assert barrier["published"]["source"] == "Verzonnen 2015, tabel 2"
    assert "25.5% hinders" in fii("barriers", "a.yaml").out
    (trend,) = json.loads(fii("trend", "a.yaml", "--json").out)["trajectories"]
    assert [(each["place"], each["first"]) for each in trend["dated"]["barriers"]] == [
        ("midi/20", "2014-03/2014-09")
    ]
    written(PUBLISHED.replace("1: 10, 2: 15.5", "1: 40, 2: 15.5").replace("30, 5: 24.5", "15, 5: 9.5"))
    (barrier,) = json.loads(fii("barriers", "a.yaml", "--json").out)["barriers"]
    assert barrier["strength"] == 2
    assert fii("strategies", "a.yaml").code == 0


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("csv", "pdf")])
@pytest.mark.parametrize("audience", ["team", "client"])
def test_reports_show_what_was_published(fii: Fii, here: Path, form: str, audience: str) -> None:
    written(PUBLISHED + "accepted: [{rule: FII905, about: midi, reason: Alleen het team ziet dit.}]\n")
    asked = ["report", "a.yaml", "--format", form, "--audience", audience, "--output", "out", "--lang", "nl"]
    done = fii(*asked)
    assert done.code == 0, done.err
    told = " ".join(all_text(here / "out").split())
    assert "Verzonnen 2015, tabel 2" in told
    assert "60%" not in told  # of four people


def test_outsiders_do_not_see_results_of_a_group_of_unknown_size(fii: Fii) -> None:
    team, outside = report(UNKNOWN), report(UNKNOWN, "client")
    cells = {row.place: row.cells[0] for group in team.instruments[0].groups for row in group.rows}
    cell = cells["midi/17"]
    assert cell
    assert cell.tone == "helps-1"
    parts = (("{percent}% hinders", 3), ("{percent}% neutral", 12), ("{percent}% helps", 85))
    assert cell.words == ", ".join(NL(text, percent=percent) for text, percent in parts)
    where = NL("as published in {source}", source="Verzonnen 2015, tabel 2")
    assert cell.told == f"{NL('n not published')}, {where}"
    kept = {row.place: row.cells[0] for group in outside.instruments[0].groups for row in group.rows}
    assert {cell.words for place, cell in kept.items() if cell and place != "midi/21"} == {
        NL("number of answers not published: not shown")
    }
    mean = kept["midi/21"]
    assert mean
    assert "3,4" in mean.words  # its own n is known
    assert [
        each.place
        for each in basis_of(edition(trajectory(HEAD + UNKNOWN), DAY, "client"), handbook()).barriers
    ] == []
    written(UNKNOWN)
    assert (
        "25,5%" not in fii("report", "a.yaml", "--format", "md", "--audience", "client", "--lang", "nl").out
    )


def test_what_cannot_be_is_found(fii: Fii) -> None:
    told = PUBLISHED.replace("mean: 3.4", "mean: 5.4")
    assert codes(HEAD + told, DAY).count("FII038") == 1
    written(told)
    assert "a mean of 5.4 is not on the scale from 1 to 5" in fii("check", "a.yaml").out
    assert "FII038" in codes(HEAD + PUBLISHED.replace("    published_in: Verzonnen 2015, tabel 2\n", ""), DAY)
    assert "FII039" in codes(HEAD + PUBLISHED.replace("hinders: 3,", "hinders: 6,"), DAY)
    # Rounding explains half a percentage point for each class.
    assert "FII039" not in codes(HEAD + PUBLISHED.replace("hinders: 3,", "hinders: 4.5,"), DAY)
    assert "FII024" in codes(HEAD + PUBLISHED.replace("      21: {n", "      190: {n"), DAY)
    other = (
        "assessments:\n  - {{instrument: {}, date: 2025, published_in: x, published: {{{}: {{mean: 2}}}}}}\n"
    )
    assert "FII033" in codes(HEAD + other.format("stoplicht", "2a.cultuur"), DAY)
    written(other.format("drivers", "training"))
    assert "the values of training are no numbers" in fii("check", "a.yaml").out


def test_published_results_are_edited_compared_and_merged_one_by_one(fii: Fii) -> None:
    written(PUBLISHED)
    done = fii("set", "a.yaml", "assessments.last.published.21.mean", "3.5")
    assert done.code == 0, done.err
    assert "21: {n: 35, mean: 3.5, sd: 0.8}" in Path("a.yaml").read_text(encoding="utf-8")
    base, ours = trajectory(HEAD + PUBLISHED), trajectory(HEAD + PUBLISHED.replace("mean: 3.4", "mean: 3.5"))
    (change,) = facts_changed(base, ours)
    assert change.place[-2:] == ("published", "21")
    theirs = trajectory(HEAD + PUBLISHED.replace("helps: 85", "helps: 84"))
    made = merge(base, ours, theirs)
    assert made.conflicts == ()
    both = made.trajectory.assessments[0].published
    assert (both["21"].mean, both["17"].shares["helps"]) == (3.5, 84)
    written(PUBLISHED, "b.yaml")
    told = fii("diff", "b.yaml", "a.yaml").out
    assert "3.5" in told


def test_a_published_result_is_known_from_the_end_of_its_period() -> None:
    told = trajectory(HEAD + PUBLISHED)
    assert known_on(told, date(2014, 8, 31)).trajectory.assessments == ()
    assert known_on(told, date(2014, 9, 1)).trajectory.assessments


def test_the_schema_and_completion_know_published_results(fii: Fii) -> None:
    made = json.loads(fii("schema").out)["definitions"]
    assert set(made["Published"]["properties"]) == {"n", "mean", "sd", "shares"}
    assert "published" in made["Assessment"]["properties"]
    assert "17" in json.dumps(made["midi.published"])


# --- several questions for one item -------------------------------------------------------------------------

OWN = """\
id: wijkscan
name: Wijkscan
scale:
  values:
    - {id: "1", name: oneens, help: Oneens., hinders: 2}
    - {id: "2", name: beetje oneens, help: Beetje oneens., hinders: 1}
    - {id: "3", name: beetje eens, help: Beetje eens., helps: 1}
    - {id: "4", name: eens, help: Eens., helps: 2}
    - {id: onbekend, name: weet niet, help: Weet niet., no_answer: true}
groups:
  - id: buurt
    name: De buurt
    items:
      - id: plek
        name: Een plek
        meaning: Is er een plek?
        questions:
          - Er is een plek in de buurt.
          - {statement: De plek is vaak dicht., reversed: true}
          - {nl: De plek is groot genoeg., en: The place is large enough.}
      - {id: zaal, name: Een zaal, meaning: Is er een zaal?, statement: Er is een zaal.}
"""


def own(text: str = OWN) -> None:
    Path(".fii/instruments").mkdir(parents=True, exist_ok=True)
    Path(".fii/instruments/wijkscan.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("answers", "one"),
    [
        (("4", "1", "4"), "4"),  # the second is reversed
        (("4", "4", "4"), "3"),
        (("3", "", "2"), "2"),  # halfway: the less favourable one
        (("", "1", ""), "4"),
        (("4", "onbekend", "onbekend"), "4"),
        (("onbekend", "", ""), "onbekend"),
        (("", "", ""), None),
    ],
)
def test_a_person_has_one_answer_to_several_questions(answers: tuple[str, ...], one: str | None) -> None:
    item = Construct.model_validate(
        {
            "id": "17",
            "name": {"nl": "x", "en": "x"},
            "meaning": {"nl": "x", "en": "x"},
            "questions": [
                {"statement": {"nl": "a", "en": "a"}},
                {"statement": {"nl": "b", "en": "b"}, "reversed": True},
                {"statement": {"nl": "c", "en": "c"}},
            ],
        }
    )
    own()
    framework = project_of("-").handbook.instrument("wijkscan")
    group = framework.groups[0].model_copy(update={"items": (item,)})
    framework = framework.model_copy(update={"groups": (group,)})
    given = {id_: answer for id_, answer in zip(("17a", "17b", "17c"), answers, strict=True) if answer}
    (person,) = combined([Answered(None, given)], framework)
    assert person.given.get("17") == one
    assert not {"17a", "17b", "17c"} & person.given.keys()


def test_several_questions_are_asked_one_by_one_and_counted_as_one_item(fii: Fii) -> None:
    own()
    written()
    asked = fii("questionnaire", "wijkscan", "--format", "csv", lang="nl").out
    assert "Er is een plek in de buurt." in asked
    assert "De plek is vaak dicht." in asked
    made = fii(
        *["questionnaire", "wijkscan", "--for", "a.yaml", "--perspective", "clients", "--output", "a.html"]
    )
    assert made.code == 0, made.err
    assert "De plek is vaak dicht." in Path("a.html").read_text(encoding="utf-8")
    rows = ["perspective;plek-a;plek-b;plek-c;zaal", *["clients;1;4;1;4"] * 4, *["clients;4;1;4;3"] * 2]
    Path("a.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = fii("import", "a.yaml", "a.csv", "--instrument", "wijkscan", "--date", "2025-02-01")
    assert done.code == 0, done.err
    assert "This rule is ours." in " ".join(done.err.split())
    (assessment,) = trajectory(Path("a.yaml").read_text(encoding="utf-8")).assessments
    assert assessment.counts == {"plek": {"1": 4, "4": 2}, "zaal": {"3": 2, "4": 4}}
    assert assessment.responses == 6
    assert "De plek is vaak dicht." in fii("guide", "wijkscan/plek").out


def test_answers_to_questions_can_come_back_in_a_form(fii: Fii) -> None:
    own()
    framework = as_asked(project_of("-").handbook.instrument("wijkscan"))
    assert [item.id for item in framework.items] == ["plek-a", "plek-b", "plek-c", "zaal"]
    assert [item.reversed for item in framework.items] == [False, True, False, False]
    assert as_asked(framework) is framework


def test_a_question_cannot_have_the_id_of_an_item(fii: Fii) -> None:
    own(OWN.replace("id: zaal", "id: plek-b"))
    written()
    assert "duplicate id plek-b" in fii("check", "a.yaml").out
