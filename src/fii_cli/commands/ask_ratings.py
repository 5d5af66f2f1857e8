"""The questions of ``fii assess``: item by item, with earlier ratings; stop keeps the answers."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from fii_cli.analysis.rating_round import ItemToRate, before
from fii_cli.analysis.standing import Standing
from fii_cli.commands.change import Change, agreed
from fii_cli.commands.prompts import kept_as
from fii_cli.commands.rating_tables import shown_rating
from fii_cli.edits.assess import Assessed, Rated
from fii_cli.edits.write import append
from fii_cli.handbook.lookup import is_answer, rating_for
from fii_cli.handbook.models import Scale
from fii_cli.language import N_, Message, labelled, msg
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.terminal import Terminal, columns
from fii_cli.trajectory import Trajectory
from fii_cli.words import LIGHTS, PERSPECTIVES, STOPLICHT
from fii_cli.yaml.document import Document


class _Stop(Exception):
    """The user stops; the answers so far are kept."""


def command_line(file: str, assessed: Assessed) -> str:
    """The command line that gives the same answers, ready to be copied."""
    words = ["fii", "assess", file]
    if assessed.instrument != STOPLICHT:
        words += ["--instrument", assessed.instrument]
    for id_, rated in assessed.ratings.items():
        words += ["--set", f"{id_}={rated.rating}"]
        for option, text in (("--note", rated.note), ("--evidence", rated.evidence)):
            words += [option, f"{id_}={text}"] if text else []
    head = (("--by", assessed.by), ("--perspective", assessed.perspective), ("--about", assessed.about))
    for option, text in (*head, ("--date", assessed.date)):
        words += [option, text] if text else []
    return shlex.join(words)


def session(
    terminal: Terminal,
    change: Callable[[Assessed], Change],
    standing: Standing,
    start: Assessed,
    asked: list[ItemToRate],
    *,
    ask_by: bool,
    ask_side: bool,
    dry_run: bool,
) -> Assessed:
    """Ask item by item, then show a preview; terug returns from there to the last item."""
    done = [start]
    with kept_as(terminal, lambda: change(done[0]).command):
        done[0] = _ask_head(terminal, standing, start, ask_by=ask_by, ask_side=ask_side)
        at = 0
        while True:
            at = _ask_items(terminal, asked, done, at)
            if not done[0].ratings:
                return done[0]
            if agreed(terminal, change(done[0]), dry_run=dry_run):
                return done[0]
            at = len(asked) - 1


def added(assessed: Assessed, document: Document, _: Trajectory) -> Document:
    """The document with the assessment appended."""
    return append(document, ("assessments",), assessed.written)


def _explain(terminal: Terminal, scale: Scale | None) -> None:
    """Show how to answer, and what each rating on a scale means."""
    say = terminal.say
    if scale is None:
        terminal.note(
            terminal.wrap(
                say("Answer with green, orange, red, unknown or n/a, or with the first letter.")
                + f" {say(_HOW)}"
            )
        )
        return
    rows = [(labelled(v.id, say.pick(v.name)), say.pick(v.help)) for v in scale.values]
    terminal.note(columns(rows, terminal))
    terminal.note(terminal.wrap(f"{say('Answer with one of these.')} {say(_HOW)}"))


_HOW = N_(
    "Text after the rating is the note. Enter keeps the value in brackets, later skips the item, "
    "back goes back, and stop keeps what you have."
)


def _ask_head(
    terminal: Terminal, standing: Standing, start: Assessed, *, ask_by: bool, ask_side: bool
) -> Assessed:
    """Ask who rates and from which side, unless known; the latest assessment gives the suggestions."""
    made = [a for a in standing.trajectory.assessments if a.instrument == start.instrument]
    last = made[-1] if made else None

    def side(answer: str) -> str | Message:
        # The question names the values themselves, and "giving" also begins the label of "both".
        if not answer or answer in PERSPECTIVES:
            return answer
        n = len(answer)
        meant = []
        for each in PERSPECTIVES:
            name = terminal.word(each)
            if answer in (name[:n], name[-n:]):
                meant.append(each)
        return meant[0] if n > 3 and len(meant) == 1 else one_of(PERSPECTIVES)

    while True:
        by: str | None = start.by
        if ask_by:
            by = terminal.ask(terminal.say("Who rates?"), str, (last and last.by) or "")
        if by is None:
            continue
        perspective: str | None = start.perspective
        if ask_side:
            text = terminal.say("Which side rates? giving, receiving, both or third")
            perspective = terminal.ask(text, side, (last and last.perspective) or "")
        if perspective is not None:
            return replace(start, by=by, perspective=perspective)


def _ask_items(terminal: Terminal, asked: list[ItemToRate], done: list[Assessed], at: int) -> int:
    """Ask the items from ``at`` on, and return where to continue.

    ``done[0]`` always has the answers so far, so that an interrupt loses nothing.
    """
    shown, explained = None, None
    while at < len(asked):
        item = asked[at]
        values = tuple((v.id, v.name) for v in item.scale.values) if item.scale else ()
        if values != explained:
            _explain(terminal, item.scale)
            explained = values
        if item.group != shown:
            head = labelled(item.group, terminal.say.pick(item.group_name))
            terminal.note("", terminal.bold(head))
            shown = item.group
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


def _ask_item(terminal: Terminal, item: ItemToRate, so_far: Assessed, count: str) -> Rated | str | None:
    """A rating; ``later`` to skip the item; ``None`` to go back. Raises :class:`_Stop`."""
    _show_earlier_ratings(terminal, item, count)
    known = _known_rating(item, so_far)
    suggestion = terminal.word(known.rating) if known else ""
    question = terminal.wrap(terminal.say.pick(item.question))
    while True:
        answer = terminal.ask(question, partial(_checked_answer, item.scale), suggestion)
        if answer is None:
            return None
        word, _, text = answer.partition(" ")
        if word.lower() == "stop":
            raise _Stop
        rating = rating_for(word.rstrip(":,"), item.scale)
        if rating is None:
            return "later"
        note = text.strip()
        if note:
            return Rated(rating, note)
        if known and known.rating == rating and answer == suggestion:
            return known
        rated = _ask_details(terminal, rating, item.scale)
        if rated is not None:
            return rated


def _show_earlier_ratings(terminal: Terminal, item: ItemToRate, count: str) -> None:
    required = f" · {terminal.say('required')}" if item.required else ""
    terminal.note("", f"{terminal.dim(count)} {item.id}{required}")
    for rating in item.ratings:
        side = terminal.word(rating.perspective) if rating.perspective else ""
        source = ", ".join(filter(None, (rating.date.text, rating.by, side, rating.about)))
        note = f": {rating.note}" if rating.note else ""
        terminal.note(f"  {shown_rating(terminal, rating.value, item.scale)}  {source}{note}")


def _known_rating(item: ItemToRate, so_far: Assessed) -> Rated | None:
    """The rating from this session, else the latest one for the same side and organisation."""
    if item.id in so_far.ratings:
        return so_far.ratings[item.id]
    last = before(item, so_far.perspective, so_far.about)
    return Rated(last.value, last.note or "", last.evidence or "") if last else None


def _checked_answer(scale: Scale | None, answer: str) -> str | Message:
    word = answer.split(maxsplit=1)[0].rstrip(":,") if answer else "later"
    if word.lower() in ("later", "l", "stop") or rating_for(word, scale):
        return answer or "later"
    if scale is None:
        return did_you_mean(word, LIGHTS, _LIGHT_WORDS)
    return one_of([value.id for value in scale.values])


def _ask_details(terminal: Terminal, rating: str, scale: Scale | None) -> Rated | None:
    """A rating with its note and, if it is an answer, its evidence; ``None`` to go back to the rating."""
    say = terminal.say
    note = terminal.ask(f"  {say('note')}", str)
    if note is None:
        return None
    if not is_answer(rating, scale):
        return Rated(rating, note)
    evidence = terminal.ask(f"  {say('evidence, a path or a URL')}", str)
    return None if evidence is None else Rated(rating, note, evidence)


_LIGHT_WORDS = msg("answer with green, orange, red, unknown or n/a; later, back or stop")
