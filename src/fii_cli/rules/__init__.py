"""Every rule by which fii judges a file, in the order of their codes."""

from __future__ import annotations

from fii_cli.rules.accepting import accepted_error, unknown_rule
from fii_cli.rules.base import Circumstances, Rule
from fii_cli.rules.method import radio_silence, shortlist_size, team_too_large, team_without_mandate
from fii_cli.rules.reading import (
    conflict,
    duplicate_key,
    missing_key,
    newer_format,
    not_a_date,
    not_a_number,
    not_a_trajectory,
    not_text,
    not_used_here,
    not_yaml,
    unknown_key,
    unknown_phase,
    unknown_value,
    unusable_settings,
    wrong_kind,
)
from fii_cli.rules.references import (
    duplicate_id,
    evidence_not_there,
    id_of_several_words,
    rating_off_scale,
    unknown_instrument,
    unknown_item,
    unknown_organisation,
    unknown_person,
)
from fii_cli.rules.time import dates_contradict, more_than_one_open_visit, old_lights

__all__ = ["BY_CODE", "RULES", "Circumstances", "Rule"]

RULES: tuple[Rule, ...] = (
    not_text,
    not_yaml,
    conflict,
    duplicate_key,
    not_used_here,
    not_a_trajectory,
    newer_format,
    unknown_key,
    missing_key,
    unknown_value,
    wrong_kind,
    not_a_date,
    not_a_number,
    id_of_several_words,
    duplicate_id,
    unknown_organisation,
    unknown_person,
    unknown_phase,
    unknown_item,
    unknown_instrument,
    rating_off_scale,
    unknown_rule,
    accepted_error,
    dates_contradict,
    more_than_one_open_visit,
    evidence_not_there,
    unusable_settings,
    shortlist_size,
    radio_silence,
    team_too_large,
    team_without_mandate,
    old_lights,
)
BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
