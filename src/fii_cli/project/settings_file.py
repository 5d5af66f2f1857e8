"""What can stand in ``fii.toml``, table by table, with what its author reads about each key."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, create_model, field_validator

from fii_cli.analysis.counts import Thresholds
from fii_cli.language import N_, Code
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
FontName = Annotated[str, Field(pattern=r"^[\w .-]{1,60}$")]
PathPattern = Annotated[str, Field(json_schema_extra={"maxLength": LONGEST})]
Written = Annotated[str, Field(pattern=r"\S")]
Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]

_A_LIST = N_("{key} is a list of texts")
_A_TEXT = N_("{key} is a text")
_PERCENTAGE = N_("{key} is a percentage: 1 to 100")


class Check(Table):
    """Which rules speak, where, and what makes a check fail."""

    fail_on: Level | None = field("From which severity on fii check fails.", alias="fail-on")
    select: tuple[str, ...] = field(
        "Only these rules: codes, or how codes begin.",
        (),
        wrong=_A_LIST,
        example='select = ["FII4", "FII801"]',
    )
    ignore: tuple[str, ...] = field(
        "All rules but these: codes, or how codes begin.",
        (),
        wrong=_A_LIST,
        example='ignore = ["FII4", "FII801"]',
    )
    exclude: tuple[PathPattern, ...] = field(
        "What a search passes over: patterns as in .gitignore.",
        (),
        wrong=_A_LIST,
        example='exclude = ["archief/"]',
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
    """From which share counted answers matter."""

    hinders: Percentage = field(
        "From this percentage of counted answers on something is a barrier.",
        Thresholds().hinders,
        wrong=_PERCENTAGE,
        example="hinders = 20",
    )
    helps: Percentage = field(
        "From this percentage of counted answers on something helps.",
        Thresholds().helps,
        wrong=_PERCENTAGE,
        example="helps = 80",
    )
    smallest: Whole = field(
        "Smaller groups are neither written nor shown.",
        Thresholds().smallest,
        wrong=N_("{key} is a whole number above zero"),
        example="smallest = 5",
    )


class Style(Table):
    """The house style of reports."""

    accent: Colour = field(
        "The colour of the house, dark enough to read on white.",
        "",
        wrong=N_("{key} is a colour of six digits"),
        example='accent = "#1f4e79"',
    )
    font: tuple[FontName, ...] = field(
        "Fonts, the one to use first.",
        (),
        wrong=N_("{key} is a list of names of fonts"),
        example='font = ["Calibri", "Arial"]',
    )
    logo: Written = field(
        "The logo: a path from the folder of fii.toml.",
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
        "What stands at the foot of a report.",
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
    """The whole file. ``rules`` has a table for each rule, of which the keys depend on the rule."""

    language: Code | None = field("What the terminal speaks, unless --lang or FII_LANG says otherwise.")
    check: Check = field("Which rules speak, where, and what makes a check fail.", default_factory=Check)
    counts: Counts = field("From which share counted answers matter: see the method.", default_factory=Counts)
    rules: dict[str, Any] = field("How loud a rule is, and its numbers.", default_factory=dict)
    style: Style = field("The house style of reports.", default_factory=Style)


def table_of(rule: Rule) -> type[Table]:
    """The table of a rule: how loud it is, and its numbers, with those that hold otherwise."""
    numbers: dict[str, Any] = {
        name: (
            Limit,
            field(
                "A number of this rule.",
                number,
                wrong=N_("{key} is a whole number from 1 to {most}"),
                example=f"{name} = {number}",
            ),
        )
        for name, number in rule.limits.items()
    }
    severity: Any = (Level | None, field("How loud this rule is."))
    return create_model(rule.code, __base__=Table, severity=severity, **numbers)
