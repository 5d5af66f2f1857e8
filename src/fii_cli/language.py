"""Dutch and English: messages are values, worded only when someone reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import Literal, Protocol

Code = Literal["nl", "en"]
CODES: tuple[Code, ...] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in English with named gaps; a gap may hold a message, or several of them.

    With ``plural`` the value named ``n`` chooses between the two forms.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None


def msg(text: str, /, **values: object) -> Message:
    """A message to word later."""
    return Message(text, values)


def count(n: int, one: str, many: str, /, **values: object) -> Message:
    """A message whose form depends on ``n``, which is also its gap ``{n}``."""
    return Message(one, {"n": n, **values}, many)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a text for the catalogue without wording it."""
    return text


class Bilingual(Protocol):
    """Content that stands in both languages side by side."""

    @property
    def nl(self) -> str: ...

    @property
    def en(self) -> str: ...


def labelled(id_: str, name: str) -> str:
    """An id with its name behind it, once where the two are the same word."""
    return name if id_.casefold() == name.casefold() else f"{id_} {name}"


@dataclass(frozen=True, slots=True)
class Language:
    """One language and its catalogue; call it to word something."""

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
        if not said.values:
            return text
        return text.format_map({name: self._worded(value) for name, value in said.values.items()})

    def _worded(self, value: object) -> object:
        if isinstance(value, Message):
            return self(value)
        if isinstance(value, tuple):
            return ", ".join(str(self._worded(each)) for each in value)
        if isinstance(value, float):
            return self.decimal(value)
        return value

    def decimal(self, number: float) -> str:
        """A number with one decimal, as this language writes it."""
        return f"{number:.1f}".replace(".", "," if self.code == "nl" else ".")

    def pick(self, text: Bilingual) -> str:
        """The side of a bilingual text that this language reads."""
        return text.nl if self.code == "nl" else text.en
