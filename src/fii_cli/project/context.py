"""The context of the trajectories in one folder: opened once, and passed on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from fii_cli.analysis.counts import Thresholds
from fii_cli.diagnostics import Diagnostic, Severity, in_reading_order
from fii_cli.handbook import Handbook, load
from fii_cli.project import files, git
from fii_cli.project.contents import Contents
from fii_cli.project.files import OWN, CannotOpen
from fii_cli.project.settings import FILE_NAME, Settings, read_settings
from fii_cli.rules import BY_CODE, Circumstances
from fii_cli.rules.check import Judgement, check
from fii_cli.rules.format import unusable_instrument, unusable_settings
from fii_cli.rules.privacy import file_stem
from fii_cli.rules.settings import RuleSettings
from fii_cli.unexpected import in_words
from fii_cli.yaml.document import START, UNEXPECTED, Document, unreadable

if TYPE_CHECKING:
    from fii_cli.handbook.models import Framework
    from fii_cli.project.house import House
    from fii_cli.project.published import Reports
    from fii_cli.rules.base import MemberFault
    from fii_cli.trajectory.rollout import RolloutMember

Choose = Callable[[RuleSettings], RuleSettings]
"""Applies the options of a command line to the rule settings of a repository."""
OwnFiles = tuple[tuple[str, bytes], ...]
"""The files with a repository's own instruments, by path."""


@dataclass(slots=True)
class Asked:
    """What the rules asked about other files: evidence, and ``members`` of a roll-out."""

    evidence: dict[str, bool] = field(default_factory=dict)
    members: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a file is judged in: the day, the settings, the own instruments, and where evidence is.

    ``folders`` are the folder of the file, and the root of its repository. All of it can be sent to another
    process.
    """

    day: date
    rules: RuleSettings
    thresholds: Thresholds
    own: OwnFiles
    folders: tuple[str, str]

    def circumstances(self, path: str, asked: Asked | None = None) -> Circumstances:
        """What the rules may use besides the file itself; what they ask about other files is ``asked``."""
        asked = asked or Asked()

        def is_there(evidence: str) -> bool:
            there = has_evidence(self.folders, path, evidence)
            asked.evidence[evidence] = there
            return there

        @cache
        def fault(member: RolloutMember) -> MemberFault | None:
            asked.members = True
            return _member_fault(path, self.folders[1], member)

        def place(member: RolloutMember) -> object:
            asked.members = True
            return _member_place(path, member)

        return Circumstances(
            handbook_with(self.own)[0],
            self.day,
            is_there,
            self.thresholds,
            file_stem(path),
            fault,
            place,
        )


def _member_fault(path: str, root: str, member: RolloutMember) -> MemberFault | None:
    """What is wrong with a trajectory of the roll-out in a file."""
    from fii_cli.project.rollout import member_fault  # few files have a roll-out

    return member_fault(path, root, member)


def _member_place(path: str, member: RolloutMember) -> object:
    """Where the path of a trajectory in the roll-out in a file leads."""
    from fii_cli.project.rollout import place_reached  # few files have a roll-out

    return place_reached(path, member)


def judged_within(
    within: Surroundings,
    path: str,
    document: Document,
    asked: Asked | None = None,
    change: Callable[[Circumstances], Circumstances] = lambda as_here: as_here,
) -> Judgement:
    """The judgement of a file. Never raises, whatever the file contains.

    What the rules ask about other files is added to ``asked``. ``change`` makes other circumstances of those
    here.
    """
    try:
        return check(document, change(within.circumstances(path, asked)), path, within.rules)
    except Exception as error:  # one file must not silence the others
        return judged_unexpectedly(path, document, error)


@dataclass(frozen=True)
class Project:
    """The repository, the settings, the handbook and the house style of the trajectories in one folder.

    ``folder`` is absolute. ``root`` is the root of its repository, or the folder itself where there is none.
    ``today`` is the day on the clock. What a command does not ask for is not read.
    """

    folder: str
    root: Path
    in_git: bool
    today: date

    @cached_property
    def own_folder(self) -> str:
        """The ``.fii`` folder: at the root of the repository, else here, else beside the trajectories."""
        if self.in_git:
            return str(self.root / OWN)
        here = Path.cwd()
        return str((here if Path(self.folder).is_relative_to(here) else Path(self.folder)) / OWN)

    @property
    def schema_path(self) -> str:
        """The path of the schema for these trajectories."""
        return os.path.join(self.own_folder, os.path.basename(files.SCHEMA))

    @cached_property
    def settings_path(self) -> str | None:
        """The nearest ``fii.toml``, within the repository."""
        return files.nearest(self.folder, FILE_NAME)

    @property
    def settings(self) -> Settings:
        """The settings in ``fii.toml``; the defaults if there is none, or if it cannot be read."""
        return self._settings[0]

    @property
    def handbook(self) -> Handbook:
        """The handbook, including the repository's own instruments."""
        return self._handbook[0]

    @property
    def wrong(self) -> tuple[Judgement, ...]:
        """The errors in the settings and in the repository's own instruments, one judgement a file."""
        return (*self._settings[1], *self._handbook[1])

    @property
    def house(self) -> House:
        """The house style. Raises :class:`CannotOpen` for an unreadable logo or template."""
        from fii_cli.project.house import House, logo_at, own_templates  # only pages have a style

        style, logo = self.settings.style, ""
        if self.settings_path and style.logo:
            beside = os.path.dirname(os.path.abspath(self.settings_path))
            logo = logo_at(os.path.join(beside, style.logo), str(self.root) if self.in_git else beside)
        return House(style, logo, own_templates(self.own_folder))

    @cached_property
    def _settings(self) -> tuple[Settings, tuple[Judgement, ...]]:
        path = self.settings_path
        if path is None:
            return Settings(), ()
        try:
            text = files.own_text(path)
        except CannotOpen as error:  # unreadable settings are reported, and the defaults apply
            return Settings(), (_unopened(unusable_settings.code, path, error),)
        return _settings_in(path, text.removeprefix("\ufeff"))

    @cached_property
    def _own_instruments(self) -> list[tuple[str, bytes | CannotOpen]]:
        return files.own_instruments(self.own_folder)

    @cached_property
    def own_instruments(self) -> OwnFiles:
        """The repository's own instruments that can be opened, each with its path."""
        return tuple((name, raw) for name, raw in self._own_instruments if isinstance(raw, bytes))

    @cached_property
    def _handbook(self) -> tuple[Handbook, tuple[Judgement, ...]]:
        book, judged = handbook_with(self.own_instruments)
        unopened = [
            _unopened(unusable_instrument.code, name, why)
            for name, why in self._own_instruments
            if isinstance(why, CannotOpen)
        ]
        return book, (*judged, *unopened)

    def judge(
        self, path: str, document: Document, day: date, choose: Choose = lambda chosen: chosen
    ) -> Judgement:
        """Judge a file of this project on a day. Never raises, whatever the file contains."""
        return judged_within(self.surroundings(day, choose), path, document)

    def circumstances(self, path: str, day: date) -> Circumstances:
        """What the rules may use besides the file itself."""
        return self.surroundings(day).circumstances(path)

    def surroundings(self, day: date, choose: Choose = lambda chosen: chosen) -> Surroundings:
        """What the files of this project are judged in on a day."""
        settings = self.settings
        folders = self.folder, str(self.root)
        return Surroundings(day, choose(settings.rules), settings.thresholds, self.own_instruments, folders)

    def has_evidence(self, trajectory: str, evidence: str) -> bool:
        """Whether evidence in a trajectory exists: see :func:`has_evidence`."""
        return has_evidence((self.folder, str(self.root)), trajectory, evidence)

    def neighbours(self) -> list[str]:
        """Where other trajectories are: the repository, or without git the YAML files in this folder."""
        if self.in_git:
            return [os.path.relpath(self.root)]
        return files.yaml_files_in(self.folder)


class Projects:
    """The projects of one run; each folder is opened once."""

    def __init__(self) -> None:
        self.today = date.today()
        self._opened: dict[str, Project] = {}

    def at(self, path: str) -> Project:
        """The project of a file's folder; standard input (``-``) belongs to the current folder."""
        folder = os.path.dirname(os.path.abspath(path))
        if folder not in self._opened:
            root, in_git = git.root_of(folder)
            self._opened[folder] = Project(folder, root, in_git, self.today)
        return self._opened[folder]

    def wrong(self, paths: list[str]) -> list[Judgement]:
        """The errors in the settings and own instruments that apply to these files, each file once."""
        judged = (judgement for path in paths for judgement in self.at(path).wrong)
        return list({judgement.path: judgement for judgement in judged}.values())

    def search(
        self, paths: list[str], contents: Contents | None = None, *, with_outcome: bool = False
    ) -> files.Search:
        """The trajectories at and below paths, unless they are excluded; see :func:`files.search`."""
        return files.search(paths, self._excluded, contents, with_outcome=with_outcome)

    def reports(self, paths: list[str]) -> Reports:
        """The reports in JSON at and below paths, unless they are excluded."""
        from fii_cli.project.published import search_reports  # only a portfolio reads reports

        return search_reports(paths, self._excluded)

    def without_excluded(self, paths: list[str]) -> list[str]:
        """The paths that no setting excludes; a folder is kept, and a search in it skips what is excluded."""
        return [path for path in paths if path == "-" or os.path.isdir(path) or not self._excluded(path)]

    def _excluded(self, path: str) -> bool:
        project = self.at(path)
        if project.settings_path is None:
            return False
        return project.settings.excludes(files.as_seen_from(project.settings_path, path))


def has_evidence(folders: Iterable[str], trajectory: str, evidence: str) -> bool:
    """Whether evidence in a trajectory exists: in git, or on disk if there is no git.

    A path is relative to the first of the ``folders`` (that of the trajectory), or else to the next one (the
    root of the repository). An absolute path is on one machine only.
    """
    if os.path.isabs(evidence):
        return False
    for base in folders:
        full = os.path.normpath(os.path.join(base, evidence))
        tracked = git.has_beside(trajectory, full)
        if os.path.exists(full) if tracked is None else tracked:
            return True
    return False


def judged_unexpectedly(path: str, document: Document, error: Exception) -> Judgement:
    """The judgement of a file if fii itself fails on it."""
    found = Diagnostic(UNEXPECTED, Severity.ERROR, path, START, *in_words(error))
    return Judgement(path, document, None, (found,))


def _unopened(code: str, path: str, error: CannotOpen) -> Judgement:
    """The judgement of settings or an instrument that cannot be opened."""
    diagnostic = Diagnostic(code, Severity.ERROR, path, START, error.message, error.hint)
    return Judgement(path, unreadable(""), None, (diagnostic,))


@lru_cache(maxsize=64)
def _settings_in(path: str, text: str) -> tuple[Settings, tuple[Judgement, ...]]:
    """The settings in a text, and their errors; cached, because many folders share one ``fii.toml``."""
    try:
        settings, diagnostics = read_settings(text, path, BY_CODE)
    except Exception as error:  # settings must not silence the trajectories
        return Settings(), (judged_unexpectedly(path, unreadable(text), error),)
    if not diagnostics:
        return settings, ()
    return settings, (Judgement(path, unreadable(text), None, in_reading_order(diagnostics)),)


def handbook_with(own_files: OwnFiles) -> tuple[Handbook, tuple[Judgement, ...]]:
    """The handbook with own instruments, and their errors."""
    return _handbook_with(own_files) if own_files else (load.handbook(), ())


@lru_cache(maxsize=16)
def _handbook_with(own_files: OwnFiles) -> tuple[Handbook, tuple[Judgement, ...]]:
    """The handbook with own instruments; cached, because many folders share them."""
    from fii_cli.project.own_instruments import led_astray, own_instrument  # few repositories have any

    ours = load.handbook()
    own: dict[str, Framework] = {}
    read: dict[str, tuple[str, Document]] = {}
    judgements: list[Judgement] = []
    for path, raw in own_files:
        document = files.read_safely(raw)
        try:
            framework, diagnostics = own_instrument(document, path, ours, own)
        except Exception as error:  # one instrument must not silence the trajectories
            judgements.append(judged_unexpectedly(path, document, error))
            continue
        if framework:
            own[framework.id] = framework
            read[framework.id] = path, document
        if diagnostics:
            judgements.append(Judgement(path, document, None, in_reading_order(diagnostics)))
    book = ours.with_own(own)
    while astray := {
        id_: wrong for id_, each in own.items() if (wrong := led_astray(each, *read[id_], book))
    }:
        for id_, wrong in astray.items():
            path, document = read[id_]
            judgements.append(Judgement(path, document, None, in_reading_order(wrong)))
            del own[id_]
        book = ours.with_own(own)  # without these, others may lead astray
    return book, tuple(judgements)


def project_of(path: str) -> Project:
    """The project of one file, for a command that works on that file only."""
    return Projects().at(path)
