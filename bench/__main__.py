"""Measure fii as users run it, print the figures with the goals, and write them to docs/performance.

    python -m bench [peers|rows] [--only GROUP,CASE] [--rounds N] [--full]

fii is installed from its wheel in an environment of its own, and runs as the program ``fii``. With ``peers``,
other programs do the same work on the same files in turn; that installs them, and so uses the network. With
``rows``, nothing is measured, and the page gets a row of dashes for each case that is new.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fii_cli.project.stopwatch import SETTLED
from wheel_test import install_wheel

from . import pages, peers
from .cases import CASES, GOALS, GROUPS, PEER_CASES, PEER_GOALS, PEER_GROUPS, Case, Goal
from .measure import Measured, instructions, measure
from .tables import GOAL_HEADS, Results, Row, goal_row, table, verdict
from .workshop import Workshop

_SECONDS = {False: 8.0, True: 40.0}
"""How long one case may take in all, quick and in full; the first runs set how many rounds fit."""


def chosen(cases: Sequence[Case], only: str, full: bool, options: set[str]) -> list[Case]:
    """The cases to run: of a group or by name, those that this fii can do, and large ones in full only.

    Raises ``SystemExit`` if a name is unknown.
    """
    names = [name for name in only.split(",") if name]
    for name in names:
        if not any(name in (case.group, case.name) for case in cases):
            groups = ", ".join(dict.fromkeys(case.group for case in cases))
            sys.exit(f"unknown group or case {name}: choose from {groups}, or name a case")
    return [
        case
        for case in cases
        if (not names or case.group in names or case.name in names)
        and (full or not case.full or case.name in names)
        and (not case.needs or case.needs in options)
    ]


def run(workshop: Workshop, cases: Sequence[Case], rounds: int, seconds: float) -> dict[str, Measured]:
    """Measure the cases, group by group; within a group they run in turn."""
    done: dict[str, Measured] = {}
    begun = time.perf_counter()
    for group in dict.fromkeys(case.group for case in cases):
        of_group = [case for case in cases if case.group == group and case.program in workshop.programs]
        print(f"{time.perf_counter() - begun:6.0f} s  {group}", file=sys.stderr)
        floor = cases is not PEER_CASES and group in GROUPS
        tasks = {case.name: workshop.task(case, floor) for case in of_group}
        found = measure(tasks, rounds, seconds)
        for case in of_group:
            if case.counted:
                found[case.name].instructions = instructions(tasks[case.name])
        done |= found
    return done


def show(
    cases: Sequence[Case], groups: Mapping[str, tuple[str, str]], goals: Sequence[Goal], results: Results
) -> None:
    """Print the figures of what was run, and each goal beside them."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    for group, (name, _) in groups.items():
        run_here = [case for case in cases if case.group == group and case.name in results]
        if run_here:
            heads, *rows = table(run_here, group, results, "en")
            console.print(_table(name, heads, rows))
    judged = [goal_row(verdict(goal, results, cases), cases, "en") for goal in goals]
    console.print(_table("Goals", GOAL_HEADS["en"], judged))


def _table(title: str, heads: Sequence[str], told: Sequence[Row]) -> Table:
    shown = Table(title=title, title_justify="left")
    for column, head in enumerate(heads):
        shown.add_column(head, justify="right" if column else "left")
    for cells in told:
        shown.add_row(*(escape(cell.replace("`", "").replace("**", "")) for cell in cells))
    return shown


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("what", nargs="?", choices=("fii", "peers", "rows"), default="fii")
    parser.add_argument("--only", default="", help="groups or cases; the page is then left as it is")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--full", action="store_true", help="also what takes minutes")
    asked = parser.parse_args(words)
    if asked.what == "rows":
        pages.add_rows()
        return 0
    begun = pages.occasion()
    with tempfile.TemporaryDirectory(prefix="fii-bench-") as name:
        root = Path(name).resolve()
        python = install_wheel(root)
        programs = {"python": python, "fii": python.with_name("fii")}
        workshop = Workshop(root, programs, settling=SETTLED / 1e9 + 1)
        versions: dict[str, str] = {}
        if asked.what == "peers":
            (root / "peers").mkdir()
            others, versions = peers.install(root / "peers")
            workshop.programs |= others
            peers.prepare(workshop)
        cases, goals, groups = {
            "fii": (CASES, GOALS, GROUPS),
            "peers": (PEER_CASES, PEER_GOALS, PEER_GROUPS),
        }[asked.what]
        options = workshop.options()
        wanted = chosen(cases, asked.only, asked.full, options)
        results = run(workshop, wanted, asked.rounds, _SECONDS[asked.full])
    show(cases, groups, goals, results)
    if not asked.only:
        told = (
            pages.measured_blocks(begun, results, options)
            if asked.what == "fii"
            else pages.peer_blocks(begun, results, options, versions)
        )
        pages.write(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
