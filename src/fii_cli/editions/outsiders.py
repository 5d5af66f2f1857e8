"""Hide from external readers which organisations were only candidates, and ids that name someone.

An organisation is visible externally only with a role that makes it public. Everything that belongs to a
hidden one (its people, its tasks, the ratings about it) is removed, and so are the references to it. An id
may be a name, so ids become numbers. Readers see the ids of cycles and of the team's own checklist items:
those are kept, unless they contain the id or the name of a person or of a hidden organisation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import BELONGS, REFERS_TO, OneOrMore, Record, remade
from fii_cli.trajectory.follow_up import Action, Assessment, ChecklistItem
from fii_cli.trajectory.head import Organisation, Person
from fii_cli.trajectory.implementeren import Cycle
from fii_cli.trajectory.innoveren import ActiveIngredient, Adaptation, Innoveren
from fii_cli.words import STOPLICHT, OrganisationRole

PUBLIC_ROLES: tuple[OrganisationRole, ...] = ("commissioner", "giving", "receiving", "funder", "third")
"""The roles that make an organisation public; a candidate, or an organisation without a role, is not."""
_SHORT, _TELLING, _LONG = 5, 3, 100
"""Minimum length of a name to be matched inside other words; minimum length of a word of an organisation to
be matched at all; maximum length of a name."""
_FORMS = frozenset({"stichting", "vereniging", "gemeente", "cooperatie", "foundation", "municipality"})
"""Types of organisation, which do not identify one."""
_MARKLESS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "'": ""})
_WITH_E = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""Letters that NFKD does not decompose, and an alternative spelling of some."""
Meant = Mapping[tuple[str, str], str | None]
"""By kind and id: the replacement id, or ``None`` if the organisation or person is hidden."""


def is_public(organisation: Organisation) -> bool:
    """Whether a role makes an organisation known outside the team and the steering group."""
    return any(role in PUBLIC_ROLES for role in organisation.roles)


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
        found |= _spellings(organisation.id) | _spellings(organisation.name)
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
    for spelling in _spellings(text):
        words.update(spelling.split("-"))
    return words


def names_in_files(trajectory: Trajectory) -> Names:
    """The names by which a file name would identify someone to an external reader."""
    found = _full_names(trajectory)
    for organisation in _hidden(trajectory):
        found |= _spellings(organisation.id) | _spellings(organisation.name)
    return Names(found)


def full_names_in(trajectory: Trajectory) -> Names:
    """The full names of people, and their ids if these are more than a role."""
    return Names(_full_names(trajectory))


def _full_names(trajectory: Trajectory) -> set[str]:
    found: set[str] = set()
    for person in trajectory.people:
        found |= _spellings(person.name or "")
        found |= _spellings(person.id).intersection(_names_of(person, trajectory))
    return found


class Names:
    """Names as short words with hyphens, such as ``pietje-puk``."""

    def __init__(self, names: Iterable[str]) -> None:
        known = {name for name in names if 0 < len(name) <= _LONG}
        self._known = known
        self._joined = {joined for name in known if len(joined := name.replace("-", "")) >= _SHORT}
        self._words = {name.count("-") + 1 for name in known}
        self._lengths = {len(name) for name in self._joined}

    def held_by(self, text: str) -> bool:
        """Whether a text contains one of the names, in any case, with or without separators."""
        words = _plain(text).split("-")
        together = "".join(words)
        # Look up pieces of the text in sets, so that the number of names does not affect the time.
        for n in self._words:
            if any("-".join(words[at : at + n]) in self._known for at in range(len(words))):
                return True
        for n in self._lengths:
            if any(together[at : at + n] in self._joined for at in range(len(together) - n + 1)):
                return True
        return False


def _plain(text: str) -> str:
    """A text in lower case without diacritics, with hyphens between words and numbers.

    Other alphabets are kept, unlike in an id that fii proposes.
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", "-", text)
    taken_apart = unicodedata.normalize("NFKD", apart.casefold().translate(_MARKLESS))
    letters = "".join(letter for letter in taken_apart if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "-", letters).strip("-")


def _spellings(name: str) -> set[str]:
    """The ways to write a name: ``Müller`` is ``muller`` and ``mueller``."""
    composed = unicodedata.normalize("NFC", name)
    return {_plain(composed), _plain(composed.casefold().translate(_WITH_E)), _plain(composed.casefold())}


def _names_of(person: Person, trajectory: Trajectory) -> Iterator[str]:
    """The id and the parts of the name of a person, without the words of the role."""
    told = (person.role, person.level, person.organisation, trajectory.named(person.organisation))
    of_role = _words_in(" ".join(filter(None, told)))
    for spelling in _spellings(person.id):
        if not set(spelling.split("-")) <= of_role:
            yield spelling
    for spelling in _spellings(person.name or ""):
        parts = spelling.split("-")
        yield from (part for part in parts if len(part) > 1 and part not in of_role)
        surname = parts[1:]
        if not set(surname) <= of_role:
            yield "-".join(surname)


def for_outsiders(edition: Trajectory, whole: Trajectory) -> Trajectory:
    """An edition that reveals nobody who is hidden; ``whole`` is the trajectory it was made from."""
    names = names_in(whole)
    hidden = {each.id for each in _hidden(whole)}
    meant: dict[tuple[str, str], str | None] = {("organisation", id_): None for id_ in hidden}

    shown = tuple(_as_public(each) for each in edition.organisations if each.id not in hidden)
    organisations = _numbered(shown)
    for old, new in zip(shown, organisations, strict=True):
        meant["organisation", old.id] = new.id

    people: list[Person] = []
    for person in edition.people:
        if person.organisation in hidden:
            meant["person", person.id] = None
            continue
        id_ = f"person-{len(people) + 1}"
        meant["person", person.id] = id_
        people.append(remade(person, id=id_))

    checklist, items = _own_items(edition.checklist, names)
    answers = {f"{STOPLICHT}/{old}": f"{STOPLICHT}/{new}" for old, new in items.items()}
    told = remade(
        edition,
        organisations=organisations,
        people=tuple(people),
        checklist=checklist,
        assessments=tuple(_assessment(made, items) for made in edition.assessments),
        actions=tuple(_action(action, answers) for action in edition.actions),
        innoveren=_innoveren(edition.innoveren),
    )
    told = _renumbered(_with_new_references(told, meant), names)
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
    checklist: tuple[ChecklistItem, ...], names: Names
) -> tuple[tuple[ChecklistItem, ...], dict[str, str]]:
    """The team's own checklist, and the replaced ids with their replacements."""
    taken = {item.id for item in checklist}
    renamed: dict[str, str] = {}
    for number, item in enumerate(checklist, 1):
        if names.held_by(item.id):
            renamed[item.id] = _free(f"{item.subphase}.item-{number}", taken)
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


def _innoveren(innoveren: Innoveren | None) -> Innoveren | None:
    """Adaptations that name active ingredients by the numbers that these get; an unknown one goes."""
    if innoveren is None or not innoveren.adaptations:
        return innoveren
    ingredients = innoveren.method.active_ingredients if innoveren.method else ()
    meant: dict[str, str] = {}
    for number, each in enumerate(ingredients, 1):
        meant.setdefault(each.id, _numbered_id(ActiveIngredient, number))
    shown: Innoveren = remade(
        innoveren, adaptations=tuple(_adaptation(each, meant) for each in innoveren.adaptations)
    )
    return shown


def _adaptation(made: Adaptation, meant: Mapping[str, str]) -> Adaptation:
    shown: Adaptation = remade(
        made, ingredients=tuple(meant[each] for each in made.ingredients if each in meant)
    )
    return shown


def _numbered(records: tuple[Any, ...]) -> tuple[Any, ...]:
    """Records with numbered ids."""
    return tuple(remade(each, id=_numbered_id(type(each), number)) for number, each in enumerate(records, 1))


def _numbered_id(kind: type[Record], number: int) -> str:
    return f"{_plain(kind.__name__)}-{number}"


def _cycles(cycles: tuple[Cycle, ...], names: Names) -> tuple[Cycle, ...]:
    """The cycles, with a number for every id that names someone."""
    taken = {each.id for each in cycles}
    shown = list(cycles)
    for at, each in enumerate(cycles):
        if names.held_by(each.id):
            shown[at] = remade(each, id=_free(f"cycle-{at + 1}", taken))
    return tuple(shown)


def _free(id_: str, taken: set[str]) -> str:
    """An id that is not taken."""
    while id_ in taken:
        id_ += "-x"
    return id_


_REFERRED_TO = ("organisations", "people", "checklist")
"""Their ids are replaced together with the references to them."""


def _renumbered(value: Any, names: Names) -> Any:
    """A part of a trajectory in which the ids without references identify nobody."""
    if not isinstance(value, Record):
        return value
    found: dict[str, Any] = {}
    for name in type(value).model_fields:
        part = getattr(value, name)
        if not isinstance(part, tuple):
            found[name] = _renumbered(part, names)
            continue
        inner = tuple(_renumbered(each, names) for each in part)
        has_ids = bool(inner) and "id" in getattr(type(inner[0]), "model_fields", ())
        if not has_ids or name in _REFERRED_TO:
            found[name] = inner
        elif isinstance(inner[0], Cycle):
            found[name] = _cycles(inner, names)
        else:
            found[name] = _numbered(inner)
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
