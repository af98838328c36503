"""
One value as mirrors: the fast way of `unstructure` and `dumps` for one object; the reverse of `_read_alone`.

To mirror objects in bulk (`_mirrors`) costs as much for one as for ten. Here one object is mirrored by a function that
is generated for its class, as attrs does for `__init__`, because a loop over the fields takes three times as long;
`_source` returns its text. Making a mirror takes as long as setting three keys of a dictionary, however many fields
are their default, and msgspec encodes it faster.
What is seldom small, such as a table of observations, and an application's own keys are left to the bulk.
The invariant: what is written here is what is written in bulk. Arrays are lists, for `unstructure`.
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
from levier.serialization._mirrors import (
    DAYS,
    PLAIN_NUMBERS,
    default_of,
    exists_once,
    fields_in_order,
    mirror_class,
    mirrored_defaults,
)

__all__ = ["ManyError", "written_alone"]

_MANY = 64
"""An array with more items than this is written in bulk."""
_Write = Callable[[Any], Any]


class ManyError(Exception):
    """A value holds something that has to be written in bulk."""


def written_alone(value: Any) -> Any:
    """
    Return the mirror of an object of a class of the model.

    Raises:
        ManyError: If it has to be written in bulk.
    """
    return _OBJECTS[type(value)](value)


class _Objects(dict[Any, _Write]):
    """How the objects of each class of the model are written."""

    def __missing__(self, cls: type[Any]) -> _Write:
        self[cls] = write = _writer(cls) if cls.__module__.startswith("levier.model.") and has(cls) else _in_bulk
        return write


def _in_bulk(_: object) -> Any:
    raise ManyError


_OBJECTS = _Objects()
_PARTS = _Objects(
    {
        Day: DAYS.__getitem__,
        Decimal: PLAIN_NUMBERS.__getitem__,
        Euros: attrgetter("text"),
        Period: attrgetter("text"),
    }
)
"""The same, and how scalars in a field are written that may hold values of several classes."""


def _writer(cls: type[Any]) -> _Write:
    hints, ordered = hints_of(cls), fields_in_order(cls)
    defaults = mirrored_defaults(cls, hints)
    names: dict[str, Any] = {
        "mirror": mirror_class(cls, defaults),
        "write": _PARTS,
        "days": DAYS,
        "numbers": PLAIN_NUMBERS,
    }
    names |= {"in_bulk": _in_bulk, "many": _MANY}
    names |= {f"written_{name}": default for name, default in defaults.items()}
    names |= {f"default_{each.name}": default_of(each, hints[each.name]) for each in ordered}
    lines = (f"    {line}" for each in ordered for line in _source(each, hints[each.name]))
    made = f"    return mirror({', '.join(each.name for each in ordered)})"
    exec("\n".join(("def written(value):", *lines, made)), names)  # noqa: S102  # names of fields and classes of ours
    write: _Write = names["written"]
    return write


def _source(attribute: Attribute[Any], hint: Any) -> Iterator[str]:
    """Yield the lines that assign what a field is written as to its name."""
    name, default = attribute.name, default_of(attribute, hint)
    yield f"part = {name} = value.{name}"
    if class_of(hint) is tuple:
        item = _expression(item_of(hint))
        items = "list(part)" if item == "part" else f"[{item} for part in part]"
        if item != "part":
            yield "if len(part) > many: in_bulk(part)"
        yield f"{'if part: ' if default == () else ''}{name} = {items}"
        return
    written = _expression(hint)
    if not exists_once(default):
        yield f"if part is default_{name} or part == default_{name}: {name} = written_{name}"
        yield f"else: {name} = {written}"
    elif written != "part":
        yield f"{'if part is not None: ' if may_be_none(hint) else ''}{name} = {written}"


def _expression(hint: Any) -> str:
    """Return the expression for what a *part* of a type is written as, if it is not `None`."""
    kinds = options_of(hint)
    kind: Any = kinds[0] if len(kinds) == 1 else None  # one of several, found by the class of the value
    if isinstance(kind, NewType):
        return _expression(kind.__supertype__)
    if kind in (str, int, bool) or is_tag(kind) or (isinstance(kind, type) and issubclass(kind, Term)):
        return "part"
    return _EXPRESSIONS.get(kind, "write[type(part)](part)")


_EXPRESSIONS = {Day: "days[part]", Decimal: "numbers[part]", Euros: "part.text", Period: "part.text"}
