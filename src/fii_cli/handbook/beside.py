"""Content beside the phases: the explanation of a rule, and the steps of other models."""

from __future__ import annotations

from fii_cli.handbook.models import Content, Source, Text
from fii_cli.words import Phase


class RuleText(Content):
    """The explanation of a rule for consultants; ``speaks`` says when it reports something."""

    name: Text
    why: Text
    do: Text
    speaks: Text
    source: Source


class Step(Content):
    """A step of another model, and the phases in which a team takes it. The phases are our reading."""

    name: Text
    phases: tuple[Phase, ...]


class Steps(Content):
    """The steps of another model for implementation, in order."""

    id: str
    name: Text
    source: Source
    steps: tuple[Step, ...]
