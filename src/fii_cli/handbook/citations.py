"""Citations of the sources of content, in the language of the reader."""

from __future__ import annotations

import re
from functools import lru_cache

from fii_cli.handbook import Handbook
from fii_cli.handbook.models import OURS, Reference, Source, Story
from fii_cli.language import Language

GUIDE = "fii-2022"
_WORDS = (
    ("e.a.", "et al."),
    ("z.d.", "n.d."),
    ("(red.)", "(ed.)"),
    ("(reds.)", "(eds.)"),
    ("versie", "version"),
    ("geraadpleegd op", "accessed"),
    ("bijgewerkt op", "updated"),
)
"""What a citation says beside names and titles, in Dutch and in English."""
_MONTHS = (
    *(("januari", "January"), ("februari", "February"), ("maart", "March"), ("april", "April")),
    *(("mei", "May"), ("juni", "June"), ("juli", "July"), ("augustus", "August")),
    *(("september", "September"), ("oktober", "October"), ("november", "November"), ("december", "December")),
)
_PARTS = {
    "fase": "phase",
    "figuur": "figure",
    "deel": "part",
    "inleiding": "introduction",
    "over dit onderzoek": "about this research",
    "hoofdstuk": "chapter",
    "bijlage": "appendix",
    "tabel": "table",
    "samenvatting": "abstract",
    "strategie": "strategy",
    "strategieën": "strategies",
    "elementen": "elements",
    "verbetercycli": "improvement cycles",
    "beïnvloedende factoren": "influencing factors",
    "waarom het misgaat": "why it goes wrong",
    "belemmeringen": "barriers",
    "kern": "core",
    "stappen": "steps",
    "uitleg": "explanation",
    "vragenlijst": "questionnaire",
    "implementatietool": "implementation tool",
    "kader": "framework",
    "advies": "advice",
    "ontwikkeling en invoering": "development and introduction",
    "monitoren en verbeteren": "monitoring and improving",
    "integreren": "integrating",
    "op teamniveau": "at team level",
}
_DOI = re.compile(
    r"[,;]? *(?:https?://(?:dx\.)?doi\.org/|\bdoi:? *)(10\.\d+/[^\s;,]*[^\s;,.])", re.IGNORECASE
)
_WORK = re.compile(r"\bin ([a-z]+(?:-[a-z]+)*-\d{4})\b")


def cited(source: Source, handbook: Handbook) -> tuple[Reference, ...]:
    """The works that a source refers to; empty if it is ours."""
    if source == OURS:
        return ()
    work, _, part = source.partition("/")
    return tuple(handbook.references[id_] for id_ in (work, *_WORK.findall(part)))


def cite(source: Source, handbook: Handbook, say: Language) -> str:
    """A short citation: ``Broekhuizen & Mak (2022), 2a``, or a statement that it is ours."""
    if source == OURS:
        return say("ours, not from the guide")
    work, _, part = source.partition("/")
    if say.code == "en":
        longest_first = sorted(_PARTS, key=len, reverse=True)
        part = re.sub(rf"\b({'|'.join(longest_first)})\b", lambda found: _PARTS[found[0]], part)
    part = _WORK.sub(lambda found: f"in {_short(handbook.references[found[1]], say)}", _said(part, say))
    return f"{_short(handbook.references[work], say)}, {part}"


def referral(story: Story, handbook: Handbook, say: Language) -> str:
    """A title, its text and its source, as one paragraph."""
    return f"{say.pick(story.title)}. {say.pick(story.text)} ({cite(story.source, handbook, say)})"


def authors_of(work: Reference, say: Language) -> str:
    """The authors of a work, with *e.a.* in Dutch and *et al.* in English."""
    return _said(work.authors, say)


def title_of(work: Reference, say: Language) -> str:
    """The title of a work as published; or our description of it, in the language of the reader."""
    return work.title if isinstance(work.title, str) else say.pick(work.title)


def year_of(work: Reference, say: Language) -> str:
    """The year of a work; without a date, *z.d.* in Dutch and *n.d.* in English."""
    return _said(work.year, say)


def dated(who: str, work: Reference, say: Language) -> str:
    """The authors of a work with its year, if we saw it."""
    return f"{who} ({year_of(work, say)})" if work.year else who


def published_in(work: Reference, say: Language) -> str:
    """Where a work was published, with the dates and versions of it in words, and without its DOI."""
    written = work.publisher if isinstance(work.publisher, str) else say.pick(work.publisher)
    return _said(_DOI.sub("", written), say)


def link_of(work: Reference) -> str:
    """The link of a work, or else that of its DOI; an empty string if it has neither."""
    if work.link:
        return work.link
    written = work.publisher if isinstance(work.publisher, str) else work.publisher.nl
    found = _DOI.search(written)
    return f"https://doi.org/{found[1]}" if found else ""


@lru_cache(maxsize=1024)
def _said(text: str, say: Language) -> str:
    """A text with what it says beside names and titles in the language of the reader."""
    for nl, en in _WORDS:
        here, there = (nl, en) if say.code == "nl" else (en, nl)
        text = re.sub(rf"(?<!\w){re.escape(there)}(?!\w)", here, text)
    to = dict(_MONTHS if say.code == "en" else ((en, nl) for nl, en in _MONTHS))
    month = "|".join(to)
    month_and_year = rf"\b({month})(?=(?:[-–/](?:{month}))? \d{{4}}\b)"
    return re.sub(month_and_year, lambda found: to[found[0]], text)


def _short(work: Reference, say: Language) -> str:
    """An in-text citation: at most two authors, and the year; or what the work is, if we saw no authors."""
    if not work.authors:
        return title_of(work, say)
    many = re.search(r",? +(?:e\.a\.|et al\.)", work.authors)
    authors = work.authors[: many.start()] if many else work.authors
    names = [name.strip() for name in re.findall(r"([^,&.]+?), (?:[A-Z]\. ?)+", authors)]
    if not names:
        names = re.split(r", (?:& )?| & ", authors) if " & " in authors else [authors]
    if many or len(names) > 2:
        who = f"{names[0]} {'e.a.' if say.code == 'nl' else 'et al.'}"
    else:
        who = " & ".join(names)
    return dated(who, work, say)
