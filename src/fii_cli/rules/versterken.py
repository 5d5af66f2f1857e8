"""Phase 4: key people at several levels, and support that is maintained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fii_cli.analysis.silence import SILENT_WEEKS, Silence, silences
from fii_cli.analysis.succession import key_people_now, who
from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import Message, count, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.rules.signs import is_past, lack, worked_on
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.versterken import KeyPerson
from fii_cli.words import Level, label

_PEOPLE = ("versterken.key_people", "people", "organisations")
_READS = ("visits", "assessments", *_PEOPLE)


def _levels(trajectory: Trajectory, today: date) -> list[Level | None]:
    """The level of each key person who is there; ``None`` if the file does not say."""
    people = [trajectory.person(each.person) for each in key_people_now(trajectory, today)]
    return [person.level if person else None for person in people]


def _few_levels(known: int, unknown: int) -> tuple[Message, Message]:
    """What is found about the levels of key people, and what to do about it."""
    more = msg("look for allies from alderman to professional: fii add FILE key-person")
    if not known and not unknown:
        return msg("no key people"), more
    found = count(known, "key people at {n} level", "key people at {n} levels")
    if not unknown:
        return found, more
    without = count(unknown, "{n} key person without a level", "{n} key people without a level")
    asked = msg("write the level of each: fii set FILE people.ID.level LEVEL")
    return (msg("{found}, {without}", found=found, without=without) if known else without), asked


@rule("FII411", Severity.ADVICE, *_READS)
def key_people_on_few_levels(
    trajectory: Trajectory, circumstances: Circumstances, *, levels: int = 3, people: int = 3
) -> Iterator[Finding]:
    # Three levels is ours: the guide says several and gives no number. Three people is ours too: from
    # then on it is fair to ask where the others are.
    found = _levels(trajectory, circumstances.today)
    known = len(set(found) - {None})
    if known < levels:
        yield from lack(
            trajectory,
            circumstances,
            "4a.niveaus",
            ("key_people",),
            *_few_levels(known, found.count(None)),
            msg("the guide asks for key people at several levels (4a)"),
            begun=len(found) >= people,
        )


@rule("FII412", Severity.ADVICE, *_READS)
def no_citizen_among_key_people(
    trajectory: Trajectory, circumstances: Circumstances, *, people: int = 3
) -> Iterator[Finding]:
    # Three is ours: from then on it is fair to ask where the others are.
    found = _levels(trajectory, circumstances.today)
    # Anyone without a level may be a citizen: FII411 asks.
    if found and None not in found and "burgers" not in found:
        yield from lack(
            trajectory,
            circumstances,
            "4a.burgers",
            ("key_people",),
            msg("no citizens among the key people"),
            msg("involve citizens or their organisations: it is about them"),
            msg("citizens are one of the levels (4a)"),
            begun=len(found) >= people,
        )


def _themselves(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[tuple[int, KeyPerson]]:
    """The key people who are there themselves: what was seen of one who left says nothing of the next."""
    for now in key_people_now(trajectory, circumstances.today):
        if not now.followed:
            yield now.index, now.entry


@rule("FII421", Severity.ADVICE, "visits", *_PEOPLE)
def radio_silence(
    trajectory: Trajectory, circumstances: Circumstances, *, weeks: int = SILENT_WEEKS
) -> Iterator[Finding]:
    key_people = trajectory.versterken.key_people if trajectory.versterken else ()
    for silence in silences(trajectory, circumstances.today, weeks):
        listed = key_people[silence.index].person
        yield Finding(
            ("versterken", "key_people", silence.index),
            msg(
                "no contact with {role} for {weeks} weeks",
                role=who(trajectory, listed, circumstances.today),
                weeks=silence.weeks,
            ),
            _get_in_touch(silence, successor=silence.person != listed),
            label=msg("agreed: {every}", every=msg(label(silence.every)))
            if silence.every
            else msg("radio silence is a first sign that support is declining (4b)"),
            about=silence.person,
        )


def _get_in_touch(silence: Silence, *, successor: bool) -> Message:
    if successor:
        return msg("get in touch, and record it: fii add FILE contact person={id}", id=silence.person)
    if silence.every:
        return msg("get in touch, and record it under contacts")
    return msg(
        "get in touch, and record it under contacts; if you agreed to meet less often, write so: "
        "every: driemaandelijks"
    )


@rule("FII422", Severity.ADVICE, "visits", *_PEOPLE)
def presence_falls(
    trajectory: Trajectory, circumstances: Circumstances, *, contacts: int = 2
) -> Iterator[Finding]:
    # Twice in a row is ours: the guide mentions attending less as a sign and gives no number.
    if trajectory.at_rest:
        return
    for index, key_person in _themselves(trajectory, circumstances):
        seen = [contact for contact in key_person.contacts if contact.present]
        seen.sort(key=lambda contact: contact.date.first)
        last = seen[-contacts:]
        fell = len(last) == contacts and all(contact.present in ("nee", "deels") for contact in last)
        if fell and any(contact.present == "ja" for contact in seen):
            yield Finding(
                ("versterken", "key_people", index, "contacts"),
                msg("{role} attends less and less", role=trajectory.named(key_person.person)),
                msg("ask what changed; if it continues, hold a session with management"),
                label=msg("attending less often is a sign that support is declining (4b)"),
                about=key_person.person,
                at_key=True,
            )


@rule("FII423", Severity.ADVICE, "visits", "actions", *_PEOPLE)
def critical_without_action(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if worked_on(trajectory, "4a.", "4b."):
        return
    for index, key_person in _themselves(trajectory, circumstances):
        role = trajectory.named(key_person.person)
        if key_person.support == "kritisch":
            yield Finding(
                ("versterken", "key_people", index, "support"),
                msg("{role} is critical, and no action addresses it", role=role),
                msg("find out why: fii add FILE action answers=stoplicht/4b.op-tafel"),
                label=msg("looking into differences together strengthens the process (phase 4)"),
                about=key_person.person,
            )


@rule("FII424", Severity.ADVICE, "versterken.support", "visits", "actions")
def not_everything_on_the_table(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if is_past(trajectory, "versterken", circumstances):
        return
    support = trajectory.versterken.support if trajectory.versterken else None
    if support and support.everything_on_the_table in ("nee", "deels") and not worked_on(trajectory, "4b."):
        yield Finding(
            ("versterken", "support", "everything_on_the_table"),
            msg("not everyone feels that everything is on the table"),
            msg("hold a session in which everything can be said; if that fails, go back to the commissioner"),
            label=msg("what stays unsaid undermines support (4b)"),
            about="4b.op-tafel",
        )
