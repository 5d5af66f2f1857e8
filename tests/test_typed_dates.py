"""Dates as people type them: as rough as the format takes them, and other ways of writing offered back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import typer

from conftest import Fii
from fii_cli.cli import COMMANDS, Program
from fii_cli.trajectory.dates import parse_date, suggest_date
from helpers import HEAD, codes
from wizard import Wizard

TODAY = date.today()
TEXT = (
    HEAD.replace("2025-01", "2013")
    + """\
people:
  - {id: w, role: wethouder}
visits:
  - {phase: verkennen, entered: 2013, via: entry}
actions:
  - {id: a, what: iets doen}
"""
)
TABLE = "1;2;3;4\n" + "5;5;5;5\n" * 6
DATED = [
    "assess a.yaml --set 2a.cultuur=g --date",
    "advance a.yaml --decision bijsturen --date",
    "done a.yaml a --helped ja --date",
    "import a.yaml a.csv --instrument midi --allow-empty --date",
    "plan a.yaml champions --due",
    "new b.yaml --title B --commission ja --no-receiving --date",
]
"""Commands that write a date, up to the date itself."""


@pytest.fixture(autouse=True)
def _elsewhere(here: Path) -> None:
    Path("a.yaml").write_text(TEXT, encoding="utf-8")
    Path("a.csv").write_text(TABLE, encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1-9-2026", "2026-09-01"),
        ("01/09/2026", "2026-09-01"),
        ("2026/9/1", "2026-09-01"),
        ("9-2026", "2026-09"),
        ("1 september 2026", "2026-09-01"),
        ("1 Sept. 2026", "2026-09-01"),
        ("September 1st, 2026", "2026-09-01"),
        ("1e mei 2026", "2026-05-01"),
        ("1 may 2026", "2026-05-01"),
        ("september 2026", "2026-09"),
        ("sept 2026", "2026-09"),
        ("maart 2026", "2026-03"),
        ("mrt 2026", "2026-03"),
        ("october 2026", "2026-10"),
        ("okt. 2026", "2026-10"),
        ("vandaag", "2026-03-01"),
        ("Today", "2026-03-01"),
        ("gisteren", "2026-02-28"),
        ("yesterday", "2026-02-28"),
        ("31-2-2026", None),
        ("ma 2026", None),
        ("jaar 2026", None),
        ("volgend jaar", None),
    ],
)
def test_what_is_probably_meant(typed: str, meant: str | None) -> None:
    assert suggest_date(typed, date(2026, 3, 1)) == meant


def test_a_word_such_as_yesterday_means_nothing_in_a_file() -> None:
    assert suggest_date("gisteren") is None


@pytest.mark.parametrize("digits", ["٢٠٢٥-٠٣", "２０２５", "२०२५-०३-०१"])
def test_digits_of_another_script_are_no_date(digits: str, fii: Fii) -> None:
    assert parse_date(digits) is None
    assert "FII014" in codes(HEAD.replace("2025-01", digits))
    assert fii("set", "a.yaml", "entry.date", digits).code == 2


@pytest.mark.parametrize("command", DATED)
@pytest.mark.parametrize("typed", ["2014", "2014-05", "2014-05-03"])
def test_every_command_takes_a_rough_date(fii: Fii, command: str, typed: str) -> None:
    done = fii(*command.split(), typed)
    assert done.code == 0, done.err
    written = Path("b.yaml" if command.startswith("new") else "a.yaml").read_text(encoding="utf-8")
    assert f": {typed}" in written


@pytest.mark.parametrize("command", DATED)
@pytest.mark.parametrize(("typed", "meant"), [("1-9-2014", "2014-09-01"), ("sept 2014", "2014-09")])
def test_without_a_terminal_another_way_of_writing_is_refused_with_the_right_one(
    fii: Fii, command: str, typed: str, meant: str
) -> None:
    done = fii(*command.split(), typed)
    assert done.code == 2
    assert f"invalid date {typed}" in done.err
    assert f"did you mean {meant}?" in done.err
    assert Path("a.yaml").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    "command",
    [
        ["add", "a.yaml", "log", "text=x", "date=gisteren"],
        ["add", "a.yaml", "action", "what=x", "due=gisteren"],
        ["set", "a.yaml", "entry.date", "gisteren"],
        ["set", "a.yaml", "visits.last.entered", "gisteren"],
    ],
)
def test_a_date_among_other_values_is_offered_back_too(fii: Fii, command: list[str]) -> None:
    done = fii(*command)
    assert done.code == 2
    assert f"did you mean {TODAY - timedelta(days=1)}?" in done.err


@pytest.mark.parametrize("command", ["status", "check", "score a.yaml", "report a.yaml", "barriers a.yaml"])
def test_as_of_is_a_whole_day_and_is_offered_back(fii: Fii, command: str) -> None:
    offered = fii(*command.split(), "--as-of", "1 maart 2025")
    assert (offered.code, "did you mean 2025-03-01?" in offered.err) == (2, True)
    rough = fii(*command.split(), "--as-of", "maart 2025")
    assert (rough.code, "write it as 2025-03-12" in rough.err) == (2, True)


def test_every_option_that_takes_a_date_reads_it_in_this_way() -> None:
    group = Program(name="fii")
    commands = [group.get_command(typer.Context(group), listed.name) for listed in COMMANDS]
    dates = [(each.name, option) for each in commands for option in each.params if option.metavar == "DATE"]
    assert len(dates) > 10
    assert [(name, option.name) for name, option in dates if not option.callback] == []


def test_a_rating_of_this_year_is_not_in_the_future(fii: Fii) -> None:
    assert fii("assess", "a.yaml", "--set", "2a.cultuur=g", "--date", str(TODAY.year)).code == 0
    later = fii("assess", "a.yaml", "--set", "2a.cultuur=g", "--date", str(TODAY.year + 1))
    assert "is in the future" in later.err


# --- in a terminal ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["ja", "", "y", "2014-09"])
def test_in_a_terminal_the_offer_is_accepted_with_a_word_or_enter(answer: str) -> None:
    words = ("done", "a.yaml", "a", "--helped", "ja", "--date", "sept 2014", "--lang", "nl")
    wizard = Wizard(*words)
    wizard.answer("sept 2014 is geen datum", answer)
    assert wizard.ended() == 0
    assert "result: {date: 2014-09, helped: ja}" in Path("a.yaml").read_text(encoding="utf-8")


def test_an_offer_can_be_turned_down() -> None:
    wizard = Wizard("done", "a.yaml", "a", "--helped", "ja", "--date", "1-9-2014", "--lang", "en")
    wizard.answer("did you mean 2014-09-01?", "terug")
    assert wizard.ended() == 2
    assert Path("a.yaml").read_text(encoding="utf-8") == TEXT


def test_a_question_of_a_wizard_offers_a_date_back_too() -> None:
    wizard = Wizard("add", "a.yaml", "log", "--lang", "en")
    wizard.answer("date:", "gisteren")
    wizard.answer("did you mean", "ja")
    wizard.answer("text:", "besproken")
    wizard.answer("by:", "geen")
    wizard.answer("Write this to a.yaml?", "yes")
    assert wizard.ended() == 0
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    assert f"- {{date: {yesterday}, text: besproken}}" in Path("a.yaml").read_text(encoding="utf-8")
