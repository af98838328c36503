"""The builder: a minimal instance of any public class, and clear refusals."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import has

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
    Fund,
    InnovationWeek,
    Milestone,
    Observation,
    Organisation,
    Period,
    Phase,
    Portfolio,
    Project,
    Quantity,
    Registry,
    Sourced,
)
from levier.budget import AppropriationKind, PaymentSchedule, ScheduledPayment
from levier.errors import DanglingReferenceError, DuplicateItemsError, InvalidValueError, LevierError
from levier.fund import Instalment, RuleKind
from levier.indicators import ObservationState
from levier.model._shapes import hints_of, item_of
from levier.model.instruments import Instrument
from levier.model.levers import ActivatesLevers
from levier.model.portfolio import NOUNS
from levier.model.sources import Stated
from levier.model.trees import Branch
from levier.plans import Lead, PhaseStep
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
        (Project, {"milestone": 2}, "'milestone', which is no field of it; did you mean 'milestones'.* Give any of id"),
        (Project, {"milestones": [{}, {"lable": "x"}]}, r"^milestones\[1\]: cannot build Milestone .* 'label'"),
        (Project, {"lead": {"rôle": "x"}}, "^lead: cannot build Lead with 'rôle'.* 'role'"),
        (Portfolio, {"projects": [{"milestones": [{"x": 1}]}]}, r"^projects\[0\]: milestones\[0\]: cannot build Mile"),
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
        (tuple[int], r"tuple\[int\]"),
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


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Sourced[Euros], Euros(1)),
        (Sourced[int], 1),
        (Sourced[str], "sample"),
        (Sourced[Quantity], build(Quantity)),
        (Stated[Period], Period("2019")),
        (Sourced, 1),
    ],
)
def test_generic_classes_hold_what_they_say(kind: Any, value: object) -> None:
    """A sourced value is built with a value of the class that its parameter names."""
    assert build(kind).value == value
    assert build(kind, value=value, source_id="law").source_id == "law"


def test_registries_of_a_class_are_empty() -> None:
    """A registry needs nothing in it, whatever it is of."""
    assert build(Registry[Project]) == Registry(())


def test_parts_are_given_by_their_number() -> None:
    """So many parts are built, the first as alone, and the others told apart from it."""
    assert build(Project, milestones=2).milestones == (
        build(Milestone),
        build(Milestone, id="milestone-2", label="Milestone 2"),
    )
    assert build(Project, milestones=0).milestones == ()
    with pytest.raises(InvalidValueError, match=r"^build.milestones: expected how many .* found -1$"):
        build(Project, milestones=-1)
    assert [award.amount for award in build(Fund, awards=[{"instalments": 2}]).awards] == [Euros(2)]


@pytest.mark.parametrize("number", [-1, -3, True, 2.0])
def test_no_number_of_parts_is_refused(number: Any) -> None:
    """What is no number of parts is not taken for none of them."""
    with pytest.raises(InvalidValueError, match="milestones"):
        build(Project, milestones=number)
    with pytest.raises(LevierError):
        build(Portfolio, projects=number)


def test_more_territories_than_there_are() -> None:
    """France has 101 departments: beyond, two territories would be the same one, which is said."""
    assert len(build(Portfolio, territories=101).territories) == 101
    with pytest.raises(DuplicateItemsError):
        build(Portfolio, territories=110)


def test_parts_are_given_by_their_fields() -> None:
    """Parts are given whole, or by the fields that matter, beside each other."""
    opening, closing = build(Milestone, id="opening"), {"label": "Closing", "planned": "2021"}
    project = build(Project, milestones=[opening, closing, {}], lead={"role": "director"})
    assert project.milestones[0] is opening
    assert [(milestone.id, milestone.label) for milestone in project.milestones[1:]] == [
        ("milestone-2", "Closing"),
        ("milestone-3", "Milestone 3"),
    ]
    assert project.lead == Lead(role="director", organisation_id=build(Lead).organisation_id)


def test_what_is_told_apart_by_given_fields_is_not_numbered() -> None:
    """Parts with dates of their own refer to the same thing, as those that are built alone do."""
    rows = [{"kind": kind, "period": year} for kind, year in (("baseline", "2018"), ("actual", "2020"))]
    assert {row.indicator_id for row in build(Portfolio, observations=rows).observations} == {"indicator"}
    moves = [
        {"kind": "commitment", "amount": 8, "on": "2019-02-01"},
        {"kind": "payment", "amount": 3, "on": "2019-03-01"},
    ]
    fund = build(Fund, awards=[{"amount": 9, "contracted_on": "2019-01-01"}], entries=moves)
    assert fund.outstanding("award") == Euros(5)
    named = build(Project, milestones=[{"id": "opening"}, {"id": "closing"}]).milestones
    assert len({milestone.planned for milestone in named}) == 1


def test_plans_are_given_by_numbers() -> None:
    """Registries of a portfolio are given alike, in the order of their numbers; what refers to the first finds it."""
    plan = build(Portfolio, projects=3, instruments=2, observations=2)
    assert list(plan.projects) == ["project", "project-2", "project-3"]
    assert [type(each) for each in plan.instruments.values()] == [CommunityHub, CommunityHub]
    assert [str(row.period) for row in plan.observations] == ["2019", "2020"]


def test_plans_hold_what_filled_in_references_name() -> None:
    """What `build` refers to by itself is there; what the caller refers to is the caller's own to give."""
    plan = build(Portfolio, projects=[{"lead": {"role": "director"}}, {"owner_id": "organisation"}])
    assert list(plan.organisations.values()) == [build(Organisation)]
    mayor = build(Organisation, id="mayor")
    plan = build(Portfolio, organisations=[mayor], projects=[{"lead": {"role": "director"}, "owner_id": "mayor"}])
    assert list(plan.organisations.values()) == [mayor, build(Organisation)]
    with pytest.raises(DanglingReferenceError) as caught:
        build(Portfolio, projects=[{"lead": {"role": "director"}, "owner_id": "nobody"}])
    assert [one.target for one in caught.value.references] == ["nobody"]


NEEDS = {
    "activations": {"lever_ids": ["lever", "lever-2"]},
    "allocation_changes": {"allocation": build(Sourced[Euros])},
    "applications": {"calls": 1},
    "costs": {"awards": 2},
    "entries": {"awards": [{"amount": 9, "contracted_on": "2018-01-01"}]},
    "establishments": {"siren": "130005481"},
    "weights": {"indicator_ids": ["indicator", "indicator-2"]},
}
"""What several parts refer to, and is given beside them."""
NOT_TWO = {"roll_ups": "one without a level", "steps": "what follows framing; give a phase"}
"""Fields that hold one minimal part, or none."""
SEVERAL = [
    (cls, name)
    for cls in public_classes()
    if has(cls)
    for name, hint in hints_of(cls).items()
    if isinstance(item_of(hint), type) and has(item_of(hint))
]


@pytest.mark.parametrize(("cls", "name"), SEVERAL, ids=lambda one: getattr(one, "__name__", one))
def test_every_field_takes_a_number(cls: type[Any], name: str) -> None:
    """Wherever a class holds several of another one, two are built by their number, with what they refer to."""
    if name in NOT_TWO:
        assert len(getattr(build(cls, **{name: 0}), name)) == 0
        with pytest.raises(LevierError):
            build(cls, **{name: 2})
    else:
        assert len(getattr(build(cls, **{name: 2}, **NEEDS.get(name, {})), name)) == 2


@pytest.mark.parametrize(
    ("cls", "name"),
    [(cls, name) for cls, name in SEVERAL if cls in NOUNS and name != "steps"],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_plans_hold_what_a_minimal_part_names(cls: type[Any], name: str) -> None:
    """Wherever a thing holds parts, a plan of one that holds a minimal part can be built, with what the part names."""
    needs: dict[str, Any] = {"activations": {"lever_ids": ["lever"]}, "weights": {"indicator_ids": ["indicator"]}}
    alone = build(cls, **{name: 1}, **(NEEDS | needs).get(name, {}))
    assert build(Portfolio, **{NOUNS[cls]: [alone]}).registries()[NOUNS[cls]][alone.id] == alone
