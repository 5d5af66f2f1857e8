"""A form as one page, which can be printed, or filled in and saved without a server.

It is the only page with a script. The security policy of the page allows that script and no other.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

from markupsafe import Markup

from fii_cli import resources
from fii_cli.language import Language
from fii_cli.pages.template import Page, house_css, written
from fii_cli.project.house import NO_HOUSE, House
from fii_cli.survey.form import Form

_UNMARKED = "<!-- fii questionnaire -->"
_MARK = re.compile(r"<!-- fii questionnaire ([0-9a-f]{16}) -->")


def form_page(form: Form, say: Language, house: House = NO_HOUSE) -> str:
    """The form as a page; the same form gives the same bytes. A house has no template of its own for it."""
    style = resources.template("questionnaire.css").strip()
    style = "\n".join(filter(None, [style, house_css(house.style)]))
    script = resources.template("questionnaire.js").strip()
    values = {
        "form": form,
        "file": file_stem(form, say),
        "style": Markup(style),
        "style_hash": _hash(style),
        "script": Markup(script),
        "script_hash": _hash(script),
    }
    made = written(Page("questionnaire", "html", say.code, values, replace(house, templates=())))
    return made.replace(_UNMARKED, f"<!-- fii questionnaire {_digest(made)} -->", 1)


def is_untouched(page: str) -> bool:
    """Whether a page is a form that fii wrote and nobody changed."""
    found = _MARK.search(page[:200])
    if found is None:
        return False
    return found[1] == _digest(page[: found.start()] + _UNMARKED + page[found.end() :])


def file_stem(form: Form, say: Language) -> str:
    """The start of the name of a file with answers: what was asked, of which side."""
    words = (say("answers"), form.name, form.instrument, form.side)
    return "-".join(filter(None, (re.sub(r"[\W_]+", "-", each.casefold()).strip("-")[:40] for each in words)))


def _hash(text: str) -> str:
    """A text as a security policy names it."""
    return b64encode(sha256(text.encode()).digest()).decode()


def _digest(page: str) -> str:
    return sha256(page.encode()).hexdigest()[:16]
