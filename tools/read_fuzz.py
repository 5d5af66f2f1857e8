"""Read texts with question marks and colons between brackets; print what the two parsers read differently.

Exits 1 if there is one. The texts depend on their number only.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from fii_cli.yaml import events
from flow_texts import differs, read_without_marks, text


def main(texts: int) -> int:
    if events.C_PARSER is None:
        print("there is no C parser for YAML here to compare with")
        return 1
    fast = wrong = 0
    for seed in range(texts):
        given = text(seed)
        fast += read_without_marks(given) is not None
        if found := differs(given):
            print(f"text {seed}: {found}", flush=True)
            wrong += 1
    print(f"{texts} texts read, {fast} of them without the pure parser; {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
