"""The settings in ``fii.toml``: which rules run, at what severity, with which thresholds.

A mistake in it is a diagnostic like any other, and leaves the rest of the settings as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fii_cli.analysis.counts import Thresholds
from fii_cli.diagnostics import Diagnostic, Severity, Span
from fii_cli.language import count, msg
from fii_cli.project.excluded import is_excluded
from fii_cli.project.house_style import HouseStyle, on_dark
from fii_cli.rules.base import Rule
from fii_cli.rules.settings import LEVELS, RuleSettings
from fii_cli.suggest import Lexicon, did_you_mean
from fii_cli.yaml.document import span_at

if TYPE_CHECKING:
    from fii_cli.project.settings_table import Mistake

FILE_NAME = "fii.toml"
CODE = "FII040"


class Settings(NamedTuple):
    """The settings of a repository; an empty field means the default. ``exclude`` contains path patterns."""

    rules: RuleSettings = RuleSettings()
    exclude: tuple[str, ...] = ()
    thresholds: Thresholds = Thresholds()
    style: HouseStyle = HouseStyle()

    def excludes(self, path: str) -> bool:
        """Whether searches skip a path, which is relative to ``fii.toml``."""
        return is_excluded(path, self.exclude)


def read_settings(text: str, path: str, rules: Mapping[str, Rule]) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """The settings in the text of a ``fii.toml``, and its errors."""
    import tomllib

    if line := _line_of_too_many_parts(text):
        wrong, hint = msg("this key has too many parts"), msg("remove the keys that fii does not know")
        return Settings(), (Diagnostic(CODE, Severity.ERROR, path, Span(line, 1, line, 2), wrong, hint),)
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # also for endless numbers and nested brackets
        return Settings(), (_not_toml(text, path, str(error)),)
    settings, mistakes = _settled(data, rules)
    found = [
        Diagnostic(CODE, Severity.ERROR, path, _place(text, keys), message, hint)
        for keys, message, hint in mistakes[:_AT_MOST]
    ]
    if left := len(mistakes) - len(found):
        more, hint = count(left, "and {n} more", "and {n} more"), msg("fix these first")
        found.append(Diagnostic(CODE, Severity.ERROR, path, found[-1].span, more, hint))
    return settings, tuple(found)


_AT_MOST = 100
"""The number of errors shown with their location; finding each one searches the text."""
_STEPS = 5_000_000


def _line_of_too_many_parts(text: str) -> int | None:
    """The line with the most dots, if there are so many that parsing the keys would take minutes.

    tomllib goes through all parts of a table's name at each of its keys, and twice through those of a key.
    """
    points = [line.count(".") for line in text.split("\n")]
    most = max(points)
    steps = most * len(points) + sum(n * n for n in points)
    return points.index(most) + 1 if steps > _STEPS else None


def _not_toml(text: str, path: str, said: str) -> Diagnostic:
    found = re.search(r"at line (\d+), column (\d+)", said)  # the location is only in its English message
    line, column = (int(found[1]), int(found[2])) if found else (max(1, text.count("\n")), 1)
    return Diagnostic(
        CODE,
        Severity.ERROR,
        path,
        Span(line, column, line, column + 1),
        msg("invalid TOML from this point"),
        msg("check the quotes, the brackets and the = of this line"),
    )


def _settled(data: dict[str, Any], rules: Mapping[str, Rule]) -> tuple[Settings, list[Mistake]]:
    from fii_cli.project.settings_file import SettingsFile
    from fii_cli.project.settings_table import read_table

    written, mistakes = read_table(SettingsFile, data)
    severities, limits, wrong = _by_rule(written.rules, rules)
    check, counts, style = written.check, written.counts, written.style
    chosen = RuleSettings(
        LEVELS[check.fail_on] if check.fail_on else None, check.select, check.ignore, severities, limits
    )
    silent_weeks = limits.get("FII421", {}).get("weeks", Thresholds().silent_weeks)
    accent = style.accent.lower()
    settings = Settings(
        chosen,
        check.exclude,
        Thresholds(counts.hinders, counts.helps, counts.smallest, silent_weeks, check.left_months),
        HouseStyle(accent, on_dark(accent), style.font, style.logo, style.organisation, style.footer),
    )
    return settings, [*mistakes, *wrong]


def _by_rule(
    tables: Mapping[str, Any], rules: Mapping[str, Rule]
) -> tuple[dict[str, Severity], dict[str, dict[str, int]], list[Mistake]]:
    """The severities and numbers set for each rule, and the errors in the rest."""
    from fii_cli.project.settings_file import table_of
    from fii_cli.project.settings_table import read_table

    severities: dict[str, Severity] = {}
    limits: dict[str, dict[str, int]] = {}
    mistakes: list[Mistake] = []
    lexicon = Lexicon(list(rules))
    for code, table in tables.items():
        keys = ("rules", code)
        if code not in rules:
            hint = did_you_mean(code, lexicon, msg("fii explain shows all codes"))
            mistakes.append((keys, msg("unknown rule {code}", code=code), hint))
        elif rules[code].severity is Severity.ERROR:
            wrong = msg("{code} is an error, and its severity cannot be changed", code=code)
            mistakes.append((keys, wrong, msg("remove this")))
        else:
            written, wrong_here = read_table(table_of(rules[code]), table, keys)
            mistakes += wrong_here
            given = [key for key in type(written).model_fields if key in written.model_fields_set]
            settled: dict[str, Any] = {key: getattr(written, key) for key in given}
            if severity := settled.pop("severity", None):
                severities[code] = LEVELS[severity]
            if settled:
                limits[code] = settled
    return severities, limits, mistakes


def _place(text: str, keys: tuple[str, ...]) -> Span:
    """The location of a key; tomllib does not report it, so fii searches for its table and line."""
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
