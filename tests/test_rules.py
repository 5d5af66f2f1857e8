"""Every rule: listed, explained in both languages, and right about its own examples."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from conftest import Fii
from fii_cli import rules as rules_room
from fii_cli.diagnostics import Severity
from fii_cli.handbook import load
from fii_cli.handbook.load import handbook
from fii_cli.handbook.models import OURS
from fii_cli.language import msg
from fii_cli.project.own_instruments import own_instrument
from fii_cli.project.settings import read_settings
from fii_cli.resources import CONTENT
from fii_cli.rules import BY_CODE, MODULES, RULES, Circumstances, Rule, rules_in
from fii_cli.rules.base import MemberFault
from fii_cli.rules.check import check
from fii_cli.rules.settings import RuleSettings
from fii_cli.trajectory.rollout import RolloutMember
from fii_cli.yaml.document import UNEXPECTED
from fii_cli.yaml.read import read, read_bytes
from helpers import judged

FOLDER = CONTENT / "rules"
CODES = [rule.code for rule in RULES]
WITH_EXAMPLES = [code for code in CODES if code != UNEXPECTED]  # no file is known to lead to an error in fii


def _day(text: str) -> date:
    found = re.search(r"^# as-of: (\S+)", text, re.M)
    return date.fromisoformat(found[1]) if found else date(2025, 2, 10)


def _gone(member: RolloutMember) -> MemberFault | None:
    return MemberFault(msg("no such file or folder"), None) if "weg" in member.path else None


def _shown(path: Path) -> list[tuple[int, str]]:
    """What fii says of an example; the settings of a repository are checked in their own way."""
    if path.suffix == ".toml":
        _, mistakes = read_settings(path.read_text(encoding="utf-8"), path.name, BY_CODE)
        return [(d.span.line, d.code) for d in mistakes]
    document = read_bytes(path.read_bytes())
    if path.parent.name == "FII041":
        _, mistakes = own_instrument(document, path.name, handbook())
        return [(d.span.line, d.code) for d in mistakes]
    text = document.text
    judgement = judged(text, _day(text), evidence_there=lambda path: False, member_fault=_gone)
    return [(d.span.line, d.code) for d in judgement.diagnostics]


def _faults(folder: Path) -> Iterator[str]:
    """Which parts of which rules are missing in the folder with all rules, or too many, in words."""
    codes = {path.name for path in folder.iterdir()}
    yield from (f"content/rules has no folder for {code}" for code in sorted(set(CODES) - codes))
    yield from (f"content/rules/{code} is the folder of no rule" for code in sorted(codes - set(CODES)))
    for code in sorted(codes & set(CODES)):
        names = {path.name for path in (folder / code).iterdir()}
        wanted = {"rule.yaml"}
        if code in WITH_EXAMPLES:
            ending = "toml" if "wrong.toml" in names else "yaml"
            wanted |= {f"wrong.{ending}", f"right.{ending}"}
        yield from (f"content/rules/{code} has no {name}" for name in sorted(wanted - names))
        yield from (f"content/rules/{code} has a surplus {name}" for name in sorted(names - wanted))


def _example(code: str, name: str) -> Path:
    """An example of a rule; ``_faults`` tells in words where there is none, or more than one."""
    found = [path for path in (FOLDER / code).glob("*") if path.stem == name]
    if len(found) != 1:
        pytest.fail(f"content/rules/{code} has {len(found) or 'no'} {name}.yaml", pytrace=False)
    return found[0]


def _marked(path: Path) -> list[tuple[int, str]]:
    """The marks: at the end of the line they are about, or on a line of their own above it."""
    marks = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if found := re.search(r"# expect: (FII\d{3})", line):
            marks.append((number + line.startswith("# expect"), found[1]))
    return marks


def test_there_are_rules_in_the_order_of_their_codes() -> None:
    assert len(CODES) >= 30
    assert sorted(set(CODES)) == CODES


def test_every_module_with_a_rule_is_listed() -> None:
    for path in Path(rules_room.__file__).parent.glob("*.py"):
        module = (
            rules_room if path.stem == "__init__" else importlib.import_module(f"fii_cli.rules.{path.stem}")
        )
        if module is not rules_room and rules_in([module]):
            listed = module in MODULES
            assert listed, f"rules/{path.name} contains rules: add it to MODULES in rules/__init__.py"


def test_two_rules_with_one_code_are_refused_by_name() -> None:
    one, other = ModuleType("one"), ModuleType("other")
    one.late = Rule("FII999", Severity.ADVICE)  # type: ignore[attr-defined]
    other.late = one.late  # type: ignore[attr-defined]
    assert list(rules_in([one, other])) == ["FII999"]
    other.early = Rule("FII999", Severity.INFO)  # type: ignore[attr-defined]
    with pytest.raises(
        ValueError, match="FII999 is the code of two rules: late in other, and early in other"
    ):
        rules_in([one, other])


def test_every_rule_has_a_folder_with_all_its_parts() -> None:
    if found := list(_faults(FOLDER)):
        pytest.fail("\n".join(found), pytrace=False)


def test_a_part_of_a_rule_that_is_missing_or_surplus_is_told_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(FOLDER, folder)
    (folder / "FII421" / "right.yaml").unlink()
    (folder / "FII422" / "rule.yaml").unlink()
    (folder / "FII040" / "wrong.yaml").touch()
    shutil.rmtree(folder / "FII423")
    (folder / "FII999").mkdir()
    expected = [
        "content/rules has no folder for FII423",
        "content/rules/FII999 is the folder of no rule",
        "content/rules/FII040 has a surplus wrong.yaml",
        "content/rules/FII421 has no right.yaml",
        "content/rules/FII422 has no rule.yaml",
    ]
    assert sorted(set(_faults(folder)) - set(_faults(FOLDER))) == sorted(expected)


@pytest.mark.parametrize("code", ["FII421", "FII999"])
def test_content_without_the_text_of_a_rule_says_which(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "CONTENT", tmp_path)
    (tmp_path / "rules/FII421").mkdir(parents=True)
    load._content.cache_clear()
    with pytest.raises(LookupError, match=rf"content/rules/{code} (has no rule\.yaml|is not there)"):
        handbook().rule(code)


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_wrong_is_found_at_its_line_and_nothing_else(code: str) -> None:
    marks = _marked(_example(code, "wrong"))
    marked = code in {mark for _, mark in marks}
    assert marked, f"content/rules/{code}/wrong: end the line of the finding with  # expect: {code}"
    shown = _shown(_example(code, "wrong"))
    assert shown == marks, f"content/rules/{code}/wrong: found (line, code) {shown}, marked {marks}"


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_right_is_silent(code: str) -> None:
    shown = _shown(_example(code, "right"))
    assert not shown, f"content/rules/{code}/right: must have no findings, and has (line, code) {shown}"


@pytest.mark.parametrize("code", CODES)
def test_every_rule_is_explained_with_a_source(code: str) -> None:
    text = handbook().rule(code)
    for part in (text.name, text.why, text.do, text.speaks):
        assert part.nl.strip()
        assert part.en.strip()
        assert part.nl != part.en
    assert text.source == OURS or text.source.partition("/")[0] in handbook().references


@pytest.mark.parametrize("code", CODES)
def test_every_rule_says_in_one_sentence_when_it_speaks(code: str, fii: Fii) -> None:
    speaks = handbook().rule(code).speaks
    for text, beginnings in ((speaks.nl, ("Alleen ", "Bij ")), (speaks.en, ("Only ", "On "))):
        assert text.startswith(beginnings)
        assert re.fullmatch(r"[^.!?]*(?:\.\w[^.!?]*)*\.", text), f"more than one sentence: {text}"
    shown = " ".join(fii("explain", code, "--lang", "en").out.split())
    assert f"When fii says so {speaks.en}" in shown


@pytest.mark.parametrize("code", CODES)
def test_a_rule_that_falls_silent_about_a_phase_left_long_ago_says_so(code: str) -> None:
    """The rules that ask ``signs`` whether a phase is past or was skipped, and their texts, go together."""
    rule = BY_CODE[code]
    asked = set(re.findall(r"\w+", inspect.getsource(rule.find))) if rule.find else set()
    speaks = handbook().rule(code).speaks
    past = {"lack", "lacking", "matters", "is_past", "long_ago", "_of_the_past"} & asked
    skipped = {"lack", "lacking", "is_skipped"} & asked
    assert ("more than six months ago" in speaks.en) == bool(past)
    assert ("meer dan zes maanden geleden" in speaks.nl) == bool(past)
    assert ("the phase was skipped" in speaks.en) == bool(skipped)
    assert ("de fase is overgeslagen" in speaks.nl) == bool(skipped)
    at_rest = bool({"at_rest", "silences"} & asked) and "open_visit" not in asked
    assert ("paused, stopped or completed" in speaks.en) == at_rest
    assert ("gepauzeerd, gestopt of afgerond" in speaks.nl) == at_rest


def test_method_rules_advise_and_never_forbid() -> None:
    assert {rule.severity for rule in RULES if rule.code >= "FII100"} == {Severity.ADVICE, Severity.INFO}
    assert BY_CODE["FII021"].severity is Severity.ERROR


def test_a_number_that_decides_is_a_keyword_argument_of_its_rule() -> None:
    """Zero and one tell none, one and several apart; any other number is somebody's choice."""
    for module in MODULES:
        for function in ast.parse(inspect.getsource(module)).body:
            if not isinstance(function, ast.FunctionDef) or not function.decorator_list:
                continue
            decided = [
                part.value
                for node in ast.walk(function)
                if isinstance(node, ast.Compare)
                for part in ast.walk(node)
                if isinstance(part, ast.Constant) and isinstance(part.value, int | float) and part.value > 1
            ]
            weeks_in_days = decided == [7]
            place = f"{module.__name__}.{function.name}"
            fine = weeks_in_days or not decided
            assert fine, f"{place} compares with {decided}: make it a keyword argument with a default"


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("FII131", {"known": 4}),
        ("FII211", {"fewest": 1}),
        ("FII235", {"tasks": 9}),
        ("FII321", {"parts": 5}),
        ("FII324", {"organisations": 9}),
        ("FII411", {"people": 9}),
        ("FII412", {"people": 9}),
        ("FII511", {"most": 9}),
        ("FII512", {"members": 9}),
    ],
)
def test_with_another_number_a_rule_is_silent_about_its_example(code: str, limits: dict[str, int]) -> None:
    path = _example(code, "wrong")
    document = read_bytes(path.read_bytes())
    circumstances = Circumstances(handbook(), _day(document.text))

    def found(settings: RuleSettings) -> bool:
        return code in [each.code for each in check(document, circumstances, settings=settings).diagnostics]

    assert found(RuleSettings())
    assert not found(RuleSettings(limits={code: limits}))


def test_of_many_sides_that_still_see_it_only_so_many_are_told() -> None:
    document = read_bytes(_example("FII704", "wrong").read_bytes())
    rated = re.search(r"^  - \{instrument.*2025-02-03.*$", document.text, re.M)
    assert rated
    sides = ("giving", "receiving", "third")
    more = "\n".join(rated[0].replace("instrument:", f"perspective: {side}, instrument:") for side in sides)
    text = document.text.replace(rated[0], f"{rated[0]}\n{more}")
    circumstances = Circumstances(handbook(), _day(text))
    for told, limits in ((4, {}), (2, {"FII704": {"sides": 2}})):
        judgement = check(read(text), circumstances, settings=RuleSettings(limits=limits))
        assert [each.code for each in judgement.diagnostics].count("FII704") == told
