"""The whole of pydantic, for models of which more is asked than to be read: settings, and reports in JSON.

It takes a quarter of the time of a check to import, and trajectories and content do without: see ``frozen``.
"""

from fii_cli.pydantic_start import without_typed_dicts

without_typed_dicts()

from pydantic import (  # noqa: E402
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    create_model,
    field_validator,
)
from pydantic.fields import FieldInfo  # noqa: E402

__all__ = [
    "BaseModel",
    "ConfigDict",
    "Field",
    "FieldInfo",
    "ValidationError",
    "ValidationInfo",
    "create_model",
    "field_validator",
]
