"""Options and arguments shared by several commands, and how their values are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from fii_cli.commands.dates import whole_day
from fii_cli.commands.which_file import file_argument, paths_argument
from fii_cli.diagnostics import Refused
from fii_cli.handbook import Handbook
from fii_cli.handbook.lookup import refused_as_retired
from fii_cli.language import N_, Message, msg
from fii_cli.suggest import did_you_mean, known_as, one_of
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import began, parse_when
from fii_cli.words import AUDIENCES, NONE, STOPLICHT, Audience, Word, meant

if TYPE_CHECKING:
    from fii_cli.handbook.models import (
        Framework,
    )  # importing these takes 10 ms, and fii check does not need them

_WHICH = N_("a trajectory (default: the only one in or below this folder)")
File = Annotated[
    str, typer.Argument(metavar=N_("FILE"), help=_WHICH, show_default=False, callback=file_argument)
]
FileFirst = Annotated[str | None, typer.Argument(metavar=N_("FILE"), help=_WHICH, show_default=False)]
"""FILE before arguments that are required: which one was left out, only the command can tell."""
OptionalFile = Annotated[str | None, typer.Argument(metavar=N_("FILE"), help=_WHICH, show_default=False)]
Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=N_("PATH"), help=N_("files or folders"), show_default=False, callback=paths_argument
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=N_("DATE"),
        callback=whole_day,
        help=N_("evaluate as of this date (default: today), such as 2025-03-12"),
    ),
]
ReportDate = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=N_("DATE"),
        callback=whole_day,
        help=N_("the date of the report (default: the date of the last commit)"),
    ),
]
ForAudience = Annotated[
    str | None,
    typer.Option("--audience", metavar="|".join(AUDIENCES[1:]), help=N_("the audience (default: team)")),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar=N_("DATE|COMMIT"),
        help=N_("show what changed since then (default: the assessment before the last)"),
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar=N_("NUMBER"),
        min=1,
        help=N_(
            "how many processes share the work, from 1; never more than 61 "
            "(default: one, or one per core for much work)"
        ),
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar=N_("ADDRESS"),
        help=N_("let a Dask cluster that you trust share the work, such as tcp://10.0.0.5:8786"),
    ),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help=N_("work everything out again, even what has not changed"))
]
AsJson = Annotated[bool, typer.Option("--json", help=N_("print JSON instead of text"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("show the change, and write nothing"))]
About = Annotated[
    str | None, typer.Option("--about", metavar=N_("ID"), help=N_("the organisation that is rated"))
]


def day(text: str | None) -> date | None:
    """The day of an option that :func:`whole_day` has read."""
    return None if text is None else date.fromisoformat(text)


def closed_value(option: str, word: str, allowed: Sequence[Word]) -> Word:
    """The closed value of an option, given as in the file or in another word for it.

    Raises :class:`Refused` if it is not allowed.
    """
    value = meant(word, allowed)
    if value is None:
        wrong = msg("invalid value {value} for {option}", value=word or "''", option=option)
        raise Refused(wrong, did_you_mean(word, allowed, one_of(allowed)))
    return value


def edition_named(audience: str | None) -> Audience:
    """The edition for an audience; the team's without one. Raises :class:`Refused` for an unknown one."""
    return closed_value("--audience", audience, AUDIENCES[1:]) if audience is not None else "team"


def framework_named(instrument: str, book: Handbook) -> Framework | None:
    """The instrument with an id; ``None`` for the stoplicht, which has its own score.

    Raises :class:`Refused` for an unknown id, and for a retired instrument.
    """
    in_use = [STOPLICHT, *(each.id for each in book.instruments)]
    wrong = msg("unknown instrument {id}", id=instrument)
    id_ = known_as(instrument, book.instrument_ids)
    if id_ is None:
        raise Refused(wrong, did_you_mean(instrument, in_use, one_of(in_use)))
    if id_ not in in_use:
        raise refused_as_retired(id_, book.retired.current_instrument(id_))
    return None if id_ == STOPLICHT else book.instrument(id_)


def asked_by_form(instrument: str, book: Handbook) -> Framework:
    """An instrument that can be used as a questionnaire.

    Raises :class:`Refused` for an unknown id, and for the stoplicht.
    """
    framework = framework_named(instrument, book)
    if framework is None:
        wrong = msg("a team agrees on the lights; a questionnaire cannot ask for them")
        otherwise = msg("choose midi, quickscan, cfir …; fii questionnaire stoplicht prints the checklist")
        raise Refused(wrong, otherwise)
    return framework


def id_named(word: str, known: Sequence[str], wrong: Message, otherwise: Message) -> str:
    """The known id for a word, in any case if only one fits. Raises :class:`Refused` if it is unknown."""
    id_ = known_as(word, known)
    if id_ is None:
        raise Refused(wrong, did_you_mean(word, known, otherwise))
    return id_


def organisation_named(id_: str | None, trajectory: Trajectory) -> str:
    """The id of an organisation of the trajectory, or an empty string for ``None`` and for none.

    Raises :class:`Refused` for an unknown id.
    """
    known = [organisation.id for organisation in trajectory.organisations]
    if not id_ or (id_.lower() in NONE and id_ not in known):
        return ""
    wrong = msg("unknown organisation {id}", id=id_)
    return id_named(id_, known, wrong, msg("add it under organisations"))


def must_be_there(id_: str | None, trajectory: Trajectory, when: str, *, deciding: bool = False) -> None:
    """Raises :class:`Refused` if an organisation had certainly ended on a date; says who came next.

    A decision about its own phase (``deciding``) is none for whoever came next: it needs an earlier date.
    """
    organisation, date = trajectory.organisation(id_), parse_when(when)
    if not (organisation and organisation.until and date and organisation.until.before(began(date))):
        return
    until = organisation.until.text
    wrong = msg("{name} ended ({until})", name=organisation.name, until=until)
    if deciding:
        raise Refused(wrong, msg("give the date on which its visit ended: --date {until}", until=until))
    from fii_cli.analysis.succession import organisation_now  # what git converts with needs none of it

    now = organisation_now(trajectory, id_, began(date).first)
    if now:
        name = trajectory.named(now)
        remedy = msg("choose {id}: it continued as {name}; or choose an earlier --date", id=now, name=name)
        raise Refused(wrong, remedy)
    raise Refused(wrong, msg("nothing took its place: choose an earlier --date"))


def required(context: typer.Context, word: str | None, name: str) -> str:
    """An argument that must be given. Raises :class:`Refused` if it is not; ``name`` is translatable."""
    if word is None:
        more = msg("see {command}", command=f"{context.command_path} --help")
        raise Refused(msg("{name} is missing", name=msg(name)), more)
    return word


def a_file(path: str) -> str:
    """The path of a file to change. Raises :class:`Refused` for standard input."""
    if path == "-":
        raise Refused(msg("standard input cannot be changed"), msg("give a file name"))
    return path
