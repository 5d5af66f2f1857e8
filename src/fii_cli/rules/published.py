"""Rules about published results: shares and means that cannot be, or that do not add up."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from fii_cli.analysis.published import DIRECTIONS, class_of, classes
from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.handbook import Handbook
from fii_cli.language import msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.suggest import did_you_mean, one_of, only_near
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Assessment, Published


@rule("FII038", Severity.ERROR)
def impossible_result(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    book = circumstances.handbook
    for index, assessment in enumerate(trajectory.assessments):
        if assessment.published and not assessment.published_in:
            yield Finding(
                ("assessments", index, "published"),
                msg("{key} is missing", key="published_in"),
                msg("say where the results were published: authors, year, table"),
                at_key=True,
            )
        if assessment.published and assessment.responses == 0:
            yield Finding(
                ("assessments", index, "responses"),
                msg("nobody answered, and results were published"),
                msg("write how many answered, or omit responses if that is unknown"),
            )
        for item, result in assessment.published.items():
            route = ("assessments", index, "published", item)
            if book.scale(assessment.instrument, item) and not assessment.of_lights:
                yield from _impossible(route, assessment, item, result, book)


def _impossible(
    route: Route, assessment: Assessment, item: str, result: Published, book: Handbook
) -> Iterator[Finding]:
    if result.mean is None and not result.shares:
        wrong = msg("{item} has no published result", item=item)
        yield Finding(route, wrong, msg("add shares or mean"), at_key=True)
    if result.n == 0:
        yield Finding((*route, "n"), msg("nobody answered {item}", item=item), msg("omit this item"))
    elif result.n and assessment.responses and result.n > assessment.responses:
        wrong = msg(
            "{n} answers to {item}, and {all} responses", n=result.n, item=item, all=assessment.responses
        )
        yield Finding((*route, "n"), wrong, msg("check both numbers in the source"))
    known = list(classes(book, assessment.instrument, item))
    yield from _impossible_shares(route, assessment, item, result, book)
    for word in result.shares:
        if word not in known:
            yield Finding(
                (*route, "shares", word),
                msg(
                    "{written} is not on the scale of {instrument}",
                    written=word,
                    instrument=assessment.instrument,
                ),
                did_you_mean(word, known, one_of(known)),
                at_key=True,
                fix=only_near(word, known),
            )
    if result.sd is not None and result.mean is None:
        yield Finding((*route, "sd"), msg("{key} is missing", key="mean"), msg("add mean, or omit sd"))
    numbers = [
        int(value)
        for value in known
        if value not in book.no_answers(assessment.instrument, item)
        and value.removeprefix("-").isascii()
        and value.removeprefix("-").isdigit()
    ]
    if result.mean is not None and not numbers:
        wrong = msg("the values of {item} are no numbers, so they have no mean", item=item)
        yield Finding((*route, "mean"), wrong, msg("write the shares instead"))
    elif result.mean is not None and not min(numbers) <= result.mean <= max(numbers):
        yield Finding(
            (*route, "mean"),
            msg(
                "a mean of {mean} is not on the scale from {low} to {high}",
                mean=f"{result.mean:g}",
                low=min(numbers),
                high=max(numbers),
            ),
            msg("check the mean, and whether the study used this scale"),
        )
    elif result.mean is not None and result.sd is not None:
        yield from _impossible_sd(route, result, assessment.responses, max(numbers) - min(numbers))


def _is_too_much(percent: float) -> bool:
    return percent > 100


def _impossible_shares(
    route: Route, assessment: Assessment, item: str, result: Published, book: Handbook
) -> Iterator[Finding]:
    for word, percent in result.shares.items():
        of = class_of(book, assessment.instrument, item, word)
        if _is_too_much(percent):
            yield Finding(
                (*route, "shares", word),
                msg("a share of {percent}% is more than all answers", percent=f"{percent:.10g}"),
                msg("write the percentage as it was published"),
            )
        elif word not in DIRECTIONS and of in result.shares:
            yield Finding(
                (*route, "shares", word),
                msg("{value} is part of {side}, which has a share of its own", value=word, side=of),
                msg("write either the values of the scale, or hinders, neutral and helps"),
                at_key=True,
            )


def _impossible_sd(route: Route, result: Published, responses: int | None, across: int) -> Iterator[Finding]:
    # Half of all answers lie on either end; the sd of a sample is a little larger, and sd is rounded.
    n = result.n if result.n is not None else responses
    most = across / 2 * (sqrt(n / (n - 1)) if n and n > 1 else 1)
    if result.sd is not None and result.sd > most + 0.005:
        yield Finding(
            (*route, "sd"),
            msg(
                "an sd of {sd} is more than this scale allows ({most})",
                sd=f"{result.sd:g}",
                most=f"{most:.3g}",
            ),
            msg("check the sd, and whether the study used this scale"),
        )


@rule("FII039", Severity.ADVICE)
def shares_do_not_add_up(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    # Printed without decimals, each share is up to half a percentage point from what was found.
    for index, assessment in enumerate(trajectory.assessments):
        for item, result in assessment.published.items():
            total = sum(result.shares.values())
            rounding = len(result.shares) / 2 + 1e-9
            apart = abs(total - 100)
            if result.shares and apart > rounding and not any(map(_is_too_much, result.shares.values())):
                yield Finding(
                    ("assessments", index, "published", item, "shares"),
                    msg(
                        "{instrument} of {date}: the shares of {item} add up to {total}%",
                        instrument=assessment.instrument,
                        date=assessment.date.text,
                        item=item,
                        total=f"{total:.10g}",
                    ),
                    msg("check them in the source; every class counts, also those without an opinion"),
                    about=item,
                    at_key=True,
                )


@rule("FII045", Severity.ADVICE, "assessments")
def item_in_several_forms(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for index, assessment in enumerate(trajectory.assessments):
        if assessment.of_lights:
            continue
        forms = (
            ("ratings", assessment.ratings),
            ("counts", assessment.counts),
            ("published", assessment.published),
        )
        for item in dict.fromkeys(item for _, said in forms for item in said):
            counting, *others = [part for part, said in forms if item in said]
            if others:
                yield Finding(
                    ("assessments", index, others[0], item),
                    msg("{item} is also under {key} here, and only that counts", item=item, key=counting),
                    msg("give each form an assessment of its own, or omit one"),
                    about=item,
                    at_key=True,
                )
