"""A report for an office: Word, Excel and PDF, each with a library that comes along only when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from fii_cli.diagnostics import Refused
from fii_cli.language import msg


def library(name: str, extra: str) -> Any:
    """A library that an extra brings; raises :class:`Refused` where it is not here."""
    try:
        return import_module(name)
    except ImportError:
        wrong = msg("fii writes {extra} with {library}, which is not here", extra=extra, library=name)
        hint = msg("install it with: {command}", command=f"pip install 'fii-cli[{extra}]'")
        raise Refused(wrong, hint) from None
    except OSError as error:  # WeasyPrint leans on libraries of the system
        why = str(error).split("\n")[0]
        wrong = msg("{library} cannot start on this machine: {why}", library=name, why=why)
        raise Refused(wrong, msg("install Pango, with which it draws text")) from None
