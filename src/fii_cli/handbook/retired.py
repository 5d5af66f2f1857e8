"""What was retired from the handbook: no longer asked, but known by its id, its reason and its successors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from fii_cli.language import Message, msg

if TYPE_CHECKING:
    from fii_cli.handbook.models import Framework, PhaseContent


class Words(NamedTuple):
    """A text in both languages, from the plain data."""

    nl: str
    en: str


class Retired(NamedTuple):
    """A retired item, instrument or strategy, and the reason.

    ``id`` is that of a strategy or an instrument, and the place of an item, such as ``cfir/III.D.2``. So are
    the ids it ``became``.
    """

    id: str
    name: Words
    reason: Words
    became: tuple[str, ...]


class Astray(LookupError):
    """What was retired became something unknown, or itself."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text.format(**message.values))
        self.message = message


Data = Mapping[str, Any]


class Retirements:
    """What was retired, and what it has become by now; from the plain data, because every check needs it.

    What it has become raises :class:`Astray` if a successor is unknown, or leads back to where it came from.
    """

    def __init__(
        self,
        data: Callable[[str], Data],
        instruments: Callable[[], Collection[str]],
        strategies: Callable[[], Iterable[Data]],
    ) -> None:
        self._data, self._instruments, self._strategies = data, instruments, strategies
        self._items: dict[str, Mapping[str, Retired]] = {}

    def instrument(self, id_: str) -> Retired | None:
        """The retirement of an instrument; ``None`` if it is in use."""
        return _retired_in(self._data(id_))

    def items(self, instrument: str) -> Mapping[str, Retired]:
        """The retired items of an instrument by id: all of them if the instrument was retired itself."""
        if instrument not in self._items:
            items, whole = _items_in(self._data(instrument)), self.instrument(instrument)
            found = {item["id"]: self._item(item, instrument, whole) for item in items}
            self._items[instrument] = {id_: retired for id_, retired in found.items() if retired}
        return self._items[instrument]

    def _item(self, item: Data, instrument: str, whole: Retired | None) -> Retired | None:
        """The retirement of an item; with its ``whole`` instrument it became the items with its id."""
        retired = _retired_in(item, instrument)
        if retired or whole is None:
            return retired
        became = (f"{new}/{item['id']}" for new in whole.became if item["id"] in self._ids(new))
        return Retired(f"{instrument}/{item['id']}", Words(**item["name"]), whole.reason, tuple(became))

    @cached_property
    def strategies(self) -> Mapping[str, Retired]:
        """The retired strategies, by id."""
        known = {each["id"]: _retired_in(each) for each in self._strategies()}
        for id_ in known:
            _followed(id_, _successors(known, _unknown_strategy))
        return {id_: retired for id_, retired in known.items() if retired}

    def current(self, place: str) -> tuple[str, ...]:
        """What an item has become: itself while it is asked, else its successors, if any."""
        instrument, _, item = place.partition("/")
        if instrument not in self._instruments() or item not in self.items(instrument):
            return (place,)
        return _followed(place, self._became)

    def _became(self, place: str) -> tuple[str, ...] | None:
        instrument, _, item = place.partition("/")
        if item not in self._ids(instrument):
            raise Astray(msg("unknown item {word}", word=place))
        retired = self.items(instrument).get(item)
        return retired.became if retired else None

    def current_instrument(self, id_: str) -> tuple[str, ...]:
        """What an instrument has become."""
        known = {each: self.instrument(each) for each in self._instruments()}
        return _followed(id_, _successors(known, _unknown_instrument))

    def current_strategy(self, id_: str) -> tuple[str, ...]:
        """What a strategy has become."""
        if id_ not in self.strategies:
            return (id_,)
        known = {each["id"]: _retired_in(each) for each in self._strategies()}
        return _followed(id_, _successors(known, _unknown_strategy))

    def _ids(self, instrument: str) -> frozenset[str]:
        """Every item of an instrument. Raises :class:`Astray` if the instrument is unknown."""
        if instrument not in self._instruments():
            raise Astray(_unknown_instrument(instrument))
        return frozenset(item["id"] for item in _items_in(self._data(instrument)))


def _retired_in(data: Data, instrument: str = "") -> Retired | None:
    """The retirement in the plain data of an item of an instrument, of a strategy or of an instrument."""
    became, prefix = data.get("became") or (), f"{instrument}/" if instrument else ""
    if not data.get("retired"):
        return None
    ids = (became,) if isinstance(became, str) else became
    places = (each if "/" in each else f"{prefix}{each}" for each in ids)
    return Retired(f"{prefix}{data['id']}", Words(**data["name"]), Words(**data["retired"]), tuple(places))


def _items_in(data: Data) -> Iterator[Data]:
    """The plain data of every item of an instrument, also of those that are not rated."""
    for group in data["groups"]:
        yield from group["items"]
    yield from (data.get("unrated") or {"items": ()})["items"]


def _unknown_strategy(id_: str) -> Message:
    return msg("unknown strategy {id}", id=id_)


def _unknown_instrument(id_: str) -> Message:
    return msg("unknown instrument {id}", id=id_)


_Became = Callable[[str], tuple[str, ...] | None]


def _successors(known: Mapping[str, Retired | None], unknown: Callable[[str], Message]) -> _Became:
    """The function that tells what each of these became; ``unknown`` words an id that is not among them."""

    def became(id_: str) -> tuple[str, ...] | None:
        if id_ not in known:
            raise Astray(unknown(id_))
        retired = known[id_]
        return retired.became if retired else None

    return became


def _followed(id_: str, became: _Became, before: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What something has become, through every step; itself if ``became`` returns ``None`` for it."""
    if id_ in before:
        raise Astray(msg("{id} became itself", id=id_))
    successors = became(id_)
    if successors is None:
        return (id_,)
    found = (now for each in successors for now in _followed(each, became, (*before, id_)))
    return tuple(dict.fromkeys(found))


def asked(framework: Framework) -> Framework:
    """An instrument without its retired items, and without the groups in which none is left."""
    if not any(item.retired for item in framework.constructs):
        return framework
    left = [(group, _asked(group.items)) for group in framework.groups]
    groups = tuple(group.model_copy(update={"items": items}) for group, items in left if items)
    unrated = framework.unrated
    if unrated:
        unrated = unrated.model_copy(update={"items": _asked(unrated.items)})
    return framework.model_copy(update={"groups": groups, "unrated": unrated})


def asked_phase(phase: PhaseContent) -> PhaseContent:
    """A phase without its retired checklist items."""
    subphases = (each.model_copy(update={"items": _asked(each.items)}) for each in phase.subphases)
    return phase.model_copy(update={"subphases": tuple(subphases)})


def _asked(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(item for item in items if not item.retired)
