"""Completion in a shell: what can follow on a command line, as the scripts of ``fii completion`` ask it.

A shell asks at every press of Tab, in the middle of a line: whatever happens, fii writes candidates or
nothing, and soon. It changes nothing, asks nothing, and loads only what the word under the cursor needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Timer

from fii_cli.completion.line import candidates, line_of
from fii_cli.completion.paths import paths
from fii_cli.completion.shells import answer, request_of
from fii_cli.project import git
from fii_cli.project.files import settled_language
from fii_cli.resources import language, preferred_language

SECONDS = 3
"""After this, nobody waits for candidates any more."""


def complete(shell: str) -> int:
    """Write the candidates for the command line that a shell passed on; the exit code is always 0."""
    clock = Timer(SECONDS, os._exit, (0,))
    clock.daemon = True
    clock.start()
    with suppress(Exception):
        text = completed(shell, sys.argv[1:], os.environ)
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
        sys.stdout.flush()
    return 0


def completed(shell: str, words: Sequence[str], environment: Mapping[str, str]) -> str:
    """The candidates as a shell reads them."""
    request = request_of(shell, words, environment)
    if request is None:
        return ""
    git.begin()
    line = line_of(request.words, request.at)
    say = language(preferred_language("".join(line.options.get("--lang", ())[-1:]), settled_language()))
    found = paths(line.word) if request.is_path else candidates(line, say, request.shown)
    return answer(request, found)
