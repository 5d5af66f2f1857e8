"""The workbook of an edition: an overview, lights, a sheet for each list, and ratings of an instrument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fii_cli.analysis.in_words import paths_in_words
from fii_cli.analysis.last_ratings import ratings_on
from fii_cli.analysis.standing import STATE_WORDS, RatedBy
from fii_cli.handbook.models import Framework, Scale
from fii_cli.handbook.names import short_name_of
from fii_cli.language import N_, Language, labelled
from fii_cli.report import EDITIONS
from fii_cli.report.basis import Basis
from fii_cli.report.wording import Wording
from fii_cli.trajectory.dates import Date
from fii_cli.words import LIGHTS, OUTER, PERSPECTIVES, SIGNS, STOPLICHT
from fii_cli.workbook.model import Cell, Choice, Column, Outgoing, Page, Row
from fii_cli.workbook.past import organisations_past, past_in
from fii_cli.workbook.tables import (
    ACTIONS,
    TABLES,
    Entry,
    Table,
    columns_of,
    entries_in,
    unique,
    value_in,
)

LIGHTS_PAGE, RATINGS_PAGE = "lights", "ratings"
_STEPS = (
    N_("Each sheet shows one part of the trajectory. Read the grey cells, and fill in the white ones."),
    N_("If a cell has a list, choose from it. A date can be a day, a month or a year."),
    N_("To add something, use the first empty row. To remove something, empty all white cells of its row."),
    N_("A new light or rating goes in its own column. What was said before is kept."),
    N_("Do not change the names of sheets, headings and ids. Use no formulas and no merged cells."),
    N_("Save it as an Excel workbook (.xlsx) and send it back. Your changes are shown before they are used."),
)
_EACH_SHEET = N_("Each sheet shows one part of the trajectory.")
_READ_ONLY = N_("This edition is for reading. fii does not read back what you write in it.")

_CUT = N_("This text is too long for a cell of Excel. Only its beginning is here; change it in the file.")


def workbook_of(basis: Basis, say: Language, instrument: Framework | None) -> Outgoing:
    """The workbook of an edition, with the ratings of an instrument if one is given."""
    wording = Wording(basis.trajectory, say, basis.found, basis.outside)
    pages: list[Page] = []
    if basis.rated:
        pages.append(_light_page(basis, wording))
    pages += [_table_page(table, basis, wording) for table in TABLES if table.reaches(basis.audience)]
    if instrument is not None and basis.rated:
        pages.append(_rating_page(instrument, basis, wording))
    if basis.outside:
        pages = [_to_read(page, say) for page in pages]
    return Outgoing(
        basis.trajectory.heading,
        say("Overview"),
        tuple(_overview(basis, wording, pages)),
        tuple(pages),
        basis.audience,
        basis.standing.today,
        say.code,
        instrument.id if instrument else "",
        say(_CUT),
    )


def _overview(basis: Basis, wording: Wording, pages: list[Page]) -> Iterator[tuple[str, str]]:
    say = wording.say
    yield say("Edition"), say(EDITIONS[basis.audience])
    yield say("As of"), basis.standing.today.isoformat()
    if paths := paths_in_words(basis.standing.trajectory, basis.standing.today):
        yield say("Phase"), "; ".join(say(each) for each in paths)
    elif latest := basis.standing.latest:
        name = f"{latest.content.number} {say.pick(latest.content.name)}"
        yield say("Phase"), f"{name}: {say(STATE_WORDS[latest.state])}"
    steps = (_EACH_SHEET, _READ_ONLY) if basis.audience in OUTER else _STEPS
    for number, step in enumerate(steps):
        yield "" if number else say("How to use it"), say(step)
    for number, page in enumerate(pages):
        yield "" if number else say("Sheets"), page.name
    if basis.rated:
        signs = ", ".join(f"{SIGNS[light]} {wording.word(light)}" for light in LIGHTS)
        yield say("Lights"), signs


def _to_read(page: Page, say: Language) -> Page:
    """A sheet for readers outside, who get no ids, and fill in nothing."""
    kept = [at for at, column in enumerate(page.columns) if column.kind not in ("key", "places")]
    columns = tuple(replace(page.columns[at], kind="shown", help="", choices=()) for at in kept)
    rows = tuple(Row("", tuple(row.cells[at] for at in kept)) for row in page.rows)
    return replace(page, intro=say(_READ_ONLY), fields=(), columns=columns, rows=rows, grows=False)


# --- lights and ratings -------------------------------------------------------------------------------------


def _light_page(basis: Basis, wording: Wording) -> Page:
    say = wording.say
    columns = (
        Column("id", say("Item"), "key", say("Leave this cell as it is."), 20),
        Column("subphase", say("Subphase"), "shown", width=9),
        Column("short", say("In short"), "shown", width=26),
        Column("question", say("Question"), "shown", width=50),
        Column("anchor", say("Green if"), "shown", width=50),
        Column("last", say("Last light"), "shown", width=14),
        Column("said", say("Said before"), "shown", width=40),
        *_new_columns(
            say("New light"), tuple(Choice(light, wording.word(light)) for light in LIGHTS), basis, wording
        ),
    )
    rows = []
    for phase in basis.standing.phases:
        for subphase in phase.subphases:
            for item in subphase.items:
                shown = wording.item(item)
                anchored = basis.handbook.anchored(STOPLICHT, item.id)
                green = anchored.anchors.get("groen") if anchored else None
                cells: tuple[Cell, ...] = (
                    item.id,
                    subphase.content.id,
                    say.pick(basis.handbook.short_name(STOPLICHT, item.id, item)),
                    shown.question,
                    say.pick(green) if green else "",
                    f"{SIGNS[item.light]} {shown.light.word}",
                    "; ".join(filter(None, (shown.date, *shown.remarks))),
                )
                rows.append(Row(item.id, (*cells, *("" for _ in columns[len(cells) :]))))
    fields = tuple(_fields(basis, wording, about=basis.trajectory.by_organisation))
    intro = say("Choose a new light only where it changed or was looked at again; the last light is kept.")
    return Page(LIGHTS_PAGE, say("Lights"), intro, fields, columns, tuple(rows), grows=False)


def _new_columns(head: str, choices: tuple[Choice, ...], basis: Basis, wording: Wording) -> Iterator[Column]:
    """The columns to fill in, for readers who can."""
    if basis.outside:
        return
    say = wording.say
    yield Column("value", head, "choice", say("Choose from the list."), 18, choices)
    yield Column("note", say("Note"), "text", say("The reason for this rating."), 44)
    help_ = say("The evidence: a path in the repository, or a URL.")
    yield Column("evidence", say("Evidence"), "text", help_, 30)


def _fields(basis: Basis, wording: Wording, *, about: bool) -> Iterator[Column]:
    """What all new ratings on a sheet have in common."""
    say = wording.say
    yield Column("date", say("Date"), "date", say("When you looked at this. Empty: the day it is read."), 14)
    yield Column("by", say("By"), "text", say("Who gave the ratings."), 24)
    sides = tuple(Choice(side, wording.word(side)) for side in PERSPECTIVES)
    yield Column("perspective", say("Side"), "choice", say("The side that rates."), 24, sides)
    if about:
        known = unique([Choice(each.id, each.name) for each in basis.trajectory.organisations])
        past = organisations_past(basis.trajectory, basis.standing.today)
        rated = say("The organisation that is rated.")
        yield Column("about", say("About"), "choice", rated, 24, known, past=past)


def _rating_page(instrument: Framework, basis: Basis, wording: Wording) -> Page:
    say = wording.say
    last = ratings_on(basis.trajectory, instrument.id, basis.handbook, basis.standing.today)
    columns = (
        Column("id", say("Item"), "key", say("Leave this cell as it is."), 14),
        Column("short", say("In short"), "shown", width=28),
        Column("question", say("Question"), "shown", width=60),
        Column("anchor", say("What you would see"), "shown", width=60),
        Column("said", say("Said before"), "shown", width=40),
        *_new_columns(say("New rating"), (), basis, wording),
    )
    rows = []
    for item in (*(each for each in instrument.domains if each.id in last), *instrument.items):
        scale = instrument.scale_of(item)
        words = (
            {value.id: labelled(value.id, say.pick(value.name)) for value in scale.values} if scale else {}
        )
        choices = tuple(Choice(value, word) for value, word in words.items())
        cells: tuple[Cell, ...] = (
            item.id,
            short_name_of(f"{instrument.id}/{item.id}", basis.handbook, say),
            say.pick(item.statement or item.meaning),
            _anchors(instrument.id, item.id, scale, basis, say),
            "; ".join(_said(each, words, wording) for each in last.get(item.id, ())),
        )
        rows.append(Row(item.id, (*cells, *("" for _ in columns[len(cells) :])), choices))
    fields = tuple(_fields(basis, wording, about=True))
    intro = f"{say.pick(instrument.name)}. {say('Rate only what you know; leave the rest empty.')}"
    return Page(RATINGS_PAGE, say("Ratings"), intro, fields, columns, tuple(rows), grows=False)


def _anchors(instrument: str, item: str, scale: Scale | None, basis: Basis, say: Language) -> str:
    anchored = basis.handbook.anchored(instrument, item)
    if anchored is None or scale is None:
        return ""
    given = ((value, anchored.anchors.get(value.id)) for value in scale.values)
    return "\n".join(
        f"{labelled(value.id, say.pick(value.name))}: {say.pick(anchor)}" for value, anchor in given if anchor
    )


def _said(rated: RatedBy, words: Mapping[str, str], wording: Wording) -> str:
    told = (
        rated.date.text,
        wording.word(rated.perspective),
        wording.trajectory.named(rated.about),
        words.get(rated.value, rated.value),
        rated.note or "",
    )
    return ", ".join(filter(None, told))


# --- lists --------------------------------------------------------------------------------------------------


def _table_page(table: Table, basis: Basis, wording: Wording) -> Page:
    say, trajectory = wording.say, basis.facts
    day = basis.standing.today
    known = columns_of(table, trajectory, basis.handbook, say, basis.audience)
    columns = tuple(replace(each, past=past_in(table, each, trajectory, day)) for each in known)
    entries = entries_in(table, trajectory)
    rows = [_row(table, entry, str(number), columns) for number, entry in enumerate(entries, 1)]
    if table is ACTIONS:
        columns, rows = _with_names(columns, rows, entries, basis, wording)
    return Page(table.id, say(table.name), say(table.intro), (), columns, tuple(rows))


def _row(table: Table, entry: Entry, number: str, columns: tuple[Column, ...]) -> Row:
    key = str(entry.record.id) if table.has_id else number
    cells: list[Cell] = [key]
    for column in columns[1:]:
        value = entry.within if column.key == "within" else value_in(entry.record, column.key)
        cells.append(cell_of(value, column))
    return Row(key, tuple(cells))


def cell_of(value: object, column: Column) -> Cell:
    """A value as readers see it: a whole day as a date, a closed value in words, a list with commas."""
    if value is None or value == ():
        return None
    if isinstance(value, Date):
        return value.exact or value.text
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    if isinstance(value, int | float):
        return value
    words = {choice.value: choice.word for choice in column.choices}
    return words.get(str(value), str(value))


def _with_names(
    columns: tuple[Column, ...], rows: list[Row], entries: list[Entry], basis: Basis, wording: Wording
) -> tuple[tuple[Column, ...], list[Row]]:
    """Also the names of what each action addresses, which people know better than ids."""
    say = wording.say
    named = Column("names", say("Addresses (in words)"), "shown", width=44)
    wider = []
    for row, entry in zip(rows, entries, strict=True):
        names = (wording.name_of(each, basis.handbook) or each for each in entry.record.answers)
        wider.append(Row(row.key, (*row.cells, "; ".join(names))))
    return (*columns, named), wider
