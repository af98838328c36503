"""
One value as plain builtins: the fast way of `unstructure` and `dumps` for one object.

Mirrors (`_mirrors`) cost as much for one object as for ten. Here each object becomes a dictionary of its fields that
are not their default, in the order in which they are written. As attrs does for `__init__`, a function is generated
for each class, because a loop over the fields takes three times as long; `_source` returns its text.
What is seldom small, such as a table of observations, and an application's own keys are left to mirrors.
The invariant: what is written here is what mirrors write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from operator import attrgetter
from typing import Any, NewType

from attrs import Attribute, has

from levier.model._shapes import class_of, hints_of, item_of, may_be_none, options_of
from levier.model.money import Euros
from levier.model.periods import Day, Period
from levier.model.terms import Term
from levier.serialization._bulk import is_tag
from levier.serialization._mirrors import PLAIN_NUMBERS, default_of, exists_once, fields_in_order, is_always_written

__all__ = ["ManyError", "written_alone"]

_MANY = 64
"""An array with more items than this is written by mirrors."""
_Write = Callable[[Any], Any]


class ManyError(Exception):
    """A value holds something that mirrors have to write."""


def written_alone(value: Any) -> Any:
    """
    Return an object of a class of the model as plain builtins.

    Raises:
        ManyError: If mirrors have to write it.
    """
    return _OBJECTS[type(value)](value)


class _Objects(dict[Any, _Write]):
    """How the objects of each class of the model are written."""

    def __missing__(self, cls: type[Any]) -> _Write:
        self[cls] = write = _writer(cls) if cls.__module__.startswith("levier.model.") and has(cls) else _by_mirrors
        return write


def _by_mirrors(_: object) -> Any:
    raise ManyError


_OBJECTS = _Objects()
_PARTS = _Objects(
    {
        Day: Day.isoformat,
        Decimal: PLAIN_NUMBERS.__getitem__,
        Euros: attrgetter("text"),
        Period: attrgetter("text"),
    }
)
"""The same, and how scalars in a field are written that may hold values of several classes."""


def _writer(cls: type[Any]) -> _Write:
    hints, ordered = hints_of(cls), fields_in_order(cls)
    names: dict[str, Any] = {"write": _PARTS, "text_of": str.__str__, "numbers": PLAIN_NUMBERS, "ManyError": ManyError}
    names |= {f"default_{each.name}": default_of(each, hints[each.name]) for each in ordered}
    lines = (line for each in ordered for line in _source(each, hints[each.name]))
    source = "\n    ".join(("def written(value):", "found = {}", *lines, "return found"))
    exec(source, names)  # noqa: S102  # names of fields and classes of ours only; see above
    write: _Write = names["written"]
    return write


def _source(attribute: Attribute[Any], hint: Any) -> Iterator[str]:
    """Yield the lines that write a field, unless it is its default."""
    name, default = attribute.name, default_of(attribute, hint)
    yield f"part = value.{name}"
    conditions = [f"part is not default_{name}"]
    if not exists_once(default):
        conditions.append(f"part != default_{name}")
    inner = "" if is_always_written(default) else "    "
    if inner:
        yield f"if {' and '.join(conditions)}:"
    if class_of(hint) is tuple and _expression(item_of(hint)) != "part":
        yield f"{inner}if len(part) > {_MANY}: raise ManyError"
    unless_none = "None if part is None else " if may_be_none(hint) and default is not None else ""
    yield f"{inner}found[{name!r}] = {unless_none}{_expression(hint)}"


def _expression(hint: Any) -> str:
    """Return the expression for what a *part* of a type is written as, if it is not `None`."""
    if class_of(hint) is tuple:
        item = _expression(item_of(hint))
        return "list(part)" if item == "part" else f"[{item} for part in part]"
    kinds = options_of(hint)
    kind: Any = kinds[0] if len(kinds) == 1 else None  # one of several, found by the class of the value
    if isinstance(kind, NewType):
        return _expression(kind.__supertype__)
    if kind in (str, int, bool) or is_tag(kind):
        return "part"
    if isinstance(kind, type) and issubclass(kind, Term):
        return "text_of(part)"
    return _EXPRESSIONS.get(kind, "write[type(part)](part)")


_EXPRESSIONS = {Day: "part.isoformat()", Decimal: "numbers[part]", Euros: "part.text", Period: "part.text"}
