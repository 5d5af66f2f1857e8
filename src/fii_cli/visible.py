"""Text without hidden characters: escapes those that could control a terminal, a log or a reader.

These are control characters, marks that change the direction of text, invisible line breaks, and the bytes of
a file name that is not UTF-8.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_HIDDEN = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
# Python compiles the texts below when they are used: few runs need them all.
_ANYWHERE = re.compile(f"[{_HIDDEN}]")
_IN_LINES = rf"(?![\t\n])[{_HIDDEN}]"
_BETWEEN_WORDS = re.compile(r"[\t\n]")
_HIDDEN_IN_JSON = rf"(?!\n)[{_HIDDEN}]"
LOG_COMMAND = r"##(\w*)\["
"""A command in the logs of GitHub Actions, Azure Pipelines and TeamCity, anywhere in a line."""
_KNOWN = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def visible(text: str) -> str:
    r"""Text on one line: an escape character becomes ``\x1b``, a line break ``\n``."""
    return _ANYWHERE.sub(_escape, text)


def visible_lines(text: str) -> str:
    """Text with its lines and tabs, and other hidden characters escaped; every line ends with a line feed."""
    return re.sub(_IN_LINES, _escape, text.replace("\r\n", "\n"))


def visible_words(text: str) -> str:
    """Text to wrap: line breaks and tabs become spaces."""
    return visible(_BETWEEN_WORDS.sub(" ", text))


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name (surrogateescape)
        code -= 0xDC00
    return _KNOWN.get(character) or (rf"\x{code:02x}" if code < 256 else rf"\u{code:04x}")


def as_uri(path: str) -> str:
    """A path as a relative URI reference; bytes that are not UTF-8 are kept."""
    whole = re.sub(_HALF, "\ufffd", path)
    return quote(whole.encode("utf-8", "surrogateescape"))


_HALF = r"[\ud800-\udc7f\udd00-\udfff]"
"""A lone surrogate, which file names on Windows can contain."""


def as_json(data: object, indent: int | None = 2) -> str:
    """JSON in which any text round-trips, and no log parser finds a command; on one line without indent."""
    import json  # importing it is not needed for help

    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return re.sub(LOG_COMMAND, r"##\1\\u005b", re.sub(_HIDDEN_IN_JSON, _in_json, text))


def _in_json(found: re.Match[str]) -> str:
    character = found[0]
    if "\ud800" <= character <= "\udfff":  # a lone surrogate, which strict parsers reject
        return "\\" + _escape(found)
    return f"\\u{ord(character):04x}"
