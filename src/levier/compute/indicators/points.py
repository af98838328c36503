"""
Points: dated values; whether they may be compared, and how sentences write them.

Values of different definitions are never compared, and a total only with a total of the same territories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from attrs import frozen

from levier.compute.coverage import Coverage
from levier.compute.exact import NumberLike, as_number
from levier.compute.indicators.aggregation import Aggregate
from levier.compute.indicators.rulesets import Ruleset, RulesetDifference
from levier.compute.indicators.series import (
    ExcludedObservation,
    Exclusion,
)
from levier.errors import UnknownItemError
from levier.errors.final import final
from levier.model.dimensions import Breakdown, BreakdownLike, named_part
from levier.model.indicators import Direction
from levier.model.observations import Observation
from levier.model.periods import Period
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT, Exactness, Quantity, Unit
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.wording.explained import Explained
from levier.wording.messages import Message, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name, Number

__all__ = [
    "Given",
    "cited_names",
    "code_names",
    "coverage_of",
    "definitions_differ",
    "given_target",
    "is_reversed",
    "left_out",
    "origin_of",
    "other_reading",
    "part_of",
    "places_differ",
    "point",
    "source_names",
    "why_missing",
    "why_refused",
    "why_unlike",
]


_MOST = 5
"""The most known codes that a refusal names."""


@final
@frozen(kw_only=True)
class Given:
    """
    A bare number from a caller: it has no source, and its period may be unknown; a band has an *upper* end too.

    >>> Given(value=Decimal(30)).value
    Decimal('30')
    """

    value: Decimal
    period: Period | None = None
    upper: Decimal | None = None


_BOUND = MappingProxyType(
    {
        (Direction.KEEP_AT_OR_BELOW, Exactness.AT_MOST): "upper",
        (Direction.KEEP_AT_OR_ABOVE, Exactness.AT_LEAST): "lower",
    }
)
"""The bound that states a target to keep to, where the target is a quantity with one."""


def given_target(target: NumberLike | None, direction: Direction | None, subject: str) -> Given | None:
    """
    Return the target that a caller gives: a number, or a quantity with the bounds that its direction keeps to.

    >>> given_target(Quantity.between(3, 5, "days"), Direction.KEEP_WITHIN, "progress")
    Given(value=Decimal('3'), period=None, upper=Decimal('5'))
    """
    if isinstance(target, Quantity) and direction is not None:
        if direction is Direction.KEEP_WITHIN and target.exactness is Exactness.BETWEEN and target.lower is not None:
            return Given(value=target.lower, upper=target.upper)
        bound = _BOUND.get((direction, target.exactness))
        target = target if bound is None else getattr(target, bound)
    number = as_number(target, subject, "target")
    return None if number is None else Given(value=number)


def why_missing(point: Any, otherwise: MissingReason) -> MissingReason | None:
    """
    Return why a point has no value, *otherwise* where the point itself gives no reason; `None` where it has a value.

    >>> why_missing(None, MissingReason.NO_TARGET)
    <MissingReason.NO_TARGET: 'no-target'>
    """
    if point is not None and point.value is not None:
        return None
    found: MissingReason | None = getattr(point, "reason", None)
    return found or otherwise


def why_refused(*points: Any, ruleset: Ruleset) -> MissingReason | None:
    """
    Return why values that are all present, baseline first and target last, give no progress; `None` if they do.

    PILOTE compares even values of different definitions or territories.

    >>> why_refused(None, None, ruleset=Ruleset.STRICT) is None
    True
    """
    if is_reversed(points[0], points[-1]):
        return MissingReason.TARGET_BEFORE_BASELINE
    return why_unlike(*points) if ruleset is Ruleset.STRICT else None


def why_unlike(*points: Any) -> MissingReason | None:
    """
    Return why points may not be compared; `None` where they may, or where one of them has no value.

    >>> from levier.model.observations import Observation
    >>> old, new = (
    ...     Observation(indicator_id="a", period=when, kind="actual", value=1, definition=version)
    ...     for when, version in (("2019", 1), ("2020", 2))
    ... )
    >>> why_unlike(old, new)
    <MissingReason.DEFINITION_CHANGED: 'definition-changed'>
    """
    if definitions_differ(*points):
        return MissingReason.DEFINITION_CHANGED
    return MissingReason.UNEVEN_PLACES if places_differ(*points) else None


def definitions_differ(*points: Any) -> bool:
    """
    Return whether points with a value have different definitions; a point made of several has version 0, none of them.

    >>> definitions_differ(None, None)
    False
    """
    if any(point is None or point.value is None for point in points):
        return False
    versions = {getattr(point, "definition", 1) for point in points}
    return len(versions) > 1 or 0 in versions


def places_differ(*points: Any) -> bool:
    """
    Return whether points with a value cover different territories, or different areas after a merger.

    A value recorded for a territory covers the whole of it, so only a complete total may be compared with one.

    >>> places_differ(None, None)
    False
    """
    if any(point is None or point.value is None for point in points):
        return False
    made = [(coverage, _area(point)) for point in points if (coverage := coverage_of(point)) is not None]
    if len({area or coverage.reported for coverage, area in made}) > 1:
        return True
    return len(made) < len(points) and not all(coverage.is_complete for coverage, _ in made)


def _area(point: Any) -> tuple[str, ...]:
    """Return the pieces of land that a total covers; of a comparable value, those of its last part."""
    parts = getattr(point, "parts", ())
    found: tuple[str, ...] = getattr(parts[-1] if parts else point, "area", ())
    return found


def is_reversed(baseline: Any, target: Any) -> bool:
    """
    Return whether a target is dated before its baseline; bare numbers have no dates.

    >>> is_reversed(None, None)
    False
    """
    start, goal = (getattr(point, "period", None) for point in (baseline, target))
    return start is not None and goal is not None and goal.last_month < start.last_month


def coverage_of(point: Any) -> Coverage | None:
    """
    Return the territories that a point was aggregated from; `None` where it is a recorded value.

    >>> coverage_of(None) is None
    True
    """
    found: Coverage | None = getattr(point, "coverage", None)
    return found


def part_of(portfolio: Portfolio, breakdown: BreakdownLike) -> Breakdown:
    """
    Return the breakdown that a caller names, in the order of its dimensions.

    Raises:
        UnknownItemError: For a dimension or a code that the portfolio does not hold.
        InvalidValueError: For anything but codes by dimension.

    >>> part_of(Portfolio(), {})
    ()
    """
    part = named_part(breakdown)
    for one in part:
        known = [code.code for code in portfolio.dimensions[one.dimension_id].codes]
        if one.code not in known:
            raise UnknownItemError(f"the codes of the dimension {one.dimension_id!r}", one.code, tuple(known[:_MOST]))
    return part


def code_names(portfolio: Portfolio, breakdown: Breakdown) -> Names:
    """
    Return the names of the codes of a breakdown.

    >>> code_names(Portfolio(), ())
    ()
    """
    found = (portfolio.dimensions[one.dimension_id].code(one.code) for one in breakdown)
    return tuple(Name.of(code) for code in found if code is not None)


Names = tuple[Name, ...]
"""The names of documents, by identifier."""


def source_names(sources: Registry[Source], rows: Iterable[Observation]) -> Names:
    """
    Return the names of the documents behind observations, each once.

    >>> source_names(Registry(), [])
    ()
    """
    cited = {row.source_id: None for row in rows}  # in one pass, because it runs for each of a hundred thousand series
    return tuple([Name.of(sources[one]) for one in cited if one is not None and one in sources])


def cited_names(sources: Registry[Source], points: Iterable[Any], rows: tuple[ExcludedObservation, ...] = ()) -> Names:
    """
    Return the names of the documents that a sentence cites: those behind recorded values and behind disputed ones.

    >>> cited_names(Registry(), [None])
    ()
    """
    disputed = (one.observation for one in rows if one.because is Exclusion.DISPUTED)
    return source_names(sources, [row for row in (*points, *disputed) if isinstance(row, Observation)])


def point(
    value: Any, unit: Unit | str, sources: Names = (), decimals: int | None = None, limit: Decimal | None = None
) -> Said:
    """
    Return a value with its date and its source, or with its parts; *limit* is the value that it was compared with.

    The state of an observation without a value, such as "not published", is written instead.

    >>> row = Observation(indicator_id="a", period="2019-05", kind="actual", value=25)
    >>> print(point(row, ""))
    25 (May 2019, unsourced)
    """
    upper = getattr(value, "upper", None)
    amount: Value = value.state if value.value is None else Number.trimmed(value.value, unit, decimals, limit)
    if upper is not None:
        amount = message("{low} to {high}", low=amount, high=Number.trimmed(upper, unit, decimals, limit))
    origin = origin_of(value, sources)
    return items(amount) if origin is None else message("{value} ({origin})", value=amount, origin=origin)


def origin_of(value: Any, sources: Names = ()) -> Said | None:
    """
    Return the date and source of a value, or its parts; `None` for a bare number.

    >>> origin_of(25) is None
    True
    """
    if isinstance(value, Observation):
        return items(value.period, _source(value, sources))
    if isinstance(value, Aggregate):
        return items(value.period, value.message)
    return value.message if isinstance(value, Explained) else None


def _source(row: Observation, sources: Names) -> Value:
    if row.source_id is None:
        return message("unsourced")
    return next((name for name in sources if name.id == row.source_id), str(row.source_id))


def left_out(
    rows: tuple[ExcludedObservation, ...], write: Callable[[Observation], Said] | None = None
) -> Message | None:
    """
    Return what was left out, and why; a disputed value is written by *write*.

    >>> left_out(()) is None
    True
    """
    if not rows:
        return None
    return message("excluded values: {rows}", rows=items(*(_left_out(one, write) for one in rows)))


def _left_out(one: ExcludedObservation, write: Callable[[Observation], Said] | None) -> Said:
    row, because = one.observation, one.because
    if because is Exclusion.DISPUTED and write is not None:
        return message("{kind} {value}: {because}", kind=row.kind, value=write(row), because=because)
    return one.message


def other_reading(
    ruleset: Ruleset, other: Decimal | None, differences: tuple[RulesetDifference, ...]
) -> Message | None:
    """
    Return the value of the other ruleset and the rules behind the difference; `None` where the two agree.

    >>> other_reading(Ruleset.STRICT, None, ()) is None
    True
    """
    if not differences:
        return None
    if other is None:
        return message("{ruleset}: no value ({because})", ruleset=ruleset.other, because=items(*differences))
    value = Number.trimmed(other, PERCENT, 2)
    return message("{ruleset}: {value} ({because})", ruleset=ruleset.other, value=value, because=items(*differences))
