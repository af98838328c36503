"""Coverage of things of which something is known, or not."""

from __future__ import annotations

from collections.abc import Mapping

from levier.compute.indicators.aggregation import Coverage

__all__ = ["covered"]


def covered(known: Mapping[str, bool]) -> Coverage:
    """
    Return which things are known, and which are missing, each in the order given.

    >>> str(covered({"a": True, "b": False}))
    '1 of 2'
    """
    return Coverage(
        reported=tuple(name for name, is_known in known.items() if is_known),
        missing=tuple(name for name, is_known in known.items() if not is_known),
    )
