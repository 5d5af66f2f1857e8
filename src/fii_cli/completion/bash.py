"""The command line of bash: its words, and words as bash reads them."""

from __future__ import annotations

import re
from typing import NamedTuple

_ESCAPED_IN_DOUBLE = '"\\$`'
_SPECIAL = re.compile(r"([^\w%+,./:=@~^\x80-\U0010ffff-])")


_REDIRECTION = re.compile(r"(?:\d*|&)(?:<|>>|>)[|&]?")
"""How a word starts that bash does not pass on."""


class Word(NamedTuple):
    """A word: what it means, what was typed, and the quotation mark that is still open."""

    text: str
    typed: str
    open: str


def words_of(line: str) -> list[Word]:
    """The words of a line, of which the last is still being typed; it is empty after a space."""
    words: list[Word] = []
    text = typed = quote = ""
    signs = iter(line)
    for sign in signs:
        if not quote and sign in " \t\n":
            if typed:
                words.append(Word(text, typed, ""))
            text = typed = ""
            continue
        typed += sign
        if quote == "'" or (quote and sign == quote):
            text, quote = (text, "") if sign == quote else (text + sign, quote)
        elif sign == "\\":
            escaped = next(signs, "")
            typed += escaped
            text += escaped if not quote or escaped in _ESCAPED_IN_DOUBLE else sign + escaped
        elif not quote and sign in "'\"":
            quote = sign
        else:
            text += sign
    return [*words, Word(text, typed, quote)]


def written(value: str, open_: str) -> str:
    """A word as bash reads it, within the quotation mark that is open."""
    if open_ == "'":
        return value.replace("'", "'\\''")
    if open_:
        return re.sub(r'(["\\$`])', r"\\\1", value)
    return _SPECIAL.sub(r"\\\1", value)


def rest_of(value: str, word: Word, replaced: str) -> str:
    """What bash has to put in place of the end of a word, which it splits at ``:`` and ``=``.

    The folders of a path stay as they were typed, such as ``~/`` and ``$HOME/``.
    """
    kept = len(word.typed) - len(replaced) if word.typed.endswith(replaced) else 0
    folders = max(kept, word.typed.rfind("/") + 1)
    for end in (folders, kept):
        before = words_of(word.typed[:end])[-1].text
        if value.startswith(before):
            return word.typed[kept:end] + written(value[len(before) :], word.open)
    return written(value, word.open)


def without_redirections(words: list[Word]) -> tuple[list[Word], bool]:
    """The words that the command gets, and whether the last one is a path for ``> path`` and the like."""
    found, sign = list[Word](), ""
    for word in words[:-1]:
        before, sign = sign, "" if sign else _sign_of(word)
        if not before and not sign:
            found.append(word)
        sign = sign if sign == word.typed else ""
    last, starts = words[-1], len(_sign_of(words[-1]))
    last = Word(last.text[starts:], last.typed[starts:], last.open)
    return [*found, last], bool(sign or starts)


def _sign_of(word: Word) -> str:
    """The sign for a redirection with which a word starts; empty if it starts with none."""
    found = _REDIRECTION.match(word.typed)
    return found[0] if found else ""
