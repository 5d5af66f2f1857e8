"""Write ``tests/shingles.bin``: short hashes of every run of eight words in the source texts.

    python tools/shingles.py TEXT...

The source texts are copyrighted and stay out of the repository; a test uses the hashes to detect copies.
"""

from __future__ import annotations

import sys
from hashlib import blake2b
from pathlib import Path

RUN = 8
SIZE = 5


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return "".join(c if c.isalnum() else " " for c in text.lower()).split()


def runs(text: str) -> set[bytes]:
    """The hashes of every run of eight words."""
    each = words(text)
    return {
        blake2b(" ".join(each[at : at + RUN]).encode(), digest_size=SIZE).digest()
        for at in range(len(each) - RUN + 1)
    }


if __name__ == "__main__":
    found: set[bytes] = set()
    for name in sys.argv[1:]:
        found |= runs(Path(name).read_text(encoding="utf-8"))
    (Path(__file__).parents[1] / "tests" / "shingles.bin").write_bytes(b"".join(sorted(found)))
    print(f"{len(found)} runs")
