"""What the guide and its sister frameworks teach, as frozen records, each text in Dutch and English."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from fii_cli.words import Commission, Phase, Subphase


class Content(BaseModel):
    """A piece of content: it does not change, and knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Content):
    """A text in both languages."""

    nl: str
    en: str


Source = str
"""``work/part``, where the work is an id of ``references.yaml``; or ``ours``."""
OURS: Source = "ours"


class Item(Content):
    """A checklist item: one question that a light answers.

    ``required`` where the phase's "done when" depends on it; ``cfir`` and ``midi`` are what it touches.
    """

    id: str
    question: Text
    source: Source
    required: bool = False
    cfir: tuple[str, ...] = ()
    midi: tuple[str, ...] = ()


class SubphaseContent(Content):
    """One of the fifteen subphases."""

    id: Subphase
    name: Text
    goal: Text
    key_question: Text
    activities: tuple[Text, ...]
    items: tuple[Item, ...]


class Story(Content):
    """An insight from practice, a case or a reflection, retold briefly."""

    title: Text
    text: Text
    source: Source


class PhaseContent(Content):
    """One of the six phases. Lists are empty where the guide has nothing."""

    number: int
    id: Phase
    name: Text
    source: Source
    goal: Text
    done_when: Text
    input_for_rest: tuple[Text, ...]
    subphases: tuple[SubphaseContent, ...]
    insights: tuple[Story, ...]
    cases: tuple[Story, ...]
    reflections: tuple[Story, ...]


class Cell(Content):
    """A cell of the entry-point matrix; without ``start`` where the guide leaves it empty."""

    commission: Commission
    receiving: bool
    start: Phase | None = None
    skips: tuple[Phase, ...]
    name: Text
    why: Text
    attention: tuple[Text, ...]


class Matrix(Content):
    """The entry-point matrix, figure 2 of the guide. The points of attention are ours."""

    source: Source
    cells: tuple[Cell, ...]

    def cell(self, commission: Commission, receiving: bool) -> Cell:
        return next(c for c in self.cells if (c.commission, c.receiving) == (commission, receiving))


class Construct(Content):
    """Something that hinders or helps, or that is asked: a CFIR construct, a MIDI determinant, a driver."""

    id: str
    name: Text
    meaning: Text
    name_basis: Literal["published", "ours"] = "published"


class Group(Content):
    """A domain or category of constructs."""

    id: str
    name: Text
    items: tuple[Construct, ...]


class ScaleValue(Content):
    """A value of a scale, in a word or two, and when to choose it.

    ``hinders`` is 2 where it says that something hinders, 1 where it says so in part, 0 where it does not.
    """

    id: str
    name: Text
    help: Text
    hinders: int = 0


class Scale(Content):
    """The ratings that an instrument takes, in the order in which they are shown."""

    source: Source
    values: tuple[ScaleValue, ...]


class Framework(Content):
    """A framework of constructs; with a scale it is an instrument that can be rated."""

    id: str
    name: Text
    source: Source
    scale: Scale | None = None
    groups: tuple[Group, ...]


class Part(Content):
    """A part of a figure."""

    name: Text
    items: tuple[Text, ...]


class Figure(Content):
    """A figure of the guide that carries structure."""

    number: int
    name: Text
    source: Source
    parts: tuple[Part, ...]


class Reference(Content):
    """A work that content cites."""

    id: str
    authors: str
    year: str
    title: str
    publisher: str

    def __str__(self) -> str:
        return f"{self.authors} ({self.year}). {self.title}. {self.publisher}."


class RuleText(Content):
    """What consultants read about a rule."""

    name: Text
    why: Text
    do: Text
    source: Source
