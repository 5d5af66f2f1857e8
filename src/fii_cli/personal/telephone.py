"""Telephone numbers, Dutch and foreign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from fii_cli.personal.numbers import ibans
from fii_cli.personal.plain import has_digits, plain

# Every repetition is bounded, so that time is linear in the length of the text.
_BETWEEN = r"[\s._/()-]{0,3}"
_APART = r"(?<!\d)(?<!\d[.,-])"
_DUTCH = rf"{_APART}(?=0[1-9](?:\d{{0,3}}|\d{{8}})(?!\d))(?=(0(?:{_BETWEEN}\d){{9}})(?!\d))"
_ABROAD = rf"(?:(?<!\d)\+[\s(]{{0,2}}|{_APART}00{_BETWEEN})(?=([1-9](?:{_BETWEEN}\d){{7,14}}))"
_WITHOUT_PLUS = rf"{_APART}(?=(31[\s.-]?6[\s.-]?[1-58]\d{{7}})(?!\d))"
_WORD = (
    r"(?<![^\W\d_])(?:(?:tel(?:efoon)?|mob(?:iel)?)(?:[\s-]?(?:nummer|nr))?|gsm|fax|bel(?:len)?"
    r"|(?:tele|mobile |cell)?phone(?: number)?|mobile|whatsapp)"
)
_NAMED = (
    rf"{_WORD}[\s.:=_-]{{0,4}}\(?"
    rf"((?!0[89]00)0(?:{_BETWEEN}\d){{8,10}}|6{_BETWEEN}[1-58](?:{_BETWEEN}\d){{7}})(?!\d)"
)
"""After a word such as tel any number counts, even one that is not in use or has lost its zero."""

_SHORT_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_NUMBERS_OF_OTHER_KINDS = (
    r"://[^\s<>\"',;)\]|]+",
    r"(?i:\bwww)\.[^\s<>\"',;)\]|]+",
    r"\.(?:nl|be|de|eu|com|org|net|info|io)/[^\s<>\"',;)\]|]+",
    r"\b10\.\d{4,9}/\S+",
    r"(?i:\bISBN(?:-?1[03])?[:\s]{0,3}[\dX](?:[\s-]?[\dX]){8,16})",
    rf"(?<![+\d]){_SHORT_DAY}(\s?[-/.]\s?|\s){_SHORT_DAY}\1{_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR}([-/.])(?:0[1-9]|1[0-2])(?:\1{_SHORT_DAY})?(?!\d)",
    r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b",
)
"""Web addresses, publications, dates, and anything in the form of an IBAN."""
_CHAT = r"(?:wa\.me/|[?&](?:phone|tel)=)(?:\+|%2B)?(?=[1-9]\d{7})"
"""The parts of a web address that precede a telephone number."""


def holds_telephone(text: str) -> bool:
    """Whether a text contains a personal telephone number; 0800 and 0900 do not count."""
    text = plain(text)
    if not has_digits(text, 9):
        return False
    text = re.sub(_CHAT, " +", text)
    for begin, end in reversed(list(ibans(text))):
        text = f"{text[:begin]}|{text[end:]}"
    for other in _NUMBERS_OF_OTHER_KINDS:
        text = re.sub(other, "|", text)
    text = re.sub(r"(\d[\s.-]?)\(0\)", r"\1", text)
    text = re.sub(r"\(0\)(?=\s?[1-9])", "0", text)
    if any(not _is_moment(*_parted(found[1])) for found in re.finditer(_NAMED, text, re.I)):
        return True
    return any(_is_dutch(run, text, at) for at, run in _once(_DUTCH, text)) or any(
        _is_abroad(run, text, at) for pattern in (_ABROAD, _WITHOUT_PLUS) for at, run in _once(pattern, text)
    )


def _parted(run: str) -> tuple[list[str], list[str]]:
    """The groups of digits in a number, and the separators between them."""
    return re.findall(r"\d+", run), re.findall(r"\D+", run)


def _once(pattern: str, text: str) -> Iterator[tuple[int, str]]:
    """The distinct numbers that a pattern finds, with their positions; not if a word runs into one."""
    seen = set()
    for found in re.finditer(pattern, text):
        at, run = found.start(1), found[1]
        before = text[max(0, found.start() - 2) : found.start()]
        short = re.fullmatch(r"(?i)(?:^|[^\w])?[tm]", before)  # T and M, as in a signature
        glued = text[found.start()] != "+" and before[-1:].isalpha() and not short
        if run not in seen and not glued:
            seen.add(run)
            yield at, run


def _is_dutch(run: str, text: str, at: int) -> bool:
    """Whether ten digits that begin with a zero are a Dutch number, judging by digits and groups."""
    groups, between = _parted(run)
    if _continues(text, at + len(run)) or _is_moment(groups, between):
        return False
    digits = "".join(groups)
    if digits.startswith("06"):
        sizes = [len(group) for group in groups]
        return _is_in_use(31, digits[1:]) or sizes in ([10], [2, 8], [2, 4, 4])
    whole_or_area = len(groups[0]) in (3, 4, 10)
    return whole_or_area and (_is_in_use(31, digits[1:]) or (digits[1] == "4" and _is_in_use(32, digits[1:])))


def _continues(text: str, end: int) -> bool:
    """Whether the same word continues, so that this is only the start of something else."""
    return re.compile(r"[^\W_]|[.-][1-9]").match(text, end) is not None


def _is_moment(groups: list[str], between: list[str]) -> bool:
    """Whether digits are a month and years (06-2025 2026), or a day with a time (06-11-25 0830)."""
    if [len(group) for group in groups] == [2, 4, 4]:
        return all(re.match(_YEAR, group) for group in groups[1:])
    if len(groups) in (4, 5) and all(len(group) == 2 for group in groups[:3]):
        day = re.match(rf"{_SHORT_DAY}$", groups[1]) and between[0] == between[1] != between[2]
        return bool(day) and (len(groups) == 4 or between[3] != between[2])
    return False


def _is_abroad(run: str, text: str, at: int) -> bool:
    """Whether digits after + or 00 start with a valid number that does not end within a group."""
    for length in range(len(run), 8, -1):
        part = run[:length]
        cut = text[at + length : at + length + 1]
        if not part[-1].isdigit() or cut.isdigit() or (length == len(run) and cut.isalpha()):
            continue
        groups, _ = _parted(part)
        if len("".join(groups)) >= 9 and _can_be_called(groups, part):
            return True
    return False


def _can_be_called(groups: list[str], written: str) -> bool:
    digits = "".join(groups)
    country = _country(digits)
    if country is None:
        return False
    national = digits[len(str(country)) :]
    shorter = national.removeprefix("0")
    if country == 31:
        if len(shorter) != 9:
            return False
        if shorter[0] == "6":
            return True
    elif not any(_possible(country, length) for length in {len(national), len(shorter)}):
        return False
    like_an_amount = re.fullmatch(r"\d{1,3}(?:[.\s]\d{3})+", written) is not None
    in_short_groups = all(len(group) < 3 for group in groups)
    return not (like_an_amount or in_short_groups) or _is_in_use(country, shorter)


def _country(digits: str) -> int | None:
    """The country code at the start of the digits; no code is a prefix of another."""
    from phonenumbers import (
        COUNTRY_CODE_TO_REGION_CODE,
    )  # takes longer to import than most files take to check

    return next((int(digits[:n]) for n in (1, 2, 3) if int(digits[:n]) in COUNTRY_CODE_TO_REGION_CODE), None)


@lru_cache(maxsize=4096)
def _possible(country: int, length: int) -> bool:
    """Whether numbers of a country can have this many digits, even if they are not in use."""
    from phonenumbers import PhoneNumber, ValidationResult, is_possible_number_with_reason

    number = PhoneNumber(country_code=country, national_number=int("2" * length or "0"))
    return is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE


def _is_in_use(country: int, national: str) -> bool:
    """Whether a number is in use and may be personal: not toll-free, premium-rate or shared-cost."""
    from phonenumbers import PhoneNumber, PhoneNumberType, number_type

    kind = number_type(PhoneNumber(country_code=country, national_number=int(national)))
    free_or_paid = (PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST)
    return kind not in (PhoneNumberType.UNKNOWN, *free_or_paid)
