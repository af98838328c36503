"""
Enumerations that stay as they were written: no member, and no vocabulary, takes an attribute once it is made.

A member is shared by all who hold it, so what one program noted on it every other would see.
"""

from __future__ import annotations

from enum import EnumType
from typing import Any

__all__ = ["FixedMember", "FixedType"]


class FixedType(EnumType):
    """The class of fixed enumerations."""

    def __new__(cls, *about: Any, **named: Any) -> Any:
        """Make an enumeration with all of its members, and then fix it."""
        made = super().__new__(cls, *about, **named)
        type.__setattr__(made, "_is_fixed", True)
        return made

    def __setattr__(cls, name: str, value: object) -> None:
        # Libraries keep what they learn of a class on it (msgspec, copyreg): under a name of their own, they may.
        if not (name.startswith("__") and name.endswith("__")) or hasattr(cls, name):
            _refuse_if_made(cls, "set", name)
        super().__setattr__(name, value)

    def __delattr__(cls, name: str) -> None:
        _refuse_if_made(cls, "delete", name)
        super().__delattr__(name)


class FixedMember:
    """A member of a fixed enumeration."""

    def __setattr__(self, name: str, value: object) -> None:
        _refuse_if_made(type(self), "set", name)
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        _refuse_if_made(type(self), "delete", name)
        super().__delattr__(name)


def _refuse_if_made(cls: type, act: str, name: str) -> None:
    if "_is_fixed" in cls.__dict__:
        raise AttributeError(f"{cls.__name__} is a closed set of fixed terms: cannot {act} {name!r}")
