"""``fii check --since``: only the findings that an earlier version did not have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from fii_cli.changes.conclusions import place_of
from fii_cli.diagnostics import Diagnostic, Refused, Severity
from fii_cli.language import Message, count, msg
from fii_cli.project import files, git
from fii_cli.project.context import Choose, Projects
from fii_cli.project.git import NoAnswer, versions
from fii_cli.project.git.versions import INDEX
from fii_cli.rules.check import Judgement
from fii_cli.yaml.document import MAX_BYTES


def only_new(
    judgements: Sequence[Judgement], word: str, projects: Projects, today: date, choose: Choose
) -> tuple[list[Judgement], Message]:
    """The judgements without the findings that the commit had too, and how many those were.

    Findings are compared by what they are about, so one that moved is not new. Raises :class:`Refused` for a
    word that is no commit, and where git cannot tell.
    """
    try:
        earlier = _earlier(judgements, word, projects, today, choose)
    except NoAnswer as silence:
        raise Refused(silence.why, msg("omit {flags}", flags="--since")) from None
    left = [_only_new(each, earlier[each.path]) if each.path in earlier else each for each in judgements]
    before, after = (sum(len(each.diagnostics) for each in those) for those in (judgements, left))
    told = msg(
        "{n}, which {version} had too",
        n=count(before - after, "{n} finding is not shown", "{n} findings are not shown"),
        version=word,
    )
    return left, told


def _earlier(
    judgements: Sequence[Judgement], word: str, projects: Projects, today: date, choose: Choose
) -> dict[str, Judgement]:
    """What fii finds today in the files as the commit had them, by their present paths; git is asked once."""
    names: dict[Path, dict[str, str]] = defaultdict(dict)
    for judgement in judgements:
        place = git.place_of(judgement.path) if judgement.path != "-" else None
        if place is None and judgement.path != "-":
            raise NoAnswer(git.NO_REPOSITORY)
        if place and judgement.diagnostics:
            names[place.root][place.name] = judgement.path
    found = {}
    for root, paths in names.items():
        commit = versions.commit_named(root, word)
        if commit is None and versions.commit_named(root, "HEAD") is None:
            continue  # the first commit is still to be made, and everything is new
        if commit is None:
            raise Refused(msg("no commit {word}", word=word), msg("name a commit, a branch or a tag"))
        moved = versions.renamed(root, commit.hash, INDEX, frozenset(paths))
        olds = {moved.get(name, name): path for name, path in paths.items()}
        texts = versions.texts_of(root, versions.blobs_at(root, commit.hash, olds), MAX_BYTES)
        for name, raw in texts.items():
            if isinstance(raw, bytes):
                path = olds[name]
                found[path] = projects.at(path).judge(path, files.read_safely(raw), today, choose)
    return found


def _only_new(judgement: Judgement, earlier: Judgement) -> Judgement:
    exact = judgement.trajectory is not None and earlier.trajectory is not None
    known = Counter(_identity(each, earlier, exact=exact) for each in earlier.diagnostics)
    new = []
    for each in judgement.diagnostics:
        identity = _identity(each, judgement, exact=exact)
        if known[identity]:
            known[identity] -= 1
        else:
            new.append(each)
    return replace(judgement, diagnostics=tuple(new))


def _identity(diagnostic: Diagnostic, judgement: Judgement, *, exact: bool) -> Hashable:
    """The rule, and what the finding is about: a record by its key, or only the words of the path.

    An error is told apart by what it says as well: another wrong value in the same place is a new one.
    """
    about = str(diagnostic.message) if diagnostic.severity is Severity.ERROR else ""
    if exact:
        assert judgement.trajectory is not None
        return diagnostic.code, about, place_of(judgement.trajectory, diagnostic.route)
    return diagnostic.code, about, tuple(step for step in diagnostic.route if isinstance(step, str))
