"""What readers outside the team read of fii's own text, by where it stands, and how hard it is to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from catalogue import ROOT
from fii_cli.handbook import Handbook
from fii_cli.language import Bilingual, Language
from fii_cli.trajectory.labels import FIELD_LABELS
from fii_cli.words import LABELS, STOPLICHT
from words import texts_in

ON_PAGES = ("report", "analysis/in_words.py")
"""The modules whose texts are on a page, from ``src/fii_cli``; the templates have the others."""
Texts = Iterator[tuple[str, str]]
"""Texts, each with where it stands."""


def texts_of_pages(say: Language) -> Texts:
    """The texts of the catalogue that pages show."""
    src = ROOT / "src" / "fii_cli"
    files: list[Path] = list((ROOT / "templates").glob("*.j2"))
    for place in ON_PAGES:
        files += (src / place).rglob("*.py") if (src / place).is_dir() else [src / place]
    found = {text for file in files for text in texts_in(file)}
    found |= set(FIELD_LABELS.values()) | set(LABELS.values())
    for text in sorted(found, key=str):
        if isinstance(text, str):
            yield f"catalogue: {text}", say(text)
        else:
            for n, form in enumerate(text, 1):
                yield f"catalogue: {form}", say.catalogue.ngettext(*text, n)


def texts_of_content(book: Handbook, say: Language) -> Texts:
    """The texts of the handbook that pages show; names that others published are not ours to change."""
    for where, text in _content(book):
        yield where, say.pick(text)


def _content(book: Handbook) -> Iterator[tuple[str, Bilingual]]:
    for phase in book.phases:
        yield f"phase {phase.id}: name", phase.name
        yield f"phase {phase.id}: goal", phase.goal
        yield f"phase {phase.id}: done when", phase.done_when
        for subphase in phase.subphases:
            yield f"subphase {subphase.id}: name", subphase.name
            yield f"subphase {subphase.id}: key question", subphase.key_question
            for item in subphase.items:
                yield f"{STOPLICHT}/{item.id}", item.question
                yield f"{STOPLICHT}/{item.id}: in short", book.short_name(STOPLICHT, item.id, item.question)
    for cell in book.matrix.cells:
        yield "starting point: name", cell.name
        yield f"starting point {cell.name.en}: why", cell.why
    for strategy in book.catalogue.strategies.values():
        yield f"strategy {strategy.id}: name", strategy.name
        yield f"strategy {strategy.id}: meaning", strategy.meaning
    for instrument in book.instruments:
        scales = [instrument.scale, *instrument.scales.values()]
        for scale in scales:
            for value in scale.values if scale else ():
                yield f"scale of {instrument.id}: {value.id}", value.name
        for construct in instrument.items:
            place = f"{instrument.id}/{construct.id}"
            short = book.short_name(instrument.id, construct.id, construct.name)
            if short != construct.name:
                yield f"{place}: in short", short
            if construct.name_basis == "ours":
                yield f"{place}: name", construct.name


def texts_of_explanation(say: Language) -> Texts:
    """The page that explains the report to its readers, line by line; it exists in Dutch only."""
    page = ROOT / "docs" / f"rapport-lezen.{say.code}.md"
    if page.exists():
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            text = re.sub(r"!?\[([^]]*)\]\([^)]*\)", r"\1", line).strip("#- |")
            for cell in text.replace("*", "").replace("`", "").split(" | "):
                yield f"{page.name}, line {number}", cell


def sentences(text: str) -> list[str]:
    """The sentences of a text; a semicolon ends one too, because readers can stop there."""
    return [part for part in re.split(r"(?<=[.?!;])\s+", text) if words_in(part)]


def words_in(text: str) -> list[str]:
    """The words of a text; what is filled in counts as one."""
    return re.findall(r"\{?\w[\w'’./-]*\}?", text)


def difficult_in(text: str, difficult: re.Pattern[str]) -> list[str]:
    """The difficult words in a text."""
    return [found[0] for found in difficult.finditer(text)]


def difficult_words(list_: Path) -> re.Pattern[str]:
    """A list of difficult words, one a line; ``*`` is an ending of any kind."""
    lines = [line for line in list_.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    each = "|".join(re.escape(line).replace(r"\*", r"\w*") for line in lines)
    return re.compile(rf"\b(?:{each})\b", re.IGNORECASE)
