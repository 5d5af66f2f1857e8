"""Measure how long fii takes to start and to check, relative to an empty Python process in the same run.

    python bench/start.py [--python PATH] [--rounds N]

Times vary between machines; ratios do not. The commands run in turn, so that a busy moment affects them all.
``PATH`` is the Python of an environment with fii (default: a new one with the wheel installed).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from wheel_test import install_wheel

EXAMPLE = Path(__file__).parents[1] / "examples" / "thuis-leren-verzonnen.yaml"
TARGETS = {"--version": 1.5, "--help": 8.0, "diff --textconv": 12.0, "check": 16.0, "status": 20.0}


def long_trajectory(folder: Path) -> Path:
    """Write the largest example, with its log extended to 400 lines, and return its path."""
    lines = EXAMPLE.read_text(encoding="utf-8").rstrip("\n").split("\n")
    number = 0
    while len(lines) < 400:
        number += 1
        lines.append(f"  - {{date: 2025-02-{number % 28 + 1:02}, by: kernteam, text: overleg {number}}}")
    path = folder / "trajectory.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--python")
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = str(long_trajectory(Path(folder)))
        python = asked.python or str(install_wheel(Path(folder)))
        fii = [python, "-m", "fii_cli"]
        commands = {
            "floor": [python, "-c", "pass"],
            "--version": [*fii, "--version"],
            "--help": [*fii, "--help"],
            "diff --textconv": [*fii, "diff", "--textconv", "--", path],
            "check": [*fii, "check", path, "--as-of", "2025-03-10"],
            "status": [*fii, "status", path, "--as-of", "2025-03-10"],
        }
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        times: dict[str, list[float]] = {name: [] for name in commands}
        for round_ in range(asked.rounds + 2):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, check=True)
                if round_ >= 2:
                    times[name].append(time.perf_counter() - start)
    floor = statistics.median(times["floor"])
    print(f"{'floor (python -c pass)':24} {floor * 1000:7.1f} ms")
    for name, target in TARGETS.items():
        median = statistics.median(times[name])
        print(f"fii {name:20} {median * 1000:7.1f} ms {median / floor:6.1f} x   target {target:4.1f} x")


if __name__ == "__main__":
    main()
