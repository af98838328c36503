"""Programmes, reforms and projects: every move of the life cycle, in and out of the table."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from levier.errors import ForbiddenTransitionError, InvalidValueError
from levier.model.events import Risk
from levier.model.levers import LeverActivation
from levier.model.lifecycle import TRANSITIONS, Phase, PhaseStep
from levier.model.periods import Period
from levier.model.programmes import Programme, Project, Reform
from levier.model.sources import Sourced
from levier.testing.strategies import of

# Written out from the decision on the life cycle, not read from the code.
ALLOWED = {
    ("framing", "experimentation"),
    ("framing", "deployment"),
    ("framing", "stopped"),
    ("experimentation", "framing"),
    ("experimentation", "deployment"),
    ("experimentation", "stopped"),
    ("deployment", "experimentation"),
    ("deployment", "completed"),
    ("deployment", "stopped"),
    ("stopped", "framing"),
}
WAYS: dict[Phase, list[Phase]] = {
    Phase.FRAMING: [],
    Phase.EXPERIMENTATION: [Phase.EXPERIMENTATION],
    Phase.DEPLOYMENT: [Phase.DEPLOYMENT],
    Phase.COMPLETED: [Phase.DEPLOYMENT, Phase.COMPLETED],
    Phase.STOPPED: [Phase.STOPPED],
}


def project_in(phase: Phase) -> Project:
    """Return a project that came to *phase* by the shortest way."""
    steps = [PhaseStep(phase=step, on="2019-01-01", because="why not") for step in WAYS[phase]]
    return Project(id="p", label="P", steps=steps)


def test_the_table_is_the_one_decided() -> None:
    """The table of phases holds the moves decided and no other, has every phase as a row, and cannot be changed."""
    assert {(start, end) for start, ends in TRANSITIONS.items() for end in ends} == ALLOWED
    assert set(TRANSITIONS) == set(Phase)
    with pytest.raises(TypeError):
        TRANSITIONS[Phase.COMPLETED] = (Phase.FRAMING,)  # type: ignore[index]  # refused is what is proven


@pytest.mark.parametrize(("start", "end"), list(product(Phase, Phase)))
def test_every_move_is_allowed_or_refused(start: Phase, end: Phase) -> None:
    """A move of the table is made and recorded; any other is refused with the ways that are open."""
    project = project_in(start)
    assert project.phase is start
    if (start, end) in ALLOWED:
        moved = project.moved_to(end, on="2020-01-01", because="decided")
        assert moved.phase is end
        assert moved.steps[:-1] == project.steps
        assert project.phase is start
    else:
        with pytest.raises(ForbiddenTransitionError) as caught:
            project.moved_to(end, on="2020-01-01", because="decided")
        error = caught.value
        assert (error.project_id, error.current, error.requested) == ("p", start, end)
        assert set(error.allowed) == {way for origin, way in ALLOWED if origin == start}
        assert f"cannot go from '{start}' to '{end}'" in str(error)


@given(st.lists(st.sampled_from(Phase), max_size=5))
def test_steps_given_at_once_are_walked(phases: list[Phase]) -> None:
    """A project built with steps is built when each is a move of the table, and refused when one is not."""
    steps = [PhaseStep(phase=phase, on="2019-01-01", because=f"{place}") for place, phase in enumerate(phases)]
    path = [Phase.FRAMING, *phases]
    if all(move in ALLOWED for move in pairwise(path)):
        assert Project(id="p", label="P", steps=steps).phase is path[-1]
    else:
        with pytest.raises(ForbiddenTransitionError):
            Project(id="p", label="P", steps=steps)


def test_time_goes_forward() -> None:
    """A step may be made on the day of the last one, never before it."""
    project = project_in(Phase.EXPERIMENTATION)
    assert project.moved_to(Phase.DEPLOYMENT, on="2019-01-01", because="same day").phase is Phase.DEPLOYMENT
    with pytest.raises(InvalidValueError, match=r"^Project 'p'\.steps: expected a day not before 2019-01-01"):
        project.moved_to(Phase.DEPLOYMENT, on="2018-12-31", because="the day before")


@pytest.mark.parametrize(("on", "because", "field"), [("now", "x", "on"), ("2020-01-01", " ", "because")])
def test_a_move_is_dated_and_reasoned(on: str, because: str, field: str) -> None:
    """A move without a day or a reason is refused in the name of what is missing."""
    with pytest.raises(InvalidValueError) as caught:
        project_in(Phase.FRAMING).moved_to(Phase.STOPPED, on=on, because=because)
    assert caught.value.field == field


def test_a_phase_may_be_written_as_text() -> None:
    """The written form of a phase is a phase; an unknown one is no phase, which is said with those that there are."""
    moved = project_in(Phase.FRAMING).moved_to("stopped", on="2020-01-01", because="x")
    assert moved.phase is Phase.STOPPED
    with pytest.raises(InvalidValueError, match=r"Phase: expected one of framing, .* found 'nowhere'"):
        moved.moved_to("nowhere", on="2020-01-01", because="x")


def test_the_end_has_no_way_out() -> None:
    """What is completed is final, and the refusal says so."""
    with pytest.raises(ForbiddenTransitionError, match=r"none \(final\)"):
        project_in(Phase.COMPLETED).moved_to(Phase.FRAMING, on="2020-01-01", because="x")


@given(of(Project))
def test_generated_projects_stand_in_the_table(project: Project) -> None:
    """Whatever a project's life, each of its steps follows from the one before."""
    path = [Phase.FRAMING, *(step.phase for step in project.steps)]
    assert all(move in ALLOWED for move in pairwise(path))


def test_levers_are_added_beside_those_pulled_already() -> None:
    """A lever more is a lever more; the same one twice is refused."""
    project = Project(id="p", label="P", lever_ids=["a"]).with_levers("b")
    assert project.lever_ids == ("a", "b")
    with pytest.raises(InvalidValueError, match=r"lever_ids: expected no value twice"):
        project.with_levers("a")


class ProjectLife(RuleBasedStateMachine):
    """A project asked for any phase on any day: what is refused changes nothing, what is done was allowed."""

    def __init__(self) -> None:
        """Start in framing."""
        super().__init__()
        self.project = Project(id="p", label="P")

    @rule(phase=st.sampled_from(Phase), day=st.dates())
    def ask(self, phase: Phase, day: Any) -> None:
        """Ask for a phase on a day."""
        before = self.project
        last = before.steps[-1].on if before.steps else day
        try:
            self.project = before.moved_to(phase, on=day, because="asked")
        except ForbiddenTransitionError:
            assert (before.phase, phase) not in ALLOWED
        except InvalidValueError:
            assert (before.phase, phase) in ALLOWED
            assert day < last
        else:
            assert (before.phase, phase) in ALLOWED
            assert day >= last

    @invariant()
    def steps_make_the_phase(self) -> None:
        """The phase is that of the last step, and rebuilding from the steps gives the same project."""
        assert Project(id="p", label="P", steps=self.project.steps) == self.project


TestProjectLife = ProjectLife.TestCase
TestProjectLife.__doc__ = "No sequence of requests, allowed or not, leads a project outside the table."


def test_pulls_name_their_levers_in_order() -> None:
    """An activation brings its lever among the project's own, once, behind those that stand there."""
    project = Project(id="p", label="P", lever_ids=["z", "a"])
    activated = project.with_activations(
        LeverActivation(lever_id="m"), LeverActivation(lever_id="a"), LeverActivation(lever_id="b")
    )
    assert activated.lever_ids == ("z", "a", "m", "b")
    assert [activation.lever_id for activation in activated.activations] == ["m", "a", "b"]
    assert Reform(id="r", label="R").with_activations(LeverActivation(lever_id="m")).lever_ids == ("m",)
    assert Programme(id="n", label="N", kind="national").with_levers("m").lever_ids == ("m",)
    with pytest.raises(InvalidValueError, match="activations of levers that lever_ids names"):
        Project(id="p", label="P", activations=[LeverActivation(lever_id="m")])


@pytest.mark.parametrize(
    ("day", "is_open"), [("2019-03-30", False), ("2019-03-31", True), ("2019-06-19", True), ("2019-06-20", False)]
)
def test_a_risk_is_open_from_its_month_to_its_closing(day: str, is_open: bool) -> None:
    """A risk raised in a month counts from the last day of it, and no more from the day it was closed."""
    raised, closed = (Sourced(value=Period(when), source_id="note") for when in ("2019-03", "2019-06-20"))
    assert Risk(id="late", label="Late", on=raised, closed_on=closed).is_open(day) is is_open
