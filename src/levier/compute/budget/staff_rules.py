"""What the organic law says of title 2 (staff): two equal sides, and no money from another title."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute.budget.amounts import Absence, Amount, absent, combined
from levier.compute.budget.derivations import BudgetMeasure, movement_amount, movement_amounts
from levier.compute.budget.execution import BudgetYear
from levier.compute.budget.legal_rules import FUNGIBILITY_INTO_STAFF, STAFF_EQUALITY, VIREMENTS_INTO_STAFF
from levier.compute.budget.movements import may_be_one_day
from levier.compute.budget.verdicts import Verdict
from levier.model.budget import BudgetMovement, MovementKind, TitleGroup
from levier.model.money import ZERO, Appropriation, Euros
from levier.model.portfolio import Portfolio

__all__ = ["staff_verdicts"]

_BETWEEN_PROGRAMMES = (MovementKind.VIREMENT, MovementKind.TRANSFER)
_NOTHING = Amount.of(ZERO, fr="peut aller au titre 2", en="may go into title 2")


def staff_verdicts(plan: Portfolio, staff: BudgetYear, other: BudgetYear) -> Iterator[Verdict]:
    """Yield what the rules say of title 2 in one year; *other* are the other titles of the same year."""
    yield from _equality(staff)
    yield from _fungibility(staff, other)
    yield from _virements(plan, staff)


def _equality(staff: BudgetYear) -> Iterator[Verdict]:
    for measure in (BudgetMeasure.VOTED, BudgetMeasure.OPENED):
        commitment, payment = (_of_kind(staff.amount(measure, of), of) for of in Appropriation)
        if commitment.value is not None or payment.value is not None:
            yield Verdict(rule=STAFF_EQUALITY, subject=staff.path, amount=payment, base=commitment)


def _of_kind(amount: Amount, of: Appropriation) -> Amount:
    return amount.named(fr=f"{of.fr} {amount.label_fr}", en=f"{of.en} {amount.label_en}")


def _fungibility(staff: BudgetYear, other: BudgetYear) -> Iterator[Verdict]:
    """Judge what fungibility brings to title 2; where no document says that side, what it takes from the others."""
    for of in Appropriation:
        of_staff, of_others = (
            movement_amounts(year.records, of, [MovementKind.ASYMMETRIC_FUNGIBILITY]) for year in (staff, other)
        )
        gained = [part for part in of_staff if _size(part) > ZERO]
        lost = [] if of_staff else [part for part in of_others if _size(part) < ZERO]
        if gained or lost:
            fr, en = f"par fongibilité ({staff.year}, {of.fr})", f"by fungibility ({staff.year}, {of.en})"
            amount = combined(gained, lost, fr=fr, en=en)
            yield Verdict(rule=FUNGIBILITY_INTO_STAFF, subject=staff.path, amount=amount, base=_NOTHING)


def _size(amount: Amount) -> Euros:
    return ZERO if amount.value is None else amount.value


def _virements(plan: Portfolio, staff: BudgetYear) -> Iterator[Verdict]:
    """
    Judge each virement and transfer into title 2 by the title that it comes from.

    That is the title of the movement that mirrors it in any programme: of the same kind and year, with a day that may
    be the same and the opposite amounts. From title 2 money may come; without a mirror nobody can tell.
    """
    for movement in staff.records.movements:
        told = movement.statement
        is_into_staff = told.title is TitleGroup.STAFF and told.kind in _BETWEEN_PROGRAMMES
        if told.year != staff.year or not is_into_staff:
            continue
        left = {one.title for held in plan.budget_programmes.values() for one in held.movements if _mirrors(one, told)}
        for of in Appropriation:
            amount = movement_amount(movement, of)
            if _size(amount) > ZERO and TitleGroup.STAFF not in left:
                fr, en = (
                    f"{told.kind.fr} au titre 2 ({told.year}, {of.fr})",
                    f"{told.kind.en} into title 2 ({told.year}, {of.en})",
                )
                known = amount.named(fr=fr, en=en) if TitleGroup.OTHER in left else _from_somewhere(fr, en)
                yield Verdict(rule=VIREMENTS_INTO_STAFF, subject=staff.path, amount=known, base=_NOTHING)


def _mirrors(one: BudgetMovement, other: BudgetMovement) -> bool:
    sides = [(one.amounts[of], other.amounts[of]) for of in Appropriation]
    known = [(left, right) for left, right in sides if left is not None and right is not None]
    is_opposite = any(left for left, _ in known) and all(left == -right for left, right in known)
    return is_opposite and (one.year, one.kind) == (other.year, other.kind) and may_be_one_day(one.on, other.on)


def _from_somewhere(fr: str, en: str) -> Amount:
    said = {
        "detail_fr": "aucun document ne dit de quel titre il vient",
        "detail_en": "no document says from which title",
    }
    return absent(Absence.INCOMPLETE, fr=fr, en=en, **said)
