"""``fii set`` on every notation that fii and people write: one value changes, and it checks the same way."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from fii_cli.diagnostics import Refused, Route
from fii_cli.edits.set import set_value
from fii_cli.resources import examples
from fii_cli.trajectory.base import OneOrMore
from fii_cli.trajectory.places import annotation_at, closed_values, is_date, is_list
from fii_cli.yaml.document import Data
from fii_cli.yaml.read import read
from helpers import HEAD, judged

NOTATIONS = """\
# every notation
"fii": 1
'title': "Proef: met dubbele punt"   # waarom
language: nl
summary: |
  Eerste regel
  tweede: regel

organisations:
- {id: fictie, name: "Stichting, Fictie", roles: [commissioner, "receiving"]}   # compact
- id: voorbeeld
  name: 'Het ''lijn'''
  roles:
    - giving
    - funder

people: [{id: projectleider, role: projectleider}, {"id": w, 'role': "wethouder"}]

entry: {commission: gevraagd, date: 2025-01,
        receiving_organisation: fictie, origin: 'een vraag'}

visits:
  - phase: innoveren
    entered: 2025-01-10
    decisions:
      - {date: 2025-02-01, decision: bijsturen, reason: "a, b"}

innoveren:
  method:
    description: >-
      Een lange tekst die over
      twee regels loopt.

assessments:
  - instrument: stoplicht
    date: 2025-02-01
    ratings: {2a.cultuur: {value: groen, note: goed}, "2c.overleg": rood, '2b.visie': {note: "x, y"}}
  - {instrument: cfir, date: 2025-02-01, ratings: {III.D.2: -2, "V.B.3": {value: 1, note: ja}}}
  - instrument: midi
    date: 2025-02-01
    responses: 10
    counts: {1: {1: 5, "2": 5}, 2: {3: 9}}

actions:
  - id: a
    what: |-
      regel een
      regel twee
    answers: [cfir/III.D.2,
              stoplicht/2c.overleg]
    result: {date: 2025-01, note: goed}
  - {id: b, what: x, answers: ["stoplicht/2c.overleg"], result: {date: 2025-02-01}}
log:
  - {date: 2025-01-10, text: 'begin'}
...
"""
TEXTS = examples() | {"notations": NOTATIONS, "notations with CRLF": NOTATIONS.replace("\n", "\r\n")}


def scalars(data: Data, route: Route = ()) -> Iterator[tuple[Route, str]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if inside is None:
        assert isinstance(data, str)
        yield route, data
        return
    for step, each in inside:
        yield from scalars(each, (*route, step))


def path_of(route: Route) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in route)


def another(route: Route, value: str) -> str:
    """Another value that the format takes at a route."""
    annotation = annotation_at(route)
    closed = [each for each in closed_values(annotation) if each != value]
    if closed:
        return closed[0]
    if annotation is OneOrMore:  # a comma would make it a list
        return "andere"
    return "2031-02" if is_date(annotation) else "7" if value.lstrip("-").isdigit() else "andere: tekst, 'x'"


def changed(data: Data, route: Route, value: str | None) -> Data:
    """The data with one other value, or without it; a list goes with its last item."""
    data = deepcopy(data)
    holder: Any = data
    for step in route[:-1]:
        holder = holder[step]
    if value is not None:
        holder[route[-1]] = value
    elif isinstance(holder, list) and len(holder) == 1:
        return changed(data, route[:-1], None)
    else:
        del holder[route[-1]]
    return data


@pytest.mark.parametrize("name", TEXTS)
def test_every_value_can_be_changed_and_nothing_else_does(name: str) -> None:
    document = read(TEXTS[name])
    assert document.data is not None
    for route, value in scalars(document.data):
        new = another(route, value)
        done = set_value(document, path_of(route), new)
        assert done.data == changed(document.data, route, new), path_of(route)


@pytest.mark.parametrize("name", TEXTS)
def test_every_value_can_be_removed_and_nothing_else_is(name: str) -> None:
    document = read(TEXTS[name])
    assert document.data is not None
    for route, _ in scalars(document.data):
        path = path_of(route)
        done = set_value(document, path, "")
        assert done.data == changed(document.data, route, None), path
        codes = {d.code for d in judged(done.text).diagnostics}
        assert codes.isdisjoint({"FII001", "FII012"}), f"{path}: {codes}"


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("2a.cultuur: {value: groen, note: goed}", "2a.cultuur.note", "", "2a.cultuur: {value: groen}"),
        ("2a.cultuur: {note: goed, value: groen}", "2a.cultuur.note", "", "2a.cultuur: {value: groen}"),
        ("2a.cultuur: groen", "2a.cultuur.note", "goed", "2a.cultuur: {value: groen, note: goed}"),
        ("2a.cultuur: groen", "2a.cultuur.value", "rood", "2a.cultuur: rood"),
        ("2a.cultuur: {value: groen}", "2a.cultuur", "rood", "2a.cultuur: {value: rood}"),
        ("2a.cultuur: {value: groen}", "2A.Cultuur", "rood", "2a.cultuur: {value: rood}"),
        ("2a.cultuur: groen", "2b.visie.note", "x", None),
    ],
)
def test_a_light_in_each_of_its_forms(before: str, path: str, value: str, after: str | None) -> None:
    text = HEAD + "assessments:\n  - instrument: stoplicht\n    date: 2025-02\n    ratings:\n      "
    done = set_value(read(f"{text}{before}\n"), f"assessments.last.ratings.{path}", value)
    assert done.text == f"{text}{after}\n" if after else "2b.visie: {note: x}" in done.text


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("roles: [giving, funder, third]", "2", "roles: [giving, third]"),
        ("roles: [giving, funder]", "1", "roles: [funder]"),
        ("roles: [giving, funder]", "2", "roles: [giving]"),
        ("roles: [giving]", "1", "roles:"),
        ("roles:\n      - giving\n      - funder", "1", "roles:\n      - funder"),
        ("roles:\n      - giving\n      - funder", "2", "roles:\n      - giving"),
        ("roles:\n      - giving", "1", "roles:"),
    ],
)
def test_an_item_of_a_list_goes_and_the_others_stay(before: str, path: str, after: str) -> None:
    text = HEAD + "organisations:\n  - id: a\n    name: A\n    "
    done = set_value(read(f"{text}{before}\n    funding: extern\n"), f"organisations.a.roles.{path}", "")
    assert done.text == f"{text}{after}\n    funding: extern\n"


def test_a_comment_is_not_removed_with_its_value() -> None:
    text = (
        HEAD
        + "organisations:\n  - id: a\n    name: A\n    roles:\n      - giving  # tot mei\n      - funder\n"
    )
    with pytest.raises(Refused, match="comments that would be lost"):
        set_value(read(text), "organisations.a.roles.1", "")


def test_every_list_of_the_examples_was_tried() -> None:
    tried = [route for text in TEXTS.values() for route, _ in scalars(read(text).data or "")]
    assert len(tried) > 600
    assert any(isinstance(route[-1], int) and is_list(annotation_at(route[:-1])) for route in tried)
