"""What tests share: judging a text, and running a command line."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import FrameType

from fii_cli import cli
from fii_cli.diagnostics import Diagnostic
from fii_cli.editions.edition import edition_of
from fii_cli.handbook.load import handbook
from fii_cli.language import CODES, MONTHS, Language
from fii_cli.resources import language
from fii_cli.rules import Circumstances
from fii_cli.rules.base import MemberFault
from fii_cli.rules.check import JudgedEdition, Judgement, check, judge_edition
from fii_cli.rules.privacy import file_stem
from fii_cli.rules.settings import RuleSettings
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.known import known_on
from fii_cli.trajectory.rollout import RolloutMember
from fii_cli.words import Audience
from fii_cli.yaml.read import read
from outside import program

DAY = date(2025, 2, 10)
HEAD = "fii: 1\ntitle: Proef\nlanguage: nl\nentry: {commission: gevraagd, date: 2025-01}\n"
NL: Language = language("nl")
EN: Language = language("en")
FORMS = ("html", "md", "json", "csv", "docx", "xlsx", "pdf")
"""The forms of a report, by the ending of their names."""
OWN_INSTRUMENT = """\
id: huisregels
name: {nl: Huisregels, en: House rules}
source: ours
scale:
  source: ours
  values:
    - {id: "0", hinders: 2, name: {nl: nee, en: "no"}, help: {nl: Nee., en: "No."}}
    - {id: "1", helps: 1, name: {nl: ja, en: "yes"}, help: {nl: Ja., en: "Yes."}}
groups:
  - id: huis
    name: {nl: Het huis, en: The house}
    items:
      - {id: deur, name: {nl: De deur, en: The door}, meaning: {nl: Of die open is., en: Whether it is open.}}
"""


def judged(
    text: str,
    today: date = DAY,
    evidence_there: Callable[[str], bool] = lambda path: True,
    path: str = "proef.yaml",
    member_fault: Callable[[RolloutMember], MemberFault | None] = lambda member: None,
) -> Judgement:
    """What fii says of a text on a day."""
    circumstances = Circumstances(
        handbook(), today, evidence_there, file_name=file_stem(path), member_fault=member_fault
    )
    return check(read(text), circumstances, path)


def diagnostics(text: str, today: date = DAY) -> tuple[Diagnostic, ...]:
    return judged(text, today).diagnostics


def codes(text: str, today: date = DAY) -> list[str]:
    """The codes that fii shows for a text, in reading order."""
    return [d.code for d in diagnostics(text, today)]


def said(text: str, today: date = DAY) -> list[str]:
    """What fii says of a text, in English: place, message and hint."""
    return [
        f"{d.span.line}:{d.span.column} {d.code} {EN(d.message)}" + (f" | {EN(d.hint)}" if d.hint else "")
        for d in diagnostics(text, today)
    ]


def edition(told: Trajectory, day: date = DAY, audience: Audience = "team") -> JudgedEdition:
    """The edition for an audience of what was known of a trajectory, with what the rules find in it."""
    shown = edition_of(known_on(told, day).trajectory, audience)
    judgement = Judgement("proef.yaml", read(""), None, ())
    return judge_edition(judgement, shown, audience, "chosen", Circumstances(handbook(), day), RuleSettings())


def places(n: int) -> str:
    """A programme with n organisations that were rated, of which every third did less well."""
    ids = [f"plek-{number}" for number in range(1, n + 1)]
    text = HEAD + "organisations:\n"
    for number, id_ in enumerate(ids, 1):
        text += f"  - {{id: {id_}, name: Plek met een lange naam {number}, roles: [receiving]}}\n"
    text += "assessments:\n"
    for id_ in ids:
        tension = -2 if id_ in ids[::3] else 1
        ratings = f"{{I.A: E, I.E: {tension}, III.C: 0, III.D.2: X, V.A: M}}"
        text += f"  - {{instrument: cfir, date: 2025-01-20, about: {id_}, ratings: {ratings}}}\n"
    return f"{text}distinguish: {{instrument: cfir, low: [{', '.join(ids[::3])}]}}\n"


def trajectory(text: str) -> Trajectory:
    """The trajectory in a text without errors."""
    judgement = judged(text)
    assert judgement.trajectory is not None, [EN(d.message) for d in judgement.diagnostics]
    return judgement.trajectory


def python(*words: str, given: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run fii in a process of its own."""
    surroundings = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "FII", "LC_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "fii_cli", *words],
        input=given,
        env={**surroundings, "FII_CACHE_DIR": "", "PYTHONPATH": str(Path(cli.__file__).parents[1]), **env},
        capture_output=True,
        check=False,
        timeout=60,
    )


def all_text(path: Path) -> str:
    """Everything that a report says: what it shows, and what only programs and readers aloud find in it."""
    raw = path.read_bytes()
    if raw.startswith(b"%PDF-"):
        shown = subprocess.run([program("pdftotext"), path, "-"], capture_output=True, check=True).stdout
        return "\n".join([shown.decode(), *_behind_the_pages(raw)])
    if raw.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw = b"\n".join(name.encode() + b" " + packed.read(name) for name in packed.namelist())
    return raw.decode("utf-8-sig", "replace")


def with_days_as_in_files(text: str) -> str:
    """A text, followed by every date that its readers find in it, written as in files: 2026-11-02."""
    months = [(number, language(code)(name)) for code in CODES for number, name in enumerate(MONTHS, 1)]
    found = []
    for number, name in months:
        for day, year in re.findall(rf"\b([0-9]{{1,2}})\s+{name}\s+([0-9]{{4}})\b", text):
            found.append(f"{year}-{number:02}-{int(day):02}")
    return "\n".join([text, *found])


def _behind_the_pages(pdf: bytes) -> Iterator[str]:
    """The objects of a PDF, in which alternative texts, bookmarks and properties stand, and its metadata."""
    stream = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
    for part in (stream.sub(b"", pdf), *map(_inflated, stream.findall(pdf))):
        told = part.decode("utf-8", "replace")
        if "\ufffd" not in told:  # fonts and pictures hold no text
            yield re.sub(r"\\([\\()])", r"\1", told)
            for written in re.findall("<feff([0-9a-f]*)>", told):
                yield bytes.fromhex(written).decode("utf-16-be")


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def without_yardstick(page: str) -> str:
    """A page whose marker only says its kind, day and audience, as the first versions of fii wrote it."""
    return re.sub(r", fii [\w.+]+, handbook \w{7}(?:, facts \w{7}(?:, page \w{7})?)?", "", page)


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, in Python and in C."""
    seen = 0

    def count(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal seen
        seen += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return seen
