"""Templates of others work in a process of their own: in a sandbox, within bounds of time and memory.

A template may come with a repository that somebody cloned. What it can reach is the report and nothing else:
it has no disk, no attributes that lead to Python, and a process that is ended when it does not end by itself.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from fii_cli.diagnostics import Refused
from fii_cli.language import Code, msg
from fii_cli.render import OWN_TEMPLATES, Page, written
from fii_cli.report.model import Report

SECONDS, MEGABYTES = 20, 1024
"""How long a template may take, and how much memory."""
_LONGEST = 50_000_000
"""The most that a template may write, in bytes."""
_DONE, _WRONG = 0, 3


@dataclass(frozen=True, slots=True)
class Document:
    """A document of Word to be made from a template of somebody else, which is called ``name``."""

    report: Report
    language: Code
    template: bytes
    name: str


def written_apart(page: Page) -> str:
    """The page, by templates of the repository; raises :class:`Refused` where they do not work."""
    return _apart(page, OWN_TEMPLATES).decode()


def filled_apart(document: Document) -> bytes:
    """The document, by a template of somebody else; raises :class:`Refused` where it does not work."""
    return _apart(document, document.name)


def _apart(job: Page | Document, name: str) -> bytes:
    # -P: what lies in the folder that fii works in is no part of it, whatever it is called
    words = [sys.executable, "-P", "-m", "fii_cli.apart", str(SECONDS), str(MEGABYTES)]
    given = pickle.dumps(job)
    try:
        done = subprocess.run(words, input=given, capture_output=True, timeout=SECONDS + 10, check=False)
    except subprocess.TimeoutExpired:
        raise _too_much(name) from None
    if done.returncode == _DONE and len(done.stdout) <= _LONGEST:
        return done.stdout
    if done.returncode != _WRONG:
        raise _too_much(name)
    told = json.loads(done.stdout)
    where = f"{told['name']}:{told['line']}" if told["name"] else name
    wrong = msg("{where}: the template does not fit the report: {why}", where=where, why=told["why"])
    raise Refused(wrong, msg("see docs/house-style for what a template can show"))


def _too_much(name: str) -> Refused:
    wrong = msg("{name}: the template takes too long or too much memory", name=name)
    return Refused(wrong, msg("look for a loop without an end"))


def main() -> int:
    """The other process: a job comes in, and a page or what is wrong with the template goes out."""
    _bound(int(sys.argv[1]), int(sys.argv[2]))
    job = pickle.load(sys.stdin.buffer)
    try:
        made = _written(job) if isinstance(job, Page) else _filled(job)
    except (MemoryError, RecursionError):
        return 1
    except Exception as error:  # whatever a template can do is told, and is no fault of fii
        sys.stdout.write(json.dumps(_told(error)))
        return _WRONG
    sys.stdout.buffer.write(made)
    return _DONE


def _bound(seconds: int, megabytes: int) -> None:
    """Bound this process; where the system knows no such bounds the clock of the other one ends it."""
    with suppress(ImportError):
        import resource

        for limit, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, megabytes * 2**20)):
            with suppress(ValueError, OSError):
                resource.setrlimit(limit, (most, most))


def _written(page: Page) -> bytes:
    return written(page, sandboxed=True).encode("utf-8", "replace")


def _filled(job: Document) -> bytes:
    from fii_cli.office.docx import filled
    from fii_cli.shelf import language

    return filled(job.report, language(job.language), job.template)


def _told(error: Exception) -> dict[str, Any]:
    """Why a template does not work, and the line of it where it shows."""
    name, line = getattr(error, "filename", None) or "", getattr(error, "lineno", None) or 0
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith(".j2"):
            name, line = frame.filename, frame.lineno or 0
    why = (str(error).splitlines() or [type(error).__name__])[0]
    return {"name": name, "line": line, "why": why[:200]}


if __name__ == "__main__":
    sys.exit(main())
