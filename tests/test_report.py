"""The report: what it shows, what it never shows, and that it gives the same bytes twice."""

from __future__ import annotations

import os
import re
import subprocess
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.handbook.load import handbook
from fii_cli.pages.render import render
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.resources import examples, language
from helpers import HEAD, edition, trajectory

VOID = {"meta", "br", "input", "link", "img", "hr"}


def page(text: str, format_: str = "html") -> str:
    told = trajectory(text)
    say = language(told.language)
    report = report_of(basis_of(edition(told), handbook()), say)
    return render(report, "md" if format_ == "md" else "html", say)


class Outline(HTMLParser):
    """The tags of a page, checked to be closed in order, with what matters to a reader."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(html: str) -> Outline:
    found = Outline()
    found.feed(html)
    assert found.open == []
    return found


@pytest.mark.parametrize("name", sorted(examples()))
def test_a_page_is_well_formed_and_fetches_nothing(name: str) -> None:
    html = page(examples()[name])
    found = outline(html)
    tags = [tag for tag, _ in found.tags]
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags)
    assert not any("style" in attributes or "src" in attributes for _, attributes in found.tags)
    works = handbook().references.values()
    sources = ("https://doi.org/10.", *(work.link for work in works if work.link))
    leads = ("#", *sources)  # within the page, or to a source for whoever clicks
    assert all(str(a["href"]).startswith(leads) for t, a in found.tags if t == "a")
    assert re.findall(r"url\((?!#)", html) == []  # a chart may point within the page
    assert "@import" not in html
    assert tags.count("h1") == tags.count("main") == 1


@pytest.mark.parametrize("name", sorted(examples()))
def test_a_page_can_be_read_by_everyone(name: str) -> None:
    found = outline(page(examples()[name]))
    ids = [a["id"] for _, a in found.tags if "id" in a]
    assert len(ids) == len(set(ids))
    for _, attributes in found.tags:
        for key in ("href", "aria-labelledby"):
            targets = (attributes.get(key) or "").removeprefix("https://doi.org/10.").split()
            assert {target.removeprefix("#") for target in targets if "/" not in target} <= {*ids}
    assert all(
        later - earlier <= 1 for earlier, later in zip(found.headings, found.headings[1:], strict=False)
    )
    tags = [tag for tag, _ in found.tags]
    assert tags.count("table") == tags.count("caption")
    assert all("scope" in attributes for tag, attributes in found.tags if tag == "th")


def test_the_security_policy_allows_this_style_and_nothing_else() -> None:
    html = page(HEAD)
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in html


def test_the_page_speaks_the_language_of_the_file() -> None:
    assert '<html lang="nl">' in page(HEAD)
    assert "In één oogopslag" in page(HEAD)
    english = page(HEAD.replace("language: nl", "language: en"))
    assert '<html lang="en">' in english
    assert "At a glance" in english
    assert "Innovating" in english


def test_people_are_named_by_role_and_never_by_name() -> None:
    text = examples()["thuis-leren-verzonnen"]
    assert "P. Verzonnen" in text
    for format_ in ("html", "md"):
        shown = page(text, format_)
        assert "P. Verzonnen" not in shown
        assert "projectleider" in shown


def test_ids_are_replaced_by_names() -> None:
    text = HEAD + (
        "organisations: [{id: org-x, name: Stichting Fictie}]\n"
        "people: [{id: pers-y, role: de projectleider, organisation: org-x}]\n"
        "borgen: {quality: {lead: pers-y}}\n"
        "verkennen: {agreements: [{organisation: org-x, added_value: veel}]}\n"
    )
    for format_ in ("html", "md"):
        assert "org-x" not in page(text, format_)
        assert "pers-y" not in page(text, format_)


def test_unrated_is_unknown_and_never_zero_percent() -> None:
    html = page(HEAD + "visits: [{phase: 2, via: entry}]\n")
    assert "%" not in html[html.index("</style>") :]
    assert "21 onbekend" in html


def test_user_text_is_text_in_html() -> None:
    html = page(HEAD.replace("Proef", "'<script>alert(1)</script> & \"x\"'"))
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;x&#34;" in html


def test_user_text_is_text_in_markdown() -> None:
    text = HEAD + 'log: [{date: 2025, text: "a | b\\n# kop *x* <b> [y](z) `c` _d_"}]\n'
    (line,) = [line for line in page(text, "md").splitlines() if "a \\|" in line]
    assert line == "| 2025 | a \\| b \\# kop \\*x\\* \\<b\\> \\[y\\](z) \\`c\\` \\_d\\_ | |"


def test_an_address_in_markdown_is_a_link_and_nothing_more() -> None:
    text = HEAD + "log: [{date: 2025, text: 'zie https://x.nl/a_b|c, of javascript:x'}]\n"
    assert "| 2025 | zie <https://x.nl/a_b%7Cc>, of javascript:x | |" in page(text, "md")


@pytest.mark.parametrize("name", sorted(examples()))
def test_markdown_is_tidy(name: str) -> None:
    text = page(examples()[name], "md")
    lines = text.splitlines()
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert all(line == line.rstrip() for line in lines)
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if line.startswith("#"):
            assert before == after == ""
        if line.startswith("|") and not before.startswith("|"):
            assert before == ""
        if line.startswith("|") and before.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == len(re.findall(r"(?<!\\)\|", before))


@pytest.fixture
def samen_leren(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("samen-leren.yaml")
    path.write_text(examples()["samen-leren"], encoding="utf-8")
    return path


def test_a_report_is_written_beside_its_trajectory_and_twice_the_same(fii: Fii, samen_leren: Path) -> None:
    done = fii("report", samen_leren, "--as-of", "2025-03-10")
    assert (done.code, done.out) == (0, "samen-leren.html\n")
    first = Path("samen-leren.html").read_bytes()
    assert fii("report", samen_leren, "--as-of", "2025-03-10").code == 0
    assert Path("samen-leren.html").read_bytes() == first
    assert sorted(os.listdir()) == ["samen-leren.html", "samen-leren.yaml"]


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("--format md", "samen-leren.md"),
        ("--output x.html", "x.html"),
        ("--output x.md", "x.md"),
        ("--output map/", "map/samen-leren.html"),
        ("--output map/ --format md", "map/samen-leren.md"),
    ],
)
def test_where_a_report_goes(fii: Fii, samen_leren: Path, words: str, written: str) -> None:
    assert fii("report", samen_leren, *words.split()).code == 0
    head = Path(written).read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("<!-- fii report" if written.endswith("md") else "<!doctype html>")


def test_several_reports_go_into_a_folder_and_never_over_each_other(fii: Fii, samen_leren: Path) -> None:
    Path("b").mkdir()
    Path("b/samen-leren.yaml").write_text(HEAD, encoding="utf-8")
    assert fii("report", samen_leren, "b/samen-leren.yaml", "--output", "uit").code == 2
    assert fii("report", samen_leren, "b/samen-leren.yaml").code == 0
    assert Path("b/samen-leren.html").is_file()


def test_a_file_that_is_no_report_is_never_overwritten(fii: Fii, samen_leren: Path) -> None:
    Path("samen-leren.md").write_text("# van mij\n", encoding="utf-8")
    done = fii("report", samen_leren, "--format", "md")
    assert done.code == 2
    assert "samen-leren.md: this is not a report made by fii" in done.err
    assert Path("samen-leren.md").read_text(encoding="utf-8") == "# van mij\n"


def test_one_file_that_cannot_be_opened_does_not_stop_the_others(fii: Fii, samen_leren: Path) -> None:
    done = fii("report", "weg.yaml", samen_leren)
    assert (done.code, done.out) == (2, "samen-leren.html\n")
    assert "weg.yaml: no such file or folder" in done.err


def test_a_dry_run_and_stdout_write_nothing(fii: Fii, samen_leren: Path) -> None:
    assert "would write samen-leren.html" in fii("report", samen_leren, "--dry-run").out
    assert fii("report", samen_leren, "--format", "md", "--output", "-").out.startswith("<!-- fii report")
    assert os.listdir() == ["samen-leren.yaml"]


def test_check_renders_again_with_the_day_that_stands_in_the_report(fii: Fii, samen_leren: Path) -> None:
    assert fii("report", samen_leren, "--check").code == 1  # not there yet
    fii("report", samen_leren, "--as-of", "2024-01-01")
    assert fii("report", samen_leren, "--check").code == 0
    samen_leren.write_text(
        samen_leren.read_text(encoding="utf-8").replace("snel", "langzaam"), encoding="utf-8"
    )
    samen_leren.write_text(
        samen_leren.read_text(encoding="utf-8") + "  - {date: 2016, text: x}\n", encoding="utf-8"
    )
    before = Path("samen-leren.html").read_bytes()
    done = fii("report", samen_leren, "--check")
    assert done.code == 1
    assert "samen-leren.html is out of date" in done.out
    assert Path("samen-leren.html").read_bytes() == before


def test_the_day_is_the_epoch_else_the_last_commit(
    fii: Fii, samen_leren: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    then = {
        **os.environ,
        "GIT_AUTHOR_DATE": "2024-05-06T12:00:00Z",
        "GIT_COMMITTER_DATE": "2024-05-06T12:00:00Z",
    }
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "x"], check=True, env=then)
    assert "<!-- fii report 2024-05-06 team commit, " in fii("report", samen_leren, "-o", "-").out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    assert "<!-- fii report 2025-01-01 team chosen, " in fii("report", samen_leren, "-o", "-").out
    assert (
        "<!-- fii report 2025-02-02 team chosen, "
        in fii("report", samen_leren, "-o", "-", "--as-of", "2025-02-02").out
    )


def test_nothing_is_built_on_a_file_with_errors(fii: Fii, samen_leren: Path) -> None:
    samen_leren.write_text(HEAD + "titel: x\n", encoding="utf-8")
    done = fii("report", samen_leren)
    assert (done.code, done.out, os.listdir()) == (1, "", ["samen-leren.yaml"])
    assert "FII010" in done.err


def test_advice_and_what_is_accepted_stand_in_the_report(fii: Fii, samen_leren: Path) -> None:
    samen_leren.write_text(
        HEAD
        + "organisations: [{id: a, name: A}]\nverkennen: {shortlist: [{organisation: a}]}\n"
        + "people: [{id: p, role: lid}]\nimplementeren: {team: {members: [{person: p}]}}\n"
        + "accepted: [{rule: FII211, reason: maar een partij, by: stuurgroep, until: 2025-12}]\n",
        encoding="utf-8",
    )
    shown = fii("report", samen_leren, "--format", "md", "-o", "-", "--as-of", "2025-03-01").out
    assert "| FII513 | dit implementatieteam heeft geen mandaat |" in shown
    assert "| FII211 | | maar een partij | stuurgroep | december 2025 |" in shown


# --- instruments and strategies -----------------------------------------------------------------------------

RATED = (
    HEAD
    + """\
people:
  - {id: projectleider, role: projectleider}
visits:
  - {phase: implementeren, entered: 2025-01, via: entry}
assessments:
  - instrument: cfir
    date: 2025-01-20
    perspective: giving
    ratings: {III.D.2: 1, I.A: X}
  - instrument: cfir
    date: 2025-01-21
    perspective: receiving
    ratings: {III.D.2: {value: -2, note: "<b>past</b> niet | echt"}}
  - instrument: midi
    date: 2025-01-22
    responses: 4
    counts: {17: {1: 4}}
actions:
  - id: kort
    what: kort op papier
    strategy: one-page-message
    answers: [cfir/III.D.2]
    owner: projectleider
    status: klaar
    result: {date: 2025-01-05, helped: nee}
log:
  - {date: 2025-01-10, text: gestart}
"""
)


def test_sides_stand_beside_each_other_with_sign_word_and_note() -> None:
    html = page(RATED)
    assert (
        '<td data-label="gevende organisatie" class="tone helps-1"><strong>+1 helpt enigszins</strong>'
        in html
    )
    assert (
        '<td data-label="ontvangende organisatie" class="tone hinders-2"><strong>−2 hindert sterk</strong>'
        in html
    )
    assert "&lt;b&gt;past&lt;/b&gt; niet | echt" in html
    assert "<strong>X gemengd</strong>" in html
    assert "Verschillen tussen kanten: III.D.2 Aansluiting." in html
    markdown = page(RATED, "md")
    assert (
        r"| III.D.2 Aansluiting | +1 helpt enigszins (20 januari 2025) | −2 hindert sterk (21 januari 2025)<br>"
        in markdown
    )
    assert r"\<b\>past\</b\> niet \| echt" in markdown


def test_a_small_group_is_not_shown() -> None:
    html = page(RATED)
    assert "minder dan 5 antwoorden: niet getoond" in html
    shown = html.split('id="instruments"')[1].split('id="strategies"')[0]
    assert re.search(r">[^<]*100[^<]*<", shown) is None  # 100% of a few people would tell what each answered


def test_what_hinders_names_what_was_done_and_what_could_help_its_ground() -> None:
    html = page(RATED)
    assert "actie klaar: kort op papier; beoordeel het opnieuw" in html
    assert "gepubliceerd: niveau 2, 21% van de experts – Allen e.a. (2023), tabel 3" in html
    assert "169 in totaal" in html
    assert "https://doi.org/10.1186/s43058-023-00500-9" in html
    assert "(strategie: De kern op één pagina)" in html


def test_the_log_tells_what_came_of_actions_in_the_order_of_days() -> None:
    log = page(RATED, "md").split("## Logboek")[1]
    assert log.index("kort op papier: hielp het? nee") < log.index("gestart")


def test_a_trajectory_at_rest_gets_no_advice_on_strategies() -> None:
    rest = "{phase: implementeren, entered: 2025-01, via: entry, decisions: [{date: 2025-02-01, decision: stop, by: x}]}"
    html = page(RATED.replace("{phase: implementeren, entered: 2025-01, via: entry}", rest))
    assert "Wat kan helpen" not in html
    assert "Wat nu hindert" in html


def test_a_date_stays_on_one_line_and_text_stays_text() -> None:
    text = (
        HEAD
        + "visits: [{phase: 1, decisions: [{date: 2025-01-02, decision: door, reason: <b>maart 2025</b>}]}]\n"
    )
    html = page(text)
    assert '<time datetime="2025-01-02">2 januari 2025</time>: door' in html
    assert '&lt;b&gt;<time datetime="2025-03">maart 2025</time>&lt;/b&gt;' in html


def test_a_title_in_another_language_says_so() -> None:
    html = page(examples()["thuis-leren-verzonnen"])
    assert '<cite lang="en">Fostering implementation' in html
    assert "<cite>Hoe implementeer en borg je" in html
