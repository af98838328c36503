"""Coverage of things of which something is known, or not."""

from __future__ import annotations

from collections.abc import Mapping

from levier.compute.indicators.aggregation import Coverage
from levier.wording.said import Value

__all__ = ["covered"]


def covered(known: Mapping[str, bool], names: Mapping[str, Value] | None = None) -> Coverage:
    """
    Return which things are known, and which are missing, each in the order given; *names* say what they are called.

    >>> print(covered({"a": True, "b": False}, {"b": "Second project"}).explain("en"))
    1 of 2 (missing Second project)
    """
    coverage = Coverage(
        reported=tuple(name for name, is_known in known.items() if is_known),
        missing=tuple(name for name, is_known in known.items() if not is_known),
    )
    return coverage if names is None else coverage.named(names)
