"""Merge pairs of random edits both ways; print what went wrong, and how many of git's conflicts are solved.

Exits 1 if a fact or a comment was lost, a file was not valid, or the result depended on which side was called
ours. Each fourth pair is merged again with comments that both sides added, changed and removed.
"""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from merging import Outcome, both_ways, with_comments

_PORTION = 100
_COMMENTED = 4


def main(pairs: int) -> int:
    counted: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    wrong: list[str] = []
    with ProcessPoolExecutor() as pool:
        for outcomes, remarked in pool.map(partial(_portion, pairs=pairs), range(0, pairs, _PORTION)):
            counted["commented"] += len(remarked)
            for line in (line for each in remarked for line in each):
                print(line, flush=True)
                wrong.append(line)
            for each in outcomes:
                counted["merged"] += 1
                counted["git"] += each.git_conflicts
                counted["solved"] += each.git_conflicts and not each.conflicts
                counted["new"] += bool(each.conflicts) and not each.git_conflicts
                reasons.update({conflict.reason for conflict in each.conflicts})
                for line in each.wrong:
                    print(line, flush=True)
                    wrong.append(line)
    print(
        f"{counted['merged']} pairs of edits merged both ways, of {pairs}, "
        f"and {counted['commented']} with comments; {len(wrong)} went wrong"
    )
    print(
        f"git conflicts in {counted['git']}; fii solves {counted['solved']} of these "
        f"({100 * counted['solved'] / max(1, counted['git']):.0f}%), "
        f"and reports a conflict in {counted['new']} that git merges"
    )
    print("conflicts by reason: " + ", ".join(f"{reason} {n}" for reason, n in reasons.most_common()))
    return 1 if wrong else 0


def _portion(start: int, pairs: int) -> tuple[list[Outcome], list[tuple[str, ...]]]:
    """What became of a portion of the pairs, and what went wrong with comments.

    Pairs of which a side is not valid are left out.
    """
    with TemporaryDirectory() as folder:
        seeds = range(start, min(start + _PORTION, pairs))
        found = (both_ways(seed, Path(folder)) for seed in seeds)
        outcomes = [each for each in found if each is not None]
    return outcomes, [with_comments(seed) for seed in seeds if seed % _COMMENTED == 0]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
