"""Survey answers, separated by side and counted. No individual answers are stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fii_cli.handbook.lookup import is_answer
from fii_cli.handbook.models import Framework
from fii_cli.language import Message, msg
from fii_cli.survey.answers import Answered
from fii_cli.words import Perspective, label
from fii_cli.yaml.emit import Value


@dataclass(frozen=True, slots=True)
class SideAnswers:
    """The answers from one side: the number of respondents, and for each item the count of each answer.

    ``kept_back`` are the items with too few answers to be stored.
    """

    perspective: Perspective | None
    responses: int
    counts: Mapping[str, Mapping[str, int]]
    kept_back: tuple[str, ...]


def counted(people: Iterable[Answered], instrument: Framework, smallest: int) -> tuple[SideAnswers, ...]:
    """The counted answers of each side. Groups that are too small have no counts."""
    answers: dict[Perspective | None, list[Mapping[str, str]]] = {}
    for person in people:
        answers.setdefault(person.side, []).append(person.given)
    return tuple(_group(side, each, instrument, smallest) for side, each in answers.items())


def written(group: SideAnswers, instrument: str, day: str, by: str, about: str) -> dict[str, Value]:
    """A group as an assessment, as written to the file."""
    head = {"by": by, "perspective": group.perspective or "", "about": about}
    return {
        "instrument": instrument,
        "date": day,
        **{key: text for key, text in head.items() if text},
        "responses": group.responses,
        "counts": {item: dict(counts) for item, counts in group.counts.items()},
    }


def _group(
    whose: Perspective | None, given: list[Mapping[str, str]], instrument: Framework, smallest: int
) -> SideAnswers:
    """The counted answers of one side, without the items that too few people answered."""
    if len(given) < smallest:
        return SideAnswers(whose, len(given), {}, ())
    counts: dict[str, dict[str, int]] = {}
    kept_back = []
    for item in instrument.items:
        answers = Counter(each[item.id] for each in given if item.id in each)
        if not answers:
            continue
        scale = instrument.scale_of(item)
        answered = sum(n for value, n in answers.items() if is_answer(value, scale))
        if answers.total() < smallest or 0 < answered < smallest:
            kept_back.append(item.id)
            continue
        values = [value.id for value in scale.values] if scale else []
        counts[item.id] = {value: answers[value] for value in values if answers[value]}
    return SideAnswers(whose, len(given), counts, tuple(kept_back))


def side_in_words(perspective: Perspective | None) -> Message:
    """The name of a side, for messages about a group."""
    return msg(label(perspective)) if perspective else msg("no perspective given")
