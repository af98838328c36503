"""
What the organic law on finance acts (LOLF) says of a budget: ceilings checked, and nothing ever blocked.

A finance act can lift a ceiling, so a breach is a finding; without its base a rule is not assessable, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import evolve

from levier.compute.budget.amounts import Absence, Amount, absent, combined
from levier.compute.budget.derivations import BudgetMeasure, Records, movement_amounts
from levier.compute.budget.execution import BudgetYear, budget_year
from levier.compute.budget.legal_rules import (
    ADVANCES,
    CANCELLATIONS,
    COMMITMENT_CARRY_OVER,
    PAYMENT_CARRY_OVER,
    STAFF_EQUALITY,
    VIREMENTS,
)
from levier.compute.budget.statements import Scope, labels
from levier.compute.budget.verdicts import LegalRule, Verdict
from levier.model.budget import MovementKind, TitleGroup
from levier.model.money import ZERO, Appropriation, Appropriations, Euros, EurosLike
from levier.model.portfolio import Portfolio

__all__ = ["budget_verdicts", "finance_act_verdicts"]

_Years: TypeAlias = Mapping[TitleGroup, BudgetYear]


def budget_verdicts(
    portfolio: Portfolio, programme: str | int, year: int, *, assigned: EurosLike = ZERO
) -> tuple[Verdict, ...]:
    """
    Return what the rules on one programme say of one year: title 2, virements, and the carry-over to the next year.

    A rule says nothing where there is nothing to judge: no virement, no carry-over, no title 2.
    *assigned* is the part of the payments carried over, in euros, that comes from assigned contributions: those are
    carried in full, and do not count.

    Raises:
        UnknownItemError: If the portfolio holds no such programme, or nothing of that year.

    >>> from levier import BudgetLine, BudgetProgramme, Source
    >>> voted = BudgetLine(year=2020, stage="voted", title="staff", amounts=Appropriations(10, 9), source_id="rap")
    >>> plan = Portfolio.of(BudgetProgramme(id=349, label="P", lines=[voted]), Source(id="rap", title="RAP"))
    >>> [verdict.excess for verdict in budget_verdicts(plan, 349, 2020)]
    [Euros('1.00')]
    """
    years = {title: budget_year(portfolio, programme, year, title=title) for title in TitleGroup}
    found = [*_staff(years), *_virements(years), *_commitments(years), *_payments(years, assigned)]
    return tuple(verdict for verdict in found if verdict.rule.holds_in(year))


def finance_act_verdicts(
    portfolio: Portfolio, year: int, *, initial: Appropriations | None = None, opened: Appropriations | None = None
) -> tuple[Verdict, ...]:
    """
    Return what the rules on advance decrees and cancellations say of one year, over the portfolio's programmes.

    *initial* is all that the year's initial finance act opened, *opened* all that its finance acts opened, over the
    whole State and in euros: bases that no programme holds. Without its base a rule is not assessable.

    >>> finance_act_verdicts(Portfolio(), 2021)
    ()
    """
    found = []
    for of in Appropriation:
        advances, cancelled = _decrees(portfolio, year, of)
        for rule, parts, given in ((ADVANCES, advances, initial), (CANCELLATIONS, cancelled, opened)):
            if parts and rule.holds_in(year):
                fr, en = f"par décret en {year} ({of.fr})", f"by decree in {year} ({of.en})"
                amount = combined(map(_size, parts), fr=fr, en=en)
                found.append(Verdict(rule=rule, subject=f"budget/{year}", amount=amount, base=_given(given, of, year)))
    return tuple(found)


def _decrees(portfolio: Portfolio, year: int, of: Appropriation) -> tuple[list[Amount], list[Amount]]:
    """Return what advances opened, and what decrees cancelled; advances stand for a counterpart not recorded."""
    advances: list[Amount] = []
    cancelled: list[Amount] = []
    for programme in portfolio.budget_programmes.values():
        records = Records(scope=Scope(year=year), movements=programme.movements)
        advances += movement_amounts(records, of, [MovementKind.ADVANCE_DECREE])
        cancelled += movement_amounts(records, of, [MovementKind.CANCELLATION])
    counterpart = [part for part in advances if part.value is not None and part.value < ZERO]
    opening = [part for part in advances if part not in counterpart]
    return opening, [*(counterpart or opening), *cancelled]


def _size(amount: Amount) -> Amount:
    return amount if amount.value is None else evolve(amount, value=abs(amount.value))


def _given(base: Appropriations | None, of: Appropriation, year: int) -> Amount:
    fr, en = f"ouverts par les lois de finances de {year} ({of.fr})", f"opened by the finance acts of {year} ({of.en})"
    value = None if base is None else base[of]
    if value is None:
        because = {"detail_fr": "base à fournir", "detail_en": "the caller supplies it"}
        return absent(Absence.NOT_PUBLISHED, fr=fr, en=en, **because)
    return Amount.of(value, fr=fr, en=en)


def _verdict(rule: LegalRule, year: BudgetYear, amount: Amount, base: Amount) -> Verdict:
    return Verdict(rule=rule, subject=f"budget_programmes/{year.programme_id}/{year.year}", amount=amount, base=base)


def _staff(years: _Years) -> Iterator[Verdict]:
    staff = years[TitleGroup.STAFF]
    for measure in (BudgetMeasure.VOTED, BudgetMeasure.OPENED):
        commitment, payment = (_of_kind(staff.amount(measure, of), of) for of in Appropriation)
        if commitment.value is not None or payment.value is not None:
            yield _verdict(STAFF_EQUALITY, staff, payment, commitment)


def _of_kind(amount: Amount, of: Appropriation) -> Amount:
    return amount.named(fr=f"{of.fr} {amount.label_fr}", en=f"{of.en} {amount.label_en}")


def _virements(years: _Years) -> Iterator[Verdict]:
    for title in (TitleGroup.ALL, TitleGroup.STAFF):
        year = years[title]
        for of in Appropriation:
            if moved := movement_amounts(year.records, of, [MovementKind.VIREMENT]):
                fr, en = f"virés ({year.scope.words('fr')})", f"in virements ({year.scope.words('en')})"
                amount = combined(map(_size, moved), fr=fr, en=en)
                yield _verdict(VIREMENTS, year, amount, year.amount(BudgetMeasure.VOTED, of))


def _commitments(years: _Years) -> Iterator[Verdict]:
    staff, of = years[TitleGroup.STAFF], Appropriation.COMMITMENT
    carried = _carried(staff, of)
    if not carried and _undivided(years[TitleGroup.ALL], of):
        carried = [_not_divided(staff)]
    if carried:
        none = Amount.of(ZERO, fr="reportable en titre 2", en="may go into title 2")
        yield _verdict(COMMITMENT_CARRY_OVER, staff, _together(carried, staff), none)


def _payments(years: _Years, assigned: EurosLike) -> Iterator[Verdict]:
    staff, other, of = years[TitleGroup.STAFF], years[TitleGroup.OTHER], Appropriation.PAYMENT
    to_staff, to_other = _carried(staff, of), _carried(other, of)
    if undivided := _undivided(years[TitleGroup.ALL], of):
        nothing_in_staff = staff.amount(BudgetMeasure.UNSPENT, of).value == ZERO
        unknown = all(part.value is None for part in undivided)
        to_other = [*to_other, *undivided] if nothing_in_staff or unknown else [_not_divided(other)]
    if to_staff:
        base = staff.amount(BudgetMeasure.VOTED, of)
        yield _verdict(PAYMENT_CARRY_OVER, staff, _together(to_staff, staff), base)
    if to_other:
        amount, base = _together(to_other, other), other.amount(BudgetMeasure.VOTED, of)
        yield _verdict(PAYMENT_CARRY_OVER, other, _less(amount, Euros(assigned)), base)


def _carried(year: BudgetYear, of: Appropriation) -> list[Amount]:
    """Return what the next year's movements bring in from this one."""
    return movement_amounts(year.records, of, [MovementKind.CARRY_OVER], later=1)


def _undivided(year: BudgetYear, of: Appropriation) -> list[Amount]:
    """Return the carry-overs that no document divides between title 2 and the other titles."""
    whole = tuple(move for move in year.records.movements if move.title is TitleGroup.ALL)
    return movement_amounts(evolve(year.records, movements=whole), of, [MovementKind.CARRY_OVER], later=1)


def _not_divided(year: BudgetYear) -> Amount:
    fr, en = labels("carried-over", year.scope)
    said = {"detail_fr": "le report n’est pas réparti par titre", "detail_en": "it is not divided by title"}
    return absent(Absence.INCOMPLETE, fr=fr, en=en, **said)


def _together(parts: list[Amount], year: BudgetYear) -> Amount:
    fr, en = labels("carried-over", year.scope)
    return parts[0].named(fr=fr, en=en) if len(parts) == 1 else combined(parts, fr=fr, en=en)


def _less(amount: Amount, assigned: Euros) -> Amount:
    if not assigned:
        return amount
    contributions = Amount.of(assigned, fr="de fonds de concours", en="of assigned contributions")
    return combined(
        [amount],
        [contributions],
        fr=f"{amount.label_fr}, hors fonds de concours",
        en=(f"{amount.label_en}, assigned contributions excluded"),
    )
