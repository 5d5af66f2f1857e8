"""Completion in real shells: what stands on the command line after Tab, in bash, zsh and fish."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from fii_cli.resources import TEMPLATES
from helpers import HEAD
from outside import program
from real_shells import SCRIPTS, Shell

TRAJECTORY = (
    HEAD
    + """\
organisations:
  - {id: zó-één, name: Zó één, roles: [receiving]}
  - {id: "a:b", name: Met een dubbele punt, roles: [giving]}
  - {id: "d'accord", name: Met een aanhalingsteken, roles: [third]}
  - {id: "q$x (1)", name: Met tekens van de shell, roles: [third]}
people: [{id: leider, role: projectleider}, {id: lid één, role: lid}]
actions: [{id: champion, what: een ambassadeur zoeken}, {id: klas, what: training}]
"""
)


@pytest.fixture(scope="module", params=SCRIPTS)
def shell(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    opened = Shell(request.param, tmp_path_factory.mktemp(request.param))
    (opened.home / "t.yaml").write_text(TRAJECTORY, encoding="utf-8")
    (opened.home / "een map").mkdir()
    (opened.home / "een map" / "twéé.yaml").write_text(HEAD, encoding="utf-8")
    (opened.home / "a*b.csv").touch()
    yield opened
    opened.close()


LINES = {
    # commands, options, closed words
    "fii expl\t": "fii explain ",
    "fii assess t.yaml --persp\t": "fii assess t.yaml --perspective ",
    "fii assess t.yaml --perspective rec\t": "fii assess t.yaml --perspective receiving ",
    "fii assess t.yaml --perspective=rec\t": "fii assess t.yaml --perspective=receiving ",
    "fii check --format=sa\t": "fii check --format=sarif ",
    "true; fii expl\t": "true; fii explain ",
    # files
    "fii check t\t": "fii check t.yaml ",
    "fii check ~/t\t": "fii check ~/t.yaml ",
    "fii check $HOME/t\t": "fii check $HOME/t.yaml ",
    "fii check $HOME/een\\ map/tw\t": r"fii check $HOME/een\ map/twéé.yaml ",
    "fii done $HOME/t.yaml ch\t": "fii done $HOME/t.yaml champion ",
    "fii report t.yaml > een\t": r"fii report t.yaml > een\ map/",
    "fii report t.yaml > log --audience pub\t": "fii report t.yaml > log --audience public ",
    "fii check een\t": r"fii check een\ map/",
    "fii check een\\ map/tw\t": r"fii check een\ map/twéé.yaml ",
    "fii check ~/een\\ map/tw\t": r"fii check ~/een\ map/twéé.yaml ",
    "fii report t.yaml --output=een\t": r"fii report t.yaml --output=een\ map/",
    # from the file: = : / . and their values
    "fii done t.yaml ch\t": "fii done t.yaml champion ",
    "fii done ~/t.yaml ch\t": "fii done ~/t.yaml champion ",
    "fii assess t.yaml --set 2a.cul\t": "fii assess t.yaml --set 2a.cultuur=",
    "fii assess t.yaml --set 2a.cultuur=gr\t": "fii assess t.yaml --set 2a.cultuur=groen ",
    "fii assess t.yaml --set=2a.cultuur=gr\t": "fii assess t.yaml --set=2a.cultuur=groen ",
    "fii assess t.yaml --set 2a.cul\tgr\t": "fii assess t.yaml --set 2a.cultuur=groen ",
    "fii add t.yaml contact per\tlei\t": "fii add t.yaml contact person=leider ",
    "fii set t.yaml people.lei\tlev\twe\t": "fii set t.yaml people.leider.level wethouders ",
    "fii explain cfir/III.D.\t": "fii explain cfir/III.D.",
    "fii plan t.yaml cond\t": "fii plan t.yaml cond",
    "fii plan t.yaml facil\t--answers mi\t": "fii plan t.yaml facilitation --answers midi/",
    # special characters
    "fii assess t.yaml --about z\t": "fii assess t.yaml --about zó-één ",
    "fii plan t.yaml facilitation --owner lid\t": r"fii plan t.yaml facilitation --owner lid\ één ",
    "fii plan t.yaml facilitation --owner lid\\ \t": r"fii plan t.yaml facilitation --owner lid\ één ",
    "fii assess t.yaml --about a:\t": "fii assess t.yaml --about a:b ",
    "fii assess t.yaml --about d\t": r"fii assess t.yaml --about d\'accord ",
    "fii assess t.yaml --about q\t": r"fii assess t.yaml --about q\$x\ \(1\) ",
    "fii import t.yaml a\t": r"fii import t.yaml a\*b.csv ",
    # quotation marks that are still open
    "fii plan t.yaml facilitation --owner 'lid\t": "fii plan t.yaml facilitation --owner 'lid één'",
    'fii plan t.yaml facilitation --owner "lid\t': 'fii plan t.yaml facilitation --owner "lid één"',
    "fii assess t.yaml --set '2a.cultuur=gr\t": "fii assess t.yaml --set '2a.cultuur=groen'",
    'fii check "een map/tw\t': 'fii check "een map/twéé.yaml"',
}
OTHERWISE = {
    # these insert the first of several at once, or stop at another place: the choice of the shell
    ("zsh", "fii assess t.yaml --about a:\t"): r"fii assess t.yaml --about a:b ",
}


@pytest.mark.parametrize("typed", LINES)
def test_tab_completes_the_word(shell: Shell, typed: str) -> None:
    expected = OTHERWISE.get((shell.name, typed), LINES[typed])
    line = shell.line_after(typed)
    if expected.endswith(("'", '"')):  # whether a space follows a closing quotation mark differs
        line = line.rstrip()
    assert line == expected


LEFT = "\x1b[D"


def test_the_file_may_stand_behind_the_cursor(shell: Shell) -> None:
    later = " t.yaml facilitation"
    line = shell.line_after(f"fii plan --owner {later}" + LEFT * len(later) + "lei\t")
    owner = "lei" if shell.name == "fish" else "leider"  # fish tells only what is before the cursor
    assert line.split() == ["fii", "plan", "--owner", owner, "t.yaml", "facilitation"]


def test_an_id_may_be_typed_in_small_letters(shell: Shell) -> None:
    assert shell.line_after("fii explain fii211\t") == "fii explain FII211 "


def test_nothing_is_shown_where_there_is_nothing(shell: Shell) -> None:
    for typed in (
        "fii new --title a\t",
        "fii done weg.yaml a\t",
        "fii nonsense a\t",
        "fii report t.yaml --date 2\t",
    ):
        assert shell.line_after(typed) == typed.rstrip("\t")


def test_a_choice_is_shown_with_what_it_means(shell: Shell) -> None:
    shown = shell.listed_after("fii assess t.yaml --set 2a.cultuur=\t\t")
    assert "oranje" in shown
    assert ("orange" in shown) == (shell.name != "bash")
    shown = shell.listed_after("fii done t.yaml \t\t")
    assert "champion" in shown
    assert ("ambassadeur" in shown) == (shell.name != "bash")


def test_special_signs_reach_fii_as_they_are_in_the_file(shell: Shell) -> None:
    """What completion writes is read by the shell as the id again."""
    shell.line_after("")
    for typed, id_ in (("q", "q$x (1)"), ("d", "d'accord"), ("z", "zó-één")):
        line = shell.line_after(f"fii assess t.yaml --about {typed}\t")
        assert f"<{id_}>" in shell.run(line.replace("fii assess t.yaml --about", "printf '<%s>'").strip())


def test_the_script_that_fii_prints_is_read_as_it_says(shell: Shell) -> None:
    reads = {"fish": "complete --erase fii; fii completion fish | source"}
    shell.run(reads.get(shell.name, f'eval "$(fii completion {shell.name})"'))
    assert shell.line_after("fii expl\t") == "fii explain "


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_script_is_valid(name: str) -> None:
    script = TEMPLATES / "completion" / SCRIPTS[name]
    done = subprocess.run([program(name), "-n", str(script)], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_zsh_loads_it_from_its_function_path(tmp_path: Path) -> None:
    """Installed as a file named _fii, as a package would."""
    folder = tmp_path / "functions"
    folder.mkdir()
    (folder / "_fii").write_bytes((TEMPLATES / "completion/fii.zsh").read_bytes())
    opened = Shell("zsh", tmp_path / "zsh", f"fpath=({folder} $fpath); autoload -Uz compinit; compinit -D")
    try:
        assert opened.line_after("fii expl\t") == "fii explain "
    finally:
        opened.close()
