"""Pictures of the terminal in the docs: drawn by the project, up to date, and on a page in each language."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

import screens
from catalogue import ROOT
from fii_cli.language import CODES, Code
from screens import SCREENS, Screen, drawn, files, there

MAIN = (
    "status",
    "check",
    "assess",
    "score",
    "strategies",
    "compare",
    "diff",
    "due",
    "agenda",
    "minutes",
    "portfolio",
)
"""The screens that the docs have to show."""


def test_every_main_screen_has_a_picture_in_both_languages() -> None:
    assert set(MAIN) <= {screen.name for screen in there()}
    assert len({screen.name for screen in SCREENS}) == len(SCREENS)
    for code in CODES:
        page = (ROOT / f"docs/screens.{code}.md").read_text(encoding="utf-8")
        for screen in there():
            assert f"](img/screen-{screen.name}.{code}.svg)" in page
        assert f"docs/screens.{code}.md" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_pictures_and_pages_are_up_to_date() -> None:
    stale = [
        path.name for path, text in files() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run make docs"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("screen", there(), ids=lambda screen: screen.name)
def test_a_picture_is_what_the_command_shows_and_fits(screen: Screen, code: Code) -> None:
    picture = ElementTree.fromstring(drawn(screen, code))
    title, *texts = (each for each in picture.iter() if each.tag.endswith(("}title", "}text")))
    assert title.text == f"{screen.line}: {screen.caption(code)}"
    told = re.sub(r"\x1b\[[\d;]*m", "", screens.shown(screen, code))
    assert "".join("".join(each.text or "" for each in texts).split()) == "".join(told.split())
    right = [float(each.attrib["x"]) + len(each.text or "") * 8.4 for each in texts]
    assert max(right) <= float(picture.attrib["viewBox"].split()[2])
