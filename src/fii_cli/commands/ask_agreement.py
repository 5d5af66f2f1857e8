"""Who does what, before when: what the core team agrees on about an item that is red or orange."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from fii_cli.commands.ask_ratings import no_rating
from fii_cli.commands.dates import Read, read_date
from fii_cli.commands.prompts import Stopped, optional
from fii_cli.edits.assess import NEW, Agreed
from fii_cli.language import Message, labelled, msg
from fii_cli.suggest import did_you_mean, known_as, one_of
from fii_cli.terminal import Offer, Terminal, not_empty
from fii_cli.terminal.keys import BACK, ENTER, Keys
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date, parse_date
from fii_cli.trajectory.follow_up import Action

_DIGITS = "123456789"
Keep = Callable[[Agreed | None], None]


def running(trajectory: Trajectory, place: str) -> list[Action]:
    """The actions that still run and address an item."""
    return [action for action in trajectory.actions if action.runs and place in action.answers]


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
    """Ask who does what, before when, and keep each answer at once; ``False`` means going back.

    ``people`` are the owners that can be chosen, each with a role. Enter agrees on nothing. Raises
    :class:`Stopped`, after which the rating is kept.
    """
    say = terminal.say
    agreed = earlier or Agreed("")
    question = terminal.wrap(
        say("Who does what, before when? Type what will be done; Enter if nothing is agreed on.")
    )
    check = partial(read_due, made=made, today=today)
    at = 0
    while at < 3:
        if at == 0:
            what = terminal.ask(question, lambda answer: no_rating(None, optional(answer)), agreed.what)
            if what is None:
                return False
            if what.lower() in (".", "stop"):
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
            when = say("Before when? A day, a month or a year; Enter if that is not known.")
            day = terminal.ask(
                terminal.wrap(when), lambda answer: check(answer) if optional(answer) else "", agreed.before
            )
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
    kept = known.removeprefix(NEW) or say("nobody yet")

    def show() -> None:
        terminal.note(terminal.bold(say("Who?")))
        for key, (id_, role) in zip(names, people, strict=True):
            terminal.note(terminal.wrap(f"{key} {_called(id_, role)}", "  ", "  "))
        terminal.note(terminal.wrap(f"{NEW} {say('someone new')}", "  ", "  "))
        terminal.note(terminal.wrap(f"Enter {kept}", "  ", "  "))

    show()
    while True:
        key = keys.key(show)
        if key in names:
            terminal.note(names[key].removeprefix(NEW))
            return names[key]
        if key == ENTER:
            terminal.note(kept)
            return known
        if key == BACK:
            terminal.note(say("back"))
            return None
        if key == NEW:
            role = terminal.ask(terminal.wrap(say("Which role does the new person have?")), _a_role)
            if role is not None:
                return f"{NEW}{role}"
        else:
            say_strange(terminal, key)
        show()


def _a_role(answer: str) -> str | Message:
    return not_empty(answer.removeprefix(NEW).strip())


def say_strange(terminal: Terminal, key: str) -> None:
    """Say that a key means nothing here."""
    named = key if key.isprintable() and key.strip() else ""
    strange = msg("{key} is not a key here.", key=named) if named else msg("That is not a key here.")
    terminal.note(terminal.paint(terminal.say(strange), "yellow"))


def _called(id_: str, role: str) -> str:
    return labelled(id_.removeprefix(NEW), role) if role else id_.removeprefix(NEW)


def _ask_owner_in_a_line(terminal: Terminal, people: Sequence[tuple[str, str]], known: str) -> str | None:
    """Who does it, by a number, by an id, or by + and the role of someone new."""
    numbered = {str(number): id_ for number, (id_, _) in enumerate(people, 1)}
    for number, (id_, role) in zip(numbered, people, strict=True):
        terminal.note(terminal.wrap(f"{number:>2} {_called(id_, role)}", "  ", "   "))

    def check(answer: str) -> str | Message:
        if not optional(answer) or answer in numbered:
            return numbered.get(answer, "")
        if answer.isdecimal():
            return one_of([f"1–{len(people)}"])
        return owner_read(answer, [*numbered.values()])

    question = terminal.say("Who? A number, or + and the role of someone new; Enter if nobody yet.")
    return terminal.ask(terminal.wrap(question), check, known)
