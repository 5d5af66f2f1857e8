"""What the bench runs, as data: places with files, commands in groups, and the goals that we set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Unit = Literal["floor", "seconds", "MB", "case"]


@dataclass(frozen=True)
class Place:
    """A folder that a case works in: so many files of so many lines, or one with so many versions in git.

    In one that is ``quiet``, the settings ask for errors only, and no file has any.
    """

    files: int
    lines: int
    versions: int = 1
    quiet: bool = False


PLACES = {
    "none": Place(0, 0),
    "one": Place(1, 400),
    "one-250": Place(1, 250),
    "one-2500": Place(1, 2_500),
    "one-10000": Place(1, 10_000),
    "one-25000": Place(1, 25_000),
    "many-30": Place(30, 250),
    "many-100": Place(100, 250),
    "many-300": Place(300, 250),
    "many-1000": Place(1_000, 250),
    "many-3000": Place(3_000, 250),
    "many-10000": Place(10_000, 250),
    "quiet-10000": Place(10_000, 250, quiet=True),
    "same": Place(1, 400),  # no other case writes here
    "edited-1000": Place(1_000, 250),
    "history": Place(1, 806, versions=200),
}
_DAYS = re.compile(r"\b202\d-\d\d-\d\d")
FILE = "FILE"
"""Stands for the first trajectory of the place."""
FILES = "FILES"
"""Stands for every trajectory of the place."""


@dataclass(frozen=True)
class Case:
    """One command in a place, with what it needs and what may remain from one run to the next."""

    name: str
    group: str
    words: str
    place: str = "one"
    program: str = "fii"
    codes: tuple[int, ...] = (0, 1)
    before: str = ""
    """A command of fii that runs untimed before each run."""
    keeps: bool = False
    """What fii stored in an earlier run is kept; otherwise each run is the first."""
    edited: bool = False
    """One file was changed since the run before."""
    needs: str = ""
    """An option that `fii check` must have."""
    full: bool = False
    """Only with FULL=1, because it takes minutes."""
    counted: bool = False
    """Its instructions are counted too."""
    note: tuple[str, str] = ("", "")
    """What the command line does not say, in English and in Dutch."""

    @property
    def shown(self) -> str:
        """The command as a user types it, with DAY for a date."""
        words = _DAYS.sub("DAY", self.words).replace(FILES, "*.yaml").replace(FILE, "traject.yaml")
        return f"{self.program} {words}"


GROUPS: dict[str, tuple[str, str]] = {
    "start": ("Start", "Starten"),
    "daily": ("Daily commands on one file", "Dagelijkse commando's op één bestand"),
    "size": ("One file that grows", "Eén bestand dat groeit"),
    "many": ("Many files", "Veel bestanden"),
    "reports": ("Reports and portfolios", "Rapporten en portfolio's"),
    "history": ("History", "Geschiedenis"),
}

_AS_OF = "--as-of 2025-12-01"
_FIRST = ("nothing stored yet", "nog niets bewaard")
_SAME = ("unchanged since the last check", "niet gewijzigd sinds de vorige controle")
_ONE = ("one file changed since the last check", "één bestand gewijzigd sinds de vorige controle")
_RATE = f"assess {FILE} --set 5b.knelpunten=groen --date 2025-11-28"
_CACHE = "--no-cache"


def _daily() -> Iterator[Case]:
    """Every daily command that needs no answers, no extra libraries and no second person."""
    reads = ("due", "agenda", "score", "barriers", "strategies", "compare")
    yield Case("check", "daily", f"check {FILE} {_AS_OF}", counted=True)
    yield Case("check-same", "daily", "check", "same", keeps=True, needs=_CACHE, counted=True, note=_SAME)
    yield Case("status", "daily", f"status {FILE} {_AS_OF}", counted=True)
    for word in reads:
        yield Case(word, "daily", f"{word} {FILE} {_AS_OF}", counted=True)
    yield Case("minutes", "daily", f"minutes {FILE}", counted=True)
    yield Case("entry", "daily", f"entry {FILE}", counted=True)
    yield Case("guide", "daily", "guide 2a", "none", counted=True)
    yield Case("explain", "daily", "explain FII211", "none", counted=True)
    yield Case("questionnaire", "daily", "questionnaire stoplicht", "none", counted=True)
    yield Case("assess", "daily", _RATE, counted=True)
    yield Case("add", "daily", f"add {FILE} log text=overleg date=2025-11-28", counted=True)
    yield Case("set", "daily", f"set {FILE} entry.origin Dorp", counted=True)
    yield Case("done", "daily", f"done {FILE} tijd-om-te-leren --helped ja --date 2025-11-28", counted=True)
    yield Case("plan", "daily", f"plan {FILE} champions --due 2026-01-15", counted=True)
    yield Case(
        "advance", "daily", f"advance {FILE} --decision door --reason klaar --date 2025-11-28", counted=True
    )
    yield Case("undo", "daily", f"undo {FILE}", before=f"set {FILE} entry.origin Dorp", counted=True)
    yield Case("textconv", "daily", f"diff --textconv -- {FILE}", counted=True)


def _size() -> Iterator[Case]:
    for lines in (250, 2_500, 10_000, 25_000):
        yield Case(f"check-{lines}-lines", "size", f"check {FILE} {_AS_OF}", f"one-{lines}")
    for lines in (2_500, 25_000):
        yield Case(f"assess-{lines}-lines", "size", _RATE, f"one-{lines}")


def _many() -> Iterator[Case]:
    check, jobs = f"check {_AS_OF}", "--jobs"
    for files, full in ((100, False), (1_000, False), (10_000, True)):
        place = f"many-{files}"
        yield Case(f"check-{files}", "many", check, place, full=full, note=_FIRST)
    yield Case("check-1000-j1", "many", f"{check} --jobs 1", "many-1000", needs=jobs, note=_FIRST)
    yield Case("check-1000-j2", "many", f"{check} --jobs 2", "many-1000", needs=jobs, note=_FIRST)
    for files, full in ((1_000, False), (10_000, True)):
        yield Case(
            f"check-{files}-same", "many", "check", f"many-{files}",
            keeps=True, needs=_CACHE, full=full, note=_SAME,
        )  # fmt: skip
    quiet = ("unchanged, without findings", "niet gewijzigd, zonder bevindingen")
    yield Case("check-10000-quiet", "many", "check", "quiet-10000", keeps=True, full=True, note=quiet)
    yield Case(
        "check-1000-edit", "many", "check", "edited-1000", keeps=True, edited=True, needs=_CACHE, note=_ONE
    )
    beside = ("beside 999 other trajectories", "naast 999 andere trajecten")
    alone = ("the only trajectory", "het enige traject")
    strategies = f"strategies {FILE} {_AS_OF}"
    yield Case("strategies-alone", "many", strategies, "one-250", note=alone)
    yield Case("strategies-1000", "many", strategies, "many-1000", note=beside)
    known = ("beside the same 999, unchanged", "naast dezelfde 999, niet gewijzigd")
    yield Case("strategies-1000-same", "many", strategies, "many-1000", keeps=True, note=known)


def _reports() -> Iterator[Case]:
    for files, place in ((1, "one-250"), (30, "many-30"), (300, "many-300")):
        yield Case(f"report-{files}", "reports", f"report {FILES} --output pages/ {_AS_OF}", place)
    for files, full in ((30, False), (300, False), (3_000, True)):
        words = f"portfolio --output pages/ {_AS_OF}"
        yield Case(f"portfolio-{files}", "reports", words, f"many-{files}", full=full)


def _history() -> Iterator[Case]:
    over = ("over 100 versions", "over 100 versies")
    three = ("three versions of one file", "drie versies van één bestand")
    trend = f"trend {FILE} {_AS_OF}"
    again = ("unchanged since the last run", "niet gewijzigd sinds de vorige keer")
    yield Case("trend", "history", trend, "history")
    yield Case("trend-same", "history", trend, "history", keeps=True, needs=_CACHE, note=again)
    yield Case("diff", "history", f"diff HEAD~100 {FILE} {_AS_OF}", "history", note=over)
    yield Case("merge", "history", "merge base.txt ours.txt theirs.txt", "history", note=three)


CASES: tuple[Case, ...] = (
    Case("floor", "start", "-c pass", "none", program="python", counted=True),
    Case("version", "start", "--version", "none", counted=True),
    Case("help", "start", "--help", "none", counted=True),
    *_daily(),
    *_size(),
    *_many(),
    *_reports(),
    *_history(),
)
"""What `make bench` runs, in the order in which it is told."""


@dataclass(frozen=True)
class Goal:
    """At most so much: a multiple of an empty Python or of another case, seconds, or megabytes a process."""

    case: str
    limit: float
    unit: Unit = "floor"
    other: str = ""


GOALS: tuple[Goal, ...] = (
    Goal("version", 1.5),
    Goal("help", 8),
    Goal("check", 15),
    Goal("status", 17),
    Goal("assess", 22),
    Goal("check-same", 5),
    Goal("check-10000-quiet", 0.4, "seconds"),
    Goal("check-10000", 150, "MB"),
    Goal("strategies-1000-same", 1.3, "case", "strategies-alone"),
)

PEER_GROUPS: dict[str, tuple[str, str]] = {
    "peers-1": ("One file of 250 lines", "Eén bestand van 250 regels"),
    "peers-100": ("100 files of 250 lines", "100 bestanden van 250 regels"),
    "peers-1000": ("1,000 files of 250 lines", "1.000 bestanden van 250 regels"),
    "pages": ("300 pages", "300 pagina's"),
}


@dataclass(frozen=True)
class Peer:
    """Another program: the package it comes in, how it is started, and what it does with the files."""

    package: str
    words: str
    does: tuple[str, str]
    files: str = FILES
    codes: tuple[int, ...] = (0,)
    slow: bool = False
    """1,000 files take it close to a minute, or longer."""


_STYLE = ("YAML style only", "alleen de stijl van YAML")
PEERS: dict[str, Peer] = {
    "yamale": Peer(
        "yamale", "-s ../yamale.yaml --no-strict --cpu-num 2", files=".",
        does=("a schema of 18 keys, two processes", "een schema van 18 sleutels, twee processen"),
    ),
    "check-jsonschema": Peer(
        "check-jsonschema", "--schemafile ../schema.json", slow=True,
        does=("the schema of fii", "het schema van fii"),
    ),
    "ajv": Peer(
        "ajv-cli", "validate --errors=no --strict=false --validate-formats=false -s ../schema.json",
        files="-d *.yaml", codes=(0, 1),
        does=("the schema of fii; it rejects dates without quotes",
              "het schema van fii; het weigert datums zonder aanhalingstekens"),
    ),
    "yamllint": Peer("yamllint", "-c ../relaxed.yaml", does=_STYLE, slow=True),
    "ryl": Peer("ryl", "check --no-cache -c ../relaxed.yaml", does=_STYLE),
}  # fmt: skip


def _peer_cases() -> Iterator[Case]:
    for group, place in (("peers-1", "one-250"), ("peers-100", "many-100"), ("peers-1000", "many-1000")):
        yield Case(f"{group}-fii", group, f"check {_AS_OF}", place, note=_FIRST)
        for name, peer in PEERS.items():
            yield Case(
                f"{group}-{name}", group, f"{peer.words} {peer.files}", place,
                program=name, codes=peer.codes, full=peer.slow and group == "peers-1000", note=peer.does,
            )  # fmt: skip
    made = (
        "pages from Markdown that fii wrote, without search",
        "pagina's uit Markdown die fii schreef, zonder zoeken",
    )
    yield Case("pages-fii", "pages", f"report {FILES} --output pages/ {_AS_OF}", "many-300")
    yield Case("pages-mkdocs", "pages", "build -q -f ../mkdocs.yml", "many-300", program="mkdocs", note=made)


PEER_CASES: tuple[Case, ...] = tuple(_peer_cases())
"""What `make bench-peers` runs; in each group, fii comes first and is what the others are compared with."""

PEER_GOALS: tuple[Goal, ...] = (
    Goal("peers-1000-fii", 1, "case", "peers-1000-yamale"),
    Goal("pages-fii", 0.5, "case", "pages-mkdocs"),
)
