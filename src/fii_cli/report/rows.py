"""The tables of a report with facts from the file, row by row."""

from __future__ import annotations

from fii_cli.analysis.standing import Standing
from fii_cli.analysis.succession import end_told, ends
from fii_cli.diagnostics import Remark
from fii_cli.editions.edition import reaches
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import strategy_name
from fii_cli.report.glance import decided
from fii_cli.report.lateness import how_late
from fii_cli.report.model import ActionRow, AgreedRow, ItemRow, VisitRow
from fii_cli.report.shapes import Row
from fii_cli.report.wording import Wording
from fii_cli.rules.groups import grouped, on_one_line
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Action, Result
from fii_cli.trajectory.head import Organisation, Person, Visit
from fii_cli.trajectory.implementeren import Step
from fii_cli.words import Audience


def organisation_rows(trajectory: Trajectory, wording: Wording) -> tuple[Row, ...]:
    """Each organisation: name, roles, funding, funders."""
    rows = []
    for organisation in trajectory.organisations:
        funders = ", ".join(organisation.funders)
        cells = (
            named_with_end(organisation, wording),
            wording.words(organisation.roles),
            wording.word(organisation.funding),
            funders,
        )
        rows.append(Row(cells))
    return tuple(rows)


def people_rows(trajectory: Trajectory, wording: Wording) -> tuple[Row, ...]:
    """Each person: role, organisation, level; never the name."""
    rows = []
    for person in trajectory.people:
        organisation = trajectory.named(person.organisation)
        role = _with_end(person.role, _end_of_person(person, wording))
        rows.append(Row((role, organisation, wording.word(person.level))))
    return tuple(rows)


def named_with_end(organisation: Organisation, wording: Wording) -> str:
    """The name of an organisation, and until when it takes part if it does not go on."""
    return _with_end(organisation.name, _end_of_organisation(organisation, wording))


def _with_end(name: str, end: str) -> str:
    return f"{name} ({end})" if end else name


def _end_of_organisation(organisation: Organisation, wording: Wording) -> str:
    """Until when an organisation takes part, and what became of it; empty if it goes on."""
    if organisation.until is None:
        return ""
    day = wording.day(organisation.until)
    if organisation.became:
        name = wording.trajectory.named(organisation.became)
        return wording.say("until {date}, continued as {name}", date=day, name=name)
    return wording.say("until {date}", date=day)


def _end_of_person(person: Person, wording: Wording) -> str:
    """Until when somebody is there, and who follows; empty if nobody leaves."""
    if person.until is None:
        return ""
    day = wording.day(person.until)
    if person.followed_by:
        role = wording.trajectory.named(person.followed_by)
        return wording.say("until {date}, succeeded by {role}", date=day, role=role)
    return wording.say("until {date}", date=day)


def visit_row(visit: Visit, handbook: Handbook, wording: Wording) -> VisitRow:
    """A visit to a phase, with the decisions that were made in it."""
    phase = handbook.phase(visit.phase)
    return VisitRow(
        phase=f"{phase.number} {wording.say.pick(phase.name)}{wording.beside(visit.organisation)}",
        entered=wording.day(visit.entered),
        via=wording.word(visit.via),
        reason=visit.reason or "",
        decisions=tuple(decided(decision, wording) for decision in visit.decisions),
    )


def open_items(standing: Standing, wording: Wording) -> tuple[tuple[str, ItemRow], ...]:
    """The red and orange items, each with the name of its phase."""
    rows = []
    for phase, item in standing.with_light("rood", "oranje"):
        rows.append((wording.say.pick(phase.content.name), wording.item(item)))
    return tuple(rows)


def roadmap_rows(standing: Standing, wording: Wording) -> tuple[Row, ...]:
    """Each task: what, by whom, due date, date done."""
    rows = []
    for task in standing.roadmap:
        by = wording.trajectory.named(task.by) if task.done else wording.who(task.by, standing.today)
        rows.append(Row((task.what, by, wording.day(task.due), wording.day(task.done))))
    return tuple(rows)


def agreed_rows(standing: Standing, handbook: Handbook, wording: Wording) -> tuple[AgreedRow, ...]:
    """The tasks and actions that are not done yet: overdue first, then by date, those without one last."""
    found: list[tuple[Date | None, bool, AgreedRow]] = []
    for task in standing.roadmap:
        if not task.done:
            late = task.is_overdue(standing.today)
            why = wording.say("roadmap")
            row = _agreed(task.what, task.by, task.due, why, late, standing, wording)
            found.append((task.due, late, row))
    for action in standing.running:
        late = action.is_overdue(standing.today)
        named = "; ".join(
            dict.fromkeys(wording.name_of(place, handbook) or place for place in action.answers)
        )
        row = _agreed(action.what, action.owner, action.due, named, late, standing, wording)
        found.append((action.due, late, row))
    found.sort(key=lambda each: (not each[1], each[0] is None, each[0].last if each[0] else standing.today))
    return tuple(row for _, _, row in found)


def _agreed(
    what: str, who: str | None, due: Date | None, why: str, late: bool, standing: Standing, wording: Wording
) -> AgreedRow:
    told = wording.say(how_late(due.days_before(standing.today))) if due and late else ""
    return AgreedRow(what, wording.who(who, standing.today), wording.day(due), told, why)


def action_rows(standing: Standing, handbook: Handbook, wording: Wording) -> tuple[ActionRow, ...]:
    """Each action, with the strategy that it applies and its result."""
    rows = []
    for action in standing.trajectory.actions:
        row = ActionRow(
            what=action.what,
            strategy=_strategy_of(action, handbook, wording),
            answers=wording.barriers(action.answers, handbook),
            owner=wording.doer(action, standing.today),
            due=wording.day(action.due),
            overdue=action.is_overdue(standing.today),
            status=wording.word(action.status),
            result=_result(action, wording),
        )
        rows.append(row)
    return tuple(rows)


def _strategy_of(action: Action, handbook: Handbook, wording: Wording) -> str:
    """The name of the strategy that an action applies; empty if it equals the action's own text."""
    name = strategy_name(action.strategy or "", handbook, wording.say)
    return "" if name == action.what else name


def _result(action: Action, wording: Wording) -> str:
    """The result of an action: the review date, whether it helped, and the note."""
    result = action.result
    if result is None:
        return ""
    parts = [wording.day(result.date), wording.say("helped: {answer}", answer=_helped(result, wording))]
    if result.note:
        parts.append(result.note)
    return " – ".join(parts)


def _helped(result: Result, wording: Wording) -> str:
    return wording.word(result.helped or "onbekend")


def cycle_rows(trajectory: Trajectory, wording: Wording) -> tuple[Row, ...]:
    """Each cycle: its id and its four steps."""
    if trajectory.implementeren is None:
        return ()
    rows = []
    for cycle in trajectory.implementeren.cycles:
        cells = (cycle.id, *(_step(step, wording) for step in (cycle.plan, cycle.do, cycle.check, cycle.act)))
        rows.append(Row(cells))
    return tuple(rows)


def _step(step: Step | None, wording: Wording) -> str:
    if step is None:
        return ""
    told = [wording.day(step.date), step.text or ""]
    return ": ".join(part for part in told if part)


def asked_rows(trajectory: Trajectory, wording: Wording) -> tuple[Row, ...]:
    """Each requested decision: question, of whom, by when and why then, advice, what otherwise, answer."""
    rows = []
    for asked in trajectory.requested_decisions:
        due = ", ".join(filter(None, (wording.day(asked.due), asked.why_then)))
        advice = answer = ""
        if asked.advice:
            by = ", ".join(filter(None, (asked.advice.by, wording.day(asked.advice.date))))
            advice = f"{asked.advice.text} ({by})" if by else asked.advice.text
        if asked.decided:
            answer = f"{asked.decided.answer} ({wording.day(asked.decided.date)})"
        who = trajectory.named(asked.asked_of) if asked.asked_of else ""
        rows.append(Row((asked.question, who, due, advice, asked.otherwise or "", answer)))
    return tuple(rows)


def accepted_rows(trajectory: Trajectory, wording: Wording) -> tuple[Row, ...]:
    """Each finding that the team accepted: code, about, reason, by whom and when, end date."""
    rows = []
    for accepted in trajectory.accepted:
        about = trajectory.named(accepted.about)
        since, until = wording.day(accepted.since), wording.day(accepted.until)
        by = ", ".join(filter(None, (accepted.by, since)))
        rows.append(Row((accepted.rule, about, accepted.reason, by, until)))
    return tuple(rows)


def remark_rows(remarks: tuple[Remark, ...], handbook: Handbook, wording: Wording) -> tuple[Row, ...]:
    """Each group of findings: code and messages."""
    groups = grouped(remarks)
    return tuple(
        Row((group[0].code, wording.say.days_in(on_one_line(group, handbook, wording.say))))
        for group in groups
    )


def log_rows(standing: Standing, wording: Wording, audience: Audience) -> tuple[Row, ...]:
    """The log entries, actions that were agreed on, what came of them, adaptations, and who left; oldest
    first."""
    trajectory = standing.trajectory
    if not reaches(Trajectory, "log", audience):
        return ()
    entries = [(entry.date, entry.text, entry.by or "") for entry in trajectory.log]
    for action in trajectory.actions:
        owner = trajectory.named(action.owner)
        if action.since:
            entries.append((action.since, wording.say("agreed: {what}", what=action.what), owner))
        result = action.result
        if result:
            text = wording.say("{what}: helped: {answer}", what=action.what, answer=_helped(result, wording))
            if result.note:
                text += f" – {result.note}"
            entries.append((result.date, text, owner))
    for made in trajectory.innoveren.adaptations if trajectory.innoveren else ():
        where = trajectory.named(made.organisation)
        entries.append((made.date, wording.say("adapted: {what}", what=made.what), where))
    for until, record in ends(trajectory):
        if not until.after(standing.today):
            entries.append((until, wording.say(end_told(trajectory, record)), ""))
    entries.sort(key=lambda entry: entry[0].first)
    return tuple(Row((wording.day(date), text, by)) for date, text, by in entries)
