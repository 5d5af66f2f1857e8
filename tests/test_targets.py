"""Where a report goes: its name and what is there decide the edition, and other files stay as they are."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from conftest import Fii
from fii_cli.editions.marks import audience_named, made_as, mark
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
        assert f"{audience} edition, as the path or the existing file says" in done.err
        assert audience_of(f"t.{audience}.{wanted}") == audience
    for asked in ("team", "steering", "client"):
        for force in ([], ["--force"]):
            words = ["--output", f"t.public.{wanted}", "--audience", asked, *force]
            done = fii("report", "t.yaml", *words, *DAY)
            assert done.code == 2
            assert f"the name t.public.{wanted} means public, but --audience is {asked}" in done.err
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
        assert f"r.{wanted} is the client edition, but {asked} shows more" in done.err
        assert audience_of(f"r.{wanted}") == "client"
    done = fii("report", "t.yaml", "--output", f"r.{wanted}", "--force", "--audience", "public", *DAY)
    assert done.code == 0
    assert audience_of(f"r.{wanted}") == "public"


def test_a_name_holds_against_an_edition_that_shows_less_as_well(fii: Fii) -> None:
    done = fii("report", "t.yaml", "--output", "t.client.html", "--audience", "public", *DAY)
    assert done.code == 2
    assert "the name t.client.html means client, but --audience is public" in done.err
    assert not Path("t.client.html").exists()


@pytest.mark.parametrize(("name", "there"), [("client", "public"), ("public", "client")])
def test_of_a_name_and_what_is_there_the_one_that_shows_least_counts(fii: Fii, name: str, there: str) -> None:
    assert fii("report", "t.yaml", "--output", "r.html", "--audience", there, *DAY).code == 0
    Path("r.html").rename(f"r.{name}.html")
    assert fii("report", "t.yaml", "--output", f"r.{name}.html", *DAY).code == 0
    assert audience_of(f"r.{name}.html") == "public"


def test_only_the_folder_itself_says_an_edition(fii: Fii) -> None:
    Path("site.public/oud").mkdir(parents=True)
    assert fii("report", "t.yaml", "--output", "site.public/oud/t.html", *DAY).code == 0
    assert audience_of("site.public/oud/t.html") == "team"


def test_a_folder_says_its_edition_however_it_is_reached(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = here / "w" / "site.public"
    folder.mkdir(parents=True)
    Path("lk").symlink_to("w/site.public")
    for words in (
        ("report", "t.yaml", "--output", "lk/a.html"),
        ("report", "t.yaml", "--output", "lk"),
        ("report", "t.yaml", "--output", "w/site.public/b.md"),
        ("portfolio", "t.yaml", "--output", "w/site.public/t.csv", "--format", "csv"),
        ("portfolio", "t.yaml", "--output", "lk"),
    ):
        refused = fii(*words, "--audience", "team", *DAY)
        assert (refused.code, "means public, but --audience is team" in refused.err) == (2, True), words
        assert fii(*words, *DAY).code == 0, words
    monkeypatch.chdir(folder)
    assert fii("report", "../../t.yaml", "--output", "c.html", *DAY).code == 0
    assert fii("portfolio", "../../t.yaml", "--output", ".", "--format", "md", *DAY).code == 0
    assert {audience_of(path.name) for path in Path().iterdir()} == {"public"}
    assert len(list(Path().iterdir())) == 9


def test_a_folder_in_which_the_trajectory_lies_is_the_teams(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sees a report there sees the trajectory; a client of the bureau may give a folder its name."""
    Path("client").mkdir()
    Path("t.yaml").rename("client/t.yaml")
    assert fii("report", "client/t.yaml", *DAY).code == 0
    monkeypatch.chdir("client")
    assert fii("report", "t.yaml", "--output", "u.html", *DAY).code == 0
    assert fii("portfolio", "--output", "u.csv", "--format", "csv", *DAY).code == 0
    assert {audience_of(name) for name in ("t.html", "u.html", "u.csv")} == {"team"}


def test_a_report_beside_the_pages_of_a_portfolio_is_for_the_same_readers(fii: Fii) -> None:
    assert fii("portfolio", "t.yaml", "--output", "s", "--audience", "public", *DAY).code == 0
    for words in (
        ("report", "t.yaml", "--output", "s/c.html"),
        ("report", "t.yaml", "--output", "s/", "--format", "json"),
        ("portfolio", "t.yaml", "--output", "s/portfolio.csv", "--format", "csv"),
    ):
        refused = fii(*words, "--audience", "team", *DAY)
        assert (refused.code, "is the public edition, but team shows more" in refused.err) == (2, True), words
        assert fii(*words, *DAY).code == 0, words
    assert {audience_of(str(path)) for path in Path("s").iterdir()} == {"public"}
    assert len(names("s")) == 5


@pytest.mark.parametrize(
    "path",
    ["fii.toml", "x.yml", "X.YAML", ".fii/templates/report.html.j2", ".git/hooks/post-commit", "lk/x.html"],
)
def test_no_report_is_written_where_fii_or_git_reads(fii: Fii, path: str) -> None:
    Path("lk").symlink_to(".git")
    for words in (("report", "t.yaml", "--format", "md"), ("portfolio", "--format", "json")):
        done = fii(*words, "--output", path, *DAY)
        assert done.code == 2
        assert "fii does not write reports to this path" in done.err
        assert not Path(path).exists()


def test_the_team_is_told_nothing_of_editions(fii: Fii) -> None:
    assert "edition" not in fii("report", "t.yaml", *DAY).err
    assert "edition" not in fii("report", "t.yaml", "--audience", "client", *DAY).err
    assert fii("report", "t.yaml", "--audience", "team", *DAY).code == 0
    assert sorted(path.name for path in Path().glob("*.html")) == ["t.client.html", "t.html"]


@pytest.mark.parametrize("line_break", ["", "\ufeff", "\ufeff\n", "\n\n"])
@pytest.mark.parametrize("wanted", ["html", "md", "json", "csv"])
def test_an_edition_is_known_whatever_an_editor_put_before_it(fii: Fii, wanted: str, line_break: str) -> None:
    assert fii("report", "t.yaml", "--output", f"r.{wanted}", "--audience", "client", *DAY).code == 0
    text = Path(f"r.{wanted}").read_text(encoding="utf-8-sig")
    if wanted != "csv" or "\n" not in line_break:
        Path(f"r.{wanted}").write_text(line_break + text, encoding="utf-8")
    assert audience_of(f"r.{wanted}") == "client"


def test_an_edition_is_known_whatever_the_case_of_its_doctype(fii: Fii) -> None:
    assert fii("report", "t.yaml", "--output", "r.html", "--audience", "client", *DAY).code == 0
    page = Path("r.html").read_text(encoding="utf-8")
    Path("r.html").write_text(page.replace("<!doctype html>", "<!DOCTYPE html>"), encoding="utf-8")
    assert audience_of("r.html") == "client"


@pytest.mark.parametrize("wanted", ["html", "md", "json", "csv"])
def test_a_check_needs_no_force_and_looks_past_line_ends(fii: Fii, wanted: str) -> None:
    words = ("report", "t.yaml", "--output", f"r.{wanted}")
    assert fii(*words, *DAY).code == 0
    raw = Path(f"r.{wanted}").read_bytes()
    for there in (raw, raw.replace(b"\r\n", b"\n"), raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")):
        Path(f"r.{wanted}").write_bytes(there)
        assert fii(*words, *DAY, "--check").code == 0
        assert Path(f"r.{wanted}").read_bytes() == there
    Path(f"r.{wanted}").write_bytes(raw.replace(b"Bereik", b"bereik") + b"x")
    assert fii(*words, *DAY, "--check").code == 1


def test_what_is_printed_is_no_file_to_check_or_to_share(fii: Fii) -> None:
    done = fii("report", "t.yaml", "--check", "--output", "-")
    assert done.code == 2
    assert "--check and --output - cannot be used together" in done.err
    Path("u.yaml").write_text(HEAD.replace("Proef", "Ander"), encoding="utf-8")
    done = fii("report", "t.yaml", "u.yaml", "--format", "md", "--output", "-", *DAY)
    assert done.code == 0
    assert "# Proef" in done.out
    assert "# Ander" in done.out


def test_several_reports_go_into_a_folder_however_it_is_written(fii: Fii) -> None:
    Path("u.yaml").write_text(HEAD, encoding="utf-8")
    assert fii("report", "t.yaml", "u.yaml", "--output", "map", *DAY).code == 0
    assert sorted(path.name for path in Path("map").iterdir()) == ["t.html", "u.html"]


def test_the_help_of_a_check_makes_the_same_edition(fii: Fii) -> None:
    done = fii("report", "t.yaml", "--output", "r.html", "--audience", "client", "--check", *DAY)
    assert done.code == 1
    assert "fii report t.yaml --output r.html --audience client" in done.err
    assert "--audience" not in fii("report", "t.yaml", "--check", *DAY).err


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
    done = fii("report", "leeg.yaml", "--output", "r.csv", "--force", "--audience", "team")
    assert done.code == 2
    assert "r.csv is the public edition, but team shows more" in done.err


@pytest.mark.parametrize(
    "text",
    [
        "<p>van mij</p>",
        "notities <!-- fii report 2025-02-10 team -->",
        '{"a": 1, "fii": "report", "version": 1, "as_of": "2025-02-10", "audience": "team"}',
        '{"a": {"fii": "report", "version": 1, "as_of": "2025-02-10", "audience": "team"}}',
        '[{"fii": "report", "version": 1, "as_of": "2025-02-10", "audience": "team"}]',
        "<!-- fii report 2025-02-10 iedereen -->",
        "<!-- fii report 2025-02-31 team -->",
        'var x = {"fii": "report", "version": 1, "as_of": "2025-02-10", "audience": "team"}',
        "a;b;fii\n1;2;van mij",
        "a;b;fii\n\n1;2;3",
        "fii;a\n1;fii report 2025-02-10 team",
        "a;fii\n1;zie fii report 2025-02-10 team",
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
    assert "is not a report made by fii; not overwritten" in done.err
    assert Path(f"r.{wanted}").read_text(encoding="utf-8") == text


def test_a_large_report_is_known_and_a_huge_file_is_somebody_elses(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fii("report", "t.yaml", "--output", "site/apart.html", *DAY).code == 0
    page = Path("site/apart.html").read_text(encoding="utf-8")
    Path("site/apart.html").write_text(page + f"<!-- {'x' * 2_500_000} -->\n", encoding="utf-8")
    done = fii("portfolio", "--audience", "public", "--output", "site/", *DAY)
    assert done.code == 2
    assert "site/apart.html: this is the team edition" in done.err
    with monkeypatch.context() as smaller:
        smaller.setattr("fii_cli.commands.targets.MAX_MADE", 2_000_000)
        done = fii("report", "t.yaml", "--output", "site/apart.html", *DAY)
        assert done.code == 2
        assert "is not a report made by fii; not overwritten" in done.err
    assert fii("report", "t.yaml", "--output", "site/apart.html", *DAY).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("report", "t.yaml"),
        ("portfolio", "--format", "json"),
        ("questionnaire", "midi", "--format", "csv"),
        ("schema",),
    ],
)
def test_what_came_in_between_stays(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    def meanwhile(_: int) -> None:
        Path("uit.html").write_text("van een ander", encoding="utf-8")

    monkeypatch.setattr("fii_cli.project.save.os.fsync", meanwhile)
    done = fii(*words, "--output", "uit.html")
    assert done.code == 2
    assert "already exists" in done.err
    assert Path("uit.html").read_text(encoding="utf-8") == "van een ander"


def packed(name: str, text: str) -> bytes:
    """A packed file with one part."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as file:
        file.writestr(name, text)
    return raw.getvalue()


MARKED = packed("docProps/core.xml", "<cp:keywords>fii report 2025-02-10 client</cp:keywords>")
DAMAGED = {
    "no metadata": packed("word/document.xml", "<a/>"),
    "half": MARKED[:60],
    "encrypted": MARKED.replace(b"PK\x03\x04\x14\0\0", b"PK\x03\x04\x14\0\1").replace(
        b"PK\x01\x02\x14\x03\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\1"
    ),
    "another packing": MARKED.replace(
        b"PK\x01\x02\x14\x03\x14\0\0\0\0\0", b"PK\x01\x02\x14\x03\x14\0\0\0\x63\0"
    ),
    "another sum": MARKED.replace(b"client", b"public"),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_document_is_somebody_elses(fii: Fii, what: str) -> None:
    assert made_as(MARKED)
    Path("r.docx").write_bytes(DAMAGED[what])
    done = fii("report", "t.yaml", "--output", "r.docx", "--force")
    assert done.code == 2
    assert "is not a report made by fii; not overwritten" in done.err
    assert Path("r.docx").read_bytes() == DAMAGED[what]


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
    lie = mark("report", "2025-01-01", "team", "chosen")
    text = TEXT.replace("title: Proef", f"title: 'fii <!-- {lie} --> <cp:keywords>{lie}</cp:keywords>'")
    Path("t.yaml").write_text(text, encoding="utf-8")
    for wanted in FORMS:
        writer_of(wanted)
        assert fii("report", "t.yaml", "--output", f"r.{wanted}", "--audience", "public", *DAY).code == 0
        assert audience_of(f"r.{wanted}") == "public", wanted


# --- the folder of a portfolio ------------------------------------------------------------------------------


def names(folder: str = "site") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


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
    assert "site/apart.html: this is the team edition, but this portfolio would be public" in done.err
    assert names() == ["apart.html"]
    assert Path("site/apart.html").read_bytes() == before


def test_a_page_that_shows_less_is_another_edition_as_well(fii: Fii) -> None:
    assert fii("report", "t.yaml", "--audience", "public", "--output", "site/apart.html", *DAY).code == 0
    done = fii("portfolio", "--audience", "client", "--output", "site/", *DAY)
    assert done.code == 2
    assert "site/apart.html: this is the public edition, but this portfolio would be client" in done.err


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


def test_a_page_that_somebody_replaces_meanwhile_stays(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    Path("t.yaml").rename("nieuw.yaml")

    def meanwhile(_: int) -> None:
        Path("site/t.html").write_text("nu van mij", encoding="utf-8")

    monkeypatch.setattr("fii_cli.project.save.os.fsync", meanwhile)
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert Path("site/t.html").read_text(encoding="utf-8") == "nu van mij"


@pytest.mark.skipif(os.name != "posix", reason="names of bytes are of POSIX")
def test_a_page_with_a_name_that_is_no_text_goes_as_any_other(fii: Fii) -> None:
    Path("t.yaml").rename(os.fsdecode(b"plan\xff.yaml"))
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert os.fsdecode(b"plan\xff.html") in names()
    Path(os.fsdecode(b"plan\xff.yaml")).rename("t.yaml")
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert names() == ["index.html", "t.html"]


def test_no_two_trajectories_get_one_page(fii: Fii) -> None:
    for path in ("a/b.yaml", "c/b.yaml", "a-b.yaml"):
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(TEXT, encoding="utf-8")
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert len(names()) == 5
    assert {"a-b.html", "c-b.html", "index.html", "t.html"} < set(names())


def test_a_list_of_pages_that_somebody_wrote_leads_nowhere_else(fii: Fii) -> None:
    assert fii("report", "t.yaml", "--output", "buiten.html", *DAY).code == 0
    Path("site").mkdir()
    Path("site/index.html").write_text(
        "<!-- fii portfolio 2025-01-01 team: ..%2Fbuiten.html -->", encoding="utf-8"
    )
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert Path("buiten.html").exists()


def test_a_list_of_pages_removes_no_portfolio(fii: Fii) -> None:
    assert fii("portfolio", "--output", "ander/", *DAY).code == 0
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    other = Path("ander/index.html").read_bytes()
    Path("site/t.html").write_bytes(other)
    Path("t.yaml").rename("nieuw.yaml")
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert Path("site/t.html").read_bytes() == other


def test_only_an_index_says_which_pages_belong(fii: Fii) -> None:
    for name in ("index", "oud"):
        assert fii("report", "t.yaml", "--output", f"site/{name}.html", *DAY).code == 0
    said = mark("report", "2025-02-10", "team", "chosen", ["oud.html"])
    page = Path("site/index.html").read_text(encoding="utf-8")
    Path("site/index.html").write_text(
        page.replace(mark("report", "2025-02-10", "team", "chosen"), said), encoding="utf-8"
    )
    assert fii("portfolio", "--output", "site/", *DAY).code == 2  # a report stands where the index goes
    assert "oud.html" in names()


def test_of_pages_that_differ_the_edition_that_shows_least_counts(fii: Fii) -> None:
    assert fii("portfolio", "--audience", "client", "--output", "site/", *DAY).code == 0
    assert fii("report", "t.yaml", "--audience", "public", "--output", "site/t.html", *DAY).code == 0
    done = fii("portfolio", "--output", "site/", *DAY)
    assert done.code == 0, done.err
    assert audience_of("site/t.html") == audience_of("site/index.html") == "public"


@pytest.mark.parametrize("name", ["APART.HTML", "apart.Html"])
def test_a_page_with_a_name_in_capitals_stands_in_the_way_too(fii: Fii, name: str) -> None:
    assert fii("report", "t.yaml", "--format", "html", "--output", f"site/{name}", *DAY).code == 0
    done = fii("portfolio", "--audience", "public", "--output", "site/", *DAY)
    assert done.code == 2
    assert names() == [name]


def test_a_file_that_cannot_be_looked_into_is_none_of_fii(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fii_cli.commands.site.MAX_MADE", 500_000)
    Path("site").mkdir()
    Path("site/groot.html").write_bytes(b"x" * 500_001)
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert names() == ["groot.html", "index.html", "t.html"]


def test_a_folder_that_may_not_be_read_is_told(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_allowed(_: str) -> list[str]:
        raise PermissionError

    Path("site").mkdir()
    monkeypatch.setattr("fii_cli.commands.site.os.listdir", not_allowed)
    done = fii("portfolio", "t.yaml", "--output", "site/", *DAY)
    assert done.code == 2
    assert "site/: no permission to read or write this" in done.err
    assert list(Path("site").glob("*")) == []


@pytest.mark.parametrize("name", ["index.yaml", "index.yml"])
def test_a_trajectory_called_index_does_not_take_the_place_of_the_index(fii: Fii, name: str) -> None:
    Path("t.yaml").rename(name)
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert names() == ["index-1.html", "index.html"]
    kinds = {each: made_as(Path("site", each).read_bytes()) for each in names()}
    assert {each: made.kind for each, made in kinds.items() if made} == {
        "index.html": "portfolio",
        "index-1.html": "report",
    }


@pytest.mark.parametrize("stem", ["twee woorden", "a#b", "a?b", "javascript:x", "a%20b", "één--twee", "a<b"])
def test_a_page_with_signs_in_its_name_is_found_and_goes_as_any_other(fii: Fii, stem: str) -> None:
    Path("t.yaml").rename(f"{stem}.yaml")
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    index = Path("site/index.html").read_text(encoding="utf-8")
    (link,) = re.findall(r'<a href="([^"#]*\.html)"', index)
    assert ":" not in link
    assert unquote(link.removeprefix("./")) == f"{stem}.html"
    assert Path(f"site/{stem}.html").exists()
    Path(f"{stem}.yaml").rename("t.yaml")
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert names() == ["index.html", "t.html"]


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


@pytest.mark.skipif(os.name != "posix", reason="such names are of POSIX")
@pytest.mark.parametrize("audience", ["team", "public"])
@pytest.mark.parametrize("form", ["html", "md", "json", "csv", "text"])
def test_no_page_holds_a_control_character_of_a_name(fii: Fii, form: str, audience: str) -> None:
    Path("kapot\x1b]0;x.yaml").write_text(HEAD + "summary: a\x1b[31m\n", encoding="utf-8")
    Path("weg\x1b]0;y.yaml").write_text(HEAD + "onbekend\u0007: a\n", encoding="utf-8")
    pages = form in ("html", "md")
    words = ["-o", "site/"] if pages else []
    shown = fii("portfolio", "--format", form, "--audience", audience, *words, *DAY)
    told = Path(f"site/index.{form}").read_text(encoding="utf-8") if pages else shown.out
    assert not re.search("[\x1b\x07]", told + shown.err)


def test_a_file_that_cannot_be_opened_has_no_line(fii: Fii) -> None:
    Path("los.yaml").write_bytes(b"fii: 1\n" + b"# x\n" * 800_000)
    index = fii("portfolio", "--audience", "public", "--format", "md", *DAY).out
    assert "los.yaml" in index.replace("\\", "")
    assert "los.yaml:0" not in index.replace("\\", "")


@pytest.mark.parametrize("audience", ["client", "public"])
def test_the_order_outside_tells_nothing_of_folders_and_names(fii: Fii, audience: str) -> None:
    people = "people: [{id: lid, role: lid, name: Anna Zwart}]\n"
    files = {
        "a/z.yaml": HEAD.replace("Proef", "Eerst"),
        "b/y.yaml": HEAD.replace("Proef", "Tweede"),
        "a/stuk-z.yaml": "fii: 1\n- x\n",
        "b/stuk-y.yaml": "fii: 1\n- x\n",
        "c/zus.yaml": HEAD.replace("Proef", "Zus") + people,
    }
    Path("t.yaml").unlink()
    for path, text in files.items():
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")
    told = json.loads(fii("portfolio", "--audience", audience, "--format", "json", *DAY).out)
    assert [each["path"] for each in told["trajectories"]] == ["y.yaml", "z.yaml", "zus.yaml"]
    assert [each["path"] for each in told["unreadable"]] == ["stuk-y.yaml", "stuk-z.yaml"]


def test_the_order_outside_does_not_tell_which_file_is_not_named(fii: Fii) -> None:
    """By their paths, the one that is called after somebody would stand first, and then last."""
    Path("t.yaml").unlink()
    orders = []
    for name in ("0-bureau", "zz-bureau"):
        hidden = f"organisations: [{{id: {name}, name: Geheim}}]\n"
        Path("m.yaml").write_text(HEAD.replace("Proef", "M"), encoding="utf-8")
        Path(f"{name}.yaml").write_text(HEAD.replace("Proef", "B") + hidden, encoding="utf-8")
        told = json.loads(fii("portfolio", "--audience", "public", "--format", "json", *DAY).out)
        orders.append([(each["path"], each["title"]) for each in told["trajectories"]])
        Path(f"{name}.yaml").unlink()
    assert orders[0] == orders[1]
    assert len(orders[0]) == 2


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize("form", ["html", "md", "json", "csv", "text"])
@pytest.mark.parametrize("name", ["06-12345678", "jan@voorbeeld.nl"])
def test_a_broken_file_with_personal_data_for_a_name_is_not_named(
    fii: Fii, name: str, form: str, audience: str
) -> None:
    Path(f"{name}.yaml").write_text(BROKEN, encoding="utf-8")
    pages = form in ("html", "md")
    words = ["-o", "site/"] if pages else []
    shown = fii("portfolio", "--format", form, "--audience", audience, *words, *DAY)
    told = Path(f"site/index.{form}").read_text(encoding="utf-8") if pages else shown.out
    assert name not in told
    if form != "csv":
        assert "FII012" in told
    assert name in fii("portfolio", "--format", "json", "--audience", "team", *DAY).out


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
    days = set(re.findall(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}t", told))
    assert days <= {"2000-01-01t", "2025-02-10t"}  # the latter is the day of the report


def test_the_steering_group_gets_code_and_place_too(fii: Fii) -> None:
    Path("kapot.yaml").write_text(BROKEN, encoding="utf-8")
    for form in ("html", "md", "json", "text"):
        pages = ("-o", "site/") if form in ("html", "md") else ()
        done = fii("portfolio", "--format", form, "--audience", "steering", *pages, *DAY)
        told = Path(f"site/index.{form}").read_text(encoding="utf-8") if pages else done.out
        assert "fel tegen" not in told
        assert "FII012" in told


@pytest.mark.parametrize("form", ["html", "md"])
def test_where_no_trajectory_is_left_no_page_is_left_either(fii: Fii, form: str) -> None:
    words = ("portfolio", ".", "--format", form, "--output", "site/", *DAY)
    assert fii(*words).code == 0
    Path("t.yaml").rename("t.txt")
    done = fii(*words, "--audience", "public")
    assert done.code == 0
    assert names() == [f"index.{form}"]
    assert audience_of(f"site/index.{form}") == "public"
    assert f"removed site/t.{form}" in done.err


def test_no_page_of_a_portfolio_is_called_another_edition(fii: Fii) -> None:
    for name in ("x.public", "client", "y.v2"):
        Path(f"{name}.yaml").write_text(TEXT, encoding="utf-8")
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    assert names() == ["client-page.html", "index.html", "t.html", "x-public-page.html", "y.v2.html"]
    assert fii("portfolio", "--audience", "public", "--output", "uit/", *DAY).code == 0
    assert Path("uit/x.public.html").exists()


@pytest.mark.parametrize("folder", ["site.public", "public", "rapporten.client.2025"])
def test_the_name_of_a_folder_decides_the_edition_too(fii: Fii, folder: str) -> None:
    named = "client" if "client" in folder else "public"
    Path("u.yaml").write_text(HEAD, encoding="utf-8")
    for words in (("portfolio",), ("report", "t.yaml", "u.yaml")):
        done = fii(*words, "--output", f"{folder}/", "--audience", "team", *DAY)
        assert done.code == 2
        assert f"means {named}, but --audience is team" in done.err
        assert fii(*words, "--output", f"{folder}/", *DAY).code == 0
    assert {audience_of(str(path)) for path in Path(folder).iterdir()} == {named}


def test_pages_in_another_format_go_with_their_trajectory(fii: Fii) -> None:
    Path("u.yaml").write_text(HEAD, encoding="utf-8")
    for form in ("html", "md"):
        assert fii("portfolio", "--format", form, "--output", "site/", *DAY).code == 0
    assert len(names()) == 6
    Path("u.yaml").rename("v.yaml")
    done = fii("portfolio", "--format", "md", "--output", "site/", *DAY)
    assert done.code == 0
    assert names() == ["index.md", "t.md", "v.md"]
    assert "removed site/u.html" in done.err
    assert "removed site/index.html" in done.err


def test_no_page_of_a_removed_trajectory_stays_under_the_name_of_another(fii: Fii) -> None:
    for folder in ("d1", "d2"):
        Path(folder).mkdir()
        Path(folder, "a.yaml").write_text(HEAD.replace("Voorbeeld", folder), encoding="utf-8")
    outside = ("--output", "o", "--audience", "public", *DAY)
    assert fii("portfolio", "d1", "d2", *outside).code == 0
    Path("d1/a.yaml").unlink()
    assert fii("portfolio", "d1", "d2", "--format", "md", *outside).code == 0
    assert names("o") == ["a.md", "index.md"]


def test_a_portfolio_of_thousands_knows_its_own_page_again() -> None:
    pages = [f"{number}{'é' * 60}.html" for number in range(3000)]
    said = mark("portfolio", "2025-02-10", "client", "chosen", pages)
    made = made_as(f"<!doctype html>\n<!-- {said} -->".encode())
    assert made
    assert made.pages == tuple(pages)


def test_a_page_that_nobody_listed_is_named(fii: Fii) -> None:
    assert fii("portfolio", "--output", "site/", *DAY).code == 0
    Path("site/index.html").unlink()
    Path("t.yaml").rename("u.yaml")
    done = fii("portfolio", "--output", "site/", *DAY)
    assert done.code == 0
    assert "not part of this portfolio, and unchanged: t.html" in done.err


def test_no_page_is_written_through_a_link_over_another_edition(fii: Fii) -> None:
    assert fii("report", "t.yaml", "--audience", "public", "--output", "uit/p.html", *DAY).code == 0
    Path("site").mkdir()
    Path("site/t.html").symlink_to("../uit/p.html")
    done = fii("portfolio", "--audience", "team", "--output", "site/", *DAY)
    assert done.code == 2
    assert audience_of("uit/p.html") == "public"


def test_a_table_of_somebody_else_with_a_column_called_fii_stays(fii: Fii) -> None:
    Path("u.csv").write_text("kolom;fii\n", encoding="utf-8")
    assert fii("report", "t.yaml", "--output", "u.csv", "--force").code == 2
    assert Path("u.csv").read_text(encoding="utf-8") == "kolom;fii\n"
