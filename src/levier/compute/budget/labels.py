"""Labels of appropriations and outstanding commitments, with and without their amount."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from levier.compute.budget.amounts import Label
from levier.compute.budget.statements import Scope
from levier.model.appropriations import AppropriationKind
from levier.model.budget_lines import BudgetStage
from levier.model.periods import Day
from levier.wording.messages import message, message_in
from levier.wording.said import Said

__all__ = ["label_of_count", "label_of_kind", "label_of_stock"]


def label_of_kind(of: AppropriationKind, stage: BudgetStage, scope: Scope) -> Label:
    """
    Return the label of appropriations of one kind at a stage.

    >>> label_of_kind(AppropriationKind.PAYMENT, BudgetStage.VOTED, Scope(year=2021)).say("fr")
    'crédits de paiement votés (LFI 2021)'
    """
    return _OF_KINDS[of, stage](scope.words)


def label_of_stock(year: int | None, by: str) -> Label:
    """
    Return the label of outstanding commitments at the end of a year, by the origin of their amount.

    A schedule without payments has no year.

    >>> print(label_of_stock(2025, "published"))
    outstanding at the end of 2025, published
    """
    return _OF_STOCKS[by]("–" if year is None else str(year))


def label_of_count(on: Day, *, is_forecast: bool) -> Label:
    """Return the label of outstanding commitments that a document states for a day."""
    if is_forecast:
        return Label(
            message("outstanding on {day}, forecast", day=on),
            after=message_in("after an amount", "outstanding on {day}, forecast", day=on),
        )
    return Label(
        message("outstanding on {day}", day=on), after=message_in("after an amount", "outstanding on {day}", day=on)
    )


_OF_KINDS: Mapping[tuple[AppropriationKind, BudgetStage], Callable[[Said], Label]] = MappingProxyType(
    {
        (AppropriationKind.COMMITMENT, BudgetStage.BILL): lambda when: Label(
            message("commitment appropriations requested (budget bill {when})", when=when),
            after=message("of commitment appropriations requested (budget bill {when})", when=when),
        ),
        (AppropriationKind.COMMITMENT, BudgetStage.VOTED): lambda when: Label(
            message("commitment appropriations voted (initial budget act {when})", when=when),
            after=message("of commitment appropriations voted (initial budget act {when})", when=when),
        ),
        (AppropriationKind.COMMITMENT, BudgetStage.SUPPLEMENTARY): lambda when: Label(
            message("commitment appropriations opened or cancelled (supplementary budget act {when})", when=when),
            after=message(
                "of commitment appropriations opened or cancelled (supplementary budget act {when})", when=when
            ),
        ),
        (AppropriationKind.COMMITMENT, BudgetStage.YEAR_END): lambda when: Label(
            message("commitment appropriations opened or cancelled (year-end finance act {when})", when=when),
            after=message("of commitment appropriations opened or cancelled (year-end finance act {when})", when=when),
        ),
        (AppropriationKind.COMMITMENT, BudgetStage.OPENED): lambda when: Label(
            message("commitment appropriations opened ({when})", when=when),
            after=message("of commitment appropriations opened ({when})", when=when),
        ),
        (AppropriationKind.COMMITMENT, BudgetStage.FROZEN): lambda when: Label(
            message("commitment appropriations frozen ({when})", when=when),
            after=message("of commitment appropriations frozen ({when})", when=when),
        ),
        (AppropriationKind.PAYMENT, BudgetStage.BILL): lambda when: Label(
            message("payment appropriations requested (budget bill {when})", when=when),
            after=message("of payment appropriations requested (budget bill {when})", when=when),
        ),
        (AppropriationKind.PAYMENT, BudgetStage.VOTED): lambda when: Label(
            message("payment appropriations voted (initial budget act {when})", when=when),
            after=message("of payment appropriations voted (initial budget act {when})", when=when),
        ),
        (AppropriationKind.PAYMENT, BudgetStage.SUPPLEMENTARY): lambda when: Label(
            message("payment appropriations opened or cancelled (supplementary budget act {when})", when=when),
            after=message("of payment appropriations opened or cancelled (supplementary budget act {when})", when=when),
        ),
        (AppropriationKind.PAYMENT, BudgetStage.YEAR_END): lambda when: Label(
            message("payment appropriations opened or cancelled (year-end finance act {when})", when=when),
            after=message("of payment appropriations opened or cancelled (year-end finance act {when})", when=when),
        ),
        (AppropriationKind.PAYMENT, BudgetStage.OPENED): lambda when: Label(
            message("payment appropriations opened ({when})", when=when),
            after=message("of payment appropriations opened ({when})", when=when),
        ),
        (AppropriationKind.PAYMENT, BudgetStage.FROZEN): lambda when: Label(
            message("payment appropriations frozen ({when})", when=when),
            after=message("of payment appropriations frozen ({when})", when=when),
        ),
    }
)
_OF_STOCKS: Mapping[str, Callable[[str], Label]] = MappingProxyType(
    {
        "flows": lambda year: Label(
            message("outstanding at the end of {year}, by the flows", year=year),
            after=message_in("after an amount", "outstanding at the end of {year}, by the flows", year=year),
        ),
        "published": lambda year: Label(
            message("outstanding at the end of {year}, published", year=year),
            after=message_in("after an amount", "outstanding at the end of {year}, published", year=year),
        ),
        "bill": lambda year: Label(
            message("outstanding at the end of {year}, forecast by the budget bill", year=year),
            after=message_in(
                "after an amount", "outstanding at the end of {year}, forecast by the budget bill", year=year
            ),
        ),
        "method": lambda year: Label(
            message("outstanding at the end of {year}, forecast by the method of the budget bill", year=year),
            after=message_in(
                "after an amount",
                "outstanding at the end of {year}, forecast by the method of the budget bill",
                year=year,
            ),
        ),
        "schedule": lambda year: Label(
            message("outstanding at the end of {year}, by the schedule", year=year),
            after=message_in("after an amount", "outstanding at the end of {year}, by the schedule", year=year),
        ),
        "start": lambda year: Label(
            message("outstanding at the end of {year}, before the programme began", year=year),
            after=message_in(
                "after an amount", "outstanding at the end of {year}, before the programme began", year=year
            ),
        ),
    }
)
