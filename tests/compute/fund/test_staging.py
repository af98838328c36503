"""Staged money: a plan is refused before it is promised, with what is missing, and kept within what is published."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from levier import ChallengeCall, Euros, Quantity, catalogue
from levier.errors import EnvelopeExceededError, InvalidValueError
from levier.fund import staged_funding
from levier.instruments import ChallengePhase, ChallengeStage
from levier.model.quantities import COUNT, EUROS

CALL = catalogue.action_publique_2022().instruments["defis-cartes-blanches"]


def test_the_plan_of_the_challenge_call() -> None:
    """24 × 25 k€ + 5 × 250 k€ is 350,000 € more than 1.5 M€ holds; with three solutions 1.35 M€ fits."""
    with pytest.raises(EnvelopeExceededError) as refused:
        staged_funding(CALL, {"experimentation": (5, 250_000)})
    found = refused.value.requested, refused.value.available, refused.value.excess
    assert found == (Euros(1_850_000), Euros(1_500_000), Euros(350_000))
    plan = staged_funding(CALL, {"experimentation": (3, 250_000)})
    assert (plan.cost, plan.left) == (Euros(1_350_000), Euros(150_000))
    assert [(stage.phase.value, stage.teams, stage.cost) for stage in plan.stages] == [
        ("incubation", 24, Euros(600_000)),
        ("experimentation", 3, Euros(750_000)),
    ]
    assert plan.unfunded == (ChallengePhase.EXPLORATION,)
    assert staged_funding(CALL, {"experimentation": (5, 250_000)}, envelope=1_850_000).left == Euros(0)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, "a choice of teams and of euros for each"),
        ({"experimentation": (6, 150_000)}, "between 3 and 5 count"),
        ({"experimentation": (2, 150_000)}, "between 3 and 5 count"),
        ({"experimentation": (3, 250_001)}, "between 150000 and 250000 EUR"),
        ({"incubation": (23, 25_000), "experimentation": (3, 150_000)}, "24 count"),
        ({"experimentation": (3.0, 150_000)}, "a whole number of teams"),
        ({"experimentation": (-3, 150_000)}, "a whole number of teams"),
        ({"experimentation": (3, -1)}, "a whole number of teams"),
    ],
)
def test_choices_stay_within_what_is_published(choices: dict[str, Any], expected: str) -> None:
    """A stage with bounds needs a choice, which keeps them; a published number is not chosen again."""
    with pytest.raises(InvalidValueError, match=expected):
        staged_funding(CALL, choices)


def test_what_is_not_published_is_chosen_or_left_out() -> None:
    """A plan needs an envelope, stages of the call, and all that a stage needs; 'about' binds nobody."""
    bare = ChallengeCall(id="bare", label="Bare", stages=[ChallengeStage(phase="incubation")])
    with pytest.raises(InvalidValueError, match="an envelope, published or given"):
        staged_funding(bare)
    assert staged_funding(bare, envelope=1).unfunded == (ChallengePhase.INCUBATION,)
    assert staged_funding(bare, {"incubation": (2, "0.50")}, envelope=1).left == Euros(0)
    with pytest.raises(InvalidValueError, match="stages of this call"):
        staged_funding(bare, {"exploration": (1, 1)}, envelope=1)
    half = evolve(bare, stages=[ChallengeStage(phase="incubation", teams=Quantity.exact(2, COUNT))])
    with pytest.raises(InvalidValueError, match="not published"):
        staged_funding(half, envelope=1)
    vague = ChallengeStage(phase="incubation", teams=Quantity.about(2, COUNT), grant=Quantity.at_least(1, EUROS))
    assert staged_funding(evolve(bare, stages=[vague]), {"incubation": (3, 2)}, envelope=6).cost == Euros(6)
    with pytest.raises(InvalidValueError, match="at least 1 EUR"):
        staged_funding(evolve(bare, stages=[vague]), {"incubation": (3, 0)}, envelope=6)
    at_most = ChallengeStage(phase="incubation", grant=Quantity.at_most(1, EUROS))
    assert staged_funding(evolve(bare, stages=[at_most]), {"incubation": (3, 1)}, envelope=6).cost == Euros(3)
