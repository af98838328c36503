"""
What remains to be paid of an award, and what may be released of it, after money came back.

The theory. A decommitment releases money that came back first, and unpaid commitments only beyond it. So what was ever
released of unpaid commitments is the highest value that decommitments minus recoveries have reached, and not their last
value: a recovery that follows a decommitment does not undo it. With `x` = commitments − payments, `y` = decommitments −
recoveries, and `top` = the highest `y` so far, zero at least:

- `x − top` remains to be paid; it is never below zero if the entries are lawful;
- `top − y` came back and is not yet released;
- `x − y`, their sum, may be decommitted.

All amounts are in cents. Flows count by day; those of one day stay in the given order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TypeAlias

from levier.model.periods import Day

Flow: TypeAlias = tuple[Day, int, int]
"""A day, with what an entry of it adds to commitments − payments and to decommitments − recoveries."""


def least_unpaid(flows: Iterable[Flow], on: Day) -> int:
    """Return the lowest amount that remains to be paid from the end of a day on."""
    return min(x - top for x, _, top in _from_the_end_of(on, flows))


def most_released(flows: Iterable[Flow], on: Day) -> int:
    """Return the highest decommitment on a day that leaves enough for every later payment and decommitment."""
    points = list(_from_the_end_of(on, flows))[::-1]
    least = accumulate((x for x, _, _ in points), min)  # of a day and of all later ones
    return min(x - y for x, (_, y, _) in zip(least, points, strict=True))


def recovered_parts(flows: Sequence[Flow]) -> dict[int, int]:
    """Return the part of each decommitment that releases money that came back, by index; those without are omitted."""
    y = top = 0
    parts: dict[int, int] = {}
    for index in sorted(range(len(flows)), key=lambda index: flows[index][0]):
        released = flows[index][2]
        y += released
        beyond = max(y - top, 0)
        top += beyond
        if released > beyond:
            parts[index] = released - beyond
    return parts


def _from_the_end_of(on: Day, flows: Iterable[Flow]) -> Iterator[tuple[int, int, int]]:
    """Yield commitments − payments, decommitments − recoveries, and the highest of these: on a day, then after each."""
    x = y = top = 0
    is_later = False
    for day, paid, released in sorted(flows, key=itemgetter(0)):
        if day > on:
            if not is_later:
                yield x, y, top
            is_later = True
        x, y = x + paid, y + released
        top = max(top, y)
        if is_later:
            yield x, y, top
    if not is_later:
        yield x, y, top
