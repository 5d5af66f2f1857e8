"""What trajectories share, drawn on the map of a portfolio: what hinders in several, and what helped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fii_cli.analysis.portfolio import Broken, First, Used
from fii_cli.analysis.portfolio_line import Line, Shared
from fii_cli.analysis.recommendations import Experience
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import strategy_name
from fii_cli.language import N_, Language, msg
from fii_cli.report.portfolio_strips import FEW, Segment, item_name, percent
from fii_cli.words import OUTER, Answer, Audience


@dataclass(frozen=True, slots=True)
class Square:
    """Whether a barrier hinders in one trajectory: ``2``, ``1`` or ``0``, or ``?`` if that is unknown."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class SharedBarrier:
    """A barrier in several trajectories, of those in which it is known whether it hinders.

    A small map has a square for each trajectory, a large one a bar.
    """

    name: str
    number: str
    told: str
    squares: tuple[Square, ...]
    bar: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A strategy with the results that were recorded: a sign for each, or a bar if there are many."""

    name: str
    signs: tuple[str, ...]
    bar: tuple[Segment, ...]
    told: str
    unrecorded: str


def shared_of(
    shared: Shared, lines: Sequence[Line], first: First, letters: str, handbook: Handbook, say: Language
) -> SharedBarrier:
    name = barrier_name(shared, first, handbook, say)
    squares = tuple(_square(shared, line, say) for line in lines) if letters else ()
    told = say(
        "{strong} strongly, {partly} in part, {not_} not, {unknown} unknown",
        strong=shared.strong,
        partly=shared.trajectories - shared.strong,
        not_=shared.known - shared.trajectories,
        unknown=len(lines) - shared.known,
    )
    counts = {
        "h2": shared.strong,
        "h1": shared.trajectories - shared.strong,
        "h0": shared.known - shared.trajectories,
    }
    bar = () if letters else _stacked(counts.items(), len(lines))
    return SharedBarrier(name, of_known(shared, say), told, squares, bar)


def barrier_name(shared: Shared, first: First, handbook: Handbook, say: Language) -> str:
    """The short name of a barrier; for an item that only its team has, the question of the first team.

    A report can name an item of an instrument that this handbook does not have.
    """
    name = item_name(first[shared.place, shared.question], shared.place, handbook, say)
    return name or say("an item that only their team knows")


def not_shown_in_words(broken: Broken, audience: Audience, say: Language) -> str:
    """Why readers outside the team do not see a trajectory: nothing of what its file says."""
    if broken.wider:
        return say("its report is for other readers than those of this page")
    return say("it cannot be shown") if audience in OUTER else broken.code


def of_known(shared: Shared, say: Language) -> str:
    """In how many trajectories something hinders, of those in which that is known."""
    return say(msg("{n} of {all}", n=shared.trajectories, all=shared.known))


_SQUARES = {
    "2": N_("hinders strongly"),
    "1": N_("hinders in part"),
    "0": N_("does not hinder"),
    "?": N_("unknown"),
}


def _square(shared: Shared, line: Line, say: Language) -> Square:
    kind = str(line.hindered_by(shared)) if line.knows(shared) else "?"
    return Square(kind, say(_SQUARES[kind]))


def _stacked(counts: Iterable[tuple[str, int]], whole: int) -> tuple[Segment, ...]:
    at, made = 0.0, []
    for kind, n in counts:
        if n:
            wide = 100 * n / whole
            made.append(Segment(kind, percent(at), percent(wide)))
            at += wide
    return tuple(made)


_BUT: dict[Answer, str] = {
    "deels": N_("{n} partly"),
    "nee": N_("{n} not"),
    "onbekend": N_("{n} unknown"),
}


def helped_in_words(experience: Experience, say: Language) -> str:
    """How often a strategy helped, of the times that it is known; then partly, not, and unknown."""
    counts = dict(experience.helped)
    unknown = counts.get("onbekend", 0)
    known = experience.n - unknown
    parts = [say("helped {n} of {all} times", n=counts.get("ja", 0), all=known)] if known else []
    parts += [say(words, n=counts[answer]) for answer, words in _BUT.items() if counts.get(answer)]
    return f"{', '.join(parts)} (n = {experience.n})"


def tried_of(used: Used, handbook: Handbook, say: Language) -> Tried:
    few = used.experience.n <= FEW
    unrecorded = say("{n} finished without a result", n=used.unrecorded)
    return Tried(
        strategy_name(used.strategy, handbook, say) or used.strategy,
        tuple(answer for answer, n in used.experience.helped for _ in range(n)) if few else (),
        () if few else _stacked(used.experience.helped, used.experience.n),
        helped_in_words(used.experience, say),
        unrecorded if used.unrecorded else "",
    )
