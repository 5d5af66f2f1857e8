"""The keys of ``fii.toml``, table by table, with the descriptions that editors show."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

from fii_cli.analysis.counts import Thresholds
from fii_cli.frozen import After, Limits
from fii_cli.language import N_, Code
from fii_cli.project.excluded import wrong_with_patterns
from fii_cli.project.house_style import wrong_with_contrast
from fii_cli.project.settings_table import MOST, Table, Unfit, field
from fii_cli.rules import BY_CODE
from fii_cli.rules.base import Rule
from fii_cli.rules.settings import wrong_with_codes
from fii_cli.yaml.read import strange_character

Level = Literal["error", "advice", "info"]
# the regex engine of the core takes 15 ms to build a pattern with letters of all scripts
_WITH_RE = {"regex_engine": "python-re"}
Whole = Annotated[int, Limits(strict=True, ge=1)]
Percentage = Annotated[int, Limits(strict=True, ge=1, le=100)]
Limit = Annotated[int, Limits(strict=True, ge=1, le=MOST)]
FontName = Annotated[str, Limits(pattern=r"^[\w .-]{1,60}\Z", **_WITH_RE)]


def _codes(option: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    if wrong := wrong_with_codes(codes, option, BY_CODE):
        raise Unfit(*wrong)
    return codes


def _patterns(patterns: tuple[str, ...]) -> tuple[str, ...]:
    if wrong := wrong_with_patterns(patterns):
        raise Unfit(*wrong)
    return patterns


def _shown(text: str) -> str:
    if strange := strange_character(text):
        raise Unfit(strange.message, strange.hint)
    return text


def _readable(accent: str) -> str:
    if wrong := wrong_with_contrast(accent):
        raise Unfit(*wrong)
    return accent


Selected = Annotated[tuple[str, ...], After(partial(_codes, "select"))]
Ignored = Annotated[tuple[str, ...], After(partial(_codes, "ignore"))]
Excluded = Annotated[tuple[str, ...], After(_patterns)]
Shown = Annotated[str, Limits(pattern=r"\S", **_WITH_RE), After(_shown)]
Colour = Annotated[str, Limits(pattern="^#[0-9a-fA-F]{6}$", max_length=7, **_WITH_RE), After(_readable)]

_A_LIST = N_("{key} is a list of texts")
_A_TEXT = N_("{key} is a text")
_PERCENTAGE = N_("{key} is a percentage: 1 to 100")


class Check(Table):
    """Which rules run, on which files, and what makes a check fail."""

    fail_on: Level | None = field("The lowest severity that makes fii check fail.", alias="fail-on")
    select: Selected = field(
        "Run only these rules: full codes or prefixes.",
        (),
        wrong=_A_LIST,
        example='select = ["FII4", "FII801"]',
    )
    ignore: Ignored = field(
        "Run all rules except these: full codes or prefixes.",
        (),
        wrong=_A_LIST,
        example='ignore = ["FII4", "FII801"]',
    )
    exclude: Excluded = field(
        "What to skip when searching: patterns as in .gitignore.",
        (),
        wrong=_A_LIST,
        example='exclude = ["archief/"]',
    )
    left_months: Limit = field(
        "For how many months after a phase was left there is still advice about it.",
        Thresholds().left_months,
        alias="left-months",
        wrong=N_("{key} is a whole number from 1 to {most}"),
        example="left-months = 6",
    )


class Counts(Table):
    """The percentages from which counted answers matter."""

    hinders: Percentage = field(
        "From this percentage of counted answers on, an item is a barrier.",
        Thresholds().hinders,
        wrong=_PERCENTAGE,
        example="hinders = 20",
    )
    helps: Percentage = field(
        "From this percentage of counted answers on, an item is a facilitator.",
        Thresholds().helps,
        wrong=_PERCENTAGE,
        example="helps = 80",
    )
    smallest: Whole = field(
        "Smaller groups are neither stored nor shown.",
        Thresholds().smallest,
        wrong=N_("{key} is a whole number above zero"),
        example="smallest = 5",
    )


class Style(Table):
    """The house style of reports."""

    accent: Colour = field(
        "The accent colour, dark enough to read on white.",
        "",
        wrong=N_("{key} must be a colour with six digits"),
        example='accent = "#1f4e79"',
    )
    font: tuple[FontName, ...] = field(
        "Fonts, in order of preference.",
        (),
        wrong=N_("{key} is a list of names of fonts"),
        example='font = ["Calibri", "Arial"]',
    )
    logo: Shown = field(
        "The path of the logo, relative to the folder of fii.toml.",
        "",
        wrong=_A_TEXT,
        example='logo = "huisstijl/logo.svg"',
    )
    organisation: Shown = field(
        "The name of the organisation.",
        "",
        wrong=_A_TEXT,
        example='organisation = "Stichting Voorbeeld"',
    )
    footer: Shown = field(
        "The text at the bottom of a report.",
        "",
        wrong=_A_TEXT,
        example='footer = "Vragen? Bel het secretariaat"',
    )


class SettingsFile(Table):
    """The whole file. ``rules`` has a table for each rule; its keys depend on the rule."""

    language: Code | None = field("The language of the terminal, unless --lang or FII_LANG overrides it.")
    check: Check = field(
        "Which rules run, on which files, and what makes a check fail.", default_factory=Check
    )
    counts: Counts = field(
        "From which percentage counted answers make an item a barrier or a facilitator.",
        default_factory=Counts,
    )
    rules: dict[str, Any] = field("The severity of a rule, and its thresholds.", default_factory=dict)
    style: Style = field("The house style of reports.", default_factory=Style)


def table_of(rule: Rule) -> type[Table]:
    """The model for the table of a rule: its severity, and its numbers with their defaults."""
    numbers = {
        name: field(
            "A threshold of this rule.",
            number,
            wrong=N_("{key} is a whole number from 1 to {most}"),
            example=f"{name} = {number}",
        )
        for name, number in rule.limits.items()
    }
    kinds = {"severity": Level | None, **dict.fromkeys(numbers, Limit)}
    keys = {"severity": field("The severity of this rule."), **numbers}
    return type(rule.code, (Table,), {"__module__": __name__, "__annotations__": kinds, **keys})
