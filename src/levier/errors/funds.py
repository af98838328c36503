"""Errors of a fund: amounts that may not be committed, paid, cut or granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from levier.errors.final import final
from levier.errors.root import LevierError

if TYPE_CHECKING:
    from levier.model.money import Euros

__all__ = [
    "AboveCeilingError",
    "ClosedYearError",
    "InsufficientAllocationError",
    "NotContractedError",
    "OvercommitmentError",
    "OverpaymentError",
    "OverrecoveryError",
]


@final
@frozen
class NotContractedError(LevierError, ValueError):
    """
    Money of an award was to be committed or paid before its contract.

    *entry* is the index of the entry, if a whole journal was given; likewise in the next three errors.
    """

    award_id: str
    asked_on: str
    contracted_on: str
    entry: int | None = None

    def __str__(self) -> str:
        signed = f"its contract is dated {self.contracted_on}" if self.contracted_on else "it has no contract"
        return f"award {self.award_id!r}: nothing may be committed or paid on {self.asked_on}: {signed}"


@final
@frozen
class OvercommitmentError(LevierError, ValueError):
    """A commitment exceeds what is available of its award or, if *of_fund*, of the fund's allocation."""

    award_id: str
    requested: Euros
    available: Euros
    of_fund: bool = False
    entry: int | None = None

    def __str__(self) -> str:
        where = " in the allocation of the fund" if self.of_fund else ""
        return f"award {self.award_id!r}: asked to commit {self.requested}, available {self.available}{where}"


@final
@frozen
class OverpaymentError(LevierError, ValueError):
    """A payment exceeds the unpaid commitments, or a decommitment exceeds these and what came back."""

    award_id: str
    requested: Euros
    available: Euros
    entry: int | None = None

    def __str__(self) -> str:
        return (
            f"award {self.award_id!r}: asked to pay or release {self.requested}, "
            f"committed and not yet paid {self.available}"
        )


@final
@frozen
class OverrecoveryError(LevierError, ValueError):
    """A recovery exceeds the payments that did not come back yet."""

    award_id: str
    requested: Euros
    available: Euros
    entry: int | None = None

    def __str__(self) -> str:
        return (
            f"award {self.award_id!r}: asked to recover {self.requested}, paid and not yet recovered {self.available}"
        )


@final
@frozen
class AboveCeilingError(LevierError, ValueError):
    """An award exceeds the ceiling of its call."""

    award_id: str
    call_id: str
    requested: Euros
    available: Euros

    def __str__(self) -> str:
        return (
            f"award {self.award_id!r}: asked to grant {self.requested}, "
            f"the ceiling of call {self.call_id!r} is {self.available}"
        )


@final
@frozen
class InsufficientAllocationError(LevierError, ValueError):
    """A cut, a lapse or a carry-over exceeds the uncommitted part of a fund's allocation."""

    fund_id: str
    requested: Euros
    available: Euros

    def __str__(self) -> str:
        return f"fund {self.fund_id!r}: asked for {self.requested} of what is not committed, available {self.available}"


@final
@frozen
class ClosedYearError(LevierError, ValueError):
    """An entry or a change is dated in a closed year."""

    fund_id: str
    asked_on: str
    closed_until: str

    def __str__(self) -> str:
        return f"fund {self.fund_id!r}: nothing may be recorded on {self.asked_on}: closed until {self.closed_until}"
