"""Print how many facts of the published guide the content carries, and the place of each.

The lists in ``tests/cases/guide`` say in our own words what the guide says at each place, and where the
content carries it. Exits 1 if a row is wrong, or names a place that does not exist.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from fii_cli.resources import CONTENT
from fii_cli.words import SUBPHASES
from fii_cli.yaml.document import Document
from fii_cli.yaml.read import read_bytes

FACTS = Path(__file__).parents[1] / "tests" / "cases" / "guide"
INTRO, PART_TWO = "intro", "deel 2"
PLACES = (INTRO, *(f"fase {number}" for number in range(1, 7)), *SUBPHASES, PART_TWO)
"""The places of the guide. A phase is what the guide says outside its subphases."""
HEADER = "place\tfact\tcarried_by"
NOT_CARRIED = "not carried:"

Route = tuple[str | int, ...]


class Fact(NamedTuple):
    """A row: what the guide says at a place, and the addresses that carry it, or why there is none."""

    place: str
    text: str
    carried_by: tuple[str, ...]
    reason: str = ""


def facts(path: Path) -> Iterator[Fact]:
    """The facts in a list. Raises ``ValueError`` with the line of a row that is wrong."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if number == 1 and line == HEADER:
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        where = f"{path.name}:{number}"
        if number == 1 or len(cells) != 3 or not all(cells):
            raise ValueError(f"{where}: write place, fact and carried_by, with tabs between them")
        place, text, carried_by = cells
        if place not in PLACES:
            raise ValueError(f"{where}: unknown place {place}")
        if carried_by.startswith(NOT_CARRIED):
            reason = carried_by.removeprefix(NOT_CARRIED).strip()
            if not reason:
                raise ValueError(f"{where}: give the reason after {NOT_CARRIED}")
            yield Fact(place, text, (), reason)
        else:
            yield Fact(place, text, tuple(each.strip() for each in carried_by.split(";")))


def all_facts(folder: Path = FACTS) -> list[Fact]:
    """The facts of every list, in the order of the guide."""
    found = [fact for path in sorted(folder.glob("*.tsv")) for fact in facts(path)]
    return sorted(found, key=lambda fact: PLACES.index(fact.place))


def resolved(address: str) -> str:
    """The file and line of an address such as ``phases/2-verkennen 2c.activities.1``.

    A story is named by its Dutch title or its position. Raises ``LookupError`` if nothing is there.
    """
    name, _, steps = address.partition(" ")
    path = CONTENT / f"{name}.yaml"
    if not steps or not path.is_file():
        raise LookupError(f"{address}: write a file below content/, a space, and a place in that file")
    document = _document(path)
    route = _route(document.data, steps.split("."))
    if route is None:
        raise LookupError(f"{address}: not found in content/{name}.yaml")
    return f"content/{name}.yaml:{document.locate(route).line}"


@cache
def _document(path: Path) -> Document:
    return read_bytes(path.read_bytes())


def _route(data: Any, steps: Sequence[str]) -> Route | None:
    """The route to what the steps name, or None. A step is a key, a position, or what a record is called.

    A record is called by its id, by the number of a figure, or by the Dutch title of a story: unlike a
    position, these stay right when something is added before it.
    """
    if not steps:
        return () if data else None
    for key, value, used in _next(data, steps):
        rest = _route(value, steps[used:])
        if rest is not None:
            return (*key, *rest)
    return None


def _next(data: Any, steps: Sequence[str]) -> Iterator[tuple[Route, Any, int]]:
    """What the first steps can name: its route, its value, and the number of steps used; ids contain dots."""
    for used in range(len(steps), 0, -1):
        name = ".".join(steps[:used])
        if isinstance(data, dict):
            if name in data:
                yield (name,), data[name], used
            names = {name, f"{data.get('id')}.{name}"}
            for key, inside in data.items():
                if isinstance(inside, dict) and name in inside:
                    yield (key, name), inside[name], used
                if isinstance(inside, list):
                    yield from (((key, at), each, used) for at, each in _named(inside, names))
        elif isinstance(data, list):
            yield from (((at,), each, used) for at, each in _named(data, {name}))
    if isinstance(data, list) and steps[0].isdecimal() and 1 <= int(steps[0]) <= len(data):
        at = int(steps[0]) - 1
        if not (isinstance(data[at], dict) and "number" in data[at]):
            yield (at,), data[at], 1


def _named(records: list[Any], names: set[str]) -> Iterator[tuple[int, Any]]:
    for at, each in enumerate(records):
        if isinstance(each, dict):
            title = each.get("title")
            called = title["nl"] if isinstance(title, dict) else None  # the title of a work is not its name
            if names & {each.get("id"), each.get("number"), called}:
                yield at, each


def main() -> int:
    try:
        rows = all_facts()
    except ValueError as error:
        print(error)
        return 1
    wrong = 0
    total, carried = Counter(row.place for row in rows), Counter(row.place for row in rows if row.carried_by)
    print(f"{'place':8}{'facts':>6}{'carried':>9}")
    for place in PLACES:
        print(f"{place:8}{total[place]:6}{carried[place]:9}")
    print(f"{'all':8}{total.total():6}{carried.total():9}\n")
    for row in rows:
        print(f"{row.place}: {row.text}")
        if row.reason:
            print(f"    {NOT_CARRIED} {row.reason}")
        for address in row.carried_by:
            try:
                print(f"    {resolved(address)}  {address.partition(' ')[2]}")
            except LookupError as error:
                wrong += 1
                print(f"    error: {error.args[0]}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
