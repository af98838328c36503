"""
Proposed values: a territory that contests a published value proposes another; the official progress does not change.

Source of the rule: PILOTE (`compute_vacp.sql`): the latest pending proposal gives a progress of its own, shown beside
the official one.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import NumberLike, as_number
from levier.compute.indicators.measure import Progress, measured
from levier.compute.indicators.points import Given, why_refused
from levier.errors import WrongUnitError
from levier.errors.final import final
from levier.model.periods import Day, as_day, is_day
from levier.model.quantities import Quantity
from levier.model.terms import Term

__all__ = ["Proposal", "ProposalStatus", "proposed_progress"]


class ProposalStatus(Term):
    """The status of a proposal."""

    PENDING = "pending", "en cours", "pending"
    ACCEPTED = "accepted", "acceptée", "accepted"
    REFUSED = "refused", "refusée", "refused"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Proposal:
    """
    An actual value that a territory proposes in place of the published one.

    Attributes:
        value: The proposed value, in the indicator's unit.
        on: The day of the proposal.
        status: Whether the proposal is pending, accepted or refused.

    Raises:
        InvalidValueError: For a malformed day or an unknown status.

    >>> Proposal(value=60, on="2024-07-05").status
    <ProposalStatus.PENDING: 'pending'>
    """

    value: NumberLike | None
    on: Day = field(converter=as_day, validator=is_day)
    status: ProposalStatus = field(default=ProposalStatus.PENDING, converter=ProposalStatus)


@asked
def proposed_progress(official: Progress, proposals: Iterable[Proposal]) -> Progress | None:
    """
    Return the progress by the latest pending proposal, to show beside the *official* one; `None` without a proposal.

    Where baseline and target are not comparable, the value is missing, with the official reason.

    Raises:
        InvalidValueError: For NaN, infinity or a float.
        WrongUnitError: For a quantity in another unit than the indicator's.

    >>> from levier.compute.indicators.progress import progress
    >>> official = progress(baseline=0, actual=40, target=100, direction="increase")
    >>> proposals = [Proposal(value=55, on="2024-07-01"), Proposal(value=70, on="2024-07-09", status="refused")]
    >>> proposed_progress(official, proposals).value, official.value
    (Decimal('55.00'), Decimal('40.00'))
    """
    pending = [proposal for proposal in proposals if proposal.status is ProposalStatus.PENDING]
    if not pending:
        return None
    latest = max(pending, key=lambda proposal: proposal.on)
    _refuse_other_unit(official, latest)
    number = as_number(latest.value, "proposed_progress", str(latest.on))
    proposed = None if number is None else Given(value=number)
    found = measured(official.baseline, proposed, official.target, official.about, official.asked, official.territory)
    if found.kept is not None and official.kept is not None:  # the proposal replaces the latest value, not the others
        held = official.kept.held - official.kept.is_held + found.kept.is_held
        kept = evolve(official.kept, held=held, outside=found.kept.outside)
        found = evolve(found, value=kept.share, unbounded=kept.share, notes=evolve(found.notes, kept=kept))
    reason = why_refused(official.baseline, official.target, ruleset=official.ruleset)
    return found if reason is None or found.value is None else evolve(found, value=None, unbounded=None, reason=reason)


def _refuse_other_unit(official: Progress, proposal: Proposal) -> None:
    found = proposal.value
    if isinstance(found, Quantity) and official.unit and found.unit != official.unit:
        raise WrongUnitError(
            official.indicator_id, official.territory_id, proposal.on.isoformat()[:7], str(found), official.unit
        )
