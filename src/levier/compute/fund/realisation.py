"""What came of what was expected: savings achieved, forecasts revised, costs overrun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import final

from attrs import frozen

from levier.compute.budget.amounts import Absence
from levier.compute.fund.measurements import Measurement, percentage
from levier.compute.indicators.aggregation import Coverage
from levier.errors import MixedUnitsError
from levier.model.fund import Fund
from levier.model.identifiers import SourceId
from levier.model.money import ZERO, Euros
from levier.model.periods import Day, Period
from levier.model.quantities import PERCENT
from levier.model.savings import CostKind, CostStatement, Saving, SavingKind

__all__ = ["SavingRevision", "cost_overrun", "latest_cost", "realisation", "revision_history"]

_UNDATED = Day(9999, 12, 31)
_FORECASTS = (SavingKind.EXPECTED, SavingKind.REVISED)


def realisation(savings: Iterable[Saving], *, against: SavingKind | str = SavingKind.EXPECTED) -> Measurement:
    """
    Return the savings achieved as a percentage of those expected, or of those revised; of 100, and no bound.

    Only what has both counts: the awards that do, by nature and owner of the money, are listed, and those that do not.

    Raises:
        MixedUnitsError: For savings of awards beside those of the fund as a whole, which hold them already.

    >>> from levier import catalogue
    >>> savings = catalogue.action_publique_2022().funds["ftap"].savings
    >>> realisation([saving for saving in savings if saving.award_id is None]).explain("en")
    'savings achieved, of those expected: 17.0%; 1 of 1'
    >>> realisation([saving for saving in savings if saving.award_id]).reason.en
    'not published'
    """
    base = SavingKind(against)
    given = tuple(savings)
    if len({saving.award_id is None for saving in given}) > 1:
        raise MixedUnitsError("add", "savings of awards", "savings of the fund as a whole")
    sums, sources = _by_series(given, base)
    both = {name: kinds for name, kinds in sums.items() if len(kinds) > 1}
    top = Euros.total(kinds[SavingKind.ACHIEVED] for kinds in both.values())
    bottom = Euros.total(kinds[base] for kinds in both.values())
    return Measurement(
        label_fr=f"économies réalisées, rapportées aux économies {_FR[base]}",
        label_en=f"savings achieved, of those {base.en}",
        value=percentage(top.cents, bottom.cents) if bottom else None,
        unit=PERCENT,
        coverage=Coverage(reported=tuple(both), missing=tuple(name for name in sums if name not in both)),
        reason=None if bottom else Absence.ZERO_BASE if both else Absence.NOT_PUBLISHED,
        source_ids=sources,
    )


_FR: Mapping[SavingKind, str] = {
    SavingKind.EXPECTED: "attendues",
    SavingKind.REVISED: "révisées",
    SavingKind.ACHIEVED: "réalisées",
}


def _by_series(
    savings: tuple[Saving, ...], base: SavingKind
) -> tuple[dict[str, dict[SavingKind, Euros]], tuple[SourceId, ...]]:
    wanted = [saving for saving in savings if saving.kind in (base, SavingKind.ACHIEVED)]
    sums: dict[str, dict[SavingKind, Euros]] = defaultdict(dict)
    series = {(saving.award_id, saving.nature, saving.whose) for saving in wanted}
    alone = len({award_id for award_id, *_ in series}) == len(series)
    for saving in wanted:
        name = saving.award_id or "fund"
        kinds = sums[name if alone else f"{name} ({saving.nature.en}, {saving.whose})"]
        kinds[saving.kind] = kinds.get(saving.kind, ZERO) + saving.amount
    return sums, tuple(dict.fromkeys(saving.source_id for saving in wanted))


@final
@frozen(kw_only=True)
class SavingRevision:
    """
    One forecast of a saving in the order they were made: what it changes, in euros, and in all since the first one.

    *since_first* is a percentage of the first forecast, `None` for the first itself and where that is zero.

    >>> from levier import catalogue
    >>> savings = catalogue.action_publique_2022().funds["ftap"].savings
    >>> first, last = revision_history(savings, "health-data-hub")
    >>> last.change, round(last.since_first, 1)
    (Euros('-53500000.00'), Decimal('-99.1'))
    """

    saving: Saving
    change: Euros | None = None
    since_first: Decimal | None = None


def revision_history(savings: Iterable[Saving], award_id: str | None) -> tuple[SavingRevision, ...]:
    """
    Return the forecasts of an award's saving, or with `None` of the whole fund's, in the order they were stated.

    Of one day the expected comes before the revised; undated ones come last. Achieved savings are no forecast.

    >>> revision_history([], "cloud")
    ()
    """
    forecasts = [one for one in savings if one.award_id == award_id and one.kind in _FORECASTS]
    ordered = sorted(forecasts, key=lambda one: (_day(one.stated_on), _FORECASTS.index(one.kind)))
    return tuple(_revision(ordered, place) for place in range(len(ordered)))


def _revision(ordered: list[Saving], place: int) -> SavingRevision:
    if not place:
        return SavingRevision(saving=ordered[0])
    first, before, now = ordered[0].amount, ordered[place - 1].amount, ordered[place].amount
    since = percentage((now - first).cents, first.cents) if first else None
    return SavingRevision(saving=ordered[place], change=now - before, since_first=since)


def cost_overrun(fund: Fund) -> Measurement:
    """
    Return by how much the costs of awards passed their first plan, as a percentage of it; below zero if they cost less.

    The latest statement is held against the first that was planned; an award without both is listed as missing.

    >>> costs = [
    ...     CostStatement(award_id="a", kind=kind, amount=amount, source_id="s")
    ...     for kind, amount in (("planned", 40), ("final", 50))
    ... ]
    >>> from levier import Award
    >>> awards = [Award(id="a", label="A"), Award(id="b", label="B")]
    >>> cost_overrun(Fund(id="f", label="F", awards=awards, costs=costs)).explain("en")
    'cost overrun: 25.0%; 1 of 2 (missing b)'
    """
    known = {award.id: pair for award in fund.awards if (pair := _plan_and_outcome(fund, award.id)) is not None}
    planned = Euros.total(plan.amount for plan, _ in known.values())
    came_to = Euros.total(outcome.amount for _, outcome in known.values())
    return Measurement(
        label_fr="dépassement de coût",
        label_en="cost overrun",
        value=percentage((came_to - planned).cents, planned.cents) if planned else None,
        unit=PERCENT,
        coverage=Coverage(
            reported=tuple(known), missing=tuple(award.id for award in fund.awards if award.id not in known)
        ),
        reason=None if planned else Absence.ZERO_BASE if known else Absence.NOT_PUBLISHED,
        source_ids=tuple(dict.fromkeys(cost.source_id for cost in fund.costs if cost.award_id in known)),
    )


def latest_cost(fund: Fund, award_id: str) -> CostStatement | None:
    """
    Return the last that is stated of an award's whole cost: the final one, else the last revision, else the plan.

    >>> latest_cost(Fund(id="f", label="F"), "a") is None
    True
    """
    return max(_costs(fund, award_id), key=_stated, default=None)


def _plan_and_outcome(fund: Fund, award_id: str) -> tuple[CostStatement, CostStatement] | None:
    planned = [cost for cost in _costs(fund, award_id) if cost.kind is CostKind.PLANNED]
    first, last = min(planned, key=_stated, default=None), latest_cost(fund, award_id)
    return None if first is None or last is None or first == last else (first, last)


def _costs(fund: Fund, award_id: str) -> list[CostStatement]:
    return [cost for cost in fund.costs if cost.award_id == award_id]


def _stated(cost: CostStatement) -> tuple[int, Day]:
    return list(CostKind).index(cost.kind), _day(cost.stated_on)


def _day(stated: Period | None) -> Day:
    return _UNDATED if stated is None else stated.first_day
