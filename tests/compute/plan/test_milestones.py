"""Milestones as documents tell of them, one by one and with all that belongs to a programme."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import Milestone, Portfolio, Programme, Project, Reform, plans
from levier.compute.plan.milestones import milestone_slip, milestone_state
from levier.errors import UnknownItemError
from levier.model.belonging import owner_path
from levier.model.periods import Day
from levier.plans import MilestoneState, PhaseStep

DAY = "2019-06-14"
NUMBERS = range(4)

PILOT = Milestone(id="pilot", label="Pilote", planned="2019-05")
MISSED = PILOT.not_done("2019-06-03")
DONE = PILOT.done("2019-06-10")
LATER = Milestone(id="later", label="Suite", planned="2019-09")
UNDER_WAY: tuple[tuple[str, str], ...] = (("deployment", "2019-01-10"),)
STOPPED = (*UNDER_WAY, ("stopped", "2019-06-10"))
COMPLETED = (*UNDER_WAY, ("completed", "2019-06-10"))


def project(*steps: tuple[str, str], **about: Any) -> Project:
    """Return a project that took these steps."""
    taken = [PhaseStep(phase=phase, on=on, because="décidé") for phase, on in steps]
    return Project(id="p", label="P", steps=taken, **about)


@pytest.mark.parametrize(
    ("owner", "milestone", "state"),
    [
        (project(*UNDER_WAY), PILOT, MilestoneState.UNREPORTED),
        (project(*UNDER_WAY), MISSED, MilestoneState.LATE),
        (project(*UNDER_WAY), PILOT.not_done("2019-05-31"), MilestoneState.UNREPORTED),
        (project(*UNDER_WAY), PILOT.not_done("2019-06-15"), MilestoneState.UNREPORTED),
        (project(*UNDER_WAY), DONE, MilestoneState.REACHED),
        (project(*UNDER_WAY), LATER, MilestoneState.TO_COME),
        (project(*STOPPED), PILOT, MilestoneState.STOPPED),
        (project(*STOPPED), MISSED, MilestoneState.STOPPED),
        (project(*STOPPED), LATER, MilestoneState.STOPPED),
        (project(*STOPPED), DONE, MilestoneState.REACHED),
        (project(*STOPPED, ("framing", "2019-06-11")), MISSED, MilestoneState.LATE),
        (project(*STOPPED, ("framing", "2019-06-11")), LATER, MilestoneState.TO_COME),
        (project(*STOPPED, ("framing", "2019-06-15")), MISSED, MilestoneState.STOPPED),
        (project(*UNDER_WAY, ("stopped", "2019-06-15")), MISSED, MilestoneState.LATE),
        (project(*UNDER_WAY, ("experimentation", "2019-06-11")), DONE, MilestoneState.REACHED),
        (project(*COMPLETED), PILOT, MilestoneState.UNREPORTED),
        (project(*COMPLETED), MISSED, MilestoneState.UNREPORTED),
        (project(*COMPLETED), LATER, MilestoneState.COMPLETED_BEFORE),
        (project(*COMPLETED), DONE, MilestoneState.REACHED),
        (Reform(id="r", label="R"), PILOT, MilestoneState.UNREPORTED),
        (Programme(id="t", label="T", kind="national"), MISSED, MilestoneState.LATE),
    ],
)
def test_a_milestone_stands_as_documents_say(owner: Any, milestone: Milestone, state: MilestoneState) -> None:
    """Late only where a document says so; a stopped project has none that is late; one that went back has again."""
    assert milestone_state(owner, milestone, Day(2019, 6, 14)) is state
    slip = milestone_slip(owner, milestone, Day(2019, 6, 14))
    assert (slip.overrun is None) is (state not in {MilestoneState.REACHED, MilestoneState.LATE})
    assert (slip.overrun is None) is (slip.reason is not None)


@pytest.mark.parametrize("steps", [UNDER_WAY, STOPPED, COMPLETED])
def test_what_has_no_end_cannot_be_late(steps: Any) -> None:
    """A date without an end never passes; where the project has ended, that is what is said."""
    open_ended = Milestone(id="m", label="M", planned="2019/..", not_done_on="2019-06-03")
    slip = milestone_slip(project(*steps), open_ended, Day(2019, 6, 14))
    reasons = {UNDER_WAY: "no-end", STOPPED: "stopped", COMPLETED: "completed-before"}
    assert (slip.moved, slip.overrun, slip.reason) == (None, None, reasons[steps])


def test_a_slip_says_whose_it_is() -> None:
    """The path of a milestone leads to it through its owner; without an owner it is its own."""
    slip = milestone_slip(project(), PILOT, Day(2019, 6, 14))
    assert (slip.path, evolve(slip, owner_path="").path) == ("projects/p/milestones/pilot", "milestones/pilot")


parents = st.lists(st.none() | st.sampled_from(NUMBERS), min_size=4, max_size=4)
memberships = st.lists(st.sets(st.sampled_from(NUMBERS)), min_size=4, max_size=4)
carriers = st.lists(st.none() | st.sampled_from(NUMBERS), min_size=4, max_size=4)
milestones = st.lists(st.sampled_from([(), (PILOT,), (MISSED, LATER), (DONE,)]), min_size=12, max_size=12)
histories = st.lists(st.sampled_from([(), UNDER_WAY, STOPPED, COMPLETED]), min_size=4, max_size=4)
trees = st.tuples(parents, memberships, carriers, milestones, histories)


def drawn_plan(drawn: Any) -> Portfolio:
    """Return programmes below each other as drawn, reforms in some of them, and projects, each with milestones."""
    over, named, carried, held, lives = drawn
    things: list[Any] = []
    for n in NUMBERS:
        up, of = over[n], carried[n]
        things += [
            Programme(
                id=f"t{n}",
                label=f"T{n}",
                kind="workstream",
                parent_id=None if up is None else f"t{up}",
                milestones=held[n],
            ),
            Reform(
                id=f"r{n}", label="R", programme_ids=[f"t{one}" for one in sorted(named[n])], milestones=held[n + 4]
            ),
            evolve(project(*lives[n], milestones=held[n + 8]), id=f"p{n}", reform_id=None if of is None else f"r{of}"),
        ]
    return Portfolio.of(*things)


def reaches(plan: Portfolio, thing: Any, programme_id: str) -> bool:
    """Say whether a thing leads to a programme, link by link."""
    waiting, seen = [thing], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, Programme):
            if one.id == programme_id:
                return True
            waiting += [] if one.parent_id is None else [plan.programmes[one.parent_id]]
        elif isinstance(one, Reform):
            waiting += [plan.programmes[name] for name in one.programme_ids]
        else:
            waiting += [] if one.reform_id is None else [plan.reforms[one.reform_id]]
    return False


@given(trees)
def test_a_programme_has_the_milestones_of_its_whole_subtree(drawn: Any) -> None:
    """Those of every thing that leads to it, each once, and none of what does not; circles included."""
    plan = drawn_plan(drawn)
    everything = [*plan.programmes.values(), *plan.reforms.values(), *plan.projects.values()]
    for programme in plan.programmes.values():
        found = plans.milestones_of(plan, programme, as_of=DAY)
        theirs = [thing for thing in everything if reaches(plan, thing, programme.id)]
        expected = [milestone_slip(thing, one, Day(2019, 6, 14)) for thing in theirs for one in thing.milestones]
        assert sorted(slip.path for slip in found.slips) == sorted(slip.path for slip in expected)
        assert len(found.late) == sum(slip.state is MilestoneState.LATE for slip in expected)
        assert len(found.unreported) == sum(slip.state is MilestoneState.UNREPORTED for slip in expected)
        covers = found.covers
        names = {*(name.id for name in covers.programmes), *covers.reform_ids, *covers.project_ids}
        assert names == {thing.id for thing in theirs}
        stopped = {owner_path(one) for one in theirs if isinstance(one, Project) and one.phase == "stopped"}
        assert not any(slip.owner_path in stopped for slip in (*found.late, *found.unreported))


@given(trees, st.sampled_from(NUMBERS), st.sets(st.sampled_from(NUMBERS)))
def test_a_new_axis_has_no_milestone_more(drawn: Any, number: int, moved: set[int]) -> None:
    """Moving reforms of a programme to a new sub-programme of it changes nobody's milestones."""
    plan, name = drawn_plan(drawn), f"t{number}"
    theirs = [plan.reforms[f"r{one}"] for one in moved if name in plan.reforms[f"r{one}"].programme_ids]
    after = plan.with_(Programme(id="axis", label="Axe", kind="workstream", parent_id=name)).with_(
        *(evolve(one, programme_ids=["axis" if up == name else up for up in one.programme_ids]) for one in theirs)
    )
    for each in plan.programmes.values():
        old, new = (plans.milestones_of(held, each, as_of=DAY) for held in (plan, after))
        assert sorted(slip.path for slip in old.slips) == sorted(slip.path for slip in new.slips)
        assert (len(old.late), len(old.unreported)) == (len(new.late), len(new.unreported))


def test_the_sentence_names_what_is_late_and_what_is_covered() -> None:
    """Late and unreported milestones are named, and the sub-programmes, with how many reforms and projects."""
    plan = Portfolio.of(
        Programme(id="plan", label="Plan", kind="ministerial-plan"),
        Programme(id="axis", label="Axe 1", label_en="Axis 1", kind="workstream", parent_id="plan"),
        Reform(id="r", label="R", programme_ids=["axis"], milestones=[PILOT]),
        evolve(project(milestones=[MISSED, LATER]), reform_id="r"),
    )
    found = plans.milestones_of(plan, plan.programmes["plan"], as_of=DAY)
    assert found.explain("en") == (
        "Plan, as of 14 June 2019: milestones: 3; late: 1 (Pilote); "
        "due date passed, nothing says whether reached: 1 (Pilote); "
        "sub-programmes included: Axis 1, reforms: 1, projects: 1"
    )
    assert found.explain("fr").startswith(
        "Plan, au 14 juin 2019\u00a0: jalons\u00a0: 3\u00a0; en retard\u00a0: 1 (Pilote)"
    )
    assert found.explain("fr").endswith("sous-programmes compris\u00a0: Axe 1, réformes\u00a0: 1, projets\u00a0: 1")
    assert [slip.path for slip in plans.milestones_of(plan, plan.reforms["r"], as_of=DAY).slips] == [
        "reforms/r/milestones/pilot",
        "projects/p/milestones/pilot",
        "projects/p/milestones/later",
    ]
    with pytest.raises(UnknownItemError):
        plans.milestones_of(plan, Reform(id="x", label="X"), as_of=DAY)


def test_a_date_told_more_finely_is_not_moved() -> None:
    """A month told to the day later on moves nothing where the day is the month's last one, and both are named."""
    finer = evolve(PILOT, planned="2019-09", revisions=()).revised_to(
        "2019-09-30", on="2019-06-01", because="calendrier"
    )
    slip = milestone_slip(project(), finer, Day(2019, 6, 14))
    assert slip.moved == 0
    assert slip.explain("en").endswith("planned September 2019, due 30 September 2019, not due yet")
