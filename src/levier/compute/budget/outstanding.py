"""
Outstanding commitments (restes à payer): rolled forward, aged, reconciled, and forecast.

The roll-forward of budget documents: previous outstanding + committed − paid − decommitted. A published figure is shown
beside the computed one, with the difference; neither is adjusted to the other.
"""

from __future__ import annotations

from attrs import evolve, frozen

from levier.compute._types import asked, by_type
from levier.compute.budget.ageing import Vintage, age
from levier.compute.budget.amounts import Amount, Label, absent, combined, part_year
from levier.compute.budget.comparison import check_scope
from levier.compute.budget.derivations import BudgetMeasure
from levier.compute.budget.execution import BudgetYear, budget_year
from levier.compute.budget.labels import label_of_stock
from levier.compute.budget.rates import Ratio, quotient
from levier.compute.budget.statements import amount_of
from levier.compute.statements.in_force import in_force
from levier.compute.statements.known import known
from levier.errors import ContradictoryFlowsError
from levier.errors.final import final
from levier.model.appropriations import AppropriationKind
from levier.model.budget import BudgetProgramme
from levier.model.budget_lines import TitleGroup
from levier.model.identifiers import BudgetProgrammeId
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.periods import Day, DayLike
from levier.model.portfolio import Portfolio
from levier.wording.explained import Explained
from levier.wording.messages import Message, clauses, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said

__all__ = ["Outstanding", "outstanding", "roll_forward"]


@asked
def roll_forward(previous: EurosLike, *, committed: EurosLike, paid: EurosLike, decommitted: EurosLike = ZERO) -> Euros:
    """
    Return the outstanding commitments at the end of a year, in euros.

    *previous* + *committed* − *paid* − *decommitted*.

    Raises:
        ContradictoryFlowsError: If payments and releases exceed what there is, which correct flows never do.

    >>> roll_forward(20_145_997, committed=65_330_908, paid=37_596_883)
    Euros('47880022.00')
    """
    there, released = Euros(previous) + Euros(committed), Euros(paid) + Euros(decommitted)
    if released > there:
        raise ContradictoryFlowsError("outstanding commitments", there, released)
    return there - released


@final
@frozen(kw_only=True, field_transformer=by_type)
class Outstanding(Explained):
    """
    The outstanding commitments at the end of a year, in euros: computed from the flows, published, and forecast.

    *previous* is the published count of the year before, if there is one; else the computed one.
    *decommitted* is missing where no document gives it; the flows are then commitments and payments alone.
    *vintages* split the outstanding commitments by year of commitment, first in, first out.
    *crosses_scope_change* marks a roll-forward across a change of the programme's scope.

    Attributes:
        programme_id: The number of the programme, such as 349.
        year: The year at the end of which it is counted.
        committed: The commitments of the year, in euros.
        paid: The payments of the year, in euros.
        by_flows: The amount computed from the flows of the year, in euros.
        published: The amount counted in a published document, in euros.
        forecast: The amount that the budget bill forecast, in euros.

    >>> of = {
    ...     name: Amount.of(n, fr=name, en=name) for name, n in {"by flows": 127_868_473, "bill": 396_790_541}.items()
    ... }
    >>> end_2020 = Outstanding(
    ...     programme_id="349",
    ...     year=2020,
    ...     previous=Amount.of(47_880_021, fr="", en=""),
    ...     committed=Amount.of(151_897_345, fr="", en=""),
    ...     paid=Amount.of(71_908_893, fr="", en=""),
    ...     decommitted=None,
    ...     by_flows=of["by flows"],
    ...     published=None,
    ...     forecast=of["bill"],
    ... )
    >>> end_2020.gap.value
    Euros('268922068.00')
    """

    programme_id: BudgetProgrammeId
    year: int
    previous: Amount
    committed: Amount
    paid: Amount
    decommitted: Amount | None
    by_flows: Amount
    published: Amount | None
    forecast: Amount
    vintages: tuple[Vintage, ...] = ()
    crosses_scope_change: bool = False

    @property
    def difference(self) -> Amount | None:
        """The computed amount minus the published one; `None` where none is published."""
        if self.published is None:
            return None
        label = Label(message("more than published"), below=message("less than published"))
        return combined([self.by_flows], [self.published], label=label)

    @property
    def gap(self) -> Amount:
        """The bill's forecast minus the computed amount."""
        label = Label(message("forecast in excess"), below=message("not forecast"))
        return combined([self.forecast], [self.by_flows], label=label)

    @property
    def forecast_ratio(self) -> Ratio:
        """The forecast divided by the computed amount."""
        return quotient(self.forecast, self.by_flows)

    @property
    def cover_time(self) -> Ratio:
        """The years that paying the outstanding commitments takes at this year's pace."""
        return quotient(self.by_flows, self.paid)

    @property
    def message(self) -> Said:
        """The roll-forward with its parts, then the published amount and the forecast."""
        parts: Said = self.previous.message
        for is_added, part in ((True, self.committed), (False, self.paid), (False, self.decommitted)):
            parts = parts if part is None else _with_term(parts, part, is_added=is_added)
        beside = [self.published, self.difference, self.forecast, self.gap]
        more = [amount.message for amount in beside if amount is not None and amount.value is not None]
        return clauses(message("{total} = {parts}", total=self.by_flows.message, parts=parts), *more)


def _with_term(parts: Said, part: Amount, *, is_added: bool) -> Message:
    """Return a sum with one more term; a negative amount is subtracted rather than added, and the reverse."""
    if part.value is not None and part.value < ZERO:
        return _with_term(parts, evolve(part, value=-part.value), is_added=not is_added)
    if is_added:
        return message("{parts} + {part}", parts=parts, part=part.message)
    return message("{parts} − {part}", parts=parts, part=part.message)


@asked
def outstanding(  # noqa: PLR0913  # programme, year, release, scope and day
    portfolio: Portfolio,
    programme_id: str | int,
    *,
    year: int,
    decommitted: EurosLike | None = None,
    across_scope_change: bool = False,
    as_of: DayLike | None = None,
) -> Outstanding:
    """
    Return a budget programme's outstanding commitments at the end of *year*: from the flows, published, and forecast.

    The flows start from the last published count, or from zero in the programme's first year; in a year that is counted
    in part only, they do not reach its end. Of several counts of one day, or several forecasts, the latest published is
    in force, and the others are its alternatives.
    *as_of* is the day of knowledge; `None` uses every document.
    *decommitted*, in euros, is the amount released during the year, which no line of a programme states.
    Where no bill's forecast is published, the bills' own method gives it: all open appropriations are committed.

    Raises:
        UnknownItemError: If the portfolio holds no such programme, or nothing of that year.
        ScopeChangedError: If the roll-forward crosses a change of scope, unless *across_scope_change*.
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import BudgetProgramme, Execution, ExecutionLine, Source
    >>> spent = [
    ...     ExecutionLine(year=2018, amounts=Execution(20_145_997, 0), source_id="rap"),
    ...     ExecutionLine(year=2019, amounts=Execution(65_330_908, 37_596_883), source_id="rap"),
    ... ]
    >>> p349 = BudgetProgramme(id=349, label="Transformation publique", since=2018, executions=spent)
    >>> outstanding(Portfolio.of(p349, Source(id="rap", title="RAP")), 349, year=2019).by_flows.value
    Euros('47880022.00')
    """
    plan = known(portfolio, as_of)
    found = plan.budget_programmes[str(programme_id)]
    records = budget_year(plan, programme_id, year)
    start = _Start.of(plan, found, year, across_scope_change=across_scope_change)
    committed, paid = (records.amount(BudgetMeasure.USED, of) for of in AppropriationKind)
    released = None if decommitted is None else Amount(value=Euros(decommitted), label=message("decommitted"))
    by_flows = _by_flows(year, [start.amount, committed], [paid, *([] if released is None else [released])])
    return Outstanding(
        programme_id=found.id,
        year=year,
        previous=start.amount,
        committed=committed,
        paid=paid,
        decommitted=released,
        by_flows=by_flows,
        published=_stated(plan, found, year, is_forecast=False),
        forecast=_stated(plan, found, year, is_forecast=True) or _by_method(plan, records, start.amount),
        vintages=() if by_flows.value is None else _aged(start, year, committed, paid, released),
        crosses_scope_change=start.crossed,
    )


@final
@frozen(kw_only=True)
class _Start:
    """The start of a year: the amount, its vintages, and whether the scope changed since it was counted."""

    amount: Amount
    vintages: tuple[Vintage, ...]
    crossed: bool

    @classmethod
    def of(cls, portfolio: Portfolio, programme: BudgetProgramme, year: int, *, across_scope_change: bool) -> _Start:
        stated = _opening(portfolio, programme, year)
        if stated is not None and stated.value is not None:
            crossed = stated.value != ZERO and check_scope(
                programme.id, programme.scope_changes, [year - 1, year], allowed=across_scope_change
            )
            return cls(amount=stated, vintages=_lot(year - 1, stated.value), crossed=crossed)
        if year - 1 not in programme.years:
            missing = absent(MissingReason.NOT_PUBLISHED, label_of_stock(year - 1, "published"))
            return cls(amount=missing, vintages=(), crossed=False)
        crossed = check_scope(programme.id, programme.scope_changes, [year - 1, year], allowed=across_scope_change)
        before = outstanding(portfolio, programme.id, year=year - 1, across_scope_change=across_scope_change)
        return cls(amount=before.by_flows, vintages=before.vintages, crossed=crossed or before.crosses_scope_change)


def _opening(portfolio: Portfolio, programme: BudgetProgramme, year: int) -> Amount | None:
    if programme.since is not None and year <= programme.since:
        return Amount(value=ZERO, label=label_of_stock(year - 1, "start"))
    return _stated(portfolio, programme, year - 1, is_forecast=False)


def _lot(year: int, amount: Euros) -> tuple[Vintage, ...]:
    return (Vintage(year=year, amount=amount, or_before=True),) if amount else ()


def _stated(portfolio: Portfolio, programme: BudgetProgramme, year: int, *, is_forecast: bool) -> Amount | None:
    fact = (Day(year, 12, 31), is_forecast)
    statements = (statement for statement in programme.outstanding if statement.about == fact)
    found = in_force(statements, says=lambda one: one.amount, sources=portfolio.sources)
    label = label_of_stock(year, "bill" if is_forecast else "published")
    return None if found is None else amount_of(found, lambda one: one.amount, label)


def _by_flows(year: int, plus: list[Amount], minus: list[Amount]) -> Amount:
    found = combined(plus, minus, label=label_of_stock(year, "flows"))
    days = dict.fromkeys(part.until for part in (*plus, *minus) if part.until is not None)
    if found.value is None:
        return found
    if days:  # a stock is counted at the end of the year, which a part-year count does not reach
        return part_year(*days, label=found.label)
    return absent(MissingReason.CONTRADICTORY, found.label) if found.value < ZERO else found


def _by_method(portfolio: Portfolio, year: BudgetYear, previous: Amount) -> Amount:
    """Return the forecast by the method of budget bills: everything open is committed, everything voted is paid."""
    other = budget_year(portfolio, year.programme_id, year.year, title=TitleGroup.OTHER)
    scope = year if other.amount(BudgetMeasure.OPENED, AppropriationKind.COMMITMENT).value is None else other
    opened = scope.amount(BudgetMeasure.OPENED, AppropriationKind.COMMITMENT)
    voted = scope.amount(BudgetMeasure.VOTED, AppropriationKind.PAYMENT)
    return combined([previous, opened], [voted], label=label_of_stock(year.year, "method"))


def _aged(start: _Start, year: int, committed: Amount, paid: Amount, released: Amount | None) -> tuple[Vintage, ...]:
    made, settled, gone = (amount.value or ZERO if amount else ZERO for amount in (committed, paid, released))
    return age(start.vintages, year=year, committed=made, paid=settled, decommitted=gone)
