"""An assessment, and how it is written to the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fii_cli.edits.add import id_for
from fii_cli.edits.write import append
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import Document
from fii_cli.yaml.emit import Value

NEW = "+"
"""Before the role of an owner who is not in the file yet."""


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
class Agreed:
    """What is agreed on about an item: who does what, by when.

    ``owner`` is the id of a person, or :data:`NEW` and the role of one who is not in the file yet.
    """

    what: str
    owner: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """The ratings of items of an instrument: who gave them, when, from which side, and about whom.

    ``agreed`` is what was agreed on with a rating, by item.
    """

    instrument: str
    date: str
    ratings: Mapping[str, Rated]
    by: str = ""
    perspective: str = ""
    about: str = ""
    agreed: Mapping[str, Agreed] = field(default_factory=dict)

    @property
    def written(self) -> dict[str, Value]:
        """The assessment as written to the file."""
        said = {"by": self.by, "perspective": self.perspective, "about": self.about}
        record: dict[str, Value] = {"instrument": self.instrument, "date": self.date}
        record |= {key: text for key, text in said.items() if text}
        record["ratings"] = {item: rated.written for item, rated in self.ratings.items()}
        return record


def assess(document: Document, trajectory: Trajectory, assessed: Assessed) -> Document:
    """The document with an assessment, and with the actions and the new people agreed on with it."""
    document = append(document, ("assessments",), assessed.written)
    roles = {_role(person.role): person.id for person in trajectory.people}
    people = {person.id for person in trajectory.people}
    actions = {action.id for action in trajectory.actions}
    for item, agreed in assessed.agreed.items():
        owner = agreed.owner
        if owner.startswith(NEW):
            role = owner.removeprefix(NEW).strip()
            if _role(role) not in roles:
                id_ = roles[_role(role)] = id_for(role, people, "person")
                people.add(id_)
                document = append(document, ("people",), {"id": id_, "role": role})
            owner = roles[_role(role)]
        id_ = id_for(agreed.what, actions, "action")
        actions.add(id_)
        action: dict[str, Value] = {
            "id": id_,
            "what": agreed.what,
            "answers": [f"{assessed.instrument}/{item}"],
        }
        action |= {"owner": owner} if owner else {}
        action |= {"since": assessed.date.rpartition("/")[2]}  # the end of a period
        action |= {"due": agreed.before} if agreed.before else {}
        document = append(document, ("actions",), action)
    return document


def _role(role: str) -> str:
    return " ".join(role.split()).casefold()
