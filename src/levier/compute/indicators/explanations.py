"""How numbers came about, in one sentence: the values, their dates, their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from levier.compute.indicators.aggregation import Aggregate
from levier.compute.indicators.choices import ExcludedObservation, Exclusion
from levier.compute.indicators.rulesets import Ruleset, RulesetDifference
from levier.model.observations import Observation
from levier.model.quantities import PERCENT, Unit
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.model.terms import Lang
from levier.wording.explained import Explained
from levier.wording.messages import Message, clauses, items, message
from levier.wording.said import Said, Value
from levier.wording.values import Name, Number

__all__ = ["cited_names", "joined", "left_out", "other_reading", "point", "source_names"]

Names = tuple[Name, ...]
"""What documents are called, by their identifiers."""


def joined(parts: Iterable[str], lang: Lang) -> str:
    """
    Write clauses as one sentence.

    >>> joined(["3 days", "", "unsourced"], "en")
    '3 days; unsourced'
    """
    return clauses(*parts).say(lang)


def source_names(sources: Registry[Source], rows: Iterable[Observation]) -> Names:
    """
    Return what the documents behind observations are called, each once.

    >>> source_names(Registry(), [])
    ()
    """
    cited = {row.source_id: None for row in rows}  # in one pass: asked for each of a hundred thousand series
    return tuple([Name.of(sources[one]) for one in cited if one is not None and one in sources])


def cited_names(sources: Registry[Source], points: Iterable[Any], rows: tuple[ExcludedObservation, ...] = ()) -> Names:
    """
    Return what the documents are called that a sentence names: those behind typed values, and behind disputed ones.

    >>> cited_names(Registry(), [None])
    ()
    """
    disputed = (one.observation for one in rows if one.because is Exclusion.DISPUTED)
    return source_names(sources, [row for row in (*points, *disputed) if isinstance(row, Observation)])


def point(
    value: Any, unit: Unit | str, sources: Names = (), decimals: int | None = None, limit: Decimal | None = None
) -> Said:
    """
    Return a value with its date and its source, or with what it was made of; *limit* is what it was held against.

    Of an observation without a value, its state stands in its place.

    >>> row = Observation(indicator_id="a", period="2019-05", kind="actual", value=25)
    >>> print(point(row, ""))
    25 (May 2019, unsourced)
    """
    amount = value.state if value.value is None else Number.trimmed(value.value, unit, decimals, limit)
    origin = _origin(value, sources)
    return items(amount) if origin is None else message("{value} ({origin})", value=amount, origin=origin)


def _origin(value: Any, sources: Names) -> Said | None:
    """Return when a value held and who says so, or what it was made of; `None` for a bare number."""
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
    Return what took no part, and why; of what is disputed as *write* says it, with its value.

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
    Return what the other ruleset gives, and by which rule; `None` where the two agree.

    >>> other_reading(Ruleset.STRICT, None, ()) is None
    True
    """
    if not differences:
        return None
    name = Ruleset.PILOTE if ruleset is Ruleset.STRICT else Ruleset.STRICT
    if other is None:
        return message("{ruleset}: no value ({because})", ruleset=name, because=items(*differences))
    value = Number.trimmed(other, PERCENT, 2)
    return message("{ruleset}: {value} ({because})", ruleset=name, value=value, because=items(*differences))
