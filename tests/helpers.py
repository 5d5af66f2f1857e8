"""What tests share: judging a text, and running a command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from fii_cli import cli
from fii_cli.check import Judgement, check
from fii_cli.diagnostics import Diagnostic
from fii_cli.document import read
from fii_cli.language import Language
from fii_cli.rules import Circumstances
from fii_cli.rules.privacy import file_stem
from fii_cli.shelf import handbook, language
from fii_cli.trajectory import Trajectory

DAY = date(2025, 2, 10)
HEAD = "fii: 1\ntitle: Proef\nlanguage: nl\nentry: {commission: gevraagd, date: 2025-01}\n"
NL: Language = language("nl")
EN: Language = language("en")


def judged(
    text: str,
    today: date = DAY,
    evidence_there: Callable[[str], bool] = lambda path: True,
    path: str = "proef.yaml",
) -> Judgement:
    """What fii says of a text on a day."""
    circumstances = Circumstances(handbook(), today, evidence_there, file_name=file_stem(path))
    return check(read(text), circumstances, path)


def diagnostics(text: str, today: date = DAY) -> tuple[Diagnostic, ...]:
    return judged(text, today).diagnostics


def codes(text: str, today: date = DAY) -> list[str]:
    """The codes that fii shows for a text, in reading order."""
    return [d.code for d in diagnostics(text, today)]


def said(text: str, today: date = DAY) -> list[str]:
    """What fii says of a text, in English: place, message and hint."""
    return [
        f"{d.span.line}:{d.span.column} {d.code} {EN(d.message)}" + (f" | {EN(d.hint)}" if d.hint else "")
        for d in diagnostics(text, today)
    ]


def trajectory(text: str) -> Trajectory:
    """The trajectory in a text without errors."""
    judgement = judged(text)
    assert judgement.trajectory is not None, [EN(d.message) for d in judgement.diagnostics]
    return judgement.trajectory


def python(*words: str, given: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run fii in a process of its own."""
    surroundings = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "FII", "LC_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "fii_cli", *words],
        input=given,
        env={**surroundings, "PYTHONPATH": str(Path(cli.__file__).parents[1]), **env},
        capture_output=True,
        check=False,
        timeout=60,
    )
