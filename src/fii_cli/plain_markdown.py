"""Text from users in Markdown, shown literally.

Forges look for mentions, references and emoji after they resolve backslashes and entities, so a zero-width
character splits these. E-mail addresses and www. are kept: they only become links to themselves.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from fii_cli.visible import visible

MOST_CHARACTERS = 60_000
"""How long a text may be for a comment or an issue of a forge; most stop at 65,536."""
_URL = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?)])", re.IGNORECASE)
_IN_URL = "/:?#@!&*+,=~%"
_SPLIT, _NO_WIDTH = "&#8203;", "\u200b"
_READ_BY_FORGES = re.compile(
    r"""
      (?<![A-Za-z0-9_])@(?=\S)          # a person, or everyone
    | @(?=[0-9a-f]{6,40}\b)             # a commit of another repository
    | [#!&](?=\d)                       # an issue, a merge request, an epic
    | \b(?:GH|GL)-(?=\d)                # an issue
    | [~%](?=[\w"*])                    # a label, a milestone
    | \*(?=iteration:)
    | \[(?=\[|\w+:|_?TOC)               # a page of a wiki, a reference by its kind, a table of contents
    | [\[{](?=[-+])                     # an inline diff
    | :(?=//)                           # a URL with another scheme
    | :(?=[\w+-]+:)(?!\d\d:)            # an emoji, but not a time
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~#]|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(?=[-+=](?:\s|$|=|-)|/\w)|(?<=^)(\d{1,9})(?=[.)](?:\s|$))")


def plain(text: str) -> str:
    """Text from users as one line of Markdown: only links are active, and it is safe in a table."""
    parts = _URL.split(visible(" ".join(text.split())))
    shown = "".join(_link(part) if at % 2 else _escaped(part) for at, part in enumerate(parts))
    return _LINE_START.sub(r"\1\\", shown)


def _link(url: str) -> str:
    encoded = quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", url), safe=_IN_URL)
    return f"<{encoded}>"


def _escaped(text: str) -> str:
    split_text = _READ_BY_FORGES.sub(rf"\g<0>{_NO_WIDTH}", text)
    escaped = _SPECIAL.sub(r"\\\g<0>", split_text).replace(_NO_WIDTH, _SPLIT)
    return escaped.replace("$", r"<span>\$</span>")  # alone in a tag, it starts no formula on any forge
