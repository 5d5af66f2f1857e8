"""New texts that are read back and compared with what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.yaml.document import Data, Document
from fii_cli.yaml.read import read

BY_HAND = (
    msg("fii cannot make this change without changing the rest of the file"),
    msg("edit the file by hand, and run fii check"),
)
Made = Callable[[], str | None]
"""Makes a new text; ``None`` if that is not possible in this way."""


def first_read_back(meant: Data | None, ways: Iterable[Made]) -> Document:
    """The first document that reads back as what was meant."""
    for way in ways:
        try:
            text = way()
        except Refused:
            continue
        if text is None:
            continue
        done = read(text)
        if not done.problems and done.data == meant:
            return done
    raise Refused(*BY_HAND)
