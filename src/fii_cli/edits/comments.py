"""The comments of three versions merged: what one side added, changed or removed is so in the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from fii_cli.changes.facts import Place
from fii_cli.edits.apply import Source
from fii_cli.edits.remarks import ROOT, Anchor, Remark, Remarks, rekeyed, remarks_in
from fii_cli.edits.splice import break_of
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import BREAK, Document, value_at
from fii_cli.yaml.read import read


def with_comments(base: Source | None, ours: Source, theirs: Source, merged: Document) -> Document:
    """A merged document with the comments that three versions have together, at what they are about.

    Of a comment that both sides changed, that of ours is kept; where the value came from theirs, that of
    theirs. A comment that one side removed and the other changed is kept.
    """
    one, other = (remarks_in(each.document, each.trajectory) for each in (ours, theirs))
    old = remarks_in(base.document, base.trajectory) if base else Remarks(merged, {}, {})
    trajectory = Trajectory.model_validate(merged.data)
    here = remarks_in(merged, trajectory)
    moved = rekeyed(old, one) | rekeyed(old, other)
    moved = {place: new for place, new in moved.items() if new in here.spots and place not in here.spots}
    wanted = _wanted(old.moved(moved), one.moved(moved), other.moved(moved), here)
    if not wanted:
        return merged
    done = _read_back(merged, _written(here, wanted))
    if done is not None:
        return done
    for anchor, remarks in wanted.items():  # those that can be written, if one of them cannot
        now = remarks_in(merged, trajectory)
        merged = _read_back(merged, _written(now, {anchor: remarks})) or merged
    return merged


def _read_back(document: Document, text: str) -> Document | None:
    done = read(text)
    return None if done.problems or done.data != document.data else done


# --- which comments -----------------------------------------------------------------------------------------


def _wanted(base: Remarks, ours: Remarks, theirs: Remarks, merged: Remarks) -> dict[Anchor, list[Remark]]:
    """The comments at each entry of the merged document that does not have them yet."""
    found = {}
    for anchor in dict.fromkeys(key for each in (merged, ours, theirs, base) for key in each.by_anchor):
        place = anchor[1]
        if place not in merged.spots and place != ROOT:
            continue
        old = base.by_anchor.get(anchor, ())
        here, there = (
            side.by_anchor.get(anchor, ()) if place in side.spots or place == ROOT else old
            for side in (ours, theirs)
        )
        one, other = (here, there) if not _from_theirs(place, ours, theirs, merged) else (there, here)
        remarks = _together(old, one, other, several=anchor[0] != "beside")
        if tuple(each.text for each in remarks) != merged.texts(anchor):
            found[anchor] = remarks
    return found


def _from_theirs(place: Place, ours: Remarks, theirs: Remarks, merged: Remarks) -> bool:
    """Whether theirs says what the merged document says at a place, and ours does not."""
    here, there, now = (
        value_at(side.document.data, side.spots[place].route) if place in side.spots else None
        for side in (ours, theirs, merged)
    )
    return now == there != here


def _together(
    base: Sequence[Remark], one: Sequence[Remark], other: Sequence[Remark], *, several: bool
) -> list[Remark]:
    """The comments of two sides; the first side decides where both changed the same one."""
    our_own, our_new = _since(base, one)
    their_own, their_new = _since(base, other)
    found: list[Remark] = []
    known = {each.text for each in one}
    for at, old in enumerate([*base, None]):
        found += our_new[at]
        if several or not one:
            found += (each for each in their_new[at] if each.text not in known)
        if old is None:
            break
        mine, theirs = our_own[at], their_own[at]
        if _texts(mine) == [old.text]:
            found += theirs
        elif _texts(theirs) == [old.text] or mine:
            found += mine
        else:
            found += theirs
    return found if several else found[:1]


def _since(base: Sequence[Remark], side: Sequence[Remark]) -> tuple[list[list[Remark]], list[list[Remark]]]:
    """What a side has instead of each comment of the base, and what it added before each and at the end."""
    own: list[list[Remark]] = [[] for _ in base]
    new: list[list[Remark]] = [[] for _ in (*base, None)]
    for kind, a, b, c, d in SequenceMatcher(None, _texts(base), _texts(side), autojunk=False).get_opcodes():
        if kind == "insert":
            new[a] += side[c:d]
        for at in range(a, b):
            last = at == b - 1
            own[at] += side[c + at - a : d if last else c + at - a + 1]
    return own, new


def _texts(remarks: Sequence[Remark]) -> list[str]:
    return [each.text for each in remarks]


# --- writing them -------------------------------------------------------------------------------------------


@dataclass
class _Lines:
    """The lines of a text, with what replaces them and what comes before them."""

    document: Document
    replaced: dict[int, str | None] = field(default_factory=dict)
    before: dict[int, list[str]] = field(default_factory=dict)

    def current(self, line: int) -> str:
        return self.replaced.get(line, self.document.line(line)) or ""

    def remove(self, remark: Remark) -> None:
        """Remove the line of a comment, with one of the blank lines around it."""
        self.replaced[remark.line] = None
        if remark.apart and not self.document.line(remark.line - 1).strip():
            self.replaced[remark.line + 1] = None

    def text(self) -> str:
        text = self.document.text
        break_ = break_of(text)
        ends = [(found.start(), found.end()) for found in BREAK.finditer(text)]
        starts = [0, *(end for _, end in ends)]
        out: list[list[str]] = []
        for number, start in enumerate(starts, 1):
            out += ([line, break_] for line in self.before.get(number, ()))
            end = ends[number - 1] if number <= len(ends) else (len(text), len(text))
            line = self.replaced.get(number, text[start : end[0]])
            if line is not None:
                out.append([line, text[end[0] : end[1]]])
        for line in self.before.get(len(starts) + 1, ()):
            if out and not out[-1][1]:
                out[-1][1] = break_
            out.append([line, ""])
        return "".join(part for each in out for part in each)


def _written(merged: Remarks, wanted: Mapping[Anchor, Sequence[Remark]]) -> str:
    """The text of a document with other comments at some of its entries."""
    lines = _Lines(merged.document)
    beside = {anchor: remarks for anchor, remarks in wanted.items() if anchor[0] == "beside"}
    for anchor in beside:
        for remark in merged.by_anchor.get(anchor, ()):
            lines.replaced[remark.line] = merged.document.line(remark.line)[: remark.column - 1].rstrip()
    taken = {
        each.line
        for anchor, some in merged.by_anchor.items()
        if anchor[0] == "beside" and anchor not in wanted
        for each in some
    }
    for anchor, remarks in beside.items():
        line = merged.spots[anchor[1]].beside
        if remarks and line not in taken:
            taken.add(line)
            lines.replaced[line] = f"{lines.current(line)}  {remarks[0].text}"
    for anchor, remarks in wanted.items():
        if anchor[0] != "beside":
            _put(lines, merged, anchor, remarks)
    return lines.text()


def _put(lines: _Lines, merged: Remarks, anchor: Anchor, remarks: Sequence[Remark]) -> None:
    """Put comments on lines of their own above or below an entry, in the place of those that are there."""
    there = merged.by_anchor.get(anchor, ())
    spot = merged.spots.get(anchor[1])
    indent = spot.indent if spot else 0
    end = spot.first if spot and anchor[0] == "above" else _after(merged, anchor, there)

    def worded(remark: Remark) -> str:
        return " " * max(0, indent + remark.deeper) + remark.text

    matched = SequenceMatcher(None, _texts(there), _texts(remarks), autojunk=False)
    for kind, a, b, c, d in matched.get_opcodes():
        if kind == "equal":
            continue
        paired = min(b - a, d - c)
        for old, new in zip(there[a : a + paired], remarks[c : c + paired], strict=True):
            lines.replaced[old.line] = worded(new)
        for old in there[a + paired : b]:
            lines.remove(old)
        last = b == len(there)
        for new in remarks[c + paired : d]:
            at = end if last else there[b].line
            apart = new.apart and anchor[0] == "above" and last
            if apart and new.close and not merged.document.line(at - 1).strip():
                at, apart = _before_blank(merged.document, at), False
            lines.before.setdefault(at, []).extend([worded(new), ""] if apart else [worded(new)])


def _before_blank(document: Document, line: int) -> int:
    """The first of the blank lines before a line."""
    while line > 1 and not document.line(line - 1).strip():
        line -= 1
    return line


def _after(merged: Remarks, anchor: Anchor, there: Sequence[Remark]) -> int:
    """The number of the line before which a comment below an entry comes."""
    document = merged.document
    if there:
        return there[-1].line + 1
    spot = merged.spots.get(anchor[1])
    if spot is None:
        return _before_blank(document, document.last_line + 1)
    at = spot.last + 1
    while document.line(at).lstrip().startswith("#") and (
        len(document.line(at)) - len(document.line(at).lstrip()) > spot.indent
    ):
        at += 1
    return at
