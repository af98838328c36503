"""
What follows from the statements and movements of one year of a programme.

A figure is derived where every part of it is known, else it stays missing and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import TypeAlias, final

from attrs import evolve, frozen

from levier.compute.budget.amounts import Absence, Amount, absent, combined
from levier.compute.budget.statements import Scope, Statement, labels, stated
from levier.model.budget import BudgetLine, BudgetMovement, BudgetStage, ExecutionLine, MovementKind, TitleGroup
from levier.model.money import ZERO, Appropriation
from levier.model.sources import Reliability
from levier.model.terms import Term

__all__ = ["BudgetMeasure", "Derivation", "Records", "derive", "movement_amounts"]


class BudgetMeasure(Term):
    """What can be read off one year of a programme."""

    BILL = "bill", "demandé au projet de loi de finances", "asked in the budget bill"
    VOTED = "voted", "voté", "voted"
    SUPPLEMENTARY = "supplementary", "ouvert ou annulé en loi de finances rectificative", "supplementary budget act"
    OPENED = "opened", "ouvert", "opened"
    FROZEN = "frozen", "gelé", "frozen"
    AVAILABLE = "available", "disponible", "available"
    USED = "used", "consommé", "used"
    UNSPENT = "unspent", "non consommé", "unspent"
    CARRIED_OVER = "carried-over", "reporté sur l’année suivante", "carried over to the next year"
    LAPSED = "lapsed", "tombé en fin d’année", "lapsed"
    UNATTRIBUTED = "unattributed", "non expliqué par les mouvements connus", "unattributed"


@final
@frozen(kw_only=True)
class Records:
    """
    What is known of one scope: what documents state, the most trusted first, and the movements of credits.

    *movements* hold those of the year and of the next, from which credits carried over are read.

    >>> Records(scope=Scope(year=2021)).statements
    ()
    """

    scope: Scope
    statements: tuple[Statement, ...] = ()
    movements: tuple[BudgetMovement, ...] = ()


Derivation: TypeAlias = Callable[[Records, Appropriation], Amount]


def derive(records: Records, measure: BudgetMeasure, of: Appropriation) -> Amount:
    """
    Return one figure, or the reason why it is missing.

    >>> derive(Records(scope=Scope(year=2018)), BudgetMeasure.OPENED, Appropriation.PAYMENT).explain("en")
    'opened (2018): not published'
    """
    return _DERIVATIONS[measure](records, of)


def _stated(records: Records, stage: BudgetStage, of: Appropriation) -> Amount:
    lines = (line for line in records.statements if isinstance(line, BudgetLine) and line.stage is stage)
    return stated(lines, records.scope, of, stage)


def movement_amounts(
    records: Records, of: Appropriation, kinds: Collection[MovementKind], *, later: int = 0
) -> list[Amount]:
    """
    Return the movements of some kinds as amounts, signed: those of the year, or of *later* years after.

    >>> movement_amounts(Records(scope=Scope(year=2021)), Appropriation.PAYMENT, [MovementKind.VIREMENT])
    []
    """
    scope = evolve(records.scope, year=records.scope.year + later)
    return [_as_amount(move, of) for move in records.movements if move.kind in kinds and scope.holds(move)]


def _as_amount(move: BudgetMovement, of: Appropriation) -> Amount:
    value = move.amounts[of]
    return Amount(
        value=value,
        label_fr=f"{move.kind.fr} ({move.year})",
        label_en=f"{move.kind.en} ({move.year})",
        reason=Absence.NOT_PUBLISHED if value is None else None,
        detail_fr=move.missing_because if value is None else "",
        detail_en=move.missing_because if value is None else "",
        source_ids=(move.source_id,),
        reliability=move.reliability,
        is_inferred=move.reliability is Reliability.COMPUTED,
        caveats=(move.caveat,) if move.caveat else (),
    )


def _in_year(records: Records, of: Appropriation) -> list[Amount]:
    whole = {MovementKind.ASYMMETRIC_FUNGIBILITY} if records.scope.title is TitleGroup.ALL else set()
    return movement_amounts(records, of, set(MovementKind) - _OUTSIDE_OPENED - whole)


def _supplementary(records: Records, of: Appropriation) -> list[Amount]:
    stage = BudgetStage.SUPPLEMENTARY
    given = any(isinstance(line, BudgetLine) and line.stage is stage for line in records.statements)
    return [_stated(records, stage, of)] if given else []


def _voted(records: Records, of: Appropriation) -> Amount:
    found = _stated(records, BudgetStage.VOTED, of)
    amendments = movement_amounts(records, of, {MovementKind.AMENDMENT})
    if found.value is not None or not amendments:
        return found
    bill = _stated(records, BudgetStage.BILL, of)
    return _or(found, combined([bill, *amendments], fr=found.label_fr, en=found.label_en))


def _opened(records: Records, of: Appropriation) -> Amount:
    found = _stated(records, BudgetStage.OPENED, of)
    changes = [*_supplementary(records, of), *_in_year(records, of)]
    if found.value is not None or not changes:
        return found
    return _or(found, combined([_voted(records, of), *changes], fr=found.label_fr, en=found.label_en))


def _or(found: Amount, derived: Amount) -> Amount:
    return derived if derived.value is not None or not found.detail_fr else found


def _frozen(records: Records, of: Appropriation) -> Amount:
    found = _stated(records, BudgetStage.FROZEN, of)
    freezes, releases = (movement_amounts(records, of, {kind}) for kind in (MovementKind.FREEZE, MovementKind.RELEASE))
    if found.value is not None or not freezes:
        return found
    net = combined(map(_size, freezes), map(_size, releases), fr=found.label_fr, en=found.label_en)
    if net.value is not None and net.value < ZERO:
        return absent(Absence.CONTRADICTORY, fr=found.label_fr, en=found.label_en)
    return net


def _size(amount: Amount) -> Amount:
    return amount if amount.value is None else evolve(amount, value=abs(amount.value))


def _used(records: Records, of: Appropriation) -> Amount:
    return stated((line for line in records.statements if isinstance(line, ExecutionLine)), records.scope, of, of)


def _difference(name: str, left: BudgetMeasure, right: BudgetMeasure) -> Derivation:
    def difference(records: Records, of: Appropriation) -> Amount:
        fr, en = labels(name, records.scope)
        return combined([derive(records, left, of)], [derive(records, right, of)], fr=fr, en=en)

    return difference


def _carried_over(records: Records, of: Appropriation) -> Amount:
    fr, en = labels("carried-over", records.scope)
    carried = movement_amounts(records, of, {MovementKind.CARRY_OVER}, later=1)
    if not carried:
        return absent(Absence.NOT_PUBLISHED, fr=fr, en=en)
    return carried[0].named(fr=fr, en=en) if len(carried) == 1 else combined(carried, fr=fr, en=en)


def _unattributed(records: Records, of: Appropriation) -> Amount:
    fr, en = labels("unattributed", records.scope)
    known = [move for move in _in_year(records, of) if move.value is not None]
    opened = _stated(records, BudgetStage.OPENED, of)
    return combined([opened], [_voted(records, of), *_supplementary(records, of), *known], fr=fr, en=en)


def _of_stage(stage: BudgetStage) -> Derivation:
    return lambda records, of: _stated(records, stage, of)


_OUTSIDE_OPENED = {MovementKind.AMENDMENT, MovementKind.FREEZE, MovementKind.RELEASE}
_DERIVATIONS: Mapping[BudgetMeasure, Derivation] = MappingProxyType(
    {
        BudgetMeasure.BILL: _of_stage(BudgetStage.BILL),
        BudgetMeasure.VOTED: _voted,
        BudgetMeasure.SUPPLEMENTARY: _of_stage(BudgetStage.SUPPLEMENTARY),
        BudgetMeasure.OPENED: _opened,
        BudgetMeasure.FROZEN: _frozen,
        BudgetMeasure.AVAILABLE: _difference("available", BudgetMeasure.OPENED, BudgetMeasure.FROZEN),
        BudgetMeasure.USED: _used,
        BudgetMeasure.UNSPENT: _difference("unspent", BudgetMeasure.OPENED, BudgetMeasure.USED),
        BudgetMeasure.CARRIED_OVER: _carried_over,
        BudgetMeasure.LAPSED: _difference("lapsed", BudgetMeasure.UNSPENT, BudgetMeasure.CARRIED_OVER),
        BudgetMeasure.UNATTRIBUTED: _unattributed,
    }
)
