"""Compile the Dutch catalogue into what gettext reads; git does not track it, fii is built with it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
PO = ROOT / "src/fii_cli/locale/nl/LC_MESSAGES/fii.po"
MO = PO.with_suffix(".mo")


def compile_catalogue() -> None:
    """Write the compiled catalogue beside its source, whole or not at all: tests may be reading it."""
    catalogue = read_po(BytesIO(PO.read_bytes()), locale="nl")
    catalogue.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # no clock: the same texts give the same bytes
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    unfinished = MO.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(compiled.getvalue())
    unfinished.replace(MO)


if __name__ == "__main__":
    compile_catalogue()
