"""The files that the bench works on: made-up trajectories of a given length, and a git history of one.

They grow out of the largest example, as a trajectory does: the core team rates lights, agrees on actions and
keeps a log. The same seed always gives the same bytes, so that two machines read the same.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "thuis-leren-verzonnen.yaml"
DAY = date(2025, 12, 1)
"""The day of all conclusions; no generated fact is later."""
_BEGIN = date(2025, 3, 11)
_SHORTER = ("innoveren", "borgen", "verkennen", "signaleren")
"""The parts that nothing else in the example refers to, in the order in which a shorter file does without."""
_LIGHTS = (
    *("5a.klein-team", "5a.mandaat", "5b.cyclus", "5b.app-werkt", "5b.knelpunten"),
    *("5c.coaching", "5c.selectie"),
)
_COLOURS = ("groen", "groen", "groen", "oranje", "oranje", "rood")
_NAMES = ("Buurt", "Wijk", "Thuis", "Samen", "Jong", "Kansrijk")
_AIMS = ("Leren", "Groeien", "Bewegen", "Meedoen", "Lezen", "Ontmoeten")
_WHAT = ("overleg met het team", "werkbezoek aan een wijk", "gesprek met ouders", "intervisie", "training")
_CAME_OF_IT = (
    *("afspraken vastgelegd", "nieuwe datum gekozen", "twee knelpunten opgelost", "roadmap bijgewerkt"),
    *("planning aangepast", "volgende stap besproken"),
)

Addition = tuple[str, str]
"""A part of the file, and the lines that come at its end."""


def trajectory(lines: int, seed: int = 1) -> str:
    """A valid trajectory of exactly so many lines, at least 250; another seed gives another one."""
    chance = random.Random(f"{seed} {lines}")
    parts = _parts(chance)
    for name in _SHORTER:
        if _length(parts) > lines:
            del parts[name]
    for part, text in _what_happens(chance):
        left = lines - _length(parts)
        if text.count("\n") <= left:
            parts[part] += text
        if left <= 0:
            break
    return _joined(parts)


def versions(count: int, seed: int = 1) -> list[str]:
    """The same trajectory, so many times: each version records one more fact."""
    chance = random.Random(f"{seed} history")
    parts, told = _parts(chance), []
    for _, (part, text) in zip(range(count), _what_happens(chance), strict=False):
        told.append(_joined(parts))
        parts[part] += text
    return told


def folder(place: Path, count: int, lines: int, *, quiet: bool = False) -> None:
    """Write so many different trajectories; ``quiet`` ones have settings by which none has a finding."""
    place.mkdir(parents=True)
    if quiet:
        (place / "fii.toml").write_text('[check]\nselect = ["FII0"]\n', encoding="utf-8")
    for number in range(1, count + 1):
        path = place / f"traject-{number:05}.yaml"
        path.write_text(trajectory(lines, number), encoding="utf-8")


def history(place: Path, count: int) -> None:
    """Make a repository in which one trajectory has so many versions, and three files to merge."""
    place.mkdir(parents=True)
    texts = versions(count)
    day = datetime.combine(_BEGIN, time(12), tzinfo=UTC)
    stream = []
    for number, text in enumerate(texts):
        stamp = int((day + timedelta(days=number)).timestamp())
        stream.append(
            "commit refs/heads/main\n"
            f"committer Kernteam <kernteam@example.org> {stamp} +0000\n{_data(f'versie {number + 1}')}"
            f"M 100644 inline traject.yaml\n{_data(text)}\n"
        )
    for words in (["init", "-q", "-b", "main"], ["fast-import", "--quiet"], ["reset", "-q", "--hard"]):
        sent = "".join(stream).encode() if words[0] == "fast-import" else b""
        subprocess.run(["git", *words], cwd=place, input=sent, check=True)
    log = "  - {{date: 2025-11-28, by: {0}, text: overleg van {0}}}\n"
    base = texts[-1]
    (place / "base.txt").write_text(base, encoding="utf-8")
    (place / "ours.txt").write_text(base + log.format("kernteam"), encoding="utf-8")
    theirs = base.replace("scale: vier wijken", "scale: vijf wijken") + log.format("stuurgroep")
    (place / "theirs.txt").write_text(theirs, encoding="utf-8")


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def _parts(chance: random.Random) -> dict[str, str]:
    """The parts of the example by their key, under a title of its own."""
    _, _, text = EXAMPLE.read_text(encoding="utf-8").partition("\nfii: ")
    found = re.split(r"^(?=[a-z_]+:)", f"fii: {text}", flags=re.MULTILINE)
    parts = {part.partition(":")[0]: part.rstrip("\n") + "\n" for part in found if part}
    parts["title"] = f"title: {chance.choice(_NAMES)} {chance.choice(_AIMS)} {chance.randrange(1000)}\n"
    return parts


def _length(parts: dict[str, str]) -> int:
    return _joined(parts).count("\n")


def _joined(parts: dict[str, str]) -> str:
    return "".join(f"{text}\n" if "\n " in text else text for text in parts.values()).rstrip("\n") + "\n"


def _what_happens(chance: random.Random) -> Iterator[Addition]:
    """What a core team records: a round of lights every two weeks, an action after it, and what happened."""
    day, number = _BEGIN, 0
    while True:
        if day <= DAY:
            yield "assessments", _round_of_lights(day, chance)
            number += 1
            yield "actions", _action(number, day, chance)
        for _ in range(4):
            done = min(day + timedelta(days=chance.randrange(14)), DAY)
            text = f"{chance.choice(_WHAT)}: {chance.choice(_CAME_OF_IT)}"
            yield "log", f"  - {{date: {done}, by: kernteam, text: '{text}'}}\n"
        day += timedelta(days=14)


def _round_of_lights(day: date, chance: random.Random) -> str:
    rated = sorted(chance.sample(_LIGHTS, 4))
    return "".join(
        (
            f"  - instrument: stoplicht\n    date: {day}\n    by: kernteam\n",
            "    perspective: both\n    ratings:\n",
            *(f"      {light}: {chance.choice(_COLOURS)}\n" for light in rated),
        )
    )


def _action(number: int, day: date, chance: random.Random) -> str:
    lines: Sequence[str] = (
        f"id: afspraak-{number}",
        f"what: {chance.choice(_WHAT)} voorbereiden",
        f"answers: [stoplicht/{chance.choice(_LIGHTS)}]",
        f"owner: {chance.choice(('projectleider', 'lijnmanager', 'ontwikkelaar'))}",
        f"since: {day}",
        f"due: {min(day + timedelta(days=28), DAY)}",
        "status: bezig",
    )
    return "  - " + "\n    ".join(lines) + "\n"
