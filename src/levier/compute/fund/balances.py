"""Balances of a fund's journal: committed, released and paid, on any day, by award, call, owner, ministry or year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from attrs import frozen

from levier.compute._types import asked, by_type
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model.awards import Award
from levier.model.fund import Fund
from levier.model.journal import EntryKind, JournalEntry
from levier.model.money import Euros
from levier.model.organisations import Organisation, OrganisationKind
from levier.model.periods import DayLike, parse_day
from levier.model.terms import Term
from levier.model.trees import upward

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
    The totals of some entries, in euros: committed, decommitted, and paid.

    *key* is what the entries share: an identifier or a year; empty where it is not known.

    Attributes:
        committed: The commitments, in euros.
        decommitted: The commitments released, in euros.
        paid: The payments, in euros.

    >>> Balance(key="cloud", committed=Euros(60), decommitted=Euros(10), paid=Euros(20)).outstanding
    Euros('30.00')
    """

    key: str
    committed: Euros
    decommitted: Euros
    paid: Euros

    @property
    def net(self) -> Euros:
        """The commitments minus those released."""
        return self.committed - self.decommitted

    @property
    def outstanding(self) -> Euros:
        """The commitments neither released nor paid; for the entries of one year it may be negative."""
        return self.net - self.paid


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


_Sums = dict[EntryKind, int]


def _none() -> _Sums:
    return dict.fromkeys(EntryKind, 0)


def _add(to: _Sums, sums: _Sums) -> None:
    for kind, cents in sums.items():
        to[kind] += cents


def _named(key: str, sums: _Sums) -> Balance:
    return Balance(
        key=key,
        committed=Euros.of_cents(sums[EntryKind.COMMITMENT]),
        decommitted=Euros.of_cents(sums[EntryKind.DECOMMITMENT]),
        paid=Euros.of_cents(sums[EntryKind.PAYMENT]),
    )


def _recorded(fund: Fund, as_of: DayLike | None) -> Iterable[JournalEntry]:
    if as_of is None:
        return fund.entries
    last = parse_day(as_of)
    return (entry for entry in fund.entries if entry.on <= last)


def _by_award(fund: Fund, as_of: DayLike | None) -> dict[str, _Sums]:
    found: dict[str, _Sums] = defaultdict(_none)
    for entry in _recorded(fund, as_of):
        found[entry.award_id][entry.kind] += entry.amount.cents
    return found


def _by_year(fund: Fund, as_of: DayLike | None) -> dict[int, _Sums]:
    found: dict[int, _Sums] = defaultdict(_none)
    for entry in _recorded(fund, as_of):
        found[entry.on.year][entry.kind] += entry.amount.cents
    return found


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
