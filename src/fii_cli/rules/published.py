"""Rules about published results: shares and means that cannot be, or that do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.analysis.published import classes
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
    known = list(classes(book, assessment.instrument, item))
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
        if value.removeprefix("-").isascii() and value.removeprefix("-").isdigit()
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


@rule("FII039", Severity.ADVICE)
def shares_do_not_add_up(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    # Printed without decimals, each share is up to half a percentage point from what was found.
    for index, assessment in enumerate(trajectory.assessments):
        for item, result in assessment.published.items():
            total = sum(result.shares.values())
            rounding = len(result.shares) / 2 + 1e-9
            apart = abs(total - 100)
            if result.shares and apart > rounding:
                yield Finding(
                    ("assessments", index, "published", item, "shares"),
                    msg("the shares of {item} add up to {total}%", item=item, total=f"{total:.10g}"),
                    msg("check them in the source; every class counts, also those without an opinion"),
                    about=item,
                    at_key=True,
                )
