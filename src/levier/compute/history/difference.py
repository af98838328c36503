"""What changed between two portfolios: in things, to be applied and written down, and in words, to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, final

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.history.align import Pair, pairs, restated, standing_in
from levier.compute.history.diff import superseded, told
from levier.compute.history.fields import Told
from levier.compute.history.grouping import ReformChanges, grouped
from levier.compute.history.keys import path_of
from levier.compute.history.label import label_of_versions
from levier.compute.history.labelled import lines
from levier.compute.history.moves import AnyChange
from levier.compute.history.values import ValueWriter
from levier.errors import MisappliedDifferenceError
from levier.model._converters import TupleOf
from levier.model._fields import each, instance_of
from levier.model.excerpts import Excerpt
from levier.model.observations import Observation
from levier.model.portfolio import Portfolio
from levier.model.sources import Source
from levier.wording.explained import Explained
from levier.wording.messages import message
from levier.wording.said import Said

__all__ = ["PortfolioDifference", "difference"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class PortfolioDifference(Explained):
    """
    What changed from one portfolio to another; `difference` makes it.

    *before* holds what went or is otherwise now, as it was; *after* what came or is otherwise now, as it is.
    *groups* say the same in words, by reform.

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
        """Every change once, though it may concern several reforms."""
        return tuple(dict.fromkeys(change for group in self.groups for change in group.changes))

    def by_reform(self, reform_id: str | None) -> tuple[AnyChange, ...]:
        """Return what changed about one reform, or, for `None`, about none."""
        return next((group.changes for group in self.groups if group.reform_id == reform_id), ())

    def applied_to(self, portfolio: Portfolio) -> Portfolio:
        """
        Return a portfolio with these changes made; it may hold other things, which stay as they are.

        Raises:
            MisappliedDifferenceError: If what changed does not stand there as it was; all such things at once.
            DanglingReferenceError: If what came refers to what is not there, or what stays to what went.

        >>> from levier import Method
        >>> nudge = Method(id="nudge", label="Nudge")
        >>> difference(Portfolio(), Portfolio.of(nudge)).applied_to(Portfolio()).methods["nudge"] == nudge
        True
        """
        was, becomes = ({path_of(item): item for item in excerpt} for excerpt in (self.before, self.after))
        misfits = tuple(_misfits(was, becomes, portfolio))
        if misfits:
            raise MisappliedDifferenceError(misfits)
        changed = portfolio.with_(*self.after)
        gone = [item for path, item in was.items() if path not in becomes]
        return changed.without(*gone) if gone else changed

    @property
    def message(self) -> Said:
        """Every change on a line of its own, reform by reform."""
        return lines(group.message for group in self.groups) if self.groups else message("No change")

    def __bool__(self) -> bool:
        return any(True for excerpt in (self.before, self.after) for _ in excerpt)


def difference(old: Portfolio, new: Portfolio) -> PortfolioDifference:
    """
    Return what changed from one portfolio to another; what they share is not looked at.

    A value that another document states now is one change, of its source or of both value and source; a new document
    revises the statement of an earlier one about the same fact where it says another value.

    >>> from levier import catalogue
    >>> plan = catalogue.action_publique_2022()
    >>> print(difference(plan.as_of("2019-06-14"), plan.as_of("2019-06-20")).explain("en"))
    Outside any reform
      Programme 'Public Action 2022', event 'CITP no. 3': added (20 June 2019)
    """
    changed = tuple(pairs(old, new))
    return PortfolioDifference(
        before=Excerpt.of(*(before for before, _ in changed if before is not None)),
        after=Excerpt.of(*(after for _, after in changed if after is not None)),
        groups=grouped(_told(changed, old, new), old, new),
    )


def _told(changed: tuple[Pair, ...], old: Portfolio, new: Portfolio) -> Iterator[Told]:
    """Yield what is to be said: of things, those of documents last, then of observations."""
    writer = ValueWriter((new, old), in_time=True)
    things, rows = ([pair for pair in changed if _is_row(pair) is wanted] for wanted in (False, True))
    found = [*sorted(things, key=_is_source), *_revised(restated(rows), old, writer)]
    for before, after in found:
        versions = [thing for thing in (before, after) if thing is not None]
        yield from told(label_of_versions(writer, *versions), before, after)


def _revised(rows: Iterable[Pair], old: Portfolio, writer: ValueWriter) -> Iterator[Pair]:
    """Yield rows with, before what came, the statement of an earlier document that it revises."""
    for before, after in rows:
        if before is None:
            series = old.observations.of(after.indicator_id, territory=after.territory_id, kind=after.kind)
            yield superseded(writer, after, series), after
        else:
            yield before, after


def _is_row(pair: Pair) -> bool:
    return isinstance(pair[0] or pair[1], Observation)


def _is_source(pair: Pair) -> bool:
    return isinstance(pair[0] or pair[1], Source)


def _misfits(was: Mapping[str, Any], becomes: Mapping[str, Any], portfolio: Portfolio) -> Iterator[tuple[str, str]]:
    for path in dict.fromkeys((*was, *becomes)):
        expected = was.get(path)
        found = standing_in(portfolio, expected or becomes[path])
        if found != expected:
            yield path, "is missing" if found is None else "is there already" if expected is None else "is another"
