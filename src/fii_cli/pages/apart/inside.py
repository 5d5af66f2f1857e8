"""The code of the separate process: it reads a job, and writes a page or an error in the template."""

from __future__ import annotations

import json
import pickle
import re
import sys
import traceback
from typing import Any

from jinja2 import TemplateSyntaxError

from fii_cli import resources
from fii_cli.diagnostics import Refused
from fii_cli.language import N_
from fii_cli.pages.apart import DONE, TOO_MUCH, WRONG, WordJob, walls
from fii_cli.pages.template import Page, written


def main(seconds: int, megabytes: int) -> int:
    """Do the job on standard input, with restrictions; the exit code tells what is on standard output."""
    walls.leave_the_network()
    walls.bound(seconds, megabytes)
    job = pickle.load(sys.stdin.buffer)
    walls.close((*sys.path, str(resources.TEMPLATES)))
    try:
        made, code = _made(job), DONE
    except (MemoryError, RecursionError):
        return TOO_MUCH
    except Exception as error:  # any error in a template is reported, and is not a bug in fii
        made, code = json.dumps(_error_data(error)).encode(), WRONG
    sys.stdout.buffer.write(made)
    return code


def _made(job: Page | WordJob) -> bytes:
    if isinstance(job, Page):
        return written(job, sandboxed=True).encode("utf-8", "replace")
    from fii_cli.pages.docx import filled
    from fii_cli.pages.word_package import hold_sound

    hold_sound(job.template)
    return filled(job.report, resources.language(job.language), job.template, job.style)


def _error_data(error: Exception) -> dict[str, Any]:
    """The error in a template as plain data, with its line if it is known."""
    name, line = "", 0
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename.endswith(".j2"):
            name, line = frame.f_code.co_filename, number
    if isinstance(error, TemplateSyntaxError) and error.filename:
        name, line = error.filename, error.lineno
    at = {"name": name, "line": line}
    if isinstance(error, Refused):
        return {**at, "text": error.message.text, "values": error.message.values}
    why = re.sub(r" at 0x[0-9a-fA-F]+", "", str(error)) or type(error).__name__
    place = next(iter(getattr(error, "__notes__", ())), "")
    if place:
        return {**at, "text": N_("{why}, in: {place}"), "values": {"why": why, "place": place}}
    return {**at, "text": why, "values": {}}
