"""The statements of documents about one year of a programme: the one in force, its sources, and those that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from attrs import evolve, field, frozen

from levier.compute.budget.amounts import Amount, Label, absent, combined
from levier.compute.statements.in_force import InForce, in_force
from levier.errors.final import final
from levier.model.appropriations import AppropriationKind
from levier.model.budget_lines import BudgetLine, BudgetMovement, ExecutionLine, TitleGroup
from levier.model.identifiers import SourceId
from levier.model.money import Euros
from levier.model.periods import Day
from levier.model.sources import Reliability, Source, Stated
from levier.wording.messages import Message, clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value

__all__ = ["Scope", "Statement", "amount_of", "label_of", "stated"]

T = TypeVar("T")

Statement: TypeAlias = BudgetLine | ExecutionLine

_Label: TypeAlias = Callable[[Said], Message]
_LABELS: Mapping[str, _Label] = MappingProxyType(
    {
        "bill": lambda when: message("requested (budget bill {when})", when=when),
        "voted": lambda when: message("voted (initial budget act {when})", when=when),
        "supplementary": lambda when: message("opened or cancelled (supplementary budget act {when})", when=when),
        "year-end": lambda when: message("opened or cancelled (year-end finance act {when})", when=when),
        "opened": lambda when: message("opened ({when})", when=when),
        "frozen": lambda when: message("frozen ({when})", when=when),
        "reserve": lambda when: message("set aside in reserve ({when})", when=when),
        "beyond-reserve": lambda when: message("frozen beyond the reserve ({when})", when=when),
        "available": lambda when: message("available ({when})", when=when),
        "commitment": lambda _: message("committed"),
        "payment": lambda _: message("paid"),
        "re-established": lambda when: message("re-established ({when})", when=when),
        "unspent": lambda when: message("unspent ({when})", when=when),
        "carried-over": lambda when: message("carried over to the next year ({when})", when=when),
        "lapsed": lambda when: message("lapsed ({when})", when=when),
        "unattributed": lambda when: message("not explained by the known movements ({when})", when=when),
    }
)
_BELOW: Mapping[str, _Label] = MappingProxyType(
    {
        "supplementary": lambda when: message("cancelled (supplementary budget act {when})", when=when),
        "year-end": lambda when: message("cancelled (year-end finance act {when})", when=when),
        "beyond-reserve": lambda when: message("of the reserve not frozen ({when})", when=when),
        "unspent": lambda when: message("used beyond what was opened ({when})", when=when),
        "unattributed": lambda when: message("explained in excess by known movements ({when})", when=when),
    }
)
"""The label of a measure below zero, where its usual label would not fit."""
_PARTS = {
    TitleGroup.ALL: ((TitleGroup.STAFF, TitleGroup.OTHER), ()),
    TitleGroup.STAFF: ((TitleGroup.ALL,), (TitleGroup.OTHER,)),
    TitleGroup.OTHER: ((TitleGroup.ALL,), (TitleGroup.STAFF,)),
}


@final
@frozen(kw_only=True)
class Scope:
    """
    A part of a programme in one year: the whole, one action, or one group of titles.

    >>> Scope(year=2021, action="01").words.say("fr")
    '2021, action 01'
    """

    year: int
    action: str = ""
    title: TitleGroup = field(default=TitleGroup.ALL, converter=TitleGroup)

    @property
    def words(self) -> Said:
        """The year and, where it is not the whole programme, the part."""
        return items(str(self.year), *self._part)

    @property
    def _part(self) -> tuple[Value, ...]:
        action = (message("action {code}", code=self.action),) if self.action else ()
        return action if self.title is TitleGroup.ALL else (*action, self.title)

    def holds(self, movement: BudgetMovement) -> bool:
        """Return whether a movement belongs to this scope."""
        if movement.year != self.year or (self.action and movement.action != self.action):
            return False
        return self.title is TitleGroup.ALL or movement.title is self.title


def label_of(name: str, *scopes: Scope) -> Said:
    """
    Return the label of a measure in some years, with its wording below zero where that differs.

    >>> print(label_of("voted", Scope(year=2019), Scope(year=2020)))
    voted (initial budget act 2019, 2020)
    """
    years = [scope.words for scope in scopes]
    is_whole = all(scope == Scope(year=scope.year) for scope in scopes)
    when = years[0] if len(years) == 1 else items(*years) if is_whole else clauses(*years)
    label = _LABELS[name](when)
    return Label(label, below=_BELOW[name](when)) if name in _BELOW else label


def amount_of(
    found: InForce[T], value: Callable[[T], Euros | None], label: Said, *, until: Day | None = None
) -> Amount:
    """
    Return the amount that statements of one fact give: that of the one in force, with the values of the others.

    *value* reads the amount off a statement; `None` means not published, for the reason that the statement gives.
    """
    best: Any = found.statement
    others: tuple[Any, ...] = (*found.disputed, *found.superseded)
    reliability = getattr(best, "reliability", Reliability.OFFICIAL)
    because = getattr(best, "missing_because", "") if value(best) is None else ""
    return Amount(
        value=value(best),
        label=label,
        reason=MissingReason.NOT_PUBLISHED if value(best) is None else None,
        detail=because,
        source_ids=_documents([best, *found.restated]),
        reliability=reliability,
        is_inferred=reliability is Reliability.COMPUTED,
        caveats=tuple(filter(None, [getattr(best, "caveat", "")])),
        alternatives=tuple(
            Stated(value=other, source_id=one.source_id, caveat=getattr(one, "caveat", ""))
            for one in others
            if (other := value(one)) is not None
        ),
        disputed_by=_documents(found.disputed),
        until=until,
    )


def stated(
    lines: Iterable[Statement], scope: Scope, of: AppropriationKind, name: str, sources: Mapping[str, Source]
) -> Amount:
    """
    Return the amount that documents state for a scope; where they give its parts only, the sum of the parts.

    *lines* are the statements of one stage, in any order; *sources* date them.
    A count over the whole year prevails; else the count to the latest day, which the amount then names.
    """
    asked = _Asked(scope, of, name, sources)
    given = [line for line in lines if line.year == scope.year and line.action == scope.action]
    days = sorted(filter(None, map(_stops_on, given)), reverse=True)
    found = [asked.among(line for line in given if _stops_on(line) == day) for day in dict.fromkeys([None, *days])]
    known = (amount for amount in found if amount.value is not None)
    reasoned = (amount for amount in found if amount.detail)
    return next(known, next(reasoned, found[0]))


@frozen
class _Asked:
    """A query on the lines of one year and one stage: the part, the kind, and the label."""

    scope: Scope
    of: AppropriationKind
    name: str
    sources: Mapping[str, Source]

    def among(self, lines: Iterable[Statement]) -> Amount:
        """Return the amount in lines that are all counted to the same day, or the sum of their parts."""
        counted = tuple(lines)
        found = self._stated(counted, self.scope)
        if found.value is not None or not counted:
            return found
        sides = [[self._stated(counted, evolve(self.scope, title=one)) for one in side] for side in self._parts]
        derived = combined(*sides, label=found.label)
        return found if derived.value is None else derived

    @property
    def _parts(self) -> tuple[tuple[TitleGroup, ...], tuple[TitleGroup, ...]]:
        return _PARTS[self.scope.title]

    def _stated(self, counted: tuple[Statement, ...], scope: Scope) -> Amount:
        label = label_of(self.name, scope)
        lines = [line for line in counted if line.title is scope.title]
        known = [line for line in lines if self._side(line) is not None]
        found = in_force(known or lines, says=self._side, sources=self.sources)
        if found is None:
            return absent(MissingReason.NOT_PUBLISHED, label)
        return amount_of(found, self._side, label, until=_stops_on(found.statement))

    def _side(self, line: Statement) -> Euros | None:
        return line.amounts[self.of]


def _stops_on(line: Statement) -> Day | None:
    return line.stops_on if isinstance(line, ExecutionLine) else None


def _documents(statements: Iterable[Any]) -> tuple[SourceId, ...]:
    return tuple(dict.fromkeys(one.source_id for one in statements))
