"""What changed in the conclusions, in words: the order of strategies, and how far a phase is."""

from __future__ import annotations

from typing import Any

import pytest

from fii_cli.changes.conclusions import Concluded, Conclusions, Subject, conclusions_changed
from fii_cli.handbook.load import handbook
from fii_cli.report.changes import told
from fii_cli.report.wording import Wording
from helpers import EN, HEAD, trajectory

A, B, C, D = sorted(handbook().strategy_phases)[:4]
SUBJECTS: tuple[Subject, ...] = ("phase", "light", "barrier", "finding", "readiness", "strategy")


def conclusions(*strategies: str, readiness: tuple[int, int, int] = (1, 2, 20)) -> Conclusions:
    found: dict[Subject, dict[str, Any]] = {subject: {} for subject in SUBJECTS}
    return Conclusions(
        found | {"strategy": dict.fromkeys(strategies, True), "readiness": {"verkennen": readiness}}
    )


def lines(before: Conclusions, after: Conclusions) -> list[str]:
    wording = Wording(trajectory(HEAD), EN)
    parts = told(conclusions_changed(before, after), (), wording, wording, handbook()).conclusions
    return [f"{line.sign} {line.text}" for part in parts for line in part.lines]


def name(id_: str) -> str:
    return lines(conclusions(), conclusions(id_))[0].removeprefix("+ ")


def test_strategies_that_change_places_are_told() -> None:
    assert lines(conclusions(A, B, C), conclusions(A, C, B)) == [f"~ {name(C)} now comes before {name(B)}"]
    assert lines(conclusions(A, B, C, D), conclusions(D, A, B, C)) == [
        f"~ {name(D)} now comes before {name(A)}"
    ]
    assert lines(conclusions(A, B, C, D), conclusions(B, C, D, A)) == [
        f"~ now {name(B)}, {name(C)}, {name(D)}, {name(A)}"
    ]
    assert lines(conclusions(A, B, C, D), conclusions(D, C, B, A)) == [
        f"~ now {name(D)}, {name(C)}, {name(B)}, {name(A)}"
    ]


def test_what_comes_and_goes_changes_no_order() -> None:
    assert lines(conclusions(A, B, C), conclusions(A, D, C)) == [f"+ {name(D)}", f"- {name(B)}"]
    assert len(lines(conclusions(A, B, C), conclusions(C, D, A))) == 3


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ((1, 2, 20), (2, 2, 20), "1 of 20 → 2 of 20"),
        ((1, 2, 20), (1, 3, 20), "2 of 20 rated → 3 of 20 rated"),
        ((1, 2, 20), (1, 2, 19), "1 of 20 → 1 of 19"),
    ],
)
def test_how_far_a_phase_is(before: tuple[int, int, int], after: tuple[int, int, int], text: str) -> None:
    assert lines(conclusions(readiness=before), conclusions(readiness=after)) == [f"~ 2 exploring: {text}"]


def test_the_order_in_data() -> None:
    (found,) = conclusions_changed(conclusions(A, B), conclusions(B, A))
    assert found == Concluded("order", None, (A, B), (B, A))
