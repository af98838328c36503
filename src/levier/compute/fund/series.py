"""
Series of savings and costs: which statement of each counts, and which do not add up.

A saving is stated by several documents, for several years, for the whole fund and for its awards.
Of one saving (award, kind, nature, owner, period) the statement in force counts, by the one rule of
`levier.compute.statements`. The statements in force add up only within one series, at one level, and where no two share
a day; otherwise an error names the two sides that do not add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from levier.compute._types import asked
from levier.compute.statements.in_force import InForce, by_fact
from levier.compute.statements.known import known_items
from levier.errors import DuplicateItemsError, MixedUnitsError
from levier.model.periods import Day, DayLike, Period
from levier.model.savings import CostStatement, Saving, SavingKind
from levier.model.sources import Source

__all__ = [
    "chronological",
    "costs_in_force",
    "dispute",
    "name_of",
    "one_series",
    "overlaps",
    "refuse_both_levels",
    "refuse_conflicts",
    "refuse_mixed",
    "savings_in_force",
]

_FIRST, _LAST = Day(1, 1, 1), Day(9999, 12, 31)
_KINDS = list(SavingKind)


@asked
def savings_in_force(
    savings: Iterable[Saving], *, as_of: DayLike | None = None, sources: Mapping[str, Source] | None = None
) -> tuple[InForce[Saving], ...]:
    """
    Return the statement in force of each saving, with those that it restates, supersedes or disputes.

    A later statement of the same award, kind, nature, owner and period replaces an earlier one. *sources* date the
    statements that have no date of their own.
    The result is in the order of awards, kinds and periods, whatever the order of *savings*.

    >>> given = {"kind": "revised", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "s"}
    >>> said = [Saving(amount=n, stated_on=year, period="2022", **given) for n, year in ((80, "2021"), (100, "2020"))]
    >>> (found,) = savings_in_force(said)
    >>> found.statement.amount, [one.amount for one in found.superseded]
    (Euros('80.00'), [Euros('100.00')])
    """
    found = by_fact(
        known_items(savings, as_of, sources),
        about=lambda saving: saving.about,
        says=lambda saving: saving.amount,
        sources=sources,
    )
    return tuple(sorted(found.values(), key=lambda one: _place(one.statement)))


@asked
def costs_in_force(
    costs: Iterable[CostStatement], *, as_of: DayLike | None = None, sources: Mapping[str, Source] | None = None
) -> Mapping[tuple[str, str], InForce[CostStatement]]:
    """
    Return the statement in force of each cost, by award and kind: planned, revised and final are three series.

    >>> costs = [
    ...     CostStatement(award_id="a", kind="planned", amount=n, stated_on=year, source_id="s")
    ...     for n, year in ((45, "2020"), (40, "2019"))
    ... ]
    >>> costs_in_force(costs)["a", "planned"].statement.amount
    Euros('45.00')
    """
    return by_fact(
        known_items(costs, as_of, sources),
        about=lambda cost: cost.about,
        says=lambda cost: cost.amount,
        sources=sources,
    )


def one_series(
    savings: Iterable[Saving], *, as_of: DayLike | None = None, sources: Mapping[str, Source] | None = None
) -> tuple[Saving, ...]:
    """
    Return the statement in force of each saving of one series, so that they can be added up or compared.

    Raises:
        MixedUnitsError: For savings of several kinds, natures or owners, or of the whole fund and of its awards.
        DuplicateItemsError: If statements dispute a saving, or two of one saving share a day.

    >>> one_series([])
    ()
    """
    facts = savings_in_force(savings, as_of=as_of, sources=sources)
    found = tuple(fact.statement for fact in facts)
    refuse_mixed(found)
    refuse_both_levels(found)
    refuse_conflicts((*filter(None, map(dispute, facts)), *overlaps(found)))
    return found


def _place(saving: Saving) -> tuple[str, int, Day, Day, str, str]:
    """Return the sort key of a saving: the fund's own first, then by award, kind and period, without a period last."""
    return saving.award_id or "", _KINDS.index(saving.kind), *_days(saving.period), saving.nature, saving.whose


def _days(period: Period | None) -> tuple[Day, Day]:
    return (_LAST, _LAST) if period is None else (period.first_day or _FIRST, period.last_day or _LAST)


def chronological(savings: Iterable[Saving]) -> list[Saving]:
    """Return savings in the order of their periods, those without a period last; the order is otherwise kept."""
    return sorted(savings, key=lambda saving: (_days(saving.period), saving.nature, saving.whose))


def name_of(saving: Saving) -> str:
    """Return the name of a saving in messages: its award, or the fund, and its period."""
    return f"{saving.award_id or 'the fund'}, {saving.period or 'no period'}"


def _said(saving: Saving) -> str:
    return f"{saving.kind.en} savings ({saving.nature.en}, {saving.whose})"


def refuse_mixed(savings: Iterable[Saving]) -> None:
    """
    Raise if savings mix kinds, natures or owners, because such savings do not add up.

    Raises:
        MixedUnitsError: If they do; names both sides.
    """
    series = {(saving.kind, saving.nature, saving.whose): saving for saving in savings}
    if len(series) > 1:
        first, second, *_ = sorted(series, key=lambda key: (_KINDS.index(key[0]), *key[1:]))
        raise MixedUnitsError("add", _said(series[first]), _said(series[second]))


def refuse_both_levels(savings: Iterable[Saving]) -> None:
    """
    Raise if savings of awards stand beside those of the whole fund, which may include them.

    Raises:
        MixedUnitsError: If they do; names both sides.
    """
    named = sorted({saving.award_id or "" for saving in savings})
    if named[:1] == [""] and len(named) > 1:
        held = f"keep those of the fund (award_id is None) or those of {', '.join(named[1:])}"
        raise MixedUnitsError("add", "savings of awards", "savings of the fund as a whole, which may hold them", held)


def refuse_conflicts(conflicts: tuple[str, ...]) -> None:
    """
    Raise if statements of one saving contradict each other, or if a day would count twice.

    Raises:
        DuplicateItemsError: If they do; names the statements.
    """
    if conflicts:
        raise DuplicateItemsError("savings", conflicts, "say when each was stated (stated_on), or keep one of each")


def dispute(fact: InForce[Saving]) -> str:
    """Return the name of a disputed saving, with each statement; empty where it is not disputed."""
    if not fact.disputed:
        return ""
    said = " or ".join(f"{one.amount} ({one.source_id})" for one in (fact.statement, *fact.disputed))
    return f"{name_of(fact.statement)}: {said}"


def overlaps(savings: Iterable[Saving]) -> tuple[str, ...]:
    """
    Return the names of the statements of one saving whose periods share a day; one without a period may share any.

    >>> given = {"kind": "revised", "nature": "one-off", "whose": "State", "method": "declared", "source_id": "s"}
    >>> overlaps(Saving(amount=1, period=period, **given) for period in ("2022", "2022-03", "2023"))
    ('the fund, 2022 and 2022-03',)
    """
    same: dict[tuple[str, ...], list[Saving]] = defaultdict(list)
    for saving in savings:
        same[saving.award_id or "", saving.kind, saving.nature, saving.whose].append(saving)
    pairs = (pair for some in same.values() for pair in combinations(chronological(some), 2))
    return tuple(f"{name_of(one)} and {two.period or 'no period'}" for one, two in pairs if _share(one, two))


def _share(one: Saving, two: Saving) -> bool:
    return one.period is None or two.period is None or one.period.overlaps(two.period)
