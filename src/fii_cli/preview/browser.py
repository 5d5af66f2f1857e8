"""The user's own browser, which is started only when the user asks for it."""

from __future__ import annotations


def opened(address: str) -> bool:
    """Open an address in the user's browser; ``False`` if none was found."""
    import webbrowser  # looking for browsers takes time

    try:
        return webbrowser.open(address)
    except (OSError, webbrowser.Error):
        return False
