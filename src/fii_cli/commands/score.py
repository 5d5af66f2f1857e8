"""``fii score``: the score of a trajectory, with its basis."""

from __future__ import annotations

from typing import Annotated

import typer

from fii_cli.analysis.rating_sheet import rating_sheet
from fii_cli.analysis.score import FACTORS, Factor, Score, Scored, ScoreSheet, Share, score_sheet
from fii_cli.analysis.standing import ItemStanding, PhaseStanding, RatedBy, SubphaseStanding
from fii_cli.commands.options import (
    AsJson,
    AsOf,
    File,
    day,
    framework_named,
)
from fii_cli.commands.rating_tables import show_ratings
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.say import say_json
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.language import N_, Language, msg
from fii_cli.project.context import Projects
from fii_cli.terminal import SIGNS, STYLES, Terminal
from fii_cli.words import LIGHTS, PHASES

SUMMARY = N_("Show the score: counts with their totals, where sides differ, and what changed.")
EXAMPLES = (
    ("fii score samen-leren.yaml", N_("the score of a trajectory")),
    ("fii score samen-leren.yaml --since 2025-01-01", N_("with the changes since that date")),
    ("fii score samen-leren.yaml --instrument cfir", N_("the ratings on an instrument, as given")),
    (
        "fii score samen-leren.yaml --instrument cfir --against amigos.yaml",
        N_("and what distinguishes the two trajectories"),
    ),
)
AnyScored = Scored[PhaseStanding] | Scored[SubphaseStanding]
FACTOR_NAMES: dict[Factor, str] = {
    "intervention": N_("intervention"),
    "implementation": N_("implementation"),
    "context": N_("context"),
}


def run(
    context: typer.Context,
    file: File,
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
            help=N_("the trajectory to compare with"),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar=N_("DATE"), help=N_("show changes since this date")),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    projects = Projects()
    project = projects.at(file)
    today = day(as_of) or projects.today
    judgement = read_trajectory(project, file, today, terminal)
    if judgement is None:
        return FOUND
    framework = framework_named(instrument, project.handbook) if instrument else None
    if against and not framework:
        asks = msg("{option} requires an instrument", option="--against")
        raise Refused(asks, msg("add {flags}", flags="--instrument cfir"))
    if framework:
        book = project.handbook
        other = read_trajectory(projects.at(against), against, today, terminal) if against else None
        if against and other is None:
            return FOUND
        show_ratings(
            terminal,
            judgement.trajectory,
            rating_sheet(judgement.trajectory, framework, book, today),
            book,
            project.settings.thresholds,
            (other.trajectory, rating_sheet(other.trajectory, framework, book, today)) if other else None,
            as_json=as_json,
        )
        return OK
    sheet = score_sheet(judgement.trajectory, project.handbook, today, day(since))
    if as_json:
        say_json(terminal, _record(sheet))
    else:
        _show(sheet, file, terminal)
    return OK


def _show(sheet: ScoreSheet, file: str, terminal: Terminal) -> None:
    say = terminal.say
    title = sheet.standing.trajectory.heading
    terminal.out(f"{terminal.bold(title)}  {terminal.dim(file)}", "")
    rows: list[tuple[str, AnyScored]] = []
    for phase, subphases in sheet.phases:
        name = say.pick(phase.standing.content.name)
        rows.append((f"{PHASES.index(phase.standing.content.id) + 1} {name}", phase))
        if phase.score.rated.n:
            rows += [
                (f"  {each.standing.content.id} {say.pick(each.standing.content.name)}", each)
                for each in subphases
            ]
    _show_table(rows, terminal)
    if sheet.in_the_way:
        here = sheet.standing.here
        assert here is not None
        _show_heading(
            say("Needed to complete this phase ({phase})", phase=say.pick(here.content.name)), terminal
        )
        for item in sheet.in_the_way:
            _show_item(item, terminal)
    if sheet.differ:
        _show_heading(say("Differences between sides"), terminal)
        for item in sheet.differ:
            sides = ", ".join(f"{_side(r, terminal)}: {terminal.light(r.value)}" for r in item.ratings)
            terminal.out(f"  {item.id}  {sides}")
    if sheet.since:
        _show_heading(say("Changed since {date}", date=sheet.since.isoformat()), terminal)
        for change in sheet.changes:
            terminal.out(
                f"  {change.item.id}  {terminal.light(change.before)} → {terminal.light(change.item.light)}"
            )
        if not sheet.changes:
            terminal.out(f"  {say('nothing')}")
    _show_factors(sheet, terminal)


def _side(rating: RatedBy, terminal: Terminal) -> str:
    return terminal.word(rating.perspective) if rating.perspective else terminal.say("no perspective given")


def _show_table(rows: list[tuple[str, AnyScored]], terminal: Terminal) -> None:
    say = terminal.say
    heads = [say("ready"), say("rated"), say("evidenced")]
    cells = [_share_texts(scored.score, say) for _, scored in rows]
    widths = [max(len(head), *(len(row[at]) for row in cells)) for at, head in enumerate(heads)]
    left = min(max(len(name) for name, _ in rows), max(terminal.width - sum(widths) - 10, 12))
    head = "  ".join(f"{head:<{width}}" for head, width in zip(heads, widths, strict=True))
    terminal.out(f"  {'':<{left}}  {terminal.dim(head)}".rstrip())
    for (name, scored), row in zip(rows, cells, strict=True):
        shares = "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        shown = name if len(name) <= left else f"{name[: left - 1]}…"
        lights = "  ".join(
            terminal.paint(f"{SIGNS[light]} {scored.score.counts[light]}", STYLES[light])
            for light in LIGHTS
            if scored.score.counts[light]
        )
        terminal.out(f"  {shown:<{left}}  {shares}  {lights}")


def _share_texts(score: Score, say: Language) -> list[str]:
    """The three shares as text; without ratings, the share that is ready is unknown."""
    ready = score.ready if score.rated.n else Share(0, 0)
    return [
        say("{n} of {all}", n=share.n, all=share.of) if share.of else "–"
        for share in (ready, score.rated, score.evidenced)
    ]


def _show_heading(text: str, terminal: Terminal) -> None:
    terminal.out("", terminal.bold(text))


def _show_item(item: ItemStanding, terminal: Terminal) -> None:
    question = item.nl if terminal.say.code == "nl" else item.en
    terminal.out(f"  {terminal.light(item.light)}  {item.id}")
    terminal.out(terminal.wrap(question, "    "))


def _show_factors(sheet: ScoreSheet, terminal: Terminal) -> None:
    say = terminal.say
    _show_heading(say("Intervention × implementation × context"), terminal)
    width = max(len(say(name)) for name in FACTOR_NAMES.values())
    for factor in sheet.factors:
        phases = ", ".join(str(PHASES.index(phase) + 1) for phase in FACTORS[factor.name])
        rated = say("{n} of {all} rated", n=factor.rated.n, all=factor.rated.of)
        name = say(FACTOR_NAMES[factor.name])
        which = say("phases {phases}", phases=phases)
        terminal.out(f"  {name:<{width}}  {terminal.light(factor.light)}  ({which}; {rated})")
    weakest = sheet.weakest
    if weakest is None:
        words = say("The weakest link is unknown until every factor has been rated.")
    elif weakest.light == "groen":
        words = say("The weakest link is green.")
    else:
        items = ", ".join(item.id for item in weakest.items[:3])
        name = say(FACTOR_NAMES[weakest.name])
        words = say("The weakest link is the {factor}: {items}.", factor=name, items=items)
    terminal.out(terminal.wrap(words, "  "))
    terminal.out(
        terminal.dim(terminal.wrap(say("Which phases belong to which factor is our reading."), "  "))
    )


def _record(sheet: ScoreSheet) -> dict[str, object]:
    return {
        "version": 1,
        "title": sheet.standing.trajectory.title,
        "phases": [
            {**_scored(phase), "subphases": [_scored(each) for each in subphases]}
            for phase, subphases in sheet.phases
        ],
        "in_the_way": [item.id for item in sheet.in_the_way],
        "differ": [
            {
                "item": item.id,
                "ratings": [{"perspective": r.perspective, "value": r.value} for r in item.ratings],
            }
            for item in sheet.differ
        ],
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
