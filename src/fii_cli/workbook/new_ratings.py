"""New lights and ratings in a workbook that came back, in the assessment that they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fii_cli.handbook import Handbook
from fii_cli.language import Language, msg
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Rating
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.words import PERSPECTIVES, STOPLICHT, label
from fii_cli.workbook.cells import Unread, key_in, text_in
from fii_cli.workbook.edit import Given, Rated, Trouble
from fii_cli.workbook.model import Base, Choice, Column
from fii_cli.workbook.read_cells import Values, rating_in_cell
from fii_cli.workbook.returned import NEW, Sheet
from fii_cli.workbook.tables import unique


@dataclass
class NewRatings:
    """Reads the sheets with lights and ratings; ``troubles`` grows by the cells that cannot be used."""

    base: Base
    ours: Trajectory
    handbook: Handbook
    say: Language
    troubles: list[Trouble]

    @property
    def values(self) -> Values:
        return Values(self.ours, self.handbook)

    def trouble(self, place: str, wrong: Unread) -> None:
        self.troubles.append(Trouble(place, wrong.message, wrong.hint))

    def ratings_in(self, instrument: str, sheet: Sheet, given: Given) -> Iterator[Rated]:
        """The new lights or ratings of a sheet."""
        filled = [back for back in sheet.rows if any(back.cells.get(key) is not None for key in NEW)]
        if not filled:
            return
        try:
            made = self._assessment(instrument, sheet, given)
        except _Placed as wrong:
            self.trouble(wrong.place, wrong.why)
            return
        known = self.base.rows("lights" if instrument == STOPLICHT else "ratings")
        rows = Counter(str(back.cells["id"]).strip() for back in sheet.rows)
        for back in filled:
            place = sheet.place(back.number, "value")
            try:
                if rows[str(back.cells["id"]).strip()] > 1:
                    place = sheet.place(back.number, "id")
                    raise Unread(
                        msg("item {id} is here more than once", id=str(back.cells["id"])),
                        msg("put the id back"),
                    )
                item = key_in(back.cells["id"], known)
                if item not in known:
                    place = sheet.place(back.number, "id")
                    raise Unread(msg("unknown item {word}", word=item or "''"), msg("put the id back"))
                texts = {key: text_in(back.cells.get(key), Column(key, key, "text"), "") for key in NEW}
                value = rating_in_cell(texts["value"], instrument, item, self.handbook, self.say)
            except Unread as wrong:
                self.trouble(place, wrong)
                continue
            rating = Rating.model_construct(
                value=value, note=texts["note"] or None, evidence=texts["evidence"] or None
            )
            yield Rated(place, made, item, rating)

    def _assessment(self, instrument: str, sheet: Sheet, given: Given) -> Assessment:
        """The assessment of new ratings, with what is above them or else on the command line."""
        told: dict[str, Any] = {
            "date": given.date,
            "by": given.by,
            "perspective": given.perspective,
            "about": given.about,
        }
        words = {
            "perspective": tuple(Choice(each, self.say(label(each))) for each in PERSPECTIVES),
            "about": unique([Choice(each.id, each.name) for each in self.ours.organisations]),
        }
        heads = self.base.heads("lights" if instrument == STOPLICHT else "ratings")
        for key, (place, value) in sheet.fields.items():
            kind = "date" if key == "date" else "choice" if key in words else "text"
            column = Column(key, heads[key], kind, choices=words.get(key, ()))  # type: ignore[arg-type]
            try:
                if text := text_in(value, column, ""):
                    told[key] = self.values.new_in(Assessment, key, column, text)
                if key == "date" and text and told[key].after(given.today):
                    hint = msg("lights are rated as they are now")
                    raise Unread(msg("{date} is in the future", date=told[key].text), hint)
            except Unread as wrong:
                raise _Placed(place, wrong) from None
        optional: dict[str, Any] = {key: told[key] or None for key in ("by", "perspective", "about")}
        if instrument == STOPLICHT and not self.ours.by_organisation:
            optional["about"] = None
        return Assessment.model_construct(instrument=instrument, date=told["date"], **optional)


class _Placed(Exception):
    """A field above the rows that cannot be used."""

    def __init__(self, place: str, why: Unread) -> None:
        super().__init__(place)
        self.place, self.why = place, why
