"""The house: the core knows no terminal, no disk and no clock, and values flow one way."""

from __future__ import annotations

import ast
from pathlib import Path

import fii_cli

SRC = Path(fii_cli.__file__).parent
SHELL = {
    "cli",
    "__main__",
    "terminal",
    "screen",
    "workspace",
    "git",
    "saving",
    "unexpected",
    "links",
    "shelf",
    "render",
    "apart",
    "house_files",
    "commands",
    "output",
    "office",
}
FORBIDDEN = {"typer", "rich", "jinja2", "pathlib", "os", "subprocess", "sys", "tempfile", "shutil"}


def _modules() -> dict[str, set[str]]:
    """Every module of fii, by its dotted name below the package, with what it imports."""
    found = {}
    for path in SRC.rglob("*.py"):
        name = ".".join(path.relative_to(SRC).with_suffix("").parts)
        imported = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        found[name] = imported
    return found


def _room(name: str) -> str:
    return name.split(".")[0]


def test_modules_are_found() -> None:
    assert {"check", "document", "standing", "report.__init__", "workspace", "commands.check"} <= set(
        _modules()
    )


def test_the_core_imports_nothing_of_the_outside_world() -> None:
    for name, imported in _modules().items():
        if _room(name) not in SHELL:
            assert not {i.split(".")[0] for i in imported} & FORBIDDEN, name


def test_the_core_does_not_ask_what_day_it_is() -> None:
    for path in SRC.rglob("*.py"):
        if _room(".".join(path.relative_to(SRC).with_suffix("").parts)) not in SHELL:
            text = path.read_text(encoding="utf-8")
            assert ".today()" not in text, path
            assert ".now()" not in text, path


def test_the_core_does_not_know_the_shell() -> None:
    for name, imported in _modules().items():
        if _room(name) not in SHELL:
            own = {i.removeprefix("fii_cli.").split(".")[0] for i in imported if i.startswith("fii_cli.")}
            assert not own & SHELL, name


def test_only_workspace_saving_and_shelf_open_files() -> None:
    for path in SRC.rglob("*.py"):
        if path.name in ("workspace.py", "saving.py", "shelf.py", "cli.py"):
            continue
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "open" not in calls, path


def test_other_programs_run_through_two_doors_only() -> None:
    """git behind its door, templates of others in a process of their own; nothing else starts a program."""
    assert {name for name, imported in _modules().items() if "subprocess" in imported} == {
        "apart.process",
        "git.door",
    }
    for path in SRC.rglob("*.py"):
        starts = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"
        }
        assert not {
            each for each in starts if each.startswith(("system", "popen", "exec", "spawn", "posix_spawn"))
        }, path


def test_modules_stay_small() -> None:
    for path in SRC.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 350, path


def test_nothing_goes_on_the_network() -> None:
    """No module reaches for another machine; the one that names sockets takes them away from templates."""
    reaching = {
        "socket",
        "ssl",
        "http",
        "urllib.request",
        "ftplib",
        "smtplib",
        "asyncio",
        "requests",
        "httpx",
    }
    for name, imported in _modules().items():
        assert not {each for each in imported if each in reaching or each.startswith("http.")}, name
