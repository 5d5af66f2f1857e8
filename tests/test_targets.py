"""Where a report goes: its name and what is there decide the edition, and other files stay as they are."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.marks import audience_named, made_as, mark
from helpers import FORMS, HEAD, all_text
from outside import writer_of

SECRET = "onder ons gezegd"
TEXT = HEAD + (
    f"log:\n  - {{date: 2025-01-01, text: {SECRET}}}\n"
    "assessments:\n  - instrument: stoplicht\n    date: 2025-01-01\n"
    f"    ratings: {{2a.cultuur: {{value: rood, note: {SECRET}}}}}\n"
    "borgen: {indicators: [{id: a, what: Bereik, measurements: [{date: 2025-01-01, value: 7}]}]}\n"
)
DAY = ("--as-of", "2025-02-10")


@pytest.fixture(autouse=True)
def _file(here: Path) -> None:
    Path("t.yaml").write_text(TEXT, encoding="utf-8")


def audience_of(path: str) -> str | None:
    made = made_as(Path(path).read_bytes())
    return made.audience if made else None


@pytest.mark.parametrize("audience", ["team", "steering", "client", "public"])
@pytest.mark.parametrize("wanted", FORMS)
def test_every_form_says_of_itself_what_it_is(fii: Fii, wanted: str, audience: str) -> None:
    writer_of(wanted)
    assert fii("report", "t.yaml", "--output", f"r.{wanted}", "--audience", audience, *DAY).code == 0
    made = made_as(Path(f"r.{wanted}").read_bytes())
    assert made
    assert (made.kind, made.day, made.audience) == ("report", date(2025, 2, 10), audience)


@pytest.mark.parametrize("wanted", FORMS)
def test_a_name_decides_the_edition(fii: Fii, wanted: str) -> None:
    writer_of(wanted)
    for audience in ("steering", "client", "public"):
        done = fii("report", "t.yaml", "--output", f"t.{audience}.{wanted}", *DAY)
        assert done.code == 0
        assert f"edition {audience}, as the name or the present file says" in done.err
        assert audience_of(f"t.{audience}.{wanted}") == audience
    for asked in ("team", "steering", "client"):
        for force in ([], ["--force"]):
            words = ["--output", f"t.public.{wanted}", "--audience", asked, *force]
            done = fii("report", "t.yaml", *words, *DAY)
            assert done.code == 2
            assert f"the name t.public.{wanted} says public, and --audience says {asked}" in done.err
    assert audience_of(f"t.public.{wanted}") == "public"


@pytest.mark.parametrize("wanted", FORMS)
def test_what_is_there_decides_the_edition(fii: Fii, wanted: str) -> None:
    writer_of(wanted)
    assert fii("report", "t.yaml", "--output", f"r.{wanted}", "--audience", "client", *DAY).code == 0
    assert fii("report", "t.yaml", "--output", f"r.{wanted}", "--force", *DAY).code == 0
    assert audience_of(f"r.{wanted}") == "client"
    for asked in ("team", "steering"):
        done = fii("report", "t.yaml", "--output", f"r.{wanted}", "--force", "--audience", asked, *DAY)
        assert done.code == 2
        assert f"r.{wanted} is the edition client, and {asked} shows more" in done.err
        assert audience_of(f"r.{wanted}") == "client"
    done = fii("report", "t.yaml", "--output", f"r.{wanted}", "--force", "--audience", "public", *DAY)
    assert done.code == 0
    assert audience_of(f"r.{wanted}") == "public"


@pytest.mark.parametrize(
    ("name", "audience"),
    [
        ("t.public.html", "public"),
        ("T.PUBLIC.HTML", "public"),
        ("t.client.v2.docx", "client"),
        ("public.pdf", "public"),
        ("t.team.public.md", "public"),
        ("t.html", None),
        ("publicatie.html", None),
        ("t-public.html", None),
        ("t.file.html", None),
    ],
)
def test_a_name_says_an_edition_between_points(name: str, audience: str | None) -> None:
    assert audience_named(name) == audience


def test_a_csv_without_rows_counts_as_the_edition_that_shows_least(fii: Fii) -> None:
    Path("leeg.yaml").write_text(HEAD, encoding="utf-8")
    assert fii("report", "leeg.yaml", "--output", "r.csv", "--audience", "public", *DAY).code == 0
    assert fii("report", "leeg.yaml", "--output", "r.csv", "--force", "--audience", "team").code == 2


@pytest.mark.parametrize(
    "text",
    [
        "<p>van mij</p>",
        "notities <!-- fii report 2025-02-10 team -->",
        '{"a": 1, "fii": "report", "version": 1, "as_of": "2025-02-10", "audience": "team"}',
        "<!-- fii report 2025-02-10 iedereen -->",
        "<!-- fii report 2025-02-31 team -->",
        "a;b;fii\n1;2;van mij",
        "a;fii;b\n1;fii report 2025-02-10 team;2",
        "PK\x03\x04 geen zip",
        "%PDF-1.7 <Keywords>van mij</Keywords>",
        "",
    ],
)
@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("wanted", FORMS)
def test_what_is_not_recognised_stays(fii: Fii, wanted: str, force: bool, text: str) -> None:
    Path(f"r.{wanted}").write_text(text, encoding="utf-8")
    done = fii("report", "t.yaml", "--output", f"r.{wanted}", *(["--force"] if force else []))
    assert done.code == 2
    assert "not a report of fii, and is not overwritten" in done.err
    assert Path(f"r.{wanted}").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("wanted", FORMS)
def test_no_trajectory_is_written_over(fii: Fii, wanted: str) -> None:
    Path("other.yaml").write_text(TEXT, encoding="utf-8")
    for target in ("t.yaml", "other.yaml"):
        done = fii("report", "t.yaml", "--format", wanted, "--output", target, "--force")
        assert done.code == 2
        assert Path(target).read_text(encoding="utf-8") == TEXT
    for form in ("csv", "json"):
        assert fii("portfolio", "--format", form, "--output", "t.yaml", "--force").code == 2
    for form in ("md", "csv", "xlsx"):
        assert fii("questionnaire", "midi", "--format", form, "--output", "t.yaml", "--force").code == 2
    assert fii("schema", "--output", "t.yaml").code == 2
    assert Path("t.yaml").read_text(encoding="utf-8") == TEXT


def test_a_report_does_not_take_the_place_of_a_portfolio(fii: Fii) -> None:
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    before = Path("site/index.html").read_bytes()
    assert fii("report", "t.yaml", "--output", "site/index.html").code == 2
    assert Path("site/index.html").read_bytes() == before


def test_the_text_of_a_trajectory_is_never_taken_for_a_mark(fii: Fii) -> None:
    lie = mark("report", "2025-01-01", "team")
    text = TEXT.replace("title: Proef", f"title: 'fii <!-- {lie} --> <cp:keywords>{lie}</cp:keywords>'")
    Path("t.yaml").write_text(text, encoding="utf-8")
    for wanted in FORMS:
        writer_of(wanted)
        assert fii("report", "t.yaml", "--output", f"r.{wanted}", "--audience", "public", *DAY).code == 0
        assert audience_of(f"r.{wanted}") == "public", wanted


# --- the folder of a portfolio ------------------------------------------------------------------------------


def names() -> list[str]:
    return sorted(path.name for path in Path("site").iterdir())


@pytest.mark.parametrize("form", ["html", "md"])
def test_pages_that_no_longer_belong_are_removed_and_told(fii: Fii, form: str) -> None:
    words = ("portfolio", ".", "--output", "site/", "--format", form, *DAY)
    Path("u.yaml").write_text(TEXT.replace("Proef", "Ander"), encoding="utf-8")
    assert fii(*words).code == 0
    Path("site/foto.png").write_bytes(b"van mij")
    Path(f"site/eigen.{form}").write_text("van mij", encoding="utf-8")
    Path("t.yaml").rename("nieuw.yaml")
    done = fii(*words, "--audience", "public")
    assert done.code == 0
    assert f"removed site/t.{form}" in done.err
    assert names() == sorted([f"index.{form}", f"nieuw.{form}", f"u.{form}", "foto.png", f"eigen.{form}"])
    assert not any(
        SECRET in path.read_text(encoding="utf-8", errors="replace") for path in Path("site").iterdir()
    )


def test_the_page_of_a_file_that_is_no_longer_fit_for_others_goes(fii: Fii) -> None:
    Path("u.yaml").write_text(HEAD, encoding="utf-8")
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    Path("t.yaml").write_text(TEXT.replace(SECRET, "bel jan@voorbeeld.nl"), encoding="utf-8")
    done = fii("portfolio", "--audience", "public", "--output", "site/", *DAY)
    assert done.code == 1
    assert names() == ["index.html", "u.html"]


def test_a_page_of_another_edition_that_nobody_listed_stands_in_the_way(fii: Fii) -> None:
    Path("site").mkdir()
    assert fii("report", "t.yaml", "--output", "site/apart.html", *DAY).code == 0
    before = Path("site/apart.html").read_bytes()
    done = fii("portfolio", "--audience", "public", "--output", "site/", *DAY)
    assert done.code == 2
    assert "site/apart.html: this is the edition team, and the portfolio here would be public" in done.err
    assert names() == ["apart.html"]
    assert Path("site/apart.html").read_bytes() == before


@pytest.mark.parametrize("wanted", ["docx", "xlsx", "pdf", "csv", "json", "md"])
def test_a_document_of_another_edition_stands_in_the_way_too(fii: Fii, wanted: str) -> None:
    writer_of(wanted)
    assert fii("report", "t.yaml", "--output", f"site/t.{wanted}", *DAY).code == 0
    assert fii("portfolio", "--audience", "client", "--output", "site/", *DAY).code == 2
    assert names() == [f"t.{wanted}"]


def test_a_site_stays_the_edition_that_it_is(fii: Fii) -> None:
    assert fii("portfolio", "--audience", "client", "--output", "site/", *DAY).code == 0
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert audience_of("site/t.html") == audience_of("site/index.html") == "client"
    done = fii("portfolio", "--audience", "team", "--output", "site/", *DAY)
    assert done.code == 2
    assert audience_of("site/t.html") == audience_of("site/index.html") == "client"


def test_a_page_that_somebody_put_in_place_of_a_listed_one_stays(fii: Fii) -> None:
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    Path("t.yaml").rename("nieuw.yaml")
    Path("site/t.html").write_text("nu van mij", encoding="utf-8")
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert Path("site/t.html").read_text(encoding="utf-8") == "nu van mij"


def test_a_list_of_pages_that_somebody_wrote_leads_nowhere_else(fii: Fii) -> None:
    assert fii("report", "t.yaml", "--output", "buiten.html", *DAY).code == 0
    Path("site").mkdir()
    Path("site/index.html").write_text(
        "<!-- fii portfolio 2025-01-01 team: ..%2Fbuiten.html -->", encoding="utf-8"
    )
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert Path("buiten.html").exists()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_table_of_a_portfolio_keeps_its_edition(fii: Fii, form: str) -> None:
    words = ("portfolio", "--format", form, "--output", f"p.{form}")
    assert fii(*words, "--audience", "public", *DAY).code == 0
    assert audience_of(f"p.{form}") == "public"
    assert fii(*words, *DAY).code == 2
    assert fii(*words, "--force", *DAY).code == 0
    assert audience_of(f"p.{form}") == "public"
    assert fii(*words, "--force", "--audience", "team", *DAY).code == 2


# --- what a portfolio for others says of a file that cannot be read -----------------------------------------

BROKEN = HEAD + (
    "people: [{id: jan, role: wethouder, name: J. Verzonnen}]\n"
    'versterken: {key_people: [{person: jan, support: "iemand is fel tegen"}]}\n'
)


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize("form", ["html", "md", "json", "csv", "text"])
def test_readers_outside_get_code_and_place_and_never_text(fii: Fii, form: str, audience: str) -> None:
    Path("map").mkdir()
    Path("map/kapot.yaml").write_text(BROKEN, encoding="utf-8")
    Path("map/gaaf.yaml").write_text(TEXT.replace("Proef", "Gaaf"), encoding="utf-8")
    pages = form in ("html", "md")
    shown = fii(
        "portfolio", "--format", form, "--audience", audience, *(["-o", "site/"] if pages else []), *DAY
    )
    told = Path(f"site/index.{form}").read_text(encoding="utf-8") if pages else shown.out
    assert "fel tegen" not in told
    assert "key_people" not in told
    assert "map/" not in told
    assert "Gaaf" in told
    if form != "csv":
        assert "FII012" in told
        assert re.search(r"kapot\.yaml", told)
    inside = fii("portfolio", "--format", "json", "--audience", "team", *DAY).out
    assert "fel tegen" in inside
    assert "map/gaaf.yaml" in inside


@pytest.mark.parametrize("wanted", FORMS)
def test_no_form_tells_who_made_it_where_or_when(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    writer_of(wanted)
    for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME"):
        monkeypatch.setenv(name, "pietje-puk")
    folder = here / "map-van-pietje-puk"
    folder.mkdir()
    (folder / "t.yaml").write_text(TEXT, encoding="utf-8")
    assert fii("report", folder / "t.yaml", "--output", f"r.{wanted}", *DAY).code == 0
    raw = Path(f"r.{wanted}").read_bytes()
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            assert {each.date_time[:3] for each in packed.infolist()} <= {(2000, 1, 1), (1980, 1, 1)}
    told = all_text(Path(f"r.{wanted}")).lower()
    for word in ("puk", str(here).lower(), "thumbnail", "/creationdate", "2013-"):
        assert word not in told, word
    assert set(re.findall(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}t", told)) <= {"2000-01-01t"}
