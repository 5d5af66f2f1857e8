"""The questionnaire of an instrument: its questions, and the answers that can be given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fii_cli.handbook import Handbook
from fii_cli.handbook.anchors import Anchor
from fii_cli.handbook.citations import cite
from fii_cli.handbook.models import OURS, Construct, Framework, Scale, ScaleValue, Text
from fii_cli.language import N_, Language, labelled
from fii_cli.plain_markdown import plain
from fii_cli.survey.answers import SIDE
from fii_cli.words import PERSPECTIVES, STOPLICHT, label

MEANINGS = N_("What the answers mean")
_COUNTED = N_("Your answers are counted together with everyone else's. Nobody can see who gave which answer.")


def question(item: Construct, say: Language) -> str:
    """The question as respondents read it; the name of a checklist item is its question."""
    if item.name == item.meaning:
        return say.pick(item.meaning)
    return say.pick(item.statement) if item.statement else f"{say.pick(item.name)}: {say.pick(item.meaning)}"


def heads(instrument: Framework, say: Language) -> list[str]:
    """The headings of a table with a row for each person; ``fii import`` matches the items by them."""
    return [SIDE, *(_numbered(item, say) for item in instrument.items)]


def choices(instrument: Framework) -> list[list[str]]:
    """The allowed answers of each column."""
    scales = [instrument.scale_of(item) for item in instrument.items]
    return [list(PERSPECTIVES), *([value.id for value in _values(scale)] for scale in scales)]


def _values(scale: Scale | None) -> tuple[ScaleValue, ...]:
    return scale.values if scale else ()


def explained(instrument: Framework, book: Handbook, say: Language) -> list[list[str]]:
    """The questions and the meanings of their answers, as rows of id, question and answers."""
    sides = "; ".join(f"{side} = {say(label(side))}" for side in PERSPECTIVES)
    scales = scales_to_explain(instrument, book)
    rows = [[SIDE, "", sides]]
    rows += [["", say(MEANINGS), "\n".join(meanings_of(scale, book, say))] for scale in scales]
    for item in instrument.items:
        scale, anchors = instrument.scale_of(item), anchors_of(instrument, item, book)
        answers = _seen(scale, anchors, say) if anchors else _answers(scale, say)
        rows.append([item.id, question(item, say), answers])
    return rows


def as_markdown(instrument: Framework, book: Handbook, say: Language) -> str:
    """The questionnaire in Markdown, to print or to copy into a survey tool.

    The stoplicht is for a conversation, in which a team agrees on each light.
    """
    name = say.pick(instrument.name)
    lines = [f"# {plain(name[:1].upper() + name[1:])}", ""]
    of_lights = instrument.id == STOPLICHT
    if of_lights:
        lines += [say("For a conversation of the core team: agree on one light for each question.")]
    else:
        lines += [
            say(_COUNTED),
            "",
            f"{say('I answer for')}: " + " · ".join(f"☐ {say(label(side))}" for side in PERSPECTIVES),
        ]
    for scale in scales_to_explain(instrument, book):
        lines += [
            "",
            f"{say(MEANINGS)}:",
            "",
            *(f"- {plain(each)}" for each in meanings_of(scale, book, say)),
        ]
    for group in instrument.groups:
        numbered = labelled(group.id, say.pick(group.name)) if of_lights else say.pick(group.name)
        lines += ["", f"## {plain(numbered)}"]
        for item in group.items:
            values, anchors = _values(instrument.scale_of(item)), anchors_of(instrument, item, book)
            lines += ["", _on_paper(item, say), "", *_to_tick(values, anchors, say)]
    lines += ["", f"## {say('Is there something you would like to add?')}", "", "…", ""]
    return "\n".join(lines)


def anchors_of(instrument: Framework, item: Construct, book: Handbook) -> Mapping[str, Anchor]:
    """What you would see at each answer, by its id; empty if the content does not say so."""
    anchored = book.anchored(instrument.id, item.id)
    return anchored.anchors if anchored else {}


def scales_to_explain(instrument: Framework, book: Handbook) -> list[Scale]:
    """The scales to explain once: those of items without anchors, unless people agree with a statement."""
    items = [
        item for item in instrument.items if not item.statement and not anchors_of(instrument, item, book)
    ]
    scales = {item.scale or "": instrument.scale_of(item) for item in items if not item.reversed}
    return [scale for scale in scales.values() if scale and instrument.id != STOPLICHT]


def meanings_of(scale: Scale, book: Handbook, say: Language) -> Iterator[str]:
    """What each answer on a scale means, and the source of that if it was published."""
    yield from (f"{shown_value(value, say)}: {say.pick(value.help)}" for value in scale.values)
    if scale.source != OURS:
        yield say("Source: {source}", source=cite(scale.source, book, say))


def _to_tick(values: tuple[ScaleValue, ...], anchors: Mapping[str, Anchor], say: Language) -> Iterator[str]:
    """The answers: each with what you would see on a line of its own, and the others beside each other."""
    yield from (_on_a_line(value, anchors[value.id], say) for value in values if value.id in anchors)
    others = [_box(value, say) for value in values if value.id not in anchors]
    if others:
        yield ("- " if anchors else "") + " · ".join(others)


def _on_a_line(value: ScaleValue, meaning: Text, say: Language) -> str:
    return f"- {_box(value, say)}: {plain(say.pick(meaning))}"


def _box(value: ScaleValue, say: Language) -> str:
    return f"☐ {plain(shown_value(value, say))}"


def shown_value(value: ScaleValue, say: Language) -> str:
    """An answer by its id and its name; a light by its name."""
    name = say.pick(value.name)
    return name if value.name == value.help else labelled(value.id, name)


def _seen(scale: Scale | None, anchors: Mapping[str, Anchor], say: Language) -> str:
    """The answers with what you would see at each, a line each."""
    lines = []
    for value in _values(scale):
        shown = shown_value(value, say)
        no_answer = f" ({say('counts as no answer')})" if value.no_answer else ""
        meaning = anchors.get(value.id)
        lines.append(f"{shown}{no_answer}" if meaning is None else f"{shown}: {say.pick(meaning)}")
    return "\n".join(lines)


def _numbered(item: Construct, say: Language) -> str:
    """A question after its id, or without it if the id is a word."""
    word = item.id.islower() and item.id.isascii()
    return question(item, say) if word else f"{item.id}. {question(item, say)}"


def _on_paper(item: Construct, say: Language) -> str:
    """A question in Markdown, with its number kept as text."""
    words = plain(question(item, say))
    numbered = _numbered(item, say) != question(item, say)
    return f"{plain(item.id)}. {words}" if numbered else words


def _answers(scale: Scale | None, say: Language) -> str:
    """The answers with their meanings, which are omitted for an answer that is its own name."""
    texts = []
    for value in _values(scale):
        name = say.pick(value.name)
        is_its_name = value.id.casefold() == name.casefold()
        text = value.id if is_its_name else f"{value.id} = {name}"
        texts.append(f"{text} ({say('counts as no answer')})" if value.no_answer else text)
    return "; ".join(texts)
