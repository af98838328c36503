"""Milestones keep their first plan and every revision, and are late by their last date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from levier.errors import InvalidValueError
from levier.model.events import Milestone
from levier.model.periods import Period
from levier.testing.scalars import periods

PILOT = Milestone(id="pilot", label="Pilot open", planned="2019-09")


@given(
    st.lists(st.tuples(periods(), st.dates()), max_size=4).map(lambda moves: sorted(moves, key=lambda move: move[1]))
)
def test_every_revision_is_kept(moves: list[tuple[Period, date]]) -> None:
    """The first plan never changes, the date due is that of the last revision, and each revision has its reason."""
    milestone = PILOT
    for number, (planned, decided_on) in enumerate(moves):
        milestone = milestone.revised_to(planned, on=decided_on, because=f"reason {number}")
    assert milestone.planned == PILOT.planned
    assert milestone.due == (moves[-1][0] if moves else PILOT.planned)
    assert [(revision.planned, revision.decided_on) for revision in milestone.revisions] == moves
    assert PILOT.revisions == ()


def test_what_was_decided_later_was_not_known_before() -> None:
    """A milestone is late by the date that held on the day asked about; revisions stand in the order of decisions."""
    moved = PILOT.revised_to("2020-06", on="2019-12-01", because="late contract")
    assert moved.due_on("2019-11-30") == Period("2019-09")
    assert moved.due_on("2019-12-01") == Period("2020-06")
    assert moved.is_late("2019-11-01")
    assert not moved.is_late("2019-12-01")
    with pytest.raises(InvalidValueError, match="a decision not before 2019-12-01"):
        moved.revised_to("2020-01", on="2019-11-01", because="earlier")


@given(periods(), st.dates(), st.none() | st.dates())
def test_late_is_past_and_not_done(due: Period, today: date, done: date | None) -> None:
    """A milestone is late on a day after the last day it was due, unless it was done by then; an open end is never."""
    milestone = Milestone(id="m", label="M", planned=due, done_on=done)
    past = due.last_day is not None and due.last_day < today
    assert milestone.is_late(today) is (past and not (done is not None and done <= today))
    assert milestone.is_late(today) is milestone.is_late(today.isoformat())


@given(st.dates(min_value=date(2019, 10, 1)))
def test_doing_it_ends_the_delay(today: date) -> None:
    """What is done on a day is not late on that day, and was late the day before."""
    assume(today > date(2019, 10, 1))
    done = PILOT.done(today)
    assert PILOT.is_late(today)
    assert not done.is_late(today)
    assert done.is_late(today - timedelta(days=1)) is (today - timedelta(days=1) > date(2019, 9, 30))


@pytest.mark.parametrize("as_of", ["now", "2019-06", 3, None])
def test_lateness_is_asked_of_a_day(as_of: Any) -> None:
    """Nothing reads the clock: asking with anything but a day is refused in our own words."""
    with pytest.raises(InvalidValueError, match=r"^Day: expected "):
        PILOT.is_late(as_of)
