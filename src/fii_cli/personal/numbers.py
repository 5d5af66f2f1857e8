"""Numbers with a check digit: bank accounts (IBAN) and citizen service numbers (BSN)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from fii_cli.personal.plain import has_digits, plain

_BETWEEN = r"[\s._/-]{0,3}"
_IBAN = rf"(?<![^\W_])(?:IBAN)?(?=([A-Z]{{2}}{_BETWEEN}\d{{2}}(?:{_BETWEEN}[A-Z0-9]){{11,30}}))"
_BSN_WORD = (
    r"(?<![^\W\d_])(?:b[.\s]{0,2}s[.\s]{0,2}n\.?(?:[\s-]?(?:nummers?|nrs?))?"
    r"|burger[\s-]?service[\s-]?(?:nummers?|nrs?)|sofi(?:[\s-]?(?:nummers?|nrs?))?|sociaal[\s-]fiscaal[\s-]nummer"
    r"|citizen[\s-]service[\s-]numbers?|social[\s-]security[\s-]numbers?)(?![^\W\d_])"
)
_OTHER_WORD = (
    r"(?<![^\W\d_])(?:rsin|kvk|k\.v\.k|btw|agb|(?<!sociaal[\s-])fiscaal[\s-]nummer"
    r"|vestigings?(?:nummer|nr)?)(?![^\W\d_])"
)
_NINE = r"(?<!\d)(?<!\d[.,/-])(?=(\d(?:[\s./-]{0,2}\d){8})(?!\w|[.,-]\d))"
_EIGHT = rf"(?:{_BSN_WORD})[\s.:=-]{{0,4}}(\d(?:[\s./-]{{0,2}}\d){{7}})(?!\w|[.,-]\d)"
"""Old numbers, written without their leading zero: only right after the word."""
_NEAR = 40
"""The maximum distance in characters between a number and the word that identifies it as a BSN."""


def holds_iban(text: str) -> bool:
    """Whether a text contains an IBAN, in upper or lower case, with or without separators."""
    return next(ibans(plain(text)), None) is not None


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each IBAN in a plain text."""
    if len(text) < 15 or not has_digits(text, 6):
        return
    seen = set()
    for found in re.finditer(_IBAN, text, re.I | re.A):
        if found[1] in seen:
            continue
        seen.add(found[1])
        number = re.sub(r"[\s._/-]", "", found[1]).upper()
        for length in _valid_lengths(number):
            shown = re.compile(rf"(?:{_BETWEEN}\w){{{length}}}").match(text, found.start(1))
            if shown and not text[shown.end() : shown.end() + 1].isalnum() and _is_iban(number[:length]):
                yield shown.span()


def _valid_lengths(number: str) -> Iterator[int]:
    """The lengths at which a number passes ISO 13616: letters count from ten, and the first four go last.

    This is cheap for all lengths at once, and leaves one in a hundred for the full validation.
    """
    head = int("".join(str(int(each, 36)) for each in number[:4])) % 97
    shift = 10 ** sum(1 + each.isalpha() for each in number[:4]) % 97
    rest = 0
    for length, each in enumerate(number[4:], 5):
        rest = (rest * (10 if each.isdecimal() else 100) + int(each, 36)) % 97
        if length >= 15 and (rest * shift + head) % 97 == 1:
            yield length


def _is_iban(number: str) -> bool:
    from stdnum import iban  # takes longer to import than most files take to check

    return iban.is_valid(number, check_country=False)  # the bank need not exist any more


def holds_bsn(text: str) -> bool:
    """Whether a text contains a citizen service number, with a word near it that identifies it.

    Nine digits alone prove nothing: the number of an organisation (RSIN) passes the same test.
    """
    text = plain(text)
    if not has_digits(text, 8):
        return False
    words = [found.span() for found in re.finditer(_BSN_WORD, text, re.I)]
    if not words:
        return False
    ends = {end for _, end in words}
    for at, number in _near(text, words):
        glued = at and (text[at - 1].isalpha() or text[at - 1] == "_")
        if glued and not ends & {at, at - 1}:
            continue
        if not _named_otherwise(text[max(0, at - _NEAR) : at]) and _is_bsn(number):
            return True
    return any(
        not re.match(r"(?:19|20)\d{6}$", digits) and _is_bsn(digits)
        for found in re.finditer(_EIGHT, text, re.I)
        if (digits := re.sub(r"\D", "", found[1]))
    )


def _near(text: str, words: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The nine-digit numbers with one of these words before or right after them, with their positions."""
    begins, ends = [begin for begin, _ in words], [end for _, end in words]
    for found in re.finditer(_NINE, text):
        begin, end = found.span(1)
        before, after = bisect_right(ends, begin) - 1, bisect_left(begins, end)
        near = before >= 0 and begin - ends[before] <= _NEAR
        if not near and after < len(begins) and begins[after] - end <= _NEAR:
            near = re.search(r"[;.!?\d]", text[end : begins[after]]) is None
        if near:
            yield begin, re.sub(r"\D", "", found[1])


def _named_otherwise(before: str) -> bool:
    """Whether the last identifying word is that of an organisation's number."""
    names = [(found.end(), False) for found in re.finditer(_BSN_WORD, before, re.I)]
    names += [(found.end(), True) for found in re.finditer(_OTHER_WORD, before, re.I)]
    return max(names, default=(0, False))[1]


def _is_bsn(digits: str) -> bool:
    from stdnum.nl import bsn

    return bsn.is_valid(digits)
