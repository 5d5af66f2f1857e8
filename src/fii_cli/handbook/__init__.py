"""The handbook: the content that comes with fii, read lazily from ``content/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from fii_cli.words import PHASES, STOPLICHT

if TYPE_CHECKING:
    from fii_cli.handbook.models import (
        Figure,
        Framework,
        Matrix,
        PhaseContent,
        Reference,
        RuleText,
        Scale,
    )
    from fii_cli.handbook.strategies import Catalogue

FRAMEWORKS = ("cfir", "midi")
_AT_THE_TOP = ("cfir",)
_MORE = "instruments/"


class Touch(NamedTuple):
    """A construct that an item touches. ``basis``: published, evidently the same, or our own judgement."""

    to: str
    basis: Literal["published", "same", "ours"] = "ours"


class _Meaning(NamedTuple):
    """What a rating means: how much an item hinders or helps, and whether it was rated at all."""

    hinders: int
    helps: int
    no_answer: bool


class Handbook:
    """Reads each part of the content on first use, and caches it.

    ``read`` returns the plain data of a content file, by its path below ``content/`` without ``.yaml``;
    ``names`` returns the names of the files in a folder there.
    """

    def __init__(self, read: Callable[[str], Any], names: Callable[[str], tuple[str, ...]]) -> None:
        self._read, self._names = read, names
        self._built: dict[str, Framework] = {}
        self._meant: dict[str, dict[str, dict[str, _Meaning]]] = {}

    @cached_property
    def phases(self) -> tuple[PhaseContent, ...]:
        from fii_cli.handbook.models import PhaseContent

        return tuple(PhaseContent.model_validate(data) for data in self._phases)

    @cached_property
    def matrix(self) -> Matrix:
        from fii_cli.handbook.models import Matrix

        return Matrix.model_validate(self._read("entry"))

    @cached_property
    def instruments(self) -> tuple[Framework, ...]:
        """All instruments except the stoplicht."""
        return tuple(self.instrument(id_) for id_ in self.instrument_ids if id_ != STOPLICHT)

    def with_own(self, own: Mapping[str, Framework]) -> Handbook:
        """The handbook with a repository's own instruments added."""
        data = {f"{_MORE}{id_}": each.model_dump() for id_, each in own.items()}
        return Handbook(
            lambda name: data[name] if name in data else self._read(name),
            lambda folder: (*self._names(folder), *(name for name in data if name.startswith(folder))),
        )

    def instrument(self, id_: str) -> Framework:
        """An instrument by its id."""
        from fii_cli.handbook.models import Framework

        if id_ not in self._built:
            self._built[id_] = Framework.model_validate(self._data(id_))
        return self._built[id_]

    def scale_for(self, instrument: str, item: str) -> Scale | None:
        """The scale of an item; ``None`` for the stoplicht."""
        if instrument == STOPLICHT:
            return None
        framework = self.instrument(instrument)
        return next(framework.scale_of(each) for each in framework.items if each.id == item)

    def touches(self, place: str) -> tuple[Touch, ...]:
        """The CFIR constructs and MIDI determinants that an item such as ``stoplicht/2a.cultuur`` touches.

        An item of another version touches its counterpart in the version that strategies are matched with.
        """
        return self._touched.get(place, ())

    @cached_property
    def _touched(self) -> dict[str, tuple[Touch, ...]]:
        found: dict[str, tuple[Touch, ...]] = {}
        for id_ in self.instrument_ids:
            instrument = self.instrument(id_)
            for item in instrument.items:
                constructs = [Touch(f"cfir/{touched}") for touched in item.cfir]
                determinants = [Touch(f"midi/{touched}") for touched in item.midi]
                found[f"{id_}/{item.id}"] = (*constructs, *determinants)
            for other in instrument.counterparts:
                place = f"{id_}/{other.id}"
                found[place] = (*found.get(place, ()), Touch(other.to, other.basis))
        return found

    @cached_property
    def catalogue(self) -> Catalogue:
        """The strategies, and the barriers they address."""
        from fii_cli.handbook.strategies import catalogue_of

        return catalogue_of(self._read("strategies"), self._read("published"))

    @cached_property
    def strategy_phases(self) -> dict[str, tuple[str, ...]]:
        """The phases that each strategy suits, by id; from the plain data, because checks need them."""
        return {each["id"]: tuple(each["phases"]) for each in self._read("strategies")["strategies"]}

    def versions_of(self, instrument: str) -> frozenset[str]:
        """The other versions of an instrument; from the plain data."""
        pairs = self._data(instrument).get("counterparts", ())
        return frozenset(each["to"].partition("/")[0] for each in pairs)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        from fii_cli.handbook.models import Figure

        return tuple(Figure.model_validate(data) for data in self._read("figures"))

    @cached_property
    def references(self) -> dict[str, Reference]:
        from fii_cli.handbook.models import Reference

        works = (Reference.model_validate(data) for data in self._read("references"))
        return {work.id: work for work in works}

    def rule(self, code: str) -> RuleText:
        """The explanation of a rule for consultants."""
        from fii_cli.handbook.models import RuleText

        return RuleText.model_validate(self._read(f"rules/{code}/rule"))

    def phase(self, name: str) -> PhaseContent:
        return self.phases[PHASES.index(name)]

    @cached_property
    def instrument_ids(self) -> tuple[str, ...]:
        return (STOPLICHT, *_AT_THE_TOP, *(name.removeprefix(_MORE) for name in self._names(_MORE)))

    def _data(self, instrument: str) -> dict[str, Any]:
        """The plain data of an instrument, with the scale filled in if it refers to another instrument's."""
        if instrument == STOPLICHT:
            return self._stoplicht
        data: dict[str, Any] = self._read(instrument if instrument in _AT_THE_TOP else f"{_MORE}{instrument}")
        scale = data.get("scale")
        return {**data, "scale": self._data(scale)["scale"]} if isinstance(scale, str) else data

    def scale(self, instrument: str, item: str) -> tuple[str, ...]:
        """The valid ratings of an item; empty if the instrument has no such item."""
        return tuple(self._meanings_on(instrument, item))

    def hinders(self, instrument: str, item: str) -> dict[str, int]:
        """The ratings by which an item hinders, with 2 for strongly and 1 for in part."""
        meanings = self._meanings_on(instrument, item)
        return {value: meaning.hinders for value, meaning in meanings.items() if meaning.hinders}

    def helps(self, instrument: str, item: str) -> dict[str, int]:
        """The ratings by which an item helps, with 2 for strongly and 1 for in part."""
        meanings = self._meanings_on(instrument, item)
        return {value: meaning.helps for value, meaning in meanings.items() if meaning.helps}

    def no_answers(self, instrument: str, item: str) -> frozenset[str]:
        """The ratings that say that an item was not rated, such as M (missing) on the scale of CFIR."""
        meanings = self._meanings_on(instrument, item)
        return frozenset(value for value, meaning in meanings.items() if meaning.no_answer)

    def item_ids(self, instrument: str) -> frozenset[str]:
        """The items of an instrument; from the plain data, because every check needs them."""
        return frozenset(self._meanings(instrument))

    def unrated_ids(self, instrument: str) -> frozenset[str]:
        """The constructs of an instrument that are not rated; from the plain data."""
        unrated = self._data(instrument).get("unrated")
        return frozenset(item["id"] for item in unrated["items"]) if unrated else frozenset()

    def _meanings_on(self, instrument: str, item: str) -> dict[str, _Meaning]:
        """The meaning of each rating of an item, if the handbook has it.

        A team's own checklist item has lights like every other.
        """
        if instrument not in self.instrument_ids:
            return {}
        meanings = self._meanings(instrument)
        if instrument == STOPLICHT and item not in meanings:
            return next(iter(meanings.values()))
        return meanings.get(item, {})

    def _meanings(self, instrument: str) -> dict[str, dict[str, _Meaning]]:
        """The meaning of each rating of each item; from the plain data, because every check needs it."""
        if instrument not in self._meant:
            data = self._data(instrument)
            scales = {None: data["scale"], **data.get("scales", {})}
            told = {name: _meanings_of(scale) for name, scale in scales.items()}
            self._meant[instrument] = {
                item["id"]: _turned(told[item.get("scale")])
                if _is_true(item.get("reversed"))
                else told[item.get("scale")]
                for group in data["groups"]
                for item in group["items"]
            }
        return self._meant[instrument]

    @cached_property
    def required_items(self) -> frozenset[str]:
        """The checklist items on which "done when" depends; from the plain data, like ``item_ids``."""
        subphases = (subphase for phase in self._phases for subphase in phase["subphases"])
        items = (item for subphase in subphases for item in subphase["items"])
        return frozenset(item["id"] for item in items if item.get("required") == "true")

    @cached_property
    def _stoplicht(self) -> dict[str, Any]:
        from fii_cli.handbook.stoplicht import as_instrument

        return as_instrument(self._phases)

    @cached_property
    def _phases(self) -> tuple[Any, ...]:
        return tuple(self._read(f"phases/{number}-{name}") for number, name in enumerate(PHASES, 1))


def _meanings_of(scale: Mapping[str, Any]) -> dict[str, _Meaning]:
    """The meaning of each value of a scale, from its plain data."""
    return {
        value["id"]: _Meaning(
            int(value.get("hinders", 0)), int(value.get("helps", 0)), _is_true(value.get("no_answer"))
        )
        for value in scale["values"]
    }


def _turned(meanings: Mapping[str, _Meaning]) -> dict[str, _Meaning]:
    """The meanings for a reversed item, for which a high answer hinders."""
    return {
        value: _Meaning(meaning.helps, meaning.hinders, meaning.no_answer)
        for value, meaning in meanings.items()
    }


def _is_true(written: object) -> bool:
    """Whether a key of plain data is set: content has the text, an own instrument the value."""
    return written in (True, "true")
