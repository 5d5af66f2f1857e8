"""What a report was made with: fii, its handbook and the facts, and what changed since."""

from __future__ import annotations

import json
import subprocess
import sys
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

import fii_cli
from conftest import Fii
from fii_cli.editions.marks import Made, Yardstick, is_edited, made_as, mark, stamped
from fii_cli.handbook import Handbook
from fii_cli.handbook.load import handbook
from helpers import FORMS, HEAD, all_text, without_yardstick
from outside import writer_of

BOOK = handbook()
TEXT = (
    HEAD
    + """\
summary: Samen leren in de wijk.
assessments:
  - instrument: stoplicht
    date: 2025-01-20
    ratings: {2a.cultuur: {value: rood, note: geen tijd}}
"""
)
DAY = ("--as-of", "2025-02-10")
OWN = """\
id: wijkscan
name: Wijkscan
scale: {values: [{id: ja, name: ja, help: Het is er.}]}
groups: [{id: a, name: A, items: [{id: plek, name: Een plek, meaning: Is er een plek?}]}]
"""


@pytest.fixture(autouse=True)
def _file(here: Path) -> None:
    Path("a.yaml").write_text(TEXT, encoding="utf-8")


def made(path: str) -> Made:
    found = made_as(Path(path).read_bytes())
    assert found
    return found


def yardstick(path: str) -> Yardstick:
    found = made(path).yardstick
    assert found
    return found


# --- every report says it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["team", "public"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_report_says_what_it_was_made_with(fii: Fii, form: str, audience: str) -> None:
    writer_of(form)
    path = f"r.{audience}.{form}" if audience == "public" else f"r.{form}"
    assert fii("report", "a.yaml", "--output", path, "--audience", audience, *DAY).code == 0
    told = yardstick(path)
    assert (told.version, told.handbook) == (fii_cli.__version__, BOOK.digest)
    assert len(told.facts) == 7
    if form not in ("csv", "json"):
        assert f"fii {told.version} · handboek {told.handbook}" in all_text(Path(path))


@pytest.mark.parametrize("form", ["html", "md"])
def test_pages_of_a_portfolio_say_it_too(fii: Fii, form: str) -> None:
    assert fii("portfolio", ".", "--format", form, "--output", "site/", *DAY, lang="nl").code == 0
    for name in ("index", "a"):
        assert yardstick(f"site/{name}.{form}").handbook == BOOK.digest
        page = Path(f"site/{name}.{form}").read_text(encoding="utf-8")
        assert f"fii {fii_cli.__version__} · handboek {BOOK.digest}" in page


def test_tables_of_a_portfolio_say_it_too(fii: Fii) -> None:
    for form in ("csv", "json"):
        assert fii("portfolio", ".", "--format", form, "--output", f"p.{form}", *DAY).code == 0
        assert yardstick(f"p.{form}") == Yardstick(fii_cli.__version__, BOOK.digest)
    made_with = json.loads(Path("p.json").read_text(encoding="utf-8"))["made_with"]
    assert made_with == {"fii": fii_cli.__version__, "handbook": BOOK.digest}


def test_a_page_of_the_house_says_it_although_its_template_does_not(fii: Fii) -> None:
    Path(".fii/templates").mkdir(parents=True)
    Path(".fii/templates/report.html.j2").write_text("<!doctype html>{{ report.title }}", encoding="utf-8")
    assert fii("report", "a.yaml", *DAY).code == 0
    assert yardstick("a.html").handbook == BOOK.digest
    assert fii("report", "a.yaml", "--check").code == 0


# --- the digest of the handbook -----------------------------------------------------------------------------


def test_the_digest_is_the_same_in_every_process() -> None:
    code = "from fii_cli.handbook.load import handbook; print(handbook().digest)"
    for seed in ("0", "1"):
        words = [sys.executable, "-c", code]
        done = subprocess.run(words, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed})
        assert done.stdout.strip() == BOOK.digest


def test_the_digest_is_that_of_the_content_compiled_into_a_wheel() -> None:
    compiled = Handbook(lambda name: json.loads(json.dumps(BOOK._read(name), sort_keys=True)), BOOK._names)
    assert compiled.digest == BOOK.digest


@pytest.mark.parametrize(
    "name", ["phases/2-verkennen", "cfir", "instruments/midi", "anchors/readiness", "entry", "strategies"]
)
def test_any_word_of_the_content_changes_the_digest(name: str) -> None:
    data = deepcopy(BOOK._read(name))
    data["source" if "source" in data else "drivers"] = "ours, and changed"
    changed = Handbook(lambda asked: data if asked == name else BOOK._read(asked), BOOK._names)
    assert changed.digest != BOOK.digest


def test_an_own_instrument_is_part_of_the_yardstick(fii: Fii) -> None:
    Path(".fii/instruments").mkdir(parents=True)
    Path(".fii/instruments/wijkscan.yaml").write_text(OWN, encoding="utf-8")
    fii("report", "a.yaml", *DAY)
    first = yardstick("a.html").handbook
    assert first != BOOK.digest
    Path(".fii/instruments/wijkscan.yaml").write_text(OWN.replace("Een plek", "De plek"), encoding="utf-8")
    fii("report", "a.yaml", *DAY)
    assert yardstick("a.html").handbook not in (first, BOOK.digest)


def test_a_check_does_not_compute_it(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Handbook) -> str:
        raise AssertionError("only reports need the digest")

    monkeypatch.setattr(Handbook, "digest", property(fail))
    assert fii("check", "a.yaml", *DAY, "--select", "FII0").code == 0
    assert fii("status", "a.yaml", *DAY).code == 0


# --- the digest of the facts --------------------------------------------------------------------------------


def test_what_an_audience_may_not_see_does_not_change_the_page(fii: Fii) -> None:
    words = ("report", "a.yaml", "--audience", "public", "--output")
    assert fii(*words, "a.public.html", *DAY).code == 0
    Path("a.yaml").write_text(TEXT.replace("geen tijd", "toch wel tijd"), encoding="utf-8")
    assert fii(*words, "b.public.html", *DAY).code == 0
    assert Path("a.public.html").read_bytes() == Path("b.public.html").read_bytes()
    team = ("report", "a.yaml", "--audience", "team", "--output")
    assert fii(*team, "t.html", *DAY).code == 0
    assert yardstick("t.html").facts != yardstick("a.public.html").facts


def test_facts_of_a_later_day_do_not_change_it(fii: Fii) -> None:
    fii("report", "a.yaml", *DAY)
    before = yardstick("a.html")
    later = "  - {instrument: stoplicht, date: 2025-03-01, ratings: {2a.leren: groen}}\n"
    Path("a.yaml").write_text(TEXT + later, encoding="utf-8")
    fii("report", "a.yaml", *DAY)
    assert yardstick("a.html") == before


# --- what changed -------------------------------------------------------------------------------------------


def check(fii: Fii, form: str = "md", *words: str) -> str:
    done = fii("report", "a.yaml", "--format", form, "--check", *words)
    assert done.code in (0, 1)
    return done.out.strip()


TEXTS = ("html", "md", "json", "csv")


@pytest.mark.parametrize("form", TEXTS)
def test_an_untouched_report_is_up_to_date(fii: Fii, form: str) -> None:
    fii("report", "a.yaml", "--format", form, *DAY)
    assert check(fii, form) == f"a.{form} is up to date"
    raw = Path(f"a.{form}").read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    Path(f"a.{form}").write_bytes(raw)
    assert check(fii, form) == f"a.{form} is up to date"
    assert not is_edited(raw, made(f"a.{form}"))


@pytest.mark.parametrize("form", TEXTS)
def test_it_says_that_the_file_changed(fii: Fii, form: str) -> None:
    fii("report", "a.yaml", "--format", form, *DAY)
    Path("a.yaml").write_text(TEXT.replace("rood", "groen"), encoding="utf-8")
    assert check(fii, form) == f"a.{form} is out of date: the file changed"


@pytest.mark.parametrize("form", TEXTS)
def test_it_says_which_fii_made_it(fii: Fii, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr("fii_cli.report.basis.__version__", "0.0.9")
        fii("report", "a.yaml", "--format", form, *DAY)
    assert check(fii, form) == f"a.{form} is out of date: it was made by fii 0.0.9"


@pytest.mark.parametrize("form", TEXTS)
def test_it_says_that_the_handbook_changed(fii: Fii, form: str) -> None:
    fii("report", "a.yaml", "--format", form, *DAY)
    Path(".fii/instruments").mkdir(parents=True)
    Path(".fii/instruments/wijkscan.yaml").write_text(OWN, encoding="utf-8")
    assert check(fii, form) == f"a.{form} is out of date: the handbook changed"


@pytest.mark.parametrize("form", TEXTS)
def test_it_says_that_the_page_was_edited(fii: Fii, form: str) -> None:
    fii("report", "a.yaml", "--format", form, *DAY)
    text = Path(f"a.{form}").read_text(encoding="utf-8")
    word = "geen tijd"
    assert word in text
    Path(f"a.{form}").write_text(text.replace(word, "iets anders"), encoding="utf-8")
    assert check(fii, form) == f"a.{form} is out of date: the page was edited by hand"


def test_it_says_that_it_is_about_another_day(fii: Fii) -> None:
    later = "  - {instrument: stoplicht, date: 2025-02-11, ratings: {2a.leren: groen}}\n"
    Path("a.yaml").write_text(TEXT + later, encoding="utf-8")
    fii("report", "a.yaml", "--format", "md", *DAY)
    assert check(fii, "md", "--as-of", "2025-02-11") == (
        "a.md is out of date: it is dated 2025-02-10, not 2025-02-11"
    )


def test_several_changes_are_all_said(fii: Fii) -> None:
    fii("report", "a.yaml", "--format", "md", *DAY)
    Path("a.md").write_text(Path("a.md").read_text(encoding="utf-8") + "erbij\n", encoding="utf-8")
    Path("a.yaml").write_text(TEXT.replace("rood", "groen"), encoding="utf-8")
    assert check(fii) == "a.md is out of date: the file changed; the page was edited by hand"


def test_what_else_can_change_a_page_is_not_called_an_edit(fii: Fii) -> None:
    fii("report", "a.yaml", "--format", "md", *DAY)
    Path("fii.toml").write_text('[style]\norganisation = "Bureau"\n', encoding="utf-8")
    assert check(fii) == "a.md is out of date: the settings, the house style or the evidence changed"


def test_it_says_so_in_dutch_too(fii: Fii) -> None:
    fii("report", "a.yaml", "--format", "md", *DAY)
    Path("a.yaml").write_text(TEXT.replace("rood", "groen"), encoding="utf-8")
    out = fii("report", "a.yaml", "--format", "md", "--check", lang="nl").out
    assert out.startswith("a.md klopt niet meer: ")


# --- older pages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_page_of_an_earlier_fii_is_still_recognised(fii: Fii, form: str) -> None:
    fii("report", "a.yaml", "--audience", "client", "--format", form, *DAY)
    path = Path(f"a.client.{form}")
    path.write_text(without_yardstick(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert made(str(path)) == Made("report", date(2025, 2, 10), "client")
    refused = fii("report", "a.yaml", "--audience", "team", "--output", path)
    assert refused.code == 2
    done = fii("report", "a.yaml", "--output", path, "--check")
    assert done.out.strip() == f"{path} is out of date: it was made by an earlier version of fii"
    assert fii("report", "a.yaml", "--output", path, *DAY).code == 0
    assert yardstick(str(path)).handbook == BOOK.digest


def test_a_mark_without_a_yardstick_in_json_csv_and_office_is_still_read() -> None:
    old = Made("report", date(2025, 2, 10), "client")
    assert (
        made_as(b'{\n  "fii": "report",\n  "version": 1,\n  "as_of": "2025-02-10",\n  "audience": "client"')
        == old
    )
    assert made_as(b"Fase;fii\r\nx;fii report 2025-02-10 client\r\n") == old
    assert made_as(b"Phase,fii\r\nx,fii report 2025-02-10 client\r\n") == old
    assert made_as(b"Phase,a;fii\r\nx,fii report 2025-02-10 client\r\n") is None
    assert mark("report", "2025-02-10", "client", "commit") == "fii report 2025-02-10 client commit"


def test_text_of_a_trajectory_cannot_be_taken_for_the_digest_of_a_page() -> None:
    told = Yardstick("0.1.0", "3f9a2c1", "ab12cd3")
    page = f"<!-- {mark('report', '2025-02-10', 'team', 'commit', yardstick=told)} -->\nfacts, page 1234567\n"
    whole = stamped(page, told)
    assert whole.endswith("facts, page 1234567\n")
    found = made_as(whole.encode())
    assert found
    assert found.yardstick == told
    assert not is_edited(whole.encode(), found)
    assert is_edited(whole.replace("1234567", "7654321").encode(), found)
