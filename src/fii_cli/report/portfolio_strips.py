"""The strip of a trajectory on the map of a portfolio: its six phases with their lights, and what moves.

Everything here is counted from what the edition may show; what is unknown is drawn as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fii_cli.analysis.in_words import latest_in_words, lights_in_words
from fii_cli.analysis.lights import WORST_FIRST
from fii_cli.analysis.movement import Way
from fii_cli.analysis.portfolio_line import Line, Moves, PhaseLine, Publication
from fii_cli.analysis.standing import STATE_WORDS
from fii_cli.editions.edition import reaches
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import PhaseContent
from fii_cli.handbook.names import short_name_of
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.language import N_, Language, count, msg
from fii_cli.report.due import to_do_in_words
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.versterken import Versterken
from fii_cli.words import PHASES, STOPLICHT, Audience, Light, Phase, label

FEW = 12
"""Up to this many, trajectories are columns of a map; more of them are counted in bars."""
_AT_LEAST = 11.0
"""The narrowest that one red or orange light is drawn, in percents of a phase: it may never vanish."""
_GAP = 0.5
_WIDTH = 100 / 6
_DRAWN: tuple[Light, ...] = ("rood", "oranje", "groen")
_WAYS: dict[Way, str] = {
    "forward": N_("forward"),
    "back": N_("backward"),
    "new": N_("new"),
    "unrated": N_("no longer rated"),
}


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
    facts: tuple[Told, ...]
    cells: tuple[PhaseCell, ...]
    segments: tuple[Segment, ...]
    moved: tuple[Moved, ...]
    not_moved: str
    silence: Told | None
    next: Told | None


def strip_of(
    line: Line,
    letter: str,
    handbook: Handbook,
    say: Language,
    link: str,
    audience: Audience,
    names: int,
) -> Strip:
    """The strip of a trajectory, with at most so many ``names`` of red lights.

    What the edition of a report does not show is drawn as in that edition, and told as not shown.
    """
    seen = line.seen_by(audience)
    rated = reaches(Trajectory, "assessments", seen)
    beside = not rated and reaches(Trajectory, "assessments", audience)
    hidden = say("not shown")
    heard = reaches(Versterken, "key_people", seen)
    dated = reaches(Trajectory, "actions", seen)
    moved = moves(line.moved, say) if rated else ()
    phase = where_in_words(line, handbook, say, shows_lights=rated)
    phases = tuple(zip(handbook.phases, line.phases, strict=True))
    return Strip(
        letter=letter,
        title=line.heading,
        link=link,
        kinds=kinds_of(line) if rated else (),
        where=f"{phase} · {_reported(line.report, say)}" if line.report else phase,
        facts=tuple(_facts(line, handbook, say, names)) if rated else (),
        cells=tuple(_cell(content, each, say, rated=rated, hidden=beside) for content, each in phases),
        segments=tuple(
            part for content, each in phases for part in _segments(content.number, each, rated=rated)
        ),
        moved=moved,
        not_moved="" if moved else not_moved(line, say) if rated else hidden,
        silence=silence_told(line, say) if heard else Told(hidden, "", False),
        next=next_told(line, say) if dated else Told(hidden, "", False),
    )


def _reported(report: Publication, say: Language) -> str:
    return say("report of {day}", day=report_told(report, say))


def report_told(report: Publication | None, say: Language, *, iso: bool = False) -> str:
    """The day and the audience of the report that a trajectory is read from; empty for a file."""
    if report is None:
        return ""
    day = report.day.isoformat() if iso else say.day(report.day.isoformat())
    return f"{day} ({say(label(report.audience))})"


def moves(moved: Moves | None, say: Language) -> tuple[Moved, ...]:
    """The lights that moved each way; nothing if none did."""
    if moved is None:
        return ()
    return tuple(Moved(way, moved.ways[way], say(words)) for way, words in _WAYS.items() if way in moved.ways)


def not_moved(line: Line, say: Language) -> str:
    """Why no light moved: none did, or there is no earlier assessment to compare with."""
    if line.moved:
        return say("unchanged")
    return say("first assessment") if line.rated else say("unknown")


def silence_told(line: Line, say: Language) -> Told:
    """The longest radio silence, or else how long ago anyone was heard of."""
    silent = max(line.silent, key=lambda each: each.weeks, default=None)
    longest = silent or line.quiet
    if line.at_rest:
        return Told(say("at rest"), "", False)
    if longest is None:
        return Told(say("unknown"), "", False)
    about = line.names[longest.person]
    if len(line.silent) > 1:
        others = len(line.silent) - 1
        about += " " + say(count(others, "and {n} more", "and {n} more"))
    weeks = say(count(longest.weeks, "{n} week", "{n} weeks")) if longest.weeks else say("under a week")
    return Told(weeks, about, silent is not None)


def next_told(line: Line, say: Language, *, iso: bool = False) -> Told:
    """The first date to meet, and what has to be done by then."""
    due = line.next
    if due is None:
        return Told(say("unknown"), "", False)
    day = due.day.text if iso else say.day(due.day.text)
    return Told(say("{day}, overdue", day=day) if due.late else day, to_do_in_words(due, say), due.late)


def kinds_of(line: Line) -> tuple[str, ...]:
    """The filters that show a trajectory: the counts in their labels are taken from these."""
    holds = {
        "red": bool(line.red),
        "late": line.overdue > 0,
        "silent": bool(line.silent),
        "unrated": not line.rated,
    }
    kinds = [kind for kind, true in holds.items() if true]
    return (*kinds, f"p{_number(line.latest)}") if line.latest else tuple(kinds)


def _number(phase: Phase) -> int:
    return PHASES.index(phase) + 1


def where_in_words(line: Line, handbook: Handbook, say: Language, *, shows_lights: bool) -> str:
    """Where a trajectory is: see :func:`phase_in_words`."""
    content = handbook.phases[PHASES.index(line.latest)] if line.latest else None
    return latest_in_words(line.latest_phase, content, line.also_open, say, shows_lights=shows_lights)


def item_name(line: Line, place: str, handbook: Handbook, say: Language) -> str:
    """The short name of an item, or the team's own question: see :meth:`Wording.name_of`."""
    own = line.questions.get(place.removeprefix(f"{STOPLICHT}/"), "")
    return own or short_name_of(place, handbook, say)


def phase_name(phase: PhaseContent, say: Language) -> str:
    return f"{phase.number} {say.pick(phase.name)}"


def _facts(line: Line, handbook: Handbook, say: Language, names: int) -> list[Told]:
    """The red lights, the first of them by name, and what is overdue; if there is room, what hinders."""
    told = []
    if line.red:
        about = _red_names(line, handbook, say, names)
        told.append(Told(say(count(len(line.red), "{n} red light", "{n} red lights")), about, True))
    if line.overdue:
        told.append(Told(say("{n} overdue", n=line.overdue), "", True))
    if line.barriers and names:
        barriers = say(count(line.barriers, "{n} barrier", "{n} barriers"))
        strong = say(msg("{n} strong", n=line.strong))
        told.append(Told(f"{barriers} ({strong})" if line.strong else barriers, "", False))
    return told


def _red_names(line: Line, handbook: Handbook, say: Language, most: int) -> str:
    names = [item_name(line, f"{STOPLICHT}/{item}", handbook, say) for item in line.red[:most]]
    more = len(line.red) - len(names)
    if names and more:
        names.append(say(count(more, "and {n} more", "and {n} more")))
    return ", ".join(names[:-1]) + f" {names[-1]}" if names and more else ", ".join(names)


def _cell(content: PhaseContent, phase: PhaseLine, say: Language, *, rated: bool, hidden: bool) -> PhaseCell:
    """A phase; ``hidden`` is whether its lights are not shown beside those of other trajectories."""
    name, here = phase_name(content, say), phase.state == "here"
    counts = phase.counts
    worst = [Count(light, counts[light]) for light in ("rood", "oranje") if counts[light]] if rated else []
    if rated and not worst and counts["groen"]:
        worst = [Count("groen", counts["groen"])]
    state = say(STATE_WORDS[phase.state])
    if rated:
        lights = lights_in_words(phase, say) if phase.rated else say("not rated")
        words = f"{name}, {state}: {lights}" if here else f"{name}: {lights}"
    else:
        words = f"{name}: {state}; {say('lights not shown')}" if hidden else f"{name}: {state}"
    known = phase.rated if rated else phase.visited
    kind = "known" if known else "hidden" if hidden else "unknown"
    return PhaseCell(_bar(content.number, kind), here, tuple(worst), words)


def _bar(number: int, kind: str) -> Segment:
    return Segment(kind, percent((number - 1) * _WIDTH + _GAP), percent(_WIDTH - 2 * _GAP))


def percent(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"


def _segments(number: int, phase: PhaseLine, *, rated: bool) -> list[Segment]:
    if not rated:
        return [_bar(number, "been")] if phase.visited else []
    counts = phase.counts
    return _parts(number, {light: counts[light] for light in WORST_FIRST}, phase.applicable)


def _parts(number: int, counts: Mapping[Light, int], whole: int) -> list[Segment]:
    """The parts of the bar of a phase: red, orange and green; what is left of it is unknown."""
    start, inside, at = (number - 1) * _WIDTH + _GAP, _WIDTH - 2 * _GAP, 0.0
    made = []
    for light in _DRAWN:
        n = counts[light]
        if n:
            wide = 100 * n / whole
            wide = min(max(wide, _AT_LEAST) if light != "groen" else wide, 100 - at)
            made.append(Segment(light, percent(start + at * inside / 100), percent(wide * inside / 100)))
            at += wide
    return made


def _worst_in(lines: Sequence[Line]) -> list[dict[Light, int]]:
    """For each phase, the number of trajectories with each light as their worst one there."""
    found: list[dict[Light, int]] = [dict.fromkeys(WORST_FIRST, 0) for _ in range(6)]
    for line in lines:
        for at, phase in enumerate(line.phases):
            counts = phase.counts
            worst = next((light for light in _DRAWN if counts[light]), NO_LIGHT)
            found[at][worst] += 1
    return found


def total_of(lines: Sequence[Line], handbook: Handbook, say: Language) -> tuple[PhaseCell, ...]:
    """The strip of all trajectories together: in each phase by the worst light of each."""
    cells = []
    for phase, worst in zip(handbook.phases, _worst_in(lines), strict=True):
        lights = ", ".join(f"{n} {say(label(light))}" for light, n in worst.items() if n)
        words = f"{phase_name(phase, say)}: {lights}"
        here = sum(line.here == phase.id for line in lines)
        told = say("{n} here now", n=here)
        counts = tuple(Count(light, worst[light]) for light in ("rood", "oranje") if worst[light])
        cells.append(PhaseCell(_bar(phase.number, "known"), False, counts, f"{words}; {told}"))
    return tuple(cells)


def total_segments(lines: Sequence[Line]) -> list[Segment]:
    return [each for at, worst in enumerate(_worst_in(lines), 1) for each in _parts(at, worst, len(lines))]
