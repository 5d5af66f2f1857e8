"""Edits: what is meant is written, it is read back, and every other byte stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fii_cli.diagnostics import Fix, Refused, Route
from fii_cli.edits.write import append, clear, data_at, mend, put
from fii_cli.resources import examples
from fii_cli.yaml.document import Document, Node
from fii_cli.yaml.emit import Value
from fii_cli.yaml.read import read

BLOCK = """\
# top
fii: 1  # version
title: 'Thuis' # name

people:  # who
  # the first
  - id: a   # a

    role: "x # y"
  # - {id: z, role: z}

# about the entry
entry:
  date: 2025-01
  origin: >-
    lang verhaal
    over regels

# the end
"""


def added(old: str, new: str) -> str:
    """What was put in, where the rest of the text is as it was."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    tail = len(old) - start
    assert new[: len(new) - tail].startswith(old[:start])
    assert old.endswith(new[len(new) - tail :] if tail else "")
    return new[start : len(new) - tail]


def test_a_changed_value_is_a_diff_of_one_line() -> None:
    text = put(read(BLOCK), ("entry", "date"), "2025-02-03").text
    assert text == BLOCK.replace("2025-01", "2025-02-03")


@pytest.mark.parametrize(
    ("written", "value", "becomes"),
    [
        ("'Thuis' #", "d'Amigo", "'d''Amigo' #"),
        ("'Thuis' #", "a\nb", '"a\\nb" #'),
        ("2025-01", "nee: toch", '"nee: toch"'),
        ('"x # y"', "z", '"z"'),
    ],
)
def test_a_value_keeps_its_quotes(written: str, value: str, becomes: str) -> None:
    route: dict[str, Route] = {"'": ("title",), "2": ("entry", "date"), '"': ("people", 0, "role")}
    done = put(read(BLOCK), route[written[0]], value)
    assert done.text == BLOCK.replace(written, becomes)


def test_a_folded_text_is_replaced_whole() -> None:
    assert (
        "  origin: kort\n\n# the end" in put(read(BLOCK.replace(">-", ">")), ("entry", "origin"), "kort").text
    )


def test_a_new_key_goes_where_the_format_has_it() -> None:
    done = put(read(BLOCK), ("summary",), "kort")
    assert added(BLOCK, done.text).strip() == "summary: kort"
    assert "# name\n\nsummary: kort\n\npeople:" in done.text
    done = put(read(BLOCK), ("people", 0, "name"), "P.")
    assert '    role: "x # y"\n    name: P.\n  # - {id: z' in done.text


def test_a_new_section_stays_before_the_comments_of_the_next() -> None:
    text = put(read(BLOCK), ("organisations",), [{"id": "x", "name": "X"}]).text
    assert "# name\n\norganisations:\n  - {id: x, name: X}\n\npeople:  # who" in text
    text = append(read(BLOCK), ("visits",), {"phase": "verkennen"}, block=True).text
    assert text.endswith("# the end\n\nvisits:\n  - phase: verkennen\n")


def test_a_comment_stays_with_the_section_below_it() -> None:
    text = "fii: 1\ntitle: x\n\n# los\n\n# over\n# de instap\nentry: {date: 2025}\n"
    done = put(read(text), ("summary",), "kort")
    assert done.text == text.replace("# los\n", "# los\n\nsummary: kort\n")


def test_what_would_not_be_read_back_as_meant_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fii_cli.edits.write.replaced", lambda document, route, node, value: document.text)
    with pytest.raises(Refused, match="without changing the rest"):
        put(read(BLOCK), ("title",), "anders")


def test_an_item_looks_like_the_one_before_it() -> None:
    block = append(read(BLOCK), ("people",), {"id": "b", "role": "r"}).text
    assert '"x # y"\n  - id: b\n    role: r\n  # - {id: z' in block
    flow = append(read("people:\n- {id: a, role: x}\n"), ("people",), {"id": "b", "role": "r, s"}).text
    assert flow == 'people:\n- {id: a, role: x}\n- {id: b, role: "r, s"}\n'
    one = append(read("log: [ a, # eerste\n  b # tweede\n ] # slot\n"), ("log",), "c").text
    assert one == "log: [ a, # eerste\n  b, c # tweede\n ] # slot\n"


@pytest.mark.parametrize(
    ("text", "route", "value", "becomes"),
    [
        ("log:\n", ("log",), "a", "log: [a]\n"),
        ("log: # later\ntitle: x\n", ("log",), "a", "log: [a] # later\ntitle: x\n"),
        ("log: []", ("log",), "a", "log: [a]"),
        ("log: [ ]\n", ("log",), "a", "log: [a ]\n"),
        ("log: [a,]\n", ("log",), "b", "log: [a, b,]\n"),
        ("{log: [a], fii: 1}", ("log",), "b", "{log: [a, b], fii: 1}"),
        ("{log, fii: 1}", ("log",), "b", "{log: [b], fii: 1}"),
        ("log:\n-\n", ("log",), "b", "log:\n-\n- b\n"),
        ("title: x", ("log",), "b", "title: x\nlog: [b]"),
        ("title: x\n...\n", ("log",), "b", "title: x\nlog: [b]\n...\n"),
        ("--- \ntitle: |+\n  x\n\n", ("log",), "b", "--- \ntitle: |+\n  x\n\nlog: [b]\n"),
        ("log:\r\n  - a\r\n", ("log",), "b", "log:\r\n  - a\r\n  - b\r\n"),
        ("log:\r  - a\r", ("log",), "b", "log:\r  - a\r  - b\r"),
        ("  fii: 1\n  log: [a]\n", ("people",), "b", "  fii: 1\n  people: [b]\n  log: [a]\n"),
    ],
)
def test_lists_of_every_form_grow_at_the_end(text: str, route: Route, value: str, becomes: str) -> None:
    assert append(read(text), route, value).text == becomes


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("entry:\n  origin:\n", "entry:\n  origin: een vraag\n"),
        ("entry:\n  origin:   # ooit\n", "entry:\n  origin: een vraag   # ooit\n"),
        ("entry: {origin: , date: 2025}", "entry: {origin: een vraag , date: 2025}"),
        ("entry: {date: 2025}", "entry: {date: 2025, origin: een vraag}"),
        ("entry: ~\n", "entry:\n  origin: een vraag\n"),
        ("entry: {origin: null}", "entry: {origin: een vraag}"),
        ("entry:\n", "entry:\n  origin: een vraag\n"),
        ("entry: {}\n", "entry: {origin: een vraag}\n"),
        ("title: x\n", "title: x\nentry:\n  origin: een vraag\n"),
    ],
)
def test_a_value_where_there_was_none(text: str, becomes: str) -> None:
    assert put(read(text), ("entry", "origin"), "een vraag").text == becomes


def test_a_value_is_cleared_and_its_key_stays() -> None:
    assert clear(read(BLOCK), ("title",)).text == BLOCK.replace(" 'Thuis' #", " #")
    between = read("entry: {date: 2025, origin: x}")
    assert clear(between, ("entry", "date")).text == "entry: {origin: x}"
    assert clear(between, ("entry", "origin")).text == "entry: {date: 2025}"
    assert clear(read(BLOCK), ("summary",)).text == BLOCK


def test_a_key_gets_another_name() -> None:
    assert mend(read("titel: x # y\n"), [Fix(("titel",), True, "title")]).text == "title: x # y\n"
    assert mend(read('{"titel": x}'), [Fix(("titel",), True, "title")]).text == "{title: x}"


def test_comments_that_would_go_stop_the_change() -> None:
    with pytest.raises(Refused, match="comments"):
        put(read(BLOCK), ("people",), [])


def test_a_text_with_what_does_not_belong_is_refused_with_its_reason() -> None:
    with pytest.raises(Refused, match="invisible line break"):
        put(read(BLOCK), ("title",), "a\u2028b")


# --- odd texts ----------------------------------------------------------------------------------------------

TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85\ufeff"),
        st.sampled_from("#:-?,[]{}'\"|>&*!%@` \n\té☃🙂"),
    ),
    max_size=200,
).filter(lambda text: not re.search("[\ufdd0-\ufdef\ufffe\uffff]", text))
ODD = [
    BLOCK,
    BLOCK.replace("\n", "\r\n"),
    BLOCK.rstrip("\n"),
    '{"fii": 1, "title": "x", "people": [{"id": "a", "role": "b"}], "entry": {"date": "2025"}}',
    "--- # start\nfii: 1\ntitle: |\n  a\n   b # geen commentaar\n\n\nentry:\n    date: 2025 # d\n...\n",
    "fii: 1\ntitle: een titel\n  over twee regels\npeople:\n- id: a\n  role: |-\n     x\n\n     y\n"
    "- role: z\n  id: b\n",
    "fii: 1\ntitle: 'a\n\n  b'\nentry: {date: 2025, # d\n  origin: \"c\\\n   d\" # o\n }\n",
    'fii: 1\ntitle: "tab\\there"\nlog:\n  - {date: 2024, text: 🙂 lang ' + "x" * 300 + "}\n",
    "fii: 1\ntitle: \"a\\u2028b \\U0001F642\"\nentry: {date: 2025, origin: '🙂 ☃'}\n# 🙂\n",
    "? fii\n: 1\n? title\n: x\npeople:\n  -\n    id: a\n    role: r\n",
]


def leaves(node: Node, route: Route = ()) -> list[Route]:
    if isinstance(node.children, dict):
        return [one for key, child in node.children.items() for one in leaves(child, (*route, key))]
    if isinstance(node.children, list):
        return [one for i, child in enumerate(node.children) for one in leaves(child, (*route, i))]
    return [route]


def lists(node: Node, route: Route = ()) -> list[Route]:
    found: list[Route] = [route] if isinstance(node.children, list) else []
    inside = node.children.items() if isinstance(node.children, dict) else enumerate(node.children or [])
    return found + [one for key, child in inside for one in lists(child, (*route, key))]


@pytest.mark.parametrize("text", [*ODD, *examples().values()])
def test_every_value_of_every_odd_text_can_be_changed(text: str) -> None:
    document = read(text)
    assert not document.problems
    for route in leaves(document.root):
        done = put(document, route, "iets # anders: nieuw")
        assert data_at(done, route) == "iets # anders: nieuw"
        assert without_value(done, route) == without_value(document, route)


def without_value(document: Document, route: Route) -> str:
    """The text without the value at a route, and without the blanks around it."""
    span = document.locate(route)
    start, end = document.offset(span.line, span.column), document.offset(span.end_line, span.end_column)
    if document.text[start] in "|>":
        end = start + len(document.text[start:end].rstrip())
    return document.text[:start].rstrip() + "\0" + document.text[end:].lstrip()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([*ODD, *examples().values()]), st.data(), TEXTS)
def test_any_text_at_any_place_is_read_back_or_refused(text: str, data: st.DataObject, value: str) -> None:
    document = read(text)
    route = data.draw(st.sampled_from(leaves(document.root)))
    try:
        done = put(document, route, value)
    except Refused:
        assert read("a: " + repr(value)) is not None
        assert ord(max(value, default="a")) > 0xFFFF or "\t" in value or not value.isprintable()
        return
    assert data_at(done, route) == value


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([*ODD, *examples().values()]),
    st.data(),
    st.dictionaries(st.sampled_from(["id", "what", "note", "by"]), TEXTS.filter(bool), min_size=1),
)
def test_anything_appended_leaves_every_other_byte(text: str, data: st.DataObject, value: Value) -> None:
    document = read(text)
    routes: list[Route] = [*lists(document.root), ("log",), ("verkennen", "ownership", "roadmap")]
    route = data.draw(st.sampled_from(routes))
    try:
        done = append(document, route, value)
    except Refused:
        return
    held = data_at(done, route)
    assert isinstance(held, list)
    assert held[-1] == value
    added(text, done.text)


def test_every_list_of_every_odd_text_can_grow() -> None:
    for text in [*ODD, *examples().values()]:
        document = read(text)
        for route in [*lists(document.root), ("actions",), ("versterken", "support", "sessions")]:
            added(text, append(document, route, {"id": "nieuw", "note": "x: y"}).text)


def test_the_bytes_of_an_example_survive_a_hundred_edits() -> None:
    document = read(examples()["thuis-leren-verzonnen"])
    before = document.text
    for number in range(100):
        document = append(document, ("log",), {"date": "2025-03-10", "text": f"regel {number}"})
    lines = [line for line in document.text.splitlines() if "regel" not in line]
    assert "\n".join(lines) + "\n" == before
