"""The whole of pydantic, for models of which more is asked than to be read: settings, and reports in JSON.

It takes a quarter of the time of a check to import, and trajectories, content and settings do without: see
``frozen``.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from fii_cli.frozen import After, Before, Frozen, Instead, Limits
from fii_cli.pydantic_start import without_typed_dicts

without_typed_dicts()

from pydantic import (  # noqa: E402
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic_core import core_schema  # noqa: E402

__all__ = ["BaseModel", "ConfigDict", "Field", "ValidationError", "model_of"]


class _Instead:
    """Lets pydantic validate with a function only; its own class for that adds how to serialise."""

    def __init__(self, each: Instead) -> None:
        self.make = each.make

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        return core_schema.no_info_plain_validator_function(self.make)


_BESIDE: dict[type, Any] = {
    Before: lambda each: BeforeValidator(each.turn),
    After: lambda each: AfterValidator(each.turn),
    Instead: _Instead,
    Limits: lambda each: Field(**{k: v for k, v in each.limits.items() if k != "regex_engine"}),
}


@cache
def model_of(kind: Any) -> type[BaseModel]:
    """A record as a model of pydantic, which knows more of it, such as its JSON Schema."""
    fields: dict[str, Any] = {}
    for name, key in kind.model_fields.items():
        given: dict[str, Any] = {"alias": key.alias, "description": key.description}
        given["json_schema_extra"] = key.json_schema_extra
        given |= {"default_factory": key.default_factory} if key.default_factory else {"default": key.default}
        fields[name] = (_beside(_of_pydantic(key.annotation), key.beside), Field(**given))
    checks: dict[str, Any] = {}
    if kind._checked is not Frozen._checked:
        checks["checked"] = model_validator(mode="after")(kind._checked)
    config = ConfigDict(extra="forbid", frozen=True, regex_engine="python-re")
    return create_model(
        kind.__name__, __config__=config, __doc__=kind.__doc__, __validators__=checks, **fields
    )


def _of_pydantic(annotation: Any) -> Any:
    """A type in which every record is a model of pydantic."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _beside(_of_pydantic(parts[0]), parts[1:])
    if origin is Literal:
        return annotation
    if origin in (tuple, dict):
        return origin[tuple(part if part is ... else _of_pydantic(part) for part in parts)]
    if parts:
        whole = _of_pydantic(parts[0])
        for part in parts[1:]:
            whole |= _of_pydantic(part)
        return whole
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return model_of(annotation)
    return _of_pydantic(annotation.READ_AS) if hasattr(annotation, "READ_AS") else annotation


def _beside(annotation: Any, beside: Any) -> Any:
    for each in beside:
        annotation = Annotated[annotation, _BESIDE[type(each)](each)]
    return annotation
