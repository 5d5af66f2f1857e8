"""Markdown reports and portfolios as forges and linters read them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.report import EDITIONS
from fii_cli.shelf import EXAMPLES, examples
from outside import node_module, program

NASTY = """\
fii: 1
title: "# Niet. een *kop*: | pijp `code` <b>vet</b> http://example.org."
language: nl
entry: {commission: gevraagd, origin: "1. geen lijst\\n- ook niet\\n\\n# kop\\n\\n> citaat"}
summary: "+ plus\\n\\ttab  \\n    vier spaties"
log: [{date: 2025-01-01, text: "- [ ] taak | <br> $x$ ![plaatje](x.png) [[wiki]] @iemand #12"}]
borgen: {indicators: [{id: a, what: "## kop met punt.", measurements: [{date: 2025, value: 1.5}]}]}
"""


def test_a_linter_of_markdown_has_nothing_to_say(fii: Fii, here: Path) -> None:
    linter = node_module("markdownlint-cli2/markdownlint-cli2-bin.mjs")
    Path("lastig.yaml").write_text(NASTY, encoding="utf-8")
    files = [*(f"{EXAMPLES}/{name}.yaml" for name in examples()), "lastig.yaml"]
    for edition in EDITIONS:
        assert fii("report", *files, "--format", "md", "--audience", edition, "--output", "md/").code == 0
    fii("portfolio", str(EXAMPLES), "--format", "md", "--output", "md/portfolio/")
    done = subprocess.run(
        [program("node"), linter, "md/**/*.md"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Linting: {4 * len(files) + 1 + len(examples())} file(s)" in done.stdout


@pytest.mark.parametrize("edition", ["team", "public"])
def test_text_of_people_stays_text(fii: Fii, here: Path, edition: str) -> None:
    Path("lastig.yaml").write_text(NASTY, encoding="utf-8")
    page = fii("report", "lastig.yaml", "--format", "md", "--audience", edition, "--output", "-").out
    heads = [line for line in page.splitlines() if line.startswith("#")]
    assert heads[0].startswith("# \\# Niet. een \\*kop\\*")
    assert [line for line in heads if line in ("# kop", "## kop met punt.")] == []
    assert "![plaatje]" not in page
