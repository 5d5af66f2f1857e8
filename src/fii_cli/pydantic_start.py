"""A quicker start of pydantic: no search for plug-ins.

pydantic searches every installed package for plug-ins when the first model is made. A variable switches the
search off, but the module that would search still loads ``importlib.metadata``, and with it the standard
library's mail package: some 6 % of ``fii check`` on one file.
"""

import importlib
import os
import sys
from types import ModuleType

_LOADER = "pydantic.plugin._loader"
"""pydantic's own module for the search. A version of pydantic that has none never asks for it."""


def without_plugins() -> None:
    """Let the models of this process be made without plug-ins. Call it before pydantic is imported.

    The loader is a private module of pydantic, so the stand-in has nothing but the search. Whatever else a
    version of pydantic asks for comes from the real one, in which the variable switches the search off.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if os.environ["PYDANTIC_DISABLE_PLUGINS"] == "__all__" and _LOADER not in sys.modules:
        sys.modules[_LOADER] = _NoPlugins(_LOADER)


class _NoPlugins(ModuleType):
    """Stands in for pydantic's loader of plug-ins."""

    def get_plugins(self) -> tuple[()]:
        return ()

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # the import system asks for what a module may lack
            raise AttributeError(name)
        del sys.modules[_LOADER]
        return getattr(importlib.import_module(_LOADER), name)
