"""Milestones keep their first plan and every revision, and are late where a document says so."""

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
    moved = PILOT.revised_to("2020-06", on="2019-12-01", because="late contract").not_done("2019-10-15")
    assert moved.due_on("2019-11-30") == Period("2019-09")
    assert moved.due_on("2019-12-01") == Period("2020-06")
    assert moved.is_late("2019-11-01") is True
    assert moved.is_late("2019-12-01") is False
    with pytest.raises(InvalidValueError, match="a decision not before 2019-12-01"):
        moved.revised_to("2020-01", on="2019-11-01", because="earlier")


@given(periods(), st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_late_is_what_a_document_says(due: Period, today: date, done: date | None, not_done: date | None) -> None:
    """Past its date and not reached, a milestone is late where a document of after says so; else nobody knows."""
    assume(done is None or not_done is None or not_done < done)
    milestone = Milestone(id="m", label="M", planned=due, done_on=done, not_done_on=not_done)
    past = due.last_day is not None and due.last_day < today and not (done is not None and done <= today)
    said = not_done is not None and due.last_day is not None and due.last_day < not_done <= today
    assert milestone.is_late(today) is (False if not past else True if said else None)
    assert milestone.is_late(today) is milestone.is_late(today.isoformat())
    assert milestone.is_done(today) is (done is not None and done <= today)


def test_what_was_reached_is_not_unreached_later() -> None:
    """A document cannot say that a milestone was not reached on the day on which it was, or after it."""
    assert PILOT.not_done("2019-10-01").done("2019-10-02").is_done("2019-10-02")
    for day in ("2019-10-02", "2019-10-03"):
        with pytest.raises(InvalidValueError, match="a day before it was reached, on 2019-10-02"):
            PILOT.done("2019-10-02").not_done(day)


@given(st.dates(min_value=date(2019, 10, 1)))
def test_doing_it_ends_the_delay(today: date) -> None:
    """What is done on a day is not late on that day, and was late the day before if that was known then."""
    assume(today > date(2019, 10, 2))
    missed = PILOT.not_done("2019-10-01")
    done = missed.done(today)
    assert missed.is_late(today) is True
    assert done.is_late(today) is False
    assert done.is_late(today - timedelta(days=1)) is True
    assert PILOT.done(today).is_late(today - timedelta(days=1)) is None


@pytest.mark.parametrize("as_of", ["now", "2019-06", 3, None])
def test_lateness_is_asked_of_a_day(as_of: Any) -> None:
    """Nothing reads the clock: asking with anything but a day is refused in our own words."""
    with pytest.raises(InvalidValueError, match=r"^Day: expected "):
        PILOT.is_late(as_of)


@pytest.mark.parametrize(("today", "is_late"), [("2019-09-30", False), ("2019-10-14", None), ("2019-10-15", True)])
def test_a_milestone_is_missed_from_the_day_that_says_so(today: str, is_late: bool | None) -> None:
    """Until its date has passed it is not late; then nobody knows, up to the day on which it was found not done."""
    assert PILOT.not_done("2019-10-15").is_late(today) is is_late
