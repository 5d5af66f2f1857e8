"""The decision about a phase, and the way to the next one: shown, explained, never forbidden."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.paths import PhasePath, path_of
from fii_cli.diagnostics import Refused
from fii_cli.edits.advance import move
from fii_cli.handbook.load import handbook
from fii_cli.words import Phase, Verdict
from helpers import EN, HEAD, codes, trajectory
from wizard import Wizard

DAY = date(2025, 3, 10)


def visits(*lines: str, lights: str = "") -> str:
    text = HEAD + "visits:\n" + "".join(f"  - {line}\n" for line in lines)
    return text + (
        f"assessments:\n  - {{instrument: stoplicht, date: 2025-03-03, ratings: {{{lights}}}}}\n"
        if lights
        else ""
    )


IN_2 = "{phase: verkennen, entered: 2025-01-10, via: entry}"
IN_3 = "{phase: innoveren, entered: 2025-01-10, via: entry}"
READY_3 = ", ".join(
    f"{item}: groen"
    for item in ("3a.antwoord", "3a.binnen-kaders", "3a.complexiteit", "3b.bestanddelen", "3b.methodiek")
)
RESTING = "{phase: innoveren, entered: 2025-01-10, decisions: [{date: 2025-02-01, decision: pauze}]}"
THROUGH = "{phase: innoveren, entered: 2025-01-10, decisions: [{date: 2025-02-01, decision: door}]}"


def path(text: str) -> PhasePath:
    return path_of(trajectory(text), handbook(), DAY)


@pytest.mark.parametrize(
    ("text", "decision", "to", "via", "arrives", "asks"),
    [
        (visits(IN_3, lights=READY_3), "door", None, "forward", "versterken", []),
        (visits(IN_3, lights=READY_3), "door", "implementeren", "skip", "implementeren", ["this skips strengthening"]),
        (visits(IN_3, lights=READY_3), "door", "borgen", "skip", "borgen", ["this skips strengthening up to and including implementing"]),
        (visits(IN_3, lights=READY_3), "door", "signaleren", "return", "signaleren", ["this goes back to identifying"]),
        (visits(IN_3), "door", None, "forward", "versterken", ["5 items that fii requires in innovating are red or unknown"]),
        (visits(IN_3, lights=READY_3.replace("3b.methodiek: groen", "3b.methodiek: oranje")), "door", None, "forward", "versterken", []),
        (visits(IN_3, lights=READY_3.replace("3b.methodiek: groen", "3b.methodiek: rood")), "door", None, "forward", "versterken", ["1 item that fii requires in innovating is red or unknown"]),
        (visits(IN_3, lights=READY_3.replace("3b.methodiek: groen", "3b.methodiek: nvt")), "door", None, "forward", "versterken", []),
        (visits(IN_3), "bijsturen", None, None, None, []),
        (visits(IN_3), "pauze", None, None, None, []),
        (visits(IN_3), "stop", None, None, None, []),
        (visits(IN_3), "afgerond", None, None, None, ["5 items that fii requires in innovating are red or unknown"]),
        (visits(RESTING), None, None, "restart", "innoveren", []),
        (visits(RESTING), None, "verkennen", "restart", "verkennen", []),
        (visits(THROUGH), None, None, "forward", "versterken", []),
        (visits(THROUGH), None, "verkennen", "return", "verkennen", ["this goes back to exploring"]),
        (visits("{phase: versterken, entered: 2025-01-10, decisions: [{date: 2025-02-01, decision: door}]}", IN_3.replace("01-10", "02-01"), lights=READY_3), "door", "implementeren", "forward", "implementeren", []),
        (HEAD, None, None, "entry", "verkennen", []),
        (HEAD, None, "borgen", "entry", "borgen", []),
    ],
)  # fmt: skip
def test_every_way_and_what_is_asked_about_it(
    text: str,
    decision: Verdict | None,
    to: Phase | None,
    via: str | None,
    arrives: str | None,
    asks: list[str],
) -> None:
    step = move(path(text), decision, to)
    assert (step.via, step.to, step.decision) == (via, arrives, decision)
    assert [EN(each) for each in step.asks] == asks


@pytest.mark.parametrize(
    ("text", "decision", "to", "message"),
    [
        (visits(IN_3), "pauze", "versterken", "pause keeps the current phase"),
        (visits(IN_3), "door", "innoveren", "the trajectory is already in innovating"),
        (visits("{phase: borgen, entered: 2025-01-10}"), "door", None, "sustaining is the last phase"),
        (visits(RESTING), "door", None, "no phase is open, so there is nothing to decide"),
        (visits("{phase: borgen, entered: 2025, decisions: [{date: 2025-02-01, decision: door}]}"), None, None, "the next phase is unknown"),
    ],
)  # fmt: skip
def test_only_what_contradicts_the_file_is_refused(
    text: str, decision: Verdict | None, to: Phase | None, message: str
) -> None:
    with pytest.raises(Refused) as refused:
        move(path(text), decision, to)
    assert message in EN(refused.value.message)
    assert refused.value.hint


# --- on the command line ------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str) -> None:
    Path("a.yaml").write_text(text, encoding="utf-8")


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


def test_a_decision_closes_the_visit_and_opens_the_next(fii: Fii) -> None:
    before = visits("phase: innoveren\n    entered: 2025-01-10\n    via: entry", lights=READY_3)
    write(before)
    done = fii("advance", "a.yaml", *["--decision", "door", "--by", "stuurgroep", "--date", "2025-03-10"])
    assert done.code == 0, done.err
    added = (
        "    decisions:\n      - {date: 2025-03-10, decision: door, by: stuurgroep}\n"
        "  - phase: versterken\n    entered: 2025-03-10\n    via: forward\n"
    )
    assert text() == before.replace("    via: entry\n", f"    via: entry\n{added}")
    said = " ".join(done.err.split())
    assert "Innovating (3): 5 of 12 green, 5 rated every item that fii requires is green" in said
    assert "Strengthening (4)" in said
    assert "4a Whom do we need" in said


def test_what_is_not_ready_is_shown_and_a_reason_is_asked(fii: Fii) -> None:
    write(visits(IN_3))
    done = fii("advance", "a.yaml", "--decision", "door")
    assert (done.code, text()) == (2, visits(IN_3))
    assert "○ unknown  3a.antwoord" in done.err
    assert "this requires a reason: 5 items that fii requires in innovating are red or unknown" in done.err
    assert "add --reason '…'" in done.err
    assert fii("advance", "a.yaml", "--decision", "door", "--reason", "raad besloot").code == 0
    assert "decision: door, reason: raad besloot" in text()


def test_a_phase_is_enough_to_go_on_and_words_may_be_english(fii: Fii) -> None:
    write(visits(IN_3, lights=READY_3))
    assert fii("advance", "a.yaml", "--to", "strengthening", "--date", "2025-03-10").code == 0
    assert fii("advance", "a.yaml", "--decision", "pause", "--date", "2025-03-11").code == 0
    assert fii("advance", "a.yaml", "--to", "4", "--date", "2025-03-12").code == 0
    assert "{phase: versterken, entered: 2025-03-12, via: restart}" in text()


def test_risks_of_phases_that_the_entry_skipped_travel_along(fii: Fii) -> None:
    write(visits(IN_3, lights=READY_3 + ", 1a.opdrachtgever: groen"))
    said = " ".join(fii("advance", "a.yaml", "--decision", "door", "--date", "2025-03-10").err.split())
    assert "Skipped by the entry point, and still open: Identifying (1): 1a.herkomst, 1a.ontvanger" in said
    assert "and open: Exploring" not in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "add --decision door|bijsturen|pauze|stop|afgerond"),
        ("--decision dor", "did you mean door?"),
        ("--to 9", "unknown phase 9"),
        (
            "--decision pauze --date 2024-12-01",
            "2024-12-01 is before 2025-01-10, when the phase was entered",
        ),
        ("--decision pauze --date gisteren", "invalid date gisteren"),
    ],
)
def test_what_does_not_fit_is_said(fii: Fii, words: str, message: str) -> None:
    write(visits(IN_3))
    done = fii("advance", "a.yaml", *words.split())
    assert (done.code, text()) == (2, visits(IN_3))
    assert message in " ".join(done.err.split())


def test_a_dry_run_needs_the_same_and_writes_nothing(fii: Fii) -> None:
    write(visits(IN_3))
    done = fii("advance", "a.yaml", "--decision", "pauze", "--dry-run")
    assert (done.code, text()) == (0, visits(IN_3))
    assert "decision: pauze" in done.out


def test_in_a_terminal_it_asks_goes_back_and_previews() -> None:
    write(visits(IN_3))
    wizard = Wizard("advance", "a.yaml", "--lang", "nl", "--date", "2025-03-10")
    wizard.until("○ onbekend  3a.antwoord")
    wizard.answer("Wat is er besloten?", "misschien")
    wizard.answer("kies uit: door", "door")
    wizard.answer("Wat is de volgende fase? een naam of een nummer [versterken]", "innoveren")
    wizard.answer("in innoveren is het traject nu al", "2")
    wizard.answer("Wie besluit?", "terug")
    wizard.answer("Wat is de volgende fase?", "verkennen")
    wizard.answer("Wie besluit?", "stuurgroep")
    wizard.answer("dit gaat terug naar", "")
    wizard.answer("geef een antwoord", "ontvanger nog niet aan zet")
    wizard.until("via: return")
    wizard.until("fii advance a.yaml --decision door --to verkennen --by stuurgroep --reason")
    wizard.answer("Dit schrijven naar a.yaml?", "terug")
    wizard.answer("Waarom?", "ontvanger eerst")
    wizard.answer("Dit schrijven naar a.yaml?", "ja")
    assert wizard.ended() == 0
    assert "decision: door, by: stuurgroep, reason: ontvanger eerst" in text()
    assert "{phase: verkennen, entered: 2025-03-10, via: return}" in text()


def test_visits_that_changed_meanwhile_are_looked_at_again(fii: Fii) -> None:
    write(visits(IN_3))
    wizard = Wizard("advance", "a.yaml", "--lang", "en", "--date", "2025-03-10")
    wizard.answer("What was decided?", "pauze")
    wizard.until("Who decides?")
    assert fii("advance", "a.yaml", "--decision", "bijsturen", "--date", "2025-03-09").code == 0
    wizard.type("x\n")
    wizard.answer("Why?", "")
    wizard.until("the visits have changed in the meantime")
    assert wizard.ended() == 2
    assert "pauze" not in text()


# --- after a pause ------------------------------------------------------------------------------------------

PAUSED = "{phase: innoveren, entered: 2025-01-10, decisions: [{date: 2025-02-01, decision: pauze}]}"


@pytest.mark.parametrize("decision", ["stop", "afgerond"])
def test_a_pause_can_end_for_good(fii: Fii, decision: Verdict) -> None:
    write(visits(PAUSED))
    done = fii("advance", "a.yaml", "--decision", decision, "--date", "2025-03-10", "--reason", "x")
    assert done.code == 0, done.err
    ended = trajectory(text())
    assert [each.decision for each in ended.visits[0].decisions] == ["pauze", decision]
    assert ended.last_decision is not None
    assert ended.last_decision.decision == decision
    state = next(phase.state for phase in path(text()).standing.phases if phase.content.id == "innoveren")
    assert state == {"stop": "stopped", "afgerond": "completed"}[decision]


@pytest.mark.parametrize("later", ["pauze", "door", "bijsturen"])
def test_only_an_end_may_follow_a_pause(later: str) -> None:
    second = PAUSED.replace("]}", f", {{date: 2025-02-02, decision: {later}}}]}}")
    assert "FII030" in codes(visits(second))


@pytest.mark.parametrize("later", ["pauze", "stop", "afgerond"])
def test_nothing_follows_an_end(later: str) -> None:
    more = f", {{date: 2025-02-02, decision: stop}}, {{date: 2025-02-03, decision: {later}}}]}}"
    assert "FII030" in codes(visits(PAUSED.replace("]}", more)))


def test_it_says_how_a_pause_ends(fii: Fii) -> None:
    write(visits(PAUSED))
    refused = fii("advance", "a.yaml", "--decision", "door")
    assert "omit --decision to resume innovating; --decision stop or afgerond ends it" in refused.err
    assert "resume innovating: fii advance a.yaml" in fii("status", "a.yaml").out
    resumed = fii("advance", "a.yaml", "--date", "2025-03-10")
    assert "innovating is paused: without a decision it is resumed" in resumed.err
    assert "Resumed: Innovating (3)" in resumed.err
    assert "via: restart" in text()


@pytest.mark.parametrize(("answer", "written"), [("", "via: restart"), ("Stop", "decision: stop")])
def test_a_pause_is_resumed_or_ended_by_questions(answer: str, written: str) -> None:
    write(visits(PAUSED))
    wizard = Wizard("advance", "a.yaml", "--lang", "en", "--date", "2025-03-10")
    wizard.until("innovating is paused: without a decision it is resumed; stop or completed ends it")
    wizard.answer("Which phase is next? a name or a number [innovating]", answer)
    if answer:
        wizard.answer("Who decides?", "terug")
        wizard.answer("Which phase is next? a name or a number [stop]", "completed")
        wizard.answer("Who decides?", "terug")
        wizard.answer("[completed]", answer)
        wizard.answer("Who decides?", "geen")
    wizard.answer("Why?", "")
    wizard.answer("Write this to a.yaml?", "ja")
    assert wizard.ended() == 0
    assert written in text()
    assert "geen" not in text()


# --- what it is called --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "said", "commit"),
    [
        ("verkennen", "Back to Exploring (2)", "innoveren → verkennen (terug)"),
        (
            "implementeren",
            "Skipped ahead to Implementing (5)",
            "innoveren → implementeren (doorgaan)",
        ),
        ("versterken", "Strengthening (4)", "innoveren → versterken (doorgaan)"),
    ],
)
def test_a_return_is_called_a_return(fii: Fii, to: str, said: str, commit: str) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    write(visits(IN_3))
    done = fii("advance", "a.yaml", "--to", to, "--reason", "x", "--date", "2025-03-10")
    assert f"\n{said}\n" in done.err
    assert commit in done.err
