"""What the schema for editors closes: it refuses what fii refuses, as far as a schema can, and no more."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from conftest import Fii
from fii_cli.commands.schema import schema_text
from fii_cli.handbook import Handbook
from fii_cli.handbook.load import handbook
from fii_cli.project.schema_kinds import DATE
from fii_cli.resources import CONTENT, examples
from fii_cli.rules import Circumstances
from fii_cli.rules.check import check
from fii_cli.trajectory.dates import parse_date
from fii_cli.yaml.read import read
from helpers import DAY, EN, HEAD, NL, codes
from outside import node_module, program
from test_retired import both, retire, with_content

SCHEMA = json.loads(schema_text(handbook(), EN))
VENDOR = ("defaultSnippets", "doNotSuggest", "errorMessage", "markdownDescription")
"""The keys of editors in the schema; every other one is of draft 7."""
KNOWN_TO_A_SCHEMA = {
    *("FII006", "FII007", "FII010", "FII011", "FII012", "FII013", "FII014", "FII015", "FII016", "FII023"),
    *("FII024", "FII025", "FII026", "FII027", "FII028", "FII034"),
}
"""What a schema can refuse without looking for one part of a file in another."""


def as_data(text: str) -> Any:
    """A YAML text as an editor reads it: YAML 1.2, with dates as text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    yaml.Constructor = _DatesAsText
    return json.loads(json.dumps(yaml.load(text)))


class _DatesAsText(SafeConstructor):
    pass


_DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def refused(text: str, schema: dict[str, Any] = SCHEMA) -> bool:
    return not jsonschema.Draft7Validator(schema).is_valid(as_data(text))


def strictly(tmp_path: Path, text: str, draft: str, documents: list[Any], *vendor: str) -> list[bool]:
    """Which documents are valid to a strict validator, which refuses a schema that it does not understand."""
    node_module("ajv/package.json")
    schema = tmp_path / "schema.json"
    schema.write_text(text, encoding="utf-8")
    script = Path(__file__).parent / "node/strict.cjs"
    done = subprocess.run(
        [program("node"), script, schema, draft, *vendor],
        input=json.dumps(documents).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    valid: list[bool] = json.loads(done.stdout)
    return valid


# --- the same verdict as fii ------------------------------------------------------------------------------

SHOWN = sorted((CONTENT / "rules").glob("*/*.yaml"))
SHOWN = [path for path in SHOWN if path.stem in ("right", "wrong") and path.parent.name > "FII005"]
SHOWN = [path for path in SHOWN if path.parent.name not in ("FII008", "FII041")]


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_it_refuses_the_example_of_a_rule_if_its_format_is_wrong_and_accepts_it_if_not(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert refused(text) == bool(KNOWN_TO_A_SCHEMA & {*codes(text)})


@pytest.mark.parametrize("name", sorted(examples()))
def test_it_accepts_every_example(name: str) -> None:
    assert not refused(examples()[name])


ASSESSED = HEAD + "assessments:\n  - {instrument: %s, date: 2025-01-20, %s}\n"
ACTION = HEAD + "actions: [{id: a, what: b, %s}]\n"
CLOSED = {
    "an instrument": (ASSESSED % ("stoplight", "by: x"), "FII025"),
    "a checklist item": (ASSESSED % ("stoplicht", "ratings: {2a.kultuur: groen}"), "FII024"),
    "an item of another instrument": (ASSESSED % ("cfir", "ratings: {2a.cultuur: 1}"), "FII024"),
    "an item with a number": (ASSESSED % ("midi", "ratings: {30: 4}"), "FII024"),
    "a counted item": (ASSESSED % ("midi", "counts: {30: {4: 1}}"), "FII024"),
    "a light": (ASSESSED % ("stoplicht", "ratings: {2a.cultuur: geel}"), "FII026"),
    "a light with a note": (ASSESSED % ("stoplicht", "ratings: {2a.cultuur: {value: geel}}"), "FII026"),
    "a value on the scale": (ASSESSED % ("midi", "ratings: {17: 6}"), "FII026"),
    "a value on another scale of the instrument": (ASSESSED % ("midi", "ratings: {18: 8}"), "FII026"),
    "a counted value": (ASSESSED % ("midi", "counts: {17: {6: 1}}"), "FII026"),
    "counted lights": (ASSESSED % ("stoplicht", "counts: {2a.cultuur: {groen: 1}}"), "FII033"),
    "a key of a rating": (ASSESSED % ("stoplicht", "ratings: {2a.cultuur: {waarde: groen}}"), "FII010"),
    "a strategy": (ACTION % "strategy: champion", "FII034"),
    "the instrument of an answer": (ACTION % "answers: [cfr/III.D.2]", "FII025"),
    "the item of an answer": (ACTION % "answers: [cfir/III.D.9]", "FII024"),
    "an answer without an item": (ACTION % "answers: [midi]", "FII024"),
    "a checklist item of an answer": (ACTION % "answers: [stoplicht/2a.kultuur]", "FII024"),
    "a person in several words": (ACTION % "owner: de projectleider", "FII022"),
    "a rule": (HEAD + "accepted: [{rule: FII999, reason: x}]\n", "FII027"),
    "an error": (HEAD + "accepted: [{rule: FII021, reason: x}]\n", "FII028"),
    "an own item in another subphase": (
        HEAD + "checklist: [{id: 2b.x, subphase: 2a, question: y}]\n",
        "FII024",
    ),
    "an own item of the handbook": (
        HEAD + "checklist: [{id: 2a.cultuur, subphase: 2a, question: y}]\n",
        "FII024",
    ),
    "a phase": (HEAD + "visits: [{phase: 7}]\n", "FII023"),
    "a version": (HEAD.replace("fii: 1", "fii: 2"), "FII007"),
    "a month": (ACTION % "due: 2025-13", "FII014"),
    "a day": (ACTION % "due: 2023-02-29", "FII014"),
}


@pytest.mark.parametrize("what", CLOSED)
def test_it_refuses_a_wrong_value_where_values_are_closed(what: str) -> None:
    text, code = CLOSED[what]
    assert code in codes(text)
    assert refused(text)


OPEN = {
    "numbers for phases": HEAD + "visits: [{phase: 2, via: entry, entered: 2024}]\n",
    "numbers in quotes": HEAD + "visits: [{phase: '2', via: entry, entered: '2024-02-29'}]\n",
    "a number where text is asked": HEAD + "signaleren: {boundaries: {period: 2018, legal_basis: true}}\n",
    "an empty optional key": HEAD + "summary:\nvisits:\npeople:\nassessments:\nsignaleren:\n",
    "short and long ratings": ASSESSED
    % ("cfir", "ratings: {III.D.2: -1, I.A: {value: X, note: z}, I.B: '2'}"),
    "an empty rating": ASSESSED % ("stoplicht", "ratings: {2a.cultuur: }"),
    "items with numbers, in quotes or not": ASSESSED % ("midi", "ratings: {17: 4, '18': '2'}"),
    "counted answers": ASSESSED % ("midi", "responses: 12, counts: {17: {4: 9, '5': 3}, 18: {1: 2_0}}"),
    "an item that is not rated, addressed": ACTION % "answers: [cfir/V.B.5]",
    "an own item": ASSESSED % ("stoplicht", "ratings: {2c.huis: groen}")
    + "checklist: [{id: 2c.huis, subphase: 2c, question: Is er een huis?}]\n"
    + "actions: [{id: a, what: b, answers: [stoplicht/2c.huis]}]\n",
}


@pytest.mark.parametrize("what", OPEN)
def test_it_accepts_every_notation_that_fii_accepts(what: str) -> None:
    assert not {code for code in codes(OPEN[what]) if code < "FII030"}
    assert not refused(OPEN[what])


def test_a_date_is_valid_exactly_if_it_exists() -> None:
    said = jsonschema.Draft7Validator({"pattern": DATE})
    start = date(1896, 1, 1)
    days = [(start + timedelta(days=n)).isoformat() for n in range(366 * 210)]
    assert all(map(said.is_valid, {*days, *(day[:7] for day in days), *(day[:4] for day in days)}))
    numbers = [f"{n:02}" for n in range(33)]
    years = ("0000", "1900", "2000", "2023", "2024")
    every = {f"{year}-{month}-{day}" for year in years for month in numbers[:14] for day in numbers}
    every |= {
        *(f"2024-{month}" for month in numbers),
        "2024-1",
        "24-01-01",
        "12-03-2025",
        "2025-03-12T10",
        "٢٠٢٥",
    }
    assert [each for each in sorted(every) if said.is_valid(each) != bool(parse_date(each))] == []


# --- every place in every example ---------------------------------------------------------------------------

WRONG: tuple[Any, ...] = (
    "x y",
    "x",
    12,
    -1,
    True,
    None,
    [],
    ["x"],
    {},
    {"x": 1},
    "2025-02-30",
    "3",
    "stoplicht/1a.x",
    "",
)


def _places(data: Any, route: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if route:
        yield route
    if isinstance(data, dict | list):
        for step in data if isinstance(data, dict) else range(len(data)):
            yield from _places(data[step], (*route, step))


def _with(data: Any, route: tuple[Any, ...], value: Any) -> Any:
    changed = deepcopy(data)
    inner = changed
    for step in route[:-1]:
        inner = inner[step]
    inner[route[-1]] = value
    return changed


def _unlike(data: Any) -> Iterator[Any]:
    """The data with other values at each kind of place, three of them in turn."""
    values = cycle(WRONG)
    seen: set[tuple[Any, ...]] = set()
    for route in _places(data):
        kind = tuple(step if isinstance(step, str) else 0 for step in route)
        if kind not in seen:
            seen.add(kind)
            yield from (_with(data, route, next(values)) for _ in range(3))


def _without_own_items(data: Any) -> Any:
    """An example without the team's own items: with them, only the file can tell which items there are."""
    own = {item["id"] for item in data.pop("checklist")}
    for made in data["assessments"]:
        made["ratings"] = {key: value for key, value in made.get("ratings", {}).items() if key not in own}
    for action in data["actions"]:
        action["answers"] = [
            each for each in action.get("answers", ()) if each.removeprefix("stoplicht/") not in own
        ]
    return data


def _is_refused(data: Any) -> bool:
    """Whether fii refuses data for what a schema can know."""
    text = json.dumps(data)
    judgement = check(read(text), Circumstances(handbook(), DAY, lambda path: True), "a.yaml")
    found = {each.code for each in judgement.diagnostics}
    several_words = "x y" in text and bool(found & {"FII021", "FII022"})  # no id has a space
    return bool(found & KNOWN_TO_A_SCHEMA) or several_words


def test_at_every_place_it_refuses_what_fii_refuses(tmp_path: Path) -> None:
    whole = _without_own_items(as_data(examples()["thuis-leren-verzonnen"]))
    changed = [whole, *_unlike(whole)]
    valid = strictly(tmp_path, json.dumps(SCHEMA), "draft-07", changed, *VENDOR)
    assert valid[0]
    pairs = zip(changed, valid, strict=True)
    assert [each for each, accepted in pairs if accepted == _is_refused(each)] == []


# --- own instruments, and what was retired ------------------------------------------------------------------

OWN = """\
id: wijkscan
name: Wijkscan
scale:
  values:
    - {id: wel, name: wel, help: Dat is te zien.}
    - {id: niet, name: niet, help: Dat is er niet., hinders: 2}
groups:
  - id: buurt
    name: De buurt
    items:
      - {id: plek, name: Een plek, meaning: Is er een plek om samen te komen?}
      - {id: "1.10", name: Een getal, meaning: Leest een editor anders dan fii.}
"""


def test_an_instrument_of_the_repository_is_known(fii: Fii, here: Path) -> None:
    own = here / ".fii/instruments/wijkscan.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, encoding="utf-8")
    assert fii("init", "--forge", "none", "--yes").code == 0
    path = Path(".fii/trajectory.schema.json")
    made = [fii("schema").out, path.read_text(encoding="utf-8")]
    path.unlink()
    assert fii("new", "trajecten/", "--title", "A", "--commission", "gevraagd", "--receiving", "B").code == 0
    for text in (*made, path.read_text(encoding="utf-8")):
        schema = json.loads(text)
        assert not refused(ASSESSED % ("wijkscan", "ratings: {plek: wel}"), schema)
        assert refused(ASSESSED % ("wijkscan", "ratings: {plek: groen}"), schema)
        assert refused(ACTION % "answers: [wijkscan/plaats]", schema)
        assert not refused(ASSESSED % ("wijkscan", "ratings: {'1.10': wel}"), schema)


def test_what_was_retired_stays_valid_and_is_not_offered() -> None:
    def schema_of(book: Handbook) -> tuple[dict[str, Any], str]:
        text = schema_text(book, EN)
        return json.loads(text), text

    for name, id_, text in (
        ("phases/2-verkennen", "2a.cultuur", ASSESSED % ("stoplicht", "ratings: {2a.cultuur: groen}")),
        ("phases/2-verkennen", "2a.cultuur", ACTION % "answers: [stoplicht/2a.cultuur]"),
        ("cfir", "III.D.2", ASSESSED % ("cfir", "ratings: {III.D.2: -1}")),
        ("strategies", "champions", ACTION % "strategy: champions"),
        ("instruments/liso", "liso", ASSESSED % ("liso", "ratings: {context: hoog}")),
        ("instruments/liso", "liso", ACTION % "answers: [liso/context]"),
    ):
        schema, whole = schema_of(with_content(name, both(retire(id_))))
        assert not refused(text, schema), id_
        assert "no longer used: asked too broadly" in whole
        assert f'{{"label": "{id_}"' not in whole
        assert f'{{"const": "{id_}"' not in whole
    ratings = schema_of(with_content("cfir", retire("III.D.2")))[0]["definitions"]["cfir.ratings"]
    assert ratings["then"]["properties"]["III.D.2"]["doNotSuggest"]


# --- other programs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["trajectory", "settings", "report"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_strict_validator_accepts_the_schema(fii: Fii, tmp_path: Path, kind: str, lang: str) -> None:
    text = fii("schema", "--of", kind, lang=lang).out
    schema = json.loads(text)
    draft = "2020-12" if kind == "report" else "draft-07"
    assert draft in schema["$schema"]
    assert schema["$id"].startswith("urn:fii:")
    jsonschema.validators.validator_for(schema).check_schema(schema)
    path = tmp_path / "schema.json"
    path.write_text(text, encoding="utf-8")
    check_jsonschema: list[str | Path] = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--check-metaschema",
        path,
    ]
    assert subprocess.run(check_jsonschema, capture_output=True, check=False).returncode == 0
    assert strictly(tmp_path, text, draft, [], *(VENDOR if kind == "trajectory" else ())) == []


def test_the_schema_stays_small_enough_to_read_while_typing() -> None:
    for say in (NL, EN):
        text = schema_text(handbook(), say)
        assert len(text.encode()) < 550_000
        assert max(map(len, text.splitlines())) < 1000
