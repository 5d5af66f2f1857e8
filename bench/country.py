"""What the measured costs mean for a consultant, for a server, and, on paper, for a country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fii_cli.language import Code

from .cases import CASES, PLACES, Case
from .tables import Results, Row, command, count, duration, markdown, number

MUNICIPALITIES = 342
TRAJECTORIES = 300
VERSIONS = 5 * 26
"""Five years in which each trajectory is saved every two weeks."""
_LONG = 2.0


@dataclass(frozen=True)
class Costs:
    """Seconds of processor time, from two sizes of the same command: for one more, and for a start."""

    file: float
    start: float
    report: float
    report_start: float
    page: float
    page_start: float
    version: float


def costs(results: Results) -> Costs | None:
    """What one more file, page or version costs; None if a size was not measured."""
    asked = ("check-100", "check-1000", "report-30", "report-300", "portfolio-30", "portfolio-300")
    if any(name not in results for name in (*asked, "trend", "status")):
        return None

    def slope(small: str, few: int, large: str, many: int) -> tuple[float, float]:
        each = rounded((results[large].cpu - results[small].cpu) / (many - few))
        return each, rounded(max(0.0, results[small].cpu - few * each))

    file = slope("check-100", 100, "check-1000", 1_000)
    report = slope("report-30", 30, "report-300", 300)
    page = slope("portfolio-30", 30, "portfolio-300", 300)
    version = rounded((results["trend"].cpu - results["status"].cpu) / 200)
    return Costs(*file, *report, *page, version)


def rounded(value: float) -> float:
    """A value as it is told, so that readers can do the sums themselves."""
    return float(f"{value:.3g}")


def meaning(results: Results, lang: Code) -> str:
    """What the figures mean, part by part; a part without figures says so."""
    parts = (_consultant, _server, _country, _slow)
    return "\n\n".join(part(results, lang) for part in parts)


def _consultant(results: Results, lang: Code) -> str:
    heading = {"en": "## For a consultant", "nl": "## Voor een adviseur"}[lang]
    if any(name not in results for name in ("check", "status", "assess", "report-1", "floor")):
        return f"{heading}\n\n{_not_measured(lang)}"
    figures = [
        duration(results[name].wall, lang) for name in ("check", "status", "assess", "report-1", "floor")
    ]
    text = {
        "en": "By the clock, `fii check` of a trajectory of 400 lines takes {0}, `fii status` {1}, and "
        "`fii assess` with one light {2}. A report on a trajectory of 250 lines "
        "takes {3}. An empty Python takes {4} on this machine.",
        "nl": "Op de klok duurt `fii check` van een traject van 400 regels {0}, `fii status` {1}, en "
        "`fii assess` met één licht {2}. Een rapport over een traject van 250 regels "
        "duurt {3}. Een lege Python duurt {4} op deze machine.",
    }[lang]
    return f"{heading}\n\n{text.format(*figures)}"


def _server(results: Results, lang: Code) -> str:
    heading = {"en": "## For CI with 1,000 files", "nl": "## Voor CI met 1.000 bestanden"}[lang]
    if "check-1000" not in results:
        return f"{heading}\n\n{_not_measured(lang)}"
    done = results["check-1000"]
    figures = [duration(done.wall, lang), duration(done.cpu, lang), f"{number(done.memory / 1e6, lang)} MB"]
    text = {
        "en": "`fii check` reads and judges 1,000 trajectories of 250 lines in {0}, with {1} of processor "
        "time. Its largest process needs {2}. A runner in CI starts with nothing stored, so each run counts "
        "as the first.",
        "nl": "`fii check` leest en beoordeelt 1.000 trajecten van 250 regels in {0}, met {1} aan "
        "processortijd. Het grootste proces gebruikt {2}. Een runner in CI heeft nog niets bewaard, dus elke "
        "keer telt als de eerste.",
    }[lang]
    return f"{heading}\n\n{text.format(*figures)}"


def _country(results: Results, lang: Code) -> str:
    heading = {"en": "## For a country, on paper", "nl": "## Voor een land, op papier"}[lang]
    each = costs(results)
    if each is None:
        return f"{heading}\n\n{_not_measured(lang)}"
    files = MUNICIPALITIES * TRAJECTORIES
    known = [count(value, lang) for value in (MUNICIPALITIES, TRAJECTORIES, files, VERSIONS)]
    text = {
        "en": "Nobody has run this. It is a calculation from the tables above, for one processor: {0} "
        "municipalities with {1} trajectories each, together {2} files of 250 lines. The core team saves "
        "each of them every two weeks for five years, which gives {3} versions. The cost of one more file, "
        "page or version is the difference between two rows, divided by the difference in number.",
        "nl": "Dit heeft niemand echt gedraaid. Het is een berekening uit de tabellen hierboven, voor één "
        "processor: {0} gemeenten met elk {1} trajecten, samen {2} bestanden van 250 regels. Het kernteam "
        "bewaart elk traject vijf jaar lang elke twee weken; dat geeft {3} versies. Wat één bestand, pagina "
        "of versie meer kost, is het verschil tussen twee rijen, gedeeld door het verschil in aantal.",
    }[lang]
    heads = {"en": ("What", "Calculation", "Result"), "nl": ("Wat", "Berekening", "Uitkomst")}[lang]
    return f"{heading}\n\n{text.format(*known)}\n\n{markdown(heads, _sums(each, lang), 3)}"


def _sums(each: Costs, lang: Code) -> list[Row]:
    """The sums, with their arithmetic, for one municipality and then for all of them."""
    what = {
        "en": ("check", "a report of each", "a portfolio", "every version of every trajectory"),
        "nl": ("controle", "een rapport van elk", "een portfolio", "elke versie van elk traject"),
    }[lang]
    one, all_ = {"en": ("one municipality", "all"), "nl": ("één gemeente", "alle")}[lang]
    sums: list[Row] = []
    pairs = ((each.start, each.file), (each.report_start, each.report), (each.page_start, each.page))
    for name, (start, more) in zip(what[:3], pairs, strict=True):
        total = start + TRAJECTORIES * more
        parts = f"{duration(start, lang)} + {TRAJECTORIES} × {duration(more, lang)}"
        sums.append((f"{name}, {one}", parts, duration(total, lang)))
        total = rounded(total)
        country = f"{MUNICIPALITIES} × {duration(total, lang)}"
        sums.append((f"{name}, {all_}", country, duration(MUNICIPALITIES * total, lang)))
    parts = f"{TRAJECTORIES} × {VERSIONS} × {duration(each.version, lang)}"
    total = rounded(TRAJECTORIES * VERSIONS * each.version)
    sums.append((f"{what[3]}, {one}", parts, duration(total, lang)))
    sums.append(
        (
            f"{what[3]}, {all_}",
            f"{MUNICIPALITIES} × {duration(total, lang)}",
            duration(MUNICIPALITIES * total, lang),
        )
    )
    return sums


def _slow(results: Results, lang: Code) -> str:
    heading = {"en": "## What is not fast", "nl": "## Wat niet snel is"}[lang]
    slow = [case for case in CASES if case.name in results and results[case.name].cpu >= _LONG]
    slow.sort(key=lambda case: -results[case.name].cpu)
    text = {
        "en": f"Everything that took {_LONG:g} seconds of processor time or more, the longest first:",
        "nl": f"Alles wat {_LONG:g} seconden processortijd of meer kostte, het langste eerst:",
    }[lang]
    lines = [f"- {size(case, lang)}: {duration(results[case.name].cpu, lang)}" for case in slow]
    return "\n\n".join((heading, text, "\n".join(lines))) if lines else f"{heading}\n\n{_not_measured(lang)}"


def size(case: Case, lang: Code) -> str:
    """A command with the size of what it works on."""
    place = PLACES[case.place]
    words = {"en": ("files", "lines", "versions"), "nl": ("bestanden", "regels", "versies")}[lang]
    counts: Sequence[tuple[int, str]] = (
        (place.files, words[0]),
        (place.lines, words[1]),
        (place.versions, words[2]),
    )
    told = ", ".join(f"{count(many, lang)} {word}" for many, word in counts if many > 1)
    return f"{command(case, lang)}, {told}" if told else command(case, lang)


def _not_measured(lang: Code) -> str:
    return {"en": "Not measured in the last run.", "nl": "Niet gemeten in de laatste keer."}[lang]
