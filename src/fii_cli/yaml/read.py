"""Read a file: check its encoding and its characters, then parse it."""

from __future__ import annotations

import re

from fii_cli.language import msg
from fii_cli.yaml.document import (
    CONFLICT,
    NOT_TEXT,
    NOT_USED_HERE,
    START,
    Document,
    Problem,
    span_at,
    unreadable,
)

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""The first bytes of a file in UTF-16."""


def read_bytes(raw: bytes) -> Document:
    """Read bytes as UTF-8, with or without a byte order mark."""
    if raw[:2] in UTF_16:
        shown = raw.decode("utf-16", "replace")
        return unreadable(
            shown, Problem(NOT_TEXT, START, msg("this file is UTF-16, not UTF-8"), _SAVE_AS_UTF8)
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8-sig", "replace")
        span = span_at(good, len(good))
        shown = raw.decode("cp1252", "replace")
        return unreadable(shown, Problem(NOT_TEXT, span, msg("invalid UTF-8 from this point"), _SAVE_AS_UTF8))
    return read(text)


_SAVE_AS_UTF8 = msg("save the file as UTF-8; in VS Code: click the encoding at the bottom right")


def read(text: str) -> Document:
    """Read YAML text into data and locations; errors are in ``problems``."""
    problem = _merge_conflict(text) or strange_character(text) or _directive(text)
    if problem:
        return unreadable(text, problem)
    from fii_cli.yaml.parse import build  # slow to import

    return build(text)


def _merge_conflict(text: str) -> Problem | None:
    if "<<<<<<<" not in text:  # a search by line takes twenty times as long
        return None
    ours = re.search(r"^<{7}(?: .*)?$", text, re.M)
    middle = ours and re.compile(r"^={7}\r?$", re.M).search(text, ours.end())
    theirs = middle and re.compile(r"^>{7}(?: .*)?$", re.M).search(text, middle.end())
    if not (ours and middle and theirs):
        return None
    return Problem(
        CONFLICT,
        span_at(text, ours.start(), 7),
        msg("unresolved merge conflict"),
        msg("run fii merge, or choose what to keep and remove the lines with <<<<<<<, ======= and >>>>>>>"),
        related=(
            (span_at(text, middle.start(), 7), msg("the other version starts here")),
            (span_at(text, theirs.start(), 7), msg("the conflict ends here")),
        ),
    )


def _directive(text: str) -> Problem | None:
    """Report a directive such as ``%YAML 1.2``, on which the parser itself may crash."""
    found = re.match(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*(%[^\r\n]*)", text)
    if not found:
        return None
    span = span_at(text, found.start(1), len(found[1].rstrip()))
    return Problem(NOT_USED_HERE, span, msg("a % line at the top is not supported"), msg("remove the line"))


_PLAIN = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
"""The characters that nearly every text consists of; all of them belong there."""


def _belongs(character: str) -> bool:
    """Whether YAML allows a character and it is not an invisible line break."""
    if character < "\x7f":
        return character >= " " or character in "\t\n\r"
    return (
        character >= "\xa0"
        and character not in "\u2028\u2029\ufeff\ufffe\uffff"
        and not _is_surrogate(character)
    )


def _is_surrogate(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def strange_character(text: str) -> Problem | None:
    """A problem for the first character that is not allowed in a trajectory, or ``None``."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")
    strange = [character for character in set(rest) if not _belongs(character)]
    if not strange:
        return None
    found = min(strange, key=text.index)
    name = f"U+{ord(found):04X}"
    if found == "\0" and text.count("\0") > len(text) // 4:
        message, hint = msg("this file is UTF-16, not UTF-8"), _SAVE_AS_UTF8
    elif found in "\x85\u2028\u2029":
        message = msg("invisible line break ({name})", name=name)
        hint = msg("remove it and press Enter instead; it often comes with pasted text")
    else:
        message = msg("invalid character ({name})", name=name)
        hint = msg("remove it; it often comes with pasted text")
    return Problem(NOT_TEXT, span_at(text, text.index(found)), message, hint)
