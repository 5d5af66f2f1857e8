"""The door: ``fii`` and ``python -m fii_cli``."""

import sys


def main() -> int:
    """Run fii with the words of the command line. The version is told before anything else is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from fii_cli import __version__

        sys.stdout.write(f"fii {__version__}\n")
        return 0
    from fii_cli.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
