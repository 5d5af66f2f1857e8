"""Draws what an editor shows, from what the real yaml-language-server answers: docs/img/editor.nl.svg and en.

``--check`` says whether the pictures are up to date, and writes nothing.
"""

from __future__ import annotations

import re
import sys
import tempfile
import textwrap
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from fii_cli.commands.init import setup  # noqa: E402
from fii_cli.language import CODES, Code  # noqa: E402
from fii_cli.resources import language  # noqa: E402
from language_server import CURSOR, MODELINE, Server  # noqa: E402

_HEAD = "fii: 1\ntitle: Thuis Leren\nlanguage: {}\nentry: {{commission: gevraagd, date: 2025-01}}\n"
_LIGHTS = "assessments:\n  - instrument: stoplicht\n    date: 2025-01-20\n    ratings:\n"
_ACTION = "actions:\n  - id: voortrekkers\n    what: twee voortrekkers zoeken\n"
COMPLETION = f"{_LIGHTS}      2a.cultuur: {CURSOR}\n"
HOVER = f"{_ACTION}    strategy: cham{CURSOR}pions\n"
TYPO = f"{_LIGHTS}      2a.kultuur: oranje\n"

_LINE, _CHAR, _WIDE, _LEFT = 22, 8.4, 860, 24
_SHOWN = 3
"""The number of fixes in the picture; the editor shows the others below them."""
_STYLE = (
    ".page{fill:#fff;stroke:#c8ccd0}.box{fill:#f6f8fa;stroke:#8c959f}.on{fill:#dbe9ff}"
    "text{font:14px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328}"
    ".key{fill:#0550ae}.dim{fill:#57606a}.wave{fill:none;stroke:#bf3989;stroke-width:1.5}"
    ".caret{stroke:#1f2328;stroke-width:2}"
)


class Drawing:
    """An SVG that grows downwards."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.y = 14

    def code(self, text: str) -> tuple[int, int] | None:
        """Lines of YAML; returns the column and the height of the cursor, if there is one."""
        cursor = None
        for line in text.splitlines():
            self.y += _LINE
            if CURSOR in line:
                cursor = line.index(CURSOR), self.y
            plain = line.replace(CURSOR, "")
            key = re.match(r"[ -]*[^:]+:", plain)
            end = key.end() if key else 0
            self._text(_LEFT, plain[:end], "key")
            self._text(_LEFT + end * _CHAR, plain[end:])
        return cursor

    def caret(self, column: int, y: int) -> None:
        x = _LEFT + column * _CHAR
        self.parts.append(f'<line class="caret" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 14}" y2="{y + 4}"/>')

    def wave(self, column: int, length: int) -> None:
        start = _LEFT + column * _CHAR
        steps = "".join(f"l3 {'-3' if n % 2 else '3'}" for n in range(int(length * _CHAR / 3)))
        self.parts.append(f'<path class="wave" d="M{start:.1f} {self.y + 4}{steps}"/>')

    def box(self, column: int, lines: list[tuple[str, str]], chosen: int = -1) -> None:
        """A box below the last line, with a word and its meaning on each line."""
        x, top = _LEFT + column * _CHAR, self.y + 9
        first = max(len(word) for word, _ in lines) + 2 if any(meaning for _, meaning in lines) else 0
        wide = (max(first + len(meaning) if meaning else len(word) for word, meaning in lines) + 3) * _CHAR
        high = len(lines) * _LINE + 10
        self.parts.append(
            f'<rect class="box" x="{x:.1f}" y="{top}" width="{wide:.1f}" height="{high}" rx="4"/>'
        )
        self.y = top - 2
        for number, (word, meaning) in enumerate(lines):
            self.y += _LINE
            if number == chosen:
                shade = f'x="{x + 1:.1f}" y="{self.y - 16}" width="{wide - 2:.1f}" height="{_LINE}"'
                self.parts.append(f'<rect class="on" {shade}/>')
            self._text(x + 10, word)
            self._text(x + 10 + first * _CHAR, meaning, "dim")
        self.y = top + high

    def space(self) -> None:
        self.y += 20
        self.parts.append(f'<line class="page" x1="0" x2="{_WIDE}" y1="{self.y}" y2="{self.y}"/>')

    def _text(self, x: float, words: str, kind: str = "") -> None:
        if words.strip():
            shown = f'<text x="{x:.1f}" y="{self.y}" xml:space="preserve"'
            self.parts.append(shown + (f' class="{kind}"' if kind else "") + f">{escape(words)}</text>")

    def svg(self, title: str) -> str:
        high = self.y + 20
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" role="img">'
        page = f'<rect class="page" x=".5" y=".5" width="{_WIDE - 1}" height="{high - 1}" rx="6"/>'
        lines = [
            head,
            f"<title>{escape(title)}</title>",
            f"<style>{_STYLE}</style>",
            page,
            *self.parts,
            "</svg>",
        ]
        return "\n".join(lines) + "\n"


TITLES: dict[Code, str] = {
    "nl": "Een editor vult een licht aan, legt een strategie uit en onderstreept een onbekend punt",
    "en": "An editor completes a light, explains a strategy, and underlines an unknown item",
}


def picture(code: Code) -> str:
    """What the server answers to three questions, drawn as an editor shows it."""
    with tempfile.TemporaryDirectory() as name:
        server = _server_in(Path(name).resolve(), code)
        before = MODELINE + _HEAD.format(code)
        offers = [(each.label, each.says) for each in server.offers(before + COMPLETION)]
        heading, *told = server.hover(before + HOVER).removeprefix("#### ").split("\n\n")
        ((part, message),) = server.underlines(before + TYPO)
        fixes = server.fixes(before + TYPO)
        server.end()
    drawing = Drawing()
    column, y = drawing.code(COMPLETION) or (0, 0)
    drawing.caret(column, y)
    drawing.box(column, offers, chosen=0)
    drawing.space()
    column, _ = drawing.code(HOVER) or (0, 0)
    drawing.box(column - 4, [(line, "") for line in (heading, *textwrap.wrap(" ".join(told), 60))])
    drawing.space()
    drawing.code(TYPO)
    drawing.wave(TYPO.splitlines()[-1].index(part), len(part))
    drawing.box(6, [(line, "") for line in textwrap.wrap(message, 84)])
    drawing.box(6, [(fix, "") for fix in fixes[:_SHOWN]], chosen=1)
    return drawing.svg(TITLES[code])


def _server_in(folder: Path, code: Code) -> Server:
    """A server in a repository that fii set up."""
    for made in setup("none", language(code)):
        path = folder / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8")
    return Server(folder)


def main() -> int:
    stale = []
    for code in CODES:
        path = ROOT / f"docs/img/editor.{code}.svg"
        drawn = picture(code)
        if not path.is_file() or path.read_text(encoding="utf-8") != drawn:
            stale.append(path.relative_to(ROOT).as_posix())
            if "--check" not in sys.argv:
                path.write_text(drawn, encoding="utf-8")
    if stale and "--check" in sys.argv:
        print(f"out of date: {', '.join(stale)}: run make pictures")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
