"""The promises that every class of the model keeps: nothing changes under you."""

from __future__ import annotations

from enum import Enum
from importlib import import_module
from inspect import isclass
from typing import Protocol

import attrs


def public_classes(module: str) -> list[type]:
    """Return the public classes that *module* defines."""
    return [value for value in vars(import_module(module)).values() if isclass(value) and is_public(value, module)]


def is_public(cls: type, module: str) -> bool:
    """Return whether *cls* is a public class defined in *module*."""
    return cls.__module__ == module and not cls.__name__.startswith("_")


def values(module: str) -> list[type]:
    """Return the public classes of *module* that have instances of their own: no enumeration, protocol or bare root."""
    return [
        cls
        for cls in public_classes(module)
        if not issubclass(cls, Enum) and Protocol not in cls.__bases__ and not is_root(cls)
    ]


def is_root(cls: type) -> bool:
    """Return whether *cls* only stands above others: it has no field, by a slot or otherwise."""
    return not attrs.has(cls) and vars(cls).get("__slots__") == ()


def names(classes: list[type]) -> list[str]:
    """Return the names of *classes*, which a failing test shows."""
    return [cls.__name__ for cls in classes]


def test_attrs_classes_are_frozen(model_module: str) -> None:
    """No attribute of an attrs class can be assigned."""
    assert names([cls for cls in values(model_module) if attrs.has(cls) and not attrs.inspect(cls).is_frozen]) == []


def test_classes_are_slotted(model_module: str) -> None:
    """No instance has a `__dict__`, where an attribute could be added."""
    loose = [cls for cls in values(model_module) if any("__dict__" in vars(base) for base in cls.__mro__)]
    assert names(loose) == []


def test_plain_classes_refuse_assignment(model_module: str) -> None:
    """A class that is not attrs has its own way to refuse assignment and deletion."""
    plain = [cls for cls in values(model_module) if not attrs.has(cls)]
    loose = [
        cls
        for cls in plain
        if not issubclass(cls, tuple | str | int)
        and (cls.__setattr__ is object.__setattr__ or cls.__delattr__ is object.__delattr__)
    ]
    assert names(loose) == []


def test_classes_are_hashable(model_module: str) -> None:
    """Every value can be a key, and compares by what it holds."""
    unhashable = [cls for cls in values(model_module) if cls.__hash__ is None or cls.__eq__ is object.__eq__]
    assert names(unhashable) == []


def test_classes_are_final(model_module: str) -> None:
    """Subclassing is not API."""
    assert names([cls for cls in values(model_module) if not getattr(cls, "__final__", False)]) == []


def test_many_fields_are_keyword_only(model_module: str) -> None:
    """A class of more than two fields takes them by name."""
    positional = [
        cls
        for cls in values(model_module)
        if attrs.has(cls) and len(attrs.fields(cls)) > 2 and not all(field.kw_only for field in attrs.fields(cls))
    ]
    assert names(positional) == []


def test_fields_are_public_and_constructed(model_module: str) -> None:
    """No field is private, computed once or left out of construction: a codec would leak it or drop it."""
    odd = [
        f"{cls.__name__}.{field.name}"
        for cls in values(model_module)
        if attrs.has(cls)
        for field in attrs.fields(cls)
        if not field.init or field.name.startswith("_")
    ]
    assert odd == []


def test_classes_show_an_example(model_module: str) -> None:
    """Every public class has a docstring of its own with an example, which the doctests run."""
    silent = [cls for cls in values(model_module) if ">>>" not in (vars(cls).get("__doc__") or "")]
    assert names(silent) == []


def test_enumerations_say_what_they_list(model_module: str) -> None:
    """Every enumeration has a docstring of its own."""
    kinds = [cls for cls in public_classes(model_module) if issubclass(cls, Enum)]
    assert names([cls for cls in kinds if not vars(cls).get("__doc__")]) == []
