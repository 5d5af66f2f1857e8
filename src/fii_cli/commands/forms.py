"""Forms for one side: what they are about, and whether a file is one that nobody changed."""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.commands.options import a_file
from fii_cli.commands.which_file import meant_file, only_file
from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.personal import holds_personal
from fii_cli.project import files
from fii_cli.project.context import Project, project_of
from fii_cli.yaml.read import strange_character

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class AboutWhat:
    """The innovation that a form asks about, and the title of its trajectory if there is one."""

    name: str
    trajectory: str
    project: Project | None


def about_what(file: str | None, name: str | None) -> AboutWhat:
    """What a form asks about. Raises :class:`Refused` if that is unknown, or contains personal data."""
    path = meant_file(file) if file is not None else only_file()
    title, project = "", None
    if path is not None:
        project = project_of(a_file(path))
        judged = project.judge(path, files.read_file(path), project.today)
        if judged.trajectory is None and file is not None:
            raise Refused(
                msg("{path} cannot be read, so it has no title", path=path),
                msg("fii check {path} says why", path=path),
            )
        title = judged.trajectory.heading if judged.trajectory else ""
    shown = " ".join((name or title).split())
    if not shown:
        wrong = msg("a form names the innovation in every question, and none is given")
        raise Refused(wrong, msg("add {flags}", flags="--for FILE, --name 'Thuis Leren'"))
    strange = strange_character(shown)
    if strange:
        raise Refused(strange.message)
    if len(shown) > _LONGEST_NAME:
        raise Refused(
            msg("the name of the innovation has more than {n} characters", n=_LONGEST_NAME),
            msg("give a shorter one with --name"),
        )
    if holds_personal(shown) or holds_personal(title):
        raise Refused(
            msg("the name of the innovation contains personal data, which a form would send round"),
            msg("give another one with --name, and remove it from the title"),
        )
    return AboutWhat(shown, title, project if title else None)


def is_empty_form(raw: bytes) -> bool:
    """Whether a file is a page or a Word document of fii that nobody changed."""
    from fii_cli.pages.questionnaire import is_untouched

    if raw[:4] == b"PK\x03\x04":
        from fii_cli.pages import word_form

        return word_form.is_untouched(raw)
    return is_untouched(raw.decode("utf-8", "replace"))
