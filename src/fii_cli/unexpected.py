"""What to say of an error that nobody foresaw."""

from __future__ import annotations

import os

from fii_cli.language import Message, msg


def in_words(error: Exception) -> tuple[Message, Message]:
    """What went wrong and what to do; with ``FII_DEBUG`` the error is raised again, to show its details."""
    if os.environ.get("FII_DEBUG"):
        raise error
    return (
        msg("unexpected error in fii ({kind})", kind=type(error).__name__),
        msg(
            "this is a bug in fii: please report it; your files are unchanged. FII_DEBUG=1 shows the details"
        ),
    )
