"""The house style of a repository: its style, its logo and its own templates."""

from __future__ import annotations

import os
from base64 import b64encode
from dataclasses import dataclass, field

from fii_cli.language import msg
from fii_cli.project.files import CannotOpen, bytes_of, why_not
from fii_cli.project.house_style import HouseStyle
from fii_cli.project.links import leads_out

MAX_LOGO = 500_000
"""The logo is embedded, and people send reports by mail."""
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))


@dataclass(frozen=True, slots=True)
class House:
    """The style of a repository, its logo as a data URI, and its templates as (name, text) pairs."""

    style: HouseStyle = field(default_factory=HouseStyle)
    logo: str = ""
    templates: tuple[tuple[str, str], ...] = ()


NO_HOUSE = House()


def logo_at(path: str, root: str) -> str:
    """A logo as a data URI. Raises :class:`CannotOpen` if it is outside ``root`` or is not an image."""
    shown = os.path.relpath(path)
    home = os.path.realpath(root)
    if os.path.commonpath([home, os.path.realpath(path)]) != home:
        raise CannotOpen(shown, msg("this logo is outside the repository"), msg("put it next to fii.toml"))
    raw = bytes_of(shown)
    if len(raw) > MAX_LOGO:
        kb = MAX_LOGO // 1000
        raise CannotOpen(
            shown, msg("this logo is larger than {kb} kB", kb=kb), msg("save it smaller, or as SVG")
        )
    kind = next((kind for mark, kind in _KINDS if raw.startswith(mark)), None)
    if kind is None and raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        kind = "image/webp"
    if kind is None and b"<svg" in raw[:2000]:
        kind = "image/svg+xml"
    if kind is None:
        raise CannotOpen(shown, msg("this is not a supported image"), msg("use PNG, JPEG or SVG"))
    return f"data:{kind};base64,{b64encode(raw).decode()}"


def own_templates(own_folder: str) -> tuple[tuple[str, str], ...]:
    """The templates in a ``.fii`` folder as (name, text) pairs, sorted by name."""
    folder = os.path.join(own_folder, "templates")
    found = []
    try:
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    except OSError as error:
        raise CannotOpen(os.path.relpath(folder), *why_not(error, folder)) from None
    inside = os.path.realpath(folder)
    for name in names:
        path = os.path.relpath(os.path.join(folder, name))
        if not name.endswith(".j2"):
            continue
        if os.path.dirname(os.path.realpath(path)) != inside or leads_out(path):
            raise CannotOpen(
                path, msg("this symbolic link points outside the folder"), msg("put the file itself here")
            )
        try:
            found.append((name, bytes_of(path).decode()))
        except UnicodeDecodeError:
            raise CannotOpen(path, msg("this is not UTF-8"), msg("save it as UTF-8")) from None
    return tuple(found)
