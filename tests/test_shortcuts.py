"""What reading and the rules do a quick way gives what the plain way gives."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from inspect import signature
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml.error import StringMark
from ruamel.yaml.events import NodeEvent, ScalarEvent

from fii_cli.analysis.counts import sides_of, spread_of
from fii_cli.analysis.lights import items_with_lights, last_lights, lights_by_side
from fii_cli.analysis.succession import organisation_now, person_now
from fii_cli.editions import names
from fii_cli.editions.outsiders import full_names_in, holds_full_name
from fii_cli.handbook.load import handbook
from fii_cli.personal import _may_hold, may_hold_personal
from fii_cli.rules import BY_CODE, RULES, Circumstances
from fii_cli.rules.check import check
from fii_cli.rules.settings import RuleSettings
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import walk
from fii_cli.yaml import passages, read
from fii_cli.yaml.document import BREAK, unreadable
from helpers import HEAD, calls, trajectory

BOOK = handbook()
EXAMPLES = Path(__file__).parents[1] / "examples"
_LIGHTS = "".join(
    f"  - {{instrument: stoplicht, date: 2025-0{month}-01, by: kernteam, ratings: {{2a.cultuur: oranje}}}}\n"
    for month in range(1, 5)
)
_COUNTED = "  - {instrument: cfir, date: 2025-01-01, by: x, counts: {II.A: {'-1': 4, '2': 3, M: 5}}}\n"
WITH_LIGHTS = f"{HEAD}assessments:\n{_LIGHTS}"
EVERY = [
    trajectory(text)
    for text in (
        f"{WITH_LIGHTS}{_COUNTED}",
        *(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))),
    )
]
TEXTS = st.text(alphabet="aé'- #<>=\n\r\t\x07\x7f\x85\u2028\ufeff\ud800@(){}[]%at0123456789M", max_size=30)


# --- reading ------------------------------------------------------------------------------------------------


def test_a_scalar_is_made_in_one_step_as_ruamel_makes_it_in_three() -> None:
    """If a new version of ruamel makes it in another way, this says so, and its own way is used."""
    given = ("anker", "soort", (True, False), "tekst", StringMark("", 1, 2, 3, "", 0), None, "'", "bij")
    slots = [slot for kind in ScalarEvent.__mro__ for slot in _slots(kind)]
    ours = ScalarEvent(*given)
    assert ScalarEvent.__init__.__name__ == "_in_one_step"
    theirs = ScalarEvent.__new__(ScalarEvent)
    NodeEvent.__init__(theirs, given[0], given[4], given[5], given[7])
    theirs.ctag, theirs.implicit, theirs.value, theirs.style = given[1], given[2], given[3], given[6]
    assert [getattr(ours, slot) for slot in slots] == [getattr(theirs, slot) for slot in slots]
    assert len(signature(ScalarEvent.__init__).parameters) == 1 + len(slots)


def _slots(kind: type) -> tuple[str, ...]:
    slots = vars(kind).get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_the_first_strange_character_is_found_as_one_by_one(text: str) -> None:
    strange = [each for each in text if not read._belongs(each)]
    problem = read.strange_character(text)
    assert (problem is not None) == bool(strange)
    if problem and strange[0] not in "\0":
        assert f"U+{ord(strange[0]):04X}" in str(problem.message.values)


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_a_comment_begins_at_the_start_or_after_white_space(text: str) -> None:
    plain = re.compile(r"(?:^|(?<=[\s]))#[^\r\n]*")
    for begin in range(min(4, len(text) + 1)):
        found = [each.span() for each in passages._COMMENT.finditer(text, begin)]
        assert found == [each.span() for each in plain.finditer(text, begin)]


@given(TEXTS)
def test_a_text_has_the_same_lines_with_and_without_carriage_returns(text: str) -> None:
    document = unreadable(text)
    assert document._lines == BREAK.split(text)


# --- personal data ------------------------------------------------------------------------------------------


@settings(max_examples=500)
@given(TEXTS)
def test_a_short_text_is_judged_as_a_long_one(text: str) -> None:
    assert may_hold_personal(text) == (len(text) >= 6 and _may_hold(text))


@settings(max_examples=500)
@given(st.text(alphabet="abzABZ019_- .'éÄøß", max_size=20))
def test_a_plain_name_has_the_spellings_of_any_other(name: str) -> None:
    apart = re.sub(names._APART, "-", name).casefold().translate(names._MARKLESS)
    letters = [each for each in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(each)]
    assert names.plain(name) == re.sub(r"[\W_]+", "-", "".join(letters)).strip("-")
    composed = unicodedata.normalize("NFC", name)
    told = (composed, composed.casefold().translate(names._WITH_E), composed.casefold())
    assert names.spellings(name) == {names.plain(each) for each in told}


@pytest.mark.parametrize("name", ["p-verzonnen", "P.Verzonnen", "projectleider", "overleg", "wethouder-2025"])
def test_a_name_in_a_text_is_found_as_among_all_full_names(name: str) -> None:
    for told in EVERY:
        assert holds_full_name(told, name) == full_names_in(told).held_by(name)
    assert any(holds_full_name(told, "P. Verzonnen") for told in EVERY)


# --- conclusions --------------------------------------------------------------------------------------------


def test_the_sides_of_counted_answers_are_those_of_the_whole_spread() -> None:
    compared = 0
    for made in (made for told in EVERY for made in told.assessments):
        for item, counts in made.counts.items():
            place = made.instrument, item
            none, hinders, helps = BOOK.no_answers(*place), BOOK.hinders(*place), BOOK.helps(*place)
            answers = {each: k for each, k in counts.items() if each not in none}
            whole, sides = spread_of(BOOK, *place, counts), sides_of(BOOK, *place, counts)
            assert sides == whole._replace(mean=None, deviation=None)
            assert sides.n == sum(answers.values()) == sum(counts.values()) - sides.no_answer
            assert sides.hinders == sum(k for each, k in answers.items() if each in hinders)
            assert sides.helps == sum(k for each, k in answers.items() if each in helps)
            compared += whole.mean is not None
    assert compared > 5


@pytest.mark.parametrize("day", [date(2024, 9, 1), date(2025, 3, 10), date(2026, 1, 1)])
def test_the_last_light_is_the_last_of_all_that_count(day: date) -> None:
    for told in EVERY:
        for item in items_with_lights(told):
            every = {side: lights[-1] for side, lights in lights_by_side(told, item, day)}
            assert last_lights(told, item, day) == every


def test_nobody_is_followed_where_nobody_leaves() -> None:
    stays = trajectory(
        HEAD + "organisations: [{id: a, name: A, became: b}]\n"
        "people: [{id: p, role: r, organisation: a, followed_by: q}, {id: q, role: s, organisation: b}]\n"
    )
    day = date(2030, 1, 1)
    assert not stays.anybody_leaves
    with mock.patch.object(Trajectory, "anybody_leaves", True):
        slow = [organisation_now(stays, each, day) for each in ("a", "b", "", None)]
        slow += [person_now(stays, each, day) for each in ("p", "q", "x", "", None)]
    quick = [organisation_now(stays, each, day) for each in ("a", "b", "", None)]
    assert quick + [person_now(stays, each, day) for each in ("p", "q", "x", "", None)] == slow


def test_records_by_kind_are_all_records_in_their_order() -> None:
    for told in EVERY:
        by_kind = told.records_by_kind
        assert sorted(map(id, (each for _, each in walk(told)))) == sorted(
            id(record) for records in by_kind.values() for _, record in records
        )
        for kind, records in by_kind.items():
            assert records == [(route, each) for route, each in walk(told) if type(each) is kind]


# --- rules --------------------------------------------------------------------------------------------------


def test_a_limit_of_a_repository_counts_where_the_same_rules_ran_without_it() -> None:
    document = read.read(WITH_LIGHTS)
    circumstances = Circumstances(BOOK, date(2025, 5, 1))
    found = [
        "FII703" in [each.code for each in check(document, circumstances, "x.yaml", limited).diagnostics]
        for limited in (RuleSettings(), RuleSettings(limits={"FII703": {"assessments": 5}}), RuleSettings())
    ]
    assert found == [True, False, True]


def test_what_is_selected_for_one_file_does_not_stay_for_the_next() -> None:
    document = read.read(WITH_LIGHTS)
    circumstances = Circumstances(BOOK, date(2025, 5, 1))
    every, without, again = (
        {each.code for each in check(document, circumstances, "x.yaml", chosen).diagnostics}
        for chosen in (RuleSettings(), RuleSettings(ignore=("FII703",)), RuleSettings())
    )
    assert every - without == {"FII703"}
    assert every == again
    assert {each.code for each in RULES} == set(BY_CODE)


def test_an_action_that_is_done_costs_little_for_barriers_that_it_does_not_address() -> None:
    def work(items: int) -> int:
        ratings = ", ".join(f"2a.eigen-{n}: oranje" for n in range(items))
        told = trajectory(
            HEAD
            + "assessments:\n  - {instrument: stoplicht, date: 2025-01-01, by: kernteam, ratings: "
            + f"{{{ratings}}}}}\nactions:\n  - {{id: a, what: x, status: klaar, "
            + "answers: [stoplicht/2a.eigen-0], result: {date: 2024-12-01}}\n"
        )
        find = BY_CODE["FII704"].find
        assert find is not None
        circumstances = Circumstances(BOOK, date(2025, 5, 1))
        list(find(told, circumstances))  # what is worked out once
        return calls(lambda: list(find(told, circumstances)))

    assert work(300) - work(30) < 270 * 5  # a look at each, and no more
