"""``fii check --since``: only the findings that an earlier version did not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date

from fii_cli.changes.conclusions import place_of
from fii_cli.diagnostics import Diagnostic, Refused
from fii_cli.language import Message, count, msg
from fii_cli.project import files, git
from fii_cli.project.context import Choose, Projects
from fii_cli.project.git import NoAnswer, versions
from fii_cli.rules.check import Judgement


def only_new(
    judgements: Sequence[Judgement], word: str, projects: Projects, today: date, choose: Choose
) -> tuple[list[Judgement], Message]:
    """The judgements without the findings that the commit had too, and how many those were.

    Findings are compared by what they are about, so one that moved is not new. Raises :class:`Refused` for a
    word that is no commit, and where git cannot tell.
    """
    try:
        left = [_only_new(judgement, word, projects, today, choose) for judgement in judgements]
    except NoAnswer as silence:
        raise Refused(silence.why, msg("omit {flags}", flags="--since")) from None
    before, after = (sum(len(each.diagnostics) for each in those) for those in (judgements, left))
    told = msg(
        "{n}, which {version} had too",
        n=count(before - after, "{n} finding is not shown", "{n} findings are not shown"),
        version=word,
    )
    return left, told


def _only_new(judgement: Judgement, word: str, projects: Projects, today: date, choose: Choose) -> Judgement:
    place = git.place_of(judgement.path) if judgement.path != "-" else None
    if place is None or not judgement.diagnostics:
        return judgement
    commit = versions.commit_named(place.root, word)
    if commit is None:
        raise Refused(msg("no commit {word}", word=word), msg("name a commit, a branch or a tag"))
    moved = versions.renamed_from(place.root, commit.hash, frozenset({place.name}))
    name = moved.get(place.name, place.name)
    texts = versions.texts_of(place.root, versions.blobs_at(place.root, commit.hash, [name]))
    if name not in texts:
        return judgement
    document = files.read_safely(texts[name])
    earlier = projects.at(judgement.path).judge(judgement.path, document, today, choose)
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
    """The rule, and what the finding is about: a record by its key, or only the words of the path."""
    if exact:
        assert judgement.trajectory is not None
        return diagnostic.code, place_of(judgement.trajectory, diagnostic.route)
    return diagnostic.code, tuple(step for step in diagnostic.route if isinstance(step, str))
