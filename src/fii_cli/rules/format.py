"""Problems found while reading a file: its text, its YAML, and the format of a trajectory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_origin

from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.frozen import ValidationError
from fii_cli.language import Message, msg
from fii_cli.rules.base import Rule
from fii_cli.rules.without_errors import without_errors
from fii_cli.suggest import Lexicon, did_you_mean, nearest, one_of, only_near
from fii_cli.trajectory import Trajectory, versions
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.dates import date_hint, suggest_date, suggest_period
from fii_cli.trajectory.places import annotation_at, record_at, record_in
from fii_cli.words import PHASES, SUBPHASES
from fii_cli.yaml.document import (
    CONFLICT,
    DUPLICATE_KEY,
    NOT_TEXT,
    NOT_USED_HERE,
    NOT_YAML,
    UNEXPECTED,
    Document,
    Node,
)
from fii_cli.yaml.emit import as_read

not_text = Rule(NOT_TEXT, Severity.ERROR)
not_yaml = Rule(NOT_YAML, Severity.ERROR)
conflict = Rule(CONFLICT, Severity.ERROR)
duplicate_key = Rule(DUPLICATE_KEY, Severity.ERROR)
not_used_here = Rule(NOT_USED_HERE, Severity.ERROR)
not_a_trajectory = Rule("FII006", Severity.ERROR)
other_format = Rule("FII007", Severity.ERROR)
unexpected = Rule(UNEXPECTED, Severity.ERROR)
unknown_key = Rule("FII010", Severity.ERROR)
missing_key = Rule("FII011", Severity.ERROR)
unknown_value = Rule("FII012", Severity.ERROR)
wrong_kind = Rule("FII013", Severity.ERROR)
not_a_date = Rule("FII014", Severity.ERROR)
not_a_number = Rule("FII015", Severity.ERROR)
unknown_phase = Rule("FII023", Severity.ERROR)
unusable_settings = Rule("FII040", Severity.ERROR)
unusable_instrument = Rule("FII041", Severity.ERROR)

Found = tuple[Rule, Finding]


def trajectory_in(document: Document) -> tuple[Trajectory | None, frozenset[Route], list[Found]]:
    """The trajectory in a document, the paths of what is broken in it, and the errors.

    Invalid values are omitted from the trajectory, so that rules can still check the rest. If the format
    requires one, something else stands in for it: whatever is found at a broken path means nothing.
    """
    data = document.data
    if not isinstance(data, dict):
        return None, frozenset(), [_no_trajectory(document)]
    version = versions.version_in(data)
    if version is not None and version > versions.FORMAT_VERSION:
        return None, frozenset(), [_newer(str(data["fii"]))]
    if version is not None and versions.is_older(version):
        return None, frozenset(), [_older(version)]
    unknown = _empty_unknown_keys(document.root) if document.has_empty else ()
    empty: list[Any] = [{"type": "extra_forbidden", "loc": route} for route in unknown]
    try:
        trajectory = Trajectory.model_validate(data)
        errors = empty
    except ValidationError as error:
        trajectory = None
        errors = [*error.errors(include_url=False), *empty]
    found = list(_found(errors))
    if not errors:
        return trajectory, frozenset(), found
    sound, broken = without_errors(data, errors)
    meant = (_meant_by(error["loc"]) for error in errors if error["type"] == "extra_forbidden")
    return trajectory or sound, frozenset((*broken, *meant)), found


def _meant_by(route: Route) -> Route:
    """The path that an unknown key probably stands for: what it should hold is missing there."""
    key = str(route[-1])
    return (*route[:-1], nearest(key, Lexicon(tuple(record_at(route[:-1]).model_fields))) or key)


def _no_trajectory(document: Document) -> Found:
    if document.data is None:
        message = msg("this file is empty")
    elif isinstance(document.data, list):
        message = msg("this file contains a list, not a trajectory")
    else:
        message = msg("this file contains text, not a trajectory")
    return not_a_trajectory, Finding(
        (), message, msg("a trajectory starts with keys such as fii, title, language and entry: try fii new")
    )


def _newer(version: str) -> Found:
    return other_format, Finding(
        ("fii",),
        msg(
            "this file has format version {version}; this version of fii reads up to {known}",
            version=version,
            known=versions.FORMAT_VERSION,
        ),
        msg("install a newer version of fii"),
    )


def _older(version: int) -> Found:
    known = versions.FORMAT_VERSION
    return other_format, Finding(
        ("fii",),
        msg(
            "this file has format version {version}; this version of fii reads {known}",
            version=version,
            known=known,
        ),
        msg("fii upgrade FILE brings it to version {known}", known=known),
    )


_COMMA = msg("inside brackets, a comma starts a new key: put the text before it in quotes")


def _found(errors: list[Any]) -> Iterator[Found]:
    taken = set()
    lexicons: dict[tuple[str, ...], Lexicon] = {}
    for error in errors:
        if error["type"] == "extra_forbidden":
            route: Route = error["loc"]
            keys = _lexicon(lexicons, tuple(record_at(route[:-1]).model_fields))
            key = str(route[-1])
            meant = nearest(key, keys)
            taken.add((*route[:-1], meant))
            yield (
                unknown_key,
                Finding(
                    route,
                    msg("unknown key {key}", key=route[-1]),
                    did_you_mean(key, keys, _COMMA if " " in key else one_of(keys.known)),
                    at_key=True,
                    fix=only_near(key, keys),
                ),
            )
    for error in errors:
        if error["type"] != "extra_forbidden" and error["loc"] not in taken:
            yield _one(error["type"], error["loc"], error["input"], error.get("ctx", {}), lexicons)


def _lexicon(lexicons: dict[tuple[str, ...], Lexicon], words: tuple[str, ...]) -> Lexicon:
    if words not in lexicons:
        lexicons[words] = Lexicon(words)
    return lexicons[words]


def why_unfit(record: type[Record], key: str, value: Any) -> Finding | None:
    """The finding about a value that is not valid for a key of a record; ``None`` if it is valid."""
    try:
        record.model_validate({key: as_read(value)})
    except ValidationError as error:
        for each in error.errors(include_url=False):
            if each["loc"][:1] == (key,) and each["type"] != "missing":
                return _one(each["type"], each["loc"], each["input"], each.get("ctx", {}), {})[1]
    return None


def _one(
    kind: str,
    route: Route,
    written: Any,
    context: dict[str, Any],
    lexicons: dict[tuple[str, ...], Lexicon],
) -> Found:
    if kind == "missing":
        return missing_key, Finding(
            route, msg("{key} is missing", key=route[-1]), msg("add {key}:", key=route[-1]), at_key=True
        )
    if kind == "literal_error" and isinstance(written, str):
        allowed = tuple(re.findall(r"'([^']*)'", context["expected"]))
        return _not_among(route, written, _lexicon(lexicons, allowed))
    if kind in ("date_form", "period_form") and isinstance(written, str):
        period = kind == "period_form"
        meant = (suggest_period(written) if period else None) or suggest_date(written)
        return not_a_date, Finding(
            route,
            msg("invalid date {written}", written=written),
            msg("did you mean {word}?", word=meant) if meant else date_hint(written, period=period),
            fix=meant,
        )
    if kind in _NUMBERS and isinstance(written, str):
        return not_a_number, Finding(
            route,
            msg("invalid number {written}", written=written),
            msg("write a number, such as 12"),
        )
    return wrong_kind, Finding(route, *_kind(kind, route))


_NUMBERS = frozenset(
    {
        "int_parsing",
        "int_parsing_size",
        "float_parsing",
        "finite_number",
        "greater_than_equal",
        "less_than_equal",
        "int_from_float",
    }
)


def _not_among(route: Route, written: str, allowed: Lexicon) -> Found:
    found = unknown_phase if allowed.known in (PHASES, SUBPHASES) else unknown_value
    return found, Finding(
        route,
        msg("invalid value {written} for {key}", written=written, key=_key(route)),
        did_you_mean(written, allowed, one_of(allowed.known)),
        label=one_of(allowed.known),
        fix=only_near(written, allowed),
    )


def _key(route: Route) -> str:
    return next(str(step) for step in reversed(route) if isinstance(step, str))


def _kind(kind: str, route: Route) -> tuple[Message, Message]:
    if kind == "tuple_type":
        return msg("{key} must be a list", key=_key(route)), msg(
            "write [one, two], or a line with - for each"
        )
    if kind == "model_type":
        record = record_at(route)
        return (
            msg("{key} must be a group of keys", key=_key(route)),
            msg("write its keys below it: {keys}", keys=", ".join(record.model_fields)),
        )
    if kind == "dict_type":
        return msg("{key} must contain items, each with a value", key=_key(route)), msg(
            "write each as item: value"
        )
    return msg("{key} must be text, not a list or a group of keys", key=_key(route)), msg(
        "write it on one line"
    )


def _empty_unknown_keys(node: Node, route: Route = ()) -> Iterator[Route]:
    """Unknown keys without a value: empty means absent, but an unknown key is still an error.

    A comma inside brackets creates one unnoticed: ``{text: an app, with a note}``.
    """
    if isinstance(node.children, list):
        for index, child in enumerate(node.children):
            yield from _empty_unknown_keys(child, (*route, index))
    elif node.children:
        annotation = annotation_at(route)
        record = None if get_origin(annotation) is dict else record_in(annotation)
        for key, child in node.children.items():
            if child.span == child.key and record and key not in record.model_fields:
                yield (*route, key)
            yield from _empty_unknown_keys(child, (*route, key))
