"""The handbook for tests of the content: what a file in ``content/`` lacks is said by file, line and key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fii_cli.diagnostics import Route
from fii_cli.frozen import ValidationError
from fii_cli.handbook import Handbook
from fii_cli.handbook import models as m
from fii_cli.handbook.adaptations import Adaptations
from fii_cli.handbook.anchors import AnchorFile
from fii_cli.handbook.beside import RuleText, Steps
from fii_cli.handbook.figures import Figure
from fii_cli.handbook.load import handbook
from fii_cli.resources import CONTENT
from fii_cli.yaml.document import Document
from fii_cli.yaml.read import read_bytes

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is an unknown key",
    "model_type": "requires keys of its own, such as nl and en",
}
Part = tuple[Route, type[m.Content], Any]


@cache
def sound_handbook() -> Handbook:
    """The handbook; if a content file is incomplete, tests end with what it lacks, without a traceback."""
    if found := list(mistakes()):
        pytest.fail("\n".join(["the content is incomplete:", *found]), pytrace=False)
    return handbook()


def mistakes(folder: Path = CONTENT) -> Iterator[str]:
    """What does not fit in the content files in a folder."""
    for path in sorted(folder.rglob("*.yaml")):
        if path.stem in ("right", "wrong"):
            continue
        place = f"content/{path.relative_to(folder).as_posix()}"
        document = read_bytes(path.read_bytes())
        if document.data is None:
            yield from (f"{place}:{each.span.line}: {each.message.text}" for each in document.problems)
            continue
        yield from (f"{place}:{span.line}: a key has no value" for span in document.empty())
        yield from _of_an_instrument(document, path, place)
        for route, model, data in _parts(path, document.data):
            try:
                model.model_validate(data)
            except ValidationError as error:
                for each in error.errors():
                    loc = each["loc"]
                    line = document.locate((*route, *loc)).line
                    key = ".".join(str(step) for step in loc)
                    yield f"{place}:{line}: {key} {_WORDS.get(each['type'], each['msg'])}"


def _of_an_instrument(document: Document, path: Path, place: str) -> Iterator[str]:
    data: Any = document.data
    if path.parent.name == "instruments" and isinstance(data, dict):
        if data.get("id") != path.stem:
            yield f"{place}:1: id is {data.get('id')}: make it {path.stem}, as the file is called"
        if "scale" not in data:
            yield f"{place}:1: scale is missing: add the ratings, each with its name and meaning (help)"


def _parts(path: Path, data: Any) -> Iterator[Part]:
    """Every record in a content file, with the route to it."""
    kinds: dict[str, type[m.Content]] = {"phases": m.PhaseContent, "instruments": m.Framework}
    lists: dict[str, type[m.Content]] = {"references": m.Reference, "figures": Figure, "beside": Steps}
    if path.parent.name in kinds or path.stem == "cfir":
        whole = data
        if isinstance(data.get("scale"), str):  # the id of another instrument, whose scale this one has
            whole = {key: value for key, value in data.items() if key != "scale"}
        yield (), kinds.get(path.parent.name, m.Framework), whole
    elif path.parent.name == "anchors":
        yield (), AnchorFile, data
    elif path.stem in lists:
        yield from (((at,), lists[path.stem], each) for at, each in enumerate(data))
    elif path.stem == "adaptations":
        yield (), Adaptations, data
    elif path.stem == "entry":
        yield (), m.Matrix, data
    elif path.stem == "rule":
        yield (), RuleText, data
    elif path.stem == "strategies":
        yield from ((("clusters", at), m.Cluster, each) for at, each in enumerate(data["clusters"]))
        yield from ((("strategies", at), m.Strategy, each) for at, each in enumerate(data["strategies"]))
    elif path.stem == "published":
        for to, rows in data["links"].items():
            yield from ((("links", to, at), m.Link, {"to": to, **row}) for at, row in enumerate(rows))
