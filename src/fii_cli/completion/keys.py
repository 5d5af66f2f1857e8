"""The values that a key of the format takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fii_cli.completion.asked import Asked, Candidate, Takes, after
from fii_cli.completion.paths import TRAJECTORIES
from fii_cli.completion.values import (
    barriers,
    beside,
    codes,
    ingredients,
    instruments,
    items_of,
    organisations,
    outcomes,
    persons,
    questionnaires,
    strategies,
    who,
    words,
)
from fii_cli.trajectory.base import REFERS_TO, Record
from fii_cli.trajectory.distinguish import Distinguish
from fii_cli.trajectory.follow_up import Accepted, Action, Assessment
from fii_cli.trajectory.innoveren import Adaptation
from fii_cli.trajectory.places import closed_values, is_list
from fii_cli.trajectory.rollout import RolloutMember
from fii_cli.words import STOPLICHT

_CHOSEN: dict[tuple[type[Record], str], Takes] = {
    (Action, "answers"): barriers,
    (Action, "strategy"): strategies,
    (Accepted, "rule"): codes,
    (Assessment, "instrument"): instruments,
    (Adaptation, "ingredients"): ingredients,
    (Distinguish, "instrument"): questionnaires,
    (Distinguish, "by"): outcomes,
    (RolloutMember, "trajectory"): beside(*TRAJECTORIES),
    (RolloutMember, "report"): beside(".json"),
}


def values_of(record: type[Record], key: str, asked: Asked) -> Iterator[Candidate]:
    """The values of a key; in a list, of what follows the last comma."""
    annotation = record.model_fields[key].annotation
    takes = _takes(record, key)
    if takes is None:
        return iter(())
    if not is_list(annotation):
        return iter(takes(asked))
    before, comma, typed = asked.word.rpartition(",")
    taken = before.split(",")
    found = takes(of_word(asked, typed))
    return after(before + comma, (each for each in found if each.value not in taken))


def of_word(asked: Asked, word: str) -> Asked:
    """The same request, for a part of the word."""
    return Asked(asked.command, word, asked.file, asked.own, asked.options, asked.say, asked.shown)


def _takes(record: type[Record], key: str) -> Takes | None:
    info = record.model_fields[key]
    if closed := closed_values(info.annotation):
        return words(*closed)
    extra = info.json_schema_extra
    refers = extra.get(REFERS_TO) if isinstance(extra, dict) else None
    if refers:
        return persons if refers == "person" else organisations
    if (record, key) == (Accepted, "about"):
        return _whom_or_what
    return who if key == "by" else _CHOSEN.get((record, key))


def _whom_or_what(asked: Asked) -> Iterable[Candidate]:
    return (*persons(asked), *organisations(asked), *items_of(STOPLICHT, asked))
