"""Templates of others work in a process of their own: in a sandbox, behind walls, within bounds.

A template may come with a repository that somebody cloned. It can reach the report and nothing else. The
sandbox gives it no way to Python. Behind the sandbox is a process with an empty environment and an empty
folder, which can read, change, start and send nothing, and which fii ends when it does not end by itself.
"""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from typing import Any

from fii_cli.diagnostics import Refused
from fii_cli.language import Code, Message, msg
from fii_cli.pages.template import OWN_TEMPLATES, Page
from fii_cli.report.model import Report

SECONDS, MEGABYTES = 20, 1024
"""How long a template may take, and how much memory."""
LONGEST = 50_000_000
"""The most that a template may write, in bytes."""
DONE, WRONG, TOO_MUCH = 0, 3, 4
"""How the other process ends: with what it made, with what is wrong, or without either."""


@dataclass(frozen=True, slots=True)
class WordJob:
    """A document of Word to be made from a template of somebody else, which is called ``name``."""

    report: Report
    language: Code
    template: bytes
    name: str


def written_apart(page: Page) -> str:
    """The page, by templates of the repository; raises :class:`Refused` where they do not work."""
    return _apart(page, OWN_TEMPLATES).decode("utf-8", "replace")


def filled_apart(document: WordJob) -> bytes:
    """The document, by a template of somebody else; raises :class:`Refused` where it does not work."""
    return _apart(document, document.name)


def _apart(job: Page | WordJob, name: str) -> bytes:
    from fii_cli.pages.apart.process import worked

    code, made = worked(pickle.dumps(job), SECONDS, MEGABYTES, LONGEST + 1)
    if code == DONE and len(made) <= LONGEST:
        return made
    if code == WRONG:
        raise _wrong(json.loads(made), name)
    wrong = msg("{name}: the template takes too long or too much memory", name=name)
    raise Refused(wrong, msg("look for a loop without an end"))


def _wrong(told: dict[str, Any], name: str) -> Refused:
    where = name
    if told["line"]:
        where = _one_line(f"{told['name']}:{told['line']}")
    values = {key: _one_line(str(value)) for key, value in told["values"].items()}
    why = Message(_one_line(told["text"]), values)
    wrong = msg("{where}: the template does not fit the report: {why}", where=where, why=why)
    return Refused(wrong, msg("see docs/house-style for what a template can show"))


def _one_line(text: str) -> str:
    """A text of somebody else as one short line, in which nothing steers a terminal."""
    first = (text.splitlines() or [""])[0]
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in first[:_SHORT])


_SHORT = 200
