"""The handbook: the content that comes with fii, read lazily from ``content/``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from fii_cli.handbook.meanings import NO_MEANINGS, Meanings, is_set, meanings_of, turned
from fii_cli.handbook.retired import Retirements, asked, asked_phase
from fii_cli.handbook.short_names import ANCHORS, Named, ShortNames, anchor_file
from fii_cli.language import Bilingual
from fii_cli.words import PHASES, STOPLICHT

if TYPE_CHECKING:
    from fii_cli.handbook.adaptations import Adaptations
    from fii_cli.handbook.anchors import Anchored
    from fii_cli.handbook.beside import RuleText, Steps
    from fii_cli.handbook.figures import Figure
    from fii_cli.handbook.models import (
        Framework,
        Matrix,
        PhaseContent,
        Reference,
        Scale,
    )
    from fii_cli.handbook.strategies import Catalogue

FRAMEWORKS = ("cfir", "midi")
ADAPTATIONS = "adaptations"
"""The content file of FRAME, and the term of its page."""
_AT_THE_TOP = ("cfir",)
_JUDGED_BY = ("cfir", "entry", "strategies", "published", "references")
"""The content outside phases and instruments that is part of the yardstick of a report."""
_MORE = "instruments/"


class Touch(NamedTuple):
    """A construct that an item touches. ``basis``: that of its :class:`Counterpart`, or ours."""

    to: str
    basis: Literal["published", "partly", "same", "ours"] = "ours"


class Handbook:
    """Reads each part of the content on first use, and caches it.

    ``read`` returns the plain data of a content file, by its path below ``content/`` without ``.yaml``;
    ``names`` returns the names of the files in a folder there.
    """

    def __init__(self, read: Callable[[str], Any], names: Callable[[str], tuple[str, ...]]) -> None:
        self._read, self._names = read, names
        self._built: dict[str, Framework] = {}
        self._anchored: dict[str, dict[str, Anchored]] = {}
        self._meant: dict[str, dict[str, Meanings]] = {}
        self._items: dict[str, frozenset[str]] = {}
        self.retired = Retirements(self._data, lambda: self.instrument_ids, self._strategies)
        self.names = ShortNames(read, names, self._data, lambda: self.instrument_ids, self.retired)

    @cached_property
    def phases(self) -> tuple[PhaseContent, ...]:
        from fii_cli.handbook.models import PhaseContent

        return tuple(asked_phase(PhaseContent.model_validate(data)) for data in self._phases)

    @cached_property
    def matrix(self) -> Matrix:
        from fii_cli.handbook.models import Matrix

        return Matrix.model_validate(self._read("entry"))

    @cached_property
    def instruments(self) -> tuple[Framework, ...]:
        """The instruments to rate with, except the stoplicht."""
        ids = (id_ for id_ in self.instrument_ids if id_ != STOPLICHT)
        return tuple(self.instrument(id_) for id_ in ids if not self.retired.instrument(id_))

    def with_own(self, own: Mapping[str, Framework]) -> Handbook:
        """The handbook with a repository's own instruments added."""
        data = {f"{_MORE}{id_}": each.model_dump() for id_, each in own.items()}
        return Handbook(
            lambda name: data[name] if name in data else self._read(name),
            lambda folder: (*self._names(folder), *(name for name in data if name.startswith(folder))),
        )

    def instrument(self, id_: str) -> Framework:
        """An instrument by its id, with the items to rate; with all of them if it was retired itself."""
        if id_ not in self._built:
            whole = self._whole(id_)
            self._built[id_] = whole if whole.retired else asked(whole)
        return self._built[id_]

    def _whole(self, id_: str) -> Framework:
        """An instrument with its retired items."""
        from fii_cli.handbook.models import Framework

        return Framework.model_validate(self._data(id_))

    def scale_for(self, instrument: str, item: str) -> Scale | None:
        """The scale of an item, also of a retired one; ``None`` for the stoplicht."""
        if instrument == STOPLICHT:
            return None
        framework = self.instrument(instrument)
        if item in self.retired.items(instrument):
            framework = self._whole(instrument)
        return next(framework.scale_of(each) for each in framework.rateable if each.id == item)

    def anchored(self, instrument: str, item: str) -> Anchored | None:
        """What comes with an item beside its question, such as its anchors; ``None`` if there is nothing."""
        file = anchor_file(instrument, item)
        if file not in self._anchored:
            self._anchored[file] = self._anchors_in(file) if file in self._names(ANCHORS) else {}
        return self._anchored[file].get(item)

    def _anchors_in(self, file: str) -> dict[str, Anchored]:
        from fii_cli.handbook.anchors import AnchorFile

        return AnchorFile.model_validate(self._read(file)).items

    def short_name(self, instrument: str, item: str, name: Bilingual) -> Bilingual:
        """The short name of an item; without one, such as a team's own question, the ``name`` itself."""
        return self.names.short(instrument, item) or name

    def touches(self, place: str) -> tuple[Touch, ...]:
        """The CFIR constructs and MIDI determinants that an item such as ``stoplicht/2a.cultuur`` touches.

        An item of another version touches its counterpart in the version that strategies are matched with.
        """
        return self._touched.get(place, ())

    @cached_property
    def _touched(self) -> dict[str, tuple[Touch, ...]]:
        found: dict[str, tuple[Touch, ...]] = {}
        for instrument in (self.instrument(STOPLICHT), *self.instruments):
            for item in instrument.items:
                touched = [*(f"cfir/{each}" for each in item.cfir), *(f"midi/{each}" for each in item.midi)]
                found[f"{instrument.id}/{item.id}"] = tuple(
                    Touch(to) for each in touched for to in self.retired.current(each)
                )
            for other in instrument.counterparts:
                place = f"{instrument.id}/{other.id}"
                touches = (Touch(to, other.basis) for to in self.retired.current(other.to))
                found[place] = (*found.get(place, ()), *touches)
        return found

    @cached_property
    def catalogue(self) -> Catalogue:
        """The strategies, and the barriers they address."""
        from fii_cli.handbook.strategies import catalogue_of

        return catalogue_of(self._read("strategies"), self._read("published"), self.retired.current)

    @cached_property
    def strategy_phases(self) -> dict[str, tuple[str, ...]]:
        """The phases that each strategy suits, by id; from the plain data, because checks need them."""
        known = {each["id"]: tuple(each["phases"]) for each in self._strategies()}
        return {id_: phases for id_, phases in known.items() if id_ not in self.retired.strategies}

    def _strategies(self) -> list[dict[str, Any]]:
        strategies: list[dict[str, Any]] = self._read("strategies")["strategies"]
        return strategies

    def versions_of(self, instrument: str) -> frozenset[str]:
        """The other versions of an instrument; from the plain data."""
        pairs = self._data(instrument).get("counterparts", ())
        return frozenset(each["to"].partition("/")[0] for each in pairs)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        from fii_cli.handbook.figures import Figure

        return tuple(Figure.model_validate(data) for data in self._read("figures"))

    @cached_property
    def references(self) -> dict[str, Reference]:
        from fii_cli.handbook.models import Reference

        works = (Reference.model_validate(data) for data in self._read("references"))
        return {work.id: work for work in works}

    @cached_property
    def beside(self) -> tuple[Steps, ...]:
        """The steps of other models, beside the six phases."""
        from fii_cli.handbook.beside import Steps

        return tuple(Steps.model_validate(data) for data in self._read("beside"))

    @cached_property
    def adaptations(self) -> Adaptations:
        """The vocabulary for what a team changes in an intervention along the way."""
        from fii_cli.handbook.adaptations import Adaptations

        return Adaptations.model_validate(self._read(ADAPTATIONS))

    def rule(self, code: str) -> RuleText:
        """The explanation of a rule for consultants."""
        from fii_cli.handbook.beside import RuleText

        return RuleText.model_validate(self._read(f"rules/{code}/rule"))

    def rule_name(self, code: str) -> Named:
        """The name of a rule; from the plain data, because checks show it."""
        name = self._read(f"rules/{code}/rule")["name"]
        return Named(name["nl"], name["en"])

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
        return self._meanings_on(instrument, item).scale

    def hinders(self, instrument: str, item: str) -> Mapping[str, int]:
        """The ratings by which an item hinders, with 2 for strongly and 1 for in part."""
        return self._meanings_on(instrument, item).hinders

    def helps(self, instrument: str, item: str) -> Mapping[str, int]:
        """The ratings by which an item helps, with 2 for strongly and 1 for in part."""
        return self._meanings_on(instrument, item).helps

    def no_answers(self, instrument: str, item: str) -> frozenset[str]:
        """The ratings that say that an item was not rated, such as M (missing) on the scale of CFIR."""
        return self._meanings_on(instrument, item).no_answers

    def item_ids(self, instrument: str) -> frozenset[str]:
        """The items to rate with an instrument; from the plain data, because every check needs them."""
        if instrument not in self._items:
            retired = self.retired.items(instrument).keys()
            self._items[instrument] = frozenset(self._meanings(instrument)) - retired
        return self._items[instrument]

    def unrated_ids(self, instrument: str) -> frozenset[str]:
        """The constructs of an instrument that are not rated; from the plain data."""
        unrated = self._data(instrument).get("unrated") or {"items": ()}
        return frozenset(item["id"] for item in unrated["items"]) - self.retired.items(instrument).keys()

    def _meanings_on(self, instrument: str, item: str) -> Meanings:
        """The meaning of each rating of an item, if the handbook has it.

        A team's own checklist item has lights like every other.
        """
        meanings = self._meant.get(instrument)
        if meanings is None:
            if instrument not in self.instrument_ids:
                return NO_MEANINGS
            meanings = self._meanings(instrument)
        if item in meanings:
            return meanings[item]
        return next(iter(meanings.values())) if instrument == STOPLICHT else NO_MEANINGS

    def _meanings(self, instrument: str) -> dict[str, Meanings]:
        """The meaning of each rating of each item; from the plain data, because every check needs it."""
        if instrument not in self._meant:
            for item in self.retired.items(instrument).values():
                self.retired.current(item.id)  # raises if it leads nowhere
            data = self._data(instrument)
            scales = {None: data["scale"], **data.get("scales", {})}
            told = {name: meanings_of(scale) for name, scale in scales.items()}
            self._meant[instrument] = {
                item["id"]: turned(told[item.get("scale")])
                if is_set(item.get("reversed"))
                else told[item.get("scale")]
                for group in data["groups"]
                for item in group["items"]
            }
            if is_set(data.get("domains_rated")):
                self._meant[instrument] |= {group["id"]: told[None] for group in data["groups"]}
        return self._meant[instrument]

    @cached_property
    def required_items(self) -> frozenset[str]:
        """The checklist items on which "done when" depends; from the plain data, like ``item_ids``."""
        subphases = (subphase for phase in self._phases for subphase in phase["subphases"])
        items = (item for subphase in subphases for item in subphase["items"])
        required = (item["id"] for item in items if item.get("required") == "true")
        return frozenset(required) - self.retired.items(STOPLICHT).keys()

    @cached_property
    def digest(self) -> str:
        """A few characters that change with the content by which a trajectory is judged.

        It is the same on every machine, and in a checkout and a wheel.
        """
        import json  # only reports need it

        folders = ("phases/", _MORE, ANCHORS)
        names = (*_JUDGED_BY, *(name for folder in folders for name in self._names(folder)))
        content = {name: self._read(name) for name in names}
        plain = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()[:7]

    @cached_property
    def _stoplicht(self) -> dict[str, Any]:
        from fii_cli.handbook.stoplicht import as_instrument

        return as_instrument(self._phases)

    @cached_property
    def _phases(self) -> tuple[Any, ...]:
        return tuple(self._read(f"phases/{number}-{name}") for number, name in enumerate(PHASES, 1))
