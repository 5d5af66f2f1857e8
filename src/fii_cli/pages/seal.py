"""A page of somebody else's template, sealed: opening it runs, loads and sends nothing."""

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
"""A beginning in which every browser sees the same, so that what comes behind it stands in the head."""
_ACTING = re.compile(r'http-equiv(?!="Content-Security-Policy")', re.I)
_LINK = re.compile(r"<link(?![a-z0-9-])", re.I)


def sealed(page: str) -> str:
    """The page with a policy of fii before everything that could act; other policies only make it narrower.

    A policy holds back neither a page that sends its reader elsewhere by itself, nor a look-up of an address
    beforehand; the elements for these are made powerless.
    """
    page = _LINK.sub("<meta data-link", _ACTING.sub("data-http-equiv", page))
    begin = _BEGIN.match(page)
    if begin:
        return page[: begin.end()] + _POLICY + page[begin.end() :]
    return f"<!doctype html>\n{_POLICY}{page}"
