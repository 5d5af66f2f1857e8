"""The score on one instrument as JSON, for ``fii score --instrument --json``."""

from __future__ import annotations

from fii_cli.analysis.counts import Spread, Thresholds
from fii_cli.analysis.published import Reported
from fii_cli.analysis.rating_sheet import Counted, Distinguishing, ItemSheet, Published, RatingSheet
from fii_cli.commands.retired_table import retired_records
from fii_cli.trajectory import Trajectory


def spread_record(spread: Spread) -> dict[str, object]:
    """Counted answers for JSON."""
    return {
        "n": spread.n,
        "no_answer": spread.no_answer,
        "hinders": spread.hinders,
        "neutral": spread.neutral,
        "helps": spread.helps,
        "mean": None if spread.mean is None else round(spread.mean, 2),
        "deviation": None if spread.deviation is None else round(spread.deviation, 2),
    }


def reported_record(result: Reported) -> dict[str, object]:
    return {
        "source": result.source,
        "n": result.n,
        "percent": dict(result.shares) if result.shares is not None else None,
        "mean": result.mean,
        "sd": result.deviation,
    }


def score_record(
    trajectory: Trajectory,
    sheet: RatingSheet,
    thresholds: Thresholds,
    apart: tuple[Distinguishing, ...] | None,
) -> dict[str, object]:
    data: dict[str, object] = {
        "version": 1,
        "title": trajectory.title,
        "instrument": sheet.instrument.id,
        "thresholds": {
            "hinders": thresholds.hinders,
            "helps": thresholds.helps,
            "smallest": thresholds.smallest,
        },
        "groups": [
            {
                "id": group.id,
                "items": len(items),
                "rated": sum(each.known for each in items),
                "ratings": [
                    {
                        "item": each.item.id,
                        "value": rating.value,
                        "answer": each.is_answer(rating),
                        "date": rating.date.text,
                        "by": rating.by,
                        "perspective": rating.perspective,
                        "about": rating.about,
                        "note": rating.note,
                        "evidence": rating.evidence,
                    }
                    for each in sheet.rows(group, items)
                    for rating in each.ratings
                ],
                "counts": [
                    _counted_record(each, counted, thresholds)
                    for each in sheet.rows(group, items)
                    for counted in each.counts
                ],
                "published": [
                    _published_record(row, each, thresholds)
                    for row in sheet.rows(group, items)
                    for each in row.published
                ],
            }
            for group, items in sheet.groups
        ],
        "differ": [
            {"item": each.item.id, "difference": each.difference}
            for each in sheet.all_rows
            if each.difference
        ],
        "retired": retired_records(sheet.retired),
    }
    if apart is not None:
        data["distinguishing"] = [
            {
                "item": each.item.id,
                "here": [rating.value for rating in each.here],
                "there": [rating.value for rating in each.there],
                "difference": each.difference,
            }
            for each in apart
        ]
    return data


def _published_record(row: ItemSheet, each: Published, thresholds: Thresholds) -> dict[str, object]:
    made, result = each.assessment, each.reported
    verdict = "barrier" if result.strength(thresholds) else None
    hidden = {"source": result.source, "n": None}
    shown = hidden if result.kept_back(thresholds) else reported_record(result)
    return {
        "item": row.item.id,
        "date": made.date.text,
        "by": made.by,
        "perspective": made.perspective,
        "about": made.about,
        **shown,
        "verdict": verdict or ("facilitator" if result.is_facilitator(thresholds) else None),
    }


def _counted_record(each: ItemSheet, counted: Counted, thresholds: Thresholds) -> dict[str, object]:
    made, spread = counted.assessment, counted.spread
    verdict = "barrier" if spread.strength(thresholds) else None
    shown = {"n": None} if spread.kept_back(thresholds) else spread_record(spread)
    return {
        "item": each.item.id,
        "date": made.date.text,
        "by": made.by,
        "perspective": made.perspective,
        "about": made.about,
        **shown,
        "verdict": verdict or ("facilitator" if spread.is_facilitator(thresholds) else None),
    }
