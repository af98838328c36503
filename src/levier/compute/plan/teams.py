"""Teams of challenge calls: how many applied, and the last number that is known before each stage."""

from __future__ import annotations

from collections.abc import Iterator

from levier.model.challenges import ChallengeStage
from levier.model.instruments import ChallengeCall
from levier.model.quantities import COUNT, Quantity

__all__ = ["applications_of", "stages_with_before"]

_APPLICATIONS = "applications"


def applications_of(call: ChallengeCall) -> Quantity | None:
    """
    Return how many applied: the call's figure *applications*, where it counts; `None` where it has none.

    >>> applications_of(ChallengeCall(id="defis", label="Défis")) is None
    True
    """
    figures = (figure.value.value for figure in call.figures if figure.id == _APPLICATIONS)
    return next((quantity for quantity in figures if quantity.unit == COUNT), None)


def stages_with_before(call: ChallengeCall) -> Iterator[tuple[ChallengeStage, Quantity | None]]:
    """
    Yield each stage with the last number of teams that is known before it: of an earlier stage, or who applied.

    >>> from levier import catalogue
    >>> for stage, before in stages_with_before(catalogue.action_publique_2022().instruments["defis-cartes-blanches"]):
    ...     print(stage.phase, "after", before)
    exploration after 54 count
    incubation after 54 count
    experimentation after 24 count
    """
    before = applications_of(call)
    for stage in call.stages:
        yield stage, before
        before = stage.teams or before
