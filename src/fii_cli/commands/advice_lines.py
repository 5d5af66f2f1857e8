"""Advice in the terminal: one line for each strategy, under the heading of its block; on request, why."""

from __future__ import annotations

import shlex
from collections import Counter

from fii_cli.analysis.advice import Advice
from fii_cli.analysis.in_words import BLOCK_NAMES, CAUTION, experience_in_words
from fii_cli.analysis.reasons import Reason
from fii_cli.analysis.recommendations import Recommendation
from fii_cli.handbook import Handbook
from fii_cli.handbook.grounds import NO_STRATEGY, ground_of, guide_is_silent, touch_in_words
from fii_cli.handbook.names import named
from fii_cli.language import count
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Action
from fii_cli.words import STOPLICHT

_NAMED = 3
"""How many barriers are named on the line of a strategy; the rest are counted."""


def show(
    terminal: Terminal,
    file: str | None,
    trajectory: Trajectory | None,
    advice: Advice,
    book: Handbook,
    *,
    why: bool,
) -> None:
    """Write the barriers and the strategies for them, and the command that plans the first new one."""
    say = terminal.say
    if trajectory:
        terminal.headline(trajectory.heading, file or "")
    if not advice.barriers:
        terminal.out("", say("No rated item hinders now."))
        return
    _barriers(terminal, trajectory, advice, book, why=why)
    if not advice.shown:
        terminal.out("", say("No strategy in the catalogue is linked to this."))
        return
    block = None
    for number, each in enumerate(advice.shown, 1):
        if each.block != block:
            block = each.block
            terminal.out("", terminal.dim(terminal.wrap(say(BLOCK_NAMES[block]))))
        terminal.out(_line(terminal, number, each, advice))
        if why:
            _why(terminal, each, advice, book)
    terminal.out("", terminal.dim(terminal.wrap(_more(terminal, advice, why=why))))
    if why or any(each.block == "percentage" for each in advice.shown):
        terminal.out("", terminal.dim(terminal.wrap(say(CAUTION, asked=book.catalogue.asked))))
    first = next((each for each in advice.shown if not each.chosen), None)
    if file and first:
        step = f"fii plan {shlex.quote(file)} {first.strategy.id}"
        terminal.note("", f"{terminal.bold(say('next step'))}: {step}")


def _barriers(
    terminal: Terminal, trajectory: Trajectory | None, advice: Advice, book: Handbook, *, why: bool
) -> None:
    own = {f"{STOPLICHT}/{item.id}": item.question for item in (trajectory.checklist if trajectory else ())}
    for barrier, strength in advice.barriers.items():
        line = f"{barrier} {own[barrier]}" if barrier in own else named(barrier, book, terminal.say)
        strong = f"  {terminal.dim(terminal.say('hinders strongly'))}" if strength > 1 else ""
        terminal.out(terminal.wrap(line + strong, "  ", "  "))
        coverage = _coverage(terminal, barrier, book) if why else ""
        silent = terminal.say(NO_STRATEGY) if guide_is_silent(barrier, book) else ""
        for told in (coverage, silent):
            if told:
                terminal.out(terminal.dim(terminal.wrap(told, "    ")))


def _coverage(terminal: Terminal, barrier: str, book: Handbook) -> str:
    """The number of strategies published for a barrier, and how many of these fii has; or empty."""
    published = book.catalogue.counts.get(barrier)
    if published is None:
        return ""
    links = book.catalogue.by_barrier.get(barrier, ())
    known = sum(link.level in ("1", "2", "1-2") for link in links)
    return terminal.say(
        "published at level 1 or 2: {all} strategies, {n} of them known here",
        all=published.level_1 + published.level_2,
        n=known,
    )


def _line(terminal: Terminal, number: int, each: Recommendation, advice: Advice) -> str:
    """A strategy with its percentages, the barriers it addresses, and what came of it here."""
    parts = [f"{terminal.bold(terminal.say.pick(each.strategy.name))}  {terminal.dim(each.strategy.id)}"]
    if each.block == "percentage":
        parts.append(f"{sum(each.percentages)}%")
    if len(advice.barriers) > 1 and each.counting:
        parts.append(f"→ {_addressed(each, advice)}")
    parts += [terminal.paint(_chosen_action(terminal, action), "green") for action in each.chosen]
    return terminal.wrap(f"{number:>2}  {'  '.join(parts)}", hanging="    ")


def _addressed(each: Recommendation, advice: Advice) -> str:
    """The first barriers that a strategy addresses, each without its instrument if its id is unique."""
    ids = Counter(barrier.partition("/")[2] for barrier in advice.barriers)
    short = {barrier: barrier.partition("/")[2] for barrier in advice.barriers}
    addressed = [
        short[reason.barrier] if ids[short[reason.barrier]] == 1 else reason.barrier
        for reason in each.counting
    ]
    left = len(addressed) - _NAMED
    return ", ".join(addressed[:_NAMED]) + (f" +{left}" if left > 0 else "")


def _more(terminal: Terminal, advice: Advice, *, why: bool) -> str:
    """How many strategies are left, and where the reasons are."""
    left = advice.found - len(advice.shown)
    more = terminal.say(count(left, "{n} more: --all", "{n} more: --all")) if left > 0 else ""
    reasons = "" if why else terminal.say("reasons and sources: --why")
    return "; ".join(part for part in (more, reasons) if part)


def _why(terminal: Terminal, each: Recommendation, advice: Advice, book: Handbook) -> None:
    """What a strategy is, each reason with its ground, its phases and effort, and experience elsewhere."""
    indent, say = "    ", terminal.say
    terminal.out(terminal.wrap(say.pick(each.strategy.meaning), indent))
    for reason in each.reasons:
        line = f"- {_reason(terminal, reason, book, alone=len(advice.barriers) == 1)}"
        terminal.out(terminal.wrap(line, indent, "  "))
    terminal.out(terminal.dim(terminal.wrap(_facts(terminal, each, advice), indent)))
    if each.experience.n:
        told = experience_in_words(each.experience, say)
        told = say("elsewhere in this repository, did it help: {told}", told=told)
        terminal.out(terminal.wrap(told, indent))
    terminal.out("")


def _reason(terminal: Terminal, reason: Reason, book: Handbook, *, alone: bool) -> str:
    parts = [] if alone else [reason.barrier]
    if reason.via:
        parts.append(touch_in_words(reason.via, reason.link, terminal.say))
    ground = ground_of(reason.link, book, terminal.say)
    return f"{' '.join(parts)}: {ground}" if parts else ground


def _facts(terminal: Terminal, each: Recommendation, advice: Advice) -> str:
    """How many barriers a strategy addresses, the phases it suits, and its effort."""
    say, strategy = terminal.say, each.strategy
    known = say(
        "addresses {answers} of {all}; published strength known for {known} of {all}",
        answers=len(each.counting),
        known=each.known,
        all=len(advice.barriers),
    )
    phases = ", ".join(terminal.word(phase) for phase in strategy.phases)
    if each.fits is False:
        suits = say("suits {phases}, not {phase}", phases=phases, phase=terminal.word(advice.phase or ""))
    else:
        suits = say("suits {phases}", phases=phases)
    effort = say("effort: {effort}", effort=terminal.word(strategy.effort))
    return f"{known}; {suits}; {effort}"


def _chosen_action(terminal: Terminal, action: Action) -> str:
    say = terminal.say
    chosen = say("chosen: action {id} ({status})", id=action.id, status=terminal.word(action.status))
    if action.result and action.result.helped:
        chosen += ", " + say("helped: {answer}", answer=terminal.word(action.result.helped))
    return chosen
