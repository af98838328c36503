"""What appropriations are called by their kind, with the words that agree with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from levier.compute.budget.amounts import Label
from levier.compute.budget.statements import Scope
from levier.model.budget import BudgetStage
from levier.model.money import Appropriation
from levier.wording.messages import message
from levier.wording.said import Said

__all__ = ["label_of_kind"]


def label_of_kind(of: Appropriation, stage: BudgetStage, scope: Scope) -> Label:
    """
    Return what appropriations of one kind are called at a stage.

    >>> label_of_kind(Appropriation.PAYMENT, BudgetStage.VOTED, Scope(year=2021)).say("fr")
    'crédits de paiement votés (LFI 2021)'
    """
    return _LABELS[of, stage](scope.words)


_LABELS: Mapping[tuple[Appropriation, BudgetStage], Callable[[Said], Label]] = MappingProxyType(
    {
        (Appropriation.COMMITMENT, BudgetStage.BILL): lambda when: Label(
            message("commitment appropriations requested (budget bill {when})", when=when),
            after=message("of commitment appropriations requested (budget bill {when})", when=when),
        ),
        (Appropriation.COMMITMENT, BudgetStage.VOTED): lambda when: Label(
            message("commitment appropriations voted (initial budget act {when})", when=when),
            after=message("of commitment appropriations voted (initial budget act {when})", when=when),
        ),
        (Appropriation.COMMITMENT, BudgetStage.SUPPLEMENTARY): lambda when: Label(
            message("commitment appropriations opened or cancelled (supplementary budget act {when})", when=when),
            after=message(
                "of commitment appropriations opened or cancelled (supplementary budget act {when})", when=when
            ),
        ),
        (Appropriation.COMMITMENT, BudgetStage.OPENED): lambda when: Label(
            message("commitment appropriations opened ({when})", when=when),
            after=message("of commitment appropriations opened ({when})", when=when),
        ),
        (Appropriation.COMMITMENT, BudgetStage.FROZEN): lambda when: Label(
            message("commitment appropriations frozen ({when})", when=when),
            after=message("of commitment appropriations frozen ({when})", when=when),
        ),
        (Appropriation.PAYMENT, BudgetStage.BILL): lambda when: Label(
            message("payment appropriations requested (budget bill {when})", when=when),
            after=message("of payment appropriations requested (budget bill {when})", when=when),
        ),
        (Appropriation.PAYMENT, BudgetStage.VOTED): lambda when: Label(
            message("payment appropriations voted (initial budget act {when})", when=when),
            after=message("of payment appropriations voted (initial budget act {when})", when=when),
        ),
        (Appropriation.PAYMENT, BudgetStage.SUPPLEMENTARY): lambda when: Label(
            message("payment appropriations opened or cancelled (supplementary budget act {when})", when=when),
            after=message("of payment appropriations opened or cancelled (supplementary budget act {when})", when=when),
        ),
        (Appropriation.PAYMENT, BudgetStage.OPENED): lambda when: Label(
            message("payment appropriations opened ({when})", when=when),
            after=message("of payment appropriations opened ({when})", when=when),
        ),
        (Appropriation.PAYMENT, BudgetStage.FROZEN): lambda when: Label(
            message("payment appropriations frozen ({when})", when=when),
            after=message("of payment appropriations frozen ({when})", when=when),
        ),
    }
)
