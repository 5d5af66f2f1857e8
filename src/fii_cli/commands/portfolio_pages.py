"""The pages of a portfolio: one for each trajectory, and the overview that leads to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fii_cli.analysis.portfolio import Portfolio
from fii_cli.commands.portfolio_members import UNNAMED, PortfolioRequest, Shown
from fii_cli.commands.report_pages import judged_edition, report_page
from fii_cli.commands.site import page_names
from fii_cli.language import Language
from fii_cli.pages.render import render_portfolio
from fii_cli.pages.template import Format
from fii_cli.report.portfolio_page import Form, PortfolioPage, portfolio_page
from fii_cli.visible import as_uri


@dataclass(frozen=True, slots=True)
class PortfolioPages:
    """The pages by file name; ``index`` is the name of the overview, which is the last one."""

    pages: Mapping[str, str]
    index: str


def pages_of(
    portfolio: Portfolio,
    readable: list[Shown],
    format_: Format,
    asked: PortfolioRequest,
    say: Language,
    *,
    failed: Callable[[Exception, str], None],
    step: Callable[[], None] = lambda: None,
) -> PortfolioPages:
    """Every page of a portfolio; a trajectory that is read from a report has none.

    ``failed`` is told which pages could not be made; these are omitted.
    """
    members = [line.member for line in portfolio.lines if line.member.report is None]
    unnamed = {member.path for member in members if member.shown_as == UNNAMED}
    names = page_names([member.path for member in members], format_, asked.edition, unnamed)
    known = {each.member.path: each for each in readable}
    pages: dict[str, str] = {}
    links: dict[str, str] = {}
    for path, name in names.items():
        try:
            pages[name] = _report_page(known[path], format_, asked)
            links[path] = as_uri(name)
        except Exception as error:  # one file must not stop the others
            failed(error, path)
        step()
    index = f"index.{format_}"
    page = overview(portfolio, asked, say, links)
    pages[index] = render_portfolio(page, format_, say, asked.home.house)
    return PortfolioPages(pages, index)


def overview(
    portfolio: Portfolio, asked: PortfolioRequest, say: Language, links: Mapping[str, str]
) -> PortfolioPage:
    """The overview; ``links`` are the pages of trajectories, by the path of the file."""
    day_, source = asked.dated.day.isoformat(), asked.dated.source
    forms: dict[str, Form] = {"text": "text", "csv": "table"}
    form, book = forms.get(asked.wanted, "page"), asked.home.handbook
    return portfolio_page(portfolio, day_, source, book, say, links, asked.edition, asked.sort, form)


def _report_page(shown: Shown, format_: Format, asked: PortfolioRequest) -> str:
    """The page of one trajectory in a portfolio."""
    edition = shown.member.standing.trajectory
    judged = judged_edition(shown.project, shown.judgement, edition, asked.edition, asked.dated)
    return report_page(shown.project, judged, format_)
