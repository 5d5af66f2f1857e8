"""The content: complete in both languages, every reference leads somewhere, every text is our own."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from fii_cli.frozen import ValidationError
from fii_cli.handbook import FRAMEWORKS, Handbook, load
from fii_cli.handbook.anchors import Anchored
from fii_cli.handbook.citations import GUIDE, cite, cited, title_of
from fii_cli.handbook.figures import Figure
from fii_cli.handbook.models import OURS, Content, Story, Text
from fii_cli.handbook.short_names import ANCHORS
from fii_cli.resources import CONTENT, EXAMPLES
from fii_cli.rules import RULES
from fii_cli.words import LABELS, PHASES, SUBPHASES
from fii_cli.yaml.read import read_bytes
from helpers import EN, NL
from outside import node_module, program
from shingles import RUN, SIZE, runs, words
from sound_content import mistakes, sound_handbook

BOOK = sound_handbook()
SUBS = [subphase for phase in BOOK.phases for subphase in phase.subphases]
ITEMS = [item for subphase in SUBS for item in subphase.items]


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Content):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _everything() -> Iterator[Text]:
    catalogue = BOOK.catalogue
    strategies = (tuple(catalogue.strategies.values()), catalogue.clusters, catalogue.links)
    whole = (BOOK.phases, BOOK.beside, BOOK.adaptations, BOOK.matrix, BOOK.instruments, BOOK.figures)
    for part in (*whole, *strategies):
        yield from _texts(part)
    yield from (effect.text for effects in catalogue.effects.values() for effect in effects)
    yield from _texts(_anchored())
    for rule in RULES:
        yield from _texts(BOOK.rule(rule.code))


def _anchored(book: Handbook = BOOK) -> tuple[Anchored, ...]:
    """What comes with each item beside its question, from every file with anchors."""
    return tuple(each for name in book._names(ANCHORS) for each in book._anchors_in(name).values())


def _sources() -> Iterator[str]:
    for phase in BOOK.phases:
        yield phase.source
        for story in (*phase.insights, *phase.cases, *phase.reflections):
            yield story.source
    yield from (item.source for item in ITEMS)
    yield from (framework.source for framework in BOOK.instruments)
    yield from (framework.scale.source for framework in BOOK.instruments if framework.scale)
    for framework in BOOK.instruments:
        yield from (scale.source for scale in framework.scales.values())
        yield from (other.source for other in framework.see_also)
        yield from [framework.unrated.source] if framework.unrated else []
    catalogue = BOOK.catalogue
    yield from (strategy.source for strategy in catalogue.strategies.values())
    yield from (cluster.source for cluster in catalogue.clusters)
    yield from (published.source for published in catalogue.counts.values())
    yield from (rating.source for rating in catalogue.ratings.values())
    yield from (effect.source for effects in catalogue.effects.values() for effect in effects)
    yield from (source for link in catalogue.links for source in link.sources)
    yield from (figure.source for figure in BOOK.figures)
    yield from (steps.source for steps in BOOK.beside)
    yield BOOK.adaptations.source
    yield from (story.source for story in BOOK.adaptations.see_also)
    for question in BOOK.adaptations.questions:
        yield question.source
        yield from (value.source for value in question.values if value.source)
    for each in _anchored():
        yield from (anchor.source for anchor in each.anchors.values())
        yield from [each.activity.source] if each.activity else []
    yield BOOK.matrix.source
    for rule in RULES:
        yield BOOK.rule(rule.code).source


def test_six_phases_and_fifteen_subphases_in_the_order_of_the_guide() -> None:
    assert [(phase.number, phase.id) for phase in BOOK.phases] == list(enumerate(PHASES, 1))
    assert [subphase.id for subphase in SUBS] == list(SUBPHASES)


def test_seventy_items_or_more_and_at_least_four_in_each_subphase() -> None:
    assert len(ITEMS) >= 70
    assert min(len(subphase.items) for subphase in SUBS) >= 4


def test_items_have_their_own_id_below_their_subphase() -> None:
    assert len({item.id for item in ITEMS}) == len(ITEMS)
    for subphase in SUBS:
        for item in subphase.items:
            ours = re.fullmatch(rf"{subphase.id}\.[a-z]+(-[a-z]+)*", item.id)
            assert ours, f"{item.id}: write it as {subphase.id}.word, in lower case"


def test_every_item_is_one_question() -> None:
    for item in ITEMS:
        for text in (item.question.nl, item.question.en):
            one = text.endswith("?") and text.count("?") == 1
            assert one, f"{item.id}: write one question, ending in a question mark: {text}"


def test_every_phase_that_ends_has_required_items_and_development_never_ends() -> None:
    for phase in BOOK.phases:
        assert any(item.required for subphase in phase.subphases for item in subphase.items), phase.id
    assert not any(item.required for item in SUBS[-1].items)


def test_items_touch_constructs_and_determinants_that_exist() -> None:
    known = {
        framework.id: {item.id for group in framework.groups for item in group.items}
        for framework in map(BOOK.instrument, FRAMEWORKS)
    }
    for item in ITEMS:
        for name, touched in (("cfir", item.cfir), ("midi", item.midi)):
            unknown = set(touched) - known[name]
            assert not unknown, f"{item.id}: {unknown} not found in {name}"


def test_cfir_has_39_constructs_in_five_domains_and_midi_29_determinants_in_four() -> None:
    cfir, midi = map(BOOK.instrument, FRAMEWORKS)
    assert [len(group.items) for group in cfir.groups] == [8, 4, 14, 5, 8]
    assert sum(len(group.items) for group in cfir.groups) == 39
    assert [len(group.items) for group in midi.groups] == [7, 11, 10, 1]
    assert [item.id for group in midi.groups for item in group.items] == [str(n) for n in range(1, 30)]
    assert BOOK.scale("cfir", "I.A") == ("-2", "-1", "0", "1", "2", "X", "M", "I", "E")


def test_every_instrument_has_items_with_ids_of_their_own_and_a_scale() -> None:
    assert [each.id for each in BOOK.instruments] == list(BOOK.instrument_ids[1:])
    assert {"cfir", "drivers", "readiness", "usable-innovation"} <= set(BOOK.instrument_ids)
    for instrument in BOOK.instruments:
        assert instrument.scale is not None
        ids = [item.id for item in instrument.rateable]
        assert len(set(ids)) == len(ids)
        assert BOOK.item_ids(instrument.id) == set(ids)
        for item in instrument.rateable:
            scale = instrument.scale_of(item)
            assert scale is not None
            values = [value.id for value in scale.values]
            assert BOOK.scale(instrument.id, item.id) == tuple(values)
            assert len({value.lower() for value in values}) == len(values)
            hinders = {value.id: value.hinders for value in scale.values if value.hinders}
            assert BOOK.hinders(instrument.id, item.id) == hinders
            assert BOOK.helps(instrument.id, item.id) == {v.id: v.helps for v in scale.values if v.helps}
    drivers = BOOK.instrument("drivers")
    assert [len(group.items) for group in drivers.groups] == [4, 3, 2]


def test_names_of_determinants_that_nobody_could_read_in_a_source_are_not_called_published() -> None:
    named = [item for item in BOOK.instrument("midi").items if item.name_basis == "published"]
    assert [item.id for item in named] == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "16"]


ELSEWHERE = re.compile(r"deel 2|boendermaker-2022|inleiding|over dit onderzoek")
"""What the source of a story names if the guide tells it outside the phases."""


@pytest.mark.parametrize(
    ("phase", "insights", "cases", "reflections"),
    [(1, 4, 6, 0), (2, 5, 1, 4), (3, 4, 1, 1), (4, 3, 3, 2), (5, 3, 0, 2), (6, 3, 0, 0)],
)
def test_lists_are_empty_where_the_guide_has_nothing(
    phase: int, insights: int, cases: int, reflections: int
) -> None:
    content = BOOK.phases[phase - 1]
    lists = (content.insights, content.cases, content.reflections)
    counts = tuple(sum(not ELSEWHERE.search(story.source) for story in each) for each in lists)
    assert counts == (insights, cases, reflections)
    assert all(isinstance(story, Story) for story in content.insights)


def test_figures_are_there_as_data() -> None:
    assert [figure.number for figure in BOOK.figures] == [3, 4, 5, 7, 8, 9]
    assert [len(figure.parts) for figure in BOOK.figures] == [2, 4, 2, 3, 3, 3]
    assert [len(part.items) for part in BOOK.figures[2].parts] == [6, 6]
    assert len(BOOK.matrix.cells) == 4  # figure 2


def test_the_values_for_adaptations_are_fit_to_be_closed_values_of_a_trajectory() -> None:
    """Each is a word of its own; one that a trajectory has already means the same there."""
    questions = BOOK.adaptations.questions
    ids = [value.id for question in questions for value in question.values]
    assert len(set(ids)) == len(ids)
    assert len({question.id for question in questions}) == len(questions) == 10
    for question in questions:
        for value in question.values:
            assert re.fullmatch(r"[a-z]+(-[a-z]+)*", value.id), value.id
            assert LABELS.get(value.id, value.name.en.lower()) == value.name.en.lower(), value.id


def test_every_text_stands_in_both_languages() -> None:
    texts = list(_everything())
    assert len(texts) > 500
    for text in texts:
        assert text.nl.strip() == text.nl != "", f"empty, or with spaces around it: {text}"
        assert text.en.strip() == text.en != "", f"empty, or with spaces around it: {text}"
        assert "  " not in text.nl + text.en, f"two spaces in a row: {text}"


FILES = sorted(
    path
    for path in CONTENT.rglob("*.yaml")
    if path.name != "wrong.yaml"
    or not path.parent.name.startswith("FII00")  # these are not YAML that fii reads
)


def _as_read(path: Path) -> Any:
    return read_bytes(path.read_bytes()).data


@pytest.mark.parametrize("loader", [yaml.BaseLoader, yaml.CBaseLoader])
def test_a_parser_of_yaml_1_1_reads_the_content_as_fii_does(loader: Any) -> None:
    for path in FILES:
        assert yaml.load(path.read_bytes(), loader) == _as_read(path), path


def test_a_parser_of_yaml_1_2_reads_the_content_as_fii_does() -> None:
    parser = node_module("yaml/package.json").parent
    script = (
        "const {parse} = require(process.argv[1]), fs = require('fs');"
        "const read = name => parse(fs.readFileSync(name, 'utf8'), {schema: 'failsafe', version: '1.2'});"
        "console.log(JSON.stringify(process.argv.slice(2).map(read)))"
    )
    done = subprocess.run(
        [program("node"), "-e", script, str(parser), *map(str, FILES)], capture_output=True, check=True
    )
    for path, data in zip(FILES, json.loads(done.stdout), strict=True):
        assert data == _as_read(path), path


CUT_OFF = "{nl: Wat het kost, ook later., en: What it costs}"


def test_a_text_that_a_comma_cuts_off_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "figures.yaml"
    path.write_text(f"- number: 3\n  name: {CUT_OFF}\n", encoding="utf-8")
    monkeypatch.setattr(load, "CONTENT", tmp_path)
    with pytest.raises(ValueError, match=r"^content/figures\.yaml:2: a key without a value: .*quotation"):
        load.data_of(path)
    assert "content/figures.yaml:2: a key has no value" in list(mistakes(tmp_path))
    path.write_text("- number: 3\n name: x\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^content/figures\.yaml:2: "):
        load.data_of(path)
    path.write_text("# nothing yet\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^content/figures\.yaml: empty"):
        load.data_of(path)


def _records(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in data, also those inside others."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _records(each)


def _read_changed(name: str, data: Any, asked: str) -> Any:
    return data if asked == name else BOOK._read(asked)


def _loaded(book: Handbook) -> None:
    """Read everything that a handbook contains."""
    _ = (
        book.phases,
        book.beside,
        book.adaptations,
        book.matrix,
        book.instruments,
        book.figures,
        book.references,
        book.catalogue,
        _anchored(book),
    )
    for rule in RULES:
        book.rule(rule.code)


@pytest.mark.parametrize("path", [path for path in FILES if path.stem not in ("right", "wrong", "rule")])
def test_an_unknown_key_anywhere_in_the_content_is_refused(path: Path) -> None:
    name = path.relative_to(CONTENT).with_suffix("").as_posix()
    count = len(list(_records(BOOK._read(name))))
    for at in {0, 1, count // 3, count // 2, count - 1}:
        data = deepcopy(BOOK._read(name))
        list(_records(data))[at]["zzz"] = "x"
        changed = Handbook(partial(_read_changed, name, data), BOOK._names)
        with pytest.raises((ValidationError, ValueError, TypeError, LookupError)):
            _loaded(changed)


@pytest.mark.parametrize(
    ("of", "whole"),
    [
        ("I.G", "Hoe goed de interventie is vormgegeven, beschreven en samengesteld."),
        ("I.H", "Wat de interventie en de invoering kosten, ook het werk dat erdoor blijft liggen."),
        ("III.A", "Hoe de organisatie in elkaar zit, en hoe oud, groot en stabiel die is."),
        ("III.D.4", "Wat het mensen oplevert om mee te doen, in geld of in aanzien."),
    ],
)
def test_the_meaning_of_a_construct_is_whole(of: str, whole: str) -> None:
    meaning = next(item.meaning for item in BOOK.instrument("cfir").items if item.id == of)
    assert meaning is not None
    assert meaning.nl == whole


def test_figures_and_insights_are_whole() -> None:
    figures: dict[int, Figure] = {figure.number: figure for figure in BOOK.figures}
    said = [item.nl for number in (3, 7, 9) for part in figures[number].parts for item in part.items]
    assert "Begrijpt de organisatie de visie, en wil die erin mee?" in said
    assert "Wie zijn de financiers, en staan die ervoor open?" in said
    assert "Wat er gedaan wordt, werkt." in said
    assert "Uitvoerend professionals, vrijwilligers en stagiaires" in said
    titles = [insight.title.nl for phase in BOOK.phases for insight in phase.insights]
    assert "Ruimte om te proberen, met oog voor de landing" in titles
    assert "Blijf volgen, ook hogerop" in titles


def test_longer_texts_differ_between_the_languages() -> None:
    for text in _everything():
        if len(text.nl.split()) > 3:
            assert text.nl != text.en, f"the same in both languages: {text.nl}"


def test_every_source_leads_to_a_work_or_is_ours() -> None:
    sources = list(_sources())
    assert len(sources) > 150
    for source in sources:
        work, _, part = source.partition("/")
        known = source == OURS or (work in BOOK.references and part)
        assert known, f"{source}: write ours, or work/part with a work of content/references.yaml"
        assert all(reference for reference in cited(source, BOOK))


def test_every_reference_is_cited() -> None:
    used = {source.partition("/")[0] for source in _sources()}
    used |= {
        work.id
        for source in _sources()
        if source[: source.find("/")] in BOOK.references
        for work in cited(source, BOOK)
    }
    background = {"bertram-2015", "boendermaker-2020", "veerman-van-yperen-2008"}
    unused = set(BOOK.references) - used - background
    assert not unused, f"no source in content/ cites {unused}: cite it, or remove it from references.yaml"


def test_a_source_is_cited_in_the_readers_language() -> None:
    assert cite(f"{GUIDE}/figuur 3", BOOK, NL) == "Broekhuizen & Mak (2022), figuur 3"
    assert cite(f"{GUIDE}/figuur 3", BOOK, EN) == "Broekhuizen & Mak (2022), figure 3"
    assert cite(OURS, BOOK, EN) == "ours, not from the guide"


def test_no_run_of_eight_words_is_taken_from_the_source_texts() -> None:
    """Names of works and official terms aside, all wording is our own (tools/shingles.py made the hashes)."""
    packed = (CONTENT.parent / "tests" / "shingles.bin").read_bytes()
    taken = {packed[at : at + SIZE] for at in range(0, len(packed), SIZE)}
    assert len(taken) > 10_000
    titles = " ".join(" ".join(words(title_of(work, EN))) for work in BOOK.references.values())
    catalogue = CONTENT.parent / "src" / "fii_cli" / "locale"
    for path in [*CONTENT.rglob("*.yaml"), *EXAMPLES.glob("*.yaml"), *catalogue.rglob("*.po")]:
        if path.name == "references.yaml":
            continue
        each = words(path.read_text(encoding="utf-8"))
        found = (" ".join(each[at : at + RUN]) for at in range(len(each) - RUN + 1))
        guilty = [run for run in found if runs(run) & taken and run not in titles]
        assert not guilty, f"{path.name} copies a sentence of a source: say it in our own words: {guilty}"


def test_whatever_was_retired_leads_to_something_that_exists() -> None:
    for id_ in BOOK.instrument_ids:
        assert BOOK.item_ids(id_) or BOOK.retired.current_instrument(id_) != (id_,)
    assert not BOOK.retired.strategies.keys() & BOOK.strategy_phases.keys()
