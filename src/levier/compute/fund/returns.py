"""Returns: savings over a cost, both by name; the same fund gives 1.5 or 0.5 by what one puts below the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from levier.compute.budget.amounts import Amount, Label, absent
from levier.compute.budget.rates import Ratio, quotient
from levier.compute.fund.series import chronological, one_series
from levier.errors import DuplicateItemsError
from levier.model.money import Euros, EurosLike
from levier.model.periods import DayLike
from levier.model.savings import Saving, SavingKind, SavingNature
from levier.model.sources import Source
from levier.wording.messages import Message, items, message, message_in, plural
from levier.wording.reasons import MissingReason
from levier.wording.said import Said

__all__ = ["COST", "Money", "return_on", "total_savings"]

Money: TypeAlias = Amount | EurosLike
"""An amount that says what it counts, or euros alone."""

COST: Said = Label(message("cost"), after=message("of cost"))
"""What a cost is called that comes as a bare amount."""
_SAVINGS: Said = Label(message("savings"), after=message("of savings"))
_LABELS: Mapping[SavingKind, Callable[[Said], Label]] = MappingProxyType(
    {
        SavingKind.EXPECTED: lambda details: Label(
            message("expected savings ({details})", details=details),
            after=message("of expected savings ({details})", details=details),
        ),
        SavingKind.REVISED: lambda details: Label(
            message("revised savings ({details})", details=details),
            after=message("of revised savings ({details})", details=details),
        ),
        SavingKind.ACHIEVED: lambda details: Label(
            message("achieved savings ({details})", details=details),
            after=message("of achieved savings ({details})", details=details),
        ),
    }
)
_NATURES: Mapping[SavingNature, Message] = MappingProxyType(
    {
        SavingNature.RECURRENT: message_in("of savings", "recurrent"),
        SavingNature.ONE_OFF: message_in("of savings", "one-off"),
        SavingNature.UNSTATED: message_in("of savings", "nature not stated"),
    }
)


def return_on(
    *,
    savings: Money | Iterable[Saving],
    cost: Money,
    as_of: DayLike | None = None,
    sources: Mapping[str, Source] | None = None,
) -> Ratio:
    """
    Return euros of savings for a euro of cost: neither has a default, and the answer names both.

    *savings* is an amount, or savings of one series, put together as `total_savings` does, with *as_of* and *sources*;
    *cost* is fund money, the whole public cost, or what was paid: three different returns.
    No savings stated is no return of zero: the value is missing, with the reason.

    Raises:
        MixedUnitsError: For savings of several kinds, natures or owners, or of the whole fund and of its awards.
        DuplicateItemsError: For statements of one saving that dispute each other, or share a day.
        InvalidValueError: For what is no exact amount.

    >>> achieved = Amount.of(339_000_000, fr="d’économies réalisées", en="of achieved savings")
    >>> spent = Amount.of(687_000_000, fr="payés", en="paid")
    >>> return_on(savings=achieved, cost=spent).explain("en")
    '0.49 = €339,000,000 of achieved savings / €687,000,000 paid'
    """
    if isinstance(savings, Iterable) and not isinstance(savings, str):
        top = total_savings(savings, as_of=as_of, sources=sources)
    else:
        top = _named(savings, _SAVINGS)
    return quotient(top, _named(cost, COST))


def total_savings(
    savings: Iterable[Saving], *, as_of: DayLike | None = None, sources: Mapping[str, Source] | None = None
) -> Amount:
    """
    Return what savings of one series come to, in euros: one kind, one nature, one owner of the money.

    Of each saving the statement in force counts: the latest one known on the day *as_of*; *sources* date those that do
    not say when they were made.
    A recurrent saving is an amount a year: stated for several years, its last year counts, and the answer names it.
    One that comes once adds up over its periods.

    Raises:
        MixedUnitsError: For savings of several series, or of the whole fund and of its awards, which it may hold.
        DuplicateItemsError: For statements of one saving that dispute each other, or share a day, and for one over
            several periods of which nothing says whether it recurs.

    >>> total_savings([]).explain("en")
    'savings: not published'
    >>> series = {"kind": "expected", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "s"}
    >>> total_savings(Saving(amount=n, period=year, **series) for n, year in ((10, "2021"), (12, "2022"))).explain("en")
    '€12 of expected savings (recurrent, a year, period stated: 2022)'
    """
    known = one_series(savings, as_of=as_of, sources=sources)
    if not known:
        return absent(MissingReason.NOT_PUBLISHED, _SAVINGS)
    counted, first = _counted(known), known[0]
    return Amount(
        value=Euros.total(saving.amount for saving in counted),
        label=_LABELS[first.kind](items(_NATURES[first.nature], _when(counted))),
        source_ids=tuple(dict.fromkeys(saving.source_id for saving in counted)),
        caveats=tuple(dict.fromkeys(text for one in counted for text in (one.method, one.caveat) if text)),
    )


def _named(amount: Money, label: Said) -> Amount:
    return amount if isinstance(amount, Amount) else Amount(value=Euros(amount), label=label)


def _counted(savings: tuple[Saving, ...]) -> tuple[Saving, ...]:
    """Return what adds up: all of what comes once, the last year of what recurs."""
    if savings[0].nature is SavingNature.ONE_OFF:
        return savings
    by_award: dict[str | None, list[Saving]] = defaultdict(list)
    for saving in chronological(savings):
        by_award[saving.award_id].append(saving)
    if savings[0].nature is SavingNature.UNSTATED:
        _refuse_unstated(by_award.values())
    return tuple(some[-1] for some in by_award.values())


def _refuse_unstated(by_award: Iterable[list[Saving]]) -> None:
    """Refuse several years of a saving that may be one, a year, or several, to be added."""
    several = tuple(
        f"{some[0].award_id or 'the fund'}, {' and '.join(str(saving.period) for saving in some)}"
        for some in by_award
        if len(some) > 1
    )
    if several:
        raise DuplicateItemsError("savings of no stated nature", several, "say whether they recur, or keep one period")


def _when(savings: tuple[Saving, ...]) -> Message | None:
    """Return that an amount is one a year, and for which years it is stated; `None` where no year is."""
    periods = dict.fromkeys(one.period for one in chronological(savings) if one.period is not None)
    if savings[0].nature is not SavingNature.RECURRENT or not periods:
        return None
    return plural(
        "a year, period stated: {periods}",
        "a year, periods stated: {periods}",
        n=len(periods),
        periods=items(*periods),
    )
