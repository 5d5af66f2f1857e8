"""The house: which room may import which, what each may touch of the outside world, and no circles."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import fii_cli

SRC = Path(fii_cli.__file__).parent

MAY_IMPORT = {
    # what everything stands on
    "language": "",
    "visible": "",
    "adaptation_words": "language",
    "words": "language adaptation_words",
    "diagnostics": "language",
    "exit_codes": "",
    "unexpected": "language",
    "plain_markdown": "visible",
    "suggest": "language words",
    "resources": "language",
    "pydantic_start": "",
    "frozen": "pydantic_start",
    "models": "pydantic_start frozen",
    "personal": "",
    # the core: functions of values
    "yaml": "language diagnostics",
    "terminal": "language visible words yaml",
    "handbook": "language words diagnostics suggest resources frozen yaml",
    "trajectory": "language adaptation_words words diagnostics frozen yaml",
    "guide": "language words handbook",
    "editions": "words trajectory",
    "analysis": "language words diagnostics suggest handbook trajectory",
    "rules": "language words diagnostics suggest frozen personal yaml handbook trajectory editions analysis",
    "changes": "language words diagnostics handbook trajectory analysis rules",
    "edits": "language words diagnostics suggest frozen yaml handbook trajectory analysis rules changes",
    "survey": "language words diagnostics plain_markdown suggest yaml handbook trajectory edits",
    # the user's folder, and what is made of it
    "project": (
        "language words diagnostics unexpected suggest resources pydantic_start frozen models yaml handbook "
        "trajectory editions analysis rules edits"
    ),
    "report": (
        "language visible words diagnostics frozen models handbook trajectory editions analysis rules changes"
    ),
    "workbook": (
        "language visible words diagnostics suggest yaml handbook trajectory editions analysis rules changes "
        "edits survey report"
    ),
    "pages": "language visible words diagnostics plain_markdown resources survey project report workbook",
    "output": "language visible diagnostics plain_markdown terminal handbook rules project",
    "preview": "language visible resources",
    # the shell
    "commands": (
        "language visible words diagnostics exit_codes unexpected plain_markdown suggest resources personal "
        "yaml terminal handbook trajectory guide editions analysis rules edits survey project report changes "
        "workbook pages output preview"
    ),
    "cli": "language diagnostics exit_codes unexpected resources pydantic_start terminal project commands",
    "completion": (
        "language visible words diagnostics suggest resources yaml handbook trajectory edits project "
        "commands cli"
    ),
    "__main__": "visible terminal pydantic_start project cli completion",
}
"""Every room, from the lowest up, with the rooms that it may import. A room imports nothing above it."""

EVERYWHERE = {"__future__", "collections", "dataclasses", "typing", "re", "functools"}
"""What any module may import of Python: nothing in it reaches a disk, a clock or another machine."""

MAY_TOUCH = {
    "language": "gettext",
    "visible": "json urllib.parse",
    "adaptation_words": "",
    "words": "",
    "diagnostics": "enum",
    "exit_codes": "",
    "unexpected": "os",
    "plain_markdown": "urllib.parse",
    "suggest": "difflib",
    "resources": "gettext importlib os pathlib",
    "pydantic_start": "importlib os pydantic_core sys types typing_extensions",
    "frozen": "pydantic pydantic_core types",
    "models": "pydantic pydantic_core",
    "personal": "bisect phonenumbers stdnum unicodedata",
    "yaml": "_ruamel_yaml bisect json ruamel.yaml unicodedata",
    "terminal": "contextlib errno msvcrt os pydoc rich select shutil signal sys termios typer",
    "handbook": "hashlib json pathlib",
    "trajectory": "datetime re",
    "guide": "",
    "editions": "csv datetime hashlib io itertools operator unicodedata urllib.parse zipfile",
    "analysis": "datetime itertools math operator",
    "rules": "bisect copy datetime itertools math types",
    "changes": "datetime itertools",
    "edits": "copy datetime difflib itertools json",
    "survey": "codecs csv datetime hashlib io json openpyxl zipfile",
    "project": (
        "base64 concurrent.futures contextlib datetime distributed enum errno filelock gc hashlib importlib "
        "json logging multiprocessing os pathlib pathspec pickle platform secrets shlex shutil signal "
        "sqlite3 stat subprocess sys tempfile threading time tomllib types warnings zlib"
    ),
    "report": "datetime itertools math",
    "workbook": "datetime hashlib",
    "pages": (
        "base64 codecs contextlib ctypes datetime docx hashlib importlib io jinja2 json logging markupsafe "
        "os pathlib pickle resource subprocess sys sysconfig tempfile textwrap threading traceback "
        "xml.parsers zipfile"
    ),
    "output": "hashlib xml.etree",
    "preview": (
        "base64 contextlib hashlib html http os secrets socket socketserver threading time urllib.parse "
        "webbrowser"
    ),
    "commands": (
        "contextlib datetime difflib errno io itertools jinja2 json math os pathlib rich shlex sys typer"
    ),
    "cli": "contextlib difflib importlib os sys typer",
    "completion": "contextlib datetime os pathlib sys threading",
    "__main__": "gc os sys traceback",
}
"""What each room may import from outside fii beside that."""

OPENS_FILES = {"project", "resources", "handbook"}
"""Where files are opened or read: the user's folder, and what comes with fii."""
ASKS_THE_DAY = {"project"}
"""Where the clock may be read; everything else is told the day."""


class House:
    """The modules below a folder, by their dotted names, with what each imports."""

    def __init__(self, source: Path) -> None:
        self.trees = {_name(path, source): ast.parse(path.read_bytes()) for path in source.rglob("*.py")}
        self.imports = {name: set(self._imported(name, tree)) for name, tree in self.trees.items()}

    def _imported(self, name: str, tree: ast.Module) -> Iterator[str]:
        """What a module imports, as full dotted names; a module of fii by its name below the package."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{name} imports relative to itself"
                for alias in node.names:
                    full = f"{node.module}.{alias.name}".removeprefix("fii_cli.")
                    is_module = full in self.trees or node.module == "fii_cli"
                    yield f"fii_cli.{full}" if is_module else str(node.module)

    def own(self, name: str) -> set[str]:
        """The modules of fii that a module imports."""
        below = {each.removeprefix("fii_cli.") for each in self.imports[name] if each.startswith("fii_cli.")}
        return {each for each in below if each != "__version__"}

    def outside(self, name: str) -> set[str]:
        return {each for each in self.imports[name] if each.partition(".")[0] != "fii_cli"}

    def faults(self) -> list[str]:
        """Everything that breaks the tables above, in words."""
        return [*self._strange_rooms(), *self._imports(), *self._touches(), *self._calls(), *self._circles()]

    def _strange_rooms(self) -> Iterator[str]:
        rooms = {_room(name) for name in self.trees} - {"__init__"}
        yield from (f"{room} is in no table" for room in rooms - MAY_IMPORT.keys())
        yield from (f"{room} is in the tables and not in the house" for room in MAY_IMPORT.keys() - rooms)

    def _imports(self) -> Iterator[str]:
        used: set[tuple[str, str]] = set()
        for name in self.trees:
            room = _room(name)
            for imported in map(_room, self.own(name)):
                used.add((room, imported))
                if imported not in (room, *MAY_IMPORT.get(room, "").split()):
                    yield f"{name} imports {imported}"
        for room, allowed in MAY_IMPORT.items():
            yield from (
                f"{room} need not import {each}" for each in allowed.split() if (room, each) not in used
            )

    def _touches(self) -> Iterator[str]:
        used: set[tuple[str, str]] = set()
        for name in self.trees:
            room = _room(name)
            allowed = MAY_TOUCH.get(room, "").split()
            for imported in self.outside(name):
                fit = [each for each in allowed if f"{imported}.".startswith(f"{each}.")]
                used |= {(room, each) for each in fit}
                if not fit and imported.partition(".")[0] not in EVERYWHERE:
                    yield f"{name} touches {imported}"
        for room, touched in MAY_TOUCH.items():
            yield from (
                f"{room} need not touch {each}" for each in touched.split() if (room, each) not in used
            )

    def _calls(self) -> Iterator[str]:
        for name, tree in self.trees.items():
            for node in ast.walk(tree):
                if not isinstance(node, ast.Call):
                    continue
                called = node.func
                if isinstance(called, ast.Name) and called.id == "open" and _room(name) not in OPENS_FILES:
                    yield f"{name} opens a file"
                asks = isinstance(called, ast.Attribute) and called.attr in ("today", "now", "utcnow")
                if asks and _room(name) not in ASKS_THE_DAY:
                    yield f"{name} asks what day it is"
                if isinstance(called, ast.Name) and called.id in ("eval", "exec", "__import__"):
                    yield f"{name} calls {called.id}"

    def _circles(self) -> Iterator[str]:
        for name in self.trees:
            if name in self._reached_from(self.own(name)):
                yield f"{name} imports itself in a circle"

    def _reached_from(self, start: set[str]) -> set[str]:
        reached: set[str] = set()
        ahead = set(start)
        while ahead:
            name = ahead.pop()
            if name not in reached and name in self.trees:
                reached.add(name)
                ahead |= self.own(name)
        return reached


def _name(path: Path, source: Path) -> str:
    """The dotted name of a module below the package; a room's own file has the name of the room."""
    name = ".".join(path.relative_to(source).with_suffix("").parts)
    return name.removesuffix(".__init__")


def _room(name: str) -> str:
    return name.partition(".")[0]


def test_the_house_is_as_the_tables_say() -> None:
    assert House(SRC).faults() == []


def test_a_room_imports_nothing_above_it() -> None:
    order = list(MAY_IMPORT)
    for room, allowed in MAY_IMPORT.items():
        assert all(order.index(each) < order.index(room) for each in allowed.split()), room


PLANTED = [
    ("analysis/standing.py", "import time", "analysis.standing touches time"),
    ("analysis/standing.py", "import urllib.request", "analysis.standing touches urllib.request"),
    ("visible.py", "import urllib.request", "visible touches urllib.request"),
    ("trajectory/head.py", "from os import path", "trajectory.head touches os"),
    ("rules/time.py", "def f():\n    import socket", "rules.time touches socket"),
    ("rules/time.py", "TEXT = open('x').read()", "rules.time opens a file"),
    ("analysis/score.py", "TODAY = date.today()", "analysis.score asks what day it is"),
    ("edits/add.py", "eval('1')", "edits.add calls eval"),
    ("handbook/models.py", "from fii_cli.trajectory import Trajectory", "handbook.models imports trajectory"),
    ("analysis/score.py", "from fii_cli.rules import base", "analysis.score imports rules"),
    ("report/model.py", "from fii_cli import project", "report.model imports project"),
    ("yaml/document.py", "import fii_cli.yaml.read", "yaml.document imports itself in a circle"),
    ("attic/__init__.py", "", "attic is in no table"),
]


@pytest.mark.parametrize(("place", "line", "fault"), PLANTED)
def test_what_is_planted_is_found(place: str, line: str, fault: str, tmp_path: Path) -> None:
    source = tmp_path / "fii_cli"
    shutil.copytree(
        SRC, source, ignore=lambda _, names: [n for n in names if not n.endswith(".py") and "." in n]
    )
    (source / place).parent.mkdir(exist_ok=True)
    with (source / place).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    assert fault in House(source).faults()


def test_other_programs_run_through_two_doors_only() -> None:
    """git behind its door, templates of others in a process of their own; nothing else starts a program."""
    house = House(SRC)
    assert {name for name in house.trees if "subprocess" in house.imports[name]} == {
        "pages.apart.process",
        "project.git.door",
    }
    starting = ("system", "popen", "exec", "spawn", "posix_spawn", "startfile")
    for name, tree in house.trees.items():
        of_os = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"
        }
        assert not [each for each in of_os if each.startswith(starting)], name


def test_modules_stay_small() -> None:
    for path in SRC.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 350, path


NETWORK = (
    "socket socketserver ssl http urllib.request ftplib smtplib asyncio requests httpx urllib3 distributed"
)


def test_nothing_goes_on_the_network() -> None:
    """Only the preview listens, on this machine; only a check connects, to a cluster that its user names."""
    house = House(SRC)
    for name in house.trees:
        used = {
            imported
            for imported in house.outside(name)
            if any(f"{imported}.".startswith(f"{each}.") for each in NETWORK.split())
        }
        assert used <= MAY_USE.get(name, set()), name
    called = {
        node.func.attr
        for node in ast.walk(house.trees[LISTENS])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called.isdisjoint({"socket", "connect", "connect_ex", "create_connection", "getaddrinfo"})


LISTENS, CONNECTS = "preview.server", "project.cluster"
MAY_USE = {LISTENS: {"http", "http.server", "socket", "socketserver"}, CONNECTS: {"distributed"}}


def test_only_a_check_connects() -> None:
    """The command line alone names a scheduler, and nothing else leads to the module that connects."""
    house = House(SRC)
    assert {name for name in house.trees if CONNECTS in house.own(name)} == {
        "commands.check_cluster",
        "commands.check_stream",  # for its type
    }
    assert {name for name in house.trees if "commands.check_cluster" in house.own(name)} == {"commands.check"}


def test_only_the_preview_opens_a_browser() -> None:
    house = House(SRC)
    assert {name for name in house.trees if "webbrowser" in house.imports[name]} == {"preview.browser"}


def test_the_design_page_draws_every_room() -> None:
    page = (SRC.parents[1] / "docs" / "design.en.md").read_text(encoding="utf-8")
    drawing = page.partition("## The house")[2].partition("```text")[2].partition("```")[0]
    rooms = {path.name for path in SRC.iterdir() if (path / "__init__.py").is_file()} - {"terminal"}
    assert {room for room in rooms if f" {room} " not in drawing} == set()
    named = {f"{word}" for word in page.replace("`", " ").split() if word.endswith(".py")}
    assert [
        name for name in named if not (SRC / name).is_file() and not (SRC.parents[1] / name).is_file()
    ] == []
