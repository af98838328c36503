"""Sums of amounts that were accepted are never refused, however large they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from levier import Appropriations, Award, BudgetLine, BudgetProgramme, Euros, Fund, Portfolio, Source, Sourced, budget
from levier.display.markdown import to_markdown
from levier.display.report import report
from levier.fund import AllocationChange, balance
from levier.serialization import dumps, loads


@given(st.lists(st.integers(10**14, 10**15 - 1), min_size=2, max_size=12))
def test_no_total_of_accepted_amounts_is_refused(amounts: list[int]) -> None:
    """Amounts that a fund and a budget accept have totals, balances and reports, however large these are."""
    awards = [
        Award(id=f"a-{n}", label="A", amount=amount, contracted_on="2020-01-01") for n, amount in enumerate(amounts)
    ]
    allocation = Sourced(value=Euros(10**15 - 1), source_id="s")
    changes = [AllocationChange(on="2019-06-01", amount=10**15 - 1, because="more", source_id="s") for _ in amounts]
    fund = Fund(id="f", label="F", allocation=allocation, allocation_changes=changes, awards=awards)
    for award in awards:
        fund = fund.with_commitment(award.id, award.amount or Euros(0), on="2020-02-01")
    lines = [
        BudgetLine(year=2020, stage="voted", title=title, amounts=Appropriations(amount, amount), source_id="s")
        for title, amount in zip(("staff", "other"), amounts, strict=False)
    ]
    plan = Portfolio.of(Source(id="s", title="S"), BudgetProgramme(id=1, label="P", lines=lines), fund)
    assert balance(fund).committed == Euros(sum(amounts))
    voted = budget.year(plan, 1, 2020).amount("voted", "commitment").value
    assert voted == Euros(sum(amounts[:2]))
    for lang in ("fr", "en"):
        assert to_markdown(report(plan, as_of="2021-01-01", lang=lang))
    assert fund.available("2020-12-31") == Euros((10**15 - 1) * (len(amounts) + 1) - sum(amounts))
    closed = fund.with_closing(2020, carried_over=0)
    assert closed.closings[0].lapsed == fund.available("2020-12-31")
    source = Source(id="s", title="S")
    assert loads(dumps(Portfolio.of(closed, source))).funds["f"] == closed
