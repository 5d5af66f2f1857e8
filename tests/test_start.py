"""How fii starts: what it must not load for a daily command."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import typer

from fii_cli.pydantic_start import words_as_given
from fii_cli.resources import examples


def python(code: str, *arguments: str) -> str:
    """What a fresh interpreter prints."""
    words = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_check_does_not_search_for_plugins_of_pydantic(tmp_path: Path) -> None:
    path = tmp_path / "traject.yaml"
    path.write_text(examples()["minimaal"], encoding="utf-8")
    code = (
        "import sys; from fii_cli.__main__ import main; assert main() == 0; "
        "print('loaded:', *(name for name in ('importlib.metadata', 'email.message') if name in sys.modules))"
    )
    assert python(code, "check", str(path)).splitlines()[-1] == "loaded:"


def test_a_name_that_fii_never_saw_comes_from_pydantic_itself() -> None:
    code = (
        "from fii_cli.pydantic_start import without_plugins; without_plugins(); "
        "from pydantic.plugin._loader import PYDANTIC_ENTRY_POINT_GROUP, get_plugins; "
        "print(PYDANTIC_ENTRY_POINT_GROUP, *get_plugins())"
    )
    assert python(code).split() == ["pydantic"]


def test_who_asks_for_plugins_gets_the_search_of_pydantic() -> None:
    code = (
        "import os; os.environ['PYDANTIC_DISABLE_PLUGINS'] = 'one'; "
        "from fii_cli.pydantic_start import without_plugins; without_plugins(); "
        "import pydantic.plugin._loader as loader; print(loader.__file__ is not None)"
    )
    assert python(code).split() == ["True"]


@pytest.mark.parametrize("word", ["--version", "-V"])
def test_the_version_is_told_before_anything_is_loaded(word: str) -> None:
    code = (
        "import sys; from fii_cli.__main__ import main; before = set(sys.modules); assert main() == 0; "
        "print('loaded:', *set(sys.modules) - before, *(n for n in before if n.startswith('fii_cli.')))"
    )
    assert python(code, word).splitlines()[-1] == "loaded: fii_cli.__main__"


@pytest.mark.parametrize(
    "words",
    [
        ["check", "traject.yaml", "--as-of", "2026-11-27", "--format", "concise", "--select", "FII2"],
        ["status", "traject.yaml"],
        ["assess", "traject.yaml", "--set", "5b.cyclus=groen", "--date", "2026-11-27"],
        ["add", "traject.yaml", "log", "text=overleg", "date=2026-11-27"],
        ["set", "traject.yaml", "entry.origin", "Dorp"],
        ["score", "traject.yaml"],
        ["barriers", "traject.yaml"],
        ["strategies", "traject.yaml"],
        ["due", "traject.yaml"],
        ["agenda", "traject.yaml"],
        ["compare", "traject.yaml"],
        ["report", "traject.yaml", "--output", "report.html"],
        ["guide", "2a"],
        ["explain", "FII211"],
    ],
    ids=lambda words: words[0],
)
def test_a_daily_command_loads_the_core_of_pydantic_only(words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "traject.yaml"
    path.write_text(examples()["thuis-leren-verzonnen"], encoding="utf-8")
    Path(tmp_path, "fii.toml").write_text("[check]\nleft-months = 5\n[rules.FII421]\nweeks = 9\n")
    code = (
        "import os, sys; os.chdir(sys.argv.pop(1)); from fii_cli.__main__ import main; assert main() == 0; "
        "print(*sorted(name for name in sys.modules if name.startswith(('pydantic', 'annotated_types'))))"
    )
    loaded = set(python(code, str(tmp_path), *words).splitlines()[-1].split())
    assert loaded <= {"pydantic.plugin._loader", "pydantic_core._pydantic_core"}


def test_what_is_due_is_told_without_a_page(tmp_path: Path) -> None:
    path = tmp_path / "traject.yaml"
    path.write_text(examples()["minimaal"], encoding="utf-8")
    code = "import sys; from fii_cli.__main__ import main; assert main() == 0; print('jinja2' in sys.modules)"
    assert python(code, "due", str(path)).splitlines()[-1] == "False"


def test_a_number_on_the_command_line_is_read_by_pydantic_without_typed_dictionaries(tmp_path: Path) -> None:
    path = tmp_path / "traject.yaml"
    path.write_text(examples()["minimaal"], encoding="utf-8")
    code = (
        "import sys; from fii_cli.__main__ import main; assert main() == 0; "
        "print(*(hasattr(sys.modules[name].StringSchema, '__total__') "
        "for name in ('pydantic_core.core_schema',) if name in sys.modules))"
    )
    told = python(code, "check", str(path), "--jobs", "1").splitlines()[-1]
    assert told == ("False" if find_spec("typer._adapters") else "")


def test_a_check_loads_nothing_for_secrets(tmp_path: Path) -> None:
    path = tmp_path / "traject.yaml"
    path.write_text(examples()["minimaal"], encoding="utf-8")
    code = "import sys; from fii_cli.__main__ import main; assert main() == 0; print('hmac' in sys.modules)"
    assert python(code, "check", str(path)).splitlines()[-1] == "False"


@pytest.mark.parametrize("words", [["a"], ["a", "b"], []])
def test_typer_would_make_the_same_of_words(words: list[str]) -> None:
    """The texts that a command gets as they are, beside what an adapter of pydantic makes of them."""
    seen: list[Any] = []

    def command(one: str = "x", many: list[str] | None = None, not_given: str | None = None) -> None:
        seen.append((one, many, not_given))

    line = [word for each in words for word in ("--many", each)] + [
        w for each in words for w in ("--one", each)
    ]
    for as_given in (False, True):
        app = typer.Typer(add_completion=False)
        app.command()(command)
        made: Any = typer.main.get_command(app)
        if as_given:
            words_as_given(made.params)
        made(line, standalone_mode=False)
    assert seen[0] == seen[1]


def test_a_module_that_is_loaded_later_is_the_real_one_when_it_is_used() -> None:
    code = (
        "from fii_cli.pydantic_start import seldom_used_later; seldom_used_later(); "
        "import secrets, platform, sys; print(len(secrets.token_hex(4)), 'hmac' in sys.modules, "
        "platform.system() != '', secrets.compare_digest('a', 'a'))"
    )
    assert python(code).split() == ["8", "True", "True", "True"]


def test_typed_dictionaries_are_typed_again_once_the_core_of_pydantic_is_there() -> None:
    code = (
        "from fii_cli.pydantic_start import without_typed_dicts; without_typed_dicts(); "
        "import typing, typing_extensions; "
        "print(*(each('A', {'a': int}).__total__ "
        "for each in (typing.TypedDict, typing_extensions.TypedDict))); "
        "from pydantic_core import SchemaValidator, core_schema; "
        "print(type(core_schema.CoreConfig(title='a')) is dict, "
        "SchemaValidator(core_schema.int_schema()).validate_python('1'))"
    )
    assert python(code).split() == ["True", "True", "True", "1"]


def test_a_core_that_cannot_be_imported_that_way_is_imported_as_it_is() -> None:
    code = (
        "import fii_cli.pydantic_start as start; start._PlainDict = 1; start.without_typed_dicts(); "
        "import typing, pydantic; "
        "print(typing.TypedDict('A', {'a': int}).__total__, pydantic.TypeAdapter(int).validate_python('2'))"
    )
    assert python(code).split() == ["True", "2"]


def test_a_converter_for_git_loads_no_rules_no_report_and_no_handbook(tmp_path: Path) -> None:
    """git starts it for each version of each file."""
    path = tmp_path / "traject.yaml"
    path.write_text(examples()["minimaal"], encoding="utf-8")
    code = (
        "import sys; from fii_cli.__main__ import main; assert main() == 0; "
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('fii_cli.')}; "
        "print('loaded:', *rooms & {'rules', 'report', 'analysis', 'pages', 'edits', 'output'})"
    )
    assert python(code, "diff", "--textconv", "--", str(path)).splitlines()[-1] == "loaded:"
