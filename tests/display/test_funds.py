"""The section of funds: what restates a saving is said, and a sum that misses an award says how many it counts."""

from __future__ import annotations

from typing import Any

import pytest

from levier import Award, Call, Fund, Portfolio, Saving, Source
from levier.display.report import report

SOURCES = [
    Source(id=name, title=name.title(), published_on=day)
    for name, day in (("bill", "2019-10-01"), ("audit", "2021-03-01"), ("other-audit", "2021-03-01"))
]


def said(amount: int, source: str, period: str = "2022") -> Saving:
    """Return what one document says of one saving of award a."""
    about = {"kind": "revised", "nature": "recurrent", "whose": "State", "method": "declared"}
    return Saving(award_id="a", amount=amount, period=period, source_id=source, **about)


def shown(*savings: Saving) -> Any:
    """Return the table of savings of a report on a fund of these."""
    fund = Fund(id="f", label="F", awards=[Award(id="a", label="Cloud")], savings=savings)
    made = report(Portfolio.of(fund, *SOURCES), as_of="2022-06-01", lang="en")
    (found,) = (one for section in made.sections for one in section.tables if one.id == "savings-f")
    return found


@pytest.mark.parametrize("order", [1, -1])
def test_a_restated_saving_says_what_it_replaces(order: int) -> None:
    """Every statement has its row, with the year it is of; the note says which of two counts, in whatever order."""
    table = shown(*[said(100, "bill"), said(80, "audit"), said(5, "audit", "2023")][::order])
    assert {row.cells[0].text for row in table.rows} == {"Cloud (2022)", "Cloud (2023)"}
    assert table.notes == ("Cloud (2022), revised: €80 (Audit) replaces €100 (Bill).",)


def test_a_disputed_saving_says_so() -> None:
    """Two documents of one day that disagree are both named."""
    (note,) = shown(said(80, "audit"), said(90, "other-audit")).notes
    assert note == (
        "Cloud (2022), revised: €80 (Audit) and €90 (Other-Audit) contradict each other; "
        "no source settles which is right."
    )


@pytest.mark.parametrize(
    ("amounts", "text"), [((60, 40), "€100"), ((60, None), "€60 (1 of 2)"), ((None, None), "not published")]
)
def test_a_sum_of_awards_says_how_many_it_counts(amounts: tuple[int | None, ...], text: str) -> None:
    """An award without a published amount is no award of zero."""
    awards = [Award(id=f"a{n}", label="A", call_id="c", amount=amount) for n, amount in enumerate(amounts)]
    fund = Fund(id="f", label="F", calls=[Call(id="c", label="C")], awards=awards)
    made = report(Portfolio.of(fund), as_of="2022-06-01", lang="en")
    (calls,) = (one for section in made.sections for one in section.tables if one.id == "calls-f")
    assert calls.rows[0].cells[-1].text == text
