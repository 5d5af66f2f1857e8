"""The configuration of one clone, which git never copies: it tells git to call fii.

Only the fixed texts of :data:`SETTINGS` are written, and no value that is there is overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from fii_cli.language import msg
from fii_cli.project.git.door import NoAnswer, answer_of

SETTINGS: Mapping[str, str] = {
    # -- because a file at the root of a repository can be called --help.yaml
    "diff.fii.textconv": "fii diff --textconv --",
    "merge.fii.name": "fii merges trajectories by what is in them",
    # Where fii refuses, or is not there, git merges lines: otherwise ours would stay, without a marker.
    "merge.fii.driver": (
        "fii merge --driver %O %A %B %P || "
        "{ test $? -eq 1 && exit 1; git merge-file -L ours -L base -L theirs %A %O %B; }"
    ),
}
"""What ``fii init --git`` writes; ``.gitattributes`` says for which files git uses it."""


def settings_there(root: Path) -> dict[str, str]:
    """Those of the settings that this clone has, with their values. Raises :class:`NoAnswer`."""
    asked = ("config", "--local", "--null", "--get-regexp", r"^(diff|merge)\.fii\.")
    entries = answer_of(root, *asked, fine=(0, 1)).decode("utf-8", "replace").split("\0")
    found = dict(entry.partition("\n")[::2] for entry in entries if entry)
    return {key: found[key] for key in SETTINGS if key in found}


def write_settings(root: Path) -> tuple[str, ...]:
    """Write the settings that this clone lacks, and return their keys. Raises :class:`NoAnswer`."""
    common = os.fsdecode(answer_of(root, "rev-parse", "--git-common-dir").rstrip(b"\n"))
    if os.path.islink(root / common / "config"):
        raise NoAnswer(msg("the configuration of this repository is a symbolic link"))
    there = settings_there(root)
    missing = tuple(key for key in SETTINGS if key not in there)
    for key in missing:
        answer_of(root, "config", "--local", key, SETTINGS[key])
    return missing
