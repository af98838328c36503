"""Observations as they were and as they are: a target that a later document restates is revised, not added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from levier.compute.history.moves import RevisedTarget
from levier.compute.history.naming import Name, name_of, target_name
from levier.compute.history.pairing import Pair
from levier.compute.history.telling import Told, told, told_of_fields
from levier.model.dating import known_since
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio

__all__ = ["told_of_rows"]

_FIRST = Day(1, 1, 1)
_Place: TypeAlias = tuple[str, str, Period]


def told_of_rows(changed: Iterable[Pair], old: Portfolio, new: Portfolio) -> Iterator[Told]:
    """Yield what is to be said of the observations that differ between two portfolios."""
    rows = tuple(changed)
    gone = {_place(before): before for before, after in rows if after is None and _is_target(before)}
    restated = {
        after: _earlier(after, gone, old, new) for before, after in rows if before is None and _is_target(after)
    }
    for before, after in rows:
        yield from _told_of_row(restated.get(after, before), after, old, new)


def _told_of_row(
    before: Observation | None, after: Observation | None, old: Portfolio, new: Portfolio
) -> Iterator[Told]:
    versions = [row for row in (before, after) if row is not None]
    if before is None or after is None or not _is_target(after):
        yield from told(name_of(versions[-1], new, old, versions=versions), before, after)
        return
    name = target_name(after, new, old, versions=versions)
    if before.value != after.value:
        yield name.about, _revised(name, before, after)
    if before.key == after.key:
        yield from told_of_fields(name, before, after, leave=("value",))


def _revised(name: Name, before: Observation, after: Observation) -> RevisedTarget:
    return RevisedTarget(
        subject=name.path,
        label=name.fr,
        label_en=name.en,
        indicator_id=after.indicator_id,
        territory_id=after.territory_id,
        period=after.period,
        before=before.value,
        after=after.value,
        unit=name.speaker.unit(after),
    )


def _earlier(row: Observation, gone: dict[_Place, Observation], old: Portfolio, new: Portfolio) -> Observation | None:
    """Return the target that a new row revises: one that left for it, or the last one known, if its value differs."""
    rivals = old.observations.of(row.indicator_id, territory=row.territory_id, kind=ObservationKind.TARGET)
    known = [gone[_place(row)]] if _place(row) in gone else [rival for rival in rivals if rival.period == row.period]
    earlier = (rival for rival in known if _since(rival, old) <= _since(row, new))
    latest = max(earlier, key=lambda rival: _since(rival, old), default=None)
    return None if latest is None or latest.value == row.value else latest


def _since(row: Observation, portfolio: Portfolio) -> Day:
    known = known_since(row, portfolio.sources)
    return _FIRST if known is None else known.day


def _place(row: Observation) -> _Place:
    return row.indicator_id, row.territory_id, row.period


def _is_target(row: Observation) -> bool:
    return row.kind is ObservationKind.TARGET
