"""An answer lasts for the days on which everything that was asked about the day has the same answer."""

from __future__ import annotations

import copy
import operator
import pickle
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.project.context import project_of
from fii_cli.project.judging import Task, judged
from fii_cli.project.watched_day import _SLOTS, WatchedDay
from fii_cli.resources import CONTENT, examples
from fii_cli.rules.seen import Seen
from helpers import HEAD
from test_cache import TEXTS, judged_files, kept  # noqa: F401 - these are fixtures

pytestmark = pytest.mark.usefixtures("here")
DAY = date(2025, 6, 15)
EVER = (date.min, date.max)
OPERATORS = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)
QUIET = (
    HEAD
    + "visits: [{phase: verkennen, entered: 2025-01-10}]\n"
    + "assessments: [{instrument: stoplicht, date: 2025-01-15, ratings: {2a.cultuur: groen}}]\n"
)
"""After two weeks fii says that its light is old."""


def days(around: date, n: int) -> Iterator[date]:
    return (around + timedelta(each) for each in range(-n, n + 1))


# --- what it records ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("compare", OPERATORS)
def test_a_comparison_lasts_for_the_days_with_the_same_outcome(
    compare: Callable[[date, date], bool], swapped: bool
) -> None:
    def outcome(day: date, other: date) -> bool:
        return compare(other, day) if swapped else compare(day, other)

    for other in days(DAY, 3):
        watched = WatchedDay(DAY)
        assert outcome(watched, other) == outcome(DAY, other)
        first, last = watched.alike
        assert first <= DAY <= last
        for each in days(DAY, 9):
            if first <= each <= last:
                assert outcome(each, other) == outcome(DAY, other)
            elif compare not in (operator.eq, operator.ne):
                assert outcome(each, other) != outcome(DAY, other)


def test_several_comparisons_last_for_the_days_that_they_share() -> None:
    watched = WatchedDay(DAY)
    assert watched.alike == EVER
    assert max(watched, date(2025, 1, 1)) is watched
    assert sorted([date(2025, 7, 1), watched])[0] is watched
    assert watched.alike == (date(2025, 1, 1), date(2025, 6, 30))
    assert date(2025, 3, 1) <= watched < date(2025, 12, 1)
    assert watched.alike == (date(2025, 3, 1), date(2025, 6, 30))


@pytest.mark.parametrize("end", EVER)
def test_the_first_and_the_last_day_that_there_is(end: date) -> None:
    for compare in OPERATORS:
        for day in (DAY, end):
            watched = WatchedDay(day)
            assert compare(watched, end) == compare(day, end)
            assert watched.alike[0] <= day <= watched.alike[1]


OTHER: dict[str, Callable[[date], object]] = {
    "a number of days": lambda day: (day - date(2025, 1, 1)).days,
    "a number of days until": lambda day: (date(2025, 12, 1) - day).days,
    "a later day": lambda day: day + timedelta(3),
    "three days and": lambda day: timedelta(3) + day,
    "an earlier day": lambda day: day - timedelta(3),
    "its text": str,
    "its text in a sentence": lambda day: f"{day}",
    "its code": repr,
    "a key": hash,
    "the same day": lambda day: day == date(2025, 6, 15),
    "another type": lambda day: day == "2025-06-15",
    "a copy": copy.copy,
    "in another process": lambda day: pickle.loads(pickle.dumps(day)),
    "a method of the type": lambda day: type(day).isoformat(day) if type(day) is date else day.isoformat(),
}


@pytest.mark.parametrize("what", OTHER)
def test_anything_else_is_about_that_day_alone(what: str) -> None:
    watched = WatchedDay(DAY)
    assert OTHER[what](watched) == OTHER[what](DAY)
    assert watched.alike == (DAY, DAY)


@pytest.mark.parametrize("name", [name for name in dir(date) if not name.startswith("__")])
def test_so_is_everything_that_a_day_has(name: str) -> None:
    watched = WatchedDay(DAY)
    assert repr(getattr(watched, name)).partition(" at ")[0] == repr(getattr(DAY, name)).partition(" at ")[0]
    assert watched.alike == (DAY, DAY)


def test_nothing_that_python_asks_of_the_type_passes_unnoticed() -> None:
    compared = {"lt", "le", "gt", "ge"}
    of_types = {"new", "getattribute", "doc"}
    asked = {name.strip("_") for name in vars(date) if name.startswith("__")}
    assert asked <= {*_SLOTS, *compared, *of_types}


# --- the rules ----------------------------------------------------------------------------------------------


def found(text: str, day: date) -> Seen:
    return judged(Task("t.yaml", text.encode(), project_of("t.yaml").surroundings(day)))


def lasts(text: str, day: date, chance: random.Random) -> tuple[date, date]:
    """The days for which an answer lasts; on some of them, and on the first and the last, it is the same."""
    there = found(text, day)
    assert there.days is not None
    first, last = there.days
    assert first <= day <= last
    near = (max(first, date(2010, 1, 1)), min(last, date(2035, 1, 1)))
    some = [date.fromordinal(chance.randint(*sorted(each.toordinal() for each in near))) for _ in range(2)]
    for other in {first, last, *some} - {day}:
        if first <= other <= last:
            assert found(text, other) == there
    return first, last


@pytest.mark.parametrize("year", range(2013, 2032, 3))
def test_an_answer_lasts_for_days_on_which_the_same_is_found(year: int) -> None:
    chance = random.Random(year)
    rules = sorted((CONTENT / "rules").glob("*/*.yaml"))
    texts = [path.read_text(encoding="utf-8") for path in rules if path.name != "rule.yaml"]
    for text in (*examples().values(), *TEXTS, QUIET, *chance.sample(texts, 60)):
        lasts(text, date(year, 1, 1) + timedelta(chance.randrange(1000)), chance)


def test_so_it_does_after_edits_of_the_dates() -> None:
    chance = random.Random(7)
    texts = [*examples().values()]
    for _ in range(150):
        text = chance.choice(texts)
        for _ in range(chance.randrange(1, 9)):
            at = text.find(chance.choice(("2025-", "2026-", "2024-")), chance.randrange(len(text)))
            if at >= 0:
                text = text[:at] + str(chance.randrange(2014, 2030)) + text[at + 4 :]
        lasts(text, date(2014, 1, 1) + timedelta(chance.randrange(6000)), chance)


def test_from_the_day_after_the_last_one_something_else_is_found() -> None:
    first, last = lasts(QUIET, date(2025, 1, 20), random.Random(1))
    assert (first, last) == (date(2025, 1, 15), date(2025, 1, 29))
    assert found(QUIET, last).diagnostics != found(QUIET, last + timedelta(1)).diagnostics


def test_a_trajectory_that_ended_is_as_it_was_for_ever() -> None:
    ended = [lasts(text, date(2026, 11, 27), random.Random(1)) for text in examples().values()]
    assert sum(last == date.max for _, last in ended) >= 4


# --- and so fii check ---------------------------------------------------------------------------------------


def test_the_next_day_only_what_may_be_otherwise_is_judged(
    fii: Fii,
    kept: Path,  # noqa: F811
    judged_files: list[bytes],  # noqa: F811
) -> None:
    ended, late = (examples()[name] for name in ("samen-leren", "minimaal"))
    for at in range(12):
        Path(f"t{at:02}.yaml").write_text(f"{late if at == 5 else ended}# {at}\n", encoding="utf-8")
    fii("check", "--as-of", "2026-11-27")
    judged_files.clear()
    later = fii("check", "--as-of", "2026-11-28")
    assert judged_files == [f"{late}# 5\n".encode()]
    assert later == fii("check", "--as-of", "2026-11-28", "--no-cache")
    judged_files.clear()
    before = fii("check", "--as-of", "2014-11-27")
    assert len(judged_files) == 12
    assert before == fii("check", "--as-of", "2014-11-27", "--no-cache")
