"""The rules of the organic law on title 2 (staff): two equal sides, and no money from another title."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute.budget.amounts import Amount, absent, combined
from levier.compute.budget.derivations import BudgetMeasure, movement_amount, movement_amounts
from levier.compute.budget.execution import BudgetYear
from levier.compute.budget.labels import label_of_kind
from levier.compute.budget.legal_rules import FUNGIBILITY_INTO_STAFF, STAFF_EQUALITY, VIREMENTS_INTO_STAFF
from levier.compute.budget.movements import known_sides, may_be_one_day
from levier.compute.budget.verdicts import LegalVerdict
from levier.model.appropriations import AppropriationKind
from levier.model.budget_lines import BudgetMovement, BudgetStage, MovementKind, TitleGroup
from levier.model.money import ZERO, Euros
from levier.model.portfolio import Portfolio
from levier.wording.messages import message
from levier.wording.reasons import MissingReason

__all__ = ["staff_verdicts"]

_BETWEEN_PROGRAMMES = (MovementKind.VIREMENT, MovementKind.TRANSFER)
_NOTHING = Amount(value=ZERO, label=message("allowed into title 2"))


def staff_verdicts(plan: Portfolio, staff: BudgetYear, other: BudgetYear) -> Iterator[LegalVerdict]:
    """Yield the verdicts on title 2 in one year; *other* are the other titles of the same year."""
    yield from _equality(staff)
    yield from _fungibility(staff, other)
    yield from _virements(plan, staff)


def _equality(staff: BudgetYear) -> Iterator[LegalVerdict]:
    for stage in (BudgetStage.VOTED, BudgetStage.OPENED):
        amounts = {of: staff.amount(BudgetMeasure(stage.value), of) for of in AppropriationKind}
        if any(amount.value is not None for amount in amounts.values()):
            named = (amount.named(label_of_kind(of, stage, staff.scope)) for of, amount in amounts.items())
            commitment, payment = named
            yield LegalVerdict(rule=STAFF_EQUALITY, subject=staff.path, amount=payment, base=commitment)


def _fungibility(staff: BudgetYear, other: BudgetYear) -> Iterator[LegalVerdict]:
    """Return the verdict on fungibility into title 2; if no document gives that side, by what the other titles lose."""
    for of in AppropriationKind:
        of_staff, of_others = (
            movement_amounts(year.records, of, [MovementKind.ASYMMETRIC_FUNGIBILITY]) for year in (staff, other)
        )
        gained = [part for part in of_staff if _size(part) > ZERO]
        lost = [part for part in of_others if _size(part) < ZERO and not of_staff]
        if gained or lost:
            label = message("brought to title 2 by fungibility ({year}, {of})", year=str(staff.year), of=of)
            amount = combined(gained, lost, label=label)
            yield LegalVerdict(rule=FUNGIBILITY_INTO_STAFF, subject=staff.path, amount=amount, base=_NOTHING)


def _size(amount: Amount) -> Euros:
    return ZERO if amount.value is None else amount.value


def _virements(plan: Portfolio, staff: BudgetYear) -> Iterator[LegalVerdict]:
    """Yield the verdict on each virement and transfer into title 2: it is allowed only if it comes from title 2."""
    for movement in staff.records.movements:
        one = movement.statement
        if one.year == staff.year and one.title is TitleGroup.STAFF and one.kind in _BETWEEN_PROGRAMMES:
            origin = _origin(plan, staff.programme_id, one)
            for of in AppropriationKind:
                amount = movement_amount(movement, of)
                if _size(amount) > ZERO and origin is not TitleGroup.STAFF:
                    into = _into_staff(amount, one, of, is_known=origin is not None)
                    yield LegalVerdict(rule=VIREMENTS_INTO_STAFF, subject=staff.path, amount=into, base=_NOTHING)


def _origin(plan: Portfolio, programme_id: str, one: BudgetMovement) -> TitleGroup | None:
    """
    Return the title that a movement into title 2 comes from; `None` where no document says so.

    It is the title of the mirror movement, searched in its own programme first and then in all: the same kind and year,
    a compatible day, and the opposite amounts.
    """
    held = {
        key: {other.title for other in programme.movements if _mirrors(other, one)}
        for key, programme in plan.budget_programmes.items()
    }
    everywhere = set().union(*held.values())
    for titles, title in (
        (held[programme_id], TitleGroup.OTHER),
        (everywhere, TitleGroup.STAFF),
        (everywhere, TitleGroup.OTHER),
    ):
        if title in titles:
            return title
    return None


def _into_staff(amount: Amount, one: BudgetMovement, of: AppropriationKind, *, is_known: bool) -> Amount:
    if one.kind is MovementKind.VIREMENT:
        label = message("moved into title 2 by virement ({year}, {of})", year=str(one.year), of=of)
    else:
        label = message("transferred into title 2 ({year}, {of})", year=str(one.year), of=of)
    if is_known:
        return amount.named(label)
    return absent(MissingReason.INCOMPLETE, label, detail=message("no document says from which title it comes"))


def _mirrors(one: BudgetMovement, other: BudgetMovement) -> bool:
    known = known_sides(one, other)
    is_opposite = any(left for left, _ in known) and all(left == -right for left, right in known)
    return is_opposite and (one.year, one.kind) == (other.year, other.kind) and may_be_one_day(one.on, other.on)
