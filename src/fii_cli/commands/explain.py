"""``fii explain``: explain a rule, or a term of the handbook."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from fii_cli.commands.guide import show as show_page
from fii_cli.commands.options import (
    AsJson,
)
from fii_cli.commands.say import say_json
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import OK
from fii_cli.guide.pages import page_for
from fii_cli.handbook import load
from fii_cli.handbook.citations import cite
from fii_cli.language import N_, Language, msg
from fii_cli.output.concise import SEVERITIES
from fii_cli.output.text import COLOUR
from fii_cli.project.context import project_of
from fii_cli.rules import BY_CODE, RULES, Rule
from fii_cli.suggest import nearest
from fii_cli.terminal import Terminal, columns

SUMMARY = N_("Explain a fii check code, a checklist item or a term: why it matters, what to do, an example.")
EXAMPLES = (
    ("fii explain FII211", N_("one code")),
    ("fii explain 2a.cultuur", N_("a checklist item, or another term of the handbook")),
    ("fii explain", N_("all codes")),
)


def run(
    context: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("CODE"),
            help=N_("a code such as FII211, or a term of the handbook"),
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    if code is None:
        return _list(terminal, as_json)
    rule = BY_CODE.get(code.upper())
    if rule is None and (page := page_for(code, project_of("-").handbook, terminal.say)):
        show_page(page, terminal, as_json)
        return OK
    if rule is None:
        near = nearest(code.upper(), list(BY_CODE))
        raise Refused(
            msg("unknown rule {code}", code=code),
            msg("did you mean {word}?", word=near) if near else msg("fii explain shows all codes"),
        )
    if as_json:
        say_json(terminal, _record(rule, terminal.say))
    else:
        _show(rule, terminal)
    return OK


def _record(rule: Rule, say: Language) -> dict[str, object]:
    handbook = load.handbook()
    text = handbook.rule(rule.code)
    return {
        "code": rule.code,
        "severity": rule.severity.label,
        "name": say.pick(text.name),
        "why": say.pick(text.why),
        "do": say.pick(text.do),
        "speaks": say.pick(text.speaks),
        "limits": dict(rule.limits),
        "source": cite(text.source, handbook, say),
        "example": _example(rule),
    }


def _example(rule: Rule) -> str:
    return shown_example(load.rule_example(rule.code)[0])


def _show(rule: Rule, terminal: Terminal) -> None:
    say, handbook = terminal.say, load.handbook()
    text, example = handbook.rule(rule.code), _example(rule)
    colour = COLOUR[rule.severity]
    severity = terminal.paint(say(SEVERITIES[rule.severity.label]), colour)
    terminal.out(f"{terminal.paint(rule.code, colour, bold=True)} {severity}")
    terminal.out(terminal.bold(terminal.wrap(say.pick(text.name))))
    parts = ((N_("Why"), text.why), (N_("What to do"), text.do), (N_("When fii says so"), text.speaks))
    for title, words in parts:
        terminal.out("", terminal.bold(say(title)), terminal.wrap(say.pick(words), "  "))
    if rule.limits:
        terminal.out("", terminal.bold(say("Configurable in fii.toml")), f"  {settled_as(rule)}")
    if example:
        terminal.out("", terminal.bold(say("Example")))
        _show_highlighted(example, terminal)
    source = say("Source: {source}", source=cite(text.source, handbook, say))
    terminal.out("", terminal.dim(terminal.wrap(source)))


def settled_as(rule: Rule) -> str:
    """The limits of a rule, as a line of ``fii.toml``."""
    numbers = ", ".join(f"{name} = {value}" for name, value in rule.limits.items())
    return f"[rules.{rule.code}] {numbers}"


def shown_example(text: str) -> str:
    """An example without the comments for tests, and with a visible sign for invisible line breaks."""
    lines = text.replace("\u2028", "␤").split("\n")
    kept = [line for line in lines if not re.match(r"# (?:as-of|expect):", line)]
    return "\n".join(re.sub(r"\s*# expect:.*$", "", line) for line in kept).strip("\n")


def _list(terminal: Terminal, as_json: bool) -> int:
    say, handbook = terminal.say, load.handbook()
    names = {rule.code: say.pick(handbook.rule(rule.code).name) for rule in RULES}
    if as_json:
        records = [{"code": r.code, "severity": r.severity.label, "name": names[r.code]} for r in RULES]
        say_json(terminal, records)
    else:
        terminal.out(columns(list(names.items()), terminal))
    return OK


def _show_highlighted(example: str, terminal: Terminal) -> None:
    if not terminal.colour:
        for line in example.splitlines():
            terminal.out(f"  {line}")
        return
    from rich.padding import Padding
    from rich.syntax import Syntax

    syntax = Syntax(example, "yaml", theme="ansi_light", background_color="default", word_wrap=True)
    terminal.draw(Padding(syntax, (0, 2)))
