"""Every next step that a command prints can be carried out as it was printed."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from conftest import Fii, Outcome
from fii_cli.resources import examples

COMMANDS = (
    "status",
    "score",
    "score --instrument cfir",
    "barriers",
    "strategies",
    "strategies --for midi/4",
    "compare",
    "entry",
    "check",
    "report --format md",
    "questionnaire usable-innovation --output vragen.csv",
    "add log text=besproken",
    "add action what=bellen answers=2c.overleg",
    "set summary kort",
    "plan champions",
    "done bellen --helped ja",
    "assess --set 2c.overleg=r",
    "assess --instrument cfir --set III.D.2=-2",
    "advance --to verkennen --reason terug",
    "advance --to signaleren --reason terug",
    "advance --decision pauze",
    "status",
    "advance",
    "advance --decision stop",
    "status",
    "undo",
)
"""One session, in which a command that an example does not allow is refused."""
_STEP = re.compile(r"(?:next step|rate it again|to commit): (?:.*?: )?((?:fii|git) .*)")


def carried_out(fii: Fii, command: str) -> Outcome:
    if command.startswith("git "):
        done = subprocess.run(command, shell=True, capture_output=True, text=True)
        return Outcome(done.returncode, done.stdout, done.stderr)
    return fii(*shlex.split(command)[1:])


@pytest.mark.parametrize("name", examples())
@pytest.mark.parametrize("file_name", ["traject.yaml", "een traject's.yaml"])
def test_each_step_of_a_session_can_be_taken(
    fii: Fii, here: Path, name: str, file_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in (("NAME", "x"), ("EMAIL", "x@example.org")):
        monkeypatch.setenv(f"GIT_AUTHOR_{key}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{key}", value)
    subprocess.run(["git", "init", "-q"], check=True)
    Path("trajecten").mkdir()
    Path("trajecten", file_name).write_text(examples()[name], encoding="utf-8")
    steps: list[str] = []
    for command in COMMANDS:
        done = fii(*command.split())
        assert done.code in (0, 1, 2), done.err
        for step in _STEP.findall(done.out + done.err):
            steps.append(step)
            taken = carried_out(fii, step)
            asks = "the terminal is not interactive" in taken.err
            waits = "vragen.csv" in step and "no answers yet" in taken.out
            assert taken.code == 0 or asks or waits or step.startswith("fii check"), f"{step}\n{taken}"
    assert len(steps) > 15
