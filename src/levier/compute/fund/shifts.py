"""Days and periods so many months later, from a day on: what has begun before that day stays where it is."""

from __future__ import annotations

from typing import final

from attrs import frozen

from levier.errors import InvalidValueError
from levier.model.periods import Day, Period

__all__ = ["Shift"]

_MONTHS = 12
_YEAR_FORM = 4


@final
@frozen(kw_only=True)
class Shift:
    """
    So many months later, or earlier below zero, of what is on the day *since* or after it; of everything without one.

    A day that its new month lacks becomes the last of that month. A year that would no longer be a calendar year
    becomes twelve months.

    >>> Shift(months=6, since=Day(2021, 3, 1)).day(Day(2021, 8, 31))
    Date(2022, 2, 28)
    """

    months: int
    since: Day | None = None

    def day(self, day: Day) -> Day:
        """
        Return where a day comes to lie.

        Raises:
            InvalidValueError: If it would come to lie before the day since which things move.
        """
        if self._stays(day):
            return day
        return self._allowed(day.add(months=self.months), day)

    def period(self, period: Period) -> Period:
        """
        Return where a period comes to lie; one that has begun stays, even if it has not ended.

        Raises:
            InvalidValueError: If it would begin before the day since which things move.
        """
        if self._stays(period.first_day):
            return period
        start, _, end = period.text.partition("/")
        if len(start) == _YEAR_FORM and self.months % _MONTHS:
            start, end = f"{start}-01", end if end == ".." else f"{end or start}-12"
        moved = Period("/".join(dict.fromkeys(self._written(part) for part in (start, end) if part)))
        self._allowed(moved.first_day, period)
        return moved

    def _stays(self, day: Day) -> bool:
        return self.since is not None and day < self.since

    def _written(self, part: str) -> str:
        if part == "..":
            return part
        whole = Day.fromisoformat(part + "-01-01"[len(part) - _YEAR_FORM :])
        return str(whole.add(months=self.months))[: len(part)]

    def _allowed(self, moved: Day, was: Day | Period) -> Day:
        if self._stays(moved):
            expected = f"months that bring {was} to {self.since} or later: what is past does not change"
            raise InvalidValueError("apply", self.months, expected, "changes")
        return moved
