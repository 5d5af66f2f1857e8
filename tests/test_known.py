"""What was known on a day: a page looks no further than its day, whatever the file went on to tell."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from conftest import Fii
from fii_cli.analysis.counts import Thresholds
from fii_cli.handbook.load import handbook
from fii_cli.report.basis import basis_of
from fii_cli.report.json_report import json_report
from fii_cli.resources import examples
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import KNOWN_FROM, Record, When
from fii_cli.trajectory.dates import Date, parse_date, parse_when
from fii_cli.trajectory.known import known_on
from fii_cli.trajectory.places import record_in
from helpers import DAY, EN, FORMS, HEAD, all_text, edition, said, trajectory
from outside import writer_of

PHASES = (
    "visits:\n"
    "  - {phase: signaleren, entered: 2024-01-10, decisions: [{date: 2024-03-01, decision: door}]}\n"
    "  - {phase: verkennen, entered: 2024-03-01, decisions: [{date: 2024-09-01, decision: door}]}\n"
    "  - {phase: innoveren}\n"
)


def known(text: str, day: str) -> Trajectory:
    return known_on(trajectory(HEAD + text), date.fromisoformat(day)).trajectory


# --- record by record ---------------------------------------------------------------------------------------


def test_a_file_without_a_later_fact_is_itself() -> None:
    whole = trajectory(HEAD + PHASES)
    assert known_on(whole, date(2025, 1, 1)).trajectory is whole


@pytest.mark.parametrize(
    ("day", "phases", "is_open"),
    [
        ("2024-01-09", [], False),
        ("2024-01-10", ["signaleren"], True),
        ("2024-02-29", ["signaleren"], True),
        ("2024-03-01", ["signaleren", "verkennen"], True),
        ("2024-08-31", ["signaleren", "verkennen"], True),  # innoveren is undated: it comes after
        ("2024-09-01", ["signaleren", "verkennen", "innoveren"], True),
    ],
)
def test_where_it_was(day: str, phases: list[str], is_open: bool) -> None:
    was = known(PHASES, day)
    assert [visit.phase for visit in was.visits] == phases
    assert (was.open_visit is not None) is is_open


def test_a_rough_date_is_later_only_if_all_of_it_is() -> None:
    log = "log: [{date: 2024, text: a}, {date: 2024-06, text: b}, {date: 2024-06-15, text: c}]\n"
    assert [entry.text for entry in known(log, "2023-12-31").log] == []
    assert [entry.text for entry in known(log, "2024-01-01").log] == ["a"]
    assert [entry.text for entry in known(log, "2024-06-01").log] == ["a", "b"]
    assert [entry.text for entry in known(log, "2024-06-15").log] == ["a", "b", "c"]


def test_a_result_of_a_later_day_goes_and_its_action_is_open_again() -> None:
    actions = (
        "actions:\n"
        "  - {id: a, what: bellen, since: 2024-02-01, due: 2024-08-01, status: klaar, "
        "result: {date: 2024-07-01}}\n"
        "  - {id: b, what: mailen, status: klaar}\n"
        "  - {id: c, what: fietsen, status: bezig, result: {date: 2024-07-01}}\n"
    )
    assert [each.id for each in known(actions, "2024-01-31").actions] == ["b", "c"]
    was = known(actions, "2024-06-30").actions
    assert [(each.status, each.result) for each in was] == [("open", None), ("klaar", None), ("bezig", None)]
    assert was[0].due is not None  # a plan
    assert known(actions, "2024-07-01").actions[0].status == "klaar"


def test_a_decision_is_asked_advised_on_and_made_each_from_its_own_day() -> None:
    asked = (
        "requested_decisions:\n"
        "  - {id: geld, question: Komt er geld?, since: 2024-02-01, due: 2024-08-01, why_then: begroting,\n"
        "     advice: {text: ja, date: 2024-03-01}, decided: {date: 2024-07-01, answer: nee}}\n"
    )
    assert known(asked, "2024-01-31").requested_decisions == ()
    for day, advised, decided in (
        ("2024-02-01", False, False),
        ("2024-03-01", True, False),
        ("2024-06-30", True, False),
        ("2024-07-01", True, True),
    ):
        (was,) = known(asked, day).requested_decisions
        assert (was.advice is not None, was.decided is not None) == (advised, decided), day
        assert was.due is not None  # a plan


def test_plans_stay() -> None:
    plans = (
        "verkennen:\n  ownership:\n    kick_off: 2024-09-01\n    roadmap:\n"
        "      - {id: a, what: app, due: 2024-12-01, done: 2024-11-01}\n"
        "accepted: [{rule: FII211, reason: zo is het, until: 2024-12-31}]\n"
    )
    was = known(plans, "2024-01-01")
    assert was.verkennen is not None
    assert was.verkennen.ownership is not None
    assert was.verkennen.ownership.kick_off is not None
    (task,) = was.roadmap
    assert (str(task.due), task.done) == ("2024-12-01", None)
    assert len(was.accepted) == 1


ENDED = (
    "organisations:\n"
    "  - {id: zuid, name: School Zuid, roles: [receiving], until: 2024-06-30, became: samen}\n"
    "  - {id: samen, name: School Samen, roles: [receiving]}\n"
    "people:\n"
    "  - {id: chef, role: coach, organisation: zuid, until: 2024-06, followed_by: hoofd}\n"
    "  - {id: hoofd, role: head, organisation: samen}\n"
)


@pytest.mark.parametrize(
    ("day", "ended", "left"),
    [("2024-05-31", False, False), ("2024-06-29", False, True), ("2024-06-30", True, True)],
)
def test_an_end_is_known_from_its_day_and_with_it_who_came_next(day: str, ended: bool, left: bool) -> None:
    was = known(ENDED, day)
    zuid, chef = was.organisations[0], was.people[0]
    assert (str(zuid.until or ""), zuid.became) == (("2024-06-30", "samen") if ended else ("", None))
    assert (str(chef.until or ""), chef.followed_by) == (("2024-06", "hoofd") if left else ("", None))


def test_who_follows_whom_is_judged_in_the_file_as_it_is() -> None:
    wrong = ENDED.replace("{id: samen,", "{id: samen, until: 2024-07, became: zuid,")
    assert any("FII044" in each for each in said(HEAD + wrong, date(2024, 1, 1)))
    assert not any("FII044" in each for each in said(HEAD + ENDED, date(2024, 1, 1)))


def test_an_acceptance_holds_from_its_day() -> None:
    text = HEAD + (
        "visits: [{phase: versterken, entered: 2025-01, via: entry}]\n"
        "people: [{id: wethouder, role: wethouder, level: wethouders}]\n"
        "versterken: {key_people: [{person: wethouder, contacts: [{date: 2025-01-05, present: ja}]}]}\n"
        "accepted: [{rule: FII421, about: wethouder, reason: verkiezingen, since: 2025-05-01}]\n"
    )
    before = [each for each in said(text, date(2025, 4, 30)) if "FII421" in each]
    after = [each for each in said(text, date(2025, 5, 1)) if "FII421" in each]
    assert (len(before), len(after)) == (1, 0)


def test_a_cycle_begins_with_its_first_step() -> None:
    cycles = (
        "implementeren:\n  cycles:\n"
        "    - {id: a, plan: {date: 2024-02-01, text: x}, do: {date: 2024-03-01, text: y}}\n"
        "    - {id: b, plan: {date: 2024-06-01, text: x}}\n"
        "    - {id: c}\n"
    )
    was = known(cycles, "2024-02-15").implementeren
    assert was is not None
    assert [(cycle.id, cycle.plan is not None, cycle.do) for cycle in was.cycles] == [
        ("a", True, None),
        ("c", False, None),
    ]


def test_a_finding_keeps_its_place_in_the_file() -> None:
    text = HEAD + (
        "assessments:\n"
        "  - {instrument: cfir, date: 2030-01-01, ratings: {III.D.2: '-2'}}\n"
        "  - {instrument: cfir, date: 2025-02-01, ratings: {III.D.2: '-2'}}\n"
    )
    line = text.splitlines().index("  - {instrument: cfir, date: 2025-02-01, ratings: {III.D.2: '-2'}}") + 1
    assert [each.partition(" ")[0] for each in said(text, DAY) if "FII705" in each] == [f"{line}:52"]


def test_what_is_wrong_with_the_file_is_said_on_any_day() -> None:
    text = HEAD + "assessments: [{instrument: cfir, date: 2030-01-01, ratings: {III.D.2: '-9'}}]\n"
    assert any("FII026" in each for each in said(text, DAY))


def test_personal_data_is_accepted_by_the_file_as_it_is_now(fii: Fii, here: Path) -> None:
    late = "log: [{date: 2025-02-01, text: bel 06-12345678}]\n"
    accepted = "accepted: [{rule: FII902, reason: verzonnen nummer, since: 2025-03-01}]\n"
    Path("t.yaml").write_text(HEAD + late + accepted, encoding="utf-8")
    asked = ("report", "t.yaml", "--audience", "public", "--as-of", "2024-06-01", "-o", "-")
    assert fii(*asked).code == 0
    Path("t.yaml").write_text(HEAD + late, encoding="utf-8")
    assert fii(*asked).code == 1  # the file goes along with its report in git


def test_a_report_does_not_speak_of_text_of_a_later_day(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(
        HEAD + "summary: bel 06-12345678\nlog: [{date: 2025-02-01, text: bel 06-87654321}]\n",
        encoding="utf-8",
    )
    for day, times in (("2024-06-01", 1), ("2025-02-01", 2)):
        told = fii("report", "t.yaml", "--format", "json", "-o", "-", "--as-of", day)
        assert [each["code"] for each in json.loads(told.out)["remarks"]].count("FII902") == times


def test_changes_are_between_two_days(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(HEAD, encoding="utf-8")
    told = fii("score", "t.yaml", "--as-of", "2024-06-01", "--since", "2025-01-01")
    assert (told.code, "2025-01-01 is not before 2024-06-01" in told.err) == (2, True)


PLANS = {
    ("Entry", "date"),
    ("Ownership", "kick_off"),
    ("Task", "due"),
    ("Action", "due"),
    ("RequestedDecision", "due"),
    ("Adjustment", "due"),
    ("Accepted", "until"),
}

ENDS = {("Task", "done"), ("Organisation", "until"), ("Person", "until")}
"""A later one goes without its record, and so does what came next."""


def test_each_date_of_the_format_is_a_plan_or_the_day_from_which_something_is_known() -> None:
    dates: dict[tuple[str, str], bool] = {}
    records: list[type[Record]] = [Trajectory]
    for record in records:
        for name, info in record.model_fields.items():
            inner: type[Record] | None = record_in(info.annotation)
            if inner and inner not in records:
                records.append(inner)
            extra: Any = info.json_schema_extra
            if {Date, When} & {info.annotation, *get_args(info.annotation)}:
                dates[record.__name__, name] = bool(extra.get(KNOWN_FROM))
    assert {place for place, tells in dates.items() if not tells} == PLANS | ENDS
    assert len(dates) > 2 * len(PLANS | ENDS)


# --- any page, on any day -----------------------------------------------------------------------------------

DATED = {
    "visits": ("entered", "reason"),
    "decisions": ("date", "reason"),
    "assessments": ("date", "by"),
    "actions": ("since", "what"),
    "result": ("date", "note"),
    "requested_decisions": ("since", "question"),
    "advice": ("date", "text"),
    "decided": ("date", "answer"),
    "accepted": ("since", "reason"),
    "log": ("date", "text"),
    "adaptations": ("date", "why"),
    "costs": ("date", "what"),
    "agreements": ("date", "interest"),
    "contacts": ("date", "note"),
    "evaluations": ("date", "outcome"),
    "measurements": ("date", "note"),
    "plan": ("date", "text"),
    "do": ("date", "text"),
    "check": ("date", "text"),
    "act": ("date", "text"),
}
"""The key with the day of each dated record, and one with text in it. Sessions differ: see below."""


def begins(written: Any) -> date | None:
    """The first day of a date as written, or ``None``."""
    parsed = parse_when(str(written)) if written else None
    return parsed.first if parsed else None


def dated(data: Any, key: str = "", around: str = "") -> Iterator[tuple[dict[str, Any], str, str]]:
    """The records with a date in a file: each with the key of its day and the key of a text."""
    if isinstance(data, list):
        for each in data:
            yield from dated(each, key, around)
    elif isinstance(data, dict):
        if key == "sessions":
            yield data, "date", "what" if around == "training" else "outcome"
        elif key in DATED:
            yield data, *DATED[key]
        for name, value in data.items():
            yield from dated(value, name, key)


def planted(data: Any) -> dict[str, date | None]:
    """Put a text of its own in every dated record; each with the day from which it may be known."""
    canaries: dict[str, date | None] = {}

    def put(where: dict[str, Any], key: str, day: date | None) -> None:
        canary = f"Kanarie{len(canaries)}eind"
        where[key] = canary
        canaries[canary] = day

    for record, day_key, text_key in dated(data):
        day = begins(record.get(day_key))
        put(record, text_key, day)
        ratings: dict[str, Any] = record.get("ratings", {})
        for item, rating in ratings.items():
            ratings[item] = rating if isinstance(rating, dict) else {"value": rating}
            put(ratings[item], "note", day)
    # A result is known on its own day, but not before its action.
    for action in data.get("actions", ()):
        result, since = action.get("result"), begins(action.get("since"))
        if result and since:
            canaries[result["note"]] = max(since, begins(result["date"]) or since)
    for asked in data.get("requested_decisions", ()):  # and so are the advice and the answer
        since = begins(asked.get("since"))
        for key, text in (("advice", "text"), ("decided", "answer")):
            if since and key in asked:
                canaries[asked[key][text]] = max(since, begins(asked[key].get("date")) or since)
    return canaries | _of_visits(data)


def _visits_from(data: Any) -> list[date | None]:
    """The day from which each visit is known: not before the one before it on the same path ended.

    Unless its own date is earlier: then the two overlapped.
    """
    days: list[date | None] = []
    ended_by: dict[str | None, date | None] = {}
    for visit in data.get("visits", ()):
        path = visit.get("organisation")
        after, entered = ended_by.get(path), begins(visit.get("entered"))
        overlaps = bool(after and entered and parse_date(visit["entered"]).before(after))  # type: ignore[union-attr]
        day = entered if overlaps else max((each for each in (after, entered) if each), default=None)
        days.append(day)
        ended = [begins(d["date"]) for d in visit.get("decisions", ()) if d["decision"] != "bijsturen"][:1]
        ended_by[path] = max((each for each in (after, day, *ended) if each), default=None)
    return days


def _of_visits(data: Any) -> dict[str, date | None]:
    """The days of the texts in visits."""
    canaries: dict[str, date | None] = {}
    for visit, since in zip(data.get("visits", ()), _visits_from(data), strict=True):
        canaries[visit["reason"]] = since
        for decision in visit.get("decisions", ()):
            made = begins(decision["date"])
            canaries[decision["reason"]] = max(day for day in (since, made) if day)
    return canaries


def never_written(data: Any, day: date) -> Any:
    """The same file as if it had been written on a day."""
    data = copy.deepcopy(data)
    if "visits" in data:
        known = zip(data["visits"], _visits_from(data), strict=True)
        data["visits"] = [visit for visit, since in known if since is None or since <= day]
    return _pruned(data, day)


def _pruned(data: Any, day: date, key: str = "") -> Any:
    def later(record: Any, name: str) -> bool:
        day_key = "date" if name == "sessions" else DATED.get(name, ("", ""))[0]
        return isinstance(record, dict) and (begins(record.get(day_key)) or day) > day

    if isinstance(data, list):
        kept = [_pruned(each, day, key) for each in data if not later(each, key)]
        return [each for each in kept if key != "cycles" or len(each) > 1]
    if not isinstance(data, dict):
        return data
    left = {name: _pruned(value, day, name) for name, value in data.items() if not later(value, name)}
    if key == "actions" and "result" in data and "result" not in left and data["status"] == "klaar":
        left["status"] = "open"
    if (begins(left.get("done")) or day) > day:
        del left["done"]
    if key in ("organisations", "people") and (begins(left.get("until")) or day) > day:
        left = {name: value for name, value in left.items() if name not in ("until", "became", "followed_by")}
    return left


def without_defaults(data: Any) -> Any:
    """A file as JSON has it, without what has no value."""
    if isinstance(data, list):
        return [without_defaults(each) for each in data]
    if isinstance(data, dict):
        return {key: without_defaults(value) for key, value in data.items() if value not in (None, [], {})}
    return data


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest) -> Any:
    """An example as data, with a text of its own in every dated record."""
    whole = trajectory(examples()[request.param])
    page = json_report(basis_of(edition(whole, date(2099, 12, 31)), handbook(), Thresholds()), EN)
    data = without_defaults(page.model_dump(mode="json")["trajectory"])
    return data, planted(data)


def days_of(data: Any) -> list[date]:
    """Days on which something came to be known: the first, some between, and the last."""
    days = sorted({day for record, key, _ in dated(data) if (day := begins(record.get(key)))})
    return sorted({days[0], days[len(days) // 3], days[2 * len(days) // 3], days[-1]}) if days else [DAY]


@pytest.mark.parametrize("told", sorted(examples()), indirect=True)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_a_later_day_is_in_a_page_and_what_was_known_is(
    fii: Fii, here: Path, told: Any, form: str
) -> None:
    writer_of(form)
    data, canaries = told
    Path("t.yaml").write_text(json.dumps(data), encoding="utf-8")
    text_only = form in ("html", "md", "json", "csv")
    for day in days_of(data) if text_only else days_of(data)[:2][-1:]:
        for on in (day - timedelta(days=1), day):
            page = _page(fii, "t.yaml", form, on)
            later = {text for text, since in canaries.items() if since and since > on}
            assert not {text for text in later if text in page}, on
            if form == "json":  # shows everything that the file tells
                assert {text for text in canaries if text in page} == canaries.keys() - later, on
            Path("w.yaml").write_text(json.dumps(never_written(data, on)), encoding="utf-8")
            if text_only:
                assert page == _page(fii, "w.yaml", form, on), on


def _page(fii: Fii, file: str, form: str, on: date) -> str:
    target = Path(f"{on}.{form}")
    target.unlink(missing_ok=True)
    done = fii("report", file, "--as-of", on.isoformat(), "--format", form, "--output", target)
    assert done.code == 0, done.err
    return all_text(target)


COMMANDS = (
    ("status", "FILE"),
    ("score", "FILE"),
    ("score", "FILE", "--instrument", "cfir"),
    ("barriers", "FILE"),
    ("strategies", "FILE"),
    ("compare", "FILE"),
    ("check", "FILE", "--format", "concise"),
    ("portfolio", "FILE"),
    ("portfolio", "FILE", "--format", "json"),
)


@pytest.mark.parametrize("told", sorted(examples()), indirect=True)
def test_every_command_looks_no_further_than_its_day(fii: Fii, here: Path, told: Any) -> None:
    data, _ = told
    for day in days_of(data):
        for folder, written in (("whole", data), ("was", never_written(data, day))):
            Path(folder).mkdir(exist_ok=True)
            (Path(folder) / "t.yaml").write_text(json.dumps(written, indent=0), encoding="utf-8")
        for words in COMMANDS:
            asked = [word.replace("FILE", "{}/t.yaml") for word in words] + ["--as-of", day.isoformat()]
            whole, was = (fii(*(word.format(folder) for word in asked)) for folder in ("whole", "was"))
            assert whole.code == was.code, (day, words, whole.err)
            assert _without_places(whole.out, "whole") == _without_places(was.out, "was"), (day, words)


def _without_places(text: str, folder: str) -> str:
    return re.sub(r":\d+:\d+", "", text.replace(f"{folder}/", ""))
