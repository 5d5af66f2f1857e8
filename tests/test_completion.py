"""What can follow on a command line: each parameter takes it from the format, the handbook or the file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli import cli, completion
from fii_cli.commands.completion import SCRIPTS
from fii_cli.completion import bash
from fii_cli.completion.asked import Asked
from fii_cli.completion.commands import COMMANDS, GENERAL
from fii_cli.completion.values import free
from fii_cli.edits.kinds import KINDS
from fii_cli.handbook import load
from fii_cli.handbook.load import handbook
from fii_cli.rules import BY_CODE
from fii_cli.words import LIGHTS
from helpers import EN, HEAD, OWN_INSTRUMENT, python

TRAJECTORY = (
    HEAD
    + """\
organisations:
  - {id: fictie, name: Stichting Fictie, roles: [receiving]}
  - {id: zó-één, name: Zó één, roles: [giving]}
people:
  - {id: wethouder, role: wethouder jeugd, name: Geheime Naam}
  - {id: leider, role: projectleider}
checklist:
  - {id: 2c.eigen, subphase: 2c, question: Is het huis klaar?}
visits:
  - phase: verkennen
    entered: 2025-01
    decisions: [{date: 2025-01-10, decision: bijsturen, by: stuurgroep}]
implementeren:
  cycles: [{id: app, plan: {text: sneller}}]
assessments:
  - {instrument: stoplicht, date: 2025-01-10, by: het kernteam, ratings: {2c.overleg: rood}}
  - {instrument: stoplicht, date: 2025-01-20, ratings: {2c.overleg: {value: oranje, note: beter}}}
  - {instrument: cfir, date: 2025-01-20, ratings: {III.D.2: "-2", III.D.1: "2"}}
actions:
  - {id: champion, what: een ambassadeur zoeken, strategy: champions, owner: leider}
  - {id: oud, what: afgerond, status: klaar, result: {date: 2025-01-12, helped: ja}}
  - {id: half, what: klaar maar niet besproken, status: klaar}
"""
)


@pytest.fixture(autouse=True)
def _folder(here: Path) -> None:
    Path("t.yaml").write_text(TRAJECTORY, encoding="utf-8")


def offered(*words: str, lang: str = "en") -> dict[str, str]:
    """What can stand at the last word, with what is said of it."""
    environment = {"_FII_AT": str(len(words) + 1)}
    lines = completion.completed("zsh", ["--lang", lang, *words], environment).splitlines()
    return {line.split("\t")[0]: line.split("\t")[1] for line in lines}


# --- every parameter ----------------------------------------------------------------------------------------


def test_whoever_left_is_not_offered() -> None:
    text = TRAJECTORY.replace("role: projectleider}", "role: projectleider, until: 2025-02}")
    for year in ("2025", "2999"):
        until = text.replace("jeugd,", f"jeugd, until: {year},")
        Path("t.yaml").write_text(until, encoding="utf-8")
        there = [] if year == "2025" else ["wethouder"]
        assert [*offered("plan", "t.yaml", "--owner", "")] == there
        found = offered("add", "t.yaml", "action", "owner=")
        assert [each.removeprefix("owner=") for each in found] == there


def parameters(command: str) -> Iterator[Any]:
    return (each for each in cli.command_named(command).params if "--help" not in each.opts)


def test_every_command_and_every_option_has_its_completion_decided() -> None:
    assert COMMANDS.keys() == {each.name for each in cli.COMMANDS}
    for command, table in COMMANDS.items():
        options = [each for each in parameters(command) if each.param_type_name == "option"]
        names = {name: each for each in options for name in (*each.opts, *each.secondary_opts)}
        assert table.options.keys() == names.keys(), command
        for name, option in names.items():
            assert (table.options[name] is None) == option.is_flag, f"{command} {name}"
        repeated = {name for name, option in names.items() if option.multiple}
        assert set(table.many) == repeated, command


def test_every_argument_has_its_completion_decided() -> None:
    for command, table in COMMANDS.items():
        arguments = [each for each in parameters(command) if each.param_type_name == "argument"]
        assert table.file == (bool(arguments) and arguments[0].name == "file"), command
        assert len(table.arguments) + table.file == len(arguments), command
        assert table.repeated == (bool(arguments) and arguments[-1].nargs == -1), command


UNKNOWN_VALUES = ("TEXT", "DATE", "NAME", "NUMBER", "WORDS", "WHO", "REASON", "COMMIT", "ADDRESS")


def test_closed_words_are_those_of_the_help() -> None:
    asked = Asked("", "", None, (), {}, EN, True)
    listed = 0
    for command, table in COMMANDS.items():
        own = iter(table.arguments)
        for each in parameters(command):
            option = each.param_type_name == "option"
            takes = table.options[each.opts[0]] if option else None if each.name == "file" else next(own)
            if "|" in (each.metavar or "") and each.metavar != "DATE|COMMIT":
                assert takes is not None, f"{command} {each.opts}"
                assert [one.value for one in takes(asked)] == each.metavar.split("|"), (
                    f"{command} {each.opts}"
                )
                listed += 1
            elif (
                each.metavar
                in (
                    "TEXT",
                    "DATE",
                    "DATE|COMMIT",
                    "NAME",
                    "NUMBER",
                    "WORDS",
                    "WHO",
                    "REASON",
                    "COMMIT",
                    "ADDRESS",
                )
                and option
            ):
                assert takes is free or each.name in ("by", "example"), f"{command} {each.opts}"
            elif takes is free:
                pytest.fail(f"{command} {each.opts} takes {each.metavar}, and completes nothing")
    assert listed > 15
    for name, takes in GENERAL.items():
        told = next(names for names, _ in cli.GENERAL if name in names.replace(",", "").split())
        assert takes is None or [each.value for each in takes(asked)] == told.split()[1].split("|")


# --- commands and options -----------------------------------------------------------------------------------


def test_commands_come_first_with_what_they_do() -> None:
    assert offered("")["check"] == "check trajectories"
    assert offered("ch") == {"check": "check trajectories"}
    assert offered("ch", lang="nl") == {"check": "trajecten controleren"}
    assert offered("nonsense", "") == {}


def test_options_come_with_their_help_and_once() -> None:
    assert offered("assess", "t.yaml", "--pe") == {"--perspective": "the side that rates"}
    assert "--perspective" not in offered("assess", "t.yaml", "--perspective", "both", "--")
    assert "--set" in offered("assess", "t.yaml", "--set", "2a.cultuur=groen", "--")
    assert {"--color", "--help", "--version"} <= offered("-").keys()
    assert "--version" not in offered("check", "-")


def test_options_follow_when_nothing_else_can() -> None:
    assert "--dry-run" in offered("undo", "t.yaml", "")


def test_after_two_dashes_nothing_is_an_option() -> None:
    assert offered("undo", "--", "--d") == {}
    assert "t.yaml" in offered("undo", "--", "t")


def test_the_value_of_an_option_may_be_in_the_same_word() -> None:
    assert offered("check", "--format=gi") == {"--format=github": "", "--format=gitlab": ""}
    assert [*offered("check", "--lang", "n")] == ["nl"]


def test_values_are_explained_in_the_language_of_the_user() -> None:
    assert offered("check", "--fail-on", "a") == {"advice": ""}
    assert offered("assess", "t.yaml", "--perspective", "gi")["giving"] == "giving organisation"
    assert offered("assess", "t.yaml", "--perspective", "gi", lang="nl")["giving"] == "gevende organisatie"


def test_the_language_is_that_of_the_other_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["assess", "t.yaml", "--perspective", "giv"]
    assert "gevende" in completion.completed("zsh", words, {})
    Path("fii.toml").write_text('language = "en"\n', encoding="utf-8")
    assert "giving organisation" in completion.completed("zsh", words, {})
    monkeypatch.setenv("FII_LANG", "nl")
    assert "gevende" in completion.completed("zsh", words, {})


# --- files --------------------------------------------------------------------------------------------------


def test_a_file_is_a_trajectory_or_the_way_to_one() -> None:
    Path("map").mkdir()
    for name in ("map/a.yml", "antwoorden.csv", ".verborgen.yaml", "nota.txt", "sjabloon.docx"):
        Path(name).touch()
    assert [*offered("check", "")] == ["map/", "t.yaml"]
    assert [*offered("check", "map/")] == ["map/a.yml"]
    assert [*offered("check", ".")] == [".verborgen.yaml"]
    assert [*offered("import", "t.yaml", "")] == ["antwoorden.csv", "map/"]
    assert [*offered("report", "--template", "")] == ["map/", "sjabloon.docx"]
    assert [*offered("init", "")] == ["map/"]
    assert "nota.txt" in offered("report", "--output", "")
    assert [*offered("score", "t.yaml", "--against=ma")] == ["--against=map/"]


def test_a_home_folder_stays_as_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERPROFILE" if os.name == "nt" else "HOME", str(Path.cwd()))
    assert [*offered("check", "~/t")] == ["~/t.yaml"]
    assert "champion" in offered("done", "~/t.yaml", "")


# --- from the file ------------------------------------------------------------------------------------------


def test_ids_come_from_the_file_that_is_named() -> None:
    Path("ander.yaml").write_text(HEAD + "people: [{id: ander, role: lid}]\n", encoding="utf-8")
    assert offered("plan", "ander.yaml", "champions", "--owner", "") == {"ander": "lid"}
    assert offered("plan", "t.yaml", "champions", "--owner", "") == {
        "wethouder": "wethouder jeugd",
        "leider": "projectleider",
    }
    assert offered("assess", "t.yaml", "--about", "z") == {"zó-één": "Zó één"}
    assert [*offered("assess", "t.yaml", "--by", "")] == ["het kernteam", "stuurgroep"]


def test_standard_input_is_not_read() -> None:
    Path("-").write_text(TRAJECTORY, encoding="utf-8")
    assert offered("plan", "-", "--owner", "") == {}


def test_the_name_of_a_person_is_never_shown() -> None:
    assert "Geheime" not in completion.completed("fish", ["plan", "t.yaml", "--owner", ""], {"_FII_AT": "3"})


def test_the_file_may_be_left_out_or_stand_behind_the_cursor() -> None:
    assert [*offered("done", "")] == ["t.yaml", "champion", "half"]
    assert [*offered("done", "--helped", "")] == ["ja", "deels", "nee", "onbekend"]
    Path("ander.yaml").write_text(HEAD, encoding="utf-8")
    for command in ("done", "plan", "add", "set"):  # which one is left out is not known
        assert [*offered(command, "")] == ["ander.yaml", "t.yaml"], command
    told = completion.completed("zsh", ["plan", "--owner", "", "t.yaml"], {"_FII_AT": "2", "FII_LANG": "en"})
    assert [line.split("\t")[0] for line in told.splitlines()] == ["wethouder", "leider"]


def test_a_file_is_found_as_the_commands_find_it() -> None:
    Path("map").mkdir()
    Path("t.yaml").rename("map/dit-traject.yaml")
    for named in ("map/dit-traject.yaml", "map", "map/", "dit-traject", "map/dit-traject"):
        assert [*offered("done", named, "")] == ["champion", "half"], named
    Path("fii.toml").write_text('[check]\nexclude = ["map/"]\n', encoding="utf-8")
    assert [*offered("done", "")] == ["map/"]


def test_open_actions_can_be_closed() -> None:
    assert offered("done", "t.yaml", "") == {
        "champion": "een ambassadeur zoeken",
        "half": "klaar maar niet besproken",
    }


def test_strategies_that_run_are_not_planned_again() -> None:
    planned = offered("plan", "t.yaml", "")
    assert "champions" not in planned
    assert planned["facilitation"] == EN.pick(handbook().catalogue.strategies["facilitation"].name)
    assert "facilitation" not in offered("plan", "t.yaml", "facilitation", "")
    assert {"facilitation", "t.yaml"} <= offered("plan", "").keys()
    assert "audit-and-feedback" in offered("plan", "facilitation", "")


def test_lights_and_items_are_rated() -> None:
    items = offered("assess", "t.yaml", "--set", "2c.")
    assert items["2c.eigen="] == "Is het huis klaar?"
    assert "2c.overleg=" in items
    assert "2a.cultuur=" not in items
    assert [*offered("assess", "t.yaml", "--set", "2a.cultuur=")] == [
        f"2a.cultuur={light}" for light in LIGHTS
    ]
    scale = [f"III.D.2={value}" for value in handbook().scale("cfir", "III.D.2")]
    assert [*offered("assess", "t.yaml", "--instrument", "cfir", "--set", "III.D.2=")] == scale
    assert [*offered("assess", "t.yaml", "--instrument", "CFIR", "--domain", "II")] == ["II", "III"]
    assert "2a.cultuur" in offered("assess", "t.yaml", "--item", "2a")
    assert [*offered("assess", "t.yaml", "--subphase", "2")] == ["2a", "2b", "2c"]


def test_a_note_belongs_to_an_item_that_is_rated() -> None:
    given = ("assess", "t.yaml", "--set", "2a.cultuur=groen")
    assert [*offered(*given, "--note", "")] == ["2a.cultuur="]
    assert offered(*given, "--note", "2a.cultuur=") == {}
    for option in ("--action", "--owner", "--before"):
        assert [*offered(*given, option, "")] == ["2a.cultuur="]
    Path("bewijs.pdf").touch()
    assert [*offered(*given, "--evidence", "2a.cultuur=be")] == ["2a.cultuur=bewijs.pdf"]
    Path("map").mkdir()
    Path("t.yaml").rename("map/t.yaml")
    Path("map/verslag.pdf").touch()  # evidence is beside the trajectory, wherever the command is typed
    given = ("assess", "map/t.yaml", "--set", "2a.cultuur=groen")
    assert [*offered(*given, "--evidence", "2a.cultuur=")] == ["2a.cultuur=t.yaml", "2a.cultuur=verslag.pdf"]


def test_a_roll_out_gets_paths_beside_the_trajectory() -> None:
    Path("map/regio").mkdir(parents=True)
    Path("t.yaml").rename("map/t.yaml")
    for name in ("noord.yaml", "zuid.fii.json", "brief.pdf"):
        Path("map/regio", name).touch()
    given = ("add", "map/t.yaml", "rollout")
    assert [*offered(*given, "trajectory=r")] == ["trajectory=regio/"]
    assert [*offered(*given, "trajectory=regio/")] == ["trajectory=regio/noord.yaml"]
    assert [*offered(*given, "report=regio/")] == ["report=regio/zuid.fii.json"]
    assert [*offered("portfolio", "map/regio/")] == ["map/regio/noord.yaml", "map/regio/zuid.fii.json"]


def test_barriers_of_the_file_come_first() -> None:
    assert [*offered("plan", "t.yaml", "facilitation", "--answers", "")][:3] == [
        "stoplicht/2c.overleg",
        "cfir/III.D.2",
        "stoplicht/",
    ]
    assert "midi/4" in offered("strategies", "--for", "midi/")
    assert "stoplicht/2c.eigen" in offered("strategies", "t.yaml", "--for", "stoplicht/2c")


def test_explain_knows_codes_and_terms() -> None:
    asked = offered("explain", "")
    assert asked["FII211"] == EN.pick(handbook().rule("FII211").name)
    assert asked.keys() >= {"2a.cultuur", "champions", "cfir", "cfir/", "verkennen", "2a", "figuur-3"}
    assert "cfir/III.D" in offered("explain", "cfir/III.")
    assert [*offered("explain", "fii21")] == [code for code in BY_CODE if code.startswith("FII21")]
    assert "FII211" not in offered("guide", "")
    assert "FII211" in offered("check", "--select", "FII2")


def test_add_asks_for_a_kind_then_its_keys_and_their_values() -> None:
    assert [*offered("add", "t.yaml", "")] == [kind.name for kind in KINDS]
    assert offered("add", "t.yaml", "lo") == {"log": "something worth remembering"}
    assert offered("add", "t.yaml", "contact", "per") == {"person=": "The id of the key person."}
    assert "person=" not in offered("add", "t.yaml", "contact", "person=wethouder", "")
    assert [*offered("add", "t.yaml", "contact", "person=w")] == ["person=wethouder"]
    assert [*offered("add", "t.yaml", "contact", "present=")][:2] == ["present=ja", "present=deels"]
    assert [*offered("add", "t.yaml", "step", "cycle=")] == ["cycle=app"]
    assert [*offered("add", "t.yaml", "step", "step=")] == [
        f"step={each}" for each in ("plan", "do", "check", "act")
    ]
    assert "organisation" not in offered("add", "t.yaml", "person", "role=")
    assert [*offered("add", "t.yaml", "organisation", "roles=giving,rec")] == ["roles=giving,receiving"]
    assert "answers=cfir/III.D.2" in offered("add", "t.yaml", "action", "answers=")
    assert "answers=cfir/III.D.2,midi/4" in offered("add", "t.yaml", "action", "answers=cfir/III.D.2,midi/")
    assert "rule=FII211" in offered("add", "t.yaml", "accepted", "rule=FII2")
    assert {"about=leider", "about=2c.eigen"} <= offered("add", "t.yaml", "accepted", "about=").keys()


def test_add_knows_when_the_file_is_left_out() -> None:
    assert {"t.yaml", "contact"} <= offered("add", "").keys()
    assert [*offered("add", "contact", "person=w")] == ["person=wethouder"]
    assert [*offered("add", "besluit", "decision=d", lang="nl")] == ["decision=door"]


def test_set_follows_the_path() -> None:
    assert {
        "title": "The title of the trajectory.",
        "people.": "The people involved, by role.",
    }.items() <= offered("set", "t.yaml", "").items()
    assert offered("set", "t.yaml", "people.") == {
        "people.wethouder.": "wethouder jeugd",
        "people.leider.": "projectleider",
        "people.last.": "leider",
    }
    assert offered("set", "t.yaml", "assessments.") == {
        "assessments.1.": "stoplicht 2025-01-10",
        "assessments.2.": "stoplicht 2025-01-20",
        "assessments.cfir.": "2025-01-20",
        "assessments.last.": "cfir",
    }
    assert "people.leider.level" in offered("set", "t.yaml", "people.leider.")
    assert [*offered("set", "t.yaml", "people.leider.level", "w")] == ["wethouders"]
    assert [*offered("set", "t.yaml", "actions.champion.owner", "")] == ["wethouder", "leider"]
    assert [*offered("set", "t.yaml", "actions.champion.status", "k")] == ["klaar"]
    assert "2c.overleg" in "".join(offered("set", "t.yaml", "assessments.1.ratings.2c"))
    assert [*offered("set", "t.yaml", "visits.verkennen.via", "r")] == ["return", "restart"]
    assert offered("set", "t.yaml", "no.such.path", "") == {}


def test_set_rates_an_item_whose_id_has_dots() -> None:
    last = "assessments.last.ratings."
    assert last + "III.D.2" in offered("set", "t.yaml", last + "III.D")
    assert [*offered("set", "t.yaml", last + "III.D.2.")] == [
        f"{last}III.D.2.{key}" for key in ("value", "note", "evidence")
    ]
    scale = [*handbook().scale("cfir", "III.D.2")]
    assert [*offered("set", "t.yaml", "--", last + "III.D.2", "")] == scale
    assert [*offered("set", "t.yaml", last + "III.D.2.value", "")] == scale


def test_set_knows_when_the_file_is_left_out() -> None:
    assert {"t.yaml", "title"} <= offered("set", "").keys()
    assert [*offered("set", "people.leider.level", "w")] == ["wethouders"]


def test_every_path_that_is_offered_can_be_set(fii: Fii) -> None:
    """Follows each path to its end: what completion says exists, ``fii set`` knows."""
    ahead, values = [""], list[str]()
    while ahead:
        for each in offered("set", "t.yaml", ahead.pop()):
            (ahead if each.endswith(".") else values).append(each)
    assert len(values) > 80
    for path in values[::7]:
        done = fii("set", "t.yaml", path, "", "--dry-run")
        assert "does not exist" not in done.err + done.out, path


def test_the_instruments_of_the_repository_are_known() -> None:
    assert "huisregels" not in offered("assess", "t.yaml", "--instrument", "")
    Path(".fii/instruments").mkdir(parents=True)
    Path(".fii/instruments/huisregels.yaml").write_text(OWN_INSTRUMENT, encoding="utf-8")
    assert offered("assess", "t.yaml", "--instrument", "h") == {"huisregels": "House rules"}
    assert [*offered("assess", "t.yaml", "--instrument", "huisregels", "--set", "d")] == ["deur="]
    assert offered("assess", "t.yaml", "--instrument", "huisregels", "--set", "deur=") == {
        "deur=0": "no",
        "deur=1": "yes",
    }
    assert offered("explain", "huisregels/") == {"huisregels/deur": "The door"}
    assert [*offered("import", "t.yaml", "a.csv", "--instrument", "h")] == ["huisregels"]


def test_the_examples_are_named() -> None:
    assert "thuis-leren-verzonnen" in offered("new", "--example", "t")


def test_names_are_those_of_the_handbook() -> None:
    book = handbook()
    assert set(load.rule_codes()) == set(BY_CODE)
    assert book.names.strategies().keys() == book.strategy_phases.keys()
    for instrument in book.names.instruments():
        rateable = {**book.names.items(instrument), **book.names.domains(instrument)}
        assert rateable.keys() == book.item_ids(instrument)
        assert book.names.unrated(instrument).keys() == book.unrated_ids(instrument)
        for item in rateable:
            assert tuple(book.names.ratings(instrument, item)) == book.scale(instrument, item)


# --- whatever happens ---------------------------------------------------------------------------------------


def hostile(kind: str) -> None:
    path = Path("t.yaml")
    path.unlink()
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a link to itself":
        path.symlink_to("t.yaml")
    elif kind != "missing":
        path.write_bytes(HOSTILE[kind])


HOSTILE = {
    "broken": b"fii: 1\npeople: [{id: a\n",
    "binary": bytes(range(256)) * 40,
    "huge": b"fii: 1\n" + b"#" * 3_000_000,
    "deep": b"people: " + b"[" * 5_000,
    "another shape": b"people: wie\nactions: {a: b}\nassessments: [1, {ratings: {x: [1]}}]\n",
    "hidden signs": b'people: [{id: "a\\u001b[2Jb"}, {id: "c\\nd"}, {id: goed, role: "x\\ty\\u001b"}]\n',
}
LINES = (
    ("done", "t.yaml", ""),
    ("plan", "t.yaml", "--owner", ""),
    ("assess", "t.yaml", "--set", ""),
    ("set", "t.yaml", ""),
    ("set", "t.yaml", "people."),
    ("set", "t.yaml", "assessments."),
    ("add", "t.yaml", "contact", "person="),
    ("strategies", "t.yaml", "--for", ""),
    ("done", ""),
)


@pytest.mark.parametrize("kind", [*HOSTILE, "missing", "a folder", "a pipe", "a link to itself"])
def test_no_file_makes_it_fail(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    if kind == "a pipe" and not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    hostile(kind)
    for line in LINES:
        told = offered(*line)  # raises what it would have hidden
        assert all(word.isprintable() for word in told), line
        assert not any("\x1b" in help_ for help_ in told.values()), line
    assert capfd.readouterr() == ("", "")


def test_other_ids_in_the_file_survive_a_strange_one() -> None:
    Path("t.yaml").write_bytes(HOSTILE["hidden signs"])
    assert [*offered("plan", "t.yaml", "--owner", "")] == ["goed"]


@pytest.mark.parametrize(
    "asked",
    [
        {"_FII_COMPLETE": "tcsh"},
        {"_FII_COMPLETE": "zsh", "_FII_AT": "many"},
        {"_FII_COMPLETE": "bash", "_FII_POINT": "x"},
        {"_FII_COMPLETE": "complete_bash", "COMP_WORDS": "fii", "COMP_CWORD": "1"},
    ],
)
def test_a_strange_question_gets_no_answer_and_no_error(asked: dict[str, str]) -> None:
    done = python("done", "t.yaml", **asked)  # type: ignore[arg-type]
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_it_writes_nothing_and_runs_nothing_of_the_repository() -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    hook = Path("hook")
    hook.write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
    hook.chmod(0o755)
    with Path(".git/config").open("a", encoding="utf-8") as config:
        config.write(f"[core]\nfsmonitor = {hook.absolute()}\nhooksPath = {Path.cwd()}\n")
    before = sorted(map(str, Path().rglob("*")))
    for line in LINES:
        offered(*line)
    assert sorted(map(str, Path().rglob("*"))) == before


def test_it_stops_when_nobody_waits_any_more() -> None:
    code = (
        "import sys, time; from fii_cli import completion; completion.SECONDS = 0.2; "
        "completion.completed = lambda *_: time.sleep(30); completion.complete('zsh')"
    )
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert time.monotonic() - started < 10


# --- what it loads ------------------------------------------------------------------------------------------

HEAVY = "typer pydantic jinja2 rich fii_cli.trajectory fii_cli.rules"


@pytest.mark.parametrize(
    "words",
    [
        ("done", "t.yaml", ""),
        ("assess", "t.yaml", "--set", "2a.cultuur="),
        ("plan", "t.yaml", "--owner", ""),
        ("check", ""),
        ("explain", "cfir/"),
        ("report", "--audience", ""),
    ],
)
def test_what_people_complete_most_loads_no_models(words: tuple[str, ...]) -> None:
    done = loaded_by(words, HEAVY, _FII_COMPLETE="fish", _FII_AT=str(len(words) - 1))
    assert done.stdout
    assert done.stderr == b""


def test_a_command_loads_no_completion() -> None:
    assert (
        b"fii_cli" not in loaded_by(("check", "t.yaml"), "fii_cli.completion fii_cli.completion.line").stderr
    )


def loaded_by(words: tuple[str, ...], modules: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A run of fii that writes to stderr which of the modules it loaded."""
    code = (
        f"import sys; sys.argv[1:] = {words!r}; from fii_cli.__main__ import main; main(); "
        f"sys.stderr.write(' '.join(name for name in {modules.split()!r} if name in sys.modules))"
    )
    environment = {**os.environ, **environment, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True, timeout=60
    )


# --- the words of bash --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("fii ", ["fii", ""]),
        ("fii  a", ["fii", "a"]),
        ("fii a\\ b c", ["fii", "a b", "c"]),
        ("fii 'a \\ \"b' \"c 'd", ["fii", 'a \\ "b', "c 'd"]),
        ('fii "a\\"b\\x" ', ["fii", 'a"b\\x', ""]),
        ("fii '' b", ["fii", "", "b"]),
        ("fii a\\", ["fii", "a"]),
        ("fii > 'a b' c", ["fii", "c"]),
        ("fii 2>/dev/null c", ["fii", "c"]),
        ("fii &>> log c", ["fii", "c"]),
    ],
)
def test_words_are_those_that_bash_passes_on(typed: str, words: list[str]) -> None:
    assert [word.text for word in bash.without_redirections(bash.words_of(typed))[0]] == words


def test_a_path_after_a_redirection_is_any_path() -> None:
    Path("log.txt").touch()
    for line, replaced in (("fii check > l", "l"), ("fii check >l", "l"), ("fii check 2>> ", "")):
        asked = {"_FII_LINE": line, "_FII_POINT": str(len(line)), "_FII_WORD": replaced}
        assert "log.txt " in completion.completed("bash", [], asked).splitlines(), line


@pytest.mark.parametrize(
    ("value", "typed", "replaced", "put"),
    [
        ("2a.cultuur=", "2a.cultuur=", "", ""),
        ("2a.cultuur=groen", "2a.cultuur=gr", "gr", "groen"),
        ("a:b c", "a:", "", "b\\ c"),
        ("FII211", "fii2", "fii2", "FII211"),
        ("~/een map/", "~/e", "~/e", "~/een\\ map/"),
        ("~/een map/x", "~/'een map'/", "~/'een map'/", "~/'een map'/x"),
        ("d'accord", "'d", "d", "d'\\''accord"),
        ('zeg "$x"', '"zeg', "zeg", 'zeg \\"\\$x\\"'),
        ("zó–één", "z", "z", "zó–één"),
        ("a*[b]!", "", "", "a\\*\\[b\\]\\!"),
    ],
)
def test_bash_gets_what_it_has_to_put_there(value: str, typed: str, replaced: str, put: str) -> None:
    assert bash.rest_of(value, bash.words_of(f"fii {typed}")[-1], replaced) == put


# --- the command --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_script_asks_fii(fii: Fii, shell: str) -> None:
    script = fii("completion", shell).out
    assert {"_FII_COMPLETE", shell} <= set(re.findall(r"\w+", script))


def test_the_shell_may_be_left_out(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    assert fii("completion").out == fii("completion", "fish").out
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    done = fii("completion")
    assert done.code == 2
    assert "bash, zsh, fish, powershell" in done.err


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal to type in")
def test_on_a_screen_it_says_how_to_switch_it_on() -> None:
    from wizard import Wizard

    shown = Wizard("--lang", "en", "completion", "zsh")
    shown.until("compdef _fii fii")
    shown.until('to switch it on: eval "$(fii completion zsh)"')
    assert shown.ended() == 0


def test_another_shell_is_refused_with_the_four_names(fii: Fii) -> None:
    done = fii("completion", "tcsh")
    assert (done.code, done.out) == (2, "")
    assert "tcsh" in done.err
    assert "bash, zsh, fish, powershell" in done.err


def test_powershell_is_said_to_be_untried(fii: Fii) -> None:
    assert "never tried" in fii("completion", "--help").out
    assert "never tried" in fii("completion", "powershell").out


def test_powershell_asks_with_lines() -> None:
    words = "plan\nt.yaml\n--owner\n"
    told = completion.completed("powershell", [], {"_FII_WORDS": words})
    assert told.splitlines()[0].split("\t") == ["wethouder", "wethouder jeugd"]


def test_by_offers_what_compare_accepts(fii: Fii) -> None:
    Path("u.yaml").write_text(
        HEAD + "organisations: [{id: noord, name: Noord, roles: [receiving]}]\n"
        "borgen: {indicators: [{id: bereik, what: gezinnen}]}\n"
        "assessments:\n"
        "  - {instrument: cfir, date: 2025, about: noord, ratings: {I.C: 1}}\n"
        "  - {instrument: stoplicht, date: 2025, about: noord, ratings: {5a.mandaat: groen}}\n"
        "  - {instrument: outcomes, date: 2025, about: noord, ratings: {adoptie: ja}}\n",
        encoding="utf-8",
    )
    assert [*offered("compare", "u.yaml", "--by", "")] == ["adoptie", "cfir/I.C", "bereik"]
