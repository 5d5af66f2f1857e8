"""A form for one side: what it asks, that it is recognised, and how it is filled in, saved and printed."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Download, Page, sync_playwright

from conftest import Fii
from fii_cli.handbook.load import handbook
from fii_cli.language import CODES, Code
from fii_cli.resources import examples, language, template
from fii_cli.survey.form import Form, form_of, version_of
from fii_cli.words import STOPLICHT
from helpers import HEAD
from outside import browser, node_module

BOOK = handbook()
ASKED = [each.id for each in BOOK.instruments]
MIDI = ("questionnaire", "midi", "--name", "Thuis Leren", "--perspective", "receiving")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
EVERY_RULE = "axe.run({runOnly: {type: 'rule', values: axe.getRules().map(rule => rule.ruleId)}})"


@pytest.fixture(autouse=True)
def _elsewhere(here: Path) -> None:
    Path("in").mkdir()


def form(instrument: str, code: Code = "en", name: str = "Thuis Leren") -> Form:
    return form_of(BOOK.instrument(instrument), BOOK, language(code), "receiving", name, "")


def made(fii: Fii, *words: str, lang: str = "en") -> str:
    done = fii(*words, "--output", "form.html", lang=lang)
    assert done.code == 0, done.err
    return Path("form.html").read_text(encoding="utf-8")


# --- what a form asks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("instrument", ASKED)
def test_every_question_names_the_innovation(instrument: str, code: Code) -> None:
    asked = form(instrument, code)
    items = BOOK.instrument(instrument).items
    assert [question.id for question in asked.questions] == [item.id for item in items]
    for question in asked.questions:
        assert "Thuis Leren" in question.about + question.text
        assert len(question.choices) >= 2
        words = [question.text, *(choice.name for choice in question.choices)]
        assert not re.search(r"\b(the|de) innovati(on|e)\b", " ".join(words), re.I) or not (
            BOOK.instrument(instrument).items[0].statement
        )


@pytest.mark.parametrize("name", [r"\1 \g<0>", "A & B <i>", "Ȧ" * 120])
def test_a_name_is_text_and_nothing_else(fii: Fii, name: str) -> None:
    page = made(fii, "questionnaire", "midi", "--name", name, "--perspective", "both")
    assert name in unescape(page)
    assert "<i>" not in page


def test_a_form_is_for_one_side_and_has_the_meanings_at_hand(fii: Fii) -> None:
    page = made(fii, "questionnaire", "quickscan", "--name", "Thuis Leren", "--perspective", "receiving")
    assert "You answer for: <strong>receiving organisation</strong>" in page
    assert 'data-perspective="receiving"' in page
    assert page.count("<details>") == 18  # folded, one for each question
    assert "Users mention no advantage, even when pressed." in page
    assert "<dt>yes</dt>" in page  # the answer, not its id in Dutch


def test_the_name_is_that_of_the_trajectory_unless_another_is_given(fii: Fii) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    side = ("--perspective", "receiving")
    page = made(fii, "questionnaire", "midi", *side)
    assert 'data-trajectory="Proef" data-name="Proef"' in page
    assert "1. What Proef says" not in page
    assert "What Proef says agrees with what is known." in page
    Path("form.html").unlink()
    page = made(fii, "questionnaire", "midi", *side, "--for", "a", "--name", "Thuis Leren")
    assert 'data-trajectory="Proef" data-name="Thuis Leren"' in page


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("midi", "-o", "x.html", "--name", "X"), "no side given: one form is for one side"),
        (
            ("midi", "-o", "x.html", "--perspective", "giving"),
            "a form names the innovation in every question",
        ),
        (("midi", "-o", "x.html", "--perspective", "neighbour", "--name", "X"), "invalid value neighbour"),
        (("midi", "-o", "x.csv", "--perspective", "giving"), "--perspective is for a form of one side"),
        (("midi", "-o", "x.md", "--name", "X"), "--name is for a form of one side"),
        (("midi", "--format", "docx", "--name", "X", "--perspective", "both"), "cannot be printed as text"),
        (("stoplicht", "-o", "x.html", "--name", "X"), "a team agrees on the"),
        (("midi", "-o", "x.html", "--for", "nergens.yaml", "--perspective", "both"), "no such file"),
        (("midi", "-o", "x.html", "--name", "x" * 121, "--perspective", "both"), "more than 120 characters"),
        (("midi", "-o", "x.html", "--name", "bel 06-12345678", "--perspective", "both"), "personal data"),
    ],
)
def test_what_makes_no_form_is_refused(fii: Fii, words: tuple[str, ...], message: str) -> None:
    done = fii("questionnaire", *words)
    assert done.code == 2
    assert message in done.err
    assert sorted(path.name for path in Path().iterdir()) == ["in"]


def test_a_version_changes_with_any_word_and_not_with_the_language() -> None:
    midi = BOOK.instrument("midi")
    assert form("midi", "nl").version == form("midi", "en").version == version_of(midi)
    scale = midi.scale
    assert scale is not None
    value = scale.values[0]
    other = value.model_copy(update={"name": value.name.model_copy(update={"nl": "nooit"})})
    reworded = scale.model_copy(update={"values": (other, *scale.values[1:])})
    assert version_of(midi.model_copy(update={"scale": reworded})) != version_of(midi)
    assert version_of(BOOK.instrument("quickscan")) != version_of(midi)


# --- the page as a file -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_the_same_form_has_the_same_bytes_and_only_an_untouched_one_is_overwritten(
    fii: Fii, ending: str
) -> None:
    words = (*MIDI, "--output", f"form.{ending}")
    assert fii(*words).code == 0
    path = Path(f"form.{ending}")
    first = path.read_bytes()
    assert fii(*words).code == 2
    assert fii(*words, "--force").code == 0
    assert path.read_bytes() == first
    if ending == "html":
        path.write_bytes(first.replace(b"Thuis Leren", b"Uit Leren", 1))
    else:
        import docx

        document = docx.Document(str(path))
        document.add_paragraph("van mij")
        document.save(str(path))
    touched = path.read_bytes()
    done = fii(*words, "--force")
    assert done.code == 2
    assert "this is not an empty form of fii" in done.err
    assert path.read_bytes() == touched


def test_the_policy_allows_the_script_as_shipped_and_no_other(fii: Fii) -> None:
    page = made(fii, *MIDI)
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert len(policy) == 1
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert scripts == [template("questionnaire.js").strip()]
    assert page.count("<script") == 1
    named = b64encode(sha256(scripts[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{named}';" in policy[0]
    assert policy[0].startswith("default-src 'none'; ")
    for word in ("unsafe", "http", "connect", "*"):
        assert word not in policy[0]
    assert not re.search(r'\son\w+="|\sstyle="|javascript:', page)
    script = scripts[0]
    for word in ("fetch", "XMLHttp", "Beacon", "Storage", "cookie", "indexedDB", "innerHTML", "eval", "Date"):
        assert word not in script


def test_a_house_has_its_colours_and_logo_on_a_form(fii: Fii) -> None:
    Path("logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8"
    )
    Path("fii.toml").write_text('[style]\naccent = "#7a1f5c"\nlogo = "logo.svg"\n', encoding="utf-8")
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    page = made(fii, "questionnaire", "midi", "--perspective", "both")
    assert "--accent: #7a1f5c" in page
    assert "img-src data:" in page


@pytest.mark.parametrize("code", CODES)
def test_word_asks_the_same(fii: Fii, code: Code) -> None:
    import docx

    assert fii(*MIDI, "--output", "form.docx", lang=code).code == 0
    document = docx.Document("form.docx")
    shown = "\n".join(each.text for each in document.paragraphs)
    for question in form("midi", code).questions:
        assert question.text in shown
    assert shown.replace("\u00a0", " ").count(form("midi", code).questions[0].choices[0].name) == 24
    assert document.part.blob.count(b"w14:checkbox>") == 2 * sum(
        len(each.choices) for each in form("midi", code).questions
    )
    properties = document.core_properties
    assert (properties.author, properties.title, properties.language) == ("", "Thuis Leren", code)
    assert properties.created.year == 2000


def test_the_checklist_is_printed_in_word_too(fii: Fii) -> None:
    assert fii("questionnaire", STOPLICHT, "--name", "Thuis Leren", "--output", "s.docx").code == 0


def test_a_page_that_did_not_come_back_is_named(fii: Fii) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    made(fii, *MIDI)
    done = fii("import", "a.yaml", ".")
    assert done.code == 2
    assert (
        "form.html: skipped: this is the page itself; the answers are in the file that it saves" in done.err
    )


# --- in a browser -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()


class Shown:
    """A page in a browser, with what it asked for and what it complained of."""

    def __init__(self, chromium: Browser, width: int = 1000, **settings: Any) -> None:
        self.context = chromium.new_context(viewport={"width": width, "height": 900}, **settings)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.goto(Path("form.html").absolute().as_uri())

    def answer(self, value: int = 0, *, but: int = 0) -> None:
        """Choose the same answer to every question but the last ones."""
        questions = self.page.locator("fieldset")
        for at in range(questions.count() - but):
            questions.nth(at).locator("input").nth(value).check()

    def saved(self, button: str = "#save") -> Download:
        with self.page.expect_download() as download:
            self.page.click(button)
        return download.value

    def close(self) -> None:
        assert self.messages == []
        assert [each for each in self.requests if not each.startswith("blob:")] == self.requests[:1]
        self.context.close()


@pytest.mark.parametrize("lang", CODES)
def test_a_form_is_filled_in_saved_and_imported(chromium: Browser, fii: Fii, lang: str) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    made(fii, "questionnaire", "aim-iam-fim", "--perspective", "receiving", lang=lang)
    names = set()
    for at in range(5):
        shown = Shown(chromium)
        shown.answer(at % 2)
        file = shown.saved()
        file.save_as(f"in/{file.suggested_filename}")
        names.add(file.suggested_filename)
        assert file.suggested_filename in (shown.page.text_content("#said") or "")
        shown.close()
    assert len(names) == 5
    start = {
        "nl": "antwoorden-proef-aim-iam-fim-ontvangende-organisatie-",
        "en": "answers-proef-aim-iam-fim-",
    }
    assert all(re.fullmatch(rf"{start[lang]}.*[0-9a-f]{{6}}\.json", name) for name in names)
    done = fii("import", "a.yaml", "in", "--date", "2025-02-01")
    assert done.code == 0, done.err
    text = Path("a.yaml").read_text(encoding="utf-8")
    assert "    perspective: receiving\n    responses: 5\n" in text
    assert "      prettig: {1: 3, 2: 2}\n" in text


def test_open_questions_are_named_before_saving(chromium: Browser, fii: Fii) -> None:
    made(fii, *MIDI)
    shown = Shown(chromium)
    page = shown.page
    page.click("#save")
    assert page.text_content("#said") == "Nothing to save yet: answer at least one question."
    shown.answer(but=2)
    assert page.text_content("#progress") == "27 of 29 questions answered"
    page.click("#save")
    assert page.evaluate("document.activeElement.id") == "open"
    assert page.locator("#left a").all_text_contents() == [
        "28 I regularly hear how the implementation is going.",
        "29 Thuis Leren complies with laws and regulations.",
    ]
    page.click("#left li:last-child a")
    assert page.evaluate("document.activeElement.closest('fieldset').dataset.item") == "29"
    told = shown.saved("#anyway")
    answers = told.path().read_text(encoding="utf-8")
    assert '"28"' not in answers
    assert '"27": "1"' in answers
    shown.close()


@pytest.mark.parametrize("width", [1000, 390])
def test_nothing_moves_when_an_answer_is_chosen(chromium: Browser, fii: Fii, width: int) -> None:
    made(fii, "questionnaire", "cfir-2022", *MIDI[2:])
    shown = Shown(chromium, width)
    height = "document.documentElement.scrollHeight"
    before = shown.page.evaluate(height)
    for at in range(7):
        shown.page.locator("fieldset").nth(at).locator("input").nth(at).check()
    assert shown.page.evaluate(height) == before
    shown.close()


def test_a_long_list_of_open_questions_is_shown_from_its_start(chromium: Browser, fii: Fii) -> None:
    made(fii, *MIDI)
    shown = Shown(chromium, width=390)
    shown.page.locator("fieldset").first.locator("input").first.check()
    shown.page.click("#save")
    box = shown.page.locator("#still-open").bounding_box()
    assert box
    assert 0 <= box["y"] < 200
    shown.close()


def test_an_answer_can_be_cleared(chromium: Browser, fii: Fii) -> None:
    made(fii, *MIDI)
    shown = Shown(chromium)
    first = shown.page.locator("fieldset").first
    assert not first.locator(".clear").is_visible()
    first.locator("input").first.check()
    first.locator(".clear").click()
    assert shown.page.text_content("#progress") == "0 of 29 questions answered"
    assert not first.locator(".clear").is_visible()
    shown.close()


def test_a_form_that_is_saved_again_counts_once_and_the_next_person_is_another(
    chromium: Browser, fii: Fii
) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    made(fii, "questionnaire", "aim-iam-fim", "--perspective", "both")
    shown = Shown(chromium)
    for at in range(5):
        shown.answer(at % 2)
        for _ in range(2):
            file = shown.saved()
            file.save_as(f"in/{file.suggested_filename}")
            shown.page.locator("fieldset").first.locator("input").nth(4).check()
        file = shown.saved()
        file.save_as(f"in/{file.suggested_filename}")
        shown.page.click("#next")
        assert shown.page.locator("input:checked").count() == 0
    shown.close()
    assert len(list(Path("in").iterdir())) == 15
    done = fii("import", "a.yaml", "in", "--date", "2025-02-01")
    assert done.code == 0, done.err
    assert "      prettig: {5: 5}\n" in Path("a.yaml").read_text(encoding="utf-8")
    assert " ".join(done.err.split()).count("saved again later, and the last one counts") == 10


def test_answers_that_are_not_saved_are_not_lost_by_accident(chromium: Browser, fii: Fii) -> None:
    made(fii, *MIDI)
    for is_saved in (False, True):
        shown = Shown(chromium)
        kinds = accepted(shown.page)
        shown.answer(but=0)
        if is_saved:
            shown.saved()
        shown.page.reload()
        assert kinds == ([] if is_saved else ["beforeunload"])
        assert shown.page.locator("input:checked").count() == 0
        assert shown.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
            0,
            0,
            "",
        ]
        shown.context.close()


def accepted(page: Page) -> list[str]:
    """Accept what the page asks, and return the kinds of those questions."""
    kinds: list[str] = []

    def accept(dialog: Dialog) -> None:
        kinds.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    return kinds


def test_without_its_script_the_page_can_be_printed(chromium: Browser, fii: Fii) -> None:
    """Switched off in the browser, or changed on the way, so that the policy blocks it."""
    made(fii, *MIDI)
    shown = Shown(chromium, java_script_enabled=False)
    _is_on_paper_only(shown.page)
    shown.close()
    path = Path("form.html")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"use strict";', '"use strict"; alert(1);'), "utf-8"
    )
    shown = Shown(chromium)
    _is_on_paper_only(shown.page)
    assert any("Content Security Policy" in each for each in shown.messages)
    shown.context.close()


def _is_on_paper_only(page: Page) -> None:
    assert page.is_visible("#by-hand")
    assert page.locator("button:visible").count() == 0
    assert not page.is_visible("#on-screen")


@pytest.mark.parametrize("instrument", ["midi", "quickscan", "cfir-2022"])
def test_a_form_prints_on_a4_with_the_meanings_open(chromium: Browser, fii: Fii, instrument: str) -> None:
    made(fii, "questionnaire", instrument, *MIDI[2:])
    shown = Shown(chromium, width=680)
    shown.answer(1, but=1)
    shown.page.emulate_media(media="print")
    wide = shown.page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right >"
        " document.documentElement.clientWidth + 1).map(e => e.outerHTML.slice(0, 80))"
    )
    assert wide == []
    assert shown.page.locator("button:visible").count() == 0
    for seen in shown.page.locator("fieldset dd").all():
        assert seen.bounding_box()
    assert shown.page.is_visible("text=Is there something you would like to add?")
    assert shown.page.locator(".line:visible").count() == 3
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", shown.page.pdf(prefer_css_page_size=True))
    assert sizes
    assert {(round(float(wide)), round(float(high))) for wide, high in sizes} == {(595, 842)}
    assert not shown.page.is_visible("text=This page works without a network")
    shown.context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1000), ("dark", 390), ("light", 320)])
@pytest.mark.parametrize("instrument", ["midi", "readiness"])
def test_everybody_can_fill_in_a_form(
    chromium: Browser, fii: Fii, instrument: str, scheme: Any, width: int
) -> None:
    made(fii, "questionnaire", instrument, *MIDI[2:], lang="nl")
    axe = node_module("axe-core/axe.min.js").read_text(encoding="utf-8")
    shown = Shown(chromium, width, color_scheme=scheme, bypass_csp=True)
    shown.page.evaluate(axe)
    for step in ("empty", "open", "saved"):
        if step == "open":
            shown.answer(but=1)
            shown.page.click("#save")
        elif step == "saved":
            shown.saved("#anyway")
        found = shown.page.evaluate(EVERY_RULE)["violations"]
        assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found] == [], step
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert shown.page.evaluate(wide) <= 0
    shown.close()


def test_the_keyboard_fills_in_a_form(chromium: Browser, fii: Fii) -> None:
    made(fii, "questionnaire", "aim-iam-fim", *MIDI[2:])
    shown = Shown(chromium)
    page = shown.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("fieldset input").first.focus()
    for _ in range(6):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")  # to the button that clears the answer
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "save"
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert '"prettig": "2"' in download.value.path().read_text(encoding="utf-8")
    shown.close()


def test_the_focus_is_never_behind_the_bar(chromium: Browser, fii: Fii) -> None:
    made(fii, *MIDI)
    shown = Shown(chromium, width=390)
    for at in range(29):
        shown.page.locator("fieldset").nth(at).locator("input").last.focus()
        behind = shown.page.evaluate(
            "document.activeElement.getBoundingClientRect().bottom"
            " > document.getElementById('bar').getBoundingClientRect().top"
        )
        assert not behind
    shown.close()


def test_an_example_can_be_asked_about(fii: Fii) -> None:
    Path("t.yaml").write_text(examples()["thuis-leren-verzonnen"], encoding="utf-8")
    page = made(fii, "questionnaire", "midi", "--name", "Thuis Leren", "--perspective", "receiving")
    assert 'data-trajectory="Thuis Leren naar Stichting Voorbeeld"' in page
