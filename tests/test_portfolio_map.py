"""A portfolio as a map: strips in order of need, what hinders in common, and what helped, with n."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.barriers import barriers_in, places_known
from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.movement import start_of
from fii_cli.analysis.portfolio import Portfolio, Sort, in_order, portfolio_of
from fii_cli.analysis.portfolio_line import PortfolioMember, line_of, moves_since
from fii_cli.analysis.silence import longest_silence, silences
from fii_cli.analysis.standing import standing_of
from fii_cli.handbook.load import handbook
from fii_cli.report import EDITIONS
from fii_cli.report.portfolio_map import PortfolioMap, portfolio_map
from fii_cli.report.portfolio_page import portfolio_page
from fii_cli.words import PHASES
from helpers import DAY, EN, HEAD, edition, trajectory
from many import DAY as THEN
from many import many

MORE = (
    "people: [{id: wethouder, role: wethouder}, {id: arts, role: arts}]\n"
    "visits: [{phase: verkennen, entered: 2025-01, via: entry}]\n"
)
RED = (
    "assessments:\n"
    "  - {instrument: stoplicht, date: 2025-02-01, ratings: {2a.sturing: rood, 2c.overleg: oranje}}\n"
)
GREEN = RED.replace("rood", "groen").replace("oranje", "groen")
LATE = "actions: [{id: a, what: bellen, owner: arts, due: 2025-02-02}]\n"
QUIET = "versterken: {key_people: [{person: wethouder, contacts: [{date: 2024-11-01, present: ja}]}]}\n"


def portfolio(*texts: str) -> Portfolio:
    """A portfolio of the team, of these texts in this order."""
    lines = []
    for at, text in enumerate(texts):
        known = edition(trajectory(text)).trajectory
        standing = standing_of(known, handbook(), DAY)
        member = PortfolioMember(
            f"{at:02}.yaml",
            standing,
            barriers_in(standing, handbook(), Thresholds()),
            silences(known, DAY),
            f"{at:02}.yaml",
            places_known(standing, handbook(), Thresholds()),
            moves_since(start_of(known, handbook(), DAY), standing),
            longest_silence(known, DAY),
        )
        lines.append(line_of(member))
    return portfolio_of(lines, [])


def titled(title: str, *more: str) -> str:
    return HEAD.replace("Proef", title) + MORE + "".join(more)


def mapped(*texts: str) -> PortfolioMap:
    made = portfolio(*texts)
    return portfolio_map(made, in_order(made.lines, "need"), handbook(), EN, {}, "team")


NEEDS = (
    titled("niets"),
    titled("goed", GREEN),
    titled("stil", GREEN, QUIET),
    titled("laat", GREEN, LATE),
    titled("rood", RED),
    titled("oranje", RED.replace("rood", "groen")),
)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("need", "rood laat stil oranje goed niets"),
        ("phase", "rood laat stil oranje goed niets"),
        ("name", "goed laat niets oranje rood stil"),
    ],
)
def test_the_order_is_that_of_need_and_unknown_comes_last(sort: Sort, order: str) -> None:
    lines = in_order(portfolio(*NEEDS).lines, sort)
    assert [line.title for line in lines] == order.split()


def test_the_order_by_phase_follows_the_phases(fii: Fii, here: Path) -> None:
    for phase in ("borgen", "signaleren"):
        text = titled(phase, RED).replace("phase: verkennen", f"phase: {phase}")
        Path(f"{phase}.yaml").write_text(text, encoding="utf-8")
    Path("x.yaml").write_text(HEAD, encoding="utf-8")
    told = json.loads(fii("portfolio", "--sort", "phase", "--as-of", str(DAY), "--format", "json").out)
    assert [each["phase"] for each in told["trajectories"]] == ["signaleren", "borgen", None]
    done = fii("portfolio", "--sort", "leeftijd")
    assert done.code == 2
    assert "need" in done.err


def test_a_strip_has_six_phases_with_their_worst_lights_and_says_where_nothing_is_known() -> None:
    (strip,) = mapped(titled("rood", RED)).strips
    assert len(strip.cells) == len(PHASES)
    assert [cell.bar.kind for cell in strip.cells] == ["unknown", "known", *["unknown"] * 4]
    assert [cell.here for cell in strip.cells] == [False, True, *[False] * 4]
    assert [(each.light, each.n) for each in strip.cells[1].counts] == [("rood", 1), ("oranje", 1)]
    assert strip.cells[1].words.startswith("2 Exploring, ")
    assert strip.cells[0].words == "1 Identifying: not rated"
    assert [each.kind for each in strip.segments] == ["rood", "oranje"]
    assert strip.facts[0].what == "1 red light"
    assert strip.facts[0].about


def test_one_red_light_among_many_is_never_too_thin_to_see() -> None:
    rated = ", ".join(
        f"{item.id}: groen" for part in handbook().phases[1].subphases for item in part.items
    ).replace("groen", "rood", 1)
    text = f"assessments: [{{instrument: stoplicht, date: 2025-02-01, ratings: {{{rated}}}}}]\n"
    (strip,) = mapped(titled("veel", text)).strips
    widths = {each.kind: float(each.width.rstrip("%")) for each in strip.segments}
    assert widths["rood"] > 10 / 100 * 100 / 6
    assert widths["rood"] + widths["groen"] < 100 / 6


def test_movement_is_that_since_the_assessment_before_the_last() -> None:
    earlier = (
        "assessments:\n"
        "  - {instrument: stoplicht, date: 2025-01-05, ratings: {2a.sturing: groen}}\n"
        "  - {instrument: stoplicht, date: 2025-01-20, ratings: {2a.sturing: rood, 2c.overleg: rood}}\n"
        "  - {instrument: stoplicht, date: 2025-02-01, ratings: {2a.sturing: groen, 2c.overleg: rood,"
        " 2a.cultuur: oranje}}\n"
    )
    (strip,) = mapped(titled("t", earlier)).strips
    assert [(each.kind, each.n) for each in strip.moved] == [("forward", 1), ("new", 1)]
    (first,) = mapped(titled("t", RED)).strips
    assert (first.moved, first.not_moved) == ((), "first assessment")
    (none,) = mapped(titled("t")).strips
    assert none.not_moved == "unknown"
    same = earlier.replace(
        "2025-02-01, ratings: {2a.sturing: groen", "2025-02-01, ratings: {2a.sturing: rood"
    )
    (unchanged,) = mapped(titled("t", same.replace(", 2a.cultuur: oranje", ""))).strips
    assert unchanged.not_moved == "unchanged"
    (lost,) = mapped(titled("t", same.replace("overleg: rood,", "overleg: onbekend,"))).strips
    assert ("unrated", 1) in [(each.kind, each.n) for each in lost.moved]


def test_silence_is_the_longest_one_and_unknown_is_said() -> None:
    heard = QUIET.replace("2024-11-01", "2025-02-04")
    both = QUIET.replace("]}]}", "]}, {person: arts, contacts: [{date: 2024-12-01, present: ja}]}]}")
    told = {
        strip.title: strip.silence
        for strip in mapped(
            titled("stil", QUIET), titled("net", heard), titled("wie"), titled("twee", both)
        ).strips
    }
    assert all(told.values())
    assert [(each.what, each.about, each.alarm) for each in told.values() if each] == [
        ("14 weeks", "wethouder and 1 more", True),
        ("14 weeks", "wethouder", True),
        ("under a week", "wethouder", False),
        ("unknown", "", False),
    ]


def test_the_next_date_is_what_fii_due_says_first(fii: Fii, here: Path) -> None:
    asked = "requested_decisions: [{id: geld, question: Betaalt de gemeente?, due: 2025-03-01}]\n"
    late, ahead, none = mapped(titled("a", RED, LATE, asked), titled("b", GREEN, asked), titled("c")).strips
    assert late.next
    assert (late.next.what, late.next.about, late.next.alarm) == ("2 February 2025, overdue", "bellen", True)
    assert "late" in late.kinds
    assert ahead.next
    assert (ahead.next.what, ahead.next.about) == ("1 March 2025", "Betaalt de gemeente?")
    assert none.next
    assert none.next.what == "unknown"
    Path("a.yaml").write_text(titled("a", RED, LATE, asked), encoding="utf-8")
    due = fii("due", "a.yaml", "--as-of", str(DAY)).out
    assert due.index("bellen") < due.index("Betaalt de gemeente?")


def test_barriers_count_only_the_trajectories_in_which_it_is_known() -> None:
    hinders = "assessments: [{instrument: cfir, date: 2025-02-01, ratings: {III.D.2: -2}}]\n"
    helps = hinders.replace("-2", "2")
    made = mapped(*(titled(f"t{n}", hinders) for n in range(2)), titled("t2", helps), titled("t3"))
    (shared,) = made.barriers
    assert shared.number == "2 of 3"
    assert sorted(each.kind for each in shared.squares) == ["0", "2", "2", "?"]
    assert shared.told == "2 strongly, 0 in part, 1 not, 1 unknown"


def test_a_group_too_small_to_show_is_unknown_and_hinders_nothing() -> None:
    counted = (
        "assessments:\n  - instrument: midi\n    date: 2025-02-01\n    perspective: receiving\n"
        "    responses: {n}\n    counts:\n      23: {{1: {n}}}\n"
    )
    small = [titled(f"k{at}", counted.format(n=4)) for at in range(2)]
    large = [titled(f"g{at}", counted.format(n=6)) for at in range(2)]
    assert not mapped(*small).barriers
    (shared,) = mapped(*small, *large).barriers
    assert shared.number == "2 of 2"
    assert sorted(each.kind for each in shared.squares)[-2:] == ["?", "?"]


def test_what_helped_has_a_sign_for_each_record_and_n() -> None:
    def tried(*helped: str) -> list[str]:
        return [
            titled(
                f"t{at}",
                "actions: [{id: a, what: a, strategy: champions, status: klaar,"
                f" result: {{date: 2025-02-01, helped: {each}}}}}]\n",
            )
            for at, each in enumerate(helped)
        ]

    (each,) = mapped(*tried("ja", "ja", "deels", "nee", "onbekend")).tried
    assert each.told == "helped 2 of 4 times, 1 partly, 1 not, 1 unknown (n = 5)"
    assert sorted(each.signs) == ["deels", "ja", "ja", "nee", "onbekend"]
    unrecorded = titled("u", "actions: [{id: a, what: a, strategy: champions, status: klaar}]\n")
    (with_one,) = mapped(*tried("ja"), unrecorded).tried
    assert with_one.unrecorded == "1 finished without a result"
    assert "Identify and prepare champions" in mapped(unrecorded).untried
    (many_,) = mapped(*tried(*["ja"] * 13)).tried
    assert (many_.signs, [part.width for part in many_.bar]) == ((), ["100%"])


def test_the_number_in_a_filter_is_that_of_the_trajectories_it_shows(fii: Fii, here: Path) -> None:
    for name, text in many(30).items():
        Path(name).write_text(text, encoding="utf-8")
    assert fii("portfolio", "--as-of", THEN, "--output", "site/").code == 0
    page = Path("site/index.html").read_text(encoding="utf-8")
    found = re.findall(r'id="show-(\w+)"[^>]*>[^<]*\(([0-9]+)\)', page)
    assert [kind for kind, _ in found][:2] == ["all", "red"]
    assert "p1" in dict(found)
    strips = re.findall(r'<li class="cols tr([^"]*)"', page)
    for kind, n in found:
        shown = [each for each in strips if kind == "all" or f"is-{kind}" in each.split()]
        assert len(shown) == int(n), kind
    style = Path("site/index.html").read_text(encoding="utf-8")
    assert all(f"#show-{kind}:checked" in style for kind, _ in found if kind != "all")
    assert "<script" not in page


@pytest.mark.parametrize("audience", EDITIONS)
def test_no_map_has_what_its_edition_may_not_hold(fii: Fii, here: Path, audience: str) -> None:
    text = titled("Noord", RED.replace("rood", "{value: rood, note: geheim}"), LATE, QUIET)
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    words = ("--as-of", str(DAY), "--audience", audience)
    assert fii("portfolio", *words, "--output", "site/").code == 0
    page = Path("site/index.html").read_text(encoding="utf-8").partition("<body>")[2]
    assert "geheim" not in page
    assert ("Silent longest" in page) == ("is-silent" in page) == (audience == "team")
    assert ("wethouder" in page) == (audience == "team")
    rated = audience != "public"
    assert ("red light" in page) == ("is-red" in page) == rated
    for word in ("bellen", "overdue", "Movement", "What hinders", "is-late"):
        assert (word in page) == rated, word


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("audience", EDITIONS)
def test_a_terminal_of_any_width_breaks_no_word(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch, width: int, lang: str, audience: str
) -> None:
    for name, text in many(14).items():
        Path(name).write_text(text, encoding="utf-8")
    words = ("portfolio", "--as-of", THEN, "--audience", audience)
    monkeypatch.setenv("COLUMNS", "120")
    whole = {word for line in fii(*words, lang=lang).out.splitlines() for word in line.split()}
    monkeypatch.setenv("COLUMNS", str(width))
    lines = fii(*words, lang=lang).out.splitlines()
    assert [line for line in lines if len(line) > width] == []
    page = fii(*words, "--format", "md", lang=lang).out
    known = whole | set(page.split())
    found = {word.rstrip(":") for line in lines for word in line.split()}
    assert found - {word.rstrip(":") for word in known} == set()


def test_a_map_of_three_thirty_and_three_hundred(fii: Fii, here: Path) -> None:
    lines = [
        portfolio_page(
            portfolio(*(titled(f"t{at}", RED) for at in range(n))), str(DAY), "chosen", handbook(), EN, {}
        ).map
        for n in (3, 30, 300)
    ]
    assert [made.strips[0].letter for made in lines] == ["a", "", ""]
    assert [bool(made.total) for made in lines] == [False, True, True]
    assert [made.dense for made in lines] == [False, False, True]
    assert [bool(made.barriers[0].squares) for made in lines] == [True, False, False]
    assert lines[2].barriers[0].number == "300 of 300"
    assert "300 red" in lines[2].total[1].words
