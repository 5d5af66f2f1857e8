"""Dutch and English: messages are values that are translated only when they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from typing import Literal, NamedTuple, Protocol

Code = Literal["nl", "en"]
CODES: tuple[Code, ...] = ("nl", "en")


class Message(NamedTuple):
    """A sentence in English with named placeholders; a value can be a message, or a tuple of values.

    With ``plural``, the value named ``n`` selects one of the two forms.
    """

    text: str
    values: Mapping[str, object] = {}
    plural: str | None = None


def msg(text: str, /, **values: object) -> Message:
    """A message to translate later."""
    return Message(text, values)


def count(n: int, one: str, many: str, /, **values: object) -> Message:
    """A message whose form depends on ``n``, which also fills the placeholder ``{n}``."""
    return Message(one, {"n": n, **values}, many)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a text for the catalogue without translating it."""
    return text


MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
SHORT_MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
"""The names of months where there is little room, such as along the axis of a chart."""

_BRACES = re.compile(r"\{\{|\}\}|\{(?P<gap>[^\W\d]\w*)\}|[{}]")


_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12][0-9]|3[01]))?")
_END = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_DAY_IN_TEXT = re.compile(
    r"(?<![\w./:-])[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![\w/-]|\.\w)"
)


@lru_cache(maxsize=1024)
def gaps_of(text: str) -> frozenset[str]:
    """The names of the placeholders in a text; doubled braces are literal braces.

    Raises ``ValueError`` for any other form: Python's own format strings can read attributes of values, and
    the author of an untrusted template also chooses the text.
    """
    found = list(_BRACES.finditer(text))
    if any(each[0] in "{}" for each in found):
        raise ValueError(f"a placeholder must be a plain name between braces: {text}")
    return frozenset(each["gap"] for each in found if each["gap"])


class Bilingual(Protocol):
    """Content in both languages."""

    @property
    def nl(self) -> str: ...

    @property
    def en(self) -> str: ...


def labelled(id_: str, name: str) -> str:
    """An id followed by its name; only the name if both are the same word."""
    return name if id_.casefold() == name.casefold() else f"{id_} {name}"


@dataclass(frozen=True, slots=True)
class Language:
    """A language and its catalogue; call it to translate a text or a message."""

    code: Code
    catalogue: NullTranslations

    def __call__(self, said: str | Message, /, **values: object) -> str:
        if isinstance(said, str):
            said = Message(said, values)
        if said.plural is None:
            text = self.catalogue.gettext(said.text) if said.text else ""
        else:
            number = said.values["n"]
            assert isinstance(number, int)
            text = self.catalogue.ngettext(said.text, said.plural, number)
        return self._filled(text, said.values) if said.values else text

    def _filled(self, text: str, values: Mapping[str, object]) -> str:
        gaps_of(text)
        return _BRACES.sub(
            lambda found: self._worded(values[found["gap"]]) if found["gap"] else found[0][0], text
        )

    def _worded(self, value: object) -> str:
        if isinstance(value, Message):
            return self(value)
        if isinstance(value, tuple):
            return ", ".join(self._worded(each) for each in value)
        if isinstance(value, float):
            return self.decimal(value)
        if isinstance(value, (str, int)):
            return str(value)
        raise TypeError(f"a placeholder takes text or a number, not {type(value).__name__}")

    def decimal(self, number: float) -> str:
        """A number with one decimal, and the decimal sign of this language."""
        return f"{number:.1f}".replace(".", "," if self.code == "nl" else ".")

    def day(self, iso: str, *, short: bool = False) -> str:
        """An ISO date for readers: *2 November 2026*, *November 2026*, or *2026* if that is all it says.

        A period is two of these, without what both have in common: *March–June 2014*. Any other text is
        unchanged.
        """
        found = _DAY.fullmatch(iso)
        if not found:
            ends = [each for each in iso.split("/") if _END.fullmatch(each)]
            return self._period(*ends, short=short) if len(ends) == 2 else iso
        names = SHORT_MONTHS if short else MONTHS
        month = self(names[int(found["month"]) - 1])
        day = f"{int(found['day'])} " if found["day"] else ""
        return f"{day}{month} {found['year']}"

    def _period(self, start: str, end: str, *, short: bool) -> str:
        words, until = self.day(start, short=short).split(), self.day(end, short=short)
        common = until.split()
        while len(words) > 1 and len(common) > 1 and words[-1] == common[-1]:
            del words[-1], common[-1]
        between = " – " if len(words) > 1 else "–"
        return f"{' '.join(words)}{between}{until}"

    def days_in(self, text: str) -> str:
        """A text in which every ISO date is one for readers; a year and a month remain as they are."""
        return _DAY_IN_TEXT.sub(lambda found: self.day(found[0]), text)

    def pick(self, text: Bilingual) -> str:
        """The version of a bilingual text in this language."""
        return text.nl if self.code == "nl" else text.en
