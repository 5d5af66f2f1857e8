"""The names of what the handbook contains, by id and in order; from the plain data.

Completion shows them at every press of Tab, and the models take longer to load than people like to wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from fii_cli.handbook.retired import Retirements
from fii_cli.words import STOPLICHT

ANCHORS = "anchors/"
Data = Mapping[str, Any]


class Named(NamedTuple):
    """A name in both languages."""

    nl: str
    en: str


Names = dict[str, Named]


class ShortNames:
    """The names of what is in use; what was retired is left out.

    ``read`` returns the plain data of a content file, ``names`` the files in a folder, and ``data`` the plain
    data of an instrument.
    """

    def __init__(
        self,
        read: Callable[[str], Any],
        names: Callable[[str], tuple[str, ...]],
        data: Callable[[str], Data],
        ids: Callable[[], Iterable[str]],
        retired: Retirements,
    ) -> None:
        self._read, self._names = read, names
        self._data, self._ids, self._retired = data, ids, retired

    def instruments(self) -> Names:
        ids = (id_ for id_ in self._ids() if not self._retired.instrument(id_))
        return dict(_named({"id": id_, "name": self._data(id_)["name"]} for id_ in ids))

    def groups(self, instrument: str) -> Names:
        """The groups of an instrument; those of the stoplicht are the subphases."""
        return dict(_named(self._data(instrument)["groups"]))

    def items(self, instrument: str) -> Names:
        """The items to rate with an instrument, each with its short name, or else its name or question."""
        names = self._in_use(instrument, _items_in(self._data(instrument)))
        return {id_: self.short(instrument, id_) or name for id_, name in names.items()}

    def domains(self, instrument: str) -> Names:
        """The groups of an instrument that can be rated as a whole."""
        return (
            self.groups(instrument) if self._data(instrument).get("domains_rated") in (True, "true") else {}
        )

    def short(self, instrument: str, item: str) -> Named | None:
        """The short name of an item, for where its question or name does not fit; ``None`` if it has none."""
        file = anchor_file(instrument, item)
        if file not in self._names(ANCHORS):
            return None
        short = self._read(file)["items"].get(item, {}).get("short")
        return Named(short["nl"], short["en"]) if short else None

    def unrated(self, instrument: str) -> Names:
        """The constructs of an instrument that are not rated."""
        return self._in_use(instrument, (self._data(instrument).get("unrated") or {"items": ()})["items"])

    def ratings(self, instrument: str, item: str) -> Names:
        """The valid ratings of an item; for an unknown item, those of most items."""
        data = self._data(instrument)
        scale = next((each.get("scale") for each in _items_in(data) if each["id"] == item), None)
        return dict(_named((data["scales"][scale] if scale else data["scale"])["values"]))

    def strategies(self) -> Names:
        names = _named(self._read("strategies")["strategies"])
        return {id_: name for id_, name in names if id_ not in self._retired.strategies}

    def figures(self) -> Names:
        """The figures, by the term of their page."""
        return {f"figuur-{each['number']}": _name_of(each) for each in self._read("figures")}

    def _in_use(self, instrument: str, items: Iterable[Data]) -> Names:
        retired = self._retired.items(instrument)
        return {id_: name for id_, name in _named(items) if id_ not in retired}


def anchor_file(instrument: str, item: str) -> str:
    """The content file for the anchors of an item; the checklist has one for each phase."""
    return f"{ANCHORS}{STOPLICHT}-{item[:1]}" if instrument == STOPLICHT else f"{ANCHORS}{instrument}"


def _items_in(data: Data) -> Iterator[Data]:
    for group in data["groups"]:
        yield from group["items"]


def _named(those: Iterable[Data]) -> Iterator[tuple[str, Named]]:
    return ((each["id"], _name_of(each)) for each in those)


def _name_of(data: Data) -> Named:
    return Named(data["name"]["nl"], data["name"]["en"])
