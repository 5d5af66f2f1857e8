"""With what ``fii report --since`` compares: the file as known on a day, or the file of an earlier commit."""

from __future__ import annotations

from datetime import date

from fii_cli.analysis.movement import Before, on_day
from fii_cli.commands.readable import readable_in
from fii_cli.diagnostics import Refused
from fii_cli.editions.edition import edition_of
from fii_cli.language import msg
from fii_cli.project import files, git
from fii_cli.project.context import Project
from fii_cli.project.git import NoAnswer, versions
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import parse_date, suggest_date
from fii_cli.words import Audience
from fii_cli.yaml.document import MAX_BYTES


def before_of(
    word: str, project: Project, file: str, known: Trajectory, audience: Audience, day: date
) -> Before:
    """The earlier version that a word means, as an audience may see it: a day, or else a commit.

    ``known`` is the file as known on ``day``. Raises :class:`Refused` if the word means neither, or nothing
    earlier.
    """
    meant = parse_date(word) or parse_date(suggest_date(word) or "")
    if meant and meant.first == meant.last:
        _must_be_earlier(meant.first, day)
        return on_day(edition_of(known, audience), meant.first)
    if parse_date(word):
        raise Refused(msg("invalid day {written}", written=word), msg("write it as 2025-03-12"))
    try:
        return _of_commit(word, project, file, known, audience, day)
    except NoAnswer as silence:
        raise Refused(silence.why, msg("choose a date with --since, such as 2025-03-12")) from None


def _of_commit(
    word: str, project: Project, file: str, known: Trajectory, audience: Audience, day: date
) -> Before:
    place = git.place_of(file)
    if place is None:
        raise NoAnswer(git.NO_REPOSITORY)
    root = place.root
    commit = versions.commit_named(root, word)
    if commit is None:
        hint = (
            versions.FETCH
            if versions.is_shallow(root)
            else msg("name a commit, a branch or a tag, or give a date")
        )
        raise Refused(msg("no commit {word}", word=word), hint)
    _must_be_earlier(commit.day, day)
    moved = versions.renamed(root, commit.hash, versions.INDEX, frozenset([place.name]))
    name = moved.get(place.name, place.name)
    raw = versions.texts_of(root, versions.blobs_at(root, commit.hash, [name]), MAX_BYTES).get(name)
    readable = None
    if isinstance(raw, bytes):
        readable = readable_in(project.judge(file, files.read_safely(raw), commit.day), commit.day)
    if readable is None:
        wrong = msg("{path} cannot be read as it was in {version}", path=file, version=word)
        raise Refused(wrong, msg("choose another commit, or a date"))
    short = commit.hash[:7]
    told = short if commit.hash.startswith(word) else f"{word} ({short})"
    return Before(commit.day, edition_of(readable.known, audience, later=known), told)


def _must_be_earlier(start: date, day: date) -> None:
    if start >= day:
        later = msg("{date} is not before {day}", date=start.isoformat(), day=day.isoformat())
        raise Refused(later, msg("choose an earlier date with --since"))
