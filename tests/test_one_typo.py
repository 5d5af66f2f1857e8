"""One invalid value is one error: it hides no other, and nothing is found that only follows from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fii_cli.diagnostics import Route
from fii_cli.yaml.read import read
from helpers import HEAD, codes, judged, said

EXAMPLE = Path(__file__).parents[1] / "examples/thuis-leren-verzonnen.yaml"
DAY = date(2025, 3, 10)
DATA: Any = read(EXAMPLE.read_text(encoding="utf-8")).data
UNKNOWN = "log: [{date: 2025-01, text: x}]\nsignaleren: {commissioner: {organisation: nowhere}}\n"


def _paths(data: Any, route: Route = ()) -> Iterator[Route]:
    """The path of every value below the root."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        yield (*route, step)
        yield from _paths(value, (*route, step))


def _found(data: Any) -> list[tuple[str, Route]]:
    return [(d.code, d.route) for d in judged(json.dumps(data), DAY).diagnostics]


def _changed(route: Route, value: Any) -> Any:
    data = deepcopy(DATA)
    around = data
    for step in route[:-1]:
        around = around[step]
    if value is None:
        del around[route[-1]]
    else:
        around[route[-1]] = value
    return data


def test_the_example_has_no_findings() -> None:
    assert _found(DATA) == []


@pytest.mark.parametrize("value", [{"x": "y"}, [["x"]]])
@pytest.mark.parametrize("part", list(DATA))
def test_any_value_of_the_wrong_kind_is_found_where_it_is_and_nothing_else(part: str, value: Any) -> None:
    for route in [(part,), *_paths(DATA[part], (part,))]:
        for code, found in _found(_changed(route, value)):
            assert found[: len(route)] == route, f"{route} leads to {code} at {found}"


@pytest.mark.parametrize("part", list(DATA))
def test_a_mistyped_key_does_not_make_what_it_says_missing(part: str) -> None:
    for route in [(part,), *_paths(DATA[part], (part,))]:
        key = route[-1]
        if not isinstance(key, str) or part == "assessments":  # items of instruments are no keys
            continue
        value = DATA
        for step in route:
            value = value[step]
        data = _changed(route, None)
        around = data
        for step in route[:-1]:
            around = around[step]
        around[key + "x"] = value
        assert {code for code, _ in _found(data)} == {"FII010"}, route


def test_one_typo_hides_no_unknown_organisation_and_no_contradicting_date() -> None:
    text = (
        "fii: 1\ntitle: Proef\nlanguage: en\n"
        "entry: {commission: gevraagt, date: 2025-01, receiving_organisation: nowhere}\n"
        "organisations: [{id: a, name: A}]\nvisits: [{phase: verkennen, entered: 2024-01, via: entry}]\n"
    )
    assert codes(text) == ["FII012", "FII021", "FII030"]


@pytest.mark.parametrize(
    "typo",
    [
        "organisations: [{id: a, name: A, roles: [gevend]}]\n",
        "organisations: [{id: a}]\n",
        "organisations: [{id: a, name: A, funding: zelf}]\n",
        "people: [{id: a, role: x, level: hoog}]\n",
        "visits: [{phase: verkenen}]\n",
        "assessments: [{instrument: stoplicht, date: gisteren}]\n",
        "actions: [{id: a}]\n",
    ],
)
def test_a_typo_elsewhere_hides_no_unknown_organisation(typo: str) -> None:
    assert "FII021" in codes(HEAD + typo + UNKNOWN)


@pytest.mark.parametrize(
    "typo",
    [
        "organisations: [{name: Nowhere}]\n",
        "organisations: [nowhere]\n",
        "organisations: nowhere\n",
        "organisatons: [{id: nowhere, name: Nowhere}]\n",
        "organisations: [{idd: nowhere, name: Nowhere}]\n",
    ],
)
def test_an_organisation_that_cannot_be_read_is_not_unknown(typo: str) -> None:
    assert "FII021" not in codes(HEAD + typo + UNKNOWN)


def test_a_reference_that_is_missing_is_missing_and_not_unknown_too() -> None:
    text = HEAD + "versterken: {key_people: [{why: x}, {person: y}]}\n"
    assert [line.split(" | ")[0] for line in said(text)] == [
        "5:27 FII011 person is missing",
        "5:46 FII022 unknown person y",
    ]


def test_a_broken_light_hides_no_unknown_item_beside_it() -> None:
    rated = "{1a.opdrachtgever: [x], 1a.opdrachtgeverr: groen}"
    text = f"{HEAD}assessments: [{{instrument: stoplicht, date: 2025-02-03, ratings: {rated}}}]\n"
    assert codes(text) == ["FII013", "FII024"]


def test_a_date_that_cannot_be_read_contradicts_no_other() -> None:
    text = (
        HEAD + "visits:\n  - {phase: 2, entered: 2025-02-01, decisions: [{date: x, decision: door}]}\n"
        "  - {phase: 3, entered: 2025-02-15}\n"
    )
    assert codes(text) == ["FII014"]


def test_advice_about_one_part_is_given_beside_an_error_in_another() -> None:
    text = (
        HEAD + "organisations: [{id: a, name: A, roles: [commissioner]}]\n"
        "signaleren: {question: {goal: x}, boundaries: {realistic: misschien}}\n"
    )
    assert codes(text) == ["FII121", "FII012"]
