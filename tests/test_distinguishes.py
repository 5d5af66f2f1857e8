"""What distinguishes organisations where it went well from those where it did not."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.distinguishes import Organisation, distinguishing
from fii_cli.handbook.load import handbook
from helpers import HEAD

PUBLISHED = Path(__file__).parent / "cases" / "rollout" / "published.tsv"


pytestmark = pytest.mark.usefixtures("here")


def _published() -> tuple[list[Organisation], dict[str, str]]:
    """The five sites of the published table, and the verdict on each of its items."""
    rows = list(csv.DictReader(PUBLISHED.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    sites = [
        Organisation(f"site-{n}", f"Site {n}", {row["item"]: (row[f"site-{n}"],) for row in rows})
        for n in range(1, 6)
    ]
    return sites, {row["item"]: row["verdict"] or "" for row in rows}


def test_the_published_table_gets_the_verdicts_of_its_authors_and_no_others() -> None:
    sites, published = _published()
    found = distinguishing(handbook().instrument("cfir"), sites[4:], sites[:4])
    words = {"strongly": "strong", "weakly": "weak"}
    ours = {each.item.id: words.get(each.verdict, "") for each in found if each.item.id in published}
    assert ours == published
    assert sum(map(bool, ours.values())) == 10


def _site(id_: str, **ratings: str) -> Organisation:
    return Organisation(id_, id_, {item.replace("_", "."): (value,) for item, value in ratings.items()})


@pytest.mark.parametrize(
    ("low", "high", "verdict", "gap"),
    [
        ("-1", ["1"], "strongly", 2),
        ("0", ["1"], "weakly", 1),
        ("1", ["1"], "not", None),
        ("1", ["-1"], "not", None),
        ("-2", ["1", "X"], "strongly", 2),  # mixed is left out, and counts as neutral in the gap
        ("-1", ["2", "X"], "weakly", 1),
        ("-1", ["X"], "unrated", None),
        ("M", ["2"], "unrated", None),
        ("-1", ["M", "2"], "strongly", 3),
    ],
)
def test_the_rule_counts_the_steps_between_the_nearest_of_the_two_groups(
    low: str, high: list[str], verdict: str, gap: int | None
) -> None:
    sites = [_site(f"h{n}", I_E=value) for n, value in enumerate(high)]
    found = distinguishing(handbook().instrument("cfir"), [_site("l", I_E=low)], sites)
    assert [(each.verdict, each.gap) for each in found if each.item.id == "I.E"] == [(verdict, gap)]


def test_a_value_without_a_side_is_no_step() -> None:
    found = distinguishing(handbook().instrument("cfir"), [_site("l", I_A="E")], [_site("h", I_A="2")])
    assert next(each.verdict for each in found if each.item.id == "I.A") == "unrated"


def test_who_breaks_a_pattern_is_named_if_others_in_that_group_keep_it() -> None:
    sites = [_site("a", I_E="2"), _site("b", I_E="2"), _site("c", I_E="-1")]
    found = distinguishing(handbook().instrument("cfir"), [_site("l", I_E="0")], sites)
    assert next(each.exceptions for each in found if each.item.id == "I.E") == ("c",)
    alone = distinguishing(handbook().instrument("cfir"), [_site("l", I_E="0")], sites[2:])
    assert next(each.exceptions for each in alone if each.item.id == "I.E") == ()


def test_the_five_files_of_a_published_case_show_it_as_its_paper_does(fii: Fii) -> None:
    done = fii("compare", str(PUBLISHED.parent), "--instrument", "cfir", "--low", "site-5", "--json")
    data = json.loads(done.out)
    _, published = _published()
    words = {"strong": "strongly", "weak": "weakly"}
    for item, verdict in published.items():
        found = data["items"][item]["distinguishes"]
        assert found == words[verdict] if verdict else found in ("not", "unrated"), item
    assert data["low"] == ["site-5"]
    assert data["high"] == ["site-1", "site-2", "site-3", "site-4"]
    assert data["items"]["I.G"]["exceptions"] == ["site-4"]


def test_it_says_what_the_verdict_is_worth(fii: Fii) -> None:
    shown = fii("compare", str(PUBLISHED.parent), "--instrument", "cfir", "--low", "site-5").out
    words = " ".join(shown.split())
    assert "I.E Trialability, III.D.1 Tension for Change" in words
    assert "I.G Design Quality & Packaging would distinguish without site-4." in words
    assert "Ratings of 5 organisations are no statistics." in words


ONE_FILE = (
    HEAD
    + """\
organisations:
  - {id: noord, name: Noord, roles: [receiving]}
  - {id: zuid, name: Zuid, roles: [receiving]}
  - {id: west, name: West, roles: [receiving]}
assessments:
  - {instrument: cfir, date: 2025-01-20, about: noord, ratings: {I.E: 2}}
  - {instrument: cfir, date: 2025-01-20, about: zuid, ratings: {I.E: -1}}
  - {instrument: cfir, date: 2025-01-20, about: west, ratings: {I.E: 1}}
  - {instrument: outcomes, date: 2025-06-20, about: noord, ratings: {adoptie: ja}}
  - {instrument: outcomes, date: 2025-06-20, about: zuid, ratings: {adoptie: nee}}
  - {instrument: outcomes, date: 2025-06-20, about: west, ratings: {adoptie: onbekend}}
"""
)


def test_organisations_of_one_file_are_grouped_by_an_outcome(fii: Fii) -> None:
    Path("a.yaml").write_text(ONE_FILE, encoding="utf-8")
    for by in ("adoptie", "Adoption", "outcomes/adoptie"):
        data = json.loads(fii("compare", "a.yaml", "--instrument", "cfir", "--by", by, "--json").out)
        assert (data["low"], data["high"]) == (["zuid"], ["noord"])
        assert data["items"]["I.E"]["distinguishes"] == "strongly"
        assert data["items"]["I.E"]["ratings"]["west"] == ["1"]


def test_without_an_instrument_a_file_is_compared_as_it_asks_itself(fii: Fii) -> None:
    asks = ONE_FILE + "distinguish: {instrument: cfir, by: adoptie}\n"
    Path("a.yaml").write_text(asks, encoding="utf-8")
    for options in ((), ("--by", "adoptie"), ("--low", "zuid", "--high", "noord")):
        done = fii("compare", "a.yaml", "--json", *options)
        assert done.code == 0, done.err
        data = json.loads(done.out)
        assert (data["instrument"], data["low"], data["high"]) == ("cfir", ["zuid"], ["noord"])
    other = fii("compare", "a.yaml", "--json", "--instrument", "outcomes", "--low", "zuid")
    assert json.loads(other.out)["instrument"] == "outcomes"
    Path("a.yaml").write_text(
        asks.partition("assessments:")[0] + asks[asks.index("disting") :], encoding="utf-8"
    )
    assert "no organisation was rated on cfir" in fii("compare", "a.yaml").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--low", "zudi"), "did you mean zuid?"),
        (("--low", "zuid", "--high", "zuid"), "zuid is in both groups"),
        (("--by", "adoptei"), "did you mean adoptie?"),
        (("--by", "borging"), "borging was not rated high and low"),
        (("--low", ","), "--low names no organisation"),
        (("--low", "zuid", "--by", "adoptie"), "--by already makes the groups"),
        (("--low", "zuid,noord,west"), "nobody is left for the other group"),
        (("--low", "zuid", "--instrument", "stoplicht"), "lights are not compared by organisation"),
    ],
)
def test_groups_that_cannot_be_are_refused(fii: Fii, options: tuple[str, ...], said: str) -> None:
    Path("a.yaml").write_text(ONE_FILE, encoding="utf-8")
    done = fii("compare", "a.yaml", "--instrument", "cfir", *options)
    assert done.code == 2
    assert said in done.err
