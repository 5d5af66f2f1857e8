"""What a package index shows of fii: no dead link, and the links of the project once somebody names them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fii_cli.resources import CONTENT
from package_page import files_of, long_description, urls

ROOT = CONTENT.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORGE = "https://forge.example.org/fii"
FILES = f"{FORGE}/blob/v1.2.3"


def targets(text: str) -> Iterator[str]:
    """Where the links and pictures of a page lead."""

    def inside(tokens: list[Token]) -> Iterator[Token]:
        for token in tokens:
            yield token
            yield from inside(token.children or [])

    for token in inside(MarkdownIt("commonmark").parse(text)):
        yield from (str(token.attrs[name]) for name in ("href", "src") if name in token.attrs)


@pytest.mark.parametrize("files", ["", FILES])
def test_no_link_of_the_readme_is_dead_on_a_package_index(files: str) -> None:
    shown = long_description(README, files)
    assert [each for each in targets(shown) if not each.startswith(("https://", "#"))] == []
    assert bool(list(targets(shown))) is bool(files)
    for words in ("Two commands", "make demo", "EUPL-1.2"):
        assert words in shown


@pytest.mark.parametrize(
    ("written", "named", "unnamed"),
    [
        ("[a](docs/a.md#b)", f"[a]({FILES}/docs/a.md#b)", "a"),
        ("[`a`](./a.md)", f"[`a`]({FILES}/a.md)", "`a`"),
        ("![a](docs/a.png)", f"![a]({FORGE}/raw/v1.2.3/docs/a.png)", ""),
        ("[![a](b.png)](c.md)", f"[![a]({FORGE}/raw/v1.2.3/b.png)]({FILES}/c.md)", ""),
        ('<img alt="a" src="b.png">', f'<img alt="a" src="{FORGE}/raw/v1.2.3/b.png">', ""),
        ('<a href="a.md">a</a>', f'<a href="{FILES}/a.md">a</a>', "<a>a</a>"),
        (
            "[a](https://b.example) [c](#d)",
            "[a](https://b.example) [c](#d)",
            "[a](https://b.example) [c](#d)",
        ),
        ("```text\n[a](b.md)\n```\n", "```text\n[a](b.md)\n```\n", "```text\n[a](b.md)\n```\n"),
    ],
)
def test_each_way_to_write_a_link(written: str, named: str, unnamed: str) -> None:
    assert long_description(written, FILES) == named
    assert long_description(written, "") == unnamed


def test_the_links_of_the_project_follow_from_one_setting() -> None:
    assert urls("1.2.3", {}) == {}
    assert urls("1.2.3", {"FII_URL": f"{FORGE}/"}) == {
        "Repository": FORGE,
        "Issues": f"{FORGE}/issues",
        "Documentation": f"{FILES}/docs",
        "Changelog": f"{FILES}/CHANGELOG.md",
    }


def test_a_forge_with_other_addresses_can_be_named() -> None:
    around = {"FII_URL": FORGE, "FII_FILES": f"{FORGE}/src/tag/v1.2.3"}
    assert urls("1.2.3", around)["Documentation"] == f"{FORGE}/src/tag/v1.2.3/docs"
    shown = long_description("![a](b.png) [c](d.md)", files_of("1.2.3", around))
    assert shown == f"![a]({FORGE}/raw/tag/v1.2.3/b.png) [c]({FORGE}/src/tag/v1.2.3/d.md)"


def test_the_package_contains_what_was_made_of_both() -> None:
    """As hatchling hands them to an index, without a build."""
    show = "import json, os; from hatchling.metadata.core import ProjectMetadata as M; "
    show += "from hatchling.plugin.manager import PluginManager as P; "
    show += "core = M('.', P()).core; print(core.urls['Repository'], core.authors, len(core.readme))"
    done = subprocess.run(
        [sys.executable, "-c", show],
        cwd=ROOT,
        env={"FII_URL": FORGE},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(f"{FORGE} [{{'name': 'The developers of fii'}}] ")
    assert int(done.stdout.split()[-1]) > len(README)
