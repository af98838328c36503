"""Coverage of things of which something is known, or not."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from levier.compute.indicators.aggregation import Coverage
from levier.model.terms import Lang

__all__ = ["coverage_said", "covered"]


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


def coverage_said(coverage: Coverage, names: Mapping[str, str], lang: Lang) -> str:
    """
    Say how many are known of how many, and what those are called that are missing.

    >>> coverage_said(covered({"one": True, "two": False}), {"two": "Second project"}, "en")
    '1 of 2 (missing Second project)'
    """
    named = tuple(names.get(name, name) for name in coverage.missing)
    return evolve(coverage, missing=named, missing_fr=(), missing_en=()).explain(lang)
