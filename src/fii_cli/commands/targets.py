"""Where reports may be written: the edition of a target, and what may be overwritten."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import NoReturn, TypeVar, get_args

from fii_cli.commands.say import say_other_names
from fii_cli.diagnostics import Refused
from fii_cli.editions.edition import shows_more
from fii_cli.editions.marks import Kind, Made, audience_named, made_as
from fii_cli.language import Message, msg
from fii_cli.pages.template import Format
from fii_cli.project import files, save
from fii_cli.project.files import CannotOpen
from fii_cli.terminal import Terminal
from fii_cli.words import AUDIENCES, Audience

MAX_MADE = 200_000_000
"""A larger file was not made by fii."""
_NOT_OURS: dict[Kind, Message] = {
    "report": msg("this is not a report made by fii; not overwritten"),
    "portfolio": msg("this is not a portfolio made by fii; not overwritten"),
    "workbook": msg("this is not a workbook made by fii; not overwritten"),
    "agenda": msg("this is not an agenda made by fii; not overwritten"),
    "minutes": msg("these are not minutes made by fii; not overwritten"),
}
_ELSEWHERE = msg("choose another name with --output")
_SOURCES = (".yaml", ".yml", ".toml")
_OWN_FOLDERS = frozenset({".git", ".fii"})
"""Extensions and folders that fii and git read: they would misread a report there."""
_INDEXES = tuple(f"index.{form}" for form in get_args(Format))
"""The overview pages of a portfolio."""
EXISTS = (msg("this already exists"), msg("--force overwrites it"))


F = TypeVar("F", bound=str)


def form_of_ending(output: str | None, forms: Mapping[str, F]) -> F | None:
    """The form that the ending of an output names; ``None`` for a folder, and without an ending.

    Raises :class:`Refused` for an ending that names no form, since the file would be something else.
    """
    if output in (None, "-") or output.endswith(("/", os.sep)) or os.path.isdir(output):
        return None
    _, ending = os.path.splitext(output)
    if not ending:
        return None
    form = forms.get(ending[1:].lower())
    if form is None:
        wrong = msg("{path}: no page ends in {ending}", path=output, ending=ending)
        raise Refused(wrong, msg("choose from: {words}", words=", ".join(dict.fromkeys(forms))))
    return form


def bytes_there(path: str, kind: Kind = "report") -> bytes | None:
    """The contents of a file made by fii, or ``None`` if there is no file.

    Raises :class:`CannotOpen` if fii did not make the file, or made it as a different kind.
    """
    if path == "-":
        return None
    real = os.path.realpath(path)
    if real.lower().endswith(_SOURCES) or not _OWN_FOLDERS.isdisjoint(real.casefold().split(os.sep)[:-1]):
        raise CannotOpen(path, msg("fii does not write reports to this path"), _ELSEWHERE)
    if not save.exists(path):
        return None
    try:
        raw = files.bytes_of(path, MAX_MADE)
    except files.TooLarge:
        raw = b""
    made = made_as(raw)
    if made is None or made.kind != kind:
        raise _not_made_by_fii(path, kind)
    return raw


def _not_made_by_fii(path: str, kind: Kind) -> CannotOpen:
    return CannotOpen(path, _NOT_OURS[kind], _ELSEWHERE)


def edition_for(
    path: str, there: Made | None, asked: Audience | None, placed: Audience | None = None
) -> Audience:
    """The edition to write to a file: as requested, else from its name, its folder and the existing report.

    Raises :class:`Refused` if the requested edition contradicts the name, or shows more than the existing
    report.
    """
    named = _named(path)
    if asked and named and asked != named:
        _refuse_name(path, named, asked)
    if asked and there:
        _refuse_more(path, there.audience, asked)
    return asked or _least(named, placed, there.audience if there else None) or "team"


def edition_of_folder(folder: str, asked: Audience | None) -> Audience | None:
    """The requested edition, else the one in the name of the folder, such as ``site.public/``.

    Raises :class:`Refused` if the requested edition shows more than the one in the name.
    """
    named = _named(folder)
    if named and asked and shows_more(asked, named):
        _refuse_name(folder, named, asked)
    return asked or named


def edition_of_place(folder: str, asked: Audience | None, sources: Iterable[str]) -> Audience | None:
    """The requested edition, else that of the folder of a report or table.

    The name of the folder or the portfolio in it sets its edition. A folder that contains one of the
    trajectories belongs to the team, and sets none. Raises :class:`Refused` if the requested edition shows
    more than that of the folder.
    """
    folder = folder or os.curdir
    real = os.path.realpath(folder)
    here = (os.path.realpath(source) for source in sources)
    if any(real in (source, os.path.dirname(source)) for source in here):
        return asked
    edition = edition_of_folder(folder, asked)
    for index in _INDEXES:
        there = _portfolio_at(os.path.join(folder, index))
        if there and asked:
            _refuse_more(os.path.join(folder, index), there, asked)
        edition = asked or _least(edition, there)
    return edition


def _portfolio_at(path: str) -> Audience | None:
    """The audience of the portfolio at a path, or ``None``."""
    try:
        made = made_as(files.bytes_of(path, MAX_MADE))
    except CannotOpen:
        return None
    return made.audience if made and made.kind == "portfolio" else None


def _named(path: str) -> Audience | None:
    """The edition in the name of a file or folder, as given or after following symbolic links."""
    names = (os.path.basename(os.path.normpath(path)), os.path.basename(os.path.realpath(path)))
    return _least(*map(audience_named, names))


def _least(*editions: Audience | None) -> Audience | None:
    """The edition that shows least."""
    return max((each for each in editions if each), key=AUDIENCES.index, default=None)


def _refuse_more(path: str, there: Audience, asked: Audience) -> None:
    if shows_more(asked, there):
        told = {"path": path, "there": there, "asked": asked}
        raise Refused(msg("{path} is the {there} edition, but {asked} shows more", **told), _ELSEWHERE)


def _refuse_name(path: str, named: Audience, asked: Audience) -> NoReturn:
    wrong = msg(
        "the name {path} means {named}, but --audience is {asked}", path=path, named=named, asked=asked
    )
    raise Refused(wrong, msg("choose another name with --output, or omit --audience"))


def say_edition(terminal: Terminal, path: str, edition: Audience, asked: Audience | None) -> None:
    """Report the edition if the name or the existing file decided it."""
    if asked is None and edition != "team":
        told = {"path": path, "edition": edition}
        terminal.note(
            terminal.say(msg("{path}: {edition} edition, as the path or the existing file says", **told))
        )


def write(terminal: Terminal, path: str, made: str | bytes, *, over: bool) -> None:
    """Write a new file, or with ``over`` replace one that fii made."""
    others = save.other_names(path) if over else 0
    (save.write_over if over else save.write_new)(path, made)
    say_other_names(terminal, path, others)
