"""An assessment, and how the file holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fii_cli.yaml.emit import Value


@dataclass(frozen=True, slots=True)
class Rated:
    """One item as it is rated now."""

    rating: str
    note: str = ""
    evidence: str = ""

    @property
    def written(self) -> Value:
        """The rating as the file holds it: short where there is nothing but a value."""
        value: Value = self.rating
        if re.fullmatch("-?[0-9]", self.rating):
            value = int(self.rating)  # written without quotes, as people do
        if not self.note and not self.evidence:
            return value
        full: dict[str, Value] = {"value": value, "note": self.note, "evidence": self.evidence}
        return {key: each for key, each in full.items() if each != ""}


@dataclass(frozen=True, slots=True)
class Assessed:
    """Who rated which items of an instrument, from which side, about which organisation, and when."""

    instrument: str
    date: str
    ratings: Mapping[str, Rated]
    by: str = ""
    perspective: str = ""
    about: str = ""

    @property
    def written(self) -> dict[str, Value]:
        """The assessment as the file holds it."""
        said = {"by": self.by, "perspective": self.perspective, "about": self.about}
        record: dict[str, Value] = {"instrument": self.instrument, "date": self.date}
        record |= {key: text for key, text in said.items() if text}
        record["ratings"] = {item: rated.written for item, rated in self.ratings.items()}
        return record
