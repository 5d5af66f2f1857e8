"""A portfolio drawn as a map: a strip for each trajectory, what hinders in several, and what helped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fii_cli.analysis.portfolio import Portfolio, Sort, first_hindered
from fii_cli.analysis.portfolio_line import Line
from fii_cli.editions.edition import reaches
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import strategy_name
from fii_cli.language import N_, Language, count
from fii_cli.report.portfolio_shared import SharedBarrier, Tried, shared_of, tried_of
from fii_cli.report.portfolio_strips import (
    FEW,
    PhaseCell,
    Segment,
    Strip,
    phase_name,
    strip_of,
    total_of,
    total_segments,
)
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.versterken import Versterken
from fii_cli.words import Audience

_LETTERS = "abcdefghijkl"
MANY = 60
"""From this many, strips are closer together."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of trajectories, with the number that it shows."""

    kind: str
    words: str
    n: int


@dataclass(frozen=True, slots=True)
class PortfolioMap:
    """A portfolio to look at; ``total`` is empty in a small one, ``phases`` are the names of the columns.

    ``rated`` is whether it shows lights, and ``mixed`` whether the report of some trajectory does not.
    ``other_barriers`` are the less frequent ones of a large portfolio.
    """

    dense: bool
    rated: bool
    mixed: bool
    filters: tuple[Filter, ...]
    phases: tuple[str, ...]
    shows_silence: bool
    shows_dates: bool
    total: tuple[PhaseCell, ...]
    total_segments: tuple[Segment, ...]
    strips: tuple[Strip, ...]
    barriers: tuple[SharedBarrier, ...]
    other_barriers: tuple[SharedBarrier, ...]
    tried: tuple[Tried, ...]
    untried: str


ORDERS: dict[Sort, str] = {
    "need": N_(
        "Most in need first: red lights, then what is overdue, then radio silence, then orange lights. "
        "If nothing was rated, the need is unknown: these come last."
    ),
    "phase": N_("By phase, and most in need first in each phase."),
    "name": N_("By name."),
}
_NEED_UNHEARD = N_(
    "Most in need first: red lights, then what is overdue, then orange lights. If nothing was rated, the "
    "need is unknown: these come last."
)
"""The order by need in an edition that does not show key people."""


def portfolio_map(
    portfolio: Portfolio,
    lines: Sequence[Line],
    handbook: Handbook,
    say: Language,
    links: Mapping[str, str],
    audience: Audience,
) -> PortfolioMap:
    """The map of trajectories in this order; ``links`` maps the path of a trajectory to its page."""
    rated = reaches(Trajectory, "assessments", audience)
    silence = reaches(Versterken, "key_people", audience)
    dates = reaches(Trajectory, "actions", audience)
    letters = _LETTERS[: len(lines)] if len(lines) <= FEW else ""
    dense = len(lines) >= MANY
    strips = tuple(
        strip_of(
            line,
            letters[at : at + 1],
            handbook,
            say,
            links.get(line.path, ""),
            audience,
            names=0 if dense else 1 if len(lines) > FEW else 3,
        )
        for at, line in enumerate(lines)
    )
    total = total_of(lines, handbook, say) if rated and len(lines) > FEW else ()
    untried = [used for used in portfolio.strategies if not used.experience.n]
    first = first_hindered(lines)
    shared = tuple(
        shared_of(each, lines, first, letters, handbook, say)
        for each in portfolio.barriers
        if each.trajectories > 1
    )
    shown = FEW if len(lines) > FEW and len(shared) > FEW + 3 else len(shared)
    return PortfolioMap(
        dense=dense,
        rated=rated,
        mixed=rated and not all(_shows_lights(line, audience) for line in lines),
        filters=_filters(strips, handbook, say) if rated else (),
        phases=tuple(phase_name(phase, say) for phase in handbook.phases),
        shows_silence=silence,
        shows_dates=dates,
        total=total,
        total_segments=tuple(total_segments(lines)) if total else (),
        strips=strips,
        barriers=shared[:shown],
        other_barriers=shared[shown:],
        tried=tuple(tried_of(used, handbook, say) for used in portfolio.strategies if used.experience.n),
        untried="; ".join(strategy_name(used.strategy, handbook, say) for used in untried),
    )


def _shows_lights(line: Line, audience: Audience) -> bool:
    return reaches(Trajectory, "assessments", line.seen_by(audience))


def order_in_words(sort: Sort, audience: Audience, say: Language) -> str:
    """The order of trajectories, without what the edition does not show; empty if it says nothing."""
    rated = reaches(Trajectory, "assessments", audience)
    if sort == "need" and not reaches(Versterken, "key_people", audience):
        return say(_NEED_UNHEARD) if rated else ""
    return say(ORDERS[sort]) if rated or sort != "phase" else say("By phase.")


def status_in_words(lines: Sequence[Line], audience: Audience, say: Language) -> str:
    """What is going on, in a few sentences; each is a count, and nothing is judged."""
    if not reaches(Trajectory, "assessments", audience):
        return ""
    told = []
    shown = sum(_shows_lights(line, audience) for line in lines)
    known = sum(line.rated for line in lines)
    red = sum(bool(line.red) for line in lines)
    if known:
        told.append(
            say(
                count(
                    red,
                    "{n} of {all} that were rated has a red light.",
                    "{n} of {all} that were rated have a red light.",
                    all=known,
                )
            )
        )
    late = sum(line.overdue > 0 for line in lines)
    if late:
        told.append(say(count(late, "{n} has something overdue.", "{n} have something overdue.")))
    silent = sum(bool(line.silent) for line in lines)
    if silent and reaches(Versterken, "key_people", audience):
        told.append(say(count(silent, "{n} has a silent key person.", "{n} have a silent key person.")))
    moves = [line.moved for line in lines if line.moved]
    if moves:
        forward = sum(each.ways.get("forward", 0) for each in moves)
        back = sum(each.ways.get("back", 0) for each in moves)
        told.append(
            say(
                "Since the previous assessment of each, {forward} lights moved forward and {back} backward.",
                forward=forward,
                back=back,
            )
        )
    if known < shown:
        told.append(say("Nothing was rated in {n}.", n=shown - known))
    if shown < len(lines):
        told.append(say("The report of {n} does not show lights.", n=len(lines) - shown))
    return " ".join(told)


FILTERS = {
    "red": N_("red light"),
    "late": N_("overdue"),
    "silent": N_("radio silence"),
    "unrated": N_("not rated"),
}
"""The filters on need; each shows the trajectories of this kind."""


def _filters(strips: Sequence[Strip], handbook: Handbook, say: Language) -> tuple[Filter, ...]:
    """Every filter that shows some of the trajectories, but not all; phases only in a large portfolio."""
    words = {kind: say(each) for kind, each in FILTERS.items()}
    if len(strips) > FEW:
        words |= {f"p{phase.number}": phase_name(phase, say) for phase in handbook.phases}
    counted = [
        Filter(kind, each, sum(kind in strip.kinds for strip in strips)) for kind, each in words.items()
    ]
    left = tuple(each for each in counted if 0 < each.n < len(strips))
    return (Filter("all", say("all"), len(strips)), *left) if left else ()
