"""A comparison of versions as text, Markdown, a page and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fii_cli.changes.conclusions import Concluded
from fii_cli.changes.facts import At, Change
from fii_cli.commands.diff_versions import Comparison
from fii_cli.diagnostics import Remark
from fii_cli.language import Language, Message, count
from fii_cli.plain_markdown import MOST_CHARACTERS, plain
from fii_cli.report.changes import ChangedFile, ChangesPage, Part, Told
from fii_cli.report.shapes import Sign
from fii_cli.terminal import Terminal
from fii_cli.trajectory.base import Record
from fii_cli.words import Audience


@dataclass(frozen=True, slots=True)
class FileDiff:
    """What changed in one file, or in ``gap`` the reason why that cannot be told.

    ``title`` is that of the later version. ``layout`` is whether the text differs and none of its facts.
    """

    path: str
    title: str
    gap: Message | None = None
    facts: tuple[Change, ...] = ()
    concluded: tuple[Concluded, ...] = ()
    told: Told | None = None
    layout: bool = False


def _parts(diff: FileDiff, say: Language) -> Iterator[Part]:
    """What changed in a file, in the order in which it is told."""
    assert diff.told is not None
    yield from diff.told.conclusions
    for heading, lines in (
        (say("Facts in the file"), diff.told.facts),
        (say("Only worded otherwise"), diff.told.wording),
    ):
        if lines:
            yield Part(heading, lines)


def _versions(comparison: Comparison, say: Language) -> str:
    before, after = (say(version.name) for version in (comparison.before, comparison.after))
    return say("from {before} to {after}", before=before, after=after)


def as_text(comparison: Comparison, diffs: Sequence[FileDiff], terminal: Terminal) -> None:
    """Write a comparison to the terminal."""
    say = terminal.say
    terminal.out(terminal.dim(terminal.wrap(_versions(comparison, say))))
    if not diffs:
        terminal.out("", say("Nothing changed."))
    for diff in diffs:
        terminal.out("")
        if diff.title:
            terminal.headline(diff.title, diff.path)
        else:
            terminal.out(terminal.dim(diff.path))
        if diff.gap:
            terminal.out(terminal.wrap(say(diff.gap), "  "))
            continue
        for part in _parts(diff, say):
            terminal.out("", terminal.bold(terminal.wrap(part.heading)))
            for line in part.lines:
                terminal.out(
                    terminal.paint(terminal.wrap(f"{line.sign} {line.text}", "  ", "  "), _COLOURS[line.sign])
                )
        if diff.layout:
            terminal.out(terminal.wrap(say("Only its layout or its comments changed."), "  "))


_COLOURS = {"+": "green", "-": "red", "~": "cyan"}


def as_markdown(comparison: Comparison, diffs: Sequence[FileDiff], say: Language) -> str:
    """A comparison for a pull request; what does not fit in a comment is left out, and counted."""
    blocks = [f"## {say('What changed')}", plain(_versions(comparison, say))]
    if not diffs:
        blocks.append(say("Nothing changed."))
    size, left = sum(map(len, blocks)), 0
    for diff in diffs:
        for block in _markdown_blocks(diff, say):
            size += len(block) + 2
            if size > MOST_CHARACTERS:
                left += block.count("\n- ") + block.startswith("- ")
            else:
                blocks.append(block)
    if left:
        blocks.append(say(count(left, "{n} more change is left out", "{n} more changes are left out")))
    return "\n\n".join(blocks) + "\n"


def _markdown_blocks(diff: FileDiff, say: Language) -> Iterator[str]:
    yield f"### {plain(diff.title)} – {plain(diff.path)}" if diff.title else f"### {plain(diff.path)}"
    if diff.gap:
        yield plain(say(diff.gap))
        return
    for part in _parts(diff, say):
        yield f"**{part.heading}**"
        lines = [f"- {_SIGNS[line.sign]} {plain(line.text)}" for line in part.lines]
        for start in range(0, len(lines), _LINES_TOGETHER):
            yield "\n".join(lines[start : start + _LINES_TOGETHER])
    if diff.layout:
        yield say("Only its layout or its comments changed.")


_SIGNS = {"+": "➕", "-": "➖", "~": "✏️"}
_LINES_TOGETHER = 50


def as_page(comparison: Comparison, diffs: Sequence[FileDiff], say: Language) -> str:
    """A comparison as an HTML page."""
    from fii_cli.pages.render import render_changes

    changed = tuple(
        ChangedFile(
            diff.title,
            diff.path,
            say(diff.gap) if diff.gap else "",
            tuple(_parts(diff, say)) if diff.told else (),
            diff.layout,
        )
        for diff in diffs
    )
    words: dict[Sign, str] = {"+": say("new: "), "-": say("gone: "), "~": say("changed: ")}
    signs: dict[Sign, str] = {"+": "+", "-": "−", "~": "→"}
    return render_changes(ChangesPage(say.code, _versions(comparison, say), changed, signs, words), say)


def as_json_record(
    comparison: Comparison, audience: Audience, diffs: Sequence[FileDiff], say: Language
) -> dict[str, Any]:
    """A comparison as data: what came has no ``before``, and what went no ``after``."""
    sides = {
        name: {"name": say(version.name), "day": version.day.isoformat(), "commit": version.commit}
        for name, version in (("before", comparison.before), ("after", comparison.after))
    }
    return {"version": 1, "audience": audience, **sides, "files": [_file_record(diff, say) for diff in diffs]}


def _file_record(diff: FileDiff, say: Language) -> dict[str, Any]:
    return {
        "path": diff.path,
        "title": diff.title,
        "gap": say(diff.gap) if diff.gap else None,
        "conclusions": [
            {
                "subject": each.subject,
                "about": _plain(each.about, say),
                "before": _plain(each.before, say),
                "after": _plain(each.after, say),
            }
            for each in diff.concluded
        ],
        "facts": [fact_record(each, say) for each in diff.facts],
        "layout": diff.layout,
    }


def fact_record(change: Change, say: Language) -> dict[str, Any]:
    """A fact that came, went or changed, as data."""
    return {
        "place": [_plain(step, say) for step in change.place],
        "before": _plain(change.before, say),
        "after": _plain(change.after, say),
    }


def _plain(value: Any, say: Language) -> Any:
    """A value as data: a record as its keys, a finding as its code and message, a date as it is written."""
    if isinstance(value, At):
        return [_plain(each, say) for each in value.key]
    if isinstance(value, Remark):
        return {"code": value.code, "severity": value.severity.label, "message": say(value.message)}
    if isinstance(value, Record):
        shown = {name: getattr(value, name) for name in type(value).model_fields}
        return {name: _plain(each, say) for name, each in shown.items() if each not in (None, (), {})}
    if isinstance(value, dict):
        return {str(key): _plain(each, say) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each, say) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
