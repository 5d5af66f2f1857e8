"""``fii due``: everything with a date, of all trajectories."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Annotated, Literal, get_args

import typer

from fii_cli import __version__
from fii_cli.analysis.due import due_in
from fii_cli.analysis.standing import standing_of
from fii_cli.commands.dates import whole_day
from fii_cli.commands.editions import personal_in, refuse_personal
from fii_cli.commands.options import AsJson, ForAudience, Paths, closed_value, day, edition_named
from fii_cli.commands.portfolio_members import identifies, path_for
from fii_cli.commands.readable import readable_in
from fii_cli.commands.say import say_cannot_open, say_errors, say_json, say_not_done
from fii_cli.diagnostics import Refused
from fii_cli.editions.edition import edition_of
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.language import N_, Language, Message, count, msg
from fii_cli.plain_markdown import MOST_CHARACTERS, plain
from fii_cli.project.context import Projects
from fii_cli.project.files import Search
from fii_cli.project.report_day import chosen_day, portfolio_days
from fii_cli.report.due import KIND_WORDS, DueLine, due_line
from fii_cli.terminal import Terminal
from fii_cli.words import OUTER, Audience
from fii_cli.yaml.document import Document

SUMMARY = N_("Show everything with a date, of all trajectories: first what is overdue, then what comes next.")
EXAMPLES = (
    ("fii due", N_("every trajectory below this folder")),
    ("fii due --format ics > fii.ics", N_("a calendar; import it again later, and it is updated")),
    ("fii due --format md --audience steering", N_("a list for a message or an issue")),
)
Wanted = Literal["text", "md", "ics"]
WANTED: tuple[Wanted, ...] = get_args(Wanted)
_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is shown, for whom, and on which day."""

    projects: Projects
    day: date
    audience: Audience


def run(
    context: typer.Context,
    paths: Paths = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(WANTED), help=N_("the format to print (default: text)")),
    ] = None,
    audience: ForAudience = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar=N_("DATE"),
            callback=whole_day,
            help=N_("the day to count from (default: today; of a calendar the date of the last commit)"),
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    wanted: Wanted = "text" if format_ is None else closed_value("--format", format_, WANTED)
    if as_json and wanted != "text":
        raise Refused(
            msg("--json and --format {format} cannot be used together", format=wanted),
            msg("omit one of them"),
        )
    edition = edition_named(audience)
    projects = Projects()
    found = projects.search(paths or ["."])
    today = _day(day(as_of), wanted, found, projects)
    asked = _Asked(projects, today, edition)
    lines: list[DueLine] = []
    shown_files = 0
    worst = NOT_DONE if found.unopened else OK
    for path, document in found.documents():
        try:
            shown = _lines_of(path, document, asked, terminal)
        except Exception as error:  # one file must not stop the others
            say_not_done(error, path, terminal)
            worst = NOT_DONE
            continue
        if shown is None:
            worst = max(worst, FOUND)
        else:
            shown_files += 1
            lines += shown
    for unopened in found.unopened:
        say_cannot_open(unopened, terminal)
    lines.sort(key=lambda line: (not line.late, line.due.day.last))
    if not found.paths and not found.unopened:
        terminal.note(terminal.say("no trajectory found here; fii new starts one"))
    _print(terminal, lines, "json" if as_json else wanted, asked, shown_files)
    return worst


def _day(as_of: date | None, wanted: Wanted, found: Search, projects: Projects) -> date:
    """The day to count from. A calendar is a page like a report: the same commit gives the same bytes."""
    if wanted != "ics":
        return as_of or projects.today
    chosen = chosen_day(as_of)
    return (chosen or portfolio_days(list(found.paths), projects.today)[0]).day


def _lines_of(path: str, document: Document, asked: _Asked, terminal: Terminal) -> list[DueLine] | None:
    """What has a date in a file, as the audience may see it; if it cannot be shown, say why: ``None``."""
    project = asked.projects.at(path)
    readable = readable_in(judgement := project.judge(path, document, asked.day), asked.day)
    if readable is None:
        say_errors(judgement, terminal)
        return None
    personal = personal_in(project, readable, asked.audience)
    if personal:
        refuse_personal(terminal, readable, personal)
        return None
    edition = edition_of(readable.known, asked.audience)
    standing = standing_of(edition, project.handbook, asked.day)
    tells = asked.audience in OUTER and identifies(path, readable.trajectory)
    told = path_for(asked.audience, path, tells=tells)
    weeks = project.settings.thresholds.silent_weeks
    return [
        due_line(
            each,
            _from_root(path, str(project.root)),
            told,
            edition,
            project.handbook,
            asked.day,
            terminal.say,
        )
        for each in due_in(standing, weeks)
    ]


def _from_root(path: str, root: str) -> str:
    """The path of a file from the root of its repository, the same on every machine."""
    if path == "-":
        return path
    with_links = os.path.relpath(os.path.realpath(path), os.path.realpath(root))
    return with_links.replace(os.sep, "/")


def _print(
    terminal: Terminal, lines: Sequence[DueLine], wanted: Wanted | Literal["json"], asked: _Asked, files: int
) -> None:
    if wanted == "json":
        told = [_record(line) for line in lines]
        data = {"version": 1, "as_of": asked.day.isoformat(), "audience": asked.audience, "due": told}
        say_json(terminal, data)
    elif wanted == "ics":
        terminal.bytes(_calendar(lines, asked, terminal.say))
    elif wanted == "md":
        terminal.document(_markdown(lines, asked, files, terminal.say))
    else:
        _show(lines, asked, files, terminal)


def _groups(lines: Sequence[DueLine], day_: date, say: Language) -> Iterator[tuple[str, tuple[DueLine, ...]]]:
    """What is overdue, what comes within two weeks, and the rest; only those that have something."""
    soon = [line for line in lines if not line.late and line.due.day.last <= day_ + _SOON]
    late = [line for line in lines if line.late]
    later = [line for line in lines if not line.late and line not in soon]
    parts = ((say("Overdue"), late), (say("In the next two weeks"), soon), (say("Later"), later))
    yield from ((title, tuple(part)) for title, part in parts if part)


def _nothing(asked: _Asked) -> Message:
    if asked.audience == "team":
        return msg("Nothing has a date ahead, and nothing is overdue.")
    return msg("This edition has nothing with a date ahead, and nothing that is overdue.")


def _show(lines: Sequence[DueLine], asked: _Asked, files: int, terminal: Terminal) -> None:
    say = terminal.say
    if files and not lines:
        terminal.out(say(_nothing(asked)))
    for number, (title, part) in enumerate(_groups(lines, asked.day, say)):
        if number:
            terminal.out()
        terminal.out(terminal.bold(title))
        for line in part:
            _show_line(line, files, terminal)


def _show_line(line: DueLine, files: int, terminal: Terminal) -> None:
    """The date and what is due, and below it by whom, in which trajectory, and how late it is."""
    width = 18
    beside = terminal.width >= 60
    when = f"{line.when:<{width}}" if beside else f"{line.when}: "
    indent = "  " + " " * (width if beside else 2)
    terminal.out(terminal.wrap(f"{when}{line.what}", "  ", indent[2:]))
    rest = [line.who, line.title if files > 1 else ""]
    below = " · ".join(filter(None, rest))
    if line.late:
        late = terminal.paint(line.late, "red", bold=True)
        terminal.out(indent + late + (f" · {below}" if below and terminal.width >= 60 else ""))
        below = "" if terminal.width >= 60 else below
    if below:
        terminal.out(terminal.dim(terminal.wrap(below, indent)))


def _markdown(lines: Sequence[DueLine], asked: _Asked, files: int, say: Language) -> str:
    """A list for a message or an issue of a forge; what does not fit in an issue is left out, and counted."""
    told = [say("What has a date, on {day}.", day=say.day(asked.day.isoformat()))]
    if not lines:
        told.append("\n" + say(_nothing(asked)))
    size = left = 0
    for title, part in _groups(lines, asked.day, say):
        points = [_point(line, files) for line in part]
        room = MOST_CHARACTERS - size
        fitting = sum(1 for length in accumulate(len(point) + 1 for point in points) if length <= room)
        size += sum(len(point) + 1 for point in points)
        left += len(points) - fitting
        if fitting:
            told += [f"\n### {title}\n", *points[:fitting]]
    if left:
        told.append("\n" + say(count(left, "{n} more is left out", "{n} more are left out")))
    return "\n".join(told)


def _point(line: DueLine, files: int) -> str:
    rest = " · ".join(plain(each) for each in (line.who, line.title if files > 1 else "") if each)
    late = f" **({line.late})**" if line.late else ""
    return f"- {line.when}: {plain(line.what)}{late}" + (f" – {rest}" if rest else "")


def _told_apart(lines: Sequence[DueLine]) -> dict[str, tuple[str, ...]]:
    """What tells each file from the others in a calendar, by its path.

    A title stays when a file is moved, and tells repositories apart. Trajectories with one title are told
    apart by their place in the repository, and those with one place by the path that was given.
    """
    files = {line.path: line for line in lines}.values()
    titles = Counter(line.title for line in files)
    places = Counter((line.title, line.place) for line in files)
    found = {}
    for line in files:
        place = (line.place,) if titles[line.title] > 1 else ()
        path = (line.path,) if places[line.title, line.place] > 1 else ()
        found[line.path] = (line.title, *place, *path)
    return found


def _calendar(lines: Sequence[DueLine], asked: _Asked, say: Language) -> bytes:
    from fii_cli.pages.calendar import Event, calendar

    titles = {line.title for line in lines}
    files = _told_apart(lines)
    events = []
    for line in lines:
        due = line.due
        rough = [say("some time in {when}", when=line.when)] if due.day.first != due.day.last else []
        notes = (line.title, say(KIND_WORDS[due.kind]).capitalize(), *rough)
        who = f" ({line.who})" if line.who else ""
        key = (*files[line.path], due.kind, due.key)
        events.append(Event(key, due.day.last, f"{line.what}{who}", notes))
    name = titles.pop() if len(titles) == 1 else "fii"
    return calendar(events, asked.day, name, f"fii {__version__}", say)


def _record(line: DueLine) -> dict[str, object]:
    return {
        "path": line.path,
        "title": line.title,
        "kind": line.due.kind,
        "id": line.due.key or None,
        "what": line.what,
        "who": line.who or None,
        "day": line.due.day.text,
        "overdue": bool(line.late),
    }
