"""``fii portfolio --format parquet``: a folder of tables for analysis, written while the files are read."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack, closing
from dataclasses import replace

from fii_cli.analysis.portfolio import Broken, Later
from fii_cli.analysis.portfolio_line import Line
from fii_cli.commands.portfolio_gathered import unopened
from fii_cli.commands.portfolio_members import UNNAMED, PortfolioRequest
from fii_cli.commands.portfolio_published import each_report
from fii_cli.commands.portfolio_told import MemberTold, each_told
from fii_cli.commands.progress import counter
from fii_cli.commands.say import say_not_made, say_other_names
from fii_cli.commands.site import Site, refuse_to_mix
from fii_cli.commands.targets import EXISTS, bytes_there, edition_for
from fii_cli.diagnostics import Refused
from fii_cli.editions.edition import reaches
from fii_cli.editions.marks import digest, made_as
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.language import count, msg
from fii_cli.pages.parquet import ParquetTable, parquet_library
from fii_cli.project import save
from fii_cli.project.files import CannotOpen, Search
from fii_cli.project.published import Reports
from fii_cli.report.portfolio_page import left_out
from fii_cli.report.tables import TABLES, mark_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.visible import visible_lines
from fii_cli.words import OUTER


def check_tables(output: str | None) -> None:
    """Raise :class:`Refused` if tables cannot be written: without a folder to write to, or a library."""
    parquet_library()
    if output is None or output == "-":
        raise Refused(msg("tables are written to a folder"), msg("add {flags}", flags="--output landelijk/"))
    if output.lower().endswith(".parquet") and not os.path.isdir(output):
        wrong = msg("{path} is one file, and a portfolio has several tables", path=output)
        raise Refused(
            wrong,
            msg("name a folder: {flags}", flags=f"--format parquet --output {output[:-8] or 'tables'}/"),
        )


def write_tables(
    terminal: Terminal,
    found: Search,
    reports: Reports,
    site: Site,
    asked: PortfolioRequest,
    *,
    force: bool,
    jobs: int | None,
) -> int:
    """Write every table, and return the exit code.

    Raises :class:`CannotOpen` if a table exists, unless ``force``, or if the folder has another edition.
    """
    if not (found.paths or found.unopened or reports.paths):
        terminal.note(terminal.say("no trajectory found here; fii new starts one"))
        if not site.made:  # otherwise old tables would look current
            return OK
    paths = _paths(site, asked, force=force)
    others = {path: save.other_names(path) for path, over in paths.items() if over}
    with ExitStack() as stack:
        mark = mark_of(asked.dated.day, asked.edition, asked.dated.source, asked.home.handbook)
        files = [stack.enter_context(save.in_parts(path, over=over)) for path, over in paths.items()]
        tables = [ParquetTable(file, table, mark) for file, table in zip(files, TABLES, strict=True)]
        written, done = _write_each(terminal, found, reports, asked, tables, jobs)
        for made in tables:
            made.close()
    for path, n in others.items():
        say_other_names(terminal, path, n)
    terminal.out(os.path.join(site.folder, ""))
    words = count(written, "with tables of {n} trajectory", "with tables of {n} trajectories")
    terminal.note(terminal.say(words))
    if not reaches(Trajectory, "assessments", asked.edition):
        hidden = msg("lights, barriers, ratings and actions are empty: the edition does not show them")
        terminal.note(terminal.wrap(terminal.say(hidden)))
    return done


def _paths(site: Site, asked: PortfolioRequest, *, force: bool) -> dict[str, bool]:
    """The path of each table, and whether it replaces one, after checking that all may be written."""
    refuse_to_mix(site, [table.file for table in TABLES], [], asked.edition)
    paths: dict[str, bool] = {}
    for table in TABLES:
        path = os.path.join(site.folder, table.file)
        raw = bytes_there(path, "portfolio")
        if raw is not None and not force:
            raise CannotOpen(path, *EXISTS)
        # a symbolic link can point to a table of another edition
        edition_for(path, made_as(raw) if raw else None, asked.edition)
        paths[path] = raw is not None
    return paths


def _write_each(
    terminal: Terminal,
    found: Search,
    reports: Reports,
    asked: PortfolioRequest,
    tables: list[ParquetTable],
    jobs: int | None,
) -> tuple[int, int]:
    """Write the rows of each trajectory as it is read; return how many there are, and the exit code."""
    written, done = 0, OK
    keys: set[str] = set()
    with closing(_each(terminal, *_in_order(found, reports, asked), asked, jobs)) as everything:
        for each in everything:
            if isinstance(each, Broken):
                terminal.refuse(f"{each.path}: {terminal.say(each.why)}")
                done = done or FOUND
            elif isinstance(each, Later):
                terminal.note(terminal.wrap(terminal.say(left_out(each))))
            else:
                line, told = each
                key = visible_lines(_key(line.shown_as, keys))
                if told.not_made:
                    say_not_made(told.not_made, terminal)
                    done = NOT_DONE
                    continue
                for made, rows in zip(tables, told.rows, strict=True):
                    made.add(row | {"trajectory": key} for row in rows)
                written += 1
    return written, done


def _each(
    terminal: Terminal, found: Search, reports: Reports, asked: PortfolioRequest, jobs: int | None
) -> Generator[tuple[Line, MemberTold] | Broken | Later]:
    """What is written of each file and of each report, one after the other."""
    yield from map(unopened, found.unopened)
    code, edition = terminal.say.code, asked.edition
    from_files = each_told(found, asked, "tables", code, jobs)
    with counter(len(found.paths)) as counted, closing(from_files):
        yield from map(_with_line, counted.each(from_files))
    from_reports = each_report(reports, edition, asked.projects, code, jobs)
    with counter(len(reports.paths)) as counted, closing(from_reports):
        for each in counted.each(from_reports):
            told = each if isinstance(each, Broken) else each.as_of(asked.dated.day)
            yield _with_line(told) if isinstance(told, MemberTold) else told


def _with_line(told: MemberTold) -> tuple[Line, MemberTold] | Broken:
    return told.found if isinstance(told.found, Broken) else (told.found, told)


def _in_order(found: Search, reports: Reports, asked: PortfolioRequest) -> tuple[Search, Reports]:
    """The files and reports in the order of the rows.

    For external readers it is an arbitrary one: that of the paths would tell something about names that they
    do not see.
    """
    if asked.edition not in OUTER:
        return found, reports
    paths, published = (tuple(sorted(each.paths, key=digest)) for each in (found, reports))
    return replace(found, paths=paths), Reports(published)


def _key(shown_as: str, keys: set[str]) -> str:
    """A key for a trajectory that no other has: its path as readers may see it, with a number if needed."""
    name = "trajectory" if shown_as == UNNAMED else shown_as
    key, n = name, 1
    while key in keys:
        n += 1
        key = f"{name}-{n}"
    keys.add(key)
    return key
