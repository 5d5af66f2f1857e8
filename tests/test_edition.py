"""Editions: what stays inside never reaches a page for others, field by field of every record."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest

from conftest import Fii
from fii_cli.editions.edition import edition_of, reaches
from fii_cli.handbook.load import handbook
from fii_cli.pages.render import render
from fii_cli.report import EDITIONS, report_of
from fii_cli.report.basis import basis_of
from fii_cli.resources import language
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REACHES, REFERS_TO, Record
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.places import closed_values, record_in
from fii_cli.words import AUDIENCES, Audience
from helpers import DAY, FORMS, HEAD, all_text, edition, trajectory, with_days_as_in_files
from outside import writer_of

TODAY = date(2099, 1, 1)
KNOWN = {
    ("Assessment", "instrument"): "cfir",
    ("Assessment", "ratings"): {"III.D.2": {"value": "-2"}},
    ("Assessment", "counts"): {},
    ("Assessment", "published"): {"III.D.3": {"n": 7, "mean": 1, "sd": 1, "shares": {"hinders": 100}}},
    ("Assessment", "perspective"): "giving",
    ("ActiveIngredient", "id"): "kern",
    ("Adaptation", "ingredients"): ["kern"],
    ("Distinguish", "instrument"): "cfir",
    ("Distinguish", "by"): "bereik",
    ("Distinguish", "low"): [],
    ("Distinguish", "high"): [],
    ("Indicator", "id"): "bereik",
    ("Action", "strategy"): "champions",
    ("Action", "answers"): ["cfir/III.D.2"],
    ("Accepted", "rule"): "FII211",
    ("ChecklistItem", "id"): "1a.eigen",
    ("ChecklistItem", "subphase"): "1a",
    ("Visit", "phase"): "borgen",
    ("Organisation", "until"): "2099-12",
    ("Organisation", "became"): "opvolger",
    ("Person", "until"): "2099-12",
    ("Person", "followed_by"): "opvolger",
    ("Trajectory", "fii"): 1,
    ("Trajectory", "language"): "nl",
}
"""What has to be of a kind, so that the report goes on to show it."""


class Filled:
    """A trajectory with every key of every record filled, and what each says, by how far it may reach."""

    def __init__(self) -> None:
        self.marks: dict[str, Audience] = {}
        self.refers: list[tuple[dict[str, Any], str, str]] = []
        self.ids: dict[str, str] = {}
        data = self.data = self._record(Trajectory, "public")
        data["assessments"][0]["ratings"]["III.D.2"] |= {
            "note": self._mark("steering"),
            "evidence": self._mark("steering"),
        }
        data["organisations"].append({"id": "opvolger", "name": "Opvolger", "roles": ["receiving"]})
        data["people"].append({"id": "opvolger", "role": "opvolger"})
        for where, name, kind in self.refers:
            where[name] = self.ids[kind]
        whole = data["rollout"][0]  # one has a file or a report, never both
        data["rollout"] = [
            {key: value for key, value in whole.items() if key != other} for other in ("report", "trajectory")
        ]
        self.trajectory = Trajectory.model_validate(data)

    def _mark(self, reach: Audience) -> str:
        mark = f"Kenmerk{len(self.marks)}eind"
        self.marks[mark] = reach
        return mark

    def _record(self, record: type[Record], reach: Audience) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for name, info in record.model_fields.items():
            extra: Any = info.json_schema_extra
            inner: Audience = min(reach, extra[REACHES], key=AUDIENCES.index)
            known = KNOWN.get((record.__name__, name))
            if known is not None:
                data[name] = known
            elif REFERS_TO in extra:
                self.refers.append((data, name, extra[REFERS_TO]))
            else:
                data[name] = self._value(info.annotation, inner)
                if name == "id" and record.__name__ in ("Organisation", "Person"):
                    self.ids[record.__name__.lower()] = data[name]
        return data

    def _value(self, annotation: Any, reach: Audience) -> Any:
        one = record_in(annotation)
        many = any(get_origin(part) is tuple for part in (annotation, *get_args(annotation)))
        if one:
            return [self._record(one, reach)] if many else self._record(one, reach)
        if words := closed_values(annotation):
            return [words[-1]] if many else words[-1]
        parts = set(get_args(annotation)) | {annotation}
        if Date in parts or any(Date in get_args(part) for part in parts):
            mark = (date(2031, 1, 1) + timedelta(days=7 * len(self.marks))).isoformat()
            self.marks[mark] = reach
            return mark
        if {int, float} & (parts | {a for part in parts for a in get_args(part)}):
            return 7
        return [self._mark(reach)] if many else self._mark(reach)


@pytest.fixture(scope="module")
def filled() -> Filled:
    return Filled()


def hidden_in(record: Record, audience: Audience) -> Iterator[str]:
    """The keys with something in them that this audience may not see."""
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if not reaches(type(record), name, audience):
            if value != info.get_default(call_default_factory=True):
                yield f"{type(record).__name__}.{name}"
            continue
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for each in inner:
            if isinstance(each, Record):
                yield from hidden_in(each, audience)


def test_every_record_of_the_format_is_filled(filled: Filled) -> None:
    records = {type(record) for _, record in filled.trajectory.records}
    assert records == set(_records(Trajectory))


def _records(record: type[Record]) -> Iterator[type[Record]]:
    yield record
    for info in record.model_fields.values():
        inner = record_in(info.annotation)
        if inner:
            yield from _records(inner)


@pytest.mark.parametrize("audience", EDITIONS)
def test_an_edition_holds_nothing_that_does_not_reach_so_far(filled: Filled, audience: Audience) -> None:
    edition = edition_of(filled.trajectory, audience)
    assert list(hidden_in(edition, audience)) == []
    assert [record for _, record in edition.records if ... in vars(record).values()] == []


@pytest.mark.parametrize("format_", ["html", "md"])
@pytest.mark.parametrize("audience", EDITIONS)
def test_a_page_shows_nothing_that_does_not_reach_so_far(
    filled: Filled, audience: Audience, format_: Any
) -> None:
    say = language("nl")
    made = report_of(basis_of(edition(filled.trajectory, TODAY, audience), handbook()), say)
    page = with_days_as_in_files(render(made, format_, say))
    allowed = AUDIENCES.index(audience)
    shown = {mark for mark in filled.marks if mark in page}
    assert {mark for mark in shown if AUDIENCES.index(filled.marks[mark]) < allowed} == set()
    reach_so_far = {mark for mark, reach in filled.marks.items() if AUDIENCES.index(reach) >= allowed}
    assert len(shown) > 0.8 * len(reach_so_far)  # what is no use to a reader, such as ids, is left out


@pytest.mark.parametrize("audience", EDITIONS)
@pytest.mark.parametrize("form", FORMS)
def test_no_form_shows_what_does_not_reach_so_far(
    fii: Fii, here: Path, filled: Filled, form: str, audience: Audience
) -> None:
    """With real findings, and with all that a command says beside the file."""
    writer_of(form)
    Path("t.yaml").write_text(json.dumps(filled.data), encoding="utf-8")
    done = fii("report", "t.yaml", "--audience", audience, "--output", f"r.{form}", "--as-of", str(TODAY))
    assert done.code == 0, done.err
    told = with_days_as_in_files(all_text(Path(f"r.{form}")) + done.out + done.err)
    allowed = AUDIENCES.index(audience)
    assert [m for m, reach in filled.marks.items() if m in told and AUDIENCES.index(reach) < allowed] == []
    assert any(mark in told for mark in filled.marks)


@pytest.mark.parametrize("audience", EDITIONS)
def test_no_workbook_shows_what_does_not_reach_so_far(
    fii: Fii, here: Path, filled: Filled, audience: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in its sheets, nor in the hidden one, nor in what there is to choose from."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(TODAY.year, 1, 2, tzinfo=UTC).timestamp())))
    Path("t.yaml").write_text(json.dumps(filled.data), encoding="utf-8")
    done = fii("workbook", "t.yaml", "--audience", audience, "--output", "r.xlsx")
    assert done.code == 0, done.err
    told = with_days_as_in_files(all_text(Path("r.xlsx")) + done.out + done.err)
    allowed = AUDIENCES.index(audience)
    assert [m for m, reach in filled.marks.items() if m in told and AUDIENCES.index(reach) < allowed] == []
    assert any(mark in told for mark in filled.marks)


@pytest.mark.parametrize("audience", EDITIONS)
@pytest.mark.parametrize("form", ["text", "html", "md", "json", "csv"])
def test_no_portfolio_shows_what_does_not_reach_so_far(
    fii: Fii, here: Path, filled: Filled, form: str, audience: Audience
) -> None:
    Path("t.yaml").write_text(json.dumps(filled.data), encoding="utf-8")
    into = ("--output", "site/") if form in ("html", "md") else ()
    done = fii("portfolio", "t.yaml", "--format", form, "--audience", audience, *into, "--as-of", str(TODAY))
    assert done.code == 0, done.err
    pages = [path.read_text(encoding="utf-8") for path in Path().glob("site/*")]
    told = with_days_as_in_files("".join([done.out, done.err, *pages]))
    allowed = AUDIENCES.index(audience)
    assert [m for m, reach in filled.marks.items() if m in told and AUDIENCES.index(reach) < allowed] == []


STEERING = HEAD + (
    "organisations: [{id: gemeente, name: Gemeente Verzonnen, roles: [commissioner]}]\n"
    "people: [{id: wethouder, role: wethouder onderwijs, organisation: gemeente, level: wethouders}]\n"
    "visits: [{phase: versterken, entered: 2025-01, via: entry}]\n"
    "versterken:\n  key_people:\n    - person: wethouder\n      support: kritisch\n      contacts:\n"
    "        - {date: 2025-01-05, present: ja}\n        - {date: 2025-02-01, present: nee}\n"
    "        - {date: 2025-02-20, present: nee}\n"
    "actions: [{id: a, what: doen}]\n"
)


@pytest.mark.parametrize("form", ["md", "html", "json", "docx", "pdf"])
def test_the_steering_group_reads_no_finding_about_key_people(fii: Fii, here: Path, form: str) -> None:
    writer_of(form)
    Path("t.yaml").write_text(STEERING, encoding="utf-8")
    seen = {}
    full = ["--full"] if form == "pdf" else []  # the PDF leaves out what is closed on the page
    for audience in ("team", "steering"):
        done = fii("report", "t.yaml", *full, "--audience", audience, "--output", f"{audience}.{form}")
        assert done.code == 0
        seen[audience] = all_text(Path(f"{audience}.{form}"))
    for code in ("FII421", "FII422", "FII423"):
        assert code in seen["team"]
        assert code not in seen["steering"]
    assert "FII701" in seen["steering"]  # what can be seen in its own edition
    assert "FII411" not in seen["steering"]  # and nothing that only seems to be missing there


def test_a_portfolio_for_the_steering_group_shows_no_finding_about_key_people(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(STEERING, encoding="utf-8")
    for form in ("html", "md"):
        done = fii("portfolio", "--audience", "steering", "--format", form, "--output", "site/")
        assert done.code == 0
        told = done.out + done.err + "".join(p.read_text(encoding="utf-8") for p in Path("site").iterdir())
        assert "FII42" not in told
    assert "FII42" not in fii("portfolio", "--audience", "steering", "--format", "json").out


def test_no_key_leads_to_a_person_where_people_are_not_known() -> None:
    for record in set(_records(Trajectory)):
        for name, info in record.model_fields.items():
            extra: Any = info.json_schema_extra
            if extra.get(REFERS_TO) == "person":
                assert not reaches(record, name, "public"), f"{record.__name__}.{name}"


def test_notes_stay_inside_and_names_in_the_file() -> None:
    for record in set(_records(Trajectory)):
        if "note" in record.model_fields:
            assert not reaches(record, "note", "client"), record.__name__
        if "by" in record.model_fields and record.__name__ != "Task":
            assert not reaches(record, "by", "client"), record.__name__
    person = next(record for record in _records(Trajectory) if record.__name__ == "Person")
    assert not reaches(person, "name", "team")


def test_a_candidate_is_known_no_further_than_the_shortlist() -> None:
    text = HEAD + (
        "organisations:\n  - {id: a, name: Stichting A, roles: [receiving]}\n"
        "  - {id: b, name: Welzijn B, roles: [candidate]}\n"
        "assessments:\n  - {instrument: readiness, date: 2025-01-01, about: b, ratings: {doel: ja}}\n"
    )
    told = trajectory(text)
    assert len(edition_of(told, "steering").organisations) == 2
    assert [each.name for each in edition_of(told, "client").organisations] == ["Stichting A"]
    assert edition_of(told, "client").assessments == ()


def test_nothing_beyond_the_shortlist_refers_to_a_candidate(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(
        HEAD + "organisations:\n  - {id: a, name: Stichting A, roles: [receiving]}\n"
        "  - {id: geheim, name: Welzijn B, roles: [candidate]}\n"
        "people: [{id: p, role: directeur, organisation: geheim}]\n"
        "verkennen:\n  shortlist: [{organisation: geheim, culture: lerend}]\n"
        "  agreements: [{organisation: geheim, interest: zeer gretig}, "
        "{organisation: a, interest: wil graag}]\n"
        "  ownership: {roadmap: [{id: t, what: draaiboek, by: geheim}]}\n",
        encoding="utf-8",
    )
    for wanted in ("html", "md", "json", "xlsx"):
        for audience in ("steering", "client", "public"):
            words = ["--format", wanted, "--audience", audience, "--output", f"{audience}.{wanted}"]
            assert fii("report", "a.yaml", *words).code == 0
    for wanted in ("html", "md", "json"):
        seen = {each: Path(f"{each}.{wanted}").read_text(encoding="utf-8") for each in ("steering", "client")}
        assert "Welzijn B" in seen["steering"]
        for word in ("geheim", "Welzijn B", "zeer gretig", "directeur", "draaiboek"):
            assert word not in seen["client"], wanted
        assert "wil graag" in seen["client"], wanted


def test_an_id_that_is_a_name_does_not_leave_the_organisations(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(
        HEAD + "people: [{id: jan-de-vries, role: projectleider}]\n"
        "actions: [{id: a, what: doen, owner: jan-de-vries}]\n",
        encoding="utf-8",
    )
    for audience, there in (("team", True), ("steering", True), ("client", False), ("public", False)):
        made = fii("report", "a.yaml", "--format", "json", "--audience", audience, "--output", "-").out
        assert ("jan-de-vries" in made) == there
    page = fii("report", "a.yaml", "--audience", "client", "--format", "md", "--output", "-").out
    assert "| doen | | projectleider |" in page


@pytest.mark.parametrize("wanted", ["html", "md"])
def test_advice_to_the_team_is_not_for_others(fii: Fii, here: Path, wanted: str) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    for audience in ("team", "steering", "client", "public"):
        page = fii("report", "a.yaml", "--format", wanted, "--audience", audience, "--output", "-").out
        assert ("Waar u op moet letten" in page) == (audience in ("team", "steering"))


@pytest.mark.parametrize("wanted", ["html", "md", "json", "docx"])
def test_what_fii_remarks_stays_inside(fii: Fii, here: Path, wanted: str) -> None:
    Path("a.yaml").write_text(HEAD + "actions: [{id: a, what: doen}]\n", encoding="utf-8")
    remark = "de actie a heeft geen eigenaar"
    for audience in ("team", "steering", "client", "public"):
        words = ["--format", wanted, "--audience", audience, "--output", f"{audience}.{wanted}"]
        assert fii("report", "a.yaml", *words).code == 0
        raw = Path(f"{audience}.{wanted}").read_bytes()
        if wanted == "docx":
            raw = zipfile.ZipFile(io.BytesIO(raw)).read("word/document.xml")
        assert (remark.encode() in raw) == (audience in ("team", "steering"))


PERSONAL = HEAD + "log:\n  - {date: 2025-01-01, text: bel jan@voorbeeld.nl}\n"


@pytest.mark.parametrize("audience", ["client", "public"])
def test_an_edition_for_others_waits_for_personal_data_to_go(fii: Fii, here: Path, audience: str) -> None:
    Path("a.yaml").write_text(PERSONAL, encoding="utf-8")
    Path("fii.toml").write_text('[check]\nignore = ["FII9"]\n', encoding="utf-8")
    done = fii("report", "a.yaml", "--audience", audience, "--as-of", str(DAY), lang="nl")
    assert done.code == 1
    assert "FII901" in done.err
    assert "geen editie voor anderen" in done.err
    assert not Path(f"a.{audience}.html").exists()
    assert fii("report", "a.yaml", "--audience", "steering").code == 0


def test_what_only_looks_personal_can_be_accepted(fii: Fii, here: Path) -> None:
    accepted = "accepted:\n  - {rule: FII901, reason: het adres van het meldpunt is openbaar}\n"
    Path("a.yaml").write_text(PERSONAL + accepted, encoding="utf-8")
    assert fii("report", "a.yaml", "--audience", "client").code == 0


def test_a_report_keeps_the_edition_it_was_made_for(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(HEAD + "log:\n  - {date: 2025-01-01, text: onder ons}\n", encoding="utf-8")
    fii("report", "a.yaml", "--audience", "public", "--output", "site.html", "--as-of", str(DAY))
    assert "onder ons" not in Path("site.html").read_text(encoding="utf-8")
    assert fii("report", "a.yaml", "--output", "site.html", "--check").code == 0
    fii("report", "a.yaml", "--output", "site.html", "--as-of", str(DAY))
    assert "onder ons" not in Path("site.html").read_text(encoding="utf-8")
    done = fii("report", "a.yaml", "--output", "site.html", "--audience", "team", "--as-of", str(DAY))
    assert done.code == 2
    assert "site.html is the public edition, but team shows more" in done.err
    assert "onder ons" not in Path("site.html").read_text(encoding="utf-8")


def test_where_lights_are_not_shown_nothing_counts_them(fii: Fii, here: Path) -> None:
    fii("new", "--example", "thuis-leren-verzonnen")
    page = fii(
        "report", "thuis-leren-verzonnen.yaml", "--audience", "public", "--format", "md", "-o", "-"
    ).out
    for word in ("onbekend", "beoordeeld", "Nu te doen"):
        assert word not in page


@pytest.mark.parametrize(
    ("audience", "shown", "hidden"),
    [
        ("team", ("rode lichten", "Langst stil", "belemmeringen", "Volgende datum"), ()),
        ("client", ("rode lichten", "belemmeringen", "Volgende datum"), ("Langst stil", "weken")),
        ("public", ("Fasen",), ("lichten", "Langst stil", "belemmeringen", "te laat", "Volgende datum")),
    ],
)
def test_a_portfolio_shows_no_more_than_its_pages(
    fii: Fii, here: Path, audience: str, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    fii("new", "--example", "thuis-leren-verzonnen")
    done = fii("portfolio", "--output", "site/", "--audience", audience, lang="nl")
    assert done.code == 0
    index = Path("site/index.html").read_text(encoding="utf-8")
    for word in shown:
        assert word in index
    for word in hidden:
        assert word not in index
    assert fii("portfolio", "--output", "site/").code == 0  # and stays the edition that it is
    page = Path("site/thuis-leren-verzonnen.html").read_text(encoding="utf-8")
    assert ("over geld beslist de directie" in page) == (audience == "team")


def test_a_portfolio_for_others_names_the_file_that_is_not_fit_for_it(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(PERSONAL, encoding="utf-8")
    Path("b.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("portfolio", "--output", "site/", "--audience", "client")
    assert done.code == 1
    assert not Path("site/a.html").exists()
    assert "FII901" in Path("site/index.html").read_text(encoding="utf-8")
    assert "jan@voorbeeld.nl" not in Path("site/index.html").read_text(encoding="utf-8")
