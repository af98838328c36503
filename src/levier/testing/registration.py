"""
The registration of our strategies with Hypothesis, which asks for it when it starts.

Hypothesis loads this module at the end of its own import, so nothing here imports it at the top, nor the model, which
would slow every start of Hypothesis: the classes are registered when the model is imported, before or after.
"""

from __future__ import annotations

from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from levier._loading import once_the_model_is_loaded

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["public_classes", "register"]

_NOT_BUILT = {"ActivatesLevers", "Branch", "Identified", "KnownSince", "Nested", "Subtree"}
"""Public names without a strategy: base classes, protocols, and results that nobody builds."""


def public_classes() -> tuple[type[Any], ...]:
    """Return all classes of the model that users build, by module and name, without enumerations."""
    names = [module.name for module in iter_modules(import_module("levier.model").__path__) if module.name[0] != "_"]
    modules = [import_module(f"levier.model.{name}") for name in names]
    found = [getattr(module, name) for module in modules for name in sorted(getattr(module, "__all__", ()))]
    classes = [cls for cls in found if isinstance(cls, type)]
    return tuple(cls for cls in classes if cls.__name__ not in _NOT_BUILT and not issubclass(cls, Enum))


def register() -> None:
    """Have the strategies registered with Hypothesis once the model is loaded; nothing is loaded for it."""
    once_the_model_is_loaded(_register)


def _register() -> None:
    """
    Register the strategy of every public class with Hypothesis, which has its own for enumerations.

    `Day` is pendulum's class of dates, for which Hypothesis has no strategy, so it uses ours.
    """
    from hypothesis.strategies import register_type_strategy

    for cls in public_classes():
        register_type_strategy(cls, _resolve)


def _resolve(kind: Any) -> SearchStrategy[Any]:
    from levier.testing import strategies

    return strategies.of(kind)
