"""The two rulesets of the Government's formulas, their differences, and the months that count in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import inf

from attrs import field, frozen

from levier._remembering import Remembering
from levier.compute._types import by_type
from levier.errors.final import final
from levier.model._fields import optional
from levier.model.indicators import Indicator
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Period, PeriodLike, as_period_or_none, is_period
from levier.model.portfolio import Portfolio
from levier.model.programmes import Programme, Reform
from levier.model.terms import Term
from levier.model.trees import upward

__all__ = [
    "NO_CUTOFFS",
    "PILOTE_CUTOFFS",
    "BothLimits",
    "Cutoffs",
    "Horizon",
    "MonthLimits",
    "Ruleset",
    "RulesetDifference",
    "both_limits",
    "horizon_of",
]


class Ruleset(Term):
    """
    The ruleset that a computation follows.

    `STRICT` drops no value silently; `PILOTE` reproduces what DITP's tool computes, including its anomalies.
    """

    STRICT = "strict", "règles strictes", "strict rules"
    PILOTE = "pilote", "règles de PILOTE", "PILOTE's rules"

    @property
    def other(self) -> Ruleset:
        """The other ruleset."""
        return Ruleset.PILOTE if self is Ruleset.STRICT else Ruleset.STRICT


class RulesetDifference(Term):
    """A rule by which the two rulesets differ, as PILOTE applies it."""

    ZERO_MEDIAN = (
        "zero-median",
        "PILOTE ne donne pas d’écart quand la médiane est nulle",
        "PILOTE gives no gap when the median is zero",
    )
    ZERO_DROPPED = (
        "zero-dropped",
        "PILOTE écarte les taux nuls du minimum et de la médiane",
        "PILOTE drops a progress of zero from the minimum and the median",
    )
    NO_PREVIOUS = (
        "no-previous",
        "PILOTE dit « stagnation » sans valeur précédente",
        "PILOTE says 'level' when there is no previous value",
    )
    OTHER_MONTH = (
        "other-month",
        "PILOTE n’additionne que les territoires du même mois",
        "PILOTE adds up only the territories that report in the same month",
    )
    TARGET_ROW = (
        "target-row",
        "une cible entre deux valeurs rompt le décumul de PILOTE",
        "a target between two values breaks PILOTE's decumulation",
    )
    WINDOW_START = (
        "window-start",
        "la date choisie ne borne pas la fenêtre de PILOTE",
        "the chosen date does not bound PILOTE's window",
    )
    DATED_ANNUAL = (
        "dated-annual",
        "PILOTE applique la formule à la hausse au taux annuel daté d’un indicateur à la baisse",
        "PILOTE applies the upward formula to the dated annual progress of a downward indicator",
    )
    UNWEIGHTED_DATE = (
        "unweighted-date",
        "PILOTE compte les dates des indicateurs de poids nul",
        "PILOTE counts the dates of indicators without weight",
    )
    TYPED_TARGET = (
        "typed-target",
        "chez PILOTE la somme, même partielle, remplace la cible saisie du même mois",
        "in PILOTE the sum, even partial, replaces the target entered at that level for its month",
    )
    TYPED_BASELINE = (
        "typed-baseline",
        "chez PILOTE une valeur initiale saisie vaut pour les mois sans somme",
        "in PILOTE a baseline entered at that level holds for the months without a sum",
    )
    UNEVEN_PLACES = (
        "uneven-places",
        "PILOTE compare des totaux de territoires différents",
        "PILOTE compares totals of different territories",
    )
    KEPT = (
        "kept",
        "PILOTE ne connaît pas les cibles à maintenir",
        "PILOTE knows no target to keep to",
    )
    CUTOFFS = (
        "cutoffs",
        "PILOTE retient les valeurs initiales depuis janvier 2018 et les cibles jusqu’en janvier 2028",
        "PILOTE takes baselines since January 2018 and targets until January 2028",
    )
    DEFINITION_BREAK = (
        "definition-break",
        "PILOTE ne connaît pas les changements de définition",
        "PILOTE knows no change of definition",
    )


class Horizon(Term):
    """The target that a progress is measured against."""

    FINAL = "final", "cible finale", "final target"
    YEAR = "year", "cible de l’année", "target of the year"
    OWN_YEAR = "own-year", "cible de l’année de la valeur", "target of the value's own year"


@final
@frozen
class MonthLimits:
    """
    The first month of which a baseline counts, and the last of which a final target does.

    >>> MonthLimits(first=Period("2018-01").last_month).admits_target(Period("2030").last_month)
    True
    """

    first: int = 0
    last: int = Period("9999").last_month

    def admits(self, row: Observation) -> bool:
        """Return whether an observation counts for a final progress; an actual value always does."""
        month = row.period.last_month
        if row.kind is ObservationKind.BASELINE:
            return self.admits_baseline(month)
        return row.kind is not ObservationKind.TARGET or self.admits_target(month)

    def admits_baseline(self, month: int) -> bool:
        """Return whether a baseline of a month counts."""
        return month >= self.first

    def admits_target(self, month: int) -> bool:
        """Return whether a final target of a month counts."""
        return month <= self.last


@final
@frozen(kw_only=True, field_transformer=by_type)
class Cutoffs:
    """
    The first month of baselines, the last month of targets, and the year that counts as "this year".

    Where one of the first two is `None`, the ruleset decides: PILOTE has its own cut-offs; the strict ruleset uses only
    the horizon of the indicator or its plan.
    *year* is that of the day of knowledge where it is `None`.
    A baseline counts from the first month of *baseline_from* on, a target through the last month of *target_until*;
    both count by the last month of their own period.

    Raises:
        InvalidValueError: For a cut-off that is not a period.

    >>> Cutoffs(target_until="2030-12").target_until
    Period('2030-12')
    """

    baseline_from: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    target_until: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    year: int | None = None

    def limits(self, ruleset: Ruleset | str, horizon: PeriodLike | None = None) -> MonthLimits:
        """
        Return the months that count in a ruleset; *horizon* is the one that the indicator or its plan states.

        >>> Cutoffs().limits(Ruleset.STRICT) == MonthLimits()
        True
        """
        own, every = (
            PILOTE_CUTOFFS if Ruleset(ruleset) is Ruleset.PILOTE else Cutoffs(target_until=horizon),
            MonthLimits(),
        )
        first, last = self.baseline_from or own.baseline_from, self.target_until or own.target_until
        start = None if first is None else first.first_day  # an interval without a start sets no limit either
        is_open = last is None or last.last_day is None  # an interval without an end sets no limit
        return MonthLimits(
            every.first if start is None else Period(start).last_month,
            every.last if last is None or is_open else last.last_month,
        )


PILOTE_CUTOFFS = Cutoffs(baseline_from="2018-01", target_until="2028-01")
"""PILOTE's own cut-offs."""
NO_CUTOFFS = Cutoffs()
"""No cut-offs from the caller: each ruleset uses its own."""


def horizon_of(portfolio: Portfolio, indicator: Indicator) -> Period | None:
    """
    Return the last period of an indicator's final target; `None` where neither the indicator nor its plan states one.

    Its own horizon comes first, then the latest of the reforms and programmes that use it.

    >>> wait = Indicator(id="wait", label="Waiting time", unit="days")
    >>> plan = Programme(id="plan", label="Plan", kind="national", horizon="2022", indicator_ids=["wait"])
    >>> horizon_of(Portfolio.of(wait, plan), wait)
    Period('2022')
    """
    if indicator.horizon is not None:
        return indicator.horizon
    return _horizons(portfolio, None).get(indicator.id)  # computed once, because every series needs it


@final
@frozen
class BothLimits:
    """
    The months that count in each ruleset; *first* to *last* are those that count in both.

    >>> both_limits(
    ...     Portfolio(), Indicator(id="wait", label="Waiting time", unit="days"), NO_CUTOFFS
    ... ).strict == MonthLimits()
    True
    """

    first: int
    last: int
    strict: MonthLimits
    pilote: MonthLimits


def both_limits(portfolio: Portfolio, indicator: Indicator, cutoffs: Cutoffs) -> BothLimits:
    """Return the months that count for an indicator in each ruleset."""
    horizon = horizon_of(portfolio, indicator)
    return _USUAL if horizon is None and cutoffs is NO_CUTOFFS else _both(cutoffs, horizon)


def _both(cutoffs: Cutoffs, horizon: Period | None) -> BothLimits:
    strict, pilote = cutoffs.limits(Ruleset.STRICT, horizon), cutoffs.limits(Ruleset.PILOTE, horizon)
    return BothLimits(max(strict.first, pilote.first), min(strict.last, pilote.last), strict, pilote)


_USUAL = _both(NO_CUTOFFS, None)


def _of_plans(portfolio: Portfolio, _: None) -> Mapping[str, Period]:
    """Return the horizons that plans give their indicators."""
    found: dict[str, list[Period]] = defaultdict(list)
    for names, horizon in _stated(portfolio):
        for name in names:
            found[name].append(horizon)
    return {name: max(horizons, key=_last_month) for name, horizons in found.items()}


_horizons: Remembering[Portfolio, None, Mapping[str, Period]] = Remembering(_of_plans)


def _stated(portfolio: Portfolio) -> Iterator[tuple[Iterable[str], Period]]:
    """Yield the horizon of each programme and reform, with the indicators that it or its projects use."""
    below: dict[str, list[str]] = defaultdict(list)
    for project in portfolio.projects.values():
        if project.reform_id is not None:
            below[project.reform_id] += project.indicator_ids
    for programme in portfolio.programmes.values():
        if (horizon := _of_programme(portfolio, programme)) is not None:
            yield programme.indicator_ids, horizon
    for reform in portfolio.reforms.values():
        if (horizon := _of_reform(portfolio, reform)) is not None:
            yield (*reform.indicator_ids, *below[reform.id]), horizon


def _of_reform(portfolio: Portfolio, reform: Reform) -> Period | None:
    """Return the horizon of a reform, or the latest of its programmes."""
    if reform.horizon is not None:
        return reform.horizon
    above = (_of_programme(portfolio, portfolio.programmes[name]) for name in reform.programme_ids)
    return max((horizon for horizon in above if horizon is not None), key=_last_month, default=None)


def _of_programme(portfolio: Portfolio, programme: Programme) -> Period | None:
    """Return the horizon of a programme, or of the nearest one above it that states one."""
    above = upward(portfolio.programmes, programme.id)
    return next((one.horizon for one in above if one.horizon is not None), None)


def _last_month(period: Period) -> float:
    """Return the last month of a horizon; an interval without an end has none."""
    return inf if period.last_day is None else period.last_month
