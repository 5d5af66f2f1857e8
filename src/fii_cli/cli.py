"""The commands, in order, and the single place where exceptions become messages."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from fii_cli import __version__
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import INTERRUPTED, NOT_DONE, OK
from fii_cli.language import CODES, N_, Message, msg
from fii_cli.project import git
from fii_cli.project.files import CannotOpen, settled_language
from fii_cli.pydantic_start import words_as_given
from fii_cli.resources import language, preferred_language
from fii_cli.terminal import NotAsked, Terminal, columns
from fii_cli.terminal.opened import COLOURS, open_terminal
from fii_cli.unexpected import in_words


class Listed(NamedTuple):
    """A command in the list of ``fii --help``; its module is imported only when it runs."""

    name: str
    group: str
    summary: str


COMMANDS = (
    Listed("new", N_("Begin"), N_("start a trajectory")),
    Listed("entry", N_("Begin"), N_("show the entry-point matrix and the starting point")),
    Listed("guide", N_("Begin"), N_("read the handbook")),
    Listed("status", N_("Every day"), N_("show the status of trajectories, and the next step")),
    Listed("due", N_("Every day"), N_("show everything with a date, of all trajectories")),
    Listed("agenda", N_("Every day"), N_("make one page for a meeting")),
    Listed("assess", N_("Every day"), N_("rate the lights of a phase")),
    Listed("minutes", N_("Every day"), N_("make the minutes of a meeting from the trajectory")),
    Listed("advance", N_("Every day"), N_("record a decision, and enter the next phase")),
    Listed("add", N_("Every day"), N_("add one fact: a contact, a task, a decision")),
    Listed("set", N_("Every day"), N_("change one value")),
    Listed("done", N_("Every day"), N_("close an action: did it help?")),
    Listed("merge", N_("Every day"), N_("merge two versions of a trajectory")),
    Listed("undo", N_("Every day"), N_("undo the last change")),
    Listed("score", N_("Every day"), N_("show the score of a trajectory")),
    Listed("barriers", N_("Every day"), N_("show what hinders now, and which actions address it")),
    Listed("strategies", N_("Every day"), N_("show which strategies address what hinders, and why")),
    Listed("questionnaire", N_("Every day"), N_("generate the questionnaire of an instrument")),
    Listed("import", N_("Every day"), N_("count survey answers, or merge a workbook that came back")),
    Listed("workbook", N_("Every day"), N_("write an Excel file for colleagues to fill in")),
    Listed("plan", N_("Every day"), N_("turn strategies into actions")),
    Listed("diff", N_("Every day"), N_("show what changed since another version")),
    Listed("compare", N_("Every day"), N_("show candidates or organisations side by side")),
    Listed("trend", N_("Every day"), N_("show how trajectories went over time")),
    Listed("check", N_("Check and explain"), N_("check trajectories")),
    Listed("explain", N_("Check and explain"), N_("explain a code, an item or a strategy")),
    Listed("report", N_("Report"), N_("generate a report")),
    Listed("preview", N_("Report"), N_("show the report beside your editor")),
    Listed("portfolio", N_("Report"), N_("show several trajectories together")),
    Listed("init", N_("Set up"), N_("set up a repository: settings, editor, checks on every change")),
    Listed("schema", N_("Set up"), N_("write the JSON Schema for editors")),
    Listed("upgrade", N_("Set up"), N_("bring a trajectory to the current file format")),
    Listed("completion", N_("Set up"), N_("complete commands, options and ids with Tab in your shell")),
)
GENERAL = (
    ("--lang nl|en", N_("the language of fii, for any command")),
    ("--color auto|always|never", N_("when to use colour, for any command")),
    ("-h, --help", N_("show this help")),
)


def run(words: list[str]) -> int:
    """Run a command line and return its exit code: 0, 1, 2, or 130 on Ctrl-C."""
    terminal = open_terminal(language(preferred_language(None)), "auto")
    git.begin()
    try:
        settings, words, refused = _general_options(words)
        terminal = open_terminal(
            language(preferred_language(settings["--lang"], settled_language())), settings["--color"]
        )
        if refused:
            raise refused
        try:
            code = _app()(words, prog_name="fii", standalone_mode=False, obj=terminal)
        finally:
            for line in git.told():
                terminal.note(terminal.say(line))
        sys.stdout.flush() if sys.stdout else None
        return code if isinstance(code, int) else OK
    except Refused as error:
        where = f"{error.path}: " if isinstance(error, CannotOpen) else ""
        return _refuse(terminal, where + terminal.say(error.message), error.hint)
    except NotAsked as error:
        return _refuse(
            terminal,
            terminal.say("this needs an answer, but the terminal is not interactive"),
            msg("add {flags}", flags=" ".join(error.flags)),
        )
    except typer.TyperException as error:
        return _refuse(terminal, *_usage(error, terminal))
    except (KeyboardInterrupt, EOFError, typer.Abort):
        terminal.note("")
        return INTERRUPTED
    except OSError as error:
        return unwritten(error, terminal)
    except SystemExit as error:  # typer raises this when a pipe breaks
        return _exit_quietly() if error.code == 1 else int(error.code or 0)
    except Exception as error:
        message, hint = in_words(error)
        return _refuse(terminal, terminal.say(message), hint)


def unwritten(error: OSError, terminal: Terminal | None = None) -> int:
    """Say that the output cannot be written, unless its reader has gone; returns the exit code."""
    if isinstance(error, BrokenPipeError):
        return _exit_quietly()
    why = error.strerror or type(error).__name__
    _discard_output()
    terminal = terminal or open_terminal(language(preferred_language(None, settled_language())), "auto")
    return _refuse(terminal, terminal.say("cannot write the output: {why}", why=why))


def _exit_quietly() -> int:
    """The reader closed the pipe: exit quietly."""
    _discard_output()
    return OK


def _discard_output() -> None:
    """Discard pending output; otherwise Python retries at exit and prints an error."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(terminal: Terminal, message: str, hint: Message | None = None) -> int:
    terminal.refuse(message, hint)
    return NOT_DONE


def _general_options(words: list[str]) -> tuple[dict[str, Any], list[str], Refused | None]:
    """Extract ``--lang`` and ``--color`` from any position, since even help depends on them.

    An invalid value is returned as an error, so that the message is in the requested language.
    """
    settings: dict[str, Any] = {"--lang": None, "--color": "auto"}
    rest: list[str] = []
    refused = None
    stream = iter(words)
    for word in stream:
        name, equals, value = word.partition("=")
        if word == "--":
            return settings, [*rest, word, *stream], refused
        if name not in settings:
            rest.append(word)
            continue
        value = value if equals else next(stream, "")
        allowed = CODES if name == "--lang" else COLOURS
        if value.lower() in allowed:
            settings[name] = value.lower()
        else:
            refused = Refused(
                msg("invalid value {value} for {option}", value=value or "''", option=name),
                msg("choose from: {words}", words=", ".join(allowed)),
            )
    return settings, rest, refused


def _usage(error: typer.TyperException, terminal: Terminal) -> tuple[str, Message | None]:
    """Our message and hint for an error of typer, which tells its errors apart only by class."""
    kind, context = type(error).__name__, getattr(error, "ctx", None)
    command = context.command_path if context else "fii"
    more = msg("see {command}", command=f"{command} --help")
    if kind == "NoSuchOption":
        near, option = getattr(error, "possibilities", None), getattr(error, "option_name", "")
        hint = msg("did you mean {word}?", word=near[0]) if near else more
        if option[1:2].isdigit():
            words = f"{command} … -- {option}"
            hint = msg("put a value that starts with - after --: {command}", command=words)
        return terminal.say("unknown option {option}", option=option), hint
    if kind == "MissingParameter":
        parameter = getattr(error, "param", None)
        name = _metavar(parameter, terminal) if parameter else ""
        return terminal.say("{name} is missing", name=name), more
    if kind == "BadOptionUsage":
        return terminal.say("{option} requires a value", option=getattr(error, "option_name", "")), more
    if kind == "BadParameter":
        parameter = getattr(error, "param", None)
        option = parameter.opts[0] if parameter else ""
        limits = _limits(option, parameter)
        return terminal.say("invalid value for {option}", option=option), limits or more
    unexpected = re.search(r"unexpected extra argument\(s\) \((.*)\)$", error.message)
    if unexpected:
        return terminal.say("unexpected argument: {words}", words=unexpected[1]), more
    return terminal.say("invalid command line"), more


def _limits(option: str, parameter: Any) -> Message | None:
    """What an option with a number can have; ``None`` for any other."""
    try:
        schema = parameter.get_runtime_param().adapter.json_schema()
    except Exception:  # typer does not promise this, and the message does without
        return None
    kind = schema.get("anyOf", [schema])[0]
    if kind.get("type") == "number":
        return msg("{option} is a number, such as {example}", option=option, example="0.5")
    least, most = kind.get("minimum"), kind.get("maximum")
    if least is None:
        return None
    if most is None:
        return msg("{option} is a whole number from {least}", option=option, least=least)
    return msg("{option} is a whole number from {least} to {most}", option=option, least=least, most=most)


def _metavar(parameter: Any, terminal: Terminal) -> str:
    if parameter.param_type_name == "argument":
        return terminal.say(parameter.metavar or parameter.name.upper())
    names = ", ".join((*parameter.opts, *parameter.secondary_opts))
    if parameter.is_flag:
        return names
    return f"{names} {terminal.say(parameter.metavar or 'TEXT')}"


class Command(TyperCommand):
    """A command whose help starts with examples, in the language of the terminal."""

    def get_params(self, ctx: Any) -> list[Any]:
        return words_as_given(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        module = sys.modules[self.callback.__module__]
        terminal: Terminal = ctx.obj
        say = terminal.say
        lines = [terminal.wrap(say(module.SUMMARY))]
        lines += _block(terminal, say("Examples"), [(e, say(text)) for e, text in module.EXAMPLES])
        parameters: list[Any] = list(self.params)
        arguments = [p for p in parameters if p.param_type_name == "argument"]
        options = [p for p in parameters if p.param_type_name == "option"]
        words = [ctx.command_path, f"[{say('OPTIONS')}]"]
        for argument in arguments:
            shown = _metavar(argument, terminal) + ("…" if argument.nargs == -1 else "")
            needed = argument.required or argument.name in getattr(module, "NEEDED", ())
            words.append(shown if needed else f"[{shown}]")
        lines += ["", f"{terminal.bold(say('Usage') + ':')} {' '.join(words)}"]
        rows = [(_metavar(p, terminal), say(p.help)) for p in arguments if p.help]
        lines += _block(terminal, say("Arguments"), rows)
        rows = [(_metavar(p, terminal), say(p.help)) for p in options if p.help and "--help" not in p.opts]
        rows += [(name, say(text)) for name, text in GENERAL]
        formatter.write(terminal.shown(*lines, *_block(terminal, say("Options"), rows)))


def _block(terminal: Terminal, title: str, rows: list[tuple[str, str]]) -> list[str]:
    return ["", terminal.bold(title), columns(rows, terminal)] if rows else []


class Program(TyperGroup):
    """The commands; only the one that runs is imported."""

    def get_params(self, ctx: Any) -> list[Any]:
        return words_as_given(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return command_named(cmd_name) if cmd_name in self.list_commands(ctx) else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise Refused(*_no_such_command(args[0]))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        terminal: Terminal = ctx.obj
        say = terminal.say
        lines = [terminal.wrap(f"fii {__version__} – {say(_TAGLINE)}")]
        for group in dict.fromkeys(command.group for command in COMMANDS):
            rows = [(command.name, say(command.summary)) for command in COMMANDS if command.group == group]
            lines += _block(terminal, say(group), rows)
        rows = [*((name, say(text)) for name, text in GENERAL), ("--version", say("show the version"))]
        lines += _block(terminal, say("Options"), rows)
        more = terminal.wrap(say("fii COMMAND --help shows examples of a command."))
        formatter.write(terminal.shown(*lines, "", more))


@cache  # typer asks for it twice
def command_named(name: str) -> Any:
    """The command with a name, and its parameters."""
    module = import_module(f"fii_cli.commands.{name}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=Command, context_settings=_HELP)(module.run)
    return typer.main.get_command(app)


_TAGLINE = N_("an innovation and implementation trajectory in one file")
_HELP = {"help_option_names": ["-h", "--help"]}
_ASKING_HELP = [[name] for name in _HELP["help_option_names"]]


def _no_such_command(word: str) -> tuple[Message, Message]:
    from difflib import get_close_matches

    near = get_close_matches(word, [command.name for command in COMMANDS], 1)
    hint = (
        msg("did you mean {word}?", word=f"fii {near[0]}")
        if near
        else msg("see {command}", command="fii --help")
    )
    return msg("unknown command {word}", word=word), hint


def _app() -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)

    @app.callback(cls=Program, invoke_without_command=True, context_settings=_HELP)
    def home(context: typer.Context) -> int | None:
        if context.invoked_subcommand is None:
            from fii_cli.commands.status import home as show_home

            return show_home(context)
        return None

    # typer makes a group only if the app has a command; Program lists the real ones.
    app.command("status")(lambda: None)
    return typer.main.get_command(app)
