"""Days and periods: strict ISO 8601 in, exactly pendulum's date out, and no moment in between."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidValueError
from levier.model.periods import Day, Period, Precision, as_day, as_period, parse_day
from levier.testing.scalars import period_texts, periods

NEAR = date(2019, 11, 20)

MOMENTS = [
    datetime(2019, 6, 14),  # noqa: DTZ001  # naive on purpose
    pendulum.datetime(2019, 6, 14),  # a subclass of pendulum.Date
    pendulum.naive(2019, 6, 14),
]
NO_DAY = [
    "now",  # nothing reads the clock
    "today",
    "",
    "20190614",  # the compact form
    "2019-W24-5",  # a week date
    "2019-165",  # an ordinal date
    "2019-06-14T00:00",  # a moment
    "2019-06-14 ",  # white space
    "2019-6-14",  # one digit
    "10:00",  # an hour
    "2019-13-01",  # no thirteenth month
    "2019-02-29",  # no leap year
    "0000-01-01",  # no such year
    "٢٠١٩-٠٦-١٤",  # digits, and not ISO 8601's
    "14/06/2019",  # French, and the reader's work
    20190614,
    None,
    *MOMENTS,
]


@given(st.dates())
def test_day_is_its_iso_text(day: date) -> None:
    """Every day of the calendar is read from its ISO text as exactly a pendulum.Date of the same year, month, day."""
    read = parse_day(day.isoformat())
    assert type(read) is pendulum.Date
    assert read == day
    assert parse_day(day) == parse_day(read) == read
    assert type(as_day(day)) is Day


@pytest.mark.parametrize("value", NO_DAY, ids=repr)
def test_what_is_no_day_is_refused(value: Any) -> None:
    """Whatever is not an ISO day is refused as a day, and left alone by the converter for the validator to refuse."""
    with pytest.raises(InvalidValueError, match=r"^Day: expected a day such as '2019-06-14'"):
        parse_day(value)
    assert as_day(value) is value


@pytest.mark.parametrize(
    "value",
    [
        *NO_DAY,
        "2019-00",  # no month 0
        "2019-13",  # no month 13
        "19",  # years have four digits
        "10000",
        "2019/",  # no end
        "/2019",  # no start
        "../2019",  # an unknown start
        "2019/2018",  # ends before it starts
        "2018/2019-06",  # two precisions
        "2018/2019/2020",
        "2018/../2019",
        "2018//2019",
    ],
    ids=repr,
)
def test_what_is_no_period_is_refused(value: Any) -> None:
    """Whatever is no ISO year, month, day or interval is refused as a period, and left alone by the converter."""
    with pytest.raises(InvalidValueError, match=r"^Period: expected "):
        Period(value)
    assert as_period(value) is value


ONE_PERIOD = [
    ("2020", "2020/2020", "2020-01/2020-12", "2020-01-01/2020-12-31"),
    ("2020-02", "2020-02/2020-02", "2020-02-01/2020-02-29"),
    ("2020-02-29", "2020-02-29/2020-02-29"),
    ("2018/2022", "2018-01/2022-12", "2018-01-01/2022-12-31"),
    ("2019-04/2020-03", "2019-04-01/2020-03-31"),
    ("2018/..", "2018-01/..", "2018-01-01/.."),
    ("2019-04/..", "2019-04-01/.."),
]


@pytest.mark.parametrize("texts", ONE_PERIOD, ids=lambda texts: texts[0])
def test_one_period_however_written(texts: tuple[str, ...]) -> None:
    """The texts of the same two days make one period, which is written in the shortest of them."""
    assert {Period(text) for text in texts} == {Period(texts[0])}
    assert {Period(text).text for text in texts} == {texts[0]}
    assert len({hash(Period(text)) for text in texts}) == 1


def test_what_ends_otherwise_is_another_period() -> None:
    """A day more or less, or no end at all, makes another period."""
    others = ["2020", "2020-01/2020-11", "2020-01-02/2020-12-31", "2020-01-01/2020-12-30", "2020/..", "2020/2021"]
    assert len({Period(text) for text in others}) == len(others)
    assert Period("2020/9999") < Period("2020/..")


def bounds_of(text: str) -> tuple[date, date | None]:
    """Return the first and last day of a text, by the day before the next month or year begins."""
    start, _, end = text.partition("/")
    first = date.fromisoformat(start + "-01-01"[len(start) - 4 :])
    last = end or start
    if last == "..":
        return first, None
    if len(last) == 10:
        return first, date.fromisoformat(last)
    year, month = (int(last[:4]), int(last[5:] or 12))
    following = date(year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def spellings(first: date, last: date | None) -> list[str]:
    """Return every text that can be made of two days and names exactly them."""
    starts = [first.isoformat()[:length] for length in (4, 7, 10)]
    ends = [".."] * 3 if last is None else [last.isoformat()[:length] for length in (4, 7, 10)]
    texts = [*starts, *(f"{start}/{end}" for start, end in zip(starts, ends, strict=True))]
    return [text for text in texts if bounds_of(text) == (first, last)]


@given(period_texts(date(1000, 1, 1), date(9998, 12, 31)))
def test_a_period_is_its_bounds(text: str) -> None:
    """Every way to write two days makes one value, the text of which is the shortest of these ways."""
    period = Period(text)
    assert (period.first_day, period.last_day) == bounds_of(text)
    ways = spellings(period.first_day, period.last_day)
    assert text in ways
    assert {Period(way) for way in ways} == {period}
    assert period.text == min(ways, key=len)


@given(period_texts(NEAR, date(2021, 3, 5)), period_texts(NEAR, date(2021, 3, 5)))
def test_equality_hash_order_and_overlap_follow_the_days(one: str, other: str) -> None:
    """Two periods are equal, hashed and ordered as their bounds are, and overlap where they share a day of the list."""
    left, right = Period(one), Period(other)
    ends = [(first, last or date.max, last is None) for first, last in (bounds_of(one), bounds_of(other))]
    assert (left == right) is (ends[0] == ends[1])
    assert (left < right) is (ends[0] < ends[1])
    assert (left <= right) is (ends[0] <= ends[1])
    assert left != right or hash(left) == hash(right)
    assert left.overlaps(right) is bool(days_of(one) & days_of(other))
    assert right.overlaps(one) is left.overlaps(other)


def days_of(text: str) -> set[date]:
    """Return the days of a period, until the one on which all that the strategies draw near 2020 has ended."""
    first, last = bounds_of(text)
    length = ((last or date(2022, 1, 1)) - first).days + 1
    return {first + timedelta(days=number) for number in range(length)}


def test_only_a_period_can_overlap() -> None:
    """Asking about anything else is refused, and a day is asked about as the period of that day."""
    assert Period("2018/..").overlaps(date(9999, 12, 31))
    assert not Period("2018/..").overlaps("2017")
    with pytest.raises(InvalidValueError, match=r"^Period: expected "):
        Period("2018/..").overlaps("2017/2016")


@given(periods())
def test_period_is_its_text(period: Period) -> None:
    """A period is equal to the period of its text, shows as the expression that makes it, and is made but once."""
    assert Period(period.text) == period
    assert Period(period) is period
    assert str(period) == period.text
    assert repr(period) == f"Period({period.text!r})"
    assert period.year == period.first_day.year


@given(st.dates(min_value=date(1, 1, 1)))
def test_partial_dates_reach_from_first_to_last_day(day: date) -> None:
    """A year, a month and a day begin and end where the calendar says, checked by the day after."""
    year, month, single = Period(f"{day:%Y}".zfill(4)), Period(day.isoformat()[:7]), Period(day)
    assert (year.precision, month.precision, single.precision) == (Precision.YEAR, Precision.MONTH, Precision.DAY)
    assert (year.first_day, year.last_day) == (date(day.year, 1, 1), date(day.year, 12, 31))
    assert single.first_day == single.last_day == day
    assert month.first_day == day.replace(day=1)
    assert month.last_day is not None
    assert month.last_day.month == day.month
    assert month.last_day == date.max or (month.last_day + timedelta(days=1)).day == 1
    assert {type(part.first_day) for part in (year, month, single)} == {pendulum.Date}
    assert all(part.covers(day) for part in (year, month, single))


@given(periods(), st.dates())
def test_a_period_covers_the_days_between_its_ends(period: Period, day: date) -> None:
    """A day is covered when it is neither before the first day nor after the last; an open end has no last."""
    after = period.last_day is not None and day > period.last_day
    assert period.covers(day) is not (day < period.first_day or after)
    assert period.covers(day) is period.covers(day.isoformat())


@pytest.mark.parametrize("moment", [*MOMENTS, "garbage", 3], ids=repr)
def test_no_period_covers_a_moment(moment: Any) -> None:
    """Asking whether a moment is covered is refused in our own words, whichever end it would be compared with."""
    for text in ("2019", "2018/.."):
        with pytest.raises(InvalidValueError, match=r"^Day: expected "):
            Period(text).covers(moment)


def test_intervals_include_both_ends() -> None:
    """An interval runs from the first day of its start to the last day of its end, or has none."""
    interval = Period("2018-02/2019-02")
    assert interval.precision is Precision.INTERVAL
    assert (interval.first_day, interval.last_day) == (date(2018, 2, 1), date(2019, 2, 28))
    assert Period("2018/..").last_day is None
    assert Period("2018/..").covers("9999-12-31")
    assert not Period("2018/..").covers("2017-12-31")


@given(st.lists(periods(), max_size=6))
def test_periods_are_ordered_by_their_days(some: list[Period]) -> None:
    """Sorting is by first day, then last day with an open end last; and every pair compares one way only."""
    for left, right in pairwise(sorted(some)):
        assert left <= right
        assert not right < left
        assert (left < right) is (left != right)
        assert (left.first_day, left.last_day or date.max) <= (right.first_day, right.last_day or date.max)


def test_periods_compare_with_periods_only() -> None:
    """A period is never equal to its text, and has no order beside anything else."""
    assert Period("2019") != "2019"
    with pytest.raises(TypeError):
        assert Period("2019") < "2020"
    with pytest.raises(TypeError):
        assert Period("2019") >= 2018


@given(periods(NEAR, date(2021, 3, 5)), st.dates(NEAR, date(2021, 3, 5)))
def test_a_period_starts_by_its_first_day_and_later(period: Period, day: date) -> None:
    """A period has started by a day exactly where its first day is that day or lies before."""
    assert period.starts_by(day) is (bounds_of(period.text)[0] <= day)
