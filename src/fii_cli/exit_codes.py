"""How a run of fii ends, as its exit code tells."""

OK = 0
FOUND = 1
"""Something was found that counts: an error, or what ``--fail-on`` asks for."""
NOT_DONE = 2
"""What was asked for was not done: an unknown option, a file that cannot be opened."""
INTERRUPTED = 130
"""Ctrl-C."""
