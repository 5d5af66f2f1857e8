"""What each phase costs, and who pays for it, beside how those organisations are financed."""

from __future__ import annotations

from collections.abc import Iterable

from fii_cli.language import Language
from fii_cli.report.shapes import CostBlock, Row
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Cost
from fii_cli.words import PHASES, Per, Phase


def cost_block(trajectory: Trajectory, wording: Wording) -> CostBlock | None:
    """The costs in the order of the phases, with totals by phase and by payer; ``None`` without costs.

    What is needed once and what is needed each year are never added up.
    """
    if not trajectory.costs:
        return None
    costs = sorted(trajectory.costs, key=lambda each: PHASES.index(each.phase))
    bounds = trajectory.signaleren.boundaries if trajectory.signaleren else None
    by_phase = [(_phase(phase, wording), [c for c in costs if c.phase == phase]) for phase in PHASES]
    rows = [Row((name, *_totals(those, wording.say))) for name, those in by_phase if those]
    if len(rows) > 1:
        rows.append(Row((wording.say("All phases"), *_totals(costs, wording.say))))
    return CostBlock(
        rows=tuple(Row(_cells(each, wording)) for each in costs),
        phases=tuple(rows),
        payers=_payers(costs, trajectory, wording),
        budget=(bounds.money if bounds else None) or "",
    )


def _phase(phase: Phase, wording: Wording) -> str:
    name = wording.word(phase)
    return f"{PHASES.index(phase) + 1} {name[:1].upper()}{name[1:]}"


def _cells(cost: Cost, wording: Wording) -> tuple[str, ...]:
    say, named = wording.say, wording.trajectory.named
    return (
        _phase(cost.phase, wording),
        cost.what,
        named(cost.organisation),
        wording.day(cost.date),
        _number(cost.hours, say),
        _number(cost.amount, say),
        wording.word(cost.per),
        named(cost.paid_by),
        cost.note or "",
    )


def _payers(costs: Iterable[Cost], trajectory: Trajectory, wording: Wording) -> tuple[Row, ...]:
    """Each organisation that pays, with how it is financed and its totals; last where none is named."""
    by_payer: dict[str, list[Cost]] = {}
    for each in costs:
        by_payer.setdefault(each.paid_by or "", []).append(each)
    rows = []
    for id_, those in sorted(by_payer.items(), key=lambda each: not each[0]):
        organisation = trajectory.organisation(id_)
        funding = wording.word(organisation.funding) if organisation else ""
        funders = ", ".join(organisation.funders) if organisation else ""
        name = trajectory.named(id_) or wording.say("not named")
        rows.append(Row((name, funding, funders, *_totals(those, wording.say))))
    return tuple(rows)


def _totals(costs: Iterable[Cost], say: Language) -> tuple[str, ...]:
    """Hours and euros that are needed once, and hours and euros each year; empty without any."""
    costs = list(costs)
    kinds: tuple[Per, ...] = ("eenmalig", "jaar")
    cells = []
    for per in kinds:
        those = [each for each in costs if each.per == per]
        for values in ([each.hours for each in those], [each.amount for each in those]):
            known = [value for value in values if value is not None]
            cells.append(_number(sum(known), say) if known else "")
    return tuple(cells)


def _number(value: float | None, say: Language) -> str:
    """A number of hours or euros, with a sign between thousands, and with cents unless it is whole."""
    if value is None:
        return ""
    told = f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
    return told.translate(str.maketrans(",.", ".,")) if say.code == "nl" else told
