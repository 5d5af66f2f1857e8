"""Check that a tag matches the version, the changelog and publiccode.yml.

python tools/release.py v1.2.3
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def problems(tag: str, root: Path = ROOT) -> Iterator[str]:
    """What does not match the tag, as one message for each file."""
    source = (root / "src/fii_cli/__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', source, re.M)
    version = found[1] if found else "missing"
    if tag != f"v{version}":
        yield f"the tag is {tag}, but __version__ is {version}"
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## {re.escape(tag.removeprefix('v'))} – \d{{4}}-\d\d-\d\d$", changelog, re.M):
        yield f"missing heading with a date for {tag} in CHANGELOG.md"
    catalogue = (root / "publiccode.yml").read_text(encoding="utf-8")
    if f"softwareVersion: {tag.removeprefix('v')}\n" not in catalogue:
        yield f"softwareVersion in publiccode.yml does not match {tag}"


def main() -> int:
    found = list(problems(sys.argv[1]))
    print("\n".join(found) or f"{sys.argv[1]} matches the version, the changelog and publiccode.yml")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
