"""What is unknown is said: a phase that was left unrated, one that was interrupted, and a finished one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.standing import standing_of
from fii_cli.handbook.load import handbook
from helpers import DAY as TODAY
from helpers import HEAD, codes, python, said, trajectory

EN = HEAD.replace("language: nl", "language: en").replace("2025-01", "2024-01")
DAY = ("--as-of", "2025-02-10")


def visit(phase: int, entered: str, via: str, *decision: str) -> str:
    day, word = decision or ("", "")
    decisions = f", decisions: [{{date: {day}, decision: {word}, reason: zo}}]" if decision else ""
    return f"  - {{phase: {phase}, entered: {entered}, via: {via}, reason: zo{decisions}}}\n"


def lights(day: str, ratings: str) -> str:
    return f"assessments:\n  - {{instrument: stoplicht, date: {day}, ratings: {{{ratings}}}}}\n"


LEFT = (
    EN + "visits:\n" + visit(4, "2024-01", "entry", "2024-06-01", "door") + visit(5, "2024-06-01", "forward")
)
BACK = (
    EN + "visits:\n" + visit(3, "2024-01", "entry", "2024-06-01", "door") + visit(2, "2024-06-01", "return")
)
DONE = EN + "visits:\n" + visit(6, "2024-01", "entry", "2025-02-01", "afgerond")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str, name: str = "a.yaml") -> None:
    Path(name).write_text(text, encoding="utf-8")


def states(text: str) -> dict[str, str]:
    phases = standing_of(trajectory(text), handbook(), TODAY).phases
    return {phase.content.id: phase.state for phase in phases}


def box(page: str, phase: str) -> str:
    """A phase at the top of a page."""
    return next(line for line in page.splitlines() if f'<span class="name">{phase}' in line)


# --- left without a light -----------------------------------------------------------------------------------


def test_a_phase_left_without_a_light_is_neutral_and_says_so(fii: Fii) -> None:
    write(LEFT)
    status = next(line for line in fii("status", "a.yaml", *DAY).out.splitlines() if "4 Str" in line)
    assert status.split("  ", 2)[1:] == ["4 Strengthening", "○ closed, 0 of 11 rated"]
    assert fii("report", "a.yaml", *DAY, "-o", "a.html").code == 0
    page = Path("a.html").read_text("utf-8")
    assert '<li class="left unrated">' in box(page, "Strengthening")
    assert "closed, 0 of 11 rated" in box(page, "Strengthening")
    assert ".path .left:not(.unrated)" in page
    assert (
        "| 4 Strengthening | closed, 0 of 11 rated |"
        in fii("report", "a.yaml", *DAY, "--format", "md", "-o", "-").out
    )


def test_a_phase_that_is_still_open_may_be_unrated(fii: Fii) -> None:
    write(LEFT)
    assert "▶ here now\n" in fii("status", "a.yaml", *DAY).out


def test_with_a_light_it_is_left_as_before(fii: Fii) -> None:
    write(LEFT + lights("2024-03-01", "4a.niveaus: oranje"))
    assert "✓ closed" in fii("status", "a.yaml", *DAY).out
    fii("report", "a.yaml", *DAY, "-o", "a.html")
    assert '<li class="left">' in box(Path("a.html").read_text("utf-8"), "Strengthening")


def test_what_does_not_apply_is_not_unrated(fii: Fii) -> None:
    items = [item.id for item in standing_of(trajectory(LEFT), handbook(), TODAY).phases[3].items]
    write(LEFT + lights("2024-03-01", ", ".join(f"{item}: nvt" for item in items)))
    assert "closed, 0 of" not in fii("status", "a.yaml", *DAY).out
    write(LEFT + lights("2024-03-01", f"{items[0]}: nvt, {items[1]}: onbekend"))
    assert "closed, 0 of 10 rated" in fii("status", "a.yaml", *DAY).out


def test_readers_who_see_no_lights_are_not_told_whether_there_are_any(fii: Fii) -> None:
    pages = []
    for text in (LEFT, LEFT + lights("2024-03-01", "4a.niveaus: groen")):
        write(text)
        fii("report", "a.yaml", *DAY, "--audience", "public", "-o", "a.html", "--force")
        pages.append(box(Path("a.html").read_text("utf-8"), "Strengthening"))
    assert pages[0] == pages[1]
    assert "rated" not in pages[0].replace("unrated", "")


def test_a_completed_trajectory_tells_what_it_ended_on(fii: Fii) -> None:
    write(DONE)
    page = fii("report", "a.yaml", *DAY, "--format", "md", "-o", "-").out
    assert "- **Latest phase**: 6 Sustaining: completed, 0 of 12 rated" in page
    assert "- **Lights of this phase**: 12 unknown" in page
    assert "- **Latest decision**: completed (1 February 2025)" in page


# --- interrupted --------------------------------------------------------------------------------------------


def test_a_phase_left_by_going_back_is_interrupted(fii: Fii) -> None:
    assert states(BACK)["innoveren"] == "interrupted"
    write(BACK + lights("2024-03-01", "3a.antwoord: groen"))
    assert "⇠ interrupted" in fii("status", "a.yaml", *DAY).out
    in_ascii = python("--lang", "en", "status", "a.yaml", *DAY, PYTHONIOENCODING="ascii").stdout.decode(
        "ascii"
    )
    assert "< interrupted" in in_ascii
    fii("report", "a.yaml", *DAY, "-o", "a.html")
    assert '<li class="interrupted">' in box(Path("a.html").read_text("utf-8"), "Innovating")


@pytest.mark.parametrize(
    ("decision", "via", "state"),
    [
        ("door", "forward", "left"),
        ("door", "skip", "left"),
        ("door", "return", "interrupted"),
        ("pauze", "restart", "interrupted"),
        ("stop", "restart", "interrupted"),
        ("afgerond", "restart", "left"),
        ("afgerond", "return", "left"),
    ],
)
def test_what_followed_tells_how_a_phase_ended(decision: str, via: str, state: str) -> None:
    visits = visit(3, "2024-01", "entry", "2024-06-01", decision) + visit(2, "2024-07-01", via)
    assert states(f"{EN}visits:\n{visits}")["innoveren"] == state


def test_a_phase_that_was_taken_up_again_is_not_interrupted() -> None:
    closed = BACK.replace(
        "via: return, reason: zo}",
        "via: return, reason: zo, decisions: [{date: 2024-07-01, decision: door}]}",
    )
    assert states(closed + visit(3, "2024-07-01", "forward"))["innoveren"] == "here"


# --- a portfolio --------------------------------------------------------------------------------------------


def test_a_portfolio_counts_the_phase_that_the_report_counts(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    for text in (
        LEFT + lights("2024-07-01", "5a.mandaat: rood, 4a.niveaus: rood, 5b.knelpunten: groen"),
        DONE,
    ):
        write(text)
        report = fii("report", "a.yaml", *DAY, "--format", "md", "-o", "-").out
        (told,) = [line for line in report.splitlines() if "Lights of this phase" in line]
        counts = told.partition("**: ")[2]
        assert "unknown" in counts
        assert counts in fii("portfolio", "a.yaml", *DAY, "--format", "md").out
    write(LEFT + lights("2024-07-01", "5a.mandaat: rood"), "b.yaml")
    data = json.loads(fii("portfolio", ".", *DAY, "--format", "json").out)["trajectories"]
    assert [(each["latest_phase"], each["state"], each["phase_lights"]["onbekend"]) for each in data] == [
        ("implementeren", "here", 15),  # the one with a red light first
        ("borgen", "completed", 12),
    ]


def test_red_lights_of_other_phases_are_not_hidden_by_it(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    write(LEFT + lights("2024-03-01", "4a.niveaus: rood"))
    assert "16 unknown; 1 red in other phases" in fii("portfolio", "a.yaml", *DAY, "--format", "md").out


def test_a_public_portfolio_tells_the_phase_and_no_lights(fii: Fii) -> None:
    write(DONE)
    shown = fii("portfolio", "a.yaml", *DAY, "--audience", "public").out
    assert "6 Sustaining: completed" in shown
    assert "rated" not in shown


# --- finished -----------------------------------------------------------------------------------------------


def test_a_finished_trajectory_with_unrated_required_items_gets_one_finding() -> None:
    (found,) = [line for line in said(DONE) if "FII807" in line]
    assert "completed, but 3 items that fii requires were not rated" in found
    one = DONE + lights(
        "2025-01-01", "6a.routine: groen, 6a.instrument: rood, 6a.kwaliteitsbewaker: onbekend"
    )
    (found,) = [line for line in said(one) if "FII807" in line]
    assert "completed, but 1 item that fii requires was not rated" in found
    assert "FII807" not in codes(one.replace("onbekend", "nvt"))


@pytest.mark.parametrize("decision", ["pauze", "stop", "door", "bijsturen"])
def test_other_decisions_do_not_finish_it(decision: str) -> None:
    assert "FII807" not in codes(DONE.replace("afgerond", decision))


def test_a_light_that_is_unknown_cannot_become_outdated() -> None:
    rated = LEFT + lights("2024-07-01", "5a.mandaat: groen")
    assert "FII801" in codes(rated)
    assert "FII801" not in codes(rated.replace("groen", "onbekend"))


def test_lights_from_before_the_last_visit_and_skipped_phases_do_not_count() -> None:
    every = "6a.routine: groen, 6a.instrument: groen, 6a.kwaliteitsbewaker: groen"
    assert "FII807" not in codes(DONE + lights("2025-01-01", every))  # five phases were never visited
    assert "FII807" in codes(DONE + lights("2023-01-01", every))
