"""The command line of bash: its words, and words as bash reads them."""

from __future__ import annotations

import re
from typing import NamedTuple

_ESCAPED_IN_DOUBLE = '"\\$`'
_SPECIAL = re.compile(r"([^\w%+,./:=@~^\x80-\U0010ffff-])")


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
    """What bash has to put in place of the end of a word, which it splits at ``:`` and ``=``."""
    kept = word.typed[: len(word.typed) - len(replaced)] if word.typed.endswith(replaced) else ""
    skipped = len(words_of(kept)[-1].text)
    return written(value[skipped:], word.open)
