"""What a run of the tests did not try, and why: said once at its end, by reason."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many tests were skipped for each reason, most first."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    if not reasons:
        return
    total = reasons.total()
    terminalreporter.write_line(f"skipped {total} test{'s' if total != 1 else ''}:")
    for reason, n in sorted(reasons.items(), key=lambda each: (-each[1], each[0])):
        terminalreporter.write_line(f"{n:>5}  {reason}")


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return told.removeprefix("Skipped: ")
