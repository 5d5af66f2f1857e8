"""Make a site of the README and the pages in docs/, as they are: make site.

mkdocs turns the pages into HTML and checks each link and anchor. This module is also the hook that tells it
in which order pages come, and in which language each one is.
"""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as built
from mkdocs.config import load_config

ROOT = Path(__file__).parents[1]
LICENCES = ("LICENSE", "LICENSES/LicenseRef-DejaVu.txt")
TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", *LICENCES)
LANGUAGES = {"nl": "Nederlands", "en": "English"}
ORDER = (
    *(
        "install",
        "first-steps",
        "screens",
        "meetings",
        "programmes",
        "rapport-lezen",
        "privacy",
        "ci",
        "editor",
        "house-style",
        "commands",
    ),
    *(
        "instruments",
        "strategies",
        "method",
        "rules",
        "settings",
        "format",
        "report-json",
        "analysis",
        "performance",
        "design",
        "security",
    ),
)
"""The pages in the order in which a newcomer needs them; others follow."""


def lay_out(folder: Path) -> None:
    """Copy the pages into a folder, in the places that their links expect."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", folder / "docs")
    for name in TOP:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


def language_of(path: str) -> str:
    """The language of a page, which its name says; other pages are in English."""
    return "nl" if path.endswith(".nl.md") else "en"


def pages_in(lang: str, folder: Path) -> Iterator[str]:
    """The pages in a language, in order."""

    def place(path: str) -> tuple[int, int, str]:
        name = Path(path).name.partition(".")[0]
        return path.count("/"), ORDER.index(name) if name in ORDER else len(ORDER), path

    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
    pages = [path for path in found if path.startswith("docs/") and language_of(path) == lang]
    yield from sorted(pages, key=place)
    yield from (name for name in TOP if lang == "en" and name.endswith(".md") and name != "README.md")


def on_config(config: Any) -> Any:
    """Tell mkdocs the order of the pages."""
    folder = Path(config["docs_dir"])
    parts = [{name: list(pages_in(lang, folder))} for lang, name in LANGUAGES.items()]
    config["nav"] = [{"fii": "README.md"}, *parts]
    return config


def on_page_context(context: dict[str, Any], page: Any, config: Any, nav: Any) -> dict[str, Any]:
    """Tell the template the language of a page, and where the same page is in the other language."""
    path = page.file.src_uri
    lang = language_of(path)
    other = path.replace(f".{lang}.md", ".en.md" if lang == "nl" else ".nl.md")
    same = next((each for each in nav.pages if each.file.src_uri == other and other != path), None)
    return context | {
        "lang": lang,
        "languages": LANGUAGES,
        "same": same,
        "other": {"nl": "en", "en": "nl"}[lang],
    }


def build(folder: Path) -> Path:
    """Make the site below a folder, and return its first page; raises ``SystemExit`` for a broken link."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    lay_out(folder / "pages")
    places = {"docs_dir": str(folder / "pages"), "site_dir": str(folder / "site")}
    config = load_config(str(ROOT / "mkdocs.yml"), **places)
    built(config)
    return folder / "site/index.html"


def main() -> int:
    print(build(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
