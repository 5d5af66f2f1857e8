"""The sandbox for untrusted templates: Jinja with access to the objects listed here only.

Jinja's own sandbox blocks the known ways to Python; this one allows only the few that a template needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import wraps
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace

from fii_cli.language import Language, gaps_of

_OPEN = (str, int, float, tuple, list, Mapping, range, Undefined, LoopContext, Namespace)
_OWN = (TemplateReference, TemplateModule, BlockReference, Macro)
"""Types whose attributes a template may use: plain values and Jinja's own, besides fii's dataclasses."""
_LAZY = (
    "map",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "batch",
    "slice",
    "unique",
    "items",
    "reverse",
)
"""Filters that return a lazy Python object in Jinja."""


class Given:
    """A callable for templates, without attributes; it renders as its name."""

    __slots__ = ("_called", "_name")

    def __init__(self, name: str, called: Callable[..., Any]) -> None:
        self._name, self._called = name, called

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self._called(*values, **named)

    def __repr__(self) -> str:
        return self._name


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja for untrusted templates; an undefined name is an error."""

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, **options)
        self.globals = {"range": Given("range", safe_range), "dict": dict, "namespace": Namespace}
        self.filters = {
            name: _at_once(each) if name in _LAZY else each for name, each in self.filters.items()
        }
        del self.filters["attr"]  # unsafe in Jinja before 3.1.6

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        known = isinstance(obj, (*_OPEN, *_OWN)) or (is_dataclass(obj) and not isinstance(obj, type))
        return known and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        known = isinstance(obj, (Given, Undefined, LoopContext, BlockReference, Macro))
        return known or obj is dict or obj is Namespace

    def getattr(self, obj: Any, attribute: str) -> Any:
        return _given(attribute, super().getattr(obj, attribute))

    def getitem(self, obj: Any, argument: Any) -> Any:
        return _given(str(argument), super().getitem(obj, argument))


def worder(say: Language) -> Given:
    """The function ``_`` of templates: fii's texts in the language of the report, with values filled in."""

    def worded(text: str, **values: object) -> str:
        for value in (text, *values.values()):
            if isinstance(value, Undefined):
                str(value)  # raises an error with the undefined name
        if not isinstance(text, str):
            raise TypeError(f"_ needs a text, not {type(text).__name__}")
        missing = gaps_of(text) - values.keys()
        if missing:
            raise ValueError(f"no value for the placeholder {min(missing)} in: {text}")
        return say(text, **values)

    return Given("_", worded)


def _given(name: str, value: Any) -> Any:
    """A method wrapped as :class:`Given`, so that it does not show its memory address."""
    if not callable(value) or isinstance(value, (type, Given, Undefined, LoopContext, *_OWN)):
        return value
    return Given(name, value)


def _at_once(lazy: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that returns a list, or text if it was given text."""

    @wraps(lazy)
    def made(*values: Any, **named: Any) -> Any:
        found = lazy(*values, **named)
        return found if isinstance(found, str) else list(found)

    return made


def _block_shown(block: BlockReference) -> str:
    return f"<block {block.name}>"


BlockReference.__repr__ = _block_shown  # type: ignore[method-assign, assignment]
