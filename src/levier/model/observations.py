"""Observations: the values of indicators, by territory, period, kind and source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from operator import attrgetter, lt
from types import MappingProxyType
from typing import Any, Self, TypeAlias, TypeVar, overload

from attrs import Attribute, field, fields, frozen

from levier.errors import DuplicateItemsError, InvalidValueError, UnknownItemError
from levier.errors.final import final
from levier.model._converters import as_decimal_or_none, as_id_or_none
from levier.model._fields import as_tuple, decimal, instance_of, integer, optional, refuse
from levier.model._immutable import Immutable
from levier.model._numbers import written
from levier.model.dimensions import Breakdown, BreakdownCode, BreakdownLike, as_breakdown, is_breakdown, named_part
from levier.model.identifiers import IndicatorId, SourceId, TerritoryId, reference
from levier.model.periods import Day, Period, as_day_or_none, as_period, is_day, is_period
from levier.model.terms import Term
from levier.model.territories import NATION

__all__ = ["Observation", "ObservationKind", "ObservationState", "Observations"]

T = TypeVar("T", bound="Observations")


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

    The key is (indicator, territory, period, kind, source, breakdown), so a target restated in a later document is kept
    beside the earlier one, and the value of a part beside that of the whole.
    *breakdown* names the part of the whole that the value is for, by one code of each of its dimensions, such as
    `{"sex": "F"}`; empty for the whole.
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
    >>> Observation(indicator_id="jobs", period="2023", kind="actual", value=7, breakdown={"sex": "F"}).breakdown
    (BreakdownCode(dimension_id='sex', code='F'),)
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
    breakdown: tuple[BreakdownCode, ...] = field(default=(), converter=as_breakdown, validator=is_breakdown)
    upper: Decimal | None = field(default=None, converter=as_decimal_or_none, validator=optional(decimal))

    @property
    def key(self) -> tuple[str, ...]:
        """The key, unique in a table: indicator, territory, period, kind, source; then each dimension with its code."""
        whole = (self.indicator_id, self.territory_id, self.period.text, self.kind, self.source_id or "")
        return (*whole, *_codes(self.breakdown)) if self.breakdown else whole


def _codes(breakdown: Breakdown) -> Iterator[str]:
    return chain.from_iterable((one.dimension_id, one.code) for one in breakdown)


_Page: TypeAlias = tuple[Observation, ...]
_Series: TypeAlias = tuple[str, str]
_Spans: TypeAlias = Mapping[_Series, tuple[int, int]]
_NOWHERE = (0, 0)
_PAGE = 256
_UNDIVIDED: Mapping[Breakdown, Any] = MappingProxyType({})


@final
class Observations(Immutable, Sequence[Observation]):
    """
    An immutable table of observations, sorted by key.

    Values of parts stand beside those of the whole, and are never mixed with them: whoever asks for a series gets that
    of the whole, unless a breakdown is named.
    The rows stand in pages, as the things of a `Registry` do: a change copies the pages that it touches and shares the
    others, and a series is found by bisection.

    Raises:
        DuplicateItemsError: If two observations share a key.

    >>> table = Observations([Observation(indicator_id="a", period="2020", kind="actual", value=1)])
    >>> [observation.value for observation in table.of("a")]
    [Decimal('1')]
    """

    __slots__ = ("_hash", "_pages", "_parts", "_rows", "_spans", "_starts")

    _INSTEAD = "use with_ or without"

    _pages: tuple[_Page, ...]
    """The rows, in the order of their keys; at least one page, and no empty page unless the table is empty."""
    _starts: tuple[tuple[str, ...], ...]
    """The key of the first row of each page except the first: bisecting it gives the page of a key."""
    _spans: tuple[_Spans | None, ...]
    """Where the series of each page stand in it, once the page was asked."""
    _rows: tuple[Observation, ...] | None
    _parts: Mapping[Breakdown, Observations] | None
    """A table for each breakdown and for the whole; `_UNDIVIDED` if all rows are of one; `None` if not asked yet."""
    _hash: int | None

    def __new__(cls, rows: Iterable[Observation] = ()) -> Self:
        """Create a table of observations, given in any order."""
        given = as_tuple(rows)
        if type(given) is not tuple or not set(map(type, given)) <= {Observation}:
            raise InvalidValueError("Observations", given, "observations")
        ordered = given if _in_order(given) else _sorted(given)
        return _bound(object.__new__(cls), _cut(ordered), ordered)

    def __init__(self, rows: Iterable[Observation] = ()) -> None:
        """Documented in `__new__`, which does the work."""

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The observations, sorted by key."""
        if self._rows is None:
            object.__setattr__(self, "_rows", tuple(self))
        return self._rows or ()

    def of(
        self,
        indicator_id: str,
        *,
        territory_id: str = NATION,
        kind: ObservationKind | str | None = None,
        breakdown: BreakdownLike = (),
    ) -> tuple[Observation, ...]:
        """
        Return the observations of one indicator in one territory, of one *kind* or of all kinds.

        They are those of the whole or, with *breakdown*, those of the part that it names.

        Raises:
            InvalidValueError: If *kind* is not a kind of observation, or *breakdown* is not codes by dimension.

        >>> rows = [Observation(indicator_id="a", period="2020", kind="actual", value=3)]
        >>> rows += [Observation(indicator_id="a", period="2020", kind="actual", value=2, breakdown={"sex": "F"})]
        >>> [[row.value for row in Observations(rows).of("a", breakdown=part)] for part in ({}, {"sex": "F"})]
        [[Decimal('3')], [Decimal('2')]]
        """
        rows = self._of_part(self._series((indicator_id, territory_id)), named_part(breakdown))
        wanted = None if kind is None else ObservationKind(kind)
        return rows if wanted is None else tuple(row for row in rows if row.kind is wanted)

    def of_indicator(self, indicator_id: str) -> tuple[Observation, ...]:
        """Return the observations of one indicator in all territories and of all breakdowns, by territory."""
        start = (indicator_id,)
        found: tuple[Observation, ...] = ()
        for place in range(bisect_left(self._starts, start), len(self._pages)):
            page = self._pages[place]
            first = bisect_left(page, start, key=_indicator_key)
            last = bisect_right(page, start, lo=first, key=_indicator_key)
            found += page[first:last]
            if last < len(page):
                break
        return found

    def territories(self, indicator_id: str) -> tuple[TerritoryId, ...]:
        """Return the territories in which an indicator has observations of the whole."""
        return tuple(dict.fromkeys(row.territory_id for row in self._of_part(self.of_indicator(indicator_id), ())))

    @property
    def whole(self) -> Observations:
        """The observations that are not broken down; this table itself if none is broken down."""
        return self._by_breakdown().get((), _EMPTY) if self._by_breakdown() else self

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """The breakdowns for which there are observations, in their order; none of them is the whole."""
        return tuple(filter(None, self._by_breakdown()))

    def broken_down(self, breakdown: BreakdownLike) -> Observations:
        """
        Return the observations of the part that a breakdown names, as a table whose series are those of the part.

        Raises:
            InvalidValueError: If *breakdown* is anything but codes by dimension.
        """
        return self._by_breakdown().get(named_part(breakdown), _EMPTY)

    def with_(self, *rows: Observation) -> Self:
        """Return this table with *rows* added; a row replaces the one with the same key."""
        added: dict[int, list[Observation]] = defaultdict(list)
        for row in Observations(rows):
            added[bisect_right(self._starts, row.key)].append(row)
        return self._with_pages({place: _merged(self._pages[place], new) for place, new in added.items()})

    def without(self, *rows: Observation) -> Self:
        """
        Return this table without the observations with the keys of *rows*.

        Raises:
            UnknownItemError: If the table has no observation with one of these keys.
        """
        gone: dict[int, set[tuple[str, ...]]] = defaultdict(set)
        for key in {row.key for row in Observations(rows)}:
            gone[bisect_right(self._starts, key)].add(key)
        for place, keys in gone.items():
            for unknown in keys.difference(row.key for row in self._pages[place]):
                raise UnknownItemError("the table of observations", " ".join(unknown).strip(), ())
        left = {place: tuple(row for row in self._pages[place] if row.key not in keys) for place, keys in gone.items()}
        return self._with_pages(left)

    def changes(self, later: Observations) -> Iterator[tuple[Observation | None, Observation | None]]:
        """
        Yield the rows that differ between this table and a *later* one, before and after; `None` if absent.

        >>> row = Observation(indicator_id="a", period="2020", kind="actual", value=1)
        >>> [(before and before.value, after) for before, after in Observations([row]).changes(Observations())]
        [(Decimal('1'), None)]
        """
        mine, theirs = _unshared(self._pages, later._pages), _unshared(later._pages, self._pages)
        here = there = 0
        while here < len(mine) and there < len(theirs):
            before, after = mine[here], theirs[there]
            if before is after or before == after:
                here, there = here + 1, there + 1
                continue
            gone, come = before.key <= after.key, after.key <= before.key
            yield before if gone else None, after if come else None
            here, there = here + gone, there + come
        yield from ((row, None) for row in mine[here:])
        yield from ((None, row) for row in theirs[there:])

    def _series(self, series: _Series) -> tuple[Observation, ...]:
        """Return the rows of a series, of the whole and of its parts: it begins on the first page that may hold it."""
        place = bisect_left(self._starts, series)
        first, last = (self._spans[place] or self._indexed(place)).get(series, _NOWHERE)
        found = self._pages[place][first:last]
        while place < len(self._starts) and self._starts[place][:2] == series:  # and goes on with the next one
            place += 1
            _, last = (self._spans[place] or self._indexed(place))[series]
            found += self._pages[place][:last]
        return found

    def _indexed(self, place: int) -> _Spans:
        """Return where the series of a page stand; looked for when the page is first asked, and kept."""
        keys = list(map(_series_key, self._pages[place]))
        ends = dict(zip(keys, range(1, len(keys) + 1), strict=True))
        firsts = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
        spans = MappingProxyType({series: (firsts[series], end) for series, end in ends.items()})
        object.__setattr__(self, "_spans", (*self._spans[:place], spans, *self._spans[place + 1 :]))
        return spans

    def _of_part(self, rows: tuple[Observation, ...], part: Breakdown) -> tuple[Observation, ...]:
        """Return the rows of a breakdown among those of a series; all of them in a table of one breakdown."""
        if not part and (self._parts is _UNDIVIDED or not any(map(_breakdown_of, rows))):
            return rows
        return tuple(row for row in rows if row.breakdown == part)

    def _by_breakdown(self) -> Mapping[Breakdown, Observations]:
        """Return one table for each breakdown, and one for the whole; empty where no observation is broken down."""
        if self._parts is None:
            parts: dict[Breakdown, list[Observation]] = {}
            if any(map(_breakdown_of, self.rows)):  # in C, because most tables have no breakdown
                for row in self.rows:
                    parts.setdefault(row.breakdown, []).append(row)
            tables = {breakdown: Observations(parts[breakdown]) for breakdown in sorted(parts)}
            for table in tables.values():
                object.__setattr__(table, "_parts", _UNDIVIDED)  # not divided again: its series are its own rows
            object.__setattr__(self, "_parts", MappingProxyType(tables) if tables else _UNDIVIDED)
        return self._parts or {}

    def _with_pages(self, changed: Mapping[int, _Page]) -> Self:
        """Return this table with some pages replaced; the new ones are cut."""
        pages = list(self._pages)
        for place in sorted(changed, reverse=True):
            pages[place : place + 1] = _cut(changed[place])
        return _bound(object.__new__(type(self)), tuple(pages), None)

    @overload
    def __getitem__(self, index: int) -> Observation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Observation, ...]: ...
    def __getitem__(self, index: int | slice) -> Observation | tuple[Observation, ...]:
        return self.rows[index]

    def __len__(self) -> int:
        return sum(map(len, self._pages))

    def __iter__(self) -> Iterator[Observation]:
        return chain.from_iterable(self._pages)

    def __eq__(self, other: object) -> bool:
        return self.rows == other.rows if isinstance(other, Observations) else NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(self.rows))
        return self._hash or 0

    def __repr__(self) -> str:
        return f"<Observations: {len(self)} of {len({row.indicator_id for row in self})} indicators>"

    def __reduce__(self) -> tuple[Callable[..., Observations], tuple[tuple[Observation, ...]]]:
        return Observations, (self.rows,)


_bare_key = attrgetter("indicator_id", "territory_id", "period.text", "kind", "source_id", "breakdown")
_breakdown_of = attrgetter("breakdown")
_series_key = attrgetter("indicator_id", "territory_id")


def _indicator_key(row: Observation) -> tuple[str]:
    return (row.indicator_id,)


def _bound(table: T, pages: tuple[_Page, ...], rows: tuple[Observation, ...] | None) -> T:
    object.__setattr__(table, "_pages", pages or ((),))
    object.__setattr__(table, "_starts", tuple(page[0].key for page in pages[1:]))
    object.__setattr__(table, "_spans", (None,) * max(len(pages), 1))
    object.__setattr__(table, "_parts", None)
    object.__setattr__(table, "_rows", rows)
    object.__setattr__(table, "_hash", None)
    return table


def _cut(rows: _Page) -> tuple[_Page, ...]:
    """Return sorted rows as pages; a page of up to twice the usual length is not cut."""
    length = _PAGE if len(rows) > 2 * _PAGE else 2 * _PAGE
    return tuple(rows[start : start + length] for start in range(0, len(rows), length))


def _merged(page: _Page, rows: Iterable[Observation]) -> _Page:
    """Return a page with rows added; a row replaces the one with the same key."""
    held = {row.key: row for row in (*page, *rows)}
    return tuple(held[key] for key in sorted(held))


def _unshared(pages: tuple[_Page, ...], others: tuple[_Page, ...]) -> list[Observation]:
    """Return the rows of the pages that are not the same objects as any of *others*."""
    shared = set(map(id, others))
    return [row for page in pages if id(page) not in shared for row in page]


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


def _twice(keys: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(" ".join(key).strip() for key, times in Counter(keys).items() if times > 1)


_EMPTY = Observations()
