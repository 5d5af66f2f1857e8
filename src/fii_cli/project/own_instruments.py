"""A repository's own instruments, validated like those that come with fii."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from fii_cli.diagnostics import Diagnostic, Route, Severity
from fii_cli.frozen import ValidationError
from fii_cli.handbook import FRAMEWORKS, Handbook
from fii_cli.handbook.models import OURS, Construct, Framework, Group, Scale, ScaleValue, Story
from fii_cli.handbook.questions import question_ids
from fii_cli.handbook.retired import Astray
from fii_cli.language import Message, msg
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.words import STOPLICHT
from fii_cli.yaml.document import Document

CODE = "FII041"
_TEXTS = ("name", "meaning", "help", "licence", "title", "text", "statement", "retired")
_KEYS = [
    *Framework.model_fields,
    *Story.model_fields,
    *Group.model_fields,
    *Construct.model_fields,
    *Scale.model_fields,
]
_Found = tuple[Route, Message, Message | None]


def own_instrument(
    document: Document, path: str, book: Handbook, own: Collection[str] = ()
) -> tuple[Framework | None, tuple[Diagnostic, ...]]:
    """The instrument in a document, and its errors. ``own`` are the ids of instruments read before.

    A text may be written once, for both languages, or as ``nl`` and ``en``; without a source it is the
    repository's own; ``scale`` may name an instrument of the handbook, whose scale it then has.
    """
    if document.problems:
        return None, tuple(
            Diagnostic(CODE, Severity.ERROR, path, p.span, p.message, p.hint) for p in document.problems
        )
    if not isinstance(document.data, dict):
        place = document.locate(())
        wrong = msg("this file does not contain an instrument")
        hint = msg("write id, name, scale and groups: fii guide drivers shows one")
        return None, (Diagnostic(CODE, Severity.ERROR, path, place, wrong, hint),)
    framework, found = None, []
    try:
        framework = Framework.model_validate(_with_scale(_completed(document.data), book))
    except ValidationError as error:
        found = [_worded(each["type"], each["loc"]) for each in error.errors(include_url=False)]
    if framework:
        found = [
            *_contradictions(framework, (*book.instrument_ids, *own)),
            *_contradicting_values(framework),
            *_without_questions((), document.data),
            *_astray(framework, book),
            *_unknown_sources(framework, book),
        ]
    diagnostics = tuple(
        Diagnostic(CODE, Severity.ERROR, path, document.locate(route, at_key=True), message, hint)
        for route, message, hint in found
    )
    return (None if diagnostics else framework), diagnostics


def _completed(data: Any) -> Any:
    """The data with each text in both languages; sources and names are the repository's own."""
    if isinstance(data, list):
        return [_completed(each) for each in data]
    if not isinstance(data, dict):
        return data
    done = {
        key: {"nl": each, "en": each} if key in _TEXTS and isinstance(each, str) else _completed(each)
        for key, each in data.items()
    }
    if isinstance(questions := data.get("questions"), list):
        done["questions"] = [_completed({"statement": q} if _is_text(q) else q) for q in questions]
    if done.keys() & {"groups", "values", "title"}:
        done.setdefault("source", "ours")
    if "meaning" in done:
        done.setdefault("name_basis", "ours")
    return done


def _is_text(data: Any) -> bool:
    """Whether data is a text, once or in both languages."""
    return isinstance(data, str) or (isinstance(data, dict) and data.keys() == {"nl", "en"})


def led_astray(framework: Framework, path: str, document: Document, book: Handbook) -> tuple[Diagnostic, ...]:
    """The errors in what an own instrument and its items became, in a handbook with every own instrument."""
    places: list[tuple[Route, Callable[[], object]]] = []
    if framework.retired:
        places.append((("became",), partial(book.retired.current_instrument, framework.id)))
    for g, group in enumerate(framework.groups):
        for i, item in enumerate(group.items):
            if item.retired:
                place = f"{framework.id}/{item.id}"
                places.append((("groups", g, "items", i, "became"), partial(book.retired.current, place)))
    found = []
    for route, follow in places:
        try:
            follow()
        except Astray as error:
            hint = msg("name what is asked now, or omit became")
            span = document.locate(route, at_key=True)
            found.append(Diagnostic(CODE, Severity.ERROR, path, span, error.message, hint))
    return tuple(found)


def _with_scale(data: Any, book: Handbook) -> Any:
    """The data with the scale of another instrument, if it names one instead of defining its own."""
    named = data.get("scale")
    if isinstance(named, str) and named != STOPLICHT and named in book.instrument_ids:
        scale = book.instrument(named).scale
        return {**data, "scale": scale.model_dump() if scale else None}
    return data


def _astray(framework: Framework, book: Handbook) -> Iterator[_Found]:
    """References to scales and constructs that do not exist."""
    known = {name: [each.id for each in book.instrument(name).constructs] for name in FRAMEWORKS}
    for g, group in enumerate(framework.groups):
        for i, item in enumerate(group.items):
            route = ("groups", g, "items", i)
            if item.scale and item.scale not in framework.scales:
                hint = did_you_mean(item.scale, list(framework.scales), one_of(list(framework.scales)))
                yield (*route, "scale"), msg("unknown scale {id}", id=item.scale), hint
            for name, ids in known.items():
                for touched in getattr(item, name):
                    if touched not in ids:
                        wrong = msg("{instrument} has no item {item}", instrument=name, item=touched)
                        yield (*route, name), wrong, did_you_mean(touched, ids, one_of(ids))
    for at, other in enumerate(framework.counterparts):
        name, _, id_ = other.to.partition("/")
        if id_ not in known.get(name, ()):
            hint = msg("write instrument/item, such as cfir/III.D.2")
            yield ("counterparts", at, "to"), msg("unknown item {word}", word=other.to), hint


def _unknown_sources(framework: Framework, book: Handbook) -> Iterator[_Found]:
    """Sources that no work of the handbook has: nothing could cite them."""
    sources: list[tuple[Route, str]] = [(("source",), framework.source)]
    sources += [(("see_also", at, "source"), each.source) for at, each in enumerate(framework.see_also)]
    sources += [(("scales", name, "source"), each.source) for name, each in framework.scales.items()]
    if framework.scale:
        sources.append((("scale", "source"), framework.scale.source))
    for route, source in sources:
        work, _, part = source.partition("/")
        if source != OURS and not (work in book.references and part):
            wrong = msg("unknown source {source}", source=source)
            yield route, wrong, msg("omit it for an instrument of your own")


def _worded(kind: str, route: Route) -> _Found:
    key = next((str(step) for step in reversed(route) if isinstance(step, str)), "")
    if kind == "missing":
        return route, msg("{key} is missing", key=key), msg("add {key}:", key=key)
    if kind == "extra_forbidden":
        known = sorted({*_KEYS, *ScaleValue.model_fields})
        return route, msg("unknown key {key}", key=key), did_you_mean(key, known, one_of(known))
    if kind == "value_error":
        return (
            (*route, "became"),
            msg("{key} is missing", key="retired"),
            msg("write the reason under retired"),
        )
    if kind == "tuple_type":
        return route, msg("{key} must be a list", key=key), msg("write [one, two], or a line with - for each")
    return route, msg("{key} is not valid here", key=key), msg("fii guide drivers shows an instrument")


def _contradicting_values(framework: Framework) -> Iterator[_Found]:
    """Values that say that there is no answer, and also what the answer means."""
    scales: list[tuple[Route, Scale]] = [(("scales", name), each) for name, each in framework.scales.items()]
    if framework.scale:
        scales.insert(0, (("scale",), framework.scale))
    for route, scale in scales:
        for at, value in enumerate(scale.values):
            if value.no_answer and (value.hinders or value.helps):
                wrong = msg("{id} is no answer, so it neither hinders nor helps", id=value.id)
                yield (*route, "values", at, "no_answer"), wrong, msg("omit one of the two keys")


def _contradicting_questions(route: Route, item: Construct) -> Iterator[_Found]:
    """What an item is asked by more than once."""
    if item.questions and item.statement:
        wrong = msg("{id} has both statement and questions", id=item.id)
        yield (*route, "statement"), wrong, msg("put every question under questions")
    seen: set[str] = set()
    for at, question in enumerate(item.questions):
        words = {" ".join(text.split()).casefold() for text in (question.statement.nl, question.statement.en)}
        if words & seen:
            wrong = msg("{id} has this question twice", id=item.id)
            yield (*route, "questions", at), wrong, msg("omit one of the two")
        seen |= words


def _without_questions(route: Route, data: Any) -> Iterator[_Found]:
    """The lists of questions without any."""
    if isinstance(data, dict):
        if data.get("questions") == []:
            wrong = msg("{key} is empty", key="questions")
            yield (*route, "questions"), wrong, msg("add a question, or omit questions")
        for key, each in data.items():
            yield from _without_questions((*route, key), each)
    elif isinstance(data, list):
        for at, each in enumerate(data):
            yield from _without_questions((*route, at), each)


def _contradictions(framework: Framework, taken: Collection[str]) -> Iterator[_Found]:
    if framework.id in taken:
        hint = msg("give it another id")
        yield ("id",), msg("an instrument {id} already exists", id=framework.id), hint
    if framework.scale is None or not framework.scale.values:
        yield (
            ("scale",),
            msg("{key} is missing", key="scale"),
            msg("list the ratings, with the meaning of each"),
        )
    values = framework.scale.values if framework.scale else ()
    named: list[tuple[Route, str]] = [
        (("scale", "values", i, "id"), value.id) for i, value in enumerate(values)
    ]
    items: list[tuple[Route, str]] = [
        (("groups", g, "items", i, "id"), item.id)
        for g, group in enumerate(framework.groups)
        for i, item in enumerate(group.items)
    ]
    if not items:
        yield ("groups",), msg("this instrument has no items"), msg("add a group with items")
    if framework.domains_rated:
        items += [(("groups", g, "id"), group.id) for g, group in enumerate(framework.groups)]
    items += [
        (("groups", g, "items", i, "questions"), id_)
        for g, group in enumerate(framework.groups)
        for i, item in enumerate(group.items)
        for id_ in question_ids(item)
    ]
    for g, group in enumerate(framework.groups):
        for i, item in enumerate(group.items):
            yield from _contradicting_questions(("groups", g, "items", i), item)
    for several in (named, items):
        seen: set[str] = set()
        for route, id_ in several:
            if id_ in seen:
                yield route, msg("duplicate id {id}", id=id_), msg("give each its own id")
            elif id_.split() != [id_]:
                hint = msg("write it with hyphens: stichting-voorbeeld")
                yield route, msg("an id is one word, without spaces"), hint
            seen.add(id_)
