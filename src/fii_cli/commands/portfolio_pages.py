"""The pages of a portfolio: one for each trajectory, and the overview that leads to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fii_cli.analysis.portfolio import Portfolio
from fii_cli.commands.portfolio_gathered import Gathered
from fii_cli.commands.portfolio_members import UNNAMED, PortfolioRequest
from fii_cli.commands.portfolio_told import NotMade
from fii_cli.commands.site import page_names
from fii_cli.language import Language
from fii_cli.pages.render import render_portfolio
from fii_cli.pages.template import Format
from fii_cli.project.spool import Kept, Spool
from fii_cli.report.portfolio_page import Form, PortfolioPage, portfolio_page
from fii_cli.visible import as_uri


@dataclass(frozen=True, slots=True)
class PortfolioPages:
    """The pages of files by their name, where they are kept; and the overview, which is the last page."""

    kept: Mapping[str, Kept]
    index: str
    overview: str

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.kept, self.index)

    def each(self, spool: Spool) -> Iterator[tuple[str, str]]:
        """Each page with its name."""
        for name, where in self.kept.items():
            yield name, spool.page(where)
        yield self.index, self.overview


def pages_of(
    gathered: Gathered,
    format_: Format,
    asked: PortfolioRequest,
    say: Language,
    failed: Callable[[NotMade], None],
) -> PortfolioPages:
    """Every page of a portfolio; a trajectory that is read from a report has none.

    ``failed`` is told which pages could not be made; these are omitted.
    """
    lines = [line for line in gathered.portfolio.lines if line.report is None]
    unnamed = {line.path for line in lines if line.shown_as == UNNAMED}
    names = page_names([line.path for line in lines], format_, asked.edition, unnamed)
    kept: dict[str, Kept] = {}
    links: dict[str, str] = {}
    for path, name in names.items():
        if path in gathered.not_made:
            failed(gathered.not_made[path])
        else:
            kept[name] = gathered.pages[path]
            links[path] = as_uri(name)
    page = overview(gathered.portfolio, asked, say, links)
    return PortfolioPages(kept, f"index.{format_}", render_portfolio(page, format_, say, asked.home.house))


def overview(
    portfolio: Portfolio, asked: PortfolioRequest, say: Language, links: Mapping[str, str]
) -> PortfolioPage:
    """The overview; ``links`` are the pages of trajectories, by the path of the file."""
    day_, source = asked.dated.day.isoformat(), asked.dated.source
    forms: dict[str, Form] = {"text": "text", "csv": "table"}
    form, book = forms.get(asked.wanted, "page"), asked.home.handbook
    return portfolio_page(portfolio, day_, source, book, say, links, asked.edition, asked.sort, form)
