"""Markdown reports and portfolios as forges and linters read them."""

from __future__ import annotations

import html
import random
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from conftest import Fii
from fii_cli.plain_markdown import plain
from fii_cli.report import EDITIONS
from fii_cli.resources import EXAMPLES, examples
from fii_cli.visible import visible
from helpers import HEAD
from outside import node_module, program

NASTY = """\
fii: 1
title: "# Niet. een *kop*: | pijp `code` <b>vet</b> http://example.org."
language: nl
entry: {commission: gevraagd, origin: "1. geen lijst\\n- ook niet\\n\\n# kop\\n\\n> citaat"}
summary: "+ plus\\n\\ttab  \\n    vier spaties"
log: [{date: 2025-01-01, text: "- [ ] taak | <br> $x$ ![plaatje](x.png) [[wiki]] @iemand #12"}]
borgen: {indicators: [{id: a, what: "## kop met punt.", measurements: [{date: 2025, value: 1.5}]}]}
"""


def test_a_linter_of_markdown_has_nothing_to_say(fii: Fii, here: Path) -> None:
    linter = node_module("markdownlint-cli2/markdownlint-cli2-bin.mjs")
    Path("lastig.yaml").write_text(NASTY, encoding="utf-8")
    files = [*(f"{EXAMPLES}/{name}.yaml" for name in examples()), "lastig.yaml"]
    for edition in EDITIONS:
        assert fii("report", *files, "--format", "md", "--audience", edition, "--output", "md/").code == 0
    fii("portfolio", str(EXAMPLES), "--format", "md", "--output", "md/portfolio/")
    done = subprocess.run(
        [program("node"), linter, "md/**/*.md"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Linting: {4 * len(files) + 1 + len(examples())} file(s)" in done.stdout


@pytest.mark.parametrize("edition", ["team", "public"])
def test_text_of_people_stays_text(fii: Fii, here: Path, edition: str) -> None:
    Path("lastig.yaml").write_text(NASTY, encoding="utf-8")
    page = fii("report", "lastig.yaml", "--format", "md", "--audience", edition, "--output", "-").out
    heads = [line for line in page.splitlines() if line.startswith("#")]
    assert heads[0].startswith("# \\# Niet. een \\*kop\\*")
    assert [line for line in heads if line in ("# kop", "## kop met punt.")] == []
    assert "![plaatje]" not in page


# --- one text -----------------------------------------------------------------------------------------------

ORDINARY = (
    "Gewone tekst, met 20% (n = 5), R&D, 10:30:15 uur en 3-4 keer; zie 2a.cultuur: 'ja'!",
    "jan@example.org schreef: 'wat nu?' – 1. eerst dit, 2. dan dat / of niet",
    "zie <https://example.org/a?b=1&c=2#d>"[4:].strip("<>"),
    "www.example.org is een adres",
    "café, naïef, 100 % en €5",
)
READ_BY_FORGES = {
    "/merge": r"^\s*/\w",
    "  /close": r"^\s*/\w",
    "@all, kijk": r"(?<![A-Za-z0-9_])@\w",
    "é@all (@org/team)": r"(?<![A-Za-z0-9_])@\w",
    "fixes #12, user/repo#12": r"#\d",
    "!12": r"!\d",
    "&12": r"&\d",
    '~label, ~"een label"': r'~["\w]',
    "%milestone": r"%\w",
    "$12": r"\$\d",
    "GH-12 en gl-3": r"(?i)g[hl]-\d",
    "user/repo@3f2c1a9": r"@\w",
    ":tada: en :+1:": r":[\w+-]+:",
    "[[wiki]]": r"\[\[",
    "[vulnerability:12]": r"\[\w+:",
    "[TOC]": r"\[TOC",
    "{+ erbij +} [- eraf -]": r"[{\[][+-]",
    "file:///etc/passwd en ftp://x": r"\w://",
}
"""What a forge would find in a rendered text, and the pattern by which it would."""
STRUCTURE = (
    *("# kop", "- lijst", "+ lijst", "* lijst", "1. lijst", "2) lijst", "123456789. lijst", "> citaat"),
    *("===", "---", "- - -", "***", "___", "```", "~~~", "    code", "| a | b |", "| --- |", ": uitleg"),
    *("[^1]", "[^1]: noot", "[a]: http://x", "- [x] taak", "[x]", "<!-- weg -->", "<b>vet</b>", "<script>"),
    *("&lt;", "&#x3c;", "&#60;", "&copy;", "&amp;lt;", "*kop* _schuin_ **vet** __vet__ ~~weg~~ `code`"),
    *("[tekst](javascript:alert(1))", "![beeld](x.png)", "<javascript:alert(1)>", "[a][b]", "\\*", "a\\"),
    *(
        "$x$ en $$y$$",
        "$`z`$",
        "http://a.nl/x)y|`\"' <b>",
        "https://a.nl/%zz&copy; https://b.nl/é>x",
        "---\ntitle: x",
    ),
    *("\x1b[31m", "a\u202eb\u2066", "caf\udce9", "::error::x", "##[group]", ":::note", "{{ x }} {% y %}"),
)


def rendered(markdown: str) -> str:
    """A line of Markdown as a browser gets it."""
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))


def seen(page: str) -> str:
    """What somebody reads on a page."""
    return html.unescape(re.sub(r"<[^>]*>", "", page)).replace("\u200b", "").strip()


def as_read(text: str) -> str:
    """What somebody is to read of a text; an address may stand there with its signs encoded."""
    return unquote(visible(" ".join(text.split())), errors="surrogateescape")


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_stays_as_it_is_letter_by_letter(text: str) -> None:
    assert plain(text).replace("<http", "http").replace("#d>", "#d") == text


@pytest.mark.parametrize(("text", "pattern"), READ_BY_FORGES.items())
def test_a_forge_finds_nothing_in_what_is_rendered(text: str, pattern: str) -> None:
    assert re.search(pattern, text)
    page = rendered(plain(text))
    assert not any(re.search(pattern, html.unescape(part)) for part in re.split(r"<[^>]*>", page)) or (
        text.lstrip().startswith("/") and plain(text).startswith("\\/")
    )
    assert seen(page) == text.strip()


@pytest.mark.parametrize("text", [*STRUCTURE, *ORDINARY, *READ_BY_FORGES])
def test_text_reads_as_it_was_written_and_is_nothing_else(text: str) -> None:
    page = rendered(plain(text))
    assert page.startswith("<p>")
    assert set(re.findall(r"</?(\w+)", page)) <= {"p", "a", "span"}
    assert unquote(seen(page), errors="surrogateescape") == as_read(text)
    for target in re.findall(r'href="([^"]*)"', page):
        assert re.fullmatch(r"https?://[A-Za-z0-9/:?#@!&*+,=~%._;-]*", target)
    row = rendered(f"| a | b |\n| --- | --- |\n| {plain(text)} | c |\n")
    assert row.count("<td>") == 2


def test_any_mixture_of_these_does() -> None:
    chance = random.Random(7)
    pieces = [
        *STRUCTURE,
        *ORDINARY,
        *READ_BY_FORGES,
        "\n",
        "  ",
        "\t",
        "[",
        "](",
        "<",
        "&",
        "#",
        "$",
        "@",
        ":",
        "|",
    ]
    for _ in range(400):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 6)))
        page = rendered(plain(text))
        if not text.strip():
            continue
        assert page.startswith("<p>"), text
        assert set(re.findall(r"</?(\w+)", page)) <= {"p", "a", "span"}, text
        assert not re.findall(r'href="(?!https?://)', page), text
        assert unquote(seen(page), errors="surrogateescape") == as_read(text), text
        assert not re.search(r"(?<![A-Za-z0-9_])@\w|#\d|(?m:^/\w)", re.sub(r"<a.*?</a>", "", page)), text


def test_dollars_are_no_formula_and_entities_no_signs() -> None:
    assert plain("$x$") == r"<span>\$</span>x<span>\$</span>"
    assert plain("&lt; &#60;") == r"\&lt; &\#&#8203;60;"


# --- whole pages --------------------------------------------------------------------------------------------

STEERING = "a @all :tada: #12 $x$ &lt; <b> [l](javascript:x) \\n/merge\\n::stop-commands::x \u202e ##[group]"
OWN = f"""\
id: eigen
name: "{STEERING}"
scale:
  values: [{{id: "@all", name: "{STEERING}", help: x, hinders: 2}}, {{id: "-1", name: x, help: x}}]
groups:
  - {{id: g, name: "{STEERING}", items: [{{id: i, name: "{STEERING}", meaning: "{STEERING}"}}]}}
"""


def test_own_instruments_settings_and_names_are_text_on_every_page(fii: Fii, here: Path) -> None:
    Path(".fii/instruments").mkdir(parents=True)
    Path(".fii/instruments/eigen.yaml").write_text(OWN, encoding="utf-8")
    style = f'[style]\norganisation = "{STEERING}"\nfooter = "{STEERING}"\n'
    Path("fii.toml").write_text(style, encoding="utf-8")
    rated = 'assessments: [{instrument: eigen, date: 2025-02-01, ratings: {i: "@all"}}]\n'
    Path("x) @all.yaml").write_text(HEAD.replace("Proef", f'"{STEERING}"') + rated, encoding="utf-8")
    commands = (
        ("check", "--format", "markdown"),
        ("questionnaire", "eigen"),
        ("portfolio", "--format", "md"),
        ("report", "x) @all.yaml", "--format", "md", "--output", "-"),
    )
    pages = [fii(*words).out for words in commands]
    assert fii("portfolio", ".", "--format", "md", "--output", "site").code == 0
    pages += [path.read_text("utf-8") for path in sorted(Path("site").iterdir())]
    assert "](x%29%20%40all.md)" in pages[4]
    assert sum("stop-commands" in page for page in pages) >= 5
    for page in pages:
        shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(page)
        found = r"(?<![A-Za-z0-9_])@all|#12|<b>|:tada:|^\s*(?:/merge|::)|\u202e|javascript:\w*\""
        assert not re.search(found, shown, re.MULTILINE), page


def test_a_page_of_a_portfolio_is_led_to_by_its_name_and_never_run(fii: Fii, here: Path) -> None:
    for name in ("javascript:alert(1)", "a b#c?d", "caf\udce9"):
        Path(f"{name}.yaml").write_text(HEAD, encoding="utf-8")
    assert fii("portfolio", ".", "--output", "site").code == 0
    links = re.findall(r'href="([^"#][^"]*)"', Path("site/index.html").read_text("utf-8"))
    assert sorted(links) == ["a%20b%23c%3Fd.html", "caf%E9.html", "javascript%3Aalert%281%29.html"]
    assert all((Path("site") / unquote(link, errors="surrogateescape")).exists() for link in links)
