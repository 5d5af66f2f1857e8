"""Phase 4: key people at several levels, and support that is maintained."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.analysis.silence import SILENT_WEEKS, silences
from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import count, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.rules.signs import lack, worked_on
from fii_cli.trajectory import Trajectory

_READS = ("visits", "assessments", "versterken", "people")


def _levels(trajectory: Trajectory) -> tuple[set[str], int]:
    """The levels of the key people, and how many key people there are."""
    key_people = trajectory.versterken.key_people if trajectory.versterken else ()
    people = [trajectory.person(each.person) for each in key_people]
    return {person.level for person in people if person and person.level}, len(key_people)


@rule("FII411", Severity.ADVICE, *_READS)
def key_people_on_few_levels(
    trajectory: Trajectory, circumstances: Circumstances, *, levels: int = 3, people: int = 3
) -> Iterator[Finding]:
    # Three levels is ours: the guide says several and gives no number. Three people is ours too: from
    # then on it is fair to ask where the others are.
    found, key_people = _levels(trajectory)
    if len(found) < levels:
        yield from lack(
            trajectory,
            circumstances.today,
            "4a.niveaus",
            ("key_people",),
            count(len(found), "key people at {n} level", "key people at {n} levels")
            if found
            else msg("no key people"),
            msg("look for allies from alderman to professional: fii add FILE key-person"),
            msg("the guide asks for key people at several levels (4a)"),
            begun=key_people >= people,
        )


@rule("FII412", Severity.ADVICE, *_READS)
def no_citizen_among_key_people(
    trajectory: Trajectory, circumstances: Circumstances, *, people: int = 3
) -> Iterator[Finding]:
    # Three is ours: from then on it is fair to ask where the others are.
    found, key_people = _levels(trajectory)
    if found and "burgers" not in found:
        yield from lack(
            trajectory,
            circumstances.today,
            "4a.burgers",
            ("key_people",),
            msg("no citizens among the key people"),
            msg("involve citizens or their organisations: it is about them"),
            msg("citizens are one of the levels (4a)"),
            begun=key_people >= people,
        )


@rule("FII421", Severity.ADVICE, "versterken", "visits", "people")
def radio_silence(
    trajectory: Trajectory, circumstances: Circumstances, *, weeks: int = SILENT_WEEKS
) -> Iterator[Finding]:
    for silence in silences(trajectory, circumstances.today, weeks):
        yield Finding(
            ("versterken", "key_people", silence.index),
            msg(
                "no contact with {role} for {weeks} weeks",
                role=trajectory.named(silence.person),
                weeks=silence.weeks,
            ),
            msg("get in touch, and record it under contacts"),
            label=msg("radio silence is a first sign that support is declining (4b)"),
            about=silence.person,
        )


@rule("FII422", Severity.ADVICE, "versterken", "visits", "people")
def presence_falls(
    trajectory: Trajectory, circumstances: Circumstances, *, contacts: int = 2
) -> Iterator[Finding]:
    # Twice in a row is ours: the guide mentions attending less as a sign and gives no number.
    if trajectory.at_rest:
        return
    for index, key_person in enumerate(trajectory.versterken.key_people if trajectory.versterken else ()):
        seen = [c for c in key_person.contacts if c.present and not c.date.after(circumstances.today)]
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


@rule("FII423", Severity.ADVICE, "versterken", "visits", "people", "actions")
def critical_without_action(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    if worked_on(trajectory, "4a.", "4b."):
        return
    for index, key_person in enumerate(trajectory.versterken.key_people if trajectory.versterken else ()):
        role = trajectory.named(key_person.person)
        if key_person.support == "kritisch":
            yield Finding(
                ("versterken", "key_people", index, "support"),
                msg("{role} is critical, and no action addresses it", role=role),
                msg("find out why: fii add FILE action answers=stoplicht/4b.aandacht"),
                label=msg("listening to criticism strengthens support (4b)"),
                about=key_person.person,
            )


@rule("FII424", Severity.ADVICE, "versterken", "visits", "actions")
def not_everything_on_the_table(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    support = trajectory.versterken.support if trajectory.versterken else None
    if support and support.everything_on_the_table in ("nee", "deels") and not worked_on(trajectory, "4b."):
        yield Finding(
            ("versterken", "support", "everything_on_the_table"),
            msg("not everyone feels that everything is on the table"),
            msg("hold a session in which everything can be said; if that fails, go back to the commissioner"),
            label=msg("what stays unsaid undermines support (4b)"),
            about="4b.op-tafel",
        )
