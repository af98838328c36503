"""
Several documents' statements of one fact: which one is in force, and the status of the others.

Budget documents, annual reports, dashboards and audits restate the same amounts and values. One rule ranks them,
throughout the library:

1. Statements are of one fact if their keys are equal (the caller gives the key: the year, stage, action and titles of a
budget line; the award, kind, nature, owner and period of a saving).
2. The statement of the more trusted kind of document comes first, where statements carry a reliability.
3. Then the latest: by the day it was recorded or stated, or else the day its document was published. An undated
statement counts as earlier than any dated one.
4. Where two statements tie and differ, the fact is disputed. The document's identifier then decides which is shown, so
that the result never depends on the order of a list.

Nothing is dropped: an equal value is restated, an earlier one is superseded, a contradictory one is disputed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from attrs import frozen

from levier.errors.final import final
from levier.model.periods import Day, Period
from levier.model.sources import Reliability, Source

__all__ = ["InForce", "by_fact", "in_force", "stated_day", "trust"]

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_NEVER = Day(1, 1, 1)
_TRUST = (Reliability.OFFICIAL, Reliability.ARTICLE, Reliability.SECONDARY, Reliability.COMPUTED)


@final
@frozen(kw_only=True)
class InForce(Generic[T]):
    """
    The statement of a fact that is in force, and the others.

    *restated* give the same value; *superseded* gave another one earlier or with less trust; *disputed* give another
    one and rank equal. Each is in the order of the rule.

    >>> InForce(statement=3, superseded=(2,)).others
    (2,)
    """

    statement: T
    restated: tuple[T, ...] = ()
    superseded: tuple[T, ...] = ()
    disputed: tuple[T, ...] = ()

    @property
    def others(self) -> tuple[T, ...]:
        """All statements except the one in force."""
        return (*self.restated, *self.superseded, *self.disputed)


def in_force(
    statements: Iterable[T], *, says: Callable[[T], Hashable], sources: Mapping[str, Source] | None = None
) -> InForce[T] | None:
    """
    Return the statement in force among the statements of one fact; `None` where there is no statement.

    *says* returns the value of a statement: statements with equal values do not contradict each other.
    *sources* date the statements that have no date of their own.

    >>> from levier.model.budget import OutstandingStatement
    >>> forecast, count = (
    ...     OutstandingStatement(on="2019-12-31", amount=amount, source_id=source)
    ...     for amount, source in ((50, "bill"), (48, "report"))
    ... )
    >>> published = {"bill": "2019-10-01", "report": "2020-05-01"}
    >>> sources = {name: Source(id=name, title=name, published_on=day) for name, day in published.items()}
    >>> in_force([forecast, count], says=lambda one: one.amount, sources=sources).statement.source_id
    'report'
    """
    ordered = list(statements)
    if len(ordered) <= 1:
        return InForce(statement=ordered[0]) if ordered else None
    documents = {getattr(one, "source_id", None) for one in ordered}
    ordered.sort(key=_document if len(documents) == len(ordered) else _document_and_all)
    ordered.sort(key=lambda one: (trust(one), stated_day(one, sources)), reverse=True)  # stable: ties keep their order
    best, *others = ordered
    said, rank = says(best), (trust(best), stated_day(best, sources))
    restated = tuple(one for one in others if says(one) == said)
    contrary = [one for one in others if says(one) != said]
    disputed = tuple(one for one in contrary if (trust(one), stated_day(one, sources)) == rank)
    superseded = tuple(one for one in contrary if (trust(one), stated_day(one, sources)) != rank)
    return InForce(statement=best, restated=restated, superseded=superseded, disputed=disputed)


def by_fact(
    statements: Iterable[T],
    *,
    about: Callable[[T], K],
    says: Callable[[T], Hashable],
    sources: Mapping[str, Source] | None = None,
) -> dict[K, InForce[T]]:
    """
    Return the statement in force of each fact, in the order in which the facts first appear.

    *about* returns the key of the fact that a statement describes.

    >>> by_fact([3, 4, 3], about=lambda number: number % 2, says=lambda number: number)[1].restated
    (3,)
    """
    facts: dict[K, list[T]] = defaultdict(list)
    for one in statements:
        facts[about(one)].append(one)
    found = {fact: in_force(same, says=says, sources=sources) for fact, same in facts.items()}
    return {fact: chosen for fact, chosen in found.items() if chosen is not None}


def stated_day(statement: Any, sources: Mapping[str, Source] | None = None) -> Day:
    """
    Return the day on which a statement was made; the first day of the calendar where it has no date.

    It is the day it was recorded or stated, or else the day its document was published; of a month or a year, the last
    day.

    >>> from levier.model.savings import CostStatement
    >>> stated_day(CostStatement(award_id="a", kind="planned", amount=4, stated_on="2019-05", source_id="file"))
    Date(2019, 5, 31)
    """
    for name in ("recorded_on", "stated_on"):
        held = getattr(statement, name, None)
        if held is not None:
            return held.known_by if isinstance(held, Period) else held
    source = None if sources is None else sources.get(getattr(statement, "source_id", None) or "")
    published = None if source is None else source.published_on
    return _NEVER if published is None else published.known_by


def trust(statement: Any) -> int:
    """
    Return the rank of a statement's reliability, higher being better; equal for all that carry none.

    >>> from levier.model.appropriations import Execution
    >>> from levier.model.budget_lines import ExecutionLine
    >>> given = {"year": 2021, "amounts": Execution(2, 1), "source_id": "s"}
    >>> trust(ExecutionLine(**given)) > trust(ExecutionLine(**given, reliability="computed"))
    True
    """
    reliability = getattr(statement, "reliability", None)
    return 0 if reliability is None else -_TRUST.index(reliability)


def _document(statement: Any) -> str:
    """Return the last sort key of statements of several documents, where all else is equal."""
    return getattr(statement, "source_id", None) or ""


def _document_and_all(statement: Any) -> tuple[str, str]:
    """Return the sort key where a document makes several statements: the document, then the whole statement."""
    return _document(statement), repr(statement)
