"""Changes by the reform that they concern: its own, those of its projects, of its indicators and of its awards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, final

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.history.changes import ChangedSource
from levier.compute.history.fields import Told
from levier.compute.history.label import label_of, written
from levier.compute.history.moves import AnyChange
from levier.model._converters import TupleOf, as_id_or_none
from levier.model._fields import not_blank, optional
from levier.model.fund import Fund
from levier.model.identifiers import ReformId, reference
from levier.model.indicators import Indicator
from levier.model.observations import Observation
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project, Reform
from levier.wording.explained import Explained
from levier.wording.messages import Listing, message, plural
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["ReformChanges", "grouped"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class ReformChanges(Explained):
    """
    What changed about one reform; without *reform_id*, what changed about none.

    Attributes:
        label: The name, in French.
        label_en: The name in English; empty where there is none.
        changes: The changes.

    >>> print(ReformChanges(label="Hors réforme", label_en="Outside any reform", changes=()).explain("en"))
    Outside any reform
    """

    reform_id: ReformId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    label: str = field(validator=not_blank)
    label_en: str = field(validator=not_blank)
    changes: tuple[AnyChange, ...] = field(converter=TupleOf[AnyChange])

    @property
    def message(self) -> Said:
        """
        Each change on a line of its own, under the name of the reform.

        Values that moved from one document to another as they are share a line, which counts them.
        """
        named = Name(self.reform_id or "", self.label, self.label_en)
        return Listing((named, *self._lines()), _LINES)

    def _lines(self) -> Iterator[Said]:
        alike: dict[object, list[AnyChange]] = defaultdict(list)
        for place, change in enumerate(self.changes):
            alike[change.moved if isinstance(change, ChangedSource) else place].append(change)
        for changes in alike.values():
            first = changes[0]
            if len(changes) > 1 and isinstance(first, ChangedSource):
                yield plural("{n} value: {moved}", "{n} values: {moved}", n=len(changes), moved=first.moved)
            else:
                yield first.message


_LINES = message("{before}\n  {after}", before="", after="")


def grouped(told: Iterable[Told], old: Portfolio, new: Portfolio) -> tuple[ReformChanges, ...]:
    """Return changes by reform, in the order of their identifiers, and those of none last."""
    given = tuple(told)
    values = [value for about, _ in given for value in about]
    reforms = _reforms_by_indicator(values, old, new)
    found: dict[str, list[AnyChange]] = defaultdict(list)
    for about, change in given:
        for reform_id in dict.fromkeys(_reforms_of(about, reforms, old, new)) or ("",):
            found[reform_id].append(change)
    outside = found.pop("", [])
    groups = tuple(_group(reform_id, found[reform_id], old, new) for reform_id in sorted(found))
    name = written(message("Outside any reform"))
    alone = ReformChanges(label=name.label, label_en=name.label_en, changes=outside)
    return (*groups, alone) if outside else groups


def _group(reform_id: str, changes: list[AnyChange], old: Portfolio, new: Portfolio) -> ReformChanges:
    name = label_of((new if reform_id in new.reforms else old).reforms[reform_id]).name
    return ReformChanges(reform_id=reform_id, label=name.label, label_en=name.label_en, changes=changes)


def _reforms_by_indicator(values: Iterable[Any], *portfolios: Portfolio) -> Mapping[str, set[str]]:
    """Return which reforms follow the indicators among some values, by themselves or by one of their projects."""
    wanted = set(filter(None, map(_indicator_of, values)))
    found: dict[str, set[str]] = defaultdict(set)
    for thing in chain.from_iterable(map(_followers, portfolios if wanted else ())):
        for indicator_id in wanted.intersection(thing.indicator_ids):
            found[indicator_id].update(_own_reforms(thing))
    return found


def _followers(portfolio: Portfolio) -> Iterator[Reform | Project]:
    yield from portfolio.reforms.values()
    yield from portfolio.projects.values()


def _indicator_of(value: Any) -> str:
    if isinstance(value, Observation):
        return value.indicator_id
    return value.id if isinstance(value, Indicator) else ""


def _own_reforms(value: Any) -> tuple[str, ...]:
    if isinstance(value, Reform):
        return (value.id,)
    return tuple(filter(None, (getattr(value, "reform_id", None), *getattr(value, "reform_ids", ()))))


def _reforms_of(about: tuple[Any, ...], reforms: Mapping[str, set[str]], *portfolios: Portfolio) -> Iterator[str]:
    """Yield the reforms that values concern: their own, those of their project, their award or their indicator."""
    for value in about:
        yield from _own_reforms(value)
        yield from sorted(reforms.get(_indicator_of(value), ()))
        for project_id in _projects_of(value, about):
            for plan in portfolios:
                yield from _own_reforms(plan.projects.get(project_id))


def _projects_of(value: Any, about: tuple[Any, ...]) -> Iterator[str]:
    award_id = getattr(value, "award_id", None)
    awards = (award for fund in about if award_id and isinstance(fund, Fund) for award in fund.awards)
    for holder in (value, *(award for award in awards if award.id == award_id)):
        project_id = getattr(holder, "project_id", None)
        if project_id is not None:
            yield project_id
