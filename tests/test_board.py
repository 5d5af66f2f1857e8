"""The page for the board: made from facts by rules, one page of A4, and readable for everybody."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.handbook.load import handbook
from fii_cli.pages.pdf import as_pdf
from fii_cli.pages.render import render
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.board_shapes import Board
from fii_cli.report.lateness import how_late, in_short
from fii_cli.resources import examples, language
from fii_cli.words import AUDIENCES, Audience
from helpers import edition, trajectory
from outside import browser, node_module, program, writer_of

EN, NL = language("en"), language("nl")
DAY = date(2025, 6, 5)
HEAD = "fii: 1\ntitle: T\nlanguage: en\nentry: {commission: gevraagd, date: 2025-01}\n"
PEOPLE = "people: [{id: w, role: alderman, name: A. Secret}, {id: m, role: manager}]\n"
HERE = "visits: [{phase: verkennen, entered: 2025-01-06, via: entry}]\n"
TWO = (
    "assessments:\n"
    "  - {instrument: stoplicht, date: 2025-03-01, ratings: {2a.cultuur: groen, 2a.leren: oranje}}\n"
    "  - {instrument: stoplicht, date: 2025-04-01, ratings: {2a.cultuur: {value: rood, note: no time},"
    " 2a.leren: groen}}\n"
)
ASKED = (
    "requested_decisions:\n"
    "  - {id: late, question: 'Later?', due: 2025-12-01}\n"
    "  - {id: c, question: 'Go on?', asked_of: w, due: 2025-06-20, why_then: budget,\n"
    "     advice: {text: 'yes', by: team, date: 2025-05-01}, otherwise: it stops}\n"
    "  - {id: done, question: 'Done?', due: 2025-01-20, decided: {date: 2025-01-10, answer: 'yes'}}\n"
)


def board(text: str, day: date = DAY, audience: Audience = "steering") -> Board | None:
    judged = edition(trajectory(HEAD + text), day, audience)
    return report_of(basis_of(judged, handbook()), EN).board


def made(text: str, day: date = DAY) -> Board:
    found = board(text, day)
    assert found
    return found


# --- the rules ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", [each for each in AUDIENCES if each not in ("file", "steering")])
def test_only_the_steering_group_has_it(audience: Audience) -> None:
    assert board(TWO, audience=audience) is None


def test_the_state_is_told_in_two_sentences() -> None:
    assert made("").status == ("No phase has begun yet.", "No light has been rated yet.")
    assert made(HERE + TWO).status == (
        "The trajectory has been in phase 2 (Exploring) since 6 January 2025.",
        "Since 1 March 2025, 1 light went forward and 1 back; 1 light is red: fitting culture and purpose.",
    )
    closed = "decisions: [{date: 2025-02-03, decision: %s}]"
    paused = f"visits: [{{phase: verkennen, entered: 2025-01, via: entry, {closed}}}]\n"
    for decision, words in (
        ("pauze", "paused"),
        ("stop", "stopped"),
        ("door", "closed"),
        ("afgerond", "completed"),
    ):
        assert words in made(paused % decision).status[0]
        assert "3 February 2025" in made(paused % decision).status[0]


def test_the_decision_that_is_due_first_is_asked_with_all_that_is_known_of_it() -> None:
    asked = made(PEOPLE + ASKED).asked
    assert asked
    assert asked.question == "Go on?"
    assert [(line.head, line.text) for line in asked.lines] == [
        ("Asked of", "alderman"),
        ("Not later than", "20 June 2025, budget"),
        ("Advice", "yes (team, 1 May 2025)"),
        ("Otherwise", "it stops"),
    ]
    assert asked.others == "Also asked: Later?"


def test_a_question_of_three_lines_is_asked_whole() -> None:
    question = (
        "Neemt het college van burgemeester en wethouders de begeleiding van gezinnen vanaf 1 januari 2027 "
        "structureel op in de kadernota van de gemeente?"
    )
    advice = "ja, mits de stichting zelf een derde deel betaalt en het team ongewijzigd blijft"
    asked = made(
        f"requested_decisions: [{{id: c, question: {question!r}, advice: {{text: {advice!r}}}}}]\n"
    ).asked
    assert asked
    assert asked.question == question
    assert advice in [line.text for line in asked.lines]


def test_what_is_not_known_of_a_decision_is_asked() -> None:
    asked = made("requested_decisions: [{id: c, question: 'Go on?'}]\n").asked
    assert asked
    assert {line.text for line in asked.lines} == {"not recorded: ask the team"}


def test_a_late_decision_is_what_endangers_it_most() -> None:
    found = made(PEOPLE + ASKED + TWO, date(2025, 7, 1))
    assert found.asked
    assert [line.late for line in found.asked.lines] == [False, True, False, False]
    assert "20 June 2025, 11 days late, budget" in found.asked.lines[1].text
    assert found.risk
    assert found.risk.what == "a decision has not been made"
    assert found.risk.why == "Go on? This answer is 11 days late. Otherwise: it stops."


def test_each_part_without_facts_says_what_to_ask() -> None:
    found = made("")
    asks = (found.ask_decision, found.ask_changes, found.ask_agreements, found.ask_risk)
    assert all(asks)
    assert all("?" in ask for ask in asks)
    full = made(
        HERE
        + TWO
        + PEOPLE
        + ASKED
        + "actions: [{id: a, what: call, owner: m, due: 2025-08-01, since: 2025-02-01}]\n"
    )
    assert not any((full.ask_decision, full.ask_changes, full.ask_agreements, full.ask_risk))


def test_agreements_are_late_ones_first_with_owner_and_date() -> None:
    actions = "actions:\n" + "".join(
        f"  - {{id: a{n}, what: do {n}, owner: m, due: 2025-0{n}-01}}\n" for n in (9, 8, 7, 6, 5, 4)
    )
    found = made(PEOPLE + actions + "  - {id: x, what: undated}\n  - {id: y, what: gone, status: klaar}\n")
    assert [(each.what, each.who, each.due, each.note, each.late) for each in found.agreed] == [
        ("Do 4", "manager", "1 April 2025", "2 months late", True),
        ("Do 5", "manager", "1 May 2025", "5 weeks late", True),
        ("Do 6", "manager", "1 June 2025", "4 days late", True),
        ("Do 7", "manager", "1 July 2025", "", False),
        ("Do 8", "manager", "1 August 2025", "", False),
    ]
    assert found.more_agreed == "and 2 more, in the annex"


def test_a_red_light_of_this_phase_about_which_nothing_was_agreed_comes_first() -> None:
    lights = (
        "assessments: [{instrument: stoplicht, date: 2025-04-01, ratings: "
        "{1a.mandaat: rood, 2a.cultuur: rood, 2a.leren: {value: rood, note: no time}, 2a.caseload: oranje}"
        "}]\n"
    )
    agreed = "actions: [{id: a, what: call, owner: m, due: %s, answers: [stoplicht/2a.cultuur]}]\n"
    calm = made(HERE + lights + PEOPLE + agreed % "2025-08-01").risk
    assert calm
    assert calm.why.startswith("No time. It was rated red on 1 April 2025, in phase 2 (Exploring). ")
    assert calm.why.endswith("Nothing has been agreed about it yet.")
    assert "Red means here: " not in calm.why  # the team gave its own reason
    plain = made(HERE + lights.replace(", note: no time", "") + PEOPLE + agreed % "2025-08-01").risk
    assert plain
    assert plain.why.startswith("Red means here: ")
    late = made(HERE + lights + PEOPLE + agreed % "2025-05-01").risk
    assert late
    assert late.why.endswith("What was agreed about it is 5 weeks late.")


def test_without_a_red_light_other_facts_endanger_it() -> None:
    strong = "assessments: [{instrument: cfir, date: 2025-04-01, ratings: {III.D.2: '-2'}}]\n"
    barrier = made(strong).risk
    assert barrier
    assert "It was rated as a strong barrier on 1 April 2025." in barrier.why
    late = made(PEOPLE + "actions: [{id: a, what: call, owner: m, due: 2025-05-01}]\n").risk
    assert late
    assert late.why == "“call” (manager) is 5 weeks late."
    orange = made(HERE + TWO.replace("rood", "oranje")).risk
    assert orange
    assert orange.what == "an orange light on “Fitting culture and purpose”"


def test_lights_are_shown_one_sign_for_each_question_bad_news_first_and_unknown_last() -> None:
    path = made(HERE + TWO).path
    lights = {phase.number: [(light.value, n) for light, n in phase.lights] for phase in path.phases}
    assert [light for light, _ in lights[2]] == ["rood", "groen", "onbekend"]
    assert sum(n for _, n in lights[2]) == 21
    row = path.phases[1]
    assert (row.here, row.rated) == (True, "1 red, 1 green")
    assert [each.words for each in row.moves] == ["1 forward", "1 back"]
    assert (path.first, path.last) == ("January 2025", "5 June 2025")
    assert [phase.quiet for phase in path.phases] == ["–", "", "–", "–", "–", "–"]


def test_organisations_in_one_phase_have_their_names_and_until_when_they_were_there() -> None:
    text = examples()["thuis-leren-uitrol-verzonnen"]
    phases = made(text, date(2025, 3, 10)).path.phases
    assert [(lane.name, [bar.open for bar in lane.bars]) for lane in phases[4].lanes] == [
        ("Welzijn Noord until Sep 2024", [False]),
        ("Welzijn Zuid until Jun 2024", [False]),
        ("Buurtwerk Oost", [True]),
        ("Welzijnsgroep Samen", [True]),
    ]
    assert not any(phase.lanes for phase in (*phases[:4], phases[5]))
    many = "".join(f"  - {{id: o{n}, name: O{n}, roles: [receiving]}}\n" for n in range(9))
    visits = "".join(
        f"  - {{phase: implementeren, entered: 2024-05-01, via: forward, organisation: o{n}}}\n"
        for n in range(9)
    )
    text = text.replace("organisations:\n", f"organisations:\n{many}", 1).replace(
        "visits:\n", f"visits:\n{visits}", 1
    )
    assert not any(phase.lanes for phase in made(text, date(2025, 3, 10)).path.phases)


def test_a_question_is_no_part_of_a_sentence_and_a_danger_has_its_place() -> None:
    page = made(examples()["thuis-leren-uitrol-verzonnen"], date(2025, 3, 10))
    assert "“Melden de scholen gezinnen aan?” (Buurtwerk Oost)" in str(page.status)
    assert page.risk
    assert page.risk.what.endswith("” (Buurtwerk Oost)")


def test_the_steps_are_told_if_they_are_no_ladder() -> None:
    back = (
        "visits:\n"
        "  - {phase: innoveren, entered: 2025-01-06, via: entry,"
        " decisions: [{date: 2025-02-01, decision: door}]}\n"
        "  - {phase: verkennen, entered: 2025-02-01, via: return}\n"
    )
    assert made(back).path.steps == "The phases are not a ladder: this trajectory went 3 → 2."
    assert made(HERE).path.steps == ""


def test_a_trajectory_that_ended_says_why_and_asks_what_is_left() -> None:
    ended = made(CASES["stopped"].removeprefix(HEAD))
    assert ended.status[0] == "The trajectory stopped in phase 2 (Exploring) on 20 April 2025: no money."
    assert ended.risk is None
    assert ended.ask_risk.startswith("The trajectory has ended. Ask the team: what was learned")
    assert ended.ask_decision == "No decision is asked. Is anything still open that you have to decide?"
    paused = made(CASES["stopped"].removeprefix(HEAD).replace("decision: stop", "decision: pauze"))
    assert paused.ask_risk.startswith("The trajectory is paused. Ask the team: what has to happen")
    late = made(CASES["stopped"].removeprefix(HEAD) + CASES["late"].removeprefix(HEAD + PEOPLE))
    assert late.risk
    assert late.risk.what == "a decision has not been made"


def test_no_danger_is_told_apart_from_nothing_rated() -> None:
    assert made(HERE).ask_risk == "Nothing has been rated yet. Ask the team: what could make this fail?"
    green = "assessments: [{instrument: stoplicht, date: 2025-04-01, ratings: {2a.cultuur: groen}}]\n"
    assert made(HERE + green).ask_risk.startswith("The facts point to no single danger.")


def test_what_is_cut_is_whole_in_the_annex() -> None:
    page = html_of("crowded", "nl")
    first, annex = page.split('<p class="annex">')
    board = first[first.index("<header>") :]
    for whole in (f"{WORD} {LONG}".strip(), LONG.strip()):
        assert whole not in board
        assert whole in annex
    assert annex.count(f"{WORD} {LONG}".strip()) >= 10  # each question and each action


def test_ten_decisions_that_are_late_are_one_question_and_the_rest_in_a_line() -> None:
    asked = made(CASES["late"].removeprefix(HEAD)).asked
    assert asked
    assert asked.question == "Question 0?"
    assert asked.others == "Also asked: Question 1?, Question 2? and 7 more"


def test_nobody_is_named() -> None:
    judged = edition(trajectory(HEAD + PEOPLE + ASKED), DAY, "steering")
    page = render(report_of(basis_of(judged, handbook()), EN), "html", EN)
    assert "alderman" in page
    assert "Secret" not in page


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day late"),
        (13, "13 days late"),
        (14, "2 weeks late"),
        (61, "2 months late"),
        (400, "13 months late"),
    ],
)
def test_lateness_has_few_words(days: int, words: str) -> None:
    assert EN(how_late(days)) == words


def test_a_long_text_is_cut_after_a_word() -> None:
    assert in_short("een twee\n drie", 20) == "een twee drie"
    assert in_short("een twee drie", 10) == "een twee…"
    assert len(in_short("x" * 100, 10)) == 10


# --- what --since compares with -----------------------------------------------------------------------------


def test_since_takes_a_day_or_a_commit_and_only_a_commit_asks_git(fii: Fii, here: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words],
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    Path("t.yaml").write_text(HEAD + HERE, encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "x", "--date", "2025-01-10T12:00:00")
    Path("t.yaml").write_text(HEAD + HERE + TWO, encoding="utf-8")
    asked = (
        "report",
        "t.yaml",
        "--format",
        "md",
        "-o",
        "-",
        "--audience",
        "steering",
        "--as-of",
        "2027-06-05",
    )
    plain = fii(*asked)
    by_day = fii(*asked, "--since", "2025-02-01")
    assert (plain.code, by_day.code) == (0, 0)
    assert "since 1 March 2025" in plain.out
    assert "since 1 February 2025" in by_day.out
    by_commit = fii(*asked, "--since", "HEAD")
    assert by_commit.code == 0, by_commit.err
    assert "That version of the file is HEAD" in by_commit.out
    wrong = [
        ("2028-01-01", "2028-01-01 is not before 2027-06-05"),
        ("2025-02", "invalid day 2025-02"),
        ("nowhere", "no commit nowhere"),
    ]
    for word, told in wrong:
        refused = fii(*asked, "--since", word)
        assert (refused.code, told in refused.err) == (2, True), refused.err


def test_a_file_that_an_earlier_commit_had_not_is_refused(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(HEAD, encoding="utf-8")
    refused = fii("report", "t.yaml", "-o", "-", "--since", "main")
    assert refused.code == 2
    assert "--since" in refused.err


# --- one page of A4 -----------------------------------------------------------------------------------------

FONTS = (
    "DejaVu Sans",
    "Verdana",
    "Liberation Sans",
    "Arial",
    "DejaVu Sans Condensed",
    "Liberation Sans Narrow",
)


def fonts_here() -> list[str]:
    """The widest and the narrowest of some fonts that are here, or whatever the browser has."""
    told = subprocess.run(
        [program("fc-list"), ":", "family"], capture_output=True, text=True, check=True
    ).stdout
    families = {name for line in told.splitlines() for name in line.split(",")}
    here = [name for name in FONTS if name in families]
    return [here[0], here[-1]] if here else ["sans-serif"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


LONG = "een tekst die veel langer is dan wat er op een pagina past en die dus wordt afgekapt " * 6
WORD = "jeugdgezondheidszorgbeleidsmedewerkersoverleg"


def crowded() -> str:
    """A trajectory in which everything is long, and there is much of everything."""
    day = "{id: %s, question: '%s?', asked_of: w, due: 2025-0%d-01, why_then: '%s', otherwise: '%s', advice: "
    day += "{text: '%s', by: '%s', date: 2025-01-02}}"
    ask = [day % (f"v{n}", f"{WORD} {LONG}", 1 + n % 5, LONG, LONG, LONG, LONG) for n in range(10)]
    own = [f"{{id: 5a.eigen{n}, subphase: 5a, question: '{LONG}{n}?'}}" for n in range(40)]
    red = ", ".join(f"5a.eigen{n}: {{value: rood, note: '{LONG}'}}" for n in range(10))
    some = ", ".join(f"{item}: oranje" for item in ("5a.eigen0", "5a.eigen11", "2a.cultuur", "2a.leren"))
    lines = [
        f"title: '{WORD} {LONG}'",
        f"summary: '{LONG}'",
        "people:",
        f"  - {{id: w, role: '{WORD} {LONG}'}}",
        "visits:",
        *_there_and_back(12),
        "checklist:",
        *(f"  - {each}" for each in own),
        "assessments:",
        f"  - {{instrument: stoplicht, date: 2025-03-01, ratings: {{{some}}}}}",
        f"  - {{instrument: stoplicht, date: 2025-04-01, ratings: {{{red}, 2a.cultuur: groen,"
        " 5a.eigen11: groen, 5a.eigen12: groen, 2a.leren: onbekend}}",
        "requested_decisions:",
        *(f"  - {each}" for each in ask),
        "actions:",
        *(f"  - {{id: a{n}, what: '{WORD} {LONG}', owner: w, due: 2025-0{n}-01}}" for n in range(1, 10)),
    ]
    return HEAD.replace("title: T\n", "") + "\n".join(lines) + "\n"


def _there_and_back(times: int) -> Iterator[str]:
    """Visits that go from phase 5 to phase 2 and back."""
    for n in range(times):
        phase, via = ("verkennen", "return") if n % 2 else ("implementeren", "forward")
        closed = f", decisions: [{{date: 2025-01-{n + 10}, decision: door}}]" if n < times - 1 else ""
        yield f"  - {{phase: {phase}, entered: 2025-01-{n + 9:02}, via: {via if n else 'entry'}{closed}}}"


CASES = {
    **examples(),
    "crowded": crowded(),
    "new": HEAD,
    "stopped": HEAD
    + HERE.replace("}]", ", decisions: [{date: 2025-04-20, decision: stop, reason: no money}]}]")
    + TWO
    + PEOPLE
    + "actions: [{id: a, what: call, owner: m, due: 2025-05-01}]\n",
    "unrated": HEAD + HERE + PEOPLE + "actions: [{id: a, what: call, owner: m}]\n",
    "late": HEAD
    + PEOPLE
    + "requested_decisions:\n"
    + "".join(
        f"  - {{id: q{n}, question: 'Question {n}?', asked_of: w, due: 2025-01-{n + 10}}}\n"
        for n in range(10)
    ),
}


def text_of(name: str, code: str = "en") -> str:
    return re.sub(r"^language: \w+$", f"language: {code}", CASES[name], flags=re.M)


def html_of(name: str, code: str, on_paper: bool = False) -> str:
    say = {"nl": NL, "en": EN}[code]
    judged = edition(trajectory(text_of(name, code)), DAY, "steering")
    return render(report_of(basis_of(judged, handbook()), say), "html", say, on_paper=on_paper)


def without_annex(page: str) -> str:
    """A page without what follows the heading of the annex, which takes long to print."""
    end = page.index("</p>", page.index('<p class="annex">'))
    return f"{page[:end]}</p></main></body></html>"


def pages_of(chromium: Any, page: str, font: str, folder: Path) -> list[str]:
    """The texts of the pages on A4, in a font."""
    context = chromium.new_context(bypass_csp=True)
    shown = context.new_page()
    shown.set_content(page)
    shown.add_style_tag(content=f'body {{ font-family: "{font}" !important }}')
    target = folder / "page.pdf"
    shown.pdf(path=target, prefer_css_page_size=True, print_background=True)
    context.close()
    return texts_in(target)


def texts_in(target: Path) -> list[str]:
    """The texts of the pages of a PDF."""
    words = [program("pdftotext"), str(target), "-"]
    told: str = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return told.split("\f")


def is_whole(page: str, first: str) -> None:
    """That each word of the board's part is on page one, as often as the part has it."""
    part = page[page.index('<div class="board">') : page.index('<p class="annex"')].replace("\u200b", "")
    part = re.sub(r'<style>.*?</style>|<span class="vh">.*?</span>', "", part, flags=re.DOTALL)
    part = re.sub(r"</?(?:b|time)\b[^>]*>|</?span(?! class=.(?:ends|w|st|note|kicker))[^>]*>", "", part)
    words = unescape(re.sub(r"<[^>]+>", " ", part)).split()
    words = [word for word in words if word[0].isalnum() and WORD[:9] not in word.lower()]
    told, shown = Counter(words), Counter(first.replace("\u200b", "").split())
    assert len(words) > 40
    assert told - shown == Counter()


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_part_for_the_board_is_whole_on_page_one(chromium: Any, tmp_path: Path, name: str) -> None:
    for code, annex in (("nl", "Bijlage"), ("en", "Annex")):
        page = without_annex(html_of(name, code))
        for font in fonts_here():
            first, second, *_ = pages_of(chromium, page, font, tmp_path)
            is_whole(page, first)
            assert second.split()[0] == annex, (code, font)


@pytest.mark.parametrize("name", ["crowded", "thuis-leren-verzonnen"])
def test_it_is_whole_on_page_one_of_the_pdf_that_fii_makes(tmp_path: Path, name: str) -> None:
    writer_of("pdf")
    page = without_annex(html_of(name, "nl", on_paper=True))
    for font in fonts_here():
        in_font = page.replace(
            "</head>", f'<style>body {{ font-family: "{font}" !important }}</style></head>'
        )
        (tmp_path / "page.pdf").write_bytes(as_pdf(in_font, ""))
        first, second, *_ = texts_in(tmp_path / "page.pdf")
        is_whole(page, first)
        assert second.split()[0] == "Bijlage", font


@pytest.mark.parametrize("name", ["thuis-leren-verzonnen", "crowded", "new", "stopped", "late"])
def test_everybody_can_read_it(chromium: Any, name: str) -> None:
    axe = node_module("axe-core/axe.min.js").read_text(encoding="utf-8")
    page = html_of(name, "nl")
    for scheme, width in (("light", 1200), ("dark", 390), ("light", 320)):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        shown = context.new_page()
        shown.set_content(page)
        shown.evaluate(axe)
        rules = "axe.getRules().map(each => each.ruleId)"
        every = f"axe.run(document.querySelector('.board'), {{runOnly: {{type: 'rule', values: {rules}}}}})"
        found = shown.evaluate(every)["violations"]
        told = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]
        assert told == [], (scheme, width)
        wide = "each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display != 'inline'"
        spilled = f"[...document.querySelectorAll('.board *:not(svg *, .vh)')].filter({wide})"
        spilled += ".map(each => each.outerHTML.slice(0, 120))"
        assert shown.evaluate(spilled) == [], (scheme, width)
        context.close()


def test_the_same_facts_give_the_same_page() -> None:
    assert html_of("thuis-leren-verzonnen", "nl") == html_of("thuis-leren-verzonnen", "nl")
