"""Years together: weighted by their amounts, and never across a change of scope in silence."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from levier import (
    Appropriations,
    BudgetLine,
    BudgetProgramme,
    Euros,
    Execution,
    ExecutionLine,
    MissingReason,
    Portfolio,
    Source,
    catalogue,
)
from levier.budget import AppropriationKind, BudgetMeasure, BudgetYear, Denominator, change_between, execution_rate
from levier.budget import year as budget_year
from levier.errors import InvalidValueError, ScopeChangedError
from levier.model.periods import Day

COMMITMENT, PAYMENT = AppropriationKind.COMMITMENT, AppropriationKind.PAYMENT


def official(year: int, action: str = "") -> BudgetYear:
    """Return a year of programme 349, from the catalogue."""
    return budget_year(catalogue.action_publique_2022(), 349, year, action=action)


def test_years_weigh_by_their_amounts() -> None:
    """The rate of three years is all that was paid over all that was voted, not the mean of three rates."""
    rate = execution_rate([official(year) for year in (2019, 2020, 2021)], of=PAYMENT, over=Denominator.VOTED)
    paid, voted = 37_596_883 + 71_908_893 + 133_919_661, 160_000_000 + 205_612_575 + 148_743_689
    assert rate.value is not None
    assert abs(Fraction(rate.value) - Fraction(100 * paid, voted)) < Fraction(1, 10**50)
    assert rate.denominator.label.say("fr") == "votés (LFI 2019, 2020, 2021)"
    assert not rate.crosses_scope_change


def test_one_year_together_is_that_year() -> None:
    """A rate over one year is the year's own."""
    year = official(2021)
    one = execution_rate([year], of=COMMITMENT, over=Denominator.OPENED)
    assert one == year.execution_rate(of=COMMITMENT, over=Denominator.OPENED)


def test_a_missing_year_makes_the_whole_missing() -> None:
    """The payments voted in 2018 are unknown, so a rate over 2018 and 2019 is, and the reason names the year."""
    rate = execution_rate([official(2018), official(2019)], of=PAYMENT, over=Denominator.VOTED)
    assert rate.value is None
    assert "voted (initial budget act 2018): not published" in rate.explain("en")


def test_no_year_is_no_rate() -> None:
    """A rate over no year at all is refused."""
    with pytest.raises(InvalidValueError, match="at least one year"):
        execution_rate([], of=PAYMENT, over=Denominator.VOTED)


def test_a_change_of_scope_is_refused() -> None:
    """From 2022 the programme holds other things: comparing across raises, and the message says the way out."""
    years = [official(2021), official(2022)]
    with pytest.raises(ScopeChangedError, match=r"2021, 2022 .*2022: Other actions join.*across_scope_change=True"):
        execution_rate(years, of=PAYMENT, over=Denominator.VOTED)
    with pytest.raises(ScopeChangedError):
        change_between(*years, measure=BudgetMeasure.VOTED, of=PAYMENT)


def test_a_change_of_scope_asked_for_by_name_is_flagged() -> None:
    """Asked for by name, the comparison is made and says what it crosses, in both languages."""
    years = [official(2021), official(2022)]
    rate = execution_rate(years, of=PAYMENT, over=Denominator.VOTED, across_scope_change=True)
    assert rate.crosses_scope_change
    assert rate.explain("fr").endswith("(changement de périmètre)")
    assert rate.explain("en").endswith("(the scope changes)")
    change = change_between(*years, measure=BudgetMeasure.VOTED, of=PAYMENT, across_scope_change=True)
    assert change.crosses_scope_change
    assert change.explain("en").startswith("€35,200,000 more: ")
    assert change.explain("en").endswith("(the scope changes)")
    assert change.explain("fr").endswith("(changement de périmètre)")


def test_an_action_keeps_its_scope() -> None:
    """The fund is action 01 before and after 2022: its years compare."""
    change = change_between(official(2021, "01"), official(2022, "01"), measure=BudgetMeasure.VOTED, of=COMMITMENT)
    assert change.difference.value == Euros(40_000_000)
    assert change.ratio.value == Decimal(200)
    assert not change.crosses_scope_change


def test_a_change_without_a_side_is_missing() -> None:
    """A figure that one year lacks gives no difference, and both sides are said."""
    change = change_between(official(2018), official(2019), measure=BudgetMeasure.VOTED, of=PAYMENT)
    assert change.difference.value is None
    assert change.explain("en").startswith("not computable: voted (initial budget act 2018): not published")
    assert change.explain("fr").startswith("non calculable\u00a0: votés (LFI 2018)")


def test_programmes_together() -> None:
    """Years of several programmes may be taken together: scope is a matter of each."""
    lines = [BudgetLine(year=2021, stage="voted", amounts=Appropriations(1, 1), source_id="s")]
    programmes = [BudgetProgramme(id=code, label="P", lines=lines) for code in (1, 2)]
    plan = Portfolio.of(*programmes, Source(id="s", title="S"))
    rate = execution_rate([budget_year(plan, code, 2021) for code in (1, 2)], of=PAYMENT, over=Denominator.VOTED)
    assert rate.denominator.value == Euros(2)


# ---------------------------------------------------------------- parts of a year


def counted(year: int, paid: int, until: str | None = None) -> BudgetYear:
    """Return a year of a programme that paid so much by a day, of 100 opened."""
    lines = [BudgetLine(year=year, stage="opened", amounts=Appropriations(100, 100), source_id="s")]
    used = [ExecutionLine(year=year, amounts=Execution(paid, paid), until=until, source_id="s")]
    programme = BudgetProgramme(id=1, label="P", lines=lines, executions=used)
    return budget_year(Portfolio.of(programme, Source(id="s", title="S")), 1, year)


def test_a_part_of_a_year_is_not_added_to_a_whole_one() -> None:
    """Years counted whole and in part, or to two days, have no rate together, and the reason names the days."""
    whole, part, other = counted(2023, 90), counted(2024, 50, "2024-11-30"), counted(2025, 60, "2025-11-30")
    for years, days in (((whole, part), "30 November 2024"), ((part, other), "30 November 2024, 30 November 2025")):
        rate = execution_rate(years, of=PAYMENT, over=Denominator.OPENED)
        assert (rate.value, rate.reason) == (None, MissingReason.PART_YEAR)
        assert f"counted over a part of the year ({days})" in rate.explain("en")
    alone = execution_rate([part], of=PAYMENT, over=Denominator.OPENED)
    assert (alone.value, alone.until) == (Decimal(50), Day(2024, 11, 30))
    both = execution_rate([part, counted(2024, 30, "2024-11-30")], of=PAYMENT, over=Denominator.OPENED)
    assert (both.value, both.until) == (Decimal(40), Day(2024, 11, 30))


def test_years_compare_on_the_same_day() -> None:
    """What was paid by one day compares with what was paid by the same day of another year, and with no other count."""
    early, late = counted(2024, 50, "2024-11-30"), counted(2025, 60, "2025-11-30")
    change = change_between(early, late, measure=BudgetMeasure.USED, of=PAYMENT)
    assert (change.difference.value, change.ratio.value) == (Euros(10), Decimal(120))
    assert change.explain("en") == "€10 more: €50 paid by 30 November 2024, €60 paid by 30 November 2025"
    for other in (counted(2025, 60), counted(2025, 60, "2025-09-15")):
        refused = change_between(early, other, measure=BudgetMeasure.USED, of=PAYMENT)
        assert (refused.difference.value, refused.ratio.value) == (None, None)
        assert refused.explain("en").startswith(
            "not computable: paid: counted over a part of the year (30 November 2024"
        )
