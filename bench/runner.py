"""Run one command and tell what the system counted: python -I -S runner.py FIGURES ERRORS COMMAND…

A process of its own, because the peak memory that Linux reports of a child is at least that of its parent.
"""

import os
import sys
import time


def main() -> int:
    figures, errors, *command = sys.argv[1:]
    nothing = os.open(os.devnull, os.O_RDWR)
    told = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    to = [
        (os.POSIX_SPAWN_DUP2, nothing, 0),
        (os.POSIX_SPAWN_DUP2, nothing, 1),
        (os.POSIX_SPAWN_DUP2, told, 2),
    ]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=to)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    with open(figures, "w", encoding="utf-8") as out:
        out.write(f"{code} {wall!r} {used.ru_utime + used.ru_stime!r} {used.ru_maxrss}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
