"""Organisations side by side: one heat table for each instrument, and what distinguishes two groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fii_cli.analysis.compared import Compared
from fii_cli.analysis.compared_in_words import caution, found_in_words
from fii_cli.analysis.distinguishes import VERDICT_WORDS, Distinguished, Organisation
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import cite
from fii_cli.handbook.models import Construct, Framework, Scale
from fii_cli.report.heat_shapes import HeatBlock, HeatCell, HeatGroup, HeatHead, HeatPart, HeatRow
from fii_cli.report.instruments import group_name, shown_id, value_in_words
from fii_cli.report.tones import TONE_OF, WORST_FIRST
from fii_cli.report.wording import Wording

FEW = 6
"""The number of organisations of which names fit above the columns."""


def heat_blocks(compared: Sequence[Compared], handbook: Handbook, wording: Wording) -> tuple[HeatBlock, ...]:
    """The organisations side by side, on each instrument on which several were rated."""
    return tuple(_block(each, handbook, wording) for each in compared)


def _block(compared: Compared, handbook: Handbook, wording: Wording) -> HeatBlock:
    say, instrument = wording.say, compared.instrument
    heads = tuple(_heads(compared, wording))
    groups = tuple(_groups(compared, handbook, wording))
    many = len(heads) > FEW
    names = {each.id: each.name for each in compared.organisations}

    def item_name(item: Construct) -> str:
        return f"{shown_id(item.id, wording)} {_name(item, instrument, handbook, wording)}".lstrip()

    return HeatBlock(
        name=say.pick(instrument.name),
        source=cite(instrument.source, handbook, say),
        many=many,
        heads=heads,
        names="; ".join(map(_numbered, heads)) if many else "",
        grouped=compared.grouped,
        why_not=say(compared.why_not) if compared.why_not else "",
        groups=groups,
        key=_key(groups),
        found=found_in_words(compared, say, item_name, names.__getitem__) if compared.grouped else (),
        caution=caution(compared, say) if compared.grouped else "",
    )


def _numbered(head: HeatHead) -> str:
    side = f" ({head.side_words})" if head.side else ""
    return f"{head.number} {head.name}{side}"


def _heads(compared: Compared, wording: Wording) -> Iterator[HeatHead]:
    for number, each in enumerate(compared.organisations, 1):
        side = "low" if each in compared.low else "high" if each in compared.high else ""
        words = {"low": wording.say("low"), "high": wording.say("high")}.get(side, "")
        yield HeatHead(str(number), each.name, side, words)


def _groups(compared: Compared, handbook: Handbook, wording: Wording) -> Iterator[HeatGroup]:
    """The groups of the instrument with a row for each item that was rated."""
    verdicts = {each.item.id: each for each in compared.items}
    for group in compared.instrument.groups:
        whole = [verdicts[group.id].item] if group.id in verdicts else []
        rated = [
            item for item in (*whole, *group.items) if any(one.on(item.id) for one in compared.organisations)
        ]
        if rated:
            rows = tuple(_row(item, verdicts.get(item.id), compared, handbook, wording) for item in rated)
            yield HeatGroup(group_name(group, wording), rows)


def _row(
    item: Construct, found: Distinguished | None, compared: Compared, handbook: Handbook, wording: Wording
) -> HeatRow:
    instrument = compared.instrument
    return HeatRow(
        id=shown_id(item.id, wording),
        name=_name(item, instrument, handbook, wording),
        cells=tuple(_cell(each, item, instrument.scale_of(item), wording) for each in compared.organisations),
        verdict=wording.say(VERDICT_WORDS[found.verdict]) if found and compared.grouped else "",
        distinguishes=bool(found and found.verdict in ("strongly", "weakly")),
    )


def _name(item: Construct, instrument: Framework, handbook: Handbook, wording: Wording) -> str:
    return wording.say.pick(handbook.short_name(instrument.id, item.id, item.name))


def _cell(
    organisation: Organisation, item: Construct, scale: Scale | None, wording: Wording
) -> HeatCell | None:
    parts = tuple(_part(value, scale, wording) for value in organisation.on(item.id))
    if not parts:
        return None
    return HeatCell(min((each.tone for each in parts), key=WORST_FIRST.index), parts)


def _part(value: str, scale: Scale | None, wording: Wording) -> HeatPart:
    """A rating as a sign that fits a narrow cell, and its meaning: a number or a letter as on its scale."""
    on_scale = next((each for each in scale.values if each.id == value), None) if scale else None
    if on_scale is None:
        return HeatPart("unknown", "", value)
    tone = "unknown" if on_scale.no_answer or on_scale.no_side else TONE_OF[on_scale.helps - on_scale.hinders]
    signed, words = value_in_words(value, scale, on_scale.helps > 0, wording)
    short = value if len(value) < 3 and not value.islower() else ""
    return HeatPart(tone, signed or short, wording.say.pick(on_scale.name) if short else words)


def _key(groups: Sequence[HeatGroup]) -> tuple[HeatPart, ...]:
    """Each rating that appears, once, from what hinders most."""
    cells = (cell for group in groups for row in group.rows for cell in row.cells if cell)
    parts = {(each.value, each.words): each for cell in cells for each in cell.parts}
    return tuple(sorted(parts.values(), key=lambda each: WORST_FIRST.index(each.tone)))
