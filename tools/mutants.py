"""Change modules in small ways, and show which changes no test notices.

    python tools/mutants.py [--minutes N] [--seed N] FILE...

A change replaces a comparison, an and, or or not, a number, a bool or a return value, in a copy of the
repository. The tests that run the changed line try it; ``make coverage`` records which tests these are.
"""

from __future__ import annotations

import ast
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from coverage import CoverageData

ROOT = Path(__file__).parents[1]
FIRST = 40
"""How many tests try a change first: those that run the least of its module otherwise."""
SLOW = 3
"""A test that took more seconds than this is not used again."""
LONGEST = 120
"""How many seconds the tests of one change may take."""
_OTHER: dict[type[ast.AST], type[ast.AST]] = {ast.And: ast.Or, ast.Eq: ast.NotEq, ast.Is: ast.IsNot}
_OTHER |= {ast.In: ast.NotIn, ast.Lt: ast.LtE, ast.Gt: ast.GtE}
_OTHER |= {other: one for one, other in _OTHER.items()}


@dataclass(frozen=True)
class Mutant:
    """One change: where it is, the code before and after, the whole new text, and the tests that try it."""

    path: str
    line: int
    before: str
    after: str
    text: str
    tests: tuple[str, ...]


def changes(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """The expressions to replace, and by what."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield node, ast.unparse(ast.Compare(node.left, [_OTHER[type(node.ops[0])]()], node.comparators))  # type: ignore[list-item]
    elif isinstance(node, ast.BoolOp):
        yield node, f"({ast.unparse(ast.BoolOp(_OTHER[type(node.op)](), node.values))})"  # type: ignore[arg-type]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, f"({ast.unparse(node.operand)})"
    elif isinstance(node, ast.Constant) and type(node.value) in (bool, int):
        yield node, str(not node.value) if type(node.value) is bool else str(node.value + 1)  # type: ignore[operator]
    elif isinstance(node, ast.Return) and node.value and ast.unparse(node.value) != "None":
        yield node.value, "None"


def code(node: ast.AST, *, runs: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """Every node except types and decorators, and whether it only runs when a function is called."""
    yield node, runs
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        inside = runs or (name == "body" and isinstance(node, ast.FunctionDef | ast.Lambda))
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                yield from code(each, runs=inside)


def mutants_of(path: Path, data: CoverageData) -> Iterator[Mutant]:
    source = path.read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    ran = {
        line: {name for name in names if name.startswith("test_")}  # not what runs at an import
        for line, names in data.contexts_by_lineno(str(path)).items()
    }
    breadth = Counter(name for names in ran.values() for name in names)
    for node, runs in code(ast.parse(source)):
        for old, new in changes(node):
            begin = starts[old.lineno - 1] + old.col_offset
            end = starts[(old.end_lineno or old.lineno) - 1] + (old.end_col_offset or 0)
            # It is not known which tests need what runs at an import or in a process that a test starts.
            tests = (ran.get(old.lineno) if runs else None) or {each.partition(".")[0] for each in breadth}
            changed = (source[:begin] + new.encode() + source[end:]).decode()
            before = source[begin:end].decode()
            order = sorted(tests, key=lambda each: (breadth[each], each))
            relative = path.relative_to(ROOT).as_posix()
            yield Mutant(relative, old.lineno, before, new, changed, tuple(order))


def node_id(test: str) -> str:
    """The name that pytest has for a test, or for a file of tests."""
    module, _, function = test.partition(".")
    return f"tests/{module}.py" + (f"::{function}" if function else "")


def run(tests: Sequence[str], copy: Path, useless: Collection[str] = ()) -> tuple[int | None, str]:
    """The exit code of these tests in a copy, None if they took too long, and what pytest printed."""
    ids = [*map(node_id, tests), *(f"--deselect={node_id(each)}" for each in sorted(useless))]
    environment = os.environ | {"PYTHONPATH": str(copy / "src")}
    more = ["-x", "-rf", "--tb=no", "-p", "no:xdist", "--durations=9", f"--durations-min={SLOW}"]
    words = [sys.executable, "-m", "pytest", *more, *ids]
    with subprocess.Popen(
        words,
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            shown, _ = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None, ""
    return process.returncode, shown


def copied(folder: Path) -> Path:
    """Copy what git tracks, or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@dataclass
class Trial:
    """Tries changes in copies, and remembers which tests cannot decide about one."""

    copies: SimpleQueue[Path]
    end: float
    slow: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    sound: set[str] = field(default_factory=set)

    def outcome(self, number: int, mutant: Mutant) -> str:
        copy = self.copies.get()
        file = copy / mutant.path
        original = file.read_bytes()
        try:
            # The most specific tests come first, and then those that run the most.
            for some in (mutant.tests[:FIRST], mutant.tests[: FIRST - 1 : -1]):
                while some:
                    if self.end - time.monotonic() < LONGEST:
                        return "not tried"
                    file.write_text(mutant.text, encoding="utf-8", newline="")
                    os.utime(file, (number, number))  # Python recompiles a module whose time is different
                    result, shown = run(some, copy, self.slow | self.broken)
                    file.write_bytes(original)
                    self.slow |= set(names(r"^[\d.]+s \w+ +", shown))
                    if result is None:
                        return "not decided"
                    if result in (0, 5):  # 5: every test was slow or broken
                        break
                    failed = set(names("^FAILED ", shown))
                    # A test that fails without the change too, for example for lack of git, proves nothing.
                    if failed & self.sound or not failed or run(sorted(failed), copy)[0] == 0:
                        self.sound |= failed
                        return "noticed"
                    self.broken |= failed
            return "not noticed" if mutant.tests else "no known test"
        finally:
            file.write_bytes(original)
            self.copies.put(copy)


def names(before: str, shown: str) -> list[str]:
    """The tests in the lines of pytest that begin in this way."""
    return [f"{m}.{t}" for m, t in re.findall(rf"{before}tests/(\w+)\.py::(\w+)", shown, re.M)]


def main() -> int:
    parser = ArgumentParser()
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files", nargs="+", type=Path)
    asked = parser.parse_args()
    newest = max(each.stat().st_mtime for each in [*asked.files, *(ROOT / "tests").glob("*.py")])
    if newest > (ROOT / ".coverage").stat().st_mtime:
        sys.exit("files have changed since the tests ran: make coverage")
    data = CoverageData(str(ROOT / ".coverage"))
    data.read()
    mutants = [each for path in sorted(asked.files) for each in mutants_of(path.resolve(), data)]
    random.Random(asked.seed).shuffle(mutants)
    copies: SimpleQueue[Path] = SimpleQueue()
    trial, counted = Trial(copies, time.monotonic() + 60 * asked.minutes), Counter[str]()
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count()) as pool:
        for number in range(os.cpu_count() or 1):
            copies.put(copied(Path(name, str(number))))
        found = pool.map(trial.outcome, range(1, len(mutants) + 1), mutants)
        for mutant, outcome in zip(mutants, found, strict=True):
            counted[outcome] += 1
            if outcome in ("not noticed", "no known test"):
                place = f"{mutant.path}:{mutant.line}: {outcome}"
                print(f"{place}\n  - {mutant.before}\n  + {mutant.after}", flush=True)
    print(f"{len(mutants)} changes:", ", ".join(f"{n} {each}" for each, n in counted.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
