"""Whose money it is: concentration by owner or theme, and what others put beside each euro of the fund."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from operator import attrgetter
from typing import TypeAlias, final

from attrs import frozen

from levier.compute._wording import colon, number, percent
from levier.compute.budget.amounts import Absence
from levier.compute.exact import EXACT
from levier.compute.fund.measurements import Measurement, percentage
from levier.compute.fund.realisation import latest_cost
from levier.compute.indicators.aggregation import Coverage
from levier.model.awards import Award
from levier.model.fund import Fund
from levier.model.money import ZERO, Euros
from levier.model.portfolio import Portfolio
from levier.model.quantities import RATIO
from levier.model.terms import Lang

__all__ = ["Concentration", "Holder", "Key", "concentration", "leverage", "themes_of"]

Key: TypeAlias = Callable[[Award], str | None]
"""What an award is counted under; `None` where it is not known."""


@final
@frozen(kw_only=True)
class Holder:
    """
    One owner, or theme: what it was granted, in euros, and its percentage of all.

    >>> Holder(key="dinum", amount=Euros(60), share=Decimal(60)).key
    'dinum'
    """

    key: str
    amount: Euros
    share: Decimal


@final
@frozen(kw_only=True)
class Concentration:
    """
    How far money is in few hands: the holders, largest first, and the Herfindahl index.

    The index is the sum of the squared shares: from 1 over their number, all alike, to 1, a single one.
    *coverage* lists the awards that count, and those without an amount or a key.

    >>> Concentration(holders=(), coverage=Coverage(missing=("a",))).herfindahl is None
    True
    """

    holders: tuple[Holder, ...]
    coverage: Coverage

    @property
    def herfindahl(self) -> Decimal | None:
        """The index, of 1; `None` where nothing is known."""
        total = sum(holder.amount.cents for holder in self.holders)
        if not total:
            return None
        squares = sum(holder.amount.cents**2 for holder in self.holders)
        return EXACT.divide(Decimal(squares), Decimal(total**2))

    @property
    def reason(self) -> Absence | None:
        """Why there is no index; `None` where there is one."""
        if self.herfindahl is not None:
            return None
        return Absence.ZERO_BASE if self.coverage.reported else Absence.NOT_PUBLISHED

    def top(self, count: int) -> Decimal | None:
        """Return the percentage that the *count* largest hold together; `None` where nothing is known."""
        if self.herfindahl is None:
            return None
        held, total = (
            sum(holder.amount.cents for holder in some) for some in (self.holders[: max(count, 0)], self.holders)
        )
        return percentage(held, total)

    def explain(self, lang: Lang) -> str:
        """Say the index, the share of the three largest and what they rest on, in *lang*."""
        end, name = {"fr": ("\u00a0; ", "indice de Herfindahl"), "en": ("; ", "Herfindahl index")}[lang]
        index, three = self.herfindahl, self.top(3)
        if index is None or three is None:
            said = "" if self.reason is None else self.reason.label(lang)
        else:
            largest = {"fr": "les trois premiers", "en": "the three largest"}[lang]
            said = f"{number(index, lang, 3)}{end}{largest}{colon(lang)}{percent(three, lang)}"
        return f"{name}{colon(lang)}{said}{end}{self.coverage.explain(lang)}"


_by_owner: Key = attrgetter("owner_id")


def concentration(awards: Iterable[Award], *, by: Key = _by_owner) -> Concentration:
    """
    Return how far awards are concentrated, by owner or by another key: `themes_of(portfolio)`, or one of your own.

    >>> awards = [
    ...     Award(id=name, label=name, owner_id=owner, amount=amount)
    ...     for name, owner, amount in (("a", "dinum", 60), ("b", "justice", 20), ("c", "dinum", 20))
    ... ]
    >>> found = concentration([*awards, Award(id="d", label="D")])
    >>> found.herfindahl, found.top(1), found.coverage.missing
    (Decimal('0.68'), Decimal('80.00'), ('d',))
    """
    given = tuple(awards)
    known = [(award, award.amount, key) for award in given if award.amount is not None and (key := by(award))]
    sums: dict[str, Euros] = defaultdict(lambda: ZERO)
    for _, amount, key in known:
        sums[key] += amount
    total = sum(amount.cents for amount in sums.values())
    counted = {award.id for award, *_ in known}
    return Concentration(
        holders=tuple(
            Holder(key=key, amount=amount, share=percentage(amount.cents, total) if total else Decimal(0))
            for key, amount in sorted(sums.items(), key=lambda item: (-item[1].cents, item[0]))
        ),
        coverage=Coverage(
            reported=tuple(award.id for award in given if award.id in counted),
            missing=tuple(award.id for award in given if award.id not in counted),
        ),
    )


def themes_of(portfolio: Portfolio) -> Key:
    """
    Return the key that counts an award under the first lever of its project, which is taken for its theme.

    >>> themes_of(Portfolio())(Award(id="a", label="A")) is None
    True
    """

    def theme(award: Award) -> str | None:
        levers = () if award.project_id is None else portfolio.projects[award.project_id].lever_ids
        return levers[0] if levers else None

    return theme


def leverage(fund: Fund) -> Measurement:
    """
    Return how much others put beside each euro of the fund: whole cost less awards, over awards.

    The cost is the last that is stated, or else that of the application of the same identifier; an award without one,
    or without an amount, is listed as missing. A cost below its award contradicts it, and does not count either.

    >>> from levier import Application, Call
    >>> asked = Application(id="a", label="A", call_id="c", owner_id="dinum", requested=10, total_cost=25)
    >>> fund = Fund(id="f", label="F", calls=[Call(id="c", label="C")], applications=[asked])
    >>> leverage(fund.awarded("a", 10, on="2018-06-20")).explain("en")
    'others’ money for a euro of the fund: 1.5; 1 of 1'
    """
    costs = {award.id: _whole_cost(fund, award) for award in fund.awards}
    known = [
        (award.id, award.amount, cost)
        for award in fund.awards
        if award.amount is not None and (cost := costs[award.id]) is not None and cost >= award.amount
    ]
    funded = sum(amount.cents for _, amount, _ in known)
    others = sum((cost - amount).cents for _, amount, cost in known)
    names = tuple(name for name, *_ in known)
    return Measurement(
        label_fr="argent des autres pour un euro du fonds",
        label_en="others’ money for a euro of the fund",
        value=EXACT.divide(Decimal(others), Decimal(funded)) if funded else None,
        unit=RATIO,
        coverage=Coverage(reported=names, missing=tuple(name for name in costs if name not in names)),
        reason=None if funded else Absence.ZERO_BASE if names else Absence.NOT_PUBLISHED,
    )


def _whole_cost(fund: Fund, award: Award) -> Euros | None:
    stated = latest_cost(fund, award.id)
    if stated is not None:
        return stated.amount
    return next((asked.total_cost for asked in fund.applications if asked.id == award.id), None)
