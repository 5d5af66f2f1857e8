"""``fii import --as ratings``: a table of ratings, with an organisation in each column."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fii_cli.commands.change import Change, make
from fii_cli.commands.import_workbook import Arrival
from fii_cli.commands.options import asked_by_form, must_be_there
from fii_cli.commands.table_errors import say_table_errors, table_error
from fii_cli.diagnostics import Refused
from fii_cli.edits.add import id_for
from fii_cli.edits.assess import Assessed, Rated
from fii_cli.edits.write import append
from fii_cli.exit_codes import FOUND
from fii_cli.language import count, msg
from fii_cli.suggest import did_you_mean, known_as, one_of
from fii_cli.survey.answers import Fault
from fii_cli.survey.rating_table import RatedColumn, read_ratings
from fii_cli.survey.tables import rows_of, sheets_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import Document


@dataclass(frozen=True, slots=True)
class RatingsAsked:
    """A table with ratings on an instrument, and whether to add organisations that the file does not know."""

    raw: bytes
    instrument: str
    sheet: str | None
    add_organisations: bool


def bring_ratings(terminal: Terminal, arrival: Arrival, asked: RatingsAsked) -> int:
    """Write an assessment of each organisation in a table, and return the exit code."""
    known = arrival.readable(terminal)
    if known is None:
        return FOUND
    framework = asked_by_form(asked.instrument, arrival.project.handbook)
    names = [text for each in known.trajectory.organisations for text in (each.name, each.id)]
    table = read_ratings(_rows(asked.raw, arrival.path, asked.sheet), framework, names)
    if faults := (*table.faults, *_faults(table.columns, known.trajectory)):
        return say_table_errors(terminal, [table_error(arrival.path, each) for each in faults])
    ids = _ids(table.columns, known.trajectory)
    new = [each for each in table.columns if each.head not in ids]
    if new and not asked.add_organisations:
        heads = ", ".join(each.head for each in new)
        raise Refused(
            msg("unknown organisations: {ids}", ids=heads),
            msg("--add-organisations adds them; or name the columns by an id or name in the file"),
        )
    for id_ in ids.values():
        must_be_there(id_, known.trajectory, arrival.given.date.text)
    _say_what_was_read(terminal, arrival.path, table.columns, table.left_out)
    change = Change(
        project=arrival.project,
        file=arrival.file,
        day=arrival.day,
        edit=lambda document, now: _store(document, now, table.columns, framework.id, arrival),
        command=_command(arrival, asked),
        commit=lambda *_: f"{framework.id} {arrival.given.date.text}",
        known=known,
        next_step=f"fii compare {shlex.quote(arrival.file)} --instrument {framework.id}",
    )
    return make(terminal, change, dry_run=arrival.dry_run)


def _command(arrival: Arrival, asked: RatingsAsked) -> str:
    words = ["fii", "import", arrival.file, arrival.path, "--as", "ratings", "--instrument", asked.instrument]
    given = arrival.given
    for option, value in (
        ("--date", given.date.text),
        ("--by", given.by),
        ("--perspective", given.perspective),
        ("--sheet", asked.sheet),
    ):
        words += [option, value] if value else []
    return shlex.join([*words, *(["--add-organisations"] if asked.add_organisations else [])])


def _rows(raw: bytes, path: str, sheet: str | None) -> list[list[str]]:
    """The rows of a table, or of a sheet that is named. Raises :class:`Refused` for an unknown sheet."""
    if sheet is None:
        return rows_of(raw, path)
    names = sheets_of(raw)
    found = known_as(sheet, names)
    if found is None:
        wrong = msg("{path} has no sheet {sheet}", path=path, sheet=sheet)
        raise Refused(wrong, did_you_mean(sheet, names, one_of(names)) if names else None)
    return rows_of(raw, path, found)


def _ids(columns: Sequence[RatedColumn], trajectory: Trajectory) -> dict[str, str]:
    """The id of the organisation in each heading that the file knows, by id or by name."""
    return {each.head: ids[0] for each in columns if (ids := _meant(each.head, trajectory))}


def _meant(head: str, trajectory: Trajectory) -> list[str]:
    """The ids of the organisations that a heading can mean: the one with this id, or those with this name."""
    wanted = head.casefold()
    by_id = [each.id for each in trajectory.organisations if each.id.casefold() == wanted]
    return by_id or [each.id for each in trajectory.organisations if each.name.casefold() == wanted]


def _faults(columns: Sequence[RatedColumn], trajectory: Trajectory) -> Iterator[Fault]:
    """The headings that mean several organisations, or one that has another column."""
    seen: set[str] = set()
    for each in columns:
        ids = _meant(each.head, trajectory)
        if len(ids) > 1:
            wrong = msg("{name} is the name of {ids}", name=each.head, ids=", ".join(ids))
            yield Fault(1, each.column, wrong, msg("name the column by an id"))
        elif ids and ids[0] in seen:
            yield Fault(1, each.column, msg("{id} has two columns", id=ids[0]), msg("keep one of the two"))
        seen.update(ids[:1])


def _store(
    document: Document,
    trajectory: Trajectory,
    columns: Sequence[RatedColumn],
    instrument: str,
    arrival: Arrival,
) -> Document:
    """The document with an assessment of each organisation. Raises :class:`Refused` if there is one."""
    given = arrival.given
    ids = _ids(columns, trajectory)
    taken = {each.id for each in trajectory.organisations}
    for each in columns:
        if each.head not in ids:
            ids[each.head] = id_for(each.head, taken, "organisatie")
            taken.add(ids[each.head])
            record = {"id": ids[each.head], "name": each.head, "roles": ["receiving"]}
            document = append(document, ("organisations",), record)
    made = {
        (each.instrument, each.date.text, each.by or "", each.perspective or "", each.about)
        for each in trajectory.assessments
    }
    for each in columns:
        about = ids[each.head]
        if (instrument, given.date.text, given.by, given.perspective, about) in made:
            raise Refused(
                msg("{id} was rated on {date} already", id=about, date=given.date.text),
                msg("undo that with fii undo, or choose another date with --date"),
            )
        ratings = {item: Rated(value) for item, value in each.ratings.items()}
        assessed = Assessed(instrument, given.date.text, ratings, given.by, given.perspective, about)
        document = append(document, ("assessments",), assessed.written)
    return document


def _say_what_was_read(
    terminal: Terminal, path: str, columns: Sequence[RatedColumn], left_out: Sequence[str]
) -> None:
    say = terminal.say
    for each in columns:
        ratings = count(len(each.ratings), "{n} rating", "{n} ratings")
        terminal.note(terminal.wrap(f"{path}: {each.head}: {say(ratings)}"))
    if left_out:
        heads = ", ".join(left_out)
        terminal.note(terminal.wrap(say("skipped columns: {columns}", columns=heads)))
