"""The first text of a trajectory: at most one screen, with short comments in its language."""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.handbook.models import Cell
from fii_cli.language import Language
from fii_cli.words import Commission
from fii_cli.yaml.emit import scalar, word_for


@dataclass(frozen=True, slots=True)
class Start:
    """The answers with which a trajectory starts."""

    title: str
    commission: Commission
    date: str
    receiving: tuple[str, ...] = ()
    commissioner: str | None = None
    giving: str | None = None
    origin: str | None = None


def first_text(start: Start, cell: Cell, schema: str, say: Language) -> str:
    """The text of a new trajectory; ``schema`` is the path to the schema, relative to the file."""
    lines = [
        f"# yaml-language-server: $schema={schema}",
        "fii: 1",
        f"title: {scalar(start.title)}",
        f"language: {say.code}",
        "",
    ]
    organisations = _organisations(start)
    if organisations:
        lines.append("organisations:")
        for id_, (name, roles) in organisations.items():
            lines.append(
                f"  - {{id: {scalar(id_)}, name: {scalar(name, flow=True)}, roles: [{', '.join(roles)}]}}"
            )
        lines.append("")
    lines += [
        f"entry:  # {say('the situation at the start; it does not change afterwards')}",
        f"  date: {start.date}",
        f"  commission: {start.commission}",
    ]
    receiving = dict.fromkeys(filter(None, (_id_of(name, organisations) for name in start.receiving)))
    if receiving:
        ids = [scalar(id_, flow=len(receiving) > 1) for id_ in receiving]
        told = ids[0] if len(ids) == 1 else f"[{', '.join(ids)}]"
        lines.append(f"  receiving_organisation: {told}")
    if start.origin:
        lines.append(f"  origin: {scalar(start.origin)}")
    lines.append("")
    if cell.start:
        lines += [
            f"visits:  # {say('where the attention is; a decision such as door ends a visit')}",
            f"  - phase: {cell.start}",
            f"    entered: {start.date}",
            "    via: entry",
            "",
            f"# {say('fii assess rates the lights, fii add adds facts, fii advance records decisions')}",
        ]
    else:
        lines.append(
            f"# {say('The guide has no starting point for this situation; fii entry shows what you can do.')}"
        )
    return "\n".join(lines) + "\n"


def _organisations(start: Start) -> dict[str, tuple[str, list[str]]]:
    """The organisations named at the start, by id, with their roles; a name given twice gets both roles."""
    found: dict[str, tuple[str, list[str]]] = {}
    for name, role in (
        (start.giving, "giving"),
        (start.commissioner, "commissioner"),
        *((name, "receiving") for name in start.receiving),
    ):
        if not name:
            continue
        same = _id_of(name, found)
        if same:
            if role not in found[same][1]:
                found[same][1].append(role)
            continue
        id_ = word_for(name) or role
        while id_ in found:
            id_ += "-2"
        found[id_] = (name, [role])
    return found


def _id_of(name: str, organisations: dict[str, tuple[str, list[str]]]) -> str | None:
    """The id of the organisation with a name, ignoring case."""
    for id_, (known, _) in organisations.items():
        if known.casefold() == name.casefold():
            return id_
    return None
