"""Forms that were filled in and saved: read, held against the questions, and each counted once."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fii_cli.diagnostics import Refused
from fii_cli.handbook.models import Framework
from fii_cli.language import Message, msg
from fii_cli.suggest import one_of
from fii_cli.survey.answers import Answered
from fii_cli.survey.form import version_of
from fii_cli.words import PERSPECTIVES, Perspective

_MARK = b'"fii_answers"'
_VERSION = 1
_LARGEST = 1_000_000
_ID = re.compile(r"[0-9a-f]{32}")
_AGAIN = msg("ask for the file again, as the page saved it")


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """What a form says. ``form`` is the random number of the form, ``saved`` how often it has been saved."""

    instrument: str
    version: str
    trajectory: str
    perspective: Perspective
    form: str
    saved: int
    answers: Mapping[str, str]


Wrong = tuple[Message, Message | None]
"""What is wrong with a form, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a form must be of: the instrument, and the trajectory by one of its titles.

    ``any_wording`` accepts questions that were worded differently when the form was made.
    """

    instrument: Framework
    titles: tuple[str, ...]
    perspective: Perspective | None
    any_wording: bool


@dataclass(frozen=True, slots=True)
class Once:
    """The forms that count, by path; the copies; those that were saved again later; and what is wrong."""

    forms: Mapping[str, ReturnedForm]
    copies: tuple[str, ...]
    saved_again: tuple[str, ...]
    wrong: Mapping[str, Wrong]


def is_returned(raw: bytes) -> bool:
    """Whether a file is a form that was filled in, even a damaged one."""
    start = _utf8(raw[:8000]).lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and _MARK in start


def form_in(raw: bytes) -> ReturnedForm:
    """The form in a file. Raises :class:`Refused` if it is damaged, or of a newer version of fii."""
    damaged = Refused(msg("this form is damaged"), _AGAIN)
    if len(raw) > _LARGEST:
        raise damaged
    try:
        told = json.loads(_utf8(raw).decode("utf-8-sig"), object_pairs_hook=_no_key_twice)
    except (ValueError, RecursionError):
        raise damaged from None
    version = told.get("fii_answers") if isinstance(told, dict) else None
    if isinstance(version, int) and version > _VERSION:
        raise Refused(msg("this form was made by a newer version of fii"), msg("update fii"))
    form = _read(told) if type(version) is int and version == _VERSION else None
    if form is None:
        raise damaged
    return form


def _utf8(raw: bytes) -> bytes:
    """A file in UTF-8; an editor may have saved it in UTF-16."""
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return raw.decode("utf-16", "replace").encode("utf-8", "replace")
    return raw


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless it says something twice: then nobody knows what was meant."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def _read(told: dict[str, Any]) -> ReturnedForm | None:
    """The form in what a file says; ``None`` if anything in it is not as the page writes it."""
    texts = [told.get(key) for key in ("instrument", "version", "trajectory", "form")]
    if not all(isinstance(each, str) for each in texts):
        return None
    instrument, version, trajectory, form = map(str, texts)
    side = next((each for each in PERSPECTIVES if each == told.get("perspective")), None)
    saved, answers = told.get("saved"), told.get("answers")
    if side is None or not _ID.fullmatch(form) or type(saved) is not int or saved < 1:
        return None
    if not isinstance(answers, dict):
        return None
    if not all(isinstance(value, str) for value in answers.values()):
        return None
    return ReturnedForm(instrument, version, trajectory, side, form, saved, answers)


def wrong_with(form: ReturnedForm, expected: Expected) -> Wrong | None:
    """Why a form cannot be counted, or ``None`` if it can."""
    instrument = expected.instrument
    if form.instrument != instrument.id:
        wrong = msg("these are answers to {id}, not to {asked}", id=form.instrument, asked=instrument.id)
        return wrong, msg("count these separately, with --instrument {id}", id=form.instrument)
    if form.trajectory and _plain(form.trajectory) not in map(_plain, expected.titles):
        wrong = msg("these answers are about another trajectory: {title}", title=form.trajectory)
        return wrong, msg("if this trajectory was called that before, say so with --title")
    if expected.perspective and form.perspective != expected.perspective:
        wrong = msg(
            "this form is from the side {side}, not {asked}",
            side=form.perspective,
            asked=expected.perspective,
        )
        return wrong, msg("omit {flags}", flags="--perspective")
    if form.version != version_of(instrument) and not expected.any_wording:
        wrong = msg("the questions of {id} were worded differently when this form was made", id=instrument.id)
        return wrong, msg("if they mean the same, count it with --other-wording")
    return next(_wrong_answers(form, instrument), None)


def _wrong_answers(form: ReturnedForm, instrument: Framework) -> Iterator[Wrong]:
    items = {item.id: item for item in instrument.items}
    for id_, answer in form.answers.items():
        item = items.get(id_)
        if item is None:
            yield msg("{id} has no question {item}", id=instrument.id, item=_short(id_)), _AGAIN
            continue
        scale = instrument.scale_of(item)
        values = [value.id for value in scale.values] if scale else []
        if answer not in values:
            wrong = msg("{value} is not a valid answer for {item}", value=_short(answer), item=id_)
            yield wrong, one_of(values)
    if not form.answers:
        yield msg("this form has no answers"), msg("remove it")


def once(forms: Sequence[tuple[str, ReturnedForm]]) -> Once:
    """Each form once: a copy does not count again, and of a form that was saved again the last one counts.

    Two files with one random number that were saved equally often, and say different things, are an error.
    """
    kept: dict[str, tuple[str, ReturnedForm]] = {}
    copies, again = [], []
    wrong: dict[str, Wrong] = {}
    for path, form in forms:
        first = kept.get(form.form)
        if first is None:
            kept[form.form] = (path, form)
        elif first[1] == form:
            copies.append(path)
        elif first[1].saved == form.saved:
            message = msg("this is the same form as {path}, with other answers", path=first[0])
            wrong[path] = (message, msg("keep one of the two"))
        else:
            newest = max(first, (path, form), key=lambda each: each[1].saved)
            again.append(first[0] if newest[0] == path else path)
            kept[form.form] = newest
    return Once(dict(kept.values()), tuple(copies), tuple(again), wrong)


def answered_in(form: ReturnedForm) -> Answered:
    """The answers of one person."""
    return Answered(form.perspective, form.answers)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
