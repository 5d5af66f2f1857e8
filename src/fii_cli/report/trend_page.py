"""The page of ``fii trend``: a section for each trajectory, with what the file and what git tell, apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fii_cli import __version__
from fii_cli.editions.marks import Yardstick
from fii_cli.handbook import Handbook
from fii_cli.language import N_, Language, Message
from fii_cli.report.basis import made_with
from fii_cli.report.series import Series, Severities
from fii_cli.report.shapes import Row
from fii_cli.report.trend import lights_chart, lights_table, titled_table, trend_block
from fii_cli.report.trend_shapes import LightsChart, TrendBlock, TrendTable
from fii_cli.report.wording import Wording

DATED = N_("From the dates in the file: counts as they were on each day. Nothing is averaged.")
COMMITTED = N_(
    "From git: what each version of the file said on the day it was committed, not when things happened."
)
YARDSTICK = N_(
    "Every version is judged with today's handbook, settings and instruments, so a change in those does not "
    "show. Evidence is not looked up."
)
SEVERITY_WORDS = {"error": N_("errors"), "advice": N_("advice"), "info": N_("info")}
FINDINGS_HEADS = (N_("From"), N_("Findings"))
COMMITS_HEADS = (N_("Date"), N_("Commit"), N_("Findings"))


@dataclass(frozen=True, slots=True)
class TrendShown:
    """A trajectory on the page: from its dates, and from git."""

    id: str
    title: str
    block: TrendBlock | None
    findings: TrendTable | None
    committed: str
    chart: LightsChart | None
    lights: TrendTable | None
    commits: TrendTable | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrendPage:
    language: str
    made_with: str
    edition: str
    as_of: str
    trajectories: tuple[TrendShown, ...]


def trend_page(
    series: Sequence[Series], handbooks: Sequence[Handbook], edition: str, today: date, say: Language
) -> TrendPage:
    """The page of several trajectories, each with the handbook of its folder."""
    pairs = zip(series, handbooks, strict=True)
    return TrendPage(
        language=say.code,
        made_with=made_with(Yardstick(__version__, handbooks[0].digest), say),
        edition=say(edition),
        as_of=today.isoformat(),
        trajectories=tuple(
            _shown(each, book, f"trend-{at}", say) for at, (each, book) in enumerate(pairs, 1)
        ),
    )


def wording_of(series: Series, say: Language) -> Wording:
    return Wording(series.trajectory, say, outside=not series.judged)


def _shown(series: Series, handbook: Handbook, id_: str, say: Language) -> TrendShown:
    wording = wording_of(series, say)
    today = series.trend.today
    breaks = [each.day for each in series.gaps]
    committed = ""
    if series.written:
        committed = f"{say(COMMITTED)} {say(YARDSTICK)}"
    return TrendShown(
        id=id_,
        title=series.trajectory.heading,
        block=trend_block(series.trend, handbook, wording, id_),
        findings=_findings(series, wording),
        committed=committed,
        chart=lights_chart(series.written_lights, today, handbook, wording, f"{id_}-git", breaks),
        lights=lights_table(series.written_lights, handbook, wording),
        commits=_commits(series, wording),
        notes=tuple(_notes(series, say)),
    )


def in_counts(severities: Severities, say: Language) -> str:
    """The number of findings of each severity, without zeros; ``none`` if there are none."""
    told = [f"{say(SEVERITY_WORDS[each])} {n}" for each, n in severities.items() if n]
    return ", ".join(told) or say("no findings")


def _findings(series: Series, wording: Wording) -> TrendTable | None:
    say = wording.say
    shown = _changes((on.day.isoformat(), in_counts(on.severities, say)) for on in series.findings)
    rows = [Row(cells) for cells in shown]
    return titled_table(wording, say("Findings from day to day"), FINDINGS_HEADS, rows)


def _changes(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The rows of which the second cell differs from that of the row before."""
    before = None
    for day, told in rows:
        if told != before:
            yield day, told
        before = told


def _commits(series: Series, wording: Wording) -> TrendTable | None:
    """The commits with the findings in their version, and the reason for one that cannot be read."""
    say = wording.say
    rows = []
    for each in series.written:
        if each.gap:
            told = say("not shown: {why}", why=each.gap)
        elif not series.judged:
            continue
        else:
            told = in_counts(each.severities or {}, say)
        rows.append(Row((each.day.isoformat(), each.commit, told)))
    return titled_table(wording, say("Versions in git"), COMMITS_HEADS, rows)


def _notes(series: Series, say: Language) -> Iterator[str]:
    for note in series.notes:
        yield in_a_sentence(note, say)


def in_a_sentence(note: Message, say: Language) -> str:
    """A note with a capital and a full stop."""
    told = say(note)
    return f"{told[:1].upper()}{told[1:]}."
