"""Detect personal data in a text, in all the ways that people and Word write it."""

import re

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


def may_hold_personal(text: str) -> bool:
    """A cheap test that rules out most texts, such as dates.

    An e-mail address has an @; a number has nine digits, or six if letters or a word go with it.
    """
    if len(text) < 6:
        return False
    if not text.isascii():
        return True
    if not _HINT.search(text):
        return False
    if may_be_address(text):
        return True
    return has_digits(text, 9 if len(text) < 11 else 6)


def holds_personal(text: str) -> bool:
    """Whether a text contains any personal data that fii recognises."""
    return holds_email(text) or holds_telephone(text) or holds_iban(text) or holds_bsn(text)
