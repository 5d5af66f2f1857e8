"""The tables of a portfolio for analysis: tidy rows in which a column always has the same type.

Names of columns are the English keys of the format, and closed values are those of the file in any language.
The pages docs/analysis describe every column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fii_cli import __version__
from fii_cli.editions.marks import Yardstick, mark
from fii_cli.handbook import Handbook
from fii_cli.report.table_rows import (
    Row,
    Told,
    Value,
    action_rows,
    barrier_rows,
    light_rows,
    measurement_rows,
    organisation_rows,
    rating_rows,
    trajectory_rows,
    visit_rows,
)
from fii_cli.visible import visible_lines
from fii_cli.words import Audience, DaySource

VERSION = 1
"""The version of the tables; it increases when a column changes its meaning or is removed."""
Kind = Literal["text", "word", "words", "day", "count", "number", "yes"]
"""The type of a column: words repeat, counts are whole numbers, and yes is true or false."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, the type of each column by its name, and its rows for one trajectory."""

    name: str
    columns: dict[str, Kind]
    rows: Callable[[Told], Iterator[Row]]

    @property
    def file(self) -> str:
        return f"{self.name}.parquet"

    def told(self, told: Told) -> Iterator[Row]:
        """The rows of a trajectory, with its key, and without hidden characters in their texts."""
        for row in self.rows(told):
            yield {name: _shown(value) for name, value in ({"trajectory": told.key} | row).items()}


def _shown(value: Value) -> Value:
    if isinstance(value, str):
        return visible_lines(value)
    return [visible_lines(each) for each in value] if isinstance(value, list) else value


def mark_of(day: date, audience: Audience, day_from: DaySource, handbook: Handbook) -> str:
    """What a table says of itself, by which fii recognises it."""
    return mark("portfolio", day.isoformat(), audience, day_from, (), Yardstick(__version__, handbook.digest))


def _table(name: str, rows: Callable[[Told], Iterator[Row]], /, **columns: Kind) -> Table:
    return Table(name, {"trajectory": "word", **columns}, rows)


def _rough(name: str) -> dict[str, Kind]:
    return {name: "day", f"{name}_text": "text"}


_DAYS: dict[str, Kind] = {"days_least": "count", "days_most": "count"}
TABLES = (
    _table(
        "trajectories",
        trajectory_rows,
        file="text",
        title="text",
        language="word",
        day="day",
        day_from="word",
        audience="word",
        commission="word",
        receiving_organisations="words",
        **_rough("started"),
        organisations="count",
        phase="word",
        latest_phase="word",
        state="word",
        also_open="count",
        **_rough("entered"),
        **_DAYS,
        lights_green="count",
        lights_orange="count",
        lights_red="count",
        overdue="count",
        barriers="count",
        strong_barriers="count",
        radio_silence="count",
    ),
    _table(
        "organisations", organisation_rows, organisation="word", name="text", roles="words", funding="word"
    ),
    _table(
        "visits",
        visit_rows,
        visit="count",
        organisation="word",
        phase="word",
        via="word",
        **_rough("entered"),
        **_rough("ended"),
        decision="word",
        **_DAYS,
    ),
    _table(
        "lights",
        light_rows,
        phase="word",
        state="word",
        subphase="word",
        item="word",
        question="word",
        own="yes",
        required="yes",
        light="word",
        perspective="word",
        organisation="word",
        value="word",
        **_rough("date"),
    ),
    _table(
        "barriers",
        barrier_rows,
        place="word",
        instrument="word",
        item="word",
        name="word",
        perspective="word",
        organisation="word",
        strength="count",
        value="word",
        n="count",
        hinders="count",
        **_rough("date"),
        **_rough("since"),
        actions="count",
        done="count",
    ),
    _table(
        "ratings",
        rating_rows,
        instrument="word",
        perspective="word",
        organisation="word",
        **_rough("date"),
        place="word",
        item="word",
        value="word",
        n="count",
        hinders="count",
        helps="count",
        share="number",
        mean="number",
        sd="number",
        published_n="count",
    ),
    _table(
        "actions",
        action_rows,
        action="word",
        strategy="word",
        answers="words",
        status="word",
        **_rough("since"),
        **_rough("due"),
        overdue="yes",
        **_rough("reviewed"),
        helped="word",
    ),
    _table(
        "measurements",
        measurement_rows,
        indicator="word",
        what="word",
        organisation="word",
        **_rough("date"),
        value="number",
        n="count",
    ),
)
"""Every table, in the order in which they are written."""
