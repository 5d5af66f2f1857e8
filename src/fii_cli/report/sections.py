"""The sections of a report: their order, their titles, and what each one shows.

Every form of a report takes its order and titles from here: the page with its contents, Markdown, Word, and
the keys of the JSON report.
"""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.language import N_


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a report.

    ``id`` is also the block of the templates, and the anchor on the page. ``shows`` names the fields of a
    report that stand in it. The section is there when one of the fields it ``needs`` is not empty; one that
    needs nothing is always there. ``keys`` are the keys of the JSON report that tell the same.
    """

    id: str
    title: str
    shows: tuple[str, ...]
    needs: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


SECTIONS = (
    Section("glance", N_("At a glance"), shows=("phases", "at_a_glance", "decision", "rated", "to_do")),
    Section("path", N_("Path through the phases"), shows=("path", "visits"), needs=("visits",)),
    Section("entry", N_("Starting point"), shows=("entry",)),
    Section(
        "lights",
        N_("The lights"),
        shows=("readiness", "grid", "open_items"),
        needs=("readiness",),
        keys=("phases",),
    ),
    Section(
        "instruments",
        N_("What hinders and helps"),
        shows=("convention", "sides", "instruments", "barriers"),
        needs=("instruments",),
        keys=("barriers",),
    ),
    Section(
        "strategies",
        N_("What could help"),
        shows=("caution", "strategies"),
        needs=("strategies",),
        keys=("strategies",),
    ),
    Section("stakeholders", N_("Key people and support"), shows=("stakeholders",), needs=("stakeholders",)),
    Section(
        "planning",
        N_("Roadmap and actions"),
        shows=("planning", "roadmap", "actions"),
        needs=("roadmap", "actions"),
        keys=("overdue",),
    ),
    Section("cycles", N_("Cycles"), shows=("cycles_chart", "cycles"), needs=("cycles",)),
    Section("indicators", N_("Indicators"), shows=("indicators",), needs=("indicators",)),
    Section("phases", N_("The phases"), shows=("phases",)),
    Section(
        "parties",
        N_("Organisations and people"),
        shows=("organisations", "people"),
        needs=("organisations", "people"),
    ),
    Section(
        "findings",
        N_("What fii remarks"),
        shows=("findings", "accepted"),
        needs=("findings", "accepted"),
        keys=("remarks",),
    ),
    Section("log", N_("Log"), shows=("log",), needs=("log",)),
    Section("sources", N_("Sources"), shows=("sources",)),
)
"""The sections in reading order."""

AROUND = ("language", "audience", "edition", "mark", "title", "summary", "as_of", "rated")
"""The fields of a report that stand above and below its sections."""
