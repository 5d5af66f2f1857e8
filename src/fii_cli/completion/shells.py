"""What each shell passes to fii, and how it reads the candidates.

The scripts in ``templates/completion`` are the other side of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from fii_cli.completion import bash
from fii_cli.completion.asked import Candidate
from fii_cli.visible import visible_words

_LONGEST = 100
"""A longer description is cut; zsh and fish cut it further to fit the screen."""


class Request(NamedTuple):
    """The words of a command line, which of them is completed, and how to write the candidates.

    ``is_path`` is whether it is any path, which the shell itself opens.
    """

    words: list[str]
    at: int
    shown: bool
    write: Callable[[Candidate], str]
    is_path: bool = False


def request_of(shell: str, words: Sequence[str], environment: Mapping[str, str]) -> Request | None:
    """What a shell asks; ``None`` for one that fii does not know.

    bash passes the line and the end of the word that it replaces; zsh and fish the words and the number of
    the one to complete; PowerShell the words as lines, because it drops empty words.
    """
    if shell == "bash":
        return _of_bash(environment)
    if shell == "powershell":
        words = environment.get("_FII_WORDS", "").split("\n")
    at = min(int(environment.get("_FII_AT", len(words) - 1)), len(words))
    known = shell in ("zsh", "fish", "powershell")
    return Request([*words, *([""] if at == len(words) else [])], at, True, _with_help) if known else None


def _of_bash(environment: Mapping[str, str]) -> Request:
    line, point = environment.get("_FII_LINE", ""), int(environment.get("_FII_POINT", "0"))
    before, is_path = bash.without_redirections(bash.words_of(line[:point]))
    later = [] if before[-1].open else bash.words_of(line[point:])
    word, replaced = before[-1], environment.get("_FII_WORD", "")
    if later and not line[point:][:1].isspace():  # the end of this word
        later = later[1:]
    words = [each.text for each in (*before, *later)][1:]

    def write(candidate: Candidate) -> str:
        ended = " " if candidate.ends and not word.open else ""
        return bash.rest_of(candidate.value, word, replaced) + ended

    return Request(words, len(before) - 2, False, write, is_path)


def _with_help(candidate: Candidate) -> str:
    """A candidate, its description, and a sign if more of the word can follow."""
    told = " ".join(visible_words(candidate.help).split())
    told = told if len(told) <= _LONGEST else told[: _LONGEST - 1].rstrip() + "…"
    return f"{candidate.value}\t{told}" + ("" if candidate.ends else "\t+")


def answer(request: Request, found: Iterable[Candidate]) -> str:
    """The candidates as lines."""
    return "".join(f"{request.write(each)}\n" for each in found)
