"""The exit codes of fii."""

OK = 0
FOUND = 1
"""There are errors, or findings at the severity of ``--fail-on``."""
NOT_DONE = 2
"""The request was not carried out: an unknown option, a file that cannot be opened."""
INTERRUPTED = 130
"""Ctrl-C, except in ``fii preview``: that is how its user ends it."""
