"""Bring a file to the current version of the format, with its comments and its layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fii_cli.diagnostics import Refused
from fii_cli.edits.write import put
from fii_cli.language import msg
from fii_cli.trajectory.versions import FORMAT_VERSION
from fii_cli.yaml.document import Document

Step = Callable[[Document], Document]
"""Changes what a new version of the format changed, with the functions of :mod:`fii_cli.edits.write`."""
STEPS: dict[int, Step] = {}
"""By version: what brings a file of that version to the next one. There is only one version yet."""


def upgraded(document: Document, version: int, steps: Mapping[int, Step] | None = None) -> Document:
    """A document of a version in the current version; the document itself if it has that version.

    Raises :class:`Refused` if the version is newer, or is not one that this fii can upgrade.
    """
    if version > FORMAT_VERSION:
        raise Refused(
            msg(
                "this file has format version {version}; this version of fii reads up to {known}",
                version=version,
                known=FORMAT_VERSION,
            ),
            msg("install a newer version of fii"),
        )
    for each in range(version, FORMAT_VERSION):
        step = (STEPS if steps is None else steps).get(each)
        if step is None:
            raise Refused(
                msg("fii cannot upgrade format version {version}", version=each),
                msg("write fii: {known}, and run fii check", known=FORMAT_VERSION),
            )
        document = put(step(document), ("fii",), str(each + 1))
    return document
