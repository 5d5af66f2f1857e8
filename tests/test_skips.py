"""A run of the tests says at its end what it did not try."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """\
import pytest

@pytest.mark.parametrize("n", range(3))
def test_page(n):
    pytest.skip("chromium not found: install it")

@pytest.mark.skipif(True, reason="only on Windows")
def test_pipe():
    pass

def test_sum():
    assert 1 + 1 == 2
"""


@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
def test_skipped_tests_are_counted_by_reason(tmp_path: Path, workers: list[str]) -> None:
    (tmp_path / "test_a.py").write_text(TESTS, encoding="utf-8")
    assert run(tmp_path, *workers).endswith(
        "\nskipped 4 tests:\n    3  chromium not found: install it\n    1  only on Windows\n"
        "1 passed, 4 skipped"
    )


def test_a_module_that_cannot_be_used_here_is_counted(tmp_path: Path) -> None:
    (tmp_path / "test_b.py").write_text("import pytest\npytest.importorskip('nowhere')\n", encoding="utf-8")
    assert "skipped 1 test:\n    1  could not import 'nowhere'" in run(tmp_path)


def test_nothing_is_said_if_nothing_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "test_c.py").write_text("def test_c(): pass\n", encoding="utf-8")
    assert "skipped" not in run(tmp_path)


def test_every_run_of_these_tests_says_so(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("skips")


def run(folder: Path, *words: str) -> str:
    """What a run of the tests in a folder shows, without its time."""
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    call = [sys.executable, "-m", "pytest", "-q", "-p", "skips", "-p", "no:cacheprovider", *words, "."]
    done = subprocess.run(call, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return done.stdout.rpartition(" in ")[0]
