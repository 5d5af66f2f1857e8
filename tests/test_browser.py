"""Reports as a browser shows them: accessible, without a request, and no wider than a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from fii_cli.cli import run
from fii_cli.commands.portfolio_gathered import gathered
from fii_cli.commands.portfolio_members import PortfolioRequest
from fii_cli.commands.portfolio_pages import overview
from fii_cli.pages.render import render_portfolio
from fii_cli.project.context import Projects
from fii_cli.project.report_day import ReportDay
from fii_cli.report import EDITIONS
from fii_cli.resources import EXAMPLES, examples, language
from fii_cli.terminal.opened import open_terminal
from helpers import places
from many import DAY as THEN
from many import many
from outside import browser, node_module

DAY = "2025-03-10"
EVERY = [(name, "team") for name in sorted(examples())] + [
    ("thuis-leren-verzonnen", edition) for edition in EDITIONS if edition != "team"
]
AXE = """axe.run(document, {
  runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
  rules: {"target-size": {enabled: true}},
})"""
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every example in every edition, and a portfolio of them."""
    folder = tmp_path_factory.mktemp("site")
    for edition in EDITIONS:
        words = ["--audience", edition, "--as-of", DAY, "--output", f"{folder}/{edition}/"]
        assert run(["report", *(f"{EXAMPLES}/{name}.yaml" for name in examples()), *words]) == 0
    assert run(["portfolio", str(EXAMPLES), "--as-of", DAY, "--output", f"{folder}/portfolio"]) == 0
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()


@dataclass
class Shown:
    """A page with what it asked for and what it complained of."""

    page: Page
    requests: list[str]
    messages: list[str]


def shown(chromium: Browser, path: Path, width: int = 1000, scheme: Any = "light") -> Shown:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    made = Shown(context.new_page(), [], [])
    made.page.on("request", lambda request: made.requests.append(request.url))
    made.page.on("console", lambda message: made.messages.append(message.text))
    made.page.on("pageerror", lambda error: made.messages.append(str(error)))
    made.page.goto(path.as_uri())
    return made


def page_of(site: Path, name: str, edition: str) -> Path:
    return site / edition / (f"{name}.html" if edition == "team" else f"{name}.{edition}.html")


def held_against_axe(chromium: Browser, path: Path) -> None:
    axe = node_module("axe-core/axe.min.js").read_text(encoding="utf-8")
    for scheme, width in (("light", 1000), ("dark", 320)):
        made = shown(chromium, path, width, scheme)
        made.page.evaluate(axe)
        found = made.page.evaluate(AXE)["violations"]
        told = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]
        assert told == [], (scheme, width)
        assert made.messages == []
        assert [each for each in made.requests if not each.startswith("data:")] == [path.as_uri()]
        wide = made.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, (scheme, width)
        made.page.context.close()


@pytest.mark.parametrize(("name", "edition"), EVERY)
def test_everybody_can_read_a_report(chromium: Browser, site: Path, name: str, edition: str) -> None:
    held_against_axe(chromium, page_of(site, name, edition))


def test_everybody_can_read_a_portfolio(chromium: Browser, site: Path) -> None:
    held_against_axe(chromium, site / "portfolio/index.html")


def test_everybody_can_read_the_style_of_a_house(chromium: Browser, here: Path) -> None:
    Path("logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8"
    )
    Path("fii.toml").write_text(
        '[style]\naccent = "#7a1f5c"\nlogo = "logo.svg"\norganisation = "Voorbeeld"\n', encoding="utf-8"
    )
    Path("a.yaml").write_text(examples()["thuis-leren-verzonnen"], encoding="utf-8")
    assert run(["report", "a.yaml", "--as-of", DAY]) == 0
    path = here / "a.html"
    shown_with = shown(chromium, path)
    assert shown_with.requests[0] == path.as_uri()
    assert all(each.startswith("data:image/svg+xml") for each in shown_with.requests[1:])
    shown_with.page.context.close()
    held_against_axe(chromium, path)


@pytest.mark.parametrize("n", [5, 20])
def test_everybody_can_read_many_organisations_side_by_side(chromium: Browser, here: Path, n: int) -> None:
    Path("a.yaml").write_text(places(n), encoding="utf-8")
    assert run(["report", "a.yaml", "--as-of", DAY]) == 0
    held_against_axe(chromium, here / "a.html")
    phone = shown(chromium, here / "a.html", 320)
    section = phone.page.locator("section[aria-labelledby=distinguishes]")
    item, scroll = section.locator("tbody th[scope=row]").last, section.locator(".scroll")
    before = item.bounding_box()
    scroll.evaluate("each => each.scrollLeft = 10000")
    after = item.bounding_box()
    assert before
    assert after
    assert after["x"] == before["x"], "the item stays in sight"
    assert after["width"] < 320 / 2, "and leaves room for its ratings"
    phone.page.context.close()
    strict = chromium.new_context().new_page()
    messages: list[str] = []
    strict.on("console", lambda message: messages.append(message.text))
    strict.goto((here / "a.html").as_uri())
    assert messages == [], "the style is not kept out by the security policy"
    strict.context.close()


def test_the_security_policy_keeps_nothing_of_fii_out(chromium: Browser, site: Path) -> None:
    strict = chromium.new_context().new_page()
    messages: list[str] = []
    strict.on("console", lambda message: messages.append(message.text))
    strict.goto(page_of(site, "thuis-leren-verzonnen", "team").as_uri())
    assert messages == []
    assert strict.evaluate("getComputedStyle(document.querySelector('.path')).display") == "grid"
    strict.context.close()


def test_the_keyboard_goes_through_a_report_from_top_to_bottom(chromium: Browser, site: Path) -> None:
    made = shown(chromium, page_of(site, "thuis-leren-verzonnen", "team"))
    tops, names = [], []
    for _ in range(30):
        made.page.keyboard.press("Tab")
        at = made.page.evaluate(
            "(e => [e.tagName, e.textContent.trim().slice(0, 40),"
            " e.getBoundingClientRect().top + scrollY, getComputedStyle(e).outlineStyle])"
            "(document.activeElement)"
        )
        names.append(at[1])
        tops.append(at[2])
        assert at[3] == "solid", at  # one sees where one is
    assert names[0] == "Naar het rapport"
    assert tops[1:] == sorted(tops[1:])
    made.page.keyboard.press("Home")
    made.page.locator("a.skip").focus()
    made.page.keyboard.press("Enter")
    made.page.wait_for_url(re.compile("#main$"))  # the key returns before the browser has gone there
    made.page.context.close()


def test_charts_say_what_they_show(chromium: Browser, site: Path) -> None:
    made = shown(chromium, page_of(site, "thuis-leren-verzonnen", "team"))
    charts = made.page.locator("svg.chart[role=img]:not(.stacks *)")
    assert charts.count() == 7  # path, lights, sides, planning, cycles, one indicator, lights over time
    bars = made.page.locator(".stacks svg[role=img]")
    assert bars.count() == 10
    for at in range(bars.count()):
        assert re.search(r"hinder.*neutraa.*help", bars.nth(at).get_attribute("aria-label") or "")
    for at in range(charts.count()):
        chart = charts.nth(at)
        assert chart.locator("title").text_content()
        assert chart.locator("desc").text_content()
        section = chart.locator("xpath=ancestor::section[1]")
        assert section.locator("table").count() >= 1
    made.page.context.close()


def test_paper_has_no_lost_words(chromium: Browser, site: Path) -> None:
    """On A4 nothing sticks out of the page."""
    made = shown(chromium, page_of(site, "thuis-leren-verzonnen", "team"), width=680)
    made.page.emulate_media(media="print")
    wide = made.page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right >"
        " document.documentElement.clientWidth + 1).map(e => e.outerHTML.slice(0, 80))"
    )
    assert wide == []
    made.page.context.close()


@pytest.mark.parametrize("name", ["samen-leren", "signaal-uit-de-wijk", "thuis-leren-verzonnen"])
def test_a_forge_draws_the_path(chromium: Browser, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", f"{EXAMPLES}/{name}.yaml", "--format", "md", "--output", "-", "--as-of", DAY]) == 0
    page = capsys.readouterr().out
    _, _, rest = page.partition("```mermaid\n")
    assert rest
    mermaid = node_module("mermaid/dist/mermaid.min.js").read_text(encoding="utf-8")
    blank = chromium.new_page()
    blank.set_content("<!doctype html><title>x</title><body></body>")
    blank.add_script_tag(content=mermaid)
    svg = blank.evaluate("text => mermaid.render('x', text).then(made => made.svg)", rest.partition("```")[0])
    assert "<svg" in svg
    assert "Syntax error" not in svg
    blank.close()


@pytest.fixture(scope="module", params=[3, 30, 300])
def map_of_many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The overview of a portfolio of fictitious trajectories, without their pages."""
    folder = tmp_path_factory.mktemp(f"many{request.param}")
    for name, text in many(request.param).items():
        (folder / name).write_text(text, encoding="utf-8")
    projects = Projects()
    dated = ReportDay(date.fromisoformat(THEN), "chosen")
    asked = PortfolioRequest("html", dated, "team", projects)
    found = projects.search([str(folder)])
    terminal = open_terminal(language("nl"), "never")
    page = overview(gathered(terminal, found, [], asked).portfolio, asked, language("nl"), {})
    path = folder / "index.html"
    path.write_text(render_portfolio(page, "html", language("nl"), asked.home.house), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1200, 700, 390, 320])
def test_no_map_scrolls_sideways_or_breaks_a_word(chromium: Browser, map_of_many: Path, width: int) -> None:
    made = shown(chromium, map_of_many, width)
    wide = made.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    scrolls = """[...document.querySelectorAll("main *")].filter(e => !e.closest(".vh") &&
        getComputedStyle(e).overflowX != "visible" && e.scrollWidth > e.clientWidth).length"""
    assert made.page.evaluate(scrolls) == 0
    broken = """(() => { const range = document.createRange(); const found = [];
        for (const at of document.querySelectorAll(".tr :is(h3, .why, .f, .about), .rows .name")) {
            const walker = document.createTreeWalker(at, NodeFilter.SHOW_TEXT);
            for (let node; node = walker.nextNode();)
                for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
                    range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
                    if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1)
                        found.push(word[0]); }
        } return found.slice(0, 9); })()"""
    assert made.page.evaluate(broken) == []
    made.page.context.close()


def test_a_date_that_is_late_stays_within_its_column(chromium: Browser, here: Path) -> None:
    text = examples()["thuis-leren-verzonnen"].replace("due: 2025-04-01", "due: 2024-09-25")
    Path("a.yaml").write_text(text, encoding="utf-8")
    assert run(["portfolio", "a.yaml", "--output", "site", "--as-of", "2025-06-20"]) == 0
    made = shown(chromium, here / "site/index.html", 1000)
    for media in ("screen", "print"):
        made.page.emulate_media(media=media)
        late = "[...document.querySelectorAll('.tr .late')].map(e => e.getBoundingClientRect().right)"
        edge = "document.querySelector('main').getBoundingClientRect().right"
        assert made.page.evaluate(f"Math.max(...{late}) <= {edge}"), media
    made.page.context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 390)])
def test_everybody_can_read_a_map_of_many(
    chromium: Browser, map_of_many: Path, scheme: str, width: int
) -> None:
    made = shown(chromium, map_of_many, width, scheme)
    made.page.evaluate(  # axe takes long for hundreds of strips, and these are all alike
        "[...document.querySelectorAll('.tr')].slice(40).forEach(strip => strip.remove())"
    )
    made.page.evaluate(node_module("axe-core/axe.min.js").read_text(encoding="utf-8"))
    every = "{rules: Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, {enabled: true}]))}"
    found = made.page.evaluate(f"axe.run(document, {every})")["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found] == []
    assert made.messages == []
    made.page.context.close()


def test_a_filter_shows_what_it_counts_and_print_shows_all(chromium: Browser, map_of_many: Path) -> None:
    made = shown(chromium, map_of_many, 1200)
    page = made.page
    in_sight = "[...document.querySelectorAll('.tr')].filter(e => e.offsetHeight).length"
    all_of_them = page.evaluate(in_sight)
    labels = page.locator(".filter label")
    assert labels.count() > 1
    for label in labels.all():
        label.locator("input").check()
        told = re.search(r"\(([0-9]+)\)", label.inner_text())
        assert told
        assert page.evaluate(in_sight) == int(told[1]), label.inner_text()
    assert page.evaluate(in_sight) < all_of_them
    page.emulate_media(media="print")
    assert page.evaluate(in_sight) == all_of_them
    page.context.close()


def test_a_map_prints_on_few_pages(chromium: Browser, map_of_many: Path) -> None:
    made = shown(chromium, map_of_many)
    strips = made.page.locator(".tr").count()
    printed = made.page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert pages <= {3: 2, 30: 5, 300: 14}[strips]
    made.page.context.close()
