"""
Encoding in bulk: what equals its default is left out, and no Python call is made per object.

The theory. msgspec writes objects of attrs classes whole; it leaves out the defaults of its own structs only. So each
class has a *mirror*, a struct with the same fields, in the order in which they are written. Before values are encoded,
they are replaced by mirrors (`mirrored`): all objects of a class at once, field by field, so that `map` does the work,
in C. Days, periods and amounts become their text on the way, from a cache where they repeat. A field that is its
default in all of these objects, as most are, is only looked at (`_unless_all`).

The trap: msgspec knows a default by its identity. `None`, booleans, terms, small whole numbers, the empty text and
the empty tuple exist only once; for other defaults, every equal value is replaced by the very default (`_identical`).
Some fields are always written: those without a default, and the *kind* that tells the class of an object. Their
default in the mirror is an object that no value is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache, partial
from itertools import chain, islice, repeat
from math import isfinite
from operator import attrgetter, is_
from types import MappingProxyType, NoneType
from typing import Any, NewType, TypeAlias

import msgspec
from attrs import NOTHING, Attribute, Factory, fields, has

from levier._once import once
from levier.errors import InvalidValueError
from levier.model._numbers import written
from levier.model._shapes import class_of, hints_of, item_of, options_of
from levier.model.extra import NO_EXTRA, Extra
from levier.model.journal import Journal
from levier.model.money import Euros
from levier.model.observations import Observations
from levier.model.periods import Day, Period
from levier.model.registry import Registry
from levier.model.terms import Term
from levier.serialization._bulk import is_tag

__all__ = ["PLAIN_NUMBERS", "default_of", "exists_once", "fields_in_order", "is_always_written", "mirrored"]

_Change: TypeAlias = Callable[[Iterable[Any]], Iterable[Any]]
"""Returns what values of one class or field are written as, in their order."""

_PLAIN = frozenset({str, int, bool, NoneType})
"""The classes that msgspec writes as we do."""
_ALWAYS_WRITTEN = object()
_KEPT = 65_536
"""How many texts of one kind are kept."""
_RUN = 512
"""How many objects are read at once: few enough for the cache of a processor."""


def mirrored(value: Any) -> Any:
    """
    Return what msgspec has to encode for a value, so that what equals its default is left out.

    Raises:
        InvalidValueError: If a part is of a class that JSON and our documents do not have, such as a `datetime`; or a
            number that is not finite, or a key that is no text.

    >>> from levier import Method
    >>> msgspec.to_builtins(mirrored(Method(id="nudge", label="Nudge")))
    {'id': 'nudge', 'label': 'Nudge'}
    """
    (found,) = _of_any([value])
    return found


def _of_any(values: Iterable[Any]) -> Iterable[Any]:
    """Return what values of any classes are written as."""
    held = values if type(values) is list else list(values)
    classes = set(map(type, held))
    if classes <= _PLAIN:
        return held
    if len(classes) == 1:
        return _change_of(*classes)(held)
    by_class = {cls: iter(_change_of(cls)([each for each in held if type(each) is cls])) for cls in classes}
    return list(map(next, map(by_class.__getitem__, map(type, held))))


@once
def _change_of(cls: type[Any]) -> _Change:
    if cls in _TEXTS:
        return partial(map, _TEXTS[cls])
    if cls in _ITEMS:
        items = _ITEMS[cls]
        return lambda values: _of_arrays(map(items, values))
    if cls is dict:
        return lambda values: [dict(zip(_keys(each), _of_any(each.values()), strict=True)) for each in values]
    if issubclass(cls, (tuple, list)):
        return _of_arrays
    if has(cls):
        return _of_objects(cls)
    is_text = issubclass(cls, str) and issubclass(cls, Enum)  # such as a term
    return _as_they_are if is_text or cls in _PLAIN else _refused


def _keys(held: Mapping[Any, Any]) -> Iterable[str]:
    odd = [key for key in held if not isinstance(key, str)]
    if odd:
        raise InvalidValueError("unstructure", odd[0], "a key of text")
    return held


def _refused(values: Iterable[Any]) -> Iterable[Any]:
    # msgspec would write some of them, such as bytes and sets, as what cannot be told from a text or an array.
    found = next(iter(values))
    raise InvalidValueError("unstructure", found, "a value of levier or a plain builtin")


def _as_they_are(values: Iterable[Any]) -> Iterable[Any]:
    return values


def _of_arrays(values: Iterable[Sequence[Any]]) -> Iterable[Any]:
    held = list(values)
    items = iter(_of_any(chain.from_iterable(held)))
    return map(tuple, map(islice, repeat(items), map(len, held)))


# ---------------------------------------------------------------- scalars and sequences


@lru_cache(maxsize=_KEPT)
def _of_day(day: Day | None) -> str | None:
    return None if day is None else day.isoformat()


def _of_amount(amount: Euros | None) -> str | None:
    return None if amount is None else amount.text  # from a cache of its own


class _PlainNumbers(dict[Any, Any]):
    """
    The texts of numbers of the model: equal ones have the same text, which others need not have.

    A dictionary is asked in half the time that a cache takes; it is emptied when it is as large as one.
    """

    def __missing__(self, number: Decimal | None) -> str | None:
        if len(self) >= _KEPT:
            self.clear()
        self[number] = text = None if number is None else written(number)
        return text


PLAIN_NUMBERS = _PlainNumbers()


def _of_float(number: float) -> float:
    if not isfinite(number):
        raise InvalidValueError("unstructure", number, "a finite number")
    return number


def _of_decimal(number: Decimal) -> str:
    if not number.is_finite():
        raise InvalidValueError("unstructure", number, "a finite number")
    return written(number)


def _of_extra(extra: Extra) -> msgspec.Raw:
    return msgspec.Raw(extra.text)


def _of_own_keys(extra: Extra) -> msgspec.Raw | None:
    return _of_extra(extra) if extra else None


_TEXTS: Mapping[Any, Callable[[Any], Any]] = MappingProxyType(
    {
        Day: _of_day,
        Decimal: _of_decimal,
        Euros: _of_amount,
        Extra: _of_extra,
        Period: attrgetter("text"),
        float: _of_float,
    }
)
"""How the scalars are written that msgspec does not know, or writes in another way."""
_OF_MODEL: Mapping[Any, _Change] = MappingProxyType(
    {
        Day: partial(map, _of_day),
        Decimal: partial(map, PLAIN_NUMBERS.__getitem__),
        Euros: partial(map, _of_amount),
        Extra: partial(map, _of_own_keys),
    }
)
"""How those are written that repeat, or are `None` or empty, in a field of the model."""

_ITEMS: Mapping[Any, Callable[[Any], Sequence[Any]]] = MappingProxyType(
    {Registry: lambda held: [*held.values()], Observations: attrgetter("rows"), Journal: tuple}
)
"""How the items of our own sequences are read."""


# ---------------------------------------------------------------- objects


def _of_objects(cls: type[Any]) -> _Change:
    """Return the function that makes the mirrors of objects of a class, column by column."""
    hints = hints_of(cls) if cls.__module__.startswith("levier.") else {}
    change_of = _change_of_field if cls.__module__.startswith("levier.model.") else _change_of_any_field
    ordered = fields_in_order(cls)
    defaults = {each.name: _mirrored_default(each, hints.get(each.name)) for each in ordered}
    columns = [
        _column(each, hints.get(each.name), change_of(hints.get(each.name), defaults[each.name])) for each in ordered
    ]
    columns_of_mirror = [(name, Any, default) for name, default in defaults.items()]
    mirror = msgspec.defstruct(cls.__name__, columns_of_mirror, omit_defaults=True, frozen=True, gc=False)
    if not columns:
        return lambda values: [mirror() for _ in values]

    def changed(values: Sequence[Any]) -> Iterable[Any]:
        return map(mirror, *[change(map(read, values)) for read, change in columns])

    return _in_runs(changed)


def _in_runs(change: Callable[[Sequence[Any]], Iterable[Any]]) -> _Change:
    """Return a change that takes many values in runs: it reads each several times, while the processor has it near."""

    def changed(values: Iterable[Any]) -> Iterable[Any]:
        held = values if type(values) is list else list(values)
        if len(held) <= _RUN:
            return change(held)
        return chain.from_iterable(change(held[start : start + _RUN]) for start in range(0, len(held), _RUN))

    return changed


def _column(attribute: Attribute[Any], hint: Any, change: _Change) -> tuple[Callable[[Any], Any], _Change]:
    """Return how a field is read, and how its values are changed."""
    default = default_of(attribute, hint)
    if hint is Period and default is _ALWAYS_WRITTEN:
        return attrgetter(attribute.name + ".text"), _as_they_are
    if change is _as_they_are or default is _ALWAYS_WRITTEN:
        return attrgetter(attribute.name), change
    return attrgetter(attribute.name), _unless_all(default, change)


def _unless_all(default: Any, change: _Change) -> _Change:
    """Return a change that does nothing for values that are all the very default, whose change is found once."""
    (written_as,) = change([default])

    def changed(values: Iterable[Any]) -> Iterable[Any]:
        held = list(values)
        return repeat(written_as, len(held)) if all(map(is_, held, repeat(default))) else change(held)

    return changed


def fields_in_order(cls: type[Any]) -> list[Attribute[Any]]:
    """Return the fields of a class that are written, in the order in which they are."""
    return sorted((each for each in fields(cls) if not each.name.startswith("_")), key=attrgetter("name"))


def default_of(attribute: Attribute[Any], hint: Any) -> Any:
    """Return the default of a field, or an object that no value is if the field is always written."""
    default: Any = attribute.default
    if default is NOTHING or is_tag(hint) or getattr(default, "takes_self", False):
        return _ALWAYS_WRITTEN
    return default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]


def is_always_written(default: Any) -> bool:
    """Return whether this is the default of a field that is always written."""
    return default is _ALWAYS_WRITTEN


def _mirrored_default(attribute: Attribute[Any], hint: Any) -> Any:
    """Return the default of a field of a mirror."""
    default = default_of(attribute, hint)
    if default is _ALWAYS_WRITTEN:
        return default
    return None if default is NO_EXTRA else mirrored(default)


def _change_of_field(hint: Any, default: Any) -> _Change:
    return _change_of_hint(hint) if exists_once(default) else _identical(_change_of_hint(hint), default)


def exists_once(default: Any) -> bool:
    """Return whether a value that equals this default is the very default."""
    if type(default) is int:
        return default in range(-5, 257)  # CPython keeps these
    return default in (None, "", (), _ALWAYS_WRITTEN) or isinstance(default, (bool, Term))


def _change_of_any_field(_: Any, default: Any) -> _Change:
    return _change_of_field(object, default)


def _change_of_hint(hint: Any) -> _Change:
    options = options_of(hint)
    if all(map(_is_plain, options)):
        return _as_they_are
    if hint is Period:
        return partial(map, _TEXTS[Period])
    return _OF_MODEL[options[0]] if options[0] in _OF_MODEL and len(options) == 1 else _of_any


def _identical(change: _Change, default: Any) -> _Change:
    """Return a change that replaces values that equal *default* by *default* itself."""
    if isinstance(default, msgspec.Struct):  # a mirror may hold a list, and has no hash then
        return lambda values: [default if each == default else each for each in change(values)]
    known = {default: default}

    def changed(values: Iterable[Any]) -> Iterable[Any]:
        held = list(change(values))
        return map(known.get, held, held)

    return changed


def _is_plain(hint: Any) -> bool:
    """Return whether msgspec writes all values of this type as we do."""
    if class_of(hint) is tuple:
        return _is_plain(item_of(hint))
    if isinstance(hint, NewType):
        return _is_plain(hint.__supertype__)
    return hint in _PLAIN or is_tag(hint) or (isinstance(hint, type) and issubclass(hint, Term))
