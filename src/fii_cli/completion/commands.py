"""What each parameter of each command takes.

It is a table apart from the commands, because loading a command takes longer than people like to wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from fii_cli.completion.asked import Asked, Candidate, Takes
from fii_cli.completion.paths import TRAJECTORIES, files_ending_in, folders
from fii_cli.completion.values import (
    barriers,
    codes,
    codes_and_terms,
    examples,
    free,
    groups,
    instruments,
    item_and_evidence,
    item_and_rating,
    item_and_text,
    items,
    open_actions,
    organisations,
    persons,
    phases,
    plannable,
    questionnaires,
    strategies,
    subphases,
    terms,
    who,
    words,
)
from fii_cli.words import Answer, Audience, Commission, Perspective, Verdict

Options = Mapping[str, Takes | None]
"""What the value of each option is; ``None`` for an option without a value."""


@dataclass(frozen=True)
class Parameters:
    """The parameters of a command: FILE before the other arguments, and options.

    The last argument may be ``repeated``, and so may the options in ``many``. ``is_own`` tells whether the
    first word is an argument of the command and not FILE, which may be left out.
    """

    arguments: tuple[Takes, ...]
    options: Options
    file: bool = False
    repeated: bool = False
    many: tuple[str, ...] = ()
    is_own: Callable[[str, Asked], bool] = lambda _word, _asked: False


def _kinds(asked: Asked) -> Iterable[Candidate]:
    from fii_cli.completion.add import kinds  # these load the format, and most commands do not need it

    return kinds(asked)


def _facts(asked: Asked) -> Iterable[Candidate]:
    from fii_cli.completion.add import facts

    return facts(asked)


def _is_kind(word: str, asked: Asked) -> bool:
    from fii_cli.completion.add import is_kind

    return is_kind(word, asked)


def _set_paths(asked: Asked) -> Iterable[Candidate]:
    from fii_cli.completion.set_path import set_paths

    return set_paths(asked)


def _new_values(asked: Asked) -> Iterable[Candidate]:
    from fii_cli.completion.set_path import new_values

    return new_values(asked)


def _is_path(word: str, asked: Asked) -> bool:
    from fii_cli.completion.set_path import is_path

    return is_path(word, asked)


def _is_strategy(word: str, asked: Asked) -> bool:
    return word.lower() in (each.value for each in strategies(asked))


trajectories = files_ending_in(*TRAJECTORIES)
tables = files_ending_in(".csv", ".xlsx")
any_file = files_ending_in()
_ANSWERS = words(*get_args(Answer))
_COMMISSION = words(*get_args(Commission))
_SIDES = words(*get_args(Perspective))
_EDITIONS = words(*(each for each in get_args(Audience) if each != "file"))
_VERDICTS = words(*get_args(Verdict))
_LANGUAGES = words("nl", "en")
SHELLS = ("bash", "zsh", "fish", "powershell")

GENERAL: Options = {
    "--lang": _LANGUAGES,
    "--color": words("auto", "always", "never"),
    "--help": None,
    "-h": None,
}
"""The options of every command, and of fii without one."""
COMMANDS: Mapping[str, Parameters] = {
    "new": Parameters(
        (trajectories,),
        {
            "--title": free,
            "--commission": _COMMISSION,
            "--commissioner": free,
            "--receiving": free,
            "--no-receiving": None,
            "--giving": free,
            "--origin": free,
            "--date": free,
            "--language": _LANGUAGES,
            "--example": examples,
            "--dry-run": None,
        },
    ),
    "entry": Parameters(
        (),
        {"--commission": _COMMISSION, "--receiving": None, "--no-receiving": None, "--json": None},
        file=True,
    ),
    "guide": Parameters((terms,), {"--search": free, "--json": None}, repeated=True),
    "status": Parameters((trajectories,), {"--as-of": free, "--json": None}, repeated=True),
    "assess": Parameters(
        (),
        {
            "--instrument": instruments,
            "--domain": groups,
            "--phase": phases,
            "--subphase": subphases,
            "--item": items,
            "--due": None,
            "--set": item_and_rating,
            "--note": item_and_text,
            "--evidence": item_and_evidence,
            "--by": who,
            "--perspective": _SIDES,
            "--about": organisations,
            "--date": free,
            "--dry-run": None,
        },
        file=True,
        many=("--subphase", "--item", "--set", "--note", "--evidence"),
    ),
    "advance": Parameters(
        (),
        {
            "--to": phases,
            "--decision": _VERDICTS,
            "--by": who,
            "--reason": free,
            "--date": free,
            "--dry-run": None,
        },
        file=True,
    ),
    "add": Parameters((_kinds, _facts), {"--dry-run": None}, file=True, repeated=True, is_own=_is_kind),
    "set": Parameters((_set_paths, _new_values), {"--dry-run": None}, file=True, is_own=_is_path),
    "done": Parameters(
        (open_actions,),
        {"--helped": _ANSWERS, "--note": free, "--date": free, "--dry-run": None},
        file=True,
    ),
    "merge": Parameters(
        (trajectories,),
        {"--output": any_file, "-o": any_file, "--driver": None, "--json": None, "--dry-run": None},
        repeated=True,
    ),
    "undo": Parameters((), {"--dry-run": None}, file=True),
    "score": Parameters(
        (),
        {"--instrument": instruments, "--against": trajectories, "--since": free}
        | {"--as-of": free, "--json": None},
        file=True,
    ),
    "barriers": Parameters((), {"--instrument": instruments, "--as-of": free, "--json": None}, file=True),
    "diff": Parameters(
        (trajectories,),
        {
            "--since": free,
            "--staged": None,
            "--audience": _EDITIONS,
            "--format": words("text", "markdown", "html"),
            "--as-of": free,
            "--textconv": None,
            "--json": None,
        },
        repeated=True,
    ),
    "strategies": Parameters(
        (),
        {
            "--for": barriers,
            "--phase": phases,
            "--all": None,
            "--why": None,
            "--list": None,
            "--as-of": free,
            "--json": None,
        },
        file=True,
        many=("--for",),
    ),
    "questionnaire": Parameters(
        (instruments,),
        {"--format": words("md", "csv", "xlsx"), "--output": any_file, "-o": any_file, "--force": None},
    ),
    "import": Parameters(
        (tables,),
        {
            "--instrument": questionnaires,
            "--perspective": _SIDES,
            "--about": organisations,
            "--by": who,
            "--date": free,
            "--allow-empty": None,
            "--as": words("actions"),
            "--yes": None,
            "--json": None,
            "--dry-run": None,
        },
        file=True,
    ),
    "workbook": Parameters(
        (),
        {
            "--output": any_file,
            "-o": any_file,
            "--audience": _EDITIONS,
            "--instrument": instruments,
            "--force": None,
        },
        file=True,
    ),
    "plan": Parameters(
        (plannable,),
        {"--owner": persons, "--due": free, "--answers": barriers, "--dry-run": None},
        file=True,
        repeated=True,
        many=("--answers",),
        is_own=_is_strategy,
    ),
    "compare": Parameters((), {"--instrument": instruments, "--as-of": free, "--json": None}, file=True),
    "trend": Parameters(
        (trajectories,),
        {
            "--format": words("text", "json", "csv", "html", "md"),
            "--audience": _EDITIONS,
            "--as-of": free,
            "--json": None,
        },
        repeated=True,
    ),
    "check": Parameters(
        (trajectories,),
        {
            "--format": words("text", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown"),
            "--json": None,
            "--as-of": free,
            "--fail-on": words("error", "advice", "info"),
            "--strict": None,
            "--select": codes,
            "--ignore": codes,
            "--since": free,
            "--force-exclude": None,
            "--fix": None,
            "--dry-run": None,
            "--stdin-filename": trajectories,
        },
        repeated=True,
        many=("--select", "--ignore"),
    ),
    "explain": Parameters((codes_and_terms,), {"--json": None}),
    "report": Parameters(
        (trajectories,),
        {
            "--format": words("html", "md", "docx", "xlsx", "pdf", "csv", "json"),
            "--output": any_file,
            "-o": any_file,
            "--audience": _EDITIONS,
            "--as-of": free,
            "--template": files_ending_in(".docx"),
            "--force": None,
            "--check": None,
            "--dry-run": None,
        },
        repeated=True,
    ),
    "preview": Parameters(
        (trajectories,),
        {"--audience": _EDITIONS, "--as-of": free, "--port": free}
        | {"--phone": None, "--open": None, "--json": None},
        repeated=True,
    ),
    "portfolio": Parameters(
        (trajectories,),
        {
            "--format": words("text", "html", "md", "json", "csv"),
            "--output": any_file,
            "-o": any_file,
            "--force": None,
            "--audience": _EDITIONS,
            "--sort": words("need", "phase", "name"),
            "--as-of": free,
        },
        repeated=True,
    ),
    "init": Parameters(
        (folders,),
        {
            "--forge": words("github", "gitlab", "forgejo", "none"),
            "--yes": None,
            "--dry-run": None,
            "--git": None,
        },
    ),
    "schema": Parameters(
        (),
        {
            "--of": words("trajectory", "settings", "report"),
            "--output": any_file,
            "-o": any_file,
            "--dry-run": None,
        },
    ),
    "upgrade": Parameters((), {"--dry-run": None}, file=True),
    "completion": Parameters((words(*SHELLS),), {}),
}
