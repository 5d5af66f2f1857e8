"""The events in a YAML text, from ruamel's C parser where that can read it, and else from its pure parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import ScalarEvent

try:
    import _ruamel_yaml

    C_PARSER: Any = _ruamel_yaml.CParser
except ImportError:  # the pure Python parser gives the same result, more slowly
    C_PARSER = None
PARSER_ERRORS = (YAMLError, ValueError)


def _in_one_step(
    self: Any,
    anchor: Any,
    tag: Any,
    implicit: Any,
    value: Any,
    start_mark: Any = None,
    end_mark: Any = None,
    style: Any = None,
    comment: Any = None,
) -> None:
    self.start_mark, self.end_mark, self.comment = start_mark, end_mark, comment
    self.anchor, self.ctag, self.implicit, self.value, self.style = anchor, tag, implicit, value, style


# A file has thousands of scalars, and ruamel makes each in three steps: a tenth of the time of a long check.
if ScalarEvent.__init__.__code__.co_varnames == _in_one_step.__code__.co_varnames:
    ScalarEvent.__init__ = _in_one_step  # type: ignore[method-assign]


def events_in(text: str, *, fast: bool) -> Iterator[Any]:
    """The events in a text; ``fast`` by the C parser, if there is one. Raises one of ``PARSER_ERRORS``.

    The C parser rejects some valid YAML, such as a colon in a text between brackets. On what it rejects, the
    pure parser decides.
    """
    if fast and C_PARSER is not None:
        return iter(C_PARSER(text).get_event, None)
    return _events_of_the_pure_parser(text)


def _events_of_the_pure_parser(text: str) -> Iterator[Any]:
    from ruamel.yaml import YAML

    parser = YAML(typ="safe", pure=True).get_constructor_parser(text)[1]
    try:
        while parser.check_event():
            yield parser.get_event()
    except YAMLError:
        raise
    except Exception as error:  # it crashes on some input instead of rejecting it
        raise _broken(parser) from error


def _broken(parser: Any) -> MarkedYAMLError:
    """The error that a crashed parser should have raised, at its last position."""
    reader = getattr(getattr(parser, "scanner", None), "reader", None)
    return MarkedYAMLError(problem="the parser broke", problem_mark=reader.get_mark() if reader else None)


# A ? or : inside a word is only text, but between brackets the C parser rejects it, and the pure parser takes
# twenty times as long. So two characters that mean nothing in YAML stand in for them while the C parser
# reads. They are as long as what they stand in for, and so every location is the same.
_STAND_INS = {"?": "\ue000", ":": "\ue001"}
_ONLY_TEXT = re.compile(r"""(?<=[\w.!/)%=#…'"’”])\?+|(?<=\w):+(?=[^\s,\[\]{}:])""")
# These the two parsers may read differently: a stand-in as itself, also as an escape, and a tab.
_UNCERTAIN = re.compile(r"[\ue000\ue001\t]|\\[uU][0-9A-Fa-f]{4}")
_TO_STAND_INS = str.maketrans(_STAND_INS)
_TO_MARKS = str.maketrans({stand_in: mark for mark, stand_in in _STAND_INS.items()})


def events_without_marks(text: str) -> Iterator[Any] | None:
    """The events in a text by the C parser, which does not see each ``?`` and ``:`` inside a word.

    ``None`` if it cannot read more that way, or perhaps not as the pure parser does.
    """
    if C_PARSER is None or _UNCERTAIN.search(text):
        return None
    carried, times = _ONLY_TEXT.subn(lambda found: found[0].translate(_TO_STAND_INS), text)
    return _restored(events_in(carried, fast=True)) if times else None


def _restored(events: Iterator[Any]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, ScalarEvent):
            event.value = event.value.translate(_TO_MARKS)
        yield event
