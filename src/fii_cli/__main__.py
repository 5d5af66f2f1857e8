"""The door: ``fii`` and ``python -m fii_cli``."""

import gc
import os
import sys


def main() -> int:
    """Run fii with the words of the command line. The version is told before anything else is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from fii_cli import __version__

        sys.stdout.write(f"fii {__version__}\n")
        return 0
    # A run is short and mostly imports: collecting garbage in between costs a tenth of it.
    gc.set_threshold(500_000)
    # pydantic would look through every installed package for plugins at each start; fii uses none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from fii_cli.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while it starts
        return 130
    except Exception:  # only with FII_DEBUG, for whoever looks for a bug
        return _told_in_full()
    gc.freeze()  # the process ends here: nothing is worth collecting any more
    return code


def _told_in_full() -> int:
    from traceback import format_exc

    from fii_cli.terminal.screen import shown
    from fii_cli.visible import visible_lines

    sys.stderr.write(shown(visible_lines(format_exc()).split("\n"), in_log=True))
    return 2


if __name__ == "__main__":
    sys.exit(main())
