"""The marker in a file that fii made, by which it is recognised: its kind, date, audience and yardstick.

It is at the start of text, in the first keys of JSON, in the last column of csv, and in the metadata of Word,
Excel, PDF and Parquet. fii looks for it only in these places, where no text of a trajectory can appear.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Any, Literal, get_args
from urllib.parse import quote, unquote

from fii_cli.words import AUDIENCES, DAY_SOURCES, Audience, DaySource

Kind = Literal["report", "portfolio", "workbook", "agenda", "minutes"]
COLUMN = "fii"
"""The heading of the last column of a csv, which contains the marker."""
SEPARATORS = ";,"
"""What may separate the columns of a csv: semicolons in Dutch, commas in English."""
_MADE_WITH = (
    r"(?:, fii (?P<version>[0-9a-z.+]+), handbook (?P<handbook>[0-9a-f]+)(?:, facts (?P<facts>[0-9a-f]+))?"
    r"(?:, page (?P<page>[0-9a-f]+))?)?"
)
"""Older versions of fii wrote neither this nor where the day came from."""
_SAYS = (
    r"fii (?P<kind>report|portfolio|workbook|agenda|minutes) (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r" (?P<audience>[a-z]+)"
    r"(?: (?P<day_from>[a-z]+))?" + _MADE_WITH
)
_IN_TEXT = rf"\s*(?:<!doctype html>\s*)?<!-- {_SAYS}(?:: (?P<pages>[^\s>]+(?: [^\s>]+)*))? -->"
_IN_JSON = (
    r'\s*\{\s*"fii": "(?P<kind>report|portfolio)",\s*"version": [0-9]+,'
    r'\s*"(?:as_of|date)": "(?P<day>[0-9-]{10})",\s*"audience": "(?P<audience>[a-z]+)"'
    r'(?:,\s*"day_from": "(?P<day_from>[a-z]+)")?'
    r'(?:,\s*"made_with": \{\s*"fii": "(?P<version>[0-9a-z.+]+)",\s*"handbook": "(?P<handbook>[0-9a-f]+)"'
    r'(?:,\s*"facts": "(?P<facts>[0-9a-f]+)",\s*"page": "(?P<page>[0-9a-f]+)")?)?'
)
_IN_CORE = rf"<(?:\w+:)?keywords>{_SAYS}</"
_IN_PARQUET = rf"\x18\x03{COLUMN}\x18.{{1,2}}?{_SAYS}\x00"
"""A key with its value in the metadata at the end: each with the length before it."""
_IN_XMP = rf"<(?:\w+:)?Keywords>{_SAYS}</"
_PARQUET = b"PAR1"
"""The first and the last bytes of a table in Parquet."""
_HEAD, _PART = 5_000_000, 1_000_000
"""How many bytes of a text, and of a part of a document, are read."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a page was made with: the version of fii, and digests of its handbook and of the facts shown.

    A portfolio has no digest of its facts.
    """

    version: str
    handbook: str
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """The content of a marker. ``pages`` are the files that a portfolio links to.

    ``page`` is the digest of a report in text, by which edits show. A file of an older version of fii has no
    ``yardstick``.
    """

    kind: Kind
    day: date
    audience: Audience
    day_from: DaySource = "chosen"
    pages: tuple[str, ...] = ()
    yardstick: Yardstick | None = None
    page: str = ""


def mark(
    kind: Kind,
    day: str,
    audience: Audience,
    day_from: DaySource,
    pages: Iterable[str] = (),
    yardstick: Yardstick | None = None,
) -> str:
    """The marker of a file; ``day`` is an ISO date, ``pages`` are the URLs of the files it links to."""
    names = " ".join(quote(page, safe="%").replace("-", "%2D") for page in pages)
    said = f"fii {kind} {day} {audience} {day_from}"
    if yardstick:
        said += f", fii {yardstick.version}, handbook {yardstick.handbook}"
        said += f", facts {yardstick.facts}" if yardstick.facts else ""
    return f"{said}: {names}" if names else said


def stamped(page: str, yardstick: Yardstick) -> str:
    """A report in text, with the digest of its contents in its marker, by which edits show."""
    of_page = digest(_unix(page))
    marker = re.compile(rf'facts(?:( {yardstick.facts})|": "{yardstick.facts}",\s*"page": ")')
    return marker.sub(lambda found: found[0] + (", page " if found[1] else "") + of_page, page)


def is_edited(raw: bytes, made: Made) -> bool:
    """Whether somebody edited a report in text; line endings are ignored, since git may have changed them."""
    text = _unix(raw.decode("utf-8", "replace"))
    before = re.sub(rf'(, page {made.page})|(?<="page": "){made.page}(?=")', "", text)
    return bool(made.page) and digest(before) != made.page


def digest(text: str) -> str:
    """A few characters that change with a text."""
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:7]


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")


def marked(heads: Sequence[str], rows: Sequence[Sequence[Any]], said: str) -> list[tuple[Any, ...]]:
    """A table with its marker in an extra last column, or in its heading if it has no rows."""
    if not rows:
        return [(*heads, said)]
    return [(*heads, COLUMN), *((*row, said) for row in rows)]


def made_as(raw: bytes) -> Made | None:
    """The content of a file's marker, or ``None`` if fii did not make it."""
    if raw[:4] == b"PK\x03\x04":
        return _parsed(re.search(_IN_CORE, _core_of(raw)))
    if raw[:5] == b"%PDF-":
        return _parsed(re.search(_IN_XMP.encode(), raw), "latin-1")
    if raw[:4] == _PARQUET:
        return _parsed(re.search(_IN_PARQUET.encode(), _foot_of(raw), re.S), "latin-1")
    text = raw[:_HEAD].decode("utf-8-sig", "replace")
    return _parsed(re.match(_IN_TEXT, text, re.I) or re.match(_IN_JSON, text)) or _in_table(text)


def _core_of(raw: bytes) -> str:
    """The metadata of a Word or Excel document; empty if it has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed, packed.open("docProps/core.xml") as part:
            return part.read(_PART).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return ""


def _foot_of(raw: bytes) -> bytes:
    """The metadata of a table in Parquet, in which fii writes no text of a trajectory; empty if broken."""
    size = int.from_bytes(raw[-8:-4], "little")
    return raw[-8 - size : -8] if raw[-4:] == _PARQUET and 8 < size + 8 < len(raw) else b""


def _in_table(text: str) -> Made | None:
    """The marker of a csv: in the last cell of its first row, or in its heading if it has no rows."""
    lines = text.splitlines()[:1000]
    if not lines or COLUMN not in lines[0]:
        return None
    return next((made for made in (_in_columns(lines, each) for each in SEPARATORS) if made), None)


def _in_columns(lines: Sequence[str], separator: str) -> Made | None:
    try:
        rows = list(islice(csv.reader(lines, delimiter=separator), 2))
    except csv.Error:
        return None
    if not rows or not rows[0]:
        return None
    head, *first = rows
    if not first:
        return _parsed(re.fullmatch(_SAYS, head[-1]))
    if head[-1] != COLUMN or not first[0]:
        return None
    return _parsed(re.fullmatch(_SAYS, first[0][-1]))


def _parsed(found: re.Match[str] | re.Match[bytes] | None, encoding: str = "utf-8") -> Made | None:
    """The content of a marker that was found; ``None`` if its date or audience is invalid."""
    if found is None:
        return None
    said: dict[str, str] = {}
    for key, value in found.groupdict().items():
        said[key] = value.decode(encoding) if isinstance(value, bytes) else value or ""
    audience = next((each for each in AUDIENCES if each == said["audience"]), None)
    try:
        day = date.fromisoformat(said["day"])
    except ValueError:
        return None
    if audience is None:
        return None
    pages = tuple(unquote(name, errors="surrogateescape") for name in said.get("pages", "").split())
    with_what = Yardstick(said["version"], said["handbook"], said["facts"]) if said["version"] else None
    kind: Kind = next((each for each in get_args(Kind) if each == said["kind"]), "report")
    # Files of before there was a source are dated as their marker says.
    day_from: DaySource = next((each for each in DAY_SOURCES if each == said["day_from"]), "chosen")
    return Made(kind, day, audience, day_from, pages, with_what, said["page"])


def audience_named(name: str) -> Audience | None:
    """The edition in a file name such as ``buurt-leren.client.html``, or ``None``.

    If it names several, the one that shows least.
    """
    parts = name.casefold().split(".")
    return next((each for each in reversed(AUDIENCES) if each in parts and each != "file"), None)
