"""What a computation chooses among observations: by which cut-offs, what it took, and what it left out."""

from __future__ import annotations

from typing import Any, Protocol, final

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.indicators.readings import Reading
from levier.model._fields import optional
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day, Period, PeriodLike, as_period_or_none, is_period
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import message
from levier.wording.said import Said

__all__ = [
    "ALWAYS",
    "NO_CUTOFFS",
    "PILOTE_CUTOFFS",
    "Choice",
    "Cutoffs",
    "Exclusion",
    "Horizon",
    "LeftOut",
    "Limits",
    "Point",
    "held_point",
    "month_of",
]

ALWAYS = Day(9999, 12, 31)
"""A day after all others: as known by everything recorded."""


def month_of(period: Period) -> int:
    """
    Return the number of the last month of *period*, counted from year 0; of an open interval, its first.

    >>> month_of(Period("2019")) - month_of(Period("2018-11"))
    13
    """
    return period.last_month


class Horizon(Term):
    """Which target a progress is measured against."""

    FINAL = "final", "cible finale", "final target"
    YEAR = "year", "cible de l’année", "target of the year"
    OWN_YEAR = "own-year", "cible de l’année de la valeur", "target of the value's own year"


class Exclusion(Term):
    """Why an observation took no part."""

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
    OUTSIDE_WINDOW = "outside-window", "hors de la fenêtre", "outside the window"


@final
@frozen(kw_only=True, field_transformer=by_type)
class LeftOut(Explained):
    """
    An observation that took no part, and why.

    Attributes:
        observation: The observation.
        because: Why, in words.

    >>> row = Observation(indicator_id="waiting-time", period="2030-01", kind="actual", value=5)
    >>> print(LeftOut(observation=row, because=Exclusion.FUTURE))
    actual January 2030 (dated after the day asked for)
    """

    observation: Observation
    because: Exclusion = field(converter=Exclusion)

    @property
    def message(self) -> Said:
        """Of what and when the observation is, and why it took no part."""
        row = self.observation
        return message("{kind} {period} ({because})", kind=row.kind, period=row.period, because=self.because)


@final
@frozen
class Limits:
    """
    The first month of which a baseline counts, and the last of which a final target does.

    >>> Limits(first=month_of(Period("2018-01"))).admits_target(month_of(Period("2030")))
    True
    """

    first: int = 0
    last: int = month_of(Period("9999"))

    def admits(self, row: Observation) -> bool:
        """Say whether an observation counts for a final progress: an actual value always does."""
        month = month_of(row.period)
        if row.kind is ObservationKind.BASELINE:
            return self.admits_baseline(month)
        return row.kind is not ObservationKind.TARGET or self.admits_target(month)

    def admits_baseline(self, month: int) -> bool:
        """Say whether a baseline of a month counts."""
        return month >= self.first

    def admits_target(self, month: int) -> bool:
        """Say whether a final target of a month counts."""
        return month <= self.last


_EVERY = Limits()


@final
@frozen(kw_only=True, field_transformer=by_type)
class Cutoffs:
    """
    From when a baseline counts, until when a final target does, and which year is "this year".

    Where one of the first two is `None`, the reading decides: PILOTE has cut-offs of its own; the strict reading has
    none, except the horizon that the indicator or its plan states.
    *year* is that of the day asked where it is `None`.
    A baseline counts from the first month of *baseline_from* on, a target through the last month of *target_until*;
    both count by the last month of their own period.

    Raises:
        InvalidValueError: For a cut-off that is no period.

    >>> Cutoffs(target_until="2030-12").target_until
    Period('2030-12')
    """

    baseline_from: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    target_until: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    year: int | None = None

    def limits(self, reading: Reading | str, horizon: PeriodLike | None = None) -> Limits:
        """
        Return the months that count in a reading; *horizon* is what the indicator or its plan states.

        >>> Cutoffs().limits(Reading.STRICT) == Limits()
        True
        """
        is_pilote = Reading(reading) is Reading.PILOTE
        stated = None if horizon is None else Period(horizon)
        first = self.baseline_from or (PILOTE_CUTOFFS.baseline_from if is_pilote else None)
        last = self.target_until or (PILOTE_CUTOFFS.target_until if is_pilote else stated)
        is_open = last is None or last.last_day is None  # an interval without an end is no limit
        return Limits(
            _EVERY.first if first is None else month_of(Period(first.first_day)),
            _EVERY.last if last is None or is_open else month_of(last),
        )


PILOTE_CUTOFFS = Cutoffs(baseline_from="2018-01", target_until="2028-01")
"""PILOTE's own cut-offs."""
NO_CUTOFFS = Cutoffs()
"""None of the caller's: each reading has its own."""


class Point(Protocol):
    """A value with its period: an observation, or what was computed from several."""

    @property
    def value(self) -> Any:
        """The value; `None` where there is none."""
        ...

    @property
    def period(self) -> Any:
        """The period in which it held."""
        ...


def held_point(point: Point | None) -> Any:
    """Return a point that is there, because nothing says why it is missing: for type checkers."""
    return point


@final
@frozen(kw_only=True)
class Choice:
    """
    The baseline, actual value and target that a progress is computed from.

    >>> Choice().actual is None
    True
    """

    baseline: Point | None = None
    actual: Point | None = None
    target: Point | None = None
    left_out: tuple[LeftOut, ...] = ()
