"""What a computation chooses among observations: by which cut-offs, what it took, and what it left out."""

from __future__ import annotations

from typing import Any, Protocol, final

from attrs import field, frozen

from levier.errors import TargetBeforeBaselineError
from levier.model.observations import Observation
from levier.model.periods import Day, Period, as_period, is_period
from levier.model.terms import Term

__all__ = [
    "ALWAYS",
    "NEVER",
    "PILOTE_CUTOFFS",
    "Choice",
    "Cutoffs",
    "Exclusion",
    "Horizon",
    "LeftOut",
    "Point",
    "month_of",
]

NEVER = Day(1, 1, 1)
"""A day before all others, for what is not dated."""
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

    FUTURE = "future", "postérieure à la date demandée", "dated after the day asked"
    ANNOUNCED = "announced", "annoncée, sans valeur", "announced, without a value"
    ERASED = "erased", "mois effacé par une valeur vide", "its month erased by an empty value"
    SUPERSEDED = "superseded", "remplacée par un enregistrement ultérieur", "replaced by a later recording"
    RESTATED = "restated", "même valeur, redite", "the same value, stated again"
    DISPUTED = "disputed", "contredite pour le même mois", "contradicted for the same month"
    BEFORE_CUTOFF = "before-cutoff", "antérieure à la première date retenue", "before the first date admitted"
    AFTER_CUTOFF = "after-cutoff", "postérieure à la dernière date retenue", "after the last date admitted"
    COMPUTED_LEVEL = "computed-level", "saisie à un niveau calculé", "typed at a level that is computed"
    TOO_OLD = "too-old", "trop ancienne pour être reportée", "too old to be carried forward"
    OUTSIDE_WINDOW = "outside-window", "hors de la fenêtre", "outside the window"


@final
@frozen(kw_only=True)
class LeftOut:
    """
    An observation that took no part, and why.

    >>> row = Observation(indicator_id="waiting-time", period="2030-01", kind="actual", value=5)
    >>> print(LeftOut(observation=row, because=Exclusion.FUTURE))
    actual of 2030-01: dated after the day asked
    """

    observation: Observation
    because: Exclusion

    def __str__(self) -> str:
        return f"{self.observation.kind.en} of {self.observation.period}: {self.because.en}"


@final
@frozen(kw_only=True)
class Cutoffs:
    """
    From when a baseline counts, until when a final target does, and which year is "this year".

    The defaults are PILOTE's; *year* is that of the day asked where it is `None`.
    All are compared by month; a period counts by its last one.

    Raises:
        InvalidValueError: For a cut-off that is no period.

    >>> Cutoffs(target_until="2030-12").baseline_from
    Period('2018-01')
    """

    baseline_from: Period = field(default=Period("2018-01"), converter=as_period, validator=is_period)
    target_until: Period = field(default=Period("2028-01"), converter=as_period, validator=is_period)
    year: int | None = None


PILOTE_CUTOFFS = Cutoffs()
"""PILOTE's own cut-offs, which hold where a caller gives none."""


class Point(Protocol):
    """A value with its period: an observation, or what was computed from several."""

    @property
    def value(self) -> Any:
        """The value."""
        ...

    @property
    def period(self) -> Any:
        """The period in which it held."""
        ...

    @property
    def recorded_on(self) -> Day | None:
        """The day it entered the books."""
        ...

    @property
    def definition(self) -> int:
        """The version of the definition it was measured by."""
        ...


@final
@frozen(kw_only=True)
class Choice:
    """
    The baseline, actual value and target that a progress is computed from.

    >>> Choice().actual is None
    True
    """

    baseline: Any = None
    actual: Any = None
    target: Any = None
    left_out: tuple[LeftOut, ...] = ()

    def checked(self, indicator_id: str, territory_id: str) -> Choice:
        """
        Return this choice if its target is not dated before its baseline.

        Raises:
            TargetBeforeBaselineError: If it is.
        """
        start, goal = self.baseline, self.target
        if start is not None and goal is not None and month_of(goal.period) < month_of(start.period):
            raise TargetBeforeBaselineError(indicator_id, territory_id, str(start.period), str(goal.period))
        return self
