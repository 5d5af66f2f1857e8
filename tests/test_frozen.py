"""Records that the core of pydantic reads: pydantic itself would read them in the same way."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pydantic
import pydantic_core
import pytest

from fii_cli import frozen
from fii_cli.frozen import Frozen, ValidationError, described
from fii_cli.handbook.anchors import Anchored
from fii_cli.handbook.models import Item, Scale, Text
from fii_cli.models import model_of
from fii_cli.project.settings_file import SettingsFile
from fii_cli.resources import CONTENT, examples
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Rating
from fii_cli.yaml.read import read, read_bytes

SRC = Path(frozen.__file__).parents[1]


def _kinds(kind: Any) -> Iterator[Any]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


KINDS: list[Any] = [kind for kind in _kinds(Frozen) if kind.__module__.startswith("fii_cli.")]


def bare(schema: Any, shared: dict[str, Any]) -> Any:
    """A description without what pydantic adds for JSON Schema, and with what is shared in its place."""
    if isinstance(schema, list | tuple):
        return [bare(each, shared) for each in schema]
    if isinstance(schema, type):
        return schema.__name__
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "definitions":
        shared = shared | {each["ref"]: each for each in schema["definitions"]}
        return bare(schema["schema"], shared)
    if schema.get("type") == "definition-ref":
        return bare(shared[schema["schema_ref"]], shared)
    defaults = {"custom_init": False, "root_model": False, "computed_fields": []}
    without = {"metadata", "ref", "default_factory_takes_data", "regex_engine", "serialization_alias"}
    return {
        key: bare(value, shared)
        for key, value in schema.items()
        if key not in without and value != defaults.get(key, ...) and value is not None
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_record_is_described_as_pydantic_describes_it(kind: Any) -> None:
    ours = frozen.schema_of(kind, described)
    theirs: Any = model_of(kind).__pydantic_core_schema__
    assert bare(ours, {}) == bare(theirs, {})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_functions_of_the_core_describe_a_record_in_the_same_way(kind: Any) -> None:
    assert bare(frozen.schema_of(kind, frozen.described_by_core), {}) == bare(
        frozen.schema_of(kind, described), {}
    )


def test_every_kind_of_record_is_compared() -> None:
    """All of the format, content with a check of its own, and settings with other names than their fields."""
    assert {Trajectory, Rating, Item, Anchored, SettingsFile} <= {*KINDS}


def test_this_core_is_known() -> None:
    """If this fails after an update, run all tests. If the others pass, the core is known up to here."""
    version = tuple(int(number) for number in pydantic_core.__version__.split(".")[:2])
    assert frozen.KNOWN[0] <= version <= frozen.KNOWN[1]


WRONG = [path.read_bytes() for path in sorted((CONTENT / "rules").glob("*/*.yaml"))]
TEXTS = [*(text.encode() for text in examples().values()), *WRONG]
ODD: list[Any] = [
    None,
    [],
    {},
    "a",
    {"fii": "x", "title": ["a"], "language": "fr", "entry": 3, "visits": "a"},
]


def verdict(read_with: Any, data: Any) -> Any:
    """What is read, as plain data, or the errors."""
    try:
        return plain(read_with(data))
    except pydantic.ValidationError as error:
        return error.errors(include_url=False)


def plain(value: Any) -> Any:
    if hasattr(type(value), "model_fields"):
        return {key: plain(getattr(value, key)) for key in type(value).model_fields}
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def test_files_are_read_as_pydantic_reads_them() -> None:
    refused = 0
    for data in [*(read_bytes(text).data for text in TEXTS), *ODD]:
        found = verdict(Trajectory.model_validate, data)
        assert found == verdict(model_of(Trajectory).model_validate, data)
        refused += isinstance(found, list)
    assert refused > 10


def test_each_broken_value_is_refused_as_pydantic_refuses_it() -> None:
    data: Any = read(examples()["thuis-leren-uitrol-verzonnen"]).data
    model = model_of(Trajectory)
    for route in _routes(data):
        for value in ("?", "", "2025-13-01", "nan", [], {}, {"x": "y"}, ["?", []]):
            broken = copy.deepcopy(data)
            around = broken
            for step in route[:-1]:
                around = around[step]
            around[route[-1]] = value
            found = verdict(Trajectory.model_validate, broken)
            assert found == verdict(model.model_validate, broken), (route, value)


def _routes(data: Any) -> list[tuple[Any, ...]]:
    """The path of every tenth value, so that the test is short; ten is no divisor of what repeats."""
    found: list[tuple[Any, ...]] = []

    def walk(value: Any, route: tuple[Any, ...]) -> None:
        if route:
            found.append(route)
        if not isinstance(value, dict | list):
            return
        pairs = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, each in pairs:
            walk(each, (*route, key))

    walk(data, ())
    return found[::11]


CHECK = """
import sys
sys.path.insert(0, sys.argv.pop(1))
known = sys.argv.pop(1) == "known"
from fii_cli import frozen
used, made = set(), (frozen.described, frozen.described_by_core)
frozen.described = lambda kind, **parts: used.add("ours") or made[0](kind, **parts)
frozen.described_by_core = lambda kind, **parts: used.add("of the core") or made[1](kind, **parts)
if not known:
    frozen.KNOWN = ((0, 0), (0, 1))
from fii_cli.__main__ import main
code = main()
sys.stdout.flush()
print(*used)
sys.exit(code)
"""


def test_a_core_of_another_version_finds_the_same_without_a_description_of_ours(tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"t{number:03}.yaml").write_bytes(text)
    told = {}
    for known in ("known", "other"):
        words = [sys.executable, "-c", CHECK, str(SRC), known, "check", ".", "--no-cache", "--jobs", "1"]
        done = subprocess.run(
            [*words, "--as-of", "2026-11-27"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        *lines, last = done.stdout.splitlines()
        told[known] = (done.returncode, lines, done.stderr)
        assert last == {"known": "ours", "other": "of the core"}[known]
    assert told["known"] == told["other"]
    assert told["known"][0] == 1


def test_the_package_of_the_core_finds_the_core_that_is_here_already() -> None:
    code = (
        "from fii_cli.pydantic_start import core; here = core(); import sys; "
        "print('pydantic_core' in sys.modules); import pydantic_core; "
        "print(pydantic_core.ValidationError is here.ValidationError, "
        "sys.modules[here.__name__] is here, pydantic_core.__file__ is not None)"
    )
    assert _python(code) == ["False", "True True True"]


def test_a_core_that_cannot_be_imported_without_its_package_comes_with_it() -> None:
    code = (
        "import fii_cli.pydantic_start as start; start.PathFinder = type('None', (), "
        "{'find_spec': staticmethod(lambda _: None)}); print(start.core().__name__); "
        "import sys; print('pydantic_core' in sys.modules)"
    )
    assert _python(code) == ["pydantic_core._pydantic_core", "True"]


def _python(code: str) -> list[str]:
    begin = f"import sys; sys.path.insert(0, {str(SRC)!r}); "
    done = subprocess.run(
        [sys.executable, "-c", begin + code], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.splitlines()


def test_a_record_behaves_as_a_model() -> None:
    rating = Rating.model_validate({"value": "groen"})
    model = model_of(Rating).model_validate({"value": "groen"})
    assert repr(rating) == repr(model) == "Rating(value='groen', note=None, evidence=None)"
    assert rating == Rating(value="groen") == Rating.model_construct(value="groen")
    assert rating != Rating(value="rood")
    assert rating != model
    assert hash(rating) == hash(Rating(value="groen"))
    assert rating.model_copy(update={"note": "x"}).note == "x"
    assert copy.deepcopy(rating) == copy.copy(rating) == pickle.loads(pickle.dumps(rating)) == rating
    assert vars(rating) == vars(model)


def test_a_record_does_not_change() -> None:
    rating = Rating(value="groen")
    with pytest.raises(AttributeError, match="Rating is frozen: value cannot change"):
        rating.value = "rood"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="Rating is frozen: value cannot go"):
        del rating.value
    assert rating.value == "groen"


def test_a_record_without_a_required_value_has_none() -> None:
    made: Any = Rating.model_construct(note="x")
    assert not hasattr(made, "value")
    with pytest.raises(ValidationError, match="1 validation error for Rating"):
        Rating(note="x")


def test_each_record_has_a_default_of_its_own() -> None:
    made: list[Any] = [Anchored.model_construct() for _ in range(2)]
    made[0].anchors["a"] = "b"
    assert made[1].anchors == {}


def test_plain_data_comes_back_as_the_same_record() -> None:
    scale = Scale.model_validate({"source": "ours", "values": []})
    assert Scale.model_validate(scale.model_dump()) == scale
    text = Text(nl="a", en="b")
    assert text.model_dump(exclude={"nl"}) == {"en": "b"}


def test_a_check_of_values_together_is_one_of_the_errors() -> None:
    data = {"id": "a", "question": {"nl": "a", "en": "b"}, "source": "ours", "became": "b"}
    with pytest.raises(ValidationError, match="became requires retired"):
        Item.model_validate(data)


def test_what_belongs_to_a_class_is_no_field() -> None:
    class Own(Frozen):
        KEY: ClassVar[tuple[str, ...]] = ("id",)
        told: ClassVar[str] = "x"
        id: str

    assert list(Own.model_fields) == ["id"]
    assert Own.told == "x"
