"""The public questions and classes, door by door."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

import levier

DOORS = ("budget", "fund", "history", "indicators", "instruments", "plans", "rules", "statistics")


def everything() -> dict[str, Any]:
    """Return all that stands at the top level and behind the doors, by name; the rooms themselves are left out."""
    found = {name: getattr(levier, name) for name in levier.__all__}
    for door in DOORS:
        room = import_module(f"levier.{door}")
        found |= {name: getattr(room, name) for name in room.__all__}
    return {name: thing for name, thing in found.items() if not isinstance(thing, ModuleType)}
