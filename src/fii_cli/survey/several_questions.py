"""The answers to several questions for one item, combined to one answer per person.

The rule is ours. A person's answer on an item is the value nearest to the mean of their answers to its
questions, by their place on the scale; halfway between two values it is the less favourable one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fii_cli.handbook.models import Construct, Framework, ScaleValue
from fii_cli.handbook.questions import question_ids
from fii_cli.survey.answers import Answered


def combined(people: Sequence[Answered], instrument: Framework) -> list[Answered]:
    """The answers of people by item, for what they answered by question."""
    several = [item for item in instrument.items if item.questions]
    return [_combined(person, several, instrument) for person in people] if several else list(people)


def _combined(person: Answered, several: Sequence[Construct], instrument: Framework) -> Answered:
    given = dict(person.given)
    for item in several:
        answers = {id_: given.pop(id_) for id_ in question_ids(item) if id_ in given}
        answer = _answer(item, answers, instrument)
        if answer is not None:
            given[item.id] = answer
    return replace(person, given=given)


def _answer(item: Construct, answers: Mapping[str, str], instrument: Framework) -> str | None:
    """One person's answer on an item; ``None`` without any, and no answer if they gave only that."""
    scale = instrument.scale_of(item)
    values = [value for value in (scale.values if scale else ()) if _has_a_place(value)]
    places = {value.id: at for at, value in enumerate(values)}
    said = []
    for id_, question in zip(question_ids(item), item.questions, strict=True):
        if (answer := answers.get(id_)) in places:
            place = places[answer]
            said.append(len(values) - 1 - place if question.reversed else place)
    if not said:
        return next(iter(answers.values()), None)
    # In whole numbers: how far each value is from the mean, times the number of answers.
    apart = {value.id: abs(places[value.id] * len(said) - sum(said)) for value in values}
    near = [value for value in values if apart[value.id] == min(apart.values())]
    return min(near, key=lambda value: value.helps - value.hinders).id


def _has_a_place(value: ScaleValue) -> bool:
    """Whether a value is somewhere on the scale, and not beside it, such as *unknown* or *mixed*."""
    return not (value.no_answer or value.mixed or value.no_side)
