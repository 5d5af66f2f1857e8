"""The values that parameters take: from the format, the handbook and the trajectory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping

from fii_cli.completion.asked import Asked, Candidate, Fields, Takes, after, records_in, text_of
from fii_cli.completion.paths import paths
from fii_cli.handbook import ADAPTATIONS, load
from fii_cli.handbook.short_names import Names
from fii_cli.language import N_
from fii_cli.project.today import today
from fii_cli.resources import EXAMPLES
from fii_cli.words import LIGHTS, PHASES, STOPLICHT, label


def free(_asked: Asked) -> Iterator[Candidate]:
    """Anything: a text, a date, a name. There is nothing to choose from."""
    return iter(())


def words(*allowed: str) -> Callable[[Asked], Iterator[Candidate]]:
    """Closed values, each with what it means."""

    def found(asked: Asked) -> Iterator[Candidate]:
        return _told({word: asked.say(label(word)) for word in allowed})

    return found


def _named(names: Names, asked: Asked) -> Iterator[Candidate]:
    return _told({id_: asked.say.pick(name) for id_, name in names.items()})


def _told(helps: Mapping[str, str]) -> Iterator[Candidate]:
    """Candidates with their descriptions; without any if all of them only repeat the word."""
    silent = all(word.casefold() == told.casefold() for word, told in helps.items())
    return (Candidate(word, "" if silent else told) for word, told in helps.items())


# --- from the trajectory ------------------------------------------------------------------------------------


def persons(asked: Asked) -> Iterator[Candidate]:
    """The people of the trajectory who did not leave, with their role and never with their name."""
    there = (each for each in asked.records("people") if not _has_left(each))
    return (Candidate(text_of(each, "id"), text_of(each, "role")) for each in there)


def _has_left(person: Fields) -> bool:
    """Whether all of the day, the month or the year in which somebody left is over."""
    until = str(person.get("until") or "")
    return bool(until) and until < today().isoformat()[: len(until)]


def organisations(asked: Asked) -> Iterator[Candidate]:
    found = asked.records("organisations")
    return (Candidate(text_of(each, "id"), text_of(each, "name")) for each in found)


def ingredients(asked: Asked) -> Iterator[Candidate]:
    """The active ingredients of the method."""
    found = asked.records("innoveren", "method", "active_ingredients")
    return (Candidate(text_of(each, "id"), text_of(each, "what")) for each in found)


def rated_items(asked: Asked) -> Iterator[Candidate]:
    """The items that were rated of an organisation."""
    made = [each for each in asked.records("assessments") if text_of(each, "about")]
    ratings = [each.get("ratings") for each in made]
    found = dict.fromkeys(item for each in ratings if isinstance(each, dict) for item in each)
    return (Candidate(item) for item in found if isinstance(item, str))


def outcomes(asked: Asked) -> Iterator[Candidate]:
    """What can divide organisations: items that were rated of one, and indicators."""
    yield from rated_items(asked)
    for each in asked.records("borgen", "indicators"):
        yield Candidate(text_of(each, "id"), text_of(each, "what"))


def who(asked: Asked) -> Iterator[Candidate]:
    """Who rated, decided or recorded something before."""
    decisions = [each for visit in asked.records("visits") for each in records_in(visit.get("decisions"))]
    those = [*asked.records("assessments"), *decisions, *asked.records("log"), *asked.records("accepted")]
    return (Candidate(name) for name in dict.fromkeys(text_of(each, "by") for each in those))


def open_actions(asked: Asked) -> Iterator[Candidate]:
    """The actions that can be closed."""
    for each in asked.records("actions"):
        if _is_running(each) or (text_of(each, "status") == "klaar" and not each.get("result")):
            yield Candidate(text_of(each, "id"), text_of(each, "what"))


def _is_running(action: Fields) -> bool:
    return action.get("status", "open") in ("open", "bezig")


# --- from the handbook --------------------------------------------------------------------------------------


def instruments(asked: Asked) -> Iterator[Candidate]:
    return _named(asked.book.names.instruments(), asked)


def questionnaires(asked: Asked) -> Iterator[Candidate]:
    """The instruments that can be used as a questionnaire: a team agrees on the lights."""
    return (each for each in instruments(asked) if each.value != STOPLICHT)


phases = words(*PHASES)


def subphases(asked: Asked) -> Iterator[Candidate]:
    return _named(asked.book.names.groups(STOPLICHT), asked)


def groups(asked: Asked) -> Iterator[Candidate]:
    """The groups of the instrument that is named; the stoplicht has phases and subphases instead."""
    instrument = _instrument(asked)
    return iter(()) if instrument in ("", STOPLICHT) else _named(asked.book.names.groups(instrument), asked)


def _instrument(asked: Asked) -> str:
    """The instrument that is named, in any case; the stoplicht if none is, empty if it is unknown."""
    named = asked.option("--instrument") or STOPLICHT
    return next((each for each in asked.book.names.instruments() if each.lower() == named.lower()), "")


def items(asked: Asked) -> Iterator[Candidate]:
    """The items of the instrument that is named, and the team's own items with the lights."""
    instrument = _instrument(asked)
    return items_of(instrument, asked) if instrument else iter(())


def _rateable(instrument: str, asked: Asked) -> Names:
    names = asked.book.names
    return {**names.items(instrument), **names.domains(instrument)}


def items_of(instrument: str, asked: Asked) -> Iterator[Candidate]:
    yield from _named(_rateable(instrument, asked), asked)
    if instrument == STOPLICHT:
        for each in asked.records("checklist"):
            yield Candidate(text_of(each, "id"), text_of(each, "question"))


def item_and_rating(asked: Asked) -> Iterator[Candidate]:
    """An item, and after the sign its ratings."""
    item, sign, _ = asked.word.partition("=")
    if not sign:
        return _each_open(items(asked), "=")
    instrument = _instrument(asked)
    return after(f"{item}=", ratings_of(instrument, item, asked)) if instrument else iter(())


def ratings_of(instrument: str, item: str, asked: Asked) -> Iterator[Candidate]:
    known = _rateable(instrument, asked)
    same = next((each for each in known if each.lower() == item.lower()), item)
    if instrument == STOPLICHT:
        return words(*LIGHTS)(asked)
    return _named(asked.book.names.ratings(instrument, same), asked) if same in known else iter(())


def item_and_text(asked: Asked) -> Iterator[Candidate]:
    """An item that is rated on this command line; what follows the sign is free."""
    return iter(()) if "=" in asked.word else _each_open(_rated_items(asked), "=")


def item_and_evidence(asked: Asked) -> Iterator[Candidate]:
    """An item that is rated on this command line, and after the sign a path beside the trajectory."""
    item, sign, path = asked.word.partition("=")
    if not sign:
        return _each_open(_rated_items(asked), "=")
    return after(f"{item}=", paths(path, base=os.path.dirname(asked.path or "")))


def beside(*endings: str) -> Takes:
    """The files with one of these endings, by their path from the folder of the trajectory."""

    def found(asked: Asked) -> Iterator[Candidate]:
        return paths(asked.word, endings, os.path.dirname(asked.path or ""))

    return found


def item_and_owner(asked: Asked) -> Iterator[Candidate]:
    """An item that is rated on this command line, and after the sign a person; a new role is free."""
    item, sign, _ = asked.word.partition("=")
    if not sign:
        return _each_open(_rated_items(asked), "=")
    return after(f"{item}=", persons(asked))


def _rated_items(asked: Asked) -> Iterator[Candidate]:
    rated = {pair.partition("=")[0] for pair in asked.options.get("--set", ())}
    return (each for each in items(asked) if not rated or each.value in rated)


def _each_open(candidates: Iterable[Candidate], sign: str) -> Iterator[Candidate]:
    """Candidates with a sign behind them, after which more follows."""
    return (Candidate(each.value + sign, each.help, ends=False) for each in candidates)


def barriers(asked: Asked) -> Iterator[Candidate]:
    """What the trajectory rates as hindering; and every item, once its instrument was typed."""
    instrument, sign, _ = asked.word.partition("/")
    names = asked.book.names.instruments()
    if sign:
        if instrument in names:
            yield from after(f"{instrument}/", items_of(instrument, asked))
        return
    yield from _hindering(asked)
    yield from _each_open(instruments(asked), "/")


def _hindering(asked: Asked) -> Iterator[Candidate]:
    """What is rated unfavourably in the last assessment that rates it."""
    last: dict[tuple[str, str], str] = {}
    for made in asked.records("assessments"):
        ratings = made.get("ratings")
        for item, rating in ratings.items() if isinstance(ratings, dict) else ():
            value = rating.get("value") if isinstance(rating, dict) else rating
            last[text_of(made, "instrument"), item] = str(value)
    for (instrument, item), value in last.items():
        if value in asked.book.hinders(instrument, item):
            told = {each.value: each.help for each in items_of(instrument, asked)}
            yield Candidate(f"{instrument}/{item}", told.get(item, ""))


def strategies(asked: Asked) -> Iterator[Candidate]:
    return _named(asked.book.names.strategies(), asked)


def plannable(asked: Asked) -> Iterator[Candidate]:
    """The strategies that are not in progress yet, nor named on this command line."""
    taken = {text_of(each, "strategy") for each in asked.records("actions") if _is_running(each)}
    return (each for each in strategies(asked) if each.value not in taken | set(asked.own))


def codes(asked: Asked) -> Iterator[Candidate]:
    """The codes of the rules; their names are read only for a shell that shows them."""
    for code in load.rule_codes():
        yield Candidate(code, asked.say.pick(load.handbook().rule_name(code)) if asked.shown else "")


def terms(asked: Asked) -> Iterator[Candidate]:
    """What the handbook has a page about; the items of an instrument once that was typed."""
    instrument, sign, _ = asked.word.partition("/")
    names = asked.book.names
    if sign:
        if instrument in names.instruments() and instrument != STOPLICHT:
            inside = {**_rateable(instrument, asked), **names.unrated(instrument)}
            yield from after(f"{instrument}/", _named(inside, asked))
        return
    yield from phases(asked)
    yield from subphases(asked)
    yield from _named(names.items(STOPLICHT), asked)
    for each in questionnaires(asked):
        yield each
        yield Candidate(f"{each.value}/", asked.say(N_("its items")), ends=False)
    yield from _named(names.figures(), asked)
    yield Candidate(ADAPTATIONS, asked.say(N_("describing adaptations (FRAME)")))
    yield from strategies(asked)


def codes_and_terms(asked: Asked) -> Iterator[Candidate]:
    yield from codes(asked)
    yield from terms(asked)


def examples(_asked: Asked) -> Iterator[Candidate]:
    """The example trajectories that come with fii."""
    return (Candidate(path.stem) for path in sorted(EXAMPLES.glob("*.yaml")))
