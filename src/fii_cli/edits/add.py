"""Add a fact to a file: check it, and put it in the list for its kind."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date

from fii_cli.analysis.in_words import paths_in_words
from fii_cli.diagnostics import Refused, Route
from fii_cli.edits.kinds import Key, Kind, Parent, known_keys, value_of
from fii_cli.edits.write import append, data_at, put
from fii_cli.language import msg
from fii_cli.suggest import one_of
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import ChecklistItem
from fii_cli.yaml.document import Document
from fii_cli.yaml.emit import Value, word_for


def add(
    document: Document, trajectory: Trajectory, kind: Kind, given: Mapping[str, str], today: date
) -> Document:
    """The document with one more fact. Raises :class:`Refused` if a required key is missing."""
    keys = known_keys(kind, given, today)
    missing = [key.name for key in keys.values() if key.required and not given.get(key.name)]
    if missing:
        raise Refused(
            msg("{kind} requires {keys}", kind=kind.name, keys=", ".join(missing)),
            msg("add {flags}", flags=" ".join(f"{name}=…" for name in missing)),
        )
    fact, beside = _written(kind, keys, given)
    if "id" in kind.record.model_fields:
        fact = {"id": given.get("id") or _new_id(fact, document, kind), **fact}
    if kind.parent is None:
        return append(document, _list(kind, trajectory), fact)
    return _in_parent(document, kind, kind.parent, given, fact, beside)


def _written(
    kind: Kind, keys: Mapping[str, Key], given: Mapping[str, str]
) -> tuple[dict[str, Value], dict[str, Value]]:
    """The given values as written to the file: those of the fact itself, and those of its parent."""
    fact: dict[str, Value] = {}
    beside: dict[str, Value] = {}
    for name, key in keys.items():
        text = given.get(name) or key.suggestion
        names_parent = kind.parent is not None and name == kind.parent.asked_as
        if not text or not key.path or names_parent:
            continue
        of_parent = kind.parent is not None and key.record is kind.parent.record
        place = beside if of_parent else fact
        for step in key.path[:-1]:
            place = place.setdefault(step, {})  # type: ignore[assignment]
        place[key.path[-1]] = value_of(key, text)
    return fact, beside


def _list(kind: Kind, trajectory: Trajectory) -> Route:
    """The route to the list for a fact; a decision is about the open visit, or else the last one.

    Raises :class:`Refused` if several visits are open, so that the decision may be about any of them.
    """
    if kind.name != "decision":
        return kind.route
    if trajectory.last_visit is None:
        raise Refused(msg("no phase has been entered yet"), msg("fii advance enters the first one"))
    if len(trajectory.open_visits) > 1:
        raise Refused(
            msg("several visits are open: {visits}", visits=paths_in_words(trajectory, date.min)),
            msg("fii advance FILE --organisation ID --phase PHASE --decision … records a decision about one"),
        )
    return ("visits", trajectory.last_visit[0], "decisions")


def _in_parent(
    document: Document,
    kind: Kind,
    parent: Parent,
    given: Mapping[str, str],
    fact: dict[str, Value],
    beside: dict[str, Value],
) -> Document:
    """The document with a fact in its parent, which is created if it does not exist."""
    id_ = given[parent.asked_as]
    step = given.get("step", "")
    if kind.steps and step not in kind.steps:
        raise Refused(
            msg("invalid value {written} for {key}", written=step, key="step"), one_of(list(kind.steps))
        )
    at = _index_of(document, parent, id_)
    if at is None:
        holds: Value = fact if kind.steps else [fact]
        key = step or str(kind.route[-1])
        return append(document, parent.route, {parent.key: id_, **beside, key: holds})
    if beside:
        raise Refused(
            msg("{id} already exists, so {keys} cannot be given again", id=id_, keys=", ".join(beside)),
            msg("change it with fii set"),
        )
    route = (*parent.route, at)
    if not kind.steps:
        return append(document, (*route, *kind.route), fact)
    if data_at(document, (*route, step)) is not None:
        raise Refused(
            msg("the cycle {id} already has its {step}", id=id_, step=step), msg("change it with fii set")
        )
    return put(document, (*route, step), fact)


def _index_of(document: Document, parent: Parent, id_: str) -> int | None:
    """The index of the parent with an id, if it exists."""
    for at, held in enumerate(data_at(document, parent.route) or ()):
        if isinstance(held, dict) and held.get(parent.key) == id_:
            return at
    return None


_LONGEST_ID = 24
"""The maximum length of a generated id: people type it by hand."""


def _new_id(fields: Mapping[str, Value], document: Document, kind: Kind) -> str:
    """A short, unused id for a new fact, made from its name, role, task or question."""
    said = next((str(fields[name]) for name in ("name", "role", "what", "question") if fields.get(name)), "")
    word = _short(said)
    if kind.record is ChecklistItem:
        word = f"{fields.get('subphase', '')}.{word}"
    word = word or kind.name
    held = data_at(document, kind.route) or ()
    return _unused(word, {each.get("id") for each in held if isinstance(each, dict)})


def id_for(said: str, taken: Container[object], otherwise: str) -> str:
    """A short id for what something is called, which nothing else has."""
    return _unused(_short(said) or otherwise, taken)


def _short(said: str) -> str:
    word, *more = word_for(said).split("-")
    for each in more:
        if len(word) + len(each) > _LONGEST_ID:
            break
        word += f"-{each}"
    return word


def _unused(word: str, taken: Container[object]) -> str:
    id_, number = word, 2
    while id_ in taken:
        id_ = f"{word}-{number}"
        number += 1
    return id_
