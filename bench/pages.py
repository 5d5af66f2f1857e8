"""The figures in docs/performance, in both languages: each block between its own two markers."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fii_cli import __version__
from fii_cli.language import CODES, Code
from fii_cli.resources import language

from .cases import CASES, GOALS, GROUPS, PEER_CASES, PEER_GOALS, PEER_GROUPS, Case, Goal
from .country import meaning
from .measure import counter
from .tables import (
    GOAL_HEADS,
    Results,
    command,
    goal_row,
    markdown,
    missing,
    number,
    table,
    verdict,
)

_MUCH = 0.5
_BUSY: dict[Code, str] = {
    "en": "The machine was busy, so times by the clock may be too long. Processor time and × suffer less "
    "from that, and instructions not at all.",
    "nl": "De machine was druk; tijden op de klok kunnen dus te lang zijn. Processortijd en × hebben daar "
    "minder last van, instructies helemaal niet.",
}
DOCS = Path(__file__).parents[1] / "docs"


@dataclass(frozen=True)
class Occasion:
    """When and where a run was."""

    day: date
    cores: int
    processor: str
    system: str
    python: str
    load: float
    """Of the minute before it began: more than a little means that others were at work."""


def occasion() -> Occasion:
    """This machine, now."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    about = (platform.system(), platform.python_version())
    return Occasion(date.today(), cores, _processor(), *about, load)


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    text = told.read_text(encoding="utf-8", errors="replace") if told.is_file() else ""
    found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.machine()


def when_and_where(run: Occasion, lang: Code) -> str:
    """One sentence on the day and the machine of a run."""
    day, load = language(lang).day(run.day.isoformat()), number(run.load, lang, 2)
    cores = str(run.cores)
    text = {
        "en": "Measured on {0} with fii {1} and Python {2}, on {3} cores ({4}, {5}). The load average was "
        "{6} at the start.",
        "nl": "Gemeten op {0} met fii {1} en Python {2}, op {3} cores ({4}, {5}). De gemiddelde belasting "
        "was {6} bij het begin.",
    }[lang]
    told = text.format(day, __version__, run.python, cores, run.processor, run.system, load)
    return f"{told} {_BUSY[lang]}" if run.load >= _MUCH else told


def measured_block(run: Occasion, results: Results, options: set[str], lang: Code) -> str:
    """The tables of `make bench`, and the goals."""
    parts = [when_and_where(run, lang), _counted_by(lang)]
    parts += _tables(CASES, GROUPS, results, lang)
    parts += [_absent(CASES, results, options, lang), _goals(GOALS, CASES, results, lang)]
    return "\n\n".join(part for part in parts if part)


def peers_block(
    run: Occasion, results: Results, options: set[str], versions: Mapping[str, str], lang: Code
) -> str:
    """The tables of `make bench-peers`, and its goals."""
    named = ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    parts = [when_and_where(run, lang), {"en": f"Versions: {named}.", "nl": f"Versies: {named}."}[lang]]
    parts += _tables(PEER_CASES, PEER_GROUPS, results, lang)
    parts += [_absent(PEER_CASES, results, options, lang), _goals(PEER_GOALS, PEER_CASES, results, lang)]
    return "\n\n".join(part for part in parts if part)


def _counted_by(lang: Code) -> str:
    tool = counter()
    if not tool:
        return ""
    return {"en": f"{tool} counted the instructions.", "nl": f"{tool} telde de instructies."}[lang]


def _tables(
    cases: Sequence[Case], groups: Mapping[str, tuple[str, str]], results: Results, lang: Code
) -> Iterator[str]:
    for group, names in groups.items():
        yield f"### {names[0 if lang == 'en' else 1]}"
        heads, *rows = table(cases, group, results, lang)
        yield markdown(heads, rows)


def _absent(cases: Sequence[Case], results: Results, options: set[str], lang: Code) -> str:
    """What was not run, and why: nothing is shown that was not measured."""
    full: list[str] = []
    lacking: dict[str, int] = {}
    for case, option in missing(cases, results, options):
        if option:
            lacking[option] = lacking.get(option, 0) + 1
        else:
            full.append(command(case, lang))
    told = []
    if full:
        told.append(
            {
                "en": "Rows with only dashes were not run; large ones require `FULL=1`.",
                "nl": "Rijen met alleen streepjes zijn niet gedraaid; voor grote is `FULL=1` nodig.",
            }[lang]
        )
    for option, count in lacking.items():
        told.append(
            {
                "en": f"{count} of them require `{option}`, which this version of fii does not have.",
                "nl": f"{count} daarvan vragen om `{option}`; deze versie van fii heeft die optie niet.",
            }[lang]
        )
    return " ".join(told)


def _goals(goals: Sequence[Goal], cases: Sequence[Case], results: Results, lang: Code) -> str:
    heading = {"en": "### Goals", "nl": "### Doelen"}[lang]
    told = [goal_row(verdict(goal, results, cases), cases, lang) for goal in goals]
    return f"{heading}\n\n{markdown(GOAL_HEADS[lang], told)}"


def write(blocks: Mapping[str, Mapping[Code, str]], folder: Path = DOCS) -> None:
    """Put blocks in the page of each language; the text around them is kept."""
    for lang in CODES:
        path = folder / f"performance.{lang}.md"
        text = path.read_text(encoding="utf-8")
        for name, told in blocks.items():
            text = replaced(text, name, told[lang])
        path.write_text(text, encoding="utf-8")


def add_rows(folder: Path = DOCS) -> None:
    """Add the cases and goals that are new without measuring: other rows keep their figures."""
    for lang in CODES:
        path = folder / f"performance.{lang}.md"
        text = path.read_text(encoding="utf-8")
        for name, cases, groups, goals in (
            ("measured", CASES, GROUPS, GOALS),
            ("peers", PEER_CASES, PEER_GROUPS, PEER_GOALS),
        ):
            fresh = "\n\n".join((*_tables(cases, groups, {}, lang), _goals(goals, cases, {}, lang)))
            text = replaced(text, name, _with_rows(block_of(text, name), fresh))
        path.write_text(text, encoding="utf-8")


def _with_rows(old: str, fresh: str) -> str:
    """Fresh tables, with the old row of each command if there is one, and the old sentences around them."""
    rows = dict(_keyed(old))
    told = "\n".join(rows.get(key, line) if line.startswith("| `") else line for key, line in _keyed(fresh))
    preface, *sections = f"\n\n{old}".split("\n\n### ")
    after = [part for part in "\n\n".join(sections).split("\n\n")[1:] if part.endswith(".")]
    tables, _, goals = told.rpartition("\n\n### ")
    return "\n\n".join(part for part in (preface.strip(), tables, *after, f"### {goals}") if part)


def _keyed(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each line, with what a row is about: its table, its command and its files, or a goal and its limit."""
    heading = ""
    for line in text.splitlines():
        if line.startswith("### "):
            heading = line
        cells = line.split(" | ")
        yield (heading, *cells[: 3 if len(cells) > len(GOAL_HEADS["en"]) else 2]), line


def block_of(text: str, name: str) -> str:
    """What is between two markers; raises ``ValueError`` if the page lacks them."""
    begin, end = _markers(name)
    _, found, rest = text.partition(begin)
    told, also, _ = rest.partition(end)
    if not (found and also):
        raise ValueError(f"the markers of {name} are missing")
    return told.strip("\n")


def _markers(name: str) -> tuple[str, str]:
    return f"<!-- bench: {name} -->", f"<!-- bench: end of {name} -->"


def replaced(text: str, name: str, block: str) -> str:
    """A page with another text in one block; raises ``ValueError`` if the page lacks its markers."""
    begin, end = _markers(name)
    old = block_of(text, name)
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return text if old == block else f"{before}{begin}\n\n{block}\n\n{end}{after}"


def measured_blocks(run: Occasion, results: Results, options: set[str]) -> dict[str, dict[Code, str]]:
    """What `make bench` writes."""
    return {
        "measured": {lang: measured_block(run, results, options, lang) for lang in CODES},
        "meaning": {lang: meaning(results, lang) for lang in CODES},
    }


def peer_blocks(
    run: Occasion, results: Results, options: set[str], versions: Mapping[str, str]
) -> dict[str, dict[Code, str]]:
    """What `make bench-peers` writes."""
    return {"peers": {lang: peers_block(run, results, options, versions, lang) for lang in CODES}}
