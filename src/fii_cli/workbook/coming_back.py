"""What somebody changed in a workbook: cell by cell, compared with how it went out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fii_cli.changes.facts import key_of
from fii_cli.edits.add import id_for
from fii_cli.handbook import Handbook
from fii_cli.language import Language, msg
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.words import AUDIENCES, STOPLICHT, Audience
from fii_cli.workbook.beside import beside
from fii_cli.workbook.cells import Unread, key_in, plain, same_text, text_in
from fii_cli.workbook.edit import Comparison, Edit, Given, Rated, Trouble
from fii_cli.workbook.model import Column, as_text
from fii_cli.workbook.new_ratings import NewRatings
from fii_cli.workbook.read_cells import Values, chosen, not_after
from fii_cli.workbook.returned import Back, Returned, Sheet
from fii_cli.workbook.tables import (
    TABLES,
    Entry,
    Table,
    blank,
    columns_of,
    entries_in,
    value_in,
    with_value,
)


def compared(back: Returned, ours: Trajectory, handbook: Handbook, say: Language, given: Given) -> Comparison:
    """What changed in a workbook; ``ours`` is the file as it is now, by which ids and words are known."""
    run = _Run(back, ours, handbook, say, given.today)
    edits: list[Edit | Rated] = []
    for table in TABLES:
        if table.id in back.sheets:
            edits += run.table(table, back.sheets[table.id])
    for page, instrument in (("lights", STOPLICHT), ("ratings", back.base.instrument)):
        if page in back.sheets:
            ratings = NewRatings(back.base, ours, handbook, say, run.troubles)
            edits += ratings.ratings_in(instrument, back.sheets[page], given)
    return Comparison(tuple(edits), (*run.troubles, *beside(back)))


class _Run:
    def __init__(
        self, back: Returned, ours: Trajectory, handbook: Handbook, say: Language, today: date
    ) -> None:
        self.back, self.ours, self.handbook, self.say, self.today = back, ours, handbook, say, today
        self.audience: Audience = next(each for each in AUDIENCES if each == back.base.audience)
        self.values = Values(ours, handbook)
        self.troubles: list[Trouble] = []
        self.new: dict[str, Mapping[str, Sequence[Entry]]] = {}
        self.used: set[tuple[str, str]] = set()

    def trouble(self, place: str, wrong: Unread) -> None:
        self.troubles.append(Trouble(place, wrong.message, wrong.hint))

    # --- lists ----------------------------------------------------------------------------------------------

    def table(self, table: Table, sheet: Sheet) -> Iterator[Edit]:
        went = self.back.base.rows(table.id)
        shown = self.back.base.heads(table.id)
        columns = [
            each
            for each in columns_of(table, self.ours, self.handbook, self.say, self.audience)
            if each.key in shown and not each.is_locked
        ]
        troubles = len(self.troubles)
        rows, new = self._by_key(sheet, went)
        new = self._without_ids(table, columns, went, rows, new)
        all_read = len(self.troubles) == troubles
        identities: dict[tuple[Any, ...], int] = {}
        for key, cells in went.items():
            record, within = self._as_it_went(table, columns, key, cells)
            identity = (within, key_of(record))
            nth = identities.get(identity, 0)
            identities[identity] = nth + 1
            whole = Edit(table, {"": f"{sheet.name}!A"}, within, record, nth, None, None)
            back = rows.get(key)
            if back is None and not all_read:
                continue  # its row may be one of those whose id cannot be read, so it is not taken as removed
            if back is None or self._emptied(columns, back, cells):
                number = back.number if back else 0
                place = sheet.place(number, "id") if number else f"{sheet.name}, {key}"
                yield replace(whole, places={"": place}, before=_values(record, columns))
            else:
                yield from self._changed(whole, columns, sheet, back, cells)
        taken = {str(entry.record.id) for entry in entries_in(table, self.ours)} if table.has_id else set()
        taken |= went.keys()
        for back in new:
            if made := self._added(table, columns, sheet, back, taken):
                yield made

    def _by_key(
        self, sheet: Sheet, went: Mapping[str, Mapping[str, str]]
    ) -> tuple[dict[str, Back], list[Back]]:
        """The rows that came back by key, and the new ones."""
        rows: dict[str, Back] = {}
        new = []
        for back in sheet.rows:
            place = sheet.place(back.number, "id")
            try:
                key = key_in(back.cells["id"], went)
            except Unread as wrong:
                self.trouble(place, wrong)
                continue
            if not key:
                new.append(back)
            elif key not in went:
                self.trouble(
                    place,
                    Unread(msg("unknown row {id}", id=key), msg("empty this cell if the row is new")),
                )
            elif key in rows:
                self.trouble(
                    place,
                    Unread(
                        msg("row {id} is here twice, also in row {n}", id=key, n=rows[key].number),
                        msg("empty this cell if the row is new"),
                    ),
                )
            else:
                rows[key] = back
        return rows, new

    def _without_ids(
        self,
        table: Table,
        columns: Sequence[Column],
        went: Mapping[str, Mapping[str, str]],
        rows: dict[str, Back],
        new: Sequence[Back],
    ) -> list[Back]:
        """The new rows, without those whose id is gone while they say the same as a row that is missing."""
        telling = [each for each in columns if each.key in ("within", "what", *table.record.KEY)]
        missing: dict[tuple[str, ...], list[str]] = {}
        for key, cells in went.items():
            if key not in rows:
                said = tuple(plain(cells.get(each.key, "")) for each in telling)
                missing.setdefault(said, []).append(key)
        left = []
        for back in new:
            told = tuple(plain(as_text(back.cells.get(each.key))) for each in telling)
            if any(told) and (same := missing.get(told)):
                rows[same.pop(0)] = back
            else:
                left.append(back)
        return left

    def _emptied(self, columns: Sequence[Column], back: Back, cells: Mapping[str, str]) -> bool:
        """Whether somebody emptied every cell that could be changed."""
        own = [each.key for each in columns if not each.fixed]
        return any(cells.get(key) for key in own) and all(back.cells.get(key) is None for key in own)

    def _as_it_went(
        self, table: Table, columns: Sequence[Column], key: str, cells: Mapping[str, str]
    ) -> tuple[Any, str]:
        """A record as the cells told it, and the key of the record around it."""
        values: dict[str, Any] = {}
        within = ""
        for column in columns:
            value = self.values.known(table, column, cells.get(column.key, ""))
            if column.key == "within":
                within = str(value or "")
            else:
                values[column.key] = value
        if table.has_id:
            values["id"] = key
        return with_value(table, blank(table.record), values), within

    def _changed(
        self, whole: Edit, columns: Sequence[Column], sheet: Sheet, back: Back, cells: Mapping[str, str]
    ) -> Iterator[Edit]:
        """The cells of a row that say something else: one by one, or together if they are one statement."""
        table = whole.table
        after: dict[str, Any] = {}
        places: dict[str, str] = {}
        for column in columns:
            before, place = cells.get(column.key, ""), sheet.place(back.number, column.key)
            try:
                text = text_in(back.cells.get(column.key), column, before)
                if same_text(text, before) or self._same_choice(column, text, before):
                    continue
                if column.fixed:
                    hint = msg("empty this row, and add a new one")
                    raise Unread(msg("{head} cannot be changed here", head=column.head), hint)
                if not text and table.is_required(column.key):
                    raise Unread(msg("{key} is missing", key=column.head), msg("it was: {text}", text=before))
                after[column.key] = self._value(table, column, text)
            except Unread as wrong:
                self.trouble(place, wrong)
            else:
                places[column.key] = place
        undated = with_value(table, whole.record, after)
        if getattr(undated, "result", None) and undated.result.date is None:
            in_result = [key for key in after if key in table.together]
            self.troubles += (Trouble(places.pop(key), *_UNDATED) for key in in_result)
            after = {key: value for key, value in after.items() if key not in in_result}
        if not after:
            return
        keys = set(table.record.KEY) - {"id"}
        together = [set(after)] if keys & set(after) else _groups(table, after)
        for group in together:
            told = {key: after[key] for key in after if key in group}
            tied = set(table.together) if set(told) & set(table.together) else set()
            shown = [each.key for each in columns if not each.fixed]
            known = shown if keys & set(told) else [key for key in shown if key in tied or key in told]
            yield replace(
                whole,
                places={key: places[key] for key in told},
                before={key: value_in(whole.record, key) for key in known},
                after=told,
            )

    def _value(self, table: Table, column: Column, text: str) -> Any:
        """What somebody filled in; what has happened is not in the future."""
        value = self.values.new(table, column, text)
        if column.key in table.past and isinstance(value, Date):
            not_after(value, self.today)
        return value

    def _same_choice(self, column: Column, text: str, before: str) -> bool:
        if not column.choices or not text or not before:
            return False
        return chosen(column, text) is not None and chosen(column, text) == chosen(column, before)

    def _added(
        self, table: Table, columns: Sequence[Column], sheet: Sheet, back: Back, taken: set[str]
    ) -> Edit | None:
        """A new row as an edit; ``None`` if something that it requires is missing or invalid."""
        values: dict[str, Any] = {}
        places = {}
        left_out: set[str] = set()
        sound = True
        for column in columns:
            place = sheet.place(back.number, column.key)
            required = column.fixed or table.is_required(column.key)
            try:
                text = text_in(back.cells.get(column.key), column, "")
                if not text and required:
                    raise Unread(
                        msg("{key} is missing", key=column.head), msg("fill it in, or empty the row")
                    )
                values[column.key] = self._value(table, column, text)
                if text:
                    places[column.key] = place
            except Unread as wrong:
                self.trouble(place, wrong)
                sound = sound and not required
                if column.key in table.together:
                    left_out.update(table.together)
        values = {key: value for key, value in values.items() if key not in left_out}
        places = {key: place for key, place in places.items() if key not in left_out}
        if not sound or not places or any(table.is_required(key) for key in left_out):
            return None
        within = str(values.pop("within", ""))
        if table.has_id:
            values["id"] = self._id(table, values, taken)
        made = with_value(table, blank(table.record), values)
        if getattr(made, "result", None) and made.result.date is None:
            self.troubles.append(Trouble(next(iter(places.values())), *_UNDATED))
            return None
        return Edit(table, places, within, made, 0, None, values)

    def _id(self, table: Table, values: Mapping[str, Any], taken: set[str]) -> str:
        """The id for a new row: that of the same one in the file, from an earlier time that it came back."""
        what = str(values["what"])
        alike = [
            entry.record
            for entry in self._new_in_file(table).get(plain(what), ())
            if (table.id, entry.record.id) not in self.used
        ]
        if alike:
            equal = (each for each in alike if all(value_in(each, key) == values[key] for key in values))
            id_ = str(next(equal, alike[0]).id)
        else:
            id_ = id_for(what, taken, table.id)
            taken.add(id_)
        self.used.add((table.id, id_))
        return id_

    def _new_in_file(self, table: Table) -> Mapping[str, Sequence[Entry]]:
        """What the file has in a table that did not go out, by what is to be done."""
        if table.id not in self.new:
            went = self.back.base.rows(table.id)
            found: dict[str, list[Entry]] = {}
            for entry in entries_in(table, self.ours):
                if entry.record.id not in went:
                    found.setdefault(plain(entry.record.what), []).append(entry)
            self.new[table.id] = found
        return self.new[table.id]


_UNDATED = (msg("a result requires the date of the review"), msg("fill in the date, or empty the result"))


def _values(record: Any, columns: Sequence[Column]) -> dict[str, Any]:
    return {each.key: value_in(record, each.key) for each in columns if each.key != "within"}


def _groups(table: Table, after: Mapping[str, Any]) -> list[set[str]]:
    """The changed keys, by statement."""
    tied = {key for key in after if key in table.together}
    return [*([tied] if tied else []), *({key} for key in after if key not in tied)]
