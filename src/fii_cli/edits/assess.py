"""An assessment, and how it is written to the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fii_cli.yaml.emit import Value


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating of one item."""

    rating: str
    note: str = ""
    evidence: str = ""

    @property
    def written(self) -> Value:
        """The rating as written to the file: in the short form if it is only a value."""
        value: Value = self.rating
        if re.fullmatch("-?[0-9]", self.rating):
            value = int(self.rating)  # written without quotes, as people do
        if not self.note and not self.evidence:
            return value
        full: dict[str, Value] = {"value": value, "note": self.note, "evidence": self.evidence}
        return {key: each for key, each in full.items() if each != ""}


@dataclass(frozen=True, slots=True)
class Assessed:
    """The ratings of items of an instrument: who gave them, when, from which side, and about whom."""

    instrument: str
    date: str
    ratings: Mapping[str, Rated]
    by: str = ""
    perspective: str = ""
    about: str = ""

    @property
    def written(self) -> dict[str, Value]:
        """The assessment as written to the file."""
        said = {"by": self.by, "perspective": self.perspective, "about": self.about}
        record: dict[str, Value] = {"instrument": self.instrument, "date": self.date}
        record |= {key: text for key, text in said.items() if text}
        record["ratings"] = {item: rated.written for item, rated in self.ratings.items()}
        return record
