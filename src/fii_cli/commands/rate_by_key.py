"""The ten-minute routine of ``fii assess``: one key for a light, and what is agreed on if it is not green.

The routine is a function of keys: it asks :class:`Keys` for the next one, wherever that comes from.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from fii_cli.analysis.rating_round import TURNS, ItemToRate, Turn, in_turn
from fii_cli.analysis.standing import Standing
from fii_cli.analysis.succession import people_there
from fii_cli.commands.ask_agreement import ask_agreement, called, running, say_strange
from fii_cli.commands.ask_ratings import (
    ask_head,
    keep,
    known_rating,
    no_rating,
    show_earlier_ratings,
)
from fii_cli.commands.change import Change, agreed
from fii_cli.commands.prompts import STOP, Stopped, kept_as, optional, stops
from fii_cli.diagnostics import Refused
from fii_cli.edits.assess import NEW, Agreed, Assessed, Rated
from fii_cli.handbook import Handbook
from fii_cli.language import N_, Message, count, labelled, msg
from fii_cli.project.stopwatch import seconds
from fii_cli.suggest import one_of
from fii_cli.terminal import Terminal, columns
from fii_cli.terminal.keys import BACK, ENTER, Keys, keys_read
from fii_cli.trajectory.dates import parse_when
from fii_cli.words import LIGHTS, SIGNS, STOPLICHT, Light

LIGHT_KEYS: dict[str, Light] = {"g": "groen", "o": "oranje", "r": "rood", "u": "onbekend", "n": "nvt"}
"""The key of each light, the same in both languages; with Shift it asks for a note too."""
LATER, EVIDENCE, EXPLAIN = "l", "e", "?"
_AIM, _WEIGHT, _LONGEST = 30.0, 10, 300.0
"""Seconds for a light, which is our own aim: twenty in ten minutes. It weighs as much as ten lights of this
round, none of which counts for more than five minutes: somebody may have left the room."""
_HINDERS = ("rood", "oranje")
_WAYS = ("keys", "lines")


def reads_keys(*, lines: bool) -> bool:
    """Whether to read keys: not with ``--lines``, with ``FII_INPUT=lines``, or in a terminal without them.

    Raises :class:`Refused` for another value of ``FII_INPUT``.
    """
    wish = os.environ.get("FII_INPUT", "").strip().lower()
    if wish and wish not in _WAYS:
        raise Refused(
            msg("invalid value {value} for {option}", value=wish, option="FII_INPUT"), one_of(_WAYS)
        )
    if lines or wish == "lines":
        return False
    return wish == "keys" or os.environ.get("TERM") != "dumb"


def session_by_key(
    terminal: Terminal,
    change: Callable[[Assessed], Change],
    standing: Standing,
    start: Assessed,
    asked: Sequence[ItemToRate],
    book: Handbook,
    *,
    ask_by: bool,
    ask_side: bool,
    dry_run: bool,
) -> Assessed:
    """Ask item by item by one key each, then show a preview; back returns from there to the last item."""
    done = [start]
    with kept_as(terminal, lambda: change(done[0]).command), keys_read() as keys:
        terminal = replace(terminal, line=keys.line)
        turns = in_turn(asked, standing)
        routine = _Round(terminal, keys, standing, book, done, turns, ask_by=ask_by, ask_side=ask_side)
        routine.begin()
        at = 0
        while True:
            at = routine.ask_from(at)
            if not done[0].ratings or agreed(terminal, change(done[0]), dry_run=dry_run):
                return done[0]
            at = min(at, len(asked) - 1)


@dataclass(frozen=True, slots=True)
class _Round:
    """A round along the items; ``done[0]`` has the answers so far, so that an interrupt loses nothing."""

    terminal: Terminal
    keys: Keys
    standing: Standing
    book: Handbook
    done: list[Assessed]
    turns: Sequence[tuple[Turn, ItemToRate]]
    ask_by: bool
    ask_side: bool
    took: list[float] = field(default_factory=list)
    """Seconds for each light so far."""

    def begin(self) -> None:
        """Say how it works, and settle who rates: as the last time, unless that is not known."""
        terminal, say = self.terminal, self.terminal.say
        terminal.note(key_list(terminal))
        made = [a for a in self.standing.trajectory.assessments if a.instrument == STOPLICHT]
        last = made[-1] if made else None
        start = self.done[0]
        by = start.by if not self.ask_by else (last and last.by) or ""
        side = start.perspective if not self.ask_side else (last and last.perspective) or ""
        if not (self.ask_by or self.ask_side):
            return
        if (self.ask_by and not by) or (self.ask_side and not side):
            self._ask_head()
            return
        self.done[0] = replace(start, by=by, perspective=side)
        who = msg(
            "Who rates: {by} ({side}), as last time. Backspace changes that.",
            by=by,
            side=terminal.word(side),
        )
        terminal.note(terminal.wrap(say(who)))

    def _ask_head(self) -> None:
        ask_head(self.terminal, self.standing, self.done, ask_by=self.ask_by, ask_side=self.ask_side)

    def ask_from(self, at: int) -> int:
        """Ask the items from ``at`` on, and return where to continue."""
        shown: tuple[str, ...] = ()
        while at < len(self.turns):
            turn, item = self.turns[at]
            heads = (
                self.terminal.say(TURNS[turn]),
                labelled(item.group, self.terminal.say.pick(item.group_name)),
            )
            new = heads if heads[:1] != shown[:1] else heads[1:] if heads != shown else ()
            self.terminal.note("", *map(self.terminal.bold, new))
            shown = heads
            since = seconds()
            try:
                step = self._ask_item(item, len(self.turns) - at)
            except Stopped:
                return at
            if step > 0:
                self.took.append(min(seconds() - since, _LONGEST))
            if at + step < 0 and (self.ask_by or self.ask_side):
                self._ask_head()
            at = max(0, at + step)
        return at

    def _ask_item(self, item: ItemToRate, to_go: int) -> int:
        """Ask for a light, and keep it; the step to the next item. Raises :class:`Stopped`."""
        terminal, say = self.terminal, self.terminal.say
        evidence: str | None = None

        def show() -> None:
            known = known_rating(item, self.done[0])
            suggestion = terminal.dim(f" [{terminal.word(known.rating)}]") if known else ""
            terminal.note(terminal.wrap(f"{terminal.bold(say.pick(item.question))}{suggestion}"))

        where = f"{item.id} · {say('required by fii')}" if item.required else item.id
        terminal.note(terminal.dim(terminal.wrap(f"{where} · {say(left(to_go, self.took))}")))
        show_earlier_ratings(terminal, item)
        for action in running(self.standing.trajectory, _place(item)):
            due = say.day(action.due.text) if action.due else ""
            late = say("overdue") if action.is_overdue(self.standing.today) else ""
            owner = called(action.owner or "", self._people)
            words = ", ".join(filter(None, (action.what, owner, due, late)))
            terminal.note(terminal.wrap(f"{say('agreed')}: {words}", "  ", "  "))
        show()
        while True:
            key = self.keys.key(show)
            known = known_rating(item, self.done[0])
            if light := LIGHT_KEYS.get(key.lower()):
                terminal.note(terminal.light(light))
                keep(self.done, item.id, self._rated(item, light, evidence))
                if self._told(item, wanted=key.isupper()) and self._agreed(item):
                    return 1
                show()
            elif key == ENTER and known:
                terminal.note(terminal.light(known.rating))
                kept = known if evidence is None else replace(known, evidence=evidence)
                keep(self.done, item.id, kept)
                if self._has_agreement(item) or self._agreed(item):
                    return 1
                show()
            elif key in (ENTER, LATER):
                terminal.note(terminal.wrap(self._later(item)))
                keep(self.done, item.id, None)
                self._agree(item, None)
                return 1
            elif key == BACK:
                terminal.note(say("back"))
                return -1
            elif key == STOP:
                terminal.note(say("stop"))
                raise Stopped
            elif key == EVIDENCE:
                evidence = self._line(say("evidence, a path or a URL"))
                show()
            elif key == EXPLAIN:
                terminal.note(*_anchors(terminal, item, self.book), key_list(terminal))
                show()
            else:
                say_strange(terminal, key)
                terminal.note(key_list(terminal))
                show()

    def _later(self, item: ItemToRate) -> str:
        """That an item is left for later, and what was said of it in this round, which is dropped."""
        say, rated = self.terminal.say, self.done[0].ratings.get(item.id)
        if rated is None:
            return say("later")
        agreed = self.done[0].agreed.get(item.id)
        what = (self.terminal.word(rated.rating), rated.note, agreed.what if agreed else "")
        return say("later; dropped: {what}", what=", ".join(filter(None, what)))

    def _rated(self, item: ItemToRate, light: Light, evidence: str | None) -> Rated:
        """A light with the evidence that was given for it, and with its note if the light is the same."""
        so_far = self.done[0].ratings.get(item.id, Rated(light))
        note = so_far.note if so_far.rating == light else ""
        return Rated(light, note, so_far.evidence if evidence is None else evidence)

    def _line(self, question: str, suggestion: str = "") -> str | None:
        """A text about an item, with no light in it; ``None`` means going back. Raises :class:`Stopped`."""
        answer = self.terminal.ask(f"  {question}", lambda text: no_rating(None, optional(text)), suggestion)
        if answer and stops(answer):
            raise Stopped
        return answer

    def _told(self, item: ItemToRate, *, wanted: bool) -> bool:
        """Ask for a note if it is wanted, and keep it; ``False`` means going back."""
        if not wanted:
            return True
        note = self._line(self.terminal.say("note"), self.done[0].ratings[item.id].note)
        if note is None:
            return False
        keep(self.done, item.id, replace(self.done[0].ratings[item.id], note=note))
        return True

    def _agreed(self, item: ItemToRate) -> bool:
        """Ask who does what if it is red or orange, and keep that; ``False`` means going back."""
        if self.done[0].ratings[item.id].rating not in _HINDERS:
            if item.id in self.done[0].agreed:
                self.terminal.note(
                    self.terminal.say(
                        "It is not red or orange now, so what was agreed on about it is dropped."
                    )
                )
            self._agree(item, None)
            return True
        new = dict.fromkeys(each.owner for each in self.done[0].agreed.values() if each.owner.startswith(NEW))
        there = people_there(self.standing.trajectory, self.standing.today)
        people = [*((person.id, person.role) for person in there), *((owner, "") for owner in new)]
        made = parse_when(self.done[0].date)
        assert made is not None
        earlier = self.done[0].agreed.get(item.id)
        return ask_agreement(
            self.terminal,
            self.keys,
            people,
            earlier,
            made,
            self.standing.today,
            lambda agreed: self._agree(item, agreed),
        )

    @property
    def _people(self) -> list[tuple[str, str]]:
        return [(person.id, person.role) for person in self.standing.trajectory.people]

    def _has_agreement(self, item: ItemToRate) -> bool:
        """Whether something is agreed on about it, today or before."""
        return item.id in self.done[0].agreed or bool(running(self.standing.trajectory, _place(item)))

    def _agree(self, item: ItemToRate, agreed: Agreed | None) -> None:
        others = {id_: each for id_, each in self.done[0].agreed.items() if id_ != item.id}
        self.done[0] = replace(self.done[0], agreed=others | ({item.id: agreed} if agreed else {}))


def _place(item: ItemToRate) -> str:
    return f"{STOPLICHT}/{item.id}"


def left(lights: int, took: Sequence[float] = ()) -> Message:
    """How many lights are left, and about how long they take after lights that took so many seconds."""
    each = (_WEIGHT * _AIM + sum(took)) / (_WEIGHT + len(took))
    minutes = count(int(-(-lights * each // 60)), "{n} minute", "{n} minutes")
    return count(
        lights, "{n} light left, about {minutes}", "{n} lights left, about {minutes}", minutes=minutes
    )


def key_list(terminal: Terminal) -> str:
    """Which keys there are."""
    say = terminal.say
    words = {light: terminal.word(light) for light in LIGHTS} | {"nvt": say("does not apply")}
    lights = ", ".join(f"{key} {words[light]}" for key, light in LIGHT_KEYS.items())
    return terminal.dim(terminal.wrap(f"{lights}. {say(_KEYS)}"))


_KEYS = N_(
    "A capital letter adds a note. Enter keeps what was, l leaves it for later, Backspace goes back, "
    "e adds evidence, ? shows what you would see at each light, and . stops and keeps what you have."
)


def _anchors(terminal: Terminal, item: ItemToRate, book: Handbook) -> list[str]:
    """What you would see at each light of an item, and what you can do about it."""
    say, anchored = terminal.say, book.anchored(STOPLICHT, item.id)
    if anchored is None:
        return [
            terminal.wrap(say("The team wrote this question itself, so fii cannot say what you would see."))
        ]
    rows = [
        (f"{SIGNS[light]} {terminal.word(light)}", say.pick(anchored.anchors[light]))
        for light in LIGHTS
        if light in anchored.anchors
    ]
    told = [columns(rows, terminal)]
    if anchored.activity:
        activity = f"{say('What you can do next week')}: {say.pick(anchored.activity)}"
        told.append(terminal.wrap(activity, "  ", "    "))
    return told
