"""A rating that is no answer: the scale says which ones are, and nothing counts them as rated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.counts import Spread, Thresholds, spread_of
from fii_cli.handbook.load import handbook
from fii_cli.handbook.lookup import is_answer
from fii_cli.handbook.models import Framework
from fii_cli.project.own_instruments import own_instrument
from fii_cli.report.basis import basis_of
from fii_cli.report.sheets import sheets_of
from fii_cli.survey.questionnaire import explained
from fii_cli.words import LIGHTS
from fii_cli.yaml.read import read
from helpers import EN, HEAD, codes, edition, said, trajectory
from wizard import Wizard


def assessed(*made: str) -> str:
    """A trajectory with these assessments."""
    head = HEAD.replace("language: nl", "language: en")
    return head + "assessments:\n" + "".join(f"  - {{{each}}}\n" for each in made)


CFIR = "instrument: cfir, date: 2025-01-10"
MISSING = assessed(f"{CFIR}, ratings: {{II.A: M, II.B: M, II.C: 0}}")
OTHER = assessed(f"{CFIR}, ratings: {{II.A: 2, II.B: M, II.C: M}}")
OWN = """\
id: peiling
name: Peiling
scale:
  values:
    - {id: 1, name: oneens, help: Nee., hinders: 1}
    - {id: 2, name: eens, help: Ja., helps: 1}
    - {id: weet-niet, name: weet niet, help: Geen mening., no_answer: true}
groups:
  - id: alles
    name: Alles
    items:
      - {id: tijd, name: Tijd, meaning: Is er tijd?}
      - {id: geld, name: Geld, meaning: Is er geld?}
"""


def own() -> Framework:
    """The instrument of one's own."""
    framework, found = own_instrument(read(OWN), "peiling.yaml", handbook())
    assert framework is not None, found
    return framework


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(MISSING, encoding="utf-8")
    Path("b.yaml").write_text(OTHER, encoding="utf-8")
    Path(".fii/instruments").mkdir(parents=True)
    Path(".fii/instruments/peiling.yaml").write_text(OWN, encoding="utf-8")


def score(fii: Fii, file: str, instrument: str, *words: str) -> str:
    return " ".join(fii("score", file, "--instrument", instrument, *words).out.split())


# --- the scale says it --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "none"),
    [
        ("cfir/II.A", {"M"}),
        ("cfir-2022/II.A", {"M"}),
        ("drivers/training", {"onbekend"}),
        ("readiness/mensen", {"onbekend"}),
        ("midi/17", set()),
        ("stoplicht/2a.cultuur", {"onbekend"}),
        ("stoplicht/2c.eigen-huisvesting", {"onbekend"}),
        ("gone/x", set()),
    ],
)
def test_the_scale_says_which_ratings_are_no_answer(place: str, none: set[str]) -> None:
    assert handbook().no_answers(*place.split("/")) == none


def test_mixed_and_neutral_are_answers_and_missing_is_none() -> None:
    scale = handbook().instrument("cfir").scale
    assert scale is not None
    assert [each.id for each in scale.values if not is_answer(each.id, scale)] == ["M"]
    assert [light for light in LIGHTS if not is_answer(light, None)] == ["onbekend"]
    for neither in ("0", "X"):
        assert neither not in handbook().hinders("cfir", "II.A")
        assert neither not in handbook().helps("cfir", "II.A")


# --- ratings ------------------------------------------------------------------------------------------------


def test_missing_is_shown_as_given_and_not_counted_as_rated(fii: Fii) -> None:
    shown = score(fii, "a.yaml", "cfir")
    assert "II Outer setting 1 of 4 rated" in shown
    assert "II.A Patient Needs & Resources: M missing (2025-01-10)" in shown
    assert "1 of 39 rated" in shown
    (group,) = [
        each for each in json.loads(score(fii, "a.yaml", "cfir", "--json"))["groups"] if each["rated"]
    ]
    assert (group["rated"], [each["answer"] for each in group["ratings"]]) == (1, [False, False, True])


def test_missing_distinguishes_nothing(fii: Fii) -> None:
    assert "No item was rated in both, so there is nothing to compare." in score(
        fii, "a.yaml", "cfir", "--against", "b.yaml"
    )
    one = OTHER.replace("II.C: M", "II.C: -1")
    Path("b.yaml").write_text(one, encoding="utf-8")
    data = json.loads(score(fii, "a.yaml", "cfir", "--against", "b.yaml", "--json"))
    assert [each["item"] for each in data["distinguishing"]] == ["II.C"]


def test_a_side_that_does_not_know_does_not_differ(fii: Fii) -> None:
    sides = [
        f"{CFIR}, perspective: giving, ratings: {{II.A: 2}}",
        f"{CFIR}, perspective: receiving, ratings: {{II.A: M}}",
    ]
    Path("a.yaml").write_text(assessed(*sides), encoding="utf-8")
    assert "Differences" not in score(fii, "a.yaml", "cfir")
    page = fii("report", "a.yaml", "--format", "md", "--as-of", "2025-02-01", "-o", "-").out
    assert "M missing" in page
    assert "Giving and receiving organisation compared" not in page
    lights = "instrument: stoplicht, date: 2025-01-10"
    sides = [
        f"{lights}, perspective: giving, ratings: {{2a.cultuur: groen, 2a.leren: nvt}}",
        f"{lights}, perspective: receiving, ratings: {{2a.cultuur: onbekend, 2a.leren: rood}}",
    ]
    Path("a.yaml").write_text(assessed(*sides), encoding="utf-8")
    data = json.loads(fii("score", "a.yaml", "--as-of", "2025-02-01", "--json").out)
    assert [each["item"] for each in data["differ"]] == ["2a.leren"]


def test_reports_count_what_was_rated_and_show_what_is_missing(fii: Fii) -> None:
    page = fii("report", "a.yaml", "--format", "md", "--as-of", "2025-02-01", "-o", "-").out
    assert "1 of 39 rated" in page
    assert "(1 of 4 rated)" in page
    assert "M missing" in page
    assert fii("report", "a.yaml", "--format", "html", "--as-of", "2025-02-01", "-o", "a.html").code == 0
    html = Path("a.html").read_text("utf-8")
    assert 'class="tone unknown"><strong>M missing' in html
    assert "1 of 39 rated" in html


def test_candidates_are_compared_on_what_was_rated(fii: Fii) -> None:
    rated = "{instrument: readiness, date: 2025-01-20, about: fictie, ratings: {mensen: ja, team: onbekend}}"
    Path("a.yaml").write_text(
        f"{HEAD}organisations: [{{id: fictie, name: Fictie}}]\n"
        f"verkennen: {{shortlist: [{{organisation: fictie, culture: lerend}}]}}\nassessments: [{rated}]\n",
        encoding="utf-8",
    )
    shown = fii("compare", "a.yaml").out
    assert "Fictie: 1 of 11 rated" in shown
    assert "unknown" in shown


def test_what_is_unknown_comes_after_what_helps(fii: Fii) -> None:
    words = "--set training=hoog --set selectie=onbekend --set gegevens=laag --date 2025-02-01"
    assert fii("assess", "a.yaml", "--instrument", "drivers", *words.split()).code == 0
    lines = fii("score", "a.yaml", "--instrument", "drivers").out.splitlines()
    order = [line.split()[0] for line in lines if line.startswith("  ")]
    assert order == ["gegevens", "training", "selectie"]
    assert "2 of 9 rated" in "\n".join(lines)


# --- an instrument of one's own -----------------------------------------------------------------------------


def test_an_own_instrument_says_the_same_of_its_own_words(fii: Fii) -> None:
    words = ("--instrument", "peiling", "--set", "tijd=weet-niet", "--set", "geld=2", "--date", "2025-02-01")
    assert fii("assess", "a.yaml", *words).code == 0
    shown = score(fii, "a.yaml", "peiling")
    assert "tijd Tijd: weet-niet weet niet (2025-02-01)" in shown
    assert "1 of 2 rated" in shown
    assert "weet-niet weet niet: Geen mening. It counts as no answer." in " ".join(
        fii("guide", "peiling").out.split()
    )


def test_a_questionnaire_says_what_counts_as_no_answer() -> None:
    _, tijd, _ = explained(own(), handbook(), EN)[-3:]
    assert tijd[2] == "1 = oneens; 2 = eens; weet-niet = weet niet (counts as no answer)"


def test_no_answer_cannot_mean_something_else() -> None:
    odd = OWN.replace("no_answer: true", "no_answer: true, hinders: 1")
    framework, found = own_instrument(read(odd), "peiling.yaml", handbook())
    assert framework is None
    assert [each.message.text for each in found] == ["{id} is no answer, so it neither hinders nor helps"]
    assert found[0].span.line == 7


def test_the_wizard_asks_for_evidence_of_answers_only() -> None:
    wizard = Wizard(
        "assess", "a.yaml", "--instrument", "peiling", "--by", "team", "--perspective", "both", "--lang", "en"
    )
    wizard.answer("Is er tijd?", "weet-niet")
    wizard.answer("note", "")
    wizard.answer("Is er geld?", "2")
    wizard.answer("note", "")
    wizard.answer("evidence, a path or a URL", "begroting.pdf")
    wizard.answer("Write this to a.yaml?", "yes")
    assert wizard.ended() == 0
    assert "tijd: weet-niet\n" in Path("a.yaml").read_text("utf-8")


# --- survey answers -----------------------------------------------------------------------------------------


def test_shares_and_means_are_of_those_who_answered() -> None:
    book = handbook().with_own({"peiling": own()})
    spread = spread_of(book, "peiling", "tijd", {"1": 2, "2": 6, "weet-niet": 4})
    assert (spread.n, spread.no_answer, spread.hinders, spread.neutral, spread.helps) == (8, 4, 2, 0, 6)
    assert spread.mean == 1.75
    nobody = spread_of(book, "peiling", "tijd", {"weet-niet": 12})
    assert (nobody.n, nobody.no_answer, nobody.mean) == (0, 12, None)


def test_few_answers_among_many_people_are_kept_back() -> None:
    assert Spread(3, 3, 0, None, None, 9).kept_back(Thresholds())
    assert Spread(0, 0, 0, None, None, 3).kept_back(Thresholds())
    assert not Spread(0, 0, 0, None, None, 12).kept_back(Thresholds())


def test_a_workbook_keeps_back_the_same_answers() -> None:
    head = "instrument: drivers, date: 2025-02-01, responses: 12"
    text = assessed(f"{head}, counts: {{training: {{hoog: 3, onbekend: 9}}, selectie: {{onbekend: 12}}}}")
    (ratings,) = [
        sheet
        for sheet in sheets_of(basis_of(edition(trajectory(text)), handbook()), EN)
        if sheet.name == "Ratings"
    ]
    assert [row[2:5] for row in ratings.rows] == [("selectie", "onbekend", 12)]


def test_imported_answers_are_counted_without_those_who_do_not_know(fii: Fii) -> None:
    rows = ["tijd;geld", *["2;1"] * 6, *["weet niet;1"] * 4, *["weet niet;weet niet"] * 2]
    Path("t.csv").write_text("\n".join(rows), encoding="utf-8")
    assert fii("import", "a.yaml", "t.csv", "--instrument", "peiling", "--date", "2025-02-01").code == 0
    assert "      tijd:\n        2: 6\n        weet-niet: 6\n" in Path("a.yaml").read_text("utf-8")
    shown = score(fii, "a.yaml", "peiling")
    assert "facilitator: n = 6, no answer 6; 0% hinders, 0% neutral, 100% helps; mean 2.0" in shown
    assert "2 of 2 rated" in shown
    page = fii("report", "a.yaml", "--format", "md", "--as-of", "2025-02-10", "-o", "-").out
    assert "n = 6, no answer 6" in page


def test_answers_that_few_gave_are_not_stored_though_many_were_asked(fii: Fii) -> None:
    rows = ["tijd;geld", *["2;1"] * 3, *["weet niet;1"] * 9]
    Path("t.csv").write_text("\n".join(rows), encoding="utf-8")
    done = fii("import", "a.yaml", "t.csv", "--instrument", "peiling", "--date", "2025-02-01")
    assert "too few answers, omitted: tijd" in done.err
    assert "tijd" not in Path("a.yaml").read_text("utf-8")


def test_a_point_that_nobody_could_answer_is_unknown(fii: Fii) -> None:
    head = "instrument: peiling, date: 2025-02-01, responses: 12"
    Path("a.yaml").write_text(
        assessed(f"{head}, counts: {{tijd: {{weet-niet: 12}}, geld: {{2: 12}}}}"), encoding="utf-8"
    )
    shown = score(fii, "a.yaml", "peiling")
    assert "Tijd: n = 0, no answer 12" in shown
    assert "1 of 2 rated" in shown


def test_rules_about_few_answers_count_answers() -> None:
    def counted(answers: str) -> str:
        head = "instrument: drivers, date: 2025-02-01, responses: 12"
        return assessed(f"{head}, counts: {{training: {{{answers}}}}}")

    (few,) = [line for line in said(counted("hoog: 6, onbekend: 6")) if "FII709" in line]
    assert "6 people answered drivers" in few
    assert "FII709" not in codes(counted("hoog: 12"))
    assert "FII905" in codes(counted("hoog: 3, onbekend: 9"))
    assert "FII905" not in codes(counted("hoog: 12"))
    assert "FII905" not in codes(counted("onbekend: 12"))


def test_who_was_not_asked_again_took_nothing_back(fii: Fii, here: Path) -> None:
    first = "- {instrument: cfir, date: 2024-02-01, by: a, ratings: {I.D: {value: '-2', note: te groot}}}"
    then = "- {instrument: cfir, date: 2024-03-01, by: a, ratings: {I.D: M}}"
    other = "- {instrument: cfir, date: 2024-03-01, by: a, ratings: {I.D: X}}"
    for second, rated, hinders in ((then, "-2", True), (other, "X", False)):
        Path("a.yaml").write_text(f"{HEAD}assessments:\n{first}\n{second}\n", encoding="utf-8")
        assert ("cfir/I.D" in fii("barriers", "a.yaml").out) is hinders
        told = fii("score", "a.yaml", "--instrument", "cfir").out.replace("−", "-")
        assert f"{rated} " in next(line for line in told.splitlines() if " I.D " in line)
