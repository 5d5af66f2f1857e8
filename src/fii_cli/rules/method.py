"""What the guide advises about the work in the phases, where the file shows otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import count, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.trajectory import Trajectory
from fii_cli.words import Phase


def _left(trajectory: Trajectory, phase: Phase) -> bool:
    """Whether a phase was visited and has been left."""
    visits = [visit for visit in trajectory.visits if visit.phase == phase]
    return bool(visits) and visits[-1].closing is not None


@rule("FII211", Severity.ADVICE, "entry", "verkennen", "visits")
def shortlist_size(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    if trajectory.entry.receiving_organisation:
        return
    shortlist = trajectory.verkennen.shortlist if trajectory.verkennen else ()
    if 2 <= len(shortlist) <= 4 or not (shortlist or _left(trajectory, "verkennen")):
        return
    visit = max((i for i, visit in enumerate(trajectory.visits) if visit.phase == "verkennen"), default=0)
    yield Finding(
        ("verkennen", "shortlist") if shortlist else ("visits", visit),
        count(len(shortlist), "a shortlist with {n} organisation", "a shortlist with {n} organisations"),
        msg("look for two to four that fit, or say why not: accepted → FII211")
        if len(shortlist) < 2
        else msg("bring it back to four at most, or say why not: accepted → FII211"),
        label=msg("the guide advises two to four (2a)"),
        at_key=True,
    )


@rule("FII421", Severity.ADVICE, "versterken", "visits", "people")
def radio_silence(
    trajectory: Trajectory, circumstances: Circumstances, *, weeks: int = 6
) -> Iterator[Finding]:
    # Six weeks is ours: the guide names radio silence as a signal and gives no number.
    if trajectory.at_rest:
        return
    for index, key_person in enumerate(trajectory.versterken.key_people if trajectory.versterken else ()):
        contacts = [c for c in key_person.contacts if not c.date.after(circumstances.today)]
        heard = [contact for contact in contacts if contact.present != "nee"]
        dates = [contact.date for contact in heard or contacts[:1]]
        if not dates:
            continue
        last = max(dates, key=lambda date: date.last)
        if last.before(circumstances.today - timedelta(weeks=weeks)):
            silent = last.days_before(circumstances.today) // 7
            yield Finding(
                ("versterken", "key_people", index),
                msg(
                    "no contact with {role} for {weeks} weeks",
                    role=trajectory.named(key_person.person),
                    weeks=silent,
                ),
                msg("get in touch, and note it under contacts"),
                label=msg("radio silence is a first signal that support falls (4b)"),
                about=key_person.person,
            )


@rule("FII511", Severity.ADVICE, "implementeren")
def team_too_large(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    team = trajectory.implementeren.team if trajectory.implementeren else None
    if team and len(team.members) > 3:
        yield Finding(
            ("implementeren", "team", "members"),
            msg("an implementation team of {n} people", n=len(team.members)),
            msg("keep two or three in the team, and let the others advise"),
            label=msg("the guide advises two or three (5a)"),
            at_key=True,
        )


@rule("FII513", Severity.ADVICE, "implementeren")
def team_without_mandate(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    team = trajectory.implementeren.team if trajectory.implementeren else None
    if team and team.members and not team.mandate:
        yield Finding(
            ("implementeren", "team"),
            msg("an implementation team without a mandate"),
            msg("agree what the team may decide by itself, and write it under mandate"),
            label=msg("the guide calls a mandate necessary (5a)"),
            at_key=True,
        )
