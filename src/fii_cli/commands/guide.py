"""``fii guide``: the handbook in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from fii_cli.commands.options import (
    AsJson,
)
from fii_cli.commands.say import say_json
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.guide.page import GuidePage
from fii_cli.guide.pages import overview, page_for, search, terms
from fii_cli.language import N_, msg
from fii_cli.project.context import project_of
from fii_cli.suggest import nearest
from fii_cli.terminal import Terminal, columns

SUMMARY = N_("Read the handbook: phases, subphases, checklist items, constructs, figures; or search it.")
EXAMPLES = (
    ("fii guide", N_("the six phases")),
    ("fii guide verkennen", N_("a phase, by name or number")),
    ("fii guide 2a", N_("a subphase with its checklist")),
    ("fii guide cfir/III.D.2", N_("a CFIR construct, and its related items")),
    ("fii guide --search draagvlak", N_("everything that mentions it")),
)


def run(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("TERM"), help=N_("a phase, subphase, item, construct or figure"), show_default=False
        ),
    ] = None,
    wanted: Annotated[
        str | None, typer.Option("--search", metavar=N_("WORDS"), help=N_("search for these words"))
    ] = None,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    if wanted is not None:
        return _search(terminal, wanted, as_json)
    handbook = project_of("-").handbook
    term = " ".join(words or ())
    page = page_for(term, handbook, terminal.say) if term else overview(handbook, terminal.say)
    if page is None:
        near = nearest(term, terms(handbook))
        raise Refused(
            msg("the handbook has no page {term}", term=term),
            msg("did you mean {word}?", word=near) if near else msg("see {command}", command="fii guide"),
        )
    show(page, terminal, as_json)
    return OK


def _search(terminal: Terminal, wanted: str, as_json: bool) -> int:
    found = search(wanted, project_of("-").handbook, terminal.say)
    if as_json:
        say_json(terminal, [{"term": term, "text": text} for term, text in found])
    elif found:
        terminal.out(columns(found, terminal))
    else:
        terminal.note(terminal.say("the handbook does not mention {words}", words=wanted))
    return OK if found else FOUND


def show(page: GuidePage, terminal: Terminal, as_json: bool) -> None:
    """Show a page of the handbook, in a pager if it does not fit the screen."""
    say = terminal.say
    if as_json:
        blocks = [{"heading": b.heading or None, "lines": list(b.lines)} for b in page.blocks]
        say_json(
            terminal,
            {"term": page.term or None, "title": page.title, "blocks": blocks, "source": page.source},
        )
        return
    lines = [terminal.bold(page.title)]
    for block in page.blocks:
        lines.append("")
        if block.heading:
            lines.append(terminal.bold(block.heading))
        for line in block.lines:
            wrapped = terminal.wrap(line, "    ")
            lines.append(f"  - {wrapped[4:]}" if block.listed else terminal.wrap(line, "  "))
    lines += ["", terminal.dim(terminal.wrap(say("Source: {source}", source=page.source)))]
    terminal.page(lines)
