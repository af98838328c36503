"""Savings achieved against those expected, and revisions of forecasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from attrs import evolve, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.exact import percentage
from levier.compute.fund.metrics import FundMetric
from levier.compute.fund.series import (
    chronological,
    dispute,
    overlaps,
    refuse_both_levels,
    refuse_conflicts,
    refuse_mixed,
    savings_in_force,
)
from levier.compute.statements.in_force import stated_day
from levier.compute.statements.known import known_items
from levier.errors.final import final
from levier.model.money import Euros
from levier.model.periods import Day, DayLike, Period
from levier.model.quantities import PERCENT
from levier.model.savings import Saving, SavingKind, SavingNature
from levier.model.sources import Source
from levier.wording.messages import Message, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Value

__all__ = ["SavingRevision", "realisation", "revision_history"]

_NEVER = Day(9999, 12, 31)
_FORECASTS = (SavingKind.EXPECTED, SavingKind.REVISED)


@final
@frozen(kw_only=True)
class _Pair:
    """The forecast of a saving and what was achieved; either may be missing. *called* is its name in sentences."""

    name: str
    called: Value
    forecast: tuple[Saving, ...]
    achieved: tuple[Saving, ...]

    @property
    def is_complete(self) -> bool:
        return bool(self.forecast and self.achieved)


@asked
def realisation(
    savings: Iterable[Saving],
    *,
    against: SavingKind | str = SavingKind.EXPECTED,
    as_of: DayLike | None = None,
    sources: Mapping[str, Source] | None = None,
) -> FundMetric:
    """
    Return the savings achieved as a percentage of those expected, or of those revised; it may exceed 100.

    Of each saving, the statement in force counts: the latest one known on the day *as_of*. *sources* date the
    statements that have no date of their own.
    For a recurrent saving, an amount a year, the last year achieved is compared with the forecast for that year; for
    one that is not recurrent, each period with the same period. A saving without both is listed as missing.

    Raises:
        MixedUnitsError: For savings of awards beside those of the fund as a whole, which include them, and for several
            natures or owners that have both.
        DuplicateItemsError: For statements of one saving that dispute each other, or share a day.

    >>> from levier import catalogue
    >>> savings = catalogue.action_publique_2022().funds["ftap"].savings
    >>> realisation([saving for saving in savings if saving.award_id is None]).explain("en")
    'savings achieved, as a share of those expected: 17.0%; 1 of 1'
    >>> realisation([saving for saving in savings if saving.award_id]).reason.en
    'not published'
    """
    base = SavingKind(against)
    wanted = [saving for saving in savings if saving.kind in (base, SavingKind.ACHIEVED)]
    facts = savings_in_force(wanted, as_of=as_of, sources=sources)
    stated = tuple(fact.statement for fact in facts)
    refuse_both_levels(stated)
    refuse_conflicts((*filter(None, map(dispute, facts)), *overlaps(stated)))
    pairs = tuple(_pairs(stated))
    both = [pair for pair in pairs if pair.is_complete]
    refuse_mixed(saving for pair in both for saving in pair.achieved)
    top = Euros.total(saving.amount for pair in both for saving in pair.achieved)
    bottom = Euros.total(saving.amount for pair in both for saving in pair.forecast)
    return FundMetric(
        label=_LABELS[base],
        value=percentage(top.cents, bottom.cents) if bottom else None,
        unit=PERCENT,
        coverage=Coverage.of(
            {pair.name: pair.is_complete for pair in pairs}, {pair.name: pair.called for pair in pairs}
        ),
        reason=None if bottom else MissingReason.ZERO_BASE if both else MissingReason.NOT_PUBLISHED,
        source_ids=tuple(dict.fromkeys(saving.source_id for saving in stated)),
    )


_LABELS: Mapping[SavingKind, Message] = MappingProxyType(
    {
        SavingKind.EXPECTED: message("savings achieved, as a share of those expected"),
        SavingKind.REVISED: message("savings achieved, as a share of those revised"),
        SavingKind.ACHIEVED: message("savings achieved, as a share of those achieved"),
    }
)


def _pairs(savings: Iterable[Saving]) -> Iterator[_Pair]:
    """Yield the forecast and the achievement of each saving, under a name that distinguishes it."""
    series: dict[tuple[str, SavingNature, str], list[Saving]] = defaultdict(list)
    for saving in chronological(savings):
        series[saving.award_id or "fund", saving.nature, saving.whose].append(saving)
    alone = len({award for award, *_ in series}) == len(series)
    for (award, nature, whose), some in sorted(series.items()):
        name, called = award, some[0].award_id or message("fund")
        if not alone:
            name = f"{name} ({nature.en}, {whose})"
            called = message("{saving} ({nature}, {whose})", saving=called, nature=nature, whose=whose)
        forecast = tuple(saving for saving in some if saving.kind is not SavingKind.ACHIEVED)
        achieved = tuple(saving for saving in some if saving.kind is SavingKind.ACHIEVED)
        pair = _Pair(name=name, called=called, forecast=forecast, achieved=achieved)
        if nature is SavingNature.RECURRENT:
            yield _last_year(pair)
        else:
            yield from _each_period(pair)


def _last_year(pair: _Pair) -> _Pair:
    """Return the last year achieved of a recurrent saving, with the forecast for that year."""
    last = pair.achieved[-1:]
    end = max((saving.period.known_by for saving in last if saving.period is not None), default=_NEVER)
    begun = [one for one in pair.forecast if one.period is None or one.period.starts_by(end)]
    found = evolve(pair, forecast=tuple(begun[-1:]), achieved=last)
    period = last[0].period if len(pair.achieved) > 1 else None
    return found if period is None else _of(found, period)


def _of(pair: _Pair, period: Period) -> _Pair:
    """Return a pair with its period in its name."""
    called = message("{saving} ({period})", saving=pair.called, period=period)
    return evolve(pair, name=f"{pair.name} {period}", called=called)


def _each_period(pair: _Pair) -> Iterator[_Pair]:
    """Yield each period of a saving that is not recurrent; their total where one side gives no period."""
    periods = sorted({saving.period for saving in (*pair.forecast, *pair.achieved) if saving.period is not None})
    sides = (pair.forecast, pair.achieved)
    if len(periods) < 2 or any(saving.period is None for side in sides for saving in side):  # noqa: PLR2004
        yield pair
        return
    for period in periods:
        forecast, achieved = (tuple(saving for saving in side if saving.period == period) for side in sides)
        yield _of(evolve(pair, forecast=forecast, achieved=achieved), period)


@final
@frozen(kw_only=True, field_transformer=by_type)
class SavingRevision:
    """
    One forecast of a saving, in order of date: its change in euros, and the total change since the first forecast.

    *since_first* is a percentage of the first forecast; `None` for the first itself, and where that is zero.

    Attributes:
        saving: The forecast, as a document states it.
        change: The change from the previous forecast, in euros; `None` for the first.

    >>> from levier import catalogue
    >>> savings = catalogue.action_publique_2022().funds["ftap"].savings
    >>> first, last = revision_history(savings, "health-data-hub")
    >>> from levier.compute.exact import rounded
    >>> last.change, rounded(last.since_first, 1)
    (Euros('-53500000.00'), Decimal('-99.1'))
    """

    saving: Saving
    change: Euros | None = None
    since_first: Decimal | None = None


@asked
def revision_history(
    savings: Iterable[Saving],
    award_id: str | None,
    *,
    as_of: DayLike | None = None,
    sources: Mapping[str, Source] | None = None,
) -> tuple[SavingRevision, ...]:
    """
    Return the forecasts of an award's savings (of the whole fund's for `None`), in the order they were stated.

    Each saving (period, nature, owner) has its own history, one after the other: the amount of one year does not revise
    that of another. Undated ones come first; on one day, the expected comes before the revised.
    A statement that repeats the amount before it is no revision, and achieved savings are no forecast: both are left
    out.
    *as_of* leaves out later statements; *sources* date the statements that have no date of their own.

    >>> revision_history([], "cloud")
    ()
    """
    known = known_items(savings, as_of, sources)
    forecasts = [one for one in known if one.award_id == award_id and one.kind in _FORECASTS]

    def stated(one: Saving) -> tuple[Day, int, str, str]:
        return stated_day(one, sources), _FORECASTS.index(one.kind), one.source_id, repr(one)

    series: dict[tuple[SavingNature, str, str], list[Saving]] = defaultdict(list)
    for one in chronological(sorted(forecasts, key=stated)):
        series[one.nature, one.whose, str(one.period or "")].append(one)
    return tuple(step for some in series.values() for step in _revisions(some))


def _revisions(ordered: list[Saving]) -> Iterator[SavingRevision]:
    first = before = ordered[0]
    yield SavingRevision(saving=first)
    for now in ordered[1:]:
        if (now.kind, now.amount) != (before.kind, before.amount):
            change = now.amount - first.amount
            since = percentage(change.cents, first.amount.cents) if first.amount else None
            yield SavingRevision(saving=now, change=now.amount - before.amount, since_first=since)
        before = now
