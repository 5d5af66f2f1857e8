"""A portfolio drawn as a map: a strip for each trajectory, what hinders in several, and what helped.

Everything here is counted from what the edition may show; what is unknown is drawn as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from fii_cli.analysis.in_words import experience_in_words, lights_in_words, phase_in_words
from fii_cli.analysis.lights import WORST_FIRST
from fii_cli.analysis.movement import Movement
from fii_cli.analysis.portfolio import Line, Portfolio, Shared, Sort, Used
from fii_cli.analysis.standing import STATE_WORDS, PhaseStanding
from fii_cli.editions.edition import reaches
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import PhaseContent
from fii_cli.handbook.names import named, short_name_of, strategy_name
from fii_cli.language import Language, N_, count, msg
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.versterken import Versterken
from fii_cli.words import OUTER, Audience, Light, label

FEW = 12
"""Up to this many, trajectories are columns of a map; more of them are counted in bars."""
MANY = 60
"""From this many, strips are closer together."""
_AT_LEAST = 11.0
"""The narrowest that one red or orange light is drawn, in percents of a phase: it may never vanish."""
_GAP = 0.5
_WIDTH = 100 / 6


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: what it stands for, and its place in percents of the width."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number with the light that it counts."""

    light: Light
    n: int


@dataclass(frozen=True, slots=True)
class PhaseCell:
    """A phase in a strip: its bar, the worst lights under it, and all of it in words for screen readers."""

    bar: Segment
    here: bool
    counts: tuple[Count, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The number of lights that moved one way, in words."""

    kind: str
    n: int
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in a strip: what it is, what it is about, and whether it calls for action."""

    what: str
    about: str
    alarm: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A trajectory on the map. ``kinds`` are the filters that show it; ``letter`` is empty in a large map."""

    letter: str
    title: str
    link: str
    kinds: tuple[str, ...]
    where: str
    alarms: tuple[str, ...]
    cells: tuple[PhaseCell, ...]
    segments: tuple[Segment, ...]
    moved: tuple[Moved, ...]
    not_moved: str
    silence: Told | None
    next: Told | None


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of trajectories, with the number that it shows."""

    kind: str
    words: str
    n: int


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


@dataclass(frozen=True, slots=True)
class PortfolioMap:
    """A portfolio to look at; ``total`` is empty in a small one, ``phases`` are the names of the columns.

    ``order`` is empty if the order says nothing.
    """

    order: str
    dense: bool
    rated: bool
    status: tuple[str, ...]
    filters: tuple[Filter, ...]
    phases: tuple[str, ...]
    shows_silence: bool
    shows_dates: bool
    total: tuple[PhaseCell, ...]
    total_segments: tuple[Segment, ...]
    strips: tuple[Strip, ...]
    barriers: tuple[SharedBarrier, ...]
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
    "Most in need first: red lights, then what is overdue, then orange lights. If nothing was rated, the need "
    "is unknown: these come last."
)
"""The order by need in an edition that does not show key people."""


def portfolio_map(
    portfolio: Portfolio,
    lines: Sequence[Line],
    handbook: Handbook,
    say: Language,
    links: Mapping[str, str],
    audience: Audience,
    sort: Sort,
) -> PortfolioMap:
    """The map of trajectories in this order; ``links`` maps the path of a trajectory to its page."""
    rated = reaches(Trajectory, "assessments", audience)
    silence = reaches(Versterken, "key_people", audience)
    dates = reaches(Trajectory, "actions", audience)
    letters = ascii_lowercase[: len(lines)] if len(lines) <= FEW else ""
    strips = tuple(
        _strip(line, letters[at : at + 1], say, links.get(line.member.path, ""), audience)
        for at, line in enumerate(lines)
    )
    total = _total(lines, handbook, say) if rated and len(lines) > FEW else ()
    untried = [used for used in portfolio.strategies if not used.experience.n]
    return PortfolioMap(
        order=say(_order(sort, rated=rated, silence=silence)),
        dense=len(lines) >= MANY,
        rated=rated,
        status=tuple(_status(lines, say, rated=rated, silence=silence)),
        filters=_filters(strips, handbook, say) if rated else (),
        phases=tuple(_phase_name(phase, say) for phase in handbook.phases),
        shows_silence=silence,
        shows_dates=dates,
        total=total,
        total_segments=tuple(_total_segments(lines)) if total else (),
        strips=strips,
        barriers=tuple(
            _shared(each, lines, letters, handbook, say, audience)
            for each in portfolio.barriers
            if each.trajectories > 1
        ),
        tried=tuple(_tried(used, handbook, say) for used in portfolio.strategies if used.experience.n),
        untried="; ".join(strategy_name(used.strategy, handbook, say) for used in untried),
    )


def _order(sort: Sort, *, rated: bool, silence: bool) -> str:
    """The order in words, without what the edition does not show."""
    if sort == "need" and not (rated and silence):
        return _NEED_UNHEARD if rated else ""
    return ORDERS[sort] if rated or sort != "phase" else N_("By phase.")


def _phase_name(phase: PhaseContent, say: Language) -> str:
    return f"{phase.number} {say.pick(phase.name)}"


def _status(lines: Sequence[Line], say: Language, *, rated: bool, silence: bool) -> list[str]:
    """What is going on, in a few sentences; each is a count, and nothing is judged."""
    if not rated:
        return []
    told = []
    known = sum(line.rated for line in lines)
    red = sum(bool(line.red) for line in lines)
    if known:
        told.append(
            say(
                count(
                    red,
                    "Of the {all} trajectories that were rated, {n} has a red light.",
                    "Of the {all} trajectories that were rated, {n} have a red light.",
                    all=known,
                )
            )
        )
    late = sum(line.overdue > 0 for line in lines)
    if late:
        told.append(say(count(late, "{n} has something overdue.", "{n} have something overdue.")))
    silent = sum(bool(line.silent) for line in lines)
    if silence and silent:
        told.append(say(count(silent, "{n} has a silent key person.", "{n} have a silent key person.")))
    moves = [line.member.moved for line in lines if line.member.moved]
    if moves:
        forward, back = sum(each.forward for each in moves), sum(each.back for each in moves)
        told.append(
            say(
                "Since the previous assessment of each, {forward} lights moved forward and {back} backward.",
                forward=forward,
                back=back,
            )
        )
    if known < len(lines):
        told.append(say("Nothing was rated in {n}.", n=len(lines) - known))
    return told


FILTERS = {
    "red": N_("red light"),
    "late": N_("overdue"),
    "silent": N_("radio silence"),
    "unrated": N_("not rated"),
}
"""The filters on need; each shows the trajectories of this kind."""


def _kinds(line: Line) -> tuple[str, ...]:
    """The filters that show a trajectory: the counts in their labels are taken from these."""
    holds = {
        "red": bool(line.red),
        "late": line.overdue > 0,
        "silent": bool(line.silent),
        "unrated": not line.rated,
    }
    latest = line.member.standing.latest
    kinds = [kind for kind, true in holds.items() if true]
    return (*kinds, f"p{latest.content.number}") if latest else tuple(kinds)


def _filters(strips: Sequence[Strip], handbook: Handbook, say: Language) -> tuple[Filter, ...]:
    """Every filter that shows some of the trajectories, but not all; phases only in a large portfolio."""
    words = {kind: say(each) for kind, each in FILTERS.items()}
    if len(strips) > FEW:
        words |= {f"p{phase.number}": _phase_name(phase, say) for phase in handbook.phases}
    counted = [
        Filter(kind, each, sum(kind in strip.kinds for strip in strips)) for kind, each in words.items()
    ]
    left = tuple(each for each in counted if 0 < each.n < len(strips))
    return (Filter("all", say("all"), len(strips)), *left) if left else ()


def _strip(line: Line, letter: str, say: Language, link: str, audience: Audience) -> Strip:
    standing = line.member.standing
    rated = reaches(Trajectory, "assessments", audience)
    moved = moves(line.member.moved, say) if rated else ()
    return Strip(
        letter=letter,
        title=standing.trajectory.heading,
        link=link,
        kinds=_kinds(line) if rated else (),
        where=phase_in_words(standing, say, shows_lights=rated),
        alarms=tuple(_alarms(line, say)) if rated else (),
        cells=tuple(_cell(phase, say, rated=rated) for phase in standing.phases),
        segments=tuple(each for phase in standing.phases for each in _segments(phase, rated=rated)),
        moved=moved,
        not_moved="" if moved or not rated else not_moved(line, say),
        silence=silence_told(line, say) if reaches(Versterken, "key_people", audience) else None,
        next=next_told(line, say) if reaches(Trajectory, "actions", audience) else None,
    )


def _alarms(line: Line, say: Language) -> list[str]:
    told = []
    if line.red:
        told.append(say(count(len(line.red), "{n} red light", "{n} red lights")))
    if line.overdue:
        told.append(say("{n} overdue", n=line.overdue))
    return told


def moves(moved: Movement | None, say: Language) -> tuple[Moved, ...]:
    """The lights that moved each way; nothing if none did."""
    if moved is None:
        return ()
    each = (
        Moved("forward", moved.forward, say("forward")),
        Moved("back", moved.back, say("backward")),
        Moved("new", moved.new, say("new")),
    )
    return tuple(one for one in each if one.n)


def not_moved(line: Line, say: Language) -> str:
    """Why no light moved: none did, or there is no earlier assessment to compare with."""
    if line.member.moved:
        return say("unchanged")
    return say("first assessment") if line.rated else say("unknown")


def silence_told(line: Line, say: Language) -> Told:
    """The longest radio silence, or else how long ago anyone was heard of."""
    silent = max(line.member.silent, key=lambda each: each.weeks, default=None)
    longest = silent or line.member.quiet
    trajectory = line.member.standing.trajectory
    if trajectory.at_rest:
        return Told(say("at rest"), "", False)
    if longest is None:
        return Told(say("unknown"), "", False)
    about = trajectory.named(longest.person)
    if len(line.silent) > 1:
        others = len(line.silent) - 1
        about += " " + say(count(others, "and {n} other", "and {n} others"))
    return Told(say(count(longest.weeks, "{n} week", "{n} weeks")), about, silent is not None)


def next_told(line: Line, say: Language, *, iso: bool = False) -> Told:
    """The first date to meet, and what has to be done by then."""
    coming = line.next
    if coming is None:
        return Told(say("unknown"), "", False)
    about = say("overdue: {what}", what=coming.what) if coming.late else coming.what
    return Told(coming.day.text if iso else say.day(coming.day.text), about, coming.late)


def _cell(phase: PhaseStanding, say: Language, *, rated: bool) -> PhaseCell:
    name, here = _phase_name(phase.content, say), phase.state == "here"
    counts = phase.counts
    worst = [Count(light, counts[light]) for light in ("rood", "oranje") if counts[light]] if rated else []
    if rated and not worst and counts["groen"]:
        worst = [Count("groen", counts["groen"])]
    state = say(STATE_WORDS[phase.state])
    if rated:
        lights = lights_in_words(phase, say) if phase.rated else say("not rated")
        words = f"{name}, {state}: {lights}" if here else f"{name}: {lights}"
    else:
        words = f"{name}: {state}"
    unknown = not (phase.rated if rated else phase.visits)
    return PhaseCell(_bar(phase.content.number, "unknown" if unknown else "known"), here, tuple(worst), words)


def _bar(number: int, kind: str) -> Segment:
    return Segment(kind, _percent((number - 1) * _WIDTH + _GAP), _percent(_WIDTH - 2 * _GAP))


def _percent(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"


def _segments(phase: PhaseStanding, *, rated: bool) -> list[Segment]:
    if not rated:
        return [_bar(phase.content.number, "been")] if phase.visits else []
    counts = phase.counts
    return _parts(phase.content.number, {light: counts[light] for light in WORST_FIRST}, phase.applicable)


def _parts(number: int, counts: Mapping[Light, int], whole: int) -> list[Segment]:
    """The parts of the bar of a phase: red, orange and green; what is left of it is unknown."""
    start, inside, at = (number - 1) * _WIDTH + _GAP, _WIDTH - 2 * _GAP, 0.0
    made = []
    for light in ("rood", "oranje", "groen"):
        n = counts[light]
        if n:
            wide = 100 * n / whole
            wide = min(max(wide, _AT_LEAST) if light != "groen" else wide, 100 - at)
            made.append(Segment(light, _percent(start + at * inside / 100), _percent(wide * inside / 100)))
            at += wide
    return made


def _worst_in(lines: Sequence[Line]) -> list[dict[Light, int]]:
    """For each phase, the number of trajectories with each light as their worst one there."""
    found: list[dict[Light, int]] = [dict.fromkeys(WORST_FIRST, 0) for _ in range(6)]
    for line in lines:
        for at, phase in enumerate(line.member.standing.phases):
            counts = phase.counts
            worst = next((light for light in ("rood", "oranje", "groen") if counts[light]), "onbekend")
            found[at][worst] += 1
    return found


def _total(lines: Sequence[Line], handbook: Handbook, say: Language) -> tuple[PhaseCell, ...]:
    """The strip of all trajectories together: in each phase by the worst light of each."""
    cells = []
    for phase, worst in zip(handbook.phases, _worst_in(lines), strict=True):
        lights = ", ".join(f"{n} {say(label(light))}" for light, n in worst.items() if n)
        words = f"{_phase_name(phase, say)}: {lights}"
        here = sum(_is_in(line, phase.number) for line in lines)
        told = say("{n} here now", n=here)
        counts = tuple(Count(light, worst[light]) for light in ("rood", "oranje") if worst[light])
        cells.append(PhaseCell(_bar(phase.number, "known"), False, counts, f"{words}; {told}"))
    return tuple(cells)


def _is_in(line: Line, number: int) -> bool:
    here = line.member.standing.here
    return here is not None and here.content.number == number


def _total_segments(lines: Sequence[Line]) -> list[Segment]:
    return [
        each
        for at, worst in enumerate(_worst_in(lines), 1)
        for each in _parts(at, worst, len(lines))
    ]


def _shared(
    shared: Shared, lines: Sequence[Line], letters: str, handbook: Handbook, say: Language, audience: Audience
) -> SharedBarrier:
    name = (short_name_of if audience in OUTER else named)(shared.place, handbook, say)
    squares = tuple(_square(shared.place, line, say) for line in lines) if letters else ()
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
    bar = () if letters else _stacked(counts, len(lines))
    return SharedBarrier(name, of_known(shared, say), told, squares, bar)


def of_known(shared: Shared, say: Language) -> str:
    """In how many trajectories something hinders, of those in which that is known."""
    return say(msg("{n} of {all}", n=shared.trajectories, all=shared.known))


_SQUARES = {
    "2": N_("hinders strongly"),
    "1": N_("hinders in part"),
    "0": N_("does not hinder"),
    "?": N_("unknown"),
}


def _square(place: str, line: Line, say: Language) -> Square:
    strength = line.strengths.get(place, 0)
    kind = str(strength) if strength or place in line.member.known else "?"
    return Square(kind, say(_SQUARES[kind]))


def _stacked(counts: Mapping[str, int], whole: int) -> tuple[Segment, ...]:
    at, made = 0.0, []
    for kind, n in counts.items():
        if n:
            wide = 100 * n / whole
            made.append(Segment(kind, _percent(at), _percent(wide)))
            at += wide
    return tuple(made)


def _tried(used: Used, handbook: Handbook, say: Language) -> Tried:
    few = used.experience.n <= FEW
    helped = dict(used.experience.helped)
    unrecorded = say("{n} finished without a result", n=used.unrecorded)
    return Tried(
        strategy_name(used.strategy, handbook, say),
        tuple(answer for answer, n in used.experience.helped for _ in range(n)) if few else (),
        () if few else _stacked(dict(helped), used.experience.n),
        experience_in_words(used.experience, say),
        unrecorded if used.unrecorded else "",
    )
