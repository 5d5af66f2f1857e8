"""Answers that came back in forms and tables: all are checked, each counts once, only counts are kept."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fii_cli.commands.answer_bars import say_bars
from fii_cli.commands.answer_files import Arrived, Came, arrived
from fii_cli.commands.change import Change, make
from fii_cli.commands.options import asked_by_form, must_be_there, organisation_named
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.table_errors import AT_MOST, TableError, say_table_errors, table_error
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND
from fii_cli.handbook.models import Framework
from fii_cli.handbook.questions import as_asked, question_ids
from fii_cli.language import N_, Message, count, msg
from fii_cli.project.context import Project
from fii_cli.resources import language
from fii_cli.survey.answers import Answered, Table, read_table
from fii_cli.survey.books import is_excel, open_book
from fii_cli.survey.counted import SideAnswers, counted, side_in_words
from fii_cli.survey.returned_forms import Expected, ReturnedForm, answered_in, form_in, once, wrong_with
from fii_cli.survey.several_questions import combined
from fii_cli.survey.stored import large_enough, seem_counted_before, store
from fii_cli.survey.tables import rows_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory.dates import Date
from fii_cli.words import Perspective
from fii_cli.workbook.returned import is_ours

_BY = N_("questionnaire")
"""Who said it, unless the command line does."""
_BEFORE = N_(
    "all answers of {date} are also in these; if these are the same people, use fii undo, and count all of "
    "them under one date: otherwise the difference shows what one person answered"
)
_NAMED = 10
"""How many files are named that are skipped for one reason."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says about the answers at ``paths``."""

    project: Project
    file: str
    paths: tuple[str, ...]
    when: Date
    instrument: str | None = None
    perspective: Perspective | None = None
    about: str | None = None
    by: str | None = None
    title: str | None = None
    other_wording: bool = False
    allow_empty: bool = False


@dataclass(slots=True)
class _Read:
    """What was read so far: the people, the errors, and what is said about it."""

    people: list[Answered] = field(default_factory=list)
    errors: list[TableError] = field(default_factory=list)
    skipped: list[tuple[str, Message]] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    forms: int = 0
    tables: int = 0


_COMBINED = N_(
    "Some items have several questions. A person's answer on such an item is the value nearest to the mean "
    "of their answers; halfway between two values, it is the less favourable one. This rule is ours."
)


def count_answers(terminal: Terminal, asked: Asked, *, dry_run: bool) -> int:
    """Count the answers and store the counts; all errors are shown at once, and then nothing is written."""
    project = asked.project
    there = arrived(asked.paths)
    read = _Read([], [(path, None, why, None) for path, why in there.wrong], list(there.skipped))
    forms = list(_forms_in(there, read))
    instrument = asked.instrument or _instrument_of(forms, there, asked, read, terminal)
    if instrument is None:
        return _refused(terminal, read)
    known = read_trajectory(project, asked.file, project.today, terminal)
    if known is None:
        return FOUND
    organisation = organisation_named(asked.about, known.trajectory)
    must_be_there(organisation, known.trajectory, asked.when.text)
    framework = asked_by_form(instrument, project.handbook)
    tables = [each for each in there.came if not each.is_form]
    titles = (known.trajectory.heading, *filter(None, [asked.title]))
    side = None if tables else asked.perspective
    by_question = as_asked(framework)
    _take_forms(forms, Expected(by_question, titles, side, asked.other_wording), read)
    _take_tables(tables, by_question, framework, asked, read)
    if read.errors:
        return _refused(terminal, read)
    _say_skipped(terminal, read.skipped)
    if not read.people:
        raise Refused(msg("no answers found"), msg("name the files that came back, or their folder"))
    _say_read(terminal, there, read)
    smallest = project.settings.thresholds.smallest
    groups = counted(combined(read.people, framework), framework, smallest)
    if by_question is not framework:
        terminal.note(terminal.wrap(terminal.say(_COMBINED)))
    _say_groups(terminal, groups, smallest, asked.paths)
    sides = large_enough(groups, smallest)
    about = organisation
    for date in seem_counted_before(known.trajectory, sides, framework.id, asked.when.text, about, smallest):
        terminal.note(terminal.wrap(terminal.say(_BEFORE, date=date)))
    who = asked.by or language(known.trajectory.language)(_BY)
    day = asked.when.text
    change = Change(
        project=project,
        file=asked.file,
        day=asked.when.nearest(project.today),
        edit=lambda document, now: store(document, now, sides, framework.id, day, who, organisation),
        command=_command(asked, framework),
        commit=lambda *_: f"{framework.id} {day}",
        known=known,
        next_step=f"fii score {shlex.quote(asked.file)} --instrument {framework.id}",
        more=lambda *_: say_bars(terminal, sides, framework, project.handbook),
    )
    done = make(terminal, change, dry_run=dry_run)
    if dry_run:
        say_bars(terminal, sides, framework, project.handbook)
    return done


def _forms_in(there: Arrived, read: _Read) -> Iterator[tuple[Came, ReturnedForm]]:
    """The forms that can be read; the others are errors."""
    for came in there.came:
        if came.is_form:
            try:
                yield came, form_in(came.raw)
            except Refused as error:
                read.errors.append((came.path, None, error.message, error.hint))


def _instrument_of(
    forms: Sequence[tuple[Came, ReturnedForm]],
    there: Arrived,
    asked: Asked,
    read: _Read,
    terminal: Terminal,
) -> str | None:
    """The instrument of the forms; ``None`` if none can be read. Raises :class:`Refused` for several."""
    found = sorted({form.instrument for _, form in forms})
    if len(found) > 1:
        raise Refused(msg("there are forms of {ids}; which ones are meant?", ids=tuple(found)), _NAME_ONE)
    if found:
        return found[0]
    if read.errors:
        return None
    _say_skipped(terminal, read.skipped)
    if any(not each.is_form for each in there.came):
        hint = msg("this is not a workbook of fii; to count answers, name the instrument that was answered")
        raise Refused(msg("{name} is missing", name="--instrument"), hint)
    raise Refused(msg("no answers found"), msg("name the files that came back, or their folder"))


_NAME_ONE = msg("name one with --instrument; the others are then skipped")


def _take_forms(forms: Sequence[tuple[Came, ReturnedForm]], expected: Expected, read: _Read) -> None:
    """Add the people whose forms came back, each once; a folder may have forms of other instruments."""
    good: list[tuple[str, ReturnedForm]] = []
    for came, form in forms:
        wrong = wrong_with(form, expected)
        if wrong is None:
            good.append((came.path, form))
        elif form.instrument != expected.instrument.id and not came.is_named:
            read.skipped.append((came.path, wrong[0]))
        else:
            read.errors.append((came.path, None, *wrong))
    found = once(good)
    read.errors += [(path, None, *wrong) for path, wrong in found.wrong.items()]
    for path in found.copies:
        read.notes.append(msg("{path}: the same form as another file, counted once", path=path))
    for path in found.saved_again:
        read.notes.append(msg("{path}: saved again later, and the last one counts", path=path))
    read.forms = len(found.forms)
    read.people += [answered_in(form) for form in found.forms.values()]


def _take_tables(
    tables: Sequence[Came], framework: Framework, whole: Framework, asked: Asked, read: _Read
) -> None:
    """Add the people in tables, each numbered row once; a folder may have tables of something else."""
    rows: set[tuple[str, ...]] = set()
    for came in tables:
        try:
            table = _table(came, framework, asked)
        except Refused as error:
            if came.is_named and len(asked.paths) == 1:
                raise
            read.errors.append((came.path, None, error.message, error.hint))
            continue
        if table.is_other and not came.is_named:
            read.skipped.append((came.path, table.faults[0].message))
            continue
        read.errors += [table_error(came.path, fault) for fault in table.faults]
        read.tables += 1
        new = [person for person in table.people if not person.row or person.row not in rows]
        rows |= {person.row for person in new if person.row}
        read.people += new
        read.notes += _notes_on(table, len(table.people) - len(new), came.path)
        read.notes += _on_questions(table, whole)


def _on_questions(table: Table, whole: Framework) -> Iterator[Message]:
    """What a table lacks of items with several questions, and columns that are about all of them."""
    heads = {head.casefold() for head in table.passed_over}
    for item in whole.items:
        ids = question_ids(item)
        missing = [id_ for id_ in ids if id_ not in table.asked]
        if item.id.casefold() in heads:
            yield msg(
                "the column {item} is none of the questions of {item}: head each by its own id ({ids})",
                item=item.id,
                ids=ids,
            )
        elif missing and len(missing) < len(ids):
            yield msg(
                "no column for {ids}: answers on {item} are those to its other questions",
                ids=tuple(missing),
                item=item.id,
            )


def _table(came: Came, framework: Framework, asked: Asked) -> Table:
    """The answers in a table. Raises :class:`Refused` for a file that is none."""
    if is_excel(came.raw) and _is_workbook(came.raw):
        raise Refused(
            msg("this is a workbook of fii, not a table of answers"),
            msg("import it by itself: fii import FILE WORKBOOK"),
        )
    rows = rows_of(came.raw, came.path)
    return read_table(rows, framework, asked.perspective, empty_allowed=asked.allow_empty)


def _is_workbook(raw: bytes) -> bool:
    try:
        return is_ours(open_book(raw))
    except Refused:
        return False  # reading the answers says what is wrong


def _notes_on(table: Table, again: int, path: str) -> Iterator[Message]:
    if again:
        yield count(
            again,
            "{path}: {n} row is also in another table, and is counted once",
            "{path}: {n} rows are also in another table, and are counted once",
            path=path,
        )
    if table.empty:
        yield count(table.empty, "{n} empty cell: no answer", "{n} empty cells: no answer")
    if table.alike:
        yield count(
            table.alike,
            "{n} row is equal to an earlier one, and is counted: remove it if it is the same person",
            "{n} rows are equal to an earlier one, and are counted: remove those of the same person",
        )
    for head in table.reworded:
        yield msg("matched by number; the wording differs from fii's: {head}", head=head)
    if table.passed_over:
        yield msg("skipped columns: {columns}", columns=table.passed_over)


def _refused(terminal: Terminal, read: _Read) -> int:
    """Show what was skipped and every error, and return the exit code."""
    _say_skipped(terminal, read.skipped)
    return say_table_errors(terminal, read.errors)


def _say_skipped(terminal: Terminal, skipped: Sequence[tuple[str, Message]]) -> None:
    """Show what was skipped: files with one reason on one line, as a folder often has many of them."""
    say = terminal.say
    paths: dict[str, list[str]] = {}
    for path, why in skipped:
        paths.setdefault(say(why), []).append(path)
    for reason, those in paths.items():
        named, left = ", ".join(those[:_NAMED]), len(those) - _NAMED
        which = say("{path} and {n} more", path=named, n=left) if left > 0 else named
        terminal.note(terminal.wrap(say("{path}: skipped: {why}", path=which, why=reason)))


def _say_read(terminal: Terminal, there: Arrived, read: _Read) -> None:
    say = terminal.say
    if read.forms:
        told = say(count(read.forms, "{n} form", "{n} forms"))
        if read.tables:
            told += f", {say(count(read.tables, '{n} table', '{n} tables'))}"
        terminal.note(say("read {what}", what=told))
    notes = [
        msg("{path}: the same file as {first}, counted once", path=path, first=first)
        for path, first in there.copies
    ]
    notes += read.notes
    for note in notes[:AT_MOST]:
        terminal.note(terminal.wrap(say(note)))
    left = len(notes) - AT_MOST
    if left > 0:
        terminal.note(say(count(left, "and {n} more", "and {n} more")))


def _say_groups(
    terminal: Terminal, groups: Sequence[SideAnswers], smallest: int, paths: Sequence[str]
) -> None:
    say = terminal.say
    start = f"{paths[0]}: " if len(paths) == 1 else ""
    for group in groups:
        people = count(group.responses, "{n} person", "{n} people")
        line = f"{start}{say(side_in_words(group.perspective))}: {say(people)}"
        if group.responses < smallest:
            line += "; " + say("fewer than {n}, so not counted", n=smallest)
        elif group.kept_back:
            line += "; " + say("too few answers, omitted: {items}", items=", ".join(group.kept_back))
        terminal.note(terminal.wrap(line))


def _command(asked: Asked, framework: Framework) -> str:
    words = ["fii", "import", asked.file, *asked.paths, "--instrument", framework.id]
    options = (
        ("--perspective", asked.perspective),
        ("--about", asked.about),
        ("--by", asked.by),
        ("--title", asked.title),
    )
    for option, value in options:
        words += [option, value] if value else []
    words += ["--other-wording"] if asked.other_wording else []
    return shlex.join([*words, "--date", asked.when.text])
