"""Options and arguments shared by several commands, and how their values are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from fii_cli.diagnostics import Refused
from fii_cli.handbook import Handbook
from fii_cli.handbook.lookup import refused_as_retired
from fii_cli.language import N_, Message, msg
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import suggest_date
from fii_cli.words import STOPLICHT, Word, meant

if TYPE_CHECKING:
    from fii_cli.handbook.models import (
        Framework,
    )  # importing these takes 10 ms, and fii check does not need them

File = Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("a trajectory"), show_default=False)]
OptionalFile = Annotated[
    str | None, typer.Argument(metavar=N_("FILE"), help=N_("a trajectory"), show_default=False)
]
Paths = Annotated[
    list[str] | None, typer.Argument(metavar=N_("PATH"), help=N_("files or folders"), show_default=False)
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=N_("DATE"),
        help=N_("evaluate as of this date (default: today), such as 2025-03-12"),
    ),
]
ReportDate = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=N_("DATE"),
        help=N_("the date of the report (default: the date of the last commit)"),
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=N_("print JSON instead of text"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("show the change, and write nothing"))]
About = Annotated[
    str | None, typer.Option("--about", metavar=N_("ID"), help=N_("the organisation that is rated"))
]


def day(text: str | None) -> date | None:
    """A day from the command line, such as 2025-03-12. Raises :class:`Refused` if it is not valid."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else _refuse_day(text)
    except ValueError:
        return _refuse_day(text)


def past_day(text: str | None, today: date, hint: Message) -> date:
    """A day from the command line, or today. Raises :class:`Refused` for one in the future."""
    chosen = day(text) or today
    if chosen > today:
        raise Refused(msg("{date} is in the future", date=chosen.isoformat()), hint)
    return chosen


def _refuse_day(text: str) -> date:
    meant = suggest_date(text)
    whole = meant is not None and len(meant) == 10
    hint = msg("did you mean {word}?", word=meant) if whole else msg("write it as 2025-03-12")
    raise Refused(msg("invalid day {written}", written=text), hint)


def closed_value(option: str, word: str, allowed: Sequence[Word]) -> Word:
    """The closed value of an option, given as in the file or in English.

    Raises :class:`Refused` if it is not allowed.
    """
    value = meant(word, allowed)
    if value is None:
        wrong = msg("invalid value {value} for {option}", value=word or "''", option=option)
        raise Refused(wrong, did_you_mean(word, allowed, one_of(allowed)))
    return value


def framework_named(instrument: str, book: Handbook) -> Framework | None:
    """The instrument with an id; ``None`` for the stoplicht, which has its own score.

    Raises :class:`Refused` for an unknown id, and for a retired instrument.
    """
    in_use = [STOPLICHT, *(each.id for each in book.instruments)]
    if instrument not in book.instrument_ids:
        wrong = msg("unknown instrument {id}", id=instrument)
        raise Refused(wrong, did_you_mean(instrument, in_use, one_of(in_use)))
    if instrument not in in_use:
        raise refused_as_retired(instrument, book.retired.current_instrument(instrument))
    return None if instrument == STOPLICHT else book.instrument(instrument)


def asked_by_form(instrument: str, book: Handbook) -> Framework:
    """An instrument that can be used as a questionnaire.

    Raises :class:`Refused` for an unknown id, and for the stoplicht.
    """
    framework = framework_named(instrument, book)
    if framework is None:
        wrong = msg("a team agrees on the lights; a questionnaire cannot ask for them")
        raise Refused(wrong, msg("choose another instrument: midi, quickscan, cfir …"))
    return framework


def organisation_named(id_: str | None, trajectory: Trajectory) -> str:
    """The id of an organisation of the trajectory, or an empty string for ``None``.

    Raises :class:`Refused` for an unknown id.
    """
    known = [organisation.id for organisation in trajectory.organisations]
    if id_ is not None and id_ not in known:
        near = did_you_mean(id_, known, msg("add it under organisations"))
        raise Refused(msg("unknown organisation {id}", id=id_), near)
    return id_ or ""


def a_file(path: str) -> str:
    """The path of a file to change. Raises :class:`Refused` for standard input."""
    if path == "-":
        raise Refused(msg("standard input cannot be changed"), msg("give a file name"))
    return path
