"""The base class of all errors: printing, copying, pickling and immutability."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from levier._printing import printable, shown

__all__ = ["LevierError"]


class LevierError(Exception):
    """
    The base class: `except LevierError` catches everything that levier raises on purpose.

    An error can be printed, copied and pickled, whatever its fields hold. Its fields never change; a program may add
    other attributes, which are kept.

    >>> error = InvalidValueError("Euros", 0.1, "whole or decimal euros")
    >>> error.http_status = 422
    >>> error.found = 3
    Traceback (most recent call last):
        ...
    AttributeError: InvalidValueError says what was found: cannot set 'found'
    """

    def __init_subclass__(cls) -> None:
        """Give each subclass, once attrs has created it, the printing and pickling of this class."""
        super().__init_subclass__()
        if "__attrs_attrs__" in cls.__dict__:
            said: Callable[[Any], str] = cls.__str__

            def shown_as(error: LevierError) -> str:
                return printable(said(error))

            ours = {"__str__": shown_as, "__repr__": _written, "__reduce__": _reduced}
            for name, method in (ours | {"__setattr__": _set_note, "__delattr__": _delete_note}).items():
                setattr(cls, name, method)

    def __attrs_pre_init__(self) -> None:
        """Refuse a second `__init__`, because errors are immutable."""
        if any(hasattr(self, name) for name in _fields_of(self)):
            raise AttributeError(f"{type(self).__name__} says what was found: make another")


def _fields_of(error: LevierError) -> tuple[str, ...]:
    return tuple(each.name for each in type(error).__attrs_attrs__)  # type: ignore[attr-defined]  # attrs makes them all


def _written(error: LevierError) -> str:
    held = ", ".join(f"{name}={shown(getattr(error, name))}" for name in _fields_of(error))
    return f"{type(error).__name__}({held})"


def _set_note(error: LevierError, name: str, value: object) -> None:
    _refuse_field(error, name, "set")
    BaseException.__setattr__(error, name, value)


def _delete_note(error: LevierError, name: str) -> None:
    _refuse_field(error, name, "delete")
    BaseException.__delattr__(error, name)


def _refuse_field(error: LevierError, name: str, act: str) -> None:
    if name in _fields_of(error):
        raise AttributeError(f"{type(error).__name__} says what was found: cannot {act} {name!r}")


def _reduced(error: LevierError) -> tuple[object, ...]:
    held = tuple(_lasting(getattr(error, name)) for name in _fields_of(error))
    return _rebuilt, (type(error), held, dict(error.__dict__))


def _rebuilt(kind: type[LevierError], held: tuple[object, ...], notes: dict[str, object]) -> LevierError:
    error = kind(*held)
    error.__dict__.update(notes)
    return error


class _Shown(str):
    """The text that replaces, in a copied error, a value that is not part of its message."""

    __slots__ = ()

    __repr__ = str.__str__


_LASTING = frozenset({type(None), bool, bytes, date, Decimal, float, int, str, _Shown})


def _lasting(value: object) -> object:
    """Return the form of a value that another process can unpickle: a plain value, or the text of any other."""
    kind = type(value)
    if kind in _LASTING or kind.__module__.startswith(("levier.", "pendulum.")):
        return value
    if kind is tuple:
        return tuple(map(_lasting, value))  # type: ignore[call-overload]  # a tuple
    return _Shown(shown(value))
