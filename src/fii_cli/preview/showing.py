"""What a preview shows at one moment: the pages as they were last made, and what is wrong now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from fii_cli.language import Language, Message, count

MOST = 50
"""The most findings that are shown; whoever has more wants to see the first ones."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something to fix: where, which rule says so, what, what helps, and the line in three parts.

    The second part of the line is what the finding is about.
    """

    place: str
    code: str
    text: str
    help: str = ""
    line: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of the files: the pages by name, what is wrong, and what the frame says of it.

    Without pages nothing could be made. ``start`` is the page to begin with, ``about`` says which edition of
    which files it is.
    """

    pages: Mapping[str, bytes]
    start: str = ""
    about: str = ""
    wrong: tuple[Wrong, ...] = ()


@dataclass(frozen=True, slots=True)
class Showing:
    """What the server serves: it is replaced as a whole, so a page is never half old and half new.

    ``version`` increases with any change, ``renewed`` with a change of the pages.
    """

    made: Made = field(default_factory=lambda: Made({}))
    stale: bool = False
    version: int = 0
    renewed: int = 0

    def after(self, made: Made) -> Showing:
        """What to show next: the new pages, or what is wrong above the last good ones."""
        stale = not made.pages
        if stale:
            made = replace(made, pages=self.made.pages, start=self.made.start)
        if made == self.made and stale == self.stale and self.version:
            return self
        other_pages = made.pages != self.made.pages
        return Showing(made, stale, self.version + 1, self.renewed + other_pages)

    def record(self, say: Language) -> dict[str, object]:
        """What the frame asks for, again and again."""
        wrong = self.made.wrong
        left_out = len(wrong) - MOST
        return {
            "version": self.version,
            "renewed": self.renewed,
            "start": self.made.start,
            "about": self.made.about,
            "heading": say(self._heading()) if wrong else "",
            "wrong": [asdict(each) for each in wrong[:MOST]],
            "more": say("and {n} more; fii check shows everything", n=left_out) if left_out > 0 else "",
        }

    def _heading(self) -> Message:
        n = len(self.made.wrong)
        if not self.stale:
            return count(n, "{n} error", "{n} errors")
        if not self.made.pages:
            return count(n, "{n} error; there is no page yet", "{n} errors; there is no page yet")
        return count(
            n,
            "{n} error; below is the last page without errors",
            "{n} errors; below is the last page without errors",
        )
