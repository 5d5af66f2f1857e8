"""What a command concludes from a file is kept as data, and comes back as exactly what it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest

from fii_cli.diagnostics import Remark, Severity
from fii_cli.language import Message, count, msg
from fii_cli.project import memory
from fii_cli.project.cache import Cache
from fii_cli.project.codec import as_data, as_json, from_data
from fii_cli.project.context import project_of
from fii_cli.project.memory import Memory
from helpers import DAY

pytestmark = pytest.mark.usefixtures("here")


class Colour(Enum):
    RED = "red"


class Pair(NamedTuple):
    one: int
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    day: date
    phase: Literal["here", "left"]
    lights: Mapping[str, Mapping[str, int]]
    why: Message | None
    pairs: tuple[Pair, ...]
    either: int | Pair | None
    both: tuple[str, float]
    ids: frozenset[str]
    colour: Colour
    whole: bool


@dataclass(frozen=True)
class Other:
    what: object


def summary(**values: Any) -> Summary:
    said: dict[str, Any] = {
        "day": date(2025, 2, 1),
        "phase": "here",
        "lights": {"b": {"groen": 1}, "a": {}},
        "why": msg("{a} {b}", a=count(2, "{n} day", "{n} days"), b=("x", ("y", msg("z")), 1, True)),
        "pairs": (Pair(1), Pair(2, "x")),
        "either": Pair(3),
        "both": ("x", 0.5),
        "ids": frozenset({"y", "x"}),
        "colour": Colour.RED,
        "whole": True,
        **values,
    }
    return Summary(**said)


def again(kind: type[Any], value: Any) -> Any:
    return from_data(kind, json.loads(as_json(as_data(kind, value))))


@pytest.mark.parametrize(
    "value", [summary(), summary(why=None, either=None, lights={}), summary(either=1, whole=False, pairs=())]
)
def test_a_summary_comes_back_as_it_was(value: Summary) -> None:
    back = again(Summary, value)
    assert back == value
    assert list(back.lights) == list(value.lights)
    assert type(back.pairs) is tuple
    assert [type(each) for each in back.pairs] == [Pair] * len(value.pairs)


def test_so_does_a_remark() -> None:
    value = Remark("FII211", Severity.ADVICE, msg("x"), ("actions", 0, "due"))
    back = again(Remark, value)
    assert back == value
    assert type(back.severity) is Severity


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Summary, summary(day="2025-02-01")),
        (Summary, summary(phase="gone")),
        (Summary, summary(pairs=[Pair(1)])),
        (Summary, summary(pairs=((1, None),))),
        (Summary, summary(either=True)),
        (Summary, summary(both=("x", 1))),
        (Summary, summary(ids={"x"})),
        (Summary, summary(whole=1)),
        (Summary, summary(why="x")),
        (Summary, summary(why=msg("{a}", a=[1]))),
        (Summary, summary(why=msg("{a}", a=date(2025, 1, 1)))),
        (Summary, summary(why=msg("{a}", a=Severity.ERROR))),
        (Other, Other("x")),
        (tuple[Any, ...], ("x",)),
        (complex, 1j),
    ],
)
def test_what_would_not_come_back_is_not_told(kind: type[Any], value: Any) -> None:
    with pytest.raises(TypeError):
        as_data(kind, value)


def test_no_number_is_told_that_json_does_not_have() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_json(as_data(float, float("nan")))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (0, 1),
        (0, "2025-13-01"),
        (1, "gone"),
        (2, {"b": {}}),
        (2, [["b"]]),
        (2, [[1, []]]),
        (3, ["x", {}, None]),
        (3, [0, ["x", {"a": {"other": 1}}, None]]),
        (3, [0, ["x", {"a": None}, None]]),
        (3, [0, ["x", {"a": {}}, None]]),
        (3, [5, None]),
        (3, [-1, None]),
        (4, [[1]]),
        (4, [["1", None]]),
        (5, [True, 1]),
        (6, ["x"]),
        (8, "blue"),
        (9, 0),
    ],
)
def test_other_data_is_refused(at: int, said: Any) -> None:
    data = as_data(Summary, summary())
    assert from_data(Summary, data) == summary()
    data[at] = said
    with pytest.raises((TypeError, ValueError)):
        from_data(Summary, data)


# --- kept ---------------------------------------------------------------------------------------------------


class Lights(NamedTuple):
    green: int


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_a_summary_is_kept_for_all_that_it_follows_from(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_of("t.yaml")
    within = project.surroundings(DAY)
    later = project.surroundings(DAY.replace(year=2026))
    with closing(Memory(Cache(str(folder)))) as first:
        key = first.key_of_summary("lights", "t.yaml", b"x", within, "team")
        first.keep_summary(Lights, key, Lights(3), ())
    with closing(Memory(Cache(str(folder)))) as then:
        assert then.key_of_summary("lights", "t.yaml", b"x", within, "team") == key
        assert then.summary(Lights, key, "t.yaml", within) == Lights(3)
        others = {
            then.key_of_summary("other", "t.yaml", b"x", within, "team"),
            then.key_of_summary("lights", "u.yaml", b"x", within, "team"),
            then.key_of_summary("lights", "t.yaml", b"y", within, "team"),
            then.key_of_summary("lights", "t.yaml", b"x", later, "team"),
            then.key_of_summary("lights", "t.yaml", b"x", within, "client"),
            then.key_of_summary("lights", "t.yaml", b"x", within),
        }
        assert len(others) == 6
        assert key not in others
        assert all(then.summary(Lights, other, "t.yaml", within) is None for other in others)
        assert then.summary(Pair, key, "t.yaml", within) is None
    monkeypatch.setattr(memory, "_maker", lambda: "fii 99")
    with closing(Memory(Cache(str(folder)))) as newer:
        assert newer.key_of_summary("lights", "t.yaml", b"x", within, "team") != key


def test_a_summary_is_another_when_its_evidence_is_removed(folder: Path) -> None:
    within = project_of("t.yaml").surroundings(DAY)
    Path("notulen.md").touch()
    with closing(Memory(Cache(str(folder)))) as kept:
        key = kept.key_of_summary("lights", "t.yaml", b"x", within)
        kept.keep_summary(Lights, key, Lights(3), (("notulen.md", True), ("anders.md", False)))
        kept._cache._write()
        assert kept.summary(Lights, key, "t.yaml", within) == Lights(3)
        Path("notulen.md").unlink()
        assert kept.summary(Lights, key, "t.yaml", within) is None


def test_what_may_not_be_kept_or_told_is_not_kept(folder: Path) -> None:
    within = project_of("t.yaml").surroundings(DAY)
    with closing(Memory(Cache(str(folder)))) as kept:
        for number, (kind, found, evidence) in enumerate(
            ((Lights, Lights(3), None), (Other, Other("x"), ()))
        ):
            key = kept.key_of_summary(str(number), "t.yaml", b"x", within)
            kept.keep_summary(kind, key, found, evidence)
            kept._cache._write()
            assert kept._cache.get(key) is None
