"""One trajectory as written by consultants: frozen records that mirror the guide."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

from fii_cli.diagnostics import Route
from fii_cli.frozen import Limits
from fii_cli.language import Code
from fii_cli.trajectory.base import Listed, Record, Text, field, walk
from fii_cli.trajectory.borgen import Borgen
from fii_cli.trajectory.distinguish import Distinguish
from fii_cli.trajectory.follow_up import (
    Accepted,
    Action,
    Assessment,
    ChecklistItem,
    Cost,
    LogEntry,
    RequestedDecision,
)
from fii_cli.trajectory.head import Decision, Entry, Organisation, Person, Visit
from fii_cli.trajectory.implementeren import Implementeren
from fii_cli.trajectory.innoveren import Innoveren
from fii_cli.trajectory.rollout import RolloutMember
from fii_cli.trajectory.signaleren import Signaleren
from fii_cli.trajectory.verkennen import Task, Verkennen
from fii_cli.trajectory.versions import FIRST_VERSION
from fii_cli.trajectory.versterken import Versterken
from fii_cli.words import ENDING, PHASES, RESTING, STOPLICHT, Phase

Side = tuple[str | None, str | None]
"""The perspective of a rating, and the organisation that it is about."""
Index = dict[tuple[str, str], dict[Side, list[tuple[int, Assessment]]]]
"""By instrument and item, then by side: assessments with their index, oldest first."""


def _by_answer(actions: Iterable[Action]) -> dict[str, tuple[Action, ...]]:
    found: dict[str, list[Action]] = {}
    for action in actions:
        for place in dict.fromkeys(action.answers):
            found.setdefault(place, []).append(action)
    return {place: tuple(those) for place, those in found.items()}


def _end_of(ended: tuple[int, Visit]) -> tuple[date, int]:
    """When a visit ended, for sorting; of two on one day, the later one in the file."""
    index, visit = ended
    return (visit.closing.date.last if visit.closing else date.max), index


class Trajectory(Record):
    """One trajectory: facts only. Only ``title``, ``language`` and ``entry`` are required."""

    fii: int = field("The version of this file format.", FIRST_VERSION, limits=Limits(ge=1), reaches="public")
    title: Text = field("The title of the trajectory.", ..., reaches="public")
    language: Code = field(
        "The language of the text in this file and of its reports: nl or en.", ..., reaches="public"
    )
    summary: Text | None = field("The intervention in a few sentences.", reaches="public")
    organisations: Listed[Organisation] = field("The organisations involved.", (), reaches="public")
    people: Listed[Person] = field("The people involved, by role.", (), reaches="client")
    entry: Entry = field("The situation at the start; it does not change afterwards.", ..., reaches="public")
    visits: Listed[Visit] = field(
        "The visits to the phases, oldest first; phases may overlap.", (), reaches="public"
    )
    signaleren: Signaleren | None = field(
        "Phase 1: the commissioner, the question and the boundaries.", reaches="public"
    )
    verkennen: Verkennen | None = field(
        "Phase 2: the receiving organisation and shared ownership.", reaches="public"
    )
    innoveren: Innoveren | None = field("Phase 3: the intervention and its method.", reaches="public")
    versterken: Versterken | None = field("Phase 4: key people and support.", reaches="client")
    implementeren: Implementeren | None = field("Phase 5: team, cycles and training.", reaches="client")
    borgen: Borgen | None = field("Phase 6: quality and improvement.", reaches="public")
    checklist: Listed[ChecklistItem] = field("The team's own checklist items.", (), reaches="client")
    assessments: Listed[Assessment] = field("Dated ratings, oldest first.", (), reaches="client")
    actions: Listed[Action] = field("The actions that address barriers.", (), reaches="client")
    requested_decisions: Listed[RequestedDecision] = field(
        "The decisions that the trajectory needs from others.", (), reaches="client"
    )
    costs: Listed[Cost] = field("What each phase costs, and who pays for it.", (), reaches="client")
    distinguish: Distinguish | None = field(
        "Which organisations the report compares, and where it went well.", reaches="steering"
    )
    rollout: Listed[RolloutMember] = field(
        "The trajectories of which this programme consists, each in a file or a report of its own.",
        (),
        reaches="public",
    )
    accepted: Listed[Accepted] = field(
        "Findings that the team accepts, with the reason.", (), reaches="steering"
    )
    log: Listed[LogEntry] = field("Events worth remembering, oldest first.", (), reaches="steering")

    @property
    def heading(self) -> str:
        """The title on one line."""
        return " ".join(self.title.split())

    @property
    def records(self) -> tuple[tuple[Route, Record], ...]:
        """Every record, itself and those below it, each with its path."""
        return ((), self), *self._below

    @cached_property
    def _below(self) -> tuple[tuple[Route, Record], ...]:
        """The records below it: with itself among them, only a garbage collector could let go of it."""
        return tuple(walk(self))[1:]

    @property
    def records_by_kind(self) -> dict[type[Record], list[tuple[Route, Record]]]:
        """Every record, itself and those below it, each with its path, by the kind of record."""
        return {type(self): [((), self)], **self._below_by_kind}

    @cached_property
    def _below_by_kind(self) -> dict[type[Record], list[tuple[Route, Record]]]:
        found: dict[type[Record], list[tuple[Route, Record]]] = {}
        for pair in self._below:
            found.setdefault(type(pair[1]), []).append(pair)
        return found

    @cached_property
    def rated(self) -> Index:
        """The assessments in which each side rated each item of an instrument, oldest first.

        By instrument and item, then by side; each assessment with its index. Future dates are included. A
        light is about an organisation only if :attr:`by_organisation`, even if the assessment names one.
        """
        return self._index(lambda made: made.ratings)

    @cached_property
    def said(self) -> Index:
        """The assessments in which each side rated, counted or published each item, like ``rated``.

        If an assessment has an item in several forms, its rating counts, or else its counts. Of two forms of
        one day, the same one comes last.
        """
        found = self._index(
            lambda made: (
                made.ratings
                if made.of_lights
                else dict.fromkeys((*made.ratings, *made.counts, *made.published))
            )
        )
        for (_, item), sides in found.items():
            for by_side in sides.values():
                if len(by_side) > 1:
                    by_side.sort(
                        key=lambda pair: (
                            pair[1].date.first,
                            item in pair[1].ratings,
                            item in pair[1].counts,
                        )
                    )
        return found

    def side_of(self, made: Assessment) -> Side:
        """The side that an assessment speaks for: a light is only about an organisation if all are."""
        return made.perspective, made.about if self.by_organisation or not made.of_lights else None

    def _index(self, items: Callable[[Assessment], Iterable[str]]) -> Index:
        found: Index = {}
        for index, made in enumerate(self.assessments):
            side = self.side_of(made)
            for item in items(made):
                found.setdefault((made.instrument, item), {}).setdefault(side, []).append((index, made))
        for sides in found.values():
            for by_side in sides.values():
                if len(by_side) > 1:
                    by_side.sort(key=lambda pair: pair[1].date.first)
        return found

    @cached_property
    def organisations_by_id(self) -> dict[str | None, Organisation]:
        return {each.id: each for each in reversed(self.organisations)}

    @cached_property
    def people_by_id(self) -> dict[str | None, Person]:
        return {each.id: each for each in reversed(self.people)}

    @cached_property
    def anybody_leaves(self) -> bool:
        """Whether an organisation or a person has an end, even if that is still to come."""
        return any(each.until for each in self.organisations) or any(each.until for each in self.people)

    @cached_property
    def own_items_by_id(self) -> dict[str, ChecklistItem]:
        return {each.id: each for each in reversed(self.checklist)}

    def own_items(self, instrument: str) -> tuple[ChecklistItem, ...]:
        """The team's own items for an instrument; only the stoplicht can have them."""
        return self.checklist if instrument == STOPLICHT else ()

    @property
    def roadmap(self) -> tuple[Task, ...]:
        """The tasks that both organisations agreed on."""
        ownership = self.verkennen.ownership if self.verkennen else None
        return ownership.roadmap if ownership else ()

    @cached_property
    def last_visits(self) -> dict[Phase, Visit]:
        """The latest visit to each visited phase."""
        return {visit.phase: visit for visit in self.visits}

    @cached_property
    def last_visits_by_organisation(self) -> dict[tuple[Phase, str | None], Visit]:
        """The latest visit to each phase of each organisation, and of the trajectory as a whole."""
        return {(visit.phase, visit.organisation): visit for visit in self.visits}

    def last_visit_of(self, about: str | None, phase: Phase) -> Visit | None:
        """An organisation's latest visit to a phase; if it has none, that of the trajectory as a whole."""
        return self.last_visits_by_organisation.get((phase, self.path_of(about, phase)))

    @cached_property
    def running_on(self) -> dict[str, tuple[Action, ...]]:
        """The running actions that address each barrier, by its place, such as ``cfir/III.D.2``."""
        return _by_answer(action for action in self.actions if action.runs)

    @cached_property
    def done_on(self) -> dict[str, tuple[Action, ...]]:
        """The finished actions that addressed each barrier, by its place."""
        return _by_answer(action for action in self.actions if action.status == "klaar")

    @cached_property
    def running_answers(self) -> tuple[str, ...]:
        """The places that running actions address, sorted."""
        return tuple(sorted(self.running_on))

    @cached_property
    def by_organisation(self) -> bool:
        """Whether organisations are in phases of their own, so that lights stand for each of them."""
        return any(visit.organisation for visit in self.visits)

    @cached_property
    def paths(self) -> dict[str | None, tuple[tuple[int, Visit], ...]]:
        """The visits of each organisation, and of the whole trajectory (``None``), with their indices."""
        found: dict[str | None, list[tuple[int, Visit]]] = {}
        for index, visit in enumerate(self.visits):
            found.setdefault(visit.organisation, []).append((index, visit))
        return {organisation: tuple(path) for organisation, path in found.items()}

    @cached_property
    def open_visits(self) -> tuple[tuple[int, Visit], ...]:
        """The open visits with their indices, that of the trajectory first: see :attr:`open_visit`."""
        found = [(index, visit) for index, visit in enumerate(self.visits) if visit.closing is None]
        found.sort(key=lambda each: (bool(each[1].organisation), PHASES.index(each[1].phase)))
        return tuple(found)

    @cached_property
    def open_visit(self) -> tuple[int, Visit] | None:
        """The index of the open visit that counts for the whole, and the visit itself, or ``None``.

        Of several, it is the one of the trajectory as a whole, or else that in the earliest phase.
        """
        return next(iter(self.open_visits), None)

    def path_of(self, about: str | None, phase: Phase) -> str | None:
        """Whose visits to a phase count for an organisation: its own, or else those of the whole."""
        of = about if self.by_organisation else None
        return of if (phase, of) in self.last_visits_by_organisation else None

    @cached_property
    def last_decisions(self) -> dict[Phase, tuple[Decision, ...]]:
        """By phase: what ended the latest visit of each organisation to it, and of the whole."""
        found: dict[Phase, tuple[Decision, ...]] = {}
        for (phase, _), visit in self.last_visits_by_organisation.items():
            found[phase] = (*found.get(phase, ()), *((visit.closing,) if visit.closing else ()))
        for _, visit in self.open_visits:
            found.pop(visit.phase, None)
        return found

    def has_left(self, phase: Phase) -> bool:
        """Whether a phase was visited, and left for another one or completed; a pause does not count.

        If organisations are in phases of their own, none of them may be in it still, or have paused in it.
        """
        return phase in self._left

    @cached_property
    def _left(self) -> frozenset[Phase]:
        return frozenset(
            phase
            for phase, closed in self.last_decisions.items()
            if any(each.leaves for each in closed) and not any(each.decision == "pauze" for each in closed)
        )

    @cached_property
    def last_visit(self) -> tuple[int, Visit] | None:
        """The open visit that counts for the whole, or else the one that ended last, with its index."""
        if self.open_visit:
            return self.open_visit
        if len(self.paths) > 1:
            return max(((at, visit) for at, visit, _ in self.ended_paths), key=_end_of, default=None)
        return next(reversed(list(enumerate(self.visits))), None)

    @cached_property
    def ended_paths(self) -> tuple[tuple[int, Visit, Decision], ...]:
        """Of each path without an open visit: its last visit, with its index and what ended it."""
        lasts = (path[-1] for path in self.paths.values() if not any(v.closing is None for _, v in path))
        return tuple((index, visit, visit.closing) for index, visit in lasts if visit.closing)

    @cached_property
    def last_decision(self) -> Decision | None:
        """The decision that ended the last visit, or ``None`` if a visit is open."""
        return self.last_visit[1].closing if self.last_visit and not self.open_visits else None

    @cached_property
    def at_rest(self) -> bool:
        """Whether the trajectory is paused, stopped or completed, with every organisation in it."""
        decisions = [decision for _, _, decision in self.ended_paths]
        return not self.open_visits and bool(decisions) and all(d.decision in RESTING for d in decisions)

    @cached_property
    def has_ended(self) -> bool:
        """Whether the trajectory is stopped or completed, with every organisation in it."""
        return self.at_rest and all(decision.decision in ENDING for _, _, decision in self.ended_paths)

    def rests(self, organisation: str | None) -> bool:
        """Whether an organisation is paused, stopped or completed; without visits of its own, the whole is.

        A pause or a stop of one organisation is not one of the others.
        """
        if self.at_rest or not self.by_organisation:
            return self.at_rest
        return (organisation if organisation in self.paths else None) in self._resting

    @cached_property
    def _resting(self) -> frozenset[str | None]:
        """Whose path is paused, stopped or completed."""
        return frozenset(v.organisation for _, v, d in self.ended_paths if d.decision in RESTING)

    def organisation(self, id_: str | None) -> Organisation | None:
        return self.organisations_by_id.get(id_)

    def person(self, id_: str | None) -> Person | None:
        return self.people_by_id.get(id_)

    def named(self, id_: str | None) -> str:
        """The organisation's name or the person's role for an id; the id itself if it is unknown."""
        if organisation := self.organisation(id_):
            return organisation.name
        if person := self.person(id_):
            return person.role
        return id_ or ""

    def stoplights(self) -> Iterator[tuple[int, Assessment]]:
        """The assessments with the stoplicht, with their index, in file order."""
        return ((index, made) for index, made in enumerate(self.assessments) if made.of_lights)
