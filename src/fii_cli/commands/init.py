"""``fii init``: set up a repository for trajectories."""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

import typer
from jinja2 import Environment, FunctionLoader, StrictUndefined

from fii_cli import __version__, resources
from fii_cli.commands.options import closed_value
from fii_cli.commands.prompts import confirmed, kept_as
from fii_cli.commands.say import say_next
from fii_cli.commands.schema import schema_text, settings_schema_text
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import OK
from fii_cli.handbook import Handbook, load
from fii_cli.language import CODES, N_, Language, Message, count, msg
from fii_cli.output.concise import SEVERITIES
from fii_cli.project import git, save
from fii_cli.project.context import project_of
from fii_cli.project.editor import editor_settings, editor_tasks, snippets
from fii_cli.project.files import SCHEMA, SETTINGS_SCHEMA
from fii_cli.project.git import local
from fii_cli.project.home import FOLDERS
from fii_cli.suggest import one_of_values
from fii_cli.terminal import NotAsked, Terminal
from fii_cli.words import meant

Forge = Literal["github", "gitlab", "forgejo", "none"]
FORGES: tuple[Forge, ...] = get_args(Forge)
SUMMARY = N_(
    "Set up a repository: settings, schema, editor, and checks on every change. Nothing is overwritten."
)
EXAMPLES = (
    ("fii init", N_("choose a forge, see every file, and confirm")),
    ("fii init --forge github --dry-run", N_("only show what would be written")),
    ("fii init --forge gitlab --yes", N_("without questions")),
    ("fii init --git", N_("in each clone: git diff shows facts, and git merge goes by record")),
)
_HOSTS: dict[str, Forge] = {
    "github": "github",
    "gitlab": "gitlab",
    "forgejo": "forgejo",
    "codeberg": "forgejo",
    "code.overheid.nl": "forgejo",
}
"""Parts of the URL of a repository that identify its forge."""
_DUE: dict[Forge, tuple[str, str]] = {
    "github": (".github/workflows/fii-due.yml", "due-github.yml"),
    "forgejo": (".forgejo/workflows/fii-due.yml", "due-forgejo.yml"),
}
"""The weekly job of ``fii due``; GitLab has it in the file of its other jobs."""
_CI: dict[Forge, tuple[str, str]] = {
    "github": (".github/workflows/fii.yml", "github.yml"),
    "gitlab": (".gitlab-ci.yml", "gitlab.yml"),
    "forgejo": (".forgejo/workflows/fii.yml", "forgejo.yml"),
}


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file of the setup; ``path`` is relative to the folder that is set up."""

    path: str
    text: str


def run(
    context: typer.Context,
    folder: Annotated[
        str, typer.Argument(metavar=N_("FOLDER"), help=N_("the folder to set up (default: this folder)"))
    ] = ".",
    forge: Annotated[
        str | None,
        typer.Option("--forge", metavar="|".join(FORGES), help=N_("where the repository is hosted")),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=N_("write without asking"))] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("show what would be written, and write nothing"))
    ] = False,
    due: Annotated[
        bool,
        typer.Option(
            "--due", help=N_("also a weekly job that keeps one issue with everything that has a date")
        ),
    ] = False,
    in_git: Annotated[
        bool, typer.Option("--git", help=N_("only configure this clone, in .git/config: git then calls fii"))
    ] = False,
) -> int:
    terminal: Terminal = context.obj
    say = terminal.say
    if in_git:
        if forge is not None or due:
            extra = "--forge" if forge is not None else "--due"
            raise Refused(msg("--git writes no files"), msg("omit {flags}", flags=extra))
        _configure(terminal, folder, dry_run=dry_run)
        return OK
    wanted = _forge(terminal, forge, folder, yes or dry_run)
    if due and wanted == "none":
        raise Refused(msg("an issue needs a forge"), msg("add {flags}", flags="--forge"))
    files = setup(wanted, say, project_of(os.path.join(folder, SCHEMA)).handbook, due=due)
    new = [made for made in files if not save.exists(os.path.join(folder, made.path))]
    for made in files:
        _show(terminal, made, there=made not in new)
    _offer_git(terminal, folder)
    if not new:
        terminal.note(say("everything is already set up"))
        return OK
    if dry_run:
        terminal.note(say("would write {path}", path=", ".join(made.path for made in new)))
        return OK
    if not yes and not terminal.interactive:
        raise NotAsked(("--yes",))
    if not yes:
        words = ["fii", "init", folder, "--forge", wanted, *(["--due"] if due else [])]
        with kept_as(terminal, lambda: shlex.join(words)):
            agreed = confirmed(terminal, say(count(len(new), "{n} file", "{n} files")))
        if not agreed:
            terminal.note(say("nothing was written"))
            return OK
    for made in new:
        path = os.path.normpath(os.path.join(folder, made.path))
        save.write_new(path, made.text)
        terminal.out(say("wrote {path}", path=path))
    home = os.path.normpath(os.path.join(folder, FOLDERS[say.code]))
    say_next(terminal, f"fii new {shlex.quote(home + '/')}")
    return OK


def _configure(terminal: Terminal, folder: str, *, dry_run: bool) -> None:
    """Write to the configuration of a clone what it lacks. Raises :class:`Refused` outside a repository."""
    say = terminal.say
    place = git.place_of(os.path.join(folder, "x"))
    if place is None:
        raise Refused(git.NO_REPOSITORY, msg("run git init, or name a folder in a repository"))
    try:
        there = local.settings_there(place.root)
        written = () if dry_run else local.write_settings(place.root)
    except git.NoAnswer as silence:
        raise Refused(silence.why) from None
    for key, value in local.SETTINGS.items():
        if there.get(key) == value:
            terminal.note(say("{key} is already set", key=key))
        elif key in there:
            terminal.note(say("{key} is kept: {value}", key=key, value=there[key]))
        elif key in written:
            terminal.out(say("wrote {path}", path=f"{key} = {value}"))
        else:
            terminal.note(say("would write {path}", path=f"{key} = {value}"))


def _offer_git(terminal: Terminal, folder: str) -> None:
    """Show what each clone needs before git calls fii, unless this one has it."""
    place = git.place_of(os.path.join(folder, "x"))
    try:
        if place is None or local.settings_there(place.root).keys() == local.SETTINGS.keys():
            return
    except git.NoAnswer:  # whatever asked git before has told why
        return
    say = terminal.say
    terminal.note(terminal.bold(say("In each clone, because git does not copy its configuration:")))
    for key, value in local.SETTINGS.items():
        terminal.note(terminal.dim(f"  git config --local {key} {shlex.quote(value)}"))
    terminal.note(say("{command} does this", command="fii init --git"))


def _forge(terminal: Terminal, forge: str | None, folder: str, quiet: bool) -> Forge:
    """The forge from ``--forge``, else from the URL of the repository, else from the user's answer."""
    if forge is not None:
        return closed_value("--forge", forge, FORGES)
    origin = git.origin_of(folder) or ""
    known = next((each for name, each in _HOSTS.items() if name in origin), None)
    if known or quiet:
        return known or "none"
    if not terminal.interactive:
        raise NotAsked(("--forge", "--yes"))

    def check(answer: str) -> str | Message:
        return meant(answer, FORGES) or one_of_values(FORGES)

    question = terminal.say("Where is the repository hosted? github, gitlab, forgejo or none")
    answer = terminal.ask(terminal.wrap(question), check, terminal.say("none"))
    return closed_value("--forge", answer or "none", FORGES)


def setup(
    forge: Forge, say: Language, handbook: Handbook | None = None, *, due: bool = False
) -> tuple[ReadyFile, ...]:
    """Every file for a repository of trajectories, in the language of ``say``.

    With ``due`` there is a weekly job that keeps an issue with everything that has a date. The schema knows
    the instruments of ``handbook`` (default: those that come with fii).
    """
    folder = FOLDERS[say.code]
    languages = [resources.language(code) for code in CODES]
    words = {name: tuple(each(word) for each in languages) for name, word in SEVERITIES.items()}
    files = {
        f"{folder}/.gitkeep": "",
        "fii.toml": _filled("fii.toml", say),
        ".gitattributes": _filled("gitattributes", say),
        ".gitignore": _filled("gitignore", say),
        ".pre-commit-config.yaml": _filled("pre-commit.yaml", say),
        SCHEMA: schema_text(handbook or load.handbook(), say),
        SETTINGS_SCHEMA: settings_schema_text(say),
        ".vscode/settings.json": _json(editor_settings(folder, f"./{SCHEMA}")),
        ".vscode/tasks.json": _json(editor_tasks(say, words)),
        ".vscode/fii.code-snippets": _json(snippets(say)),
        ".vscode/extensions.json": _json(
            {"recommendations": ["redhat.vscode-yaml", "tamasfe.even-better-toml"]}
        ),
    }
    if forge in _CI:
        path, name = _CI[forge]
        files[path] = _filled(name, say, due=due)
    if due and forge in _DUE:
        path, name = _DUE[forge]
        files[path] = _filled(name, say)
    return tuple(ReadyFile(path, text) for path, text in files.items())


def _filled(name: str, say: Language, *, due: bool = False) -> str:
    environment = Environment(
        loader=FunctionLoader(resources.template),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.get_template(f"init/{name}.j2")
    reports = "rapporten" if say.code == "nl" else "reports"
    return template.render(
        _=say,
        lang=say.code,
        version=__version__,
        reports=reports,
        settings_schema=SETTINGS_SCHEMA,
        folder=FOLDERS[say.code],
        due=due,
    )


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _show(terminal: Terminal, made: ReadyFile, *, there: bool) -> None:
    """Show a file as it would be written; an existing file is kept, and ours is shown for comparison."""
    say = terminal.say
    stays = f"  {say('already exists and is kept; fii would write:')}" if there else ""
    terminal.note(f"{terminal.bold(made.path)}{stays}")
    lines = made.text.splitlines()
    if len(lines) > _LONG:
        lines = [say("{n} lines", n=len(lines))]
    for line in lines:
        terminal.note(terminal.dim(f"  {line}"))


_LONG = 60
"""Of a longer file only the number of lines is shown: nobody reads a schema here."""
