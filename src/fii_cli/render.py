"""A report as a page: one template per format, which decides nothing."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from fii_cli import shelf
from fii_cli.language import Language
from fii_cli.markdown import plain
from fii_cli.report.model import Report, Tone
from fii_cli.report.portfolio import PortfolioPage
from fii_cli.terminal import SIGNS
from fii_cli.words import AUDIENCES, Audience

Format = Literal["html", "md"]
_MARK = (
    r"<!-- fii (?:report|portfolio) (?P<day>\d{4}-\d{2}-\d{2})(?: (?P<edition>\w+))? -->"
    r'|"fii": "report",\s+"version": \d+,\s+"as_of": "(?P<as_of>[\d-]{10})",\s+'
    r'"audience": "(?P<audience>\w+)"'
)
TONES: dict[Tone, str] = {
    "hinders-2": "−−",
    "hinders-1": "−",
    "neither": "○",
    "helps-1": "+",
    "helps-2": "++",
}
"""The signs of ratings, so that colour is never the only carrier."""
MARKS = {
    "door": "▶",
    "bijsturen": "◆",
    "pauze": "‖",
    "stop": "■",
    "afgerond": "✓",
    "due": "◇",
    "late": "▲",
    "done": "●",
}
"""The signs of moments in charts; another kind of moment stands there with its own letter."""


def render(report: Report, format_: Format, say: Language, *, on_paper: bool = False) -> str:
    """The page; the same report gives the same bytes. On paper each chart carries its own style."""
    return _page("report", format_, say, on_paper=on_paper, report=report)


def render_portfolio(page: PortfolioPage, format_: Format, say: Language) -> str:
    """The page of a portfolio; the same portfolio gives the same bytes."""
    return _page("portfolio", format_, say, page=page)


def _page(name: str, format_: Format, say: Language, *, on_paper: bool = False, **values: object) -> str:
    environment = Environment(
        loader=FunctionLoader(shelf.template),
        autoescape=format_ == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, charts = (shelf.template(f"{name}.css").strip() for name in ("report", "charts"))
    environment.filters["md"] = plain
    environment.globals |= {
        "_": say,
        "signs": SIGNS,
        "tones": TONES,
        "marks": MARKS,
        "chart_style": Markup(_in_print(charts, style)) if on_paper else "",
    }
    style = f"{style}\n{charts}"
    digest = b64encode(sha256(style.encode()).digest()).decode()
    template = environment.get_template(f"{name}.{format_}.j2")
    page = template.render(**values, style=Markup(style), style_hash=digest)
    return _tidy(page) if format_ == "md" else page


def _in_print(charts: str, style: str) -> str:
    """The style of charts with the colours of paper in it; what draws there knows no variables, no halo."""
    colours = dict(re.findall(r"(--[\w-]+): (#\w+)", style[style.index("@media print") :]))
    charts = re.sub(r"paint-order: stroke;[^}]*", "", charts)
    return re.sub(r"var\((--[\w-]+)\)", lambda found: colours[found[1]], charts)


def _tidy(page: str) -> str:
    """No trailing spaces, one space in an empty cell, and never more than one empty line."""
    page = re.sub(r"^\|.*$", lambda row: re.sub(r"(?<!\\)\|[ \t]{2,}(?=\|)", "| ", row[0]), page, flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", page, flags=re.M)).strip("\n") + "\n"


@dataclass(frozen=True, slots=True)
class Made:
    """What a page of fii says of itself: its day, and its audience where it is a report."""

    day: date
    audience: Audience | None


def made_as(page: str) -> Made | None:
    """How a page was made, or ``None`` where a file is no page of fii."""
    found = re.search(_MARK, page[:4000])
    if not found:
        return None
    day, audience = found["day"] or found["as_of"], found["edition"] or found["audience"]
    try:
        return Made(date.fromisoformat(day), next((each for each in AUDIENCES if each == audience), None))
    except ValueError:
        return None
