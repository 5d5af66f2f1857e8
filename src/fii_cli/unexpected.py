"""The message for an unexpected error."""

from __future__ import annotations

import os

from fii_cli.language import Message, msg


def in_words(error: Exception) -> tuple[Message, Message]:
    """A message and a hint for an unexpected error. With ``FII_DEBUG``, raises the error again.

    That the reader of the output is gone is no error of the file at hand: it is raised again too.
    """
    if os.environ.get("FII_DEBUG") or isinstance(error, BrokenPipeError):
        raise error
    return (
        msg("unexpected error in fii ({kind})", kind=type(error).__name__),
        msg(
            "this is a bug in fii: please report it; your files are unchanged. FII_DEBUG=1 shows the details"
        ),
    )
