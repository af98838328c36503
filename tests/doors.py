"""The public questions and classes, door by door."""

from __future__ import annotations

from importlib import import_module
from typing import Any

DOORS = ("budget", "fund", "history", "indicators", "instruments", "plans", "rules", "statistics")


def everything() -> dict[str, Any]:
    """Return all that stands behind the doors, by name."""
    found = {}
    for door in DOORS:
        room = import_module(f"levier.{door}")
        found |= {name: getattr(room, name) for name in room.__all__}
    return found
