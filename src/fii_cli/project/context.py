"""The context of the trajectories in one folder: opened once, and passed on."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from fii_cli.diagnostics import Diagnostic, Severity, in_reading_order
from fii_cli.handbook import Handbook
from fii_cli.project import files, git
from fii_cli.project.contents import Content, Contents
from fii_cli.project.files import OWN, CannotOpen
from fii_cli.project.settings import FILE_NAME, Settings, read_settings
from fii_cli.project.surroundings import (
    OwnFiles,
    Surroundings,
    handbook_with,
    has_evidence,
    judged_unexpectedly,
    judged_within,
)
from fii_cli.rules import BY_CODE, Circumstances
from fii_cli.rules.check import Judgement
from fii_cli.rules.format import unusable_instrument, unusable_settings
from fii_cli.rules.settings import RuleSettings
from fii_cli.yaml.document import START, Document, unreadable

if TYPE_CHECKING:
    from fii_cli.project.house import House
    from fii_cli.project.published import Reports

Choose = Callable[[RuleSettings], RuleSettings]
"""Applies the options of a command line to the rule settings of a repository."""


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

    def opened(self) -> list[Project]:
        """The projects of this run, so far."""
        return list(self._opened.values())

    def wrong(self, paths: list[str]) -> list[Judgement]:
        """The errors in the settings and own instruments that apply to these files, each file once."""
        judged = (judgement for path in paths for judgement in self.at(path).wrong)
        return list({judgement.path: judgement for judgement in judged}.values())

    def search(
        self,
        paths: list[str],
        contents: Contents | None = None,
        wanted: Callable[[str, Content], bool] | None = None,
    ) -> files.Search:
        """The trajectories at and below paths, unless they are excluded; see :func:`files.search`."""
        return files.search(paths, self._excluded, contents, wanted)

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


@cache
def projects_of_process(today: date) -> Projects:
    """The projects of a process that works for another one: each folder is opened once."""
    projects = Projects()
    projects.today = today
    return projects


def project_of(path: str) -> Project:
    """The project of one file, for a command that works on that file only."""
    return Projects().at(path)
