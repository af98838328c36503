"""The checks of a fund that its author would write in Python: its calls are known, and its money is there."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import Any

from levier.fund import EntryKind

__all__ = ["covered"]

COMMITMENT, PAYMENT, RECOVERY = EntryKind.COMMITMENT, EntryKind.PAYMENT, EntryKind.RECOVERY


def covered(fund: Any) -> bool:  # noqa: C901, PLR0911, PLR0912  # in one piece it is fastest
    """Return whether the calls of a fund are known, and no entry overdraws its award or the allocation."""
    calls = {call.id for call in fund.calls}
    if {each.call_id for each in chain(fund.awards, fund.applications)} - calls - {None}:
        return False
    awards = {award.id: award for award in fund.awards}
    committed: dict[str, Decimal] = defaultdict(Decimal)
    paid: dict[str, Decimal] = defaultdict(Decimal)
    back: dict[str, Decimal] = defaultdict(Decimal)  # what came back and is not released
    has_limit, room, moves = fund.allocation is not None, Decimal(), _moves(fund)
    for entry in sorted(fund.entries, key=attrgetter("on")):
        on, kind, amount, award = entry.on, entry.kind, entry.amount, awards.get(entry.award_id)
        if award is None:
            return False
        name = award.id
        if kind is RECOVERY:
            if amount > paid[name]:
                return False
            paid[name] -= amount
            back[name] += amount
            continue
        if award.contracted_on is None or on < award.contracted_on:
            return False
        if kind is PAYMENT:
            paid[name] += amount
            if paid[name] + back[name] > committed[name]:
                return False
            continue
        while moves and moves[-1][:2] < (on, True):
            room += moves.pop()[2]
            if room < 0:
                return False
        if kind is COMMITMENT:
            committed[name] += amount
            room -= amount
            if award.amount is None or committed[name] > award.amount or (has_limit and room < 0):
                return False
        else:
            committed[name] -= amount
            room += amount
            back[name] -= min(amount, back[name])
            if committed[name] < paid[name]:
                return False
    return not has_limit or room + sum(amount for _, _, amount in moves) >= 0


def _moves(fund: Any) -> list[tuple[date, bool, Decimal]]:
    """Return the changes of what a fund may commit, the last one first; increases come before cuts on a day."""
    if fund.allocation is None:
        return []
    changes = [(each.on, each.amount < 0, each.amount) for each in fund.allocation_changes]
    lapsed = [(date(each.year, 12, 31), True, -each.lapsed) for each in fund.closings]
    return sorted([(date.min, False, fund.allocation.value), *changes, *lapsed], reverse=True)
