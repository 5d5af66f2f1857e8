"""A quicker start of pydantic and typer: without what they prepare and fii never uses.

pydantic searches every installed package for plug-ins when the first model is made. A variable switches the
search off, but the module that would search still loads ``importlib.metadata``, and with it the standard
library's mail package: some 6 % of ``fii check`` on one file. Its core describes the schemas that it takes as
typed dictionaries, for those who check types: 2 %. Modules that both load for what fii never asks are 1 %.
"""

import importlib
import os
import sys
from functools import partial
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

_LOADER = "pydantic.plugin._loader"
"""pydantic's own module for the search. A version of pydantic that has none never asks for it."""
_CORE = "pydantic_core._pydantic_core"
_SELDOM_USED = ("bz2", "hashlib", "ipaddress", "lzma", "platform", "secrets", "tokenize")
"""Modules of the standard library that others import whole, for what a command seldom does."""


def without_plugins() -> None:
    """Let the models of this process be made without plug-ins. Call it before pydantic is imported.

    The loader is a private module of pydantic, so the stand-in has nothing but the search. Whatever else a
    version of pydantic asks for comes from the real one, in which the variable switches the search off.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if os.environ["PYDANTIC_DISABLE_PLUGINS"] == "__all__" and _LOADER not in sys.modules:
        sys.modules[_LOADER] = _NoPlugins(_LOADER)


class _Later(ModuleType):
    """Stands in for a module until something in it is used. A lazy loader is no help: ``import`` asks it."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # the import system asks for what a module may lack
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


class _NoPlugins(_Later):
    """Stands in for pydantic's loader of plug-ins."""

    def get_plugins(self) -> tuple[()]:
        return ()


def seldom_used_later() -> None:
    """Let modules that fii hardly ever uses be loaded when something in them is used for the first time."""
    for name in _SELDOM_USED:
        sys.modules.setdefault(name, _Later(name))


def without_typed_dicts() -> None:
    """Import pydantic's core with plain dictionaries for its descriptions of schemas; later imports find it.

    Nothing asks these classes for their keys while fii runs, and a call makes a dictionary, as a call of a
    typed one does. A core that cannot be imported like this is imported later, as it is.
    """
    if "pydantic_core" in sys.modules:
        return
    import typing

    import typing_extensions

    kept = [(module, module.TypedDict) for module in (typing, typing_extensions)]  # either, by its Python
    for module, _ in kept:
        module.TypedDict = _PlainDict  # type: ignore[attr-defined]
    try:
        import pydantic_core.core_schema  # noqa: F401
    except Exception:
        pass
    finally:
        for module, typed_dict in kept:
            module.TypedDict = typed_dict  # type: ignore[attr-defined]


class _Dictionaries(type):
    def __call__(cls, *values: Any, **named: Any) -> dict[str, Any]:
        return dict(*values, **named)


class _PlainDict(dict[str, Any], metaclass=_Dictionaries):
    def __init_subclass__(cls, total: bool = True) -> None:
        """Take ``total``, as a typed dictionary does."""


def core() -> Any:
    """The compiled core of pydantic, without the Python in its package: that only describes what it takes.

    The package finds the core that is here already when something imports it later. A core that cannot be
    imported like this is imported with its package.
    """
    if _CORE in sys.modules:
        return sys.modules[_CORE]
    package, _, _ = _CORE.partition(".")
    found = PathFinder.find_spec(package)
    if package not in sys.modules and found and found.submodule_search_locations:
        bare = ModuleType(package)
        bare.__path__ = found.submodule_search_locations
        sys.modules[package] = bare
        try:
            return importlib.import_module(_CORE)
        except Exception:
            sys.modules.pop(_CORE, None)
        finally:
            del sys.modules[package]
    return importlib.import_module(_CORE)


class _AsGiven:
    """Takes the words for a parameter as they are; what must become a number goes the way of typer."""

    def __init__(self, param: Any) -> None:
        self._of_typer = param.get_runtime_param
        self._are_words = param.type_descriptor.annotation in (str, list[str])

    @property
    def adapter(self) -> Any:
        return self._of_typer().adapter

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if self._are_words and isinstance(value, str):
            return value
        if self._are_words and all(isinstance(each, str) for each in value):
            return [*value]
        without_typed_dicts()
        return self._of_typer().coerce(value, param=param, ctx=ctx)


def words_as_given(params: list[Any]) -> list[Any]:
    """The parameters of a command, for which typer imports pydantic only if one is given that is not a text.

    Since 0.29 typer makes an adapter of pydantic for each parameter, given or not, even to make a text of a
    text. A version that converts in another way never asks for what is set here.
    """
    for param in params:
        if hasattr(param, "type_descriptor") and "get_runtime_param" not in vars(param):
            param.get_runtime_param = partial(_itself, _AsGiven(param))
    return params


def _itself(made: _AsGiven) -> _AsGiven:
    return made
