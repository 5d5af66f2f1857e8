"""Texts with question marks and colons where they mean something in YAML, and where they are only text."""

from __future__ import annotations

from random import Random
from unittest import mock

from fii_cli.yaml import events, parse
from fii_cli.yaml.document import Document
from fii_cli.yaml.read import read

_WORDS = (
    *(
        "wie",
        "hoe",
        "nu?",
        "a:b",
        "https://x.nl/?q=1",
        "10:30",
        "wat?!",
        "wat??",
        "(ja)?",
        "zo'n?",
        "e.d.?",
        "é?",
    ),
    *(
        "ja/nee?",
        "a?b",
        "cfir:III.D.2",
        "x::y",
        "1:2:3",
        "let op:",
        "?",
        "?x",
        ":",
        ":?",
        "?:",
        "50%:",
        "b#?",
        "#",
    ),
    *('"q"', '"q"?', "'s", "-", "a?,", "'a:b?'", "…?", "!?", "*a:b", "!t?", "\\u0041?", "\ue000", "a\tb?"),
)
_PIECES = (
    *(
        "a",
        "wie",
        "zo'n",
        "?",
        ":",
        "??",
        "?!",
        ": ",
        ":b",
        "? ",
        "a: ",
        "(ok)?",
        "{",
        "}",
        "[",
        "]",
        ", ",
        ",",
    ),
    *(
        "\n",
        "\n  ",
        "- ",
        "\n- ",
        '"',
        "'",
        '"x": ',
        "'wat?': ",
        "#",
        " # c? d:e",
        "|\n  ",
        ">-\n  ",
        "*a",
        "!t",
    ),
    *("<<", "\\", "\\ue000", "-", "...", "%", "@", "`", "_", "…", "x:y", "{q: wie?}", "[a:b, ", "é?"),
)


def text(seed: int) -> str:
    """A text that depends on the seed only: a file of ordinary flow texts, or pieces of YAML in any order."""
    random = Random(seed)
    if seed % 4 == 3:
        return "[a?, " + "".join(random.choice(_PIECES) for _ in range(random.randint(2, 14)))
    lines = [_line(random, number) for number in range(random.randint(1, 4))]
    return "\n".join(lines) + "\n"


def _line(random: Random, number: int) -> str:
    # One strange word spoils a file, so most words are from the front of the list.
    strange = random.random() < 0.3
    kind = random.choice(("key", "key", "key", "items", "block", "comment"))
    if kind == "key":
        return f"k{number}: {_value(random, 0, strange=strange)}"
    if kind == "items":
        return (
            f"k{number}:\n  - {_value(random, 0, strange=strange)}\n  - {_value(random, 1, strange=strange)}"
        )
    words = _words(random, strange=True).replace("\t", " ")
    return f"k{number}: |\n  {words}\n  {words}" if kind == "block" else f"# {words}"


def _words(random: Random, *, strange: bool) -> str:
    among = _WORDS if strange else _WORDS[:19]
    return " ".join(random.choice(among) for _ in range(random.randint(1, 4)))


def _scalar(random: Random, words: str) -> str:
    quote = random.choice(("", "", "", "'", '"'))
    return quote + words.replace(quote, {"'": "''", '"': '\\"'}[quote]) + quote if quote else words


def _value(random: Random, depth: int, *, strange: bool) -> str:
    kind = random.choice(("text", "list", "mapping")) if depth < 3 else "text"
    if kind == "text":
        return _scalar(random, _words(random, strange=strange))
    values = [_value(random, depth + 1, strange=strange) for _ in range(random.randint(0, 3))]
    if kind == "list":
        return f"[{random.choice((', ', ',', f',{chr(10)}    ')).join(values)}]"
    keys = [_scalar(random, random.choice(("a", "b", "q?", "x:y", "c"))) for _ in values]
    pairs = (
        key + random.choice((": ", ": ", ":  ", ":")) + each for key, each in zip(keys, values, strict=True)
    )
    return "{" + ", ".join(pairs) + "}"


def as_the_pure_parser_reads(given: str) -> Document:
    """What fii reads in a text if there is no C parser."""
    with mock.patch.object(events, "C_PARSER", None):
        return read(given)


def read_without_marks(given: str) -> Document | None:
    """What fii reads without ``?`` and ``:`` for the C parser; ``None`` if that is not certain."""
    return parse._with_marks_carried(given)


def differs(given: str) -> str | None:
    """How the fast reading of a text differs from that of the pure parser; ``None`` if it does not."""
    fast = read_without_marks(given)
    pure = as_the_pure_parser_reads(given)
    if fast is None or fast == pure:
        return None
    return f"{given!r}: {fast.data}, not {pure.data or pure.problems}"
