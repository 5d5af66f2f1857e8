"""What a page shows is concluded from its own edition, and a fact never depends on which rules run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.report import EDITIONS
from fii_cli.words import Audience
from helpers import FORMS, HEAD, all_text
from outside import writer_of
from test_edition import STEERING, TODAY, Filled

QUIET = HEAD + (
    "people:\n"
    "  - {id: wethouder, role: wethouder, level: wethouders}\n"
    "  - {id: buurman, role: bewoner, level: burgers}\n"
    "visits: [{phase: versterken, entered: 2025-01, via: entry}]\n"
    "versterken:\n  key_people:\n"
    "    - {person: wethouder, support: steunend, contacts: [{date: 2025-02-01, present: ja}]}\n"
    "    - {person: buurman, support: steunend, contacts: [{date: 2025-02-01, present: ja}]}\n"
)
DAY = ("--as-of", "2025-05-15")


# --- an edition concludes from itself only ------------------------------------------------------------------


def _edition_as_a_file(fii: Fii, audience: Audience, *words: str) -> str:
    """The facts of an edition as the text of a file: what is hidden was never written in it."""
    told = fii("report", "t.yaml", "--audience", audience, "--format", "json", "--output", "-", *words)
    assert told.code == 0, told.err
    return json.dumps(json.loads(told.out)["trajectory"], ensure_ascii=False, indent=0)


def _pages(fii: Fii, folder: Path, text: str, audience: Audience, form: str, day: str) -> list[str]:
    """The report and the portfolio of a trajectory for an audience, with all that is said beside them."""
    folder.mkdir()
    (folder / "t.yaml").write_text(text, encoding="utf-8")
    asked = ("--audience", audience, "--as-of", day)
    done = fii("report", folder / "t.yaml", "--output", folder / f"t.{audience}.{form}", *asked)
    assert done.code == 0, done.err
    pages = [all_text(folder / f"t.{audience}.{form}"), done.err]
    if form in ("html", "md"):
        assert fii("portfolio", folder, "--format", form, "--output", folder / "site", *asked).code == 0
        pages += [path.read_text(encoding="utf-8") for path in sorted((folder / "site").iterdir())]
    elif form in ("json", "csv"):
        pages.append(fii("portfolio", folder, "--format", form, *asked).out)
    return [page.replace(str(folder), "") for page in pages]


@pytest.mark.parametrize("audience", EDITIONS)
@pytest.mark.parametrize("form", FORMS)
def test_a_page_is_the_same_where_what_is_hidden_was_never_written(
    fii: Fii, here: Path, form: str, audience: Audience
) -> None:
    writer_of(form)
    # A roll-out is of other files, which tests/test_rollout.py has.
    full = {key: value for key, value in Filled().data.items() if key != "rollout"}
    for at, (text, day) in enumerate([(STEERING, "2025-02-25"), (json.dumps(full, indent=0), str(TODAY))]):
        Path("t.yaml").write_text(text, encoding="utf-8")
        edition = _edition_as_a_file(fii, audience, "--as-of", day)
        whole = _pages(fii, here / f"whole-{at}", text, audience, form, day)
        assert whole == _pages(fii, here / f"alone-{at}", edition, audience, form, day)


# --- a fact never depends on the linter ---------------------------------------------------------------------

UNHEARD = {
    "as it is": "",
    "ignored": '[check]\nignore = ["FII421"]\n',
    "not selected": '[check]\nselect = ["FII2"]\n',
    "of another severity": '[rules.FII421]\nseverity = "info"\n',
}
ACCEPTED = {
    "not accepted": "",
    "accepted": "accepted: [{rule: FII421, reason: verkiezingen}]\n",
    "accepted for one": "accepted: [{rule: FII421, about: buurman, reason: verhuisd}]\n",
}


@pytest.mark.parametrize("settings", UNHEARD)
@pytest.mark.parametrize("accepted", ACCEPTED)
def test_who_is_silent_stays_so_whatever_is_said_about_it(
    fii: Fii, here: Path, settings: str, accepted: str
) -> None:
    Path("fii.toml").write_text(UNHEARD[settings], encoding="utf-8")
    Path("t.yaml").write_text(QUIET + ACCEPTED[accepted], encoding="utf-8")
    page = fii("report", "t.yaml", "--format", "md", "--output", "-", *DAY).out
    assert _on_the_map(page) == 2
    told = json.loads(fii("portfolio", ".", "--format", "json", *DAY).out)
    assert told["trajectories"][0]["radio_silence"] == ["wethouder", "buurman"]


def _on_the_map(page: str) -> int:
    """How many key people are silent on the map of a report, whatever its findings say."""
    return sum("radiostilte" in line for line in page.splitlines() if "FII421" not in line)


def test_the_weeks_of_the_rule_hold_for_the_map_and_the_portfolio_too(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(QUIET, encoding="utf-8")
    for weeks, silent in ((14, 2), (15, 0)):
        Path("fii.toml").write_text(f"[rules.FII421]\nweeks = {weeks}\n", encoding="utf-8")
        page = fii("report", "t.yaml", "--format", "md", "--output", "-", *DAY).out
        assert _on_the_map(page) == silent
        told = json.loads(fii("portfolio", ".", "--format", "json", *DAY).out)
        assert len(told["trajectories"][0]["radio_silence"]) == silent
        assert ("FII421" in fii("check", "t.yaml", *DAY).out) is bool(silent)


# --- what stands in the text of the file is for the team ----------------------------------------------------


def test_only_the_team_reads_what_the_rules_see_in_the_text_of_the_file(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(STEERING + "# bel 06-12345678\n", encoding="utf-8")
    seen = {}
    for audience in ("team", "steering"):
        told = fii("report", "t.yaml", "--audience", audience, "--format", "json", "--output", "-", *DAY)
        assert told.code == 0, told.err
        seen[audience] = {remark["code"] for remark in json.loads(told.out)["remarks"]}
    assert "FII902" in seen["team"]
    assert "FII902" not in seen["steering"]
