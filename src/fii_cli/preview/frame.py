"""The page around a report: it asks for news, reloads the report, and shows what is wrong above it.

The report is in a frame of its own and is not changed. Everything that runs is in this page, whose policy
allows only its own script and style.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from fii_cli import resources
from fii_cli.language import Language


@dataclass(frozen=True, slots=True)
class Frame:
    """The page, and the security policy that it is served with."""

    page: bytes
    policy: str


def frame_of(title: str, say: Language, *, phone: bool) -> Frame:
    """The frame in the language of the terminal; with ``phone`` it begins as narrow as a phone."""
    style, script = (resources.template(f"preview/frame.{each}").strip() for each in ("css", "js"))
    words = {
        "lang": say.code,
        "title": escape(say("{title} – preview", title=title)),
        "report": escape(say("report")),
        "phone": escape(say("phone width")),
        "alone": escape(say("in a tab of its own")),
        "stopped": escape(say("fii preview has stopped: this page is no longer renewed")),
        "noscript": escape(say("The preview needs JavaScript, to reload the report.")),
        "pressed": "true" if phone else "false",
        "style": style,
        "script": script,
    }
    page = resources.template("preview/frame.html").format(**words)
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; connect-src 'self'; "
        "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return Frame(page.encode(), policy)


PAGE_POLICY = (
    "script-src 'none'; connect-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
"""What the server adds to the policy that is in each report: nothing that it allows does a report use."""


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
