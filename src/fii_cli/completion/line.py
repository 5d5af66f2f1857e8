"""Which parameter the word under the cursor is, and the candidates for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from fii_cli.completion.asked import Asked, Candidate, after
from fii_cli.completion.commands import COMMANDS, GENERAL
from fii_cli.completion.parameters import Options, Parameters, trajectories
from fii_cli.completion.paths import TRAJECTORIES
from fii_cli.language import Language


@dataclass
class Line:
    """A command line, read as far as it can be: a user is still typing it.

    ``word`` is what was typed of the value, and ``before`` what is in front of it in the same word, such as
    ``--set=``. ``option`` is the option whose value it is, ``earlier`` and ``later`` the arguments around it.
    """

    command: str = ""
    word: str = ""
    before: str = ""
    option: str = ""
    names_option: bool = False
    earlier: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)


def line_of(words: Sequence[str], at: int) -> Line:
    """The command line in these words, of which the one at ``at`` is to be completed."""
    line = Line()
    waiting, only_arguments = "", False
    for index, word in enumerate(words):
        is_option = word.startswith("-") and not only_arguments
        name, equals, value = word.partition("=") if is_option else (word, "", "")
        if index == at:
            line.option = waiting or (name if equals else "")
            line.before, line.word = (f"{name}=", value) if equals and not waiting else ("", word)
            line.names_option = is_option and not line.option
        elif waiting:
            line.options.setdefault(waiting, []).append(word)
        elif word == "--" and not only_arguments:
            only_arguments = True
            continue
        elif is_option and word != "-":
            line.options.setdefault(name, []).extend([value] if equals else [])
            waiting = "" if equals or not _options_of(line.command).get(name) else name
            continue
        elif not line.command:
            line.command = word
        else:
            (line.earlier if index < at else line.later).append(word)
        waiting = ""
    return line


def candidates(line: Line, say: Language, shown: bool) -> Iterator[Candidate]:
    """The whole words that can stand where the cursor is."""
    found = (each for each in _found(line, say, shown) if _fits(each, line.word))
    unique = {each.value: each for each in reversed([*found])}
    return after(line.before, reversed(unique.values()))


def _fits(candidate: Candidate, word: str) -> bool:
    """Whether a candidate continues what was typed; capitals are the same, as for fii itself."""
    value = candidate.value
    return value.isprintable() and value != "" and value.casefold().startswith(word.casefold())


def _found(line: Line, say: Language, shown: bool) -> Iterable[Candidate]:
    parameters = COMMANDS.get(line.command)
    if line.names_option:
        return _option_names(line, say, shown)
    if line.option in GENERAL or parameters is None:
        return _general(line, say, shown)
    options = {name: tuple(values) for name, values in line.options.items()}
    asked = Asked(line.command, line.word, None, (), options, say, shown)
    if line.option:
        takes = parameters.options.get(line.option)
        return takes(_with_file(asked, parameters, [*line.earlier, *line.later])) if takes else ()
    return _argument(line, parameters, asked)


def _general(line: Line, say: Language, shown: bool) -> Iterable[Candidate]:
    takes = GENERAL.get(line.option)
    if takes:
        return takes(Asked("", line.word, None, (), {}, say, shown))
    if line.command or line.option:
        return ()
    from fii_cli import cli

    return (Candidate(each.name, say(each.summary)) for each in cli.COMMANDS)


def _options_of(command: str) -> Options:
    return {**(COMMANDS[command].options if command in COMMANDS else {}), **GENERAL}


def _option_names(line: Line, say: Language, shown: bool) -> Iterator[Candidate]:
    """The options that can still be given, each with its help if the shell shows it."""
    known = _options_of(line.command)
    many = COMMANDS[line.command].many if line.command in COMMANDS else ()
    helps = _helps(line.command, say) if shown else {}
    for name in [*known, *(["--version"] if not line.command else [])]:
        if name not in line.options or name in many:
            yield Candidate(name, helps.get(name, ""))


def _helps(command: str, say: Language) -> dict[str, str]:
    """The help of the options, as ``--help`` shows it."""
    from fii_cli import cli

    found = {name.split()[0]: say(text) for names, text in cli.GENERAL for name in names.split(", ")}
    found["--version"] = say("show the version")
    if command in COMMANDS:
        for parameter in cli.command_named(command).params:
            for name in (*parameter.opts, *parameter.secondary_opts):
                found.setdefault(name, say(getattr(parameter, "help", "") or ""))
    return found


def _with_file(asked: Asked, parameters: Parameters, given: list[str]) -> Asked:
    """The request with the FILE and the other arguments among those that were given."""
    if not parameters.file or not given or _is_own(given[0], parameters, asked):
        return replace(asked, own=tuple(given))
    return replace(asked, file=given[0], own=tuple(given[1:]))


def _is_own(first: str, parameters: Parameters, asked: Asked) -> bool:
    """Whether FILE is left out: the first word is another argument."""
    if first == "-" or first.endswith(TRAJECTORIES) or os.path.isfile(first):
        return False
    return parameters.is_own(first, asked)


def _argument(line: Line, parameters: Parameters, asked: Asked) -> Iterator[Candidate]:
    asked = _with_file(asked, parameters, line.earlier)
    position, last = len(asked.own), len(parameters.arguments) - 1
    if parameters.file and not line.earlier:
        yield from trajectories(asked)
        if not parameters.arguments or asked.path is None:
            return
    if parameters.repeated:
        position = min(position, last)
    if position <= last:
        yield from parameters.arguments[position](asked)
    elif not line.word:  # nothing else can follow
        yield from _option_names(line, asked.say, asked.shown)
