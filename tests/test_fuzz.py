"""Whatever stands in a file, every command ends as documented: 0, 1 or 2, with a message and no fault of fii.

The input is random and always the same: a seed gives it. ``FII_FUZZ=20`` tries twenty times as much.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.cli import COMMANDS
from fii_cli.handbook.load import handbook
from fii_cli.report import EDITIONS
from fii_cli.resources import CONTENT, examples
from fii_cli.survey.form import version_of
from fii_cli.yaml.read import read
from helpers import judged

TIMES = int(os.environ.get("FII_FUZZ", "1"))
SEEDS = range(8 * TIMES)
DAY = ("--as-of", "2025-03-10")
READING: tuple[tuple[str, ...], ...] = (
    ("check", "--strict", "."),
    ("check", "--format", "concise", "."),
    ("check", "--format", "sarif", "."),
    ("check", "--format", "junit", "."),
    ("check", "--format", "github", "."),
    ("check", "--format", "gitlab", "."),
    ("check", "--format", "markdown", "."),
    ("check", "--json", "."),
    ("check", "--jobs", "1", "--no-cache", "."),
    ("check", "--scheduler", "x", "."),
    ("check", "--fix", "--dry-run", "."),
    ("status", "."),
    ("status", "--no-cache", "."),
    ("status", "--json", "."),
    ("due", "."),
    ("due", "--format", "ics", "."),
    ("agenda", "a.yaml"),
    ("agenda", "a.yaml", "--format", "html", "--output", "-", "--audience", "client"),
    ("minutes", "a.yaml"),
    ("minutes", "a.yaml", "--format", "md", "--output", "-", "--audience", "steering"),
    ("diff", "a.yaml", "b.yaml"),
    ("diff", "--no-cache", "a.yaml", "b.yaml"),
    ("merge", "a.yaml", "b.yaml", "a.yaml"),
    ("trend", "a.yaml"),
    ("trend", "a.yaml", "--no-cache"),
    ("workbook", "a.yaml", "--output", "out.xlsx", "--force"),
    ("workbook", "a.yaml", "--output", "out.xlsx", "--discard", "--json"),
    ("diff", "--json", "b.yaml", "a.yaml"),
    ("score", "a.yaml"),
    ("score", "a.yaml", "--instrument", "cfir"),
    ("score", "a.yaml", "--against", "b.yaml"),
    ("barriers", "a.yaml"),
    ("strategies", "a.yaml"),
    ("compare", "a.yaml"),
    ("compare", "a.yaml", "--instrument", "cfir"),
    ("compare", "a.yaml", "b.yaml", "--instrument", "cfir", "--by", "bereik", "--at", "40", "--json"),
    ("entry", "a.yaml"),
    ("portfolio", "."),
    ("portfolio", "--format", "json", "."),
    ("portfolio", "--no-cache", "--jobs", "1", "."),
    ("portfolio", "--audience", "public", "--format", "md", "--output", "site/", "."),
    ("portfolio", "--format", "parquet", "--output", "tables/", "--force", "."),
    ("report", "a.yaml", "--output", "-"),
    ("report", "a.yaml", "--output", "-", "--full", "--jobs", "1"),
    ("report", "a.yaml", "--output", "-", "--format", "md", "--audience", "client"),
    ("report", "a.yaml", "--output", "-", "--format", "json", "--audience", "steering"),
    ("report", "a.yaml", "--output", "-", "--format", "csv"),
    ("report", "a.yaml", "--output", "-", "--audience", "steering", "--since", "2025-01-01"),
    ("set", "a.yaml", "summary", "iets", "--dry-run"),
    ("set", "a.yaml", "organisations.1.name", "iets", "--dry-run"),
    ("add", "a.yaml", "log", "text=iets", "--dry-run"),
    ("assess", "a.yaml", "--set", "2a.cultuur=groen", "--dry-run"),
    (
        *("assess", "a.yaml", "--set", "2a.cultuur=rood", "--action", "2a.cultuur=meekijken"),
        *("--owner", "2a.cultuur=+teamleider", "--before", "2a.cultuur=2099-01-01", "--dry-run"),
    ),
    ("advance", "a.yaml", "--decision", "pauze", "--dry-run"),
    ("advance", "a.yaml", "--organisation", "school", "--beside", "--to", "borgen", "--dry-run"),
    ("done", "a.yaml", "tijd-om-te-leren", "--helped", "ja", "--dry-run"),
    ("upgrade", "a.yaml", "--dry-run"),
    ("plan", "a.yaml", "champions", "--owner", "projectleider", "--dry-run"),
    ("undo", "a.yaml", "--dry-run"),
    ("guide", "2a"),
    ("guide", "--search", "tijd"),
    ("explain", "2a.cultuur"),
    ("questionnaire", "midi"),
    ("questionnaire", "quickscan", "--format", "html", "--for", "a.yaml", "--perspective", "giving"),
    ("init", "--dry-run", "."),
)
IMPORT = ("import", "a.yaml", "--instrument", "quickscan", "--dry-run")
WITHOUT_A_FILE = {"completion", "new", "preview", "schema"}
TOKENS = (
    *"\0\x07\x1b\x7f\x85\u2028\ufeff\u202e²٣①Ⅷ０",
    *("\ud7ff", "\U0010ffff", "\r", "\r\n", "\t", " ", "\n\n", "\n  ", "\n- "),
    *(
        ": ",
        "- ",
        "? ",
        "&a ",
        "*a",
        "!!str ",
        "!x ",
        "<<: ",
        "|\n",
        ">-\n",
        "{",
        "}",
        "[",
        "]",
        ",",
        "#",
        " #",
        "%",
        "'",
    ),
    *(
        '"',
        "\\",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "null",
        "~",
        "true",
        "1e999",
        "-0",
        "0x1",
        "1_000",
        "12:30",
        ".inf",
    ),
    *(
        "9" * 5000,
        "2025-02-30",
        "0000-00-00",
        "9999-12-31",
        "0001-01-01",
        "2025-W01",
        "fii: 1\n",
        "FII001",
        "a" * 3000,
    ),
)
VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        10**30,
        1.5,
        "",
        " ",
        "\n",
        "²",
        "٢٠٢٥-٠٣",
        "2025-13",
        "9999-12-31",
        "0001",
        "\x1b[31m",
        "\u202e",
    ),
    *(
        [],
        {},
        [[]],
        {"": ""},
        {"a": {"b": {}}},
        ["x"] * 50,
        "a" * 5000,
        "x: y",
        "- x",
        "{",
        "a/b/c",
        "../../x",
        "stoplicht/",
    ),
)


def spoiled(raw: bytes, chance: random.Random) -> bytes:
    """Bytes with a few places changed, taken out, doubled, or filled with something odd."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(raw) + 1)
        to = min(len(raw), at + chance.choice((0, 1, 3, 20, 200)))
        token = chance.choice(TOKENS).encode("utf-8", "surrogatepass")
        piece = raw[at:to]
        new = chance.choice(
            (
                token,
                b"",
                piece * 3,
                piece[::-1],
                bytes(chance.randrange(256) for _ in range(3)),
                token + piece,
            )
        )
        raw = raw[:at] + new + raw[to:]
        if chance.random() < 0.1:
            raw = raw[:at]
    return raw


def twisted(data: Any, chance: random.Random) -> Any:
    """Data with a few values of other kinds, keys that nobody knows, and lists that are too long."""
    if chance.random() < 0.02:
        return chance.choice(VALUES)
    if isinstance(data, dict):
        told = {key: twisted(value, chance) for key, value in data.items() if chance.random() > 0.02}
        if chance.random() < 0.03:
            told[chance.choice(("iets", "id", "date", "", "²", "fii"))] = chance.choice(VALUES)
        return told
    if isinstance(data, list):
        told_list = [twisted(each, chance) for each in data]
        return told_list * 3 if chance.random() < 0.03 else told_list
    return data


def by_bytes(text: str, chance: random.Random) -> bytes:
    return spoiled(text.encode(), chance)


def by_structure(text: str, chance: random.Random) -> bytes:
    return json.dumps(twisted(read(text).data, chance), ensure_ascii=False, indent=1).encode(
        "utf-8", "replace"
    )


def holds(fii: Fii, *words: str) -> None:
    """Run a command line, and see that it ends as documented."""
    done = fii(*words)
    told = done.out + done.err
    assert done.code in (0, 1, 2), words
    assert "Traceback" not in told, words
    assert "unexpected error" not in told, (words, told)
    assert "FII008" not in told, (words, told)
    if done.code:
        assert told.strip(), words


def test_every_command_that_reads_a_file_is_tried_here() -> None:
    tried = {words[0] for words in READING} | {IMPORT[0]}
    assert tried | WITHOUT_A_FILE == {command.name for command in COMMANDS}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("spoil", [by_bytes, by_structure])
def test_every_reading_command_ends_as_documented(
    fii: Fii, here: Path, spoil: Callable[[str, random.Random], bytes], seed: int
) -> None:
    chance = random.Random(f"{spoil.__name__}{seed}")
    texts = list(examples().values())
    for _ in range(3):
        Path("a.yaml").write_bytes(spoil(chance.choice(texts), chance))
        Path("b.yaml").write_bytes(spoil(chance.choice(texts), chance))
        for words in chance.sample(READING, 6):
            holds(
                fii, *words, *(DAY if words[0] in ("check", "status", "score", "portfolio", "report") else ())
            )


def still_a_trajectory(chance: random.Random) -> bytes:
    """A spoiled text of which fii can make a report all the same."""
    while True:
        raw = chance.choice((by_bytes, by_structure))(chance.choice(list(examples().values())), chance)
        if judged(raw.decode("utf-8", "replace")).trajectory is not None:
            return raw


@pytest.mark.parametrize("seed", range(2 * TIMES))
@pytest.mark.parametrize("wanted", ["docx", "xlsx", "pdf"])
def test_a_document_of_a_spoiled_file_ends_as_documented(
    fii: Fii, here: Path, wanted: str, seed: int
) -> None:
    chance = random.Random(f"{wanted}{seed}")
    for audience in EDITIONS:
        Path("a.yaml").write_bytes(still_a_trajectory(chance))
        holds(fii, "report", "a.yaml", "--output", f"{audience}.{wanted}", "--audience", audience, *DAY)


@pytest.mark.parametrize("seed", SEEDS)
def test_settings_and_own_instruments_end_as_documented(fii: Fii, here: Path, seed: int) -> None:
    chance = random.Random(f"settings{seed}")
    Path(".fii/instruments").mkdir(parents=True)
    Path("a.yaml").write_text(examples()["thuis-leren-verzonnen"], encoding="utf-8")
    toml = (
        b'language = "nl"\n[check]\nfail-on = "advice"\nselect = ["FII4"]\nexclude = ["oud/"]\n'
        b"[counts]\nhinders = 20\n"
        b'[rules.FII421]\nweeks = 8\n[style]\naccent = "#7a1f5c"\nfont = ["Calibri"]\nfooter = "Bel"\n'
    )
    instruments = [
        path.read_text(encoding="utf-8") for path in sorted((CONTENT / "instruments").glob("*.yaml"))
    ]
    instruments.append((CONTENT / "rules/FII041/right.yaml").read_text(encoding="utf-8"))
    for _ in range(4):
        Path("fii.toml").write_bytes(spoiled(toml, chance) if chance.random() < 0.7 else toml)
        own = chance.choice((by_bytes, by_structure))(chance.choice(instruments), chance)
        Path(".fii/instruments/eigen.yaml").write_bytes(own)
        for words in (*chance.sample(READING, 3), ("guide",), ("questionnaire", "wijkscan")):
            holds(fii, *words)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_table_of_answers_ends_as_documented(fii: Fii, here: Path, seed: int) -> None:
    chance = random.Random(f"table{seed}")
    text = examples()["thuis-leren-verzonnen"]
    Path("a.yaml").write_text(text, encoding="utf-8")
    holds(fii, "questionnaire", "quickscan", "--output", "q.csv")
    holds(fii, "questionnaire", "quickscan", "--output", "q.xlsx")
    heads = Path("q.csv").read_bytes()
    answers = ("ja", "nee", "deels", "", "²", "weet ik niet")
    rows = "".join("giving;" + ";".join(chance.choice(answers) for _ in range(18)) + "\r\n" for _ in range(8))
    for _ in range(6):
        Path("q.csv").write_bytes(spoiled(heads + rows.encode(), chance))
        holds(fii, *IMPORT, "q.csv")
        Path("r.xlsx").write_bytes(spoiled(Path("q.xlsx").read_bytes(), chance))
        holds(fii, *IMPORT, "r.xlsx")
    assert Path("a.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("seed", SEEDS)
def test_a_form_that_came_back_ends_as_documented(fii: Fii, here: Path, seed: int) -> None:
    chance = random.Random(f"form{seed}")
    text = examples()["thuis-leren-verzonnen"]
    Path("a.yaml").write_text(text, encoding="utf-8")
    Path("in").mkdir()
    quickscan = handbook().instrument("quickscan")
    form = {
        "fii_answers": 1,
        "instrument": "quickscan",
        "version": version_of(quickscan),
        "trajectory": "Thuis Leren naar Stichting Voorbeeld",
        "name": "Thuis Leren",
        "perspective": "giving",
        "form": "0" * 32,
        "saved": 1,
        "answers": {item.id: "deels" for item in quickscan.items},
    }
    raw = json.dumps(form, indent=2).encode()
    Path("in/0.json").write_bytes(raw)
    for at in range(8):
        Path(f"in/{at % 3}.json").write_bytes(spoiled(raw, chance))
        holds(fii, *IMPORT, "in")
        holds(fii, "import", "a.yaml", f"in/{at % 3}.json", "--dry-run")
    assert Path("a.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("seed", range(2 * TIMES))
def test_a_template_ends_as_documented(fii: Fii, here: Path, seed: int) -> None:
    chance = random.Random(f"template{seed}")
    Path(".fii/templates").mkdir(parents=True)
    page = "# {{ report.title }}\n{% for p in report.phases %}{{ p.name | md }}\n{% endfor %}{{ _('Red') }}\n"
    for _ in range(3):
        Path("a.yaml").write_bytes(by_structure(examples()["thuis-leren-verzonnen"], chance))
        Path(".fii/templates/report.md.j2").write_bytes(spoiled(page.encode(), chance))
        holds(fii, "report", "a.yaml", "--format", "md", "--output", "-", *DAY)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_kept_to_take_back_ends_as_documented(fii: Fii, here: Path, seed: int) -> None:
    chance = random.Random(f"undo{seed}")
    Path("a.yaml").write_text(examples()["minimaal"], encoding="utf-8")
    for number in range(3):
        holds(fii, "set", "a.yaml", "summary", f"iets {number}")
    kept = sorted(Path(".fii/undo").glob("*/*.json"))
    before = Path("a.yaml").read_bytes()
    for path in kept:
        path.write_bytes(spoiled(path.read_bytes(), chance))
    holds(fii, "undo", "a.yaml", "--dry-run")
    assert Path("a.yaml").read_bytes() == before
    holds(fii, "set", "a.yaml", "summary", "weer iets")
