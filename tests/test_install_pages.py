"""The pages on installing say the same in both languages, and what they promise is what the project asks for.

``make wheel-test`` follows them word for word on a bare machine.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.resources import CONTENT
from follow import PAGES, sections

ROOT = CONTENT.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EN, NL = (path.read_text(encoding="utf-8") for path in PAGES)


def test_both_pages_have_the_same_commands() -> None:
    english, dutch = (list(sections(page)) for page in (EN, NL))
    assert len(english) == 9
    assert [blocks for _, blocks in english] == [
        [block.replace("voorbeeld", "example") for block in blocks] for _, blocks in dutch
    ]
    assert re.findall(r"^```powershell\n.*?^```", EN, re.M | re.S) == re.findall(
        r"^```powershell\n.*?^```", NL, re.M | re.S
    )
    assert len(re.findall("^## ", EN, re.M)) == len(re.findall("^## ", NL, re.M))


@pytest.mark.parametrize("page", [EN, NL])
def test_every_extra_and_the_versions_of_python_are_named(page: str) -> None:
    named = re.findall(r"^\| `fii-cli\[(\w+)\]` \|", page, re.M)
    assert named == list(PROJECT["optional-dependencies"])
    lowest = PROJECT["requires-python"].removeprefix(">=")
    versions = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", each)]
    intro = page.partition("\n## ")[0]
    assert f"Python {lowest} " in intro
    assert set(re.findall(r"\b3\.\d+", intro)) == set(versions)


@pytest.mark.parametrize("page", [EN, NL])
def test_the_first_steps_make_a_report_to_open(
    page: str, fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (steps,) = (blocks for _, blocks in sections(page) if "fii new" in blocks[0])
    for line in steps[0].splitlines():
        program, *words = shlex.split(line)
        if program == "mkdir":
            (here / words[0]).mkdir()
        elif program == "cd":
            monkeypatch.chdir(here / words[0])
        else:
            assert fii(*words).code == 0, line
    made = {path.name for path in here.rglob("samen-leren.*")}
    assert made == {"samen-leren.yaml", "samen-leren.html", "samen-leren.docx"}


@pytest.mark.parametrize("page", PAGES)
def test_an_anchor_leads_to_a_heading(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w-]", "", each.lower().replace(" ", "-")) for each in re.findall("^## (.*)", text, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings
