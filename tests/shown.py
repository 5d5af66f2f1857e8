"""Which fields templates show, by reading them: names are followed to the dataclasses that they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes

Kinds = dict[str, Any]
"""What the names in a template hold, as far as it is known."""


def not_shown(sources: Iterable[str], **values: type) -> set[str]:
    """The fields that no template shows, as ``Report.title``, of all dataclasses that templates come upon.

    To ask in an ``if`` what a field holds is not to show it, unless it holds yes or no and nothing else.
    """
    reader = _Reader()
    trees = [Environment().parse(source) for source in sources]
    for tree in trees:
        reader.macros |= {macro.name: macro for macro in tree.find_all(nodes.Macro)}
    for tree in trees:
        reader.read(tree, dict(values))
    return {
        f"{kind.__name__}.{field.name}"
        for kind in {*values.values(), *reader.met}
        for field in fields(kind)
        if (kind, field.name) not in reader.shown
    }


class _Reader:
    def __init__(self) -> None:
        self.macros: dict[str, nodes.Macro] = {}
        self.met: set[type] = set()
        self.shown: set[tuple[type, str]] = set()
        self._called: set[tuple[str, str]] = set()

    def read(self, node: nodes.Node, names: Kinds) -> None:
        """Follow a part of a template in which these names hold something."""
        if isinstance(node, nodes.Macro):
            return  # it is read where it is called, when it is known the title with
        if isinstance(node, nodes.Expr):
            self.kind(node, names)
        elif isinstance(node, nodes.Assign):
            names |= _bound(node.target, self.kind(node.node, names))
        elif isinstance(node, nodes.For):
            inside = names | _bound(node.target, _one_of(self.kind(node.iter, names)))
            if node.test:
                self.kind(node.test, inside, asked=True)
            self._read_all([*node.body, *node.else_], inside)
        elif isinstance(node, nodes.If):
            self.kind(node.test, names, asked=True)
            self._read_all([*node.body, *node.elif_, *node.else_], names)
        else:
            self._read_all(node.iter_child_nodes(), names)

    def _read_all(self, parts: Iterable[nodes.Node], names: Kinds) -> None:
        for part in parts:
            self.read(part, names)

    def kind(self, node: nodes.Node, names: Kinds, *, asked: bool = False) -> Any:
        """The type of an expression where it is known; the fields on the way are shown, or only asked for."""
        if isinstance(node, nodes.Name):
            return names.get(node.name)
        if isinstance(node, nodes.Getattr):
            return self._field(self.kind(node.node, names, asked=asked), node.attr, asked=asked)
        if isinstance(node, nodes.Getitem):
            self.kind(node.arg, names, asked=asked)
            held = self.kind(node.node, names, asked=asked)
            return held if isinstance(node.arg, nodes.Slice) else _one_of(held)
        if isinstance(node, nodes.CondExpr):
            self.kind(node.test, names, asked=True)
            for chosen in (node.expr1, node.expr2):
                if chosen:
                    self.kind(chosen, names)
            return None
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filtered(node, self.kind(node.node, names, asked=asked))
        if isinstance(node, nodes.Call):
            return self._result(node, names)
        for child in node.iter_child_nodes():
            self.kind(child, names, asked=asked)
        return None

    def _field(self, holder: Any, name: str, *, asked: bool = False) -> Any:
        if not is_dataclass(holder):
            return None
        assert isinstance(holder, type)
        found = getattr(holder, name, None)
        made = found.fget if isinstance(found, property) else getattr(found, "func", None)
        held = _without_none(get_type_hints(made)["return"] if made else get_type_hints(holder)[name])
        if not asked or held is bool:
            self.shown.add((holder, name))
        if not asked:
            self.met |= _within(held)
        return held

    def _filtered(self, node: nodes.Filter, given: Any) -> Any:
        """Filters can name a field of what goes through them; all but ``map`` let it through as it is."""
        named = [*node.args, *(each.value for each in node.kwargs)]
        fields_named = [each.value for each in named if isinstance(each, nodes.Const)]
        if node.name in ("map", "selectattr", "unique") and fields_named:
            held = _one_of(given)
            for name in str(fields_named[0]).split("."):
                held = self._field(held, name)
            # a map over tuples is what ``sum`` makes one of
            listed = held if get_origin(held) is tuple else tuple[held, ...]  # type: ignore[valid-type]
            return listed if node.name == "map" else given
        return given

    def _result(self, node: nodes.Call, names: Kinds) -> Any:
        given = [self.kind(argument, names) for argument in node.args]
        for each in node.kwargs:
            self.kind(each.value, names)
        if isinstance(node.node, nodes.Getattr) and node.node.attr == "items":
            return tuple[get_args(self.kind(node.node.node, names)), ...]  # type: ignore[misc]
        called = node.node.attr if isinstance(node.node, nodes.Getattr) else getattr(node.node, "name", "")
        macro = self.macros.get(called)
        if macro and (called, str(given)) not in self._called:
            self._called.add((called, str(given)))
            holding = {name.name: held for name, held in zip(macro.args, given, strict=False)}
            self._read_all(macro.body, names | holding)
        return None


def _bound(target: nodes.Node, held: Any) -> Kinds:
    """What the names hold that a loop or an assignment gives a value."""
    if isinstance(target, nodes.Name):
        return {target.name: held}
    if isinstance(target, nodes.Tuple):
        each = get_args(held) or [None] * len(target.items)
        return {name.name: one for name, one in zip(target.items, each, strict=True) if hasattr(name, "name")}
    return {}


def _one_of(held: Any) -> Any:
    """What stands in a tuple, or behind the keys of a mapping."""
    inside = get_args(held)
    if not inside:
        return None
    return _without_none(inside[0] if inside[-1] is Ellipsis else inside[-1])


def _without_none(held: Any) -> Any:
    if get_origin(held) in (Union, UnionType):
        return next(each for each in get_args(held) if each is not NoneType)
    return held


def _within(held: Any) -> set[type]:
    """The dataclasses in a type."""
    if isinstance(held, type) and is_dataclass(held):
        return {held}
    return {each for part in get_args(held) for each in _within(part)}
