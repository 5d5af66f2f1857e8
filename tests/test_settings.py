"""fii.toml: which rules speak, how loud and from when; and checked itself."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.diagnostics import Severity
from fii_cli.project.settings import Settings, read_settings
from fii_cli.resources import examples
from fii_cli.rules import BY_CODE, RULES
from helpers import EN, HEAD

SILENT = (
    HEAD.replace(", date: 2025-01", "")
    + "people: [{id: w, role: wethouder}]\nversterken:\n  key_people:\n    - person: w\n"
    "      contacts: [{date: 2025-01-02, present: ja}]\n"
)
DAY = ("--as-of", "2025-02-10", "--format", "concise")  # five and a half weeks later


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()
    write("trajecten/a.yaml", SILENT)


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def mistakes(text: str) -> list[str]:
    _, found = read_settings(text, "fii.toml", BY_CODE)
    return [
        f"{d.span.line}:{d.span.column} {EN(d.message)}" + (f" | {EN(d.hint)}" if d.hint else "")
        for d in found
    ]


def settled(text: str) -> Settings:
    settings, found = read_settings(text, "fii.toml", BY_CODE)
    assert found == ()
    return settings


def test_a_number_of_a_rule_can_be_settled(fii: Fii) -> None:
    assert fii("check", *DAY).out == ""
    write("fii.toml", "[rules.FII421]\nweeks = 4\n")
    assert "FII421 advice: no contact with wethouder for 5 weeks" in fii("check", *DAY).out


def test_a_severity_can_be_settled_and_decides_about_the_exit_code(fii: Fii) -> None:
    write("fii.toml", '[rules.FII421]\nweeks = 4\nseverity = "error"\n')
    done = fii("check", *DAY)
    assert done.code == 1
    assert "FII421 error:" in done.out
    write("fii.toml", '[check]\nfail-on = "advice"\n[rules.FII421]\nweeks = 4\n')
    assert fii("check", *DAY).code == 1
    assert fii("check", *DAY, "--fail-on", "error").code == 0
    write("fii.toml", '[check]\nfail-on = "advice"\n[rules.FII421]\nweeks = 4\nseverity = "info"\n')
    assert fii("check", *DAY).code == 0
    assert fii("check", *DAY, "--strict").code == 1


def test_advice_that_is_set_as_an_error_stops_nobody_from_writing(fii: Fii) -> None:
    write("fii.toml", '[rules.FII421]\nweeks = 1\nseverity = "error"\n')
    assert fii("add", "trajecten/a.yaml", "log", "text=x").code == 0
    assert fii("status").code == 0


@pytest.mark.parametrize(
    ("check", "codes"),
    [
        ("", ["FII421", "FII513"]),
        ('select = ["FII4"]', ["FII421"]),
        ('ignore = ["FII4"]', ["FII513"]),
        ('ignore = ["FII421", "FII513"]', []),
        ('select = ["FII5", "FII421"]\nignore = ["FII513"]', ["FII421"]),
        ('select = ["FII9"]', []),
    ],
)
def test_rules_are_chosen_by_how_their_codes_begin(fii: Fii, check: str, codes: list[str]) -> None:
    write("trajecten/a.yaml", SILENT + "implementeren: {team: {members: [{person: w}]}}\n")
    write("fii.toml", f"[check]\n{check}\n[rules.FII421]\nweeks = 4\n")
    assert [line.split()[1] for line in fii("check", *DAY).out.splitlines()] == codes


def test_the_command_line_takes_the_place_of_what_is_settled(fii: Fii) -> None:
    write("fii.toml", '[check]\nselect = ["FII9"]\n[rules.FII421]\nweeks = 4\n')
    assert "FII421" in fii("check", *DAY, "--select", "FII4,FII5").out
    assert fii("check", *DAY, "--select", "FII4", "--ignore", "FII42").out == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--select FOO", "unknown rule FOO"),
        ("--select FII42x", "did you mean FII424?"),
        ("--ignore FII010", "FII010 is an error, and errors are always shown"),
        ("--ignore ,", "unknown rule ''"),
    ],
)
def test_a_choice_that_means_nothing_is_said(fii: Fii, words: str, message: str) -> None:
    done = fii("check", *words.split())
    assert done.code == 2
    assert message in done.err


def test_errors_are_shown_whatever_is_chosen(fii: Fii) -> None:
    write("trajecten/a.yaml", SILENT + "titel: x\n")
    write("fii.toml", '[check]\nselect = ["FII9"]\n')
    assert "FII010 error: unknown key titel" in fii("check", *DAY).out
    write("trajecten/a.yaml", SILENT + "organisations: [{id: a, name: A}, {id: a, name: B}]\n")
    assert "FII020 error" in fii("check", *DAY).out


def test_the_nearest_settings_count_up_to_the_root_of_the_repository(fii: Fii) -> None:
    write("fii.toml", "[rules.FII421]\nweeks = 4\n")
    write("trajecten/fii.toml", "[rules.FII421]\nweeks = 40\n")
    write("elders/b.yaml", SILENT)
    assert [line.split(":")[0] for line in fii("check", *DAY).out.splitlines()] == ["elders/b.yaml"]
    Path("elders/.git").mkdir()
    assert fii("check", *DAY).out == ""


def test_what_is_excluded_is_passed_over_unless_it_is_named(fii: Fii) -> None:
    write("fii.toml", '[check]\nexclude = ["archief/", "*-concept.yaml"]\n')
    for path in ("archief/oud.yaml", "archief/diep/ouder.yaml", "trajecten/b-concept.yaml"):
        write(path, HEAD + "titel: x\n")
    assert "1 trajectory" in fii("check").err
    assert fii("status").code == 0
    assert fii("check", "archief/oud.yaml").code == 1


def test_with_force_exclude_it_is_passed_over_even_when_named(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("fii.toml", '[check]\nexclude = ["archief/"]\n')
    write("archief/oud.yaml", HEAD + "titel: x\n")
    write("a.yaml", HEAD)
    done = fii("check", "--force-exclude", "archief/oud.yaml", *DAY)
    assert (done.code, done.out, done.err) == (0, "", "fii.toml excludes 1 named file\n")
    done = fii("check", "--force-exclude", Path("archief/oud.yaml").absolute(), "a.yaml", "archief", *DAY)
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == ["✓ 1 trajectory, nothing found", "fii.toml excludes 1 named file"]
    monkeypatch.chdir("archief")
    assert fii("check", "--force-exclude", "oud.yaml").code == 0
    assert fii("check", "oud.yaml").code == 1
    assert fii("check", "--force-exclude", "weg.yaml", "../weg.yaml").err.count("no such file") == 1
    for words, code in ((["--force-exclude"], 0), ([], 1)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{HEAD}titel: x\n".encode())))
        assert fii("check", "-", "--stdin-filename", "oud.yaml", *words).code == code


def test_with_force_exclude_nothing_is_mended_in_it(fii: Fii) -> None:
    write("fii.toml", '[check]\nexclude = ["archief/"]\n')
    write("archief/oud.yaml", HEAD.replace("gevraagd", "gevraagt"))
    assert fii("check", "--force-exclude", "--fix", "archief/oud.yaml").code == 0
    assert "gevraagt" in Path("archief/oud.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("pattern", "passed_over"),
    [
        ("archief/", ["archief/oud.yaml", "trajecten/archief/diep/ouder.yaml"]),
        ("/archief/", ["archief/oud.yaml"]),
        ("archief", ["archief/oud.yaml", "trajecten/archief/diep/ouder.yaml"]),
        ("trajecten/*.yaml", ["trajecten/a.yaml"]),  # a star does not cross a slash
        ("trajecten/**/*.yaml", ["trajecten/a.yaml", "trajecten/archief/diep/ouder.yaml"]),
        ("**/oud.yaml", ["archief/oud.yaml"]),
        ("concept-*", ["concept-x/b.yaml"]),
        ("*ou*.yaml", ["archief/oud.yaml", "trajecten/archief/diep/ouder.yaml"]),
    ],
)
def test_patterns_mean_what_they_mean_in_gitignore(fii: Fii, pattern: str, passed_over: list[str]) -> None:
    write("fii.toml", f"[check]\nexclude = ['{pattern}']\n")
    paths = ["archief/oud.yaml", "trajecten/archief/diep/ouder.yaml", "concept-x/b.yaml", "trajecten/a.yaml"]
    for path in paths:
        write(path, HEAD + "titel: x\n")
    shown = {line.partition(":")[0] for line in fii("check", *DAY).out.splitlines()}
    assert shown == set(paths) - set(passed_over)


def test_a_later_pattern_can_take_a_file_in_again(fii: Fii) -> None:
    write("fii.toml", "[check]\nexclude = ['*-concept.yaml', '!b-concept.yaml']\n")
    for path in ("a-concept.yaml", "b-concept.yaml"):
        write(path, HEAD)
    assert "2 trajectories" in fii("check", *DAY).err


def test_the_language_is_settled_between_the_wish_and_the_locale(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from fii_cli.cli import run

    write("fii.toml", 'language = "en"\n')
    monkeypatch.chdir("trajecten")
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    run(["check"])
    assert "piece of advice" in capsys.readouterr().err
    monkeypatch.setenv("FII_LANG", "nl")
    run(["check"])
    assert "advies" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("langage = 'nl'\n", "1:1 unknown key langage | did you mean language?"),
        ("language = 'fr'\n", "1:1 invalid value fr for language | choose from: nl, en"),
        ("\n[check]\nfail_on = 'info'\n", "3:1 unknown key fail_on | did you mean fail-on?"),
        ("[check]\nfail-on = 3\n", "2:1 invalid value 3 for fail-on | choose from: error, advice, info"),
        ("[check]\nignore = 'FII801'\n", '2:1 ignore is a list of texts | such as ignore = ["FII4", "FII801"]'),
        ("[check]\nignore = [801]\n", '2:1 ignore is a list of texts | such as ignore = ["FII4", "FII801"]'),
        ("[check]\nselect = ['FIX']\n", "2:1 unknown rule FIX | fii explain shows all codes"),
        ("[check]\nignore = ['FII01']\n", "2:1 FII01 is an error, and errors are always shown | fix the error"),
        ("\n[check]\nexclude = ['a/', '!']\n", '3:1 ! is not a valid .gitignore pattern | such as exclude = ["archief/"]'),
        ("[check]\nexclude = ['[z-a]']\n", "2:1 [z-a] is not a valid .gitignore pattern"),
        ("[check]\nexclude = ['[a']\n", "2:1 [a is not a valid .gitignore pattern"),
        ("[check]\nexclude = ['# a']\n", "2:1 # a is not a valid .gitignore pattern"),
        ("[check]\nexclude = ['']\n", "2:1 '' is not a valid .gitignore pattern"),
        ("[check]\nexclude = ['*a*b*']\n", "2:1 too many asterisks in the pattern *a*b* | at most 3: 2 in one name, and ** once"),
        ("[check]\nexclude = ['**/a/**']\n", "2:1 too many asterisks in the pattern **/a/**"),
        ("[check]\nexclude = ['*/*/*/*']\n", "2:1 too many asterisks in the pattern */*/*/*"),
        ("check = 1\n", "1:1 check must be a group of keys | write [check], and its keys below it"),
        ("rules.FII421 = 6\n", "1:7 FII421 must be a group of keys | write [rules.FII421], and its keys below it"),
        ("[rules.FII421]\nweeks = 0\n", "2:1 weeks is a whole number from 1 to 9999 | such as weeks = 6"),
        ("[rules.FII421]\nweeks = true\n", "2:1 weeks is a whole number from 1 to 9999 | such as weeks = 6"),
        ("[rules.FII421]\nweken = 4\n", "2:1 unknown key weken | choose from: severity, weeks"),
        ("[rules.FII513]\nweeks = 4\n", "2:1 unknown key weeks | choose from: severity"),
        ("[rules.FII421]\nseverity = 'hoog'\n", "2:1 invalid value hoog for severity | choose from: error, advice, info"),
        ("[rules.FII012]\nseverity = 'info'\n", "1:2 FII012 is an error, and its severity cannot be changed | remove this"),
        ("[rules.FII999]\n", "1:2 unknown rule FII999 | fii explain shows all codes"),
        ("[check\n", "1:7 invalid TOML from this point | check the quotes"),
        ("x = 'a\n", "1:1 invalid TOML from this point | check the quotes"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_line_and_a_remedy(text: str, expected: str) -> None:
    found = mistakes(text)
    assert len(found) == 1
    assert found[0].startswith(expected) or expected.startswith(found[0]), found


def test_a_mistake_leaves_the_rest_as_it_is() -> None:
    settings, found = read_settings(
        '[check]\nfail-on = "soms"\nignore = ["FII801"]\n[rules.FII421]\nweeks = 4\nx = 1\n',
        "fii.toml",
        BY_CODE,
    )
    assert len(found) == 2
    assert settings.rules.ignore == ("FII801",)
    assert settings.rules.limits == {"FII421": {"weeks": 4}}


def test_everything_that_can_be_settled() -> None:
    settings = settled(
        'language = "en"\n[check]\nfail-on = "info"\nselect = ["FII"]\nexclude = ["x/"]\n'
        '[rules.FII801]\ndays = 30\nseverity = "info"\n'
    )
    assert settings.rules.fail_on is Severity.INFO
    assert settings.rules.severities == {"FII801": Severity.INFO}
    assert settled("") == Settings()


def test_check_shows_mistakes_in_the_settings_once(fii: Fii) -> None:
    write("trajecten/b.yaml", SILENT)
    write("fii.toml", "[chek]\r\n")
    done = fii("check", "--format", "concise")
    assert done.code == 1
    assert done.out.count("fii.toml:1:2: FII040 error: unknown key chek") == 1
    assert "in 2 trajectories" in done.err
    done = fii("check", "--as-of", "2025-02-10")
    assert "1 │ [chek]" in done.out
    assert "did you mean check?" in done.out


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbf[check]\nfail-on = 'info'\n", b"# caf\xe9\n", b"", b"\x00"])
def test_odd_bytes_give_a_message_at_the_most(fii: Fii, raw: bytes) -> None:
    Path("fii.toml").write_bytes(raw)
    done = fii("check", *DAY)
    assert done.code in (0, 1)
    assert "unexpected error" not in done.out + done.err


def test_settings_that_are_a_folder_are_no_settings(fii: Fii) -> None:
    Path("fii.toml").mkdir()
    assert fii("check", *DAY).code == 0


# --- mending ------------------------------------------------------------------------------------------------

WRONG = """\
fii: 1
titel: "Samen"  # de titel
language: nl
entry: {commission: gevraagt, date: 12-03-2025}
assessments:
  - instrument: stoplicht
    date: 2025-03-03
    ratings: {2a.kultuur: groen, 2a.leren: geel, 2b.visie: {value: orange, note: x}}
"""


def test_fix_mends_what_has_one_clear_remedy_and_leaves_the_rest(fii: Fii) -> None:
    write("a.yaml", WRONG)
    done = fii("check", "--fix", "a.yaml", "--format", "concise")
    assert done.code == 1
    assert Path("a.yaml").read_text(encoding="utf-8") == (
        WRONG.replace("titel:", "title:")
        .replace("12-03-2025", "2025-03-12")
        .replace("2a.kultuur", "2a.cultuur")
        .replace("orange", "oranje")
    )
    assert "a.yaml: fixed 4 errors" in done.err
    assert [line.split()[1] for line in done.out.splitlines()] == [
        "FII012",  # two are near
        "FII804",  # advice about another key
        "FII026",  # none is near
    ]
    assert fii("undo", "a.yaml").code == 0
    assert Path("a.yaml").read_text(encoding="utf-8") == WRONG


def test_fix_can_be_looked_at_first(fii: Fii) -> None:
    write("a.yaml", WRONG)
    done = fii("check", "--fix", "--dry-run", "a.yaml")
    assert done.code == 0
    assert '-titel: "Samen"  # de titel\n' in done.out
    assert '+title: "Samen"  # de titel\n' in done.out
    assert Path("a.yaml").read_text(encoding="utf-8") == WRONG


def test_fix_goes_on_where_mending_shows_more(fii: Fii) -> None:
    write("a.yaml", SILENT + "vizits: [{phse: verkennen, entered: 2025/01/05}]\n")
    assert fii("check", "--fix", "a.yaml", "--as-of", "2025-02-01").code == 0
    assert "visits: [{phase: verkennen, entered: 2025-01-05}]\n" in Path("a.yaml").read_text(encoding="utf-8")


def test_fix_leaves_a_key_whose_right_name_is_taken(fii: Fii) -> None:
    text = SILENT + "titel: x\n"
    write("a.yaml", text)
    done = fii("check", "--fix", "a.yaml")
    assert done.code == 1
    assert Path("a.yaml").read_text(encoding="utf-8") == text


def test_fix_leaves_what_is_right_and_cannot_mend_what_is_piped_in(fii: Fii) -> None:
    before = Path("trajecten/a.yaml").stat().st_mtime_ns
    assert fii("check", "--fix", "--as-of", "2025-02-01").code == 0
    assert Path("trajecten/a.yaml").stat().st_mtime_ns == before
    assert not Path(".fii").exists()


@pytest.mark.parametrize("code", [rule.code for rule in RULES if rule.limits])
def test_the_largest_number_of_a_rule_is_one_that_it_can_count_with(fii: Fii, here: Path, code: str) -> None:
    limits = "".join(f"{name} = 9999\n" for name in BY_CODE[code].limits)
    Path("fii.toml").write_text(f"[rules.{code}]\n{limits}", encoding="utf-8")
    Path("a.yaml").write_text(examples()["thuis-leren-verzonnen"], encoding="utf-8")
    for day in ("2025-03-10", "9999-12-31", "0001-01-01"):
        done = fii("check", "a.yaml", "--as-of", day)
        assert done.code in (0, 1)
        assert "FII008" not in done.out
