"""Errors of indicators: values that cannot be compared or aggregated."""

from __future__ import annotations

from attrs import frozen

from levier.errors.final import final
from levier.errors.root import LevierError

__all__ = [
    "RepeatedMonthError",
    "TargetBeforeBaselineError",
    "UnknownAggregationError",
    "WrongLevelError",
    "WrongUnitError",
]


@final
@frozen
class RepeatedMonthError(LevierError, ValueError):
    """A month has two different values of one kind, and no date tells which is the later one."""

    indicator_id: str
    territory_id: str
    month: str
    kind: str
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"indicator {self.indicator_id!r}, territory {self.territory_id!r}, {self.month}: more than one value of "
            f"kind {self.kind!r} ({', '.join(self.sources)}); one value a month: date their recording, or keep one"
        )


@final
@frozen
class TargetBeforeBaselineError(LevierError, ValueError):
    """A target is dated before the baseline that it is measured from."""

    indicator_id: str
    territory_id: str
    baseline: str
    target: str

    def __str__(self) -> str:
        return (
            f"indicator {self.indicator_id!r}, territory {self.territory_id!r}: the target of {self.target} is dated "
            f"before the baseline of {self.baseline}; a target comes after its baseline"
        )


@final
@frozen
class UnknownAggregationError(LevierError, ValueError):
    """
    Values of territories cannot be aggregated, because the rule is missing or unknown.

    The identifiers are empty where a rule is refused before anyone asks for a value.
    """

    indicator_id: str
    territory_id: str
    found: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        asked = f"unknown aggregation {self.found!r}" if self.found else "it has no aggregation"
        about = f"indicator {self.indicator_id!r}, territory {self.territory_id!r}: " if self.indicator_id else ""
        return f"{about}{asked}; give one of {', '.join(self.known)}"


@final
@frozen
class WrongLevelError(LevierError, ValueError):
    """A territory is of another level than required."""

    indicator_id: str
    territory_id: str
    level: str
    expected: str
    month: str = ""

    def __str__(self) -> str:
        when = f", {self.month}" if self.month else ""
        return (
            f"indicator {self.indicator_id!r}, territory {self.territory_id!r}{when}: "
            f"expected {self.expected}, found a territory of level {self.level}"
        )


@final
@frozen
class WrongUnitError(LevierError, TypeError):
    """A value is not in its indicator's unit."""

    indicator_id: str
    territory_id: str
    month: str
    found: str
    expected: str

    def __str__(self) -> str:
        return (
            f"indicator {self.indicator_id!r}, territory {self.territory_id!r}, {self.month}: "
            f"expected a value in {self.expected!r}, found {self.found}; convert it first"
        )
