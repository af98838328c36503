"""The rules of the organic law on carry-over from one year to the next (article 15), in the version of the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import evolve

from levier.compute.budget.amounts import Amount, absent, combined
from levier.compute.budget.derivations import BudgetMeasure, movement_amounts
from levier.compute.budget.execution import BudgetYear
from levier.compute.budget.legal_rules import (
    COMMITMENT_CARRY_OVER,
    COMMITMENT_CARRY_OVER_SINCE_2022,
    PAYMENT_CARRY_OVER,
    PAYMENT_CARRY_OVER_SINCE_2022,
    STAFF_CARRY_OVER,
    STAFF_CARRY_OVER_SINCE_2022,
)
from levier.compute.budget.statements import label_of
from levier.compute.budget.verdicts import LegalRule, LegalVerdict
from levier.model.appropriations import AppropriationKind
from levier.model.budget_lines import MovementKind, TitleGroup
from levier.model.money import ZERO, Euros
from levier.wording.messages import message
from levier.wording.reasons import MissingReason

__all__ = ["carry_over_verdicts"]

_Years: TypeAlias = Mapping[TitleGroup, BudgetYear]
_NOTHING = Amount(value=ZERO, label=message("of carry-over allowed in title 2"))


def carry_over_verdicts(years: _Years, assigned: Mapping[TitleGroup, Euros]) -> Iterator[LegalVerdict]:
    """
    Yield the verdict of each version of the article on a carry-over; the caller keeps the version in force.

    *assigned* is the part of the payments that comes from assigned contributions, by group of titles.
    """
    yield from _commitments(years)
    yield from _payments_of_staff(years, assigned[TitleGroup.STAFF])
    yield from _payments_of_others(years, assigned[TitleGroup.OTHER])


def _commitments(years: _Years) -> Iterator[LegalVerdict]:
    staff, of = years[TitleGroup.STAFF], AppropriationKind.COMMITMENT
    carried = _carried(staff, of)
    if not carried and _undivided(years[TitleGroup.ALL], of):
        carried = [_not_divided(staff)]
    if carried:
        for rule in (COMMITMENT_CARRY_OVER, COMMITMENT_CARRY_OVER_SINCE_2022):
            yield _verdict(rule, staff, _together(carried, staff), _NOTHING)


def _payments_of_staff(years: _Years, assigned: Euros) -> Iterator[LegalVerdict]:
    staff, of = years[TitleGroup.STAFF], AppropriationKind.PAYMENT
    if carried := _carried(staff, of):
        amount = _less(_together(carried, staff), assigned)
        yield _verdict(STAFF_CARRY_OVER, staff, amount, staff.amount(BudgetMeasure.VOTED, of))
        yield _verdict(STAFF_CARRY_OVER_SINCE_2022, staff, amount, _NOTHING)


def _payments_of_others(years: _Years, assigned: Euros) -> Iterator[LegalVerdict]:
    staff, other, of = years[TitleGroup.STAFF], years[TitleGroup.OTHER], AppropriationKind.PAYMENT
    carried = _carried(other, of)
    if undivided := _undivided(years[TitleGroup.ALL], of):
        nothing_in_staff = staff.amount(BudgetMeasure.UNSPENT, of).value == ZERO
        unknown = all(part.value is None for part in undivided)
        carried = [*carried, *undivided] if nothing_in_staff or unknown else [_not_divided(other)]
    if carried:
        amount, base = _less(_together(carried, other), assigned), other.amount(BudgetMeasure.VOTED, of)
        for rule in (PAYMENT_CARRY_OVER, PAYMENT_CARRY_OVER_SINCE_2022):
            yield _verdict(rule, other, amount, base)


def _verdict(rule: LegalRule, year: BudgetYear, amount: Amount, base: Amount) -> LegalVerdict:
    return LegalVerdict(rule=rule, subject=year.path, amount=amount, base=base)


def _carried(year: BudgetYear, of: AppropriationKind) -> list[Amount]:
    """Return what the next year's movements bring in from this year; assigned credits are apart (article 15, III)."""
    return movement_amounts(year.records, of, [MovementKind.CARRY_OVER], later=1)


def _undivided(year: BudgetYear, of: AppropriationKind) -> list[Amount]:
    """Return the carry-overs that no document splits between title 2 and the other titles."""
    whole = tuple(move for move in year.records.movements if move.statement.title is TitleGroup.ALL)
    return movement_amounts(evolve(year.records, movements=whole), of, [MovementKind.CARRY_OVER], later=1)


def _not_divided(year: BudgetYear) -> Amount:
    label = label_of("carried-over", year.scope)
    return absent(MissingReason.INCOMPLETE, label, detail=message("the carry-over is not split by title"))


def _together(parts: list[Amount], year: BudgetYear) -> Amount:
    label = label_of("carried-over", year.scope)
    return parts[0].named(label) if len(parts) == 1 else combined(parts, label=label)


def _less(amount: Amount, assigned: Euros) -> Amount:
    if not assigned:
        return amount
    contributions = Amount(value=assigned, label=message("of assigned contributions"))
    label = message("{label}, assigned contributions excluded", label=amount.label)
    return combined([amount], [contributions], label=label)
