"""Optional libraries for Word, Excel and PDF, each installed with an extra."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from fii_cli.diagnostics import Refused
from fii_cli.language import msg


def library(name: str, extra: str) -> Any:
    """A library from an extra; raises :class:`Refused` if it is not installed or cannot start."""
    try:
        return import_module(name)
    except ImportError:
        wrong = msg("{extra} output needs {library}, which is not installed", extra=extra, library=name)
        hint = msg("install it with: {command}", command=f"pip install 'fii-cli[{extra}]'")
        raise Refused(wrong, hint) from None
    except OSError as error:  # WeasyPrint needs system libraries
        why = str(error).split("\n")[0]
        wrong = msg("{library} cannot start on this machine: {why}", library=name, why=why)
        raise Refused(wrong, msg("install Pango, which it needs to draw text")) from None
