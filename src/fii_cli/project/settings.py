"""What a repository settles in ``fii.toml``: which rules speak, how loud, and from when.

A mistake in it is a diagnostic like any other, and leaves the rest of the settings as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fii_cli.analysis.counts import Thresholds
from fii_cli.diagnostics import Diagnostic, Severity, Span
from fii_cli.language import CODES, Message, count, msg
from fii_cli.project.excluded import is_excluded, wrong_with_patterns
from fii_cli.project.house_style import KEYS, HouseStyle, style_of
from fii_cli.rules.base import Rule
from fii_cli.rules.settings import RuleSettings
from fii_cli.suggest import Lexicon, did_you_mean, one_of
from fii_cli.yaml.document import span_at

FILE_NAME = "fii.toml"
CODE = "FII040"
LEVELS = {severity.label: severity for severity in Severity}
_CHECK = ("fail-on", "select", "ignore", "exclude")
_COUNTS = ("hinders", "helps", "smallest")
_TOP = ("language", "check", "counts", "rules", "style")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a repository chose; an empty field leaves the default. ``exclude`` holds patterns of paths."""

    rules: RuleSettings = field(default_factory=RuleSettings)
    exclude: tuple[str, ...] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
    style: HouseStyle = field(default_factory=HouseStyle)

    def excludes(self, path: str) -> bool:
        """Whether a path, as it is seen from the ``fii.toml``, is left out of every search."""
        return is_excluded(path, self.exclude)


Mistake = tuple[tuple[str, ...], Message, Message | None]
"""The keys that lead to it, what is wrong, and what to do."""


def wrong_with_codes(
    codes: Sequence[str], option: str, rules: Mapping[str, Rule]
) -> tuple[Message, Message] | None:
    """Why a list of codes cannot be used to choose rules with, if it cannot."""
    for code in codes:
        meant = [rule for known, rule in rules.items() if known.startswith(code) and code]
        if not meant:
            return msg("there is no rule {code}", code=code or "''"), did_you_mean(
                code, list(rules), msg("fii explain shows all codes")
            )
        if option != "select" and all(rule.severity is Severity.ERROR for rule in meant):
            return (
                msg("{code} is an error, and errors are always shown", code=code),
                msg("mend what it is about"),
            )
    return None


def read_settings(text: str, path: str, rules: Mapping[str, Rule]) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """The settings in the text of a ``fii.toml``, and what is wrong with it."""
    import tomllib

    if line := _line_of_too_many_parts(text):
        wrong, hint = msg("a key with too many parts"), msg("take out what fii does not know")
        return Settings(), (Diagnostic(CODE, Severity.ERROR, path, Span(line, 1, line, 2), wrong, hint),)
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # a number or brackets without end are no TOML either
        return Settings(), (_not_toml(text, path, str(error)),)
    mistakes: list[Mistake] = []
    settings = _settled(data, rules, mistakes)
    found = [
        Diagnostic(CODE, Severity.ERROR, path, _place(text, keys), message, hint)
        for keys, message, hint in mistakes[:_AT_MOST]
    ]
    if left := len(mistakes) - len(found):
        more, hint = count(left, "and {n} more", "and {n} more"), msg("mend these first")
        found.append(Diagnostic(CODE, Severity.ERROR, path, found[-1].span, more, hint))
    return settings, tuple(found)


_AT_MOST = 100
"""So many mistakes are shown at their place, for which the text is searched each time."""
_STEPS = 5_000_000


def _line_of_too_many_parts(text: str) -> int | None:
    """The line with the most points, where these are so many that reading the keys would take minutes.

    tomllib goes through all parts of a table's name at each of its keys, and twice through those of a key.
    """
    points = [line.count(".") for line in text.split("\n")]
    most = max(points)
    steps = most * len(points) + sum(n * n for n in points)
    return points.index(most) + 1 if steps > _STEPS else None


def _not_toml(text: str, path: str, said: str) -> Diagnostic:
    found = re.search(r"at line (\d+), column (\d+)", said)  # it tells the place only in its English text
    line, column = (int(found[1]), int(found[2])) if found else (max(1, text.count("\n")), 1)
    return Diagnostic(
        CODE,
        Severity.ERROR,
        path,
        Span(line, column, line, column + 1),
        msg("this is not TOML any more from here on"),
        msg("check the quotes, the brackets and the = of this line"),
    )


def _settled(data: dict[str, Any], rules: Mapping[str, Rule], mistakes: list[Mistake]) -> Settings:
    mistakes += _unknown(data, _TOP, ())
    language = data.get("language")
    if language is not None and language not in CODES:
        mistakes.append((("language",), *_no_value(language, "language", CODES)))
    check = _table(data, "check", (), mistakes)
    mistakes += _unknown(check, _CHECK, ("check",))
    fail_on = LEVELS.get(_shown(check.get("fail-on")))
    if fail_on is None and "fail-on" in check:
        mistakes.append((("check", "fail-on"), *_no_value(check["fail-on"], "fail-on", tuple(LEVELS))))
    lists: dict[str, tuple[str, ...]] = {}
    for key in ("select", "ignore", "exclude"):
        words = check.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            such_as = '["FII4", "FII801"]' if key != "exclude" else '["archief/"]'
            example = msg("such as {word}", word=f"{key} = {such_as}")
            mistakes.append((("check", key), msg("{key} is a list of texts", key=key), example))
            continue
        wrong = wrong_with_codes(words, key, rules) if key != "exclude" else wrong_with_patterns(words)
        if wrong:
            mistakes.append((("check", key), *wrong))
        else:
            lists[key] = tuple(words)
    house = _table(data, "style", (), mistakes)
    mistakes += _unknown(house, KEYS, ("style",))
    style, wrong_style = style_of(house)
    mistakes += ((("style", key), wrong, hint) for key, wrong, hint in wrong_style)
    thresholds = _thresholds(_table(data, "counts", (), mistakes), mistakes)
    chosen = RuleSettings(fail_on, lists.get("select", ()), lists.get("ignore", ()))
    chosen = _with_rules(chosen, _table(data, "rules", (), mistakes), rules, mistakes)
    silent_weeks = chosen.limits.get("FII421", {}).get("weeks", Thresholds().silent_weeks)
    return Settings(
        chosen,
        lists.get("exclude", ()),
        thresholds=replace(thresholds, silent_weeks=silent_weeks),
        style=style,
    )


def _thresholds(table: dict[str, Any], mistakes: list[Mistake]) -> Thresholds:
    """From which share counted answers matter: whole numbers, percentages up to a hundred."""
    mistakes += _unknown(table, _COUNTS, ("counts",))
    settled: dict[str, int] = {}
    for name in table.keys() & set(_COUNTS):
        value = table[name]
        if not _above_zero(value) or (name != "smallest" and value > 100):
            wrong = msg("{key} is a whole number above zero", key=name)
            if name != "smallest":
                wrong = msg("{key} is a percentage: 1 to 100", key=name)
            example = msg("such as {word}", word=f"{name} = {getattr(Thresholds(), name)}")
            mistakes.append((("counts", name), wrong, example))
        else:
            settled[name] = value
    return Thresholds(**settled)


_MOST = 9999
"""The largest number that a rule takes: of days, weeks or months it is more than anybody looks back."""


def _above_zero(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _with_rules(
    chosen: RuleSettings, tables: dict[str, Any], rules: Mapping[str, Rule], mistakes: list[Mistake]
) -> RuleSettings:
    severities: dict[str, Severity] = {}
    limits: dict[str, dict[str, int]] = {}
    lexicon = Lexicon(list(rules))
    for code in tables:
        keys = ("rules", code)
        if code not in rules:
            hint = did_you_mean(code, lexicon, msg("fii explain shows all codes"))
            mistakes.append((keys, msg("there is no rule {code}", code=code), hint))
            continue
        rule, table = rules[code], _table(tables, code, ("rules",), mistakes)
        if rule.severity is Severity.ERROR:
            wrong = msg("{code} is an error, and cannot be set otherwise", code=code)
            mistakes.append((keys, wrong, msg("take this out")))
            continue
        mistakes += _unknown(table, ("severity", *rule.limits), keys)
        if "severity" in table:
            severity = table["severity"]
            if isinstance(severity, str) and severity in LEVELS:
                severities[code] = LEVELS[severity]
            else:
                wrong_one = _no_value(table["severity"], "severity", tuple(LEVELS))
                mistakes.append(((*keys, "severity"), *wrong_one))
        for name in rule.limits.keys() & table.keys():
            value = table[name]
            if _above_zero(value) and value <= _MOST:
                limits.setdefault(code, {})[name] = value
            else:
                wrong = msg("{key} is a whole number from 1 to {most}", key=name, most=_MOST)
                example = msg("such as {word}", word=f"{name} = {rule.limits[name]}")
                mistakes.append(((*keys, name), wrong, example))
    return replace(chosen, severities=severities, limits=limits)


def _table(data: dict[str, Any], key: str, above: tuple[str, ...], mistakes: list[Mistake]) -> dict[str, Any]:
    table = data.get(key, {})
    if isinstance(table, dict):
        return table
    name = ".".join((*above, key))
    hint = msg("write [{name}], and its keys below it", name=name)
    mistakes.append(((*above, key), msg("{key} has keys of its own", key=key), hint))
    return {}


def _unknown(table: dict[str, Any], known: Sequence[str], above: tuple[str, ...]) -> Iterator[Mistake]:
    lexicon = Lexicon(known)
    for key in table:
        if key not in known:
            yield (*above, key), msg("unknown key {key}", key=key), did_you_mean(key, lexicon, one_of(known))


def _no_value(written: object, key: str, allowed: Sequence[str]) -> tuple[Message, Message]:
    text = _shown(written)
    wrong = msg("{written} is not a value of {key}", written=text or "''", key=key)
    return wrong, did_you_mean(text, allowed, one_of(allowed))


def _shown(value: object) -> str:
    try:
        return str(value)
    except ValueError:  # a number of thousands of digits
        return "…"


def _place(text: str, keys: tuple[str, ...]) -> Span:
    """Where a key stands; tomllib does not tell, so its table and its line are looked up."""
    *tables, last = keys
    start = 0
    header = re.search(rf"^[ \t]*\[[ \t]*{_dotted(tables)}[ \t]*\]", text, re.M) if tables else None
    if header:
        start = header.end()
    own = re.search(rf"^[ \t]*\[[ \t]*(?P<key>{_dotted(keys)})[ \t]*\]", text, re.M)
    word = rf"(?P<key>[\"']?{re.escape(last)}[\"']?)"
    found = re.compile(rf"^[ \t]*(?:[\w.\"'-]+\.)?{word}[ \t]*[=.]", re.M).search(text, start) or own
    found = found or re.compile(word).search(text, start)
    if not found:
        return Span(1, 1, 1, 1)
    return span_at(text, found.start("key"), len(found["key"]))


def _dotted(keys: Sequence[str]) -> str:
    return r"[ \t]*\.[ \t]*".join(rf"[\"']?{re.escape(key)}[\"']?" for key in keys)
