"""Three versions of a trajectory, and what they are together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from fii_cli.changes.conclusions import place_of
from fii_cli.changes.conflict import Conflict, Side
from fii_cli.commands.text_diff import in_markers, with_markers
from fii_cli.diagnostics import Diagnostic, Refused
from fii_cli.edits.apply import Source
from fii_cli.edits.line_merge import by_lines
from fii_cli.edits.merged import MergedDocument, blocks_in, merge_documents
from fii_cli.language import Message, msg
from fii_cli.project import files
from fii_cli.project.context import Project, project_of
from fii_cli.project.files import TooLarge
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import MAX_BYTES, Document
from fii_cli.yaml.read import read


@dataclass(frozen=True)
class Three:
    """The versions to merge. ``base`` is ``None`` if both sides added the file."""

    path: str
    project: Project
    base: Source | None
    ours: Source
    theirs: Source
    our_name: str
    their_name: str

    @property
    def day(self) -> date:
        return self.project.today


@dataclass
class Answers:
    """The sides that were chosen; what was skipped is left as a conflict."""

    chosen: dict[tuple[Any, ...], Side] = field(default_factory=dict)
    ask: Callable[[Conflict], Side | None] = lambda _: None

    def side(self, conflict: Conflict) -> Side:
        """The chosen side, or ours for now."""
        if conflict.about not in self.chosen and (answer := self.ask(conflict)):
            self.chosen[conflict.about] = answer
        return self.chosen.get(conflict.about, "ours")

    def left(self, conflict: Conflict) -> Side:
        """The chosen side, or theirs where none was chosen."""
        return self.chosen.get(conflict.about, "theirs")


@dataclass(frozen=True)
class Result:
    """The merged text, with markers around what is left."""

    text: str
    done: MergedDocument
    left: tuple[Conflict, ...]
    kept: tuple[tuple[Conflict, str], ...]


def file_at(path: str) -> Document | None:
    """A file as a document; ``None`` for an empty one, which git gives if there is no common version."""
    raw = files.trajectory_bytes(path)
    return document_of(raw, path) if raw.strip() else None


def document_of(raw: bytes, path: str) -> Document:
    if len(raw) > MAX_BYTES:
        raise TooLarge(path, len(raw))
    return files.read_safely(raw)


def three_of(
    path: str,
    base: Document | None,
    ours: Document | None,
    theirs: Document | None,
    our_name: str,
    their_name: str,
) -> Three:
    """The versions, each of which must be a trajectory. Raises :class:`Refused` for one that is not."""
    project = project_of(path)
    old = None if base is None else _source(project, path, base, msg("the common version"))
    here = _source(project, path, ours, msg("our version"))
    there = _source(project, path, theirs, msg("their version"))
    return Three(path, project, old, here, there, our_name, their_name)


def _source(project: Project, path: str, document: Document | None, which: Message) -> Source:
    judged = project.judge(path, document or read(""), project.today)
    if judged.trajectory is None or judged.document.problems:
        first = judged.errors[0]
        raise Refused(
            msg(
                "{path}: {version} has an error on line {line}: {why}",
                path=path,
                version=which,
                line=first.span.line,
                why=first.message,
            ),
            first.hint,
        )
    return Source(judged.document, judged.trajectory)


def _errors(three: Three, document: Document) -> Mapping[Hashable, Diagnostic]:
    """The errors in a document, by code and by the identity of what each is about."""
    judged = three.project.judge(three.path, document, three.day)
    told = judged.trajectory
    return {(each.code, place_of(told, each.route) if told else each.route): each for each in judged.errors}


def _by_lines(three: Three, meant: Trajectory) -> Document | None:
    """The texts merged line by line, with the comments of both, if that says exactly what was merged."""
    if three.base is None:
        return None
    sides = (three.base, three.ours, three.theirs)
    text = by_lines(*(side.document.text for side in sides))
    if text is None:
        return None
    judged = three.project.judge(three.path, read(text), three.day)
    exact = judged.trajectory == meant and not judged.document.problems
    return judged.document if exact else None


def merged_of(three: Three, answers: Answers) -> Result:
    errors = partial(_errors, three)
    done = merge_documents(three.base, three.ours, three.theirs, errors, answers.side)
    if not done.conflicts and (lines := _by_lines(three, done.merged.trajectory)):
        done = replace(done, document=lines)
    left = tuple(each for each in done.conflicts if each.about not in answers.chosen)
    kept = tuple((each, answers.chosen.get(each.about, "both")) for each in done.conflicts)
    text = done.document.text
    if left:
        other = merge_documents(three.base, three.ours, three.theirs, errors, answers.left)
        blocks = blocks_in(done, left, "ours"), blocks_in(other, left, "theirs")
        names = (three.our_name, three.their_name)
        text = with_markers(text, other.document.text, names, *blocks)
        if text == done.document.text:  # the same words on both sides: still unmistakably in conflict
            text = in_markers(text, names, *(blocks[0] or [(1, done.document.last_line)])[0])
    return Result(text, done, left, kept)
