"""Seal a page from an untrusted template, so that opening it runs, loads and sends nothing."""

from __future__ import annotations

import re

_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:; form-action 'none'; base-uri 'none'\">\n"
    '<meta http-equiv="x-dns-prefetch-control" content="off">\n'
)
_SPACE = r"[ \t\r\n]*"
_BEGIN = re.compile(
    rf"(?:{_SPACE}<!-- fii [^<>]* -->)?{_SPACE}<!doctype html>(?:{_SPACE}<!-- fii [^<>]* -->)?"
    rf'(?:{_SPACE}<html(?: lang="[\w-]*")?>)?(?:{_SPACE}<head>)?(?:{_SPACE}<meta charset="utf-8">)?\n?',
    re.I | re.A,
)
"""A start that every browser parses in the same way, so that whatever follows is in the head."""
_ACTING = re.compile(r'http-equiv(?!="Content-Security-Policy")', re.I)
_LINK = re.compile(r"<link(?![a-z0-9-])", re.I)


def sealed(page: str) -> str:
    """The page with fii's security policy before anything active; other policies can only restrict it more.

    A policy does not prevent automatic redirects and DNS prefetching, so the elements for these are disabled.
    """
    page = _LINK.sub("<meta data-link", _ACTING.sub("data-http-equiv", page))
    begin = _BEGIN.match(page)
    if begin:
        return page[: begin.end()] + _POLICY + page[begin.end() :]
    return f"<!doctype html>\n{_POLICY}{page}"
