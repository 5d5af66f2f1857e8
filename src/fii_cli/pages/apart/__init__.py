"""Run untrusted templates in a separate process: sandboxed, restricted, and with limits.

A template may come from a repository that someone cloned. It can access the report and nothing else. The
sandbox gives it no access to Python. It runs in a process with an empty environment and an empty folder,
which can read, change, start and send nothing, and which fii ends if it takes too long.
"""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass, field
from typing import Any

from fii_cli.diagnostics import Refused
from fii_cli.language import Code, Message, msg
from fii_cli.pages.template import OWN_TEMPLATES, Page
from fii_cli.project.house_style import HouseStyle
from fii_cli.report.model import Report

SECONDS, MEGABYTES = 20, 1024
"""The time and memory limits of a template."""
LONGEST = 50_000_000
"""The maximum output of a template, in bytes."""
DONE, WRONG, TOO_MUCH = 0, 3, 4
"""The exit codes of the process: with its output, with an error in the template, or with neither."""


@dataclass(frozen=True, slots=True)
class WordJob:
    """A Word document to make from an untrusted template, called ``name``, in the style of a house."""

    report: Report
    language: Code
    template: bytes
    name: str
    style: HouseStyle = field(default_factory=HouseStyle)


def written_apart(page: Page) -> str:
    """The page, from the repository's own templates. Raises :class:`Refused` if a template fails."""
    return _apart(page, OWN_TEMPLATES).decode("utf-8", "replace")


def filled_apart(document: WordJob) -> bytes:
    """The document, from an untrusted template. Raises :class:`Refused` if the template fails."""
    return _apart(document, document.name)


def _apart(job: Page | WordJob, name: str) -> bytes:
    from fii_cli.pages.apart.process import worked

    code, made = worked(pickle.dumps(job), SECONDS, MEGABYTES, LONGEST + 1)
    if code == DONE and len(made) <= LONGEST:
        return made
    if code == WRONG:
        raise _wrong(json.loads(made), name)
    wrong = msg("{name}: the template needs too much time or memory", name=name)
    raise Refused(wrong, msg("check it for an endless loop"))


def _wrong(told: dict[str, Any], name: str) -> Refused:
    where = name
    if told["line"]:
        where = _one_line(f"{told['name']}:{told['line']}")
    values = {key: _one_line(str(value)) for key, value in told["values"].items()}
    why = Message(_one_line(told["text"]), values)
    wrong = msg("{where}: template error: {why}", where=where, why=why)
    return Refused(wrong, msg("see docs/house-style for what a template can use"))


def _one_line(text: str) -> str:
    """An untrusted text as one short line, with characters that could control a terminal escaped."""
    first = (text.splitlines() or [""])[0]
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in first[:_SHORT])


_SHORT = 200
