"""The vocabulary of FRAME: questions about an adaptation of an intervention, each with its closed values."""

from __future__ import annotations

from typing import Literal

from fii_cli.handbook.models import Content, Source, Story, Text

NameBasis = Literal["published", "used", "ours"]
"""Where the English name is from: FRAME or FRAME-IS itself, or a table that quotes it; a study or tool that
uses it or its predecessor, perhaps in other words; or we chose it. Dutch names are always ours."""


class Value(Content):
    """A possible answer. ``source`` is where its name was read, if not where those of its question were."""

    id: str
    name: Text
    meaning: Text
    name_basis: NameBasis = "published"
    source: Source | None = None


class Question(Content):
    """A question about an adaptation. ``source`` is where the names of its values were read."""

    id: str
    name: Text
    name_basis: NameBasis = "published"
    source: Source
    values: tuple[Value, ...]


class Adaptations(Content):
    """Everything that FRAME asks about an adaptation; the meanings are ours.

    ``licence`` says whose wording it is, and what we did not read; ``see_also`` refers to the original.
    """

    id: str
    name: Text
    meaning: Text
    source: Source
    licence: Text
    see_also: tuple[Story, ...]
    questions: tuple[Question, ...]
