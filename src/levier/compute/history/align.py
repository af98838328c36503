"""
Alignment of two portfolios, or of two lists of parts: each item before and after.

Theory: equal items are set aside first. Of the rest, two items with one key are the same item, changed. Of what is
still left, two statements of one series are the same fact, restated by another document: first those of equal value,
then those that differ. Where several are left on a side, nothing tells which matches which, so they count as removed
and added: a position in a list proves nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

from levier.compute.history.keys import ONE_FACT, key_of, series_key
from levier.compute.history.label import ValueWriter
from levier.compute.statements.in_force import in_force
from levier.model.observations import Observation
from levier.model.portfolio import NOUNS, Portfolio

__all__ = [
    "Pair",
    "align",
    "beyond",
    "find_held",
    "find_superseded",
    "pair_restated",
    "pairs",
    "replaced_documents",
    "said_by",
    "series_of_row",
]

T = TypeVar("T")

Pair: TypeAlias = tuple[Any, Any]
"""An item before and after; `None` where it is absent."""

_VALUES = ("value", "state", "amount", "amounts", "stock", "payments", "lapsed", "share", "years", "text")
"""The fields that hold the value of a statement."""


def pairs(old: Portfolio, new: Portfolio) -> Iterator[Pair]:
    """
    Yield the pairs that differ between two portfolios, registry by registry, then the observations.

    >>> from levier import Method
    >>> plan = Portfolio.of(Method(id="nudge", label="Nudge"))
    >>> [(before and before.id, after and after.id) for before, after in pairs(plan, Portfolio())]
    [('nudge', None)]
    """
    others = new.registries()
    for noun, registry in old.registries().items():
        yield from registry.changes(others[noun])
    yield from old.observations.changes(new.observations)


def align(old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    """
    Return the pairs of parts that differ between two lists: in the old order, then the added ones.

    >>> from levier import Milestone
    >>> pilot, end = (Milestone(id=name, label=name, planned="2019") for name in ("pilot", "end"))
    >>> align([pilot, end], [end, pilot])
    []
    """
    start = next((place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    shared = min(len(old), len(new)) if start is None else start
    gone, come = beyond(old[shared:], new[shared:]), beyond(new[shared:], old[shared:])
    return pair_restated(
        _joined([*((one, None) for one in gone), *((None, one) for one in come)], key_of, lambda one: one)
    )


def pair_restated(found: Iterable[Pair]) -> list[Pair]:
    """
    Pair removed statements with added ones on the same fact; other pairs are unchanged.

    >>> row = Observation(indicator_id="a", period="2020", kind="actual", value=1, source_id="may")
    >>> later = Observation(indicator_id="a", period="2020", kind="actual", value=1, source_id="june")
    >>> [(before.source_id, after.source_id) for before, after in pair_restated([(row, None), (None, later)])]
    [('may', 'june')]
    """
    return _joined(list(found), series_key, said_by)


def beyond(items: Iterable[T], others: Iterable[T]) -> list[T]:
    """
    Return the items that are not among *others*, or that occur more often than there.

    >>> beyond("abb", "bc")
    ['a', 'b']
    """
    left: list[T] = []
    known = Counter(others)
    for item in items:
        known[item] -= 1
        if known[item] < 0:
            left.append(item)
    return left


def said_by(statement: Any) -> tuple[Hashable, ...]:
    """
    Return the value of a statement: what it says about its subject.

    >>> said_by(Observation(indicator_id="a", period="2020", kind="actual", value=1))[0]
    Decimal('1')
    """
    return tuple(getattr(statement, name, None) for name in _VALUES)


def find_held(portfolio: Portfolio, item: Any) -> Any:
    """
    Return the item with the identifier, or the key, of a thing in a portfolio; `None` where there is none.

    >>> from levier import Method
    >>> find_held(Portfolio(), Method(id="nudge", label="Nudge")) is None
    True
    """
    if not isinstance(item, Observation):
        return getattr(portfolio, NOUNS[type(item)]).get(item.id)
    return next((row for row in series_of_row(portfolio, item) if row.key == item.key), None)


def series_of_row(portfolio: Portfolio, row: Observation) -> tuple[Observation, ...]:
    """
    Return the values of a portfolio for what *row* is a value of, in any period and of any document.

    >>> series_of_row(Portfolio(), Observation(indicator_id="a", period="2020", kind="actual", value=1))
    ()
    """
    return portfolio.observations.of(
        row.indicator_id, territory_id=row.territory_id, kind=row.kind, breakdown=row.breakdown
    )


def find_superseded(writer: ValueWriter, statement: Any, held: Iterable[Any]) -> Any:
    """
    Return the statement that a new one revises: the one in force on its fact, if the new one supersedes it.

    `None` where there is none, where both give the same value, and where neither prevails.
    """
    about = series_key(statement)
    if not (writer.in_time and isinstance(statement, ONE_FACT)):
        return None
    known = [other for other in held if series_key(other) == about]
    sources = writer.sources_of(statement, *known)
    before = in_force(known, says=said_by, sources=sources)
    if before is None:
        return None
    after = in_force([before.statement, statement], says=said_by, sources=sources)
    return before.statement if after is not None and after.superseded == (before.statement,) else None


def replaced_documents(before: Any, after: Any) -> tuple[str | None, str | None]:
    """Return the document that was replaced and its replacement; two `None` where none was."""
    if hasattr(before, "source_ids"):
        gone, come = beyond(before.source_ids, after.source_ids), beyond(after.source_ids, before.source_ids)
        return (gone[0], come[0]) if len(gone) == len(come) == 1 else (None, None)
    return getattr(before, "source_id", None), getattr(after, "source_id", None)


def _joined(given: Sequence[Pair], about: Callable[[Any], Hashable], says: Callable[[Any], Hashable]) -> list[Pair]:
    """Pair the items of one side only with those of the other side only, where both are about the same."""
    gone, come = (_alone(given, side, about) for side in (0, 1))
    partner = dict(one for key in gone.keys() & come.keys() for one in _matches(given, gone[key], come[key], says))
    joined = set(partner.values())
    return [
        (before, given[partner[place]][1] if place in partner else after)
        for place, (before, after) in enumerate(given)
        if place not in joined
    ]


def _alone(given: Sequence[Pair], side: int, about: Callable[[Any], Hashable]) -> dict[Hashable, list[int]]:
    """Return the positions of the items of one side only, by subject; an item without a subject is left out."""
    found = _by(
        (place for place, pair in enumerate(given) if pair[1 - side] is None), lambda at: about(given[at][side])
    )
    found.pop(None, None)
    return found


def _matches(
    given: Sequence[Pair], gone: list[int], come: list[int], says: Callable[[Any], Hashable]
) -> Iterator[tuple[int, int]]:
    """Yield the positions of matching items: those with equal values, then two that are left alone."""
    waiting = _by(come, lambda at: says(given[at][1]))
    left: list[int] = []
    for here in gone:
        same = waiting.get(says(given[here][0]))
        if same:
            yield here, same.pop(0)
        else:
            left.append(here)
    others = [there for rest in waiting.values() for there in rest]
    # One left on each side can only be the same fact, revised; of more, nothing tells which became which.
    if len(left) == len(others) == 1:
        yield left[0], others[0]


def _by(items: Iterable[T], key: Callable[[T], Hashable]) -> dict[Hashable, list[T]]:
    found: dict[Hashable, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return dict(found)
