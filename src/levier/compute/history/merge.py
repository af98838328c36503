"""
Merging of portfolios: items of one portfolio only are added, equal items are kept once, the others are conflicts.

Two values of one series whose periods overlap without being equal are both kept, because either may be right when read
alone; that a sum would count some days twice is a conflict too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias, cast

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.history.align import find_held, pairs, series_of_row
from levier.compute.history.base_changes import LabelledChange
from levier.compute.history.keys import differing, item_path
from levier.compute.history.label import item_label, written
from levier.compute.history.plan_changes import AnyChange
from levier.compute.history.thing_diff import changes_of
from levier.compute.indicators.aggregation import NEVER_ADDED
from levier.errors.final import final
from levier.model._converters import TupleOf
from levier.model._fields import flag, instance_of
from levier.model.observations import Observation, ObservationKind
from levier.model.portfolio import Noun, Portfolio
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, lines, message, message_in
from levier.wording.said import Said, Value
from levier.wording.values import Name

__all__ = ["Conflict", "Merger", "merge"]

_Overlap: TypeAlias = tuple[Observation, Observation]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Conflict(LabelledChange):
    """
    An item that portfolios hold differently, or two values of a series that must not be added up.

    *things* are the versions, without repetition, in the order of the portfolios: the first is kept, and
    `merger.portfolio.with_(conflict.things[1])` replaces it with the second.
    *fields* are the names of the fields that differ, empty where the classes differ; *changes* lead from the version
    kept to each of the others.
    With *overlap*, *things* are two actual values of one series whose periods overlap; both are kept.

    Attributes:
        subject: The path of the item, such as `projects/franceconnect`.
        label: The name of the item, in French.
        label_en: The name in English; empty where there is none.

    >>> from levier import Method
    >>> plans = [Portfolio.of(Method(id="nudge", label=label)) for label in ("Nudge", "Incitation")]
    >>> conflict = merge(*plans).conflicts[0]
    >>> conflict.sentence("en")
    "Method 'Nudge', label: Nudge kept, Incitation discarded"
    """

    fields: tuple[str, ...] = field(converter=TupleOf[str])
    things: tuple[Noun | Observation, ...] = field(converter=TupleOf[Noun | Observation])
    changes: tuple[AnyChange, ...] = field(default=(), converter=TupleOf[AnyChange])
    overlap: bool = field(default=False, validator=flag)

    @property
    def message(self) -> Said:
        """The version kept and the others, side by side."""
        if self.overlap:
            return about(_overlap(cast("Observation", self.things[1])), self.called)
        if not self.fields:
            return about(message("versions differ"), self.called)
        told = self._side_by_side()
        first = told.pop(_OF_ITSELF, None)
        parts = (about(items(*words), name) for name, words in told.items())
        if first is None:
            return items(self.called, clauses(*parts))
        return about(clauses(items(*first), *parts), self.called)

    def _side_by_side(self) -> dict[Name, dict[Said, None]]:
        """Return the version kept and the others, each once, by the part that differs."""
        found: dict[Name, dict[Said, None]] = defaultdict(dict)
        for change in self.changes:
            of = found[self._part(change)]
            before, after = change.sides
            if before is not None:
                of[_kept(before)] = None
            if after is not None:
                of[_discarded(after)] = None
        return found

    def _part(self, change: AnyChange) -> Name:
        """Return the part of the item that a change is about; empty for the item itself."""
        name = written(change.about)
        whole = f"{self.label}, ", f"{self.label_en}, "
        label, english = (
            f"{text}, ".removeprefix(own).removesuffix(", ")
            for text, own in zip((name.label, name.label_en), whole, strict=True)
        )
        return Name("", label, english)


_OF_ITSELF = Name("")


def _kept(side: Value) -> Message:
    return message_in("version", "kept") if side == items() else message_in("version", "{value} kept", value=side)


def _discarded(side: Value) -> Message:
    return (
        message_in("version", "discarded")
        if side == items()
        else message_in("version", "{value} discarded", value=side)
    )


def _overlap(other: Observation) -> Message:
    return message(
        "overlaps another period ({period}); both values are kept, a sum would count the shared days twice",
        period=other.period,
    )


@final
@frozen(kw_only=True, field_transformer=by_type)
class Merger(Explained):
    """
    The merged portfolio, and the conflicts; in each conflict, the version of the first portfolio is kept.

    Attributes:
        portfolio: The merged portfolio.
        conflicts: The items that the portfolios hold differently.

    >>> merge(Portfolio(), Portfolio()).conflicts
    ()
    """

    portfolio: Portfolio = field(validator=instance_of(Portfolio))
    conflicts: tuple[Conflict, ...] = field(default=(), converter=TupleOf[Conflict])

    @property
    def message(self) -> Said:
        """Every conflict on a line of its own."""
        return lines(*(one.message for one in self.conflicts)) if self.conflicts else message("No conflict")


@asked
def merge(*portfolios: Portfolio) -> Merger:
    """
    Return the union of portfolios; in a conflict, the version of the first one is kept.

    It is a union: an item that one portfolio no longer holds is there if another holds it.
    Actual values of one series from two portfolios, one for the year and one for a month of it, are both kept, with a
    conflict, except percentages, shares, ratios and marks, which are never summed.
    References are resolved over the whole union.

    >>> from levier import Lever, Project
    >>> plans = Portfolio.of(Lever(id="digital", label="Digital")), Portfolio.of(Project(id="p", label="P"))
    >>> len(list(merge(*plans).portfolio))
    2
    """
    whole, *others = portfolios or (Portfolio(),)
    rivals, overlaps = dict[str, list[Any]](), list[_Overlap]()
    for portfolio in others:
        found = tuple(pairs(whole, portfolio))
        for kept, other in found:
            if kept is not None and other is not None:
                versions = rivals.setdefault(item_path(kept), [kept])
                versions.extend([other] if other not in versions else [])
        added = [come for kept, come in found if kept is None]
        overlaps += _overlaps(whole, portfolio, added)
        whole = whole.with_(*added)
    return Merger(portfolio=whole, conflicts=(*_conflicts(whole, rivals), *_conflicts_of_overlaps(whole, overlaps)))


def _overlaps(whole: Portfolio, portfolio: Portfolio, added: Iterable[Any]) -> Iterator[_Overlap]:
    """Yield the values that share days with another portfolio's value; overlaps within one portfolio are its own."""
    for row in added:
        if isinstance(row, Observation) and row.kind is ObservationKind.ACTUAL and row.value is not None:
            for rival in series_of_row(whole, row):
                units = {each.indicators[row.indicator_id].unit for each in (whole, portfolio)}
                if _share_days(rival, row) and not units <= NEVER_ADDED and find_held(portfolio, rival) is None:
                    yield (rival, row) if (rival.period, rival.key) < (row.period, row.key) else (row, rival)


def _share_days(one: Observation, other: Observation) -> bool:
    return one.value is not None and one.period != other.period and one.period.overlaps(other.period)


def _conflicts_of_overlaps(whole: Portfolio, overlaps: Iterable[_Overlap]) -> Iterator[Conflict]:
    for first, other in overlaps:
        name = item_label(first, whole).name
        yield Conflict(
            subject=item_path(first),
            label=name.label,
            label_en=name.label_en,
            fields=("period",),
            things=(first, other),
            overlap=True,
        )


def _conflicts(whole: Portfolio, rivals: dict[str, list[Any]]) -> Iterator[Conflict]:
    for path, versions in rivals.items():
        label = item_label(versions[0], whole)
        yield Conflict(
            subject=path,
            label=label.name.label,
            label_en=label.name.label_en,
            fields=_unlike(versions),
            things=versions,
            changes=[change for other in versions[1:] for _, change in changes_of(label, versions[0], other)],
        )


def _unlike(versions: list[Any]) -> tuple[str, ...]:
    first, *others = versions
    if any(type(other) is not type(first) for other in others):
        return ()
    return tuple(dict.fromkeys(name for other in others for name in differing(first, other)))
