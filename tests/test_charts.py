"""Charts: everything lies where it should, also with the strangest facts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fii_cli.handbook.load import handbook
from fii_cli.pages.render import render
from fii_cli.report import report_of
from fii_cli.report.axis import axis_of
from fii_cli.report.basis import basis_of
from fii_cli.report.charts import HEIGHT, indicator_block
from fii_cli.report.model import Report
from fii_cli.report.shapes import WIDTH, TimeChart
from fii_cli.report.wording import Wording
from fii_cli.resources import examples
from fii_cli.trajectory.borgen import Indicator
from helpers import DAY, HEAD, NL, edition, trajectory


def report(text: str, day: date = DAY) -> Report:
    return report_of(basis_of(edition(trajectory(text), day), handbook()), NL)


def inside(chart: TimeChart) -> bool:
    found = [tick.at for tick in chart.ticks] + [chart.now or 0]
    found += [at for lane in chart.lanes for bar in lane.bars for at in (bar.x, bar.x + bar.width)]
    found += [mark.x for lane in chart.lanes for mark in lane.marks]
    return all(0 <= at <= WIDTH + 3 for at in found)


def test_the_path_shows_each_visit_in_its_lane_with_the_steps_between_them() -> None:
    made = report(examples()["thuis-leren-verzonnen"], date(2025, 3, 10))
    assert made.path
    lanes = {lane.name: lane for lane in made.path.lanes}
    assert [len(lane.bars) for lane in made.path.lanes] == [0, 1, 1, 0, 1, 0]
    exploring, innovating = lanes["2 Verkennen"].bars[0], lanes["3 Innoveren"].bars[0]
    assert exploring.x == pytest.approx(innovating.x + innovating.width, abs=0.2)
    assert lanes["5 Implementeren"].bars[0].open
    assert lanes["5 Implementeren"].bars[0].last == "2025-03-10"
    assert [(link.start, link.end, link.kind) for link in made.path.links] == [
        (2, 1, "return"),
        (1, 4, "skip"),
    ]
    assert [mark.kind for mark in lanes["3 Innoveren"].marks] == ["bijsturen", "door"]
    assert inside(made.path)


def test_the_path_marks_where_an_organisation_ended_or_merged_and_what_was_adapted() -> None:
    text = examples()["thuis-leren-uitrol-verzonnen"]
    made = report(text, date(2025, 3, 10)).path
    assert made
    lanes = {lane.name: lane for lane in made.lanes}
    zuid = lanes["5 Implementeren – Welzijn Zuid"]
    assert [mark.kind for mark in zuid.marks] == ["stop", "merged"]
    assert zuid.marks[0].x == zuid.marks[1].x
    for name, kinds in (("Welzijn Noord", ["door", "adapted"]), ("Buurtwerk Oost", ["adapted"])):
        assert [mark.kind for mark in lanes[f"5 Implementeren – {name}"].marks] == kinds
    assert "Welzijnsgroep Samen" in made.told
    assert " 3 " in made.told
    assert inside(made)
    ended = report(text.replace("    became: samen\n", ""), date(2025, 3, 10)).path
    assert ended
    assert "ended" in [mark.kind for lane in ended.lanes for mark in lane.marks]
    before = report(text, date(2024, 6, 30)).path
    assert before
    assert not {"merged", "ended"} & {mark.kind for lane in before.lanes for mark in lane.marks}
    assert "Welzijnsgroep Samen" not in before.told


def test_an_organisation_that_merged_leads_to_the_next_and_steps_pass_few_others() -> None:
    made = report(examples()["thuis-leren-uitrol-verzonnen"], date(2025, 3, 10)).path
    assert made
    names = [lane.name.rpartition(" – ")[2] for lane in made.lanes]
    assert names[4:] == [
        "Welzijn Zuid",
        "Welzijnsgroep Samen",
        "Buurtwerk Oost",
        "Welzijn Noord",
        "Welzijn Noord",
    ]
    assert [(link.start, link.end, link.kind, link.behind) for link in made.links] == [
        (1, 3, "forward", False),
        (7, 8, "forward", True),
        (4, 5, "forward", True),
    ]
    assert made.links[2].x == made.lanes[4].marks[1].x


def test_an_organisation_goes_on_from_the_measurements_of_those_that_became_it() -> None:
    made = report(examples()["thuis-leren-uitrol-verzonnen"], date(2025, 3, 10))
    reach, _, faithful = made.indicators
    north, south, merged, _ = reach.lines
    assert merged.joined == south.points
    assert [line.is_line for line in reach.lines] == [True, False, True, True]
    assert not north.joined
    assert [tick.words for tick in faithful.ticks] == ["31 dec 2024"]
    assert faithful.ticks[0].at == faithful.points[0].x
    page = render(made, "html", NL)
    assert page.count('<circle class="point" cx="11"') == 5


def test_an_adaptation_is_marked_where_the_trajectory_was_also_before_its_first_phase() -> None:
    text = HEAD + (
        "organisations: [{id: noord, name: Noord}]\n"
        "visits: [{phase: verkennen, entered: 2025-01-10}]\n"
        "innoveren:\n  adaptations:\n"
        "    - {id: a, date: 2024-11, what: anders, organisation: noord}\n"
        "    - {id: b, date: 2025-02, what: anders}\n"
    )
    made = report(text, date(2025, 3, 10)).path
    assert made
    first, second = made.lanes[1].marks
    assert first.kind == second.kind == "adapted"
    assert first.x < made.lanes[1].bars[0].x < second.x
    assert inside(made)


def test_the_marks_are_drawn_with_a_legend_in_a_page() -> None:
    text = examples()["thuis-leren-uitrol-verzonnen"]
    page = render(report(text, date(2025, 3, 10)), "html", NL)
    assert page.count('class="mark adapted"') == 4  # three marks, and one in the legend
    assert page.count('class="mark merged"') == 2
    assert " aanpassing</li>" in page


def test_an_indicator_has_a_line_for_each_organisation_and_that_of_a_merged_one_ends() -> None:
    text = examples()["thuis-leren-uitrol-verzonnen"].replace(
        "{date: 2024-06-30, organisation: zuid, value: 18}",
        "{date: 2024-03-31, organisation: zuid, value: 9}\n"
        "        - {date: 2024-04/2024-06, organisation: zuid, value: 18}",
    )
    block = report(text, date(2025, 3, 10)).indicators[0]
    lines = {line.name: line.points for line in block.lines}
    ended = "Welzijn Zuid (tot en met 30 juni 2024, daarna verder als Welzijnsgroep Samen)"
    assert [*lines] == ["Welzijn Noord", ended, "Welzijnsgroep Samen", "Buurtwerk Oost"]
    assert [len(points) for points in lines.values()] == [2, 2, 1, 2]
    assert lines[ended][-1].x < lines["Welzijnsgroep Samen"][0].x


def test_planning_tells_what_is_due_late_and_done() -> None:
    made = report(examples()["thuis-leren-verzonnen"], date(2025, 8, 1))
    assert made.planning
    kinds = {lane.name: [mark.kind for mark in lane.marks] for lane in made.planning.lanes}
    assert kinds["eerste groep opleiden"] == ["due", "done"]
    assert kinds["draaiboek overdragen"] == ["late"]
    assert inside(made.planning)


def test_readiness_counts_green_rated_and_evidence_found_of_the_items_that_apply() -> None:
    made = report(examples()["thuis-leren-verzonnen"], date(2025, 3, 10))
    assert made.readiness
    assert made.readiness.rows[4].cells == ("5 Implementeren", "4", "7", "0", "16")
    for row in made.readiness.rows:
        apply = [segment.n for segment in row.segments if segment.light != "nvt"]
        assert sum(apply) == int(row.cells[-1])
        assert row.segments[-1].x + row.segments[-1].width == pytest.approx(WIDTH)


def test_sides_that_differ_most_come_first() -> None:
    ratings = "ratings: {III.A: {value: %s}, III.D.2: {value: %s}}"
    text = (
        HEAD
        + "assessments:\n"
        + "".join(
            f"  - {{instrument: cfir, date: 2025-01-01, perspective: {side}, {ratings % values}}}\n"
            for side, values in (("giving", ("1", "2")), ("receiving", ("0", "-2")))
        )
    )
    made = report(text)
    assert made.sides
    assert [row.name.split()[0] for row in made.sides.rows] == ["III.D.2", "III.A"]
    assert made.sides.rows[0].giving > made.sides.rows[1].giving > made.sides.rows[0].receiving


def test_lights_of_a_day_stand_under_it_and_the_less_favourable_counts() -> None:
    text = HEAD + (
        "assessments:\n"
        "  - {instrument: stoplicht, date: 2025-01-01, perspective: giving, ratings: {1b.vraag: groen}}\n"
        "  - {instrument: stoplicht, date: 2025-01-01, perspective: third, ratings: {1b.vraag: rood}}\n"
        "  - {instrument: stoplicht, date: 2025-02-01, ratings: {1b.vraag: groen}}\n"
        "  - {instrument: stoplicht, date: 2030-02-01, ratings: {1b.vraag: oranje}}\n"
    )
    made = report(text)
    assert made.grid
    assert made.grid.days == ("1 jan 2025", "1 feb 2025")
    row = made.grid.groups[0].rows[0]
    assert [light.value if light else None for light in row.lights] == ["rood", "groen"]


def test_key_people_stand_where_they_work_and_how_they_think() -> None:
    made = report(examples()["thuis-leren-verzonnen"], date(2025, 8, 1))
    assert made.stakeholders
    people = made.stakeholders.people
    assert [each.silent != "" for each in people] == sorted(
        (each.silent != "" for each in people), reverse=True
    )
    alderman = next(each for each in people if each.level == "wethouders")
    assert (alderman.role, alderman.support) == ("wethouder onderwijs", "ambassadeur")
    assert "raadsleden" in made.stakeholders.nobody
    assert "wethouders" not in made.stakeholders.nobody


@pytest.mark.parametrize(
    "visits",
    [
        "[{phase: 1, entered: 0001}, {phase: 2, entered: 9999}]",
        "[{phase: 1, entered: 2025-01-01, decisions: [{date: 2025-01-01, decision: door}]},"
        " {phase: 6, entered: 2025-01-01}]",
        "[{phase: 3}]",
    ],
)
def test_strange_visits_are_drawn_or_left_out(visits: str) -> None:
    made = report(HEAD + f"visits: {visits}\n")
    assert made.path is None or inside(made.path)
    assert made.path is None or len(made.path.ticks) <= 8


@given(st.lists(st.dates(), min_size=1, max_size=6))
def test_an_axis_holds_every_day_and_has_few_ticks(days: list[date]) -> None:
    axis = axis_of(days)
    assert all(0 <= axis.at(day) <= WIDTH for day in days)
    ticks = axis.ticks(NL)
    assert 1 <= len(ticks) <= 8
    assert [tick.at for tick in ticks] == sorted(tick.at for tick in ticks)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_every_measurement_is_in_the_table_and_drawn_where_it_can_be(values: list[float]) -> None:
    made = [{"date": f"20{10 + at}", "value": value} for at, value in enumerate(values)]
    indicator = Indicator.model_validate({"id": "a", "what": "x", "measurements": made})
    block = indicator_block(indicator, Wording(trajectory(HEAD), NL), 1)
    assert [row.cells[1] for row in block.rows] == [f"{value:g}" for value in values]
    assert len(block.points) in (0, len(values))
    assert all(-0.1 <= point.y <= HEIGHT + 0.1 for point in block.points)
    assert len(block.levels) <= 6
