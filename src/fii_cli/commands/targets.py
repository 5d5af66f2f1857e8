"""What may be written where: which edition a file is to hold, and what may be written over."""

from __future__ import annotations

import os
from typing import NoReturn

from fii_cli import saving, workspace
from fii_cli.commands.shared import say_other_names
from fii_cli.diagnostics import Refused
from fii_cli.edition import shows_more
from fii_cli.language import Message, msg
from fii_cli.marks import Kind, Made, audience_named, made_as
from fii_cli.terminal import Terminal
from fii_cli.words import AUDIENCES, Audience
from fii_cli.workspace import CannotOpen

MAX_MADE = 200_000_000
"""A file larger than this is none that fii made."""
_NOT_OURS: dict[Kind, Message] = {
    "report": msg("this is not a report of fii, and is not overwritten"),
    "portfolio": msg("this is not a portfolio of fii, and is not overwritten"),
}
EXISTS = (msg("this already exists"), msg("--force writes over it"))


def bytes_there(path: str, kind: Kind = "report") -> bytes | None:
    """What stands in a file that fii made; ``None`` where there is no file.

    Raises :class:`CannotOpen` where fii did not make the file, or made it as something else.
    """
    if path == "-" or not saving.exists(path):
        return None
    if path.lower().endswith((".yaml", ".yml", ".toml")):  # fii makes no report that is called so
        raise _not_ours(path, kind)
    try:
        raw = workspace.bytes_of(path, MAX_MADE)
    except workspace.TooLarge:
        raw = b""
    made = made_as(raw)
    if made is None or made.kind != kind:
        raise _not_ours(path, kind)
    return raw


def _not_ours(path: str, kind: Kind) -> CannotOpen:
    return CannotOpen(path, _NOT_OURS[kind], msg("choose another name with --output"))


def edition_for(path: str, there: Made | None, asked: Audience | None) -> Audience:
    """The edition that a file is to hold: as asked, else as its name and the report that is there say.

    Raises :class:`Refused` where what was asked for contradicts the name, or shows more than what is there.
    """
    named = audience_named(os.path.basename(path))
    if asked and named and asked != named:
        _refuse_name(path, named, asked)
    if asked and there and shows_more(asked, there.audience):
        told = {"path": path, "there": there.audience, "asked": asked}
        wrong = msg("{path} is the {there} edition, and {asked} shows more", **told)
        raise Refused(wrong, msg("choose another name with --output"))
    if asked:
        return asked
    known = [each for each in (named, there.audience if there else None) if each]
    return max(known, key=AUDIENCES.index) if known else "team"


def edition_of_folder(folder: str, asked: Audience | None) -> Audience | None:
    """The edition that was asked for, else the one that a folder says in its name, such as ``site.public/``.

    Raises :class:`Refused` where what was asked for shows more than the name says.
    """
    named = audience_named(os.path.basename(os.path.normpath(folder)))
    if named and asked and shows_more(asked, named):
        _refuse_name(folder, named, asked)
    return asked or named


def _refuse_name(path: str, named: Audience, asked: Audience) -> NoReturn:
    wrong = msg(
        "the name {path} says {named}, but --audience says {asked}", path=path, named=named, asked=asked
    )
    raise Refused(wrong, msg("choose another name with --output, or leave --audience out"))


def say_edition(terminal: Terminal, path: str, edition: Audience, asked: Audience | None) -> None:
    """Say which edition it is where the name, or the file that is there, decided that."""
    if asked is None and edition != "team":
        told = {"path": path, "edition": edition}
        terminal.note(
            terminal.say(msg("{path}: {edition} edition, as the file name or the existing file says", **told))
        )


def write(terminal: Terminal, path: str, made: str | bytes, *, over: bool) -> None:
    """Write a file that was asked for: new, or over one that was recognised as fii's own."""
    others = saving.other_names(path) if over else 0
    (saving.write_over if over else saving.write_new)(path, made)
    say_other_names(terminal, path, others)
