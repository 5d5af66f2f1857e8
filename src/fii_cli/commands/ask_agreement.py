"""Who does what, by when: what the core team agrees on about an item that is red or orange."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from fii_cli.commands.ask_ratings import no_rating
from fii_cli.commands.dates import Read, read_date
from fii_cli.commands.prompts import STOP, Stopped, optional, stops
from fii_cli.edits.assess import NEW, Agreed
from fii_cli.language import Message, msg
from fii_cli.suggest import did_you_mean, known_as, one_of
from fii_cli.terminal import Offer, Terminal, not_empty
from fii_cli.terminal.keys import BACK, ENTER, Keys
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date, parse_date
from fii_cli.trajectory.follow_up import Action

_DIGITS = "123456789"
Keep = Callable[[Agreed | None], None]


def running(trajectory: Trajectory, place: str) -> tuple[Action, ...]:
    """The actions that still run and address an item."""
    return trajectory.running_on.get(place, ())


def owner_read(word: str, known: Sequence[str]) -> str | Message:
    """The id of a person, or :data:`NEW` and the role of one who is not in the file yet."""
    if word.startswith(NEW):
        role = word.removeprefix(NEW).strip()
        return f"{NEW}{role}" if role else msg("put the role of the new person after +")
    someone_new = msg("put + before the role of someone new")
    return known_as(word, known) or (did_you_mean(word, known, someone_new) if known else someone_new)


def read_due(text: str, made: Date, today: date) -> Read:
    """A date by which something should be done, not before the day on which it is agreed."""
    read = read_date(text, today)
    due = (
        parse_date(read.value if isinstance(read, Offer) else read) if not isinstance(read, Message) else None
    )
    if due and due.before(made):
        return msg("{day} is before the day of the rating, {made}", day=due.text, made=made.text)
    return read


def ask_agreement(
    terminal: Terminal,
    keys: Keys,
    people: Sequence[tuple[str, str]],
    earlier: Agreed | None,
    made: Date,
    today: date,
    keep: Keep,
) -> bool:
    """Ask who does what, by when, and keep each answer at once; ``False`` means going back.

    ``people`` are the owners that can be chosen, each with a role. Enter agrees on nothing. Raises
    :class:`Stopped`, after which the rating is kept.
    """
    say = terminal.say
    agreed = earlier or Agreed("")
    question = terminal.wrap(
        say("Who does what, by when? Type what will be done; Enter if nothing is agreed on.")
    )
    check = partial(read_due, made=made, today=today)

    def when_read(answer: str) -> Read:
        return check(answer) if optional(answer) and not stops(answer) else optional(answer)

    at = 0
    while at < 3:
        if at == 0:
            what = terminal.ask(question, lambda answer: no_rating(None, optional(answer)), agreed.what)
            if what is None:
                return False
            if stops(what):
                raise Stopped
            if not what:
                keep(None)
                return True
            agreed = replace(agreed, what=what)
        elif at == 1:
            owner = _ask_owner(terminal, keys, people, agreed.owner)
            if owner is not None:
                agreed = replace(agreed, owner=owner)
            at -= 2 * (owner is None)
        else:
            when = say("By when? A day, a month or a year; Enter if that is not known.")
            day = terminal.ask(terminal.wrap(when), when_read, agreed.before)
            if day and stops(day):
                raise Stopped
            if day is not None:
                agreed = replace(agreed, before=day)
            at -= 2 * (day is None)
        keep(agreed)
        at += 1
    return True


def _ask_owner(terminal: Terminal, keys: Keys, people: Sequence[tuple[str, str]], known: str) -> str | None:
    """Who does it: by one key if the people have one each, or else by a line; ``None`` means going back."""
    if len(people) > len(_DIGITS):
        return _ask_owner_in_a_line(terminal, people, known)
    say = terminal.say
    names = {key: id_ for key, (id_, _) in zip(_DIGITS, people, strict=False)}
    kept = called(known, people) or say("nobody yet")

    def show() -> None:
        terminal.note(terminal.bold(say("Who?")))
        for key, id_ in names.items():
            terminal.note(terminal.wrap(f"{key} {called(id_, people)}", "  ", "    "))
        terminal.note(terminal.wrap(f"{NEW} {say('someone new')}", "  ", "  "))
        terminal.note(terminal.wrap(f"Enter {kept}", "  ", "  "))

    show()
    while True:
        key = keys.key(show)
        if key in names:
            terminal.note(called(names[key], people))
            return names[key]
        if key == ENTER:
            terminal.note(kept)
            return known
        if key == BACK:
            terminal.note(say("back"))
            return None
        if key == STOP:
            terminal.note(say("stop"))
            raise Stopped
        if key == NEW:
            asked = terminal.wrap(say("Which role does the new person have?"))
            role = terminal.ask(asked, partial(_a_role, people=people))
            if role is not None and (there := _with_role(role, people)):
                terminal.note(say("that is {who}", who=called(there[0], people)))
                return there[0]
            if role is not None:
                return f"{NEW}{role}"
        else:
            say_strange(terminal, key)
        show()


def _a_role(answer: str, people: Sequence[tuple[str, str]]) -> str | Message:
    role = answer.removeprefix(NEW).strip()
    if len(_with_role(role, people)) > 1:
        return msg("several people are {role}; go back and choose one", role=role)
    return not_empty(role)


def _with_role(role: str, people: Sequence[tuple[str, str]]) -> list[str]:
    """The people who have a role, by id; of a new one, by its role."""
    return [id_ for id_, each in people if role.casefold() == (each or id_.removeprefix(NEW)).casefold()]


def say_strange(terminal: Terminal, key: str) -> None:
    """Say that a key means nothing here."""
    named = key if key.isprintable() and key.strip() else ""
    strange = msg("{key} is not a key here.", key=named) if named else msg("That is not a key here.")
    terminal.note(terminal.paint(terminal.say(strange), "yellow"))


def called(owner: str, people: Sequence[tuple[str, str]]) -> str:
    """The role of an owner, with the id as well if more people have that role."""
    role = dict(people).get(owner)
    if not role:
        return owner.removeprefix(NEW)
    return f"{role} ({owner})" if [each for _, each in people].count(role) > 1 else role


def _ask_owner_in_a_line(terminal: Terminal, people: Sequence[tuple[str, str]], known: str) -> str | None:
    """Who does it, by a number, by an id, or by + and the role of someone new."""
    numbered = {str(number): id_ for number, (id_, _) in enumerate(people, 1)}
    for number, id_ in numbered.items():
        terminal.note(terminal.wrap(f"{number:>2} {called(id_, people)}", "  ", "     "))

    def check(answer: str) -> str | Message:
        if stops(answer):
            return answer
        if not optional(answer) or answer in numbered:
            return numbered.get(answer, "")
        if answer.isdecimal():
            return one_of([f"1–{len(people)}"])
        return owner_read(answer, [*numbered.values()])

    question = terminal.say("Who? A number, or + and the role of someone new; Enter if nobody yet.")
    owner = terminal.ask(terminal.wrap(question), check, known)
    if owner and stops(owner):
        raise Stopped
    return owner
