"""A programme and the trajectories it rolls out: files, and reports in JSON that others chose to publish."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.project.watched import evidence_in
from fii_cli.yaml.read import read
from helpers import FORMS, said

pytestmark = pytest.mark.usefixtures("here")
DAY = ("--as-of", "2025-03-10")
PROGRAMME = """\
fii: 1
title: Buurtscholen
language: en
organisations:
  - {id: noord, name: School Noord, roles: [receiving]}
  - {id: zuid, name: School Zuid, roles: [receiving]}
  - {id: oost, name: School Oost, roles: [candidate]}
entry: {commission: gevraagd, receiving_organisation: noord, date: 2024-01}
visits:
  - {phase: versterken, entered: 2024-05-01, via: entry}
rollout:
  - {trajectory: regio/noord.yaml, organisation: noord}
  - {report: regio/zuid.fii.json, organisation: zuid}
"""
REGION = """\
fii: 1
title: TITLE
language: en
organisations:
  - {id: school, name: School, roles: [receiving]}
people: [{id: chef, role: coach, organisation: school, name: J. Verzonnen}]
entry: {commission: gevraagd, receiving_organisation: school, date: 2024-01}
visits:
  - {phase: verkennen, entered: 2024-09-01, via: entry}
assessments:
  - instrument: stoplicht
    date: 2025-02-01
    ratings:
      2a.sturing: {value: rood, note: geheime notitie}
      2c.overleg: oranje
      2a.cultuur: groen
actions:
  - id: bel
    what: bellen
    strategy: champions
    status: klaar
    answers: [stoplicht/2a.sturing]
    result: {date: 2025-02-20, helped: HELPED}
"""


def region(title: str, helped: str = "ja") -> str:
    return REGION.replace("TITLE", title).replace("HELPED", helped)


def put(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def publish(fii: Fii, path: str, text: str, audience: str = "team", day: str = "2025-03-01") -> None:
    """A report in JSON that somebody else made, of a file that is not here."""
    put("elders.yaml", text)
    made = fii(
        *("report", "elders.yaml", "--as-of", day, "--audience", audience, "--output", "elders.json"),
    )
    assert made.code == 0, made.err
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    os.replace("elders.json", path)
    os.remove("elders.yaml")


def whole(fii: Fii, audience: str = "team", programme: str = PROGRAMME) -> None:
    put("programma.yaml", programme)
    put("regio/noord.yaml", region("Noord"))
    publish(fii, "regio/zuid.fii.json", region("Zuid", "nee"), audience)


def section(fii: Fii, *words: str) -> str:
    """The roll-out on the page, in Markdown."""
    made = fii("report", "programma.yaml", *DAY, "--format", "md", "--output", "-", *words)
    assert made.code == 0, made.err
    return made.out.partition("\n## Roll-out\n")[2].partition("\n## ")[0]


def told(fii: Fii, *words: str) -> Any:
    """The report for programs."""
    made = fii("report", "programma.yaml", *DAY, "--format", "json", "--output", "-", *words)
    assert made.code == 0, made.err
    return json.loads(made.out)


def checked(fii: Fii, *paths: str) -> str:
    """What the check says, without severities."""
    out = fii("check", *(paths or ("programma.yaml",)), *DAY, "--format", "concise").out
    return re.sub(r"(FII\d+) \w+:", r"\1", out)


# --- the page of the programme ------------------------------------------------------------------------------


def test_the_page_has_a_row_for_each_and_what_they_share_and_what_helped_where(fii: Fii) -> None:
    whole(fii)
    assert "FII04" not in checked(fii)
    page = section(fii)
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert "| Noord | School Noord | 2 Exploring | ■1 ▲1 ●1 | |" in rows
    assert "| Zuid | School Zuid | 2 Exploring | ■1 ▲1 ●1 | 1 March 2025 (team) |" in rows
    assert any(line.endswith("| 2 of 2 | Noord; Zuid |") for line in rows)
    assert any("helped 1 of 2 times, 1 not (n = 2) | Noord |" in line for line in rows)
    assert "Not in this overview" not in page


def test_json_has_the_roll_out_and_says_where_each_organisation_is(fii: Fii) -> None:
    whole(fii)
    made = told(fii)
    north, south = made["rollout"]["trajectories"]
    assert (north["title"], north["as_of"], north["published"]) == ("Noord", "2025-03-10", False)
    assert (south["title"], south["as_of"], south["published"]) == ("Zuid", "2025-03-01", True)
    assert [each["lights"]["rood"] for each in north["phases"]] == [0, 1, 0, 0, 0, 0]
    assert {each["place"] for each in made["rollout"]["barriers"]} == {
        "stoplicht/2a.sturing",
        "stoplicht/2c.overleg",
    }
    assert [each["titles"] for each in made["rollout"]["helped"]] == [["Noord"]]
    put("programma.yaml", PROGRAMME.partition("rollout:")[0])
    assert "rollout" not in told(fii)


def test_the_paths_in_json_are_those_of_every_organisation(fii: Fii) -> None:
    more = "  - {phase: implementeren, entered: 2024-09, via: entry, organisation: noord}\nrollout:\n"
    whole(fii, programme=PROGRAMME.replace("rollout:\n", more))
    assert told(fii)["paths"] == [
        {"organisation": None, "phase": "versterken", "state": "here", "entered": "2024-05-01"},
        {"organisation": "noord", "phase": "implementeren", "state": "here", "entered": "2024-09"},
    ]


def test_a_region_in_several_phases_is_marked(fii: Fii) -> None:
    whole(fii)
    more = "  - {phase: implementeren, entered: 2024-10-01, via: forward, organisation: school}\nassess"
    put("regio/noord.yaml", region("Noord").replace("assess", more, 1))
    assert "| 2 Exploring +1 |" in section(fii)


def test_a_report_that_is_out_of_date_by_a_member_names_the_roll_out(fii: Fii) -> None:
    whole(fii)
    fii("report", "programma.yaml", *DAY)
    assert fii("report", "programma.yaml", "--check").code == 0
    put("regio/noord.yaml", region("Noord").replace("groen", "rood"))
    done = fii("report", "programma.yaml", "--check")
    assert done.code == 1
    assert "out of date: a trajectory of the roll-out, the settings" in " ".join(done.out.split())


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_made(form: str, fii: Fii) -> None:
    whole(fii)
    made = fii("report", "programma.yaml", *DAY, "--format", form, "--output", f"uit.{form}")
    if made.code == 3 and form == "pdf":
        pytest.skip("no PDF here")
    assert made.code == 0, made.err
    assert Path(f"uit.{form}").stat().st_size > 500


def test_the_html_says_in_words_what_the_signs_say(fii: Fii) -> None:
    whole(fii)
    fii("report", "programma.yaml", *DAY)
    page = Path("programma.html").read_text(encoding="utf-8")
    assert '<span class="vh">1 green, 1 orange, 1 red, 18 unknown</span>' in page
    assert 'id="rollout"' in page


def test_a_spreadsheet_has_a_sheet_of_the_roll_out(fii: Fii) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    whole(fii)
    fii("report", "programma.yaml", *DAY, "--format", "xlsx")
    sheet = openpyxl.load_workbook("programma.xlsx")["Roll-out"]
    cells = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert cells[-1][:5] == ["Zuid", "School Zuid", "2 Exploring", "", "1 green, 1 orange, 1 red, 18 unknown"]


def test_a_preview_follows_the_files_of_a_roll_out() -> None:
    assert [*evidence_in(read(PROGRAMME).data)] == ["regio/noord.yaml", "regio/zuid.fii.json"]


# --- editions -----------------------------------------------------------------------------------------------


def test_outside_each_is_shown_in_the_edition_of_the_page(fii: Fii) -> None:
    whole(fii, "public")
    page = section(fii, "--audience", "public")
    assert "| Noord | School Noord | 2 Exploring | here now | |" in page
    assert "| Zuid | School Zuid | 2 Exploring | here now | 1 March 2025 (public) |" in page
    assert "■" not in page
    assert "not shown" not in page
    made = fii("report", "programma.yaml", *DAY, "--audience", "public", "--output", "uit.public.html")
    assert made.code == 0
    assert "■" not in Path("uit.public.html").read_text(encoding="utf-8").partition('id="rollout"')[2]
    assert "regio" not in page
    made = told(fii, "--audience", "public")
    assert all(
        phase["lights"] is None for each in made["rollout"]["trajectories"] for phase in each["phases"]
    )
    assert made["trajectory"]["rollout"] == [
        {"organisation": "organisation-1"},
        {"organisation": "organisation-2"},
    ]


def test_a_report_shows_no_more_than_its_own_edition_on_the_page_of_the_team(fii: Fii) -> None:
    whole(fii, "public")
    page = section(fii)
    hidden = "lights not shown"
    assert f"| Zuid | School Zuid | 2 Exploring | here now; {hidden} | 1 March 2025 (public) |" in page
    assert "| Noord | School Noord | 2 Exploring | ■1 ▲1 ●1 | |" in page
    assert "2 of 2" not in page
    more = "    ratings:\n      5a.klein-team: oranje\n"
    put("regio/noord.yaml", region("Noord").replace("    ratings:\n", more))
    assert f"| here now; {hidden} | {hidden} | 1 March 2025 (public) |" in section(fii)


def test_phases_in_which_nothing_is_have_no_column(fii: Fii) -> None:
    whole(fii)
    fii("report", "programma.yaml", *DAY)
    page = Path("programma.html").read_text(encoding="utf-8").partition('id="rollout"')[2]
    table = page.partition("<table>")[2].partition("</table>")[0]
    assert re.findall(r'<th scope="col">([^<]*)<', table) == [
        *("Trajectory", "Organisation", "Phase", "2 Exploring", "Report of"),
    ]
    assert len(re.findall("<td", table)) == 2 * 4
    assert "| Trajectory | Organisation | Phase | 2 Exploring | Report of |" in section(fii)


@pytest.mark.parametrize("audience", ["steering", "client", "public"])
def test_an_edition_wider_than_the_page_is_refused(audience: str, fii: Fii) -> None:
    whole(fii, "team")
    page = section(fii, "--audience", audience)
    assert "| Zuid |" not in page
    assert "Not in this overview" in page
    left = "regio/zuid.fii.json" if audience == "steering" else "School Zuid"
    assert f"| {left} | its report is for other readers than those of this page |" in page
    assert "FII0" not in page
    assert ("zuid.fii.json" in page) == (audience == "steering")
    made = fii("report", "programma.yaml", *DAY, "--audience", audience, "--output", f"uit.{audience}.html")
    assert made.code == 0
    why = f"this is the team edition, which shows more than the {audience} edition"
    assert f"{left} is left out: {why}" in made.err
    assert "geheime notitie" not in Path(f"uit.{audience}.html").read_text(encoding="utf-8")


def test_outside_a_trajectory_of_a_hidden_organisation_is_not_told_at_all(fii: Fii) -> None:
    put("regio/oost.yaml", region("Oost"))
    whole(fii, "public", PROGRAMME + "  - {trajectory: regio/oost.yaml, organisation: oost}\n")
    assert "| Oost | School Oost |" in section(fii)
    assert "Oost" not in section(fii, "--audience", "client")
    assert "oost" not in json.dumps(told(fii, "--audience", "public")).lower()


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("name: School,", "name: 'SCHOOL  oost',"),  # the same name, in another spelling
        ("school", "oost"),  # the same id
        ("roles: [receiving]}", "roles: [receiving]}\n  - {id: x, name: School Oost, roles: [candidate]}"),
    ],
)
def test_outside_it_is_not_told_either_if_only_its_file_says_of_whom_it_is(
    fii: Fii, audience: str, was: str, now: str
) -> None:
    put("regio/oost.yaml", region("Proef Oost").replace(was, now))
    publish(fii, "regio/oost.fii.json", region("Proef Oost").replace(was, now), "public")
    of_file, of_report = "  - {trajectory: regio/oost.yaml}\n", "  - {report: regio/oost.fii.json}\n"
    whole(fii, "public", PROGRAMME + of_file + (of_report if "name" in was else ""))
    assert "| Proef Oost |" in section(fii)
    assert "Proef Oost" not in section(fii, "--audience", audience)
    made = json.dumps(told(fii, "--audience", audience)).lower()
    assert "oost" not in made
    put("programma.yaml", PROGRAMME.partition("rollout:")[0] + "rollout:\n" + of_file)
    assert "rollout" not in told(fii, "--audience", audience)  # no empty section either
    assert "proef oost" in json.dumps(told(fii, "--audience", "steering")).lower()


def test_outside_a_known_organisation_is_told_though_its_file_has_a_hidden_one_as_a_candidate(
    fii: Fii,
) -> None:
    other = "roles: [receiving]}\n  - {id: oost, name: School Oost, roles: [ROLE]}"
    whole(fii, "public")
    put(
        "regio/noord.yaml", region("Noord").replace("roles: [receiving]}", other.replace("ROLE", "candidate"))
    )
    assert "| Noord |" in section(fii, "--audience", "client")
    put("regio/noord.yaml", region("Noord").replace("roles: [receiving]}", other.replace("ROLE", "third")))
    assert "| Noord |" not in section(fii, "--audience", "client")  # which would name it


def test_a_report_whose_audience_was_changed_by_hand_is_refused(fii: Fii) -> None:
    whole(fii)
    path = Path("regio/zuid.fii.json")
    path.write_text(path.read_text(encoding="utf-8").replace('"team"', '"public"', 1), encoding="utf-8")
    assert "edited after fii made it" in checked(fii)
    assert "| Zuid |" not in section(fii, "--audience", "public")


def test_facts_that_the_audience_of_a_report_may_not_see_are_not_read(fii: Fii) -> None:
    """Without a digest nobody can tell that it was edited: what it may show still counts."""
    whole(fii)
    path = Path("regio/zuid.fii.json")
    text = path.read_text(encoding="utf-8").replace('"team"', '"public"', 1)
    text = re.sub(r'"facts": "\w+",\s*"page": "\w+"', '"facts": ""', text)
    path.write_text(text, encoding="utf-8")
    made = fii("portfolio", "regio/zuid.fii.json", *DAY, "--format", "json", "--audience", "public")
    assert "geheime" not in made.out
    shown = json.loads(made.out)
    assert "lights" not in shown["trajectories"][0]
    assert (shown["barriers"], shown["strategies"]) == ([], [])


def test_an_item_of_a_team_is_shared_by_its_question_and_an_unknown_one_by_no_code(fii: Fii) -> None:
    own = "checklist: [{id: 2a.eigen, subphase: 2a, question: Is the app liked?}]\nassessments:"
    mine = region("Noord").replace("assessments:", own).replace("2a.sturing:", "2a.eigen:", 1)
    mine = mine.replace("stoplicht/2a.sturing", "stoplicht/2a.eigen")
    whole(fii)
    put("regio/noord.yaml", mine)
    publish(fii, "regio/zuid.fii.json", mine.replace("Noord", "Zuid"), "client")
    for page in (section(fii), section(fii, "--audience", "client")):
        assert "| Is the app liked? | 2 of 2 | Noord; Zuid |" in page
        assert "stoplicht/" not in page
    for name in ("een", "twee"):
        publish(fii, f"map/{name}.fii.json", mine.replace("Noord", name))
        path = Path(f"map/{name}.fii.json")
        text = re.sub(r'"facts": "\w+",\s*"page": "\w+"', '"facts": ""', path.read_text(encoding="utf-8"))
        path.write_text(
            text.replace('"place": "stoplicht/2a.eigen"', '"place": "huis/deur"'), encoding="utf-8"
        )
    done = fii("portfolio", "map", *DAY, "--format", "html", "--output", "site")
    assert done.code == 0
    assert "an item that only their team knows" in Path("site/index.html").read_text(encoding="utf-8")


def test_items_that_teams_wrote_themselves_are_one_barrier_only_if_they_ask_the_same(fii: Fii) -> None:
    own = "checklist: [{id: 2a.eigen, subphase: 2a, question: QUESTION}]\nassessments:"
    mine = region("Noord").replace("assessments:", own).replace("2a.sturing:", "2a.eigen:", 1)
    mine = mine.replace("stoplicht/2a.sturing", "stoplicht/2a.eigen")
    whole(fii)
    put("regio/noord.yaml", mine.replace("QUESTION", "Is the app liked?"))
    other = mine.replace("Noord", "Zuid")
    publish(fii, "regio/zuid.fii.json", other.replace("QUESTION", "Is there a room?"))
    page = section(fii)
    assert "Is the app" not in page.partition("What hinders")[2]
    assert "Is there a room" not in page
    assert "| 2 of 2 | Noord; Zuid |" in page  # what both rated on the instrument itself
    apart = json.loads(fii("portfolio", "regio", *DAY, "--format", "json").out)["barriers"]
    assert sorted((each["question"], each["known"]) for each in apart if "question" in each) == [
        ("Is the app liked?", 1),
        ("Is there a room?", 1),
    ]
    done = fii("portfolio", "regio", *DAY, "--output", "site")
    assert done.code == 0
    assert (
        "2a.eigen" not in Path("site/index.html").read_text(encoding="utf-8").partition("What hinders in")[2]
    )
    put("regio/zuid2.yaml", other.replace("QUESTION", "'Is the  APP liked?'"))
    put("programma.yaml", PROGRAMME + "  - {trajectory: regio/zuid2.yaml}\n")
    assert "| Is the app liked? | 2 of 2 | Noord; Zuid |" in section(fii)
    (shared,) = [each for each in told(fii)["rollout"]["barriers"] if each["question"]]
    assert (shared["question"], shared["trajectories"]) == ("Is the app liked?", 2)


# --- its own day --------------------------------------------------------------------------------------------


def test_a_report_keeps_its_own_day_and_a_later_one_is_left_out(fii: Fii) -> None:
    whole(fii)
    early = section(fii, "--as-of", "2025-02-15")
    assert "| Zuid |" not in early
    assert "| regio/zuid.fii.json | of 1 March 2025, which is later |" in early
    assert "| Noord |" in early
    assert told(fii, "--as-of", "2025-02-15")["rollout"]["left_out"] == [
        {"path": "regio/zuid.fii.json", "code": ""}
    ]


# --- what the check says ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "message"),
    [
        ("{report: https://example.org/zuid.fii.json}", "fii opens no URLs"),
        ("{trajectory: /tmp/noord.yaml}", "a path on one machine only"),
        ("{trajectory: 'C:/noord.yaml'}", "a path on one machine only"),
        ("{trajectory: ~/noord.yaml}", "a path on one machine only"),
        (r"{trajectory: 'regio\noord.yaml'}", "has backslashes"),
        ("{trajectory: regio/zuid.fii.json}", "is a report, not a file"),
        ("{organisation: noord}", "has one path"),
        ("{trajectory: a.yaml, report: b.json}", "has one path"),
        ("{trajectory: a.yaml, organisation: niemand}", "unknown organisation niemand"),
    ],
)
def test_a_path_that_no_roll_out_can_have_is_an_error_with_a_place(member: str, message: str) -> None:
    lines = said(PROGRAMME.partition("  - {trajectory")[0] + f"  - {member}\n")
    (found,) = [line for line in lines if message in line]
    assert found.startswith("12:")
    assert " | " in found or "organisation" in found


def test_a_trajectory_that_is_named_twice_is_an_error() -> None:
    lines = said(PROGRAMME + "  - {trajectory: regio/noord.yaml}\n")
    assert [line.partition(" ")[2][:6] for line in lines if "twice" in line] == ["FII042"]


@pytest.mark.parametrize("other", ["./regio/noord.yaml", "regio/../regio/noord.yaml", "noord.yaml"])
def test_two_paths_to_one_file_are_one_trajectory(other: str, fii: Fii) -> None:
    whole(fii, programme=PROGRAMME + f"  - {{trajectory: {other}}}\n")
    Path("noord.yaml").symlink_to("regio/noord.yaml")
    assert f"FII042 {other} is in this roll-out twice" in checked(fii)
    assert fii("report", "programma.yaml", *DAY).code == 1
    put("programma.yaml", PROGRAMME + "  - {trajectory: regio/NOORD.yaml}\n")
    os.link("regio/noord.yaml", "regio/NOORD.yaml")  # as where capitals make no other name
    assert "FII042 regio/NOORD.yaml is in this roll-out twice" in checked(fii)


def test_a_path_outside_the_repository_is_an_error_also_by_a_link(fii: Fii, here: Path) -> None:
    home = here / "repo"
    home.mkdir()
    put("noord.yaml", region("Noord"))
    os.chdir(home)
    subprocess.run(["git", "init", "-q", "."], check=True)
    put("programma.yaml", PROGRAMME.replace("regio/noord", "../noord"))
    assert "FII042 ../noord.yaml leads outside this repository" in checked(fii)
    assert fii("report", "programma.yaml", *DAY).code == 1
    put("programma.yaml", PROGRAMME)
    Path("regio").mkdir()
    Path("regio/noord.yaml").symlink_to(here / "noord.yaml")
    assert "FII042 regio/noord.yaml leads outside this repository" in checked(fii)


def test_a_path_up_in_the_same_repository_is_fine(fii: Fii, here: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    put("noord.yaml", region("Noord"))
    programme = PROGRAMME.replace("regio/noord", "../noord").partition("  - {report")[0]
    put("map/programma.yaml", programme)
    assert "FII04" not in checked(fii, "map/programma.yaml")


def test_a_roll_out_that_goes_round_is_an_error_with_its_chain(fii: Fii) -> None:
    whole(fii)
    up = "rollout: [{trajectory: west.yaml}]\n"
    put("regio/noord.yaml", region("Noord") + up)
    put("regio/west.yaml", region("West") + "rollout: [{trajectory: ../programma.yaml}]\n")
    chain = "programma.yaml → regio/noord.yaml → regio/west.yaml → programma.yaml"
    assert f"FII042 this roll-out goes round: {chain}" in checked(fii)
    assert fii("report", "programma.yaml", *DAY).code == 1
    put("regio/west.yaml", region("West") + "rollout: [{trajectory: noord.yaml}]\n")
    assert "FII042" not in checked(fii)  # the two go round by themselves, and say so
    assert "FII042" in checked(fii, "regio/west.yaml")
    put("zelf.yaml", PROGRAMME.replace("regio/noord.yaml", "zelf.yaml"))
    assert "FII042 this roll-out goes round: zelf.yaml → zelf.yaml" in checked(fii, "zelf.yaml")


def test_what_is_missing_is_an_advice_and_the_report_is_made_without_it(fii: Fii) -> None:
    whole(fii)
    os.remove("regio/noord.yaml")
    assert "FII043 regio/noord.yaml: no such file or folder" in checked(fii)
    assert fii("check", "programma.yaml", *DAY).code == 0
    assert "| regio/noord.yaml | no such file or folder |" in section(fii)


def test_a_region_with_an_error_is_left_out_of_the_page_with_the_reason(fii: Fii) -> None:
    whole(fii)
    put("regio/noord.yaml", region("Noord").replace("groen", "paars"))
    assert "| School Noord | it cannot be shown |" in section(fii, "--audience", "client")
    page = section(fii)
    assert "| regio/noord.yaml | line 16: FII026" in page
    assert "| Zuid |" in page


# --- whatever a file can be ---------------------------------------------------------------------------------


def _deep(text: str) -> str:
    return text.replace('"summary"', '"x"').replace('"trajectory": {', '"trajectory": {"x": ' + "[" * 99_999)


def _with(key: str, value: str) -> Callable[[str], str]:
    return lambda text: re.sub(rf'"{key}": ("[^"]*"|\w+)', f'"{key}": {value}', text, count=1)


SPOILT: dict[str, Callable[[str], str]] = {
    "empty": lambda text: "",
    "a list": lambda text: "[]",
    "a number": lambda text: "1",
    "JSON of another tool": lambda text: '{"name": "x", "version": 1}',
    "half a report": lambda text: text[: len(text) // 2],
    "too deep": _deep,
    "a portfolio": _with("fii", '"portfolio"'),
    "a later version": _with("version", "2"),
    "no date": _with("as_of", '"2025-13-41"'),
    "no audience": _with("audience", '"file"'),
    "an audience of another kind": _with("audience", "7"),
    "not a number": lambda text: text.replace('"barriers": [', '"barriers": [NaN, ', 1),
    "facts of another kind": lambda text: re.sub(r'"title": "\w+"', '"title": {"a": 1}', text),
    "a strength that is none": _with("strength", "9"),
    "edited": lambda text: text.replace("Zuid", "Zuidoost"),
    "a page": lambda text: "<!doctype html>\n<!-- fii report 2025-03-01 team chosen -->\n",
}


@pytest.mark.parametrize("kind", SPOILT)
def test_what_is_no_report_as_fii_made_it_is_an_advice_and_never_an_exception(kind: str, fii: Fii) -> None:
    whole(fii)
    path = Path("regio/zuid.fii.json")
    path.write_text(SPOILT[kind](path.read_text(encoding="utf-8")), encoding="utf-8")
    out = checked(fii)
    assert "FII043 regio/zuid.fii.json: " in out
    assert "unexpected" not in out
    assert "| regio/zuid.fii.json |" in section(fii)
    done = fii("portfolio", "regio", *DAY)
    assert done.code == 1
    assert "unexpected" not in done.err + done.out
    assert "Noord" in done.out


@pytest.mark.parametrize("kind", ["latin", "folder", "pipe", "link to itself", "huge"])
def test_what_cannot_be_read_is_an_advice(kind: str, fii: Fii) -> None:
    whole(fii)
    path = Path("regio/zuid.fii.json")
    raw = path.read_bytes()
    path.unlink()
    if kind == "latin":
        path.write_bytes(raw.replace(b"Zuid", "Zuïd".encode("latin-1")))
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "huge":
        with path.open("wb") as file:
            file.truncate(50_000_000)
    else:
        path.symlink_to("zuid.fii.json")
    assert "FII043 regio/zuid.fii.json: " in checked(fii)
    assert "| Noord |" in section(fii)


def test_a_byte_order_mark_and_other_line_endings_are_no_edit(fii: Fii) -> None:
    whole(fii)
    path = Path("regio/zuid.fii.json")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert "FII043" not in checked(fii)
    assert "| Zuid |" in section(fii)


def test_keys_of_a_later_fii_are_ignored(fii: Fii) -> None:
    whole(fii)
    path = Path("regio/zuid.fii.json")
    text = re.sub(r'"facts": "\w+",\s*"page": "\w+"', '"facts": ""', path.read_text(encoding="utf-8"))
    made = json.loads(text)
    made["nieuw"] = made["trajectory"]["nieuw"] = made["trajectory"]["visits"][0]["nieuw"] = [{"a": 1}]
    path.write_text(json.dumps(made, indent=2), encoding="utf-8")
    assert "FII043" not in checked(fii)
    assert "| Zuid | School Zuid | 2 Exploring | ■1 ▲1 ●1 |" in section(fii)


@pytest.mark.parametrize("form", FORMS)
def test_control_characters_in_a_report_reach_no_terminal_and_spoil_no_form(form: str, fii: Fii) -> None:
    whole(fii)
    path = Path("regio/zuid.fii.json")
    text = re.sub(r'"facts": "\w+",\s*"page": "\w+"', '"facts": ""', path.read_text(encoding="utf-8"))
    path.write_text(text.replace('"Zuid"', r'"Zuid \u001b[31m<b>|\u0000"'), encoding="utf-8")
    made = fii("report", "programma.yaml", *DAY, "--format", form, "--output", f"uit.{form}")
    if made.code == 3 and form == "pdf":
        pytest.skip("no PDF here")
    assert made.code == 0, made.err
    if form in ("html", "md"):
        assert "Zuid" in Path(f"uit.{form}").read_text(encoding="utf-8")
        assert "<b>" not in Path(f"uit.{form}").read_text(encoding="utf-8")
    for wanted in ("text", "md", "csv"):
        assert "\x1b" not in fii("portfolio", "regio", *DAY, "--format", wanted).out


# --- a portfolio --------------------------------------------------------------------------------------------


def rows(fii: Fii, *paths: str) -> list[dict[str, Any]]:
    made = fii("portfolio", *paths, *DAY, "--format", "json")
    assert made.code == 0, made.err
    return list(json.loads(made.out)["trajectories"])


def test_a_portfolio_takes_reports_beside_files_and_finds_them_in_folders(fii: Fii) -> None:
    whole(fii)
    by_title = {each["title"]: each for each in rows(fii, "regio")}
    assert sorted(by_title) == ["Noord", "Zuid"]
    assert by_title["Zuid"]["report"] == {"as_of": "2025-03-01", "audience": "team"}
    assert "report" not in by_title["Noord"]
    assert by_title["Zuid"]["lights"] == by_title["Noord"]["lights"]
    assert by_title["Zuid"]["barriers"] == by_title["Noord"]["barriers"] == 2
    assert [each["title"] for each in rows(fii, "regio/zuid.fii.json")] == ["Zuid"]
    assert len(rows(fii, "regio", "regio/zuid.fii.json", "regio/../regio/zuid.fii.json")) == 2
    shown = fii("portfolio", "regio", *DAY, "--format", "csv").out
    assert "Report of" in shown
    assert "2025-03-01 (team)" in shown


def test_other_json_in_a_folder_is_not_looked_at(fii: Fii) -> None:
    whole(fii)
    put("regio/package.json", "{}")
    assert len(rows(fii, "regio")) == 2
    assert fii("portfolio", "regio/package.json", *DAY).code == 1


def test_what_a_report_does_not_show_is_hidden_and_not_counted_as_nothing(fii: Fii) -> None:
    whole(fii, "public")
    out = fii("portfolio", "regio", *DAY, "--format", "csv").out
    zuid = next(line for line in out.splitlines() if line.startswith("Zuid"))
    assert zuid.count("not shown") == 7
    page = fii("portfolio", "regio", *DAY, "--format", "md").out
    assert "Nothing was rated" not in page
    assert "The report of 1 does not show lights." in page
    assert page.count("| 1 of 1 | yes 1 (n = 1) |") == 1  # of those that show actions
    done = fii("portfolio", "regio", *DAY, "--output", "site")
    assert done.code == 0
    drawn = Path("site/index.html").read_text(encoding="utf-8")
    row = drawn.partition(">b&ensp;Zuid")[2].partition("</ol>")[0]
    assert ">?<" not in row
    assert row.count("lights not shown") == 6
    assert row.count(">not shown<") == 3
    zuid_told = next(each for each in rows(fii, "regio") if each["title"] == "Zuid")
    assert "lights" not in zuid_told
    assert "overdue" not in zuid_told


def test_the_pages_of_a_portfolio_link_only_to_pages_that_exist(fii: Fii) -> None:
    whole(fii, "public")
    done = fii("portfolio", "regio", *DAY, "--output", "site")
    assert done.code == 0, done.err
    assert sorted(os.listdir("site")) == ["index.html", "noord.html"]
    page = Path("site/index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="([^"#]*)"', page) == ["noord.html"]
    assert "report of 1 March 2025 (public)" in page
    assert "visited; the report does not show lights" in page


def test_a_portfolio_refuses_what_shows_more_and_leaves_out_what_is_later(fii: Fii) -> None:
    whole(fii, "team")
    done = fii("portfolio", "regio", *DAY, "--audience", "public", "--format", "json")
    assert done.code == 1
    made = json.loads(done.out)
    assert [each["title"] for each in made["trajectories"]] == ["Noord"]
    assert made["unreadable"] == [{"path": "….yaml", "line": 0, "code": "FII043"}]
    why = "regio/zuid.fii.json: this is the team edition, which shows more than the public edition"
    assert why in done.err
    for words in (("--format", "md"), ("--format", "text")):
        shown = fii("portfolio", "regio", *DAY, "--audience", "client", *words)
        assert "its report is for other readers than those of this page" in " ".join(shown.out.split())
        assert "zuid.fii" not in shown.out
        assert "FII0" not in shown.out
        assert "regio/zuid.fii.json" in shown.err
    put("regio/kapot.yaml", region("Kapot").replace("groen", "paars"))
    shown = fii("portfolio", "regio", *DAY, "--audience", "client", "--format", "md")
    assert "| kapot.yaml:16 | FII026 |" in shown.out
    assert "regio/kapot.yaml: line 16: FII026" in shown.err
    os.remove("regio/kapot.yaml")
    early = fii("portfolio", "regio", "--as-of", "2025-02-15", "--format", "json")
    assert early.code == 0
    assert json.loads(early.out)["left_out"] == [{"path": "regio/zuid.fii.json", "as_of": "2025-03-01"}]
    assert "zuid.fii.json is left out: it is of 2025-03-01" in early.err


def test_without_a_chosen_day_the_latest_report_decides(fii: Fii) -> None:
    publish(fii, "een.fii.json", region("Een"), day="2025-03-01")
    publish(fii, "twee.fii.json", region("Twee"), day="2025-04-01")
    made = json.loads(fii("portfolio", ".", "--format", "json").out)
    assert (made["date"], len(made["trajectories"])) == ("2025-04-01", 2)


def test_small_groups_are_hidden_as_the_owner_published_them(fii: Fii) -> None:
    """The barriers are those of the report: this portfolio has other thresholds, and works nothing out."""
    counted = '  - {instrument: midi, date: 2025-02-01, responses: 4, counts: {"1": {"1": 4}}}\nactions:'
    put("elders/fii.toml", "")
    publish(fii, "klein.fii.json", region("Klein").replace("actions:", counted))
    made = json.loads(fii("portfolio", "klein.fii.json", *DAY, "--format", "json").out)
    assert {each["place"] for each in made["barriers"]} == {"stoplicht/2a.sturing", "stoplicht/2c.overleg"}
    put("fii.toml", "[thresholds]\nsmallest = 1\n")
    again = json.loads(fii("portfolio", "klein.fii.json", *DAY, "--format", "json").out)
    assert made["barriers"] == again["barriers"]


# --- writing it ---------------------------------------------------------------------------------------------


def test_a_trajectory_is_added_to_a_roll_out(fii: Fii) -> None:
    whole(fii)
    put("regio/west.yaml", region("West"))
    done = fii("add", "programma.yaml", "rollout", "trajectory=regio/west.yaml")
    assert done.code == 0, done.err
    assert "| West |" in section(fii)


def test_two_sides_that_each_add_one_are_merged(fii: Fii) -> None:
    whole(fii)
    put("basis.yaml", PROGRAMME)
    put("links.yaml", PROGRAMME + "  - {trajectory: regio/west.yaml}\n")
    put("rechts.yaml", PROGRAMME + "  - {trajectory: regio/oost.yaml}\n")
    done = fii("merge", "basis.yaml", "links.yaml", "rechts.yaml")
    merged = done.out + Path("links.yaml").read_text(encoding="utf-8")
    assert "regio/west.yaml" in merged
    assert "regio/oost.yaml" in merged
    assert "<<<<" not in merged
