"""E-mail addresses."""

from __future__ import annotations

import re

from fii_cli.personal.plain import plain

# Every repetition has an end, so that a text takes no longer than its length asks for: only the character
# before the sign counts, and what follows it. re compiles these plain texts when they are first needed.
_AT = r"(?:(?<=[\w.+'-])|(?<=\w\"))(?:@|%40|\s?[(\[{]\s?at\s?[)\]}]\s?)"
_PICTURE = r"(?!\dx\.(?:png|jpe?g|gif|svg|webp))"
_DOMAIN = r"(?:[\w-]{1,63}\.){1,8}(?:xn--[a-z0-9-]{1,59}|[^\W\d_]{2,63})(?![\d_])"
_SERVICE = r"(?<![\w.+-])(?:git|hg)$"
_REPOSITORY = r":[\w~./-]{1,200}\.git\b"


def holds_email(text: str) -> bool:
    """Whether a text holds an e-mail address; ``git@host:path`` is nobody's."""
    text = plain(text)
    if not may_be_address(text):
        return False
    return any(
        not re.search(_SERVICE, text[max(0, found.start() - 4) : found.start()])
        and not re.compile(_REPOSITORY).match(text, found.end())
        for found in re.finditer(f"(?i){_AT}{_PICTURE}{_DOMAIN}", text)
    )


def may_be_address(text: str) -> bool:
    """Whether a plain text has the sign of an address, in any of the ways in which it is written."""
    if "@" in text or "%40" in text:
        return True
    return "at" in text.lower() and re.search(r"(?i)[(\[{]\s?at\s?[)\]}]", text) is not None
