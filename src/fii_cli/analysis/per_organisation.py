"""What was rated and measured, by the organisation that it is about."""

from __future__ import annotations

from datetime import date

from fii_cli.analysis.distinguishes import Organisation
from fii_cli.analysis.last_ratings import ratings_on
from fii_cli.handbook import Handbook
from fii_cli.trajectory import Trajectory


def rated_organisations(
    trajectory: Trajectory, instrument: str, handbook: Handbook, today: date
) -> tuple[Organisation, ...]:
    """The organisations with ratings on an instrument, in the order of the file.

    Ratings about no organisation are those of the receiving organisation if there is one, and no other was
    rated; else they are left out.
    """
    ratings = ratings_on(trajectory, instrument, handbook, today)
    named = {each.about for of_item in ratings.values() for each in of_item if each.about}
    whole = _meant(trajectory, named)
    found = []
    for organisation in trajectory.organisations:
        about = {organisation.id, None} if organisation.id == whole else {organisation.id}
        values = {
            item: tuple(dict.fromkeys(each.value for each in of_item if each.about in about))
            for item, of_item in ratings.items()
        }
        if any(values.values()):
            rated = {item: of_item for item, of_item in values.items() if of_item}
            found.append(Organisation(organisation.id, organisation.name, rated))
    return tuple(found)


def measured_organisations(trajectory: Trajectory, indicator: str, today: date) -> dict[str, float]:
    """The latest value of an indicator at each organisation, up to a day, in the order of the file.

    A measurement at no organisation in particular is one at the receiving organisation if there is one, and
    no other has any; else it is left out.
    """
    kept = trajectory.borgen.indicators if trajectory.borgen else ()
    made = [each for one in kept if one.id == indicator for each in one.measurements]
    made = sorted((each for each in made if not each.date.after(today)), key=lambda each: each.date.first)
    named = {each.organisation for each in made if each.organisation}
    whole = _meant(trajectory, named)
    latest = {each.organisation or whole: each.value for each in made}
    return {each.id: latest[each.id] for each in trajectory.organisations if each.id in latest}


def _meant(trajectory: Trajectory, named: set[str]) -> str | None:
    """The organisation that is meant where none is named: the only one that receives, if no other is."""
    receiving = trajectory.entry.receiving_organisation
    return receiving[0] if len(receiving) == 1 and named <= {*receiving} else None
