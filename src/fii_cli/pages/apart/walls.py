"""The restrictions on the process for untrusted templates.

They are the second layer, after the sandbox: if a template does reach Python, there is nothing to read,
nothing to change, no network, and little time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_HARMLESS = frozenset(
    (
        "import",
        "compile",
        "exec",
        "marshal.loads",
        "marshal.load",
        "code.__new__",
        "function.__new__",
        "builtins.id",
        "object.__getattr__",
        "object.__setattr__",
        "object.__delattr__",
        "sys._getframe",
        "sys._getframemodulename",
        "sys.excepthook",
        "sys.unraisablehook",
        "glob.glob",
        "pathlib.Path.glob",
        "cpython._PySys_ClearAuditHooks",
        "cpython.PyInterpreterState_Clear",
    )
)
"""The audit events of Python itself when it imports modules, runs code and exits."""
_LISTING = ("os.listdir", "os.scandir")


def leave_the_network() -> None:
    """Cut this process off from the network, on Linux systems that permit it."""
    if sys.platform == "linux":
        for spaces in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK):
            with suppress(OSError, AttributeError, ImportError):
                _unshare(spaces)
                return


def _unshare(spaces: int) -> None:
    if sys.version_info >= (3, 12):
        os.unshare(spaces)
        return
    import ctypes

    refused = ctypes.CDLL(None, use_errno=True).unshare(spaces)
    for name in ("ctypes", "_ctypes"):  # a template must not find it
        sys.modules.pop(name)
    if refused:
        raise OSError(ctypes.get_errno(), "unshare")


def bound(seconds: int, megabytes: int) -> None:
    """Limit this process; on systems without such limits, the timer of the parent process ends it."""
    with suppress(ImportError):
        import resource

        bounds = {"CPU": seconds, "AS": megabytes * 2**20, "CORE": 0, "FSIZE": 0, "NPROC": 0}
        for name, most in bounds.items():
            limit = getattr(resource, f"RLIMIT_{name}", None)
            if limit is not None:
                with suppress(ValueError, OSError):
                    resource.setrlimit(limit, (most, most))


def close(readable: Iterable[str]) -> None:
    """Restrict this process to reading in these folders; it can no longer change, start or send anything.

    This cannot be undone. Later imports still work.
    """
    os.environ.clear()
    sys.addaudithook(_watch(tuple(os.path.realpath(each) for each in readable)))


def _watch(readable: tuple[str, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    def within(path: Any) -> bool:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return False
        real = os.path.realpath(os.fsdecode(path))
        return any(real == each or real.startswith(each.rstrip(os.sep) + os.sep) for each in readable)

    def watch(event: str, values: tuple[Any, ...]) -> None:
        if event in _HARMLESS:
            return
        if event == "open" and not values[2] & _WRITING and within(values[0]):
            return
        if event in _LISTING and within(values[0]):
            return
        raise PermissionError(f"a template may not use {event}")

    return watch
