"""
The registration of our strategies with Hypothesis, which asks for it when it starts.

Hypothesis loads this module at the end of its own import, so nothing here imports it at the top, nor the model, which
would slow every start of Hypothesis: a class is registered when its module is imported, before Hypothesis or after it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Any

from levier._watching import watchers

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["public_classes", "register"]

_MODEL = "levier.model."
_ROOMS = (_MODEL, "levier.compute.", "levier.serialization.")
"""The rooms whose public classes have a strategy: what people build, what they set, and what they are answered."""
_NOT_BUILT = {"ActivatesLevers", "Branch", "Identified", "KnownSince", "Nested", "Subtree"}
"""Public names without a strategy: base classes, protocols, and results that nobody builds."""


def public_classes() -> tuple[type[Any], ...]:
    """Return all classes of the model that users build, by module and name, without enumerations."""
    names = [module.name for module in iter_modules(import_module("levier.model").__path__) if module.name[0] != "_"]
    return tuple(cls for name in names for cls in _built_in(import_module(f"{_MODEL}{name}")))


def _built_in(module: ModuleType) -> list[type[Any]]:
    """Return the classes of a module that users build, as far as the module has been executed."""
    found = [vars(module).get(name) for name in sorted(vars(module).get("__all__", ()))]
    return [cls for cls in found if isinstance(cls, type) and _is_built(cls)]


def _is_built(cls: type[Any]) -> bool:
    """Return whether a class has a strategy: one of the model, or one with fields of another room."""
    is_of_fields = not cls.__module__.startswith(_ROOMS[1:]) or "__attrs_attrs__" in vars(cls)
    return is_of_fields and cls.__name__ not in _NOT_BUILT and not issubclass(cls, Enum)


def register() -> None:
    """
    Register the strategies of all public classes with Hypothesis: of those that are loaded now, of others later.

    Hypothesis has its own strategies for enumerations.
    `Day` is pendulum's class of dates, for which Hypothesis has no strategy, so it uses ours.
    """
    watchers.append(_register_made)
    loaded = [module for name, module in [*sys.modules.items()] if name.startswith(_ROOMS)]
    _register(cls for module in loaded for cls in _built_in(module))


def _register_made(cls: type[Any]) -> None:
    """Register a class of the model with those before it in its module that are not final, such as `Day`."""
    if cls.__module__.startswith(_ROOMS):
        module = sys.modules[cls.__module__]
        is_public = cls.__name__ in vars(module).get("__all__", ()) and _is_built(cls)
        _register([*_built_in(module), cls] if is_public else _built_in(module))


_waiting: list[type[Any]] = []


def _register(classes: Iterable[type[Any]]) -> None:
    """
    Register classes, and those that still wait.

    Where one thread imports `hypothesis` and another `hypothesis.strategies`, Python may show half of the latter to the
    former. Then the classes wait for the next one that is made: neither of us must fail to be imported.
    """
    _waiting.extend(classes)
    ready = tuple(_waiting)
    try:
        from hypothesis.strategies import register_type_strategy

        for cls in ready:
            register_type_strategy(cls, _resolve)
    except (AttributeError, ImportError):
        return
    for cls in ready:
        with suppress(ValueError):  # another thread registered it too
            _waiting.remove(cls)


def _resolve(kind: Any) -> SearchStrategy[Any]:
    from levier.testing import strategies

    return strategies.of(kind)
