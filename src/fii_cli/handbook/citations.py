"""Where content comes from, in words."""

from __future__ import annotations

import re

from fii_cli.handbook import Handbook
from fii_cli.handbook.models import OURS, Reference, Source
from fii_cli.language import Language

GUIDE = "fii-2022"
_PARTS = {
    "fase": "phase",
    "figuur": "figure",
    "deel": "part",
    "tabel": "table",
    "samenvatting": "abstract",
    "strategie": "strategy",
    "elementen": "elements",
    "verbetercycli": "improvement cycles",
    "beïnvloedende factoren": "influencing factors",
    "waarom het misgaat": "why it goes wrong",
    "belemmeringen": "barriers",
    "kern": "core",
    "advies": "advice",
}


def cited(source: Source, handbook: Handbook) -> tuple[Reference, ...]:
    """The works that a source leads to; none where it is ours."""
    if source == OURS:
        return ()
    work, _, part = source.partition("/")
    found = [handbook.references[work]]
    found += [handbook.references[id_] for id_ in re.findall(r"\bin ([a-z]+(?:-[a-z]+)*-\d{4})\b", part)]
    return tuple(found)


def cite(source: Source, handbook: Handbook, say: Language) -> str:
    """A source in a few words: ``Broekhuizen & Mak (2022), 2a``, or that it is ours."""
    if source == OURS:
        return say("ours, not from the guide")
    work, _, part = source.partition("/")
    part = re.sub(r"\bin fii-2022\b", say("in Broekhuizen & Mak (2022)"), part)
    if say.code == "en":
        part = re.sub(rf"\b({'|'.join(_PARTS)})\b", lambda found: _PARTS[found[0]], part)
    return f"{_short(handbook.references[work])}, {part}"


def _short(work: Reference) -> str:
    """The authors of a work, up to two, and its year."""
    found = re.findall(r"([^,&.]+?), (?:[A-Z]\. ?)+", work.authors) or [work.authors]
    first, *others = [name.strip() for name in found]
    who = first
    if len(others) == 1:
        who = f"{first} & {others[0]}"
    elif others:
        who = f"{first} e.a."
    return f"{who} ({work.year})"
