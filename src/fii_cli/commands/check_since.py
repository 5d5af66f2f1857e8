"""``fii check --since``: only the findings that an earlier version did not have."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from fii_cli.changes.conclusions import place_of
from fii_cli.commands.gone_since import folders_by_root, is_below, judgements_of_lost, trajectories_then
from fii_cli.diagnostics import Diagnostic, Refused, Severity
from fii_cli.language import Message, count, msg
from fii_cli.project import files, git
from fii_cli.project.context import Choose, Projects
from fii_cli.project.git import NoAnswer, versions
from fii_cli.project.git.versions import NamedCommit
from fii_cli.project.settings import FILE_NAME, read_settings
from fii_cli.rules import BY_CODE
from fii_cli.rules.check import Judgement
from fii_cli.yaml.document import MAX_BYTES


def only_new(
    judgements: Sequence[Judgement],
    found: files.Search,
    paths: Sequence[str],
    word: str,
    projects: Projects,
    today: date,
    choose: Choose,
) -> tuple[list[Judgement], Message]:
    """The judgements without the findings that the commit had too, and how many those were.

    Findings are compared by what they are about, so one that moved is not new. A trajectory at ``paths`` that
    the commit had and that is none any more, is. Raises :class:`Refused` for a word that is no commit, and
    where git cannot tell.
    """
    try:
        earlier, lost = _earlier(judgements, found, paths, word, projects, today, choose)
    except NoAnswer as silence:
        raise Refused(silence.why, msg("omit {flags}", flags="--since")) from None
    left = [_only_new(each, earlier[each.path]) if each.path in earlier else each for each in judgements]
    before, after = (sum(len(each.diagnostics) for each in those) for those in (judgements, left))
    told = msg(
        "{n}, which {version} had too",
        n=count(before - after, "{n} finding is not shown", "{n} findings are not shown"),
        version=word,
    )
    return [*left, *lost], told


def _earlier(
    judgements: Sequence[Judgement],
    found: files.Search,
    paths: Sequence[str],
    word: str,
    projects: Projects,
    today: date,
    choose: Choose,
) -> tuple[dict[str, Judgement], list[Judgement]]:
    """What fii finds today in the files as the commit had them, by their present paths, and what is lost."""
    names: dict[Path, dict[str, str]] = defaultdict(dict)
    texts: dict[Path, dict[str, str]] = defaultdict(dict)
    for judgement in judgements:
        place = git.place_of(os.path.realpath(judgement.path)) if judgement.path != "-" else None
        if place is None and judgement.path != "-":
            raise NoAnswer(git.NO_REPOSITORY)
        if place:
            texts[place.root][place.name] = judgement.document.text
            if judgement.diagnostics:
                names[place.root][place.name] = judgement.path
    for each in found.unopened:  # the check says that these cannot be opened
        if place := git.place_of(os.path.realpath(each.path)):
            texts[place.root][place.name] = ""
    places = folders_by_root(paths, texts)
    if not places and not texts and "-" not in paths:
        raise NoAnswer(git.NO_REPOSITORY)
    earlier: dict[str, Judgement] = {}
    lost: list[Judgement] = []
    inside = _inside(places, word)
    for root in dict.fromkeys((*texts, *places, *inside)):
        commit = inside.get(root) or _commit(root, word)
        if commit is None:
            continue
        places.setdefault(root, [""] if root in inside else [])
        then = trajectories_then(root, commit, places[root], texts[root])
        olds = {then.moved.get(name, name): path for name, path in names[root].items()}
        contents = versions.texts_of(root, versions.blobs_at(root, commit.hash, olds), MAX_BYTES)
        for name, raw in contents.items():
            if isinstance(raw, bytes):
                path = olds[name]
                earlier[path] = _judged_then(path, raw, projects, today, choose)
        source = commit.hash[:10] if root in inside else word
        lost += judgements_of_lost(then, word, source, projects)
    return earlier, lost


def _inside(places: Mapping[Path, Sequence[str]], word: str) -> dict[Path, NamedCommit]:
    """The submodules in the folders that are searched, each with its commit in the version around it."""
    found: dict[Path, NamedCommit] = {}
    for root, folders in places.items():
        commit = versions.commit_named(root, word)
        modules = versions.submodules_at(root, commit.hash) if commit else {}
        for name, hash_ in modules.items():
            place = git.place_of(root / name / "x")
            here = place is not None and place.root == root / name
            if here and any(is_below(name, folder) for folder in folders):
                known = versions.commit_named(root / name, hash_)
                found |= {root / name: known} if known else {}
    return found


def _judged_then(path: str, raw: bytes, projects: Projects, today: date, choose: Choose) -> Judgement:
    """What fii finds in a trajectory, or in settings, as the commit had them."""
    document = files.read_safely(raw)
    if os.path.basename(path) == FILE_NAME:
        text = raw.decode("utf-8-sig", "replace")
        return Judgement(path, document, None, read_settings(text, path, BY_CODE)[1])
    return projects.at(path).judge(path, document, today, choose)


def _commit(root: Path, word: str) -> NamedCommit | None:
    """The commit that a word names; ``None`` if the first one is still to be made, so that everything is new.

    Raises :class:`Refused` for a word that names none.
    """
    there = f"origin/{word}"
    known = versions.commits_named(root, [word, "HEAD", there])
    if word in known or "HEAD" not in known:
        return known.get(word)
    hint = msg("name a commit, a branch or a tag")
    if there in known:  # a job checks out a commit, and makes no branches
        hint = msg("did you mean {word}?", word=there)
    elif versions.is_shallow(root):
        hint = versions.FETCH
    raise Refused(msg("no commit {word}", word=word), hint)


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
