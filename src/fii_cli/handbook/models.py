"""The content of the guide and related frameworks as frozen records, with texts in Dutch and English."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from fii_cli.frozen import Before, Frozen, key
from fii_cli.language import Code
from fii_cli.words import Commission, Degree, Phase, Subphase


class Content(Frozen):
    """A piece of content: frozen, without unknown keys."""


class Text(Content):
    """A text in both languages."""

    nl: str
    en: str


Source = str
"""``work/part``, where the work is an id of ``references.yaml``; or ``ours``."""
OURS: Source = "ours"


Successors = Annotated[tuple[str, ...], Before(lambda value: (value,) if isinstance(value, str) else value)]
"""One id, or several."""


class Retirable(Content):
    """Something that can be retired: ``retired`` is the reason, ``became`` its successors of the same kind.

    The successor of an item is an item of its instrument, or of another one as ``instrument/item``.
    """

    retired: Text | None = None
    became: Successors = ()

    def _checked(self) -> Self:
        reason = self.retired and self.retired.nl and self.retired.en
        if (self.became or self.retired) and not reason:
            raise ValueError("became requires retired, with the reason")
        return self


class Item(Retirable):
    """A checklist item: one question that a light answers.

    ``required`` if the phase's "done when" depends on it; ``cfir`` and ``midi`` are what it touches.
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
    """One of the six phases. A list is empty if the guide has nothing for it."""

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
    """A cell of the entry-point matrix; ``start`` is ``None`` if the guide leaves the cell empty."""

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


class Question(Content):
    """One of several questions for an item; a ``reversed`` one is turned before they are combined."""

    statement: Text
    reversed: bool = False


class Construct(Retirable):
    """An item of an instrument, such as a CFIR construct, a MIDI determinant or a driver.

    ``statement`` or ``questions`` is what respondents read, if not the meaning; ``scale`` names one of the
    other scales; a ``reversed`` item hinders if the answer is high. ``cfir`` and ``midi`` are our reading.
    """

    id: str
    name: Text
    meaning: Text
    name_basis: Literal["published", "unseen", "ours"] = "published"
    name_read: Literal["en"] | None = None
    statement: Text | None = None
    scale: str | None = None
    reversed: bool = False
    questions: tuple[Question, ...] = ()
    cfir: tuple[str, ...] = ()
    midi: tuple[str, ...] = ()


class Group(Content):
    """A domain or category of constructs."""

    id: str
    name: Text
    items: tuple[Construct, ...]


class ScaleValue(Content):
    """A value of a scale, in a word or two, and when to choose it.

    ``hinders`` is 2 if the value means that something hinders strongly, 1 if in part, 0 if not; the same for
    ``helps``. With ``mixed`` it works both ways; with ``no_side`` it says something else than whether the
    item hinders or helps. With ``no_answer`` there is no rating, such as *unknown* or *missing*.
    """

    id: str
    name: Text
    help: Text
    hinders: int = 0
    helps: int = 0
    mixed: bool = False
    no_side: bool = False
    no_answer: bool = False


class Scale(Content):
    """The valid ratings of an instrument, in display order."""

    source: Source
    values: tuple[ScaleValue, ...]

    def turned(self) -> Scale:
        """The scale for a reversed item, for which a high answer hinders."""
        values = (v.model_copy(update={"hinders": v.helps, "helps": v.hinders}) for v in self.values)
        return Scale(source=self.source, values=tuple(values))


class Counterpart(Content):
    """A construct and its counterpart in another version of its framework.

    ``basis``: the pair was published as the same, or as partly relocated or split; the names are evidently
    those of one construct; or it is our reading.
    """

    id: str
    to: str
    basis: Literal["published", "partly", "same", "ours"]


class Unrated(Content):
    """Constructs of a framework that are not rated, with their source."""

    source: Source
    items: tuple[Construct, ...]


class Framework(Retirable):
    """A framework of constructs; with a scale it is an instrument that can be rated.

    ``lowest_first`` if a score lists the lowest items first. ``licence`` says whose wording the items are
    and what the original allows; ``see_also`` refers to that original, or to a tool that continues from here.
    With ``domains_rated`` a group can also be rated as a whole, by its id.
    """

    id: str
    name: Text
    source: Source
    licence: Text | None = None
    see_also: tuple[Story, ...] = ()
    lowest_first: bool = False
    domains_rated: bool = False
    scale: Scale | None = None
    scales: dict[str, Scale] = key(default_factory=dict)
    groups: tuple[Group, ...]
    unrated: Unrated | None = None
    counterparts: tuple[Counterpart, ...] = ()

    @property
    def items(self) -> tuple[Construct, ...]:
        """The items that are rated, in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def domains(self) -> tuple[Construct, ...]:
        """The groups as constructs of their own, if each can be rated as a whole."""
        groups = self.groups if self.domains_rated else ()
        return tuple(Construct(id=group.id, name=group.name, meaning=group.name) for group in groups)

    @property
    def rateable(self) -> tuple[Construct, ...]:
        """What a rating can be about: the items, and the domains if these can be rated as a whole."""
        return (*self.items, *self.domains)

    @property
    def constructs(self) -> tuple[Construct, ...]:
        """What can be rated, then the items that are not rated."""
        return (*self.rateable, *(self.unrated.items if self.unrated else ()))

    def scale_of(self, item: Construct) -> Scale | None:
        """The scale on which an item is rated."""
        scale = self.scales[item.scale] if item.scale else self.scale
        return scale.turned() if scale and item.reversed else scale


class Reference(Content):
    """A work that content cites; ``language`` is that of its title, and ``publisher`` names its DOI.

    ``link`` is where we read it. Unseen authors and years are empty; an unseen title is our description.
    """

    id: str
    language: Code
    authors: str
    year: str
    title: str | Text
    publisher: str | Text
    link: str = ""


class Link(Content):
    """A barrier that a strategy addresses, and the basis for it.

    ``to`` is the barrier, such as ``cfir/III.D.2``. A published link has a ``level``: 1 (at least half of the
    experts asked), 2 (20–49%), ``1-2`` (one of these), ``named`` (strength unknown), ``below`` (under 20%) or
    ``direct`` (discussed there); ``percent`` and ``n``, if published; and ``sources``. Ours has ``why``.
    """

    strategy: str
    to: str
    level: Literal["direct", "1", "2", "1-2", "named", "below"] | None = None
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
    """Expert ratings of a strategy: mean importance, mean feasibility, and the resulting quadrant."""

    importance: float | None = None
    feasibility: float | None = None
    quadrant: Literal["I", "II", "III", "IV"]
    source: Source


class Effect(Content):
    """The effect of a strategy, as measured in a review."""

    text: Text
    source: Source


class Cluster(Content):
    """A group of strategies. ``basis``: whether its membership was published or is ours."""

    id: str
    basis: Literal["published", "ours"]
    source: Source
    name: Text


class EditorialLink(Content):
    """Our own link, with its reason."""

    to: str
    why: Text


class Strategy(Retirable):
    """An implementation strategy; ``eric`` is its published number, if it is one of the 73 of ERIC.

    ``answers`` are the barriers it answers, by source. Phases, drivers and effort are our reading.
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
    answers: dict[Source, tuple[str, ...]] = key(default_factory=dict)
    links: tuple[EditorialLink, ...] = ()
