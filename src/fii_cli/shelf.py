"""What comes with fii: the handbook, the languages, the templates and the examples. It only reads."""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path
from typing import Any

from fii_cli.document import read, read_bytes
from fii_cli.handbook import Handbook
from fii_cli.language import CODES, Code, Language

_PACKAGE = Path(__file__).parent
_SHELF = _PACKAGE if (_PACKAGE / "content").is_dir() else _PACKAGE.parents[1]
CONTENT = _SHELF / "content"
TEMPLATES = _SHELF / "templates"
EXAMPLES = _SHELF / "examples"


@cache
def handbook() -> Handbook:
    """The handbook that comes with this fii."""
    return Handbook(_content, _names)


@cache
def _content(name: str) -> Any:
    compiled = _compiled(part_of(name))
    if name in compiled:
        return compiled[name]
    return read(_text_of(CONTENT / f"{name}.yaml")).data


def part_of(name: str) -> str:
    """The part of the compiled content that a file is in: what is rarely read lies apart."""
    if name.startswith("rules/"):
        return "rules"
    return "strategies" if name in ("strategies", "published") else "content"


@cache
def _names(folder: str) -> tuple[str, ...]:
    """The names of the content files in a folder, sorted."""
    compiled = _compiled("content")
    if compiled:
        return tuple(name for name in sorted(compiled) if name.startswith(folder))
    return tuple(f"{folder}{path.stem}" for path in sorted((CONTENT / folder).glob("*.yaml")))


@cache
def _compiled(part: str) -> dict[str, Any]:
    """A part of the content as it was read when the wheel was built; nothing in a checkout."""
    path = _PACKAGE / f"{part}.json"
    if not path.is_file():
        return {}
    import json

    data: dict[str, Any] = json.loads(path.read_bytes())
    return data


def rule_example(code: str) -> tuple[str, str]:
    """The example of what a rule is about, as it is shown on its page, and the language it is written in.

    It is empty for the rule on errors of fii itself, which no file is known to lead to.
    """
    folder = CONTENT / "rules" / code
    toml = folder / "wrong.toml"
    if toml.is_file():
        return _text_of(toml), "toml"
    yaml = folder / "wrong.yaml"
    return read_bytes(yaml.read_bytes()).text if yaml.is_file() else "", "yaml"


@cache
def examples() -> dict[str, str]:
    """The example trajectories by name, with their text."""
    return {path.stem: _text_of(path) for path in sorted(EXAMPLES.glob("*.yaml"))}


def template(name: str) -> str:
    """The text of a template."""
    return _text_of(TEMPLATES / name)


def template_named(name: str) -> str | None:
    """The text of a template of pages by its name, if there is one."""
    known = {path.name for path in TEMPLATES.glob("*.j2")}
    return template(name) if name in known else None


def word_template() -> bytes:
    """Our template of Word."""
    return (TEMPLATES / "report.docx").read_bytes()


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def language(code: Code) -> Language:
    """A language with its catalogue. English needs none: messages are written in it."""
    if code == "en":
        return Language(code, gettext.NullTranslations())
    with (_PACKAGE / "locale" / code / "LC_MESSAGES" / "fii.mo").open("rb") as file:
        return Language(code, gettext.GNUTranslations(file))


def preferred_language(asked: str | None, settled: str | None = None) -> Code:
    """``--lang``, else ``FII_LANG``, else ``fii.toml``, else the locale if it is ours, else Dutch."""
    environ = os.environ
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    for wish in (asked, environ.get("FII_LANG"), settled, locale):
        for code in CODES:
            if wish and wish.lower()[:2] == code and not wish[2:3].isalpha():
                return code
    return "nl"
