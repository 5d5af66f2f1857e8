"""What a parameter of a command takes, in the words of the table of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from fii_cli.completion.asked import Asked, Candidate, Takes
from fii_cli.completion.paths import TRAJECTORIES, files_ending_in
from fii_cli.completion.values import strategies, words
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


def kinds(asked: Asked) -> Iterable[Candidate]:
    from fii_cli.completion.add import kinds as found  # loads the format, which most commands do not need

    return found(asked)


def facts(asked: Asked) -> Iterable[Candidate]:
    from fii_cli.completion.add import facts as found

    return found(asked)


def is_kind(word: str, asked: Asked) -> bool:
    from fii_cli.completion.add import is_kind as found

    return found(word, asked)


def set_paths(asked: Asked) -> Iterable[Candidate]:
    from fii_cli.completion.set_path import set_paths as found

    return found(asked)


def new_values(asked: Asked) -> Iterable[Candidate]:
    from fii_cli.completion.set_path import new_values as found

    return found(asked)


def is_path(word: str, asked: Asked) -> bool:
    from fii_cli.completion.set_path import is_path as found

    return found(word, asked)


def is_strategy(word: str, asked: Asked) -> bool:
    return word.lower() in (each.value for each in strategies(asked))


trajectories = files_ending_in(*TRAJECTORIES)
trajectories_and_reports = files_ending_in(*TRAJECTORIES, ".json")
tables = files_ending_in(".json", ".csv", ".xlsx")
any_file = files_ending_in()
ANSWERS = words(*get_args(Answer))
COMMISSION = words(*get_args(Commission))
SIDES = words(*get_args(Perspective))
EDITIONS = words(*(each for each in get_args(Audience) if each != "file"))
VERDICTS = words(*get_args(Verdict))
LANGUAGES = words("nl", "en")
SHELLS = ("bash", "zsh", "fish", "powershell")
