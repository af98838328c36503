"""Several years of a budget programme together: never across a change of scope unless the caller allows it."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from levier.compute._types import asked, by_type
from levier.compute.budget.amounts import Amount, Label, combined, part_year
from levier.compute.budget.derivations import BudgetMeasure
from levier.compute.budget.execution import BudgetYear
from levier.compute.budget.rates import Denominator, ExecutionRate, Ratio, quotient
from levier.compute.budget.statements import label_of
from levier.errors import InvalidValueError, ScopeChangedError
from levier.errors.final import final
from levier.model.appropriations import AppropriationKind
from levier.model.budget import ScopeChange
from levier.wording.explained import Explained
from levier.wording.messages import about, items, message
from levier.wording.said import Said

__all__ = ["BudgetChange", "change_between", "check_scope", "crosses_scope_change", "execution_rate"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class BudgetChange(Explained):
    """
    One figure in two years, in euros.

    *crosses_scope_change* marks two years whose scopes differ.
    A count over a part of a year is compared only with one that stops on the same day of its year.

    Attributes:
        before: The figure of the earlier year, in euros.
        after: The figure of the later year, in euros.

    >>> before, after = (Amount.of(n, fr=f"votés ({y})", en=f"voted ({y})") for n, y in ((200, 2020), (40, 2021)))
    >>> BudgetChange(before=before, after=after).explain("en")
    '€160 less: €200 voted (2020), €40 voted (2021)'
    """

    before: Amount
    after: Amount
    crosses_scope_change: bool = False

    @property
    def difference(self) -> Amount:
        """The later figure minus the earlier one; missing where one is missing, or where they are not comparable."""
        after, before = (evolve(amount, until=None) for amount in self._sides)
        return combined([after], [before], label=Label(message("more"), below=message("less")))

    @property
    def ratio(self) -> Ratio:
        """The later figure over the earlier one; a percentage."""
        return quotient(*self._sides, is_percentage=True)

    @property
    def _sides(self) -> tuple[Amount, Amount]:
        return self.after.beside(self.before), self.before.beside(self.after)

    @property
    def message(self) -> Said:
        """The difference with both figures; a change of scope is named."""
        difference, (after, before) = self.difference, self._sides
        what = message("not computable") if difference.value is None else difference.message
        change = about(items(before.message, after.message), what)
        return message("{content} (the scope changes)", content=change) if self.crosses_scope_change else change


@asked
def change_between(
    before: BudgetYear,
    after: BudgetYear,
    *,
    measure: BudgetMeasure | str,
    of: AppropriationKind | str,
    across_scope_change: bool = False,
) -> BudgetChange:
    """
    Return one figure in two years.

    Raises:
        ScopeChangedError: Across a change of scope, unless *across_scope_change*; the result is then marked.

    >>> from levier.compute.budget.derivations import Records
    >>> from levier.compute.budget.statements import Scope
    >>> early, late = (BudgetYear(programme_id="349", records=Records(scope=Scope(year=y))) for y in (2020, 2021))
    >>> change_between(early, late, measure=BudgetMeasure.VOTED, of=AppropriationKind.PAYMENT).difference.value is None
    True
    """
    crossed = crosses_scope_change([before, after], allowed=across_scope_change)
    return BudgetChange(
        before=before.amount(measure, of), after=after.amount(measure, of), crosses_scope_change=crossed
    )


@asked
def execution_rate(
    years: Iterable[BudgetYear],
    *,
    of: AppropriationKind | str,
    over: Denominator | str,
    across_scope_change: bool = False,
) -> ExecutionRate:
    """
    Return the execution rate of several years together: the total used over the total granted.

    The rate is a ratio of totals, so a large year weighs more than a small one; a missing amount makes it missing. A
    count over a part of a year is not added to one over a whole year.

    Raises:
        InvalidValueError: Without any year.
        ScopeChangedError: Across a change of scope, unless *across_scope_change*; the result is then marked.
    """
    given, kind, base = tuple(years), AppropriationKind(of), Denominator(over)
    if not given:
        raise InvalidValueError("execution_rate", given, "at least one year", "years")
    crossed = crosses_scope_change(given, allowed=across_scope_change)
    return ExecutionRate(
        of=kind,
        over=base,
        numerator=_sum(given, BudgetMeasure.USED, kind, kind.value),
        denominator=_sum(given, BudgetMeasure(base.value), kind, base.value),
        crosses_scope_change=crossed,
    )


def crosses_scope_change(years: Iterable[BudgetYear], *, allowed: bool = False) -> bool:
    """
    Return whether a programme's scope changes between some of its years; a single action has no scope change.

    Raises:
        ScopeChangedError: If it does, and *allowed* is false.
    """
    crossed = False
    by_programme: dict[str, list[BudgetYear]] = {}
    for year in years:
        if not year.scope.action:
            by_programme.setdefault(year.programme_id, []).append(year)
    for programme_id, group in by_programme.items():
        crossed |= check_scope(programme_id, group[0].scope_changes, [y.year for y in group], allowed=allowed)
    return crossed


def check_scope(programme_id: str, changes: Iterable[ScopeChange], years: Iterable[int], *, allowed: bool) -> bool:
    """
    Return whether a change of scope falls between the first and the last of *years*.

    Raises:
        ScopeChangedError: If it does, and *allowed* is false.
    """
    ordered = sorted(set(years))
    between = sorted((c for c in changes if ordered[0] < c.year <= ordered[-1]), key=lambda c: (c.year, repr(c)))
    if between and not allowed:
        named = tuple(f"{change.year}: {change.label_en or change.label}" for change in between)
        raise ScopeChangedError(programme_id, tuple(ordered), named)
    return bool(between)


def _sum(years: tuple[BudgetYear, ...], measure: BudgetMeasure, of: AppropriationKind, name: str) -> Amount:
    amounts = [year.amount(measure, of) for year in years]
    label = label_of(name, *(year.scope for year in years))
    if len(amounts) == 1:
        return amounts[0]
    added = combined(amounts, label=label)
    days = [amount.until for amount in amounts if amount.until is not None]
    return part_year(*days, label=label) if added.value is not None and 0 < len(days) < len(amounts) else added
