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
    from fii_cli.cli import run

    code = run(sys.argv[1:])
    gc.freeze()  # the process ends here: nothing is worth collecting any more
    return code


if __name__ == "__main__":
    sys.exit(main())
