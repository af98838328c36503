"""What a question may know: the documents and the days of the day it asks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import CostStatement, Fund, Source
from levier.compute.statements.known import known_fund, known_items
from levier.errors import InvalidValueError
from levier.testing import strategies

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@given(strategies.of(Fund), DAYS, DAYS)
def test_a_fund_of_a_day_knows_no_more_later(fund: Fund, one: date, two: date) -> None:
    """Cut to a day and then to another, a fund is cut to the earlier one; without a day it is whole."""
    early, late = sorted((one, two))
    assert known_fund(known_fund(fund, early), late) == known_fund(fund, early)
    assert known_fund(known_fund(fund, early), early) == known_fund(fund, early)
    assert known_fund(fund, None) is fund


def test_documents_date_what_does_not_say_when_it_was_stated() -> None:
    """With the documents, a statement counts from the day of its own; without them it stays, for nobody can say."""
    costs = [CostStatement(award_id="a", kind="planned", amount=4, source_id=name) for name in ("plan", "audit")]
    sources = {"audit": Source(id="audit", title="Audit", published_on="2021-05")}
    assert known_items(costs, "2021-05-30", sources) == (costs[0],)
    assert known_items(costs, "2021-05-31", sources) == tuple(costs)
    assert known_items(costs, "2000-01-01") == known_items(costs, None) == tuple(costs)


def test_what_is_no_day_is_refused() -> None:
    """A month is no day to ask for."""
    with pytest.raises(InvalidValueError, match="a day such as"):
        known_items([], "2021-05")
    with pytest.raises(InvalidValueError, match="a day such as"):
        known_fund(Fund(id="f", label="F"), "2021-05")
