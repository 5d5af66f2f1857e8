"""How fii starts: what it must not load for a daily command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
