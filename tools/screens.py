"""Draw the main screens of the terminal in both languages: docs/img/screen-NAME.en.svg and .nl.svg.

    python tools/screens.py [--check]

A screen is one line in ``SCREENS``; the page that shows it, docs/screens, is made from the same lines.
``--check`` writes nothing, and exits 1 if a picture is out of date.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from unittest.mock import patch

from docs import DAY, IMAGES, ROOT, fii
from fii_cli.commands import rate_by_key
from fii_cli.language import CODES, Code
from fii_cli.resources import EXAMPLES
from fii_cli.terminal.opened import open_terminal


@dataclass(frozen=True, slots=True)
class Screen:
    """A command that works in the folder of :func:`folder_of_examples`, and what its picture shows.

    ``keys`` is what is typed; ``most`` is the number of lines, after which the rest is left out. A command
    that no version of fii has yet is skipped.
    """

    line: str
    en: str
    nl: str
    keys: str = ""
    most: int = 44

    @property
    def name(self) -> str:
        return self.line.split()[1]

    def caption(self, code: Code) -> str:
        return self.nl if code == "nl" else self.en


SCREENS = (
    Screen(
        "fii status thuis-leren.yaml",
        "Where a trajectory stands, and the next step",
        "Hoe een traject ervoor staat, en de volgende stap",
    ),
    Screen(
        "fii check post-op-tafel.yaml",
        "Two typos, each with its place and its remedy",
        "Twee tikfouten, elk met de plaats en wat u kunt doen",
    ),
    Screen(
        "fii assess thuis-leren.yaml --due",
        "Lights with one key each, and an agreement with a red one",
        "Lichten met elk één toets, en een afspraak bij een rood licht",
        keys="Rkomt pas na maanden op tafel\nknelpunten elke week bespreken\n42025-03-24\nggg.\n",
        most=90,
    ),
    Screen(
        "fii score thuis-leren.yaml",
        "Counts with their totals, and where sides differ",
        "Aantallen met het totaal, en waar kanten verschillen",
    ),
    Screen(
        "fii barriers thuis-leren.yaml",
        "What hinders now, since when, and what is planned",
        "Wat nu hindert, sinds wanneer, en wat er gepland is",
        most=30,
    ),
    Screen(
        "fii strategies thuis-leren.yaml",
        "At most five strategies for what hinders",
        "Hoogstens vijf strategieën bij wat hindert",
    ),
    Screen(
        "fii compare post-op-tafel.yaml",
        "The candidates of a shortlist side by side",
        "De kandidaten van een shortlist naast elkaar",
    ),
    Screen(
        "fii diff vorige-keer.yaml thuis-leren.yaml",
        "What changed since the last time: conclusions first, then facts",
        "Wat er sinds de vorige keer is veranderd: eerst conclusies, dan feiten",
    ),
    Screen(
        "fii due trajecten",
        "Everything with a date, of all trajectories",
        "Alles met een datum, van alle trajecten",
    ),
    Screen(
        "fii agenda thuis-leren.yaml", "One page for the next meeting", "Eén pagina voor het volgende overleg"
    ),
    Screen(
        "fii minutes thuis-leren.yaml",
        "The page after the meeting, from the file itself",
        "De pagina na het overleg, uit het bestand zelf",
    ),
    Screen("fii portfolio trajecten", "Several trajectories together", "Meerdere trajecten samen"),
)
_NO_DAY = {"assess"}
"""Commands with another option than ``--as-of`` for the day, or none."""
_LINE, _CHAR, _LEFT, _COLUMNS = 20, 8.4, 20, 100
_WIDE = round(_LEFT * 2 + _COLUMNS * _CHAR)
_CLASSES = {"1": "b", "31": "r", "32": "g", "33": "y", "34": "c", "35": "c", "36": "c", "90": "d", "2": "d"}
_STYLE = (
    ".page{fill:#fff;stroke:#c8ccd0}"
    "text{font:14px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328;white-space:pre}"
    ".b{font-weight:bold}.r{fill:#b3261e}.g{fill:#17652c}.y{fill:#804600}.c{fill:#0550ae}.d{fill:#57606a}"
)


@contextmanager
def folder_of_examples() -> Iterator[Path]:
    """A folder with the examples under the names in ``SCREENS``; a screen may change its files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))}
        signal = texts["signaal-uit-de-wijk"]
        (folder / "post-op-tafel.yaml").write_text(signal, encoding="utf-8")
        for each in ("vorige-keer", "thuis-leren"):
            (folder / f"{each}.yaml").write_text(texts["thuis-leren-verzonnen"], encoding="utf-8")
        (folder / "trajecten").mkdir()
        for each, text in texts.items():
            (folder / f"trajecten/{each}.yaml").write_text(text, encoding="utf-8")
        yield folder


def _prepare(screen: Screen, folder: Path) -> None:
    """What happened before a screen: typos before a check, and a meeting before a comparison."""
    if screen.name == "check":
        path = folder / "post-op-tafel.yaml"
        text = path.read_text(encoding="utf-8").replace("2a.kandidaten", "2a.kandidaat")
        text = text.replace("candidate], funding: wettelijk", "kandidaat], funding: wettelijk")
        path.write_text(text, encoding="utf-8")
    if screen.name in ("diff", "minutes"):
        lights = (
            "--set",
            "5b.knelpunten=oranje",
            "--set",
            "5a.mandaat=groen",
            "--note",
            "5a.mandaat=directie akkoord",
        )
        fii("assess", "thuis-leren.yaml", *lights, "--date", DAY, folder=folder)
        fii("add", "thuis-leren.yaml", "log", "text=werkbezoek", f"date={DAY}", folder=folder)


def shown(screen: Screen, code: Code) -> str:
    """What a terminal of a hundred columns shows, with its colours."""
    with folder_of_examples() as folder:
        _prepare(screen, folder)
        words = shlex.split(screen.line)[1:]
        day = ("--date", DAY) if screen.name in _NO_DAY else ("--as-of", DAY)
        with _typed(screen.keys) if screen.keys else _nothing():
            told = fii(*words, *day, "--lang", code, folder=folder, colour=True)
    lines = [part for line in told.strip("\n").split("\n") for part in _folded(line)]
    if len(lines) > screen.most:
        lines = [*lines[: screen.most], "…"]
    return "\n".join((f"$ {screen.line}", *lines))


def _folded(line: str) -> list[str]:
    """A line as a terminal shows it: one that is too long, such as a command, goes on below."""
    if "\x1b" in line or len(line) <= _COLUMNS:
        return [line]
    return [line[start : start + _COLUMNS] for start in range(0, len(line), _COLUMNS)]


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _typed(keys: str) -> Iterator[None]:
    """Give these keys to a round of ratings, and show the lines that are typed, as a terminal does."""

    class Typed:
        left = keys

        def key(self, again: Callable[[], None]) -> str:
            first, self.left = self.left[:1], self.left[1:]
            return self._some(first)

        def line(self) -> str:
            line, _, self.left = self.left.partition("\n")
            print(f"> {line}", file=sys.stderr)
            return self._some(line + "\n")

        def _some(self, text: str) -> str:
            if not text.strip("\x00"):
                raise EOFError
            return text

    @contextmanager
    def keys_read() -> Iterator[Typed]:
        yield Typed()

    def interactive(*wishes: object) -> object:
        return replace(open_terminal(*wishes), interactive=True)  # type: ignore[arg-type]

    with (
        patch("fii_cli.cli.open_terminal", interactive),
        patch.object(rate_by_key, "keys_read", keys_read),
        patch.object(rate_by_key, "seconds", lambda: 0.0),
        patch.dict(os.environ, {"FII_INPUT": ""}),
    ):
        yield


def drawn(screen: Screen, code: Code) -> str:
    """The picture of a screen: text that can be selected, in a font that the reader has."""
    lines = shown(screen, code).split("\n")
    high = len(lines) * _LINE + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" role="img">',
        f"<title>{escape(screen.line)}: {escape(screen.caption(code))}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="page" x=".5" y=".5" width="{_WIDE - 1}" height="{high - 1}" rx="6"/>',
    ]
    classes = ""
    for number, line in enumerate(lines, 1):
        made, classes = _runs(line, number * _LINE + 12, classes)
        parts += made
    return "\n".join([*parts, "</svg>"]) + "\n"


def _runs(line: str, y: int, classes: str) -> tuple[list[str], str]:
    """The text elements of a line, one for each colour, each at its own column; and the colour at its end."""
    found, column = [], 0
    for part in re.split(r"(\x1b\[[\d;]*m)", line):
        if part.startswith("\x1b"):
            codes = part[2:-1].split(";")
            named = " ".join(_CLASSES[each] for each in codes if each in _CLASSES)
            classes = named if codes in (["0"], [""]) else f"{classes} {named}".strip()
            continue
        for word in re.finditer(r"\S+(?: \S+)*", part):
            x = _LEFT + (column + word.start()) * _CHAR
            kind = f' class="{classes}"' if classes else ""
            found.append(f'<text x="{x:.1f}" y="{y}"{kind}>{escape(word[0])}</text>')
        column += len(part)
    return found, classes


def there() -> tuple[Screen, ...]:
    """The screens of the commands that this version of fii has."""
    from fii_cli.cli import COMMANDS

    names = {each.name for each in COMMANDS}
    return tuple(screen for screen in SCREENS if screen.name in names)


def path_of(screen: Screen, code: Code) -> Path:
    return IMAGES / f"screen-{screen.name}.{code}.svg"


def page(code: Code) -> str:
    """What is below the title of docs/screens: each screen with its caption and its picture."""
    return "\n\n".join(
        f"## fii {each.name}\n\n{each.caption(code)}: `{each.line}`.\n\n"
        f"![{each.caption(code)}](img/{path_of(each, code).name})"
        for each in there()
    )


_TITLES: dict[Code, str] = {
    "en": "# Screens\n\nThe main screens of fii, drawn by `make docs` from what the commands print for "
    "the examples, some of which are fictitious. The day is 10 March 2025, and the terminal has a hundred "
    "columns; in a narrower one words stay whole, and cells of a table go below each other.",
    "nl": "# Schermen\n\nDe belangrijkste schermen van fii, door `make docs` getekend van wat de commando's "
    "bij de voorbeelden tonen; sommige daarvan zijn verzonnen. De dag is 10 maart 2025, en de terminal heeft "
    "honderd kolommen; in een smallere terminal blijven woorden heel, en komen "
    "cellen van een tabel onder elkaar.",
}


def files() -> Iterator[tuple[Path, str]]:
    """Every picture and page, with what is in it."""
    for code in CODES:
        yield ROOT / f"docs/screens.{code}.md", f"{_TITLES[code]}\n\n{page(code)}\n"
        for screen in there():
            yield path_of(screen, code), drawn(screen, code)


def main() -> int:
    stale = 0
    for path, text in files():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
        name = path.relative_to(ROOT).as_posix()
        print(f"{name} {'is out of date: run make docs' if '--check' in sys.argv else 'updated'}")
    return int("--check" in sys.argv and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
