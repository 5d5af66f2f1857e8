"""Start the process for untrusted templates, with nothing from this one, and always end it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread, Timer
from typing import IO

import fii_cli

_START = (
    "import sys; sys.path += sys.argv[3:]; "
    "from fii_cli.pydantic_start import without_plugins; without_plugins(); "
    "from fii_cli.pages.apart.inside import main; sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))"
)
_GRACE = 10
"""How many seconds the process may exceed its own limit, because starting takes time."""


def worked(job: bytes, seconds: int, megabytes: int, longest: int) -> tuple[int, bytes]:
    """The exit code of a process that did a job, and its output of at most ``longest`` bytes.

    The process has ended and its folder is removed when this returns or raises.
    """
    # -I: no environment variables, no modules from the working folder. -S: no start-up code of packages.
    words = [sys.executable, "-I", "-S", "-B", "-c", _START, str(seconds), str(megabytes), *_libraries()]
    with (
        tempfile.TemporaryDirectory(prefix="fii-") as folder,
        subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_variables(),
            close_fds=True,
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        clock = Timer(seconds + _GRACE, process.kill)
        feeder = Thread(target=_feed, args=(process.stdin, job))
        try:
            clock.start()
            feeder.start()
            made = process.stdout.read(longest + 1)
            if len(made) > longest:
                process.kill()
            return process.wait(), made[:longest]
        finally:
            clock.cancel()
            process.kill()
            process.wait()
            if feeder.ident:
                feeder.join()


def _feed(door: IO[bytes], job: bytes) -> None:
    with suppress(OSError), door:  # the process may have ended
        door.write(job)


def _libraries() -> list[str]:
    """The import path, without the working folder, the home folder, and the folders around them."""
    home = Path(fii_cli.__file__).resolve().parents[1]
    people = [Path.cwd(), Path(os.path.expanduser("~")).resolve()]
    found = [Path(each).resolve() for each in sys.path if each]
    fit = [each for each in found if each.exists() and not any(one.is_relative_to(each) for one in people)]
    return [str(each) for each in dict.fromkeys((*fit, home))]


def _variables() -> Mapping[str, str]:
    """Only the environment variables that Python needs to start."""
    needed = ["SYSTEMROOT"] if sys.platform == "win32" else []
    if "LD_LIBRARY_PATH" in os.environ:
        import sysconfig

        needed += ["LD_LIBRARY_PATH"] if sysconfig.get_config_var("Py_ENABLE_SHARED") else []
    return {name: os.environ[name] for name in needed if name in os.environ}
