"""What ``fii add`` takes: a kind of fact, then its keys and their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from fii_cli.completion.asked import Asked, Candidate, after, text_of
from fii_cli.completion.keys import of_word, values_of
from fii_cli.completion.values import words
from fii_cli.diagnostics import Refused
from fii_cli.edits.kinds import KINDS, Key, Kind, keys_of, kind_of
from fii_cli.suggest import known_as


def kinds(asked: Asked) -> Iterator[Candidate]:
    return (Candidate(kind.name, asked.say(kind.summary)) for kind in KINDS)


def is_kind(word: str, asked: Asked) -> bool:
    """Whether a word names a kind, also in the language of the user."""
    return known_as(word, (*(kind.name for kind in KINDS), *_translated(asked))) is not None


def facts(asked: Asked) -> Iterator[Candidate]:
    """The keys of the kind that were not given yet; after the sign, the values of the key."""
    name, sign, typed = asked.word.partition("=")
    try:
        kind = kind_of(asked.own[0], _translated(asked))
    except Refused:
        return
    keys = {key.name: key for key in keys_of(kind, date.min)}
    if sign and name in keys:
        yield from after(f"{name}=", _values(keys[name], kind, of_word(asked, typed)))
    elif not sign:
        given = {fact.partition("=")[0] for fact in asked.own[1:]}
        for key in keys.values():
            if key.name not in given:
                yield Candidate(f"{key.name}=", asked.say(key.description), ends=False)


def _translated(asked: Asked) -> dict[str, str]:
    return {asked.say(kind.name): kind.name for kind in KINDS}


def _values(key: Key, kind: Kind, asked: Asked) -> Iterable[Candidate]:
    if not key.path:
        return words(*kind.steps)(asked)
    chosen = [*values_of(key.record, key.path[-1], asked)]
    if chosen or not kind.parent or key.name != kind.parent.asked_as:
        return chosen
    parents = asked.records(*map(str, kind.parent.route))
    return [Candidate(text_of(each, kind.parent.key), text_of(each, "what")) for each in parents]
