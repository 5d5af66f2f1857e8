"""The questions of ``fii assess``: item by item, with earlier ratings; stop keeps the answers."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from fii_cli.analysis.rating_round import ItemToRate, before
from fii_cli.analysis.standing import Standing
from fii_cli.commands.change import Change, agreed
from fii_cli.commands.prompts import Stopped, kept_as, optional
from fii_cli.commands.rating_tables import shown_rating
from fii_cli.edits.assess import Assessed, Rated
from fii_cli.handbook import Handbook
from fii_cli.handbook.lookup import is_answer, rating_and_rest, rating_for
from fii_cli.handbook.models import Scale
from fii_cli.language import N_, Bilingual, Message, labelled, msg
from fii_cli.suggest import did_you_mean_value, one_of
from fii_cli.terminal import Terminal, columns
from fii_cli.terminal.screen import BREAK
from fii_cli.words import LIGHTS, PERSPECTIVES, SIGNS, STOPLICHT, meant

_NOTHING: Mapping[str, Bilingual] = {}


def command_line(file: str, assessed: Assessed) -> str:
    """The command line that gives the same answers, ready to be copied."""
    words = ["fii", "assess", file]
    if assessed.instrument != STOPLICHT:
        words += ["--instrument", assessed.instrument]
    for id_, rated in assessed.ratings.items():
        words += ["--set", f"{id_}={rated.rating}"]
        for option, text in (("--note", rated.note), ("--evidence", rated.evidence)):
            words += [option, f"{id_}={text}"] if text else []
    for id_, said in assessed.agreed.items():
        for option, text in (
            ("--action", said.what),
            ("--owner", said.owner),
            ("--before", said.before),
        ):
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
    book: Handbook,
    *,
    ask_by: bool,
    ask_side: bool,
    dry_run: bool,
) -> Assessed:
    """Ask item by item, then show a preview; terug returns from there to the last item."""
    done = [start]
    with kept_as(terminal, lambda: change(done[0]).command):
        ask_head(terminal, standing, done, ask_by=ask_by, ask_side=ask_side)
        at = 0
        while True:
            at = _ask_items(terminal, asked, done, at, book)
            if not done[0].ratings:
                return done[0]
            if agreed(terminal, change(done[0]), dry_run=dry_run):
                return done[0]
            at = len(asked) - 1


def _explained(terminal: Terminal, scale: Scale | None, anchors: Mapping[str, Bilingual] = _NOTHING) -> str:
    """How to answer, and what each rating means: for an item with anchors, what you would see."""
    say = terminal.say
    if scale is None:
        rows = [
            (f"{SIGNS[light]} {terminal.word(light)}", say.pick(anchors[light]))
            for light in LIGHTS
            if light in anchors
        ]
        how = say("Answer with green, orange, red, unknown or n/a, or with the first letter.")
    else:
        rows = [(labelled(v.id, say.pick(v.name)), say.pick(anchors.get(v.id, v.help))) for v in scale.values]
        how = say("Answer with one of these.")
    how = terminal.wrap(f"{how} {say(_HOW)}")
    return columns(rows, terminal) + BREAK + how if rows else how


def _item_explained(terminal: Terminal, instrument: str, item: ItemToRate, book: Handbook) -> str:
    anchored = book.anchored(instrument, item.id)
    return _explained(terminal, item.scale, anchored.anchors if anchored else _NOTHING)


_HOW = N_(
    "Text after the rating is the note. Enter keeps the value in brackets, later skips the item, "
    "back goes back, stop keeps what you have, and ? shows what you would see at each rating of the item."
)


_SIDES: dict[str, str] = {
    "giving": N_("giving"),
    "receiving": N_("receiving"),
    "both": N_("both"),
    "third": N_("third"),
    "clients": N_("clients"),
}
"""The sides in the words with which they are asked."""


def ask_head(
    terminal: Terminal, standing: Standing, done: list[Assessed], *, ask_by: bool, ask_side: bool
) -> None:
    """Ask who rates and from which side, unless known; the latest assessment gives the suggestions."""
    made = [a for a in standing.trajectory.assessments if a.instrument == done[0].instrument]
    last = made[-1] if made else None

    sides = {side: terminal.say(word) for side, word in _SIDES.items()}

    def side(answer: str) -> str | Message:
        return meant(answer, PERSPECTIVES) or (optional(answer) and one_of([*sides.values()]))

    while True:
        if ask_by:
            by = terminal.ask(terminal.say("Who rates?"), optional, done[0].by or (last and last.by) or "")
            if by is None:
                continue
            done[0] = replace(done[0], by=by)
        if not ask_side:
            return
        text = terminal.say("Which side rates? Giving, receiving, both, third or clients")
        known = done[0].perspective or (last and last.perspective) or ""
        perspective = terminal.ask(text, side, sides.get(known, ""))
        if perspective is not None:
            done[0] = replace(done[0], perspective=perspective)
            return


def _ask_items(
    terminal: Terminal, asked: list[ItemToRate], done: list[Assessed], at: int, book: Handbook
) -> int:
    """Ask the items from ``at`` on, and return where to continue.

    ``done[0]`` always has the answers so far, so that an interrupt loses nothing.
    """
    shown, explained = None, None
    while at < len(asked):
        item = asked[at]
        values = tuple((v.id, v.name) for v in item.scale.values) if item.scale else ()
        if values != explained:
            terminal.note(_explained(terminal, item.scale))
            explained = values
        if item.group != shown:
            head = labelled(item.group, terminal.say.pick(item.group_name))
            terminal.note("", terminal.bold(head))
            shown = item.group
        try:
            answered = _ask_item(terminal, item, done, f"{at + 1}/{len(asked)}", book)
        except Stopped:
            return at
        at = at + 1 if answered else max(0, at - 1)
    return at


def keep(done: list[Assessed], item: str, rated: Rated | None) -> None:
    """Keep a rating with the answers so far, or remove it."""
    others = {id_: each for id_, each in done[0].ratings.items() if id_ != item}
    done[0] = replace(done[0], ratings=others | ({item: rated} if rated else {}))


def _ask_item(terminal: Terminal, item: ItemToRate, done: list[Assessed], count: str, book: Handbook) -> bool:
    """Ask for a rating, and keep it; whether to go on to the next item. Raises :class:`Stopped`."""
    required = f" · {terminal.say('required by fii')}" if item.required else ""
    terminal.note("", f"{terminal.dim(count)} {item.id}{required}")
    show_earlier_ratings(terminal, item)
    known = known_rating(item, done[0])
    suggestion = terminal.word(known.rating) if known else ""
    question = terminal.wrap(terminal.say.pick(item.question))
    check = partial(_checked_answer, item.scale)
    explain = partial(_item_explained, terminal, done[0].instrument, item, book)
    while True:
        answer = terminal.ask(question, check, suggestion, help_=explain)
        if answer is None:
            return False
        if answer.lower() == "stop":
            raise Stopped
        read = rating_and_rest(answer, item.scale)
        if read is None:
            keep(done, item.id, None)
            return True
        rating, note = read
        repeated = known and known.rating == rating and answer == suggestion
        keep(done, item.id, known if repeated else Rated(rating, note))  # before anything else is asked
        if repeated or note or _ask_details(terminal, item, rating, done):
            return True


def show_earlier_ratings(terminal: Terminal, item: ItemToRate) -> None:
    """Show the latest ratings of an item, with who gave them."""
    for rating in item.ratings:
        side = terminal.word(rating.perspective) if rating.perspective else ""
        source = ", ".join(filter(None, (terminal.say.day(rating.date.text), rating.by, side, rating.about)))
        note = f": {rating.note}" if rating.note else ""
        shown = shown_rating(terminal, rating.value, item.scale)
        terminal.note(terminal.wrap(f"{shown}  {source}{note}", "  ", "  "))


def known_rating(item: ItemToRate, so_far: Assessed) -> Rated | None:
    """The rating from this session, else the latest one for the same side and organisation."""
    if item.id in so_far.ratings:
        return so_far.ratings[item.id]
    last = before(item, so_far.perspective, so_far.about)
    return Rated(last.value, last.note or "", last.evidence or "") if last else None


def _checked_answer(scale: Scale | None, answer: str) -> str | Message:
    if answer.lower() in ("", "later", "l", "stop"):
        return answer or "later"
    if read := rating_and_rest(answer, scale):
        rest = no_rating(scale, read[1])
        return answer if isinstance(rest, str) else rest
    if scale is None:
        return did_you_mean_value(answer.split()[0].rstrip(":,"), LIGHTS, _LIGHT_WORDS)
    return one_of([value.id for value in scale.values])


def no_rating(scale: Scale | None, text: str) -> str | Message:
    """A note or evidence, unless it is itself a rating, such as the light of the next item."""
    if not text or rating_for(text, scale) is None:
        return text
    if scale is None:
        return msg("{word} is a light, not a note or evidence: write more, or press Enter to skip", word=text)
    return msg("{word} is a rating, not a note or evidence: write more, or press Enter to skip", word=text)


def _ask_details(terminal: Terminal, item: ItemToRate, rating: str, done: list[Assessed]) -> bool:
    """Ask for a note and evidence, and keep them; whether they were given, or else the rating is asked again.

    Raises :class:`Stopped`, after which the rating is kept.
    """
    say = terminal.say

    def explain() -> str:
        words = say("About {item}, which you rated {rating}.", item=item.id, rating=terminal.word(rating))
        return terminal.wrap(f"{words} {say('Stop keeps what you have.')}")

    def told(question: str) -> str | None:
        answer = terminal.ask(
            f"  {question}", lambda text: no_rating(item.scale, optional(text)), help_=explain
        )
        if answer and answer.lower() == "stop":
            raise Stopped
        return answer

    note = told(say("note"))
    if note is None:
        return False
    keep(done, item.id, Rated(rating, note))
    if not is_answer(rating, item.scale):
        return True
    evidence = told(say("evidence, a path or a URL"))
    if evidence is None:
        return False
    keep(done, item.id, Rated(rating, note, evidence))
    return True


_LIGHT_WORDS = msg("answer with green, orange, red, unknown or n/a; later, back or stop")
