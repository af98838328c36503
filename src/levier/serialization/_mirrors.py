"""
Writing: every value becomes what msgspec encodes at once, and what equals its default is left out.

The theory. msgspec writes objects of attrs classes whole; it leaves out the defaults of its own structs only. So each
class has a *mirror*, a struct with the same fields, in the order in which they are written. Before values are encoded,
they are replaced by mirrors (`mirrored`), by a function that is generated for each class, as attrs does for `__init__`:
a loop over the fields takes three times as long. `_lines` returns its text. Scalars become their text on the way.

The trap: msgspec knows a default by its identity. `None`, booleans, terms, small whole numbers, the empty text and
the empty tuple exist only once; for other defaults, every equal value is replaced by the very default.
Some fields are always written: those without a default, and the *kind* that tells the class of an object. Their
default in the mirror is an object that no value is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from math import isfinite
from operator import attrgetter
from types import NoneType
from typing import Any, NewType, TypeAlias

import msgspec
from attrs import NOTHING, Attribute, Factory, fields, has

from levier._once import once
from levier.errors import InvalidValueError
from levier.model._numbers import written
from levier.model._shapes import class_of, hints_of, item_of, may_be_none, options_of
from levier.model.extra import Extra
from levier.model.journal import Journal
from levier.model.money import Euros
from levier.model.observations import Observations
from levier.model.periods import Day, Period
from levier.model.registry import Registry
from levier.model.terms import Term
from levier.serialization._bulk import is_tag

__all__ = ["mirrored"]

_Mirror: TypeAlias = Callable[[Any], Any]
"""Returns what a value of one class is written as."""

_ALWAYS_WRITTEN = object()
_KEPT = 65_536
"""How many texts of days are kept."""


def mirrored(value: Any) -> Any:
    """
    Return what msgspec has to encode for a value, so that what equals its default is left out.

    An application's own keys stay as they are: the hook of the encoder writes them.

    Raises:
        InvalidValueError: If a part is of a class that JSON and our documents do not have, such as a `datetime`; or a
            number that is not finite, or a key that is no text.

    >>> from levier import Method
    >>> msgspec.to_builtins(mirrored(Method(id="nudge", label="Nudge")))
    {'id': 'nudge', 'label': 'Nudge'}
    """
    return _MIRRORS[type(value)](value)


class _Mirrors(dict[Any, _Mirror]):
    """How the values of each class are mirrored, found when one is first met."""

    def __missing__(self, cls: type[Any]) -> _Mirror:
        self[cls] = mirror = _mirror_of(cls)
        return mirror


def _mirror_of(cls: type[Any]) -> _Mirror:
    if issubclass(cls, (tuple, list)):
        return _array
    if has(cls):
        return _object_mirror(cls)
    if issubclass(cls, str) and issubclass(cls, Enum):  # such as a term
        return _as_it_is
    return _refused


def _as_it_is(value: Any) -> Any:
    return value


def _refused(found: Any) -> Any:
    # msgspec would write some of them, such as bytes and sets, as what cannot be told from a text or an array.
    raise InvalidValueError("unstructure", found, "a value of levier or a plain builtin")


# ---------------------------------------------------------------- arrays and dictionaries


def _array(held: Iterable[Any]) -> list[Any]:
    items = held if isinstance(held, (tuple, list)) else list(held)
    kinds = set(map(type, items))
    if len(kinds) == 1:  # `map` calls a function in C
        return list(map(_MIRRORS[kinds.pop()], items))
    return [_MIRRORS[type(item)](item) for item in items]


def _dictionary(held: dict[Any, Any]) -> dict[str, Any]:
    odd = [key for key in held if not isinstance(key, str)]
    if odd:
        raise InvalidValueError("unstructure", odd[0], "a key of text")
    return dict(zip(held, _array(held.values()), strict=True))


# ---------------------------------------------------------------- scalars


class _Days(dict[Day, str]):
    """The texts of days, of which few are different; emptied when it is full."""

    def __missing__(self, day: Day) -> str:
        if len(self) >= _KEPT:
            self.clear()
        self[day] = text = day.isoformat()
        return text


_DAYS = _Days()


def _float(number: float) -> float:
    if not isfinite(number):
        raise InvalidValueError("unstructure", number, "a finite number")
    return number


def _decimal(number: Decimal) -> str:
    if not number.is_finite():
        raise InvalidValueError("unstructure", number, "a finite number")
    return written(number)


def _registry(held: Registry[Any]) -> list[Any]:
    return _array(held.values())


def _observations(held: Observations) -> list[Any]:
    return _array(held.rows)


_MIRRORS = _Mirrors(
    {
        **dict.fromkeys((str, int, bool, NoneType, Extra), _as_it_is),
        Day: _DAYS.__getitem__,
        Decimal: _decimal,
        Euros: attrgetter("text"),
        Period: attrgetter("text"),
        float: _float,
        dict: _dictionary,
        Registry: _registry,
        Observations: _observations,
        Journal: _array,
    }
)


# ---------------------------------------------------------------- objects


@once
def _object_mirror(cls: type[Any]) -> _Mirror:
    """Return the function that makes the mirror of an object of a class."""
    hints = hints_of(cls) if cls.__module__.startswith("levier.") else {}
    ordered = sorted((each for each in fields(cls) if not each.name.startswith("_")), key=attrgetter("name"))
    defaults = {each.name: _default_of(each, hints.get(each.name)) for each in ordered}
    mirrored_defaults = {
        name: default if _exists_once(default) else mirrored(default) for name, default in defaults.items()
    }
    named = [(name, Any, default) for name, default in mirrored_defaults.items()]
    names: dict[str, Any] = {
        "mirror": msgspec.defstruct(cls.__name__, named, omit_defaults=True, frozen=True, gc=False),
        "mirrors": _MIRRORS,
        "days": _DAYS,
        "written": written,
        **{f"default_{name}": default for name, default in defaults.items()},
        **{f"written_{name}": default for name, default in mirrored_defaults.items()},
    }
    lines = [line for each in ordered for line in _lines(each.name, hints.get(each.name, object), defaults, names)]
    source = ("def mirrored(value):", *lines, f"return mirror({', '.join(f'_{name}' for name in defaults)})")
    exec("\n    ".join(source), names)  # noqa: S102  # names of fields and classes only
    made: _Mirror = names["mirrored"]
    return made


def _lines(name: str, hint: Any, defaults: Mapping[str, Any], names: dict[str, Any]) -> Iterator[str]:
    """
    Yield the lines that assign what a field is written as, and add what they name to *names*.

    The name of a field has an underscore before it, because some fields are called as what the function uses.
    """
    default = defaults[name]
    yield f"part = _{name} = value.{name}"
    if class_of(hint) is tuple:
        names[f"kind_{name}"] = item_of(hint)
        mirror = _items(name, item_of(hint))
    else:
        mirror = _expression(hint)
    if not _exists_once(default):
        yield f"if part is default_{name} or part == default_{name}: _{name} = written_{name}"
        yield f"{'elif part is not None' if may_be_none(hint) else 'else'}: _{name} = {mirror}"
    elif mirror != "part":
        same = {f"default_{name}": default is not _ALWAYS_WRITTEN, "None": may_be_none(hint)}
        guard = " and ".join(f"part is not {other}" for other, is_asked in same.items() if is_asked)
        yield f"{f'if {guard}: ' if guard else ''}_{name} = {mirror}"


def _items(name: str, item: Any) -> str:
    """Return the expression for the items of a *part*."""
    if isinstance(item, type) and has(item):
        return f"list(map(mirrors[kind_{name}], part))"
    mirror = _expression(item)
    return "list(part)" if mirror == "part" else f"[{mirror} for part in part]"


def _expression(hint: Any) -> str:
    """Return the expression for what a *part* of a type is written as, if it is not `None`."""
    kinds = options_of(hint)
    kind: Any = kinds[0] if len(kinds) == 1 else None  # one of several, found by the class of the value
    if isinstance(kind, NewType):
        return _expression(kind.__supertype__)
    if kind in (str, int, bool) or is_tag(kind) or (isinstance(kind, type) and issubclass(kind, Term)):
        return "part"
    return _EXPRESSIONS.get(kind, "mirrors[type(part)](part)")


_EXPRESSIONS = {
    Day: "days[part]",
    Decimal: "text if 'E' not in (text := str(part)) and 'e' not in text else written(part)",
    Euros: "f'{text[:-2]}.{text[-2:]}' if part.cents > 99 and (text := str(part.cents)) else part.text",
    Period: "part.text",
}
"""
How scalars are written, without a call where one can be saved.

`str` writes the decimals of the model as we do, but for very small ones, which have an exponent (`E`, or `e` if the
caller's decimal context says so); an amount from one euro on is its cents with a point before the last two digits.
"""


def _default_of(attribute: Attribute[Any], hint: Any) -> Any:
    """Return the default of a field, or an object that no value is if the field is always written."""
    default: Any = attribute.default
    if default is NOTHING or is_tag(hint) or getattr(default, "takes_self", False):
        return _ALWAYS_WRITTEN
    return default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]


def _exists_once(default: Any) -> bool:
    """Return whether a value that equals this default is the very default."""
    if type(default) is int:
        return default in range(-5, 257)  # CPython keeps these
    return default in (None, "", (), _ALWAYS_WRITTEN) or isinstance(default, (bool, Term))
