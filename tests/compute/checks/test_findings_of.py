"""Findings about a programme: about all that belongs to it, each once."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import Award, Fund, Indicator, Milestone, Portfolio, Programme, Project, Reform, indicators, rules
from levier.errors import UnknownItemError
from levier.model.belonging import above
from levier.rules import HIERARCHY_RULES, REFORM_RULES

DAY = "2019-06-14"
NUMBERS = range(3)
PILOT = Milestone(id="pilot", label="Pilot", planned="2019-05")

parents = st.lists(st.none() | st.sampled_from(NUMBERS), min_size=3, max_size=3)
memberships = st.lists(st.sets(st.sampled_from(NUMBERS)), min_size=3, max_size=3)
carriers = st.lists(st.none() | st.sampled_from(NUMBERS), min_size=3, max_size=3)
trees = st.tuples(parents, memberships, carriers)


def drawn_plan(drawn: Any) -> Portfolio:
    """Return programmes, reforms and projects as drawn, each with something to be found: milestones, an award."""
    over, named, carried = drawn
    things: list[Any] = []
    for n in NUMBERS:
        up, of = over[n], carried[n]
        things += [
            Programme(id=f"t{n}", label="T", kind="workstream", parent_id=None if up is None else f"t{up}"),
            Indicator(id=f"i{n}", label="I", unit="count"),
            Reform(
                id=f"r{n}",
                label="R",
                programme_ids=[f"t{one}" for one in sorted(named[n])],
                indicator_ids=[f"i{n}"],
                milestones=[PILOT],
            ),
            Project(id=f"p{n}", label="P", reform_id=None if of is None else f"r{of}", milestones=[PILOT]),
        ]
    granted = [Award(id=f"a{n}", label="A", project_id=f"p{n}", decided_on="2018-06-20") for n in NUMBERS]
    loose = Award(id="loose", label="L", decided_on="2018-06-20")
    return Portfolio.of(*things, Fund(id="f", label="F", awards=[*granted, loose]))


def subject_of(plan: Portfolio, path: str) -> list[Any]:
    """Return the things that a finding at a path is about: itself, who follows the indicator, who has the award."""
    registry, name, *rest = path.split("/")
    if registry == "indicators":
        return [one for one in plan.reforms.values() if name in one.indicator_ids]
    if registry == "funds":
        found = next((award for award in plan.funds["f"].awards if rest[1:] == [award.id]), None)
        return [] if found is None or found.project_id is None else [plan.projects[found.project_id]]
    return [getattr(plan, registry)[name]]


@given(trees)
def test_a_programme_has_the_findings_of_its_subtree(drawn: Any) -> None:
    """Every finding about what belongs to it, in the order of the rules, and none about what does not."""
    plan = drawn_plan(drawn)
    everything = rules.check(plan, as_of=DAY)
    for subject in (*plan.programmes.values(), *plan.reforms.values(), *plan.projects.values()):
        found = rules.findings_of(plan, subject, as_of=DAY)
        expected = [
            finding
            for finding in everything
            if any(one == subject or subject in above(plan, one) for one in subject_of(plan, finding.subject))
        ]
        assert list(found.findings) == expected
        covered = {*(one.id for one in found.covers.programmes), *found.covers.reform_ids, *found.covers.project_ids}
        assert subject.id in covered


@given(trees, st.sampled_from(NUMBERS), st.sets(st.sampled_from(NUMBERS)))
def test_a_new_axis_hides_nothing(drawn: Any, number: int, moved: set[int]) -> None:
    """Moving reforms of a programme to a new sub-programme of it leaves everybody their findings about reforms."""
    plan, name = drawn_plan(drawn), f"t{number}"
    theirs = [plan.reforms[f"r{one}"] for one in moved if name in plan.reforms[f"r{one}"].programme_ids]
    after = plan.with_(Programme(id="axis", label="Axe", kind="workstream", parent_id=name)).with_(
        *(evolve(one, programme_ids=["axis" if up == name else up for up in one.programme_ids]) for one in theirs)
    )
    for each in plan.programmes.values():
        old, new = (rules.findings_of(held, each, as_of=DAY, rules=REFORM_RULES) for held in (plan, after))
        assert old.findings == new.findings


def test_a_circle_is_found_from_every_programme_in_it() -> None:
    """Programmes that are part of each other are one finding, which each of them has, and nothing runs for ever."""
    circle = [Programme(id=a, label=a.upper(), kind="national", parent_id=b) for a, b in (("a", "b"), ("b", "a"))]
    plan = Portfolio.of(*circle, Reform(id="r", label="R", programme_ids=["a", "b"]))
    for programme in circle:
        found = rules.findings_of(plan, programme, as_of=DAY, rules=HIERARCHY_RULES)
        assert [finding.subject for finding in found.findings] == ["programmes/a"]
        assert indicators.programme_progress_of(plan, programme.id, as_of=DAY).missing == ("r",)


def test_findings_explain_themselves() -> None:
    """How many, each of them, and what they are about."""
    plan = Portfolio.of(
        Programme(id="plan", label="Plan", kind="ministerial-plan"),
        Programme(id="axis", label="Axe 1", kind="workstream", parent_id="plan"),
        Reform(id="r", label="R", programme_ids=["axis"], calendar="2019"),
    )
    found = rules.findings_of(plan, plan.programmes["plan"], as_of=DAY, rules=REFORM_RULES)
    assert found.explain("en") == (
        "Plan, as of 14 June 2019: findings: 2; sub-programmes included: Axe 1, reforms: 1, projects: 0. "
        "The reform 'R' has no lead. The reform 'R' has no indicator."
    )
    assert found.explain("fr").startswith(
        "Plan, au 14 juin 2019\u00a0: constats\u00a0: 2\u00a0; sous-programmes compris"
    )
    with pytest.raises(UnknownItemError):
        rules.findings_of(plan, Project(id="x", label="X"), as_of=DAY)
