"""``fii merge``: bring two versions of a trajectory together, by the identity of their records."""

from __future__ import annotations

import os
import re
import shlex
from functools import partial
from typing import Annotated

import typer

from fii_cli.changes.conflict import Conflict, Side
from fii_cli.commands.change import difference, say_not_undoable
from fii_cli.commands.merge_three import Answers, Result, Three, document_of, file_at, merged_of, three_of
from fii_cli.commands.merge_words import (
    change_line,
    changes_as_data,
    conflict_lines,
    conflicts_as_data,
)
from fii_cli.commands.options import AsJson, DryRun, a_file
from fii_cli.commands.say import say_json, say_next
from fii_cli.commands.which_file import meant_file
from fii_cli.diagnostics import Refused
from fii_cli.edits.line_merge import as_git_left
from fii_cli.edits.merged import comments_left
from fii_cli.exit_codes import FOUND, OK
from fii_cli.language import N_, Message, count, msg
from fii_cli.project import files, save
from fii_cli.project.context import Project, project_of
from fii_cli.project.files import CannotOpen
from fii_cli.project.git.stages import in_conflict, stages_of
from fii_cli.suggest import one_of
from fii_cli.terminal import Terminal
from fii_cli.words import meant
from fii_cli.yaml.document import BREAK
from fii_cli.yaml.read import read

SUMMARY = N_(
    "Merge two versions of a trajectory: keep what both sides added, and report contradictions as conflicts."
)
EXAMPLES = (
    ("fii merge buurt-leren.yaml", N_("solve the conflict that git left in this file")),
    ("fii merge base.yaml ours.yaml theirs.yaml -o merged.yaml", N_("merge three files")),
    ("fii merge --driver %O %A %B %P", N_("as git's merge driver, in .git/config")),
)
_SIDES: tuple[Side, ...] = ("ours", "theirs")
_SKIP = "skip"
_LABELS = re.compile(r"^<{7} ?(.*?)\r?$.*?^>{7} ?(.*?)\r?$", re.MULTILINE | re.DOTALL)

Versions = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=N_("FILE"),
        help=N_("a file with a conflict in git (default: the only one here), or base, ours and theirs"),
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar=N_("FILE"), help=N_("the merged file (default: print it), for three files")
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help=N_("merge again, and overwrite what you changed after git's merge"))
]
Driver = Annotated[bool, typer.Option("--driver", help=N_("run as git's merge driver, with %O %A %B %P"))]


def run(
    context: typer.Context,
    versions: Versions = None,
    output: Output = None,
    driver: Driver = False,
    force: Force = False,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    versions = versions or []
    if driver:
        return _as_driver(terminal, versions)
    if len(versions) < 2 and output is None:
        path = _conflicted(versions[0] if versions else None)
        return _in_place(terminal, path, as_json=as_json, dry_run=dry_run, force=force)
    if len(versions) == 3:
        return _three_files(terminal, versions, output, as_json=as_json, dry_run=dry_run)
    raise Refused(
        msg("name one file with a conflict, or three versions: base, ours and theirs"),
        msg("see {command}", command="fii merge --help"),
    )


# --- the three forms ----------------------------------------------------------------------------------------


def _conflicted(named: str | None) -> str:
    """The trajectory that is meant: without a name, the only one with a conflict in this repository.

    Raises :class:`Refused` if there are several.
    """
    if named is not None:
        return meant_file(named)
    known = [path for path in in_conflict(".") if _is_trajectory(path)]
    if len(known) > 1:
        raise Refused(
            msg("{n} trajectories have a merge conflict; which one is meant?", n=len(known)), one_of(known)
        )
    return known[0] if known else meant_file(None)


def _in_place(terminal: Terminal, path: str, *, as_json: bool, dry_run: bool, force: bool) -> int:
    """Solve the conflict that git left in a file."""
    stages = stages_of(a_file(path))
    there = files.read_file(path).text
    names = _LABELS.search(there)
    ours = document_of(stages.ours, path)
    project = project_of(path)
    if names is None and not force and not _same_text(there, ours.text):
        return _solved_by_hand(terminal, path, project, as_json=as_json)
    if not ours.problems and "\r\n" in there and "\r\n" not in ours.text:  # as git converted them
        ours = read(BREAK.sub("\r\n", ours.text))
    our_name, their_name = (names[1], names[2]) if names else ("ours", "theirs")
    base = None if stages.base is None else document_of(stages.base, path)
    theirs = document_of(stages.theirs, path)
    three = three_of(path, base, ours, theirs, our_name, their_name)
    left_so = (
        force
        or names is None
        or as_git_left(there, base.text if base else "", ours.text, theirs.text)
        or save.is_last_written(path, project.own_folder)
        or _same_text(there, merged_of(three, Answers()).text)  # by the merge driver
    )
    if not left_so:
        raise Refused(
            msg("{path} has changed since git left its conflict, so nothing was merged", path=path),
            msg(
                "solve the rest by hand, or overwrite those changes with {command}",
                command=shlex.join(["fii", "merge", path, "--force"]),
            ),
        )
    asking = terminal.interactive and not as_json and not dry_run
    result = merged_of(three, _asking(terminal, three) if asking else Answers())
    if dry_run:
        if not as_json:
            terminal.out(*difference(three.ours.document, read(result.text), path, terminal))
            terminal.note(terminal.say("nothing was written"))
    else:
        command = shlex.join(["fii", "merge", path])
        not_kept = partial(say_not_undoable, terminal)
        mark = _mark_of(stages.ours) if not _mark_of(files.trajectory_bytes(path)) else ""
        made = read(mark + result.text)
        save.rewrite(path, lambda _: made, command, three.project.own_folder, not_kept)
    return _said(terminal, three, result, path, as_json=as_json, add=not dry_run)


def _solved_by_hand(terminal: Terminal, path: str, project: Project, *, as_json: bool) -> int:
    """Say that a file has no conflict left; :class:`Refused` if it has errors."""
    judged = project.judge(path, files.read_file(path), project.today)
    if judged.errors:
        first = judged.errors[0]
        raise Refused(
            msg(
                "{path} has no conflict markers left, but has an error on line {line}: {why}",
                path=path,
                line=first.span.line,
                why=first.message,
            ),
            msg(
                "fix it, or merge again with {command}",
                command=shlex.join(["fii", "merge", path, "--force"]),
            ),
        )
    if as_json:
        data = {"path": path, "merged": True, "changes": [], "conflicts": []}
        say_json(terminal, data | {"comments_left_out": [], "text": None})
        return OK
    terminal.note(terminal.say("{path} has no conflict markers left, so nothing was merged", path=path))
    say_next(terminal, shlex.join(["git", "add", path]))
    return OK


def _mark_of(raw: bytes) -> str:
    """The byte order mark at the start of a text, if there is one."""
    return "\ufeff" if raw.startswith(b"\xef\xbb\xbf") else ""


def _is_trajectory(path: str) -> bool:
    try:
        return files.is_trajectory(files.read_file(path).text)
    except CannotOpen:
        return False


def _same_text(one: str, other: str) -> bool:
    return BREAK.sub("\n", one) == BREAK.sub("\n", other)


def _three_files(
    terminal: Terminal, versions: list[str], output: str | None, *, as_json: bool, dry_run: bool
) -> int:
    """Merge three files, and print or write the result."""
    base, ours, theirs = (file_at(path) for path in versions)
    three = three_of(versions[1], base, ours, theirs, versions[1], versions[2])
    asking = terminal.interactive and output is not None and not as_json and not dry_run
    if output is not None and output != "-":
        _must_have_folder(output)
    result = merged_of(three, _asking(terminal, three) if asking else Answers())
    text = _mark_of(files.trajectory_bytes(versions[1])) + result.text
    if output is None or output == "-":
        if not as_json:
            terminal.document(text.removesuffix("\n"))
    elif not dry_run:
        if os.path.realpath(output) == os.path.realpath(versions[1]):
            save.write_over(output, text)
        else:
            save.write_new(output, text)
    return _said(terminal, three, result, output or "-", as_json=as_json, add=False)


def _must_have_folder(output: str) -> None:
    """Raise :class:`CannotOpen` for a file in a folder that does not exist."""
    folder = os.path.dirname(output)
    if folder and not save.exists(folder):
        raise CannotOpen(
            output,
            msg("the folder {folder} does not exist", folder=folder),
            msg("make it first, or choose another name"),
        )


def _as_driver(terminal: Terminal, versions: list[str]) -> int:
    """Merge for git: %A gets the result, and exit code 1 tells git that a conflict is left."""
    if len(versions) != 4:
        raise Refused(
            msg("git gives a merge driver four names: %O %A %B %P"),
            msg("write {command} in .git/config", command="driver = fii merge --driver %O %A %B %P"),
        )
    base, ours, theirs = (file_at(path) for path in versions[:3])
    three = three_of(versions[3], base, ours, theirs, "ours", "theirs")
    result = merged_of(three, Answers())
    save.write_over(versions[1], _mark_of(files.trajectory_bytes(versions[1])) + result.text)
    for conflict in result.left:
        for line in conflict_lines(conflict, terminal, "ours", "theirs"):
            terminal.note(line)
    _say_comments(terminal, three, result)
    return FOUND if result.left else OK


# --- asking and telling -------------------------------------------------------------------------------------


def _asking(terminal: Terminal, three: Three) -> Answers:
    """Answers from the user, who can also leave a conflict for later."""

    def check(answer: str) -> str | Message:
        found = meant(answer, (*_SIDES, _SKIP))
        return found or msg("answer ours, theirs or skip")

    def ask(conflict: Conflict) -> Side | None:
        terminal.note("", *conflict_lines(conflict, terminal, *_named(three)))
        question = terminal.say("Which one stays? ours, theirs or skip")
        answer = terminal.ask(question, check, _SKIP)
        return next((side for side in _SIDES if side == answer), None)

    return Answers(ask=ask)


def _named(three: Three) -> tuple[str, str]:
    """What the sides are called: in a rebase, ours is the branch that the commits are put on."""
    names = []
    for side, name in (("ours", three.our_name), ("theirs", three.their_name)):
        names.append(side if name == side else f"{side} ({name})")
    return names[0], names[1]


def _said(terminal: Terminal, three: Three, result: Result, path: str, *, as_json: bool, add: bool) -> int:
    code = FOUND if result.left else OK
    changes = result.done.merged.changes
    comments = _comments(three, result)
    if as_json:
        data = {
            "path": path,
            "merged": not result.left,
            "changes": changes_as_data(changes),
            "conflicts": conflicts_as_data(result.kept),
            "comments_left_out": list(comments),
            "text": result.text if path == "-" else None,
        }
        say_json(terminal, data)
        return code
    say = terminal.say
    for line in (change_line(each, terminal) for each in changes):
        terminal.note(f"  {line}")
    _say_comments(terminal, three, result)
    if result.left:
        n = len(result.left)
        words = count(n, "{path}: {n} conflict is left", "{path}: {n} conflicts are left", path=path)
        terminal.note(terminal.bold(say(words)))
        for conflict in result.left:
            for line in conflict_lines(conflict, terminal, *_named(three)):
                terminal.note(f"  {line}")
        if add:
            say_next(terminal, say("choose between the markers in {path}, then git add", path=path))
        return code
    words = count(len(changes), "{path}: merged {n} change", "{path}: merged {n} changes", path=path)
    terminal.note(terminal.bold(say(words)))
    if add:
        say_next(terminal, shlex.join(["git", "add", path]))
    return code


def _comments(three: Three, result: Result) -> tuple[str, ...]:
    """The comments that a side added and the result does not have."""
    base = three.base.document if three.base else None
    found = comments_left(base, three.ours.document, three.theirs.document, result.done.document)
    kept = {line.strip() for line in BREAK.split(result.text)} if result.left else set()
    return tuple(each for each in found if each not in kept)


def _say_comments(terminal: Terminal, three: Three, result: Result) -> None:
    comments = _comments(three, result)
    if comments:
        terminal.note(terminal.say("comments that are left out:"))
        for each in comments:
            terminal.note(f"  {each}")
