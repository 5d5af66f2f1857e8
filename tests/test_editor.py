"""What an editor shows while you write a trajectory, by the real yaml-language-server.

``‸`` is the cursor. Each table tells one story: what can be written here, what is this, and what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fii_cli.commands.init import setup
from fii_cli.commands.schema import schema_text
from fii_cli.handbook.load import handbook
from fii_cli.resources import language
from helpers import EN, HEAD
from language_server import MODELINE, Server
from test_retired import retire, with_content

VISIT = "visits:\n  - "
LIGHTS = "assessments:\n  - instrument: stoplicht\n    date: 2025-01-20\n    ratings:\n      "
CFIR, MIDI = LIGHTS.replace("stoplicht", "cfir"), LIGHTS.replace("stoplicht", "midi")
ACTION = "actions:\n  - id: app\n    what: een app\n    "
ACCEPTED = "accepted:\n  - reason: zo afgesproken\n    rule: "
OWN_ITEM = "checklist:\n  - {id: 2c.huis, subphase: 2c, question: Is er een huis?}\n"


@pytest.fixture(scope="module")
def editors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """An editor in a repository that fii set up, in each language."""
    started = {}
    for code in ("nl", "en"):
        folder = tmp_path_factory.mktemp(code)
        for made in setup("none", language(code)):
            path = folder / made.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made.text, encoding="utf-8")
        started[code] = Server(folder)
        for row in (*UNDERLINED, *ACCEPTABLE):  # all at once, because it waits a moment before it checks
            started[code].open(written(row[1]))
    yield started
    for server in started.values():
        server.end()


@pytest.fixture
def editor(editors: dict[str, Server]) -> Server:
    return editors["en"]


def written(text: str) -> str:
    return f"{MODELINE}{HEAD}{text}"


# --- what can be written here -------------------------------------------------------------------------------

OFFERED: list[tuple[str, str, str]] = [
    # where the cursor is, what is offered among other things, what is said of it
    ("the next part of the file", "‸", "visits: The visits to the phases, oldest first"),
    ("a part of a phase", "verkennen:\n  ‸", "shortlist: 2a: two to four organisations"),
    ("the keys of a new visit", f"{VISIT}‸", "phase: The phase, by name or number."),
    ("the keys that are left", f"{VISIT}phase: 2\n    ‸", "via: How the trajectory came to this phase."),
    ("a key of an action", f"{ACTION}‸", "strategy: The implementation strategy it applies."),
    ("a phase", f"{VISIT}phase: ‸", "verkennen: exploring"),
    ("how a phase was entered", f"{VISIT}phase: 2\n    via: ‸", "skip: skipped ahead"),
    (
        "a role, in brackets",
        "organisations:\n  - {id: a, name: A, roles: [‸]}\n",
        "giving: giving organisation",
    ),
    ("an instrument", "assessments:\n  - instrument: ‸", "midi: MIDI (own statements)"),
    ("a checklist item", f"{LIGHTS}‸", "2a.cultuur: Does the intervention fit what the organisation really"),
    ("a light", f"{LIGHTS}2a.cultuur: ‸", "oranje: orange"),
    ("a light for an own item", f"{OWN_ITEM}{LIGHTS}2c.huis: ‸", "oranje: orange"),
    ("the keys of a rating", f"{LIGHTS}2a.cultuur:\n        ‸", "note: The reason for this rating."),
    ("a light with a note", f"{LIGHTS}2a.cultuur:\n        value: ‸", "rood: red"),
    ("an item of another instrument", f"{CFIR}‸", "III.D.2: "),
    ("a value on its scale", f"{MIDI}17: ‸", "4: agree"),
    ("the values to count", f"{MIDI.replace('ratings', 'counts')}17:\n        ‸", "4: agree"),
    ("a strategy", f"{ACTION}strategy: ‸", "champions: Identify and prepare champions: "),
    (
        "a barrier to address",
        f"{ACTION}answers:\n      - ‸",
        "stoplicht/2a.cultuur: Does the intervention fit",
    ),
    ("a barrier, in brackets", f"{ACTION}answers: [‸]", "cfir/III.D.2: Compatibility: "),
    ("how an action is going", f"{ACTION}status: ‸", "bezig: in progress"),
    ("a finding to accept", f"{ACCEPTED}‸", "FII211: shortlist too small or too large"),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in OFFERED], ids=[row[0] for row in OFFERED])
def test_it_offers_what_can_be_written_and_says_what_it_means(
    editor: Server, text: str, expected: str
) -> None:
    label, _, says = expected.partition(": ")
    offers = {each.label: each.says for each in editor.offers(written(text))}
    assert label in offers
    assert offers[label].startswith(says)
    assert not offers.keys() & {"true", "false", "null"}
    assert not [each for each in offers if "array item" in each]


NOT_OFFERED = [
    ("an id of a person", f"{ACTION}owner: ‸"),
    ("an id of an organisation", "people:\n  - {id: a, role: b, organisation: ‸}\n"),
    ("a date", f"{ACTION}due: ‸"),
    ("a text", "summary: ‸"),
    ("a number", f"{MIDI.replace('ratings', 'counts')}17:\n        4: ‸"),
    ("items of no instrument", LIGHTS.replace("stoplicht", "stoplight") + "‸"),
]


@pytest.mark.parametrize("text", [row[1] for row in NOT_OFFERED], ids=[row[0] for row in NOT_OFFERED])
def test_it_offers_nothing_where_only_you_know(editor: Server, text: str) -> None:
    assert editor.offers(written(text)) == []


def test_values_are_offered_in_their_own_order(editor: Server) -> None:
    phases = [each.label for each in editor.offers(written(f"{VISIT}phase: ‸"))]
    assert phases == ["signaleren", "verkennen", "innoveren", "versterken", "implementeren", "borgen"]
    lights = [each.label for each in editor.offers(written(f"{LIGHTS}2a.cultuur: ‸"))]
    assert lights == ["groen", "oranje", "rood", "onbekend", "nvt"]


def test_only_the_items_of_the_instrument_are_offered(editor: Server) -> None:
    offered = {each.label for each in editor.offers(written(f"{CFIR}‸"))}
    assert "III.D.2" in offered
    assert not offered & {"2a.cultuur", "17", "VI.A"}


@pytest.mark.parametrize("text", ["‸", f"{VISIT}‸", f"{ACTION}‸", LIGHTS.partition("ratings")[0] + "‸"])
def test_a_key_is_offered_once_and_completed_with_its_colon(editor: Server, text: str) -> None:
    offers = editor.offers(written(text))
    assert offers
    assert [each.inserts for each in offers] == [f"{each.label}: " for each in offers]
    assert len({each.label for each in offers}) == len(offers)


# --- what is this -------------------------------------------------------------------------------------------

TOLD = [
    ("a key", f"{VISIT}ent‸ered: 2025-01\n    phase: 2\n", "When work on this phase started."),
    ("a group", "signa‸leren: {}\n", "Phase 1: the commissioner, the question"),
    ("a list of values", f"{VISIT}ph‸ase: 2\n", "- `verkennen`: exploring\n"),
    ("an item", f"{LIGHTS}2a.cult‸uur: groen\n", "Does the intervention fit what the organisation really"),
    ("a light, by its item", f"{LIGHTS}2a.cultuur: gr‸oen\n", "Does the intervention fit what the"),
    ("the heading of an item", f"{CFIR}III.D‸.2: -1\n", "#### Compatibility"),
    ("an instrument", "assessments:\n  - {instrument: mi‸di, date: 2025}\n", "MIDI (own statements)"),
    ("a strategy", f"{ACTION}strategy: cham‸pions\n", "Identify and prepare champions: "),
    ("a barrier", f"{ACTION}answers: [cfir/III‸.D.2]\n", "Compatibility: "),
    ("an accepted finding", f"{ACCEPTED}FII2‸11\n", "shortlist too small or too large"),
    ("a person", f"{ACTION}own‸er: leider\n", "The id of the person responsible for it."),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in TOLD], ids=[row[0] for row in TOLD])
def test_it_tells_what_something_is(editor: Server, text: str, expected: str) -> None:
    told = editor.hover(written(text))
    assert expected in told
    assert "Allowed Values" not in told
    assert "Source:" not in told


def test_it_tells_what_you_would_see_at_each_light(editor: Server) -> None:
    told = " ".join(editor.hover(written(f"{LIGHTS}2c.over‸leg: rood\n")).split())
    anchored = handbook().anchored("stoplicht", "2c.overleg")
    assert anchored
    for light, name in (("groen", "green"), ("oranje", "orange"), ("rood", "red")):
        assert f"{name}: {anchored.anchors[light].en}" in told


# --- what is wrong ------------------------------------------------------------------------------------------

UNDERLINED = [
    # what is wrong, the text, the part that is underlined, its only message
    ("a key", "titel: x\n", "titel", "valid keys: fii, title, language"),
    ("a required key that is misspelled", f"{VISIT}fase: 2\n", "fase", "valid keys: phase, entered"),
    ("a required key that is missing", f"{VISIT}via: entry\n", "v", "required: phase"),
    ("a phase", f"{VISIT}phase: verkenen\n", "verkenen", "choose from: signaleren, verkennen"),
    ("a date in Dutch order", f"{ACTION}due: 12-03-2025\n", "12-03-2025", "write a day, a month or a year"),
    ("a date that does not exist", f"{ACTION}due: 2025-02-29\n", "2025-02-29", "this date does not exist"),
    ("an id of two words", "people: [{id: de leider, role: x}]\n", "de leider", "a short word without"),
    ("an instrument", LIGHTS.replace("stoplicht", "stoplight"), "stoplight", "choose from: stoplicht, cfir"),
    (
        "an item",
        f"{LIGHTS}2a.kultuur: groen\n",
        "2a.kultuur",
        "unknown item: choose from 2a.kandidaten, 2a.cult",
    ),
    (
        "an item without its subphase",
        f"{LIGHTS}cultuur: groen\n",
        "cultuur",
        "unknown item: the id of an item",
    ),
    ("an item with a number", f"{MIDI}30: 4\n", "30", "unknown item: choose from 1, 2, 3"),
    ("a light", f"{LIGHTS}2a.cultuur: geel\n", "geel", "choose from: groen, oranje, rood, onbekend, nvt"),
    ("a light with a note", f"{LIGHTS}2a.cultuur: {{value: geel}}\n", "geel", "choose from: groen, oranje"),
    ("a value", f"{MIDI}17: 6\n", "6", "choose from: 1, 2, 3, 4, 5"),
    ("a strategy", f"{ACTION}strategy: champion\n", "champion", "choose from: client-feedback"),
    ("a strategy unlike any", f"{ACTION}strategy: xyz\n", "xyz", "fii strategies --list shows them all"),
    (
        "a barrier",
        f"{ACTION}answers: [cfir/III.D.9]\n",
        "cfir/III.D.9",
        "unknown item: choose from cfir/III.A",
    ),
    ("a barrier without its item", f"{ACTION}answers: [midi]\n", "midi", "write instrument/item, such as"),
    ("a code", f"{ACCEPTED}FII299\n", "FII299", "choose from: FII201, FII211"),
    ("an error that is accepted", f"{ACCEPTED}FII021\n", "FII021", "an error cannot be accepted"),
    ("a group for a text", "summary: {a: b}\n", "{a: b}", "write it on one line"),
    ("a text for a list", f"{ACTION}answers: midi/17\n", "midi/17", "write [one, two], or a line with -"),
    (
        "a text for a number",
        "borgen: {indicators: [{id: a, what: b, measurements: [{date: 2025, value: x}]}]}\n",
        "x",
        "write a number",
    ),
]


@pytest.mark.parametrize(
    ("text", "part", "message"), [row[1:] for row in UNDERLINED], ids=[row[0] for row in UNDERLINED]
)
def test_it_underlines_one_thing_for_one_typo(editor: Server, text: str, part: str, message: str) -> None:
    ((underlined, said),) = editor.underlines(written(text))
    assert underlined == part
    assert said.startswith(message)


ACCEPTABLE = [
    ("a start", ""),
    ("an empty part that is being written", "visits:\nsignaleren:\nsummary:\n"),
    ("numbers for phases and years", f"{VISIT}phase: 2\n    entered: 2024\n"),
    ("a leap day", f"{ACTION}due: 2024-02-29\n"),
    ("numbers where text is asked", "signaleren: {boundaries: {period: 2018, legal_basis: true}}\n"),
    ("numbers for items", f"{MIDI}17: 4\n      '18': '2'\n"),
    (
        "a rating with a note",
        f"{LIGHTS}2a.cultuur: {{value: rood, note: geen tijd}}\n      2a.leren: groen\n",
    ),
    ("an own item", f"{OWN_ITEM}{LIGHTS}2c.huis: groen\n"),
    ("a person that only the file knows", f"{ACTION}owner: projectleider\n"),
]


@pytest.mark.parametrize("text", [row[1] for row in ACCEPTABLE], ids=[row[0] for row in ACCEPTABLE])
def test_it_is_silent_where_nothing_is_wrong(editor: Server, text: str) -> None:
    assert editor.underlines(written(text)) == []


def test_a_wrong_value_is_replaced_by_one_that_begins_as_it_does(editor: Server) -> None:
    assert "champions" in editor.fixes(written(f"{ACTION}strategy: champion\n"))
    assert editor.fixes(written(f"{LIGHTS}2a.kultuur: groen\n"))[:2] == ["2a.kandidaten", "2a.cultuur"]
    assert "title" not in editor.fixes(written("visit: []\n"))
    assert "visits" in editor.fixes(written("visit: []\n"))


# --- in the language of the user ----------------------------------------------------------------------------

ENGLISH = ("Incorrect type", "Value is not accepted", "Value must be", "Missing property", "is not allowed")
IN_DUTCH = [
    (f"{VISIT}phase: verkenen\n", "kies uit: signaleren"),
    ("titel: x\n", "geldige sleutels: fii"),
    (f"{ACTION}due: 12-03-2025\n", "schrijf een dag, maand of jaar"),
]


@pytest.mark.parametrize(("text", "said"), IN_DUTCH)
def test_it_speaks_dutch(editors: dict[str, Server], text: str, said: str) -> None:
    ((_, message),) = editors["nl"].underlines(written(text))
    assert message.startswith(said)


@pytest.mark.parametrize("row", UNDERLINED, ids=[row[0] for row in UNDERLINED])
def test_no_message_is_in_the_words_of_the_server(editors: dict[str, Server], row: tuple[str, ...]) -> None:
    messages = [said for _, said in editors["nl"].underlines(written(row[1]))]
    assert not [each for each in messages if any(words in each for words in ENGLISH)]


def test_dutch_is_offered_and_told_too(editors: dict[str, Server]) -> None:
    offers = {each.label: each.says for each in editors["nl"].offers(written(f"{LIGHTS}‸"))}
    assert offers["2a.cultuur"].startswith("Past de interventie bij wat de organisatie")
    assert "De fase, met naam of nummer." in editors["nl"].hover(written(f"{VISIT}ph‸ase: 2\n"))


# --- what was retired ---------------------------------------------------------------------------------------


def test_what_was_retired_is_explained_and_neither_offered_nor_wrong(tmp_path: Path) -> None:
    book = with_content("strategies", retire("champions", "change-liability"))
    (tmp_path / ".fii").mkdir()
    (tmp_path / ".fii/trajectory.schema.json").write_text(schema_text(book, EN), encoding="utf-8")
    server = Server(tmp_path)
    assert server.underlines(written(f"{ACTION}strategy: champions\n")) == []
    offered = {each.label for each in server.offers(written(f"{ACTION}strategy: ‸"))}
    assert "champions" not in offered
    assert "change-liability" in offered
    assert "no longer used: asked too broadly" in server.hover(written(f"{ACTION}strategy: cham‸pions\n"))
    server.end()
