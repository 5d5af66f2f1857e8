"""The sections of a report: their order, titles and contents.

Every format of a report uses this order and these titles: HTML, Markdown, Word, and the keys of the JSON
report.
"""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.language import N_


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a report.

    ``id`` is also the block in templates and the anchor on the page. ``shows`` names the report fields in the
    section. It is shown if a field in ``needs`` is not empty, or if ``needs`` is empty. ``keys`` are the
    corresponding keys of the JSON report. A section that ``folds`` is for reference, and closed on the page.
    """

    id: str
    title: str
    shows: tuple[str, ...]
    needs: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    folds: bool = False


SECTIONS = (
    Section("board", N_("On one page"), shows=("board",), needs=("board",)),
    Section(
        "glance", N_("At a glance"), shows=("phases", "status", "at_a_glance", "decision", "rated", "to_do")
    ),
    Section(
        "planning",
        N_("Roadmap and actions"),
        shows=("agreed", "planning", "roadmap", "actions"),
        needs=("roadmap", "actions"),
        keys=("overdue",),
    ),
    Section("asked", N_("Requested decisions"), shows=("asked",), needs=("asked",)),
    Section("since", N_("What changed"), shows=("since",), needs=("since",), keys=("since",)),
    Section("rollout", N_("Roll-out"), shows=("rollout",), needs=("rollout",), keys=("rollout",)),
    Section(
        "lights",
        N_("The lights"),
        shows=("readiness", "grid", "open_items"),
        needs=("readiness",),
        keys=("phases",),
    ),
    Section(
        "instruments",
        N_("Barriers and facilitators"),
        shows=("map", "helping", "convention", "sides", "instruments", "barriers"),
        needs=("instruments",),
        keys=("barriers",),
    ),
    Section(
        "distinguishes",
        N_("What distinguishes"),
        shows=("distinguishes",),
        needs=("distinguishes",),
        keys=("distinguishes",),
    ),
    Section(
        "strategies",
        N_("What could help"),
        shows=("caution", "strategies"),
        needs=("strategies",),
        keys=("strategies",),
    ),
    Section("indicators", N_("Indicators"), shows=("indicators",), needs=("indicators",)),
    Section("adaptations", N_("What was adapted"), shows=("adaptations",), needs=("adaptations",)),
    Section("costs", N_("Costs and financing"), shows=("costs",), needs=("costs",)),
    Section(
        "path", N_("Path through the phases"), shows=("path", "visits"), needs=("visits",), keys=("paths",)
    ),
    Section("entry", N_("Starting point"), shows=("entry",), folds=True),
    Section("stakeholders", N_("Key people and support"), shows=("stakeholders",), needs=("stakeholders",)),
    Section("phases", N_("The phases"), shows=("phases",)),
    Section("cycles", N_("Cycles"), shows=("cycles_chart", "cycles"), needs=("cycles",), folds=True),
    Section("trend", N_("Over time"), shows=("trend",), needs=("trend",), folds=True),
    Section(
        "parties",
        N_("Organisations and people"),
        shows=("organisations", "people"),
        needs=("organisations", "people"),
        folds=True,
    ),
    Section(
        "retired", N_("Retired items"), shows=("retired",), needs=("retired",), keys=("retired",), folds=True
    ),
    Section(
        "findings",
        N_("Findings"),
        shows=("findings", "accepted"),
        needs=("findings", "accepted"),
        keys=("remarks",),
        folds=True,
    ),
    Section("log", N_("Log"), shows=("log",), needs=("log",), folds=True),
    Section("sources", N_("Sources"), shows=("sources",), folds=True),
)
"""The sections in reading order, which is what a reader asks first; what is for reference folds."""

AROUND = (
    "language",
    "audience",
    "edition",
    "mark",
    "made_with",
    "title",
    "summary",
    "as_of",
    "dated",
    "rated",
    "gists",
)
"""The fields of a report outside its sections."""
