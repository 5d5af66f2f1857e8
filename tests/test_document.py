"""Reading YAML: data, places, and every bad file with a message instead of a traceback."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from fii_cli.diagnostics import Route, Span
from fii_cli.yaml import events
from fii_cli.yaml.document import Document
from fii_cli.yaml.read import read, read_bytes
from helpers import EN


def problems(given: str | bytes) -> list[str]:
    read_ = read_bytes(given) if isinstance(given, bytes) else read(given)
    return [f"{p.span.line}:{p.span.column} {p.code} {EN(p.message)}" for p in read_.problems]


def test_every_scalar_is_its_source_text() -> None:
    text = "a: nee\nb: 2018\nc: 12:30\nd: 010\ne: 1.50\nf: yes\ng: 2025-03-12\nh: 'x'\n"
    assert read(text).data == {
        "a": "nee",
        "b": "2018",
        "c": "12:30",
        "d": "010",
        "e": "1.50",
        "f": "yes",
        "g": "2025-03-12",
        "h": "x",
    }


def test_an_empty_value_is_absent_but_keeps_its_place() -> None:
    read_ = read("a:\nb: ~\nc: ''\nd:\n  -\n  - x\n")
    assert read_.data == {"c": "", "d": ["x"]}
    assert read_.locate(("b",), at_key=True) == Span(2, 1, 2, 2)
    assert read_.locate(("d", 0)) == Span(6, 5, 6, 6)


def test_places_of_keys_and_values() -> None:
    read_ = read("a:\n  - {b: één, c: [x, y]}\n")
    assert read_.locate(("a", 0, "b")) == Span(2, 9, 2, 12)
    assert read_.locate(("a", 0, "c", 1)) == Span(2, 21, 2, 22)
    assert read_.locate(("a", 0, "c"), at_key=True) == Span(2, 14, 2, 15)


def test_a_step_that_is_not_there_lands_on_its_parent() -> None:
    read_ = read("team:\n  members: []\n")
    assert read_.locate(("team", "mandate"), at_key=True) == Span(1, 1, 1, 5)
    assert read_.locate(("nothing", 7, "here")) == read_.locate(())


def test_crlf_and_a_byte_order_mark_are_read() -> None:
    read_ = read_bytes(b"\xef\xbb\xbfa: 1\r\nb: x\r\n")
    assert read_.data == {"a": "1", "b": "x"}
    assert read_.locate(("b",)) == Span(2, 4, 2, 5)
    assert read_.line(2) == "b: x"


def test_flow_scalars_with_colons_and_question_marks_are_fine() -> None:
    text = "a: {q: wie?, u: https://x.nl/y?z=1, l: [cfir:III.D.2, cfir/III.D.2]}\n"
    assert read(text).data == {
        "a": {"q": "wie?", "u": "https://x.nl/y?z=1", "l": ["cfir:III.D.2", "cfir/III.D.2"]}
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n\tb: 2\n", "2:1 FII002 a tab cannot be used for indentation"),
        ("a:\tb\n", "1:1 FII002 a tab follows this colon"),
        ("a: 'open\nb: 2\n", "1:4 FII002 unclosed quote"),
        ("a: [1, 2\nb: 3\n", "1:4 FII002 unclosed bracket or missing comma"),
        ("a: b: c\n", "1:5 FII002 unexpected colon"),
        ("a:\n  b: 1\n c: 2\n", "3:2 FII002 the indentation of this line does not match the lines above it"),
        ("a: 1\nlos\nb: 2\n", "2:1 FII002 missing colon"),
        ("a: @x\n", "1:4 FII002 a text cannot start with this character"),
        ("a: 'b' c\n", "1:8 FII002 text follows a closing quote"),
        ("a: 1\na: 2\n", "2:1 FII004 duplicate key a"),
        ("a: &x 1\n", "1:4 FII005 anchors (&) are not supported"),
        ("a: !!python/object/apply:os.system [ls]\n", "1:4 FII005 tags (!) are not supported"),
        ("<<: {a: 1}\n", "1:1 FII005 merge keys (<<) are not supported"),
        ("? [a]\n: b\n", "1:3 FII005 this key is not a word"),
        ("a: 1\n---\nb: 2\n", "2:1 FII005 a second document starts here"),
        ("%YAML 1.1\n---\na: 1\n", "1:1 FII005 a % line at the top is not supported"),
        ("a: x\x00y\n", "1:5 FII001 invalid character (U+0000)"),
        ("a: x\u2028y\n", "1:5 FII001 invisible line break (U+2028)"),
        ("a: x\x85y\n", "1:5 FII001 invisible line break (U+0085)"),
        ('a: "\\x1b[31m"\n', "1:4 FII001 this text contains a control character"),
        ("a: \ufeffx\n", "1:4 FII001 invalid character (U+FEFF)"),
    ],
)
def test_what_is_refused_says_what_and_where(text: str, expected: str) -> None:
    assert problems(text) == [expected]


@pytest.mark.parametrize("before", ["", "\n", "# x\n\n", " \t\r\n", "\ufeff", "  # x\r"])
def test_a_directive_is_refused_where_it_stands(before: str) -> None:
    raw = f"{before}%YAML 1.2\n---\na: b\n".encode()
    line = len(before.splitlines()) + 1 if before != "\ufeff" else 1
    assert problems(raw) == [f"{line}:1 FII005 a % line at the top is not supported"]


@pytest.mark.parametrize("escape", ["UFFFFFFFF", "U00110000"])
def test_an_escape_beyond_unicode_is_no_yaml(escape: str) -> None:
    assert [each[4:10] for each in problems(f'a: "\\{escape}"\n')] == ["FII002"]


def test_a_merge_key_between_quotes_is_a_key() -> None:
    assert read('"<<": a\n').data == {"<<": "a"}


def test_what_was_refused_before_the_yaml_broke_is_told_too() -> None:
    assert problems("a: &x 1\nb: [\n") == [
        "1:4 FII005 anchors (&) are not supported",
        "3:1 FII002 unclosed bracket or missing comma",
    ]


def test_a_billion_laughs_is_refused_at_the_first_anchor() -> None:
    lines = ["a: &a [ha, ha]"] + [
        f"{c}: &{c} [{', '.join([f'*{p}'] * 9)}]" for p, c in zip("abcdef", "bcdefg", strict=True)
    ]
    assert problems("\n".join(lines))[0] == "1:4 FII005 anchors (&) are not supported"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_ten_thousand_levels_end_at_sixty_four(opening: str) -> None:
    assert [p.split(" ")[1] for p in problems(opening * 10_000)] == ["FII005"]


def test_a_merge_conflict_names_all_its_lines() -> None:
    read_ = read("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n")
    (problem,) = read_.problems
    assert (problem.code, problem.span.line) == ("FII003", 2)
    assert [span.line for span, _ in problem.related] == [4, 6]


def test_a_conflict_inside_a_block_of_text_is_one_too() -> None:
    text = "summary: |\n  hier\n<<<<<<< HEAD\n  x\n=======\n  y\n>>>>>>> b\n"
    assert [p.split(" ")[1] for p in problems(text)] == ["FII003"]


def test_equals_signs_alone_are_no_conflict() -> None:
    assert problems("a: |\n  titel\n  =======\n  tekst\n") == []


def test_latin_1_names_the_line_of_the_first_bad_byte() -> None:
    assert problems("a: 1\nb: café\n".encode("latin-1")) == ["2:7 FII001 invalid UTF-8 from this point"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(codec: str) -> None:
    assert problems("fii: 1\ntitle: x\n".encode(codec)) == [
        "1:1 FII001 this file is UTF-16, not UTF-8"
    ] or problems("fii: 1\ntitle: x\n".encode(codec)) == ["1:2 FII001 this file is UTF-16, not UTF-8"]


def test_every_duplicate_is_shown_with_its_first_place() -> None:
    read_ = read("a: 1\nb: 2\na: 3\nb: 4\n")
    assert [(p.span.line, p.related[0][0].line) for p in read_.problems] == [(3, 1), (4, 2)]
    assert read_.data == {"a": "1", "b": "2"}


BLOCKS = """\
a:
  - id: eerst
    note: |
      twee
      regels

    # hoort bij het volgende
  - id: leeg
    by:

# einde van a
b:
- x   # erachter
-

c: {d: [e,
  f  # g
  ]}  # h

i: >+
  j

# k
l: {m: [n: o  # p

  , q]}
"""


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (("a",), Span(2, 3, 9, 7)),
        (("a", 0), Span(2, 5, 5, 13)),
        (("a", 0, "note"), Span(3, 11, 5, 13)),
        (("a", 1), Span(8, 5, 9, 7)),
        (("b",), Span(13, 1, 14, 2)),
        (("b", 0), Span(13, 3, 13, 4)),
        (("c",), Span(16, 4, 18, 5)),
        (("c", "d"), Span(16, 8, 18, 4)),
        (("i",), Span(20, 4, 21, 4)),
        (("l", "m", 0), Span(24, 9, 24, 13)),
        ((), Span(1, 1, 26, 8)),
    ],
)
@pytest.mark.parametrize("parser", ["c", "pure"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_block_ends_where_its_last_text_ends(
    line_break: str, parser: str, route: Route, expected: Span, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_ = _with(parser, BLOCKS.replace("\n", line_break), monkeypatch)
    assert read_.problems == ()
    assert read_.locate(route) == expected


def _with(parser: str, text: str, monkeypatch: pytest.MonkeyPatch) -> Document:
    with monkeypatch.context() as patched:
        if parser == "pure":
            patched.setattr(events, "C_PARSER", None)
        return read(text)


VALID = [
    "a: 1\n",
    "a:\n- b\n- c: d\n  e: f\n",
    "a: >-\n  gevouwen\n  tekst\n\n  nieuwe alinea\nb: |\n  zo\n  gelaten\n",
    "a: \"é \\u00e9\"\nb: 'it''s'\n",
    "a: {b: [c, {d: e}]}\n# einde\n",
    "a: met een # erin\nb: 'x # y' # z\n",
    "'sleutel met spatie': x\n",
    "a: meer\n  regels\n  plat\n",
]


@pytest.mark.parametrize("text", VALID)
def test_both_parsers_and_ruamel_agree_on_valid_files(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, pure = _with("c", text, monkeypatch), _with("pure", text, monkeypatch)
    assert fast.problems == pure.problems == ()
    assert fast.data == pure.data == YAML(typ="base", pure=True).load(text)
    assert fast.root == pure.root


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:-[]{}'\"#&*!|>%@ \n\t,?é\u2028\x00", max_size=40))
def test_no_text_makes_reading_raise(text: str) -> None:
    read_ = read(text)
    for problem in read_.problems:
        assert problem.span.line >= 1
        assert EN(problem.message)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_make_reading_raise(raw: bytes) -> None:
    read_bytes(raw)
