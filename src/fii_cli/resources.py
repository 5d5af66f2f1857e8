"""Read the files that come with fii: content, templates, examples and catalogues."""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path

from fii_cli.language import CODES, Code, Language

PACKAGE = Path(__file__).parent
_ROOT = PACKAGE if (PACKAGE / "content").is_dir() else PACKAGE.parents[1]
CONTENT = _ROOT / "content"
TEMPLATES = _ROOT / "templates"
EXAMPLES = _ROOT / "examples"
FONTS = TEMPLATES / "fonts"
"""The letters with which charts are drawn outside a browser."""


@cache
def examples() -> dict[str, str]:
    """The text of each example trajectory, by name."""
    return {path.stem: text_of(path) for path in sorted(EXAMPLES.glob("*.yaml"))}


def template(name: str) -> str:
    """The text of a template."""
    return text_of(TEMPLATES / name)


def template_named(name: str) -> str | None:
    """The text of a page template, or ``None`` for an unknown name."""
    known = {path.name for path in TEMPLATES.glob("*.j2")}
    return template(name) if name in known else None


def word_template() -> bytes:
    """The default Word template."""
    return (TEMPLATES / "report.docx").read_bytes()


def documentation() -> str | None:
    """The URL of the pages in docs/, as the package names it; ``None`` if it names none."""
    from importlib.metadata import PackageNotFoundError, metadata  # slow to import, and seldom needed

    try:
        named = metadata("fii-cli").get_all("Project-URL") or []
    except PackageNotFoundError:  # fii runs from its sources
        return None
    found = (each.partition(", ") for each in named)
    return next((url.rstrip("/") for name, _, url in found if name == "Documentation"), None)


def text_of(path: Path) -> str:
    """The text of a file that comes with fii."""
    return path.read_text(encoding="utf-8")


@cache
def language(code: Code) -> Language:
    """A language with its catalogue. English needs none: messages are written in it.

    A checkout that was never set up has no compiled catalogue yet, and shows English.
    """
    if code == "en":
        return Language(code, gettext.NullTranslations())
    try:
        with (PACKAGE / "locale" / code / "LC_MESSAGES" / "fii.mo").open("rb") as file:
            return Language(code, gettext.GNUTranslations(file))
    except FileNotFoundError:
        return Language(code, gettext.NullTranslations())


def preferred_language(asked: str | None, settled: str | None = None) -> Code:
    """``--lang``, else ``FII_LANG``, else ``fii.toml``, else the locale if it is supported, else Dutch."""
    environ = os.environ
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    for wish in (asked, environ.get("FII_LANG"), settled, locale):
        for code in CODES:
            if wish and wish.lower()[:2] == code and not wish[2:3].isalpha():
                return code
    return "nl"
