"""The handbook that comes with fii, read from its content."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fii_cli.handbook import ADAPTATIONS, Handbook
from fii_cli.resources import CONTENT, PACKAGE, text_of
from fii_cli.yaml.document import Data
from fii_cli.yaml.read import read, read_bytes


@cache
def handbook() -> Handbook:
    """The handbook that comes with this version of fii."""
    return Handbook(_content, _names)


@cache
def _content(name: str) -> Any:
    compiled = _compiled(part_of(name))
    if name in compiled:
        return compiled[name]
    path = CONTENT / f"{name}.yaml"
    if not path.is_file():
        raise LookupError(_missing(path))
    return data_of(path)


def data_of(path: Path) -> Data:
    """The data of a content file; ``ValueError`` if it cannot be read, or has a key without a value.

    Such a key is nearly always the end of a text, after a comma in a flow mapping without quotation marks.
    """
    document = read(text_of(path))
    place = f"content/{path.relative_to(CONTENT).as_posix()}"
    for problem in document.problems:
        raise ValueError(f"{place}:{problem.span.line}: {problem.message.text}")
    for span in document.empty():
        raise ValueError(
            f"{place}:{span.line}: a key without a value: put a text with a comma in quotation marks"
        )
    if document.data is None:
        raise ValueError(f"{place}: empty")
    return document.data


def _missing(path: Path) -> str:
    """The error for a missing content file, for anyone who edits the content."""
    folder = path.parent
    place = f"content/{folder.relative_to(CONTENT).as_posix()}" if folder != CONTENT else "content"
    return f"{place} has no {path.name}" if folder.is_dir() else f"{place} is not there"


def part_of(name: str) -> str:
    """The compiled file that contains a content file; rarely used content is in separate files."""
    for part in ("rules", "anchors"):
        if name.startswith(f"{part}/"):
            return part
    if name == ADAPTATIONS:
        return ADAPTATIONS
    return "strategies" if name in ("strategies", "published") else "content"


@cache
def _names(folder: str) -> tuple[str, ...]:
    """The names of the content files in a folder, sorted."""
    compiled = _compiled(part_of(folder))
    if compiled:
        return tuple(name for name in sorted(compiled) if name.startswith(folder))
    return tuple(f"{folder}{path.stem}" for path in sorted((CONTENT / folder).glob("*.yaml")))


@cache
def _compiled(part: str) -> dict[str, Any]:
    """A part of the content, compiled when the wheel was built; empty in a checkout."""
    path = PACKAGE / f"{part}.json"
    if not path.is_file():
        return {}
    import json

    data: dict[str, Any] = json.loads(path.read_bytes())
    return data


def rule_codes() -> tuple[str, ...]:
    """The codes of the rules, sorted; from the content, because loading the rules takes longer."""
    compiled = _compiled("rules")
    if compiled:
        return tuple(sorted(name.split("/")[1] for name in compiled if name.endswith("/rule")))
    return tuple(sorted(path.parent.name for path in (CONTENT / "rules").glob("*/rule.yaml")))


def rule_example(code: str) -> tuple[str, str]:
    """The example that violates a rule, and its language: ``toml`` or ``yaml``.

    It is empty for the rule about bugs in fii itself, because no file is known to cause one.
    """
    folder = CONTENT / "rules" / code
    toml = folder / "wrong.toml"
    if toml.is_file():
        return text_of(toml), "toml"
    yaml = folder / "wrong.yaml"
    return read_bytes(yaml.read_bytes()).text if yaml.is_file() else "", "yaml"
