"""Balances of a fund's journal: committed, released, paid and recovered, by award, call, owner, ministry or year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TypeVar

from attrs import frozen

from levier.compute._types import asked, by_type
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model.awards import Award
from levier.model.entries import EntryKind, JournalEntry
from levier.model.fund import Fund
from levier.model.money import ZERO, Euros
from levier.model.organisations import Organisation, OrganisationKind
from levier.model.periods import Day, DayLike, parse_day
from levier.model.terms import Term
from levier.model.trees import upward

K = TypeVar("K", str, int)

__all__ = ["Balance", "BalanceBy", "balance", "balances", "ministry_of"]


class BalanceBy(Term):
    """The keys by which the entries of a journal are grouped."""

    AWARD = "award", "projet lauréat", "award"
    CALL = "call", "appel à projets", "call"
    OWNER = "owner", "porteur", "owner"
    MINISTRY = "ministry", "ministère", "ministry"
    YEAR = "year", "année", "year"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Balance:
    """
    The totals of some entries, in euros: committed, decommitted, paid, and recovered.

    *key* is what the entries share: an identifier or a year; empty where it is not known.
    *paid* is the gross amount, `net_paid` what did not come back. A decommitment releases what came back first, then
    what is not paid; *closed* is the first part.

    Attributes:
        committed: The commitments, in euros.
        decommitted: The commitments released, in euros.
        paid: The payments, in euros, whatever came back of them.
        recovered: The payments that came back, in euros.
        closed: The part of the commitments released that had come back, in euros.

    >>> Balance(key="cloud", committed=Euros(60), decommitted=Euros(10), paid=Euros(20)).outstanding
    Euros('30.00')
    """

    key: str
    committed: Euros
    decommitted: Euros
    paid: Euros
    recovered: Euros = ZERO
    closed: Euros = ZERO

    @property
    def net(self) -> Euros:
        """The commitments minus those released."""
        return self.committed - self.decommitted

    @property
    def net_paid(self) -> Euros:
        """The payments minus those that came back; for the entries of one year it may be negative."""
        return self.paid - self.recovered

    @property
    def outstanding(self) -> Euros:
        """
        The commitments neither released nor paid; for the entries of one year it may be negative.

        A recovery does not reopen them.
        """
        return self.net + self.closed - self.paid

    @property
    def to_release(self) -> Euros:
        """The payments that came back and whose commitment is not released yet; negative for years that release it."""
        return self.recovered - self.closed


@asked
def balance(fund: Fund, *, as_of: DayLike | None = None) -> Balance:
    """
    Return the totals of a fund's journal up to and including a day; all entries where no day is given.

    >>> signed = Award(id="a", label="A", amount=100, contracted_on="2018-09-01")
    >>> fund = Fund(id="f", label="F", awards=[signed]).with_commitment("a", 60, on="2018-10-01")
    >>> balance(fund, as_of="2018-09-30").committed, balance(fund).committed
    (Euros('0.00'), Euros('60.00'))
    """
    sums = _none()
    for found in _by_award(fund, as_of).values():
        _add(sums, found)
    return _named(fund.id, sums)


@asked
def balances(
    fund: Fund,
    *,
    by: BalanceBy | str = BalanceBy.AWARD,
    as_of: DayLike | None = None,
    organisations: Mapping[str, Organisation] | None = None,
) -> tuple[Balance, ...]:
    """
    Return the balances of a fund's journal up to and including a day, one for each key, in the order of the keys.

    A key without entries has no balance: an award without entries is unknown, which is not zero.
    By ministry, *organisations* give each owner's ministry; an owner without one has an empty key.

    Raises:
        InvalidValueError: By ministry, without *organisations*.

    >>> signed = Award(id="a", label="A", owner_id="dinum", amount=100, contracted_on="2018-09-01")
    >>> fund = Fund(id="f", label="F", awards=[signed]).with_commitment("a", 60, on="2018-10-01")
    >>> fund = fund.with_payment("a", 20, on="2019-02-01")
    >>> [(found.key, found.paid, found.outstanding) for found in balances(fund, by="owner", as_of="2018-12-31")]
    [('dinum', Euros('0.00'), Euros('60.00'))]
    >>> [(found.key, found.net, found.paid) for found in balances(fund, by="year")]
    [('2018', Euros('60.00'), Euros('0.00')), ('2019', Euros('0.00'), Euros('20.00'))]
    """
    kind = BalanceBy(by)
    if kind is BalanceBy.YEAR:
        years = _by_year(fund, as_of)
        return tuple(_named(str(year), years[year]) for year in sorted(years))
    key = _key(kind, organisations)
    grouped: dict[str, _Sums] = defaultdict(_none)
    for award_id, sums in _by_award(fund, as_of).items():
        _add(grouped[key(fund.award(award_id))], sums)
    return tuple(_named(name, grouped[name]) for name in sorted(grouped))


_CLOSED = "closed"
_Sums = dict[str, int]
"""The cents of each kind of entry, and those of decommitments that release what came back."""


def _none() -> _Sums:
    return dict.fromkeys((*EntryKind, _CLOSED), 0)


def _add(to: _Sums, sums: _Sums) -> None:
    for kind, cents in sums.items():
        to[kind] += cents


def _named(key: str, sums: _Sums) -> Balance:
    return Balance(
        key=key,
        committed=Euros.of_cents(sums[EntryKind.COMMITMENT]),
        decommitted=Euros.of_cents(sums[EntryKind.DECOMMITMENT]),
        paid=Euros.of_cents(sums[EntryKind.PAYMENT]),
        recovered=Euros.of_cents(sums[EntryKind.RECOVERY]),
        closed=Euros.of_cents(sums[_CLOSED]),
    )


def _summed(fund: Fund, as_of: DayLike | None, key: Callable[[JournalEntry], K]) -> dict[K, _Sums]:
    """Return the sums of a fund's entries up to a day, by a key of the entry."""
    last = Day.max if as_of is None else parse_day(as_of)
    found: dict[K, _Sums] = defaultdict(_none)
    for entry in fund.entries:
        if entry.on <= last:
            found[key(entry)][entry.kind] += entry.amount.cents
    for place, part in fund.entries.released_recoveries().items():
        if (entry := fund.entries[place]).on <= last:
            found[key(entry)][_CLOSED] += part.cents
    return found


def _by_award(fund: Fund, as_of: DayLike | None) -> dict[str, _Sums]:
    return _summed(fund, as_of, lambda entry: entry.award_id)


def _by_year(fund: Fund, as_of: DayLike | None) -> dict[int, _Sums]:
    return _summed(fund, as_of, lambda entry: entry.on.year)


def _key(kind: BalanceBy, organisations: Mapping[str, Organisation] | None) -> Callable[[Award], str]:
    if kind is not BalanceBy.MINISTRY:
        name = {BalanceBy.AWARD: "id", BalanceBy.CALL: "call_id", BalanceBy.OWNER: "owner_id"}[kind]
        return lambda award: getattr(award, name) or ""
    if organisations is None:
        raise InvalidValueError("balances", None, "the organisations, which say who stands under whom", "organisations")
    return lambda award: ministry_of(award.owner_id, organisations)


def ministry_of(organisation_id: str | None, organisations: Mapping[str, Organisation]) -> str:
    """
    Return the ministry of an organisation, itself or above it; empty where none is known.

    >>> unit = Organisation(id="unit", label="Unit", kind="central-administration", parent_id="justice")
    >>> justice = Organisation(id="justice", label="Justice", kind="ministry")
    >>> ministry_of("unit", {"unit": unit, "justice": justice})
    'justice'
    """
    above = upward(organisations, organisation_id)
    return next((body.id for body in above if body.kind is OrganisationKind.MINISTRY), "")
