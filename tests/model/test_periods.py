"""Days and periods: strict ISO 8601 in, exactly pendulum's date out, and no moment in between."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Project
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
        "../..",  # no end at all
        "..",
        "../2019/..",
        "2019-Q0",  # no such quarter
        "2019-Q5",
        "2019-S3",  # no third half
        "2019-T1",  # the French letter of a quarter
        "2019-W00",
        "2019-W53",  # 2019 has 52 weeks
        "2019-W5",  # one digit
        "9999-W53",
        "2022-2024-SY",  # not two years that follow each other
        "2022-2023",  # an interval, or a school year?
        "9999-10000-SY",
        "0000-2000-SY",
        "2019-Q1/2019-S2",  # two forms
        "2019-Q1/2019-06",
        "2019-Q2/2019-Q1",
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
    ("2019-04/..", "2019-04-01/..", "2019-Q2/.."),
    ("../2019", "../2019-12", "../2019-12-31", "../2019-Q4", "../2019-S2"),
    ("../2019-08", "../2018-2019-SY"),
    ("2023-Q1", "2023-01/2023-03", "2023-01-01/2023-03-31", "2023-Q1/2023-Q1"),
    ("2023-S2", "2023-07/2023-12", "2023-07-01/2023-12-31", "2023-Q3/2023-Q4"),
    ("2023", "2023-S1/2023-S2", "2023-Q1/2023-Q4"),
    ("2023-01/2023-09", "2023-Q1/2023-Q3"),
    ("2022-07/2023-06", "2022-S2/2023-S1"),
    ("2022-2023-SY", "2022-09/2023-08", "2022-09-01/2023-08-31", "2022-2023-SY/2022-2023-SY"),
    ("2020-09/2023-08", "2020-2021-SY/2022-2023-SY"),
    ("2023-W05", "2023-01-30/2023-02-05", "2023-W05/2023-W05"),
    ("2020-W53", "2020-12-28/2021-01-03"),
    ("2019-W01", "2018-12-31/2019-01-06"),
    ("2023-01-30/2023-02-12", "2023-W05/2023-W06"),
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


def bounds_of(text: str) -> tuple[date | None, date | None]:
    """Return the first and last day of a text, counted day by day from the dates of its ends; `None` is open."""
    start, _, end = text.partition("/")
    first = None if start == ".." else min(days_named(start))
    return first, None if end == ".." else max(days_named(end or start))


def days_named(name: str) -> list[date]:
    """Return the days that bear a name: each day of three years around it is asked for its names."""
    if len(name) == 10:
        return [date.fromisoformat(name)]
    begin = date(max(int(name[:4]) - 1, 1), 12, 25)
    return [day for number in range(640) if name in names_of(day := begin + timedelta(days=number))]


def names_of(day: date) -> set[str]:
    """Return the names of every period of the calendar in which a day lies."""
    year, week, _ = day.isocalendar()
    autumn = day.year - (day.month < 9)
    of_year = {"", f"-{day.month:02}", f"-Q{1 + (day.month - 1) // 3}", f"-S{1 + (day.month > 6)}"}
    return {f"{day.year:04}{rest}" for rest in of_year} | {f"{year:04}-W{week:02}", f"{autumn:04}-{autumn + 1:04}-SY"}


def spellings(first: date | None, last: date | None) -> list[str]:
    """Return every text that can be made of two days and names exactly them, those of one name first."""
    names = sorted(names_of(first) & names_of(last)) if first and last else []
    starts = [".." if first is None else first.isoformat()[:length] for length in (4, 7, 10)]
    ends = [".." if last is None else last.isoformat()[:length] for length in (4, 7, 10)]
    texts = [*names, *(f"{start}/{end}" for start, end in zip(starts, ends, strict=True)), starts[-1]]
    return [text for text in texts if text != ".." and bounds_of(text) == (first, last)]


@given(period_texts(date(1000, 1, 1), date(9996, 12, 31)))
def test_a_period_is_its_bounds(text: str) -> None:
    """Every way to write two days makes one value; its text is the name of these days, else the shortest interval."""
    period = Period(text)
    assert (period.first_day, period.last_day) == bounds_of(text)
    ways = spellings(period.first_day, period.last_day)
    assert {Period(way) for way in ways} == {period}
    assert {Period(way).text for way in (text, *ways)} == {min(ways, key=lambda way: ("/" in way, len(way)))}


@given(period_texts(NEAR, date(2021, 3, 5)), period_texts(NEAR, date(2021, 3, 5)))
def test_equality_hash_order_and_overlap_follow_the_days(one: str, other: str) -> None:
    """Two periods are equal, hashed and ordered as their bounds are, and overlap where they share a day of the list."""
    left, right = Period(one), Period(other)
    ends = [ordered(*bounds_of(text)) for text in (one, other)]
    assert (left == right) is (ends[0] == ends[1])
    assert (left < right) is (ends[0] < ends[1])
    assert (left <= right) is (ends[0] <= ends[1])
    assert left != right or hash(left) == hash(right)
    assert left.overlaps(right) is bool(days_of(one) & days_of(other))
    assert right.overlaps(one) is left.overlaps(other)
    assert left.contains(other) is (days_of(other) <= days_of(one))


def ordered(first: date | None, last: date | None) -> tuple[bool, date, date, bool]:
    """Return what two days are ordered by: an open start before any day, an open end after all."""
    return first is not None, first or date.min, last or date.max, last is None


def days_of(text: str) -> set[date]:
    """Return the days of a period, among those on which all that the strategies draw near 2020 begins and ends."""
    first, last = bounds_of(text)
    start, end = first or date(2017, 1, 1), last or date(2024, 1, 1)
    return {start + timedelta(days=number) for number in range((end - start).days + 1)}


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
    assert period.year == (period.first_day or period.known_by).year


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
    """A day is covered when it is neither before the first day nor after the last; an open end has none."""
    after = period.last_day is not None and day > period.last_day
    before = period.first_day is not None and day < period.first_day
    assert period.covers(day) is not (before or after)
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
        assert ordered(left.first_day, left.last_day) <= ordered(right.first_day, right.last_day)


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
    first = bounds_of(period.text)[0]
    assert period.starts_by(day) is (first is None or first <= day)


NAMED = [
    ("2023", Precision.YEAR, "2024", "2022"),
    ("2023-S1", Precision.HALF_YEAR, "2023-S2", "2022-S2"),
    ("2023-Q4", Precision.QUARTER, "2024-Q1", "2023-Q3"),
    ("2023-12", Precision.MONTH, "2024-01", "2023-11"),
    ("2020-W53", Precision.WEEK, "2021-W01", "2020-W52"),
    ("2024-02-29", Precision.DAY, "2024-03-01", "2024-02-28"),
    ("2022-2023-SY", Precision.SCHOOL_YEAR, "2023-2024-SY", "2021-2022-SY"),
    ("2019-04/2019-05", Precision.INTERVAL, "2019-06/2019-07", "2019-02/2019-03"),
]


@pytest.mark.parametrize(("text", "precision", "later", "earlier"), NAMED, ids=str)
def test_each_period_has_a_precision_and_neighbours(text: str, precision: Precision, later: str, earlier: str) -> None:
    """What the calendar names has its precision, and the next and the previous one are named in the same way."""
    assert Period(text).precision is precision
    assert (Period(text).next.text, Period(text).previous.text) == (later, earlier)


@given(periods(date(2, 1, 1), date(9990, 12, 31)))
def test_next_and_previous_are_adjacent_and_undo_each_other(period: Period) -> None:
    """The next period begins on the day after, has the same precision, and is preceded by this one."""
    first, last = period.first_day, period.last_day
    is_moved = first is not None and last is not None and (period.length_months or period.precision is not INTERVAL)
    if (
        not is_moved
        or first is None
        or last is None
        or 2 * (last - first).days > min((first - date.min).days, (date.max - last).days)
    ):
        return
    assert period.next.first_day == last + timedelta(days=1)
    assert period.next.length_months == period.length_months
    assert period.next.previous == period
    assert period.previous.next == period
    if period.precision is not INTERVAL:
        assert period.next.precision is period.precision


INTERVAL = Precision.INTERVAL


@given(periods(date(1000, 1, 1), date(3000, 1, 1)), st.integers(-5000, 5000), st.integers(-5000, 5000))
def test_months_add_up(period: Period, some: int, more: int) -> None:
    """To move by some months and then by more is to move by both; a period of other days is refused."""
    if period.is_of_whole_months and (period.last_day is None or period.last_day.year < 8000):
        moved = period.plus(months=some).plus(months=more)
        assert moved == period.plus(months=some + more)
        assert moved.last_month - period.last_month == some + more
        assert moved.length_months == period.length_months
    else:
        with pytest.raises(InvalidValueError):
            period.plus(months=100_000)


@given(periods(date(2015, 1, 1), date(2025, 12, 31)), st.sampled_from(Precision))
def test_parts_fill_a_period(period: Period, precision: Precision) -> None:
    """Parts are of the precision asked for, follow each other, and make the whole; else they are refused."""
    first, last = period.first_day, period.last_day
    if first is None or last is None:
        days: set[str] = set()
    else:
        days = {str(first + timedelta(days=number)) for number in range((last - first).days + 1)}
    try:
        parts = period.parts(precision)
    except InvalidValueError:
        named = {name for day in days for name in names_of(date.fromisoformat(day)) if of_precision(name) is precision}
        assert not days or precision is INTERVAL or {str(d) for name in named for d in days_named(name)} != days
        return
    assert {part.precision for part in parts} == {precision}
    assert all(one.next == other for one, other in pairwise(parts))
    assert (parts[0].first_day, parts[-1].last_day) == (first, last)


def of_precision(name: str) -> Precision:
    """Return what a name is the name of."""
    by_letter = {"Q": Precision.QUARTER, "S": Precision.HALF_YEAR, "W": Precision.WEEK}
    if name.endswith("SY"):
        return Precision.SCHOOL_YEAR
    return by_letter.get(name[5:6]) or {4: Precision.YEAR, 7: Precision.MONTH}[len(name)]


def test_parts_and_lengths_of_the_calendar() -> None:
    """A year has two halves, four quarters, twelve months; a school year twelve months and no calendar quarters."""
    year, school = Period("2024"), Period("2023-2024-SY")
    assert [len(year.parts(each)) for each in ("half-year", "quarter", "month", "day", "year")] == [2, 4, 12, 366, 1]
    assert [str(month) for month in Period("2024-Q1").parts("month")] == ["2024-01", "2024-02", "2024-03"]
    assert len(school.parts("month")) == 12
    assert school.parts("school-year") == (school,)
    assert [len(Period("2024-W01/2024-W03").parts(each)) for each in ("week", "day")] == [3, 21]
    assert [Period(text).length_months for text in ("2024-S2", "2024-2025-SY", "2018/2022", "2024-W01", "../2019")] == [
        6, 12, 60, None, None,
    ]  # fmt: skip
    for text, precision in [
        ("2024", "week"), ("2024-02", "week"), ("2023-2024-SY", "quarter"), ("2024/..", "year"), ("../2024", "year"),
        ("2024", "interval"), ("2024-Q1", "year"), ("9999", "school-year"), ("9999-S2", "school-year"),
    ]:  # fmt: skip
        with pytest.raises(InvalidValueError, match="consists of whole"):
            Period(text).parts(precision)
    assert Period("9999").parts("half-year")[1] == Period("9999-S2")


@pytest.mark.parametrize(
    ("text", "step"),
    [("9999-Q4", "next"), ("9999-12-31", "next"), ("0001-W01", "previous"), ("0001", "previous"), ("2018/..", "next")],
)
def test_nothing_moves_out_of_the_calendar(text: str, step: str) -> None:
    """Past the years 1 to 9999, and without an end, there is no next or previous period."""
    with pytest.raises(InvalidValueError, match=r"^Period: expected "):
        getattr(Period(text), step)


def test_a_calendar_has_a_first_day() -> None:
    """A field that needs a beginning takes a period without an end, and refuses one without a start, or no period."""
    assert Project(id="p", label="P", calendar="2019/..").calendar == Period("2019/..")
    for wrong in ("../2019", "someday"):
        with pytest.raises(InvalidValueError, match=r"^Project 'p'\.calendar: expected a"):
            Project(id="p", label="P", calendar=wrong)


def test_weeks_and_days_do_not_move_by_months() -> None:
    """A month later is no week and no day for sure, so both are refused; they have a next one."""
    for text in ("2019-W05", "2019-01-31", "2019-01-31/2019-02-04"):
        with pytest.raises(InvalidValueError, match="whole months"):
            Period(text).plus(months=1)
    with pytest.raises(InvalidValueError, match="whole months, a week or a day"):
        assert Period("2019-01-31/2019-02-04").next
    assert Period("2019-W05").next == Period("2019-W06")


@pytest.mark.parametrize("months", [1.5, "3", True, None])
def test_only_whole_months_move_a_period(months: Any) -> None:
    """A number of months is a whole number, and open ends stay open."""
    with pytest.raises(InvalidValueError, match="whole number of months"):
        Period("2019").plus(months=months)
    assert Period("../2019").plus(months=3) == Period("../2020-03")
    assert Period("2019/..").plus(months=3) == Period("2019-04/..")


def test_an_open_start_is_before_all() -> None:
    """Without a start, every day up to the end is covered; nothing is known before that end."""
    until = Period("../2019")
    assert (until.first_day, until.last_day, until.year) == (None, date(2019, 12, 31), 2019)
    assert until.precision is INTERVAL
    assert until.starts_by("0001-01-01")
    assert until.covers("0001-01-01")
    assert not until.covers("2020-01-01")
    assert not until.is_since("0001-01-01")
    assert until.is_before("2020-01-01")
    assert until.known_by == until.known_from == date(2019, 12, 31)
    assert until.last_month == 2019 * 12 + 11
    assert until < Period("0001") < Period("0001/..")
    assert until.contains("1990/2000")
    assert not until.contains("2018/..")
    assert not Period("0001/2019").contains(until)
    assert Period("2018/..").overlaps(until)
    assert not Period("2020/..").overlaps(until)
    assert Period("../2019") > Period("../2018")
