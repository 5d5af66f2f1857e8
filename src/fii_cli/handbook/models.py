"""What the guide and its sister frameworks teach, as frozen records, each text in Dutch and English."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from fii_cli.language import Code
from fii_cli.words import Commission, Degree, Phase, Subphase


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
    """Something that hinders or helps, or that is asked: a CFIR construct, a MIDI determinant, a driver.

    ``statement`` is what somebody who answers reads, where that is more than the meaning; ``scale`` names one
    of the instrument's further scales; ``reversed`` where a high answer says that something hinders. ``cfir``
    and ``midi`` are what it touches: our reading.
    """

    id: str
    name: Text
    meaning: Text
    name_basis: Literal["published", "ours"] = "published"
    statement: Text | None = None
    scale: str | None = None
    reversed: bool = False
    cfir: tuple[str, ...] = ()
    midi: tuple[str, ...] = ()


class Group(Content):
    """A domain or category of constructs."""

    id: str
    name: Text
    items: tuple[Construct, ...]


class ScaleValue(Content):
    """A value of a scale, in a word or two, and when to choose it.

    ``hinders`` is 2 where it says that something hinders, 1 where it says so in part, 0 where it does not;
    ``helps`` in the same way.
    """

    id: str
    name: Text
    help: Text
    hinders: int = 0
    helps: int = 0


class Scale(Content):
    """The ratings that an instrument takes, in the order in which they are shown."""

    source: Source
    values: tuple[ScaleValue, ...]

    def turned(self) -> Scale:
        """The scale where a high answer hinders."""
        values = (v.model_copy(update={"hinders": v.helps, "helps": v.hinders}) for v in self.values)
        return Scale(source=self.source, values=tuple(values))


class Counterpart(Content):
    """A construct and the one that it was in another version of its framework.

    ``basis``: the pair was read in a source, or the names are evidently those of one construct, or it is our
    reading.
    """

    id: str
    to: str
    basis: Literal["published", "same", "ours"]


class Unrated(Content):
    """Constructs that a framework knows and does not ask, and where they come from."""

    source: Source
    items: tuple[Construct, ...]


class Framework(Content):
    """A framework of constructs; with a scale it is an instrument that can be rated.

    ``lowest_first`` where a score begins with what stands lowest.
    """

    id: str
    name: Text
    source: Source
    lowest_first: bool = False
    scale: Scale | None = None
    scales: dict[str, Scale] = {}
    groups: tuple[Group, ...]
    unrated: Unrated | None = None
    counterparts: tuple[Counterpart, ...] = ()

    @property
    def items(self) -> tuple[Construct, ...]:
        """What it asks, in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def constructs(self) -> tuple[Construct, ...]:
        """What it asks, and what it only knows."""
        return (*self.items, *(self.unrated.items if self.unrated else ()))

    def scale_of(self, item: Construct) -> Scale | None:
        """The scale on which an item is rated."""
        scale = self.scales[item.scale] if item.scale else self.scale
        return scale.turned() if scale and item.reversed else scale


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
    """A work that content cites; ``language`` is that of its title."""

    id: str
    language: Code
    authors: str
    year: str
    title: str
    publisher: str

    def __str__(self) -> str:
        title = f"{self.title}. " if self.title else ""
        return f"{self.authors} ({self.year}). {title}{self.publisher}."


class RuleText(Content):
    """What consultants read about a rule."""

    name: Text
    why: Text
    do: Text
    source: Source


class Link(Content):
    """What a strategy answers, and on which ground.

    ``to`` is the barrier, ``cfir/III.D.2``. Of a published link: ``level`` 1 (at least half of the experts
    asked), 2 (20 to 49 %), ``1-2`` (one of these), ``named`` (no strength was seen) or ``below`` (under
    20 %), ``percent``, ``n`` experts asked where published, ``sources``. Of an editorial one: ``why``.
    """

    strategy: str
    to: str
    level: Literal["1", "2", "1-2", "named", "below"] | None = None
    percent: int | None = None
    n: int | None = None
    sources: tuple[Source, ...] = ()
    why: Text | None = None

    @property
    def basis(self) -> Literal["published", "editorial"]:
        return "editorial" if self.level is None else "published"


class PublishedCount(Content):
    """How many strategies were published at each level for a barrier."""

    level_1: int
    level_2: int
    source: Source


class ExpertRating(Content):
    """How experts rated a strategy: means of importance and feasibility, and the quadrant these give."""

    importance: float | None = None
    feasibility: float | None = None
    quadrant: Literal["I", "II", "III", "IV"]
    source: Source


class Effect(Content):
    """What a review measured of a strategy."""

    text: Text
    source: Source


class Cluster(Content):
    """A group of strategies. ``basis`` says whether membership was read in a publication or is ours."""

    id: str
    basis: Literal["published", "ours"]
    source: Source
    name: Text


class EditorialLink(Content):
    """A link that is ours, with its reason."""

    to: str
    why: Text


class Strategy(Content):
    """An implementation strategy; ``eric`` is its published number, where it is one of those 73.

    ``drivers`` are items of that instrument; phases, drivers and effort are our reading.
    """

    id: str
    eric: int | None = None
    cluster: str
    phases: tuple[Phase, ...]
    drivers: tuple[str, ...]
    effort: Degree
    source: Source
    name: Text
    meaning: Text
    practice: Text
    links: tuple[EditorialLink, ...] = ()
