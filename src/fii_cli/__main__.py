"""Entry points: ``fii`` and ``python -m fii_cli``."""

import gc
import os
import sys


def main() -> int:
    """Run fii with the command line of this process. ``--version`` works without importing anything else."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from fii_cli import __version__

        sys.stdout.write(f"fii {__version__}\n")
        return 0
    try:
        if sys.argv[1:2] == ["check"] and (known := _told_again()) is not None:
            return known
    except KeyboardInterrupt:
        return 130
    # A run is short and mostly imports: garbage collection would take a tenth of the time.
    gc.set_threshold(500_000)
    try:
        from fii_cli.pydantic_start import seldom_used_later, without_plugins

        without_plugins()
        seldom_used_later()
        if shell := os.environ.get("_FII_COMPLETE"):
            from fii_cli.completion import complete

            return complete(shell)
        from fii_cli.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # during startup
        return 130
    except Exception:  # only with FII_DEBUG, to debug fii itself
        return _show_traceback()
    gc.freeze()  # the process ends here: nothing needs collecting any more
    return code


def _told_again() -> int | None:
    """The exit code of a check that was told again; ``None`` if it must be done."""
    from fii_cli.project.plain_check import is_plain_check

    if not is_plain_check(sys.argv[1:]):
        return None
    try:
        from fii_cli.project.unchanged import told_again
    except ImportError:  # a Python without a database
        return None
    try:
        return told_again()
    except OSError as error:
        from fii_cli.cli import unwritten

        return unwritten(error)


def _show_traceback() -> int:
    from traceback import format_exc

    from fii_cli.terminal.screen import shown
    from fii_cli.visible import visible_lines

    sys.stderr.write(shown(visible_lines(format_exc()).split("\n"), in_log=True))
    return 2


if __name__ == "__main__":
    sys.exit(main())
