"""What the process of templates can reach, tried from within: first with its start, then behind all walls."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

START = (
    "import sys; sys.path += sys.argv[3:]; from fii_cli.pages.apart import inside; import probe; "
    "inside._made = probe.behind_all_walls; sys.exit(inside.main(int(sys.argv[1]), int(sys.argv[2])))"
)
"""The start of the process as fii has it, except that this module does the job."""


class Job:
    """A job that looks around before the last wall stands, and is then tried by :func:`behind_all_walls`."""

    def __init__(self, secret: Path) -> None:
        self.secret = secret

    def __reduce__(self) -> tuple[Any, ...]:
        return before_the_last_wall, (str(self.secret),)


def before_the_last_wall(secret: str) -> dict[str, Any]:
    import resource

    limits = {
        name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1]
        for name in ("FSIZE", "CORE", "NPROC", "CPU")
    }
    begun = Path("/proc/self/environ")
    return {
        "secret": secret,
        "begun_with": begun.read_bytes().decode() if begun.exists() else "",
        "interfaces": [name for _, name in socket.if_nameindex()],
        "limits": limits,
    }


def behind_all_walls(seen: dict[str, Any]) -> bytes:
    secret = seen["secret"]
    tries: dict[str, Callable[[], object]] = {
        "read": lambda: Path(secret).read_text(encoding="utf-8"),
        "read raw": lambda: os.open(secret, os.O_RDONLY),
        "home": lambda: os.listdir(os.path.dirname(secret)),
        "up": lambda: Path(os.__file__, "../../../../../etc/passwd").read_text(encoding="utf-8"),
        "proc": lambda: Path("/proc/self/environ").read_bytes(),
        "write": lambda: Path("x").write_text("x", encoding="utf-8"),
        "write in a library": lambda: Path(os.__file__).with_name("x.py").write_text("x", encoding="utf-8"),
        "remove": lambda: os.rmdir(os.getcwd()),
        "socket": lambda: socket.socket(),
        "run": lambda: os.system("true"),
        "fork": lambda: os.fork(),
        "spawn": lambda: __import__("subprocess").run(["true"], check=False),
        "kill": lambda: os.kill(os.getppid(), 0),
        "ctypes": lambda: __import__("ctypes").CDLL(None),
        "environ": lambda: os.putenv("A", "b"),
    }
    seen["open"] = [number for number in range(3, 256) if _is_open(number)]
    seen["environ"], seen["folder"] = dict(os.environ), os.getcwd()
    seen["tries"] = {name: _outcome(attempt) for name, attempt in tries.items()}
    seen["imported"] = __import__("colorsys").__name__
    return json.dumps(seen).encode()


def _outcome(attempt: Callable[[], object]) -> str:
    try:
        return f"done: {attempt()}"
    except Exception as error:
        return type(error).__name__


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
