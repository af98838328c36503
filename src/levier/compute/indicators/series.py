"""
Select, among the observations of one indicator in one territory, those that a computation uses.

The rules are those of DITP's tool. Of several statements for one exact date, the latest is in force. Then one value a
month: the latest stated (tie: the latest date); an empty value in force for its date erases its month.
The baseline is the latest stated (tie: the oldest) since a cut-off; the final target is the latest up to a cut-off, a
year's target the latest of that year.
`levier.compute.statements` decides, for the whole library, which of several documents' statements is in force.
What is left out is listed with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Protocol, TypeAlias, TypeVar

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.exact import written
from levier.compute.indicators.rulesets import Horizon, MonthLimits
from levier.compute.statements.in_force import InForce, in_force, stated_day
from levier.errors import RepeatedMonthError
from levier.errors.final import final
from levier.model.observations import Observation, ObservationKind, ObservationState
from levier.model.periods import Day, Period
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said

__all__ = [
    "Disputed",
    "ExcludedObservation",
    "Exclusion",
    "Point",
    "Series",
    "Typed",
    "baseline_among",
    "held_point",
    "observations_of",
    "series_of",
    "target_among",
]


class Exclusion(Term):
    """Why an observation was left out."""

    FUTURE = "future", "postérieure à la date demandée", "dated after the day asked for"
    ANNOUNCED = "announced", "annoncée, sans valeur", "announced, without a value"
    ERASED = "erased", "mois annulé par une valeur vide", "its month cancelled by an empty value"
    SUPERSEDED = "superseded", "remplacée par un enregistrement ultérieur", "replaced by a later recording"
    RESTATED = "restated", "même valeur, publiée de nouveau", "same value, published again"
    DISPUTED = "disputed", "contredite par une autre valeur du même mois", "contradicted by another value of its month"
    BEFORE_CUTOFF = "before-cutoff", "antérieure à la première date retenue", "before the first date taken into account"
    AFTER_CUTOFF = "after-cutoff", "postérieure à la dernière date retenue", "after the last date taken into account"
    COMPUTED_LEVEL = (
        "computed-level",
        "saisie à un niveau où elle est calculée",
        "entered at a level where it is computed",
    )
    TOO_OLD = "too-old", "trop ancienne pour être reportée", "too old to be carried forward"
    UNMATCHED = (
        "unmatched",
        "sans les autres valeurs de son territoire",
        "without the other values of its territory",
    )
    NOT_THEN = "not-then", "son territoire n’existait pas à cette date", "its territory did not exist then"
    OUTSIDE_WINDOW = "outside-window", "hors de la fenêtre", "outside the window"


@final
@frozen(kw_only=True, field_transformer=by_type)
class ExcludedObservation(Explained):
    """
    An observation that was left out, and why.

    Attributes:
        observation: The observation, as recorded.
        because: The reason, such as a value after the cut-off.

    >>> row = Observation(indicator_id="waiting-time", period="2030-01", kind="actual", value=5)
    >>> print(ExcludedObservation(observation=row, because=Exclusion.FUTURE))
    actual January 2030 (dated after the day asked for)
    """

    observation: Observation
    because: Exclusion = field(converter=Exclusion)

    @property
    def message(self) -> Said:
        """The kind and date of the observation, and why it was left out."""
        row = self.observation
        return message("{kind} {period} ({because})", kind=row.kind, period=row.period, because=self.because)


class Point(Protocol):
    """A dated value: an observation, or a value computed from several."""

    @property
    def value(self) -> Any:
        """The value; `None` where it is missing."""
        ...

    @property
    def period(self) -> Any:
        """The period in which the value held."""
        ...


def held_point(point: Point | None) -> Any:
    """Return a point that the caller knows is not `None`; for type checkers."""
    return point


P = TypeVar("P", bound=Point)
Sources: TypeAlias = Registry[Source] | None
_ACTUAL, _BASELINE, _TARGET = ObservationKind.ACTUAL, ObservationKind.BASELINE, ObservationKind.TARGET


@final
@frozen(kw_only=True)
class Disputed:
    """
    Contradictory statements of one month, none of which prevails: there is no value.

    >>> rows = [
    ...     Observation(indicator_id="a", period="2020-01", kind="actual", value=value, source_id=source)
    ...     for value, source in ((1, "one"), (2, "two"))
    ... ]
    >>> found = series_of(rows, Day(2020, 6, 1)).actuals[0]
    >>> found.value is None, found.reason.value, len(found.statements)
    (True, 'disputed', 2)
    """

    statements: tuple[Observation, ...]

    @property
    def value(self) -> None:
        """`None`: no statement prevails."""
        return

    @property
    def reason(self) -> MissingReason:
        """Why the value is missing."""
        return MissingReason.DISPUTED

    @property
    def period(self) -> Period:
        """The period of the first statement."""
        return self.statements[0].period

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The contradictory statements."""
        return self.statements

    @property
    def error(self) -> RepeatedMonthError:
        """The dispute as an error that names the indicator, the territory, the month and each statement."""
        first = self.statements[0]
        said = ((row.state.en if row.value is None else written(row.value), row.source_id) for row in self.statements)
        stated = tuple(f"{value} by {source or 'no source'}" for value, source in said)
        return RepeatedMonthError(first.indicator_id, first.territory_id, str(first.period), str(first.kind), stated)


Typed: TypeAlias = Observation | Disputed
"""The value of a series for one kind and month."""


def observations_of(point: Any) -> tuple[Observation, ...]:
    """
    Return the observations behind a point; empty for `None` and for a bare number.

    >>> observations_of(None)
    ()
    """
    return (point,) if isinstance(point, Observation) else getattr(point, "observations", ())


@final
@frozen(kw_only=True)
class Series:
    """
    The values of one indicator in one territory on a day: at most one for each kind and month, oldest first.

    >>> rows = [Observation(indicator_id="a", period="2020-02", kind="actual", value=1, recorded_on="2020-01-02")]
    >>> series_of(rows, Day(2020, 1, 15)).left_out[0].because
    <Exclusion.FUTURE: 'future'>
    """

    baselines: tuple[Typed, ...] = ()
    actuals: tuple[Typed, ...] = ()
    targets: tuple[Typed, ...] = ()
    left_out: tuple[ExcludedObservation, ...] = ()

    def of_kind(self, kind: ObservationKind) -> tuple[Typed, ...]:
        """Return the values of one kind."""
        match kind:
            case ObservationKind.BASELINE:
                return self.baselines
            case ObservationKind.ACTUAL:
                return self.actuals
            case ObservationKind.TARGET:
                return self.targets
            case _:  # nothing is computed from forecasts
                return ()


def series_of(rows: Iterable[Observation], as_of: Day, sources: Sources = None) -> Series:
    """
    Return the values that *rows* give on *as_of*; *rows* are of one indicator in one territory, and known by that day.

    Actual values count once their period has begun.
    *sources* date the rows that have no recording date.
    """
    left_out: list[ExcludedObservation] = []
    months: dict[tuple[ObservationKind, int], list[Observation]] = defaultdict(list)
    for row in rows:
        if (because := _not_yet(row, as_of)) is not None:
            left_out.append(ExcludedObservation(observation=row, because=because))
        elif row.kind is not ObservationKind.FORECAST:
            months[row.kind, row.period.last_month].append(row)
    kept: dict[ObservationKind, list[Typed]] = defaultdict(list)
    for (kind, _), same in sorted(months.items(), key=lambda item: item[0][1]):
        best, others = _one_a_month(same, sources)
        kept[kind] += () if best is None else (best,)
        left_out += others
    return Series(
        baselines=tuple(kept[_BASELINE]),
        actuals=tuple(kept[_ACTUAL]),
        targets=tuple(kept[_TARGET]),
        left_out=tuple(left_out),
    )


def _not_yet(row: Observation, as_of: Day) -> Exclusion | None:
    if row.kind is _ACTUAL and not row.period.starts_by(as_of):
        return Exclusion.FUTURE
    return Exclusion.ANNOUNCED if row.state is ObservationState.COMING else None


def _one_a_month(rows: list[Observation], sources: Sources) -> tuple[Typed | None, Iterable[ExcludedObservation]]:
    """Return the value of a month and what was left out: first by exact date, then over the dates of the month."""
    if len(rows) == 1 and rows[0].value is not None:
        return rows[0], ()
    dates: dict[tuple[Day | None, Day | None], list[Observation]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.key):
        dates[row.period.first_day, row.period.last_day].append(row)
    stated = [found for same in dates.values() if (found := in_force(same, says=_value, sources=sources)) is not None]
    others = [*_left((row for one in stated for row in one.restated), Exclusion.RESTATED)]
    others += _left((row for one in stated for row in one.superseded), Exclusion.SUPERSEDED)
    if any(one.statement.value is None and not one.disputed for one in stated):
        return None, [*others, *_left(_rivals(stated), Exclusion.ERASED)]
    rank = max(_rank(one, sources) for one in stated)
    first, *rivals = _rivals(one for one in stated if _rank(one, sources) == rank)
    others += _left(_rivals(one for one in stated if _rank(one, sources) != rank), Exclusion.SUPERSEDED)
    if all(_value(row) == _value(first) for row in rivals):
        return first, [*others, *_left(rivals, Exclusion.RESTATED)]
    return Disputed(statements=(first, *rivals)), [*others, *_left((first, *rivals), Exclusion.DISPUTED)]


def _value(row: Observation) -> Any:
    return row.value if row.upper is None else (row.value, row.upper)


def _rank(found: InForce[Observation], sources: Sources) -> tuple[Day, Day]:
    """Return the order of the dates of a month: the latest stated, then the latest date."""
    return stated_day(found.statement, sources), found.statement.period.known_by


def _rivals(stated: Iterable[InForce[Observation]]) -> Iterator[Observation]:
    return (row for one in stated for row in (one.statement, *one.disputed))


def _left(rows: Iterable[Observation], because: Exclusion) -> Iterator[ExcludedObservation]:
    return (ExcludedObservation(observation=row, because=because) for row in rows)


def baseline_among(rows: Iterable[P], limits: MonthLimits, sources: Sources = None) -> P | None:
    """Return the baseline: of those that count, the latest stated (tie: the oldest)."""
    admitted = [row for row in rows if limits.admits_baseline(row.period.last_month)]
    return max(admitted, key=lambda row: (_stated(row, sources), -row.period.last_month), default=None)


def _stated(point: Point, sources: Sources) -> date:
    """Return the latest day on which a part of a point was stated."""
    return max((stated_day(row, sources) for row in observations_of(point)), default=date.min)


def target_among(rows: Iterable[P], limits: MonthLimits, horizon: Horizon, year: int) -> P | None:
    """Return the target: the latest of those that count, or the latest of *year*."""
    if horizon is Horizon.FINAL:
        admitted = [row for row in rows if limits.admits_target(row.period.last_month)]
    else:
        admitted = [row for row in rows if row.period.last_month // 12 == year]
    return max(admitted, key=lambda row: row.period.last_month, default=None)
