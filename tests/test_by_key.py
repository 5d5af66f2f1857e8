"""Ten minutes with the core team: one key for a light, agreements in the room, one change to the file."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii, Outcome
from fii_cli.analysis.rating_round import in_turn, items_to_ask
from fii_cli.analysis.standing import standing_of
from fii_cli.commands import rate_by_key
from fii_cli.commands.prompts import STOP
from fii_cli.commands.rate_by_key import left
from fii_cli.handbook.load import handbook
from fii_cli.resources import language
from fii_cli.terminal.keys import Keys
from fii_cli.terminal.opened import open_terminal
from helpers import HEAD, trajectory

TEXT = (
    HEAD
    + """\
people:
  - {id: teamleider, role: teamleider}
  - {id: trainer, role: trainer}
visits:
  - {phase: verkennen, entered: 2025-01-10, via: entry}
assessments:
  - instrument: stoplicht
    date: 2025-01-20
    by: kernteam
    perspective: both
    ratings:
      2b.visie: oranje
      2c.balans: groen
  - instrument: stoplicht
    date: 2025-02-08
    by: kernteam
    perspective: both
    ratings:
      2a.cultuur: {value: groen, note: meegekeken}
      2b.meerwaarde: {value: rood, note: niet besproken, evidence: notulen.md}
      2b.visie: groen
      2a.leren: nvt
actions:
  - {id: gesprek, what: gesprek over de meerwaarde, answers: [stoplicht/2b.meerwaarde], owner: trainer,
     due: 2025-02-01}
"""
)
DAY = "2025-02-10"


class Typed:
    """Keys and lines from a text: what somebody types, and how many keys that is beside the texts."""

    def __init__(self, text: str) -> None:
        self.left = text
        self.pressed = 0

    def key(self, again: Callable[[], None]) -> str:
        self.pressed += 1
        return self._next(1)

    def line(self) -> str:
        self.pressed += 1  # the Enter that ends a text
        if "\n" not in self.left and "\x03" not in self.left:
            raise EOFError
        return self._next(self.left.find("\n") + 1 or len(self.left))

    def _next(self, length: int) -> str:
        typed, self.left = self.left[:length], self.left[length:]
        if "\x03" in typed:
            raise KeyboardInterrupt
        if not typed:
            raise EOFError
        return typed


Assess = Callable[..., Outcome]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    return Typed("")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds, last in the list, on the clock of a round."""
    seconds = [0.0]
    monkeypatch.setattr(rate_by_key, "seconds", lambda: seconds[-1])
    return seconds


@pytest.fixture
def assess(fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch, typed: Typed, clock: list[float]) -> Assess:
    """Rate with these keys, on the day after the last rating but one."""
    Path("a.yaml").write_text(TEXT, encoding="utf-8")

    @contextmanager
    def keys_read() -> Iterator[Keys]:
        yield typed

    monkeypatch.setattr(
        "fii_cli.cli.open_terminal", lambda *wishes: replace(open_terminal(*wishes), interactive=True)
    )
    monkeypatch.setattr(rate_by_key, "keys_read", keys_read)

    def call(keys: str, *words: str, lang: str = "en") -> Outcome:
        typed.left, typed.pressed = keys, 0
        return fii("assess", "a.yaml", "--date", DAY, *words, lang=lang)

    return call


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


def items(*ids: str) -> list[str]:
    return [word for id_ in ids for word in ("--item", id_)]


BY = ("--by", "kernteam", "--perspective", "both")
YES = "\n"


# --- the keys -----------------------------------------------------------------------------------------------


def test_twenty_lights_take_at_most_35_keys(assess: Assess, typed: Typed) -> None:
    """Twenty lights, five not green, three remarks, two agreements with known owners, side and rater kept."""
    ids = [
        item.id
        for phase in handbook().phases
        for sub in phase.subphases
        for item in sub.items
        if item.id[0] == "2"
    ]
    keys = (
        "Rte duur\nhuur drukken\n1\n"
        "Oalleen op papier\n\n"
        "rplanning maken\n22025-03-01\n"
        "o\n"
        "Gmet plezier\n"
        "u" + 14 * "g" + YES
    )
    done = assess(keys, *items(*ids[:20]))
    print(f"keys beside the texts: {typed.pressed}")
    assert (done.code, typed.left) == (0, "")
    assert text().count("what: ") == 3
    rated = text().rpartition("ratings:\n")[2].partition("actions:")[0]
    assert (rated.count("note: "), rated.count("groen")) == (3, 15)
    assert "owner: trainer" in text().rpartition("- id: planning-maken")[2]
    assert typed.pressed <= 35


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["green", "orange", "red", "unknown", "not applicable"]),
        ("nl", ["groen", "oranje", "rood", "onbekend", "n.v.t."]),
    ],
)
def test_each_key_prints_its_word_on_a_line_of_its_own(assess: Assess, lang: str, words: list[str]) -> None:
    ids = ("2a.kandidaten", "2a.cultuur", "2b.visie", "2c.balans", "2c.overleg")
    done = assess("go\nr\nun" + YES, *BY, *items(*ids), lang=lang)
    assert done.code == 0
    shown = [line.strip() for line in done.err.splitlines()]
    signs = ["●", "▲", "■", "○", "–"]
    at = [shown.index(f"{sign} {word}") for sign, word in zip(signs, words, strict=True)]
    assert sorted(at) == at
    last = text().rpartition("ratings:\n")[2]
    assert re.findall(r": (groen|oranje|rood|onbekend|nvt)\n", last) == [
        "groen",
        "oranje",
        "rood",
        "onbekend",
        "nvt",
    ]


def test_a_capital_asks_for_a_remark_and_e_for_evidence(assess: Assess) -> None:
    done = assess("Gziet er goed uit\nenotulen.md\ng" + YES, *BY, *items("2a.kandidaten", "2a.sturing"))
    assert done.code == 0
    assert done.err.count("evidence, a path or a URL") == 1
    assert "2a.kandidaten: {value: groen, note: ziet er goed uit}\n" in text()
    assert "2a.sturing: {value: groen, evidence: notulen.md}\n" in text()


def test_a_remark_is_no_light(assess: Assess) -> None:
    done = assess("Gr\nrustig\n" + YES, *BY, *items("2a.kandidaten"))
    assert "r is a light, not a note or evidence" in " ".join(done.err.split())
    assert "2a.kandidaten: {value: groen, note: rustig}\n" in text()


def test_enter_keeps_what_was_or_leaves_it_for_later(assess: Assess) -> None:
    done = assess("\n\n\n" + YES, *BY, *items("2a.cultuur", "2a.kandidaten", "2b.meerwaarde"))
    assert done.code == 0  # what is red asks nothing, since an action runs
    assert "agreed: gesprek over de meerwaarde, trainer, 1 February 2025, overdue" in done.err
    last = text().rpartition("ratings:\n")[2]
    assert "2a.cultuur: {value: groen, note: meegekeken}\n" in last
    assert "2b.meerwaarde: {value: rood, note: niet besproken, evidence: notulen.md}\n" in last
    assert "2a.kandidaten" not in last


def test_l_leaves_for_later_what_was_rated_before(assess: Assess) -> None:
    assert assess("gl" + YES, *BY, *items("2a.cultuur", "2a.kandidaten")).code == 0
    last = text().rpartition("ratings:\n")[2]
    assert "2a.kandidaten: groen" in last
    assert "2a.cultuur" not in last


def test_backspace_goes_back_and_keeps_what_was_said(assess: Assess) -> None:
    done = assess("\x7fGvlot\n\x7f\n\x7f\x7frr\n\ng" + YES, *BY, *items("2a.kandidaten", "2a.sturing"))
    assert done.code == 0, done.err
    assert done.err.count("back\n") == 4
    assert "[green]" in done.err
    last = text().rpartition("ratings:\n")[2]
    assert "2a.kandidaten: rood\n" in last
    assert "2a.sturing: groen" in last


def test_a_question_mark_shows_each_light_and_what_to_do(assess: Assess) -> None:
    done = assess("?g" + YES, *BY, *items("2c.overleg"))
    anchored = handbook().anchored("stoplicht", "2c.overleg")
    assert anchored
    assert anchored.activity
    for told in (*(anchored.anchors[light] for light in ("groen", "oranje", "rood")), anchored.activity):
        assert " ".join(told.en.split()[:4]) in " ".join(done.err.split())
    Path("a.yaml").write_text(
        TEXT + "checklist: [{id: 2c.eigen, subphase: 2c, question: Is er een plek?}]\n", encoding="utf-8"
    )
    assert "The team wrote this question itself, so fii" in assess("?g" + YES, *BY, *items("2c.eigen")).err


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("x", "x is not a key here."),
        ("é", "é is not a key here."),
        ("\x1b", "That is not a key here."),
        (" ", "That is not a key here."),
    ],
)
def test_any_other_key_says_which_keys_there_are(assess: Assess, key: str, said: str) -> None:
    done = assess(f"{key}g{YES}", *BY, *items("2a.kandidaten"))
    assert said in done.err
    assert done.err.count("g green, o orange, r red, u unknown, n does not apply.") == 2
    assert "2a.kandidaten: groen" in text()


def test_a_dot_stops_and_keeps_what_was_rated(assess: Assess) -> None:
    assert assess("g." + YES, *BY, *items("2a.kandidaten", "2a.sturing")).code == 0
    assert text().rpartition("ratings:\n")[2].partition("actions")[0] == "      2a.kandidaten: groen\n"
    done = assess(".", *BY)
    assert "nothing was rated; nothing was written" in done.err


@pytest.mark.parametrize("stop", ["\x03", ""])
def test_breaking_off_shows_every_answer_as_a_command(assess: Assess, fii: Fii, stop: str) -> None:
    done = assess(
        f"Rte stil\nbellen\n+wijkagent\n2025-03-01\nGfijn{stop}", *BY, *items("2a.kandidaten", "2a.sturing")
    )
    assert (done.code, text()) == (130, TEXT)
    command = done.err.rstrip().splitlines()[-1].strip()
    assert fii(*shlex.split(command)[1:]).code == 0
    assert "2a.kandidaten: {value: rood, note: te stil}" in text()
    assert "role: wijkagent" in text()
    assert "due: 2025-03-01" in text().rpartition("what: bellen")[2]
    assert "2a.sturing: groen" in text()


# --- who rates ----------------------------------------------------------------------------------------------


def test_who_rated_the_last_time_rates_again_without_a_key(assess: Assess) -> None:
    done = assess("g" + YES, *items("2a.kandidaten"))
    assert "Who rates: kernteam (giving and receiving together), as last time" in done.err
    assert "    by: kernteam\n    perspective: both\n" in text().rpartition(f"date: {DAY}\n")[2]


def test_backspace_at_the_first_item_changes_who_rates(assess: Assess) -> None:
    assert assess("\x7fstuurgroep\ngiving\ng" + YES, *items("2a.kandidaten")).code == 0
    assert "    by: stuurgroep\n    perspective: giving\n" in text()


def test_the_questions_are_in_one_language(assess: Assess) -> None:
    done = assess("\x7f?\nwie weet\n\ng." + YES, "--by", "kernteam", lang="nl")
    assert done.code == 0, done.err
    assert "Vanuit welke kant? Gevend, ontvangend, beide, derde of cliënten [beide]" in done.err
    assert "kies uit: gevend, ontvangend, beide, derde" in done.err
    assert not re.search(r"giving|receiving|both|third", done.err.partition("\n  +")[0])
    assert "    perspective: both\n" in text().rpartition(f"date: {DAY}\n")[2]


def test_the_first_time_who_rates_is_asked(assess: Assess) -> None:
    Path("a.yaml").write_text(
        HEAD + "visits: [{phase: verkennen, entered: 2025-01-10, via: entry}]\n", encoding="utf-8"
    )
    assert assess("kernteam\nboth\ng." + YES).code == 0
    assert "    by: kernteam\n    perspective: both\n" in text()


# --- the order and the time ---------------------------------------------------------------------------------


def test_red_comes_first_then_what_changed_then_what_is_old() -> None:
    def turns(day: str) -> dict[str, list[str]]:
        standing = standing_of(trajectory(TEXT), handbook(), date.fromisoformat(day))
        asked = items_to_ask(standing, "verkennen", (), (), due=False, handbook=handbook())
        found: dict[str, list[str]] = {}
        for turn, item in in_turn(asked, standing):
            found.setdefault(turn, []).append(item.id)
        return found

    soon = turns("2025-02-10")
    assert list(soon) == ["red", "changed", "old", "other"]
    assert (soon["red"], soon["changed"]) == (["2b.meerwaarde"], ["2b.visie"])
    assert "2a.kandidaten" in soon["old"]  # never rated
    assert "2c.balans" in soon["old"]  # three weeks ago
    assert soon["other"] == ["2a.cultuur", "2a.leren"]
    entered_again = TEXT.replace(
        "via: entry}", "via: entry}\n  - {phase: verkennen, entered: 2025-02-09, via: return}"
    )
    standing = standing_of(trajectory(entered_again), handbook(), date(2025, 2, 10))
    asked = items_to_ask(standing, "verkennen", (), (), due=False, handbook=handbook())
    assert {turn for turn, _ in in_turn(asked, standing)} == {"old"}  # its lights start anew
    later = turns("2025-03-10")
    assert later["other"] == ["2a.leren"]  # does not apply, so it does not grow old
    assert later["old"] == sorted(later["old"], key=lambda id_: id_[:2])


def test_each_item_says_how_many_are_left_and_how_long_that_takes(assess: Assess) -> None:
    done = assess("gg." + YES, *BY, *items("2a.kandidaten", "2a.sturing", "2c.overleg"))
    for words in (
        "3 lights left, about 2 minutes",
        "2 lights left, about 1 minute",
        "1 light left, about 1 minute",
    ):
        assert words in done.err
    assert language("en")(left(20)) == "20 lights left, about 10 minutes"


def test_the_minutes_follow_the_pace_of_the_round(
    assess: Assess, clock: list[float], monkeypatch: pytest.MonkeyPatch, typed: Typed
) -> None:
    """Half a minute for a light weighs as much as ten lights; a light never counts for over five minutes."""
    assert language("en")(left(10, [30])) == "10 lights left, about 5 minutes"
    assert language("en")(left(10, 10 * [90])) == "10 lights left, about 10 minutes"
    assert language("en")(left(10, 10 * [0])) == "10 lights left, about 3 minutes"
    waits = iter((250.0, 9000.0, 0.0, 0.0))  # the team left the room during the second

    def key(again: Callable[[], None]) -> str:
        clock.append(clock[-1] + next(waits))
        return Typed.key(typed, again)

    monkeypatch.setattr(typed, "key", key)
    ids = ("2a.kandidaten", "2a.sturing", "2a.cultuur", "2b.visie", "2c.balans", "2c.overleg")
    done = assess("gg." + YES, *BY, *items(*ids))
    minutes = re.findall(r"(\d) lights left, about (\d+) minutes", done.err)
    assert minutes == [("6", "3"), ("5", "5"), ("4", "5")]


def test_turns_are_named(assess: Assess) -> None:
    done = assess(".", *BY)
    assert "\nRed\n2b " in done.err
    done = assess("llllllllllllllllllllllllllll", *BY)
    for head in ("Red", "Changed last time", "Not rated in the last two weeks", "The other items"):
        assert f"\n{head}\n" in done.err


# --- agreements ---------------------------------------------------------------------------------------------


def test_an_agreement_is_written_with_the_light_in_one_change(assess: Assess, fii: Fii) -> None:
    done = assess("rsamen kijken\n2morgen over een jaar\n2025-04-01\n" + YES, *BY, *items("2a.kandidaten"))
    assert done.code == 0, done.err
    assert (
        text().endswith(
            "  - id: samen-kijken\n    what: samen kijken\n    answers: [stoplicht/2a.kandidaten]\n"
            "    owner: trainer\n    since: 2025-02-10\n    due: 2025-04-01\n"
        )
        or "{id: samen-kijken, what: samen kijken, answers: [stoplicht/2a.kandidaten], owner: trainer"
        in text()
    )
    assert fii("undo", "a.yaml").code == 0
    assert text() == TEXT


def test_a_new_owner_is_named_by_role_once(assess: Assess) -> None:
    keys = "rbellen\n+wijkagent\n2025-03-01\n" + "omailen\n3\n" + YES
    assert assess(keys, *BY, *items("2a.kandidaten", "2a.sturing")).code == 0
    assert text().count("role: wijkagent") == 1
    assert text().count("owner: wijkagent") == 2


def test_a_role_that_is_there_is_that_person(assess: Assess) -> None:
    done = assess("rbellen\n+Trainer\n\n" + YES, *BY, *items("2a.kandidaten"))
    assert done.code == 0
    assert "that is trainer" in done.err
    assert text().count("trainer, role") == 1
    assert "owner: trainer" in text().rpartition("what: bellen")[2]


def test_what_is_left_for_later_after_it_was_rated_is_said_to_be_dropped(assess: Assess) -> None:
    done = assess("rbellen\n1\n\x7fl" + YES, *BY, *items("2a.kandidaten", "2b.meerwaarde"))
    assert "later; dropped: red, bellen" in done.err
    assert "bellen" not in text()


def test_back_walks_through_an_agreement(assess: Assess) -> None:
    keys = "rbelen\n1back\n\x7fbellen\n22025-01-01\nback\n\n2025-03-01\n" + YES
    done = assess(keys, *BY, *items("2a.kandidaten"))
    assert done.code == 0, done.err
    assert "2025-01-01 is before the day of the rating, 2025-02-10" in done.err
    assert "what: bellen" in text()
    assert "belen" not in text()
    assert "owner: trainer" in text().rpartition("what: bellen")[2]


@pytest.mark.parametrize("keys", [".\n", "bellen\n.", "bellen\n1.\n", "bellen\n1STOP\n"])
def test_a_dot_stops_at_any_question_of_an_agreement(assess: Assess, keys: str) -> None:
    done = assess("Rstil\n" + keys + YES, *BY, *items("2a.kandidaten", "2a.sturing"))
    assert done.code == 0, done.err
    last = text().rpartition("ratings:\n")[2]
    assert "2a.kandidaten: {value: rood, note: stil}" in last
    assert "2a.sturing" not in last
    assert ("what: bellen" in text()) is ("bellen" in keys)


def test_back_from_the_preview_returns_to_where_you_stopped(assess: Assess) -> None:
    ids = ("2a.kandidaten", "2a.sturing", "2c.overleg")
    done = assess("g.back\ng." + YES, *BY, *items(*ids))
    assert done.code == 0, done.err
    assert "2c.overleg" not in text().rpartition("ratings:\n")[2].partition("actions:")[0]
    assert "2a.sturing: groen" in text()


def test_a_dot_is_no_note(assess: Assess) -> None:
    assert assess("G.\n" + YES, *BY, *items("2a.kandidaten")).code == 0
    assert "2a.kandidaten: groen\n" in text()


def test_people_are_shown_by_role_and_by_id_if_they_share_it(assess: Assess) -> None:
    more = "  - {id: an, role: lid van de raad}\n  - {id: bo, role: lid van de raad}\n"
    people = f"{more}  - {{id: wethouder, role: wethouder onderwijs}}\n"
    Path("a.yaml").write_text(
        TEXT.replace("visits:", f"{people}visits:").replace("owner: trainer", "owner: wethouder"),
        encoding="utf-8",
    )
    done = assess("\nrbellen\n5\n" + YES, *BY, *items("2a.kandidaten", "2b.meerwaarde"))
    assert done.code == 0, done.err
    for shown in (
        "  5 wethouder onderwijs\n",
        "  3 lid van de raad (an)\n",
        "meerwaarde, wethouder onderwijs, 1 ",
    ):
        assert shown in done.err
    assert "owner: wethouder" in text().rpartition("what: bellen")[2]


def test_whoever_left_is_no_owner_to_choose(assess: Assess) -> None:
    gone = "  - {id: an, role: lid van de raad, until: 2024-12}\n"
    Path("a.yaml").write_text(TEXT.replace("visits:", f"{gone}visits:"), encoding="utf-8")
    done = assess("\nrbellen\n1\n" + YES, *BY, *items("2a.kandidaten", "2b.meerwaarde"))
    assert done.code == 0, done.err
    assert "lid van de raad" not in done.err


def test_light_and_agreement_are_one_change_to_the_file(assess: Assess, fii: Fii) -> None:
    """What was there stays byte for byte; what is new is there once, and one undo takes it all away."""
    keys = "rbellen\n+wijkagent\n2025-03-01\n" + "omailen\n1\n" + YES
    done = assess(keys, *BY, *items("2a.kandidaten", "2a.sturing"))
    assert done.code == 0, done.err
    left_over = iter(text().splitlines())
    assert all(line in left_over for line in TEXT.splitlines())
    assert text().count("wijkagent") == 3  # an id, a role and an owner
    assert done.out.count("wrote a.yaml") + done.err.count("wrote a.yaml") == 1
    assert fii("undo", "a.yaml").code == 0
    assert text() == TEXT


def test_a_light_that_turns_green_drops_its_agreement(assess: Assess) -> None:
    done = assess("rbellen\n1\n\x7fgg" + YES, *BY, *items("2a.kandidaten", "2a.sturing"))
    assert "so what was agreed on about it is dropped" in done.err
    assert "what: bellen" not in text()


def test_coming_back_to_an_agreement_keeps_it(assess: Assess) -> None:
    assert (
        assess("rbellen\n12025-03-01\n\x7fr\n\n\ng" + YES, *BY, *items("2a.kandidaten", "2a.sturing")).code
        == 0
    )
    assert text().count("what: bellen") == 1
    assert "due: 2025-03-01" in text()


def test_enter_on_what_was_agreed_on_a_moment_ago_asks_nothing(assess: Assess) -> None:
    keys = "rbellen\n1\n\x7f\ng" + YES
    assert assess(keys, *BY, *items("2a.kandidaten", "2a.sturing")).code == 0
    assert text().count("what: bellen") == 1


def test_enter_on_a_red_light_without_an_action_asks_who_does_what(assess: Assess) -> None:
    Path("a.yaml").write_text(TEXT.partition("actions:")[0], encoding="utf-8")
    assert assess("\nbellen\n1\n" + YES, *BY, *items("2b.meerwaarde")).code == 0
    assert "2b.meerwaarde: {value: rood, note: niet besproken, evidence: notulen.md}" in text()
    assert "what: bellen" in text()


def test_more_people_than_digits_are_named_in_a_line(assess: Assess) -> None:
    more = "".join(f"  - {{id: p{n}, role: lid {n}}}\n" for n in range(3, 13))
    Path("a.yaml").write_text(TEXT.replace("visits:", f"{more}visits:"), encoding="utf-8")
    done = assess(
        "rbellen\n99\n12\n\nrmailen\np12\n\nrgaan\n+gids\n\n" + YES,
        *BY,
        *items("2a.kandidaten", "2a.sturing", "2c.overleg"),
    )
    assert done.code == 0, done.err
    assert "choose from: 1–12" in done.err
    assert text().count("owner: p12") == 2
    assert "{id: gids, role: gids}" in text()


def test_flags_agree_too(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(TEXT, encoding="utf-8")
    light = ("--date", DAY, "--set", "2a.kandidaten=rood")
    action = ("--action", "2a.kandidaten=bellen")
    for words, said in (
        (action, "--action 2a.kandidaten needs a rating for the same item"),
        (
            (*light, "--owner", "2a.kandidaten=trainer"),
            "--owner 2a.kandidaten needs an action for the same item",
        ),
        ((*light, *action, "--owner", "2a.kandidaten=trianer"), "unknown person trianer"),
        ((*light, *action, "--owner", "2a.kandidaten=+"), "put the role of the new person after +"),
        ((*light, *action, "--before", "2a.kandidaten=1-3-25x"), "invalid date 1-3-25x"),
        (
            (*light, *action, "--before", "2a.kandidaten=2025-01-01"),
            "2025-01-01 is before the day of the rating",
        ),
        ((*light, "--action", "2a.kandidaten="), "--action 2a.kandidaten has no text"),
    ):
        done = fii("assess", "a.yaml", *words)
        assert (done.code, text()) == (2, TEXT), words
        assert said in " ".join(done.err.split())
    assert fii("assess", "a.yaml", *light, *action, "--owner", "2a.kandidaten=TRAINER").code == 0
    assert "owner: trainer" in text().rpartition("what: bellen")[2]


# --- where lines are read -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "term", "lines", "expected"),
    [
        ("", "xterm", False, True),
        ("", "dumb", False, False),
        ("lines", "xterm", False, False),
        ("LINES", "xterm", False, False),
        ("keys", "dumb", False, True),
        ("keys", "xterm", True, False),
    ],
)
def test_where_keys_are_read(
    monkeypatch: pytest.MonkeyPatch, wish: str, term: str, lines: bool, expected: bool
) -> None:
    monkeypatch.setenv("FII_INPUT", wish)
    monkeypatch.setenv("TERM", term)
    assert rate_by_key.reads_keys(lines=lines) is expected


def test_another_wish_is_refused(assess: Assess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FII_INPUT", "voice")
    done = assess("g")
    assert done.code == 2
    assert "invalid value voice for FII_INPUT" in done.err


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_first_steps_name_every_key(lang: str) -> None:
    page = (Path(__file__).parents[1] / "docs" / f"first-steps.{lang}.md").read_text(encoding="utf-8")
    table = page.partition("\n## 8.")[2]
    keys = (
        *rate_by_key.LIGHT_KEYS,
        rate_by_key.LATER,
        rate_by_key.EVIDENCE,
        rate_by_key.EXPLAIN,
        STOP,
    )
    assert [key for key in keys if f"`{key}`" not in table] == []
