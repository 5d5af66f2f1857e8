"""Organisations that end, people who leave, and who follows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from fii_cli.analysis.succession import has_ended, last_in_row, organisation_now, person_now
from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.language import Message, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.borgen import Measurement
from fii_cli.trajectory.dates import Date, began
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.trajectory.head import Organisation, Person, Visit
from fii_cli.trajectory.innoveren import Adaptation
from fii_cli.trajectory.verkennen import Agreement
from fii_cli.trajectory.versterken import KeyPerson
from fii_cli.words import label


@rule("FII044", Severity.ERROR, "organisations", "people")
def impossible_succession(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    round_ = _circles({each.id: each.became for each in trajectory.organisations})
    for index, organisation in enumerate(trajectory.organisations):
        route: Route = ("organisations", index, "became")
        if organisation.became:
            yield from _impossible(route, organisation, organisation.name, round_)
    round_ = _circles({each.id: each.followed_by for each in trajectory.people})
    ends = _ends("organisations", trajectory.organisations)
    for index, person in enumerate(trajectory.people):
        route = ("people", index, "followed_by")
        if person.followed_by:
            yield from _impossible(route, person, person.role, round_)
            yield from _from_what_ended(route, person, trajectory, ends)


def _impossible(
    route: Route, record: Organisation | Person, name: str, round_: frozenset[str]
) -> Iterator[Finding]:
    """A successor without an end, or one that leads back to where it began."""
    if record.until is None:
        yield Finding(
            route,
            msg("{name} has a successor, but no date on which it ended", name=name),
            msg("write under until when that was: a day, a month or a year"),
        )
    if record.id in round_:
        yield Finding(
            route,
            msg("{name} is its own successor in the end", name=name),
            msg("correct who follows whom: the last in the row has no {key}", key=route[-1]),
        )


def _circles(following: Mapping[str, str | None]) -> frozenset[str]:
    """Everybody whose row of successors leads back to where it began."""
    found: set[str] = set()
    walked: set[str] = set()
    for start in following:
        row: dict[str, int] = {}
        now: str | None = start
        while now and now in following and now not in walked and now not in row:
            row[now] = len(row)
            now = following[now]
        if now and now in row:
            found.update(each for each, at in row.items() if at >= row[now])
        walked.update(row)
    return frozenset(found)


def _from_what_ended(route: Route, person: Person, trajectory: Trajectory, ends: _Ends) -> Iterator[Finding]:
    """A successor from an organisation that had ended already."""
    follower = trajectory.person(person.followed_by)
    of = trajectory.organisation(follower.organisation) if follower else None
    end = ends.get(of.id) if of else None
    if follower and of and end and person.until and end[1].before(person.until):
        yield Finding(
            route,
            msg("{role} is from {name}, which had ended before", role=follower.role, name=of.name),
            msg("correct who follows, or one of the two dates"),
            related=((end[0], msg("it ended here")),),
        )


_Ends = Mapping[str, tuple[Route, Date]]
"""By id: where the end is written, and when it was."""


def _ends(part: str, records: Iterable[Organisation | Person]) -> _Ends:
    found: dict[str, tuple[Route, Date]] = {}
    for index, each in enumerate(records):
        if each.until:
            found.setdefault(each.id, ((part, index, "until"), each.until))
    return found


@rule("FII808", Severity.ADVICE, "organisations", "people")
def after_the_end(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    organisations = _ends("organisations", trajectory.organisations)
    people = _ends("people", trajectory.people)
    for route, record in trajectory.records if organisations or people else ():
        about = _about(record)
        end = (people if isinstance(record, KeyPerson) else organisations).get(about or "")
        for place, day in _dates_of(route, record) if end else ():
            if end and end[1].before(began(day)):
                words = {"date": day.text, "name": trajectory.named(about), "until": end[1].text}
                yield Finding(
                    place,
                    msg("{date} is after {name} left ({until})", **words)
                    if isinstance(record, KeyPerson)
                    else msg("{date} is after {name} ended ({until})", **words),
                    msg("correct one of the two dates")
                    if _closes(record, place)
                    else _of_the_next(trajectory, record, about, day),
                    about=about,
                    related=((end[0], msg("it ended here")),),
                )


def _of_the_next(trajectory: Trajectory, record: Record, about: str | None, day: Date) -> Message:
    follows = person_now if isinstance(record, KeyPerson) else organisation_now
    now = follows(trajectory, about, day.first)
    if now is None:
        return msg("correct one of the two dates")
    name = trajectory.named(now)
    return msg(
        "correct one of the two dates, or write it about {id} ({name}), who followed", id=now, name=name
    )


def _about(record: Record) -> str | None:
    """The organisation that did what a record tells, or the key person; ``None`` for all others."""
    if isinstance(record, KeyPerson):
        return record.person
    if isinstance(record, Assessment):
        return record.about
    return record.organisation if isinstance(record, Visit | Adaptation | Measurement | Agreement) else None


def _closes(record: Record, place: Route) -> bool:
    """Whether a date is that of a decision that closes a visit: nobody else can have made that one."""
    if not isinstance(record, Visit) or place[-1] != "date":
        return False
    at = place[-2]
    return isinstance(at, int) and record.decisions[at].closes


def _dates_of(route: Route, record: Record) -> Iterator[tuple[Route, Date]]:
    """When something was done."""
    if isinstance(record, KeyPerson):
        for at, contact in enumerate(record.contacts):
            yield (*route, "contacts", at, "date"), contact.date
    elif isinstance(record, Visit):
        if record.entered:
            yield (*route, "entered"), record.entered
        for at, decision in enumerate(record.decisions):
            yield (*route, "decisions", at, "date"), decision.date
    elif isinstance(record, Assessment | Adaptation | Measurement | Agreement) and record.date:
        yield (*route, "date"), record.date


@rule("FII809", Severity.ADVICE, "organisations", "people", "visits", "actions")
def gone_without_successor(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if trajectory.at_rest:
        return
    today = circumstances.today
    for index, visit in trajectory.open_visits:
        now = organisation_now(trajectory, visit.organisation, today)
        if visit.organisation and now != visit.organisation:
            yield _open_visit(index, visit, now, trajectory)
    for route, id_, hint in _relied_on(trajectory):
        person = trajectory.person(id_)
        if person and person_now(trajectory, id_, today) is None:
            last = last_in_row(trajectory, person, today)
            yield Finding(
                route,
                _nobody_left(trajectory, person, last, today),
                hint,
                label=msg("who follows: fii set FILE people.{id}.followed_by ID", id=last.id),
                about=id_,
            )


def _nobody_left(trajectory: Trajectory, person: Person, last: Person, today: date) -> Message:
    """That a person left, and everybody who followed too: the last of them is the one to follow."""
    name = trajectory.named(last.organisation)
    if last is not person:
        words = {"role": person.role, "next": last.role}
        if has_ended(last, today):
            return msg("{role} left, and so did {next}, who followed", **words)
        return msg(
            "{role} left, and {next}, who followed, was from {name}, which ended without a successor",
            **words,
            name=name,
        )
    if has_ended(person, today):
        return msg("{role} left, and nobody followed", role=person.role)
    return msg("{role} was from {name}, which ended without a successor", role=person.role, name=name)


def _open_visit(index: int, visit: Visit, now: str | None, trajectory: Trajectory) -> Finding:
    name, phase = trajectory.named(visit.organisation), msg(label(visit.phase))
    flags = f"--organisation {visit.organisation} --decision stop"
    organisation = trajectory.organisation(visit.organisation)
    if organisation and organisation.until:
        flags += f" --date {organisation.until.text}"
    hint = msg("end this visit: fii advance FILE {flags}", flags=flags)
    if now:
        hint = msg(
            "end this visit: fii advance FILE {flags}; and enter the phase with "
            "--organisation {now} if {name} goes on with it",
            flags=flags,
            now=now,
            name=trajectory.named(now),
        )
    return Finding(
        ("visits", index),
        msg("{name} ended, and is still in {phase}", name=name, phase=phase),
        hint,
        about=visit.organisation,
    )


def _relied_on(trajectory: Trajectory) -> Iterator[tuple[Route, str, Message]]:
    """Where the trajectory relies on somebody: the path, the id, and what to do if nobody followed."""
    part = trajectory.implementeren
    teams: list[tuple[Route, tuple[str, ...]]] = []
    if part and part.team:
        teams.append((("implementeren", "team"), tuple(each.person for each in part.team.members)))
    for index, team in enumerate(part.teams if part else ()):
        teams.append((("implementeren", "teams", index), tuple(each.person for each in team.members)))
    for route, members in teams:
        for at, id_ in enumerate(members):
            yield (*route, "members", at, "person"), id_, msg("remove this member, or name who follows")
    for index, key_person in enumerate(trajectory.versterken.key_people if trajectory.versterken else ()):
        place: Route = ("versterken", "key_people", index, "person")
        yield place, key_person.person, msg("find another key person, or name who follows")
    for index, action in enumerate(trajectory.actions):
        if action.runs and action.owner:
            hint = msg("agree on an owner: fii set FILE actions.{id}.owner ID", id=action.id)
            yield ("actions", index, "owner"), action.owner, hint
    for index, asked in enumerate(trajectory.requested_decisions):
        if asked.asked_of and asked.decided is None:
            hint = msg("ask someone else: fii set FILE requested_decisions.{id}.asked_of ID", id=asked.id)
            yield ("requested_decisions", index, "asked_of"), asked.asked_of, hint
