"""The versions of the file format."""

from __future__ import annotations

import re

from fii_cli.yaml.document import Data

FIRST_VERSION = 1
FORMAT_VERSION = 1
"""The version that this fii reads and writes; ``fii upgrade`` brings older files to it."""
_WHOLE = re.compile(r"([0-9]+)(?:\.0+)?")


def version_in(data: Data | None) -> int | None:
    """The format version in a file's data, or ``None`` if it is invalid. Without ``fii`` it is the first."""
    written = data.get("fii", str(FIRST_VERSION)) if isinstance(data, dict) else None
    whole = _WHOLE.fullmatch(written) if isinstance(written, str) else None
    return int(whole[1][:9]) if whole else None


def is_older(version: int) -> bool:
    """Whether a version is older than the one that this fii reads."""
    return FIRST_VERSION <= version < FORMAT_VERSION
