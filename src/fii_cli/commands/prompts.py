"""The questions of ``fii new``: each has a flag, a check, and a way back."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import get_args

from fii_cli.commands.dates import Read, read_date
from fii_cli.language import CODES, N_, Message, msg
from fii_cli.project.context import Projects
from fii_cli.suggest import one_of, one_of_values
from fii_cli.terminal import YES_OR_NO, Check, Offer, Terminal, not_empty
from fii_cli.words import NONE, Commission, meant

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question of the wizard: the flag that answers it, its text, and a check of the answer.

    ``closed`` says what can be answered, in words that any user knows, if that is a closed value.
    """

    key: str
    flag: str
    text: str
    check: Check
    required: bool = False
    only_if_commissioned: bool = False
    closed: Message | None = None


STOP = "."
"""Stops a round of ratings, at any question."""


class Stopped(Exception):
    """The user stops; the answers so far are kept."""


def stops(answer: str) -> bool:
    """Whether an answer is the wish to stop."""
    return answer.lower() in (STOP, "stop")


def optional(answer: str) -> str:
    """A check that accepts any answer; a word that means none is no answer."""
    return "" if answer.lower() in NONE else answer


COMMISSIONS: tuple[Commission, ...] = get_args(Commission)
ASK_COMMISSION = N_("Is there a commissioner? yes or no")
YES_OR_NO_ONLY = msg("answer with yes or no")


def which_commission(answer: str) -> str | Message:
    """gevraagd or ongevraagd, from an answer in either language, or from yes or no."""
    return meant(answer, COMMISSIONS) or one_of(COMMISSIONS)


def _date(answer: str) -> Read:
    return read_date(answer, Projects().today)


def _language(answer: str) -> str | Message:
    return meant(answer, CODES) or one_of(CODES)


QUESTIONS = (
    Prompt("title", "--title", N_("What is the trajectory called?"), not_empty, required=True),
    Prompt(
        "commission",
        "--commission gevraagd|ongevraagd",
        ASK_COMMISSION,
        which_commission,
        required=True,
        closed=YES_OR_NO_ONLY,
    ),
    Prompt(
        "commissioner",
        "--commissioner",
        N_("Which organisation commissions it?"),
        optional,
        only_if_commissioned=True,
    ),
    Prompt(
        "receiving",
        "--receiving NAME | --no-receiving",
        N_("Which organisation will receive the intervention? several with commas, none if not known yet"),
        optional,
        required=True,
    ),
    Prompt("giving", "--giving", N_("Which organisation gives the intervention?"), optional),
    Prompt("origin", "--origin", N_("Where did the innovation question come from?"), optional),
    Prompt("date", "--date", N_("When does it start? a day, a month or a year"), _date),
    Prompt(
        "language",
        "--language nl|en",
        N_("In which language is the file written? Dutch or English"),
        _language,
        closed=one_of_values(CODES),
    ),
)


def answer_in_words(check: Check, closed: Message | None) -> Check:
    """A check that refuses a closed value in the words of the user, not in those of the file."""

    def checked(answer: str) -> str | Message | Offer:
        found = check(answer)
        return found if isinstance(found, str) or closed is None else closed

    return checked


def ask(
    terminal: Terminal,
    answers: Answers,
    todo: tuple[Prompt, ...],
    suggestions: Mapping[str, str],
    at: int = 0,
) -> None:
    """Ask the questions from ``at`` on, and fill in ``answers``; terug returns to the previous question."""
    while at < len(todo):
        question = todo[at]
        suggestion = answers.get(question.key) or suggestions.get(question.key, "")
        if question.closed:
            suggestion = terminal.word(suggestion)
        check = answer_in_words(question.check, question.closed)
        answer = terminal.ask(terminal.wrap(terminal.say(question.text)), check, suggestion)
        step = -1 if answer is None else 1
        if answer is not None:
            answers[question.key] = answer
        at = max(0, at + step)
        while at < len(todo) and todo[at].only_if_commissioned and answers.get("commission") != "gevraagd":
            answers.pop(todo[at].key, None)
            at += step


def command_line(answers: Answers, path: str | None) -> str:
    """The command line that gives the same answers, ready to be copied."""
    words = ["fii", "new", *([path] if path else [])]
    for question in QUESTIONS:
        value = answers.get(question.key)
        if question.key == "receiving" and value == "":
            words.append("--no-receiving")
        elif value:
            words += [question.flag.split()[0], value]
    return shlex.join(words)


def confirmed(terminal: Terminal, target: str) -> bool:
    """Whether the user confirms writing to a file; terug means no."""

    def check(answer: str) -> str | Message:
        agreed = meant(answer, YES_OR_NO) == "ja"
        return answer if agreed else msg("yes writes the file, back goes back, Ctrl-C stops")

    asked = terminal.ask(
        terminal.say("Write this to {path}? yes or back", path=target), check, terminal.say("yes")
    )
    return asked is not None


@contextmanager
def kept_as(terminal: Terminal, command: Callable[[], str]) -> Iterator[None]:
    """If the questions end without a change, show the answers as a command line, so that none are lost."""
    try:
        yield
    except (KeyboardInterrupt, Exception):
        terminal.note("")
        terminal.note(terminal.say("Nothing was written. Your answers so far, as one command:"))
        terminal.note(f"  {command()}")
        raise
