"""A day that records on which other days everything that was asked about it has the same answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

_ONE = timedelta(1)
_OWN = ("alike", "_only", "__class__")


class WatchedDay(date):
    """A day. What was concluded from it follows from any other day in ``alike`` as well.

    After a comparison with another day, these are the days with the same outcome. After anything else, such
    as a number of days, it is this day alone.
    """

    __slots__ = ("alike",)
    alike: tuple[date, date]
    """The first and the last day."""

    def __new__(cls, day: date) -> WatchedDay:
        made = super().__new__(cls, day.year, day.month, day.day)
        made.alike = date.min, date.max
        return made

    def __getattribute__(self, name: str) -> Any:
        return super().__getattribute__(name) if name in _OWN else getattr(self._only(), name)

    def _only(self) -> date:
        """The day itself, for what else than a comparison is asked."""
        day = date.fromordinal(date.toordinal(self))
        self.alike = day, day
        return day

    # Python asks these of the right side too, also if the left side is a plain day.

    def __gt__(self, other: object) -> bool:
        return _is_after(self, other) if type(other) is date else date.__gt__(self._only(), other)  # type: ignore[operator]

    def __le__(self, other: object) -> bool:
        return not _is_after(self, other) if type(other) is date else date.__le__(self._only(), other)  # type: ignore[operator]

    def __lt__(self, other: object) -> bool:
        return _is_before(self, other) if type(other) is date else date.__lt__(self._only(), other)  # type: ignore[operator]

    def __ge__(self, other: object) -> bool:
        return not _is_before(self, other) if type(other) is date else date.__ge__(self._only(), other)  # type: ignore[operator]


_alike = WatchedDay.__dict__["alike"].__get__
"""The days that are alike, past ``__getattribute__``, which takes longer than a comparison."""


def _is_after(day: WatchedDay, other: date) -> bool:
    after = date.__gt__(day, other)
    first, last = _alike(day)
    if after:
        if other >= first:
            day.alike = other + _ONE, last
    elif other < last:
        day.alike = first, other
    return after


def _is_before(day: WatchedDay, other: date) -> bool:
    before = date.__lt__(day, other)
    first, last = _alike(day)
    if before:
        if other <= last:
            day.alike = first, other - _ONE
    elif other > first:
        day.alike = other, last
    return before


def _of_itself(name: str) -> Callable[..., Any]:
    def asked(self: WatchedDay, *words: Any) -> Any:
        return getattr(date, name)(self._only(), *words)

    return asked


_SLOTS = ("eq", "ne", "hash", "repr", "str", "format", "add", "radd", "sub", "rsub", "reduce", "reduce_ex")
"""What Python asks of the type, past ``__getattribute__``."""
for _name in _SLOTS:
    setattr(WatchedDay, f"__{_name}__", _of_itself(f"__{_name}__"))
