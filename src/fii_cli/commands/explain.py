"""``fii explain``: explain a rule, or a term of the handbook."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from fii_cli.commands.guide import show
from fii_cli.commands.options import (
    AsJson,
)
from fii_cli.commands.say import say_json
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import OK
from fii_cli.guide.pages import page_for
from fii_cli.handbook import load
from fii_cli.handbook.citations import cite
from fii_cli.language import N_, msg
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
        show(page, terminal, as_json)
        return OK
    if rule is None:
        near = nearest(code.upper(), list(BY_CODE))
        raise Refused(
            msg("unknown rule {code}", code=code),
            msg("did you mean {word}?", word=near) if near else msg("fii explain shows all codes"),
        )
    say, handbook = terminal.say, load.handbook()
    text = handbook.rule(rule.code)
    example = shown_example(load.rule_example(rule.code)[0])
    if as_json:
        say_json(
            terminal,
            {
                "code": rule.code,
                "severity": rule.severity.label,
                "name": say.pick(text.name),
                "why": say.pick(text.why),
                "do": say.pick(text.do),
                "limits": dict(rule.limits),
                "source": cite(text.source, handbook, say),
                "example": example,
            },
        )
        return OK
    severity = terminal.paint(say(SEVERITIES[rule.severity.label]), COLOUR[rule.severity])
    code_ = terminal.paint(rule.code, COLOUR[rule.severity], bold=True)
    terminal.out(f"{code_} {severity}")
    terminal.out(terminal.bold(terminal.wrap(say.pick(text.name))))
    for title, words in ((N_("Why"), text.why), (N_("What to do"), text.do)):
        terminal.out("", terminal.bold(say(title)), terminal.wrap(say.pick(words), "  "))
    if rule.limits:
        terminal.out("", terminal.bold(say("Configurable in fii.toml")), f"  {settled_as(rule)}")
    if example:
        terminal.out("", terminal.bold(say("Example")))
        _show_highlighted(example, terminal)
    source = say("Source: {source}", source=cite(text.source, handbook, say))
    terminal.out("", terminal.dim(terminal.wrap(source)))
    return OK


def settled_as(rule: Rule) -> str:
    """The limits of a rule, as a line of ``fii.toml``."""
    numbers = ", ".join(f"{name} = {value}" for name, value in rule.limits.items())
    return f"[rules.{rule.code}] {numbers}"


def shown_example(text: str) -> str:
    """An example without the comments for tests, and with a visible sign for invisible line breaks."""
    kept = [
        line for line in text.replace("\u2028", "␤").split("\n") if not re.match(r"# (?:as-of|expect):", line)
    ]
    return "\n".join(re.sub(r"\s*# expect:.*$", "", line) for line in kept).strip("\n")


def _list(terminal: Terminal, as_json: bool) -> int:
    say, handbook = terminal.say, load.handbook()
    if as_json:
        say_json(
            terminal,
            [
                {"code": r.code, "severity": r.severity.label, "name": say.pick(handbook.rule(r.code).name)}
                for r in RULES
            ],
        )
        return OK
    terminal.out(columns([(rule.code, say.pick(handbook.rule(rule.code).name)) for rule in RULES], terminal))
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
