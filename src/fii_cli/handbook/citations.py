"""Citations of the sources of content."""

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
    """The works that a source refers to; empty if it is ours."""
    if source == OURS:
        return ()
    work, _, part = source.partition("/")
    found = [handbook.references[work]]
    found += [handbook.references[id_] for id_ in re.findall(r"\bin ([a-z]+(?:-[a-z]+)*-\d{4})\b", part)]
    return tuple(found)


def cite(source: Source, handbook: Handbook, say: Language) -> str:
    """A short citation: ``Broekhuizen & Mak (2022), 2a``, or a statement that it is ours."""
    if source == OURS:
        return say("ours, not from the guide")
    work, _, part = source.partition("/")
    part = re.sub(r"\bin fii-2022\b", say("in Broekhuizen & Mak (2022)"), part)
    if say.code == "en":
        part = re.sub(rf"\b({'|'.join(_PARTS)})\b", lambda found: _PARTS[found[0]], part)
    return f"{_short(handbook.references[work], say)}, {part}"


def authors_of(work: Reference, say: Language) -> str:
    """The authors of a work, with *e.a.* in Dutch and *et al.* in English."""
    return work.authors if say.code == "nl" else work.authors.replace(" e.a.", " et al.")


def year_of(work: Reference, say: Language) -> str:
    """The year of a work; without a date, *z.d.* in Dutch and *n.d.* in English."""
    return "n.d." if work.year == "z.d." and say.code == "en" else work.year


def _short(work: Reference, say: Language) -> str:
    """An in-text citation: at most two authors, and the year."""
    authors = authors_of(work, say)
    names = [name.strip() for name in re.findall(r"([^,&.]+?), (?:[A-Z]\. ?)+", work.authors)] or [authors]
    if len(names) == 1:
        who = names[0]
    elif len(names) == 2:
        who = f"{names[0]} & {names[1]}"
    else:
        who = f"{names[0]} {'e.a.' if say.code == 'nl' else 'et al.'}"
    return f"{who} ({year_of(work, say)})"
