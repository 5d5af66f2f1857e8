"""Reports in JSON that others published: each is an edition of a trajectory, as it was on its own day.

Nothing in one is trusted. Its audience limits what is read of it, and a file that somebody edited is refused.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from fii_cli.editions.edition import edition_of, reaches
from fii_cli.editions.marks import is_edited, made_as
from fii_cli.language import msg
from fii_cli.models import BaseModel, ConfigDict, Field, ValidationError
from fii_cli.project.files import LED_OUT, CannotOpen, below, bytes_of
from fii_cli.project.links import leads_out_of_repository
from fii_cli.project.report_day import ReportDay
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.known import known_on
from fii_cli.trajectory.versions import FORMAT_VERSION
from fii_cli.words import DAY_SOURCES, Audience, DaySource

ENDING = ".fii.json"
"""How the name of a report in JSON ends, by which a search in a folder finds it."""
VERSION = 1
"""The version of the JSON that is read."""
MAX_REPORT_BYTES = 25_000_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Published:
    """A report that its owner published: an edition of a trajectory on the day of the report.

    ``strengths`` are those of the barriers in it, by their place.
    """

    path: str
    audience: Audience
    day: date
    day_from: DaySource
    edition: Trajectory
    strengths: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reports:
    """The paths of the reports in JSON that a search found."""

    paths: tuple[str, ...]

    def each(self) -> Iterator[Published | CannotOpen]:
        """The reports, each once and read when its turn comes, or why one cannot be read."""
        seen: set[str] = set()
        for path in self.paths:
            try:
                report = read_published(path)
            except CannotOpen as error:
                yield error
                continue
            real = os.path.realpath(path)
            if real not in seen:
                seen.add(real)
                yield report

    def days(self) -> Iterator[ReportDay]:
        """The day of each report that can be read."""
        for each in self.each():
            if isinstance(each, Published):
                yield ReportDay(each.day, each.day_from)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Barrier(_Part):
    place: str
    strength: Literal[1, 2]


class _Report(_Part):
    """The keys of a report that are read; others may be added at any time."""

    fii: Literal["report"]
    version: int
    as_of: str
    audience: Literal["team", "steering", "client", "public"]
    day_from: str = "chosen"
    trajectory: dict[str, Any]
    barriers: list[_Barrier] = Field(default_factory=list)


def is_named_as_report(path: str) -> bool:
    """Whether a path on a command line is that of a report in JSON, not of a trajectory."""
    return path.lower().endswith(".json")


def search_reports(paths: list[str], excluded: Callable[[str], bool] = lambda _: False) -> Reports:
    """The reports that are named, and those below named folders unless they are excluded."""
    return Reports(tuple(_names(paths, excluded)))


def _names(paths: list[str], excluded: Callable[[str], bool]) -> Iterator[str]:
    for path in paths:
        if os.path.isdir(path):
            yield from (name for name in below(path, (ENDING,)) if not excluded(name))
        elif is_named_as_report(path):
            yield path


def read_published(path: str) -> Published:
    """Read a report. Raises :class:`CannotOpen` if it cannot be read, or is not as fii made it."""
    if leads_out_of_repository(path):
        raise CannotOpen(path, LED_OUT, msg("name the file itself"))
    raw = bytes_of(path, MAX_REPORT_BYTES).removeprefix(_BYTE_ORDER_MARK)
    report = _report_in(raw, path)
    try:
        day = date.fromisoformat(report.as_of)
        edition = _without_unknown_keys(report.trajectory)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors(include_input=False, include_url=False)[0]["loc"])
        raise CannotOpen(path, msg("this report has an invalid value at {key}", key=where), _ASK) from None
    except ValueError:
        raise _is_no_report(path) from None
    if edition.fii > FORMAT_VERSION:
        raise _of_later_version(path, edition.fii)
    known = edition_of(known_on(edition, day).trajectory, report.audience)
    strengths: dict[str, int] = {}
    for barrier in report.barriers if reaches(Trajectory, "assessments", report.audience) else ():
        strengths[barrier.place] = max(barrier.strength, strengths.get(barrier.place, 0))
    day_from: DaySource = next((each for each in DAY_SOURCES if each == report.day_from), "chosen")
    return Published(path, report.audience, day, day_from, known, strengths)


_ASK = msg("ask its owner for the report as fii made it")


def _is_no_report(path: str) -> CannotOpen:
    hint = msg("fii report FILE --output NAME{ending} writes one", ending=ENDING)
    return CannotOpen(path, msg("this is not a report in JSON made by fii"), hint)


def _of_later_version(path: str, version: int) -> CannotOpen:
    told = msg("this report has version {version}, which this fii does not know", version=version)
    return CannotOpen(path, told, msg("update fii"))


def _report_in(raw: bytes, path: str) -> _Report:
    """The report in bytes. Raises :class:`CannotOpen` if fii did not make it, or somebody edited it."""
    made = made_as(raw) if raw.lstrip()[:1] == b"{" else None
    if made is None or made.kind != "report":
        raise _is_no_report(path)
    try:
        told = json.loads(raw.decode("utf-8"))
        version = told.get("version")
        if isinstance(version, int) and version > VERSION:
            raise _of_later_version(path, version)
        report = _Report.model_validate(told)
    except (ValueError, RecursionError):  # also what is not UTF-8, and a key of another kind
        raise _is_no_report(path) from None
    if is_edited(raw, made):
        raise CannotOpen(path, msg("this report was edited after fii made it"), _ASK)
    return report


def _without_unknown_keys(told: dict[str, Any]) -> Trajectory:
    """The facts of a report, without the keys of a later version. Raises ``ValidationError``."""
    try:
        return Trajectory.model_validate(told)
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False)
        unknown = [each["loc"] for each in details if each["type"] == "extra_forbidden"]
        if not unknown:
            raise
    for *steps, key in unknown:
        inner: Any = told
        for step in steps:
            inner = inner[step]
        del inner[key]
    return Trajectory.model_validate(told)
