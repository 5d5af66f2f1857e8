"""The first sheet of a workbook: what it is about, where the trajectory stands, and what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fii_cli.language import Language
from fii_cli.report.model import Fact, Report
from fii_cli.report.shapes import LightShown
from fii_cli.report.sheets import Cells, Sheet
from fii_cli.words import LIGHTS, label


@dataclass(frozen=True, slots=True)
class Overview:
    """The first sheet, and what the workbook says of itself.

    ``cover`` says for whom and of which day it is; ``lights`` are the headings of the numbers in the rows of
    ``phases``, behind the name of a phase and its state. ``sheets`` are the other sheets with the number of
    their rows.
    """

    name: str
    title: str
    subject: str
    day: str
    cover: str
    status: str
    facts: tuple[Fact, ...]
    heads: tuple[str, str]
    lights: tuple[LightShown, ...]
    phases: tuple[Cells, ...]
    contents: tuple[str, str]
    sheets: tuple[tuple[str, int], ...]


def overview_of(report: Report, sheets: Sequence[Sheet], say: Language) -> Overview:
    """The overview of a report, with the sheets that have rows."""
    kind = say("Innovation and implementation trajectory")
    lights = tuple(LightShown(light, say(label(light))) for light in LIGHTS) if report.rated else ()
    rows: list[Cells] = []
    for phase in report.phases:
        counts = {each.light.value: each.n for each in phase.counts} if phase.told else {}
        name = f"{phase.number} {phase.name}"
        rows.append((name, phase.state_words, *(counts.get(light.value) for light in lights)))
    return Overview(
        name=say("Overview"),
        title=report.title,
        subject=f"{kind}, {report.edition}, {report.dated}",
        day=report.as_of,
        cover=f"{kind} {report.edition} · {report.dated}",
        status=" ".join(report.status),
        facts=(*report.at_a_glance, *report.decision),
        heads=(say("Phase"), say("State")),
        lights=lights,
        phases=tuple(rows),
        contents=(say("Sheet"), say("Rows")),
        sheets=tuple((sheet.name, len(sheet.rows)) for sheet in sheets if sheet.rows),
    )
