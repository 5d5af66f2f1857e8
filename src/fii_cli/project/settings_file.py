"""The keys of ``fii.toml``, table by table, with the descriptions that editors show."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fii_cli.analysis.counts import Thresholds
from fii_cli.language import N_, Code
from fii_cli.models import Field, ValidationInfo, create_model, field_validator
from fii_cli.project.excluded import LONGEST, wrong_with_patterns
from fii_cli.project.house_style import wrong_with_contrast
from fii_cli.project.settings_table import MOST, Table, Unfit, field
from fii_cli.rules.base import Rule
from fii_cli.rules.settings import wrong_with_codes
from fii_cli.yaml.read import strange_character

Level = Literal["error", "advice", "info"]
Whole = Annotated[int, Field(strict=True, ge=1)]
Percentage = Annotated[int, Field(strict=True, ge=1, le=100)]
Limit = Annotated[int, Field(strict=True, ge=1, le=MOST)]
FontName = Annotated[str, Field(pattern=r"^[\w .-]{1,60}\Z")]
PathPattern = Annotated[str, Field(json_schema_extra={"maxLength": LONGEST})]
Written = Annotated[str, Field(pattern=r"\S")]
Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$", max_length=7)]

_A_LIST = N_("{key} is a list of texts")
_A_TEXT = N_("{key} is a text")
_PERCENTAGE = N_("{key} is a percentage: 1 to 100")


class Check(Table):
    """Which rules run, on which files, and what makes a check fail."""

    fail_on: Level | None = field("The lowest severity that makes fii check fail.", alias="fail-on")
    select: tuple[str, ...] = field(
        "Run only these rules: full codes or prefixes.",
        (),
        wrong=_A_LIST,
        example='select = ["FII4", "FII801"]',
    )
    ignore: tuple[str, ...] = field(
        "Run all rules except these: full codes or prefixes.",
        (),
        wrong=_A_LIST,
        example='ignore = ["FII4", "FII801"]',
    )
    exclude: tuple[PathPattern, ...] = field(
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

    @field_validator("select", "ignore")
    @classmethod
    def _are_codes(cls, codes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        assert info.field_name
        if wrong := wrong_with_codes(codes, info.field_name, info.context or {}):
            raise Unfit(*wrong)
        return codes

    @field_validator("exclude")
    @classmethod
    def _are_patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        if wrong := wrong_with_patterns(patterns):
            raise Unfit(*wrong)
        return patterns


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
    logo: Written = field(
        "The path of the logo, relative to the folder of fii.toml.",
        "",
        wrong=_A_TEXT,
        example='logo = "huisstijl/logo.svg"',
    )
    organisation: Written = field(
        "The name of the organisation.",
        "",
        wrong=_A_TEXT,
        example='organisation = "Stichting Voorbeeld"',
    )
    footer: Written = field(
        "The text at the bottom of a report.",
        "",
        wrong=_A_TEXT,
        example='footer = "Vragen? Bel het secretariaat"',
    )

    @field_validator("logo", "organisation", "footer")
    @classmethod
    def _can_be_shown(cls, text: str) -> str:
        if strange := strange_character(text):
            raise Unfit(strange.message, strange.hint)
        return text

    @field_validator("accent")
    @classmethod
    def _can_be_read(cls, accent: str) -> str:
        if wrong := wrong_with_contrast(accent):
            raise Unfit(*wrong)
        return accent


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
    numbers: dict[str, Any] = {
        name: (
            Limit,
            field(
                "A threshold of this rule.",
                number,
                wrong=N_("{key} is a whole number from 1 to {most}"),
                example=f"{name} = {number}",
            ),
        )
        for name, number in rule.limits.items()
    }
    severity: Any = (Level | None, field("The severity of this rule."))
    return create_model(rule.code, __base__=Table, severity=severity, **numbers)
