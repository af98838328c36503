"""Returns: savings divided by a cost, both named; the same fund returns 1.5 or 0.5, depending on the cost chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from levier.compute._types import asked
from levier.compute.budget.amounts import Amount, Label, absent
from levier.compute.budget.rates import Ratio, quotient
from levier.compute.fund.overruns import last_costs
from levier.compute.fund.series import chronological, one_series
from levier.compute.statements.known import known
from levier.errors import DuplicateItemsError
from levier.model.fund import Fund
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.savings import Saving, SavingKind, SavingNature
from levier.model.sources import Source
from levier.model.terms import Term
from levier.wording.messages import Message, items, message, message_in, plural
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["COST", "CostBase", "Money", "return_on", "returns", "total_savings"]

Money: TypeAlias = Amount | EurosLike
"""A labelled amount, or bare euros."""

COST: Said = Label(message("cost"), after=message("of cost"))
"""The label of a cost given as a bare amount."""
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


class CostBase(Term):
    """
    The cost that a return is computed over: three costs give three different returns.

    Commitments are net of those released; payments are net of what came back.
    """

    FUND = "fund", "engagements du fonds", "commitments of the fund"
    PAID = "paid", "paiements du fonds", "payments of the fund"
    PUBLIC = "public", "coût public total", "whole public cost"


@asked
def returns(
    portfolio: Portfolio,
    fund_id: str,
    *,
    savings: SavingKind | str,
    cost: CostBase | str,
    as_of: DayLike | None = None,
) -> Ratio:
    """
    Return the euros of savings for each euro of cost of a fund, as known on *as_of*; `None` uses every document.

    Neither *savings* nor *cost* has a default, and the result names both. Numerator and denominator cover the same
    awards: those whose savings are stated, or the whole fund where its savings are stated as a whole.
    Where the cost of one of these awards is unknown, there is no value, and the reason names the award.
    Where the savings of the fund do not add up, select some of them and call `return_on`.

    Raises:
        UnknownItemError: If the portfolio holds no such fund.
        MixedUnitsError: For savings of several natures or owners, or of the whole fund and of its awards.
        DuplicateItemsError: For statements of one saving that dispute each other, or share a day.
        InvalidValueError: If *as_of* is not a valid date, or for a kind of savings or cost that does not exist.

    >>> from levier import Award, Saving, Source
    >>> stated = {"kind": "achieved", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "s"}
    >>> fund = Fund(
    ...     id="f",
    ...     label="Fonds",
    ...     awards=[Award(id="a", label="A", amount=100, contracted_on="2018-09-01")],
    ...     savings=[Saving(award_id="a", amount=30, **stated)],
    ... ).with_commitment("a", 60, on="2018-10-01")
    >>> print(returns(Portfolio.of(fund, Source(id="s", title="S")), "f", savings="achieved", cost="fund"))
    0.50 = €30 of achieved savings (recurrent) / €60 committed by the fund for 1 award
    """
    plan = known(portfolio, as_of)
    fund, wanted = plan.funds[fund_id], SavingKind(savings)
    said = tuple(saving for saving in fund.savings if saving.kind is wanted)
    top = total_savings(said, sources=plan.sources)
    awards = sorted({saving.award_id for saving in said if saving.award_id is not None})
    return quotient(top, _cost(fund, CostBase(cost), awards or None, plan.sources))


def _cost(fund: Fund, base: CostBase, awards: Sequence[str] | None, sources: Mapping[str, Source]) -> Amount:
    """Return the cost of some awards, or of the whole fund where *awards* is `None`."""
    counted = [award.id for award in fund.awards] if awards is None else awards
    known_costs = _known_costs(fund, base, sources)
    if not any(award in known_costs for award in counted):
        return absent(MissingReason.NO_COST, _BASES[base](len(counted)))
    signed = {award.id for award in fund.awards if award.contracted_on is not None}
    missing = [
        award
        for award in counted
        if award not in known_costs and (awards or base is CostBase.PUBLIC or award in signed)
    ]
    if missing:
        names = items(*(Name.of(fund.award(award)) for award in missing))
        return absent(MissingReason.INCOMPLETE, _BASES[base](len(counted)), detail=names)
    found = [award for award in counted if award in known_costs]
    label, value = _BASES[base](len(found)), Euros.total(known_costs[award] for award in found)
    recovered = Euros.total(fund.recovered(award) for award in found) if base is CostBase.PAID else ZERO
    return Amount(value=value, label=_net(label, value + recovered, recovered) if recovered else label)


def _net(label: Label, gross: Euros, recovered: Euros) -> Label:
    """Return the label of a net amount: with what was paid, and what came back."""
    return Label(
        message("{cost}, net of recoveries", cost=label.alone),
        after=message(
            "{cost}, net of recoveries ({gross} paid − {recovered} recovered)",
            cost=label.after_number(is_below_zero=False),
            gross=gross,
            recovered=recovered,
        ),
    )


def _known_costs(fund: Fund, base: CostBase, sources: Mapping[str, Source]) -> Mapping[str, Euros]:
    """Return the known costs by award; an award without entries has no cost, which is not a cost of zero."""
    if base is CostBase.PUBLIC:
        return {award: fact.statement.amount for award, fact in last_costs(fund, sources=sources).items()}
    awards = dict.fromkeys(entry.award_id for entry in fund.entries)
    if base is CostBase.FUND:
        return {award: fund.committed(award) for award in awards}
    return {award: fund.paid(award) - fund.recovered(award) for award in awards}


_BASES: Mapping[CostBase, Callable[[int], Label]] = MappingProxyType(
    {
        CostBase.FUND: lambda n: Label(
            plural("commitments of the fund for {n} award", "commitments of the fund for {n} awards", n=n),
            after=plural("committed by the fund for {n} award", "committed by the fund for {n} awards", n=n),
        ),
        CostBase.PAID: lambda n: Label(
            plural("payments of the fund for {n} award", "payments of the fund for {n} awards", n=n),
            after=plural("paid by the fund for {n} award", "paid by the fund for {n} awards", n=n),
        ),
        CostBase.PUBLIC: lambda n: Label(
            plural("whole public cost of {n} award", "whole public cost of {n} awards", n=n),
            after=plural("of public cost of {n} award", "of public cost of {n} awards", n=n),
        ),
    }
)


@asked
def return_on(
    *,
    savings: Money | Iterable[Saving],
    cost: Money,
    as_of: DayLike | None = None,
    sources: Mapping[str, Source] | None = None,
) -> Ratio:
    """
    Return the euros of savings for each euro of cost: neither has a default, and the result names both.

    *savings* is an amount, or the savings of one series, which are added up by `total_savings` with *as_of* and
    *sources*; *cost* is fund money, the whole public cost, or what was paid: three different returns.
    Without stated savings the value is missing, with the reason; it is not zero.

    Raises:
        MixedUnitsError: For savings of several kinds, natures or owners, or of the whole fund and of its awards.
        DuplicateItemsError: For statements of one saving that dispute each other, or share a day.
        InvalidValueError: For a value that is not an exact amount.

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


@asked
def total_savings(
    savings: Iterable[Saving], *, as_of: DayLike | None = None, sources: Mapping[str, Source] | None = None
) -> Amount:
    """
    Return the total savings of one series, in euros: one kind, one nature, one owner.

    Of each saving, the statement in force counts: the latest one known on the day *as_of*. *sources* date the
    statements that have no date of their own.
    A recurrent saving is an amount a year: of several years, the last one counts, and the result names it.
    A saving that is not recurrent is added up over its periods.

    Raises:
        MixedUnitsError: For savings of several series, or of the whole fund and of its awards, which it may include.
        DuplicateItemsError: For statements of one saving that dispute each other, or share a day, and for one over
            several periods that no document calls recurrent or not.

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
    """Return the savings to add up: all that are not recurrent, and the last year of those that are."""
    if savings[0].nature is SavingNature.ONE_OFF:
        return savings
    by_award: dict[str | None, list[Saving]] = defaultdict(list)
    for saving in chronological(savings):
        by_award[saving.award_id].append(saving)
    if savings[0].nature is SavingNature.UNSTATED:
        _refuse_unstated(by_award.values())
    return tuple(some[-1] for some in by_award.values())


def _refuse_unstated(by_award: Iterable[list[Saving]]) -> None:
    """Raise if a saving over several years may be either an amount a year or several amounts to add up."""
    several = tuple(
        f"{some[0].award_id or 'the fund'}, {' and '.join(str(saving.period) for saving in some)}"
        for some in by_award
        if len(some) > 1
    )
    if several:
        raise DuplicateItemsError("savings of no stated nature", several, "say whether they recur, or keep one period")


def _when(savings: tuple[Saving, ...]) -> Message | None:
    """Return the text "a year", with the years that are stated; `None` where no year is."""
    periods = dict.fromkeys(one.period for one in chronological(savings) if one.period is not None)
    if savings[0].nature is not SavingNature.RECURRENT or not periods:
        return None
    return plural(
        "a year, period stated: {periods}",
        "a year, periods stated: {periods}",
        n=len(periods),
        periods=items(*periods),
    )
