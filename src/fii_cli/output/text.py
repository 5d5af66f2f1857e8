"""Findings for people: the message, the location in a code frame, and the remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fii_cli.diagnostics import Diagnostic, Severity, Span
from fii_cli.handbook import load
from fii_cli.rules.groups import grouped, heading
from fii_cli.rules.seen import Judged, Lines
from fii_cli.terminal import Terminal
from fii_cli.terminal.screen import BREAK, wrapped
from fii_cli.visible import visible, visible_words

_LONGEST = 2_000
COLOUR = {Severity.ERROR: "red", Severity.ADVICE: "yellow", Severity.INFO: "blue"}


def as_text(judgements: Sequence[Judged], terminal: Terminal) -> str:
    """All findings, a code frame for each group, in the order of the files."""
    blocks = [
        _block(group, judgement.document, terminal)
        for judgement in judgements
        for group in grouped(judgement.diagnostics)
    ]
    return f"{BREAK}{BREAK}".join(blocks)


def _block(group: Sequence[Diagnostic], document: Lines, terminal: Terminal) -> str:
    say, diagnostic = terminal.say, group[0]
    colour = COLOUR[diagnostic.severity]
    title = say(diagnostic.message)
    if len(group) > 1:
        title = heading(load.handbook().rule_name(diagnostic.code), group, say)
    gutter = " " * max(
        len(str(span.line)) for span in (diagnostic.span, *(span for span, _ in diagnostic.related))
    )
    lines = [
        f"{terminal.paint(diagnostic.code, colour, bold=True)} {terminal.bold(title)}",
        f"{gutter} {terminal.dim('┌─')} {diagnostic.place}",
    ]
    same = diagnostic.label == diagnostic.hint  # the hint would repeat the label
    label = say(diagnostic.label) if diagnostic.label and not same else ""
    lines += _frame(diagnostic.span, label, colour, gutter, document, terminal)
    for span, message in diagnostic.related:
        if span.line != diagnostic.span.line:
            lines.append(f"{gutter} {terminal.dim('…')}")
        lines += _frame(span, say(message), "blue", gutter, document, terminal, mark="-")
    lines += [_remark(name, text, gutter, terminal) for name, text in _told(group, terminal)]
    lines.append(_remark(say("more"), f"fii explain {diagnostic.code}", gutter, terminal))
    return BREAK.join(lines)


def _told(group: Sequence[Diagnostic], terminal: Terminal) -> Iterator[tuple[str, str]]:
    """The remarks below a code frame: each message of a group with its line, and what helps."""
    say = terminal.say
    hints = dict.fromkeys(say(each.hint) for each in group if each.hint)
    for each in group if len(group) > 1 else ():
        told = say(each.message)
        if each.hint and len(hints) > 1:
            told += f" – {say(each.hint)}"
        for span, message in each.related if each is not group[0] else ():
            told += f" ({say('line {n}', n=span.line)}: {say(message)})"
        yield say("line {n}", n=each.span.line), told
    if len(hints) == 1:
        yield say("help"), next(iter(hints))


def _remark(name: str, text: str, gutter: str, terminal: Terminal) -> str:
    indent = f"{gutter} = {name}: "
    return indent + terminal.wrap(text, " " * len(indent))[len(indent) :]


def _short(label: str) -> str:
    """A label, shortened if it quotes a very long value."""
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def _frame(
    span: Span, label: str, colour: str, gutter: str, document: Lines, terminal: Terminal, mark: str = "^"
) -> list[str]:
    bar = terminal.dim("│")
    before, here, after = parts_of(document.line(span.line), span)
    source, column, length = before + here + after, len(before), len(here)
    room = max(terminal.width - len(gutter) - 3, 12)
    start = 0
    if column + 1 + min(length, 20) > room:
        start = max(0, column + 1 - room // 3)
    shown = source[start : start + room]
    if start:
        shown = "…" + shown[1:]
    if start + room < len(source):
        shown = shown[:-1] + "…"
    column -= start
    marks = mark * max(1, min(length, room - column))
    pointer = " " * column + terminal.paint(marks, colour)
    label = visible_words(label)
    if label and column + len(marks) + 1 + len(label) <= room:
        pointer += " " + terminal.paint(label, colour)
        label = ""
    lines = [f"{span.line:>{len(gutter)}} {bar} {shown}".rstrip(), f"{gutter} {bar} {pointer}"]
    if label:
        parts = wrapped(_short(label), room)
        lines += [f"{gutter} {bar} {terminal.paint(part, colour)}" for part in parts]
    return lines


def parts_of(source: str, span: Span) -> tuple[str, str, str]:
    """A line in three visible parts: before a span, the span itself, and after it."""
    first = span.column - 1
    last = span.end_column - 1 if span.end_line == span.line else len(source)
    cuts = (source[:first], source[first:last], source[last:])
    before, here, after = (visible(part.replace("\t", " ")) for part in cuts)
    return before, here, after
