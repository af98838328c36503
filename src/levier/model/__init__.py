"""The domain model: immutable values, validated on construction, that know nothing of any file format."""

from __future__ import annotations

import levier.errors  # noqa: F401  # whole, before a module of this room takes one of its modules: see levier.errors
