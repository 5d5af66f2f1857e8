"""Where trajectories live in a repository that ``fii init`` set up."""

from __future__ import annotations

import os

from fii_cli.language import Code
from fii_cli.project import files
from fii_cli.project.settings import FILE_NAME

FOLDERS: dict[Code, str] = {"nl": "trajecten", "en": "trajectories"}
"""The folder for trajectories that ``fii init`` makes, by the language of its terminal."""


def home_of_trajectories(preferred: Code) -> str:
    """The path from here to the folder that ``fii init`` made; empty if there is none, or if we are in it.

    If a repository has one for each language, the ``preferred`` one.
    """
    settings = files.nearest(".", FILE_NAME)
    if settings is None:
        return ""
    names = sorted(FOLDERS.values(), key=lambda name: name != FOLDERS[preferred])
    homes = [os.path.join(os.path.dirname(settings), name) for name in names]
    home = next((path for path in homes if os.path.isdir(path)), "")
    here, real = os.path.realpath(os.curdir), os.path.realpath(home)
    return "" if not home or os.path.commonpath([here, real]) == real else os.path.normpath(home)
