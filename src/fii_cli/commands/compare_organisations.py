"""``fii compare`` for organisations: their ratings side by side, and what distinguishes two groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from fii_cli.analysis.compared import (
    INDICATOR,
    OUTCOMES,
    Compared,
    Groups,
    MeasuredOutcome,
    Outcome,
    Placed,
    RatedOutcome,
    Source,
    asked_for,
    compared,
    completed,
    divided,
    indicators_in,
    outcome_named,
    outcomes_known,
    placed_in,
)
from fii_cli.analysis.compared_in_words import caution, found_in_words
from fii_cli.analysis.distinguishes import VERDICT_WORDS
from fii_cli.analysis.renewed import renewed
from fii_cli.commands.options import framework_named
from fii_cli.commands.readable import readable_in
from fii_cli.commands.say import say_errors, say_json, say_not_done
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Construct, Framework
from fii_cli.language import msg
from fii_cli.project.context import Projects
from fii_cli.suggest import did_you_mean, known_as, one_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory

READINESS = "readiness"
"""The instrument on which organisations are compared if nothing says another."""


def ids_in(text: str | None) -> tuple[str, ...]:
    """The ids in a list with commas."""
    return tuple(dict.fromkeys(filter(None, (each.strip() for each in (text or "").split(",")))))


def compare_organisations(
    terminal: Terminal,
    paths: list[str] | None,
    instrument: str | None,
    groups: Groups,
    asked: date | None,
    *,
    as_json: bool,
) -> int:
    """Show the ratings of each organisation, item by item; return the exit code.

    Without an instrument, it is the one on which the files themselves compare organisations, if it is one.
    """
    projects = Projects()
    today = asked or projects.today
    book = projects.at("-").handbook
    framework = framework_named(instrument or READINESS, book)
    if framework is None:
        raise Refused(
            msg("lights are not compared by organisation"), msg("choose an instrument with --instrument")
        )
    sources, worst = _read(terminal, projects, paths or ["."], today)
    used = {each.trajectory.distinguish.instrument for each in sources if each.trajectory.distinguish}
    if instrument is None and len(used) == 1:
        framework = framework_named(used.pop(), book) or framework
    outcome = _outcome(groups, book, sources)
    placed = placed_in(sources, framework.id, book, today)
    if not placed and worst != OK:
        return worst
    if not placed:
        say = terminal.say
        terminal.out(terminal.wrap(say("no organisation was rated on {id}", id=framework.id)))
        return worst
    low, high = _named(groups, placed)
    if outcome:
        low, high = _by_outcome(outcome, groups, sources, placed, book, today)
    found = compared(framework, [each.organisation for each in placed], low, high)
    if not groups.asked and len(sources) == 1:
        found = _asked_in_file(sources[0].trajectory, framework, book, today) or found
    if as_json:
        say_json(terminal, _record(framework, found))
    else:
        _show(terminal, framework, found, book)
    return worst


def _read(terminal: Terminal, projects: Projects, paths: list[str], today: date) -> tuple[list[Source], int]:
    """The trajectories at and below the paths, each with its file, and the exit code so far."""
    found = projects.search(paths)
    worst = OK
    read = []
    for error in found.unopened:
        say_not_done(error, error.path, terminal)
        worst = FOUND
    for path, document in found.documents():
        project = projects.at(path)
        judgement = project.judge(path, document, today)
        readable = readable_in(judgement, today)
        if readable is None:
            say_errors(judgement, terminal)
            worst = FOUND
        else:
            read.append(Source(path, renewed(readable.known, project.handbook).trajectory))
    return read, worst


def _asked_in_file(
    trajectory: Trajectory, framework: Framework, book: Handbook, today: date
) -> Compared | None:
    """The comparison on an instrument that the file itself asks for."""
    asked = trajectory.distinguish
    return (
        asked_for([Source("", trajectory)], book, today)
        if asked and asked.instrument == framework.id
        else None
    )


def _outcome(groups: Groups, book: Handbook, sources: Sequence[Source]) -> Outcome | None:
    """The outcome that groups organisations, if one is named. Raises :class:`Refused` for an unknown one."""
    if groups.by is None:
        return None
    indicators = indicators_in(each.trajectory for each in sources)
    instrument, _, item = groups.by.rpartition("/")
    outcome = outcome_named(groups.by, book, indicators)
    if outcome is None:
        if instrument.strip().casefold() != INDICATOR:
            framework_named(instrument or OUTCOMES, book)
        known = outcomes_known(groups.by, book, indicators)
        raise Refused(msg("unknown outcome {id}", id=groups.by), did_you_mean(item, known, one_of(known)))
    if groups.at is not None and isinstance(outcome, RatedOutcome):
        raise Refused(
            msg("--at is for an indicator, and {item} is rated", item=outcome.item.id),
            msg("omit {flags}", flags="--at"),
        )
    return outcome


def _by_outcome(
    outcome: Outcome,
    groups: Groups,
    sources: Sequence[Source],
    placed: Sequence[Placed],
    book: Handbook,
    today: date,
) -> tuple[Sequence[str], Sequence[str]]:
    """The organisations where an outcome is low and high. Raises :class:`Refused` without both."""
    low, high, why_not = divided(outcome, groups.at, sources, placed, book, today)
    if why_not:
        by_name = msg("name the groups with --low and --high")
        by_value = msg("choose a value between them with --at, or name the groups with --low and --high")
        raise Refused(why_not, by_value if isinstance(outcome, MeasuredOutcome) else by_name)
    return tuple(low), tuple(high)


def _named(groups: Groups, placed: Sequence[Placed]) -> tuple[Sequence[str], Sequence[str]]:
    """The ids of the two groups; if only one group was given, all others are the other."""
    known = [each.organisation.id for each in placed]
    low, high = (
        [_known(id_, known, option) for id_ in ids]
        for ids, option in ((groups.low, "--low"), (groups.high, "--high"))
    )
    if both := [id_ for id_ in low if id_ in high]:
        raise Refused(msg("{id} is in both groups", id=", ".join(both)), msg("name each organisation once"))
    below, above = completed(low, high, known)
    if (groups.low or groups.high) and not (below and above):
        raise Refused(
            msg("nobody is left for the other group"), msg("name one group, or both with other organisations")
        )
    return below, above


def _known(written: str, known: Sequence[str], option: str) -> str:
    id_ = known_as(written, known)
    if id_ is None:
        wrong = msg("{option}: {id} is no organisation that was rated", option=option, id=written)
        raise Refused(wrong, did_you_mean(written, known, one_of(known)))
    return id_


def _record(framework: Framework, found: Compared) -> dict[str, Any]:
    return {
        "version": 1,
        "instrument": framework.id,
        "organisations": [{"id": each.id, "name": each.name} for each in found.organisations],
        "low": [each.id for each in found.low],
        "high": [each.id for each in found.high],
        "items": {
            each.item.id: {
                "ratings": {one.id: list(one.on(each.item.id)) for one in found.organisations},
                "distinguishes": each.verdict if found.grouped else None,
                "steps": each.gap,
                "exceptions": list(each.exceptions),
            }
            for each in found.items
        },
    }


def _show(terminal: Terminal, framework: Framework, found: Compared, book: Handbook) -> None:
    say = terminal.say
    rest = [each for each in found.organisations if each not in (*found.low, *found.high)]
    columns = [*found.low, *found.high, *rest]
    marks = {each.id: say("low") for each in found.low} | {each.id: say("high") for each in found.high}
    heads = [f"{each.id} ({marks[each.id]})" if each.id in marks else each.id for each in columns]
    none = "–" if terminal.signs else "-"
    lines = []
    for each in found.items:
        cells = [" / ".join(map(terminal.word, one.on(each.item.id))) for one in columns]
        if any(cells):
            name = say.pick(book.short_name(framework.id, each.item.id, each.item.name))
            verdict = [say(VERDICT_WORDS[each.verdict])] if found.grouped else []
            lines.append([f"{each.item.id} {name}", *(cell or none for cell in cells), *verdict])
    terminal.table(
        [say.pick(framework.name), *heads, *([say("Distinguishes")] if found.grouped else [])], lines
    )
    if found.why_not:
        terminal.out("", terminal.wrap(say(found.why_not)))
    if not found.grouped:
        command = "fii compare --low …"
        terminal.out("", terminal.wrap(say("{command} shows what distinguishes them", command=command)))
        return
    _show_found(terminal, framework, found, book)


def _show_found(terminal: Terminal, framework: Framework, found: Compared, book: Handbook) -> None:
    """What distinguishes the groups in words, who breaks a pattern, and how much this says."""
    say = terminal.say

    def named(item: Construct) -> str:
        return f"{item.id} {say.pick(book.short_name(framework.id, item.id, item.name))}"

    terminal.out("")
    for line in found_in_words(found, say, named, str):
        terminal.out(terminal.wrap(line))
    terminal.out(terminal.dim(terminal.wrap(caution(found, say))))
