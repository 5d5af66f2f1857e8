"""Render a page from its template, and define what every template can use."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from hashlib import sha256
from typing import Any, Literal, cast

from jinja2 import BaseLoader, Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from fii_cli import resources
from fii_cli.language import MONTHS, Code, Language
from fii_cli.pages.compiled import compiled_templates, options_for
from fii_cli.plain_markdown import plain
from fii_cli.project.house import House
from fii_cli.project.house_style import HouseStyle
from fii_cli.report.tones import Tone
from fii_cli.words import SIGNS

Format = Literal["html", "md"]


TONES: dict[Tone, str] = {
    "hinders-2": "−−",
    "hinders-1": "−",
    "neither": "○",
    "helps-1": "+",
    "helps-2": "++",
    "mean": "◇",
    "hidden": "…",
    "unknown": "?",
}
"""The signs of ratings, so that colour is never the only clue."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to render: the template, format, language and values.

    On paper, what is closed on the page is left out; ``full`` shows everything.
    """

    name: Literal["report", "portfolio", "changes", "trend", "questionnaire", "meeting"]
    format: Format
    language: Code
    values: Mapping[str, object]
    house: House
    on_paper: bool = False
    full: bool = False


def written(page: Page, *, sandboxed: bool = False) -> str:
    """The page from the house's own template if it has one, else from ours, which it can use as ``fii/…``."""
    environment = _environment(page.format, page.language, page.house, page.on_paper, page.full, sandboxed)
    text = environment.get_template(f"{page.name}.{page.format}.j2").render(**page.values)
    return _tidy(text) if page.format == "md" else text


@lru_cache(maxsize=8)  # a portfolio renders many pages with one template
def _environment(
    format_: Format, language: Code, house: House, on_paper: bool, full: bool, sandboxed: bool
) -> Environment:
    """Everything that a template can use besides the values of its page."""
    own = dict(house.templates)
    loader: BaseLoader = FunctionLoader(lambda name: _template(name, own))
    say = resources.language(language)
    if sandboxed:
        from fii_cli.pages.apart.sandbox import Sandbox, worder

        environment: Environment = Sandbox(loader=loader, **options_for(format_))
        environment.globals["_"] = worder(say)
    else:
        if not own and (ours := compiled_templates(format_)):
            loader = ours
        environment = Environment(loader=loader, undefined=StrictUndefined, **options_for(format_))
        environment.globals["_"] = cast(Any, say)
    environment.filters |= {"md": plain, "day": say.day, "dated": partial(_dated, say)}
    environment.globals |= {
        "signs": SIGNS,
        "tones": TONES,
        "on_paper": on_paper,
        "full": full,
        "house": house.style,
        "logo": house.logo,
        **_styles(house.style, on_paper),
    }
    return environment


def _styles(style: HouseStyle, on_paper: bool) -> dict[str, Any]:
    """The style of a page, its hash for the security policy, and the style of each chart on paper."""
    ours = resources.template("report.css").strip()
    charts = resources.template("charts.css").strip()
    map_style = resources.template("portfolio.css").strip()
    parts = [part for part in (ours, charts, house_css(style)) if part]
    whole = "\n".join(parts)
    board = resources.template("board.css").strip()
    heat = resources.template("heat.css").strip()
    meeting = resources.template("meeting.css").strip()
    in_chart = in_board = ""
    if on_paper:
        in_chart = Markup(_in_print(charts, ours, style))
        drawn = "\n".join(line for line in board.splitlines() if line.startswith(".time ."))
        on_paper_too = board[board.index("@media print") :] + ours[ours.index("@media print") :]
        in_board = Markup(_in_print(drawn, on_paper_too, style))
    return {
        "style": Markup(whole),
        "style_hash": _hash(whole),
        "map_style": Markup(map_style),
        "map_style_hash": _hash(map_style),
        "chart_style": in_chart,
        "board_style": Markup(board),
        "board_in_chart": in_board,
        "board_hash": b64encode(sha256(board.encode()).digest()).decode(),
        "heat_style": Markup(heat),
        "heat_hash": _hash(heat),
        "meeting_style": Markup(meeting),
        "meeting_hash": b64encode(sha256(meeting.encode()).digest()).decode(),
    }


def charts_for_pictures(code: Code, style: HouseStyle) -> tuple[Any, str]:
    """The macros of our charts, and the style that a picture of a chart needs, in print colours."""
    environment = _environment("html", code, House(HouseStyle(accent=style.accent)), False, False, False)
    charts = resources.template("charts.css") + resources.template("pictures.css")
    css = _in_print(charts, resources.template("report.css"), HouseStyle(accent=style.accent), halos=True)
    return environment.get_template("charts.html.j2").make_module(), css


def _hash(style: str) -> str:
    """The hash by which a security policy allows a style."""
    return b64encode(sha256(style.encode()).digest()).decode()


def _dated(say: Language, text: str) -> Markup:
    """Text in which dates are marked for programs, and no line breaks within one."""
    numbers, date = _dates_in(say)

    def marked(found: re.Match[str]) -> str:
        iso = f"{found['year']}-{numbers[found['month']]:02}"
        if found["day"]:
            iso += f"-{int(found['day']):02}"
        return f'<time datetime="{iso}">{found[0]}</time>'

    return Markup(date.sub(marked, str(escape(text))))


@cache
def _dates_in(say: Language) -> tuple[dict[str, int], re.Pattern[str]]:
    """The numbers of the months of a language by their names, and how it writes a date."""
    numbers = {say(month): number for number, month in enumerate(MONTHS, 1)}
    any_month = "|".join(numbers)
    return numbers, re.compile(rf"\b(?:(?P<day>[0-9]{{1,2}}) )?(?P<month>{any_month}) (?P<year>[0-9]{{4}})\b")


def _template(name: str, own: Mapping[str, str]) -> tuple[str, str, Callable[[], bool]] | None:
    """A template, its name for error messages, and a check that always allows Jinja to cache it."""
    if name in own:
        return own[name], f"{OWN_TEMPLATES}/{name}", lambda: True
    text = resources.template_named(name.removeprefix("fii/"))
    if text is None:
        return None
    return text, name, lambda: True


OWN_TEMPLATES = ".fii/templates"
"""The folder with a repository's own templates."""


def house_css(style: HouseStyle) -> str:
    """The house's CSS, which overrides our colours and fonts."""
    parts = []
    if style.font:
        names = ", ".join(f'"{name}"' for name in style.font)
        parts.append(f"body, .chart {{ font-family: {names}, sans-serif; }}")
    if style.accent:
        dark = "@media screen and (prefers-color-scheme: dark)"
        parts += [
            f":root {{ --accent: {style.accent}; }}",
            f"{dark} {{ :root {{ --accent: {style.on_dark}; }} }}",
            f"@media print {{ :root {{ --accent: {style.accent}; }} }}",
        ]
    return "\n".join(parts)


def _in_print(charts: str, ours: str, style: HouseStyle, *, halos: bool = False) -> str:
    """The style of charts with print colours filled in: paper knows no variables, and PDF no halos."""
    on_paper = ours[ours.index("@media print") :]
    colours = dict(re.findall(r"(--[\w-]+): (#\w+)", on_paper))
    if style.accent:
        colours["--accent"] = style.accent
    if style.font:
        charts += "\n" + house_css(HouseStyle(font=style.font))
    if not halos:
        charts = re.sub(r"paint-order: stroke;[^}]*", "", charts)
    return re.sub(r"var\((--[\w-]+)\)", lambda found: colours[found[1]], charts)


_EMPTY_CELL = re.compile(r"(?<!\\)\|[ \t]{2,}(?=\|)")
_ROW = re.compile(r"^\|.*$", re.MULTILINE)
_TRAILING_SPACE = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{3,}")


def _tidy(page: str) -> str:
    """The page without trailing spaces, with one space in empty cells and at most one empty line in a row."""
    page = _ROW.sub(lambda row: _EMPTY_CELL.sub("| ", row[0]), page)
    page = _TRAILING_SPACE.sub("", page)
    page = _EMPTY_LINES.sub("\n\n", page)
    return page.strip("\n") + "\n"
