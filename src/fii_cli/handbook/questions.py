"""Items with several questions, each asked as an item of its own."""

from __future__ import annotations

from fii_cli.handbook.models import Construct, Framework


def as_asked(instrument: Framework) -> Framework:
    """An instrument as it is asked: each question of an item is an item; itself if none has several."""
    if not any(item.questions for item in instrument.items):
        return instrument
    groups = tuple(
        group.model_copy(update={"items": tuple(each for item in group.items for each in _questions(item))})
        for group in instrument.groups
    )
    return instrument.model_copy(update={"groups": groups})


def _questions(item: Construct) -> tuple[Construct, ...]:
    if not item.questions:
        return (item,)
    return tuple(
        item.model_copy(
            update={
                "id": id_,
                "statement": question.statement,
                "reversed": item.reversed != question.reversed,
                "questions": (),
            }
        )
        for id_, question in zip(question_ids(item), item.questions, strict=True)
    )


def question_ids(item: Construct) -> tuple[str, ...]:
    """The ids of the questions of an item: ``17a``, ``17b``; after a word with a hyphen: ``plek-a``."""
    between = "-" if item.id[-1:].isalpha() else ""
    return tuple(f"{item.id}{between}{_letter(at)}" for at in range(len(item.questions)))


def _letter(at: int) -> str:
    more, last = divmod(at, 26)
    return (_letter(more - 1) if more else "") + chr(ord("a") + last)
