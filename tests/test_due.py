"""``fii due``: everything with a date of all trajectories, as a list, for an issue, and as a calendar."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.due import DUE_KINDS, due_in
from fii_cli.analysis.silence import silences
from fii_cli.analysis.standing import standing_of
from fii_cli.handbook.load import handbook
from fii_cli.pages.calendar import Event, calendar
from fii_cli.plain_markdown import MOST_CHARACTERS
from fii_cli.report.due import KIND_WORDS
from fii_cli.report.lateness import how_late
from fii_cli.resources import examples
from fii_cli.trajectory.dates import parse_date
from fii_cli.trajectory.known import known_on
from helpers import EN, HEAD, NL, trajectory

TODAY = date(2025, 6, 1)
EVERYTHING = (
    HEAD.replace("date: 2025-01}", "date: 2025-01-01}")
    + """\
organisations: [{id: b, name: De Brug, roles: [receiving]}]
people:
  - {id: lijn, role: lijnmanager, name: Jo Voorbeeld, organisation: b}
  - {id: raad, role: raadslid}
  - {id: wet, role: wethouder}
visits: [{phase: 5, entered: 2025-01-10}]
verkennen:
  ownership:
    kick_off: 2025-07-01
    roadmap:
      - {id: draaiboek, what: draaiboek overdragen, by: b, due: 2025-06-10}
      - {id: klaar, what: al gedaan, due: 2025-01-10, done: 2025-01-09}
versterken:
  key_people:
    - {person: wet, every: maandelijks, contacts: [{date: 2025-04-01}]}
    - {person: raad, every: anders, contacts: [{date: 2024-04-01}]}
    - {person: lijn, contacts: [{date: 2025-05-30}]}
borgen:
  improvement:
    evaluations:
      - {date: 2025-02-01, adjust: {what: korter formulier, owner: lijn, due: 2025-03-01}}
      - {date: 2025-04-01, adjust: {what: langer formulier, owner: lijn, due: 2025-05}}
assessments:
  - {instrument: stoplicht, date: 2025-05-25, ratings: {5a.klein-team: groen}}
actions:
  - {id: gezin, what: een gezin minder, owner: lijn, due: 2025-05-01}
  - {id: later, what: later dit jaar, due: 2025}
  - {id: gestopt, what: niet meer, due: 2025-01-01, status: vervallen}
requested_decisions:
  - {id: geld, question: Betaalt de gemeente mee?, asked_of: lijn, due: 2025-06-20}
  - {id: al, question: Doen we mee?, due: 2025-05-01, decided: {date: 2025-04-30, answer: ja}}
accepted:
  - {rule: FII421, about: raad, reason: zegt zelf wanneer, until: 2025-12-31}
  - {rule: FII311, reason: weet de raad, until: 2025-01-31}
"""
)


def due(text: str, today: date = TODAY) -> list[tuple[str, str, str, bool]]:
    known = known_on(trajectory(text), today).trajectory
    found = due_in(standing_of(known, handbook(), today))
    return [(each.kind, each.key, each.day.text, each.late) for each in found]


def test_everything_with_a_date_is_there_what_is_late_first() -> None:
    assert due(EVERYTHING) == [
        ("action", "gezin", "2025-05-01", True),
        ("contact", "wet", "2025-05-02", True),
        ("adjustment", "2025-04-01", "2025-05", True),  # the first one was looked at in April
        ("lights", "implementeren", "2025-06-08", False),
        ("task", "draaiboek", "2025-06-10", False),
        ("decision", "geld", "2025-06-20", False),
        ("kick-off", "", "2025-07-01", False),
        ("contact", "lijn", "2025-07-11", False),  # six weeks
        ("action", "later", "2025", False),
        ("accepted", "FII421/raad", "2025-12-31", False),
    ]
    assert ("start", "", "2026", False) in due(HEAD.replace("2025-01", "2026"))
    assert KIND_WORDS.keys() == set(DUE_KINDS)


def test_at_rest_neither_lights_nor_contacts_are_due_and_actions_are() -> None:
    resting = EVERYTHING.replace(
        "entered: 2025-01-10}",
        "entered: 2025-01-10, decisions: [{date: 2025-05-26, decision: pauze, reason: vakantie}]}",
    )
    assert [kind for kind, _, _, late in due(resting) if late] == ["action", "adjustment"]
    assert "lights" not in {kind for kind, *_ in due(resting)}


@pytest.mark.parametrize("name", examples())
@pytest.mark.parametrize("weeks", range(0, 60, 7))
def test_a_contact_is_late_when_the_report_speaks_of_silence(name: str, weeks: int) -> None:
    today = date(2025, 3, 1) + timedelta(weeks=weeks)
    known = known_on(trajectory(examples()[name]), today).trajectory
    late = [
        each.what
        for each in due_in(standing_of(known, handbook(), today))
        if each.kind == "contact" and each.late
    ]
    assert sorted(late) == sorted(each.person for each in silences(known, today))


@pytest.mark.parametrize(
    ("written", "nl", "en"),
    [
        ("2025-05-31", "1 dag te laat", "1 day late"),
        ("2025-05-19", "13 dagen te laat", "13 days late"),
        ("2025-05-18", "2 weken te laat", "2 weeks late"),
        ("2025-04-02", "8 weken te laat", "8 weeks late"),
        ("2025-04-01", "2 maanden te laat", "2 months late"),
        ("2025-04", "4 weken te laat", "4 weeks late"),
        ("2024", "4 maanden te laat", "4 months late"),
    ],
)
def test_how_late_in_words(written: str, nl: str, en: str) -> None:
    day = parse_date(written)
    assert day is not None
    assert (NL(how_late(day.days_before(TODAY))), EN(how_late(day.days_before(TODAY)))) == (nl, en)


def test_the_terminal_says_what_when_by_whom_and_how_late(fii: Fii, here: Path) -> None:
    Path("proef.yaml").write_text(EVERYTHING, encoding="utf-8")
    shown = fii("due", "--as-of", "2025-06-01", lang="nl")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == (
        "Te laat\n"
        "  1 mei 2025        een gezin minder\n"
        "                    4 weken te laat · lijnmanager\n"
        "  2 mei 2025        contact met wethouder\n"
        "                    4 weken te laat\n"
        "  mei 2025          langer formulier\n"
        "                    1 dag te laat · lijnmanager\n"
        "\n"
        "In de komende twee weken\n"
        "  8 juni 2025       opnieuw naar de lichten van Implementeren kijken\n"
        "  10 juni 2025      draaiboek overdragen\n"
        "                    De Brug\n"
        "\n"
        "Later\n"
        "  20 juni 2025      Betaalt de gemeente mee?\n"
        "                    lijnmanager\n"
        "  1 juli 2025       formele kick-off\n"
        "  11 juli 2025      contact met lijnmanager\n"
        "  2025              later dit jaar\n"
        "  31 december 2025  de geaccepteerde bevinding FII421 komt terug (raadslid)\n"
    )
    assert "Jo Voorbeeld" not in shown.out


def test_a_narrow_terminal_breaks_no_word(fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    Path("proef.yaml").write_text(EVERYTHING, encoding="utf-8")
    Path("nog een.yaml").write_text(EVERYTHING, encoding="utf-8")
    wide = json.loads(fii("due", "--as-of", "2025-06-01", "--json").out)
    out = fii("due", "--as-of", "2025-06-01").out
    assert all(len(line) <= 40 for line in out.splitlines())
    words = " ".join(out.split())
    assert all(each["what"] in words for each in wide["due"])


def test_an_edition_tells_only_what_it_may(fii: Fii, here: Path) -> None:
    Path("proef.yaml").write_text(EVERYTHING, encoding="utf-8")
    for form in ("text", "md", "ics"):
        team = fii("due", "--as-of", "2025-06-01", "--format", form).out
        steering = fii("due", "--as-of", "2025-06-01", "--format", form, "--audience", "steering").out
        client = fii("due", "--as-of", "2025-06-01", "--format", form, "--audience", "client").out
        public = fii("due", "--as-of", "2025-06-01", "--format", form, "--audience", "public").out
        assert "wethouder" in team
        assert "wethouder" not in steering + client + public
        assert "FII421" in steering
        assert "FII421" not in client
        assert "een gezin minder" in client
        assert "een gezin minder" not in public
        assert "kick-off" in public
        assert "Jo Voorbeeld" not in team


def test_personal_data_keep_an_outer_edition_back_and_the_others_are_shown(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(EVERYTHING + "summary: bel jan@voorbeeld.nl\n", encoding="utf-8")
    Path("b.yaml").write_text(EVERYTHING, encoding="utf-8")
    outcome = fii("due", "--as-of", "2025-06-01", "--audience", "client", "--json")
    assert outcome.code == 1
    assert {each["path"] for each in json.loads(outcome.out)["due"]} == {"b.yaml"}
    assert "a.yaml" in outcome.err
    assert "FII901" in outcome.err
    assert fii("due", "--as-of", "2025-06-01", "--audience", "steering").code == 0


def test_a_broken_file_is_named_and_the_others_are_shown(fii: Fii, here: Path) -> None:
    Path("goed.yaml").write_text(EVERYTHING, encoding="utf-8")
    Path("kapot.yaml").write_text(EVERYTHING.replace("gevraagd", "gevraagt"), encoding="utf-8")
    outcome = fii("due", "--as-of", "2025-06-01")
    assert outcome.code == 1
    assert "een gezin minder" in outcome.out
    assert "kapot.yaml" in outcome.err
    assert fii("due", "weg.yaml").code == 2


def test_nothing_with_a_date_is_said_and_no_trajectory_too(fii: Fii, here: Path) -> None:
    assert "no trajectory found here" in fii("due").err
    Path("proef.yaml").write_text(HEAD, encoding="utf-8")
    assert fii("due").out == "Nothing has a date ahead, and nothing is overdue.\n"
    assert fii("due", "--format", "md", "--as-of", "2025-06-01").out == (
        "What has a date, on 1 June 2025.\n\nNothing has a date ahead, and nothing is overdue.\n"
    )
    assert b"VEVENT" not in fii("due", "--format", "ics").out.encode()


def test_one_form_at_a_time(fii: Fii, here: Path) -> None:
    assert fii("due", "--json", "--format", "ics").code == 2
    assert "html" in fii("due", "--format", "html").err


def test_the_list_stays_under_the_limit_of_a_forge_and_says_what_is_left_out(fii: Fii, here: Path) -> None:
    many = "".join(f"  - {{id: a{n}, what: {'woord ' * 30}, due: 2025-07-01}}\n" for n in range(500))
    Path("proef.yaml").write_text(HEAD + "actions:\n" + many, encoding="utf-8")
    told = fii("due", "--as-of", "2025-06-01", "--format", "md").out
    assert len(told) < MOST_CHARACTERS + 200
    left = re.search(r"(\d+) more are left out", told)
    assert left
    assert int(left[1]) + told.count("\n- ") == 500


def test_what_users_wrote_is_no_markdown(fii: Fii, here: Path) -> None:
    evil = "@team zie #1 <script>x</script> | [x](http://x)"
    text = HEAD + f"actions: [{{id: a, what: {json.dumps(evil)}, due: 2025-07-01}}]\n"
    Path("proef.yaml").write_text(text, encoding="utf-8")
    told = fii("due", "--as-of", "2025-06-01", "--format", "md").out
    assert "<script>" not in told
    assert "@team" not in told
    assert "[x](" not in told


# --- the calendar -------------------------------------------------------------------------------------------


def unfolded(raw: bytes) -> list[str]:
    """The lines of a calendar as a reader of RFC 5545 sees them."""
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    for line in raw.split(b"\r\n"):
        line.decode()  # no character is broken
    return raw.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def events(lines: list[str]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            found[-1][name] = value
    return found


def of(fii: Fii, *words: str) -> list[dict[str, str]]:
    return events(unfolded(fii("due", "--format", "ics", *words).out.encode()))


def test_an_event_has_the_day_the_role_and_an_id_that_stays(fii: Fii, here: Path) -> None:
    Path("proef.yaml").write_text(EVERYTHING, encoding="utf-8")
    before = {each["SUMMARY"]: each for each in of(fii, "--as-of", "2025-06-01")}
    action = before["een gezin minder (lijnmanager)"]
    assert (action["DTSTART;VALUE=DATE"], action["DTEND;VALUE=DATE"]) == ("20250501", "20250502")
    assert action["DTSTAMP"] == "20250601T000000Z"
    moved = EVERYTHING.replace("due: 2025-05-01}", "due: 2025-08-01}").replace("een gezin minder", "minder")
    Path("proef.yaml").write_text(moved, encoding="utf-8")
    after = {each["SUMMARY"]: each for each in of(fii, "--as-of", "2025-06-02", "--lang", "nl")}
    again = after["minder (lijnmanager)"]
    assert again["UID"] == action["UID"]
    assert again["DTSTART;VALUE=DATE"] == "20250801"
    assert int(again["SEQUENCE"]) == int(action["SEQUENCE"]) + 1
    assert len({each["UID"] for each in before.values()}) == len(before) == 10
    assert {each["UID"] for each in after.values()} == {each["UID"] for each in before.values()}


def test_a_date_that_is_not_a_day_is_its_last_day_and_says_so(fii: Fii, here: Path) -> None:
    Path("proef.yaml").write_text(EVERYTHING, encoding="utf-8")
    rough = next(each for each in of(fii, "--as-of", "2025-06-01") if "later dit jaar" in each["SUMMARY"])
    assert rough["DTSTART;VALUE=DATE"] == "20251231"
    assert rough["DESCRIPTION"] == r"Proef\nAction\nsome time in 2025"


def test_the_same_commit_gives_the_same_calendar_wherever_it_is(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*words: str) -> None:
        around = {**os.environ, "GIT_COMMITTER_DATE": "2025-06-03T12:00:00Z"}
        named = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
        subprocess.run(named, check=True, env=around)

    Path("een/trajecten").mkdir(parents=True)
    Path("een/trajecten/proef.yaml").write_text(EVERYTHING, encoding="utf-8")
    git("init", "-q", "een")
    git("-C", "een", "add", ".")
    git("-C", "een", "commit", "-q", "-m", "stand")
    git("clone", "-q", "een", "ander")
    first = fii("due", "--format", "ics", "een").out
    assert "DTSTAMP:20250603T000000Z" in first
    monkeypatch.chdir("ander/trajecten")
    assert fii("due", "--format", "ics", "proef.yaml").out == first


def test_a_calendar_escapes_and_folds() -> None:
    text = "komma, punt; en \\ \n BEGIN:VEVENT \x07 " + "é€😀" * 40
    raw = calendar([Event(("x",), date.max, text, ("a;b", "c"))], TODAY, "N, m", "fii 1", NL)
    lines = unfolded(raw)
    (event,) = events(lines)
    assert event["SUMMARY"] == r"komma\, punt\; en \\ BEGIN:VEVENT " + "é€😀" * 40
    assert event["DESCRIPTION"] == r"a\;b\nc"
    assert "DTEND;VALUE=DATE" not in event
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "X-WR-CALNAME:N\\, m" in lines


def test_trajectories_of_two_repositories_have_events_of_their_own(fii: Fii, here: Path) -> None:
    for name in ("a", "b"):
        Path(name).mkdir()
        text = EVERYTHING.replace("title: Proef", f"title: Proef {name}")
        Path(name, "trajectory.yaml").write_text(text, encoding="utf-8")
    ids = re.findall(r"^UID:(\S+)", fii("due", "a", "b", "--format", "ics").out, re.M)
    assert len(ids) == len(set(ids)) > 2
    Path("b/trajectory.yaml").write_text(
        Path("a/trajectory.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    same = re.findall(r"^UID:(\S+)", fii("due", "a", "b", "--format", "ics").out, re.M)
    assert len(same) == len(set(same)) == len(ids)


def test_an_event_stays_itself_when_its_file_is_moved(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(EVERYTHING, encoding="utf-8")
    before = re.findall(r"^UID:(\S+)", fii("due", "a.yaml", "--format", "ics").out, re.M)
    Path("regio").mkdir()
    Path("a.yaml").rename("regio/b.yaml")
    assert re.findall(r"^UID:(\S+)", fii("due", "regio/b.yaml", "--format", "ics").out, re.M) == before
