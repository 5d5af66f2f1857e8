"""E-mail addresses."""

from __future__ import annotations

import re

from fii_cli.personal.plain import plain

# Every repetition is bounded and only one character before the @ is matched, so that time is linear in the
# length of the text. re compiles these strings when they are first used.
_AT = r"(?:(?<=[\w.+'-])|(?<=\w\"))(?:@|%40|\s?[(\[{]\s?at\s?[)\]}]\s?)"
_PICTURE = r"(?!\dx\.(?:png|jpe?g|gif|svg|webp))"
_DOMAIN = r"(?:[\w-]{1,63}\.){1,8}(?:xn--[a-z0-9-]{1,59}|[^\W\d_]{2,63})(?![\d_])"
_SERVICE = r"(?<![\w.+-])(?:git|hg)$"
_REPOSITORY = r":[\w~./-]{1,200}\.git\b"


def holds_email(text: str) -> bool:
    """Whether a text contains an e-mail address; ``git@host:path`` does not count."""
    text = plain(text)
    if not may_be_address(text):
        return False
    return any(
        not re.search(_SERVICE, text[max(0, found.start() - 4) : found.start()])
        and not re.compile(_REPOSITORY).match(text, found.end())
        for found in re.finditer(f"(?i){_AT}{_PICTURE}{_DOMAIN}", text)
    )


def may_be_address(text: str) -> bool:
    """Whether a plain text has an @, in any of its spellings."""
    if "@" in text or "%40" in text:
        return True
    return "at" in text.lower() and re.search(r"(?i)[(\[{]\s?at\s?[)\]}]", text) is not None
