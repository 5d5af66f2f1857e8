"""The steps of another model beside the phases of the guide, as a block of a page."""

from __future__ import annotations

from fii_cli.guide.page import Block
from fii_cli.handbook import Handbook
from fii_cli.handbook.beside import Step, Steps
from fii_cli.handbook.citations import cite
from fii_cli.language import Language, msg
from fii_cli.words import PHASES


def steps_block(steps: Steps, handbook: Handbook, say: Language, phase: str = "") -> Block:
    """The steps, each with the phases in which a team takes it; with ``phase``, only the steps of that."""
    numbered = [(n, step) for n, step in enumerate(steps.steps, 1) if not phase or phase in step.phases]
    if not numbered:
        return Block("", ())
    lines = [_line(n, step, say, with_phases=not phase) for n, step in numbered]
    source = cite(steps.source, handbook, say)
    lines.append(say(msg("Source: {source}; the phases beside it are our reading", source=source)))
    return Block(say.pick(steps.name), tuple(lines), True)


def _line(n: int, step: Step, say: Language, *, with_phases: bool) -> str:
    text = f"{n} {say.pick(step.name)}"
    if not with_phases:
        return text
    phases = ", ".join(str(PHASES.index(phase) + 1) for phase in step.phases)
    return say(msg("{step} (phase {phases})", step=text, phases=phases))
