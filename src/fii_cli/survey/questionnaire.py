"""The questionnaire of an instrument: its questions, and the answers that can be given."""

from __future__ import annotations

from fii_cli.handbook.models import Construct, Framework, Scale, ScaleValue
from fii_cli.language import Language, labelled
from fii_cli.plain_markdown import plain
from fii_cli.survey.answers import SIDE
from fii_cli.words import PERSPECTIVES, label


def question(item: Construct, say: Language) -> str:
    """The question as respondents read it."""
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


def explained(instrument: Framework, say: Language) -> list[list[str]]:
    """The questions and the meanings of their answers, as rows of id, question and answers."""
    sides = "; ".join(f"{side} = {say(label(side))}" for side in PERSPECTIVES)
    rows = [[SIDE, "", sides]]
    for item in instrument.items:
        answers = _answers(instrument.scale_of(item), say)
        rows.append([item.id, question(item, say), answers])
    return rows


def as_markdown(instrument: Framework, say: Language) -> str:
    """The questionnaire in Markdown, to print or to copy into a survey tool."""
    lines = [
        f"# {plain(say.pick(instrument.name))}",
        "",
        say("Your answers are counted together with everyone else's. Nobody can see who gave which answer."),
        "",
        f"{say('I answer for')}: " + " · ".join(f"☐ {say(label(side))}" for side in PERSPECTIVES),
    ]
    for group in instrument.groups:
        lines += ["", f"## {plain(say.pick(group.name))}"]
        for item in group.items:
            values = _values(instrument.scale_of(item))
            answers = [f"☐ {plain(labelled(value.id, say.pick(value.name)))}" for value in values]
            lines += ["", _on_paper(item, say), "", " · ".join(answers)]
    lines += ["", f"## {say('Is there something you would like to add?')}", "", "…", ""]
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
