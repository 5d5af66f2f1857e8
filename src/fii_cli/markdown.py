"""Text of users in Markdown: as it is, without marks of its own."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#])")
_URL = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?)])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$|=|-)")


def plain(text: str) -> str:
    """Text of users as plain text in Markdown: no marks but links, one line, safe in a table."""
    parts = _URL.split(" ".join(text.split()))
    shown = [
        f"<{part.replace('|', '%7C')}>" if at % 2 else _SPECIAL.sub(r"\\\1", part)
        for at, part in enumerate(parts)
    ]
    return _LINE_START.sub(r"\1\\\2", "".join(shown))
