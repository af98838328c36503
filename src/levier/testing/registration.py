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

from levier import model

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["public_classes", "register"]

_NOT_BUILT = {"ActivatesLevers", "Branch", "Identified", "KnownSince", "Nested", "Subtree"}
"""What classes of the model are made of, or protocols and answers: nobody builds one."""


def public_classes() -> tuple[type[Any], ...]:
    """Return every class of the model that people build, by module and name; enumerations are left out."""
    modules = [
        import_module(f"levier.model.{module.name}") for module in iter_modules(model.__path__) if module.name[0] != "_"
    ]
    found = [getattr(module, name) for module in modules for name in sorted(getattr(module, "__all__", ()))]
    return tuple(cls for cls in found if isclass(cls) and cls.__name__ not in _NOT_BUILT and not issubclass(cls, Enum))


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
