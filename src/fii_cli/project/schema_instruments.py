"""The part of the schema for editors that is about instruments: their items, scales and places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from fii_cli.handbook import Handbook
from fii_cli.handbook.retired import Retired
from fii_cli.language import Language, msg
from fii_cli.project.schema_kinds import choose_from, record
from fii_cli.project.schema_shapes import (
    ANYTHING,
    Schema,
    as_keys,
    beginning_with,
    explained,
    if_object,
    judged,
    known,
    meanings_of,
    offered,
    one_of_these,
    or_empty,
    plain,
    ref,
    whole_numbers,
    written,
)
from fii_cli.trajectory.base import Rating
from fii_cli.words import STOPLICHT, SUBPHASES

_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+")
_Meanings = tuple[tuple[str, str], ...]
"""The values of a scale, each with its name."""


@dataclass(frozen=True, slots=True)
class _Item:
    """An item in one language; ``heading`` is that of its group if its name is its question.

    ``seen`` is what you would see at each rating, a line each.
    """

    id: str
    heading: str
    meaning: str
    scale: _Meanings
    seen: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True)
class Instruments:
    """The instruments of a handbook, in the language of ``say``."""

    book: Handbook
    say: Language

    def definitions(self) -> dict[str, Schema]:
        """For each instrument its items, its ratings and counts, and how an item is rated."""
        found: dict[str, Schema] = {
            "places": {"allOf": list(self._judged_places())},
            "stoplicht.closed": {"doNotSuggest": True, **self._lights_closed()},
            "stoplicht.closed-places": self._lights_closed(f"{STOPLICHT}/"),
        }
        for id_ in self.book.instrument_ids:
            items = list(self._items(id_))
            counted = id_ != STOPLICHT
            for scale in _scales(items):
                found.setdefault(self._named("rating", scale), self._rating(scale))
                if counted:
                    found.setdefault(self._named("count", scale), self._count(scale))
            found[f"{id_}.items"] = {"doNotSuggest": True, "allOf": self._judged_items(id_, items)}
            found[f"{id_}.ratings"] = self._ratings(id_, items)
            found[f"{id_}.counts"] = self._counts(id_, items) if counted else self._lights()
            found[f"{id_}.published"] = self._published(id_, items) if counted else self._lights()
        return found

    def _named(self, part: str, scale: _Meanings) -> str:
        """The name of the definition of a rating, or of counted answers, on a scale."""
        id_, number = self._homes[scale]
        return f"{id_}.{part}{number}"

    @cached_property
    def _homes(self) -> dict[_Meanings, tuple[str, int]]:
        """For each scale the first instrument with it, and its number there: others refer to that one."""
        found: dict[_Meanings, tuple[str, int]] = {}
        for id_ in self.book.instrument_ids:
            for number, scale in enumerate(_scales(self._items(id_)), 1):
                found.setdefault(scale, (id_, number))
        return found

    def named(self) -> Schema:
        """The id of an instrument."""
        frameworks = [self.book.instrument(id_) for id_ in self.book.instrument_ids]
        names = {each.id: self.say.pick(each.name) for each in frameworks if not each.retired}
        retired = {each.id: self.book.retired.instrument(each.id) for each in frameworks}
        gone = {id_: no_longer_used(each, self.say) for id_, each in retired.items() if each}
        told = one_of_these([*names], self.say(choose_from([*names])), [*gone])
        return {**explained(names), "allOf": [told, *meanings_of(gone)]}

    def if_named(self) -> list[Schema]:
        """What an assessment may contain, by the instrument that it names."""
        return [
            {
                # A pattern and no constant: while it completes, an editor takes cfir for cfir-2022 too.
                "if": {
                    "type": "object",
                    "properties": {"instrument": written(f"^{plain(id_)}$")},
                    "required": ["instrument"],
                },
                "then": {
                    "type": "object",
                    "properties": {part: ref(f"{id_}.{part}") for part in ("ratings", "counts", "published")},
                },
            }
            for id_ in self.book.instrument_ids
        ]

    def place(self) -> Schema:
        """The place of an item, such as ``cfir/III.D.2``, which an action can address."""
        offers: dict[str, str] = {}
        gone: dict[str, str] = {}
        for id_ in self.book.instrument_ids:
            retired = self.book.retired.items(id_)
            offers |= {f"{id_}/{item}": text for item, text in self._meanings_in(id_).items()}
            gone |= {f"{id_}/{item}": no_longer_used(each, self.say) for item, each in retired.items()}
        # Of alternatives in a list an editor would offer each as "array item", so they explain only.
        return {
            **offered(offers, in_order=False),
            **judged(ref("places"), ref("places")),
            "else": {"allOf": [explained(offers), *meanings_of(gone)]},
        }

    def _judged_places(self) -> Iterator[Schema]:
        form = self.say(msg("write instrument/item, such as stoplicht/2c.overleg"))
        yield {
            **written(beginning_with(f"{id_}/" for id_ in self.book.instrument_ids)),
            "errorMessage": form,
        }
        for id_ in self.book.instrument_ids:
            known_here = [
                f"{id_}/{item}" for item in (*self._meanings_in(id_), *self.book.retired.items(id_))
            ]
            yield from self._judged(id_, known_here, f"{id_}/")

    def _lights_closed(self, prefix: str = "") -> Schema:
        """Only the items of the stoplicht itself, for a file that adds none."""
        ids = [*self._meanings_in(STOPLICHT), *self.book.retired.items(STOPLICHT)]
        return self._closed(STOPLICHT, [f"{prefix}{each}" for each in ids], prefix, self._unknown_light)

    def own_items(self) -> list[Schema]:
        """What the id of a team's own item can be: it begins with its subphase, and is new."""
        taken = self.say(msg("the handbook already has this item: choose another word after the dot"))
        new = {
            "if": {"enum": [*self._meanings_in(STOPLICHT)]},
            "then": {"type": "null", "errorMessage": taken},
        }
        return [{"properties": {"id": {"doNotSuggest": True, **new}}}, *map(self._own_item_in, SUBPHASES)]

    def _own_item_in(self, subphase: str) -> Schema:
        form = msg("write the subphase, a dot and a word: {id}", id=f"{subphase}.…")
        begins = {**written(f"^{plain(subphase)}[.]"), "errorMessage": self.say(form)}
        named = {"properties": {"subphase": written(f"^{subphase}$")}, "required": ["subphase"]}
        keys = {"id": {"doNotSuggest": True, "if": written(""), "then": begins}}
        return {"if": {"type": "object", **named}, "then": {"type": "object", "properties": keys}}

    # --- items ----------------------------------------------------------------------------------------------

    def _items(self, id_: str) -> Iterator[_Item]:
        """The items to rate, then those that were retired."""
        framework, pick = self.book.instrument(id_), self.say.pick
        gone = self.book.retired.items(id_)
        for group in framework.groups:
            for item in group.items:
                if item.id not in gone:
                    name = group.name if item.name == item.meaning else item.name
                    meaning, scale = pick(item.meaning), self._scale(id_, item.id)
                    yield _Item(item.id, pick(name), meaning, scale, self._seen(id_, item.id, scale))
        for domain in framework.domains:
            yield _Item(domain.id, pick(domain.name), pick(domain.meaning), self._scale(id_, domain.id), ())
        for item_id, each in gone.items():
            if self.book.scale(id_, item_id):
                scale = self._scale(id_, item_id)
                yield _Item(item_id, pick(each.name), no_longer_used(each, self.say), scale, retired=True)

    def _seen(self, instrument: str, item: str, scale: _Meanings) -> tuple[str, ...]:
        """What you would see at each rating of an item; empty if it has no anchors."""
        anchored = self.book.anchored(instrument, item)
        anchors = anchored.anchors if anchored else {}
        return tuple(f"{name}: {self.say.pick(anchors[id_])}" for id_, name in scale if id_ in anchors)

    def _meanings_in(self, id_: str) -> dict[str, str]:
        """Every item that an action can address, also those that are not rated, each with its meaning."""
        constructs = self.book.instrument(id_).constructs
        gone, pick = self.book.retired.items(id_), self.say.pick
        return {
            item.id: pick(item.meaning)
            if item.name == item.meaning
            else f"{pick(item.name)}: {pick(item.meaning)}"
            for item in constructs
            if item.id not in gone
        }

    def _scale(self, instrument: str, item: str) -> _Meanings:
        scale = self.book.scale_for(instrument, item) or self.book.instrument(instrument).scale
        assert scale
        return tuple((value.id, self.say.pick(value.name)) for value in scale.values)

    def _judged_items(self, id_: str, items: list[_Item]) -> list[Schema]:
        return list(self._judged(id_, [item.id for item in items]))

    def _judged(self, id_: str, ids: list[str], prefix: str = "") -> Iterator[Schema]:
        """What refuses items that an instrument does not have; a team may add its own to the stoplicht."""
        groups = _by_beginning(ids, prefix)
        if [*groups] != [prefix]:
            shown = ", ".join(each.removeprefix(prefix) for each in groups)
            message = self.say(
                msg("unknown item: the id of an item begins with {beginnings}", beginnings=shown)
            )
            form = {**written(beginning_with(groups)), "errorMessage": message}
            yield {"if": written(beginning_with([prefix])), "then": form} if prefix else form
        if id_ != STOPLICHT and (prefix or all(map(_reads_as_written, ids))):
            yield self._closed(id_, ids, prefix, self._unknown)

    def _closed(self, id_: str, ids: list[str], prefix: str, said: Callable[[str], str]) -> Schema:
        retired = [f"{prefix}{each}" for each in self.book.retired.items(id_)]
        groups = {
            beginning: [each for each in places if each not in retired]
            for beginning, places in _by_beginning(ids, prefix).items()
        }
        return known(groups, retired, said)

    def _unknown(self, words: str) -> str:
        return self.say(msg("unknown item: choose from {words}", words=words))

    def _unknown_light(self, words: str) -> str:
        return self.say(
            msg("unknown item: choose from {words}, or add your own under checklist", words=words)
        )

    # --- what an assessment contains ------------------------------------------------------------------------

    def _ratings(self, id_: str, items: list[_Item]) -> Schema:
        keys = {
            item.id: {
                "title": item.heading,
                "description": "\n".join((item.meaning, *item.seen)),
                **ref(self._named("rating", item.scale)),
            }
            for item in items
        }
        own = {"additionalProperties": ref(self._named("rating", items[0].scale))}
        return self._by_item(id_, items, keys, own if id_ == STOPLICHT else {})

    def _counts(self, id_: str, items: list[_Item]) -> Schema:
        keys = {
            item.id: {"description": item.heading, **ref(self._named("count", item.scale))} for item in items
        }
        return self._by_item(id_, items, keys, {})

    def _published(self, id_: str, items: list[_Item]) -> Schema:
        keys = {item.id: {"description": item.heading, **ref("Published")} for item in items}
        return self._by_item(id_, items, keys, {})

    def _by_item(self, id_: str, items: list[_Item], keys: dict[str, Schema], more: Schema) -> Schema:
        """A value for each item; a retired item is valid, and not offered."""
        for item in items:
            if item.retired:
                keys[item.id] = {
                    "description": item.meaning,
                    "doNotSuggest": True,
                    "allOf": [{"$ref": keys[item.id]["$ref"]}],
                }
        return if_object(keys, propertyNames=ref(f"{id_}.items"), **more)

    def _rating(self, scale: _Meanings) -> Schema:
        """A rating: the value itself, or a group of keys."""
        values = [value for value, _ in scale]
        value = one_of_these(values, self.say(choose_from(values)), whole_numbers(values))
        group = record(Rating, self.say, {"value": {**offered(dict(scale)), **value}})
        return {
            **offered(dict(scale)),
            **or_empty({"if": {"type": "object"}, "then": group, "else": value}),
        }

    def _count(self, scale: _Meanings) -> Schema:
        """How many respondents gave each value."""
        values = [value for value, _ in scale]
        message = self.say(choose_from(values))
        told = self.say(msg("write how often each value was given, such as {value}: 3", value=values[0]))
        keys = {value: {"description": name, **ANYTHING, **or_empty(ref("count"))} for value, name in scale}
        group = {
            "type": "object",
            "properties": keys,
            "propertyNames": {"doNotSuggest": True, **as_keys(values, message)},
            "errorMessage": told,
        }
        return {**ANYTHING, **or_empty(group)}

    def _lights(self) -> Schema:
        """Lights are never counted, so that only an empty group fits."""
        told = {"type": "null", "errorMessage": self.say(msg("lights are agreed on, not counted"))}
        return if_object({}, additionalProperties=told)


def no_longer_used(retired: Retired, say: Language) -> str:
    """Why something is not offered any more."""
    return say(msg("no longer used: {why}", why=say.pick(retired.reason)))


def _scales(items: Iterable[_Item]) -> list[_Meanings]:
    """The scales of these items, each once."""
    return list(dict.fromkeys(item.scale for item in items))


def _by_beginning(ids: list[str], prefix: str = "") -> dict[str, list[str]]:
    """Ids by what they begin with, up to their first dot; all in one group if some have none.

    A domain such as ``III`` is in the group of its items; its id is an item's without the rest.
    """
    domains = {each.partition(".")[0] for each in ids if "." in each}
    if not all(
        each in domains or ("." in each and not _is_number(each.removeprefix(prefix))) for each in ids
    ):
        return {prefix: ids}
    found: dict[str, list[str]] = {}
    for each in ids:
        found.setdefault(f"{each.partition('.')[0]}.", []).append(each)
    return found


def _is_number(text: str) -> bool:
    """Whether an editor takes a text for a number."""
    return _NUMBER.fullmatch(text) is not None


def _reads_as_written(id_: str) -> bool:
    """Whether an editor reads an id as fii does; it takes 1.10 for 1.1, and cannot tell which it was."""
    return bool(whole_numbers([id_])) or not _is_number(id_)
