"""``fii preview``: the report beside the editor."""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated

import typer

from fii_cli.commands.options import ForAudience, ReportDate, day, edition_named
from fii_cli.commands.preview_pages import PreviewRequest
from fii_cli.commands.which_file import meant_file, paths_argument
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import OK
from fii_cli.language import N_, msg
from fii_cli.preview.browser import opened
from fii_cli.preview.follow import follow
from fii_cli.preview.frame import frame_of
from fii_cli.preview.server import Server
from fii_cli.preview.showing import Made
from fii_cli.project import git, save
from fii_cli.project.context import Projects
from fii_cli.project.files import CannotOpen, why_not
from fii_cli.project.watched import Watched
from fii_cli.terminal import Terminal
from fii_cli.visible import as_json as in_json

SUMMARY = N_("Show the report beside your editor: a page on this machine that reloads when you save.")
EXAMPLES = (
    ("fii preview buurt-leren.yaml", N_("print the address, to open in a browser")),
    ("fii preview buurt-leren.yaml --audience client --open", N_("what the client would read")),
    ("fii preview trajecten/", N_("the portfolio, with a page for each trajectory")),
    ("fii preview --port 8000 --phone", N_("at a fixed port, as narrow as a phone")),
)


def run(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("PATH"),
            help=N_(
                "one trajectory for a report; several, or a folder, for a portfolio (default: what is here)"
            ),
            show_default=False,
        ),
    ] = None,
    audience: ForAudience = None,
    as_of: ReportDate = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar=N_("NUMBER"), min=1, max=65535, help=N_("the port (default: a free one)")
        ),
    ] = None,
    phone: Annotated[
        bool, typer.Option("--phone", help=N_("begin as narrow as a phone; a button changes it"))
    ] = False,
    open_: Annotated[bool, typer.Option("--open", help=N_("open the page in your browser"))] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=N_("print the address as JSON, on one line"))
    ] = False,
) -> int:
    terminal: Terminal = context.obj
    edition = edition_named(audience)
    paths, one = _which(context, files or [])
    asked = PreviewRequest(tuple(paths), one, edition, day(as_of), terminal)
    server = _server(asked, port, phone=phone)
    told: set[str] = set()
    ready = False

    def made() -> tuple[Made, Watched]:
        git.begin()  # what is cached of a repository may have changed
        pages = asked.made()
        for line in map(terminal.say, git.told()):
            if line not in told:
                told.add(line)
                terminal.note(line)
        git.begin()
        return pages

    def show(pages: Made) -> None:
        nonlocal ready
        server.show(pages)
        if not ready:
            ready = True
            _say_address(terminal, server, as_json=as_json)
            if open_ and not opened(server.door):
                terminal.note(terminal.say("no browser found here: open the address yourself"))

    with server.serving():
        try:
            follow(asked.watched(), made, show)
        except KeyboardInterrupt:  # this is how a preview ends
            terminal.note("")
    return OK


def _which(context: typer.Context, named: list[str]) -> tuple[list[str], bool]:
    """The paths that are meant, and whether they are one trajectory and not a portfolio."""
    if not named:
        here = list(Projects().search([os.curdir]).paths)
        if not here:
            raise Refused(msg("no trajectory found here"), msg("name a file, or start one with fii new"))
        return (here, True) if len(here) == 1 else ([os.curdir], False)
    if "-" in named:
        raise Refused(msg("standard input cannot be followed"), msg("give a file name"))
    if len(named) == 1 and not os.path.isdir(named[0]):
        paths, one = [meant_file(named[0])], True
    else:
        paths, one = paths_argument(context, named) or named, False
    for path in paths:
        if not save.exists(path):
            raise CannotOpen(path, *why_not(FileNotFoundError(), path))
    return paths, one


def _server(asked: PreviewRequest, port: int | None, *, phone: bool) -> Server:
    """The server, at a port that is ours. Raises :class:`Refused` if it is not."""
    say = asked.terminal.say
    try:
        return Server(frame_of(asked.title, say, phone=phone), say, port or 0)
    except OSError as error:
        another = msg("choose another port, or omit --port")
        if error.errno == errno.EADDRINUSE:
            raise Refused(msg("port {port} is in use", port=str(port)), another) from None
        if isinstance(error, PermissionError):
            raise Refused(msg("no permission to use port {port}", port=str(port)), another) from None
        why = error.strerror or type(error).__name__
        raise Refused(msg("no page can be opened on this machine: {why}", why=why)) from None


def _say_address(terminal: Terminal, server: Server, *, as_json: bool) -> None:
    if as_json:
        terminal.document(
            in_json({"version": 1, "address": server.address, "port": server.port}, indent=None)
        )
    else:
        terminal.out(server.address)
        terminal.note(terminal.say("the page reloads when you save; Ctrl-C stops the preview"))
    if sys.stdout is not None:
        sys.stdout.flush()  # whoever reads it through a pipe waits for it
