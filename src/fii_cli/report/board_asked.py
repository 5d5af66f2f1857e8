"""The decision that is asked, on the page for the board."""

from __future__ import annotations

from fii_cli.analysis.standing import Standing
from fii_cli.report.board_shapes import Asked, AskedLine
from fii_cli.report.lateness import due_in_words, enumerated, in_short
from fii_cli.report.wording import Wording
from fii_cli.trajectory.follow_up import RequestedDecision

_MOST_NAMED = 2


def asked_of(standing: Standing, wording: Wording, share: float = 1) -> Asked | None:
    """The open decision that is due first; one without a date comes last.

    ``share`` is how much of a long text there is room for, at most 1.
    """
    found = [each for each in standing.trajectory.requested_decisions if each.decided is None]
    found.sort(key=lambda each: (each.due is None, each.due.last.toordinal() if each.due else 0))
    if not found:
        return None
    first, *others = found
    return Asked(
        in_short(first.question, round(220 * share)),
        tuple(_lines(first, standing, wording, share)),
        _others(others, wording, share),
    )


def _lines(asked: RequestedDecision, standing: Standing, wording: Wording, share: float) -> list[AskedLine]:
    say, today = wording.say, standing.today
    unknown = say("not recorded: ask the team")
    who = wording.who(asked.asked_of, today) if asked.asked_of else unknown
    due, note, late = due_in_words(asked.due, today, wording)
    when = ", ".join(part for part in (due, note, in_short(asked.why_then or "", round(50 * share))) if part)
    advice = unknown
    if asked.advice:
        parts = (in_short(asked.advice.by or "", round(40 * share)), wording.day(asked.advice.date))
        by = ", ".join(part for part in parts if part)
        text = in_short(asked.advice.text, round(120 * share))
        advice = f"{text} ({by})" if by else text
    return [
        AskedLine(say("Asked of"), in_short(who, round(50 * share))),
        AskedLine(say("Not later than"), when or unknown, late),
        AskedLine(say("Advice"), advice),
        AskedLine(say("Otherwise"), in_short(asked.otherwise or "", round(120 * share)) or unknown),
    ]


def _others(others: list[RequestedDecision], wording: Wording, share: float) -> str:
    """The other open decisions, in one line."""
    if not others:
        return ""
    shown = [in_short(each.question, round(45 * share)) for each in others[:_MOST_NAMED]]
    return wording.say("Also asked: {those}", those=enumerated(shown, len(others) - _MOST_NAMED, wording))
