"""What several commands ask for: the day, and the judgement of a file."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from fii_cli.diagnostics import Diagnostic, Refused, Severity, in_reading_order
from fii_cli.handbook import STOPLICHT, Handbook, load
from fii_cli.language import N_, count, msg
from fii_cli.output.text import as_text
from fii_cli.project import files
from fii_cli.project.files import CannotOpen
from fii_cli.project.settings import FILE_NAME, Settings, read_settings
from fii_cli.rules import BY_CODE, Circumstances
from fii_cli.rules.check import Judgement, check
from fii_cli.rules.format import unusable_instrument, unusable_settings
from fii_cli.rules.privacy import file_stem
from fii_cli.rules.settings import RuleSettings
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import suggest_date
from fii_cli.unexpected import in_words
from fii_cli.visible import as_json
from fii_cli.words import Word, meant
from fii_cli.yaml.document import START, UNEXPECTED, Document, unreadable

if TYPE_CHECKING:
    from fii_cli.analysis.barriers import Barrier
    from fii_cli.handbook.models import Framework

AS_OF = N_("look at it as on this day instead of today: 2025-03-12")
AS_JSON = N_("write it as JSON")
Choose = Callable[[RuleSettings], RuleSettings]
"""What a command line makes of the rules that a repository chose."""


def say_json(terminal: Terminal, data: object) -> None:
    """Write data for programs."""
    terminal.document(as_json(data))


def say_cannot_open(error: CannotOpen, terminal: Terminal) -> None:
    """Say of one file that it cannot be opened, while the others go on."""
    terminal.refuse(f"{error.path}: {terminal.say(error.message)}", error.hint)


def say_not_done(error: Exception, path: str, terminal: Terminal) -> None:
    """Say why something could not be done with one file, while the others go on."""
    if isinstance(error, CannotOpen):
        say_cannot_open(error, terminal)
    elif isinstance(error, Refused):
        terminal.refuse(f"{path}: {terminal.say(error.message)}", error.hint)
    else:
        message, hint = in_words(error)
        terminal.refuse(f"{path}: {terminal.say(message)}", hint)


def say_other_names(terminal: Terminal, path: str, others: int) -> None:
    """Say so where a file had other names, which keep the text of before."""
    if others:
        words = count(
            others,
            "{path} had {n} other hard link, which keeps the old text",
            "{path} had {n} other hard links, which keep the old text",
            path=path,
        )
        terminal.note(terminal.wrap(terminal.say(words)))


def day(text: str | None) -> date | None:
    """A day from the command line, such as 2025-03-12."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> date:
    meant = suggest_date(text)
    raise Refused(
        msg("{written} is not a day", written=text),
        msg("did you mean {word}?", word=meant)
        if meant and len(meant) == 10
        else msg("write it as 2025-03-12"),
    )


def handbook_for(path: str) -> Handbook:
    """The handbook, with the instruments of the repository that a file lies in; ``-`` lies in this folder."""
    return _with_own(path)[0]


def own_judged(path: str) -> tuple[Judgement, ...]:
    """What is wrong with the instruments of the repository that a file lies in."""
    return _with_own(path)[1]


def _with_own(path: str) -> tuple[Handbook, tuple[Judgement, ...]]:
    found = files.own_instruments(path)
    if not found:
        return load.handbook(), ()
    book, judged = _own_in(tuple((name, raw) for name, raw in found if isinstance(raw, bytes)))
    unopened = [
        _unopened(unusable_instrument.code, name, why) for name, why in found if isinstance(why, CannotOpen)
    ]
    return book, (*judged, *unopened)


def _unopened(code: str, path: str, error: CannotOpen) -> Judgement:
    """The judgement of settings or of an instrument that cannot be read."""
    diagnostic = Diagnostic(code, Severity.ERROR, path, START, error.message, error.hint)
    return Judgement(path, unreadable(""), None, (diagnostic,))


@lru_cache(maxsize=16)
def _own_in(found: tuple[tuple[str, bytes], ...]) -> tuple[Handbook, tuple[Judgement, ...]]:
    from fii_cli.project.own_instruments import own_instrument

    own: dict[str, Framework] = {}
    judgements: list[Judgement] = []
    for path, raw in found:
        document = files.read_safely(raw)
        try:
            framework, diagnostics = own_instrument(document, path, load.handbook(), own)
        except Exception as error:  # one instrument must not silence the trajectories
            judgements.append(judged_unexpectedly(path, document, error))
            continue
        if framework:
            own[framework.id] = framework
        if diagnostics:
            judgements.append(Judgement(path, document, None, in_reading_order(diagnostics)))
    return load.handbook().with_own(own), tuple(judgements)


def closed_value(option: str, word: str, allowed: Sequence[Word]) -> Word:
    """The closed value that an option was given, in the words of the file or in English.

    Raises :class:`Refused` where it is none of those allowed.
    """
    value = meant(word, allowed)
    if value is None:
        wrong = msg("{value} is not a value of {option}", value=word or "''", option=option)
        raise Refused(wrong, did_you_mean(word, allowed, one_of(allowed)))
    return value


def framework_named(instrument: str, book: Handbook) -> Framework | None:
    """The instrument with an id; none for the stoplicht, which has a score of its own."""
    if instrument not in book.instrument_ids:
        wrong = msg("there is no instrument {id}", id=instrument)
        raise Refused(wrong, did_you_mean(instrument, book.instrument_ids, one_of(book.instrument_ids)))
    return None if instrument == STOPLICHT else book.instrument(instrument)


def asked_by_form(instrument: str, book: Handbook) -> Framework:
    """The instrument with an id, where many can answer it; the stoplicht is no such instrument."""
    framework = framework_named(instrument, book)
    if framework is None:
        wrong = msg("the lights are agreed on in a team, not asked by form")
        raise Refused(wrong, msg("choose another instrument: midi, quickscan, cfir …"))
    return framework


def organisation_named(id_: str | None, trajectory: Trajectory) -> str:
    """The id of an organisation of the trajectory; empty where none was asked for."""
    known = [organisation.id for organisation in trajectory.organisations]
    if id_ is not None and id_ not in known:
        near = did_you_mean(id_, known, msg("add it under organisations"))
        raise Refused(msg("there is no organisation {id}", id=id_), near)
    return id_ or ""


def a_file(path: str) -> str:
    """A file that is to be changed; what is piped in cannot be."""
    if path == "-":
        raise Refused(msg("what is piped in cannot be changed"), msg("name a file"))
    return path


def settings_for(path: str) -> tuple[Settings, Judgement | None]:
    """What the ``fii.toml`` nearest to a file settles, and what is wrong with that ``fii.toml``."""
    found = files.nearest(path, FILE_NAME)
    if found is None:
        return Settings(), None
    try:
        text = files.own_text(found)
    except CannotOpen as error:  # what cannot be read settles nothing, and is told
        return Settings(), _unopened(unusable_settings.code, found, error)
    return _settings_at(found, text)


def settings_judged(paths: Sequence[str]) -> list[Judgement]:
    """What is wrong with the settings and the own instruments that hold for these files, each once."""
    judged = {j.path: j for _, j in map(settings_for, paths) if j and j.diagnostics}
    judged |= {judgement.path: judgement for path in paths for judgement in own_judged(path)}
    return list(judged.values())


def barriers_in(path: str, trajectory: Trajectory, today: date) -> tuple[Barrier, ...]:
    """What hinders in a trajectory, by the handbook and the settings that hold where it lies."""
    from fii_cli.analysis.barriers import barriers_of

    return barriers_of(trajectory, handbook_for(path), today, settings_for(path)[0].thresholds)


@lru_cache(maxsize=64)
def _settings_at(path: str, text: str) -> tuple[Settings, Judgement]:
    try:
        settings, diagnostics = read_settings(text.removeprefix("\ufeff"), path, BY_CODE)
    except Exception as error:  # settings must not silence the trajectories
        return Settings(), judged_unexpectedly(path, unreadable(text), error)
    return settings, Judgement(path, unreadable(text), None, in_reading_order(diagnostics))


def search(paths: list[str], holding: bytes = b"") -> files.Search:
    """The trajectories at and below paths that hold these bytes, without what a ``fii.toml`` excludes."""

    from fnmatch import fnmatch

    def excluded(path: str) -> bool:
        home = files.nearest(path, FILE_NAME)
        if home is None:
            return False
        name = files.as_seen_from(home, path)
        patterns = settings_for(path)[0].exclude
        return any(fnmatch(name, each) or name.startswith(f"{each.rstrip('/')}/") for each in patterns)

    return files.search(paths, excluded, holding)


def judge(
    path: str,
    document: Document,
    today: date,
    chosen: Choose = lambda each: each,
) -> Judgement:
    """Judge a file where it lies; ``chosen`` is what the command line makes of the settings there."""
    try:
        return check(document, circumstances_at(path, today), path, chosen(settings_for(path)[0].rules))
    except Exception as error:  # one file must not silence the others
        return judged_unexpectedly(path, document, error)


def judged_unexpectedly(path: str, document: Document, error: Exception) -> Judgement:
    """The judgement of a file on which fii itself fails."""
    found = Diagnostic(UNEXPECTED, Severity.ERROR, path, START, *in_words(error))
    return Judgement(path, document, None, (found,))


def circumstances_at(path: str, today: date) -> Circumstances:
    """What lies outside a file: the handbook, the day, the evidence, and what is settled where it lies."""
    return Circumstances(
        handbook_for(path),
        today,
        lambda evidence: files.evidence_there(path, evidence),
        settings_for(path)[0].thresholds,
        file_stem(path),
    )


@dataclass(frozen=True, slots=True)
class Readable:
    """A trajectory without errors, and what else fii says of it."""

    trajectory: Trajectory
    diagnostics: tuple[Diagnostic, ...]


def readable(path: str, today: date, terminal: Terminal) -> Readable | None:
    """A trajectory to build on; where a file has errors they are shown instead."""
    judgement = judge(path, files.read_file(path), today)
    if judgement.trajectory and not judgement.errors:
        return Readable(judgement.trajectory, judgement.diagnostics)
    say_errors(judgement, terminal)
    return None


def say_errors(judgement: Judgement, terminal: Terminal) -> None:
    """Show the errors of a file that cannot be built on."""
    terminal.note(as_text([replace(judgement, diagnostics=judgement.errors)], terminal))
    path = shlex.quote(judgement.path)
    terminal.note("", terminal.say("Mend this first; fii check {path} shows everything.", path=path))
