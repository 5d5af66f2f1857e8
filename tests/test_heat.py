"""Organisations side by side in the report, what divides them, and the key that keeps the groups."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.distinguishes import Organisation, distinguishing
from fii_cli.editions.outsiders import for_outsiders
from fii_cli.handbook.load import handbook
from fii_cli.pages.render import render
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.heat_shapes import HeatBlock
from fii_cli.report.model import Report
from fii_cli.report.sheets import sheets_of
from fii_cli.words import Audience
from helpers import EN, HEAD, codes, edition, places, said, trajectory

CASES = Path(__file__).parent / "cases"
PUBLISHED = CASES / "rollout" / "published.tsv"

pytestmark = pytest.mark.usefixtures("here")

THREE = (
    HEAD
    + """\
organisations:
  - {id: noord, name: School Noord, roles: [receiving]}
  - {id: zuid, name: School Zuid, roles: [receiving]}
  - {id: west, name: School West, roles: [receiving]}
assessments:
  - {instrument: cfir, date: 2025-01-20, about: noord, ratings: {I.E: 2, III.C: X, V.A: M}}
  - {instrument: cfir, date: 2025-01-20, about: zuid, ratings: {I.E: -1, III.C: -2}}
  - {instrument: cfir, date: 2025-01-20, about: west, ratings: {I.E: 1}}
  - {instrument: outcomes, date: 2025-01-20, about: noord, ratings: {adoptie: ja}}
  - {instrument: outcomes, date: 2025-01-20, about: zuid, ratings: {adoptie: nee}}
borgen:
  indicators:
    - id: bereik
      what: deel van de doelgroep dat meedoet
      measurements:
        - {date: 2024-12, organisation: noord, value: 10}
        - {date: 2025-01, organisation: noord, value: 60}
        - {date: 2025-01, organisation: zuid, value: 35.5}
        - {date: 2025-01, organisation: west, value: 40}
    - id: adoptie
      what: teams die zijn begonnen
      measurements:
        - {date: 2025-01, organisation: noord, value: 1}
        - {date: 2025-01, organisation: zuid, value: 5}
"""
)


def report(text: str, audience: Audience = "team", day: date = date(2025, 2, 10)) -> Report:
    return report_of(basis_of(edition(trajectory(text), day, audience), handbook()), EN)


def verdicts(block: HeatBlock) -> dict[str, str]:
    return {row.id: row.verdict for group in block.groups for row in group.rows}


def distinguish(keys: str) -> str:
    return f"{THREE}distinguish: {{{keys}}}\n"


# --- the published case -------------------------------------------------------------------------------------


def test_the_published_case_goes_from_its_table_to_a_page_that_says_what_its_paper_says(fii: Fii) -> None:
    Path("a.yaml").write_text(HEAD.replace("language: nl", "language: en"), encoding="utf-8")
    table = ("import", "a.yaml", str(PUBLISHED), "--as", "ratings", "--instrument", "cfir")
    assert fii(*table, "--date", "2014-06", "--perspective", "third", "--add-organisations").code == 0
    assert fii("set", "a.yaml", "distinguish.instrument", "cfir").code == 0
    assert fii("set", "a.yaml", "distinguish.low", "site-5").code == 0
    rows = list(csv.DictReader(PUBLISHED.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    published = {
        row["item"]: {"strong": "strongly", "weak": "weakly"}.get(row["verdict"] or "", "") for row in rows
    }
    assert sum(map(bool, published.values())) == 10

    page = fii("report", "a.yaml", "--output", "-").out
    table_rows = re.findall(r"<tr(?: class=\"found-row\")?>\n<th scope=\"row\">.*?</tr>", page, re.S)
    found = {}
    for row in table_rows:
        if id_ := re.search(r'<span class="tag">([IV]+\.[\w.]+)</span>', row):
            verdict = re.search(r'<td class="v found">(\w+)</td>', row)
            found[id_[1]] = verdict[1] if verdict else ""
    assert found == published
    told = " ".join(re.sub(r"<[^>]+>", "", page).split())
    for strength in ("strongly", "weakly"):
        line = re.search(rf"Distinguishes {strength}: ([^:]*?)\.(?= Dist| I\.G)", told)
        assert line
        named = {each.split()[0] for each in line[1].split(", ")}
        assert named == {item for item, verdict in published.items() if verdict == strength}
    assert "I.G Design Quality &amp; Packaging would distinguish without site-4." in told
    assert (
        "fitted to one published table (Varsi et al., 2015). Ratings of 5 organisations are no statistics."
        in told
    )
    assert "Using the Consolidated Framework" in told.partition("Sources")[2], (
        "the table is among the sources"
    )

    markdown = fii("report", "a.yaml", "--output", "-", "--format", "md").out
    lines = [line.split(" | ") for line in markdown.splitlines() if re.match(r"\| [IV]+\.", line)]
    bold = {line[0].split()[1]: line[-1].strip(" |*") for line in lines if "**" in line[-1]}
    assert bold == {item: verdict for item, verdict in published.items() if verdict}

    data = json.loads(fii("report", "a.yaml", "--output", "-", "--format", "json").out)
    (compared,) = data["distinguishes"]
    assert [each["group"] for each in compared["organisations"]] == [*["high"] * 4, "low"]
    told_in = {each["place"].removeprefix("cfir/"): each["distinguishes"] for each in compared["items"]}
    assert {item: v for item, v in told_in.items() if v in ("strongly", "weakly")} == bold


def test_compare_shows_what_the_file_asks_for(fii: Fii) -> None:
    Path("a.yaml").write_text(distinguish("instrument: cfir, by: adoptie"), encoding="utf-8")
    data = json.loads(fii("compare", "a.yaml", "--instrument", "cfir", "--json").out)
    assert (data["low"], data["high"]) == (["zuid"], ["noord"])
    assert data["items"]["I.E"]["distinguishes"] == "strongly"
    other = json.loads(fii("compare", "a.yaml", "--instrument", "outcomes", "--json").out)
    assert (other["low"], other["high"]) == ([], [])


# --- other published tables ---------------------------------------------------------------------------------


def published(name: str) -> tuple[dict[str, Organisation], dict[str, str]]:
    """The schools of a published table, and the verdict on each of its items."""
    text = (CASES / "published_ratings" / name).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    schools = {
        str(n): Organisation(str(n), str(n), {row["item"]: (row[f"school-{n}"],) for row in rows})
        for n in range(1, 6)
    }
    return schools, {row["item"]: row["verdict"] or "" for row in rows}


def other_verdicts(name: str, low: str, high: str) -> dict[str, tuple[str, str]]:
    """The items on which fii says something else than the authors of a table, with both verdicts."""
    schools, theirs = published(name)
    words = {"strongly": "strong", "weakly": "weak"}
    found = distinguishing(
        handbook().instrument("cfir"), [schools[n] for n in low], [schools[n] for n in high]
    )
    ours = {each.item.id: words.get(each.verdict, "") for each in found}
    return {item: (verdict, ours[item]) for item, verdict in theirs.items() if ours[item] != verdict}


def test_on_a_second_published_table_the_rule_says_the_same_of_23_of_27_constructs() -> None:
    """Hudson et al. (2020), table 3, as far as we could read it; ``docs/method`` tells it."""
    assert len(published("hudson-2020.tsv")[1]) == 27
    assert other_verdicts("hudson-2020.tsv", "45", "123") == {
        "I.G": ("", "weak"),
        "III.A": ("weak", ""),
        "III.D.2": ("weak", "strong"),
        "III.E.3": ("", "weak"),
    }


@pytest.mark.parametrize(
    ("low", "high"), [("12", "345"), ("12", "45"), ("1", "45"), ("1", "345"), ("12", "5")]
)
def test_on_a_third_no_grouping_gives_all_verdicts(low: str, high: str) -> None:
    """Wilhelm et al. (2021), table 4. We could not read which schools are low; no choice gives all."""
    assert {"II.B", "III.A", "III.C"} <= other_verdicts("wilhelm-2021.tsv", low, high).keys()


def test_a_table_is_read_as_it_is_printed_elsewhere(fii: Fii) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    printed = (
        "School ID\tNoord\tZuid\t\n"
        "1. Intervention characteristics\t\t\t\n"
        " Evidence Strength and Quality\t+ 2\t\N{MINUS SIGN} 1\tb\n"
        " Complexity (reverse rated)\t0 (mixed)\tMissing\t\n"
        " Knowledge and beliefs about the intervention\tMixed\t+1\ta\n"
        "Patient needs & resources\t0 (mix)\t-2\t\n"
    )
    Path("t.tsv").write_text(printed, encoding="utf-8")
    table = ("import", "a.yaml", "t.tsv", "--as", "ratings", "--instrument", "cfir", "--date", "2025-01")
    done = fii(*table, "--add-organisations")
    assert done.code == 0, done.err
    made = trajectory(Path("a.yaml").read_text(encoding="utf-8")).assessments
    assert {item: each.value for item, each in made[0].ratings.items()} == {
        "I.B": "2",
        "I.F": "X",
        "II.A": "X",
        "IV.A": "X",
    }
    assert {item: each.value for item, each in made[1].ratings.items()} == {
        "I.B": "-1",
        "I.F": "M",
        "II.A": "-2",
        "IV.A": "1",
    }


def test_a_name_that_is_nearly_an_item_is_suggested(fii: Fii) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    Path("t.csv").write_text("item;Noord\nAvailable Recourses;1\nI.E;1\n", encoding="utf-8")
    done = fii("import", "a.yaml", "t.csv", "--as", "ratings", "--instrument", "cfir", "--add-organisations")
    assert "did you mean Available Resources?" in done.out


# --- by an indicator ----------------------------------------------------------------------------------------


def groups(fii: Fii, *options: str, paths: tuple[str, ...] = ("a.yaml",)) -> tuple[list[str], list[str]]:
    done = fii("compare", *paths, "--instrument", "cfir", *options, "--json")
    assert done.code == 0, done.err
    data = json.loads(done.out)
    return data["low"], data["high"]


def test_an_indicator_divides_organisations_at_a_value(fii: Fii) -> None:
    Path("a.yaml").write_text(THREE, encoding="utf-8")
    assert groups(fii, "--by", "bereik", "--at", "40") == (["zuid"], ["noord", "west"])
    assert groups(fii, "--by", "indicator/bereik", "--at", "50") == (["zuid", "west"], ["noord"])


def test_a_rated_outcome_goes_before_an_indicator_with_its_name(fii: Fii) -> None:
    Path("a.yaml").write_text(THREE, encoding="utf-8")
    assert groups(fii, "--by", "adoptie") == (["zuid"], ["noord"])
    assert groups(fii, "--by", "indicator/adoptie", "--at", "3") == (["noord"], ["zuid"])


def test_a_measurement_at_no_organisation_is_one_at_the_receiving_one(fii: Fii) -> None:
    """As in a file about one organisation: several of those are compared with each other."""
    for name, value, rating in (("noord", 60, 2), ("zuid", 20, -1)):
        text = HEAD.replace("date: 2025-01}", f"date: 2025-01, receiving_organisation: {name}}}")
        text += f"organisations: [{{id: {name}, name: {name}, roles: [receiving]}}]\n"
        text += f"assessments: [{{instrument: cfir, date: 2025-01-20, ratings: {{I.E: {rating}}}}}]\n"
        text += "borgen: {indicators: [{id: bereik, what: bereik, measurements: "
        text += f"[{{date: 2025-01, value: {value}}}]}}]}}\n"
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    assert groups(fii, "--by", "bereik", "--at", "40", paths=(".",)) == (["zuid"], ["noord"])


def test_an_outcome_in_another_file_counts_for_the_organisation_with_that_id(fii: Fii) -> None:
    """A programme measures its sites; each site has a file of its own with its ratings."""
    for name, rating in (("noord", 2), ("zuid", -1)):
        text = HEAD + f"organisations: [{{id: {name}, name: {name}, roles: [receiving]}}]\n"
        text += f"assessments: [{{instrument: cfir, date: 2025-01-20, about: {name}, "
        text += f"ratings: {{I.E: {rating}}}}}]\n"
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    programme = THREE[: THREE.index("assessments:")] + THREE[THREE.index("borgen:") :]
    Path("programma.yaml").write_text(programme, encoding="utf-8")
    assert groups(fii, "--by", "bereik", "--at", "40", paths=(".",)) == (["zuid"], ["noord"])


def test_an_organisation_of_which_files_say_both_is_in_no_group(fii: Fii) -> None:
    Path("a.yaml").write_text(THREE, encoding="utf-8")
    programme = THREE[: THREE.index("assessments:")] + THREE[THREE.index("borgen:") :]
    Path("b.yaml").write_text(programme.replace("west, value: 40", "west, value: 10"), encoding="utf-8")
    found = groups(fii, "--by", "bereik", "--at", "40", paths=("a.yaml", "b.yaml"))
    assert found == (["zuid"], ["noord"]), "west is 40 in one file and 10 in the other"


def test_an_id_in_two_files_is_two_organisations(fii: Fii) -> None:
    for file, adopted in (("een", "ja"), ("twee", "nee")):
        text = THREE.replace(
            "about: noord, ratings: {adoptie: ja}", f"about: noord, ratings: {{adoptie: {adopted}}}"
        )
        Path(f"{file}.yaml").write_text(text, encoding="utf-8")
    low, high = groups(fii, "--by", "adoptie", paths=("een.yaml", "twee.yaml"))
    assert high == ["een.yaml:noord"]
    assert sorted(low) == ["een.yaml:zuid", "twee.yaml:noord", "twee.yaml:zuid"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--by", "bereik"),
            "bereik is a number, and nothing says from which value it went well (noord 60, zuid 35.5",
        ),
        (("--by", "bereik"), "choose a value between them with --at"),
        (
            ("--by", "bereik", "--at", "5"),
            "bereik is on one side of 5 everywhere (noord 60, zuid 35.5, west 40)",
        ),
        (("--by", "berijk", "--at", "5"), "did you mean bereik?"),
        (("--by", "indicator/berijk"), "did you mean bereik?"),
        (("--by", "adoptie", "--at", "5"), "--at is for an indicator, and adoptie is rated"),
        (("--at", "5"), "--at is for an indicator"),
        (("--by", "bereik", "--at", "nan"), "--at takes a number, and nan is not one"),
        (("--by", "bereik", "--at", "-inf"), "--at takes a number, and -inf is not one"),
        (("--by", "bestaatniet/adoptie"), "unknown instrument bestaatniet"),
    ],
)
def test_what_divides_nobody_is_refused_with_the_values(
    fii: Fii, options: tuple[str, ...], message: str
) -> None:
    Path("a.yaml").write_text(THREE, encoding="utf-8")
    done = fii("compare", "a.yaml", "--instrument", "cfir", *options)
    assert done.code == 2
    assert message in " ".join(done.err.split())


def test_an_indicator_without_measurements_at_organisations_divides_nobody(fii: Fii) -> None:
    text = re.sub(r"      measurements:\n( {8}- .*\n)+    - id: adoptie", "    - id: adoptie", THREE)
    Path("a.yaml").write_text(text, encoding="utf-8")
    done = fii("compare", "a.yaml", "--instrument", "cfir", "--by", "bereik", "--at", "4")
    assert "bereik was measured at no organisation" in " ".join(done.err.split())


# --- the key ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("instrument: cfir", "low: , high: "),
        ("instrument: cfir, by: adoptie", "low: School Zuid, high: School Noord"),
        ("instrument: cfir, by: bereik, at: 40", "low: School Zuid, high: School Noord School West"),
        ("instrument: cfir, low: [west]", "low: School West, high: School Noord School Zuid"),
        ("instrument: cfir, high: [west]", "low: School Noord School Zuid, high: School West"),
        ("instrument: cfir, low: [west], high: [noord]", "low: School West, high: School Noord"),
    ],
)
def test_the_file_says_which_organisations_are_compared(keys: str, expected: str) -> None:
    block = report(distinguish(keys)).distinguishes[0]
    sides = {
        side: " ".join(head.name for head in block.heads if head.side == side) for side in ("low", "high")
    }
    assert f"low: {sides['low']}, high: {sides['high']}" == expected
    assert [head.name for head in block.heads] == ["School Noord", "School Zuid", "School West"]
    assert block.grouped == (expected != "low: , high: ")


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ("instrument: cfir, by: borging", "borging was not rated high and low"),
        ("instrument: cfir, by: bereik", "nothing says from which value it went well"),
        ("instrument: cfir, low: [noord, zuid, west]", "nobody is left for the other group"),
    ],
)
def test_the_page_says_why_there_are_no_two_groups(keys: str, reason: str) -> None:
    made = report(distinguish(keys))
    assert reason in made.distinguishes[0].why_not
    for form in ("html", "md"):
        page = render(made, form, EN)
        assert reason in " ".join(page.split())
        assert "no statistics" not in page
    assert not any(verdicts(made.distinguishes[0]).values())


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("instrument: cfir, by: adopteren", "FII036 unknown outcome adopteren | did you mean adoptie?"),
        (
            "instrument: cfir, by: indicator/bereikt",
            "FII036 unknown outcome indicator/bereikt | did you mean bereik?",
        ),
        ("instrument: cfri", "FII025 unknown instrument cfri"),
        ("instrument: stoplicht", "FII037 lights are not compared by organisation"),
        ("instrument: cfir, low: [nord]", "FII021 unknown organisation nord | did you mean noord?"),
        ("instrument: cfir, low: [noord], high: [zuid, noord]", "FII037 noord is in both groups"),
        ("instrument: cfir, by: adoptie, low: [noord]", "FII037 the groups are made twice"),
        ("instrument: cfir, by: adoptie, at: 4", "FII037 at is the value of an indicator, and by names none"),
        (
            "instrument: cfir, low: [noord], at: 4",
            "FII037 at is the value of an indicator, and by names none",
        ),
    ],
)
def test_what_cannot_be_compared_is_found(keys: str, line: str) -> None:
    assert any(line in each for each in said(distinguish(keys))), said(distinguish(keys))


def test_what_can_be_compared_is_not_found() -> None:
    keys = ("by: adoptie", "by: bereik, at: 40", "by: Adoption", "low: [noord]", "by: outcomes/adoptie")
    for each in keys:
        assert not {"FII021", "FII025", "FII036", "FII037"} & set(
            codes(distinguish(f"instrument: cfir, {each}"))
        )


# --- which tables, and for whom -----------------------------------------------------------------------------


def test_without_groups_every_instrument_with_several_organisations_has_a_table() -> None:
    made = report(THREE)
    assert [block.name for block in made.distinguishes] == [
        "CFIR (2009)",
        "Implementation outcomes (Proctor)",
    ]
    cfir = made.distinguishes[0]
    assert {
        row.id: [cell and cell.parts[0].value for cell in row.cells] for g in cfir.groups for row in g.rows
    } == {
        "I.E": ["+2", "\N{MINUS SIGN}1", "+1"],
        "III.C": ["X", "\N{MINUS SIGN}2", None],
        "V.A": ["M", None, None],
    }
    assert not any((cfir.grouped, cfir.found, cfir.caution, cfir.why_not))
    assert "Distinguishes" not in render(made, "html", EN)


def test_ratings_of_two_sides_stand_in_one_cell_and_the_least_favourable_gives_its_tone() -> None:
    more = "  - {instrument: cfir, date: 2025-01-21, about: noord, perspective: giving, ratings: {I.E: -2}}\n"
    made = report(THREE.replace("borgen:", f"{more}borgen:"))
    cell = made.distinguishes[0].groups[0].rows[0].cells[0]
    assert cell
    assert sorted(each.value for each in cell.parts) == ["+2", "\N{MINUS SIGN}2"]
    assert cell.tone == "hinders-2"
    milder = THREE.replace("I.E: 2", "I.E: 0").replace("borgen:", f"{more.replace('-2', '-1')}borgen:")
    cell = report(milder).distinguishes[0].groups[0].rows[0].cells[0]
    assert cell
    assert cell.tone == "hinders-1"


def test_one_organisation_or_candidates_only_have_no_table() -> None:
    one = re.sub(r"  - .*about: (zuid|west).*\n", "", THREE)
    assert report(one).distinguishes == ()
    assert "What distinguishes" not in render(report(one), "html", EN)
    candidates = THREE.replace("[receiving]", "[candidate]")
    assert report(candidates).distinguishes == ()
    asked = distinguish("instrument: cfir, by: adoptie").replace("[receiving]", "[candidate]")
    assert [block.name for block in report(asked).distinguishes] == ["CFIR (2009)"]


def test_a_client_sees_the_ratings_and_not_which_organisation_did_less_well() -> None:
    text = distinguish("instrument: cfir, by: adoptie")
    assert report(text, "steering").distinguishes[0].grouped
    client = report(text, "client")
    assert client.distinguishes
    assert not any(block.grouped for block in client.distinguishes)
    assert "no statistics" not in render(client, "html", EN)
    assert report(text, "public").distinguishes == ()


def test_a_hidden_candidate_is_in_no_table_of_others() -> None:
    text = distinguish("instrument: cfir, by: adoptie").replace(
        "name: School West, roles: [receiving]", "name: School West, roles: [candidate]"
    )
    assert "School West" in render(report(text), "html", EN)
    assert "School West" not in render(report(text, "client"), "html", EN)


def test_an_edition_for_others_never_keeps_the_ids_in_a_list() -> None:
    """No key with a list of organisations reaches them now; if one does, its ids are replaced too."""
    whole = trajectory(
        distinguish("instrument: cfir, low: [zuid], high: [noord, west]").replace(
            "name: School West, roles: [receiving]", "name: School West, roles: [candidate]"
        )
    )
    shown = for_outsiders(whole, whole).distinguish
    assert shown
    assert (shown.low, shown.high) == (("organisation-2",), ("organisation-1",))


def test_a_domain_that_was_rated_as_a_whole_stands_above_its_items() -> None:
    text = distinguish("instrument: cfir, by: adoptie")
    text = text.replace("III.C: X,", "III: 2, III.C: X,").replace("III.C: -2", "III: -1, III.C: -2")
    block = report(text).distinguishes[0]
    assert [row.id for group in block.groups for row in group.rows] == ["I.E", "III", "III.C", "V.A"]
    assert verdicts(block)["III"] == "strongly"
    without = report(text.partition("distinguish:")[0]).distinguishes[0]
    assert [row.id for group in without.groups for row in group.rows] == ["I.E", "III", "III.C", "V.A"]


# --- a programme --------------------------------------------------------------------------------------------


def programme(fii: Fii, groups: str) -> None:
    """A programme of three trajectories: two files, and a report that somebody else made."""
    sites = (("noord", 2, 60), ("zuid", -1, 20), ("oost", 1, 50))
    for name, rating, value in sites:
        text = HEAD.replace("Proef", f"In {name}")
        text = text.replace("date: 2025-01}", "date: 2025-01, receiving_organisation: school}")
        text += "organisations: [{id: school, name: School, roles: [receiving]}]\n"
        text += f"assessments: [{{instrument: cfir, date: 2025-01-20, ratings: {{I.E: {rating}}}}}]\n"
        text += "borgen: {indicators: [{id: bereik, what: bereik, measurements: "
        text += f"[{{date: 2025-01, value: {value}}}]}}]}}\n"
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    assert fii("report", "oost.yaml", "--as-of", "2025-02-01", "--output", "oost.fii.json").code == 0
    members = ("trajectory: noord.yaml", "trajectory: zuid.yaml", "report: oost.fii.json")
    text = HEAD + "organisations:\n"
    text += "".join(f"  - {{id: {name}, name: School {name}, roles: [receiving]}}\n" for name, _, _ in sites)
    text += "rollout:\n"
    text += "".join(
        f"  - {{{member}, organisation: {name}}}\n"
        for member, (name, _, _) in zip(members, sites, strict=True)
    )
    Path("programma.yaml").write_text(
        f"{text}distinguish: {{instrument: cfir, {groups}}}\n", encoding="utf-8"
    )


@pytest.mark.parametrize("groups", ["low: [zuid]", "by: indicator/bereik, at: 40"])
def test_the_report_of_a_programme_compares_the_trajectories_it_consists_of(fii: Fii, groups: str) -> None:
    programme(fii, groups)
    day = ("--as-of", "2025-02-10")
    done = fii("report", "programma.yaml", *day, "--format", "json", "--output", "-")
    assert done.code == 0, done.err
    (told,) = json.loads(done.out)["distinguishes"]
    assert [(each["id"], each["name"], each["group"]) for each in told["organisations"]] == [
        ("noord", "School noord", "high"),
        ("zuid", "School zuid", "low"),
        ("oost", "School oost", "high"),
    ]
    assert [(each["place"], each["distinguishes"]) for each in told["items"]] == [("cfir/I.E", "strongly")]
    client = fii(
        "report", "programma.yaml", *day, "--format", "json", "--output", "-", "--audience", "client"
    )
    assert ".yaml" not in client.out
    (others,) = json.loads(client.out)["distinguishes"]
    assert [(each["name"], each["group"]) for each in others["organisations"]] == [
        ("School noord", None),
        ("School zuid", None),
    ], "a report for a team is not shown to a client"


RATED_HERE = """\
assessments:
  - {instrument: cfir, date: 2025-01-10, about: noord, ratings: {I.E: 1}}
"""


def test_an_organisation_that_a_programme_rated_itself_has_one_column(fii: Fii) -> None:
    programme(fii, "by: indicator/bereik, at: 40")
    path = Path("programma.yaml")
    path.write_text(path.read_text(encoding="utf-8") + RATED_HERE, encoding="utf-8")
    day = ("--as-of", "2025-02-10", "--format", "json", "--output", "-")
    (told,) = json.loads(fii("report", "programma.yaml", *day).out)["distinguishes"]
    assert [(each["id"], each["group"]) for each in told["organisations"]] == [
        ("noord", "high"),  # measured in its own file only
        ("zuid", "low"),
        ("oost", "high"),
    ]
    (item,) = told["items"]
    assert item["ratings"]["noord"] == ["1"], "the rating of the programme itself counts"


def test_an_outcome_that_a_programme_says_itself_counts_before_that_of_a_member(fii: Fii) -> None:
    programme(fii, "by: adoptie")
    outcome = "{{instrument: outcomes, date: 2025-01-20, {about}ratings: {{adoptie: {value}}}}}"
    for name, value in (("noord", "nee"), ("zuid", "nee"), ("oost", "ja")):
        text = Path(f"{name}.yaml").read_text(encoding="utf-8")
        rated = outcome.format(about="", value=value)
        Path(f"{name}.yaml").write_text(text.replace("}}]", "}}, " + rated + "]"), encoding="utf-8")
    path = Path("programma.yaml")
    here = f"assessments: [{outcome.format(about='about: noord, ', value='ja')}]\n"
    path.write_text(path.read_text(encoding="utf-8") + here, encoding="utf-8")
    day = ("--as-of", "2025-02-10", "--format", "json", "--output", "-")
    told = json.loads(fii("report", "programma.yaml", *day).out)["distinguishes"][0]
    groups = {each["id"]: each["group"] for each in told["organisations"]}
    assert (groups["noord"], groups["zuid"]) == ("high", "low")


def test_two_organisations_with_one_name_are_told_apart_by_their_trajectory(fii: Fii) -> None:
    programme(fii, "low: []")
    path = Path("programma.yaml")
    text = re.sub(r", organisation: \w+", "", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    day = ("--as-of", "2025-02-10", "--format", "json", "--output", "-")
    (told,) = json.loads(fii("report", "programma.yaml", *day).out)["distinguishes"]
    names = [each["name"] for each in told["organisations"]]
    assert names == ["School (In noord)", "School (In zuid)", "School (In oost)"]


def test_a_workbook_without_verdicts_has_no_column_for_them() -> None:
    told = basis_of(edition(trajectory(distinguish("instrument: cfir"))), handbook())
    sheet = sheets_of(told, EN)[-1]
    assert (sheet.name, sheet.heads[-1]) == ("What distinguishes", "School West")
    assert all(len(row) == len(sheet.heads) for row in sheet.rows)


# --- many organisations -------------------------------------------------------------------------------------


def test_twenty_organisations_have_narrow_columns_with_a_key() -> None:
    made = report(places(20))
    block = made.distinguishes[0]
    assert block.many
    assert block.names.startswith("1 Plek met een lange naam 1 (low); 2 Plek met een lange naam 2 (high)")
    page = render(made, "html", EN)
    assert page.count('<th scope="col" class="s"><span class="name">Plek met een lange naam') == 2 * 20
    markdown = render(made, "md", EN)
    assert "| Item | 1 | 2 | 3 |" in markdown
    assert block.names in markdown
    assert (verdicts(block)["I.E"], verdicts(block)["III.C"]) == ("strongly", "no")


def test_the_map_of_barriers_has_a_column_for_each_of_many_organisations() -> None:
    more = (
        "  - {instrument: cfir, date: 2025-01-21, about: plek-2, perspective: giving, ratings: {I.E: -1}}\n"
    )
    made = report(places(20).replace("distinguish:", f"{more}distinguish:"))
    assert made.map
    assert made.map.many
    assert [side.rpartition(" ")[2] for side in made.map.sides] == [str(n) for n in range(1, 21)]
    second = made.map.rows[0].cells[1]
    assert second
    assert second.tone == "hinders-1", "the least favourable of two sides"
    assert "If sides differ, the least favourable one is shown" in render(made, "md", EN)


def test_a_workbook_has_a_column_for_each_organisation() -> None:
    told = basis_of(edition(trajectory(distinguish("instrument: cfir, by: adoptie"))), handbook())
    sheet = sheets_of(told, EN)[-1]
    assert sheet.name == "What distinguishes"
    assert sheet.heads == (
        "Instrument",
        "Item",
        "In short",
        "School Noord",
        "School Zuid",
        "School West",
        "Distinguishes",
    )
    assert ("cfir", "I.E", "Trialability", 2, -1, 1, "strongly") in sheet.rows
    assert ("outcomes", "adoptie", "Adoption", "ja", "nee", "", "") in sheet.rows
    without = basis_of(edition(trajectory(HEAD)), handbook())
    assert "What distinguishes" not in [each.name for each in sheets_of(without, EN)]


def test_what_is_compared_is_merged_as_one_statement(fii: Fii) -> None:
    for name, groups in (("base", "low: [noord]"), ("a", "by: adoptie"), ("theirs", "low: [noord, zuid]")):
        Path(f"{name}.yaml").write_text(
            HEAD + f"distinguish: {{instrument: cfir, {groups}}}\n", encoding="utf-8"
        )
    done = fii("merge", "base.yaml", "a.yaml", "theirs.yaml")
    assert done.code == 1
    assert "distinguish: {instrument: cfir, low: [noord, zuid]}" in done.out
    assert "distinguish: both sides changed this" in done.err


@pytest.mark.parametrize("given", ["x", "0,5"])
def test_a_value_that_is_no_number_is_told_what_a_number_is(fii: Fii, given: str) -> None:
    done = fii("compare", "--by", "bereik", "--at", given)
    assert done.code == 2
    assert "--at is a number, such as 0.5" in done.err
