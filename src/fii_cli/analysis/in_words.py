"""Conclusions as text, for the terminal, the guide, reports and portfolios."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fii_cli.analysis.counts import Spread, Thresholds
from fii_cli.analysis.paths import PathNow, paths_now
from fii_cli.analysis.published import Direction, Reported
from fii_cli.analysis.recommendations import Block, Experience, Recommendation
from fii_cli.analysis.renewed import RetiredRating
from fii_cli.analysis.standing import STATE_WORDS, PhaseCounts, Standing
from fii_cli.analysis.succession import gone, organisation_now, others_open
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import PhaseContent
from fii_cli.language import N_, Language, Message, labelled, msg
from fii_cli.trajectory import Trajectory
from fii_cli.words import LIGHTS, STOPLICHT, label

CAUTION = N_(
    "Published figures are the opinions of experts ({asked} in total), who differed widely; they "
    "show what was expected to fit, not what works. Anything unknown counts as unknown, never as none."
)
SUGGESTIONS = N_(
    "These are suggestions from the literature: what others expected to fit, not what was shown to work here."
)


def convention(thresholds: Thresholds, say: Language) -> str:
    """The thresholds at which counted answers show a barrier or a facilitator."""
    return say(
        "If at least {hinders}% say that something hinders, it counts as a barrier. If at least {helps}% say "
        "that it helps, it counts as a facilitator. These limits are a convention. Groups below {smallest} "
        "are not shown.",
        hinders=thresholds.hinders,
        helps=thresholds.helps,
        smallest=thresholds.smallest,
    )


def rated_in_words(phase: PhaseCounts) -> Message:
    """How many items of a phase were rated, of those that apply."""
    return msg("{n} of {all} rated", n=phase.rated, all=phase.applicable)


def state_in_words(phase: PhaseCounts, say: Language, *, shows_lights: bool) -> str:
    """The state of a phase; if it was left before anything was rated, that too.

    An edition that does not show lights does not tell how many there are.
    """
    state = say(STATE_WORDS[phase.state])
    return f"{state}, {say(rated_in_words(phase))}" if shows_lights and phase.left_unrated else state


def lights_in_words(phase: PhaseCounts, say: Language) -> str:
    """The number of items of a phase with each light, also those that are unknown."""
    return ", ".join(f"{n} {say(label(light))}" for light, n in phase.counts.items() if n)


def phase_in_words(standing: Standing, say: Language, *, shows_lights: bool) -> str:
    """The open phase, marked +n if n other visits are open; if none is, the latest one with its state.

    The visit of an organisation that ended is not counted.
    """
    latest = standing.latest
    content, others = latest.content if latest else None, others_open(standing.trajectory, standing.today)
    return latest_in_words(latest, content, others, say, shows_lights=shows_lights)


def latest_in_words(
    latest: PhaseCounts | None,
    content: PhaseContent | None,
    others: int,
    say: Language,
    *,
    shows_lights: bool,
) -> str:
    """The same of the latest phase, with its ``content`` and the number of ``others`` that are open."""
    if latest is None or content is None:
        return say("no phase has been entered yet")
    name = f"{content.number} {say.pick(content.name)}"
    if latest.state == "here":
        return f"{name} +{others}" if others > 0 else name
    return f"{name}: {state_in_words(latest, say, shows_lights=shows_lights)}"


def paths_in_words(trajectory: Trajectory, day: date) -> tuple[Message, ...]:
    """Where each organisation is, and the trajectory as a whole; nothing if all are in one phase.

    An organisation that ended before a day is in no phase: it says what it continued as.
    """
    if not trajectory.by_organisation and len(trajectory.open_visits) < 2:
        return ()
    paths = paths_now(trajectory)
    left = {each.organisation for each in paths if gone(trajectory, each.organisation, day)}
    ended = dict.fromkeys(each.organisation for each in paths if each.organisation in left)
    told = (_path_in_words(each, trajectory) for each in paths if each.organisation not in left)
    return (*told, *(_ended_in_words(each, trajectory, day) for each in ended))


def _ended_in_words(organisation: str | None, trajectory: Trajectory, day: date) -> Message:
    name, became = trajectory.named(organisation), organisation_now(trajectory, organisation, day)
    if became:
        return msg("{name} continued as {became}", name=name, became=trajectory.named(became))
    return msg("{name} no longer takes part", name=name)


def _path_in_words(now: PathNow, trajectory: Trajectory) -> Message:
    name = trajectory.named(now.organisation) if now.organisation else msg("the whole trajectory")
    phase = msg(label(now.visit.phase))
    if now.state == "here":
        return msg("{name} in {phase}", name=name, phase=phase)
    state = msg(STATE_WORDS[now.state])
    return msg("{name} in {phase} ({state})", name=name, phase=phase, state=state)


def how_many(spread: Spread, say: Language) -> str:
    """The number of answers, and of people who chose a value that is no answer."""
    told = f"n = {spread.n}"
    return f"{told}, {say('no answer')} {spread.no_answer}" if spread.no_answer else told


def shares(spread: Spread, say: Language) -> str:
    """The percentages of counted answers that hinder, are neutral, or help."""
    if not spread.n:
        return say("nobody answered")
    return say(
        "{hinders}% hinders, {neutral}% neutral, {helps}% helps",
        hinders=round(spread.percent(spread.hinders)),
        neutral=round(spread.percent(spread.neutral)),
        helps=round(spread.percent(spread.helps)),
    )


def mean(spread: Spread, say: Language) -> str:
    """The mean of counted answers with its deviation; empty if the answers are not numbers."""
    if spread.mean is None:
        return ""
    number = say.decimal(spread.mean)
    if spread.deviation is not None:
        number += f" (sd {say.decimal(spread.deviation)})"
    return say("mean {number}", number=number)


_SHARES: dict[Direction, str] = {
    "hinders": N_("{percent}% hinders"),
    "neutral": N_("{percent}% neutral"),
    "helps": N_("{percent}% helps"),
}


def reported(result: Reported, thresholds: Thresholds, say: Language) -> str:
    """A published result: its shares and its mean, or why it is not shown."""
    if result.is_empty and result.n is None:
        return say("number of answers not published: not shown")
    if result.kept_back(thresholds):
        return say("fewer than {n} answers: not shown", n=thresholds.smallest)
    told = []
    if result.shares is not None:
        each = ((side, _number(percent, say)) for side, percent in result.shares.items())
        told.append(", ".join(say(_SHARES[side], percent=percent) for side, percent in each))
    if result.mean is not None:
        number = _number(result.mean, say)
        number += f" (sd {_number(result.deviation, say)})" if result.deviation is not None else ""
        told.append(say("mean {number}", number=number))
    return "; ".join(told)


def reported_where(result: Reported, thresholds: Thresholds, say: Language) -> str:
    """How many answered, unless that is too few to show, and where it was published."""
    where = say("as published in {source}", source=result.source)
    if result.n is None:
        return where if result.is_empty else f"{say('n not published')}, {where}"
    return where if result.kept_back(thresholds) else f"n = {result.n}, {where}"


def _number(number: float, say: Language) -> str:
    """A number with the decimals that were published."""
    return f"{number:.10g}".replace(".", "," if say.code == "nl" else ".")


BLOCK_NAMES: dict[Block, str] = {
    "discussed": N_("Discussed at this very point"),
    "percentage": N_("Chosen by experts, by the sum of their percentages"),
    "no_percentage": N_("Linked, without a published percentage"),
    "other_phase": N_("Better suited to another phase"),
    "did_not_help": N_("Tried here without result"),
}
"""The heading of each block of recommendations."""


def because(recommended: Recommendation, names: Mapping[str, str], say: Language) -> str:
    """Why a strategy is recommended, in one sentence; ``names`` are those of the barriers, by place."""
    discussed = [names[reason.barrier] for reason in recommended.reasons if reason.discussed]
    addressed = "; ".join(names[reason.barrier] for reason in recommended.counting)
    if recommended.block == "did_not_help":
        return say("Addresses {names}, but did not help when it was tried here.", names=addressed)
    if discussed:
        return say(
            "Chosen because its source discusses it at this very point: {names}.", names="; ".join(discussed)
        )
    if recommended.block == "percentage":
        fits = "; ".join(names[reason.barrier] for reason in recommended.counting if reason.percent)
        return say("Chosen because experts think it fits: {names}.", names=fits)
    return say("Chosen because it addresses: {names}.", names=addressed)


def experience_in_words(experience: Experience, say: Language) -> str:
    """How often a strategy helped, helped partly, or did not help, with n."""
    parts = ", ".join(f"{say(label(answer))} {n}" for answer, n in experience.helped)
    return f"{parts} (n = {experience.n})"


def retired_in_words(each: RetiredRating, handbook: Handbook, thresholds: Thresholds, say: Language) -> str:
    """A rating of a retired item with its name on the scale, how many answered, or what was published."""
    if each.counts:
        n = sum(each.counts.values())
        if thresholds.keep_back(n):
            return say("fewer than {n} answers: not shown", n=thresholds.smallest)
        return f"n = {n}: " + ", ".join(f"{value} {k}×" for value, k in each.counts.items())
    if each.reported:
        told = (reported(each.reported, thresholds, say), reported_where(each.reported, thresholds, say))
        return "; ".join(told)
    instrument, _, item = each.item.id.partition("/")
    if instrument == STOPLICHT:
        return say(label(each.value)) if each.value in LIGHTS else each.value
    scale = handbook.scale_for(instrument, item)
    names = {value.id: value.name for value in scale.values} if scale else {}
    return labelled(each.value, say.pick(names[each.value])) if each.value in names else each.value
