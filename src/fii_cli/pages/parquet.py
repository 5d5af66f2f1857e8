"""Tables in Parquet, written in groups of rows, so that a large portfolio does not have to fit in memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from fii_cli.pages.libraries import library
from fii_cli.report.table_rows import Row
from fii_cli.report.tables import VERSION, Kind, Table

GROUP = 10_000
"""The number of rows that are kept in memory before they are written."""
_COUNTED: tuple[Kind, ...] = ("day", "count", "number", "yes")
"""Columns with statistics. Those of texts would repeat some of them in the metadata, where fii looks for what
it made."""


def parquet_library() -> Any:
    """The library that writes Parquet; raises :class:`Refused` if it is not installed."""
    library("pyarrow", "parquet")
    return library("pyarrow.parquet", "parquet")


class ParquetTable:
    """A table in the making. Nothing in it says when it was made: equal rows give equal bytes.

    ``mark`` is what it says of itself in its metadata, by which it is recognised.
    """

    def __init__(self, out: BinaryIO, table: Table, mark: str) -> None:
        parquet = parquet_library()
        self._arrow = library("pyarrow", "parquet")
        types = self._types()
        fields = [(name, types[kind]) for name, kind in table.columns.items()]
        told = {"fii": mark, "fii.table": table.name, "fii.version": str(VERSION)}
        self._schema = self._arrow.schema(fields, metadata=told)
        self._columns: dict[str, list[Any]] = {name: [] for name in table.columns}
        self._writer = parquet.ParquetWriter(
            out,
            self._schema,
            compression="zstd",
            write_statistics=[name for name, kind in table.columns.items() if kind in _COUNTED],
        )

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows, and write a group of them if there are enough."""
        for row in rows:
            for name, values in self._columns.items():
                values.append(row[name])
            if len(values) == GROUP:
                self._write()

    def close(self) -> None:
        """Write the last rows, and what ends the file."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        arrays = [self._arrow.array(self._columns[field.name], field.type) for field in self._schema]
        if len(arrays[0]):
            group = self._arrow.Table.from_arrays(arrays, schema=self._schema)
            self._writer.write_table(group, row_group_size=GROUP)
        self._columns = {name: [] for name in self._columns}

    def _types(self) -> dict[Kind, Any]:
        arrow = self._arrow
        return {
            "text": arrow.string(),
            "word": arrow.dictionary(arrow.int32(), arrow.string()),
            "words": arrow.list_(arrow.string()),
            "day": arrow.date32(),
            "count": arrow.int64(),
            "number": arrow.float64(),
            "yes": arrow.bool_(),
        }
