"""What changed since an earlier day: the same on every page, and never more than an edition may hold."""

from __future__ import annotations

from datetime import date

from fii_cli.analysis.movement import Before, on_day
from fii_cli.editions.edition import edition_of
from fii_cli.handbook.load import handbook
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.json_report import json_report
from fii_cli.report.shapes import Since
from fii_cli.resources import language
from fii_cli.words import Audience
from helpers import edition, trajectory

EN = language("en")
DAY = date(2025, 6, 1)
HEAD = "fii: 1\ntitle: T\nlanguage: en\nentry: {commission: gevraagd, date: 2025-01}\n"
LIGHTS = (
    "assessments:\n"
    "  - {instrument: stoplicht, date: 2025-02-01, ratings: {2c.overleg: groen, 2c.app: rood}}\n"
    "  - {instrument: stoplicht, date: 2025-03-01, ratings: {2c.overleg: groen, 2a.cultuur: rood}}\n"
    "  - {instrument: stoplicht, date: 2025-04-01, ratings: {2c.overleg: {value: oranje, note: te laat},"
    " 2c.app: groen, 2a.cultuur: nvt, 2a.kandidaten: rood}}\n"
    "checklist: [{id: 2c.app, subphase: 2c, question: Werkt de app?}]\n"
)


def since(text: str, day: date = DAY, audience: Audience = "team", start: date | None = None) -> Since | None:
    judged = edition(trajectory(HEAD + text), day, audience)
    before = on_day(judged.trajectory, start) if start else None
    return report_of(basis_of(judged, handbook(), before=before), EN).since


def moved(found: Since | None) -> list[tuple[str, str, str, str]]:
    assert found
    return [(each.item, each.before.value, each.after.value, each.way) for each in found.lights]


def test_lights_are_compared_with_the_assessment_before_the_last_bad_news_first() -> None:
    found = since(LIGHTS)
    assert found
    assert (found.day, found.dated) == ("2025-03-01", "1 March 2025")
    assert moved(found) == [
        ("2a.kandidaten", "onbekend", "rood", "new"),
        ("2c.overleg", "groen", "oranje", "back"),
        ("2a.cultuur", "rood", "nvt", "unrated"),
        ("2c.app", "rood", "groen", "forward"),
    ]
    assert [(each.number, each.ways) for each in found.phases if each.ways] == [
        (2, (("forward", 1), ("back", 1), ("new", 1), ("unrated", 1)))
    ]
    assert found.lights[1].remark == "te laat"


def test_another_day_can_be_chosen() -> None:
    found = since(LIGHTS, start=date(2025, 2, 1))
    assert ("2a.kandidaten", "onbekend", "rood", "new") in moved(found)
    assert ("2a.cultuur", "onbekend", "nvt", "unrated") not in moved(found)  # nothing moved


def test_one_assessment_has_nothing_to_be_compared_with() -> None:
    assert since(LIGHTS, date(2025, 2, 15)) is None
    assert since("") is None


FACTS = LIGHTS + (
    "people: [{id: w, role: alderman}]\n"
    "actions:\n"
    "  - {id: a, what: call, since: 2025-02-01, status: klaar, result: {date: 2025-03-20, helped: ja}}\n"
    "  - {id: b, what: write, since: 2025-03-20}\n"
    "requested_decisions:\n"
    "  - {id: c, question: 'Go on?', asked_of: w, since: 2025-02-01, due: 2025-05-01,\n"
    "     advice: {text: 'yes', date: 2025-03-03}, decided: {date: 2025-04-20, answer: 'yes'}}\n"
    "  - {id: d, question: 'Pay?', since: 2025-03-20}\n"
    "versterken: {key_people: [{person: w, contacts: [{date: 2025-03-05, present: ja}]}]}\n"
    "log: [{date: 2025-03-02, text: signed}, {date: 2025-02-01, text: old}]\n"
)


def test_facts_that_came_are_told_in_plain_words() -> None:
    found = since(FACTS)
    assert found
    assert [each.text for each in found.facts] == [
        "Advice: Go on? yes",
        "Decided: Go on? yes",
        "Decision asked for: Pay?",
        "Done: call; did it help? yes",
        "Agreed: write",
        "Contact with alderman (5 March 2025)",
        "Signed (2 March 2025)",
    ]


def test_an_edition_is_told_no_more_than_it_may_hold() -> None:
    client, public = since(FACTS, audience="client"), since(FACTS, audience="public")
    assert client
    assert public is None  # it has no lights
    texts = " ".join(each.text for each in client.facts)
    assert "Signed" not in texts
    assert "Done: call" in texts
    assert [each.remark for each in client.lights] == ["", "", "", ""]


def test_readers_outside_are_not_told_what_only_an_earlier_version_contains() -> None:
    old = trajectory(HEAD + FACTS + "summary: x\n").model_copy()
    new = trajectory(HEAD + LIGHTS)
    audiences: tuple[Audience, ...] = ("team", "client")
    for audience in audiences:
        judged = edition(new, DAY, audience)
        before = Before(date(2025, 4, 1), edition_of(old, audience), "3f9a2c1")
        found = report_of(basis_of(judged, handbook(), before=before), EN).since
        assert found
        assert found.version == "3f9a2c1"
        assert bool(found.facts) == (audience == "team")


def test_programs_read_the_same() -> None:
    judged = edition(trajectory(HEAD + FACTS), DAY)
    told = json_report(basis_of(judged, handbook()), EN).since
    assert told
    assert told.day == "2025-03-01"
    assert told.lights[0].model_dump() == {
        "item": "2a.kandidaten",
        "before": "onbekend",
        "after": "rood",
        "way": "new",
        "remark": "",
    }
    assert "Agreed: write" in told.facts
