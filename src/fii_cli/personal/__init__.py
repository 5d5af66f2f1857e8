"""Detect personal data in a text, in all the ways that people and Word write it."""

import re
from functools import lru_cache

from fii_cli.personal.email import holds_email, may_be_address
from fii_cli.personal.numbers import holds_bsn, holds_iban
from fii_cli.personal.plain import has_digits
from fii_cli.personal.telephone import holds_telephone

__all__ = [
    "holds_bsn",
    "holds_email",
    "holds_iban",
    "holds_personal",
    "holds_telephone",
    "may_hold_personal",
]


_HINT = re.compile("[0-9@%([{]")
"""A plain text with personal data has one of these: a digit, or a sign of an address."""
_SHORTEST, _SHORT = 6, 50


def may_hold_personal(text: str) -> bool:
    """A cheap test that rules out most texts, such as dates.

    An e-mail address has an @; a number has nine digits, or six if letters or a word go with it.
    """
    if len(text) < _SHORTEST:
        return False
    return _may_hold_short(text) if len(text) < _SHORT else _may_hold(text)


def _may_hold(text: str) -> bool:
    if not text.isascii():
        return True
    if not _HINT.search(text):
        return False
    if may_be_address(text):
        return True
    return has_digits(text, 9 if len(text) < 11 else 6)


# Keys, dates and ids come back in every file. Longer texts do not, and would take memory.
_may_hold_short = lru_cache(maxsize=4096)(_may_hold)


def holds_personal(text: str) -> bool:
    """Whether a text contains any personal data that fii recognises."""
    return holds_email(text) or holds_telephone(text) or holds_iban(text) or holds_bsn(text)
