"""
Movements that several documents state: which statements describe one movement, and which of them count.

A movement has no number, so statements are matched by their content.

1. Two documents state one movement where they give the same year, kind, action and titles, the same amounts (as far as
both give them), and a day and a counterpart that are compatible: 12 March lies in March, and a missing one is
compatible with any. It counts once, under the statement in force; a side that only one document gives is taken from it.
A document does not state one movement twice.
2. Among the rest, documents that agree on everything but the amounts (`BudgetMovement.about`) give rival accounts of
one fact. The account in force counts, the others are superseded or disputed.
3. All others are separate movements, and count. Those that look alike are reported, because nothing tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any, TypeAlias

from attrs import evolve

from levier.compute.exact import days_between
from levier.compute.statements.in_force import InForce, by_fact
from levier.model.appropriations import AppropriationKind
from levier.model.budget_lines import BudgetMovement, TitleGroup
from levier.model.money import Euros
from levier.model.periods import Day, Period
from levier.model.sources import Source

__all__ = ["Movement", "known_sides", "look_alikes", "may_be_one_day", "movements_in_force"]

Movement: TypeAlias = InForce[BudgetMovement]
"""A movement: its statement in force, the statements that restate it, and the accounts that it prevails over."""

_Same: TypeAlias = list[BudgetMovement]
"""The statements of one movement, no two of one document."""


def movements_in_force(
    movements: Iterable[BudgetMovement], sources: Mapping[str, Source] | None = None
) -> tuple[Movement, ...]:
    """
    Return the movements of one programme that count, in an order that does not depend on that of the statements.

    >>> from levier import Appropriations
    >>> report, order = (
    ...     BudgetMovement(year=2021, kind="carry-over", on=day, amounts=Appropriations(100, 10), source_id=source)
    ...     for day, source in (("2021-03", "report"), ("2021-03-12", "order"))
    ... )
    >>> [len(movement.restated) for movement in movements_in_force([report, order])]
    [1]
    """
    facts: dict[Any, list[_Same]] = defaultdict(list)
    for same in _matched(movements):
        facts[_about(same)].append(same)
    return tuple(movement for fact in facts.values() for movement in _counted(fact, sources))


def look_alikes(found: Sequence[Movement]) -> Iterator[tuple[BudgetMovement, BudgetMovement]]:
    """
    Yield pairs of movements that all count, although they may be one movement.

    These are two indistinguishable movements of one document, two of different documents that differ only by their
    amounts or their counterpart, or two equal ones of which one belongs to a part of the other's part.
    """
    for one, other in combinations(found, 2):
        if _is_alike(one, other):
            yield one.statement, other.statement


# ---------------------------------------------------------------- statements of one movement


def _matched(movements: Iterable[BudgetMovement]) -> list[_Same]:
    """Return the statements of each movement, the most precise first, so that vaguer ones are matched with them."""
    found: list[_Same] = []
    for one in sorted(movements, key=_vagueness):
        fitting = [same for same in found if all(_are_one(one, other) for other in same)]
        if fitting:  # an identical statement comes first
            min(fitting, key=lambda same: all(other.about != one.about for other in same)).append(one)
        else:
            found.append([one])
    return found


def _vagueness(one: BudgetMovement) -> tuple[Any, ...]:
    missing = sum(one.amounts[of] is None for of in AppropriationKind)
    return missing, _length(one.on), not one.counterpart, str(one.on), one.source_id, repr(one)


def _length(span: Period | None) -> int:
    if span is None or span.first_day is None or span.last_day is None:
        return Day.max.toordinal()
    return days_between(span.first_day, span.last_day)


def _are_one(one: BudgetMovement, other: BudgetMovement) -> bool:
    return (
        one.source_id != other.source_id
        and _part(one) == _part(other)
        and _may_agree(one, other)
        and _same_amounts(one, other)
    )


def _part(one: BudgetMovement) -> tuple[Any, ...]:
    return one.year, one.kind, one.action, one.title


def _may_agree(one: BudgetMovement, other: BudgetMovement) -> bool:
    """Return whether the days and the counterparts of two statements are compatible."""
    apart = one.counterpart and other.counterpart and one.counterpart != other.counterpart
    return not apart and may_be_one_day(one.on, other.on)


def may_be_one_day(one: Period | None, other: Period | None) -> bool:
    """
    Return whether two days are compatible: one is unknown, or known less precisely and contains the other.

    >>> may_be_one_day(Period("2021-03"), Period("2021-03-12")), may_be_one_day(Period("2021-02"), Period("2021-03"))
    (True, False)
    """
    return one is None or other is None or one.overlaps(other)


def _same_amounts(one: BudgetMovement, other: BudgetMovement) -> bool:
    """Return whether two statements give the same amounts; a side that only one of them gives is ignored."""
    # Without a side that both give, amounts prove nothing: then only identical descriptions are one movement.
    known = known_sides(one, other)
    return all(left == right for left, right in known) and (bool(known) or one.about == other.about)


def known_sides(one: BudgetMovement, other: BudgetMovement) -> list[tuple[Euros, Euros]]:
    """
    Return the amounts that two statements both give, side by side.

    >>> from levier import Appropriations
    >>> paid = BudgetMovement(year=2021, kind="virement", amounts=Appropriations(3, 3), source_id="rap")
    >>> known_sides(paid, paid)
    [(Euros('3.00'), Euros('3.00')), (Euros('3.00'), Euros('3.00'))]
    """
    sides = ((one.amounts[of], other.amounts[of]) for of in AppropriationKind)
    return [(left, right) for left, right in sides if left is not None and right is not None]


# ---------------------------------------------------------------- accounts of one fact


def _about(same: _Same) -> tuple[Any, ...]:
    """Return the fact that the statements of a movement describe, as precisely as any of them does."""
    day = min((one.on for one in same), key=_length)
    counterpart = next((one.counterpart for one in same if one.counterpart), "")
    return evolve(same[0], on=day, counterpart=counterpart).about


def _counted(fact: list[_Same], sources: Mapping[str, Source] | None) -> Iterator[Movement]:
    """Yield the movements of the account in force; the first carries the other accounts."""
    accounts = _accounts(fact)
    account_of = {name: place for place, (documents, _) in enumerate(accounts) for name in documents}
    chosen = _ranked((one for same in fact for one in same), lambda one: account_of[one.source_id], sources)
    first, *more = accounts[account_of[chosen.statement.source_id]][1]
    yield evolve(_ranked(first, lambda _: None, sources), superseded=chosen.superseded, disputed=chosen.disputed)
    yield from (_ranked(same, lambda _: None, sources) for same in more)


def _accounts(fact: list[_Same]) -> list[tuple[set[str], list[_Same]]]:
    """Return the accounts of one fact, each with its documents: documents that share a movement form one account."""
    accounts: list[tuple[set[str], list[_Same]]] = []
    for same in fact:
        documents = {one.source_id for one in same}
        joined = [account for account in accounts if account[0] & documents]
        apart = [account for account in accounts if not account[0] & documents]
        held = [one for _, movements in joined for one in movements]
        accounts = [*apart, (documents.union(*(names for names, _ in joined)), [*held, same])]
    return accounts


def _ranked(
    statements: Iterable[BudgetMovement],
    says: Callable[[BudgetMovement], int | None],
    sources: Mapping[str, Source] | None,
) -> Movement:
    (found,) = by_fact(statements, about=lambda _: None, says=says, sources=sources).values()
    return found


# ---------------------------------------------------------------- movements that look alike


def _is_alike(one: Movement, other: Movement) -> bool:
    pairs = tuple(product(_statements(one), _statements(other)))
    left, right = pairs[0]
    if (left.year, left.kind) != (right.year, right.kind) or not all(may_be_one_day(a.on, b.on) for a, b in pairs):
        return False
    may_agree, are_equal = (all(check(a, b) for a, b in pairs) for check in (_may_agree, _same_amounts))
    if _part(left) != _part(right):
        return are_equal and may_agree and _within(left, right)
    is_of_one_document = not _documents(one).isdisjoint(_documents(other))
    return (are_equal and may_agree) if is_of_one_document else (are_equal or may_agree)


def _statements(movement: Movement) -> _Same:
    return [movement.statement, *movement.restated]


def _documents(movement: Movement) -> set[str]:
    return {one.source_id for one in _statements(movement)}


def _within(one: BudgetMovement, other: BudgetMovement) -> bool:
    """Return whether the part of one movement lies within that of the other."""
    actions, titles = {one.action, other.action}, {one.title, other.title}
    return (len(actions) == 1 or "" in actions) and (len(titles) == 1 or TitleGroup.ALL in titles)
