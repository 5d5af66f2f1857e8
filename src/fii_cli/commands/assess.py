"""``fii assess``: rate the lights of a phase, or the items of another instrument."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated

import typer

from fii_cli.analysis.in_words import paths_in_words
from fii_cli.analysis.paths import path_of
from fii_cli.analysis.rating_round import ItemToRate, instrument_items, items_to_ask
from fii_cli.analysis.standing import Standing
from fii_cli.analysis.succession import gone
from fii_cli.commands.ask_ratings import command_line, session
from fii_cli.commands.change import Change, make
from fii_cli.commands.dates import date_or_period, past_date
from fii_cli.commands.given_ratings import agreements_given, ratings_given
from fii_cli.commands.options import (
    About,
    DryRun,
    File,
    a_file,
    closed_value,
    framework_named,
    must_be_there,
    organisation_named,
)
from fii_cli.commands.rate_by_key import reads_keys, session_by_key
from fii_cli.commands.readable import read_trajectory
from fii_cli.diagnostics import Refused
from fii_cli.edits.assess import Assessed, assess
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import Handbook
from fii_cli.handbook.lookup import phase_for, subphase_for
from fii_cli.handbook.models import Framework, Scale
from fii_cli.language import N_, Language, msg
from fii_cli.project.context import Project, project_of
from fii_cli.terminal import NotAsked, Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.words import LIGHTS, PERSPECTIVES, STOPLICHT, label

SUMMARY = N_("Rate the lights of a phase: one dated assessment, ten minutes with the core team.")
EXAMPLES = (
    ("fii assess buurt-leren.yaml", N_("the checklist of the open phase: one key for a light")),
    ("fii assess buurt-leren.yaml --lines", N_("with whole lines instead of single keys")),
    (
        "fii assess buurt-leren.yaml --due",
        N_("only items that are not green, or rated more than two weeks ago"),
    ),
    (
        "fii assess buurt-leren.yaml --set 2a.cultuur=groen --set 2c.overleg=rood --note 2c.overleg=stil",
        N_("everything on the command line"),
    ),
    (
        "fii assess buurt-leren.yaml --set 2c.overleg=rood --action 2c.overleg='dag kiezen' "
        "--owner 2c.overleg=+trainer",
        N_("who does what, by when, with the light"),
    ),
    ("fii assess buurt-leren.yaml --subphase 4b --perspective receiving", N_("one subphase, from one side")),
    (
        "fii assess buurt-leren.yaml --instrument cfir --domain III",
        N_("barriers and facilitators inside the organisation"),
    ),
)


def run(
    context: typer.Context,
    file: File = "",
    instrument: Annotated[
        str,
        typer.Option(
            "--instrument", metavar=N_("ID"), help=N_("rate with this instrument (default: stoplicht)")
        ),
    ] = STOPLICHT,
    domain: Annotated[
        str | None,
        typer.Option("--domain", metavar=N_("ID"), help=N_("ask the items in this group of the instrument")),
    ] = None,
    phase: Annotated[
        str | None, typer.Option("--phase", metavar=N_("PHASE"), help=N_("ask the items of this phase"))
    ] = None,
    subphase: Annotated[
        list[str] | None,
        typer.Option("--subphase", metavar="2a", help=N_("ask the items of this subphase; repeatable")),
    ] = None,
    item: Annotated[
        list[str] | None,
        typer.Option("--item", metavar="2a.cultuur", help=N_("ask this item; repeatable")),
    ] = None,
    due: Annotated[
        bool,
        typer.Option("--due", help=N_("ask only items that are not green, or rated more than two weeks ago")),
    ] = False,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar=N_("ITEM=LIGHT"), help=N_("rate this item; repeatable")),
    ] = None,
    note: Annotated[
        list[str] | None,
        typer.Option("--note", metavar=N_("ITEM=TEXT"), help=N_("the reason for the rating")),
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option("--evidence", metavar=N_("ITEM=PATH"), help=N_("the evidence: a path or a URL")),
    ] = None,
    action: Annotated[
        list[str] | None,
        typer.Option(
            "--action", metavar=N_("ITEM=TEXT"), help=N_("what is agreed on about the item; repeatable")
        ),
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(
            "--owner",
            metavar=N_("ITEM=WHO"),
            help=N_("who does it: a person, or + and the role of a new one"),
        ),
    ] = None,
    before: Annotated[
        list[str] | None,
        typer.Option("--before", metavar=N_("ITEM=DATE"), help=N_("when it should be done by")),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar=N_("WHO"), help=N_("who rates"))] = None,
    perspective: Annotated[
        str | None,
        typer.Option("--perspective", metavar="|".join(PERSPECTIVES), help=N_("the side that rates")),
    ] = None,
    about: About = None,
    date_: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar=N_("DATE"),
            callback=date_or_period,
            help=N_("when it was rated (default: today)"),
        ),
    ] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help=N_("answer with whole lines instead of single keys"))
    ] = False,
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    project = project_of(a_file(file))
    when = past_date(date_, project.today, msg("lights are rated as they are now"))
    today = when.nearest(project.today)
    side = None if perspective is None else closed_value("--perspective", perspective, PERSPECTIVES)
    known = read_trajectory(project, file, today, terminal)
    if known is None:
        return FOUND
    framework = framework_named(instrument, project.handbook)
    instrument = framework.id if framework else STOPLICHT
    wanted = Wanted(domain, phase, tuple(subphase or ()), tuple(item or ()), due)
    wanted.must_fit(framework)
    book = project.handbook
    organisation = organisation_named(about, known.trajectory)
    must_be_there(organisation, known.trajectory, when.text)
    if framework is None and not (organisation or set_ or wanted.anything):
        organisation = _open_for(known.trajectory, today, terminal.say)
    standing = _standing(known.trajectory, book, today, "" if framework else organisation)
    given = ratings_given(book, instrument, _scales(standing, framework), set_, note, evidence)
    if given and wanted.anything:
        leave_out = msg("omit --phase, --subphase, --domain, --item and --due")
        raise Refused(msg("--set already names the items"), leave_out)
    agreed = agreements_given(
        terminal, known.trajectory, given, instrument, when, today, action, owner, before
    )
    assessed = Assessed(instrument, when.text, given, by or "", side or "", organisation, agreed)

    def change(assessed: Assessed) -> Change:
        return Change(
            project=project,
            file=file,
            day=today,
            edit=lambda document, now: assess(document, now, assessed),
            command=command_line(file, assessed),
            commit=lambda _, say: _summary(assessed, say),
            known=known,
            next_step=f"fii score {shlex.quote(file)}" + (f" --instrument {instrument}" if framework else ""),
            more=None if framework else partial(_say_changes, terminal, project, today, organisation),
        )

    if given:
        return make(terminal, change(assessed), dry_run=dry_run)
    items = wanted.items(standing, framework, book)
    if not items:
        terminal.out(terminal.say("{path}: nothing is due", path=file))
        return OK
    _require_interactive(terminal, items[0])
    asks = {"ask_by": by is None, "ask_side": side is None}
    how = session_by_key if framework is None and reads_keys(lines=lines) else session
    answered = how(terminal, change, standing, assessed, items, book, **asks, dry_run=dry_run)
    if not answered.ratings:
        terminal.note(terminal.say("nothing was rated; nothing was written"))
        return OK
    return make(terminal, change(answered), dry_run=dry_run, previewed=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The items that the command line selects; without a selection, those of the open phase."""

    domain: str | None
    phase: str | None
    subphases: tuple[str, ...]
    ids: tuple[str, ...]
    due: bool

    @property
    def anything(self) -> bool:
        """Whether the command line selects items."""
        return bool(self.domain or self.phase or self.subphases or self.ids or self.due)

    def must_fit(self, framework: Framework | None) -> None:
        """Raise :class:`Refused` if an option is not for this instrument."""
        if framework and (self.phase or self.subphases or self.due):
            wrong = msg("--phase, --subphase and --due are only for the stoplicht")
            raise Refused(wrong, msg("use --domain or --item instead"))
        if self.domain and not framework:
            asks = msg("{option} requires an instrument", option="--domain")
            raise Refused(asks, msg("add {flags}", flags="--instrument cfir"))

    def items(self, standing: Standing, framework: Framework | None, book: Handbook) -> list[ItemToRate]:
        """The items to ask, in their own order. Raises :class:`Refused` for an unknown item."""
        if framework:
            trajectory, today = standing.trajectory, standing.today
            return list(instrument_items(trajectory, framework, self.domain, self.ids, today, book))
        phase = phase_for(self.phase) if self.phase else None
        subphases = [subphase_for(each) for each in self.subphases]
        return list(items_to_ask(standing, phase, subphases, self.ids, due=self.due, handbook=book))


def _require_interactive(terminal: Terminal, first: ItemToRate) -> None:
    """Raise :class:`NotAsked` if the terminal is not interactive."""
    if not terminal.interactive:
        rating = first.scale.values[0].id if first.scale else "groen"
        raise NotAsked((f"--set {first.id}={rating}",))


def _scales(standing: Standing, instrument: Framework | None) -> dict[str, Scale | None]:
    """The items that can be rated, each with its scale; ``None`` means lights."""
    if instrument:
        return {item.id: instrument.scale_of(item) for item in instrument.rateable}
    return {item.id: None for phase in standing.phases for item in phase.items}


def _standing(trajectory: Trajectory, book: Handbook, today: date, organisation: str) -> Standing:
    """The standing of the organisation that is rated if it has a path of its own, or else of the whole."""
    whose = organisation if organisation in trajectory.paths else None
    return path_of(trajectory, book, today, whose).standing


def _open_for(trajectory: Trajectory, day: date, say: Language) -> str:
    """The organisation whose phase is open, if the trajectory as a whole is in none; empty otherwise.

    One that ended is not meant. Raises :class:`Refused` if it may be one of several.
    """
    visits = (visit for _, visit in trajectory.open_visits)
    open_ = list(
        dict.fromkeys(each.organisation for each in visits if not gone(trajectory, each.organisation, day))
    )
    if not open_ or None in open_:
        return ""
    if len(open_) > 1:
        names = "; ".join(say(each) for each in paths_in_words(trajectory, day))
        raise Refused(
            msg("several paths are possible: {names}", names=names), msg("add {flags}", flags="--about ID")
        )
    return open_[0] or ""


def _say_changes(
    terminal: Terminal, project: Project, today: date, about: str, old: Trajectory, new: Trajectory
) -> None:
    """Show the lights that changed, with their old and new value."""
    book = project.handbook
    before, after = (_standing(each, book, today, about) for each in (old, new))
    lights = {item.id: item.light for phase in before.phases for item in phase.items}
    items = [item for phase in after.phases for item in phase.items]
    changed = [item for item in items if item.light != lights.get(item.id)]
    terminal.out()
    for item in changed:
        name = terminal.say.pick(book.short_name(STOPLICHT, item.id, item))
        was = terminal.light(lights.get(item.id, "onbekend"))
        now = terminal.light(item.light)
        terminal.out(terminal.wrap(f"{item.id} {name}  {was} → {now}", "  ", "  "))


def _summary(assessed: Assessed, say: Language) -> str:
    """An assessment in a few words, for a commit message."""
    if assessed.instrument != STOPLICHT:
        return f"{assessed.instrument} {assessed.date} ({len(assessed.ratings)})"
    counts = Counter(rated.rating for rated in assessed.ratings.values())
    lights = ", ".join(f"{counts[light]} {say(label(light))}" for light in LIGHTS if counts[light])
    return f"{say('lights')} {assessed.date} ({lights})"
