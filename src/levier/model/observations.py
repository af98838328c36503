"""Observations: the values of indicators, by territory, period, kind and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter, lt
from types import MappingProxyType
from typing import Any, Self, TypeAlias, final, overload

from attrs import Attribute, field, fields, frozen

from levier.errors import DuplicateItemsError, InvalidValueError, UnknownItemError
from levier.model._converters import as_decimal_or_none, as_id_or_none
from levier.model._fields import as_tuple, decimal, instance_of, integer, optional, refuse
from levier.model._immutable import Immutable
from levier.model._numbers import written
from levier.model.identifiers import IndicatorId, SourceId, TerritoryId, reference
from levier.model.periods import Day, Period, as_day_or_none, as_period, is_day, is_period
from levier.model.terms import Term
from levier.model.territories import NATION

__all__ = ["Observation", "ObservationKind", "ObservationState", "Observations"]


class ObservationKind(Term):
    """The kinds of value: the baseline, a measured value, a target or a forecast."""

    BASELINE = "baseline", "valeur initiale", "baseline"
    ACTUAL = "actual", "réalisation", "actual"
    TARGET = "target", "cible", "target"
    FORECAST = "forecast", "prévision", "forecast"


class ObservationState(Term):
    """Whether a value is present and, if not, why it is missing."""

    MEASURED = "measured", "mesuré", "measured"
    TOO_FEW = "too-few", "trop peu de réponses", "too few answers"
    NOT_COLLECTED = "not-collected", "non collecté", "not collected"
    NOT_APPLICABLE = "not-applicable", "sans objet", "not applicable"
    COMING = "coming", "à venir", "coming"


_NONE: Mapping[str, Any] = MappingProxyType({})
_MEASURED = ObservationState.MEASURED  # bound once: looking up a member of an enumeration is slow


def _value_if_measured(instance: Observation, attribute: Attribute[Any], state: ObservationState) -> None:
    if type(state) is not ObservationState:
        refuse(instance, attribute, state, "a value of class ObservationState")
    if (state is _MEASURED) is (instance.value is None):
        refuse(
            instance, attribute, state, "a value when measured, and a reason other than 'measured' when there is none"
        )
    if instance.upper is not None:  # asked here, because a check of its own would cost each of a million observations
        _of_a_band(instance, instance.upper)


def _of_a_band(instance: Observation, upper: Decimal) -> None:
    attribute: Attribute[Any] = fields(Observation).upper
    if instance.kind is not ObservationKind.TARGET or instance.value is None:
        refuse(instance, attribute, upper, "no upper end: only a target that has a value is a band")
    if type(upper) is Decimal and upper < instance.value:
        refuse(instance, attribute, upper, f"an upper end of at least {written(instance.value)}, the lower one")


@final
@frozen(kw_only=True)
class Observation:
    """
    One value of an indicator, in the indicator's unit.

    The key is (indicator, territory, period, kind, source), so a target restated in a later document is kept beside
    the earlier one.
    *value* is `None` if it is missing, and *state* says why: missing is not zero.
    *sample_size* is the number of answers behind the value of a survey; `None` if unknown or not a survey.
    *definition* is the version of the indicator's definition that was measured.
    *upper* is the upper end of a target that is a band, whose lower end is *value*; `None` for a single number.
    *recorded_on* is the day on which the value was recorded, `None` if unknown.

    Attributes:
        indicator_id: The measured indicator, by its identifier.
        territory_id: The territory that the value is for; the nation by default.
        period: The period that the value is for, such as "2025-12".
        kind: Whether it is a baseline, a measured value, a target or a forecast.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If the value is a float or not finite, or if a value is given in a state other than
            "measured", or none is given in that state; if anything but a target has an upper end, or the wrong one.

    >>> Observation(indicator_id="p349-appraisal-time", period="2020", kind="actual", value=95).value
    Decimal('95')
    >>> Observation(indicator_id="p349-appraisal-time", period="2023", kind="actual", state="coming").value is None
    True
    """

    indicator_id: IndicatorId = field(converter=IndicatorId, validator=reference)
    territory_id: TerritoryId = field(default=NATION, converter=TerritoryId, validator=reference)
    period: Period = field(converter=as_period, validator=is_period)
    kind: ObservationKind = field(converter=ObservationKind, validator=instance_of(ObservationKind))
    value: Decimal | None = field(default=None, converter=as_decimal_or_none, validator=optional(decimal))
    state: ObservationState = field(
        default=ObservationState.MEASURED, converter=ObservationState, validator=_value_if_measured
    )
    sample_size: int | None = field(default=None, validator=optional(integer(0)))
    definition: int = field(default=1, validator=integer(1))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    recorded_on: Day | None = field(default=None, converter=as_day_or_none, validator=optional(is_day))
    upper: Decimal | None = field(default=None, converter=as_decimal_or_none, validator=optional(decimal))

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """The key, unique in a table: indicator, territory, period, kind, source."""
        return (self.indicator_id, self.territory_id, self.period.text, self.kind, self.source_id or "")


_Index: TypeAlias = Mapping[str, Mapping[str, tuple[Observation, ...]]]


@final
class Observations(Immutable, Sequence[Observation]):
    """
    An immutable table of observations, sorted by key.

    Raises:
        DuplicateItemsError: If two observations share a key.

    >>> table = Observations([Observation(indicator_id="a", period="2020", kind="actual", value=1)])
    >>> [observation.value for observation in table.of("a")]
    [Decimal('1')]
    """

    __slots__ = ("_hash", "_index", "rows")

    _INSTEAD = "use with_ or without"

    rows: tuple[Observation, ...]
    """The observations, sorted by key."""
    _index: _Index | None
    _hash: int | None

    def __new__(cls, rows: Iterable[Observation] = ()) -> Self:
        """Create a table of observations, given in any order."""
        given = as_tuple(rows)
        if type(given) is not tuple or not {type(row) for row in given} <= {Observation}:
            raise InvalidValueError("Observations", given, "observations")
        table = object.__new__(cls)
        object.__setattr__(table, "rows", given if _in_order(given) else _sorted(given))
        object.__setattr__(table, "_index", None)
        object.__setattr__(table, "_hash", None)
        return table

    def __init__(self, rows: Iterable[Observation] = ()) -> None:
        """Documented in `__new__`, which does the work."""

    def of(
        self, indicator_id: str, *, territory_id: str = NATION, kind: ObservationKind | str | None = None
    ) -> tuple[Observation, ...]:
        """
        Return the observations of one indicator in one territory, of one *kind* or of all kinds.

        Raises:
            InvalidValueError: If *kind* is not a kind of observation.
        """
        rows = self._by_series().get(indicator_id, _NONE).get(territory_id, ())
        wanted = None if kind is None else ObservationKind(kind)
        return rows if wanted is None else tuple(row for row in rows if row.kind is wanted)

    def territories(self, indicator_id: str) -> tuple[TerritoryId, ...]:
        """Return the territories in which an indicator has observations."""
        return tuple(map(TerritoryId, self._by_series().get(indicator_id, ())))

    def with_(self, *rows: Observation) -> Self:
        """Return this table with *rows* added; a row replaces the one with the same key."""
        merged = {row.key: row for row in (*self.rows, *Observations(rows))}
        return type(self)(merged.values())

    def without(self, *rows: Observation) -> Self:
        """
        Return this table without the observations with the keys of *rows*.

        Raises:
            UnknownItemError: If the table has no observation with one of these keys.
        """
        left = {row.key: row for row in self.rows}
        for key in {row.key for row in Observations(rows)}:
            if left.pop(key, None) is None:
                raise UnknownItemError("the table of observations", " ".join(key).strip(), ())
        return type(self)(left.values())

    def _by_series(self) -> _Index:
        if self._index is None:
            index: dict[str, dict[str, tuple[Observation, ...]]] = {}
            for (indicator_id, territory_id), rows in groupby(self.rows, attrgetter("indicator_id", "territory_id")):
                index.setdefault(indicator_id, {})[territory_id] = tuple(rows)
            fixed = {indicator_id: MappingProxyType(series) for indicator_id, series in index.items()}
            object.__setattr__(self, "_index", MappingProxyType(fixed))
        return self._index or _NONE

    @overload
    def __getitem__(self, index: int) -> Observation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Observation, ...]: ...
    def __getitem__(self, index: int | slice) -> Observation | tuple[Observation, ...]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.rows)

    def __eq__(self, other: object) -> bool:
        return self.rows == other.rows if isinstance(other, Observations) else NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(self.rows))
        return self._hash or 0

    def __repr__(self) -> str:
        return f"<Observations: {len(self)} of {len(self._by_series())} indicators>"

    def __reduce__(self) -> tuple[Callable[..., Observations], tuple[tuple[Observation, ...]]]:
        return Observations, (self.rows,)


_bare_key = attrgetter("indicator_id", "territory_id", "period.text", "kind", "source_id")


def _in_order(rows: tuple[Observation, ...]) -> bool:
    """Return whether the keys of *rows* are strictly increasing; fast, because documents are written in this order."""
    keys = list(map(_bare_key, rows))
    try:
        return all(map(lt, keys, keys[1:]))
    except TypeError:  # two keys differ by their source only, and one source is None
        return False


def _sorted(rows: tuple[Observation, ...]) -> tuple[Observation, ...]:
    keys = [row.key for row in rows]
    if len(set(keys)) != len(keys):
        raise DuplicateItemsError("observations", _twice(keys))
    return tuple(sorted(rows, key=lambda row: row.key))


def _twice(keys: list[tuple[str, str, str, str, str]]) -> tuple[str, ...]:
    return tuple(" ".join(key).strip() for key, times in Counter(keys).items() if times > 1)
