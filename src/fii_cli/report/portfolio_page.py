"""A portfolio as plain values in reading order: a line for each trajectory, and what they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress

from fii_cli.analysis.phrases import experience_in_words
from fii_cli.analysis.portfolio import Broken, Line, Portfolio
from fii_cli.analysis.recommend import Experience
from fii_cli.analysis.standing import STATE_WORDS
from fii_cli.editions.edition import reaches
from fii_cli.editions.marks import mark
from fii_cli.handbook import Handbook
from fii_cli.handbook.phrases import named
from fii_cli.language import Language, msg
from fii_cli.report.shapes import Row
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.versterken import Versterken
from fii_cli.visible import visible
from fii_cli.words import Audience, label


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """A trajectory; without a link where there is no page of it."""

    cells: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class PortfolioTable:
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """``mark`` is what the page says of itself, by which it is recognised."""

    language: str
    mark: str
    audience: Audience
    as_of: str
    heads: tuple[str, ...]
    lines: tuple[PortfolioLine, ...]
    parts: tuple[PortfolioTable, ...]


def portfolio_page(
    portfolio: Portfolio,
    as_of: str,
    handbook: Handbook,
    say: Language,
    links: Mapping[str, str],
    audience: Audience = "team",
) -> PortfolioPage:
    """The portfolio in words; ``links`` lead from the path of a trajectory to its page.

    A column about what the audience is not meant to see is left out.
    """
    rated = reaches(Trajectory, "assessments", audience)
    columns = {
        say("Trajectory"): True,
        say("Phase"): True,
        say("Lights"): rated,
        say("Red"): rated,
        say("Overdue"): rated,
        say("Radio silence"): reaches(Versterken, "key_people", audience),
        say("Barriers"): rated,
    }
    shown = tuple(columns.values())
    heads = tuple(compress(columns, shown))
    lines = tuple(
        PortfolioLine(tuple(compress(_cells(line, say), shown)), links.get(line.member.path, ""))
        for line in portfolio.lines
    )
    many = [each for each in portfolio.barriers if each.trajectories > 1]
    parts = (
        PortfolioTable(
            say("Files that cannot be read"),
            "",
            (say("File"), say("Why")),
            tuple(Row(_unreadable(each, audience, say)) for each in portfolio.broken),
        ),
        PortfolioTable(
            say("What hinders across trajectories"),
            "",
            (say("What"), say("In how many")),
            tuple(
                Row(
                    (
                        named(each.place, handbook, say),
                        say(msg("{n} of {all}", n=each.trajectories, all=len(portfolio.lines))),
                    )
                )
                for each in many
            ),
        ),
        PortfolioTable(
            say("Strategies across trajectories"),
            say("Whether it helped is what teams noted themselves; n is how many said so."),
            (say("Strategy"), say("In how many"), say("Did it help?")),
            tuple(
                Row(
                    (
                        say.pick(each.strategy.name),
                        say(msg("{n} of {all}", n=each.trajectories, all=len(portfolio.lines))),
                        _helped(each.experience, say),
                    )
                )
                for each in portfolio.strategies
            ),
        ),
    )
    said = mark("portfolio", as_of, audience, links.values())
    return PortfolioPage(say.code, said, audience, as_of, heads, lines, parts)


def _unreadable(each: Broken, audience: Audience, say: Language) -> tuple[str, str]:
    """Where a file cannot be read, and why; only the team reads why in words that may hold a piece of it."""
    if audience == "team":
        return visible(each.path), visible(say(each.why))
    return visible(each.place), each.code


def _cells(line: Line, say: Language) -> tuple[str, ...]:
    """What is shown of one trajectory, in words."""
    lights = ", ".join(f"{n} {say(label(light))}" for light, n in line.lights.items() if n)
    trajectory = line.member.standing.trajectory
    barriers = str(line.barriers)
    if line.strong:
        barriers += f" ({say(msg('{n} strong', n=line.strong))})"
    return (
        trajectory.heading,
        _where(line, say),
        lights or "–",
        ", ".join(line.red) or "–",
        str(line.overdue),
        ", ".join(trajectory.named(id_) for id_ in line.silent) or "–",
        barriers,
    )


def _where(line: Line, say: Language) -> str:
    """The phase that is open, else how the last one was left."""
    standing = line.member.standing
    if here := standing.here:
        return f"{here.content.number} {say.pick(here.content.name)}"
    visited = [phase for phase in standing.phases if phase.visits]
    if not visited:
        return say("no phase has been entered yet")
    last = next(p for p in visited if p.visits[-1] is standing.trajectory.visits[-1])
    return f"{last.content.number} {say.pick(last.content.name)}: {say(STATE_WORDS[last.state])}"


def _helped(experience: Experience, say: Language) -> str:
    return experience_in_words(experience, say) if experience.n else say("nobody noted it yet")
