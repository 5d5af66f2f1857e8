"""``fii score``: the score of a trajectory, with its basis."""

from __future__ import annotations

from typing import Annotated

import typer

from fii_cli.analysis.evidence import evidence_found, is_url
from fii_cli.analysis.rating_sheet import rating_sheet
from fii_cli.analysis.renewed import retired_ratings
from fii_cli.analysis.score import FACTORS, Factor, Score, Scored, ScoreSheet, Share, score_sheet
from fii_cli.analysis.standing import ItemStanding, PhaseStanding, RatedBy, SubphaseStanding
from fii_cli.commands.dates import whole_day
from fii_cli.commands.options import (
    AsJson,
    AsOf,
    File,
    day,
    framework_named,
)
from fii_cli.commands.rating_tables import show_ratings
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.retired_table import retired_records, show_retired
from fii_cli.commands.say import say_json
from fii_cli.commands.which_file import other_file
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import Handbook
from fii_cli.language import N_, Language, msg
from fii_cli.project.context import Projects
from fii_cli.terminal import STYLES, Terminal
from fii_cli.terminal.screen import width, wrapped
from fii_cli.terminal.widths import longest_word
from fii_cli.trajectory import Trajectory
from fii_cli.words import LIGHTS, PHASES, SIGNS, STOPLICHT

SUMMARY = N_("Show the score: counts with their totals, where sides differ, and what changed.")
EXAMPLES = (
    ("fii score buurt-leren.yaml", N_("the score of a trajectory")),
    ("fii score buurt-leren.yaml --since 2025-01-01", N_("with the changes since that date")),
    ("fii score buurt-leren.yaml --instrument cfir", N_("the ratings on an instrument, as given")),
    (
        "fii score buurt-leren.yaml --instrument cfir --against amigos.yaml",
        N_("and what distinguishes the two trajectories"),
    ),
)
_INDENT = "  "
AnyScored = Scored[PhaseStanding] | Scored[SubphaseStanding]
FACTOR_NAMES: dict[Factor, str] = {
    "intervention": N_("intervention"),
    "implementation": N_("implementation"),
    "context": N_("context"),
}


def run(
    context: typer.Context,
    file: File = "",
    instrument: Annotated[
        str | None,
        typer.Option(
            "--instrument", metavar=N_("ID"), help=N_("show the ratings on this instrument instead")
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar=N_("FILE"),
            callback=other_file,
            help=N_("the trajectory to compare with"),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar=N_("DATE"), callback=whole_day, help=N_("show changes since this date")
        ),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    projects = Projects()
    project = projects.at(file)
    today = day(as_of) or projects.today
    start = day(since)
    if start and start >= today:
        later = msg("{date} is not before {day}", date=start.isoformat(), day=today.isoformat())
        raise Refused(later, msg("choose an earlier date with --since"))
    readable = read_trajectory(project, file, today, terminal)
    if readable is None:
        return FOUND
    framework = framework_named(instrument, project.handbook) if instrument else None
    if against and not framework:
        asks = msg("{option} requires an instrument", option="--against")
        raise Refused(asks, msg("add {flags}", flags="--instrument cfir"))
    if framework:
        book, thresholds = project.handbook, project.settings.thresholds
        compared = None
        if against:
            other = read_trajectory(projects.at(against), against, today, terminal)
            if other is None:
                return FOUND
            compared = (other.known, rating_sheet(other.known, framework, book, today, thresholds))
        sheet = rating_sheet(readable.known, framework, book, today, thresholds)
        show_ratings(terminal, readable.known, sheet, book, thresholds, compared, as_json=as_json)
        return OK
    book = project.handbook
    found = evidence_found(readable.known, project.circumstances(file, today).evidence_there)
    score = score_sheet(readable.known, book, today, start, found)
    retired = retired_ratings(score.standing.apart, book, today)
    if as_json:
        say_json(terminal, {**_record(score), "retired": retired_records(retired)})
    else:
        _show(score, file, book, terminal)
        trajectory = score.standing.trajectory
        show_retired(terminal, trajectory, retired, book, project.settings.thresholds)
    return OK


def _show(sheet: ScoreSheet, file: str, book: Handbook, terminal: Terminal) -> None:
    title = sheet.standing.trajectory.heading
    terminal.headline(title, file)
    terminal.out()
    _show_table(_rows(sheet, terminal.say), terminal)
    _show_in_the_way(sheet, book, terminal)
    _show_claims(sheet, terminal)
    _show_differences(sheet, book, terminal)
    _show_changes(sheet, book, terminal)
    _show_factors(sheet, terminal)


def _rows(sheet: ScoreSheet, say: Language) -> list[tuple[str, AnyScored]]:
    """Each phase with its name; a phase with ratings is followed by its subphases."""
    rows: list[tuple[str, AnyScored]] = []
    for phase, subphases in sheet.phases:
        content = phase.standing.content
        rows.append((f"{PHASES.index(content.id) + 1} {say.pick(content.name)}", phase))
        if not phase.score.rated.n:
            continue
        for each in subphases:
            part = each.standing.content
            rows.append((f"  {part.id} {say.pick(part.name)}", each))
    return rows


def _show_in_the_way(sheet: ScoreSheet, book: Handbook, terminal: Terminal) -> None:
    """The items that an open phase needs, with the organisations if lights stand for each."""
    say, trajectory = terminal.say, sheet.standing.trajectory
    for phase in (sheet.standing.here, *sheet.standing.beside):
        if phase is None or not phase.in_the_way:
            continue
        name = say.pick(phase.content.name)
        _show_heading(say("Needed to complete this phase ({phase})", phase=name), terminal)
        for item in phase.in_the_way:
            where = ", ".join(trajectory.named(each) for each in item.where)
            told = f"{_named(item, book, say)}{f' ({where})' if where else ''}"
            terminal.out(terminal.wrap(f"{terminal.light(item.light)}  {told}", "  ", "  "))


def _show_claims(sheet: ScoreSheet, terminal: Terminal) -> None:
    """The evidence that does not count: fii did not find it, or cannot look it up."""
    if not sheet.claimed:
        return
    say = terminal.say
    _show_heading(say("Evidence that is only claimed"), terminal)
    for claim in sheet.claimed:
        why = say("a URL, which fii does not visit") if is_url(claim.evidence) else say("not found")
        terminal.out(terminal.wrap(f"{claim.item.id}  {claim.evidence}: {why}", "  ", "  "))


def _show_differences(sheet: ScoreSheet, book: Handbook, terminal: Terminal) -> None:
    if not sheet.differ:
        return
    _show_heading(terminal.say("Differences between sides"), terminal)
    for item in sheet.differ:
        trajectory = sheet.standing.trajectory
        sides = [
            f"{_side(rating, trajectory, terminal)}: {terminal.light(rating.value)}"
            for rating in item.ratings
        ]
        terminal.out(terminal.wrap(f"{_named(item, book, terminal.say)}  {', '.join(sides)}", "  ", "  "))


def _show_changes(sheet: ScoreSheet, book: Handbook, terminal: Terminal) -> None:
    if not sheet.since:
        return
    say = terminal.say
    _show_heading(say("Changed since {date}", date=sheet.since.isoformat()), terminal)
    for change in sheet.changes:
        before, after = terminal.light(change.before), terminal.light(change.item.light)
        name = _named(change.item, book, say)
        terminal.out(terminal.wrap(f"{name}  {before} → {after}", "  ", "  "))
    if not sheet.changes:
        terminal.out(f"  {say('nothing')}")


def _side(rating: RatedBy, trajectory: Trajectory, terminal: Terminal) -> str:
    """Who rated, and the organisation that it is about if lights stand for each."""
    side = terminal.word(rating.perspective) if rating.perspective else ""
    whose = trajectory.named(rating.about) if rating.about else ""
    return ", ".join(filter(None, (whose, side))) or terminal.say("no perspective given")


def _show_table(rows: list[tuple[str, AnyScored]], terminal: Terminal) -> None:
    say = terminal.say
    heads = [say("ready"), say("rated"), say("evidenced")]
    cells = [_share_texts(scored.score, say) for _, scored in rows]
    lights = [_light_counts(scored.score, terminal) for _, scored in rows]
    names = [name for name, _ in rows]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    room = terminal.width - sum(widths) - max(map(width, lights)) - 2 * (len(widths) + 2)
    if longest_word(names) + len(_INDENT) * 2 > room:
        _show_below_names(names, heads, cells, lights, terminal)
        return
    left = min(max(map(len, names)), room)
    terminal.out(f"  {'':<{left}}  {terminal.dim(_padded(heads, widths))}".rstrip())
    for name, row, light in zip(names, cells, lights, strict=True):
        first, *rest = _folded(name, left)
        terminal.out(f"  {first:<{left}}  {_padded(row, widths)}  {light}")
        terminal.out(*(f"  {line}" for line in rest)) if rest else None


def _show_below_names(
    names: list[str], heads: list[str], cells: list[list[str]], lights: list[str], terminal: Terminal
) -> None:
    """The table where it does not fit: each name, and below it its lights and its shares."""
    for name, row, light in zip(names, cells, lights, strict=True):
        indent = " " * (len(name) - len(name.lstrip()) + 2)
        shares = [f"{head}: {cell}" for head, cell in zip(heads, row, strict=True)]
        terminal.out(terminal.wrap(name.lstrip(), indent, _INDENT))
        for line in (light, ", ".join(shares)):
            terminal.out(terminal.wrap(line, f"{indent}{_INDENT}"))


def _folded(name: str, room: int) -> list[str]:
    """A name in lines that are at most so wide; the first keeps its indent."""
    indent = " " * (len(name) - len(name.lstrip()))
    return wrapped(name.lstrip(), room, indent, f"{indent}{_INDENT}")


def _padded(cells: list[str], widths: list[int]) -> str:
    return "  ".join(f"{cell:<{room}}" for cell, room in zip(cells, widths, strict=True))


def _light_counts(score: Score, terminal: Terminal) -> str:
    present = [light for light in LIGHTS if score.counts[light]]
    return "  ".join(
        terminal.paint(f"{SIGNS[light]} {score.counts[light]}", STYLES[light]) for light in present
    )


def _share_texts(score: Score, say: Language) -> list[str]:
    """The three shares as text; without ratings, the share that is ready is unknown."""
    ready = score.ready if score.rated.n else Share(0, 0)
    return [_share_text(share, say) for share in (ready, score.rated, score.evidenced)]


def _share_text(share: Share, say: Language) -> str:
    return say("{n} of {all}", n=share.n, all=share.of) if share.of else "–"


def _show_heading(text: str, terminal: Terminal) -> None:
    terminal.out("", terminal.bold(terminal.wrap(text)))


def _named(item: ItemStanding, book: Handbook, say: Language) -> str:
    """An item by its id and its short name; a team's own item has its question."""
    return f"{item.id} {say.pick(book.short_name(STOPLICHT, item.id, item))}"


def _show_factors(sheet: ScoreSheet, terminal: Terminal) -> None:
    say = terminal.say
    _show_heading(say("Intervention × implementation × context"), terminal)
    widest = max(len(say(name)) for name in FACTOR_NAMES.values())
    for factor in sheet.factors:
        phases = ", ".join(str(PHASES.index(phase) + 1) for phase in FACTORS[factor.name])
        rated = say("{n} of {all} rated", n=factor.rated.n, all=factor.rated.of)
        name = say(FACTOR_NAMES[factor.name])
        which = say("phases {phases}", phases=phases)
        line = f"{name:<{widest}}  {terminal.light(factor.light)}  ({which}; {rated})"
        terminal.out(terminal.wrap(line, "  ", "  "))
    terminal.out(terminal.wrap(_weakest_link(sheet, say), "  "))
    basis = say("Which phases belong to which factor is our reading.")
    terminal.out(terminal.dim(terminal.wrap(basis, "  ")))


def _weakest_link(sheet: ScoreSheet, say: Language) -> str:
    weakest = sheet.weakest
    if weakest is None:
        return say("The weakest link is unknown until every factor has been rated.")
    if weakest.light == "groen":
        return say("The weakest link is green.")
    items = ", ".join(item.id for item in weakest.items[:3])
    name = say(FACTOR_NAMES[weakest.name])
    return say("The weakest link is the {factor}: {items}.", factor=name, items=items)


def _record(sheet: ScoreSheet) -> dict[str, object]:
    return {
        "version": 1,
        "title": sheet.standing.trajectory.title,
        "phases": [
            {**_scored(phase), "subphases": [_scored(each) for each in subphases]}
            for phase, subphases in sheet.phases
        ],
        "in_the_way": [item.id for item in sheet.in_the_way],
        "beside": [
            {"phase": phase.content.id, "in_the_way": [item.id for item in phase.in_the_way]}
            for phase in sheet.standing.beside
        ],
        "where": {
            item.id: list(item.where) for phase in sheet.standing.phases for item in phase.items if item.where
        },
        "differ": [
            {
                "item": item.id,
                "ratings": [
                    {"perspective": r.perspective, "about": r.about, "value": r.value} for r in item.ratings
                ],
            }
            for item in sheet.differ
        ],
        "claimed": [{"item": each.item.id, "evidence": each.evidence} for each in sheet.claimed],
        "since": sheet.since.isoformat() if sheet.since else None,
        "changes": [{"item": c.item.id, "before": c.before, "after": c.item.light} for c in sheet.changes],
        "factors": [
            {"name": f.name, "light": f.light, "rated": _pair(f.rated), "phases": list(FACTORS[f.name])}
            for f in sheet.factors
        ],
        "weakest": sheet.weakest.name if sheet.weakest else None,
    }


def _scored(scored: AnyScored) -> dict[str, object]:
    score = scored.score
    shares = {"ready": _pair(score.ready), "rated": _pair(score.rated), "evidenced": _pair(score.evidenced)}
    return {"id": scored.standing.content.id, "lights": score.counts, **shares}


def _pair(share: Share) -> dict[str, int]:
    return {"n": share.n, "of": share.of}
