"""What somebody changed in a workbook, and the cells of it that cannot be used."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fii_cli.language import Message
from fii_cli.trajectory.base import Rating
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.workbook.tables import Table


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell that is not taken over, and why; without a place it is about the whole workbook."""

    place: str
    message: Message
    hint: Message | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that stands or falls as a whole: some cells of a row, a new row, or a row that is gone.

    ``before`` and ``after`` are values by key; a new row has no ``before``, and a row that is gone no
    ``after``. ``record`` is the record as it went out. ``places`` are the cells, by key.
    """

    table: Table
    places: Mapping[str, str]
    within: str
    record: Any
    nth: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def changes_key(self) -> bool:
        """Whether it changes what tells the row apart."""
        return self.after is not None and not set(self.table.record.KEY).isdisjoint(self.after)

    @property
    def place(self) -> str:
        return next(iter(self.places.values()))


@dataclass(frozen=True, slots=True)
class Rated:
    """A new rating of an item, in the assessment that it belongs to."""

    place: str
    assessment: Assessment
    item: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says of new ratings, for what the workbook leaves open; and what day it is."""

    date: Date
    today: datetime.date
    by: str = ""
    perspective: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed in a workbook, and the cells that cannot be used."""

    edits: tuple[Edit | Rated, ...]
    troubles: tuple[Trouble, ...]

    @property
    def is_empty(self) -> bool:
        return not self.edits and not self.troubles
