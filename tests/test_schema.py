"""The JSON Schema: what fii accepts it accepts, what fii refuses it refuses, in the reader's language."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from conftest import Fii
from fii_cli.commands.schema import schema_text
from fii_cli.resources import CONTENT, examples
from helpers import EN, HEAD, NL

SCHEMA = json.loads(schema_text(NL))


def errors(text: str) -> list[str]:
    """What the schema says of a YAML text, read as an editor reads it: YAML 1.2, with dates as text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    data = json.loads(json.dumps(yaml.load(text), default=str))
    return [error.message for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(data)]


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", sorted(examples()))
def test_it_accepts_every_example(name: str) -> None:
    assert errors(examples()[name]) == []


RIGHT = {path.parent.name for path in (CONTENT / "rules").glob("*/right.yaml")}
RIGHT.remove("FII041")  # that is an instrument, not a trajectory


@pytest.mark.parametrize("code", sorted(RIGHT))
def test_it_accepts_what_is_right(code: str) -> None:
    assert errors((CONTENT / "rules" / code / "right.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code", ["FII010", "FII011", "FII012", "FII013", "FII014", "FII015", "FII016", "FII023"]
)
def test_it_refuses_what_does_not_fit_the_format(code: str) -> None:
    assert errors((CONTENT / "rules" / code / "wrong.yaml").read_text(encoding="utf-8")) != []


@pytest.mark.parametrize(
    "more",
    [
        "summary:\n",
        "visits:\n",
        "visits: [{phase: 2, via: entry}]\n",
        "visits: [{phase: '2', entered: 2024}]\n",
        "signaleren: {boundaries: {period: 2018, legal_basis: nee}}\n",
        "assessments: [{instrument: cfir, date: 2025, ratings: {III.D.2: -1, I.A: {value: X}}}]\n",
    ],
)
def test_it_takes_values_as_fii_takes_them(more: str) -> None:
    assert errors(HEAD + more) == []


def test_it_explains_keys_values_and_items_in_both_languages() -> None:
    english = json.loads(schema_text(EN))
    assert SCHEMA["properties"]["entry"]["description"].startswith("De situatie bij de start")
    assert english["properties"]["entry"]["description"].startswith("The situation at the start")
    ratings = next(
        p for p in english["$defs"]["Assessment"]["properties"]["ratings"]["anyOf"] if "properties" in p
    )
    assert ratings["properties"]["2a.kandidaten"]["description"].endswith("on the shortlist?")
    assert "green" in english["$defs"]["Light"]["anyOf"][0]["enumDescriptions"]


def test_it_is_printed_or_written(fii: Fii, tmp_path: Path) -> None:
    path = tmp_path / "map" / "schema.json"
    assert fii("schema", "--output", path, "--dry-run").code == 0
    assert not path.exists()
    assert fii("schema", "--output", path, lang="nl").code == 0
    assert path.read_text(encoding="utf-8") == fii("schema", lang="nl").out == schema_text(NL)
    assert fii("schema", "--output", path, lang="nl").code == 0


def test_the_schema_of_the_examples_is_current() -> None:
    committed = CONTENT.parent / ".fii" / "trajectory.schema.json"
    assert committed.read_text(encoding="utf-8") == schema_text(NL)
