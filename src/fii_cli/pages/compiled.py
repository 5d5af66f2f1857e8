"""Our templates as Python, compiled when fii is built.

Jinja takes longer to compile the template of a report than to fill it in. What builds fii has Jinja, and none
of the other libraries: this module imports no more.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, ModuleLoader, PrefixLoader

from fii_cli import resources

FOLDER = resources.PACKAGE / "compiled_templates"
FILTERS = ("md", "day", "dated")
"""What our templates use besides Jinja's own filters."""
_MADE_BY = "jinja.txt"
"""The file with the version of Jinja that compiled the templates; another version may not read them."""


def options_for(format_: str) -> dict[str, Any]:
    """What templates of a format are compiled with."""
    return {
        "autoescape": format_ == "html",
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
    }


def compile_templates(folder: Path, formats: Collection[str] = ("html", "md")) -> None:
    """Write our templates as Python modules, in a folder for each format."""
    for format_ in formats:
        ours = {path.name: resources.text_of(path) for path in resources.TEMPLATES.glob(f"*.{format_}.j2")}
        # Nothing is worked out now: what a filter makes of a text depends on the reader's language.
        environment = Environment(loader=DictLoader(ours), optimized=False, **options_for(format_))
        environment.filters |= dict.fromkeys(FILTERS, str)
        environment.compile_templates(folder / format_, zip=None, ignore_errors=False)
    (folder / _MADE_BY).write_text(jinja2.__version__, encoding="utf-8")


def compiled_templates(format_: str, folder: Path = FOLDER) -> BaseLoader | None:
    """A loader of the compiled templates; ``None`` if there are none, or if another Jinja compiled them."""
    made_by = folder / _MADE_BY
    if not made_by.is_file() or resources.text_of(made_by) != jinja2.__version__:
        return None
    ours = ModuleLoader(folder / format_)
    return ChoiceLoader([PrefixLoader({"fii": ours}), ours])
