"""The handbook: what fii knows of the guide, read from ``content/`` as far as it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fii_cli.words import LIGHTS, PHASES

if TYPE_CHECKING:
    from fii_cli.handbook.models import Figure, Framework, Matrix, PhaseContent, Reference, RuleText

STOPLICHT = "stoplicht"
FRAMEWORKS = ("cfir", "midi")
_RATED = ("cfir",)
_MORE = "instruments/"


class Handbook:
    """Reads a part of the content when it is first asked for, and keeps it.

    ``read`` gives the plain data of a content file, named by its path below ``content/`` without ``.yaml``;
    ``names`` gives the names of the files in a folder there.
    """

    def __init__(self, read: Callable[[str], Any], names: Callable[[str], tuple[str, ...]]) -> None:
        self._read, self._names = read, names

    @cached_property
    def phases(self) -> tuple[PhaseContent, ...]:
        from fii_cli.handbook.models import PhaseContent

        return tuple(PhaseContent.model_validate(data) for data in self._phases)

    @cached_property
    def matrix(self) -> Matrix:
        from fii_cli.handbook.models import Matrix

        return Matrix.model_validate(self._read("entry"))

    @cached_property
    def frameworks(self) -> tuple[Framework, ...]:
        from fii_cli.handbook.models import Framework

        return tuple(Framework.model_validate(self._read(name)) for name in FRAMEWORKS)

    @cached_property
    def all_frameworks(self) -> tuple[Framework, ...]:
        """Every framework of constructs, and every instrument besides."""
        return (*self.frameworks, *(each for each in self.instruments if each.id not in FRAMEWORKS))

    @cached_property
    def instruments(self) -> tuple[Framework, ...]:
        """What can be rated beside the stoplicht."""
        return tuple(self.instrument(id_) for id_ in self.instrument_ids if id_ != STOPLICHT)

    def with_own(self, own: Mapping[str, Framework]) -> Handbook:
        """The handbook with instruments of a repository's own."""
        data = {f"{_MORE}{id_}": each.model_dump() for id_, each in own.items()}
        return Handbook(
            lambda name: data[name] if name in data else self._read(name),
            lambda folder: (*self._names(folder), *(name for name in data if name.startswith(folder))),
        )

    def instrument(self, id_: str) -> Framework:
        """An instrument other than the stoplicht, by its id."""
        from fii_cli.handbook.models import Framework

        return Framework.model_validate(self._read(self._home(id_)))

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
        """What consultants read about a rule."""
        from fii_cli.handbook.models import RuleText

        return RuleText.model_validate(self._read(f"rules/{code}/rule"))

    def phase(self, name: str) -> PhaseContent:
        return self.phases[PHASES.index(name)]

    @cached_property
    def instrument_ids(self) -> tuple[str, ...]:
        return (STOPLICHT, *_RATED, *(name.removeprefix(_MORE) for name in self._names(_MORE)))

    def _home(self, instrument: str) -> str:
        return instrument if instrument in _RATED else f"{_MORE}{instrument}"

    def scale(self, instrument: str) -> tuple[str, ...]:
        """The ratings that an instrument takes; from the plain data, since every check asks for them."""
        if instrument == STOPLICHT:
            return LIGHTS
        return tuple(value["id"] for value in self._read(self._home(instrument))["scale"]["values"])

    def hinders(self, instrument: str) -> dict[str, int]:
        """The ratings that say something hinders: 2 for strongly, 1 for in part; from the plain data."""
        if instrument == STOPLICHT:
            return {"rood": 2, "oranje": 1}  # ours: the guide knows only green
        values = self._read(self._home(instrument))["scale"]["values"]
        return {value["id"]: int(value["hinders"]) for value in values if int(value.get("hinders", 0))}

    def item_ids(self, instrument: str) -> frozenset[str]:
        """The items of an instrument; read from the plain data, since every check asks for them."""
        if instrument == STOPLICHT:
            subphases = (subphase for phase in self._phases for subphase in phase["subphases"])
            return frozenset(item["id"] for subphase in subphases for item in subphase["items"])
        return frozenset(
            item["id"] for group in self._read(self._home(instrument))["groups"] for item in group["items"]
        )

    @cached_property
    def required_items(self) -> frozenset[str]:
        """The checklist items on which "done when" depends; from the plain data, like ``item_ids``."""
        subphases = (subphase for phase in self._phases for subphase in phase["subphases"])
        items = (item for subphase in subphases for item in subphase["items"])
        return frozenset(item["id"] for item in items if item.get("required") == "true")

    @cached_property
    def _phases(self) -> tuple[Any, ...]:
        return tuple(self._read(f"phases/{number}-{name}") for number, name in enumerate(PHASES, 1))
