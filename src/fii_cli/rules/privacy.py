"""Personal data in the text: git does not forget, and reports are handed on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import Message, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.trajectory import Trajectory

# Plain texts: re compiles and keeps a pattern when it is first needed, which in most files it never is.
_APART = r"(?<![\w.,/-])"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_PHONE = (
    _APART + r"(?:(?:(?:\+|00)\d{2}[ -]?(?:\(0\)[ -]?)?|0)[1-9](?:[ -]?\d){7,8}"
    r"|\(0\d{1,3}\)[ -]?\d(?:[ -]?\d){5,7})(?![\w-])"
)
_IBAN = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"
_NINE = _APART + r"(?:\d{3}[ .]?\d{3}[ .]?\d{3}|\d{4}\.\d{2}\.\d{3})(?![\w-])"
_BSN_WORD = r"(?i)\b(?:bsn|burger ?service ?nummers?|sofi(?:-?nummers?)?|citizen service numbers?)\b"
_URL = r"\w+://\S+"
_DATE = r"\b\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}\b|\b\d{4}-\d\d(?:-\d\d)?\b"


def _digits(text: str) -> int:
    """How many digits a text has; nine at the least make a number of these kinds."""
    return sum(map(str.isdigit, text)) if len(text) >= 9 else 0


def _found(trajectory: Trajectory, holds: Callable[[str], bool], message: Message) -> Iterator[Finding]:
    for route, text in trajectory.texts:
        if holds(text):
            yield Finding(
                route,
                message,
                msg("take it out, and keep it where others cannot see it; git remembers what was committed"),
                label=msg("roles before names: no personal data in the file"),
            )


@rule("FII901", Severity.ADVICE)
def email_in_text(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    yield from _found(trajectory, holds_email, msg("an e-mail address stands here"))


def holds_email(text: str) -> bool:
    return "@" in text and re.search(_EMAIL, text) is not None


@rule("FII902", Severity.ADVICE)
def telephone_in_text(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    yield from _found(trajectory, holds_telephone, msg("a telephone number stands here"))


def holds_telephone(text: str) -> bool:
    if _digits(text) < 9:
        return False
    for other in (_URL, _DATE, _IBAN):
        text = re.sub(other, "|", text)
    return re.search(_PHONE, text) is not None


@rule("FII903", Severity.ADVICE)
def iban_in_text(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    yield from _found(trajectory, holds_iban, msg("a bank account number stands here"))


def holds_iban(text: str) -> bool:
    if len(text) < 15 or _digits(text) < 6:
        return False
    return any(_is_iban(found[0].replace(" ", "")) for found in re.finditer(_IBAN, text))


def _is_iban(word: str) -> bool:
    """The test of ISO 13616: letters count from ten, the check digits go last, and the rest of 97 is one."""
    return any(
        int("".join(str(int(c, 36)) for c in word[4:end] + word[:4])) % 97 == 1
        for end in range(15, min(len(word), 34) + 1)
    )


@rule("FII904", Severity.ADVICE)
def bsn_in_text(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    yield from _found(trajectory, holds_bsn, msg("a citizen service number (BSN) stands here"))


@rule("FII905", Severity.ADVICE, "assessments")
def small_group_counted(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    smallest = circumstances.thresholds.smallest
    for index, assessment in enumerate(trajectory.assessments):
        few = [item for item, counts in assessment.counts.items() if 0 < sum(counts.values()) < smallest]
        if few:
            yield Finding(
                ("assessments", index, "counts", few[0]),
                msg("the answers of fewer than {n} people are counted here", n=smallest),
                msg("take them out: in a small group one can see who said what"),
                label=msg("fii shows no shares of such a group"),
                about=assessment.instrument,
                at_key=True,
            )


def holds_bsn(text: str) -> bool:
    if _digits(text) < 9:
        return False
    for found in re.finditer(_NINE, text):
        around = text[max(0, found.start() - 30) : found.end() + 12]
        if re.search(_BSN_WORD, around) and _passes_eleven_test(re.sub(r"\D", "", found[0])):
            return True
    return False


def _passes_eleven_test(digits: str) -> bool:
    """Nine digits, weighed 9 down to 2 and the last one -1, add up to a multiple of eleven."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return digits.strip("0") != "" and sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 == 0
