"""Ratings of retired items that became no other item, or several: shown, and counted nowhere."""

from __future__ import annotations

from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.in_words import retired_in_words
from fii_cli.analysis.renewed import RetiredRating, retired_ratings
from fii_cli.analysis.standing import Standing
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import name_of, named
from fii_cli.report.instruments import side_in_words
from fii_cli.report.shapes import Row
from fii_cli.report.wording import Wording


def retired_rows(
    standing: Standing, handbook: Handbook, thresholds: Thresholds, wording: Wording
) -> tuple[Row, ...]:
    """What each side last said of each: the item, the rating, the reason and the successors."""
    retired = retired_ratings(standing.apart, handbook, standing.today)
    return tuple(_row(each, handbook, thresholds, wording) for each in retired)


def _row(each: RetiredRating, handbook: Handbook, thresholds: Thresholds, wording: Wording) -> Row:
    say, made = wording.say, each.made
    rating = retired_in_words(each, handbook, thresholds, say)
    side = side_in_words((made.perspective, None if made.of_lights else made.about), wording)
    named_as = name_of if wording.outside else named
    became = "; ".join(named_as(place, handbook, say) for place in each.became)
    told = (rating, side, wording.day(made.date), each.note)
    return Row(
        (
            say.pick(each.item.name) if wording.outside else f"{each.item.id} {say.pick(each.item.name)}",
            ", ".join(filter(None, told)),
            say.pick(each.item.reason),
            became or say("no other item"),
        )
    )
