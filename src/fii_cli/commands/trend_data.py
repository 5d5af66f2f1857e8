"""A trajectory over time as data: JSON, and a long table in which each row is one number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fii_cli.analysis.lives import Life
from fii_cli.analysis.trend import PhaseTime, Trend, Used
from fii_cli.handbook import Handbook
from fii_cli.language import Language
from fii_cli.report.series import Series, Written
from fii_cli.trajectory.dates import Days

HEADS = ("trajectory", "source", "series", "from", "until", "commit", "about", "what", "value")
"""``source`` is dated, for the dates in the file, or committed, for its versions in git."""


def record(series: Series, handbook: Handbook, say: Language) -> dict[str, object]:
    """Both series of a trajectory, each under a key of its own; what an edition does not show is null.

    Both are concluded with the handbook of this digest.
    """
    trend = series.trend
    lights = [{"day": on.day.isoformat(), "phases": on.phases} for on in trend.lights]
    findings = [{"day": on.day.isoformat(), **on.severities} for on in series.findings]
    return {
        "path": series.path if series.judged else None,
        "title": series.trajectory.title,
        "handbook": handbook.digest,
        "dated": {
            "lights": lights if series.rated else None,
            "phases": [_phase(each, trend) for each in trend.phases],
            "barriers": [_life(life, trend) for life in trend.lives] if series.rated else None,
            "strategies": [_used(each, series) for each in trend.used] if series.rated else None,
            "findings": findings if series.judged else None,
        },
        "committed": [_written(each, series, say) for each in series.written] if series.rated else None,
        "notes": [say(note) for note in series.notes],
    }


def _phase(each: PhaseTime, trend: Trend) -> dict[str, object]:
    exact = trend.days.exact is not None or each.days == trend.days
    return {
        "id": each.phase,
        "visits": each.visits,
        **_days(each.days),
        "share": trend.share_of(each.days) if exact else None,
        "open": each.open,
        "undated": each.undated,
    }


def _days(days: Days | None) -> dict[str, object]:
    """A number of days; null if a date is a month or a year, with the least and the most it can be."""
    rough = days is not None and days.exact is None
    return {
        "days": days.exact if days else None,
        "rough": rough,
        "least": days.least if days and rough else None,
        "most": days.most if days and rough else None,
    }


def _in_cell(days: Days | None) -> int | str:
    """The same in one cell, such as ``181–212``."""
    if days is None:
        return ""
    return f"{days.least}–{days.most}" if days.exact is None else days.exact


def _life(life: Life, trend: Trend) -> dict[str, object]:
    return {
        "place": life.place,
        "perspective": life.perspective,
        "about": life.about,
        "first": str(life.first),
        "gone": str(life.until) if life.until else None,
        "how": life.how,
        "strength": life.strength,
        **_days(life.days(trend.today)),
    }


def _used(used: Used, series: Series) -> dict[str, object]:
    action = used.action
    return {
        "strategy": action.strategy,
        "action": action.id,
        "what": action.what,
        "owner": series.trajectory.named(action.owner) or None,
        "since": str(used.since) if used.since else None,
        "until": str(used.until) if used.until else None,
        "status": action.status,
        **_days(used.days),
    }


def _written(each: Written, series: Series, say: Language) -> dict[str, object]:
    return {
        "commit": each.commit,
        "day": each.day.isoformat(),
        "lights": each.lights,
        "findings": each.severities if series.judged else None,
        "gap": say(each.gap) if each.gap else None,
    }


def as_rows(every: Iterable[Series], say: Language) -> Iterator[tuple[str | int, ...]]:
    """The rows of the table, with its headings first."""
    yield HEADS
    for series in every:
        title = series.trajectory.heading
        for row in (*_dated(series), *_committed(series, say)):
            yield (title, *row)


def _dated(series: Series) -> Iterator[tuple[str | int, ...]]:
    trend = series.trend
    for on in trend.lights:
        for phase, counts in on.phases.items():
            for light, n in counts.items():
                yield ("dated", "lights", on.day.isoformat(), "", "", phase, light, n)
    for each in trend.phases:
        yield ("dated", "phases", "", "", "", each.phase, "days", _in_cell(each.days))
    for life in trend.lives:
        gone = str(life.until or "")
        side = ", ".join(filter(None, (life.perspective, life.about)))
        yield (
            "dated",
            "barriers",
            str(life.first),
            gone,
            "",
            life.place,
            side,
            _in_cell(life.days(trend.today)),
        )
    for used in trend.used:
        since, until = str(used.since or ""), str(used.until or "")
        yield (
            "dated",
            "strategies",
            since,
            until,
            "",
            used.action.strategy or "",
            used.action.what,
            _in_cell(used.days),
        )
    for found in series.findings:
        for severity, n in found.severities.items():
            yield ("dated", "findings", found.day.isoformat(), "", "", "", severity, n)


def _committed(series: Series, say: Language) -> Iterator[tuple[str | int, ...]]:
    for each in series.written:
        day = each.day.isoformat()
        if each.gap:
            yield ("committed", "gap", day, "", each.commit, "", say(each.gap), "")
        for phase, counts in (each.lights or {}).items():
            for light, n in counts.items():
                yield ("committed", "lights", day, "", each.commit, phase, light, n)
        for severity, n in (each.severities or {}).items() if series.judged else ():
            yield ("committed", "findings", day, "", each.commit, "", severity, n)
