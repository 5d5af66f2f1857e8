"""Dates that people type: as rough as the format takes them, and offered back if fii can read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import typer

from fii_cli.diagnostics import Refused
from fii_cli.language import Message, msg
from fii_cli.terminal import Offer, Terminal
from fii_cli.trajectory.dates import (
    Date,
    date_hint,
    parse_date,
    parse_period,
    parse_when,
    suggest_date,
    suggest_period,
)

_WHOLE = msg("write it as 2025-03-12")
Read = str | Message | Offer


def read_date(text: str, today: date, *, period: bool = False) -> Read:
    """A year, a month or a day as the format writes it; else what is probably meant, or how to write it.

    With ``period`` two of them with a slash between are valid too.
    """
    text = text.strip()
    if parse_date(text) or (period and parse_period(text)):
        return text
    meant = (suggest_period(text) if period else None) or suggest_date(text, today)
    return Offer(meant) if meant else date_hint(text, period=period)


def read_day(text: str, today: date) -> Read:
    """A whole day, like :func:`read_date`."""
    read = read_date(text, today)
    written = read.value if isinstance(read, Offer) else read
    return read if isinstance(written, str) and len(written) == len("2025-03-12") else _WHOLE


def settled(terminal: Terminal, text: str, check: Callable[[str], Read], wrong: Message) -> str:
    """What a text from the command line means; in a terminal, the user accepts or corrects an offer.

    Raises :class:`Refused` if that cannot be asked, and if there is nothing to offer.
    """
    read = check(text)
    if isinstance(read, str):
        return read
    if isinstance(read, Message):
        raise Refused(wrong, read)
    answer = None
    if terminal.interactive:
        question = terminal.say(msg("{wrong}; {offer}", wrong=wrong, offer=read.message))
        answer = terminal.ask(question, check, offer=read)
    if answer is None:
        raise Refused(wrong, read.message)
    return answer


def rough_date(context: typer.Context, text: str | None) -> str | None:
    """The value of an option that takes a year, a month or a day."""
    if text is None:
        return None
    check = partial(read_date, today=_today())
    return settled(context.obj, text, check, msg("invalid date {written}", written=text))


def date_or_period(context: typer.Context, text: str | None) -> str | None:
    """Like :func:`rough_date`, for an option that also takes a period."""
    if text is None:
        return None
    check = partial(read_date, today=_today(), period=True)
    return settled(context.obj, text, check, msg("invalid date {written}", written=text))


def whole_day(context: typer.Context, text: str | None) -> str | None:
    """The value of an option that takes a day, such as 2025-03-12."""
    if text is None:
        return None
    check = partial(read_day, today=_today())
    return settled(context.obj, text, check, msg("invalid day {written}", written=text))


def _today() -> date:
    from fii_cli.project.context import Projects  # loads the rules, and most command lines have no date

    return Projects().today


def date_or_today(text: str | None, today: date) -> Date:
    """The date of an option that has been read, or its period; today if it was not given."""
    found = parse_when(text or today.isoformat())
    assert found is not None
    return found


def past_date(text: str | None, today: date, hint: Message) -> Date:
    """Like :func:`date_or_today`. Raises :class:`Refused` for a date in the future."""
    found = date_or_today(text, today)
    if found.after(today):
        raise Refused(msg("{date} is in the future", date=found.text), hint)
    return found
