"""Returns name their numerator and their cost, and no savings stated is not a return of zero."""

from __future__ import annotations

import inspect
from decimal import Decimal
from typing import Any

import pytest

from levier import DuplicateItemsError, Euros, InvalidValueError, MixedUnitsError, Saving, catalogue
from levier.compute import Absence, Amount, return_on, total_savings


def saving(amount: int, **more: Any) -> Saving:
    """Return an expected recurrent saving of the State."""
    given = {"kind": "expected", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "s"}
    return Saving(amount=amount, **{**given, **more})


def test_nothing_has_a_default() -> None:
    """Both the savings and the cost must be given, by name."""
    parameters = inspect.signature(return_on).parameters.values()
    assert [(p.name, p.kind, p.default) for p in parameters] == [
        ("savings", inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty),
        ("cost", inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty),
    ]


@pytest.mark.parametrize(
    ("savings", "cost", "expected"),
    [(15, 10, "1.5"), ("53", "100", "0.53"), (Decimal(339_000_000), Euros(687_000_000), "0.5")],
)
def test_the_three_returns_quoted_for_the_fund(savings: Any, cost: Any, expected: str) -> None:
    """1.5 over fund money, 0.53 over whole cost, 0.5 over what was spent: the base makes the return."""
    value = return_on(savings=savings, cost=cost).value
    assert value is not None
    assert round(value, len(expected) - 2) == Decimal(expected)


def test_a_return_names_both_sides() -> None:
    """The explanation says what was saved and what it cost, in both languages."""
    ratio = return_on(
        savings=[saving(30, award_id="a"), saving(30, award_id="b")],
        cost=Amount.of(40, fr="du fonds", en="of fund money"),
    )
    assert ratio.explain("en") == "1.50 = €60 of expected savings (recurrent) / €40 of fund money"
    assert ratio.explain("fr") == "1,50 = 60\u00a0€ d’économies attendues (récurrentes) / 40\u00a0€ du fonds"
    assert ratio.numerator.source_ids == ("s",)
    assert ratio.numerator.caveats == ("declared",)
    assert return_on(savings=1, cost=2).explain("en") == "0.50 = €1 of savings / €2 of cost"


def test_no_savings_is_no_return() -> None:
    """The catalogue states no achieved saving of an award: the return is missing, with the reason, and is not 0."""
    fund = catalogue.action_publique_2022().funds["ftap"]
    stated = [saving for saving in fund.savings if saving.kind == "achieved" and saving.award_id]
    ratio = return_on(savings=stated, cost=700_000_000)
    assert ratio.value is None
    assert ratio.reason is Absence.NOT_PUBLISHED
    assert ratio.explain("en") == "not computable: of savings: not published"


def test_what_the_audit_found() -> None:
    """339 M€ achieved over 687 M€ spent is 0.49, by the audit's own figures."""
    fund = catalogue.action_publique_2022().funds["ftap"]
    achieved = [saving for saving in fund.savings if saving.kind == "achieved"]
    value = return_on(savings=achieved, cost=687_000_000).value
    assert value is not None
    assert round(value, 2) == Decimal("0.49")


@pytest.mark.parametrize("other", [{"kind": "achieved"}, {"nature": "one-off"}, {"whose": "hospitals"}])
def test_savings_of_several_series_do_not_add(other: dict[str, str]) -> None:
    """Expected and achieved, recurrent and one-off, one's money and another's: each series stays apart."""
    with pytest.raises(MixedUnitsError, match="cannot add expected savings"):
        total_savings([saving(1), saving(1, award_id="a", **other)])


def test_a_saving_said_twice_counts_once() -> None:
    """Two statements of one award's saving over one period are refused; two periods add up."""
    with pytest.raises(DuplicateItemsError, match="a, 2021"):
        total_savings([saving(1, award_id="a", period="2021"), saving(2, award_id="a", period="2021")])
    both = total_savings([saving(1, period="2021"), saving(2, period="2022")])
    assert both.value == Euros(3)
    assert both.label_fr == "d’économies attendues (récurrentes)"


@pytest.mark.parametrize(("nature", "fr"), [("one-off", "ponctuelles"), ("unstated", "non précisée")])
def test_the_nature_is_said(nature: str, fr: str) -> None:
    """The name of a sum says whether it recurs, as far as its source does."""
    assert total_savings([saving(1, nature=nature)]).label_fr == f"d’économies attendues ({fr})"


def test_inexact_amounts_are_refused() -> None:
    """A float is no amount, on either side."""
    with pytest.raises(InvalidValueError):
        return_on(savings=1.5, cost=1)
    with pytest.raises(InvalidValueError):
        return_on(savings=1, cost=1.5)
