"""``fii compare`` for organisations: their ratings side by side, and what distinguishes two groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fii_cli.analysis.distinguishes import (
    VERDICT_WORDS,
    Distinguished,
    Organisation,
    distinguishing,
    grouped_by,
)
from fii_cli.analysis.per_organisation import rated_organisations
from fii_cli.analysis.renewed import renewed
from fii_cli.commands.options import framework_named
from fii_cli.commands.readable import readable_in
from fii_cli.commands.say import say_errors, say_json, say_not_done
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Construct, Framework
from fii_cli.language import N_, msg
from fii_cli.project.context import Projects
from fii_cli.suggest import did_you_mean, known_as, one_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory

OUTCOMES = "outcomes"
"""The instrument whose items ``--by`` can name without it."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that were asked for: by organisation, or by an outcome."""

    low: tuple[str, ...]
    high: tuple[str, ...]
    by: str | None

    @property
    def asked(self) -> bool:
        return bool(self.low or self.high or self.by)


@dataclass(frozen=True, slots=True)
class _Compared:
    """The organisations in the order of the files, those of the two groups, and the verdict on each item."""

    organisations: tuple[Organisation, ...]
    low: tuple[Organisation, ...]
    high: tuple[Organisation, ...]
    items: tuple[Distinguished, ...]


def ids_in(text: str | None) -> tuple[str, ...]:
    """The ids in a list with commas."""
    return tuple(dict.fromkeys(filter(None, (each.strip() for each in (text or "").split(",")))))


def compare_organisations(
    terminal: Terminal,
    paths: list[str] | None,
    instrument: str,
    groups: Groups,
    asked: date | None,
    *,
    as_json: bool,
) -> int:
    """Show the ratings of each organisation, item by item; return the exit code."""
    projects = Projects()
    today = asked or projects.today
    book = projects.at("-").handbook
    framework = framework_named(instrument, book)
    if framework is None:
        raise Refused(
            msg("lights are not compared by organisation"), msg("choose an instrument with --instrument")
        )
    outcome = _outcome(groups.by, book) if groups.by else None
    trajectories, worst = _read(terminal, projects, paths or ["."], today)
    organisations = _organisations(trajectories, framework.id, book, today)
    if not organisations and worst != OK:
        return worst
    if not organisations:
        say = terminal.say
        terminal.out(terminal.wrap(say("no organisation was rated on {id}", id=framework.id)))
        return worst
    if outcome:
        below, above = grouped_by(*outcome, _organisations(trajectories, outcome[0].id, book, today))
        low = tuple(each for each in organisations if each.id in below)
        high = tuple(each for each in organisations if each.id in above)
        if not (low and high):
            asked_for = msg("no two groups: {item} was not rated high and low", item=outcome[1].id)
            raise Refused(asked_for, msg("name the groups with --low and --high"))
    else:
        low, high = _named(groups, organisations)
    compared = _Compared(organisations, low, high, distinguishing(framework, low, high))
    if as_json:
        say_json(terminal, _record(framework, compared))
    else:
        _show(terminal, framework, compared, book)
    return worst


def _read(
    terminal: Terminal, projects: Projects, paths: list[str], today: date
) -> tuple[list[tuple[str, Trajectory]], int]:
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
            read.append((path, renewed(readable.known, project.handbook).trajectory))
    return read, worst


def _organisations(
    trajectories: Sequence[tuple[str, Trajectory]], instrument: str, book: Handbook, today: date
) -> tuple[Organisation, ...]:
    """The organisations that were rated; an id that several files use has the name of its file before it."""
    found = [
        (path, each)
        for path, trajectory in trajectories
        for each in rated_organisations(trajectory, instrument, book, today)
    ]
    times = Counter(each.id for _, each in found)
    return tuple(
        each if times[each.id] == 1 else replace(each, id=f"{path}:{each.id}") for path, each in found
    )


def _outcome(by: str, book: Handbook) -> tuple[Framework, Construct]:
    """The outcome that groups organisations. Raises :class:`Refused` for an unknown one."""
    instrument, _, item = by.rpartition("/")
    framework = framework_named(instrument or OUTCOMES, book)
    items = {each.id: each for each in framework.items} if framework else {}
    names = {name.casefold(): each.id for each in items.values() for name in (each.name.nl, each.name.en)}
    id_ = known_as(item, items) or names.get(item.strip().casefold())
    if framework is None or id_ is None:
        raise Refused(
            msg("unknown outcome {id}", id=by), did_you_mean(item, list(items), one_of(list(items)))
        )
    return framework, items[id_]


def _named(
    groups: Groups, organisations: Sequence[Organisation]
) -> tuple[tuple[Organisation, ...], tuple[Organisation, ...]]:
    """The organisations of the two groups; if only one group was given, all others are the other."""
    known = [each.id for each in organisations]
    low, high = (
        [_known(id_, known, option) for id_ in ids]
        for ids, option in ((groups.low, "--low"), (groups.high, "--high"))
    )
    if both := [id_ for id_ in low if id_ in high]:
        raise Refused(msg("{id} is in both groups", id=", ".join(both)), msg("name each organisation once"))
    if low and not high:
        high = [id_ for id_ in known if id_ not in low]
    elif high and not low:
        low = [id_ for id_ in known if id_ not in high]
    if (groups.low or groups.high) and not (low and high):
        raise Refused(
            msg("nobody is left for the other group"), msg("name one group, or both with other organisations")
        )
    by_id = {each.id: each for each in organisations}
    return tuple(by_id[id_] for id_ in low), tuple(by_id[id_] for id_ in high)


def _known(written: str, known: Sequence[str], option: str) -> str:
    id_ = known_as(written, known)
    if id_ is None:
        wrong = msg("{option}: {id} is no organisation that was rated", option=option, id=written)
        raise Refused(wrong, did_you_mean(written, known, one_of(known)))
    return id_


def _record(framework: Framework, compared: _Compared) -> dict[str, Any]:
    grouped = bool(compared.low and compared.high)
    return {
        "version": 1,
        "instrument": framework.id,
        "organisations": [{"id": each.id, "name": each.name} for each in compared.organisations],
        "low": [each.id for each in compared.low],
        "high": [each.id for each in compared.high],
        "items": {
            each.item.id: {
                "ratings": {one.id: list(one.on(each.item.id)) for one in compared.organisations},
                "distinguishes": each.verdict if grouped else None,
                "steps": each.gap,
                "exceptions": list(each.exceptions),
            }
            for each in compared.items
        },
    }


def _show(terminal: Terminal, framework: Framework, compared: _Compared, book: Handbook) -> None:
    say = terminal.say
    grouped = bool(compared.low and compared.high)
    rest = [each for each in compared.organisations if each not in (*compared.low, *compared.high)]
    columns = [*compared.low, *compared.high, *rest]
    marks = {each.id: say("low") for each in compared.low} | {each.id: say("high") for each in compared.high}
    heads = [f"{each.id} ({marks[each.id]})" if each.id in marks else each.id for each in columns]
    none = "–" if terminal.signs else "-"
    lines = []
    for each in compared.items:
        cells = [" / ".join(map(terminal.word, one.on(each.item.id))) for one in columns]
        if any(cells):
            name = say.pick(book.short_name(framework.id, each.item.id, each.item.name))
            verdict = [say(VERDICT_WORDS[each.verdict])] if grouped else []
            lines.append([f"{each.item.id} {name}", *(cell or none for cell in cells), *verdict])
    terminal.table([say.pick(framework.name), *heads, *([say("Distinguishes")] if grouped else [])], lines)
    if not grouped:
        command = "fii compare --low …"
        terminal.out("", terminal.wrap(say("{command} shows what distinguishes them", command=command)))
        return
    _show_found(terminal, framework, compared, book)


def _show_found(terminal: Terminal, framework: Framework, compared: _Compared, book: Handbook) -> None:
    """What distinguishes the groups in words, who breaks a pattern, and how much this says."""
    say = terminal.say

    def named(item: Construct) -> str:
        return f"{item.id} {say.pick(book.short_name(framework.id, item.id, item.name))}"

    terminal.out("")
    for verdict, words in (
        ("strongly", N_("Distinguishes strongly: {items}.")),
        ("weakly", N_("Distinguishes weakly: {items}.")),
    ):
        if items := [named(each.item) for each in compared.items if each.verdict == verdict]:
            terminal.out(terminal.wrap(say(words, items=", ".join(items))))
    if not any(each.verdict in ("strongly", "weakly") for each in compared.items):
        terminal.out(terminal.wrap(say("Nothing distinguishes the two groups.")))
    for each in compared.items:
        if each.exceptions:
            who = ", ".join(each.exceptions)
            terminal.out(
                terminal.wrap(say("{item} would distinguish without {id}.", item=named(each.item), id=who))
            )
    n = len(compared.low) + len(compared.high)
    terminal.out(
        terminal.dim(
            terminal.wrap(
                say(
                    "This rule is fii's own, fitted to one published table (Varsi et al., 2015). Ratings "
                    "of {n} organisations are no statistics.",
                    n=n,
                )
            )
        )
    )
