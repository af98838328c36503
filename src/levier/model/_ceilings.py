"""
The awards that exceed a ceiling, found in one pass over the awards and the ceilings.

Calling `Call.ceiling` for each award takes awards times rules, both of which an attacker who writes a document chooses.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date

from levier.model.awards import Award
from levier.model.calls import Call, RuleKind
from levier.model.money import Euros
from levier.model.periods import Period


def awards_above(call: Call, awards: Iterable[Award]) -> Iterator[Award]:
    """
    Yield the awards that exceed a ceiling that certainly applies to them; see `Call.ceiling`.

    Both are sorted by amount. The periods of the ceilings below the current award are in `_Spans`, which finds in
    logarithmic time whether one of them covers the date of the award.
    """
    ceilings = [
        (rule.amount, rule.period)
        for rule in call.rules
        if rule.kind is RuleKind.CEILING and rule.amount is not None and not rule.owner_kinds
    ]
    always = min((amount for amount, period in ceilings if period is None), default=None)
    dated = deque(sorted((amount.cents, period) for amount, period in ceilings if period is not None))
    lower = _Spans()
    for amount, award in sorted(((each.amount, each) for each in awards if each.amount is not None), key=_cents):
        while dated and dated[0][0] < amount.cents:
            lower.add(dated.popleft()[1])
        when = award.decided_on or call.decided_on or call.opened_on
        if (always is not None and amount > always) or (when is not None and lower.cover(when)):
            yield award


def _cents(pair: tuple[Euros, Award]) -> int:
    return pair[0].cents


class _Spans:
    """Periods none of which covers another: sorted by their first days, they are sorted by their last days too."""

    def __init__(self) -> None:
        self._firsts: list[date] = []
        self._lasts: list[date] = []

    def add(self, period: Period) -> None:
        """Add a period and remove those that it covers; do nothing if one covers it."""
        if self.cover(period):
            return
        first, last = period.first_day or date.min, period.last_day or date.max
        place = end = bisect_right(self._firsts, first)
        while end < len(self._lasts) and self._lasts[end] <= last:
            end += 1
        self._firsts[place:end], self._lasts[place:end] = [first], [last]

    def cover(self, period: Period) -> bool:
        """Return whether one of the periods covers all of *period*."""
        place = bisect_right(self._firsts, period.first_day or date.min)
        return place > 0 and self._lasts[place - 1] >= (period.last_day or date.max)
