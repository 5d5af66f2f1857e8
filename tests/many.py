"""Many fictitious trajectories, always the same ones: ``python tests/many.py 30 FOLDER`` writes them."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from fii_cli.handbook.load import handbook
from fii_cli.words import PHASES

DAY = "2025-06-01"
_PLACES = ("Noord", "Oost", "Zuid", "West", "Kade", "Hof", "Veld", "Duin", "Brug", "Haven")
_WORKS = (
    "Wijkteam leert samen",
    "Samen aan tafel",
    "Buurtcoach",
    "Jong op eigen benen",
    "Schulden eerst",
    "Voorlezen dichtbij",
    "Mantelzorg in beeld",
    "Taal op de vloer",
    "Samen fietsen",
    "Signaal uit de wijk",
    "Rond de geboorte",
    "Begeleiding bij werk voor jongeren met een lange naam",
)
_STRATEGIES = ("champions", "time-to-learn", "change-record-systems", "facilitation")


def many(n: int) -> dict[str, str]:
    """The texts of ``n`` trajectories by file name; about one in twelve has no ratings."""
    chance = random.Random(7)
    return {f"traject-{at:03}.yaml": _trajectory(at, chance) for at in range(n)}


def _trajectory(at: int, chance: random.Random) -> str:
    work, place = _WORKS[at % len(_WORKS)], _PLACES[at // len(_WORKS) % len(_PLACES)]
    lines = [
        "fii: 1",
        f"title: {work} {place}",
        "language: nl",
        "organisations: [{id: stichting, name: Stichting Verzonnen, roles: [receiving]}]",
        "people:",
        "  - {id: wethouder, role: wethouder zorg}",
        "  - {id: projectleider, role: projectleider}",
        "entry: {commission: gevraagd, date: 2024-03, receiving_organisation: stichting}",
    ]
    here = at % 6
    lines += ["visits:"]
    first = max(0, here - chance.randrange(3))
    for number in range(first, here + 1):
        via = "entry" if number == first else "forward"
        entered = f"2024-{3 + number - first:02}-01"
        visit = f"  - {{phase: {PHASES[number]}, entered: {entered}, via: {via}"
        if number < here:
            visit += (
                f", decisions: [{{date: 2024-{4 + number - first:02}-01, decision: door, by: stuurgroep}}]"
            )
        lines.append(visit + "}")
    if at % 12 == 11:
        return "\n".join(lines) + "\n"
    quiet = chance.choice(("2025-01-15", "2025-04-28", "2025-05-20", "2025-05-27"))
    lines += [
        "versterken:",
        "  key_people:",
        f"    - {{person: wethouder, contacts: [{{date: {quiet}, present: ja}}]}}",
    ]
    lines += ["assessments:", *_assessments(first, here, chance), "actions:", *_actions(chance)]
    return "\n".join(lines) + "\n"


def _assessments(first: int, here: int, chance: random.Random) -> list[str]:
    lines = []
    phases = handbook().phases[first : here + 1]
    items = [item.id for phase in phases for subphase in phase.subphases for item in subphase.items]
    trouble = chance.choice((1, 2, 6))
    for day in ("2025-02-10", "2025-05-12"):
        rated = [item for item in items if chance.random() < 0.6] or items[:1]
        given = [f"{item}: {_light(chance, trouble)}" for item in rated]
        lines.append(
            f"  - {{instrument: stoplicht, date: {day}, by: kernteam, ratings: {{{', '.join(given)}}}}}"
        )
    ratings = [
        f"{item.id}: {chance.choice((-2, -1, 0, 1, 1))}" for item in handbook().instrument("cfir").items[:9]
    ]
    lines.append(
        f"  - {{instrument: cfir, date: 2025-03-01, by: kernteam, ratings: {{{', '.join(ratings)}}}}}"
    )
    return lines


def _light(chance: random.Random, trouble: int) -> str:
    return chance.choices(("rood", "oranje", "groen"), (trouble - 1, 2 * trouble, 14))[0]


def _actions(chance: random.Random) -> list[str]:
    helped = chance.choice(("ja", "ja", "deels", "nee"))
    due = chance.choice(("2025-05-01", "2025-06-20", "2025-07-03", "2025-09-01"))
    done, running = chance.sample(_STRATEGIES, 2)
    return [
        f"  - {{id: gedaan, what: eerst proberen, strategy: {done}, owner: projectleider, status: klaar,"
        f" result: {{date: 2025-04-01, helped: {helped}}}}}",
        f"  - {{id: loopt, what: overleg met de directie, strategy: {running}, owner: projectleider,"
        f" due: {due}}}",
    ]


if __name__ == "__main__":
    into = Path(sys.argv[2])
    into.mkdir(parents=True, exist_ok=True)
    for name, text in many(int(sys.argv[1])).items():
        (into / name).write_text(text, encoding="utf-8")
