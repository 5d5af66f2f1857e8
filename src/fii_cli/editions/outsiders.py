"""Hide from external readers which organisations were only candidates, and ids that name someone.

An organisation is visible externally only with a role that makes it public. Everything that belongs to a
hidden one (its people, its tasks, the ratings about it) is removed, and so are the references to it. An id
may be a name, so ids become numbers. Readers see the ids of cycles and of the team's own checklist items:
those are kept, unless they contain the id or the name of a person or of a hidden organisation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from itertools import count
from typing import Any

from fii_cli.editions.names import Names, plain, spellings
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import BELONGS, REFERS_TO, OneOrMore, Record, remade
from fii_cli.trajectory.follow_up import Action, Assessment, ChecklistItem
from fii_cli.trajectory.head import Organisation, Person
from fii_cli.trajectory.implementeren import Cycle
from fii_cli.trajectory.innoveren import Adaptation, Innoveren
from fii_cli.words import STOPLICHT, OrganisationRole

PUBLIC_ROLES: tuple[OrganisationRole, ...] = ("commissioner", "giving", "receiving", "funder", "third")
"""The roles that make an organisation public; a candidate, or an organisation without a role, is not."""
_TELLING = 3
"""Minimum length of a word of an organisation to be matched at all."""
_FORMS = frozenset({"stichting", "vereniging", "gemeente", "cooperatie", "foundation", "municipality"})
"""Types of organisation, which do not identify one."""
Meant = Mapping[tuple[str, str], str | None]
"""By kind and id: the replacement id, or ``None`` if the organisation or person is hidden."""
Given = dict[str, dict[str, str]]
"""By list and id: the id that readers outside see. Every list with ids has a key of its own."""


def is_public(organisation: Organisation) -> bool:
    """Whether a role makes an organisation known outside the team and the steering group."""
    return any(role in PUBLIC_ROLES for role in organisation.roles)


def hides(trajectory: Trajectory, organisation: Organisation) -> bool:
    """Whether an organisation of another file has the id or the name of one that is hidden in this one."""
    named = spellings(organisation.name) - {""}
    return any(
        each.id.casefold() == organisation.id.casefold() or named & spellings(each.name)
        for each in _hidden(trajectory)
    )


def names_in(trajectory: Trajectory) -> Names:
    """The names by which an id would identify someone to an external reader."""
    found: set[str] = set()
    known_words: set[str] = set()
    for person in trajectory.people:
        found |= set(_names_of(person, trajectory))
    for organisation in trajectory.organisations:
        if is_public(organisation):
            known_words |= _words_of(organisation)
    for organisation in _hidden(trajectory):
        found |= spellings(organisation.id) | spellings(organisation.name)
        words = _words_of(organisation) - known_words - _FORMS
        found |= {word for word in words if len(word) >= _TELLING}
    return Names(found)


def _hidden(trajectory: Trajectory) -> list[Organisation]:
    return [each for each in trajectory.organisations if not is_public(each)]


def _words_of(organisation: Organisation) -> set[str]:
    return _words_in(f"{organisation.name} {organisation.id}")


def _words_in(text: str) -> set[str]:
    """The words of a text, in every spelling."""
    words: set[str] = set()
    for spelling in spellings(text):
        words.update(spelling.split("-"))
    return words


def names_in_files(trajectory: Trajectory) -> Names:
    """The names by which a file name would identify someone to an external reader."""
    found = _full_names(trajectory)
    for organisation in _hidden(trajectory):
        found |= spellings(organisation.id) | spellings(organisation.name)
    return Names(found)


def full_names_in(trajectory: Trajectory) -> Names:
    """The full names of people, and their ids if these are more than a role."""
    return Names(_full_names(trajectory))


def holds_full_name(trajectory: Trajectory, text: str) -> bool:
    """Whether a text contains the full name of somebody, or an id that is more than a role."""
    called = {
        spelling
        for person in trajectory.people
        for told in (person.name or "", person.id)
        for spelling in spellings(told)
    }
    # Most texts have none of these: what is only a role takes longer to find out.
    return Names(called).held_by(text) and full_names_in(trajectory).held_by(text)


def _full_names(trajectory: Trajectory) -> set[str]:
    found: set[str] = set()
    for person in trajectory.people:
        found |= spellings(person.name or "")
        found |= spellings(person.id).intersection(_names_of(person, trajectory))
    return found


def _names_of(person: Person, trajectory: Trajectory) -> Iterator[str]:
    """The id and the parts of the name of a person, without the words of the role."""
    told = (person.role, person.level, person.organisation, trajectory.named(person.organisation))
    of_role = _words_in(" ".join(filter(None, told)))
    for spelling in spellings(person.id):
        if not set(spelling.split("-")) <= of_role:
            yield spelling
    for spelling in spellings(person.name or ""):
        parts = spelling.split("-")
        yield from (part for part in parts if len(part) > 1 and part not in of_role)
        surname = parts[1:]
        if not set(surname) <= of_role:
            yield "-".join(surname)


def for_outsiders(
    edition: Trajectory, whole: Trajectory, later: tuple[Trajectory, Trajectory] | None = None
) -> Trajectory:
    """An edition that reveals nobody who is hidden; ``whole`` is the trajectory it was made from.

    ``later`` is the same pair of a later version, if this one is compared with it. Then the same record has
    the same id in both, and who is hidden in the later version is hidden in the earlier one too.
    """
    given: Given = defaultdict(dict)
    hidden = {each.id for each in _hidden(whole)}
    if later is None:
        return _told(edition, whole, names_in(whole), hidden, frozenset(), given)
    there = later[1]
    hidden_there = {each.id for each in _hidden(there)}
    _told(*later, names_in(there), hidden_there, frozenset(), given)
    called = {each.name.casefold() for each in _hidden(there)}
    hidden |= hidden_there | {each.id for each in whole.organisations if each.name.casefold() in called}
    gone = frozenset(each.id for each in there.people if each.organisation in hidden_there)
    organisations = (*whole.organisations, *there.organisations)
    both = remade(whole, organisations=organisations, people=(*whole.people, *there.people))
    return _told(edition, whole, names_in(both), hidden, gone, given)


def _told(
    edition: Trajectory,
    whole: Trajectory,
    names: Names,
    hidden: Set[str],
    hidden_people: Set[str],
    given: Given,
) -> Trajectory:
    """An edition without the hidden organisations, and with the ids ``given``, to which it adds its own."""
    meant: dict[tuple[str, str], str | None] = {("organisation", id_): None for id_ in hidden}

    shown = tuple(_as_public(each) for each in edition.organisations if each.id not in hidden)
    organisations = _numbered(shown, given["organisations"])
    for old, new in zip(shown, organisations, strict=True):
        meant["organisation", old.id] = new.id

    seen = tuple(
        each for each in edition.people if each.organisation not in hidden and each.id not in hidden_people
    )
    meant |= {("person", each.id): None for each in edition.people}
    people = _numbered(seen, given["people"])
    for person, new in zip(seen, people, strict=True):
        meant["person", person.id] = new.id

    checklist, items = _own_items(edition.checklist, names, given["checklist"])
    answers = {f"{STOPLICHT}/{old}": f"{STOPLICHT}/{new}" for old, new in items.items()}
    told = remade(
        edition,
        organisations=organisations,
        people=people,
        checklist=checklist,
        assessments=tuple(_assessment(made, items) for made in edition.assessments),
        actions=tuple(_action(action, answers) for action in edition.actions),
        innoveren=_innoveren(edition.innoveren, given["active_ingredients"]),
    )
    told = _renumbered(_with_new_references(told, meant), names, given)
    if whole.entry.receiving_organisation and not told.entry.receiving_organisation:
        known = OneOrMore(["receiving-organisation"])  # keep the fact that one is known
        told = remade(told, entry=remade(told.entry, receiving_organisation=known))
    result: Trajectory = told
    return result


def _as_public(organisation: Organisation) -> Organisation:
    """An organisation with only its public roles, so that the shortlist is not revealed."""
    roles = tuple(role for role in organisation.roles if role in PUBLIC_ROLES)
    shown: Organisation = remade(organisation, roles=roles)
    return shown


def _own_items(
    checklist: tuple[ChecklistItem, ...], names: Names, given: dict[str, str]
) -> tuple[tuple[ChecklistItem, ...], dict[str, str]]:
    """The team's own checklist, and the replaced ids with their replacements."""
    taken = {item.id for item in checklist} | set(given.values())
    renamed: dict[str, str] = {}
    for number, item in enumerate(checklist, 1):
        if item.id not in given:
            identifies = names.held_by(item.id)
            given[item.id] = _free(f"{item.subphase}.item-{number}", taken) if identifies else item.id
        if given[item.id] != item.id:
            renamed[item.id] = given[item.id]
    return tuple(remade(item, id=renamed.get(item.id, item.id)) for item in checklist), renamed


def _assessment(made: Assessment, items: Mapping[str, str]) -> Assessment:
    """An assessment with the new ids of items."""
    if not made.of_lights:
        return made
    ratings = {items.get(item, item): rating for item, rating in made.ratings.items()}
    shown: Assessment = remade(made, ratings=ratings)
    return shown


def _action(action: Action, answers: Mapping[str, str]) -> Action:
    shown: Action = remade(action, answers=tuple(answers.get(each, each) for each in action.answers))
    return shown


def _innoveren(innoveren: Innoveren | None, given: dict[str, str]) -> Innoveren | None:
    """Adaptations that name active ingredients by the numbers that these get; an unknown one goes."""
    if innoveren is None or not innoveren.adaptations:
        return innoveren
    ingredients = innoveren.method.active_ingredients if innoveren.method else ()
    meant: dict[str, str] = {}
    for each, new in zip(ingredients, _numbered(ingredients, given), strict=True):
        meant.setdefault(each.id, new.id)
    shown: Innoveren = remade(
        innoveren, adaptations=tuple(_adaptation(each, meant) for each in innoveren.adaptations)
    )
    return shown


def _adaptation(made: Adaptation, meant: Mapping[str, str]) -> Adaptation:
    shown: Adaptation = remade(
        made, ingredients=tuple(meant[each] for each in made.ingredients if each in meant)
    )
    return shown


def _numbered(records: tuple[Any, ...], given: dict[str, str]) -> tuple[Any, ...]:
    """Records with numbered ids: the one ``given`` to the same record before, or else the next number."""
    taken = set(given.values())
    kind = plain(type(records[0]).__name__) if records else ""
    free = (new for number in count(1) if (new := f"{kind}-{number}") not in taken)
    numbered: list[Any] = []
    used: set[str] = set()
    for each in records:
        id_ = given.get(each.id, "")
        if not id_ or id_ in used:  # new, or there twice
            id_ = next(free)
            given.setdefault(each.id, id_)
        used.add(id_)
        numbered.append(remade(each, id=id_))
    return tuple(numbered)


def _cycles(cycles: tuple[Cycle, ...], names: Names, given: dict[str, str]) -> tuple[Cycle, ...]:
    """The cycles, with a number for every id that names someone."""
    taken = {each.id for each in cycles} | set(given.values())
    for at, each in enumerate(cycles, 1):
        if each.id not in given:
            given[each.id] = _free(f"cycle-{at}", taken) if names.held_by(each.id) else each.id
    return tuple(remade(each, id=given[each.id]) if given[each.id] != each.id else each for each in cycles)


def _free(id_: str, taken: set[str]) -> str:
    """An id that is not taken."""
    while id_ in taken:
        id_ += "-x"
    return id_


_REFERRED_TO = ("organisations", "people", "checklist")
"""Their ids are replaced together with the references to them."""


def _renumbered(value: Any, names: Names, given: Given) -> Any:
    """A part of a trajectory in which the ids without references identify nobody."""
    if not isinstance(value, Record):
        return value
    found: dict[str, Any] = {}
    for name in type(value).model_fields:
        part = getattr(value, name)
        if not isinstance(part, tuple):
            found[name] = _renumbered(part, names, given)
            continue
        inner = tuple(_renumbered(each, names, given) for each in part)
        has_ids = bool(inner) and "id" in getattr(type(inner[0]), "model_fields", ())
        if not has_ids or name in _REFERRED_TO:
            found[name] = inner
        elif isinstance(inner[0], Cycle):
            found[name] = _cycles(inner, names, given[name])
        else:
            found[name] = _numbered(inner, given[name])
    return remade(value, **found)


def _with_new_references(value: Any, meant: Meant) -> Any:
    """A part of a trajectory with the replaced references in ``meant``; hidden ones are removed.

    Returns ``None`` for a record that belongs to something hidden, or that requires it.
    """
    if isinstance(value, OneOrMore):
        return value
    if isinstance(value, tuple):
        parts = (_with_new_references(each, meant) for each in value)
        return tuple(part for part in parts if part is not None)
    if not isinstance(value, Record):
        return value
    found: dict[str, Any] = {}
    for name, info in type(value).model_fields.items():
        found[name] = _with_new_references(getattr(value, name), meant)
        extra: Any = info.json_schema_extra
        kind = extra.get(REFERS_TO)
        if kind and isinstance(found[name], tuple):
            ids = (meant.get((kind, each), each) for each in found[name])
            found[name] = type(found[name])(filter(None, ids))
            continue
        if not kind or (kind, found[name]) not in meant:
            continue
        found[name] = meant[kind, found[name]]
        goes_with_it = extra.get(BELONGS) or info.is_required()
        if found[name] is None and goes_with_it:
            return None
    return remade(value, **found)
