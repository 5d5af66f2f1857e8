"""The questions of ``fii assess``: item by item, with what was said before, and stop-and-keep."""

from __future__ import annotations

import shlex
from dataclasses import replace
from functools import partial

from fii_cli.assessing import Assessed, Rated, before, light_for
from fii_cli.commands.questions import kept_as
from fii_cli.commands.recording import agreed
from fii_cli.document import Document
from fii_cli.edit import append
from fii_cli.language import N_, Message, msg
from fii_cli.rules.base import did_you_mean, one_of
from fii_cli.standing import ItemStanding, Standing, SubphaseStanding
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.words import LIGHTS, PERSPECTIVES


class _Stop(Exception):
    """Enough was asked; what was answered is kept."""


def command_line(file: str, assessed: Assessed) -> str:
    """The same answers as a command line, ready to be copied."""
    words = ["fii", "assess", file]
    for id_, rated in assessed.ratings.items():
        words += ["--set", f"{id_}={rated.light}"]
        for option, text in (("--note", rated.note), ("--evidence", rated.evidence)):
            words += [option, f"{id_}={text}"] if text else []
    head = (("--by", assessed.by), ("--perspective", assessed.perspective), ("--about", assessed.about))
    for option, text in (*head, ("--date", assessed.date)):
        words += [option, text] if text else []
    return shlex.join(words)


def session(
    terminal: Terminal,
    file: str,
    standing: Standing,
    start: Assessed,
    asked: list[tuple[SubphaseStanding, ItemStanding]],
    *,
    ask_head: bool,
    dry_run: bool,
) -> Assessed:
    """Ask item by item; a preview ends it, and terug leads from there to the last item."""
    say = terminal.say
    done = [start]
    with kept_as(terminal, lambda: command_line(file, done[0])):
        if ask_head:
            done[0] = _ask_head(terminal, standing, start)
        terminal.note(terminal.wrap(say(_HOW)))
        at = 0
        while True:
            at = _ask_items(terminal, asked, done, at)
            if not done[0].ratings:
                return done[0]
            words = command_line(file, done[0])
            if agreed(terminal, file, standing.today, partial(added, done[0]), words, dry_run=dry_run):
                return done[0]
            at = len(asked) - 1


def added(assessed: Assessed, document: Document, _: Trajectory) -> Document:
    """The document with an assessment more."""
    return append(document, ("assessments",), assessed.value)


_HOW = N_(
    "Answer with green, orange, red, unknown or n/a, or with the first letter; text behind it is the note. "
    "Enter keeps what stands between brackets, later passes an item over, back goes back, "
    "and stop keeps what you have."
)


def _ask_head(terminal: Terminal, standing: Standing, start: Assessed) -> Assessed:
    """Ask who rates and from which side, with what was said the last time."""
    last = next((a for _, a in reversed(list(standing.trajectory.stoplights()))), None)

    def side(answer: str) -> str | Message:
        words = {terminal.word(each): each for each in PERSPECTIVES}
        word = words.get(answer, answer)
        return word if word in ("", *PERSPECTIVES) else one_of(PERSPECTIVES)

    while True:
        by = terminal.ask(terminal.say("Who rates?"), lambda answer: answer, (last and last.by) or "")
        if by is None:
            continue
        perspective = terminal.ask(
            terminal.say("From whose side? giving, receiving, both or third"),
            side,
            (last and last.perspective) or "",
        )
        if perspective is not None:
            return replace(start, by=by, perspective=perspective)


def _ask_items(
    terminal: Terminal, asked: list[tuple[SubphaseStanding, ItemStanding]], done: list[Assessed], at: int
) -> int:
    """Ask the items from ``at`` on; ``done`` holds what is known at any moment."""
    shown = None
    while at < len(asked):
        subphase, item = asked[at]
        if subphase is not shown:
            name = f"{subphase.content.id} {terminal.say.pick(subphase.content.name)}"
            terminal.note(f"\n{terminal.bold(name)}")
            shown = subphase
        try:
            rated = _ask_item(terminal, item, done[0], f"{at + 1}/{len(asked)}")
        except _Stop:
            return at
        if rated is None:
            at = max(0, at - 1)
            continue
        ratings = {id_: each for id_, each in done[0].ratings.items() if id_ != item.id}
        if isinstance(rated, Rated):
            ratings[item.id] = rated
        done[0] = replace(done[0], ratings=ratings)
        at += 1
    return at


def _ask_item(terminal: Terminal, item: ItemStanding, so_far: Assessed, count: str) -> Rated | str | None:
    """A rating; ``later`` where the item is passed over; ``None`` to go back."""
    say = terminal.say
    last = before(item, so_far.perspective)
    now = so_far.ratings.get(item.id)
    question = item.nl if say.code == "nl" else item.en
    terminal.note(f"\n{terminal.dim(count)} {item.id}{'' if not item.required else ' · ' + say('required')}")
    for rating in item.ratings:
        told = [
            rating.date.text,
            rating.by or "",
            terminal.word(rating.perspective) if rating.perspective else "",
        ]
        line = f"{terminal.light(rating.value)}  {', '.join(filter(None, told))}"
        terminal.note("  " + line + (f": {rating.note}" if rating.note else ""))

    def check(answer: str) -> str | Message:
        word = answer.split(maxsplit=1)[0].rstrip(":,") if answer else "later"
        if light_for(word) or word.lower() in ("later", "l", "stop"):
            return answer or "later"
        return did_you_mean(word, LIGHTS, _LIGHT_WORDS)

    suggestion = now.light if now else last.value if last else ""
    while True:
        answer = terminal.ask(terminal.wrap(question), check, terminal.word(suggestion) if suggestion else "")
        if answer is None:
            return None
        word, _, text = answer.partition(" ")
        if word.lower() == "stop":
            raise _Stop
        light = light_for(word.rstrip(":,"))
        if light is None:
            return "later"
        if text.strip():
            return Rated(light, text.strip())
        kept = now or (Rated(last.value, last.note or "", last.evidence or "") if last else None)
        if kept and kept.light == light and answer == terminal.word(suggestion):
            return kept
        note = terminal.ask(f"  {say('note')}", lambda answer: answer)
        if note is None:
            continue
        if light in ("onbekend", "nvt"):
            return Rated(light, note)
        shown = terminal.ask(f"  {say('evidence, a path or a URL')}", lambda answer: answer)
        if shown is not None:
            return Rated(light, note, shown)


_LIGHT_WORDS = msg("answer with green, orange, red, unknown or n/a; later, back or stop")
