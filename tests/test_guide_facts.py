"""The facts of the published guide: the lists are long enough, and content carries them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import guide_facts
from fii_cli.resources import CONTENT
from fii_cli.words import SUBPHASES
from guide_facts import HEADER, PART_TWO, all_facts, facts, resolved

COUNTED = dict(zip(SUBPHASES, (10, 15, 12, 21, 12, 25, 13, 12, 14, 16, 16, 16, 13, 10, 6), strict=True))
"""How many facts and recommendations the guide has in each subphase, counted before the lists were made."""
COUNTED_IN_PART_TWO = 32
OWNED_BY_OTHERS = 2
"""The image with the competencies, and the tool for risks: only their owners may add these."""


@pytest.mark.parametrize(("place", "counted"), [*COUNTED.items(), (PART_TWO, COUNTED_IN_PART_TWO)])
def test_the_lists_contain_every_fact_that_was_counted(place: str, counted: int) -> None:
    listed = sum(fact.place == place for fact in all_facts())
    assert listed >= counted, f"{place}: {listed} facts are listed, and the guide has {counted}"


def test_content_carries_every_fact_at_the_place_that_the_list_names() -> None:
    wrong = []
    for fact in all_facts():
        for address in fact.carried_by:
            try:
                resolved(address)
            except LookupError as error:
                wrong.append(f"{fact.place}, {fact.text}: {error.args[0]}")
    assert not wrong, "\n".join(wrong)


def test_only_what_its_owners_have_to_add_is_not_carried() -> None:
    left = [fact for fact in all_facts() if not fact.carried_by]
    assert {fact.place for fact in left} <= {PART_TWO}, [fact.text for fact in left]
    assert len(left) <= OWNED_BY_OTHERS, [fact.text for fact in left]
    assert all("owners" in fact.reason for fact in left)


def test_a_fact_is_listed_once_at_its_place() -> None:
    twice = [
        row for row, n in Counter((fact.place, fact.text.lower()) for fact in all_facts()).items() if n > 1
    ]
    assert not twice


@pytest.mark.parametrize(
    "address",
    [
        "phases/2-verkennen 2c.activities.1",
        "phases/2-verkennen 2c.overleg",
        "phases/2-verkennen 2c.overleg.question",
        "phases/2-verkennen goal",
        "phases/2-verkennen reflections.2",
        "phases/2-verkennen cases.Amigo's",
        "phases/5-implementeren reflections.Eerst kiezen, dan trainen, dan coachen.text",
        "figures 9",
        "figures 9.parts.3",
        "entry cells.4",
        "strategies shared-roadmap",
        "instruments/usable-innovation eisen.kern",
        "references fii-2022",
        "rules/FII324/rule why",
    ],
)
def test_an_address_leads_to_a_line(address: str) -> None:
    place, _, line = resolved(address).rpartition(":")
    assert place == f"content/{address.split(' ')[0]}.yaml"
    assert int(line) >= 1


def test_an_address_leads_to_the_place_that_it_names() -> None:
    path, _, line = resolved("phases/2-verkennen 2c.overleg").rpartition(":")
    text = (CONTENT.parent / path).read_text(encoding="utf-8").splitlines()
    assert text[int(line) - 1].strip() == "- id: 2c.overleg"


@pytest.mark.parametrize(
    "address",
    [
        "phases/2-verkennen",
        "phases/2-verkennen 2c.activities.0",
        "phases/2-verkennen 2c.activities.99",
        "phases/2-verkennen 2c.overleg.nothing",
        "phases/2-verkennen 3a.goal",
        "phases/7-nothing goal",
        "phases/2-verkennen cases.Nothing",
        "figures 2",
        "entry cells.5",
        "strategies nothing",
    ],
)
def test_an_address_that_leads_nowhere_is_an_error(address: str) -> None:
    with pytest.raises(LookupError, match="^" + address):
        resolved(address)


@pytest.mark.parametrize(
    "row",
    [
        "1a\tonly two cells",
        "7a\tunknown place\tentry cells.1",
        "1a\t\tentry cells.1",
        "deel 2\tfact\tnot carried:",
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row: str, tmp_path: Path) -> None:
    path = tmp_path / "1.tsv"
    path.write_text(f"{HEADER}\n1a\tfact\tentry cells.1\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^1\.tsv:3: "):
        list(facts(path))


def test_the_report_ends_with_an_error_if_an_address_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(all_facts, "__defaults__", (tmp_path,))
    path = tmp_path / "1.tsv"
    path.write_text(f"{HEADER}\n1a\tfact\tentry cells.1\n", encoding="utf-8")
    assert guide_facts.main() == 0
    assert "1a: fact\n    content/entry.yaml:" in capsys.readouterr().out
    path.write_text(f"{HEADER}\n1a\tfact\tentry cells.9\n", encoding="utf-8")
    assert guide_facts.main() == 1
    assert "error: entry cells.9: not found in content/entry.yaml" in capsys.readouterr().out
    path.write_text("1a\tno header\tentry cells.1\n", encoding="utf-8")
    assert guide_facts.main() == 1
    assert "1.tsv:1: " in capsys.readouterr().out
