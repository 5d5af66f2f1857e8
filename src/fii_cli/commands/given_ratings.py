"""The ratings and the agreements of ``fii assess`` that are on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from fii_cli.analysis.rating_round import item_named, known_id
from fii_cli.commands.ask_agreement import owner_read, read_due
from fii_cli.commands.ask_ratings import no_rating
from fii_cli.commands.dates import settled
from fii_cli.diagnostics import Refused
from fii_cli.edits.assess import Agreed, Rated
from fii_cli.handbook import Handbook
from fii_cli.handbook.lookup import rating_for
from fii_cli.handbook.models import Scale
from fii_cli.language import Message, msg
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.words import LIGHTS

Pairs = list[str] | None


def ratings_given(
    book: Handbook,
    instrument: str,
    scales: dict[str, Scale | None],
    ratings: Pairs,
    notes: Pairs,
    evidence: Pairs,
) -> dict[str, Rated]:
    """The ratings given on the command line. Raises :class:`Refused` for an invalid one."""
    rated: dict[str, Rated] = {}
    for id_, word in _pairs("--set", ratings).items():
        item = known_id(id_, scales, book, instrument)
        if item in rated:
            raise Refused(msg("duplicate {key}", key=item), msg("omit one of them"))
        scale = scales[item]
        rating = rating_for(word, scale)
        if rating is None:
            values = [value.id for value in scale.values] if scale else LIGHTS
            wrong = msg("{value} is not a valid rating here", value=word or "''")
            raise Refused(wrong, did_you_mean(word, values, one_of(values)))
        rated[item] = Rated(rating)
    for option, pairs in (("--note", notes), ("--evidence", evidence)):
        for id_, text in _pairs(option, pairs).items():
            id_ = item_named(id_, rated, instrument) or id_
            if id_ not in rated:
                raise Refused(
                    msg("{option} {item} needs a rating for the same item", option=option, item=id_),
                    msg("add {flags}", flags=f"--set {id_}=groen"),
                )
            told = no_rating(scales[id_], text)
            if isinstance(told, Message):
                raise Refused(told, msg("add {flags}", flags=f"--set {id_}={text}"))
            with_note = option == "--note"
            rated[id_] = replace(rated[id_], note=text) if with_note else replace(rated[id_], evidence=text)
    return rated


def _pairs(option: str, words: Pairs) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words or ():
        id_, equals, value = (part.strip() for part in word.partition("="))
        if not equals:
            raise Refused(
                msg("{option} requires ITEM=…", option=option), msg("such as {word}", word="2a.cultuur=groen")
            )
        if id_ in found:
            raise Refused(msg("duplicate {key}", key=id_), msg("omit one of them"))
        found[id_] = value
    return found


def agreements_given(
    terminal: Terminal,
    trajectory: Trajectory,
    rated: Mapping[str, Rated],
    instrument: str,
    made: Date,
    today: date,
    actions: Pairs,
    owners: Pairs,
    days: Pairs,
) -> dict[str, Agreed]:
    """The agreements given on the command line. Raises :class:`Refused` for an invalid one."""

    agreed: dict[str, Agreed] = {}
    for item, text in _about("--action", actions, rated, instrument):
        agreed[item] = Agreed(text)
    for item, text in _about("--owner", owners, agreed, instrument):
        owner = owner_read(text, [person.id for person in trajectory.people])
        if isinstance(owner, Message):
            raise Refused(msg("unknown person {word}", word=text), owner)
        agreed[item] = replace(agreed[item], owner=owner)
    check = partial(read_due, made=made, today=today)
    for item, text in _about("--before", days, agreed, instrument):
        day = settled(terminal, text, check, msg("invalid date {written}", written=text))
        agreed[item] = replace(agreed[item], before=day)
    return agreed


def _about(
    option: str, pairs: Pairs, known: Mapping[str, Rated] | Mapping[str, Agreed], instrument: str
) -> Iterator[tuple[str, str]]:
    """The texts of an option, each with its item, which ``--set`` or ``--action`` has to name too."""
    for word, text in _pairs(option, pairs).items():
        item = item_named(word, known, instrument)
        if item is None and option == "--action":
            raise Refused(
                msg("{option} {item} needs a rating for the same item", option=option, item=word),
                msg("add {flags}", flags=f"--set {word}=rood"),
            )
        if item is None:
            raise Refused(
                msg("{option} {item} needs an action for the same item", option=option, item=word),
                msg("add {flags}", flags=f"--action {word}=…"),
            )
        if not text:
            raise Refused(
                msg("{option} {item} has no text", option=option, item=item),
                msg("put it after the = sign, or omit {option}", option=option),
            )
        yield item, text
