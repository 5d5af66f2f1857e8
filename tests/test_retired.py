"""What is retired from the handbook is no longer asked; what was ever said of it stays valid and is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.analysis.advice import advise
from fii_cli.analysis.barriers import barriers_of
from fii_cli.analysis.reasons import reasons_for
from fii_cli.analysis.recommendations import outcomes_in
from fii_cli.analysis.renewed import renewed, retired_ratings
from fii_cli.analysis.standing import standing_of
from fii_cli.frozen import ValidationError
from fii_cli.guide.pages import page_for
from fii_cli.handbook import Handbook
from fii_cli.handbook.load import handbook
from fii_cli.handbook.models import Construct
from fii_cli.handbook.retired import Astray
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.sheets import sheets_of
from fii_cli.resources import examples
from fii_cli.rules import Circumstances
from fii_cli.rules.check import Judgement, check, judge_edition
from fii_cli.rules.settings import RuleSettings
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.read import read
from helpers import EN, HEAD, trajectory

BOOK = handbook()
DAY = date(2025, 2, 10)
WHY = {"nl": "te ruim gevraagd", "en": "asked too broadly"}
Item = dict[str, Any]


def with_content(name: str, change: Callable[[Any], None]) -> Handbook:
    """The handbook with one content file changed."""
    data = deepcopy(BOOK._read(name))
    change(data)
    return Handbook(lambda asked: data if asked == name else BOOK._read(asked), BOOK._names)


def retire(id_: str, *became: str) -> Callable[[Any], None]:
    """Retire every item or strategy with this id in a content file."""

    def change(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("id") == id_:
                part |= {"retired": WHY} | ({"became": list(became)} if became else {})
            for each in part.values():
                change(each)
        elif isinstance(part, list):
            for each in part:
                change(each)

    return change


def both(*changes: Callable[[Any], None]) -> Callable[[Any], None]:
    def change(part: Any) -> None:
        for each in changes:
            each(part)

    return change


EXPLORING = "phases/2-verkennen"


def lights(**ratings: str) -> str:
    told = ", ".join(f"{item}: {light}" for item, light in ratings.items())
    return f"  - {{instrument: stoplicht, date: 2025-01-20, ratings: {{{told}}}}}\n"


def rated(*assessments: str) -> str:
    return f"{HEAD}assessments:\n{''.join(assessments)}"


def errors(text: str, book: Handbook) -> list[str]:
    return [EN(each.message) for each in check(read(text), Circumstances(book, DAY)).errors]


def light_of(told: Trajectory, item: str, book: Handbook) -> str:
    items = [each for phase in standing_of(told, book, DAY).phases for each in phase.items]
    return next(each.light for each in items if each.id == item)


# --- content ------------------------------------------------------------------------------------------------


def test_a_retired_item_is_not_asked() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur", "2a.leren"))
    assert "2a.cultuur" not in book.item_ids("stoplicht")
    assert "2a.cultuur" not in book.required_items
    assert "2a.cultuur" not in [item.id for item in book.phase("verkennen").subphases[0].items]
    assert "2a.cultuur" not in [item.id for item in book.instrument("stoplicht").items]
    assert len(book.item_ids("stoplicht")) == len(BOOK.item_ids("stoplicht")) - 1


def test_an_old_rating_of_it_stays_valid_and_only_what_never_existed_is_unknown() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur"))
    assert errors(rated(lights(**{"2a.cultuur": "rood"})), book) == []
    assert errors(rated(lights(**{"2a.kultuur": "rood"})), book) == ["stoplicht has no item 2a.kultuur"]
    assert errors(rated(lights(**{"2a.cultuur": "blauw"})), book) == [
        "blauw is not on the scale of stoplicht"
    ]
    answer = "actions: [{id: a, what: praten, answers: [stoplicht/2a.cultuur]}]\n"
    assert errors(HEAD + answer, book) == []


def test_a_retired_item_is_never_suggested() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur"))
    (found,) = check(read(rated(lights(**{"2a.cultuurr": "rood"}))), Circumstances(book, DAY)).errors
    assert found.fix is None
    assert found.hint is None or "2a.cultuur" not in EN(found.hint)


def test_it_counts_as_a_rating_of_the_only_item_that_it_became() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur", "2a.leren"))
    told = trajectory(rated(lights(**{"2a.cultuur": "rood"})))
    assert light_of(told, "2a.leren", book) == "rood"
    assert [barrier.place for barrier in barriers_of(told, book, DAY)] == ["stoplicht/2a.leren"]
    assert standing_of(told, book, DAY).apart == ()


def test_successors_are_followed_through_every_step() -> None:
    book = with_content(
        EXPLORING, both(retire("2a.cultuur", "2a.leren"), retire("2a.leren", "2b.meerwaarde"))
    )
    assert book.retired.current("stoplicht/2a.cultuur") == ("stoplicht/2b.meerwaarde",)
    assert light_of(trajectory(rated(lights(**{"2a.cultuur": "rood"}))), "2b.meerwaarde", book) == "rood"


@pytest.mark.parametrize("became", [(), ("2a.leren", "2b.meerwaarde")])
def test_without_one_successor_it_is_shown_as_retired(became: tuple[str, ...]) -> None:
    book = with_content(EXPLORING, retire("2a.cultuur", *became))
    told = trajectory(rated(lights(**{"2a.cultuur": "rood", "2a.leren": "groen"})))
    standing = standing_of(told, book, DAY)
    (kept,) = retired_ratings(standing.apart, book, DAY)
    assert (kept.item.id, kept.value) == ("stoplicht/2a.cultuur", "rood")
    assert kept.became == tuple(f"stoplicht/{each}" for each in became)
    assert kept.item.reason.en == "asked too broadly"
    assert light_of(told, "2a.leren", book) == "groen"
    assert barriers_of(told, book, DAY) == ()


def test_what_was_rated_under_its_present_name_in_the_same_round_counts_and_the_other_is_shown() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur", "2a.leren"))
    told = trajectory(rated(lights(**{"2a.cultuur": "rood", "2a.leren": "groen"})))
    assert light_of(told, "2a.leren", book) == "groen"
    assert [list(made.ratings) for made in standing_of(told, book, DAY).apart] == [["2a.cultuur"]]


def test_of_two_that_became_one_the_least_favourable_counts_and_the_other_is_shown() -> None:
    change = both(retire("2a.cultuur", "2b.meerwaarde"), retire("2a.leren", "2b.meerwaarde"))
    book = with_content(EXPLORING, change)
    for first, second in (("groen", "rood"), ("rood", "groen")):
        told = trajectory(rated(lights(**{"2a.cultuur": first, "2a.leren": second})))
        assert light_of(told, "2b.meerwaarde", book) == "rood"
        (kept,) = retired_ratings(standing_of(told, book, DAY).apart, book, DAY)
        assert kept.value == "groen"


def test_a_finding_about_it_is_placed_where_the_file_has_it() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur", "2a.leren"))
    visits = "visits: [{phase: verkennen, entered: 2025-01-01}]\n"
    made = "  - instrument: stoplicht\n    date: 2025-01-20\n    ratings:\n"
    text = f"{HEAD}{visits}assessments:\n{made}      2a.sturing: groen\n      2a.cultuur: rood\n"
    found = check(read(text), Circumstances(book, DAY)).diagnostics
    red = [each for each in found if each.code == "FII522"]
    assert [each.about for each in red] == ["2a.leren"]
    assert [text.splitlines()[each.span.line - 1].strip() for each in red] == ["2a.cultuur: rood"]


def test_what_the_team_accepts_about_it_is_accepted_about_what_it_became() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur", "2a.leren"))
    visits = "visits: [{phase: verkennen, entered: 2025-01-01}]\n"
    text = f"{HEAD}{visits}assessments:\n{lights(**{'2a.cultuur': 'rood'})}"
    accepts = "accepted: [{rule: FII522, about: 2a.cultuur, reason: bewust}]\n"
    found = check(read(text + accepts), Circumstances(book, DAY))
    assert "FII522" not in [each.code for each in found.diagnostics]
    assert "FII522" in [each.code for each in found.accepted]


def test_an_action_that_addressed_it_addresses_what_it_became() -> None:
    action = "actions: [{id: praten, what: praten, answers: [stoplicht/2a.cultuur]}]\n"
    told = trajectory(rated(lights(**{"2a.leren": "rood"})) + action)
    book = with_content(EXPLORING, retire("2a.cultuur", "2a.leren"))
    (barrier,) = barriers_of(told, book, DAY)
    assert [each.id for each in barrier.actions] == ["praten"]
    split = with_content(EXPLORING, retire("2a.cultuur", "2a.leren", "2b.meerwaarde"))
    assert renewed(told, split).trajectory.actions[0].answers == (
        "stoplicht/2a.leren",
        "stoplicht/2b.meerwaarde",
    )
    gone = with_content(EXPLORING, retire("2a.cultuur"))
    assert renewed(told, gone).trajectory.actions == told.actions


def test_a_team_can_go_on_asking_it_as_an_item_of_its_own() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur", "2a.leren"))
    own = "checklist: [{id: 2a.cultuur, subphase: 2a, question: Past het bij ons?}]\n"
    text = rated(lights(**{"2a.cultuur": "rood"})) + own
    assert errors(text, book) == []
    told = check(read(text), Circumstances(book, DAY)).trajectory
    assert told is not None
    assert light_of(told, "2a.cultuur", book) == "rood"
    assert light_of(told, "2a.leren", book) == "onbekend"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (retire("2a.cultuur", "2a.weg"), "unknown item stoplicht/2a.weg"),
        (both(retire("2a.cultuur", "2a.leren"), retire("2a.leren", "2a.cultuur")), "became itself"),
        (retire("2a.cultuur", "nergens/x"), "unknown instrument nergens"),
    ],
)
def test_content_that_leads_nowhere_is_refused(change: Callable[[Any], None], wrong: str) -> None:
    with pytest.raises(Astray, match=wrong):
        with_content(EXPLORING, change).item_ids("stoplicht")


def test_content_with_a_successor_and_no_reason_is_refused() -> None:
    text = {"nl": "x", "en": "x"}
    with pytest.raises(ValidationError, match="became requires retired"):
        Construct.model_validate({"id": "x", "name": text, "meaning": text, "became": "y"})
    for more in ({}, {"became": "y"}):
        nothing = {"id": "x", "name": text, "meaning": text, "retired": {"nl": "", "en": ""}, **more}
        with pytest.raises(ValidationError, match="became requires retired"):
            Construct.model_validate(nothing)


def test_a_retired_construct_leads_strategies_to_what_it_became() -> None:
    place = next(to for to in BOOK.catalogue.by_barrier if to.startswith("cfir/III"))
    id_ = place.removeprefix("cfir/")
    touching = next(
        item for item in BOOK.item_ids("stoplicht") if (place, "ours") in BOOK.touches(f"stoplicht/{item}")
    )
    book = with_content("cfir", retire(id_, "V.B.3"))
    assert place not in book.catalogue.by_barrier
    assert "cfir/V.B.3" in {touch.to for touch in book.touches(f"stoplicht/{touching}")}
    old = {reason.link.strategy for reason in reasons_for(BOOK, place)}
    assert old <= {reason.link.strategy for reason in reasons_for(book, "cfir/V.B.3")}
    assert id_ not in [item.id for item in book.instrument("cfir").constructs]


def test_a_retired_strategy_is_not_recommended_and_an_action_applies_what_it_became() -> None:
    became = next(iter(BOOK.strategy_phases))
    book = with_content("strategies", retire("champions", became))
    assert "champions" not in book.strategy_phases
    assert "champions" not in book.catalogue.strategies
    assert not any(link.strategy == "champions" for link in book.catalogue.links)
    text = f"{HEAD}actions: [{{id: a, what: zoeken, strategy: champions}}]\n"
    assert errors(text, book) == []
    assert errors(text.replace("champions", "champignons"), book) == ["unknown strategy champignons"]
    assert renewed(trajectory(text), book).trajectory.actions[0].strategy == became


def test_a_strategy_without_a_successor_keeps_its_name_in_the_report() -> None:
    book = with_content("strategies", retire("champions"))
    made = page(f"{HEAD}actions: [{{id: a, what: zoeken, strategy: champions}}]\n", book)
    assert made.actions[0].strategy.endswith("(retired)")


@pytest.mark.parametrize("became", ["zichzelf", "champions"])
def test_strategies_that_lead_nowhere_are_refused(became: str) -> None:
    with pytest.raises(Astray):
        with_content("strategies", retire("champions", became)).retired.strategies  # noqa: B018


def test_a_retired_instrument_became_the_items_with_the_same_id() -> None:
    def change(data: Any) -> None:
        data |= {"retired": WHY, "became": "midi"}

    book = with_content("instruments/quickscan", change)
    assert "quickscan" not in [each.id for each in book.instruments]
    assert "quickscan" in book.instrument_ids
    assert book.item_ids("quickscan") == frozenset()
    id_ = next(iter(BOOK.instrument("quickscan").items)).id
    value = BOOK.scale("quickscan", id_)[0]
    text = f"{HEAD}assessments: [{{instrument: quickscan, date: 2025-01, ratings: {{{id_}: {value}}}}}]\n"
    assert errors(text, book) == []
    same = f"midi/{id_}"
    assert book.retired.current(f"quickscan/{id_}") == ((same,) if id_ in BOOK.item_ids("midi") else ())


def test_an_example_reads_the_same_when_nothing_is_retired() -> None:
    for text in examples().values():
        told = trajectory(text)
        assert renewed(told, BOOK).trajectory is told


def test_experience_with_a_strategy_counts_for_what_it_became() -> None:
    became = next(reason.link.strategy for reason in reasons_for(BOOK, "cfir/V.B.3"))
    gone = next(id_ for id_ in BOOK.strategy_phases if id_ != became)
    book = with_content("strategies", retire(gone, became))
    result = "status: klaar, result: {date: 2025-01, helped: ja}"
    other = trajectory(f"{HEAD}actions: [{{id: a, what: zoeken, strategy: {gone}, {result}}}]\n")
    seen = outcomes_in(renewed(other, book).trajectory)
    advice = advise(book, {"cfir/V.B.3": 1}, None, every=True, others=seen)
    (found,) = [each for each in advice.shown if each.strategy.id == became]
    assert found.experience.helped == (("ja", 1),)


# --- the report ---------------------------------------------------------------------------------------------


def page(text: str, book: Handbook) -> Any:
    told = trajectory(text)
    judgement = Judgement("proef.yaml", read(""), None, ())
    judged = judge_edition(judgement, told, "team", "chosen", Circumstances(book, DAY), RuleSettings())
    return report_of(basis_of(judged, book), EN)


def test_the_report_shows_what_is_only_retired_in_a_section_of_its_own() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur", "2a.leren", "2b.meerwaarde"))
    made = page(rated(lights(**{"2a.cultuur": "rood"})), book)
    (row,) = made.retired
    assert row.cells[0].startswith("stoplicht/2a.cultuur ")
    assert row.cells[1] == "red, no perspective given, 20 January 2025"
    assert row.cells[2] == "asked too broadly"
    assert [each.split()[0] for each in row.cells[3].split("; ")] == [
        "stoplicht/2a.leren",
        "stoplicht/2b.meerwaarde",
    ]
    assert made.sections["retired"].shown
    assert not page(rated(lights(**{"2a.leren": "rood"})), book).sections["retired"].shown


def test_the_table_of_lights_has_it_too() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur"))
    told = trajectory(rated(lights(**{"2a.cultuur": "rood"})))
    judgement = Judgement("proef.yaml", read(""), None, ())
    judged = judge_edition(judgement, told, "team", "chosen", Circumstances(book, DAY), RuleSettings())
    lights_of, *_, ratings, _ = sheets_of(basis_of(judged, book), EN)
    assert lights_of.rows[-1][2:6] == (
        "2a.cultuur",
        "",
        f"{book.retired.items('stoplicht')['2a.cultuur'].name.en} (retired)",
        "red",
    )
    assert [row[2:4] for row in ratings.rows] == [("2a.cultuur (retired)", "rood")]


def test_the_guide_explains_it_as_retired_with_what_it_became() -> None:
    book = with_content(EXPLORING, retire("2a.cultuur", "2a.leren"))
    found = page_for("2a.cultuur", book, EN)
    assert found is not None
    told = {block.heading: block.lines for block in found.blocks}
    assert told["Retired"] == ("asked too broadly",)
    assert told["Became"][0].startswith("stoplicht/2a.leren ")
    subphase = page_for("2a", book, EN)
    assert subphase is not None
    assert "asked too broadly (became stoplicht/2a.leren)" in subphase.blocks[-1].lines[0]


# --- a repository's own -------------------------------------------------------------------------------------

SCAN = """\
id: {id}
name: Wijkscan
{whole}scale:
  values:
    - {{id: ja, name: ja, help: Het is er., helps: 2}}
    - {{id: nee, name: nee, help: Het is er niet., hinders: 2}}
groups:
  - id: plekken
    name: Plekken
    items:
      - {{id: plek, name: Een plek, meaning: Is er een plek?}}
      - {{id: tuin, name: Een tuin, meaning: Is er een tuin?}}
{more}"""
HALL = "      - {id: zaal, name: Een zaal, meaning: Is er een zaal?, retired: samengevoegd, became: plek}\n"
SHED = "      - {id: hok, name: Een hok, meaning: Is er een hok?, retired: niemand wist wat het was}\n"


def write_scan(id_: str = "wijkscan", whole: str = "", more: str = HALL + SHED) -> None:
    Path(".fii/instruments").mkdir(parents=True, exist_ok=True)
    text = SCAN.format(id=id_, whole=whole, more=more)
    Path(f".fii/instruments/{id_}.yaml").write_text(text, encoding="utf-8")


def write_ratings(ratings: str, instrument: str = "wijkscan") -> None:
    made = f"assessments: [{{instrument: {instrument}, date: 2025-01-20, ratings: {{{ratings}}}}}]\n"
    Path("a.yaml").write_text(HEAD + made, encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_an_own_instrument_retires_items_in_the_same_way(fii: Fii) -> None:
    write_scan()
    write_ratings("zaal: nee, hok: ja")
    assert fii("check", "a.yaml", "--as-of", "2025-02-10", "--select", "FII0").code == 0
    shown = fii("score", "a.yaml", "--instrument", "wijkscan", "--as-of", "2025-02-10").out
    assert "1 of 2 rated" in shown
    assert "plek  Een plek: nee" in shown
    assert "wijkscan/hok  Een hok: ja (2025-01-20); became no other item" in shown
    data = json.loads(fii("score", "a.yaml", "--as-of", "2025-02-10", "--json").out)
    assert [each["item"] for each in data["retired"]] == ["wijkscan/hok"]
    assert "wijkscan/plek" in fii("barriers", "a.yaml", "--as-of", "2025-02-10").out
    assert "zaal" not in fii("questionnaire", "wijkscan").out


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", ["html", "md", "csv"])
def test_the_page_shows_it_and_json_keeps_the_facts_as_in_the_file(fii: Fii, form: str) -> None:
    write_scan(more="")
    write_scan("oudescan", "retired: vervangen\nbecame: wijkscan\n", SHED)
    write_ratings("plek: nee, hok: ja", "oudescan")
    words = ["a.yaml", "--output", "-", "--as-of", "2025-02-10", "--format"]
    if form != "csv":
        assert "oudescan/hok" in fii("report", *words, form).out
    data = json.loads(fii("report", *words, "json").out)
    assert data["trajectory"]["assessments"][0]["instrument"] == "oudescan"
    assert [each["place"] for each in data["barriers"]] == ["wijkscan/plek"]
    assert [each["place"] for each in data["retired"]] == ["oudescan/hok"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("assess a.yaml --instrument wijkscan --set zaal=ja", "use plek instead"),
        ("assess a.yaml --instrument wijkscan --item hok", "fii explain hok says why"),
        ("score a.yaml --instrument oudescan", "use wijkscan instead"),
        ("questionnaire oudescan", "use wijkscan instead"),
        ("strategies a.yaml --for wijkscan/hok", "fii explain wijkscan/hok says why"),
    ],
)
def test_asking_for_it_says_that_it_was_retired_and_what_to_use(fii: Fii, words: str, hint: str) -> None:
    write_scan()
    write_scan("oudescan", "retired: vervangen\nbecame: wijkscan\n", "")
    write_ratings("zaal: nee")
    done = fii(*words.split())
    assert done.code == 2
    assert "was retired" in done.err
    assert hint in done.err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("whole", "more", "message"),
    [
        ("", HALL.replace("plek}", "weg}"), "13:"),
        ("", HALL.replace("plek}", "zaal}"), "wijkscan/zaal became itself"),
        ("", HALL.replace("retired: samengevoegd, ", ""), "retired is missing"),
        ("became: midi\n", "", "retired is missing"),
        ("retired: weg\nbecame: nergens\n", "", "unknown instrument nergens"),
        ("retired: weg\nbecame: wijkscan\n", "", "wijkscan became itself"),
    ],
)
def test_an_own_instrument_that_leads_nowhere_is_refused_at_its_place(
    fii: Fii, whole: str, more: str, message: str
) -> None:
    write_scan("wijkscan", whole, more)
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("check", "a.yaml", "--as-of", "2025-02-10", "--format", "concise")
    assert done.code == 1
    assert ".fii/instruments/wijkscan.yaml:" in done.out
    assert "FII041" in done.out
    assert message in done.out
    assert "unexpected" not in done.out


@pytest.mark.usefixtures("here")
def test_two_own_instruments_may_follow_each_other_in_any_order_of_names(fii: Fii) -> None:
    write_scan("a-scan", "retired: vervangen\nbecame: z-scan\n", "")
    write_scan("z-scan", more="")
    write_ratings("plek: nee", "a-scan")
    assert fii("check", "a.yaml", "--as-of", "2025-02-10", "--select", "FII0").code == 0
    assert "z-scan/plek" in fii("barriers", "a.yaml", "--as-of", "2025-02-10").out
    Path(".fii/instruments/z-scan.yaml").write_text("id: z-scan\n", encoding="utf-8")
    assert "unknown instrument z-scan" in fii("check", "a.yaml", "--format", "concise").out


@pytest.mark.usefixtures("here")
def test_an_instrument_that_leads_to_one_with_errors_is_refused_too(fii: Fii) -> None:
    write_scan("a-scan", "retired: vervangen\nbecame: z-scan\n", "")
    write_scan("z-scan", more=HALL.replace("plek}", "weg}"))
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    out = fii("check", "a.yaml", "--as-of", "2025-02-10", "--format", "concise").out
    assert "z-scan.yaml:13:85: FII041 error: unknown item z-scan/weg" in out
    assert "a-scan.yaml:4:1: FII041 error: unknown instrument z-scan" in out


@pytest.mark.usefixtures("here")
def test_a_rating_that_is_not_on_the_scale_of_what_it_became_is_only_shown(fii: Fii) -> None:
    scales = (
        "scales: {cijfer: {values: [{id: 1, name: laag, help: laag}, {id: 2, name: hoog, help: hoog}]}}\n"
    )
    item = HALL.replace("retired:", "scale: cijfer, retired:")
    write_scan(whole=scales, more=item)
    write_ratings("zaal: 2")
    assert fii("check", "a.yaml", "--as-of", "2025-02-10", "--select", "FII0").code == 0
    shown = fii("score", "a.yaml", "--instrument", "wijkscan", "--as-of", "2025-02-10").out
    assert "wijkscan/zaal  Een zaal: 2 hoog (2025-01-20); became wijkscan/plek" in shown
    assert "0 of 2 rated" in shown


@pytest.mark.usefixtures("here")
def test_candidates_are_compared_by_what_it_became(fii: Fii) -> None:
    write_scan()
    shortlist = (
        "organisations: [{id: fictie, name: Fictie}]\nverkennen: {shortlist: [{organisation: fictie}]}\n"
    )
    made = "assessments: [{instrument: wijkscan, date: 2025-01-20, about: fictie, ratings: {zaal: nee}}]\n"
    Path("a.yaml").write_text(HEAD + shortlist + made, encoding="utf-8")
    out = fii("compare", "a.yaml", "--instrument", "wijkscan", "--as-of", "2025-02-10").out
    assert "1 of 2 rated" in out
