"""Coverage of levers: reforms without a lever, levers never activated, levers whose effect is not measured."""

from __future__ import annotations

from attrs import frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.levers.activations import activations_of, levers_of_reforms
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model.observations import ObservationKind
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.trees import branches_of
from levier.wording.explained import Explained
from levier.wording.messages import clauses, message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["LeverCoverage", "lever_coverage", "measured_indicators"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class LeverCoverage(Explained):
    """
    The coverage of levers: the reforms that activate one, the levers that are activated, and those that are measured.

    A reform activates a lever itself or through one of its projects.
    A lever is activated, or measured, if it or one of its sub-levers is.
    It is measured if an indicator that it should move has an actual value, in any territory; a baseline, a target or a
    forecast is not enough. `effects_of` tells whether the indicator moved.

    Attributes:
        reforms: The reforms that activate a lever, of all reforms.
        activated: The levers that are activated, of all levers.
        measured: The levers whose effect is measured, of all levers.

    >>> from levier import Lever
    >>> found = lever_coverage(Portfolio.of(Lever(id="digital", label="Digital")))
    >>> str(found.reforms), str(found.activated), found.measured.missing
    ('0 of 0', '0 of 1', ('digital',))
    """

    reforms: Coverage
    activated: Coverage
    measured: Coverage

    @property
    def message(self) -> Said:
        """The three counts, with the names of what is missing; and the note that a lever includes its sub-levers."""
        return clauses(
            message("reforms that activate a lever: {coverage}", coverage=self.reforms.message),
            message("levers activated: {coverage}", coverage=self.activated.message),
            message("levers with a measured effect: {coverage}", coverage=self.measured.message),
            message("a lever includes its sub-levers") if self.activated.expected else None,
        )


@asked
def lever_coverage(portfolio: Portfolio, *, as_of: DayLike | None = None) -> LeverCoverage:
    """
    Return the reforms that activate a lever, the levers that are activated, and those whose effect is measured.

    A reform counts by the levers that it and its projects name; those of its programmes are not its own.
    *as_of* is the day of knowledge; `None` uses everything recorded.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import Lever, Reform
    >>> digital, reform = Lever(id="digital", label="Digital"), Reform(id="r", label="R", lever_ids=["digital"])
    >>> print(lever_coverage(Portfolio.of(digital, reform)).explain("en"))
    reforms that activate a lever: 1 of 1; levers activated: 1 of 1;
    levers with a measured effect: 0 of 1 (missing Digital); a lever includes its sub-levers
    """
    portfolio = known(portfolio, as_of)
    activated = {activation.lever.id for activation in activations_of(portfolio)}
    values = measured_indicators(portfolio)
    measured = {
        lever.id
        for lever in portfolio.levers.values()
        if any(effect.indicator_id in values for effect in lever.effects)
    }
    branches = {name: {lever.id for lever in branch} for name, branch in branches_of(portfolio.levers).items()}
    reforms: dict[str, Name] = {reform.id: Name.of(reform) for reform in portfolio.reforms.values()}
    levers: dict[str, Name] = {lever.id: Name.of(lever) for lever in portfolio.levers.values()}
    return LeverCoverage(
        reforms=Coverage.of({name: bool(named) for name, named in levers_of_reforms(portfolio).items()}, reforms),
        activated=Coverage.of({name: not branch.isdisjoint(activated) for name, branch in branches.items()}, levers),
        measured=Coverage.of({name: not branch.isdisjoint(measured) for name, branch in branches.items()}, levers),
    )


def measured_indicators(portfolio: Portfolio) -> frozenset[str]:
    """
    Return the indicators that are measured: those with an actual value, in any territory.

    >>> measured_indicators(Portfolio())
    frozenset()
    """
    rows = portfolio.observations
    return frozenset(row.indicator_id for row in rows if row.kind is ObservationKind.ACTUAL and row.value is not None)
