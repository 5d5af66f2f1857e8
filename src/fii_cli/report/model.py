"""A report as plain values in reading order: everything a template needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from fii_cli.report.board_shapes import Board
from fii_cli.report.heat_shapes import HeatBlock
from fii_cli.report.rating_shapes import BarrierMap, BarrierRow, InstrumentBlock
from fii_cli.report.rollout_shapes import RolloutBlock
from fii_cli.report.sections import SECTIONS
from fii_cli.report.shapes import (
    CostBlock,
    IndicatorBlock,
    LightGrid,
    LightShown,
    ReadyChart,
    Row,
    SidesChart,
    Since,
    StakeholderMap,
    TimeChart,
)
from fii_cli.report.trend_shapes import TrendBlock
from fii_cli.words import Audience


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact from the file: a label with a text, with nested facts, or both."""

    label: str
    text: str = ""
    inner: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class LightCount:
    light: LightShown
    n: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    id: str
    question: str
    light: LightShown
    required: bool
    own: bool
    date: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubphaseBlock:
    id: str
    name: str
    key_question: str
    facts: tuple[Fact, ...]
    items: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class PhaseBlock:
    """A phase; ``unrated`` if it was left before anything was rated, as far as this edition shows."""

    number: int
    id: str
    name: str
    goal: str
    done_when: str
    state: str
    unrated: bool
    state_words: str
    counts: tuple[LightCount, ...]
    rated: str
    subphases: tuple[SubphaseBlock, ...]

    @property
    def told(self) -> bool:
        """Whether the file contains anything about this phase."""
        return any(s.facts or s.items for s in self.subphases)


@dataclass(frozen=True, slots=True)
class CellShown:
    words: str
    applies: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    name: str
    cells: tuple[CellShown, ...]


@dataclass(frozen=True, slots=True)
class EntryBlock:
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    name: str
    why: str
    facts: tuple[Fact, ...]
    skipped: str
    attention_title: str
    attention: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    phase: str
    entered: str
    via: str
    reason: str
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """A task or an action that is not done yet; ``late`` says how long it is overdue, or is empty."""

    what: str
    who: str
    due: str
    late: str
    why: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    what: str
    strategy: str
    answers: str
    owner: str
    due: str
    overdue: bool
    status: str
    result: str


@dataclass(frozen=True, slots=True)
class StrategyBlock:
    """A strategy; ``because`` is why, in one sentence, and ``reasons`` are all reasons with their sources.

    ``fits`` are the names of what it addresses.
    """

    name: str
    meaning: str
    because: str
    fits: str
    reasons: tuple[str, ...]
    about: str
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A source; ``language`` is that of its title, so that screen readers pronounce it correctly."""

    by: str
    title: str
    publisher: str
    link: str
    language: str


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section of this report: its untranslated title, and whether it has anything to show.

    A section that ``folds`` is for reference, and its ``gist`` says what is in it.
    """

    title: str
    shown: bool
    folds: bool
    gist: str


@dataclass(frozen=True)
class Report:
    """Everything a template needs, in reading order.

    ``dated`` says of which day the report is, and where that day comes from. ``rated`` is whether this
    edition shows lights at all. If not, empty lights do not mean missing ratings.
    """

    language: str
    audience: Audience
    edition: str
    mark: str
    made_with: str
    title: str
    summary: str
    as_of: str
    dated: str
    at_a_glance: tuple[Fact, ...]
    board: Board | None
    decision: tuple[Fact, ...]
    rated: bool
    to_do: tuple[str, ...]
    status: tuple[str, ...]
    agreed: tuple[AgreedRow, ...]
    organisations: tuple[Row, ...]
    people: tuple[Row, ...]
    entry: EntryBlock
    visits: tuple[VisitRow, ...]
    path: TimeChart | None
    readiness: ReadyChart | None
    grid: LightGrid | None
    phases: tuple[PhaseBlock, ...]
    open_items: tuple[tuple[str, ItemRow], ...]
    instruments: tuple[InstrumentBlock, ...]
    sides: SidesChart | None
    barriers: tuple[BarrierRow, ...]
    map: BarrierMap | None
    helping: str
    distinguishes: tuple[HeatBlock, ...]
    retired: tuple[Row, ...]
    strategies: tuple[StrategyBlock, ...]
    convention: str
    caution: str
    stakeholders: StakeholderMap | None
    planning: TimeChart | None
    roadmap: tuple[Row, ...]
    actions: tuple[ActionRow, ...]
    cycles_chart: TimeChart | None
    cycles: tuple[Row, ...]
    indicators: tuple[IndicatorBlock, ...]
    adaptations: tuple[Row, ...]
    costs: CostBlock | None
    rollout: RolloutBlock | None
    trend: TrendBlock | None
    accepted: tuple[Row, ...]
    asked: tuple[Row, ...]
    findings: tuple[Row, ...]
    since: Since | None
    log: tuple[Row, ...]
    sources: tuple[Work, ...]
    gists: Mapping[str, str]

    @property
    def has_many_columns(self) -> bool:
        """Whether it has a table with a narrow column for each organisation."""
        return bool(self.distinguishes) or bool(self.map and self.map.many)

    @cached_property
    def sections(self) -> Mapping[str, SectionShown]:
        """Every section by its id, in reading order."""
        sections = {}
        for section in SECTIONS:
            has_something = any(getattr(self, field) for field in section.needs)
            shown = has_something or not section.needs
            gist = self.gists.get(section.id, "")
            sections[section.id] = SectionShown(section.title, shown, section.folds, gist)
        return sections
