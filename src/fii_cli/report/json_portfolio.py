"""A portfolio for programs. ``version`` increases when a key changes its meaning or is removed."""

from __future__ import annotations

from fii_cli import __version__
from fii_cli.analysis.portfolio import Broken, Portfolio, Sort, Used, first_hindered, in_order, question_of
from fii_cli.analysis.portfolio_line import Line
from fii_cli.editions.edition import reaches
from fii_cli.handbook import Handbook
from fii_cli.language import Language
from fii_cli.report.since import WAYS
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.versterken import Versterken
from fii_cli.words import Audience, DaySource


def json_portfolio(
    portfolio: Portfolio,
    as_of: str,
    day_from: DaySource,
    handbook: Handbook,
    say: Language,
    edition: Audience,
    sort: Sort = "need",
) -> dict[str, object]:
    """The portfolio as plain data, limited to what an edition may show."""
    first = first_hindered(portfolio.lines)
    barriers = [
        {
            "place": each.place,
            "trajectories": each.trajectories,
            "known": each.known,
            "strong": each.strong,
            **({"question": question_of(each, first)} if each.question else {}),
        }
        for each in portfolio.barriers
    ]
    return {
        "fii": "portfolio",
        "version": 1,
        "date": as_of,
        "audience": edition,
        "day_from": day_from,
        "made_with": {"fii": __version__, "handbook": handbook.digest},
        "trajectories": [_trajectory(line, edition) for line in in_order(portfolio.lines, sort)],
        "unreadable": [_broken(each, say, edition) for each in portfolio.broken],
        "barriers": barriers,
        "strategies": [_used(used) for used in portfolio.strategies],
        **_left_out(portfolio),
    }


def _left_out(portfolio: Portfolio) -> dict[str, object]:
    """The reports of a later day, if there are any."""
    later = [{"path": each.path, "as_of": each.day.isoformat()} for each in portfolio.later]
    return {"left_out": later} if later else {}


def _used(used: Used) -> dict[str, object]:
    return {
        "id": used.strategy,
        "trajectories": used.trajectories,
        "helped": dict(used.experience.helped),
        "n": used.experience.n,
        "unrecorded": used.unrecorded,
    }


def _trajectory(line: Line, edition: Audience) -> dict[str, object]:
    latest = line.latest_phase
    told: dict[str, object] = {
        "path": line.shown_as,
        "title": line.title,
        "phase": line.here,
        "latest_phase": line.latest,
        "state": latest.state if latest else None,
        "also_open": line.also_open,
    }
    if report := line.report:
        told["report"] = {"as_of": report.day.isoformat(), "audience": report.audience}
    edition = line.seen_by(edition)
    if not reaches(Trajectory, "assessments", edition):
        return told
    told |= {"lights": line.lights, "red": list(line.red), "overdue": line.overdue}
    told["phase_lights"] = latest.counts if latest else None
    told["phases"] = [
        {"phase": phase.id, "state": phase.state, "lights": phase.counts} for phase in line.phases
    ]
    told["moved"] = _moved(line)
    if reaches(Trajectory, "actions", edition):
        told["next"] = _next(line)
    if reaches(Versterken, "key_people", edition):
        told["radio_silence"] = [each.person for each in line.silent]
        told["silent_weeks"] = {each.person: each.weeks for each in line.silent}
    return told | {"barriers": line.barriers, "strong_barriers": line.strong}


def _moved(line: Line) -> dict[str, object] | None:
    moved = line.moved
    if moved is None:
        return None
    return {"since": moved.since.isoformat(), **{way: moved.ways.get(way, 0) for way in WAYS}}


def _next(line: Line) -> dict[str, object] | None:
    due = line.next
    if due is None:
        return None
    return {"date": due.day.text, "kind": due.kind, "what": due.what, "overdue": due.late}


def _broken(each: Broken, say: Language, edition: Audience) -> dict[str, object]:
    """The location of an error; the message is for the team only, because it may quote the file."""
    told: dict[str, object] = {
        "path": each.path,
        "line": each.line,
        "code": each.code,
    }
    if edition == "team":
        told["why"] = say(each.why)
    return told
