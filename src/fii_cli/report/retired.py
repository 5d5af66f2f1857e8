"""Ratings of retired items that became no other item, or several: shown, and counted nowhere."""

from __future__ import annotations

from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.renewed import RetiredRating, retired_ratings
from fii_cli.analysis.standing import Standing
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import named
from fii_cli.language import Language, labelled
from fii_cli.report.instruments import side_in_words
from fii_cli.report.shapes import Row
from fii_cli.report.wording import Wording
from fii_cli.words import LIGHTS, STOPLICHT, label


def retired_rows(
    standing: Standing, handbook: Handbook, thresholds: Thresholds, wording: Wording
) -> tuple[Row, ...]:
    """What each side last said of each: the item, the rating, the reason and the successors."""
    retired = retired_ratings(standing.apart, handbook, standing.today)
    return tuple(_row(each, handbook, thresholds, wording) for each in retired)


def _row(each: RetiredRating, handbook: Handbook, thresholds: Thresholds, wording: Wording) -> Row:
    say, made = wording.say, each.made
    rating = rating_in_words(each, handbook, thresholds, say)
    side = side_in_words((made.perspective, None if made.of_lights else made.about), wording)
    became = "; ".join(named(place, handbook, say) for place in each.became)
    told = (rating, side, str(made.date), each.note)
    return Row(
        (
            f"{each.item.id} {say.pick(each.item.name)}",
            ", ".join(filter(None, told)),
            say.pick(each.item.reason),
            became or say("no other item"),
        )
    )


def rating_in_words(each: RetiredRating, handbook: Handbook, thresholds: Thresholds, say: Language) -> str:
    """A rating of a retired item with its name on the scale, or how many answered."""
    if each.counts:
        n = sum(each.counts.values())
        if thresholds.keep_back(n):
            return say("fewer than {n} answers: not shown", n=thresholds.smallest)
        return f"n = {n}: " + ", ".join(f"{value} {k}×" for value, k in each.counts.items())
    instrument, _, item = each.item.id.partition("/")
    if instrument == STOPLICHT:
        return say(label(each.value)) if each.value in LIGHTS else each.value
    scale = handbook.scale_for(instrument, item)
    names = {value.id: value.name for value in scale.values} if scale else {}
    return labelled(each.value, say.pick(names[each.value])) if each.value in names else each.value
