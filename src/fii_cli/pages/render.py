"""A report as a page: one template per format, without logic about the content."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from fii_cli.language import Language
from fii_cli.pages.seal import sealed
from fii_cli.pages.template import Format, Page, written
from fii_cli.project.house import NO_HOUSE, House
from fii_cli.report.changes import ChangesPage
from fii_cli.report.meeting import MeetingPage
from fii_cli.report.model import Report
from fii_cli.report.portfolio_page import PortfolioPage
from fii_cli.report.trend_page import TrendPage


def render(
    report: Report,
    format_: Format,
    say: Language,
    house: House = NO_HOUSE,
    *,
    on_paper: bool = False,
    full: bool = False,
) -> str:
    """The page; the same report gives the same bytes. On paper each chart contains its own style.

    What is for reference is closed on the page and left out on paper, unless the page is ``full``.
    """
    return _page(Page("report", format_, say.code, {"report": report}, house, on_paper, full))


def render_trend(trend: TrendPage, format_: Format, say: Language, house: House = NO_HOUSE) -> str:
    """The page of trajectories over time, in the style of the house; it has no template of its own."""
    return written(Page("trend", format_, say.code, {"page": trend}, replace(house, templates=())))


def render_portfolio(
    portfolio: PortfolioPage, format_: Format, say: Language, house: House = NO_HOUSE
) -> str:
    """The page of a portfolio; the same portfolio gives the same bytes."""
    return _page(Page("portfolio", format_, say.code, {"page": portfolio}, house))


def render_meeting(page: MeetingPage, format_: Format, say: Language, house: House = NO_HOUSE) -> str:
    """The page before or after a meeting, in the style of the house; it has no template of its own."""
    return written(Page("meeting", format_, say.code, {"page": page}, replace(house, templates=())))


def render_changes(changes: ChangesPage, say: Language) -> str:
    """The page that shows what changed between two versions; it is never replaced, so it has no marker."""
    return written(Page("changes", "html", say.code, {"page": changes}, NO_HOUSE))


def _page(page: Page) -> str:
    if not page.house.templates:
        return written(page)
    from fii_cli.pages.apart import written_apart

    text = written_apart(page)
    if page.format == "html":
        text = sealed(text)
    first = _first_line(page)
    # A template that extends ours already has that line, in HTML after the document type.
    if re.match(rf"(?:<!doctype html>\s*)?{re.escape(first)}", text):
        return text
    return f"{first}\n{text}"


def _first_line(page: Page) -> str:
    """The marker of a page, by which fii recognises it and may overwrite it."""
    made: Any = page.values["report" if page.name == "report" else "page"]
    return f"<!-- {made.mark} -->"
