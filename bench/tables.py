"""Figures as rows of a table, in English or Dutch: on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

from fii_cli.language import Code

from .cases import PLACES, Case, Goal
from .measure import Measured

NOT_RUN = "–"
HEADS: dict[Code, tuple[str, ...]] = {
    "en": ("Command", "Files", "Lines", "By the clock", "Processor", "×", "Memory", "Instructions", "Runs"),
    "nl": (
        "Commando",
        "Bestanden",
        "Regels",
        "Op de klok",
        "Processor",
        "×",
        "Geheugen",
        "Instructies",
        "Keer",
    ),
}
_INSTRUCTIONS = 7
GOAL_HEADS: dict[Code, tuple[str, ...]] = {
    "en": ("Goal", "At most", "Measured", "Reached"),
    "nl": ("Doel", "Hoogstens", "Gemeten", "Gehaald"),
}
_VERDICTS: dict[Code, dict[bool | None, str]] = {
    "en": {True: "yes", False: "**no**", None: "not measured"},
    "nl": {True: "ja", False: "**nee**", None: "niet gemeten"},
}
_BESIDE: dict[Code, str] = {"en": "compared with", "nl": "vergeleken met"}

Row = tuple[str, ...]
Results = Mapping[str, Measured]


def number(value: float, lang: Code, digits: int = 3) -> str:
    """A number with so many digits that count: 1,230 and 0.246; in Dutch 1.230 and 0,246."""
    decimals = max(0, digits - 1 - floor(log10(abs(value)))) if value else 0
    text = f"{value:,.{decimals}f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def count(value: int, lang: Code) -> str:
    """A whole number: 1,000, and in Dutch 1.000."""
    return f"{value:,}" if lang == "en" else f"{value:,}".replace(",", ".")


def duration(seconds: float, lang: Code) -> str:
    """A time in the unit that reads best: 12.3 ms, 4.56 s, 12.3 min or 4.56 hours."""
    hours = {"en": "hours", "nl": "uur"}[lang]
    for limit, size, unit in ((1, 0.001, "ms"), (120, 1, "s"), (7200, 60, "min")):
        if seconds < limit:
            return f"{number(seconds / size, lang)} {unit}"
    return f"{number(seconds / 3600, lang)} {hours}"


def megabytes(size: float, lang: Code) -> str:
    return f"{number(size / 1_000_000, lang)} MB"


def note(case: Case, lang: Code) -> str:
    return case.note[0 if lang == "en" else 1]


def command(case: Case, lang: Code) -> str:
    """The command as code, with what it does not say itself."""
    said = note(case, lang)
    return f"`{case.shown}`" + (f" ({said})" if said else "")


def by_the_clock(case: Case) -> bool:
    """Whether a case is compared with another by the clock: programs that run on several processors are."""
    return case.group.startswith("peers") or case.group == "pages"


def row(case: Case, results: Results, lang: Code, beside: Case | None = None) -> Row:
    """The cells of a case; what was not measured is a dash."""
    place = PLACES[case.place]
    versions = (
        f" ({place.versions} {'versions' if lang == 'en' else 'versies'})" if place.versions > 1 else ""
    )
    of_place = (
        (f"{count(place.files, lang)}{versions}", count(place.lines, lang)) if place.files else ("", "")
    )
    done = results.get(case.name)
    if done is None:
        return (command(case, lang), *of_place, *(NOT_RUN,) * 6)
    ratio = done.ratio
    if beside is not None and beside.name in results:
        ratio = done.wall / results[beside.name].wall
    return (
        command(case, lang),
        *of_place,
        duration(done.wall, lang),
        duration(done.cpu, lang),
        NOT_RUN if ratio is None else number(ratio, lang),
        megabytes(done.memory, lang),
        NOT_RUN if done.instructions is None else f"{number(done.instructions / 1e6, lang)} M",
        str(len(done.runs)),
    )


def table(cases: Sequence[Case], group: str, results: Results, lang: Code) -> list[Row]:
    """The heads and the rows of a group; programs beside fii are told as a multiple of fii.

    A group of which nothing is counted has no column for instructions.
    """
    of_group = [case for case in cases if case.group == group]
    beside = of_group[0] if by_the_clock(of_group[0]) else None
    told = [HEADS[lang], *(row(case, results, lang, beside) for case in of_group)]
    if any(case.counted for case in of_group):
        return told
    return [(*cells[:_INSTRUCTIONS], *cells[_INSTRUCTIONS + 1 :]) for cells in told]


@dataclass(frozen=True)
class Verdict:
    """What was measured for a goal in its own unit, or None, and whether that reaches it."""

    goal: Goal
    measured: float | None

    @property
    def reached(self) -> bool | None:
        return None if self.measured is None else self.measured <= self.goal.limit


def verdict(goal: Goal, results: Results, cases: Sequence[Case]) -> Verdict:
    """Hold the figures against a goal."""
    done, other = results.get(goal.case), results.get(goal.other)
    measured: float | None = None
    if done is None:
        return Verdict(goal, None)
    if goal.unit == "floor":
        measured = done.ratio
    elif goal.unit == "seconds":
        measured = done.wall
    elif goal.unit == "MB":
        measured = done.memory / 1_000_000
    elif other is not None:
        (case,) = (each for each in cases if each.name == goal.case)
        measured = done.wall / other.wall if by_the_clock(case) else done.cpu / other.cpu
    return Verdict(goal, measured)


def goal_row(judged: Verdict, cases: Sequence[Case], lang: Code) -> Row:
    """A goal, what was measured, and whether it was reached."""
    by_name = {case.name: case for case in cases}
    goal, case = judged.goal, by_name[judged.goal.case]

    unit = {"seconds": "s", "MB": "MB"}.get(goal.unit, "×")
    limit = f"{goal.limit:g} {unit}".replace(".", "." if lang == "en" else ",")
    files = PLACES[case.place].files
    size = f", {count(files, lang)} {'files' if lang == 'en' else 'bestanden'}" if files > 1 else ""
    beside = f" {_BESIDE[lang]} {command(by_name[goal.other], lang)}" if goal.other else ""
    measured = NOT_RUN if judged.measured is None else f"{number(judged.measured, lang)} {unit}"
    return (
        f"{command(case, lang)}{size}{beside}",
        limit,
        measured,
        _VERDICTS[lang][judged.reached],
    )


def markdown(heads: Sequence[str], rows: Sequence[Row], numbers_from: int = 1) -> str:
    """A table in Markdown, with numbers to the right."""
    rule = ("---" if column < numbers_from else "---:" for column in range(len(heads)))
    lines = (heads, tuple(rule), *rows)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def missing(cases: Sequence[Case], results: Results, options: set[str]) -> Iterator[tuple[Case, str]]:
    """The cases that were not run, each with the option that fii lacks, or nothing if they take FULL=1."""
    for case in cases:
        if case.name not in results:
            yield case, case.needs if case.needs and case.needs not in options else ""
