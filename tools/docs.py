"""Regenerate the generated blocks in README.md and docs/; the hand-written text around them is kept.

    python tools/docs.py [--check] [--pictures]

``--check`` writes nothing, and exits 1 if anything is out of date. ``--pictures`` takes the screenshots,
which requires chromium; everything else needs only fii.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from cogapp import Cog
from rich.console import Console
from rich.text import Text

from fii_cli.analysis.recommendations import CRITERIA
from fii_cli.cli import COMMANDS, run
from fii_cli.commands.explain import settled_as, shown_example
from fii_cli.commands.init import FORGES, setup
from fii_cli.edits.kinds import KINDS, keys_of
from fii_cli.exit_codes import NOT_DONE
from fii_cli.frozen import Key
from fii_cli.handbook.citations import cite
from fii_cli.handbook.load import handbook, rule_example
from fii_cli.language import Code, Language
from fii_cli.output.concise import SEVERITIES
from fii_cli.report import EDITIONS
from fii_cli.report.json_report import ReportTold
from fii_cli.report.sections import SECTIONS
from fii_cli.resources import CONTENT, EXAMPLES, language
from fii_cli.rules import RULES, Rule
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REACHES, Record
from fii_cli.words import AUDIENCES, PHASES, Audience, label

ROOT = Path(__file__).parents[1]
_NAMES = (
    "first-steps",
    "commands",
    "rules",
    "format",
    "settings",
    "instruments",
    "strategies",
    "method",
    "ci",
    "privacy",
    "house-style",
)
PAGES = (
    "README.md",
    "docs/report-json.en.md",
    *(f"docs/{name}.{code}.md" for name in _NAMES for code in ("en", "nl")),
)
TERMINAL = ROOT / "docs/img/terminal.svg"
IMAGES = ROOT / "docs/img"
DAY = "2025-03-10"
_HEADS: dict[Code, tuple[str, ...]] = {
    "en": ("Key", "Value", "Meaning", "Reaches"),
    "nl": ("Sleutel", "Waarde", "Betekenis", "Bereikt"),
}
_KINDS: dict[Code, dict[str, str]] = {
    "en": {"period": "date or period"},
    "nl": {
        "date": "datum",
        "period": "datum of periode",
        "number": "getal",
        "list": "lijst",
        "keys": "sleutels",
        "text": "tekst",
        "text or list": "tekst of lijst",
    },
}


def fii(*words: str, folder: Path = EXAMPLES, colour: bool = False) -> str:
    """The output of a command line, as in a terminal of a hundred columns."""
    here, before = Path.cwd(), dict(os.environ)
    out = io.StringIO()
    try:
        os.chdir(folder)
        for name in (
            "NO_COLOR",
            "FORCE_COLOR",
            "FII_LANG",
            "LC_ALL",
            "LC_MESSAGES",
            "LANG",
            "SOURCE_DATE_EPOCH",
        ):
            os.environ.pop(name, None)
        os.environ.update(COLUMNS="100", TERM="xterm-256color")
        with redirect_stdout(out), redirect_stderr(out):
            code = run([*words, "--color", "always" if colour else "never"])
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)
    if code == NOT_DONE:  # commands in the docs have to work
        sys.exit(f"fii {' '.join(words)}\n{out.getvalue()}")
    return out.getvalue()


def session(lang: Code, *lines: str) -> str:
    """A terminal session: each command line with its output, in a temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        shown = []
        for line in lines:
            words = shlex.split(line)[1:]
            shown.append(f"$ {line}\n{fii(*words, '--lang', lang, folder=Path(name))}")
        return "```console\n" + "\n".join(text.rstrip("\n") + "\n" for text in shown) + "```"


def commands(lang: Code) -> str:
    """Every command with its help."""
    general = f"```text\n{fii('--help', '--lang', lang).rstrip()}\n```"
    each = (
        f"## fii {c.name}\n\n```text\n{fii(c.name, '--help', '--lang', lang).rstrip()}\n```" for c in COMMANDS
    )
    return "\n\n".join((general, *each))


def _example(written: str, language_of_it: str, say: Language) -> str:
    """The example of a rule, if it has one."""
    if not written:
        return ""
    return f"{say('Example')}:\n\n```{language_of_it}\n{shown_example(written)}\n```\n\n"


def rules(lang: Code) -> str:
    """Every rule with its explanation, example and source."""
    say, book = language(lang), handbook()
    parts = []
    for rule in RULES:
        text = book.rule(rule.code)
        written, language_of_it = rule_example(rule.code)
        parts.append(
            f"## {rule.code}\n\n"
            f"**{_sentence(say.pick(text.name))}** ({say(SEVERITIES[rule.severity.label])})\n\n"
            f"{say.pick(text.why)}\n\n"
            f"{say('What to do')}: {say.pick(text.do)}\n\n"
            f"{say('When fii says so')}: {_uncapitalised(say.pick(text.speaks))}\n\n"
            f"{_limits(rule, say)}"
            f"{_example(written, language_of_it, say)}"
            f"{say('Source: {source}', source=cite(text.source, book, say))}"
        )
    return "\n\n".join(parts)


def limits(lang: Code) -> str:
    """The thresholds of rules that a repository can configure."""
    say, book = language(lang), handbook()
    heads = {
        "en": ("Rule", "What it is about", "Setting"),
        "nl": ("Regel", "Waar die over gaat", "Instelling"),
    }
    rows = [
        (rule.code, say.pick(book.rule(rule.code).name), f"`{name} = {value}`")
        for rule in RULES
        for name, value in rule.limits.items()
    ]
    return _table(heads[lang], rows)


def kinds(lang: Code) -> str:
    """The kinds of fact that ``fii add`` can add, with their keys."""
    say = language(lang)
    heads = {"en": ("Kind", "What it is", "Keys"), "nl": ("Soort", "Wat het is", "Sleutels")}
    rows = [
        (
            f"`{kind.name}`",
            say(kind.summary),
            ", ".join(
                f"**`{key.name}`**" if key.required else f"`{key.name}`"
                for key in keys_of(kind, date.fromisoformat(DAY))
            ),
        )
        for kind in KINDS
    ]
    return _table(heads[lang], rows)


def instruments(lang: Code) -> str:
    """The instruments that come with fii."""
    say, book = language(lang), handbook()
    heads = {
        "en": ("Instrument", "What", "Items", "Ratings"),
        "nl": ("Instrument", "Wat", "Punten", "Beoordelingen"),
    }
    rows = [
        (
            f"`{each.id}`",
            f"{say.pick(each.name)}; {cite(each.source, book, say)}",
            str(sum(len(group.items) for group in each.groups)),
            ", ".join(f"`{value.id}`" for value in each.scale.values) if each.scale else "",
        )
        for each in book.instruments
    ]
    return _table(heads[lang], rows)


def strategies(lang: Code) -> str:
    """The catalogue, cluster by cluster."""
    say, book = language(lang), handbook()
    heads = {
        "en": ("Strategy", "What it is", "Phases", "Source"),
        "nl": ("Strategie", "Wat het is", "Fasen", "Bron"),
    }
    parts = []
    for cluster in book.catalogue.clusters:
        rows = [
            (
                f"`{each.id}`",
                f"**{say.pick(each.name)}.** {say.pick(each.meaning)}",
                ", ".join(str(PHASES.index(phase) + 1) for phase in each.phases),
                cite(each.source, book, say),
            )
            for each in book.catalogue.strategies.values()
            if each.cluster == cluster.id
        ]
        parts.append(f"## {say.pick(cluster.name)}\n\n{_table(heads[lang], rows)}")
    return "\n\n".join(parts)


def criteria(lang: Code) -> str:
    """The criteria that order strategies, from first to last."""
    say = language(lang)
    return "\n".join(f"{number}. {say(step.name)}" for number, step in enumerate(CRITERIA, 1))


def own_instrument() -> str:
    """An example of a repository's own instrument: the valid example of its rule."""
    text = (CONTENT / "rules/FII041/right.yaml").read_text(encoding="utf-8")
    return f"```yaml\n{text}```"


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _limits(rule: Rule, say: Language) -> str:
    if not rule.limits:
        return ""
    return f"{say('Configurable in fii.toml')}: `{settled_as(rule)}`\n\n"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def format_(lang: Code) -> str:
    """Every key of a trajectory, part by part."""
    say = language(lang)
    parts = []
    for title, record in _parts("", Trajectory):
        rows = [
            (f"`{name}`", _kind(info.annotation, lang), say(info.description or ""), _reach(info, say))
            for name, info in record.model_fields.items()
        ]
        heading = f"## `{title}`" if title else f"## {say('Trajectory')}"
        parts.append(f"{heading}\n\n{_table(_HEADS[lang], rows)}")
    return "\n\n".join(parts)


def _reach(info: Key, say: Language) -> str:
    """The widest audience that may see a key."""
    extra: Any = info.json_schema_extra
    return say(label(extra[REACHES]))


def editions(lang: Code) -> str:
    """The keys that editions for others hide, by audience."""
    say = language(lang)
    reach: dict[str, Audience] = {"": "public"}
    found: dict[Audience, list[str]] = {}
    for title, record in _parts("", Trajectory):
        for name, info in record.model_fields.items():
            extra: Any = info.json_schema_extra
            route = f"{title}.{name}".strip(".")
            reach[route] = min(reach[title], extra[REACHES], key=AUDIENCES.index)
            if reach[route] != reach[title]:  # keys in a hidden part need not be listed again
                found.setdefault(reach[route], []).append(f"`{route}`")
    heads = {"en": ("Reaches", "Keys"), "nl": ("Bereikt", "Sleutels")}
    rows = [
        (say(label(each)), ", ".join(found[each]))
        for each in AUDIENCES
        if each in ("file", "team", "steering")
    ]
    return _table(heads[lang], rows)


def report_json() -> str:
    """Every key of a report in JSON."""
    schema = ReportTold.model_json_schema()
    parts = []
    for title, record in {"Report": schema, **schema["$defs"]}.items():
        rows = [(f"`{name}`", each.get("description", "")) for name, each in record["properties"].items()]
        parts.append(f"## {title}\n\n{record.get('description', '')}\n\n{_table(('Key', 'Meaning'), rows)}")
    return "\n\n".join(parts)


def template_parts() -> str:
    """The blocks of the default template, which a custom template can override, in the order of a page."""
    names = ["header", *(section.id for section in SECTIONS), "footer"]
    return ", ".join(f"`{name}`" for name in names)


def file_of(name: str, lang: Code) -> str:
    """A file as ``fii init`` writes it."""
    files = (made for forge in FORGES for made in setup(forge, language(lang)))
    text = next(made.text for made in files if made.path == name)
    return f"```yaml\n{text}```"


def _parts(title: str, record: type[Record]) -> Iterator[tuple[str, type[Record]]]:
    yield title, record
    for name, info in record.model_fields.items():
        for inner in _records_in(info.annotation):
            yield from _parts(f"{title}.{name}".strip("."), inner)


def _records_in(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _records_in(part)


def _kind(annotation: Any, lang: Code) -> str:
    text = str(annotation)
    if next(_records_in(annotation), None):
        kind = "list" if "tuple" in text else "keys"
    elif words := list(_literals(annotation)):
        return ", ".join(f"`{word}`" for word in words)
    else:
        kinds = (
            ("Period", "period"),
            ("OneOrMore", "text or list"),
            ("Date", "date"),
            ("float", "number"),
            ("int", "number"),
            ("tuple", "list"),
        )
        kind = next((kind for sign, kind in kinds if sign in text), "text")
    return _KINDS[lang].get(kind, kind)


def _literals(annotation: Any) -> Iterator[str]:
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        else:
            yield from _literals(part)


def terminal_picture() -> str:
    """An image of the terminal: a check with two findings, as SVG text without external fonts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = (EXAMPLES / "signaal-uit-de-wijk.yaml").read_text(encoding="utf-8")
        text = text.replace("candidate], funding: wettelijk", "kandidaat], funding: wettelijk")
        (folder / "post-op-tafel.yaml").write_text(
            text.replace("2a.kandidaten", "2a.kandidaat"), encoding="utf-8"
        )
        (folder / "samen-leren.yaml").write_bytes((EXAMPLES / "thuis-leren-verzonnen.yaml").read_bytes())
        shown = "$ fii check post-op-tafel.yaml\n"
        shown += fii(
            "check", "post-op-tafel.yaml", "--as-of", DAY, "--lang", "en", folder=folder, colour=True
        )
        shown += "\n$ fii status thuis-leren.yaml\n"
        (folder / "samen-leren.yaml").rename(folder / "thuis-leren.yaml")
        shown += fii("status", "thuis-leren.yaml", "--as-of", DAY, "--lang", "en", folder=folder, colour=True)
    console = Console(
        record=True, width=104, file=io.StringIO(), force_terminal=True, color_system="standard"
    )
    console.print(Text.from_ansi(shown))
    svg = console.export_svg(title="fii", unique_id="fii")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S)
    svg = re.sub(r"Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono", svg)
    return re.sub(r"[ \t]+$", "", svg, flags=re.M)


def _words_in(picture: str) -> list[str]:
    """What a picture of the terminal shows; versions of rich draw the same words differently."""
    return [line for line in re.findall(r"<text [^>]*>([^<]*)</text>", picture) if line.strip()]


def pictures() -> None:
    """Take screenshots with chromium: of each edition of a report, and of the other pages."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("chromium not found: the screenshots are unchanged")
    quiet = "--headless --no-sandbox --disable-gpu --hide-scrollbars --disable-background-networking"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        example = str(EXAMPLES / "thuis-leren-verzonnen.yaml")
        for edition in EDITIONS:
            fii(
                "report", example, "--as-of", DAY, "--audience", edition, "--output", f"{name}/{edition}.html"
            )
        fii("portfolio", str(EXAMPLES), "--as-of", DAY, "--output", f"{name}/portfolio/", "--lang", "nl")
        asked = ("questionnaire", "quickscan", "--for", example, "--name", "Thuis Leren", "--lang", "nl")
        fii(*asked, "--perspective", "receiving", "--output", f"{name}/questionnaire.html")
        of_day = (example, "--as-of", DAY, "--format", "html", "--lang", "nl")
        fii("agenda", *of_day, "--output", f"{name}/agenda.html")
        (folder / "trend.html").write_text(fii("trend", *of_day), encoding="utf-8")
        pages = {each: folder / f"{each}.html" for each in (*EDITIONS, "agenda", "trend", "questionnaire")}
        for picture, page in (pages | {"portfolio": folder / "portfolio/index.html"}).items():
            profile = [f"--user-data-dir={name}/profile", "--window-size=1100,1320"]
            words = [
                chromium,
                *quiet.split(),
                *profile,
                f"--screenshot={IMAGES / picture}.png",
                page.as_uri(),
            ]
            subprocess.run(words, check=True, capture_output=True)


def main() -> int:
    check = "--check" in sys.argv
    if "--pictures" in sys.argv:
        pictures()
    stale = []
    picture = terminal_picture()
    if not TERMINAL.is_file() or _words_in(TERMINAL.read_text(encoding="utf-8")) != _words_in(picture):
        stale.append(TERMINAL.relative_to(ROOT).as_posix())
        if not check:
            TERMINAL.write_text(picture, encoding="utf-8")
    module = ModuleType("docs")
    functions = (
        *(
            session,
            commands,
            kinds,
            rules,
            limits,
            instruments,
            strategies,
            criteria,
            own_instrument,
            format_,
        ),
        *(editions, report_json, template_parts, file_of),
    )
    for function in functions:
        setattr(module, function.__name__, function)
    sys.modules["docs"] = module
    os.chdir(ROOT)
    for page in PAGES:
        before = Path(page).read_text(encoding="utf-8")
        cog = Cog()
        cog.options.replace = False
        out = io.StringIO()
        cog.options.eof_can_be_end = False
        cog.process_file(io.StringIO(before), out, fname=page)
        if out.getvalue() != before:
            stale.append(page)
            if not check:
                Path(page).write_text(out.getvalue(), encoding="utf-8")
    for name in stale:
        print(f"{name} {'is out of date: run make docs' if check else 'updated'}")
    missing = [
        name
        for name in (*EDITIONS, "agenda", "trend", "portfolio", "questionnaire")
        if not (IMAGES / f"{name}.png").is_file()
    ]
    for name in missing:
        print(f"docs/img/{name}.png not found: run make pictures")
    return int(check and bool(stale or missing))


if __name__ == "__main__":
    sys.exit(main())
