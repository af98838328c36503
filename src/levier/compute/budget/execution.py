"""
A year of a budget programme: what was voted, opened, frozen and used, and what follows from it.

Nothing is invented: a figure is derived where every part of it is known, else it stays missing and says why;
a total that a document states is kept, and what the known movements do not explain of it is *unattributed*.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import final

from attrs import frozen

from levier.compute._wording import colon
from levier.compute.budget.amounts import Amount
from levier.compute.budget.derivations import BudgetMeasure, Records, derive
from levier.compute.budget.rates import Denominator, ExecutionRate, Ratio, quotient
from levier.compute.budget.statements import Scope, Statement, preferred
from levier.errors import UnknownItemError
from levier.model.budget import ScopeChange, TitleGroup
from levier.model.identifiers import BudgetProgrammeId
from levier.model.money import Appropriation, Appropriations, Execution
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = ["BudgetYear", "budget_year"]


@final
@frozen(kw_only=True)
class BudgetYear:
    """
    One year of a budget programme, or of one of its actions or groups of titles, in euros.

    *records* are what the figures are read off and derived from; *scope_changes* those of the programme.
    `amount` gives any figure with its sources, or the reason why it is missing; `voted`, `opened`, ... give the bare
    pairs. A movement between the bill and the vote, a freeze and a release do not change what is opened; nor does
    fungibility between titles change the whole.

    >>> from levier.model.budget import BudgetLine
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
    def scope(self) -> Scope:
        """The part of the programme, and the year."""
        return self.records.scope

    def amount(self, measure: BudgetMeasure, of: Appropriation) -> Amount:
        """
        Return one figure of the year, or the reason why it is missing.

        Carried over is what the next year's movements bring in; lapsed is unspent less carried over.
        Raises nothing: a missing part makes the figure missing.
        """
        return derive(self.records, BudgetMeasure(measure), Appropriation(of))

    @property
    def bill(self) -> Appropriations | None:
        """What the budget bill asked."""
        return self._pair(BudgetMeasure.BILL)

    @property
    def voted(self) -> Appropriations | None:
        """What the initial budget act opened."""
        return self._pair(BudgetMeasure.VOTED)

    @property
    def opened(self) -> Appropriations | None:
        """What was open by the end of the year, after its movements."""
        return self._pair(BudgetMeasure.OPENED)

    @property
    def frozen(self) -> Appropriations | None:
        """What was made unavailable; not lost."""
        return self._pair(BudgetMeasure.FROZEN)

    @property
    def available(self) -> Appropriations | None:
        """What was opened, less what was frozen."""
        return self._pair(BudgetMeasure.AVAILABLE)

    @property
    def used(self) -> Execution | None:
        """What was committed, and what was paid."""
        committed, paid = (self.amount(BudgetMeasure.USED, of).value for of in Appropriation)
        return None if committed is None and paid is None else Execution(committed, paid)

    @property
    def unspent(self) -> Appropriations | None:
        """What was opened, less what was used."""
        return self._pair(BudgetMeasure.UNSPENT)

    @property
    def carried_over(self) -> Appropriations | None:
        """What the next year received from this one."""
        return self._pair(BudgetMeasure.CARRIED_OVER)

    @property
    def lapsed(self) -> Appropriations | None:
        """What was neither used nor carried over."""
        return self._pair(BudgetMeasure.LAPSED)

    @property
    def unattributed(self) -> Appropriations | None:
        """What of the stated opening neither the vote nor a known movement explains."""
        return self._pair(BudgetMeasure.UNATTRIBUTED)

    def execution_rate(self, *, of: Appropriation, over: Denominator) -> ExecutionRate:
        """
        Return what was used over what was voted, opened or available; a percentage that may pass 100.

        >>> from levier.model.budget import BudgetLine, ExecutionLine
        >>> voted = BudgetLine(year=2021, stage="voted", amounts=Appropriations(40_000_000, 1), source_id="rap")
        >>> used = ExecutionLine(year=2021, amounts=Execution(166_988_229, 1), source_id="rap")
        >>> year = BudgetYear(programme_id="349", records=Records(scope=Scope(year=2021), statements=(voted, used)))
        >>> year.execution_rate(of=Appropriation.COMMITMENT, over=Denominator.VOTED).value
        Decimal('417.4705725')
        """
        kind, base = Appropriation(of), Denominator(over)
        denominator = self.amount(BudgetMeasure(base.value), kind)
        return ExecutionRate(
            of=kind, over=base, numerator=self.amount(BudgetMeasure.USED, kind), denominator=denominator
        )

    def commitment_rate(self, *, over: Denominator) -> ExecutionRate:
        """Return what was committed over the commitment appropriations voted, opened or available."""
        return self.execution_rate(of=Appropriation.COMMITMENT, over=over)

    def payment_ratio(self) -> Ratio:
        """Return what was paid in the year over what was committed in it; a percentage."""
        paid, committed = (self.amount(BudgetMeasure.USED, of) for of in reversed(Appropriation))
        return quotient(paid, committed, is_percentage=True)

    def freeze_rate(self, *, of: Appropriation, over: Denominator) -> Ratio:
        """Return what was frozen over what was voted or opened; a percentage."""
        base = self.amount(BudgetMeasure(Denominator(over).value), Appropriation(of))
        return quotient(self.amount(BudgetMeasure.FROZEN, Appropriation(of)), base, is_percentage=True)

    def explain(self, lang: Lang) -> str:
        """Say every figure of the year, one a line, in *lang*; what is missing says why."""
        return "\n".join(
            f"{of.label(lang)}{colon(lang)}{self.amount(measure, of).explain(lang)}"
            for measure in BudgetMeasure
            for of in Appropriation
        )

    def _pair(self, measure: BudgetMeasure) -> Appropriations | None:
        commitment, payment = (self.amount(measure, of).value for of in Appropriation)
        return None if commitment is None and payment is None else Appropriations(commitment, payment)


def budget_year(
    portfolio: Portfolio,
    programme: str | int,
    year: int,
    *,
    action: str = "",
    title: TitleGroup = TitleGroup.ALL,
) -> BudgetYear:
    """
    Return one year of a budget programme, or of one of its actions or groups of titles.

    Raises:
        UnknownItemError: If the portfolio holds no such programme, or nothing of that year or action.

    >>> from levier import BudgetLine, BudgetProgramme, Source
    >>> voted = BudgetLine(year=2021, stage="voted", amounts=Appropriations(40_000_000, 148_743_689), source_id="rap")
    >>> p349 = BudgetProgramme(id=349, label="Transformation publique", lines=[voted])
    >>> budget_year(Portfolio.of(p349, Source(id="rap", title="RAP 2021")), 349, 2021).voted.payment
    Euros('148743689.00')
    """
    found = portfolio.budget_programmes[str(programme)]
    everything: tuple[Statement, ...] = (*found.lines, *found.executions)
    _known(f"the years of budget programme {found.id!r}", str(year), map(str, found.years))
    if action:
        _known(f"the actions of budget programme {found.id!r}", action, (line.action for line in everything))
    return BudgetYear(
        programme_id=found.id,
        records=Records(
            scope=Scope(year=year, action=action, title=TitleGroup(title)),
            statements=preferred((line for line in everything if line.year == year), portfolio),
            movements=tuple(movement for movement in found.movements if movement.year in (year, year + 1)),
        ),
        scope_changes=found.scope_changes,
    )


def _known(registry: str, key: str, held: Iterable[str]) -> None:
    names = set(held)
    if key not in names:
        raise UnknownItemError(registry, key, tuple(get_close_matches(key, sorted(names), n=3)))
