"""The closed values of a trajectory: Dutch words, or English ids for values that only give structure.

Each word has an English label, which is also its message id in the Dutch catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeVar, get_args

from fii_cli.adaptation_words import ADAPTATION_LABELS, ALSO_ADAPTATIONS
from fii_cli.language import N_

Phase = Literal["signaleren", "verkennen", "innoveren", "versterken", "implementeren", "borgen"]
Subphase = Literal["1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4a", "4b", "5a", "5b", "5c", "6a", "6b"]
Commission = Literal["gevraagd", "ongevraagd"]
Light = Literal["groen", "oranje", "rood", "onbekend", "nvt"]
Verdict = Literal["door", "bijsturen", "pauze", "stop", "afgerond"]
Status = Literal["open", "bezig", "klaar", "vervallen"]
Answer = Literal["ja", "deels", "nee", "onbekend"]
Degree = Literal["laag", "matig", "hoog"]
Support = Literal["ambassadeur", "steunend", "neutraal", "kritisch", "onbekend"]
Funding = Literal["wettelijk", "extern"]
Rhythm = Literal["tweewekelijks", "maandelijks", "driemaandelijks", "anders"]
Counted = Literal["people", "organisations", "programmes"]
Agenda = Literal["operationeel", "inhoudelijk", "beide"]
Level = Literal[
    "wethouders",
    "raadsleden",
    "beleid",
    "management",
    "lijnmanagers",
    "projectleiders",
    "uitvoerders",
    "vrijwilligers",
    "burgers",
    "extern",
]
Competency = Literal["leiderschap", "inhoud", "praktijkervaring", "communicatie", "coordinatie"]
EffectLevel = Literal["impliciet", "beschreven", "onderbouwd", "doeltreffend", "werkzaam"]
RecognitionLevel = Literal[
    "geen",
    "goed beschreven",
    "goed onderbouwd",
    "eerste aanwijzingen",
    "goede aanwijzingen",
    "sterke aanwijzingen",
]
OrganisationRole = Literal["commissioner", "giving", "receiving", "candidate", "funder", "third"]
Via = Literal["entry", "forward", "return", "skip", "restart"]
Perspective = Literal["giving", "receiving", "both", "third", "clients"]
Per = Literal["eenmalig", "jaar"]
Audience = Literal["file", "team", "steering", "client", "public"]
"""Who may read something, from only the file itself to everyone."""

SMALLEST_GROUP = 5
"""The smallest group of which results are shown, unless a repository sets another; ours."""
STOPLICHT = "stoplicht"
"""The id of the guide's own instrument: a light for each checklist item."""
PHASES: tuple[Phase, ...] = get_args(Phase)
SUBPHASES: tuple[Subphase, ...] = get_args(Subphase)
PERSPECTIVES: tuple[Perspective, ...] = get_args(Perspective)
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
DaySource = Literal["commit", "today", "chosen"]
"""Where the day of a report comes from: the last commit of its file, the day it was made, or a choice."""
DAY_SOURCES: tuple[DaySource, ...] = get_args(DaySource)
OUTER: tuple[Audience, ...] = ("client", "public")
"""The audiences outside the organisations that wrote the file."""
LIGHTS: tuple[Light, ...] = get_args(Light)
SIGNS: dict[str, str] = {"groen": "●", "oranje": "▲", "rood": "■", "onbekend": "○", "nvt": "–"}
"""A sign for each light, for anyone who cannot tell colours apart."""
CLOSING: tuple[Verdict, ...] = ("door", "pauze", "stop", "afgerond")
LEAVING: tuple[Verdict, ...] = ("door", "afgerond")
ENDING: tuple[Verdict, ...] = ("stop", "afgerond")
RESTING: tuple[Verdict, ...] = ("pauze", "stop", "afgerond")

LABELS: dict[str, str] = {
    "commit": N_("last change"),
    "today": N_("made that day"),
    "chosen": N_("chosen date"),
    "signaleren": N_("identifying"),
    "verkennen": N_("exploring"),
    "innoveren": N_("innovating"),
    "versterken": N_("strengthening"),
    "implementeren": N_("implementing"),
    "borgen": N_("sustaining"),
    "gevraagd": N_("commissioned"),
    "ongevraagd": N_("not commissioned"),
    "groen": N_("green"),
    "oranje": N_("orange"),
    "rood": N_("red"),
    "onbekend": N_("unknown"),
    "nvt": N_("not applicable"),
    "door": N_("continue"),
    "bijsturen": N_("adjust"),
    "pauze": N_("pause"),
    "stop": N_("stop"),
    "afgerond": N_("completed"),
    "open": N_("open"),
    "bezig": N_("in progress"),
    "klaar": N_("done"),
    "vervallen": N_("dropped"),
    "ja": N_("yes"),
    "deels": N_("partly"),
    "nee": N_("no"),
    "laag": N_("low"),
    "matig": N_("moderate"),
    "hoog": N_("high"),
    "ambassadeur": N_("ambassador"),
    "steunend": N_("supportive"),
    "neutraal": N_("neutral"),
    "kritisch": N_("critical"),
    "wettelijk": N_("statutory"),
    "extern": N_("external"),
    "tweewekelijks": N_("every two weeks"),
    "maandelijks": N_("monthly"),
    "driemaandelijks": N_("quarterly"),
    "anders": N_("other"),
    "operationeel": N_("operational"),
    "inhoudelijk": N_("on content"),
    "beide": N_("operational and on content"),
    "wethouders": N_("aldermen"),
    "raadsleden": N_("council members"),
    "beleid": N_("policy officers"),
    "management": N_("management"),
    "lijnmanagers": N_("line managers"),
    "projectleiders": N_("project leaders"),
    "uitvoerders": N_("professionals"),
    "vrijwilligers": N_("volunteers"),
    "burgers": N_("citizens"),
    "leiderschap": N_("leadership"),
    "inhoud": N_("knowledge of the content"),
    "praktijkervaring": N_("practical experience"),
    "communicatie": N_("communication and marketing"),
    "coordinatie": N_("coordination and administration"),
    "impliciet": N_("implicit knowledge"),
    "beschreven": N_("described"),
    "onderbouwd": N_("substantiated"),
    "doeltreffend": N_("goals reached in practice"),
    "werkzaam": N_("shown to be the cause"),
    "geen": N_("none"),
    "goed beschreven": N_("well described"),
    "goed onderbouwd": N_("well substantiated"),
    "eerste aanwijzingen": N_("effective: first indications"),
    "goede aanwijzingen": N_("effective: good indications"),
    "sterke aanwijzingen": N_("effective: strong indications"),
    "commissioner": N_("commissioner"),
    "giving": N_("giving organisation"),
    "receiving": N_("receiving organisation"),
    "candidate": N_("candidate"),
    "funder": N_("funder"),
    "third": N_("third party"),
    "both": N_("giving and receiving together"),
    "clients": N_("clients"),
    "entry": N_("entry point"),
    "forward": N_("onwards"),
    "return": N_("back"),
    "skip": N_("skipped ahead"),
    "restart": N_("restarted"),
    "eenmalig": N_("once"),
    "jaar": N_("each year"),
    "people": N_("people"),
    "organisations": N_("organisations"),
    "programmes": N_("programmes"),
    "file": N_("this file only"),
    "team": N_("team"),
    "steering": N_("steering group"),
    "client": N_("client"),
    "public": N_("public"),
    "nl": N_("Dutch"),
    "en": N_("English"),
    **ADAPTATION_LABELS,
}


def label(word: str) -> str:
    """The English label of a closed value, ready to be translated; a value without one is its own label."""
    return LABELS.get(word, word)


ALSO: dict[str, tuple[str, ...]] = {
    **{phase: (str(number),) for number, phase in enumerate(PHASES, 1)},
    **ALSO_ADAPTATIONS,
    "groen": ("g",),
    "oranje": ("o",),
    "rood": ("r",),
    "onbekend": ("?", "u", "weet niet", "don't know"),
    "nvt": ("n", "n/a", "n.v.t.", "niet van toepassing"),
    "ja": ("j", "y"),
    "nee": ("n",),
    "door": ("doorgaan", "ga door"),
    "gevraagd": ("ja", "j", "yes", "y"),
    "ongevraagd": ("niet gevraagd", "nee", "n", "no"),
    "none": ("geen",),
    "never": ("nooit",),
    "error": ("fout",),
    "advice": ("advies",),
    "beleid": ("beleidsmedewerkers",),
    "inhoud": ("inhoudelijke kennis",),
    "communicatie": ("communicatie en marketing",),
    "coordinatie": ("coördinatie", "coördinatie en administratie"),
    "impliciet": ("impliciete kennis",),
    "eerste aanwijzingen": ("effectief: eerste aanwijzingen",),
    "goede aanwijzingen": ("effectief: goede aanwijzingen",),
    "sterke aanwijzingen": ("effectief: sterke aanwijzingen",),
    "commissioner": ("opdrachtgever",),
    "giving": ("gevend", "gevende", "gevende organisatie", "gever"),
    "receiving": ("ontvangend", "ontvangende", "ontvangende organisatie", "ontvanger"),
    "candidate": ("kandidaat",),
    "people": ("mensen",),
    "organisations": ("organisaties",),
    "programmes": ("programma's",),
    "eenmalig": ("één keer", "one-off"),
    "jaar": ("per jaar", "jaarlijks", "elk jaar", "yearly", "per year", "a year"),
    "funder": ("financier",),
    "third": ("derde", "derden", "derde partij"),
    "both": ("beide", "samen", "together", "gevende en ontvangende samen", "gever en ontvanger samen"),
    "clients": ("cliënten", "clienten", "cliënt", "deelnemers", "deelnemer", "participants"),
    "inhoudelijk": ("substantive",),
    "beide": ("both", "operationeel en inhoudelijk", "operational and substantive"),
    "entry": ("instap",),
    "forward": ("verder", "vooruit"),
    "return": ("terug",),
    "skip": ("fase overgeslagen", "overgeslagen", "vooruitgesprongen"),
    "restart": ("herstart",),
    "file": ("alleen dit bestand",),
    "steering": ("stuurgroep",),
    "client": ("opdrachtgever",),
    "public": ("iedereen", "openbaar"),
    "nl": ("nederlands",),
    "en": ("engels",),
    "text": ("tekst",),
    "md": ("markdown",),
    "docx": ("word",),
    "xlsx": ("excel",),
}
"""Other words that people use for a value, in both languages; a file contains only the value itself."""
Word = TypeVar("Word", bound=str)


def names_of(value: str) -> tuple[str, ...]:
    """Every word for a closed value in lower case: itself, its label, and what people write instead."""
    return (value.lower(), label(value).lower(), *ALSO.get(value, ()))


def meant(word: str, allowed: Sequence[Word]) -> Word | None:
    """The closed value for a word in either language, in any case; ``None`` if it is not allowed.

    This is the one place where fii reads such a word: in options, answers, tables and edits alike.
    """
    word = " ".join(word.lower().split())
    itself = (value for value in allowed if word == value.lower())
    return next(itself, None) or next((value for value in allowed if word in names_of(value)), None)


NONE = ("geen", "nee", "none", "no", "-")
"""Words that answer an optional question with nothing."""


def phase_of(subphase: str) -> Phase:
    """The phase of a subphase or an item id: ``verkennen`` for ``2a`` and ``2a.cultuur``."""
    return PHASES[int(subphase[0]) - 1]
