"""Normalise the digits, dashes, dots and spaces that Word, phones and other scripts write."""

from __future__ import annotations

import unicodedata

_SAME_AS = {
    **dict.fromkeys("\u2212\u02d7\u2043", "-"),
    **dict.fromkeys("\u3002\u00b7\u2022\u2027\u2219\u22c5", "."),
    **dict.fromkeys("\u2044\u2215", "/"),
}
"""Characters used as a dash, a dot or a slash that Unicode does not classify as such."""
_WITHOUT_DIGITS = str.maketrans("", "", "0123456789")


def plain(text: str) -> str:
    """The text with plain digits, dashes, dots, slashes and spaces, and without invisible characters."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return text.translate({ord(each): _plain(each) for each in set(text) if not each.isascii()})


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if kind == "Pd":
        return "-"
    if kind in ("Zs", "Zl", "Zp"):
        return " "
    if kind in ("Cf", "Mn", "Mc", "Me"):
        return ""
    return _SAME_AS.get(character, character)


def has_digits(text: str, least: int) -> bool:
    """Whether a text has at least that many digits: a cheap first test."""
    if len(text) < least:
        return False
    if text.isascii():
        return len(text) - len(text.translate(_WITHOUT_DIGITS)) >= least
    return sum(map(str.isdecimal, text)) >= least
