"""What rules share: months that have passed, and sentences that name the first few of several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.compute.checks.rules import first_few, has_passed
from levier.model.periods import Day


@pytest.mark.parametrize("count", range(9))
def test_the_first_five_are_named_and_the_others_counted(count: int) -> None:
    """Up to five parts stand there; of more, how many there are besides, be it one."""
    parts = [f"part {number}" for number in range(count)]
    said = first_few(parts)
    french, english = said.say("fr").split("\u00a0; "), said.say("en").split("; ")
    more = count - 5
    if more > 0:
        s = "s" if more > 1 else ""
        assert (french.pop(), english.pop()) == (f"{more} autre{s}", f"{more} other{s}")
    assert french == english == (parts[:5] or [""])


@given(st.dates(min_value=Day(2000, 1, 1), max_value=Day(2030, 12, 31)), st.integers(0, 30))
def test_months_have_passed_on_the_day_after_their_last(day: Day, months: int) -> None:
    """So many months end on the same day of the month, or on its last one where it is shorter; the next day is past."""
    since = Day(day.year, day.month, day.day)
    last = since.add(months=months)
    assert not has_passed(months, since, last)
    assert has_passed(months, since, last.add(days=1))
