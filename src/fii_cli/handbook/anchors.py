"""The anchors of items: what you would see at each rating, so that two raters mean the same by it."""

from __future__ import annotations

from fii_cli.frozen import key
from fii_cli.handbook.models import Content, Source, Text


class Anchor(Text):
    """What you would see at a rating, or an activity, with its source."""

    source: Source


class Anchored(Content):
    """What comes with an item beside its question.

    ``short`` is a name for where the question does not fit, ``anchors`` are by value of the item's scale, and
    ``activity`` is a first step towards a better rating.
    """

    short: Text | None = None
    anchors: dict[str, Anchor] = key(default_factory=dict)
    activity: Anchor | None = None


class AnchorFile(Content):
    """A file in ``content/anchors/``: items of one instrument, or of the checklist of one phase, by id."""

    items: dict[str, Anchored]
