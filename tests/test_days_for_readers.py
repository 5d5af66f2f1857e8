"""Readers of a page read *2 November 2026*; files, programs and the terminal keep ISO dates."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.language import CODES, Code
from fii_cli.resources import language
from fii_cli.trajectory.dates import suggest_date
from helpers import EN, NL, all_text
from outside import writer_of

ISO = re.compile(r"(?<![\w./-])[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![\w-])")
EACH_DAY = (
    "fii: 1\ntitle: Elke dag\nlanguage: nl\nentry: {commission: gevraagd, date: 2024-03}\n"
    "organisations: [{id: x, name: X, roles: [receiving]}]\n"
    "people: [{id: p, role: lid}]\n"
    "visits: [{phase: 2, entered: 2024-03-05, via: entry, decisions: [{date: 2024-04, decision: pauze}]}]\n"
    "verkennen: {ownership: {roadmap: [{id: t, what: draaiboek, due: 2024-05-01, done: 2024-05}]}}\n"
    "versterken: {key_people: [{person: p, contacts: [{date: 2024-05-02, present: ja}]}]}\n"
    "implementeren: {cycles: [{id: c, plan: {date: 2024-06-03, text: oefenen}}]}\n"
    "borgen: {indicators: [{id: i, what: Bereik, measurements: [{date: 2024-06, value: 1}]}]}\n"
    "assessments:\n"
    "  - {instrument: stoplicht, date: 2024-07-01, ratings: {2a.cultuur: rood}}\n"
    "  - {instrument: stoplicht, date: 2024-07-22, ratings: {2a.cultuur: rood}}\n"
    "  - {instrument: cfir, date: 2024-08-01, ratings: {III.D.2: -2}}\n"
    "actions: [{id: a, what: bellen, since: 2024-08-02, due: 2024-08-09, status: klaar,"
    " result: {date: 2024-08-12, helped: ja}}]\n"
    "accepted: [{rule: FII211, reason: r, by: b, since: 2024-08-13, until: 2024-09}]\n"
    "log: [{date: 2024-08-14, text: gestart}]\n"
)
"""Every kind of date that a page shows."""


def shown_in(page: str, form: str) -> str:
    """What a reader sees of a page: without its marker, the values for programs, and the data of Mermaid."""
    if form == "html":
        return re.sub(r'<!--.*?-->|<meta[^>]*>|datetime="[^"]*"', "", page, flags=re.DOTALL)
    return re.sub(r"<!--.*?-->|```mermaid.*?```", "", page, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("iso", "nl", "en"),
    [
        ("2026-11-02", "2 november 2026", "2 November 2026"),
        ("2026-11", "november 2026", "November 2026"),
        ("2026", "2026", "2026"),
        ("2024-03-31", "31 maart 2024", "31 March 2024"),
        ("2024-13", "2024-13", "2024-13"),
        ("maart", "maart", "maart"),
    ],
)
def test_a_day_is_written_as_its_readers_write_it(iso: str, nl: str, en: str) -> None:
    assert (NL.day(iso), EN.day(iso)) == (nl, en)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("short", [True, False])
def test_fii_reads_every_day_that_it_writes(month: int, code: Code, short: bool) -> None:
    iso = date(2026, month, month).isoformat()
    assert suggest_date(language(code).day(iso, short=short)) == iso


def test_a_sentence_keeps_what_only_resembles_a_date() -> None:
    same = "see 2025-01-02.yaml, a/2025-01-02, x-2025-01-02 and 2025-01"
    said = EN.days_in(f"due 2025-01-02 (since 2024-12-31), {same}")
    assert said == f"due 2 January 2025 (since 31 December 2024), {same}"


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize("audience", ["team", "steering", "client", "public"])
@pytest.mark.parametrize("lang", CODES)
def test_no_page_shows_an_iso_date(fii: Fii, here: Path, form: str, audience: str, lang: str) -> None:
    Path("a.yaml").write_text(EACH_DAY.replace("language: nl", f"language: {lang}"), encoding="utf-8")
    done = fii("report", "a.yaml", "--audience", audience, "--as-of", "2024-12-01", "--output", f"r.{form}")
    assert done.code == 0, done.err
    page = Path(f"r.{form}").read_text(encoding="utf-8")
    assert ISO.findall(shown_in(page, form)) == []
    assert ("1 december 2024" if lang == "nl" else "1 December 2024") in page


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_no_document_shows_an_iso_date(fii: Fii, here: Path, form: str) -> None:
    writer_of(form)
    Path("a.yaml").write_text(EACH_DAY, encoding="utf-8")
    full = ["--full"] if form == "pdf" else []  # the PDF leaves out what is closed on the page
    assert fii("report", "a.yaml", *full, "--as-of", "2024-12-01", "--output", f"r.{form}").code == 0
    told = all_text(Path(f"r.{form}"))
    assert re.search(r"22\s+juli\s+2024", told)
    assert "2024-07-22" not in told
    assert form == "pdf" or "22\u00a0juli\u00a02024" in told  # on one line, in the narrow columns of Word


def test_a_portfolio_shows_days_for_readers_and_the_terminal_iso(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(EACH_DAY, encoding="utf-8")
    for form in ("html", "md"):
        assert fii("portfolio", ".", "--format", form, "--as-of", "2024-12-01", "--output", form).code == 0
        page = Path(form, f"index.{form}").read_text(encoding="utf-8")
        assert ISO.findall(shown_in(page, form)) == []
    assert "2024-12-01" in fii("portfolio", ".", "--as-of", "2024-12-01").out


def test_tables_and_programs_keep_days_that_they_can_sort(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(EACH_DAY, encoding="utf-8")
    for form in ("json", "csv"):
        told = fii("report", "a.yaml", "--as-of", "2024-12-01", "--format", form, "--output", "-").out
        assert "2024-07-22" in told
        assert "juli" not in told


def test_programs_find_each_day_in_the_page(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(EACH_DAY, encoding="utf-8")
    assert fii("report", "a.yaml", "--as-of", "2024-12-01", "--output", "r.html").code == 0
    page = Path("r.html").read_text(encoding="utf-8")
    assert '<time datetime="2024-07-22">22 juli 2024</time>' in page
    assert '<time datetime="2024-03">maart 2024</time>' in page
