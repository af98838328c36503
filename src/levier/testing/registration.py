"""
What Hypothesis calls when it starts: our classes and their strategies.

Hypothesis loads this module at the end of its own import, so nothing here imports it at the top.
"""

from __future__ import annotations

from enum import Enum
from importlib import import_module
from inspect import isclass
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from levier import __all__ as names
from levier import model
from levier.model.periods import Day

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["public_classes", "register"]

_PUBLIC = {*names, Day.__name__}
"""`Day` is our name for pendulum's `Date`."""


def public_classes() -> tuple[type[Any], ...]:
    """Return every public class of the model but the enumerations, in the order of their modules and names."""
    modules = [import_module(f"levier.model.{module.name}") for module in iter_modules(model.__path__)]
    found = [getattr(module, name) for module in modules for name in sorted(getattr(module, "__all__", ()))]
    return tuple(cls for cls in found if isclass(cls) and cls.__name__ in _PUBLIC and not issubclass(cls, Enum))


def register() -> None:
    """
    Tell Hypothesis the strategy of every public class; enumerations it knows by itself.

    `Day` is pendulum's own class of dates: Hypothesis finds no strategy for it, and takes ours.
    """
    from hypothesis.strategies import register_type_strategy

    for cls in public_classes():
        register_type_strategy(cls, _resolve)


def _resolve(kind: Any) -> SearchStrategy[Any]:
    from levier.testing import strategies

    return strategies.of(kind)
