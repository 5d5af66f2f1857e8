"""``fii agenda`` and ``fii minutes``: the page before a meeting and the page after it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from conftest import Fii, Outcome
from fii_cli.editions.marks import made_as
from fii_cli.resources import examples
from helpers import HEAD, all_text
from outside import browser, node_module, program
from test_markdown import NASTY
from test_outsiders import HIDDEN, met

DAY = "2025-06-10"
MEETING = (
    HEAD.replace("date: 2025-01}", "date: 2025-01-01}")
    + """\
organisations: [{id: b, name: De Brug, roles: [receiving]}]
people:
  - {id: lijn, role: lijnmanager, name: Jo Voorbeeld, organisation: b}
  - {id: wet, role: wethouder}
visits: [{phase: 5, entered: 2025-01-10}]
verkennen:
  ownership:
    roadmap:
      - {id: draaiboek, what: draaiboek overdragen, by: b, due: 2025-06-20}
      - {id: ver-weg, what: boek drukken, by: b, due: 2025-09-20}
      - {id: klaar, what: lijst rondsturen, by: b, done: 2025-06-03}
versterken:
  key_people:
    - {person: wet, why: beslist over geld, every: maandelijks, contacts: [{date: 2025-03-01}]}
    - {person: lijn, contacts: [{date: 2025-06-03, note: wil uren vrijmaken}]}
assessments:
  - {instrument: stoplicht, date: 2025-02-01, ratings: {5a.klein-team: groen, 5a.competenties: rood}}
  - {instrument: stoplicht, date: 2025-03-01, ratings: {5a.klein-team: groen}}
  - instrument: stoplicht
    date: 2025-06-03
    by: kernteam
    perspective: giving
    ratings:
      5a.mandaat: {value: oranje, note: over geld beslist de directie}
  - {instrument: cfir, date: 2025-06-03, ratings: {II.A: "-2", II.B: "-1"}}
actions:
  - {id: gezin, what: een gezin minder, owner: lijn, due: 2025-05-01}
  - {id: app, what: app bijwerken, since: 2025-01-20, status: klaar, result: {date: 2025-06-03, helped: ja}}
  - {id: uren, what: uren inroosteren, owner: lijn, since: 2025-06-03, due: 2025-07-01, answers: [cfir/II.B]}
requested_decisions:
  - {id: geld, question: Betaalt de gemeente mee?, asked_of: wet, since: 2025-05-01, due: 2025-06-01}
  - {id: al, question: Doen we mee?, asked_of: lijn, decided: {date: 2025-06-03, answer: ja}}
log: [{date: 2025-06-03, text: De sleutel ligt bij de balie}]
"""
)


@pytest.fixture
def file(here: Path) -> str:
    Path("a.yaml").write_text(MEETING, encoding="utf-8")
    return "a.yaml"


def committed(day: str) -> None:
    """Commit everything here on a day."""
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org")
    moment = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00")
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "x")):
        subprocess.run([*git, *words], check=True, env=os.environ | moment)


def parts(done: Outcome) -> dict[str, list[dict[str, Any]]]:
    assert done.code == 0, done.err
    return {part["id"]: part["rows"] for part in json.loads(done.out)["parts"]}


def asks(done: Outcome) -> dict[str, str]:
    assert done.code == 0, done.err
    return {part["id"]: part["ask"] for part in json.loads(done.out)["parts"]}


def test_the_agenda_has_its_parts_in_the_order_of_a_meeting(fii: Fii, file: str) -> None:
    found = parts(fii("agenda", file, "--as-of", DAY, "--json"))
    assert list(found) == ["changed", "late", "hinders", "lights", "decisions", "silent"]
    text = fii("agenda", file, "--as-of", DAY).out
    heads = re.findall(r"^\n(\d) ([^.(\n]*?)(?: \(.*)?$", text, re.MULTILINE)
    assert heads == [
        ("1", "What changed"),
        ("2", "Late, or due soon"),
        ("3", "Hinders, without an action"),
        ("4", "Lights to rate again"),
        ("5", "To decide"),
        ("6", "Silent"),
        ("7", "What we agree"),
    ]


def test_what_changed_is_counted_from_the_assessment_before_the_last_or_since(fii: Fii, file: str) -> None:
    rows = parts(fii("agenda", file, "--as-of", DAY, "--json"))["changed"]
    assert rows[0] | {"note": None} == {
        "id": "5a.mandaat",
        "what": "Mandate to decide",
        "more": "over geld beslist de directie",
        "note": None,
        "late": False,
        "before": None,
        "light": "oranje",
        "way": "new",
    }
    assert "Agreed: uren inroosteren" in [row["what"] for row in rows]
    later = fii("agenda", file, "--as-of", DAY, "--since", "2025-06-05", "--json")
    assert parts(later)["changed"] == []
    assert asks(later)["changed"] == "Nothing was recorded since 5 June 2025. What happened?"
    assert json.loads(later.out)["since"] == "2025-06-05"


def test_what_changed_can_be_counted_from_a_commit(fii: Fii, file: str) -> None:
    now = Path(file).read_text(encoding="utf-8")
    Path(file).write_text(now.replace("5a.competenties: rood", "5a.competenties: groen"), encoding="utf-8")
    committed("2025-06-04")
    Path(file).write_text(now, encoding="utf-8")
    rows = parts(fii("agenda", file, "--as-of", DAY, "--since", "HEAD", "--json"))["changed"]
    assert [(row["id"], row["before"], row["light"]) for row in rows] == [
        ("5a.competenties", "groen", "rood")
    ]


def test_what_is_late_comes_first_then_what_is_due_within_two_weeks(fii: Fii, file: str) -> None:
    rows = parts(fii("agenda", file, "--as-of", DAY, "--json"))["late"]
    assert [(row["what"], row["more"], row["note"], row["late"]) for row in rows] == [
        ("een gezin minder", "lijnmanager", "1 May 2025, 5 weeks late", True),
        ("draaiboek overdragen", "De Brug", "20 June 2025", False),
    ]


def test_only_what_has_no_action_hinders_here_strongest_first(fii: Fii, file: str) -> None:
    rows = parts(fii("agenda", file, "--as-of", DAY, "--json"))["hinders"]
    places = [row["id"] for row in rows]
    assert places == ["stoplicht/5a.competenties", "cfir/II.A", "stoplicht/5a.mandaat"]
    assert "cfir/II.B" not in places  # an action addresses it
    assert len(places) == len(set(places))


def test_the_lights_are_those_that_assess_calls_due_oldest_first(fii: Fii, file: str) -> None:
    rows = parts(fii("agenda", file, "--as-of", "2025-06-10", "--json"))["lights"]
    assert [row["id"] for row in rows[:3]] == ["5a.competenties", "5a.klein-team", "5a.mandaat"]
    assert rows[1]["more"] == "was green on 1 March 2025"
    assert rows[-1]["more"] == "not rated yet"
    asked = fii("agenda", file, "--as-of", DAY).out
    assert "☐ ■ red  ☐ ▲ orange  ☐ ● green" in asked
    assert "5a.klein-team" not in {
        row["id"] for row in parts(fii("agenda", file, "--as-of", "2025-03-02", "--json"))["lights"]
    }


def test_open_decisions_and_the_one_about_the_phase_are_there(fii: Fii, file: str) -> None:
    rows = parts(fii("agenda", file, "--as-of", DAY, "--json"))["decisions"]
    assert [(row["what"], row["late"]) for row in rows] == [
        ("Betaalt de gemeente mee?", True),
        ("Phase 5 (Implementing): continue, adjust or stop?", False),
    ]


def test_who_is_silent_is_named_by_role_with_the_reason(fii: Fii, file: str) -> None:
    rows = parts(fii("agenda", file, "--as-of", DAY, "--json"))["silent"]
    assert [(row["what"], row["more"], row["note"]) for row in rows] == [
        ("wethouder", "beslist over geld", "14 weeks silent")
    ]
    assert "Jo Voorbeeld" not in fii("agenda", file, "--as-of", DAY).out


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_part_with_nothing_to_say_says_what_to_ask(fii: Fii, here: Path, lang: str) -> None:
    Path("leeg.yaml").write_text(HEAD, encoding="utf-8")
    for command, count in (("agenda", 6), ("minutes", 0)):
        done = fii(command, "leeg.yaml", "--as-of", DAY, "--json", lang=lang)
        found = asks(done)
        assert len(found) == count
        assert all(each.endswith("?") for each in found.values()), found
        assert parts(done) == {id_: [] for id_ in found}
    assert "?" in json.loads(done.out)["lead"]


def test_the_minutes_have_what_was_rated_agreed_and_decided_that_day(fii: Fii, file: str) -> None:
    found = parts(fii("minutes", file, "--on", "2025-06-03", "--json"))
    told = {id_: [(row["what"], row["more"], row["note"]) for row in rows] for id_, rows in found.items()}
    assert told == {
        "rated": [
            ("Mandate to decide", "giving organisation: over geld beslist de directie", None),
            ("CFIR (2009)", None, "2 items rated"),
        ],
        "agreed": [("uren inroosteren", "lijnmanager", "by 1 July 2025")],
        "done": [("app bijwerken", None, "did it help? yes"), ("lijst rondsturen", "De Brug", "done")],
        "decided": [("Doen we mee?", "ja", "lijnmanager")],
        "contacts": [("lijnmanager", "wil uren vrijmaken", None)],
        "noted": [("De sleutel ligt bij de balie", None, None)],
    }
    assert (found["rated"][0]["before"], found["rated"][0]["light"]) == (None, "oranje")


def test_a_light_is_shown_with_what_the_same_side_said_before(fii: Fii, file: str) -> None:
    Path(file).write_text(
        MEETING.replace(
            "2025-03-01, ratings: {5a.klein-team: groen}", "2025-03-01, ratings: {5a.klein-team: rood}"
        ),
        encoding="utf-8",
    )
    row = parts(fii("minutes", file, "--on", "2025-03-01", "--json"))["rated"][0]
    assert (row["before"], row["light"], row["way"]) == ("groen", "rood", "back")


def test_a_light_by_a_side_that_is_new_moved_from_what_it_was_to_all(fii: Fii, file: str) -> None:
    more = "assessments:\n  - {instrument: stoplicht, date: 2025-06-02, ratings: {5a.klein-team: rood}}\n"
    Path(file).write_text(MEETING.replace("assessments:\n", more, 1), encoding="utf-8")
    row = parts(fii("minutes", file, "--on", "2025-06-02", "--json"))["rated"][0]
    assert (row["before"] in ("groen", "oranje"), row["light"], row["way"]) == (True, "rood", "back")


def test_minutes_are_of_the_last_day_for_which_something_was_written(fii: Fii, file: str) -> None:
    assert json.loads(fii("minutes", file, "--json").out)["as_of"] == "2025-06-03"
    Path(file).write_text(
        MEETING.replace(
            "log: [", "log: [{date: 2025-07, text: rond juli}, {date: 2025-06-07, text: Nog iets}, "
        ),
        encoding="utf-8",
    )
    done = fii("minutes", file, "--json")
    assert json.loads(done.out)["as_of"] == "2025-06-07"
    assert parts(done)["noted"][0]["what"] == "Nog iets"


def test_minutes_of_a_day_to_come_are_refused(fii: Fii, file: str) -> None:
    done = fii("minutes", file, "--on", "2999-01-01")
    assert done.code == 2
    assert "in the future" in done.err


@pytest.mark.parametrize("command", ["agenda", "minutes"])
def test_the_file_stays_as_it_is_and_the_same_input_gives_the_same_bytes(
    fii: Fii, file: str, command: str
) -> None:
    before = Path(file).read_bytes()
    for form in ("html", "md", "docx"):
        words = (command, file, "--as-of", "2025-06-03", "--format", form)
        assert fii(*words).code == 0
        made = Path(f"a.{command}.{form}")
        first = made.read_bytes()
        made.unlink()
        assert fii(*words).out == f"{made}\n"
        assert made.read_bytes() == first
        assert made_as(first) is not None
    assert Path(file).read_bytes() == before


@pytest.mark.parametrize("audience", ["team", "steering", "client", "public"])
@pytest.mark.parametrize("command", ["agenda", "minutes"])
def test_an_edition_has_only_what_its_audience_may_see(
    fii: Fii, file: str, command: str, audience: str
) -> None:
    words = (command, file, "--as-of", "2025-06-03", "--audience", audience)
    page = fii(*words, "--format", "html", "--output", "-").out + fii(*words).out + fii(*words, "--json").out
    assert "Jo Voorbeeld" not in page
    assert ("beslist over geld" in page or "wil uren vrijmaken" in page) == (audience == "team")
    assert ("over geld beslist de directie" in page) == (audience in ("team", "steering"))
    assert ("uren inroosteren" in page) == (audience != "public")
    ids = [row["id"] for rows in parts(fii(*words, "--json")).values() for row in rows if row["id"]]
    assert bool(ids) == (audience in ("team", "steering"))
    found = parts(fii(*words, "--json"))
    assert ("silent" in found or "contacts" in found) == (audience == "team")
    assert ("lights" in found or "rated" in found) == (audience != "public")


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize("wanted", ["html", "md", "docx", "text", "json"])
@pytest.mark.parametrize(("command", "on"), [("agenda", DAY), ("minutes", "2024-05-01")])
def test_no_form_tells_who_is_hidden(
    fii: Fii, here: Path, command: str, on: str, wanted: str, audience: str
) -> None:
    Path("a.yaml").write_text(HIDDEN, encoding="utf-8")
    how = ["--json"] if wanted == "json" else ["--format", wanted]
    if wanted in ("html", "md", "docx"):
        how += ["--output", f"r.{wanted}"]
    done = fii(command, "a.yaml", "--audience", audience, "--as-of", on, *how)
    assert done.code == 0, done.err
    told = done.out + done.err + "".join(all_text(made) for made in Path().glob("r.*"))
    assert met(told.lower()) == []


def test_a_linter_of_markdown_has_nothing_to_say(fii: Fii, file: str) -> None:
    linter = node_module("markdownlint-cli2/markdownlint-cli2-bin.mjs")
    action = '{id: a, what: "# kop\\n- [ ] | <b>taak</b> $x$ @iemand", since: 2025-01-01, due: 2025-01-02}'
    text = f"{NASTY}actions: [{action}]\n"
    Path("lastig.yaml").write_text(text, encoding="utf-8")
    for name, yaml in examples().items():
        Path(f"{name}.yaml").write_text(yaml, encoding="utf-8")
    every = sorted(Path().glob("*.yaml"))
    for each in every:
        for command in ("agenda", "minutes"):
            assert fii(command, each, "--as-of", "2025-01-01", "--format", "md").code == 0
    done = subprocess.run([program("node"), linter, "*.md"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Linting: {2 * len(every)} file(s)" in done.stdout
    assert "<b>" not in Path("lastig.agenda.md").read_text(encoding="utf-8")


def test_personal_data_keep_an_outer_edition_back(fii: Fii, file: str) -> None:
    Path(file).write_text(MEETING.replace("een gezin minder", "bel 06-12345678"), encoding="utf-8")
    for command in ("agenda", "minutes"):
        done = fii(command, file, "--audience", "client", "--as-of", "2025-06-03")
        assert done.code == 1
        assert "no external edition" in done.err
        assert "06-12345678" not in done.out


def test_a_page_with_edits_and_a_word_file_are_not_overwritten(fii: Fii, file: str) -> None:
    words = ("agenda", file, "--as-of", DAY, "--format")
    assert fii(*words, "md").code == fii(*words, "docx").code == 0
    assert fii(*words, "md").code == 0  # as fii made it
    page = Path("a.agenda.md")
    page.write_text(page.read_text(encoding="utf-8") + "\nopen laten\n", encoding="utf-8")
    for form in ("md", "docx"):
        done = fii(*words, form)
        assert done.code == 2
        assert "--force" in done.err
    assert "open laten" in page.read_text(encoding="utf-8")
    assert fii(*words, "md", "--force").code == 0
    assert "open laten" not in page.read_text(encoding="utf-8")


def test_a_page_of_another_kind_is_not_overwritten(fii: Fii, file: str) -> None:
    assert fii("report", file, "--as-of", DAY, "--output", "x.html").code == 0
    assert fii("agenda", file, "--as-of", DAY, "--output", "y.html").code == 0
    for words in (("agenda", file, "--output", "x.html"), ("minutes", file, "--output", "y.html")):
        done = fii(*words, "--as-of", "2025-06-03", "--force")
        assert done.code == 2
        assert "not overwritten" in done.err
    assert fii("report", file, "--as-of", DAY, "--output", "y.html").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "text", "--output", "x.txt"),
        ("--json", "--format", "md"),
        ("--json", "--output", "x.html"),
        ("--audience", "team", "--output", "x.client.html"),
        ("--format", "pdf"),
    ],
)
def test_what_cannot_go_together_is_refused(fii: Fii, file: str, words: tuple[str, ...]) -> None:
    done = fii("agenda", file, "--as-of", DAY, *words)
    assert done.code == 2
    assert len(list(Path().iterdir())) == 1


def test_word_has_the_lights_the_boxes_and_room_to_write(fii: Fii, file: str) -> None:
    docx = pytest.importorskip("docx")
    assert fii("agenda", file, "--as-of", DAY, "--format", "docx").code == 0
    raw = Path("a.agenda.docx").read_bytes()
    document = docx.Document(BytesIO(raw))
    heads = [each.text for each in document.paragraphs if each.style.name == "Heading 2"]
    assert len(heads) == 7
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "☐ ■ rood  ☐ ▲ oranje  ☐ ● groen" in [cell.replace("\u00a0", " ").strip() for cell in cells]
    assert len(document.tables[-1].rows) == 6
    assert "Jo Voorbeeld" not in "".join(cells)
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        assert {part.date_time[0] for part in packed.infolist()} == {2000}


@pytest.mark.parametrize("width", [40, 80])
def test_the_terminal_breaks_no_word(
    fii: Fii, file: str, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for command in ("agenda", "minutes"):
        text = fii(command, file, "--as-of", "2025-06-03").out
        assert max(map(len, text.splitlines())) <= width
        words = set(re.findall(r"[a-z]{6,}", fii(command, file, "--as-of", "2025-06-03").out))
        monkeypatch.setenv("COLUMNS", "120")
        assert words <= set(re.findall(r"[a-z]{6,}", fii(command, file, "--as-of", "2025-06-03").out))
        monkeypatch.setenv("COLUMNS", str(width))


def test_one_commit_gives_one_agenda_whatever_the_day(fii: Fii, file: str) -> None:
    committed("2025-06-04")
    assert fii("agenda", file, "--format", "html").code == 0
    made = made_as(Path("a.agenda.html").read_bytes())
    assert made is not None
    assert (made.kind, made.day.isoformat(), made.day_from) == ("agenda", "2025-06-04", "commit")


@pytest.mark.parametrize("name", ["thuis-leren-verzonnen", "samen-leren"])
def test_the_agenda_in_word_is_one_page(fii: Fii, here: Path, name: str) -> None:
    Path("a.yaml").write_text(examples()[name], encoding="utf-8")
    assert fii("agenda", "a.yaml", "--as-of", DAY, "--output", "a.docx").code == 0
    words = ["--headless", "--convert-to", "pdf", f"-env:UserInstallation={(here / 'office').as_uri()}"]
    subprocess.run([program("soffice"), *words, "a.docx"], check=True, capture_output=True, timeout=120)
    assert len(re.findall(rb"/Type\s*/Page\b", Path("a.pdf").read_bytes())) == 1


# --- as a browser shows it ----------------------------------------------------------------------------------

AXE = (
    "axe.run(document, {rules: {'target-size': {enabled: true}, 'color-contrast-enhanced': {enabled: true}}})"
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", sorted(examples()))
def test_the_agenda_of_every_example_is_one_page_of_paper_in_two_fonts(
    fii: Fii, here: Path, chromium: Browser, name: str, language: str
) -> None:
    text = re.sub(r"^language: ..$", f"language: {language}", examples()[name], flags=re.MULTILINE)
    Path("a.yaml").write_text(text, encoding="utf-8")
    assert fii("agenda", "a.yaml", "--as-of", DAY, "--output", "a.html").code == 0
    page = chromium.new_context(bypass_csp=True).new_page()
    page.goto((here / "a.html").as_uri())
    for font in ("DejaVu Sans", "Liberation Sans Narrow"):
        page.add_style_tag(content=f"body.meeting {{ font-family: '{font}' }}")
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, font
    page.context.close()


@pytest.mark.parametrize("command", ["agenda", "minutes"])
@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1000), ("dark", 1000), ("light", 320), ("dark", 390)]
)
def test_everybody_can_read_the_page(
    fii: Fii, file: str, here: Path, chromium: Browser, command: str, scheme: Any, width: int
) -> None:
    axe = node_module("axe-core/axe.min.js").read_text(encoding="utf-8")
    assert fii(command, file, "--as-of", "2025-06-03", "--output", "a.html").code == 0
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url))
    page.goto((here / "a.html").as_uri())
    page.evaluate(axe)
    found = page.evaluate(AXE)["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found] == []
    assert said == [(here / "a.html").as_uri()]
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    context.close()


def test_the_security_policy_lets_the_style_of_the_page_in(
    fii: Fii, file: str, here: Path, chromium: Browser
) -> None:
    assert fii("agenda", file, "--as-of", DAY, "--output", "a.html").code == 0
    page, said = chromium.new_context().new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto((here / "a.html").as_uri())
    assert said == []
    assert page.evaluate("getComputedStyle(document.querySelector('section')).display") == "grid"
    page.context.close()


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.rtf"])
def test_a_name_that_ends_in_no_form_is_refused(fii: Fii, file: str, name: str) -> None:
    for command in ("agenda", "minutes"):
        done = fii(command, file, "-o", name)
        assert (done.code, f"no page ends in {Path(name).suffix}" in done.err) == (2, True)
    assert fii("questionnaire", "midi", "-o", name).code == 2
    assert not Path(name).exists()
