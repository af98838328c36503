"""
One year of a budget programme: appropriations voted, opened, frozen and used, and the figures derived from them.

Nothing is invented: a figure is derived where all its parts are known, else it is missing, with the reason. A total
that a document states is kept; the part that no known movement explains is *unattributed*.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from levier.compute._types import asked, by_type
from levier.compute.budget.amounts import Amount
from levier.compute.budget.derivations import BudgetMeasure, Records, derive
from levier.compute.budget.movements import Movement, movements_in_force
from levier.compute.budget.rates import Denominator, ExecutionRate, Ratio, quotient
from levier.compute.budget.statements import Scope, Statement
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model.appropriations import AppropriationKind, Appropriations, Execution
from levier.model.budget import BudgetProgramme, ScopeChange
from levier.model.budget_lines import TitleGroup
from levier.model.identifiers import BudgetProgrammeId
from levier.model.periods import Day, DayLike
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry, unknown_item
from levier.model.sources import Source
from levier.wording.explained import Explained
from levier.wording.messages import about, lines
from levier.wording.reasons import MissingReason
from levier.wording.said import Said

__all__ = ["BudgetYear", "budget_year", "movements_around", "records_of"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class BudgetYear(Explained):
    """
    One year of a budget programme, or of one of its actions or groups of titles, in euros.

    *records* are the statements and movements behind the figures; *scope_changes* those of the programme.
    `amount` returns any figure with its sources, or the reason why it is missing; `voted`, `opened`, ... return the
    bare pairs. A movement between the bill and the vote, a freeze or a release does not change what is opened;
    fungibility between titles does not change the whole.
    Where no document counts the whole year, what was used is counted to the latest day that one does: the amount and
    every rate name that day, and `used_until` returns it.

    Attributes:
        programme_id: The number of the programme, such as 349.

    >>> from levier.model.budget_lines import BudgetLine
    >>> line = BudgetLine(year=2021, stage="voted", amounts=Appropriations(40_000_000, 148_743_689), source_id="rap")
    >>> year = BudgetYear(programme_id="349", records=Records(scope=Scope(year=2021), statements=(line,)))
    >>> year.voted.commitment, year.opened is None
    (Euros('40000000.00'), True)
    """

    programme_id: BudgetProgrammeId
    records: Records
    scope_changes: tuple[ScopeChange, ...] = ()

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.scope.year

    @property
    def path(self) -> str:
        """The path of the year in the portfolio, as findings write it."""
        return f"budget_programmes/{self.programme_id}/{self.year}"

    @property
    def scope(self) -> Scope:
        """The part of the programme, and the year."""
        return self.records.scope

    def amount(self, measure: BudgetMeasure | str, of: AppropriationKind | str) -> Amount:
        """
        Return one figure of the year, or the reason why it is missing.

        Carried over is what the next year's movements bring in; lapsed is unspent minus carried over.
        This never raises: a missing part makes the figure missing.
        """
        return derive(self.records, BudgetMeasure(measure), AppropriationKind(of))

    @property
    def bill(self) -> Appropriations | None:
        """The appropriations in the budget bill."""
        return self._pair(BudgetMeasure.BILL)

    @property
    def voted(self) -> Appropriations | None:
        """The appropriations that the initial budget act opened."""
        return self._pair(BudgetMeasure.VOTED)

    @property
    def opened(self) -> Appropriations | None:
        """The appropriations open at the end of the year, after its movements."""
        return self._pair(BudgetMeasure.OPENED)

    @property
    def reserve(self) -> Appropriations | None:
        """The precautionary reserve: the voted appropriations at the announced rates (LOLF, article 51, 4° bis)."""
        return self._pair(BudgetMeasure.RESERVE)

    @property
    def frozen(self) -> Appropriations | None:
        """The appropriations frozen, which are not lost."""
        return self._pair(BudgetMeasure.FROZEN)

    @property
    def available(self) -> Appropriations | None:
        """The appropriations opened, minus those frozen."""
        return self._pair(BudgetMeasure.AVAILABLE)

    @property
    def used(self) -> Execution | None:
        """The amounts committed and paid."""
        committed, paid = (self.amount(BudgetMeasure.USED, of).value for of in AppropriationKind)
        return None if committed is None and paid is None else Execution(committed, paid)

    @property
    def used_until(self) -> Day | None:
        """The latest day within the year to which either side of `used` is counted; `None` for a whole year."""
        used = [self.amount(BudgetMeasure.USED, of) for of in AppropriationKind]
        return max((side.until for side in used if side.value is not None and side.until is not None), default=None)

    @property
    def unspent(self) -> Appropriations | None:
        """The appropriations opened, minus those used; within a year, what was left on the day of the count."""
        return self._pair(BudgetMeasure.UNSPENT)

    @property
    def carried_over(self) -> Appropriations | None:
        """The credits that the next year received from this one."""
        return self._pair(BudgetMeasure.CARRIED_OVER)

    @property
    def lapsed(self) -> Appropriations | None:
        """The credits neither used nor carried over."""
        return self._pair(BudgetMeasure.LAPSED)

    @property
    def unattributed(self) -> Appropriations | None:
        """The part of the stated opening that neither the vote nor a known movement explains."""
        return self._pair(BudgetMeasure.UNATTRIBUTED)

    def execution_rate(self, of: AppropriationKind | str, *, over: Denominator | str) -> ExecutionRate:
        """
        Return the amount used over the amount voted, opened or available; a percentage, which may exceed 100.

        >>> from levier.model.budget_lines import BudgetLine, ExecutionLine
        >>> voted = BudgetLine(year=2021, stage="voted", amounts=Appropriations(40_000_000, 1), source_id="rap")
        >>> used = ExecutionLine(year=2021, amounts=Execution(166_988_229, 1), source_id="rap")
        >>> year = BudgetYear(programme_id="349", records=Records(scope=Scope(year=2021), statements=(voted, used)))
        >>> year.execution_rate(of=AppropriationKind.COMMITMENT, over=Denominator.VOTED).value
        Decimal('417.4705725')
        """
        kind, base = AppropriationKind(of), Denominator(over)
        denominator = self.amount(BudgetMeasure(base.value), kind)
        return ExecutionRate(
            of=kind, over=base, numerator=self.amount(BudgetMeasure.USED, kind), denominator=denominator
        )

    def commitment_rate(self, *, over: Denominator | str) -> ExecutionRate:
        """Return the commitments over the commitment appropriations voted, opened or available."""
        return self.execution_rate(of=AppropriationKind.COMMITMENT, over=over)

    def payment_ratio(self) -> Ratio:
        """
        Return the payments of the year over its commitments; a percentage.

        The value is missing where the two are not counted to the same day.
        """
        paid, committed = (self.amount(BudgetMeasure.USED, of) for of in reversed(AppropriationKind))
        return quotient(paid.beside(committed), committed.beside(paid), is_percentage=True)

    def freeze_rate(self, *, of: AppropriationKind | str, over: Denominator | str) -> Ratio:
        """Return the amount frozen over the amount voted or opened; a percentage."""
        base = self.amount(BudgetMeasure(Denominator(over).value), AppropriationKind(of))
        return quotient(self.amount(BudgetMeasure.FROZEN, AppropriationKind(of)), base, is_percentage=True)

    @property
    def message(self) -> Said:
        """
        Every figure of the year, one a line; a missing one with its reason.

        Figures that most years have not, such as those of a year-end act, have a line where any document tells of them.
        """
        found = ((measure, of, self.amount(measure, of)) for measure in BudgetMeasure for of in AppropriationKind)
        return lines(*(about(one.message, of) for measure, of, one in found if _is_told(measure, one)))

    def _pair(self, measure: BudgetMeasure) -> Appropriations | None:
        commitment, payment = (self.amount(measure, of).value for of in AppropriationKind)
        return None if commitment is None and payment is None else Appropriations(commitment, payment)


@asked
def budget_year(  # noqa: PLR0913  # programme, year, part and day
    portfolio: Portfolio,
    programme_id: str | int,
    year: int,
    *,
    action: str = "",
    title: TitleGroup | str = TitleGroup.ALL,
    as_of: DayLike | None = None,
) -> BudgetYear:
    """
    Return one year of a budget programme, or of one of its actions or groups of titles.

    *as_of* is the day of knowledge; `None` uses every document.

    Raises:
        UnknownItemError: If the portfolio holds no such programme, or nothing of that year or action.
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import BudgetLine, BudgetProgramme, Source
    >>> voted = BudgetLine(year=2021, stage="voted", amounts=Appropriations(40_000_000, 148_743_689), source_id="rap")
    >>> p349 = BudgetProgramme(id=349, label="Transformation publique", lines=[voted])
    >>> budget_year(Portfolio.of(p349, Source(id="rap", title="RAP 2021")), 349, 2021).voted.payment
    Euros('148743689.00')
    """
    plan = known(portfolio, as_of)
    found = plan.budget_programmes[str(programme_id)]
    everything: tuple[Statement, ...] = (*found.lines, *found.executions)
    _held(f"the years of budget programme {found.id!r}", str(year), map(str, found.years))
    if action:
        _held(f"the actions of budget programme {found.id!r}", action, (line.action for line in everything))
    return BudgetYear(
        programme_id=found.id,
        records=records_of(found, plan.sources, Scope(year=year, action=action, title=TitleGroup(title))),
        scope_changes=tuple(sorted(found.scope_changes, key=lambda change: (change.year, repr(change)))),
    )


def records_of(programme: BudgetProgramme, sources: Registry[Source], scope: Scope) -> Records:
    """
    Return the records of one scope of a programme, in an order that does not depend on that of the input.

    >>> from levier import Source
    >>> records_of(BudgetProgramme(id=349, label="P"), Registry([]), Scope(year=2021)).movements
    ()
    """
    rates = sorted((rate for rate in programme.reserve_rates if rate.year == scope.year), key=repr)
    lines = sorted((line for line in programme.lines if line.year == scope.year), key=_key)
    executions = sorted((line for line in programme.executions if line.year == scope.year), key=_key)
    stated: tuple[Statement, ...] = (*lines, *executions)
    return Records(
        scope=scope,
        statements=stated,
        movements=movements_around(programme, sources, scope.year),
        documents=Registry(sources[name] for name in {one.source_id for one in (*stated, *rates)}),
        reserve_rates=tuple(rates),
    )


def _key(line: Statement) -> tuple[str, ...]:
    """Return the key of a line, unique in a programme, in a form that can be sorted."""
    return tuple(map(str, line.key))


def movements_around(programme: BudgetProgramme, sources: Registry[Source], year: int) -> tuple[Movement, ...]:
    """
    Return the movements of a year, and of the next one, which give the credits carried over.

    >>> from levier import Source
    >>> movements_around(BudgetProgramme(id=349, label="P"), Registry([]), 2021)
    ()
    """
    return movements_in_force((one for one in programme.movements if one.year in (year, year + 1)), sources)


_RARE = {BudgetMeasure.YEAR_END, BudgetMeasure.RESERVE, BudgetMeasure.RE_ESTABLISHED}


def _is_told(measure: BudgetMeasure, amount: Amount) -> bool:
    """Return whether a figure has a line: one that most years have not, only if a document tells of it."""
    if amount.value is not None:
        return True
    if measure is BudgetMeasure.BEYOND_RESERVE:  # the reserve and the freeze say what is missing
        return False
    is_unheard_of = amount.reason is MissingReason.NOT_PUBLISHED and not amount.detail
    return measure not in _RARE or not is_unheard_of


def _held(registry: str, key: str, held: Iterable[str]) -> None:
    names = set(held)
    if key not in names:
        raise unknown_item(registry, key, sorted(names))
