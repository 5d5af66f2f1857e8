"""The JSON Schemas as files: of a trajectory, in the reader's language, and of settings."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from conftest import Fii
from fii_cli.commands.init import setup
from fii_cli.commands.schema import schema_text, settings_schema_text
from fii_cli.diagnostics import Severity
from fii_cli.handbook.load import handbook
from fii_cli.project.settings import read_settings
from fii_cli.resources import CONTENT
from fii_cli.rules import BY_CODE, RULES
from helpers import EN, NL

SCHEMA = json.loads(schema_text(handbook(), NL))


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_it_explains_keys_values_and_items_in_both_languages() -> None:
    english = json.loads(schema_text(handbook(), EN))
    assert SCHEMA["properties"]["entry"]["description"].startswith("De situatie bij de start")
    assert english["properties"]["entry"]["description"].startswith("The situation at the start")
    items = english["definitions"]["stoplicht.ratings"]["then"]["properties"]
    assert items["2a.kandidaten"]["description"].split("\n")[0].endswith("on the shortlist?")
    lights = english["definitions"]["stoplicht.rating1"]["defaultSnippets"]
    assert [light["description"] for light in lights][:3] == ["green", "orange", "red"]


def test_it_is_printed_or_written(fii: Fii, tmp_path: Path) -> None:
    path = tmp_path / "map" / "schema.json"
    assert fii("schema", "--output", path, "--dry-run").code == 0
    assert not path.exists()
    assert fii("schema", "--output", path, lang="nl").code == 0
    assert path.read_text(encoding="utf-8") == fii("schema", lang="nl").out == schema_text(handbook(), NL)
    assert fii("schema", "--output", path, lang="nl").code == 0


def test_the_schema_of_the_examples_is_current() -> None:
    committed = CONTENT.parent / ".fii" / "trajectory.schema.json"
    current = committed.read_text(encoding="utf-8") == schema_text(handbook(), NL)
    assert current, ".fii/trajectory.schema.json is out of date: see the recipe for a key in CONTRIBUTING"


# --- of settings --------------------------------------------------------------------------------------------

ROOT = CONTENT.parent
SETTINGS = json.loads(settings_schema_text(EN))
RIGHT_SETTINGS = {
    "the example of FII040": (CONTENT / "rules/FII040/right.toml").read_text(encoding="utf-8"),
    "nothing": "",
    "all that can be": (
        "language = 'en'\n[check]\nfail-on = 'info'\nselect = ['FII', 'FII80']\nignore = ['FII801']\n"
        "exclude = ['/a/**/b*', '!c']\n[counts]\nhinders = 1\nhelps = 100\nsmallest = 500\n"
        "[rules.FII801]\ndays = 9999\nseverity = 'info'\n"
        "[style]\naccent = '#7A1F5C'\nfont = ['Brandöl Sans']\nlogo = 'a.svg'\n"
        "organisation = 'A'\nfooter = 'B'\n"
    ),
    **{
        f"what fii init writes in {say.code}": made.text
        for say in (EN, NL)
        for made in setup("none", say)
        if made.path == "fii.toml"
    },
    **{
        f"{page.name}, example {number}": text
        for page in sorted((ROOT / "docs").glob("*.md"))
        if not page.name.startswith(("rules.", "editor."))  # FII040 shows what is wrong; Helix has its own
        for number, text in enumerate(re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.S), 1)
    },
}
WRONG_SETTINGS = (
    (CONTENT / "rules/FII040/wrong.toml").read_text(encoding="utf-8"),
    "langage = 'nl'",
    "language = 'fr'",
    "check = 1",
    "[check]\nfail_on = 'info'",
    "[check]\nfail-on = 3",
    "[check]\nignore = 'FII801'",
    "[check]\nignore = [801]",
    "[check]\nselect = ['FIX']",
    "[check]\nignore = ['FII01']",
    f"[check]\nexclude = ['{'a' * 201}']",
    "[counts]\nhelps = 101",
    "[counts]\nsmallest = 0",
    "[counts]\nhinders = 2.5",
    "rules.FII421 = 6",
    "[rules.FII421]\nweeks = 0",
    "[rules.FII421]\nweeks = 10000",
    "[rules.FII421]\nweeks = true",
    "[rules.FII513]\nweeks = 4",
    "[rules.FII421]\nseverity = 'hoog'",
    "[rules.FII012]\nseverity = 'info'",
    "[rules.FII999]",
    "[style]\naccent = 'rood'",
    "[style]\nfont = 'Calibri'",
    "[style]\nfooter = ' '",
    "[style]\nlogo = 1",
    "[style]\nkleur = '#000000'",
)


def fits(text: str) -> bool:
    return not list(jsonschema.Draft7Validator(SETTINGS).iter_errors(tomllib.loads(text)))


def test_that_of_settings_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SETTINGS)
    assert "$ref" not in json.dumps(SETTINGS)


@pytest.mark.parametrize("name", RIGHT_SETTINGS)
def test_that_of_settings_accepts_what_fii_accepts(name: str) -> None:
    assert read_settings(RIGHT_SETTINGS[name], "fii.toml", BY_CODE)[1] == ()
    assert fits(RIGHT_SETTINGS[name])


@pytest.mark.parametrize("text", WRONG_SETTINGS)
def test_that_of_settings_refuses_what_fii_refuses(text: str) -> None:
    assert read_settings(text, "fii.toml", BY_CODE)[1] != ()
    assert not fits(text)


def test_that_of_settings_offers_every_rule_with_its_name_and_numbers() -> None:
    dutch = json.loads(settings_schema_text(NL))["properties"]
    offered = SETTINGS["properties"]["rules"]["properties"]
    assert set(offered) == {rule.code for rule in RULES if rule.severity is not Severity.ERROR}
    rule = offered["FII421"]
    assert rule["description"] == "radio silence of a key person"
    assert dutch["rules"]["properties"]["FII421"]["description"] == "radiostilte van een sleutelfiguur"
    weeks = rule["properties"]["weeks"]
    assert (weeks["type"], weeks["minimum"], weeks["maximum"], weeks["default"]) == ("integer", 1, 9999, 6)
    assert rule["properties"]["severity"]["enum"] == ["error", "advice", "info"]
    assert dutch["style"]["description"] == "De huisstijl van rapporten."
    assert dutch["check"]["properties"]["exclude"]["description"].startswith(
        "Wat fii bij het zoeken overslaat"
    )


def test_that_of_settings_is_printed_or_written(fii: Fii, here: Path) -> None:
    words = ("schema", "--of", "settings", "--output", ".fii/settings.schema.json")
    assert fii(*words, lang="nl").code == 0
    written = Path(".fii/settings.schema.json").read_text(encoding="utf-8")
    assert written == settings_schema_text(NL)
    assert fii(*words).code == 0  # one of fii is renewed, anything else stays
    assert fii("schema", "--of", "settings").out == Path(".fii/settings.schema.json").read_text("utf-8")
    Path("s.json").write_text('{"properties": {"check": {}, "rules": {}}}', encoding="utf-8")
    assert fii("schema", "--of", "settings", "--output", "s.json").code == 2
