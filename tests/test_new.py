"""Starting a trajectory: by flags, by questions, by example; never over what is there."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from conftest import Fii
from fii_cli.resources import examples
from fii_cli.yaml.emit import scalar, word_for
from fii_cli.yaml.read import read
from helpers import codes
from wizard import Wizard

FLAGS = [
    "--title",
    "Thuis Leren",
    "--commission",
    "gevraagd",
    "--receiving",
    "Stichting Fictie",
    "--date",
    "2025-03",
]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_flags_make_a_valid_file_of_one_screen_with_comments_in_its_language(fii: Fii) -> None:
    more = ["--commissioner", "stichting fictie", "--giving", "Voorbeeld", "--origin", "een vraag"]
    done = fii("new", *FLAGS, *more, lang="nl")
    assert done.code == 0
    text = Path("thuis-leren.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=.fii/trajectory.schema.json\nfii: 1\n")
    assert len(text.splitlines()) <= 24
    assert "# de situatie bij de start" in text
    assert "receiving_organisation: stichting-fictie" in text
    assert "roles: [commissioner, receiving]" in text
    assert "  - phase: innoveren\n    entered: 2025-03\n    via: entry\n" in text
    assert codes(text) == []
    assert Path(".fii/trajectory.schema.json").is_file()
    assert sorted(os.listdir()) == [".fii", "thuis-leren.yaml"]


def test_the_schema_speaks_the_language_of_the_file(fii: Fii) -> None:
    fii("new", *FLAGS, "--language", "nl", lang="en")
    schema = json.loads(Path(".fii/trajectory.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["title"]["description"] == "De titel van het traject."


@pytest.mark.parametrize(
    ("situation", "start"),
    [
        ("--commission gevraagd --no-receiving", "verkennen"),
        ("--commission ongevraagd --no-receiving", "verkennen"),
        ("--commission gevraagd --receiving X", "innoveren"),
    ],
)
def test_the_matrix_decides_where_it_starts(fii: Fii, situation: str, start: str) -> None:
    out = fii("new", "--title", "x", *situation.split(), "--dry-run").out
    assert f"phase: {start}" in out
    assert codes(out) == []


def test_the_empty_cell_starts_nowhere_and_says_so(fii: Fii) -> None:
    out = fii("new", "--title", "x", "--commission", "ongevraagd", "--receiving", "X", "--dry-run").out
    assert "visits" not in out
    assert "The guide has no starting point for" in out
    assert codes(out) == []


def test_a_dry_run_writes_nothing(fii: Fii) -> None:
    done = fii("new", *FLAGS, "--dry-run")
    assert (done.code, os.listdir()) == (0, [])
    assert "would write thuis-leren.yaml" in done.err


def test_it_says_what_the_matrix_made_of_it(fii: Fii) -> None:
    said = fii("new", *FLAGS).err
    assert "Assignment with a receiving organisation: start at Innovating (3)." in said
    assert "Skipped from this starting point: Identifying (1), Exploring (2)." in said


def test_nothing_is_ever_overwritten(fii: Fii) -> None:
    Path("thuis-leren.yaml").write_text("van mij", encoding="utf-8")
    done = fii("new", *FLAGS)
    assert done.code == 2
    assert "thuis-leren.yaml: this already exists" in done.err
    assert Path("thuis-leren.yaml").read_text(encoding="utf-8") == "van mij"
    assert os.listdir() == ["thuis-leren.yaml"]
    Path("weg.yaml").symlink_to("nergens.yaml")
    assert fii("new", "weg.yaml", *FLAGS).code == 2


@pytest.mark.parametrize(
    ("path", "written"),
    [("a.yaml", "a.yaml"), ("map/a.yml", "map/a.yml"), ("map/", "map/thuis-leren.yaml"), ("a", "a.yaml")],
)
def test_the_path_is_a_file_or_a_folder(fii: Fii, path: str, written: str) -> None:
    assert fii("new", path, *FLAGS).code == 0
    assert Path(written).is_file()


def test_in_a_repository_the_schema_is_at_its_root(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".git").mkdir()
    Path("a/b").mkdir(parents=True)
    monkeypatch.chdir("a/b")
    fii("new", *FLAGS)
    first = Path("thuis-leren.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first.endswith("$schema=../../.fii/trajectory.schema.json")
    assert Path("../../.fii/trajectory.schema.json").is_file()


@pytest.mark.parametrize("name", sorted(examples()))
def test_an_example_is_copied_and_checks_in_its_new_place(fii: Fii, name: str) -> None:
    assert fii("new", "--example", name, "map/").code == 0
    text = Path(f"map/{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../.fii/trajectory.schema.json\n")
    assert fii("check", "--as-of", "2025-03-10", "--strict").code == 0


def test_an_unknown_example_lists_those_there_are(fii: Fii) -> None:
    done = fii("new", "--example", "x")
    assert done.code == 2
    assert "samen-leren" in done.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "add --title --commission gevraagd|ongevraagd --receiving NAME | --no-receiving"),
        ("--title x --commission gevraagd", "add --receiving NAME | --no-receiving"),
        ("--title x --commission soms --no-receiving", "invalid value soms for --commission"),
        ("--title x --commission ja --no-receiving --date 12-03-2025", "did you mean 2025-03-12?"),
        ("--title x --commission ja --no-receiving --language fr", "invalid value fr for --language"),
        ("--title x --commission ja --receiving Y --no-receiving", "cannot be used together"),
        ("--example amigos --title x", "an example already contains the answers"),
    ],
)
def test_without_a_terminal_what_is_missing_or_wrong_is_named(fii: Fii, words: str, message: str) -> None:
    done = fii("new", *words.split())
    assert (done.code, os.listdir()) == (2, [])
    assert message in done.err


@pytest.mark.parametrize(
    "title",
    ["\"quotes\" & 'zo'", "a: b", "# geen", "ja", "no", "2025", "[x]", "{{x}}", "é\u2603", "- x", "x\ny"],
)
def test_any_title_survives(fii: Fii, title: str) -> None:
    done = fii(
        "new", "a.yaml", "--title", title, "--commission", "gevraagd", "--receiving", title, "--origin", title
    )
    assert done.code == 0, done.err
    data = read(Path("a.yaml").read_text(encoding="utf-8")).data
    assert isinstance(data, dict)
    assert data["title"] == title


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85\ufeff"),
        min_size=1,
    )
)
def test_a_scalar_reads_back_as_it_was_in_every_place(text: str) -> None:
    block, flow = f"a: {scalar(text)}\n", f"a: [{scalar(text, flow=True)}, b]\n"
    if not re.search("[\ufdd0-\ufdef\ufffe\uffff]", text) and ord(max(text)) < 0x10000:
        assert read(block).data == {"a": text}
        assert read(flow).data == {"a": [text, "b"]}
        known = YAML(typ="safe", pure=True).load(block)["a"]
        assert known == text or re.fullmatch(r"\d{4}(-\d\d){0,2}", text)


@pytest.mark.parametrize(
    "word", ["y", "no", "On", "NULL", "true", "12", "1e3", "0x1", "12:30", "-", "a: b", "x "]
)
def test_what_any_parser_could_doubt_is_quoted(word: str) -> None:
    assert scalar(word) == json.dumps(word)


def test_a_word_for_a_name() -> None:
    assert word_for("Stichting Fictie") == "stichting-fictie"
    assert word_for("Amigo's & Co. (é)") == "amigos-co-e"
    assert word_for("☃") == ""


def test_a_file_that_appears_in_the_meantime_is_not_overwritten(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("thuis-leren.yaml").write_text("van een ander", encoding="utf-8")
    monkeypatch.setattr("fii_cli.project.save.exists", lambda path: False)
    assert fii("new", *FLAGS).code == 2
    assert Path("thuis-leren.yaml").read_text(encoding="utf-8") == "van een ander"
    assert os.listdir() == ["thuis-leren.yaml"]


def test_a_full_disk_leaves_nothing_behind(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fii_cli.project.save.os.fsync", full)
    done = fii("new", *FLAGS)
    assert done.code == 2
    assert "the disk is full" in done.err
    assert os.listdir() == []


# --- the wizard, in a real terminal -------------------------------------------------------------------------


def test_the_wizard_asks_goes_back_shows_and_writes() -> None:
    wizard = Wizard("new", "--lang", "nl")
    wizard.answer("Hoe heet het traject?", "Fout")
    wizard.answer("Is er een opdrachtgever?", "terug")
    wizard.answer("Hoe heet het traject? [Fout]", "Thuis Leren")
    wizard.answer("Is er een opdrachtgever?", "misschien")
    wizard.answer("antwoord met ja of nee", "ja")
    wizard.answer("Welke organisatie geeft de opdracht?", "Stichting Voorbeeld")
    wizard.answer("gaat de interventie overnemen?", "geen")
    wizard.answer("geeft de interventie door?", "")
    wizard.answer("vraag om innovatie vandaan?", "")
    wizard.answer("Wanneer begint het?", "12-03-2025")
    wizard.answer("bedoelt u 2025-03-12?", "2025-03-12")
    wizard.answer("In welke taal", "")
    wizard.until("fii new --title 'Thuis Leren' --commission gevraagd")
    wizard.answer("Dit schrijven naar thuis-leren.yaml?", "ja")
    assert wizard.ended() == 0
    text = Path("thuis-leren.yaml").read_text(encoding="utf-8")
    assert "title: Thuis Leren\n" in text
    assert "{id: stichting-voorbeeld, name: Stichting Voorbeeld, roles: [commissioner]}" in text
    assert "  - phase: verkennen\n    entered: 2025-03-12\n    via: entry\n" in text


def test_the_wizard_asks_for_another_name_rather_than_lose_what_was_said() -> None:
    Path("thuis-leren.yaml").write_text("van mij", encoding="utf-8")
    wizard = Wizard("new", "--lang", "en", "--commission", "gevraagd", "--no-receiving", "--date", "2025")
    wizard.answer("What is the trajectory called?", "Thuis Leren")
    wizard.answer("Which organisation commissions it?", "")
    wizard.answer("Which organisation gives the intervention?", "")
    wizard.answer("Where did the innovation", "uit de wijk")
    wizard.answer("In which language", "nl")
    wizard.until("thuis-leren.yaml already exists")
    wizard.answer("Which file should be written?", "ander")
    wizard.answer("Write this to ander.yaml?", "terug")
    wizard.answer("In which language is the file written? Dutch or English [Dutch]", "back")
    wizard.answer("Where did the innovation question come from? [uit de wijk]", "van de raad")
    wizard.answer("In which language", "")
    wizard.answer("Write this to ander.yaml?", "yes")
    assert wizard.ended() == 0
    assert Path("thuis-leren.yaml").read_text(encoding="utf-8") == "van mij"
    assert "origin: van de raad" in Path("ander.yaml").read_text(encoding="utf-8")


def test_ctrl_c_in_the_wizard_ends_quietly_and_writes_nothing() -> None:
    wizard = Wizard("new", "--lang", "en")
    wizard.answer("What is the trajectory called?", "x")
    wizard.until("Is there a commissioner?")
    wizard.type("\x03")
    assert wizard.ended() == 130
    assert "Traceback" not in wizard.shown
    assert os.listdir() == []


def test_the_end_of_input_in_the_wizard_is_like_ctrl_c() -> None:
    wizard = Wizard("new", "--lang", "en")
    wizard.until("What is the trajectory called?")
    wizard.type("\x04")
    assert wizard.ended() == 130
    assert os.listdir() == []


def test_entry_asks_two_questions() -> None:
    wizard = Wizard("entry", "--lang", "en")
    wizard.answer("Is there a commissioner?", "no")
    wizard.answer("Is the receiving organisation known?", "no")
    wizard.until("Signal for an innovation")
    assert wizard.ended() == 0
