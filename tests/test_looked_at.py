"""A report that is looked at: short, with all facts behind folds, readable on paper and on a phone."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from fii_cli.handbook.load import handbook
from fii_cli.pages.render import render
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.model import Report
from fii_cli.report.sections import SECTIONS
from fii_cli.resources import examples, language, template
from fii_cli.words import Audience
from helpers import edition, trajectory
from outside import browser, node_module, program

DAY = date(2025, 6, 5)
FULL = "thuis-leren-verzonnen"
LANGUAGES = ("nl", "en")
EDITIONS: tuple[Audience, ...] = ("team", "steering", "client", "public")
OUTSIDE: tuple[Audience, ...] = ("client", "public")


def report(name: str, code: str = "nl", audience: Audience = "team") -> Report:
    text = re.sub(r"^language: \w+$", f"language: {code}", examples()[name], flags=re.M)
    return made(text, code, audience)


def made(text: str, code: str = "en", audience: Audience = "team", day: date = DAY) -> Report:
    judged = edition(trajectory(text), day, audience)
    return report_of(basis_of(judged, handbook()), language(code))


def page(
    name: str, code: str = "nl", audience: Audience = "team", *, on_paper: bool = False, full: bool = False
) -> str:
    shown = report(name, code, audience)
    return render(shown, "html", language(code), on_paper=on_paper, full=full)


# --- what a page says ---------------------------------------------------------------------------------------


class Read(HTMLParser):
    """The words of a page, those outside what is closed, and its tables as rows of cells with their heads."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.in_sight: list[str] = []
        self.tables: list[list[list[str]]] = []
        self._closed = self._silent = self._summary = 0
        self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("style", "title", "desc"):
            self._silent += 1
        elif tag == "details" and (self._closed or "open" not in given):
            self._closed += 1
        elif tag == "summary":
            self._summary += 1
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr" and "colspan" not in given:
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._cell = True
            if "colspan" in given:
                self.tables[-1][-1].extend("…" * (int(given["colspan"] or 1) - 1))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "title", "desc"):
            self._silent -= 1
        elif tag == "details":
            self._closed -= bool(self._closed)
        elif tag == "summary":
            self._summary -= 1
        elif tag in ("td", "th"):
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.words += data.split()
        if not self._closed or (self._closed == 1 and self._summary):
            self.in_sight += data.split()
        if self._cell:
            self.tables[-1][-1][-1] += data.strip()


def read(html: str) -> Read:
    found = Read()
    found.feed(html)
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_less_than_half_of_the_words_of_a_full_team_report_is_in_sight(code: str) -> None:
    found = read(page(FULL, code))
    print(f"{FULL}, {code}: {len(found.in_sight)} words in sight of {len(found.words)}")
    assert len(found.in_sight) < 1700
    assert len(found.in_sight) < len(found.words) / 2


@pytest.mark.parametrize("name", sorted(examples()))
def test_what_is_closed_is_on_the_page_and_only_full_prints_it_in_the_pdf(name: str) -> None:
    closed, opened = read(page(name)), read(page(name, full=True))
    on_paper, full_on_paper = read(page(name, on_paper=True)), read(page(name, on_paper=True, full=True))
    note = closed.words.index("Wat", len(closed.words) - 120)  # the line about --full
    assert "--full." in closed.words[note:]
    without = " ".join(closed.words).partition("Wat op de pagina dichtgevouwen is")
    assert opened.words[: len(without[0].split())] == without[0].split()
    assert opened.in_sight == opened.words
    assert full_on_paper.words == opened.words
    assert on_paper.in_sight == on_paper.words or len(on_paper.words) <= len(closed.in_sight) + 1
    assert on_paper.words == closed.in_sight


def test_the_parts_stand_in_the_order_of_what_a_reader_asks_first() -> None:
    ids = [section.id for section in SECTIONS]
    first = [
        "glance",
        "planning",
        "asked",
        "since",
        "rollout",
        "lights",
        "instruments",
        "distinguishes",
        "strategies",
        "indicators",
        "adaptations",
        "costs",
        "path",
    ]
    assert ids == [
        *("board", *first, "entry", "stakeholders"),
        *("phases", "cycles", "trend", "parties", "retired", "findings", "log", "sources"),
    ]
    html = page(FULL)
    places = [html.index(f'id="{id_}"') for id_ in ids if f'id="{id_}"' in html]
    assert places == sorted(places)


def test_the_page_opens_with_where_it_stands_in_sentences() -> None:
    assert report(FULL, "en").status == (
        "The trajectory has been in the phase Implementing since 6 January 2025.",
        "One light is red: Obstacles with owner and date.",
        "3 agreements are overdue.",
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_recommendation_is_one_line_with_a_fold(code: str) -> None:
    html = page(FULL, code)
    part = html.split('id="strategies"')[1].split("</section>")[0]
    strategies = report(FULL, code).strategies
    assert strategies
    assert part.count("<details") == len(strategies)
    for each in strategies:
        assert re.search(rf"<summary><h3>{re.escape(each.name)}</h3> <span class=\"gist\">", part)


def test_counted_instruments_are_stacked_bars_sorted_by_need() -> None:
    stacks = [block.stacks for block in report(FULL).instruments if block.stacks]
    assert stacks
    for block in stacks:
        shares = []
        for row in block.rows:
            n = {part.kind: part.n for part in row.parts}
            if not n:  # too few answers to show
                continue
            told = int(re.sub(r"\D", "", row.n))
            assert sum(n.values()) == told
            assert list(n) == [kind for kind in ("hinders", "neutral", "helps") if kind in n]
            assert sum(part.width for part in row.parts) == pytest.approx(100)
            shares.append((-n.get("hinders", 0) / told, n.get("helps", 0) / told))
        assert shares == sorted(shares)


def test_lights_stand_in_a_grid_with_the_dates_across_and_the_current_phase_first() -> None:
    grid = report(FULL, "en").grid
    assert grid
    assert grid.days == ("15 Oct 2024", "3 Mar 2025", "4 Mar 2025")
    assert grid.groups[0].name == "5 Implementing"
    order = ["rood", "oranje", "groen", "onbekend", "nvt"]
    for group in grid.groups:
        assert all(len(row.lights) == len(grid.days) for row in group.rows)
        lights = [order.index(row.now.value) for row in group.rows]
        assert lights == sorted(lights)


def test_each_sign_of_the_path_is_in_its_legend() -> None:
    part = page(FULL, "en").split('id="path"')[1].split("</section>")[0]
    legend = part.split('<ul class="key">')[1].split("</ul>")[0]
    words = re.sub(r"<[^>]+>", " ", legend).split("\n")
    for each in ("continue", "adjust", "back", "skipped ahead", "not ended yet", "the date of this report"):
        assert any(each == line.strip() for line in words), (each, words)


def test_barriers_and_sides_are_one_map_strongest_first() -> None:
    found = report(FULL, "en").map
    assert found
    assert len(found.sides) > 1
    tones = ("hinders-2", "hinders-1", "mixed")
    worst = [
        min(tones.index(cell.tone) for cell in row.cells if cell and cell.tone in tones) for row in found.rows
    ]
    assert worst == sorted(worst)
    assert all(len(row.cells) == len(found.sides) for row in found.rows)
    assert {row.answered for row in found.rows if row.open} == {"no action planned yet"}


@pytest.mark.parametrize("name", sorted(examples()))
@pytest.mark.parametrize("audience", EDITIONS)
def test_no_column_is_empty(name: str, audience: Audience) -> None:
    for code in LANGUAGES:
        for rows in read(page(name, code, audience)).tables:
            head, *body = rows
            for at, words in enumerate(head):
                filled = [row[at] for row in body if len(row) > at and row[at] not in ("", "·", "…")]
                assert filled or not body, (code, words, body)


@pytest.mark.parametrize("name", sorted(examples()))
@pytest.mark.parametrize("audience", OUTSIDE)
def test_readers_outside_see_no_ids(name: str, audience: Audience) -> None:
    content = handbook()
    ids = {item.id for each in content.instrument_ids for item in content.instrument(each).items}
    long = {each for each in ids if "." in each}
    for code in LANGUAGES:
        words = {word.strip(".,:;()") for word in read(page(name, code, audience)).words}
        assert words & long == set()
        assert not [word for word in words if re.fullmatch(r"FII\d+", word)]


@pytest.mark.parametrize("name", sorted(examples()))
@pytest.mark.parametrize("audience", EDITIONS)
def test_a_reason_stands_beside_each_red_light(name: str, audience: Audience) -> None:
    grid = report(name, "nl", audience).grid
    red = [row for group in (grid.groups if grid else ()) for row in group.rows if row.now.value == "rood"]
    assert all(row.why for row in red)
    if name == FULL and audience != "public":
        assert red


# --- colours ------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    """The colours by name, on a light screen, a dark one, and on paper."""
    css = template("report.css")
    blocks = re.findall(r":root \{(.*?)\}", css, re.S)
    made = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in blocks]
    assert len(made) == 3
    return dict(zip(("light", "dark", "paper"), made, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark", "paper"])
def test_lights_are_read_with_the_strongest_contrast(scheme: str) -> None:
    colours = palettes()[scheme]
    for name in ("rood", "oranje", "groen", "onbekend", "nvt", "ink", "soft", "accent"):
        for ground in ("page", "tint"):
            found = contrast(colours[name], colours[ground])
            print(f"{scheme}: {name} on {ground} {found:.1f}")
            assert found >= 7, (name, ground)
    for name, ground in (
        ("on-hinders", "hinders-2"),
        ("on-hinders-1", "hinders-1"),
        ("ink", "bar-neutral"),
        ("ink", "bar-helps"),
        ("on-hinders", "bar-hinders"),
    ):
        assert contrast(colours[name], colours[ground]) >= 7, (name, ground)
    assert contrast(colours["mark"], colours["page"]) >= 3


def test_lights_and_tones_differ_without_colour() -> None:
    """Shape and word say it, not only the colour."""
    html = page(FULL)
    shown = r'<span class="light (\w+)"><span aria-hidden="true">(.)</span> [\w.]+</span>'
    seen = dict(re.findall(shown, html))
    assert {"rood", "oranje", "groen"} <= set(seen)
    assert len(set(seen.values())) == len(seen)
    lights = re.findall(
        r'<span class="(?:rood|oranje|groen)"><span aria-hidden="true">.</span>(.{0,20})', html
    )
    assert lights
    assert all(each.startswith('<span class="vh">') for each in lights)  # a past light has its word too
    paper = palettes()["paper"]
    grey = [luminance(paper[name]) for name in ("bar-hinders", "bar-helps", "bar-neutral")]
    assert all(contrast_of(one, other) >= 1.3 for one, other in pairwise(grey))


def contrast_of(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


# --- as a browser shows it ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


def opened(chromium: Any, html: str, width: int = 1200, scheme: str = "light") -> Any:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    shown = context.new_page()
    shown.set_content(html)
    return shown


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("audience", [each for each in EDITIONS if each != "steering"])
def test_a_report_stays_under_ten_pages(chromium: Any, tmp_path: Path, code: str, audience: Audience) -> None:
    shown = opened(chromium, page(FULL, code, audience))
    shown.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True, print_background=True)
    shown.context.close()
    told = subprocess.run(
        [program("pdfinfo"), tmp_path / "a.pdf"], capture_output=True, text=True, check=True
    ).stdout
    found = int(re.findall(r"^Pages: +(\d+)", told, re.M)[0])
    print(f"{FULL}, {audience}, {code}: {found} pages")
    assert found < 10
    assert "A4" in told


OVERLAPS = """() => [...document.querySelectorAll("svg.chart")].flatMap(svg => {
  const texts = [...svg.querySelectorAll("text")].filter(each => each.checkVisibility())
    .map(each => [each.textContent, each.getBoundingClientRect()]).filter(([, box]) => box.width);
  const found = [];
  for (let i = 0; i < texts.length; i++)
    for (let j = i + 1; j < texts.length; j++) {
      const [a, b] = [texts[i][1], texts[j][1]];
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (x > 1 && y > 3) found.push([texts[i][0], texts[j][0]]);
    }
  for (const [words, box] of texts)
    if (box.left < -1 || box.right > document.documentElement.clientWidth + 1)
      found.push([words, "the edge"]);
  return found;
})"""
SMALL = """() => [...document.querySelectorAll("main *")].filter(each => each.checkVisibility()
  && [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
  && parseFloat(getComputedStyle(each).fontSize) < 12).map(each => each.outerHTML.slice(0, 80))"""
BOTH = """() => [...document.querySelectorAll("section")].filter(part =>
  part.id !== "lights" && [...part.querySelectorAll("svg.chart")].some(each => each.checkVisibility())
  && [...part.querySelectorAll("figure ~ table, figure ~ .scroll table")]
    .some(each => each.checkVisibility()))
  .map(part => part.getAttribute("aria-labelledby"))"""


@pytest.mark.parametrize("name", sorted(examples()))
@pytest.mark.parametrize("code", LANGUAGES)
def test_it_fits_and_no_label_stands_over_another(chromium: Any, name: str, code: str) -> None:
    shown = opened(chromium, page(name, code))
    assert shown.evaluate(BOTH) == []
    shown.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width in (1200, 390, 320):
        shown.set_viewport_size({"width": width, "height": 900})
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert shown.evaluate(OVERLAPS) == [], width
        assert shown.evaluate(SMALL) == [], width
    shown.context.close()


EVERY_RULE = """axe.run(document, {
  rules: Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, {enabled: true}]))
})"""


@pytest.mark.parametrize(
    ("name", "audience"),
    [(name, "team") for name in sorted(examples())] + [(FULL, each) for each in EDITIONS if each != "team"],
)
def test_every_rule_of_axe_holds_with_everything_open(chromium: Any, name: str, audience: Audience) -> None:
    axe = node_module("axe-core/axe.min.js").read_text(encoding="utf-8")
    html = page(name, "nl", audience, full=True)
    for scheme, width in (("light", 1200), ("dark", 390)):
        shown = opened(chromium, html, width, scheme)
        shown.evaluate(axe)
        found = shown.evaluate(EVERY_RULE)["violations"]
        told = [(each["id"], [node["html"][:140] for node in each["nodes"]]) for each in found]
        assert told == [], (scheme, width)
        shown.context.close()


def test_what_is_late_longest_is_done_first() -> None:
    lines = render(report(FULL), "md", language("nl")).splitlines()
    told = "\n".join(lines[next(at for at, line in enumerate(lines) if "Nu te doen" in line) :])
    assert told.index("1 april 2025") < told.index("1 mei 2025") < told.index("1 juni 2025")
