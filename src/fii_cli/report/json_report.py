"""A report for programs: the facts of the edition as in the file, and fii's conclusions.

``version`` increases when a key changes its meaning or is removed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from fii_cli.analysis.barriers import Barrier
from fii_cli.analysis.compared import Compared
from fii_cli.analysis.distinguishes import Verdict
from fii_cli.analysis.movement import Way
from fii_cli.analysis.recommendations import Recommendation
from fii_cli.analysis.renewed import RetiredRating, retired_ratings
from fii_cli.analysis.standing import ItemStanding, PhaseStanding, State
from fii_cli.diagnostics import Remark
from fii_cli.language import Language
from fii_cli.models import Field
from fii_cli.report.basis import Basis
from fii_cli.report.facts import plain_facts
from fii_cli.report.json_rollout import PathTold, RolloutTold, paths_told, rollout_told
from fii_cli.report.json_rollout import Told as _Told
from fii_cli.report.since import since_block
from fii_cli.report.wording import Wording
from fii_cli.trajectory.follow_up import Action
from fii_cli.trajectory.verkennen import Task
from fii_cli.words import Audience, DaySource, Light, Phase

VERSION = 1
SCHEMA_ID = f"urn:fii:report:{VERSION}"
"""The name of the schema; like ``version``, it changes when a key changes its meaning or is removed."""


class ItemTold(_Told):
    """A checklist item and its light."""

    id: str = Field(description="The item, such as 2a.cultuur.")
    question: str = Field(description="The question of the item.")
    light: Light = Field(description="Its light: the least favourable of the latest ratings from each side.")
    required: bool = Field(
        description="Whether fii requires it to be green for the phase to be done; the guide does not."
    )
    own: bool = Field(description="Whether it is one of the team's own items.")
    evidence: tuple[str, ...] = Field(description="The evidence of the ratings that apply.")
    evidence_found: tuple[str, ...] = Field(
        description="The part of it that exists; other evidence is only claimed, such as any URL."
    )


class PhaseTold(_Told):
    """A phase: its state, and its lights."""

    id: Phase = Field(description="The phase.")
    state: State = Field(description="The state of the phase.")
    rated: int | None = Field(description="The number of items rated; null if the edition shows no lights.")
    applicable: int | None = Field(description="The number of items that apply, of which these were rated.")
    items: tuple[ItemTold, ...] | None = Field(description="Its items; null if the edition shows no lights.")


class BarrierTold(_Told):
    """A barrier according to one side."""

    place: str = Field(description="Instrument and item, such as cfir/III.D.2.")
    strength: Literal[1, 2] = Field(description="1 in part, 2 strongly.")
    since: str = Field(description="The date of the first of the consecutive assessments that report it.")
    perspective: str | None = Field(description="The perspective from which it was rated.")
    about: str | None = Field(description="The id of the organisation that was rated.")
    by: str | None = Field(description="Who rated it.")
    n: int | None = Field(description="The number of respondents, if answers were counted or published.")
    published_in: str | None = Field(description="Where the result was published, if it was.")
    actions: tuple[str, ...] = Field(description="The ids of running actions that address it.")
    done: tuple[str, ...] = Field(description="The ids of finished actions that addressed it.")


class OrganisationTold(_Told):
    """An organisation that is compared with others."""

    id: str = Field(description="The id of the organisation.")
    name: str = Field(description="Its name.")
    group: Literal["low", "high"] | None = Field(
        description="Whether it is in the low or the high group; null if in neither, or without groups."
    )


class ComparedItemTold(_Told):
    """An item with its rating at each organisation, and whether it distinguishes the two groups."""

    place: str = Field(description="Instrument and item, such as cfir/III.D.2.")
    ratings: dict[str, tuple[str, ...]] = Field(
        description="The latest ratings by the id of the organisation, one for each side that differs."
    )
    distinguishes: Verdict | None = Field(
        description="Strongly, weakly, not, or unrated; null without two groups. The rule is fii's own."
    )
    steps: int | None = Field(description="The number of steps between the groups, if it distinguishes.")
    exceptions: tuple[str, ...] = Field(
        description="The ids of organisations of which one has to be left out before it distinguishes."
    )


class ComparedTold(_Told):
    """The organisations side by side on an instrument."""

    instrument: str = Field(description="The id of the instrument.")
    organisations: tuple[OrganisationTold, ...] = Field(description="Those that were rated, as in the file.")
    items: tuple[ComparedItemTold, ...] = Field(description="The items that were rated.")


class RetiredTold(_Told):
    """What one side last said of a retired item."""

    place: str = Field(description="Instrument and item, such as cfir/III.D.2.")
    became: tuple[str, ...] = Field(description="The places of the items that it became.")
    date: str = Field(description="The date of the rating.")
    value: str | None = Field(description="The rating; null if survey answers were counted.")


class StrategyTold(_Told):
    """A strategy that addresses barriers."""

    id: str = Field(description="The strategy in the catalogue.")
    answers: tuple[str, ...] = Field(description="The places of the barriers that it addresses.")
    known: int = Field(description="The number of these with a known published strength.")
    chosen: tuple[str, ...] = Field(description="The ids of actions that apply it.")


class RemarkTold(_Told):
    """A finding of fii."""

    code: str = Field(description="The code of the rule.")
    severity: str = Field(description="The severity: error, advice or info.")
    message: str = Field(description="The message, in the language of the report.")


class MovedTold(_Told):
    """A light that changed."""

    item: str = Field(description="The item, such as 2a.cultuur.")
    before: Light = Field(description="Its light before.")
    after: Light = Field(description="Its light now.")
    way: Way = Field(description="Whether it went forward or back, is new, or is no longer rated.")
    remark: str = Field(description="The reason that was given for its light now; may be empty.")


class SinceTold(_Told):
    """What changed since an earlier day."""

    day: str = Field(description="The earlier day: that of the assessment before the last, or a choice.")
    version: str = Field(description="The commit that it was compared with; empty without one.")
    lights: tuple[MovedTold, ...] = Field(description="The lights that changed, bad news first.")
    facts: tuple[str, ...] = Field(description="What came or went, in the language of the report.")


class MadeWith(_Told):
    """What a report was made with: fii, its handbook, and the facts."""

    fii: str = Field(description="The version of fii.")
    handbook: str = Field(description="A digest of the handbook and your own instruments.")
    facts: str = Field(description="A digest of the facts in this edition.")
    page: str = Field("", description="A digest of this file, in which this value is empty.")


class ReportTold(_Told):
    """A whole report for programs."""

    fii: Literal["report"] = Field(description="Marks this as a report made by fii.")
    version: Literal[1] = Field(description="The version of this JSON format.")
    as_of: str = Field(description="The date of the report.")
    audience: Audience = Field(description="The edition: team, steering, client or public.")
    day_from: DaySource = Field(
        description="Where the date comes from: the last commit, the day it was made, or a choice."
    )
    made_with: MadeWith = Field(description="What it was made with.")
    trajectory: dict[str, Any] = Field(
        description="The facts as in the file, limited to what the edition may show."
    )
    overdue: tuple[str, ...] = Field(description="The ids of actions and tasks that are overdue.")
    since: SinceTold | None = Field(description="What changed; null if there is nothing to compare with.")
    rollout: RolloutTold | None = Field(
        None, description="The trajectories of a programme; only in the report of a programme."
    )
    phases: tuple[PhaseTold, ...] = Field(description="The six phases.")
    barriers: tuple[BarrierTold, ...] = Field(description="The barriers, strongest first.")
    distinguishes: tuple[ComparedTold, ...] = Field(
        description="The organisations side by side, if several were rated on an instrument."
    )
    strategies: tuple[StrategyTold, ...] = Field(
        description="At most five strategies that address the barriers, best first."
    )
    paths: tuple[PathTold, ...] = Field(
        description="Where each organisation is: several if phases overlap, or if each is in its own phase."
    )
    retired: tuple[RetiredTold, ...] = Field(
        description="Ratings of retired items that do not count as ratings of another item, and so nowhere."
    )
    remarks: tuple[RemarkTold, ...] = Field(description="The findings; empty in an external edition.")


def report_schema() -> dict[str, Any]:
    """The JSON Schema for programs that read a report: every key that fii writes, and others to come."""
    schema = ReportTold.model_json_schema(mode="serialization")
    for record in (schema, *schema["$defs"].values()):
        del record["additionalProperties"]
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "$id": SCHEMA_ID, **schema}


def json_told(report: ReportTold) -> dict[str, Any]:
    """A report as plain data; without the key ``rollout`` if it is not that of a programme."""
    return report.model_dump(mode="json", exclude=None if report.rollout else {"rollout"})


def json_report(basis: Basis, say: Language) -> ReportTold:
    """The report as plain data."""
    standing = basis.standing
    return ReportTold(
        fii="report",
        version=VERSION,
        as_of=standing.today.isoformat(),
        audience=basis.audience,
        day_from=basis.day_from,
        made_with=MadeWith(
            fii=basis.yardstick.version, handbook=basis.yardstick.handbook, facts=basis.yardstick.facts
        ),
        trajectory=plain_facts(basis.facts),
        phases=tuple(_phase(phase, basis, say) for phase in standing.phases),
        paths=paths_told(standing.trajectory),
        rollout=rollout_told(basis.rollout, basis.audience) if basis.rollout else None,
        barriers=tuple(_barrier(barrier) for barrier in basis.barriers),
        retired=tuple(
            _retired(each) for each in retired_ratings(standing.apart, basis.handbook, standing.today)
        ),
        distinguishes=tuple(_compared(each) for each in basis.compared),
        strategies=tuple(_strategy(recommended) for recommended in basis.chosen),
        since=_since(basis, say),
        overdue=(*_ids(standing.overdue), *_ids(standing.overdue_tasks)),
        remarks=tuple(_remark(remark, say) for remark in basis.remarks),
    )


def _phase(phase: PhaseStanding, basis: Basis, say: Language) -> PhaseTold:
    if not basis.rated:
        return PhaseTold(id=phase.content.id, state=phase.state, rated=None, applicable=None, items=None)
    return PhaseTold(
        id=phase.content.id,
        state=phase.state,
        rated=phase.rated,
        applicable=phase.applicable,
        items=tuple(_item(item, basis, say) for item in phase.items),
    )


def _item(item: ItemStanding, basis: Basis, say: Language) -> ItemTold:
    evidence = tuple(rating.evidence for rating in item.ratings if rating.evidence)
    return ItemTold(
        id=item.id,
        question=say.pick(item),
        light=item.light,
        required=item.required,
        own=item.own,
        evidence=evidence,
        evidence_found=tuple(each for each in evidence if each in basis.found),
    )


def _barrier(barrier: Barrier) -> BarrierTold:
    return BarrierTold(
        place=barrier.place,
        strength=2 if barrier.strength == 2 else 1,
        since=str(barrier.since),
        perspective=barrier.perspective,
        about=barrier.about,
        by=barrier.by,
        n=barrier.spread.n if barrier.spread else barrier.reported.n if barrier.reported else None,
        published_in=barrier.reported.source if barrier.reported else None,
        actions=_ids(barrier.actions),
        done=_ids(barrier.done),
    )


def _compared(each: Compared) -> ComparedTold:
    low, high = ({one.id for one in group} for group in (each.low, each.high))

    def group(id_: str) -> Literal["low", "high"] | None:
        return "low" if id_ in low else "high" if id_ in high else None

    return ComparedTold(
        instrument=each.instrument.id,
        organisations=tuple(
            OrganisationTold(id=one.id, name=one.name, group=group(one.id)) for one in each.organisations
        ),
        items=tuple(
            ComparedItemTold(
                place=f"{each.instrument.id}/{item.item.id}",
                ratings={one.id: one.on(item.item.id) for one in each.organisations if one.on(item.item.id)},
                distinguishes=item.verdict if each.grouped else None,
                steps=item.gap,
                exceptions=item.exceptions,
            )
            for item in each.items
            if any(one.on(item.item.id) for one in each.organisations)
        ),
    )


def _retired(each: RetiredRating) -> RetiredTold:
    value = each.value or None
    return RetiredTold(place=each.item.id, became=each.became, date=str(each.made.date), value=value)


def _strategy(recommended: Recommendation) -> StrategyTold:
    return StrategyTold(
        id=recommended.strategy.id,
        answers=tuple(reason.barrier for reason in recommended.reasons if reason.counts),
        known=recommended.known,
        chosen=_ids(recommended.chosen),
    )


def _since(basis: Basis, say: Language) -> SinceTold | None:
    wording = Wording(basis.trajectory, say, basis.found, basis.outside)
    since = since_block(basis.start, basis.facts, basis.standing, basis.handbook, wording)
    if since is None:
        return None
    lights = tuple(
        MovedTold(
            item=each.item,
            before=each.before.value,
            after=each.after.value,
            way=each.way,
            remark=each.remark,
        )
        for each in since.lights
    )
    facts = tuple(each.text for each in since.facts)
    return SinceTold(day=since.day, version=since.version, lights=lights, facts=facts)


def _ids(records: Iterable[Action | Task]) -> tuple[str, ...]:
    return tuple(record.id for record in records)


def _remark(remark: Remark, say: Language) -> RemarkTold:
    return RemarkTold(code=remark.code, severity=remark.severity.label, message=say(remark.message))
