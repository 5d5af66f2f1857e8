"""The figures of the guide as frozen records."""

from __future__ import annotations

from fii_cli.handbook.models import Content, Source, Text


class Part(Content):
    """A part of a figure."""

    name: Text
    items: tuple[Text, ...]


class Figure(Content):
    """A figure of the guide with a structure of parts."""

    number: int
    name: Text
    source: Source
    parts: tuple[Part, ...]
