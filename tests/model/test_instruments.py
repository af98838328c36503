"""Territorial instruments: kinds that are told apart, and stages whose money is counted in bounds."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidValueError
from levier.model.cartes_blanches import Experiment, Idea, LocalProblem
from levier.model.challenges import ChallengeStage
from levier.model.instruments import AnyInstrument, CarteBlanche, ChallengeCall, InnovationWeek, Instrument
from levier.model.lifecycle import ChallengePhase
from levier.model.periods import Period
from levier.model.quantities import COUNT, EUROS, Quantity
from levier.model.sources import Sourced

KINDS = get_args(AnyInstrument)


def test_kinds_are_distinct() -> None:
    """Each class of the union has one kind, which no other class has, and stands below the common root."""
    kinds = {get_args(get_type_hints(cls)["kind"]) for cls in KINDS}
    assert len(kinds) == len(KINDS)
    assert all(len(kind) == 1 for kind in kinds)
    assert set(Instrument.__subclasses__()) == set(KINDS)


def stage(teams: Quantity | None, grant: Quantity | None) -> ChallengeStage:
    """Return a stage of so many teams, granted so much each."""
    return ChallengeStage(phase="incubation", teams=teams, grant=grant)


def test_stages_of_the_challenge_call_cost_what_its_envelope_says() -> None:
    """24 teams at 25 k€ and 3 to 5 at 150 to 250 k€ cost between 1.05 and 1.85 M€; the envelope is 1.5 M€."""
    first = stage(Quantity.exact(24, COUNT), Quantity.exact(25_000, EUROS)).cost
    second = stage(Quantity.between(3, 5, COUNT), Quantity.between(150_000, 250_000, EUROS)).cost
    assert first is not None
    assert second is not None
    assert (first + second).lower == 1_050_000
    assert (first + second).upper == 1_850_000


counts = st.integers(0, 1000)


@given(st.tuples(counts, counts).map(sorted), st.tuples(counts, counts).map(sorted), st.data())
def test_the_cost_bounds_every_possible_cost(teams: list[int], grants: list[int], data: st.DataObject) -> None:
    """Whatever number of teams within its bounds gets whatever grant within its own, the cost is within the cost's."""
    cost = stage(Quantity.between(*teams, COUNT), Quantity.between(*grants, EUROS)).cost
    actual = data.draw(st.integers(*teams)) * data.draw(st.integers(*grants))
    assert cost is not None
    assert cost.unit == EUROS
    assert cost.lower is not None
    assert cost.upper is not None
    assert cost.lower <= actual <= cost.upper


def test_a_missing_side_is_not_zero() -> None:
    """Without teams or grant there is no cost; with a bound missing, the cost has that bound missing."""
    some = Quantity.exact(3, COUNT)
    assert stage(some, None).cost is None
    assert stage(None, Quantity.exact(3, EUROS)).cost is None
    at_least = stage(some, Quantity.at_least(10, EUROS)).cost
    assert at_least == Quantity(lower=Decimal(30), unit=EUROS)


def test_editions_count_from_2014() -> None:
    """The edition is the year minus 2013, in every year but no other."""
    for year in range(2014, 2030):
        period = Sourced(value=Period(f"{year}-11"), source_id="s")
        assert InnovationWeek(id="w", label="W", edition=year - 2013, period=period).edition == year - 2013
        with pytest.raises(InvalidValueError, match=f"a date in {year + 1}, the year of edition {year - 2012}"):
            InnovationWeek(id="w", label="W", edition=year - 2012, period=period)


@pytest.mark.parametrize(
    ("teams", "grant"),
    [
        (Quantity.exact(3, COUNT), Quantity.about(10, EUROS)),  # about so much is no bound
        (Quantity.about(3, COUNT), Quantity.exact(10, EUROS)),
        (Quantity.at_most(3, COUNT), Quantity.at_least(10, EUROS)),  # neither a least nor a most
    ],
)
def test_what_sets_no_bound_has_no_cost(teams: Quantity, grant: Quantity) -> None:
    """Where no bound of the cost follows from teams and grant there is none, rather than a guess."""
    assert stage(teams, grant).cost is None


def test_fewer_than_no_teams_are_refused() -> None:
    """Teams and grants are at least zero, in each of their bounds."""
    for teams, grant in ((Quantity.exact(-1, COUNT), None), (None, Quantity.between(-1, 5, EUROS))):
        with pytest.raises(InvalidValueError, match="at least zero"):
            stage(teams, grant)


@pytest.mark.parametrize("phases", list(permutations(ChallengePhase, 2)), ids=str)
def test_stages_stand_in_the_order_of_their_table(phases: tuple[ChallengePhase, ...]) -> None:
    """Two stages follow each other only as the table of challenge calls says; the refusal names what may follow."""
    legal = {("exploration", "incubation"), ("incubation", "experimentation")}
    stages = [ChallengeStage(phase=phase) for phase in phases]
    if phases in legal:
        assert ChallengeCall(id="c", label="C", stages=stages).stages == tuple(stages)
    else:
        with pytest.raises(InvalidValueError, match=f"a stage that may follow {phases[0]}: "):
            ChallengeCall(id="c", label="C", stages=stages)


def test_parts_of_a_carte_blanche_know_each_other() -> None:
    """An idea answers problems, and an experiment tries ideas, of the same Carte blanche."""
    far, bus = LocalProblem(id="far", label="Far"), Idea(id="bus", label="Bus", problem_ids=["far"])
    tried = Experiment(id="tried", label="Tried", idea_ids=["bus"])
    assert CarteBlanche(id="c", label="C", problems=[far], ideas=[bus], experiments=[tried]).experiments == (tried,)
    with pytest.raises(InvalidValueError, match="problems of the same Carte blanche"):
        CarteBlanche(id="c", label="C", ideas=[bus])
    with pytest.raises(InvalidValueError, match="ideas of the same Carte blanche"):
        CarteBlanche(id="c", label="C", experiments=[tried])
