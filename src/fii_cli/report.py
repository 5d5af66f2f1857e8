"""The report: what fii concludes as plain values in reading order, worded in the trajectory's language.

A report names people by role and never by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from fii_cli.diagnostics import Diagnostic
from fii_cli.handbook import Handbook
from fii_cli.handbook.citing import GUIDE, cite, cited
from fii_cli.language import Language, Message, count, msg
from fii_cli.standing import ItemStanding, PhaseStanding, Standing, SubphaseStanding
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REFERS_TO, Record
from fii_cli.trajectory.head import Visit
from fii_cli.trajectory.labels import FIELD_LABELS
from fii_cli.words import LIGHTS, Light, label

_HOMES = {
    "1a": ("commissioner",),
    "1b": ("question",),
    "1c": ("boundaries",),
    "2a": ("shortlist",),
    "2b": ("agreements",),
    "2c": ("ownership",),
    "3a": ("balance",),
    "3b": ("method",),
    "4a": ("key_people",),
    "4b": ("support",),
    "5a": ("team",),
    "5b": ("cycles",),
    "5c": ("training",),
    "6a": ("quality", "indicators"),
    "6b": ("improvement",),
}
"""Which keys of a phase's section belong to which subphase."""

_HEADINGS = ("organisation", "person", "what", "date", "id")
_SELF_EVIDENT = ("date", "text", "what", "value")
_STATES: dict[str, Message] = {
    "skipped": msg("skipped by entry"),
    "ahead": msg("still ahead"),
    "here": msg("here now"),
    "paused": msg("paused"),
    "left": msg("left"),
    "stopped": msg("stopped"),
    "completed": msg("completed"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the file tells: a label with a text, or with facts below it, or both."""

    label: str
    text: str = ""
    inner: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class LightShown:
    """A light by its Dutch word, which templates choose sign and colour by, and its word for the reader."""

    value: Light
    word: str


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
    number: int
    id: str
    name: str
    goal: str
    done_when: str
    state: str
    state_words: str
    counts: tuple[LightCount, ...]
    rated: str
    subphases: tuple[SubphaseBlock, ...]

    @property
    def told(self) -> bool:
        """Whether the file tells anything of this phase."""
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
class ActionRow:
    what: str
    answers: str
    owner: str
    due: str
    overdue: bool
    status: str
    result: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of plain cells."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a template needs, in the order in which it is read."""

    language: str
    title: str
    summary: str
    as_of: str
    at_a_glance: tuple[Fact, ...]
    to_do: tuple[str, ...]
    organisations: tuple[Row, ...]
    people: tuple[Row, ...]
    entry: EntryBlock
    visits: tuple[VisitRow, ...]
    phases: tuple[PhaseBlock, ...]
    open_items: tuple[tuple[str, ItemRow], ...]
    actions: tuple[ActionRow, ...]
    accepted: tuple[Row, ...]
    findings: tuple[Row, ...]
    log: tuple[Row, ...]
    sources: tuple[str, ...]


def report_of(
    standing: Standing, findings: tuple[Diagnostic, ...], handbook: Handbook, say: Language
) -> Report:
    """The report of a trajectory on the standing's day, in the language of ``say``."""
    trajectory = standing.trajectory
    tell = _Teller(trajectory, say)
    phases = tuple(_phase(phase, tell) for phase in standing.phases)
    return Report(
        language=say.code,
        title=trajectory.title,
        summary=trajectory.summary or "",
        as_of=standing.today.isoformat(),
        at_a_glance=_at_a_glance(standing, tell),
        to_do=tuple(say(line) for line in _to_do(standing, tell)),
        organisations=tuple(
            Row((o.name, tell.words(o.roles), tell.word(o.funding), ", ".join(o.funders)))
            for o in trajectory.organisations
        ),
        people=tuple(
            Row((p.role, trajectory.named(p.organisation), tell.word(p.level))) for p in trajectory.people
        ),
        entry=_entry(standing, handbook, tell),
        visits=tuple(_visit(visit, handbook, tell) for visit in trajectory.visits),
        phases=phases,
        open_items=tuple(
            (say.pick(phase.content.name), tell.item(item))
            for phase, item in standing.with_light("rood", "oranje")
        ),
        actions=_actions(standing, tell),
        accepted=tuple(
            Row((a.rule, trajectory.named(a.about), a.reason, a.by or "", str(a.until or "")))
            for a in trajectory.accepted
        ),
        findings=tuple(Row((d.code, say(d.message))) for d in findings),
        log=tuple(Row((str(e.date), e.text, e.by or "")) for e in trajectory.log),
        sources=_sources(standing, handbook),
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Turns values of a trajectory into words for its readers."""

    trajectory: Trajectory
    say: Language

    def word(self, value: str | None) -> str:
        return self.say(label(value)) if value else ""

    def words(self, values: tuple[str, ...]) -> str:
        return ", ".join(self.word(value) for value in values)

    def light(self, light: Light) -> LightShown:
        return LightShown(light, self.word(light))

    def facts(self, record: Record, *, without: str = "") -> tuple[Fact, ...]:
        """What a record tells, key by key; an empty key tells nothing."""
        found = []
        for name, info in type(record).model_fields.items():
            value = getattr(record, name)
            if name == without or name == "id" or value is None or value == ():
                continue
            found.append(self._fact(self.say(FIELD_LABELS[name]), value, info))
        return tuple(found)

    def _fact(self, name: str, value: Any, info: FieldInfo) -> Fact:
        if isinstance(value, Record):
            return self._on_one_line(Fact(name, inner=self.facts(value)), value)
        if isinstance(value, tuple) and value and isinstance(value[0], Record):
            return Fact(name, inner=tuple(self._on_one_line(self.entry(item), item) for item in value))
        values = value if isinstance(value, tuple) else (value,)
        return Fact(name, ", ".join(self._text(each, info) for each in values))

    def _on_one_line(self, fact: Fact, record: Record) -> Fact:
        """A small record inside another, brought back to one line where it holds nothing deeper."""
        if any(inner.inner for inner in fact.inner):
            return fact
        plain = {self.say(FIELD_LABELS[name]) for name in _SELF_EVIDENT if name in type(record).model_fields}
        parts = [i.text if i.label in plain else f"{i.label.lower()}: {i.text}" for i in fact.inner]
        return Fact(fact.label, "; ".join(parts))

    def entry(self, item: Record) -> Fact:
        """One of a list: headed by what it is about, with the rest below it."""
        for name in _HEADINGS:
            value = getattr(item, name, None)
            if value is not None:
                heading = self._text(value, type(item).model_fields[name])
                return Fact(heading, inner=self.facts(item, without=name))
        return Fact("", inner=self.facts(item))

    def _text(self, value: object, info: FieldInfo) -> str:
        """A value in words: the name behind an id, the label of a closed value, and free text as it is."""
        if isinstance(value, float):
            return f"{value:g}"
        if isinstance(value, str) and isinstance(info.json_schema_extra, dict) and REFERS_TO in info.json_schema_extra:
            return self.trajectory.named(value)
        if isinstance(value, str) and _is_closed(info.annotation):
            return self.word(value)
        return str(value)

    def item(self, item: ItemStanding) -> ItemRow:
        latest = max(item.ratings, key=lambda rating: rating.date.last, default=None)
        return ItemRow(
            item.id,
            item.nl if self.say.code == "nl" else item.en,
            self.light(item.light),
            item.required,
            item.own,
            str(latest.date) if latest else "",
            tuple(self._remarks(item)),
        )

    def _remarks(self, item: ItemStanding) -> Iterator[str]:
        """Notes and evidence; and who sees it how, where perspectives differ."""
        differ = len({rating.value for rating in item.ratings}) > 1
        for rating in item.ratings:
            parts = [part for part in (rating.note, rating.evidence) if part]
            if differ:
                side = self.word(rating.perspective) or self.say("no side named")
                parts.insert(0, f"{side}: {self.word(rating.value)}")
            if parts:
                yield " – ".join(parts)


def _is_closed(annotation: Any) -> bool:
    return get_origin(annotation) is Literal or any(_is_closed(part) for part in get_args(annotation))


def _phase(phase: PhaseStanding, tell: _Teller) -> PhaseBlock:
    say, content = tell.say, phase.content
    rated = msg("{n} of {all} rated", n=phase.rated, all=len(phase.items))
    return PhaseBlock(
        content.number,
        content.id,
        say.pick(content.name),
        say.pick(content.goal),
        say.pick(content.done_when),
        phase.state,
        say(_STATES[phase.state]),
        tuple(LightCount(tell.light(light), phase.counts[light]) for light in LIGHTS if phase.counts[light]),
        say(rated),
        tuple(_subphase(subphase, phase, tell) for subphase in phase.subphases),
    )


def _subphase(subphase: SubphaseStanding, phase: PhaseStanding, tell: _Teller) -> SubphaseBlock:
    section = getattr(tell.trajectory, phase.content.id)
    facts: list[Fact] = []
    for name in _HOMES[subphase.content.id] if section else ():
        value = getattr(section, name)
        if isinstance(value, Record):
            facts += tell.facts(value)
        elif value:
            facts += (tell.entry(item) for item in value)
    items = tuple(tell.item(item) for item in subphase.items if item.ratings or item.own)
    content = subphase.content
    return SubphaseBlock(
        content.id, tell.say.pick(content.name), tell.say.pick(content.key_question), tuple(facts), items
    )


def _at_a_glance(standing: Standing, tell: _Teller) -> tuple[Fact, ...]:
    say = tell.say
    facts = []
    here = standing.here
    if here:
        visit = here.visits[-1]
        where = f"{here.content.number} {say.pick(here.content.name)}"
        since = say("since {date}", date=visit.entered.text) if visit.entered else ""
        facts.append(Fact(say("Where it is"), f"{where} {since}".strip()))
        lights = ", ".join(f"{here.counts[light]} {tell.word(light)}" for light in LIGHTS if here.counts[light])
        facts.append(Fact(say("Lights of this phase"), lights))
    elif standing.decision:
        words = f"{tell.word(standing.decision.decision)} ({standing.decision.date})"
        facts.append(Fact(say("Last decision"), words))
    else:
        facts.append(Fact(say("Where it is"), say("no phase has been entered yet")))
    named = {
        role: [o.name for o in standing.trajectory.organisations if role in o.roles]
        for role in ("commissioner", "giving", "receiving")
    }
    facts += (Fact(say(label(role)).capitalize(), ", ".join(names)) for role, names in named.items() if names)
    if standing.trajectory.actions:
        running = say(count(len(standing.running), "{n} action running", "{n} actions running"))
        late = say("{n} overdue", n=len(standing.overdue)) if standing.overdue else ""
        facts.append(Fact(say("Actions"), ", ".join(part for part in (running, late) if part)))
    return tuple(facts)


def _to_do(standing: Standing, tell: _Teller) -> list[Message]:
    """At most three things to do now: what is late, what is red, what stands between here and done."""
    lines = [
        msg("{what} was due on {date}", what=action.what, date=str(action.due)) for action in standing.overdue
    ]
    lines += [
        msg("{what} was due on {date}", what=task.what, date=str(task.due)) for task in standing.overdue_tasks
    ]
    lines += [msg("red light: {question}", question=tell.item(i).question) for _, i in standing.with_light("rood")]
    here = standing.here
    for item in here.in_the_way if here else ():
        if item.light != "rood":
            word = msg(label(item.light))
            lines.append(msg("still {light}: {question}", light=word, question=tell.item(item).question))
    return lines[:3]


def _entry(standing: Standing, handbook: Handbook, tell: _Teller) -> EntryBlock:
    say, cell, matrix = tell.say, standing.cell, handbook.matrix
    rows = []
    for commission in ("gevraagd", "ongevraagd"):
        cells = []
        for known in (True, False):
            each = next(c for c in matrix.cells if (c.commission, c.receiving) == (commission, known))
            if each.start:
                words = say("start at {phase}", phase=say.pick(handbook.phase(each.start).name))
            else:
                words = say("no starting point in the guide")
            cells.append(CellShown(words, each is cell))
        rows.append(MatrixRow(tell.word(commission).capitalize(), tuple(cells)))
    skipped = ", ".join(say.pick(handbook.phase(name).name) for name in cell.skips)
    entry = standing.trajectory.entry
    facts = [
        Fact(say("Date"), str(entry.date)) if entry.date else None,
        Fact(say("Origin"), entry.origin) if entry.origin else None,
    ]
    return EntryBlock(
        (say("Receiving organisation known"), say("Receiving organisation not known")),
        tuple(rows),
        say.pick(cell.name),
        say.pick(cell.why),
        tuple(fact for fact in facts if fact),
        skipped,
        say("What to watch (ours, not from the guide)") if cell.start else say("Our reading"),
        tuple(say.pick(line) for line in cell.attention),
        cite(matrix.source, handbook, say),
    )


def _visit(visit: Visit, handbook: Handbook, tell: _Teller) -> VisitRow:
    phase = handbook.phase(visit.phase)
    decisions = []
    for decision in visit.decisions:
        words = f"{decision.date}: {tell.word(decision.decision)}"
        words += f" ({decision.by})" if decision.by else ""
        words += f" – {decision.reason}" if decision.reason else ""
        decisions.append(words)
    return VisitRow(
        f"{phase.number} {tell.say.pick(phase.name)}",
        str(visit.entered or ""),
        tell.word(visit.via),
        visit.reason or "",
        tuple(decisions),
    )


def _actions(standing: Standing, tell: _Teller) -> tuple[ActionRow, ...]:
    rows = []
    for action in standing.trajectory.actions:
        result = ""
        if action.result:
            helped = tell.say("helped: {answer}", answer=tell.word(action.result.helped or "onbekend"))
            result = " – ".join(part for part in (str(action.result.date), helped, action.result.note) if part)
        rows.append(
            ActionRow(
                action.what,
                ", ".join(action.answers),
                standing.trajectory.named(action.owner),
                str(action.due or ""),
                action in standing.overdue,
                tell.word(action.status),
                result,
            )
        )
    return tuple(rows)


def _sources(standing: Standing, handbook: Handbook) -> tuple[str, ...]:
    """The works behind what this report shows: the guide, and those of the items that were rated."""
    works = {GUIDE: handbook.references[GUIDE]}
    for phase in standing.phases:
        for subphase in phase.subphases:
            rated = {item.id for item in subphase.items if item.ratings}
            for item in subphase.content.items:
                if item.id in rated:
                    works |= {work.id: work for work in cited(item.source, handbook)}
    return tuple(str(work) for work in sorted(works.values(), key=str))
