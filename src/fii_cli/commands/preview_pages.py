"""The pages of a preview: those that ``fii report`` and ``fii portfolio`` would write, or what is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.portfolio import Broken
from fii_cli.commands.editions import NO_EDITION, REMOVE_PERSONAL, judged_edition, personal_in, refuse_name
from fii_cli.commands.portfolio_gathered import gathered, searched
from fii_cli.commands.portfolio_members import PortfolioRequest
from fii_cli.commands.portfolio_pages import pages_of
from fii_cli.commands.portfolio_published import each_report
from fii_cli.commands.portfolio_reports import Reported
from fii_cli.commands.portfolio_told import NotMade
from fii_cli.commands.readable import Readable, readable_in
from fii_cli.commands.report_pages import report_page
from fii_cli.commands.say import why_not_done
from fii_cli.diagnostics import Diagnostic, Refused
from fii_cli.editions.edition import edition_of
from fii_cli.language import Language
from fii_cli.output.text import parts_of
from fii_cli.preview.showing import Made, Wrong
from fii_cli.project import files
from fii_cli.project.context import Projects
from fii_cli.project.report_day import ReportDay, chosen_day, portfolio_days, report_days
from fii_cli.project.spool import spool
from fii_cli.project.watched import Watched, evidence_in, watched
from fii_cli.report import EDITIONS
from fii_cli.rules.check import Judgement
from fii_cli.terminal import Terminal
from fii_cli.words import Audience

REPORT = "report.html"
"""The name of the only page of a report; the name of the file could identify someone."""
_BEFORE, _LONGEST = 60, 200
"""How much of a long line is shown around what is wrong with it."""


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """What to preview: the report of one file, or the portfolio of several files or a folder."""

    paths: tuple[str, ...]
    one: bool
    edition: Audience
    on: date | None
    terminal: Terminal

    @property
    def title(self) -> str:
        """What is shown: the paths, and the name of the current folder for a dot."""
        names = (os.path.basename(os.getcwd()) if path == os.curdir else path for path in self.paths)
        return ", ".join(names)

    def watched(self) -> Watched:
        """What to look at before anything was read."""
        return watched(Projects(), *self._places())

    def made(self) -> tuple[Made, Watched]:
        """The pages as they are now, and what to look at from then on. Whatever is wrong is in it."""
        projects = Projects()
        return (_report if self.one else _portfolio)(self, projects)

    def about(self, dated: ReportDay) -> str:
        say = self.terminal.say
        return " · ".join((self.title, say(EDITIONS[self.edition]), dated.day.isoformat()))

    def _places(self) -> tuple[list[str], list[str]]:
        """The files, and the folders that are searched."""
        trees = [path for path in self.paths if not self.one and os.path.isdir(path)]
        return [path for path in self.paths if path not in trees], trees


def _report(asked: PreviewRequest, projects: Projects) -> tuple[Made, Watched]:
    """The report of one file, as ``fii report`` makes it."""
    [file], say = asked.paths, asked.terminal.say
    project = projects.at(file)
    wrong = [*_in_settings(projects, [file], say)]
    pages: dict[str, bytes] = {}
    evidence: Iterable[str] = ()
    dated = chosen_day(asked.on) or ReportDay(projects.today, "today")
    try:
        if not chosen_day(asked.on):
            dated = report_days([file], projects.today).get(file) or dated
        judgement = project.judge(file, files.read_file(file), dated.day)
        evidence = evidence_in(judgement.document.data)
        readable = readable_in(judgement, dated.day)
        personal = personal_in(project, readable, asked.edition) if readable else ()
        if readable is None:
            wrong += _found(judgement, judgement.errors, say)
        elif personal:
            wrong += _found(judgement, personal, say)
            wrong.append(Wrong(file, "", say(NO_EDITION, path=file), say(REMOVE_PERSONAL)))
        else:
            wrong += _in_name(file, readable, asked)
            smallest = project.settings.thresholds.smallest
            edition = edition_of(readable.known, asked.edition, smallest)
            judged = judged_edition(project, judgement, edition, asked.edition, dated)
            pages[REPORT] = report_page(project, judged, "html").encode()
    except Exception as error:  # whatever is wrong, the next change may fix it
        wrong.append(_not_done(error, file, say))
    made = Made(pages, REPORT, asked.about(dated), tuple(wrong))
    return made, watched(projects, [file], [], evidence)


def _portfolio(asked: PreviewRequest, projects: Projects) -> tuple[Made, Watched]:
    """The pages of a portfolio, as ``fii portfolio`` makes them."""
    named, trees = asked._places()
    say = asked.terminal.say
    found, reports = searched(list(asked.paths), projects)
    paths = list(found.paths)
    wrong = [*_in_settings(projects, paths, say)]
    pages: dict[str, bytes] = {}
    start = ""
    published = list(each_report(reports, asked.edition, projects))
    days = (each.dated for each in published if isinstance(each, Reported))
    dated = chosen_day(asked.on) or portfolio_days(paths, projects.today, days)[0]
    request = PortfolioRequest("html", dated, asked.edition, projects)
    try:
        with spool() as kept:
            those = gathered(asked.terminal, found, published, request, kept)
            wrong += [_broken(each, say) for each in those.broken]
            if those.portfolio.lines or those.broken:
                made = pages_of(
                    those, "html", request, say, failed=lambda why: wrong.append(_not_made(why, say))
                )
                pages, start = {name: text.encode() for name, text in made.each(kept)}, made.index
            else:
                wrong.append(Wrong(asked.title, "", say("no trajectory found here; fii new starts one")))
    except Exception as error:  # such as an error in the template of the overview
        wrong.append(_not_done(error, asked.title, say))
    evidence = (each for _, document in found.documents() for each in evidence_in(document.data))
    following = watched(projects, {*named, *paths, *reports.paths}, trees, evidence)
    return Made(pages, start, asked.about(dated), tuple(wrong)), following


def _in_settings(projects: Projects, paths: list[str], say: Language) -> Iterator[Wrong]:
    """The errors in settings and own instruments: the page is made without them."""
    for judgement in projects.wrong(paths):
        yield from _found(judgement, judgement.errors, say)


def _in_name(file: str, readable: Readable, asked: PreviewRequest) -> Iterator[Wrong]:
    """A name under which ``fii report`` would not write this edition."""
    name = f"{os.path.splitext(file)[0]}.{asked.edition}.html"
    try:
        refuse_name(name, readable.trajectory, asked.edition)
    except Refused as error:
        yield _not_done(error, file, asked.terminal.say)


def _found(judgement: Judgement, diagnostics: Iterable[Diagnostic], say: Language) -> Iterator[Wrong]:
    for each in diagnostics:
        before, here, after = parts_of(judgement.document.line(each.span.line), each.span)
        line = (_end_of(before), _start_of(here), _start_of(after))
        hint = say(each.hint) if each.hint else ""
        yield Wrong(each.place, each.code, say(each.message), hint, line if any(line) else None)


def _end_of(text: str) -> str:
    return text if len(text) <= _BEFORE else f"…{text[-_BEFORE:]}"


def _start_of(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _broken(broken: Broken, say: Language) -> Wrong:
    return Wrong(broken.path, "", say(broken.why))


def _not_done(error: Exception, path: str, say: Language) -> Wrong:
    return _not_made(why_not_done(error, path), say)


def _not_made(why: NotMade, say: Language) -> Wrong:
    where, message, hint = why
    return Wrong(where, "", say(message), say(hint) if hint else "")
