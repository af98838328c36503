"""Computations: pure functions over the model. Time is an argument, and every result explains itself."""

from __future__ import annotations

import levier.errors  # noqa: F401  # whole, before a module of this room takes one of its modules: see levier.errors
