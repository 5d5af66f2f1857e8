"""The folder of a portfolio: its pages, the pages that no longer belong to it, and their audience."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from fii_cli.commands.targets import MAX_MADE
from fii_cli.editions.edition import shows_more
from fii_cli.editions.marks import Made, audience_named, made_as
from fii_cli.language import msg
from fii_cli.pages.template import Format
from fii_cli.project import files, save
from fii_cli.project.files import CannotOpen
from fii_cli.words import AUDIENCES, OUTER, Audience

_ENDINGS = (".html", ".md", ".json", ".csv", ".docx", ".xlsx", ".pdf", ".parquet")


@dataclass(frozen=True, slots=True)
class Site:
    """A folder, with the files in it that fii generated."""

    folder: str
    made: Mapping[str, Made]

    @property
    def audience(self) -> Audience | None:
        """The audience of the files; if they differ, the audience that may see least."""
        return max((each.audience for each in self.made.values()), key=AUDIENCES.index, default=None)


def site_in(folder: str) -> Site:
    """The files of fii in a folder, which need not exist yet. Symbolic links are skipped.

    Raises :class:`CannotOpen` if the folder cannot be read.
    """
    try:
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    except OSError as error:
        raise CannotOpen(folder, *files.why_not(error, folder)) from None
    made: dict[str, Made] = {}
    for name in names:
        path = os.path.join(folder, name)
        if not name.lower().endswith(_ENDINGS) or os.path.islink(path) or not os.path.isfile(path):
            continue
        try:
            found = made_as(files.bytes_of(path, MAX_MADE))
        except CannotOpen:
            continue
        if found:
            made[name] = found
    return Site(folder, made)


def left_over(site: Site, names: Sequence[str], format_: Format) -> list[str]:
    """The pages of an older portfolio that are no longer part of it.

    In the other format, these are all pages with their overview, unless they are of the same trajectories:
    a name there may now belong to another trajectory.
    """
    gone = []
    for form in get_args(Format):
        index = site.made.get(f"index.{form}")
        if index is None or index.kind != "portfolio":
            continue
        reports = [name for name in index.pages if _is_report(site, name)]
        old_stems = {_stem(name) for name in (*index.pages, "index")}
        if form == format_:
            gone += [name for name in reports if name not in names]
        elif old_stems != {_stem(name) for name in names}:
            gone += [*reports, f"index.{form}"]
    return gone


def _is_report(site: Site, name: str) -> bool:
    return name in site.made and site.made[name].kind == "report"


def _stem(name: str) -> str:
    return os.path.splitext(name)[0]


def strangers(site: Site, names: Sequence[str], gone: Sequence[str]) -> list[str]:
    """Pages of fii in the folder that this portfolio neither links to nor removes."""
    stems = {_stem(name) for name in names}
    return [
        name
        for name, made in site.made.items()
        if name.endswith((".html", ".md")) and name not in gone and _stem(name) not in stems
    ]


def refuse_to_mix(site: Site, names: Sequence[str], gone: Sequence[str], audience: Audience) -> None:
    """Raise :class:`CannotOpen` if the folder would contain pages of different editions.

    A page that is overwritten may show more than the new page, but never less.
    """
    for name, made in site.made.items():
        in_the_way = shows_more(audience, made.audience) if name in names else made.audience != audience
        if in_the_way and name not in gone:
            told = {"there": made.audience, "asked": audience}
            wrong = msg("this is the {there} edition, but this portfolio would be {asked}", **told)
            raise CannotOpen(
                os.path.join(site.folder, name),
                wrong,
                msg("choose another folder, or remove this file first"),
            )


def remove(site: Site, names: Sequence[str]) -> None:
    """Remove pages that fii generated, unless they have changed since :func:`site_in` read them."""
    for name in names:
        path = os.path.join(site.folder, name)
        if made_as(files.bytes_of(path, MAX_MADE)) == site.made[name]:
            save.remove(path)


def page_names(
    paths: Sequence[str], format_: Format, edition: Audience, unnamed: Container[str] = ()
) -> dict[str, str]:
    """A file name for the page of each trajectory: its own name, with its folders if two are the same.

    ``unnamed`` are the paths whose names the audience may not see. External editions never use the name of a
    folder, and the name of a page never names a different edition.
    """
    stems = [_stem(os.path.basename(path)) for path in paths]
    shared = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths]) if paths else ""
    alike = Counter(stems)
    names: dict[str, str] = {}
    taken = {"index"}
    for path, stem in zip(paths, stems, strict=True):
        name = stem
        if path in unnamed:
            name = "trajectory"
        elif (alike[stem] > 1 or stem == "index") and edition not in OUTER:
            whole = _stem(os.path.relpath(os.path.abspath(path), shared))
            name = "-".join(whole.split(os.sep))
        if audience_named(f"{name}.{format_}") not in (None, edition):
            name = name.replace(".", "-") + "-page"
        while name in taken:
            name += "-1"
        taken.add(name)
        names[path] = f"{name}.{format_}"
    return names
