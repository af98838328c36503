"""Errors of the budget: contradictory flows, exceeded envelopes, changed scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from levier.errors.final import final
from levier.errors.root import LevierError

if TYPE_CHECKING:
    from levier.model.money import Euros

__all__ = [
    "ContradictoryFlowsError",
    "EnvelopeExceededError",
    "ScopeChangedError",
]


@final
@frozen
class EnvelopeExceededError(LevierError, ValueError):
    """A plan promises more than its envelope."""

    subject: str
    requested: Euros
    available: Euros

    @property
    def excess(self) -> Euros:
        """The amount above the envelope, in euros."""
        return self.requested - self.available

    def __str__(self) -> str:
        return (
            f"{self.subject}: the plan asks for {self.requested}, the envelope is {self.available}: "
            f"{self.excess} too much"
        )


@final
@frozen
class ContradictoryFlowsError(LevierError, ValueError):
    """More was paid or released than committed: the flows contradict each other."""

    subject: str
    committed: Euros
    released: Euros

    def __str__(self) -> str:
        return (
            f"{self.subject}: {self.released} paid or released, but only {self.committed} committed: "
            f"one of the figures is wrong or missing"
        )


@final
@frozen
class ScopeChangedError(LevierError, ValueError):
    """Years of a budget programme were compared although its scope changed between them."""

    programme_id: str
    years: tuple[int, ...]
    changes: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"budget programme {self.programme_id!r}: {', '.join(map(str, self.years))} do not cover the same things "
            f"({'; '.join(self.changes)}); pass across_scope_change=True to compare them all the same"
        )
