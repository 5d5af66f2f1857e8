"""What changed between two versions: facts by identity, and the conclusions that changed with them."""

from __future__ import annotations

from typing import get_args, get_origin

import pytest

from fii_cli.changes.facts import At, Change, facts_changed, record_in
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from helpers import HEAD, trajectory

TEXT = (
    HEAD
    + """\
people:
  - {id: leider, role: projectleider}
  - {id: wet, role: wethouder}
visits:
  - phase: implementeren
    entered: 2025-01-06
    via: entry
    decisions: [{date: 2025-02-01, decision: bijsturen}]
versterken:
  key_people:
    - {person: wet, contacts: [{date: 2025-01-10, note: kort}, {date: 2025-02-10}]}
assessments:
  - instrument: stoplicht
    date: 2025-01-20
    ratings: {5a.mandaat: {value: rood, note: nog niet}, 5a.klein-team: groen}
  - {instrument: midi, date: 2025-01-21, responses: 12, counts: {"23": {"2": 7, "4": 5}}}
actions:
  - {id: bellen, what: Bellen, answers: [cfir/III.D.2], status: open}
  - {id: schrijven, what: Schrijven}
log:
  - {date: 2025-01-08, text: Kennisgemaakt.}
"""
)


def changes(old: str, new: str) -> list[Change]:
    return list(facts_changed(trajectory(old), trajectory(new)))


def kinds_in(record: type[Record]) -> set[tuple[type[Record], str, type[Record]]]:
    """Every list of records in the format: the record it is in, its key, and the records it holds."""
    found = set()
    for name, info in record.model_fields.items():
        inside = record_in(info.annotation)
        if inside:
            if get_origin(info.annotation) is tuple or any(
                get_origin(each) is tuple for each in get_args(info.annotation)
            ):
                found.add((record, name, inside))
            found |= kinds_in(inside)
    return found


def test_every_list_of_the_format_says_what_tells_its_records_apart() -> None:
    lists = kinds_in(Trajectory)
    assert len(lists) > 20
    for record, name, inside in lists:
        assert inside.KEY, f"{record.__name__}.{name}: declare the KEY of {inside.__name__}"
        assert set(inside.KEY) <= set(inside.model_fields), inside


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("status: open", "status: klaar", [(("actions", At(("bellen",)), "status"), "open", "klaar")]),
        (
            "[cfir/III.D.2]",
            "[midi/4, cfir/III.D.2]",
            [(("actions", At(("bellen",)), "answers"), None, "midi/4")],
        ),
        ("title: Proef", "title: Ander", [(("title",), "Proef", "Ander")]),
    ],
)
def test_a_value_that_changed(old: str, new: str, expected: list[tuple[object, object, object]]) -> None:
    found = changes(TEXT, TEXT.replace(old, new, 1))
    assert [(each.place, each.before, each.after) for each in found] == expected


def test_the_order_of_a_list_is_no_change_and_a_new_record_is_one() -> None:
    lines = TEXT.splitlines(keepends=True)
    at = next(index for index, line in enumerate(lines) if "id: bellen" in line)
    turned = "".join([*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]])
    assert changes(TEXT, turned) == []
    (came,) = changes(TEXT, TEXT.replace("actions:\n", "actions:\n  - {id: nieuw, what: Nieuw}\n"))
    assert came.place == ("actions", At(("nieuw",)))
    assert came.before is None
    assert came.after.what == "Nieuw"


def test_a_rating_is_one_statement_with_its_note_and_short_and_long_forms_are_equal() -> None:
    (found,) = changes(TEXT, TEXT.replace("note: nog niet", "note: bijna"))
    assert found.place[-2:] == ("ratings", "5a.mandaat")
    assert (found.before.value, found.before.note, found.after.note) == ("rood", "nog niet", "bijna")
    assert changes(TEXT, TEXT.replace("5a.klein-team: groen", "5a.klein-team: {value: groen}")) == []


def test_counts_are_one_statement_an_item() -> None:
    (found,) = changes(TEXT, TEXT.replace('"2": 7', '"2": 8'))
    assert (found.before, found.after) == ({"2": 7, "4": 5}, {"2": 8, "4": 5})


def test_two_of_one_day_are_paired_by_equal_content_first() -> None:
    twice = TEXT.replace(
        "{date: 2025-01-10, note: kort}", "{date: 2025-01-10, note: kort}, {date: 2025-01-10}"
    )
    (came,) = changes(TEXT, twice)
    assert came.before is None
    assert came.after.note is None
    swapped = twice.replace(
        "{date: 2025-01-10, note: kort}, {date: 2025-01-10}",
        "{date: 2025-01-10}, {date: 2025-01-10, note: kort}",
    )
    assert changes(twice, swapped) == []


def test_a_whole_part_that_came_is_told_fact_by_fact() -> None:
    found = changes(TEXT, TEXT + "borgen:\n  indicators:\n    - {id: af, what: afgemaakt}\n")
    assert [each.place for each in found] == [("borgen", "indicators", At(("af",)))]


def test_records_compare_by_their_fields_only() -> None:
    one, other = trajectory(TEXT), trajectory(TEXT)
    assert one.records
    assert one == other
    assert one != trajectory(TEXT.replace("Schrijven", "Lezen"))
