"""A form for one side: the questions of an instrument about one innovation, and their answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Construct, Framework, ScaleValue
from fii_cli.language import Code, Language, labelled
from fii_cli.survey.questionnaire import anchors_of, meanings_of, question, scales_to_explain, shown_value
from fii_cli.words import STOPLICHT, Perspective, label

_INNOVATION = {"nl": re.compile(r"\bde innovatie\b", re.I), "en": re.compile(r"\bthe innovation\b", re.I)}
"""What stands in a statement for the name of the innovation."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be chosen, with what you would see then; ``seen`` may be empty."""

    id: str
    name: str
    seen: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the answers to choose from.

    ``number`` is empty if the item is known by a word. ``about`` is what the question is about, unless the
    text says so itself.
    """

    id: str
    number: str
    about: str
    text: str
    choices: tuple[Choice, ...]

    @property
    def explained(self) -> tuple[Choice, ...]:
        """The answers of which the content says what you would see."""
        return tuple(each for each in self.choices if each.seen)


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that belong together."""

    id: str
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire for one side. ``trajectory`` is the title of the trajectory that it is for, if known.

    ``meanings`` explain the answers of questions that do not explain them themselves; ``version`` identifies
    the questions and their answers, in whichever language they are asked.
    """

    language: Code
    instrument: str
    title: str
    name: str
    trajectory: str
    perspective: Perspective | None
    side: str
    groups: tuple[QuestionGroup, ...]
    meanings: tuple[tuple[str, ...], ...]
    version: str

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(each for group in self.groups for each in group.questions)

    @property
    def of_lights(self) -> bool:
        """Whether it is the checklist, on which a team agrees in a conversation."""
        return self.instrument == STOPLICHT


def form_of(
    instrument: Framework,
    book: Handbook,
    say: Language,
    perspective: Perspective | None,
    name: str,
    trajectory: str,
) -> Form:
    """The form of an instrument for one side, with the name of the innovation in every question."""
    title = say.pick(instrument.name)
    side = None if instrument.id == STOPLICHT else perspective
    return Form(
        say.code,
        instrument.id,
        title[:1].upper() + title[1:],
        name,
        trajectory,
        side,
        say(label(side)) if side else "",
        tuple(_groups(instrument, book, say, name)),
        tuple(tuple(meanings_of(each, book, say)) for each in scales_to_explain(instrument, book)),
        version_of(instrument),
    )


def _groups(instrument: Framework, book: Handbook, say: Language, name: str) -> Iterator[QuestionGroup]:
    for group in instrument.groups:
        of_lights = instrument.id == STOPLICHT
        title = labelled(group.id, say.pick(group.name)) if of_lights else say.pick(group.name)
        asked = (_question(item, instrument, book, say, name) for item in group.items)
        yield QuestionGroup(group.id, title, tuple(asked))


def _question(item: Construct, instrument: Framework, book: Handbook, say: Language, name: str) -> Question:
    text = named_question(item, say, name)
    is_named = text != question(item, say) or name.casefold() in text.casefold()
    about = "" if is_named or not name else say("About {name}", name=name)
    is_word = item.id.islower() and item.id.isascii()
    anchors, scale = anchors_of(instrument, item, book), instrument.scale_of(item)
    choices = (
        Choice(
            value.id,
            _offered(value, say, name),
            say.pick(anchors[value.id]) if value.id in anchors else "",
        )
        for value in (scale.values if scale else ())
    )
    return Question(item.id, "" if is_word else item.id, about, text, tuple(choices))


def _offered(value: ScaleValue, say: Language, name: str) -> str:
    """An answer as people choose it: by its name, after its number if it has one."""
    shown = say.pick(value.name) if value.id.isalpha() else shown_value(value, say)
    return _INNOVATION[say.code].sub(lambda _: name, shown) if name else shown


def named_question(item: Construct, say: Language, name: str) -> str:
    """A question in which a statement about "the innovation" has its name instead."""
    text = question(item, say)
    if not item.statement or not name:
        return text
    return _INNOVATION[say.code].sub(lambda _: name, text)


def version_of(instrument: Framework) -> str:
    """What identifies the questions of an instrument and their answers: it changes with any word of them."""
    facts: list[object] = [instrument.id]
    for item in instrument.items:
        scale = instrument.scale_of(item)
        texts = [item.name, item.meaning, *filter(None, [item.statement])]
        values = [[each.id, each.name.nl, each.name.en] for each in (scale.values if scale else ())]
        facts.append([item.id, [[text.nl, text.en] for text in texts], values])
    return sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:16]
