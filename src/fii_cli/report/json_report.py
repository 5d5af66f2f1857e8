"""A report for programs: the facts of the edition as the file has them, and what fii concludes.

``version`` rises when a key changes its meaning or goes away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fii_cli.analysis.barriers import Barrier
from fii_cli.analysis.recommendations import Recommendation
from fii_cli.analysis.standing import ItemStanding, PhaseStanding, State
from fii_cli.diagnostics import Remark
from fii_cli.language import Language
from fii_cli.report.basis import Basis
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Action
from fii_cli.trajectory.verkennen import Task
from fii_cli.words import Audience, Light, Phase

VERSION = 1


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ItemTold(_Told):
    """A checklist item and its light."""

    id: str = Field(description="The item, such as 2a.cultuur.")
    question: str = Field(description="The question it asks.")
    light: Light = Field(description="Its light: the least favourable of the last ratings of each side.")
    required: bool = Field(description="Whether the phase asks for it to be green.")
    own: bool = Field(description="Whether it is an item of the team's own.")
    evidence: tuple[str, ...] = Field(description="Where it shows, by the ratings that count.")


class PhaseTold(_Told):
    """A phase: what became of it, and its lights."""

    id: Phase = Field(description="The phase.")
    state: State = Field(description="What became of it.")
    items: tuple[ItemTold, ...] | None = Field(description="Its items; null where no lights are shown.")


class BarrierTold(_Told):
    """Something that hinders, as one side sees it."""

    place: str = Field(description="Instrument and item, such as cfir/III.D.2.")
    strength: Literal[1, 2] = Field(description="1 in part, 2 strongly.")
    since: str = Field(description="The first of the assessments in a row that said so.")
    perspective: str | None = Field(description="The perspective from which it was rated.")
    about: str | None = Field(description="The id of the organisation that was rated.")
    by: str | None = Field(description="Who rated it.")
    n: int | None = Field(description="How many answered, where answers were counted.")
    actions: tuple[str, ...] = Field(description="The ids of running actions that answer it.")
    done: tuple[str, ...] = Field(description="The ids of finished actions that answered it.")


class StrategyTold(_Told):
    """A strategy that answers what hinders, best first."""

    id: str = Field(description="The strategy in the catalogue.")
    answers: tuple[str, ...] = Field(description="The places of the barriers that it answers.")
    known: int = Field(description="For how many of them a published strength is known.")
    chosen: tuple[str, ...] = Field(description="The ids of actions that carry it out.")


class RemarkTold(_Told):
    """A finding of fii."""

    code: str = Field(description="The code of the rule.")
    severity: str = Field(description="How much it matters: error, advice or info.")
    message: str = Field(description="What fii remarks, in the language of the report.")


class ReportTold(_Told):
    """A whole report for programs."""

    fii: Literal["report"] = Field(description="That this is a report of fii.")
    version: Literal[1] = Field(description="The version of this form.")
    as_of: str = Field(description="The day of the report.")
    audience: Audience = Field(description="The edition: team, steering, client or public.")
    trajectory: dict[str, Any] = Field(description="The facts as the file has them, as far as they reach.")
    phases: tuple[PhaseTold, ...] = Field(description="The six phases.")
    barriers: tuple[BarrierTold, ...] = Field(description="What hinders, strongest first.")
    strategies: tuple[StrategyTold, ...] = Field(description="At most five that answer it, best first.")
    overdue: tuple[str, ...] = Field(description="The ids of actions and tasks that are overdue.")
    remarks: tuple[RemarkTold, ...] = Field(description="What fii remarks; empty in an edition for others.")


def json_report(basis: Basis, say: Language) -> ReportTold:
    """The report as plain data."""
    standing = basis.standing
    return ReportTold(
        fii="report",
        version=VERSION,
        as_of=standing.today.isoformat(),
        audience=basis.audience,
        trajectory=_plain(basis.trajectory),
        phases=tuple(_phase(phase, basis, say) for phase in standing.phases),
        barriers=tuple(_barrier(barrier) for barrier in basis.barriers),
        strategies=tuple(_strategy(recommended) for recommended in basis.chosen),
        overdue=(*_ids(standing.overdue), *_ids(standing.overdue_tasks)),
        remarks=tuple(_remark(remark, say) for remark in basis.remarks),
    )


def _phase(phase: PhaseStanding, basis: Basis, say: Language) -> PhaseTold:
    items = None
    if basis.rated:
        items = tuple(_item(item, say) for item in phase.items)
    return PhaseTold(id=phase.content.id, state=phase.state, items=items)


def _item(item: ItemStanding, say: Language) -> ItemTold:
    return ItemTold(
        id=item.id,
        question=say.pick(item),
        light=item.light,
        required=item.required,
        own=item.own,
        evidence=tuple(rating.evidence for rating in item.ratings if rating.evidence),
    )


def _barrier(barrier: Barrier) -> BarrierTold:
    return BarrierTold(
        place=barrier.place,
        strength=2 if barrier.strength == 2 else 1,
        since=str(barrier.since),
        perspective=barrier.perspective,
        about=barrier.about,
        by=barrier.by,
        n=barrier.spread.n if barrier.spread else None,
        actions=_ids(barrier.actions),
        done=_ids(barrier.done),
    )


def _strategy(recommended: Recommendation) -> StrategyTold:
    return StrategyTold(
        id=recommended.strategy.id,
        answers=tuple(reason.barrier for reason in recommended.reasons if reason.counts),
        known=recommended.known,
        chosen=_ids(recommended.chosen),
    )


def _ids(records: Iterable[Action | Task]) -> tuple[str, ...]:
    return tuple(record.id for record in records)


def _remark(remark: Remark, say: Language) -> RemarkTold:
    return RemarkTold(code=remark.code, severity=remark.severity.label, message=say(remark.message))


def _plain(value: Any) -> Any:
    """A part of a trajectory as the file has it: what is empty is left out, and a date is its text."""
    if isinstance(value, Record):
        told = {}
        for name in type(value).model_fields:
            held = getattr(value, name)
            # Not `if held`: nought and no are something that the file says.
            if held is not None and held != () and held != {}:
                told[name] = _plain(held)
        return told
    if isinstance(value, Date):
        return value.text
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value
