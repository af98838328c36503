"""The difference of two portfolios: as data, to apply and to store, and in words, to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.history.align import Pair, find_held, find_superseded, pair_restated, pairs, series_of_row
from levier.compute.history.changes import ChangedSource
from levier.compute.history.keys import item_path
from levier.compute.history.label import ValueWriter, item_label, label_of_versions, written
from levier.compute.history.plan_changes import AnyChange, Attributed
from levier.compute.history.thing_diff import changes_of
from levier.errors import MisappliedDifferenceError
from levier.errors.final import final
from levier.model._converters import TupleOf, as_id_or_none
from levier.model._fields import each, instance_of, not_blank, optional
from levier.model.fund import Fund
from levier.model.identifiers import ReformId, reference
from levier.model.indicators import Indicator
from levier.model.observations import Observation
from levier.model.portfolio import Excerpt, Portfolio
from levier.model.programmes import Project, Reform
from levier.model.sources import Source
from levier.wording.explained import Explained
from levier.wording.messages import Listing, lines, message, plural
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["PortfolioDifference", "ReformChanges", "difference"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class ReformChanges(Explained):
    """
    The changes of one reform; without *reform_id*, the changes that concern no reform.

    Attributes:
        label: The name of the reform, in French.
        label_en: The name in English; empty where there is none.
        changes: The changes, in the order of the portfolio.

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

        Unchanged values that moved from one document to another share a line with their number.
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


@final
@frozen(kw_only=True, field_transformer=by_type)
class PortfolioDifference(Explained):
    """
    The difference of two portfolios, as returned by `difference`.

    *before* holds the removed and changed items as they were; *after* the added and changed items as they are.
    *groups* are the changes in words, by reform.

    >>> from levier import Lever, Project
    >>> old = Portfolio.of(Project(id="p", label="FranceConnect"))
    >>> moved = old.projects["p"].moved_to("experimentation", on="2019-06-20", because="third CITP")
    >>> print(difference(old, old.with_(moved)).explain("en"))
    Outside any reform
      Project 'FranceConnect': framing → experimentation on 20 June 2019 (third CITP)
    """

    before: Excerpt = field(validator=instance_of(Excerpt))
    after: Excerpt = field(validator=instance_of(Excerpt))
    groups: tuple[ReformChanges, ...] = field(
        converter=TupleOf[ReformChanges], validator=each(instance_of(ReformChanges))
    )

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self

    @property
    def changes(self) -> tuple[AnyChange, ...]:
        """Every change once, even if it concerns several reforms."""
        return tuple(dict.fromkeys(change for group in self.groups for change in group.changes))

    def by_reform(self, reform_id: str | None) -> tuple[AnyChange, ...]:
        """Return the changes of one reform or, for `None`, those that concern no reform."""
        return next((group.changes for group in self.groups if group.reform_id == reform_id), ())

    def applied_to(self, portfolio: Portfolio) -> Portfolio:
        """
        Return a portfolio with these changes applied; its other contents are unchanged.

        Raises:
            MisappliedDifferenceError: If an item to change is not there as it was; lists all such items.
            DanglingReferenceError: If a reference would dangle after the changes.

        >>> from levier import Method
        >>> nudge = Method(id="nudge", label="Nudge")
        >>> difference(Portfolio(), Portfolio.of(nudge)).applied_to(Portfolio()).methods["nudge"] == nudge
        True
        """
        was, becomes = ({item_path(item): item for item in excerpt} for excerpt in (self.before, self.after))
        misfits = tuple(_misfits(was, becomes, portfolio))
        if misfits:
            raise MisappliedDifferenceError(misfits)
        changed = portfolio.with_(*self.after)
        gone = [item for path, item in was.items() if path not in becomes]
        return changed.without(*gone) if gone else changed

    @property
    def message(self) -> Said:
        """Every change on a line of its own, reform by reform."""
        return lines(*(group.message for group in self.groups)) if self.groups else message("No change")

    def __bool__(self) -> bool:
        return any(True for excerpt in (self.before, self.after) for _ in excerpt)


@asked
def difference(before: Portfolio, after: Portfolio) -> PortfolioDifference:
    """
    Return the difference of two portfolios; shared data is skipped.

    A value that another document states now is one change, of its source or of both value and source; a new document
    revises an earlier statement of the same fact if it gives another value.

    >>> from levier import catalogue
    >>> plan = catalogue.action_publique_2022()
    >>> print(difference(plan.as_of("2019-06-14"), plan.as_of("2019-06-20")).explain("en"))
    Outside any reform
      Programme 'Public Action 2022', event 'CITP no. 3': added (20 June 2019)
    """
    changed = tuple(pairs(before, after))
    return PortfolioDifference(
        before=Excerpt.of(*(was for was, _ in changed if was is not None)),
        after=Excerpt.of(*(becomes for _, becomes in changed if becomes is not None)),
        groups=_by_reform(_changes(changed, before, after), before, after),
    )


def _changes(changed: tuple[Pair, ...], old: Portfolio, new: Portfolio) -> Iterator[Attributed]:
    """Yield the changes of items, those of documents last, then of observations."""
    writer = ValueWriter((new, old), in_time=True)
    things, rows = ([pair for pair in changed if _is_row(pair) is wanted] for wanted in (False, True))
    found = [*sorted(things, key=_is_source), *_revised(pair_restated(rows), old, writer)]
    for before, after in found:
        versions = [thing for thing in (before, after) if thing is not None]
        yield from changes_of(label_of_versions(writer, *versions), before, after)


def _revised(rows: Iterable[Pair], old: Portfolio, writer: ValueWriter) -> Iterator[Pair]:
    """Yield rows; before an added row, the earlier document's statement that it revises."""
    for before, after in rows:
        if before is None:
            yield find_superseded(writer, after, series_of_row(old, after)), after
        else:
            yield before, after


def _is_row(pair: Pair) -> bool:
    return isinstance(pair[0] or pair[1], Observation)


def _is_source(pair: Pair) -> bool:
    return isinstance(pair[0] or pair[1], Source)


def _misfits(was: Mapping[str, Any], becomes: Mapping[str, Any], portfolio: Portfolio) -> Iterator[tuple[str, str]]:
    for path in dict.fromkeys((*was, *becomes)):
        expected = was.get(path)
        found = find_held(portfolio, expected or becomes[path])
        if found != expected:
            yield path, "is missing" if found is None else "is there already" if expected is None else "is another"


def _by_reform(changes: Iterable[Attributed], old: Portfolio, new: Portfolio) -> tuple[ReformChanges, ...]:
    """Return changes by reform, in the order of their identifiers; those that concern no reform come last."""
    given = tuple(changes)
    reforms = _reforms_by_indicator((value for about, _ in given for value in about), old, new)
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
    name = item_label((new if reform_id in new.reforms else old).reforms[reform_id]).name
    return ReformChanges(reform_id=reform_id, label=name.label, label_en=name.label_en, changes=changes)


def _reforms_by_indicator(values: Iterable[Any], *portfolios: Portfolio) -> Mapping[str, set[str]]:
    """Return the reforms that use the indicators among some values, themselves or through one of their projects."""
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
    """Yield the reforms that values concern: those of their project, their award or their indicator."""
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
