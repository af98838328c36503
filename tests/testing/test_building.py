"""The builder: a minimal instance of any public class, and clear refusals."""

from __future__ import annotations

from typing import Any

import pytest

import levier
from levier import (
    Appropriations,
    Award,
    BudgetLine,
    CallRule,
    CommunityHub,
    Direction,
    Euros,
    Execution,
    ExecutionLine,
    InnovationWeek,
    Observation,
    Organisation,
    Period,
    Phase,
    Portfolio,
    Project,
    Quantity,
    Sourced,
)
from levier.budget import AppropriationKind, PaymentSchedule, ScheduledPayment
from levier.errors import InvalidValueError
from levier.fund import Instalment, RuleKind
from levier.indicators import ObservationState
from levier.model.instruments import Instrument
from levier.model.levers import ActivatesLevers
from levier.model.portfolio import NOUNS
from levier.model.sources import Stated
from levier.model.trees import Branch
from levier.plans import PhaseStep
from levier.testing import build
from levier.testing.registration import public_classes


@pytest.mark.parametrize("cls", public_classes(), ids=lambda cls: cls.__name__)
def test_every_class_can_be_built(cls: type[Any]) -> None:
    """Any public class can be built from nothing, always alike."""
    assert isinstance(build(cls), cls)
    assert build(cls) == build(cls)


def test_what_is_built_fits_together() -> None:
    """One of every noun makes a portfolio: a reference that must be there names what `build` makes of its class."""
    Portfolio.of(*[build(cls) for cls in NOUNS], build(Observation))
    assert build(Project, owner_id="organisation").owner_id == build(Organisation).id


@pytest.mark.parametrize("phase", Phase)
def test_a_phase_is_reached_the_shortest_way(phase: Phase) -> None:
    """A project is built in any phase, through as few steps as the table of phases allows."""
    project = build(Project, phase=phase)
    assert project.phase is phase
    assert len(project.steps) == {Phase.FRAMING: 0, Phase.COMPLETED: 2}.get(phase, 1)


def test_a_phase_may_be_given_as_text() -> None:
    """A phase is taken as its written form too, and refused where there is none."""
    assert build(Project, phase="stopped", id="p").phase is Phase.STOPPED
    with pytest.raises(InvalidValueError, match="framing"):
        build(Project, phase="done")


@pytest.mark.parametrize(
    ("cls", "values", "message"),
    [
        (Project, {"phse": Phase.STOPPED}, "'phse', which is no field of it; give any of id, label"),
        (Quantity, {"exactness": "exact"}, "'exactness', which follows from its fields; give any of lower, upper"),
        (Project, {"phase": Phase.STOPPED, "steps": []}, "both 'phase' and 'steps'"),
        (Euros, {"cents": 1}, r"call Euros\(…\) itself"),
    ],
)
def test_names_that_are_no_fields(cls: type[Any], values: dict[str, Any], message: str) -> None:
    """What is no field is refused, with the fields that there are."""
    with pytest.raises(TypeError, match=message):
        build(cls, **values)


@pytest.mark.parametrize(
    ("cls", "named"),
    [
        ("Project", "'Project', which is text"),
        (None, "None"),
        (7, "7"),
        (levier.model, "<module 'levier.model'"),
        (Sourced[int], r"levier.model.sources.Sourced\[int\]"),
        (int, "int"),
        (list, "list"),
        (InvalidValueError, "InvalidValueError"),
        (levier.model.terms.Term, "Term"),
    ],
)
def test_what_is_no_class_of_ours(cls: Any, named: str) -> None:
    """What is no class that can be built is refused by name, with what is expected."""
    with pytest.raises(TypeError, match=rf"^cannot build {named}.*: expected a class of levier itself"):
        build(cls)


def test_bad_values_are_refused_by_their_class() -> None:
    """The builder mends nothing that was given."""
    with pytest.raises(InvalidValueError):
        build(Project, label="")
    with pytest.raises(InvalidValueError):
        build(InnovationWeek, edition="six")


@pytest.mark.parametrize(
    ("cls", "values", "name", "expected"),
    [
        (Award, {"instalments": [Instalment(amount=2), Instalment(amount=3)]}, "amount", Euros(5)),
        (BudgetLine, {"amounts": Appropriations(1, None)}, "missing_because", "sample"),
        (BudgetLine, {"amounts": Appropriations(1, 2)}, "missing_because", ""),
        (ExecutionLine, {"amounts": Execution(None, 2)}, "missing_because", "sample"),
        (CallRule, {"kind": "ceiling"}, "amount", Euros(1)),
        (CallRule, {"kind": RuleKind.RETURN, "share": 2}, "share", 2),
        (Execution, {"paid": 3}, "committed", None),
        (InnovationWeek, {"edition": 6}, "period", build(Sourced, value=Period("2019"))),
        (InnovationWeek, {"period": build(Sourced, value=Period("2022-11"))}, "edition", 9),
        (Observation, {"state": "coming"}, "value", None),
        (Observation, {"value": None}, "state", ObservationState.NOT_COLLECTED),
        (PaymentSchedule, {"payments": [ScheduledPayment(2021, 7)]}, "stock", Euros(7)),
        (Quantity, {"lower": 3}, "upper", None),
        (Sourced, {"alternatives": [build(Stated)]}, "preferred_because", "sample"),
    ],
)
def test_given_values_are_completed(cls: type[Any], values: dict[str, Any], name: str, expected: object) -> None:
    """What a given value asks for beside it is filled in."""
    assert getattr(build(cls, **values), name) == expected


def test_defaults_are_kept() -> None:
    """Fields with a default keep it, and values are taken as constructors take them."""
    indicator = build(levier.Indicator, direction="decrease")
    assert indicator.direction is Direction.DECREASE
    assert (indicator.periodicity_months, indicator.definitions) == (None, ())


def test_other_shapes() -> None:
    """A kind is the first of its list; the root of the instruments is built as the smallest of them."""
    assert build(AppropriationKind) is AppropriationKind.COMMITMENT
    assert type(build(Instrument, label="Hub")) is CommunityHub
    steps = [PhaseStep(phase=Phase.DEPLOYMENT, on="2020-01-01", because="decided")]
    assert build(Project, steps=steps).phase is Phase.DEPLOYMENT


@pytest.mark.parametrize("root", [ActivatesLevers, Branch])
def test_what_nothing_is_by_itself_is_not_built(root: Any) -> None:
    """A common root, and an answer that no document holds, have no minimal value."""
    with pytest.raises(TypeError, match=f"cannot build {root.__name__}: no value is of this class alone"):
        build(root)
