"""What must hold for every merge of two versions, whatever was changed in them."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from fii_cli.analysis.counts import Thresholds
from fii_cli.changes.conclusions import Conclusions, conclusions_of, place_of
from fii_cli.changes.conflict import Choose, Conflict, keep_ours, keep_theirs, plain
from fii_cli.changes.facts import At, Change, Place, facts_changed
from fii_cli.diagnostics import Diagnostic
from fii_cli.edits.apply import Source
from fii_cli.edits.merged import MergedDocument, comments_left, merge_documents
from fii_cli.edits.passages import comments_in
from fii_cli.edits.remarks import remarks_in
from fii_cli.handbook.load import handbook
from fii_cli.rules.check import Judgement
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import Document
from fii_cli.yaml.read import read
from helpers import EN, edition, judged
from outside import program
from random_edits import BASE, Edit, edited, edits

DAY = date(2026, 1, 1)


def _by_a_library(text: str) -> str:
    made = StringIO()
    yaml = YAML()
    yaml.width = 60
    yaml.dump(read(text).data, made)
    return made.getvalue()


LAYOUTS = {
    "as people write": BASE,
    "Windows": BASE.replace("\n", "\r\n"),
    "JSON": json.dumps(read(BASE).data) + "\n",
    "JSON on many lines": json.dumps(read(BASE).data, indent=2, ensure_ascii=False) + "\n",
    "written by a library": _by_a_library(BASE),
}
"""The same facts in texts that share few lines."""


@lru_cache(maxsize=64)
def judgement(text: str) -> Judgement:
    return judged(text, DAY)


def errors(document: Document) -> Mapping[Hashable, Diagnostic]:
    """The errors of a document, by code and by the identity of what each is about."""
    found = judgement(document.text)
    told = found.trajectory
    return {(each.code, place_of(told, each.route) if told else each.route): each for each in found.errors}


def source(text: str) -> Source:
    found = judgement(text)
    assert found.trajectory is not None, [EN(each.message) for each in found.errors]
    return Source(found.document, found.trajectory)


def facts(text: str) -> Trajectory:
    return source(text).trajectory


def merged(base: str | None, ours: str, theirs: str, choose: Choose = keep_ours) -> MergedDocument:
    told = None if base is None else source(base)
    return merge_documents(told, source(ours), source(theirs), errors, choose)


def conclusions(text: str) -> Conclusions:
    return conclusions_of(edition(facts(text), DAY), handbook(), Thresholds())


@dataclass(frozen=True)
class Outcome:
    """What became of two versions; ``wrong`` is what must not happen."""

    git_conflicts: bool
    conflicts: tuple[Conflict, ...]
    wrong: tuple[str, ...]


def both_ways(seed: int, folder: Path | None = None) -> Outcome | None:
    """Merge two versions with random edits, both ways; ``None`` if one of them is not a valid file.

    With a folder, git merges them too.
    """
    random = Random(seed)
    base = read(BASE)
    our_edits, their_edits = edits(random, "anna"), edits(random, "bram")
    ours, theirs = edited(base, our_edits), edited(base, their_edits)
    if errors(ours) or errors(theirs):
        return None
    one = merged(BASE, ours.text, theirs.text)
    other = merged(BASE, theirs.text, ours.text, keep_theirs)
    wrong = [*_wrong(ours, theirs, one, other)]
    if not one.conflicts and _in_any_order(our_edits, their_edits, ours, theirs):
        in_turn = edited(ours, their_edits)
        if _differ(in_turn.text, one.document.text):
            wrong.append("another result than both edits in turn")
    named = f"{seed}: {[each.name for each in our_edits]} and {[each.name for each in their_edits]}"
    conflicts = git_conflicts(folder, BASE, ours.text, theirs.text) if folder else False
    return Outcome(conflicts, one.conflicts, tuple(f"{named}: {each}" for each in wrong))


def in_other_layouts(seed: int) -> tuple[str, ...]:
    """What must not happen if both sides have laid out the file in their own way."""
    random = Random(seed)
    ours, theirs = (
        edited(read(LAYOUTS[random.choice([*LAYOUTS])]), edits(random, who)) for who in ("anna", "bram")
    )
    if errors(ours) or errors(theirs):
        return ()
    one = merged(BASE, ours.text, theirs.text)
    other = merged(BASE, theirs.text, ours.text, keep_theirs)
    return tuple(f"{seed}: {each}" for each in _wrong(ours, theirs, one, other))


def commented(document: Document, random: Random, who: str) -> Document:
    """A document in which somebody added comments, and changed and removed some of those that were there."""
    for number in range(random.randint(1, 4)):
        lines = document.text.splitlines(keepends=True)
        at = random.randrange(len(lines))
        line, words = lines[at].rstrip("\r\n"), f"# {who} zegt {number}"
        there = _REMARK.search(line)
        if there and random.random() < 0.5:
            new = line[: there.start()] + random.choice([words, ""])
            new = new + "\n" if new.strip() else ""
        elif there is None and line.strip() and random.random() < 0.5:
            new = f"{line}  {words}\n"
        else:
            new = f"{line[: len(line) - len(line.lstrip())]}{words}\n{lines[at]}"
        lines[at] = new
        done = read("".join(lines))
        if not done.problems and done.data == document.data:
            document = done
    return document


_REMARK = re.compile(r"(?:^|(?<=\s))#.*$")


def with_comments(seed: int) -> tuple[str, ...]:
    """What must not happen to the comments of two versions with random edits and random comments."""
    random = Random(seed)
    base = read(BASE)
    plain_ours, plain_theirs = (edited(base, edits(random, who)) for who in ("anna", "bram"))
    if errors(plain_ours) or errors(plain_theirs):
        return ()
    ours, theirs = commented(plain_ours, random, "anna"), commented(plain_theirs, random, "bram")
    one = merged(BASE, ours.text, theirs.text)
    other = merged(BASE, theirs.text, ours.text, keep_theirs)
    wrong = [*_wrong(ours, theirs, one, other)]
    if _differ(one.document.text, merged(BASE, plain_ours.text, plain_theirs.text).document.text):
        wrong.append("comments change the facts")
    for done in (one, other):
        wrong += _wrong_comments(ours, theirs, done)
    return tuple(f"{seed}: {each}" for each in wrong)


def _wrong_comments(ours: Document, theirs: Document, done: MergedDocument) -> Iterator[str]:
    was, here, there, now = (Counter(comments_in(each)) for each in (read(BASE), ours, theirs, done.document))
    spots = remarks_in(done.document, facts(done.document.text)).spots
    told = comments_left(read(BASE), ours, theirs, done.document)
    for text in was | here | there:
        untouched = was[text] == here[text] == there[text]
        gone = [
            place for each in (ours, theirs) for place in _about(each, text) if place and place not in spots
        ]
        if untouched and now[text] < was[text] and not gone:
            yield f"a comment that neither side touched is lost: {text}"
        if now[text] > max(was[text], here[text], there[text]):
            yield f"a comment is doubled: {text}"
        if not was[text] and not now[text] and not gone and not _both_said_something(ours, theirs, text):
            yield f"a comment that one side added is not there: {text}"
        if not was[text] and not now[text] and text not in told:
            yield f"a comment that one side added is not told: {text}"
        if was[text] and here[text] < was[text] and there[text] < was[text] and now[text]:
            yield f"a comment that both sides removed is there: {text}"


def _about(document: Document, text: str) -> list[Place]:
    """What a comment is about."""
    found = remarks_in(document, facts(document.text))
    return [anchor[1] for anchor, some in found.by_anchor.items() if text in [each.text for each in some]]


def _both_said_something(ours: Document, theirs: Document, text: str) -> bool:
    """Whether both sides wrote other comments than before at what a comment is about."""
    was, *sides = (remarks_in(each, facts(each.text)) for each in (read(BASE), ours, theirs))
    anchors = [each for side in sides for each in side.by_anchor if text in side.texts(each)]
    return any(all(side.texts(each) != was.texts(each) for side in sides) for each in anchors)


def _wrong(ours: Document, theirs: Document, one: MergedDocument, other: MergedDocument) -> list[str]:
    wrong = []
    text = one.document.text
    if _differ(text, other.document.text):
        wrong.append("other facts if the sides change places")
    elif conclusions(text) != conclusions(other.document.text):
        wrong.append("other conclusions if the sides change places")
    if {_mirrored(each) for each in one.conflicts} != {_as_is(each) for each in other.conflicts}:
        wrong.append("other conflicts if the sides change places")
    if errors(one.document):
        wrong.append("an unsound file")
    here, there = _changes(ours.text), _changes(theirs.text)
    got = _changes(text)
    held = {plain(each.place) for found in one.conflicts for each in (*found.ours, *found.theirs)}
    lost = [name for name, each in (here | there).items() if name not in got and not _near(each.place, held)]
    if lost or (not one.conflicts and set(got) != set(here | there)):
        wrong.append(f"lost or invented: {lost or sorted(set(got) ^ set(here | there))}")
    if not _near_each_other(here, there) and any(
        each.reason not in ("order", "together") for each in one.conflicts
    ):
        wrong.append("a conflict between edits to different places")
    if silent := _not_reported(here, there, one.conflicts):
        wrong.append(f"no conflict where both changed one statement: {silent}")
    told = comments_left(read(BASE), ours, theirs, one.document)
    gone = {*comments_in(ours)} - {*comments_in(one.document)} - {*comments_in(read(BASE))}
    if not gone <= {*told} or (gone and not any(each.after is None for each in there.values())):
        wrong.append("a comment of ours is gone")
    return wrong


def _changes(text: str) -> dict[str, Change]:
    """What differs from the common version; records with the same key have no order of their own."""
    found = facts_changed(facts(BASE), facts(text))
    return {repr((_without_number(each.place), each.before, each.after)): each for each in found}


def _without_number(place: Place) -> Place:
    return tuple(At(step.key) if isinstance(step, At) else step for step in place)


def _differ(one: str, other: str) -> bool:
    return bool(facts_changed(facts(one), facts(other)) or facts_changed(facts(other), facts(one)))


def _as_is(conflict: Conflict) -> Any:
    return conflict.reason, _places(conflict.ours), _places(conflict.theirs)


def _mirrored(conflict: Conflict) -> Any:
    return conflict.reason, _places(conflict.theirs), _places(conflict.ours)


def _places(changes: tuple[Change, ...]) -> frozenset[Place]:
    return frozenset(plain(each.place) for each in changes)


def _near(place: Place, others: set[Place]) -> bool:
    return any(_touch(plain(place), each) for each in others)


def _near_each_other(here: Mapping[str, Change], there: Mapping[str, Change]) -> bool:
    others = {plain(each.place) for each in there.values()}
    return any(_near(each.place, others) for each in here.values())


def _touch(one: Place, other: Place) -> bool:
    """Whether a place is in the other, or both are keys of one small record, or are counts and responses."""
    length = min(len(one), len(other))
    if one[:length] == other[:length]:
        return True
    if one[:-1] != other[:-1] or isinstance(one[-1], At) or len(one) < 3:
        return False
    around = one[-2]
    if isinstance(around, At):
        both = {one[-1], other[-1]}
        return both <= {"responses", "counted", "counts"} or both <= {"hours", "amount", "per"}
    return around != "ratings"


def _not_reported(
    here: Mapping[str, Change], there: Mapping[str, Change], conflicts: tuple[Conflict, ...]
) -> list[Place]:
    """The statements that both sides changed to different values without a conflict."""
    reported = {plain(each.place) for found in conflicts for each in (*found.ours, *found.theirs)}
    words = {"roles", "answers", "competencies", "talked_with", "funders"}
    theirs = {plain(each.place): each for each in there.values()}
    return [
        place
        for each in here.values()
        if (other := theirs.get(place := plain(each.place)))
        and (each.before, each.after) != (other.before, other.after)
        and place[-1] not in words
        and (each.record.WHOLE or not isinstance(place[-1], At))
        and not any(place[: len(known)] == known for known in reported)
    ]


def _in_any_order(ours: list[Edit], theirs: list[Edit], our_text: Document, their_text: Document) -> bool:
    """Whether two series of edits may be made one after the other.

    An edit of all that is there may not, nor one that does something only where the other side was.
    """
    sweeping = {"gone", "decision"}
    base = read(BASE)
    if any(edited(base, [each]).text == base.text for each in theirs):
        return False
    apart = not _near_each_other(_changes(our_text.text), _changes(their_text.text))
    return apart and not sweeping & {each.name for each in (*ours, *theirs)}


def git_conflicts(folder: Path, base: str, ours: str, theirs: str) -> bool:
    """Whether git cannot merge three texts by their lines."""
    paths = [folder / name for name in ("ours", "base", "theirs")]
    for path, text in zip(paths, (ours, base, theirs), strict=True):
        path.write_text(text, encoding="utf-8", newline="")
    line = [program("git"), "merge-file", "-p", *map(str, paths)]
    return subprocess.run(line, capture_output=True, check=False).returncode != 0
