"""``fii check --fix``: put right what was clearly mistyped."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date
from functools import partial

from fii_cli import saving, workspace
from fii_cli.commands.recording import changed_lines, difference, say_other_names
from fii_cli.commands.shared import a_file, judge
from fii_cli.diagnostics import Refused
from fii_cli.document import Document
from fii_cli.edit import mend
from fii_cli.language import count
from fii_cli.terminal import Terminal
from fii_cli.workspace import CannotOpen


def mended(found: workspace.Search, today: date, terminal: Terminal, dry_run: bool) -> workspace.Search:
    """The files with what was clearly mistyped put right, and written so."""
    documents, unopened = [], list(found.unopened)
    for path, document in found.documents:
        a_file(path)
        mended, fixes = mend_all(document, path, today)
        if fixes and dry_run:
            terminal.out(*difference(document, mended, path, terminal))
        elif fixes:
            command = shlex.join(["fii", "check", "--fix", path])
            others = saving.other_names(path)
            try:
                mended = saving.rewrite(path, partial(_mend_again, path, today), command)
            except CannotOpen as error:
                unopened.append(error)
                mended = document
            else:
                line = count(fixes, "{path}: {n} mistake mended", "{path}: {n} mistakes mended", path=path)
                terminal.note(terminal.say(line))
                for changed in changed_lines(document, mended, terminal):
                    terminal.note(f"  {changed}")
                say_other_names(terminal, path, others)
        documents.append((path, mended))
    return replace(found, documents=tuple(documents), unopened=tuple(unopened))


def _mend_again(path: str, today: date, document: Document) -> Document:
    return mend_all(document, path, today)[0]


def mend_all(document: Document, path: str, today: date) -> tuple[Document, int]:
    """A document with everything mended that has one clear remedy, and how many mistakes that were."""
    fixes = 0
    for _ in range(10):  # what is mended can show more
        before = document.text
        for diagnostic in judge(path, document, today).diagnostics:
            if diagnostic.fix:
                try:
                    document = mend(document, diagnostic.fix)
                except Refused:
                    continue
                fixes += 1
        if document.text == before:
            break
    return document, fixes
