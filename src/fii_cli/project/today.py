"""What day it is, for what needs nothing else of a project."""

from datetime import date


def today() -> date:
    return date.today()
