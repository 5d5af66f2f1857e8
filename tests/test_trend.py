"""A trajectory over time: what the dates in a file tell and what its versions in git tell, kept apart."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.analysis.barriers import barriers_of
from fii_cli.analysis.standing import standing_of
from fii_cli.analysis.trend import Trend, phases_rated, thinned, trend_of
from fii_cli.editions.edition import edition_of
from fii_cli.handbook.load import handbook
from fii_cli.project.git import door
from fii_cli.project.git.versions_of import MOST_VERSIONS
from fii_cli.resources import examples
from fii_cli.terminal.spark import spark
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Days
from fii_cli.trajectory.known import days_known, known_on
from helpers import HEAD, trajectory

TODAY = date(2025, 12, 1)
FILE = "t.yaml"
STORY = (
    HEAD
    + """
people: [{id: lead, role: projectleider}]
visits:
  - {phase: signaleren, entered: 2025-01-01, via: entry, decisions: [{date: 2025-01-11, decision: door}]}
  - {phase: verkennen, entered: 2025-01-11, decisions: [{date: 2025-02-10, decision: pauze}]}
  - {phase: verkennen, entered: 2025-03-01, via: restart}
assessments:
  - {instrument: stoplicht, date: 2025-01-15, ratings: {2a.cultuur: rood, 2c.kickoff: groen}}
  - {instrument: stoplicht, date: 2025-01-20, perspective: giving, ratings: {2a.cultuur: oranje}}
  - {instrument: stoplicht, date: 2025-02-01, ratings: {2a.cultuur: groen}}
  - {instrument: stoplicht, date: 2025-03-05, ratings: {2a.cultuur: oranje}}
  - {instrument: cfir, date: 2025-02-02, perspective: receiving, ratings: {III.D.2: "-2"}}
  - {instrument: cfir, date: 2025-04-02, perspective: receiving, ratings: {III.D.2: "1"}}
actions:
  - id: a
    what: samen kijken
    strategy: champions
    owner: lead
    since: 2025-03-10
    status: klaar
    result: {date: 2025-04-09, helped: ja}
  - {id: b, what: nog een, since: 2025-11-01, owner: lead}
"""
)


def trend(text: str, today: date = TODAY) -> Trend:
    return trend_of(known_on(trajectory(text), today).trajectory, handbook(), today)


# --- worked out by hand -------------------------------------------------------------------------------------


def test_lights_are_counted_on_each_day_on_which_one_changed() -> None:
    told = trend(STORY).lights
    rated = {
        on.day.isoformat(): tuple(on.phases["verkennen"][light] for light in ("groen", "oranje", "rood"))
        for on in told
    }
    assert rated == {
        "2025-01-15": (1, 0, 1),
        "2025-02-01": (1, 1, 0),  # 2a.cultuur: green by one side, orange by the other, so orange
        "2025-03-01": (0, 0, 0),  # the phase was entered again, and asks everything anew
        "2025-03-05": (0, 1, 0),
    }
    assert phases_rated(told) == ("verkennen",)
    assert len({sum(on.phases["verkennen"].values()) for on in told}) == 1


def test_time_is_the_days_of_visits_and_a_pause_is_no_time_in_a_phase() -> None:
    told = {each.phase: each for each in trend(STORY).phases}
    assert told["signaleren"].days.exact == 10
    assert told["verkennen"].days.exact == 30 + (TODAY - date(2025, 3, 1)).days
    assert (told["verkennen"].visits, told["verkennen"].open) == (2, True)
    assert told["innoveren"].visits == 0
    assert trend(STORY).days.exact == 10 + 30 + 275


def test_a_month_is_about_so_many_days_and_a_visit_without_a_date_none() -> None:
    told = trend(
        HEAD + "visits: [{phase: 1, entered: 2025-01, decisions: [{date: 2025-02-01, decision: door}]}]\n"
    )
    assert told.phases[0].days == Days(1, 31)
    told = trend(HEAD + "visits: [{phase: 1}]\n")
    assert (told.phases[0].days.exact, told.phases[0].undated, told.phases[0].open) == (0, 1, True)


ROUGH = (
    HEAD.replace("date: 2025-01", "date: 2024")
    + """
visits:
  - {phase: signaleren, entered: 2024, via: entry, decisions: [{date: 2025-03, decision: door}]}
  - {phase: verkennen, entered: 2025-03}
assessments:
  - {instrument: stoplicht, date: 2025-04, ratings: {2a.cultuur: rood}}
  - {instrument: stoplicht, date: 2025-07, ratings: {2a.cultuur: groen}}
actions:
  - {id: a, what: samen kijken, strategy: champions, since: 2025}
"""
)


def test_a_rough_date_gives_no_exact_days(fii: Fii) -> None:
    Path(FILE).write_text(ROUGH, encoding="utf-8")
    dated = told(fii)["dated"]
    first, second = (
        next(e for e in dated["phases"] if e["id"] == id_) for id_ in ("signaleren", "verkennen")
    )
    assert (first["days"], first["rough"], first["least"], first["most"]) == (None, True, 60, 455)
    assert (second["days"], second["rough"], second["least"], second["most"]) == (None, True, 245, 275)
    assert first["share"] is second["share"] is None
    (life,) = dated["barriers"]
    assert (life["first"], life["gone"], life["days"], life["rough"]) == ("2025-04", "2025-07", None, True)
    assert (dated["strategies"][0]["days"], dated["strategies"][0]["rough"]) == (None, True)
    told_ = " ".join(fii("trend", FILE, "--as-of", TODAY.isoformat()).out.split())
    for words in ("1 to 15 months", "about 9 months", "about 3 months", "at most 11 months", "July 2025"):
        assert words in told_
    assert not re.search(r"\b(455|275|60|245|91|334)\b", told_)
    assert "245–275" in fii("trend", FILE, "--as-of", TODAY.isoformat(), "--format", "csv").out


def test_a_share_is_as_rough_as_the_days(fii: Fii) -> None:
    Path(FILE).write_text(ROUGH.replace("entered: 2024,", "entered: 2024-01,"), encoding="utf-8")
    assert "about 62%" in " ".join(fii("trend", FILE, "--as-of", TODAY.isoformat()).out.split())


def test_the_only_phase_has_all_the_time(fii: Fii) -> None:
    Path(FILE).write_text(HEAD + "visits: [{phase: 2, entered: 2025, via: entry}]\n", encoding="utf-8")
    assert [each["share"] for each in told(fii)["dated"]["phases"] if each["visits"]] == [100]
    assert re.search(r"months +100%", fii("trend", FILE, "--as-of", TODAY.isoformat()).out)


def test_a_barrier_lives_from_the_rating_that_first_named_it_until_its_side_rates_otherwise() -> None:
    lives = [
        (life.place, life.perspective, str(life.first), life.until and str(life.until), life.how)
        for life in trend(STORY).lives
    ]
    assert lives == [
        ("stoplicht/2a.cultuur", None, "2025-01-15", "2025-02-01", "rated"),
        ("stoplicht/2a.cultuur", "giving", "2025-01-20", "2025-03-01", "asked"),
        ("cfir/III.D.2", "receiving", "2025-02-02", "2025-04-02", "rated"),
        ("stoplicht/2a.cultuur", None, "2025-03-05", None, None),
    ]
    assert [life.days(TODAY).exact for life in trend(STORY).lives] == [17, 40, 59, 271]
    assert [life.strength for life in trend(STORY).lives] == [2, 1, 2, 1]


def test_a_barrier_about_an_organisation_does_not_outlast_it(fii: Fii, here: Path) -> None:
    told = (
        "organisations: [{id: zuid, name: School Zuid, until: 2025-02-10}]\n"
        "assessments:\n"
        "  - {date: 2025-01-10, instrument: cfir, about: zuid, ratings: {II.A: -2}}\n"
        "  - {date: 2025-01-12, instrument: cfir, ratings: {II.A: -1}}\n"
    )
    lives = {life.about: (str(life.until), life.how) for life in trend(HEAD + told).lives}
    assert lives == {"zuid": ("2025-02-10", "ended"), None: ("None", None)}
    early = trend(HEAD + told, date(2025, 2, 10))
    assert [life.how for life in early.lives] == [None, None]
    (here / "a.yaml").write_text(HEAD + told, encoding="utf-8")
    (shown,) = json.loads(fii("trend", "a.yaml", "--as-of", "2025-06-10", "--json").out)["trajectories"]
    assert [(each["gone"], each["how"]) for each in shown["dated"]["barriers"]] == [
        ("2025-02-10", "ended"),
        (None, None),
    ]
    assert "10 februari 2025" in fii("trend", "a.yaml", "--as-of", "2025-06-10", lang="nl").out


def test_a_strategy_runs_from_its_agreement_to_its_result_or_until_now() -> None:
    used = [
        (each.action.id, str(each.since), each.until and str(each.until), each.days and each.days.exact)
        for each in trend(STORY).used
    ]
    assert used == [("a", "2025-03-10", "2025-04-09", 30), ("b", "2025-11-01", None, 30)]


def test_what_is_later_than_the_day_is_not_in_it() -> None:
    told = trend(STORY, date(2025, 1, 31))
    assert [on.day for on in told.lights] == [date(2025, 1, 15)]
    assert [life.gone for life in told.lives] == [None, None]
    assert told.used == ()


def test_nothing_dated_is_nothing_to_show() -> None:
    assert trend(HEAD).is_empty


def test_many_days_are_thinned_to_the_last_of_each_month_quarter_or_year() -> None:
    days = [date(2024, 1, 1) + timedelta(days=each) for each in range(400)]
    assert thinned(days[:60], 60) == tuple(days[:60])
    assert thinned(days, 60)[:2] == (date(2024, 1, 31), date(2024, 2, 29))
    assert thinned(days, 60)[-1] == days[-1]
    assert len(thinned([date(1900 + each, 5, 1) for each in range(200)], 60)) == 60


def test_a_small_chart_never_shows_something_as_nothing() -> None:
    assert spark([0, 1, 50, 100], 100) == "▁▂▅█"
    assert spark([0, 0], 0) == "▁▁"
    assert len(spark(list(range(500)), 500)) == 24


# --- every day as it could have been said that day ----------------------------------------------------------


def agrees(told: Trajectory) -> None:
    """The series say of each day what the standing and the barriers of that day say."""
    days = days_known(told, date(2030, 1, 1))
    end = days[-1]
    made = trend_of(known_on(told, end).trajectory, handbook(), end)
    for day in days:
        known = known_on(told, day).trajectory
        on = [each for each in made.lights if each.day <= day]
        for phase in standing_of(known, handbook(), day).phases:
            counted = dict(on[-1].phases[phase.content.id]) if on else None
            assert phase.counts == counted or (counted is None and not phase.rated), (day, phase.content.id)
        barriers = {
            (each.place, each.perspective, each.about) for each in barriers_of(known, handbook(), day)
        }
        lives = {
            (each.place, each.perspective, each.about)
            for each in made.lives
            if each.first.first <= day and (each.gone is None or day < each.gone)
        }
        assert lives == barriers, day


@pytest.mark.parametrize("name", sorted(set(examples()) - {"minimaal"}))
def test_examples_agree_with_what_was_concluded_on_each_day(name: str) -> None:
    agrees(trajectory(examples()[name]))


@pytest.mark.parametrize("seed", range(25))
def test_random_trajectories_agree_with_what_was_concluded_on_each_day(seed: int) -> None:
    drawn = random.Random(seed)
    text = HEAD + "".join(_visits(drawn)) + "assessments:\n"
    for _ in range(40):
        lights = {item: drawn.choice(("groen", "oranje", "rood", "onbekend", "nvt")) for item in _ITEMS}
        rated = ", ".join(f"{item}: {light}" for item, light in lights.items() if drawn.random() < 0.6)
        side = drawn.choice(("", "perspective: giving, ", "perspective: receiving, "))
        text += f"  - {{instrument: stoplicht, date: {_day(drawn)}, {side}ratings: {{{rated}}}}}\n"
    agrees(trajectory(text))


_ITEMS = ("2a.cultuur", "2c.kickoff", "5a.mandaat")


def _day(drawn: random.Random) -> str:
    day = (date(2023, 1, 1) + timedelta(days=drawn.randrange(700))).isoformat()
    return drawn.choice((day, day, day, day[:7], day[:4]))


def _visits(drawn: random.Random) -> Iterator[str]:
    yield "visits:\n"
    day = date(2023, 1, 5)
    for at in range(6):
        entered = drawn.choice((f"entered: {day}, ", f"entered: {day.isoformat()[:7]}, ", ""))
        day += timedelta(days=drawn.randrange(40, 110))
        via = "entry" if not at else "return"
        phase = drawn.choice(("verkennen", "implementeren"))
        yield f"  - {{phase: {phase}, {entered}via: {via}, decisions: [{{date: {day}, decision: door}}]}}\n"


# --- git ----------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _elsewhere(here: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    settings = tmp_path_factory.mktemp("user") / "gitconfig"
    settings.write_text('[user]\nname = x\nemail = x@example.org\n[protocol "file"]\nallow = always\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def git(*words: str, day: str = "2025-01-01", given: bytes = b"") -> None:
    noon = f"{day}T12:00:00Z"
    env = os.environ | {"GIT_AUTHOR_DATE": noon, "GIT_COMMITTER_DATE": noon}
    subprocess.run(["git", *words], env=env, check=True, capture_output=True, input=given)


def commit(text: str, day: str, name: str = FILE) -> None:
    Path(name).write_text(text, encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", day, day=day)


def told(fii: Fii, *words: str) -> Any:
    done = fii("trend", FILE, "--as-of", TODAY.isoformat(), "--json", *words)
    assert done.code == 0, done.err
    (each,) = json.loads(done.out)["trajectories"]
    return each


def test_what_was_written_down_stays_apart_from_what_happened(fii: Fii) -> None:
    """The light is of January, and was written down in May: neither series shows the other's day."""
    git("init", "-q")
    commit(HEAD, "2025-02-01")
    rated = "assessments: [{instrument: stoplicht, date: 2025-01-15, ratings: {2a.cultuur: rood}}]\n"
    commit(HEAD + rated, "2025-05-01")
    made = told(fii)
    assert [on["day"] for on in made["dated"]["lights"]] == ["2025-01-15"]
    written = [(each["day"], each["lights"]["verkennen"]["rood"]) for each in made["committed"]]
    assert written == [("2025-02-01", 0), ("2025-05-01", 1)]
    assert made["notes"] == []
    page = fii("trend", FILE, "--as-of", TODAY.isoformat()).out
    dated, _, committed = page.partition("From git:")
    assert "2025-05-01" not in dated
    assert "2025-01-15" not in committed.partition("commits,")[2]


def test_a_version_is_judged_as_of_the_day_of_its_commit(fii: Fii) -> None:
    git("init", "-q")
    planned = "assessments: [{instrument: stoplicht, date: 2025-06-01, ratings: {2a.cultuur: rood}}]\n"
    commit(HEAD + planned, "2025-02-01")
    commit(HEAD + planned + "log: []\n", "2025-07-01")
    assert [each["lights"]["verkennen"]["rood"] for each in told(fii)["committed"]] == [0, 1]


def test_a_version_that_cannot_be_read_is_a_gap_with_a_reason(fii: Fii) -> None:
    git("init", "-q")
    commit(HEAD, "2025-02-01")
    commit("fii: 1\ntitle: [\n", "2025-02-02")
    commit(HEAD.replace("fii: 1", "fii: 99"), "2025-02-03")
    commit("x" * 6_000_000, "2025-02-04")
    commit(HEAD + "log: []\n", "2025-02-05")
    made = told(fii)
    assert [each["gap"] for each in made["committed"]] == [
        None,
        "it has errors",
        "it has format 99, which is newer than this fii",
        "git cannot give this version",
        None,
    ]
    assert made["notes"] == ["3 versions in git cannot be read"]
    assert "it has format 99, which is newer" in fii("trend", FILE, "--format", "csv").out


def test_a_file_that_was_only_renamed_is_followed(fii: Fii) -> None:
    git("init", "-q")
    commit(HEAD, "2025-02-01", "oud.yaml")
    commit(HEAD + "log: []\n", "2025-02-02", "oud.yaml")
    git("mv", "oud.yaml", FILE)
    git("commit", "-qm", "x", day="2025-02-03")
    commit(HEAD, "2025-02-04")
    assert [each["day"][-2:] for each in told(fii)["committed"]] == ["01", "02", "03", "04"]


def test_history_that_was_cut_off_or_is_not_there_is_said(fii: Fii) -> None:
    Path(FILE).write_text(HEAD, encoding="utf-8")
    assert told(fii)["notes"] == ["not in a git repository"]
    git("init", "-q")
    assert told(fii)["notes"] == ["not committed yet"]
    commit(HEAD, "2025-02-01")
    commit(HEAD + "log: []\n", "2025-02-02")
    git("clone", "-q", "--depth", "1", Path.cwd().as_uri(), "kopie")
    os.chdir("kopie")
    made = told(fii)
    assert len(made["committed"]) == 1
    assert made["notes"] == ["this is a shallow clone: older versions are not in it"]


def test_own_instruments_that_changed_are_said_to_be_those_of_today(fii: Fii) -> None:
    git("init", "-q")
    commit(HEAD, "2025-02-01")
    assert told(fii)["notes"] == []
    Path(".fii/instruments").mkdir(parents=True)
    Path(".fii/instruments/x.yaml").write_text("{}\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "x", day="2025-02-02")
    (note,) = told(fii)["notes"]
    assert note == "your own instruments changed in this period; those of today apply to every version"


def test_of_many_versions_the_newest_are_read_with_few_questions_to_git(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init", "-q")
    stream = b""
    for at in range(MOST_VERSIONS + 5):
        text = f"{HEAD}summary: versie {at}\n".encode()
        stamp = 1_735_732_800 + at * 86_400  # noon in January 2025, and a day later each time
        stream += b"commit refs/heads/main\ncommitter x <x@example.org> %d +0000\ndata 1\nx\n" % stamp
        stream += b"M 100644 inline %b\ndata %d\n%b\n" % (FILE.encode(), len(text), text)
    git("fast-import", "--quiet", given=stream)
    git("checkout", "-qf", "main")
    asked: list[tuple[str, ...]] = []
    run = door._run

    def counted(line: list[str], *rest: Any) -> Any:
        asked.append(tuple(line))
        return run(line, *rest)

    monkeypatch.setattr(door, "_run", counted)
    made = told(fii)
    assert len(made["committed"]) == MOST_VERSIONS
    assert made["committed"][0]["day"] == "2025-01-06"
    assert made["notes"] == [f"the newest {MOST_VERSIONS} of {MOST_VERSIONS + 5} versions in git are shown"]
    assert len(asked) < 12


# --- editions -----------------------------------------------------------------------------------------------

CANARY = (
    (
        STORY
        + """
log: [{date: 2025-07-13, text: geheim overleg}]
accepted: [{rule: FII211, reason: geheime reden, since: 2025-08-17}]
organisations: [{id: kandidaat, name: Geheime Stichting, roles: [candidate]}]
"""
    )
    .replace("{2a.cultuur: groen}", "{2a.cultuur: {value: groen, note: geheime noot}}")
    .replace(
        "date: 2025-02-02, perspective", "date: 2025-02-02, by: Geheim Persoon, about: kandidaat, perspective"
    )
)
FORMS = ("text", "json", "csv", "html", "md")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("audience", ["team", "steering", "client", "public"])
def test_an_edition_shows_nothing_that_it_may_not_hold(fii: Fii, form: str, audience: str) -> None:
    git("init", "-q")
    commit(CANARY, "2025-09-01")
    done = fii("trend", FILE, "--audience", audience, "--format", form, "--as-of", "2025-12-01")
    assert done.code == 0, done.err
    shown = (done.out + done.err).casefold()
    assert "geheime noot" not in shown
    if audience in ("client", "public"):
        for hidden in ("geheim", "2025-07-13", "2025-08-17", "kandidaat", "iii.d.2", "aansluiting"):
            assert hidden not in shown
        assert ("fii" not in shown.replace("fii 0", "").replace("fii trend", "")) or form in ("html", "md")
    if audience == "public":
        for hidden in ("2025-01-15", "2a.cultuur", "samen kijken", "2025-09-01"):
            assert hidden not in shown


def test_the_edition_is_made_before_anything_is_concluded(fii: Fii) -> None:
    """What a client reads is what follows from a file in which the hidden keys were never written."""
    Path(FILE).write_text(CANARY, encoding="utf-8")
    made = told(fii, "--audience", "client")
    edition = edition_of(known_on(trajectory(CANARY), TODAY).trajectory, "client")
    lives = trend_of(edition, handbook(), TODAY).lives
    assert [each["place"] for each in made["dated"]["barriers"]] == [life.place for life in lives]
    assert made["path"] is None
    assert made["dated"]["findings"] is None


# --- what is shown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_trajectory_is_no_error(fii: Fii, form: str) -> None:
    Path(FILE).write_text(examples()["minimaal"], encoding="utf-8")
    assert fii("trend", FILE, "--format", form).code == 0


@pytest.mark.parametrize("form", FORMS)
def test_reading_never_writes(fii: Fii, form: str) -> None:
    git("init", "-q")
    commit(STORY, "2025-09-01")
    before = sorted((str(path), path.stat().st_mtime_ns) for path in Path().rglob("*"))
    fii("trend", FILE, "--format", form)
    assert sorted((str(path), path.stat().st_mtime_ns) for path in Path().rglob("*")) == before


def test_the_terminal_says_in_words_what_its_small_charts_show(fii: Fii) -> None:
    Path(FILE).write_text(STORY, encoding="utf-8")
    done = fii("--lang", "en", "--color", "never", "trend", FILE, "--as-of", "2025-12-01")
    assert "\x1b" not in done.out
    assert re.search(r"● green +\S+  1 at first, 0 at last", done.out)
    assert re.search(r"■ red +\S+  1 at first, 0 at last", done.out)
    coloured = fii("--lang", "en", "--color", "always", "trend", FILE, "--as-of", "2025-12-01")
    plain = re.sub(r"\x1b\[[\d;]*m", "", coloured.out)
    assert [line.rstrip() for line in plain.splitlines()] == [line.rstrip() for line in done.out.splitlines()]


def test_the_page_has_a_chart_with_a_table_that_says_the_same(fii: Fii) -> None:
    git("init", "-q")
    commit(STORY, "2025-09-01")
    page = fii("trend", FILE, "--format", "html", "--as-of", "2025-12-01").out
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<svg") == 2
    assert "groen 1, rood 1" in page
    assert "<script" not in page


def test_two_files_are_two_sections_and_one_that_is_broken_stops_nothing(fii: Fii) -> None:
    Path(FILE).write_text(STORY, encoding="utf-8")
    Path("u.yaml").write_text(STORY.replace("Proef", "Andere"), encoding="utf-8")
    Path("v.yaml").write_text("fii: 1\ntitle: [\n", encoding="utf-8")
    done = fii("trend", FILE, "v.yaml", "u.yaml", "--format", "md")
    assert done.code == 1
    assert re.findall(r"^## (.*)$", done.out, re.M) == ["Proef", "Andere"]


def test_json_and_another_format_are_refused(fii: Fii) -> None:
    Path(FILE).write_text(HEAD, encoding="utf-8")
    assert fii("trend", FILE, "--json", "--format", "html").code == 2
    assert fii("trend", FILE, "--json", "--format", "json").code == 0


def test_a_report_shows_it_only_where_it_shows_lights(fii: Fii) -> None:
    Path(FILE).write_text(STORY, encoding="utf-8")
    for audience, shown in (("team", True), ("client", True), ("public", False)):
        done = fii("report", FILE, "--output", "-", "--audience", audience, "--as-of", "2025-12-01")
        assert ('id="trend"' in done.out) is shown
    done = fii("report", FILE, "--output", "-", "--as-of", "2025-12-01")
    assert 'id="trend-lights-title"' in done.out


def test_commits_stand_by_day_even_if_their_clocks_were_wrong(fii: Fii) -> None:
    git("init", "-q", "-b", "main")
    commit(HEAD, "2025-03-01")
    commit(HEAD + "log: []\n", "2025-02-01")  # a child that is older than its parent
    git("checkout", "-q", "-b", "zij")
    commit(HEAD + "people: []\n", "2025-05-01")
    git("checkout", "-q", "main")
    commit(HEAD + "log: []\nactions: []\n", "2025-04-01")
    subprocess.run(["git", "merge", "-q", "zij"], check=False, capture_output=True)
    commit(HEAD + "people: []\nlog: []\nactions: []\n", "2025-04-15")
    days = [each["day"] for each in told(fii)["committed"]]
    assert days == ["2025-02-01", "2025-03-01", "2025-04-01", "2025-04-15", "2025-05-01"]
    page = fii("trend", FILE, "--as-of", TODAY.isoformat()).out
    assert "5 commits, 2025-02-01 – 2025-05-01" in page


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100, 140])
def test_an_id_is_never_broken_in_a_narrow_terminal(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    Path(FILE).write_text(STORY, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", str(width))
    page = fii("trend", FILE, "--as-of", TODAY.isoformat()).out
    assert page.count("stoplicht/2a.cultuur") == 3
    assert "cfir/III.D.2" in page
    assert max(map(len, page.splitlines())) <= width
