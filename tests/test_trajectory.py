"""The format: dates, labels, and an example that uses all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args, get_origin

import pytest

from fii_cli.resources import examples
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record, walk
from fii_cli.trajectory.dates import Date, parse_date, suggest_date
from fii_cli.trajectory.labels import FIELD_LABELS
from fii_cli.words import LABELS, PHASES, phase_of
from fii_cli.yaml.read import read


def _date(text: str) -> Date:
    parsed = parse_date(text)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-07-03", date(2024, 7, 3), date(2024, 7, 3)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_rough_date_is_every_day_in_it(text: str, first: date, last: date) -> None:
    parsed = _date(text)
    assert (parsed.first, parsed.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-7",
        "2024-13",
        "2024-02-30",
        "0000",
        "2024-00",
        "2024-01-00",
        "x",
        "2024-01-01\n",
        "2024-01-011",
        "\u0662\u0660\u0662\u0664",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_before_is_only_what_is_certain() -> None:
    assert _date("2023").before(_date("2024"))
    assert not _date("2024").before(_date("2024-06"))
    assert not _date("2024-06").before(_date("2024"))
    assert _date("2024-05").before(date(2024, 6, 1))


def _records() -> Iterator[type[Record]]:
    todo = [Record]
    while todo:
        for each in todo.pop().__subclasses__():
            todo.append(each)
            yield each


def _records_in(annotation: object) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _records_in(part)


def test_every_key_that_a_report_shows_has_a_label() -> None:
    sections = {name for name in Trajectory.model_fields if name in PHASES}
    assert len(sections) == 6
    reached: set[type[Record]] = set()
    todo = [record for record in _records() if record.__name__.lower() in sections]
    while todo:
        for info in todo.pop().model_fields.values():
            inside = [record for record in _records_in(info.annotation) if record not in reached]
            reached |= set(inside)
            todo += inside
    assert len(reached) > 25
    for record in reached:
        for key in record.model_fields:
            where = f"{record.__name__}.{key}"
            assert key in FIELD_LABELS, f"{where}: add a label for {key} in trajectory/labels.py"


def test_every_key_has_a_description() -> None:
    for record in _records():
        for key, info in record.model_fields.items():
            assert info.description, f"{record.__name__}.{key}: add a description"


def test_the_made_up_examples_fill_every_part_of_the_format() -> None:
    filled: dict[type[Record], set[str]] = {}
    for name in ("thuis-leren-verzonnen", "thuis-leren-uitrol-verzonnen"):
        for _, record in walk(Trajectory.model_validate(read(examples()[name]).data)):
            given = {key for key, info in record.model_fields.items() if info.is_required()}
            given |= {key for key, value in vars(record).items() if value not in (None, (), {})}
            filled.setdefault(type(record), set()).update(given)
    unused = {record.__name__ for record in set(_records()) - set(filled)}
    assert not unused, f"examples/thuis-leren-uitrol-verzonnen.yaml uses every record: add {unused}"
    missing = {f"{record.__name__}.{key}" for record in filled for key in record.model_fields}
    missing -= {f"{record.__name__}.{key}" for record, keys in filled.items() for key in keys}
    missing -= {"RolloutMember.report"}  # fii makes reports in JSON; tests/test_rollout.py has some
    missing -= {f"Distinguish.{key}" for key in ("at", "low", "high")}  # instead of by; tests/test_heat.py
    assert not missing, f"examples/thuis-leren-uitrol-verzonnen.yaml uses every key: add {missing}"


def test_every_closed_value_has_a_label() -> None:
    for record in _records():
        for name, info in record.model_fields.items():
            for word in _closed_words(info.annotation):
                labelled = word in LABELS or name == "subphase"
                assert labelled, f"{record.__name__}.{name}: add a label for {word} to LABELS in words.py"


def _closed_words(annotation: object) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from _closed_words(part)


def test_an_item_lies_in_the_phase_of_its_number() -> None:
    assert phase_of("2a.cultuur") == "verkennen"
    assert phase_of("6b") == "borgen"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12-03-2025", "2025-03-12"),
        ("1/2/2025", "2025-02-01"),
        (" 12.03.2025 ", "2025-03-12"),
        ("2025/3", "2025-03"),
        ("2025 3 12", "2025-03-12"),
        ("2025-03-12T10:00", "2025-03-12"),
        ("12-03-20251", None),
        ("12-03-2025 of later", None),
        ("2025/3/123", None),
        ("31-02-2025", None),
        ("2025-13", None),
        ("gisteren", None),
        ("\u0661\u0662-\u0660\u0663-\u0662\u0660\u0662\u0665", None),
        ("\u0662\u0660\u0662\u0665/3", None),
    ],
)
def test_a_date_is_suggested_only_where_one_is_meant(written: str, meant: str | None) -> None:
    assert suggest_date(written) == meant
