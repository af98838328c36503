"""Portfolios put together: a union where they agree, a list of conflicts where they do not."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given

from levier import Campus, CommunityHub, Indicator, Lever, Milestone, Observation, Phase, Portfolio, Project, Territory
from levier.compute import merged
from levier.testing.strategies import of

DIGITAL = Lever(id="digital", label="Numérique", label_en="Digital")
PROJECT = Project(id="p", label="P", lever_ids=["digital"])
SPACE = "\u00a0"


@given(of(Portfolio))
def test_one_portfolio_is_itself(portfolio: Portfolio) -> None:
    """Merged with itself, with nothing, or alone, a portfolio stays as it is and conflicts with nothing."""
    for given_ones in ([portfolio], [portfolio, portfolio], [portfolio, Portfolio()], [Portfolio(), portfolio]):
        found = merged(*given_ones)
        assert found.portfolio == portfolio
        assert found.conflicts == ()
    assert merged().portfolio == Portfolio()


@given(of(Portfolio), of(Portfolio))
def test_the_order_counts_for_conflicts_only(one: Portfolio, other: Portfolio) -> None:
    """Both orders find the same conflicts; without any they give the same portfolio, which holds all of both."""
    there, back = merged(one, other), merged(other, one)
    assert {conflict.subject for conflict in there.conflicts} == {conflict.subject for conflict in back.conflicts}
    assert set(there.portfolio) <= {*one, *other}
    assert set(one) <= set(there.portfolio)
    if not there.conflicts:
        assert there.portfolio == back.portfolio
        assert set(there.portfolio) == {*one, *other}


@given(of(Portfolio), of(Portfolio), of(Portfolio))
def test_grouping_does_not_count(one: Portfolio, two: Portfolio, three: Portfolio) -> None:
    """Three together are the first two and then the third, or the first and then the last two, conflicts or not."""
    whole = merged(one, two, three).portfolio
    assert merged(merged(one, two).portfolio, three).portfolio == whole
    assert merged(one, merged(two, three).portfolio).portfolio == whole
    assert merged(whole, one, whole).portfolio == whole


def test_what_differs_is_a_conflict() -> None:
    """The first portfolio's thing stays; the conflict holds each version once, and the fields in which they differ."""
    label, owner = evolve(PROJECT, label="Q"), evolve(PROJECT, label="R", calendar="2019")
    plans = [Portfolio.of(DIGITAL, project) for project in (PROJECT, label, PROJECT, owner, label)]
    found = merged(*plans)
    (conflict,) = found.conflicts
    assert found.portfolio == plans[0]
    assert conflict.subject == "projects/p"
    assert conflict.things == (PROJECT, label, owner)
    assert conflict.fields == ("label", "calendar")
    assert conflict.sentence("fr") == (
        f"Projet «{SPACE}P{SPACE}», libellé{SPACE}: P gardé, Q laissé, R laissé{SPACE}; "
        f"calendrier{SPACE}: rien gardé, 2019 laissé"
    )
    assert conflict.sentence("en") == conflict.explain("en") == str(conflict) == str(found)
    assert str(found) == "Project 'P', label: P kept, Q left, R left; calendar: nothing kept, 2019 left"
    assert merged(*plans[:1]).explain("fr") == "Aucun conflit"
    assert str(merged()) == "No conflict"


def test_both_sides_are_said_and_either_can_be_taken() -> None:
    """What was moved, added, or taken away stands on its side; the other's version goes in the place of the first's."""
    moved = evolve(PROJECT.moved_to(Phase.EXPERIMENTATION, on="2019-06-20", because="CITP"), lever_ids=())
    plans = Portfolio.of(DIGITAL, PROJECT), Portfolio.of(DIGITAL, moved)
    both = merged(*plans)
    assert both.explain("fr") == (
        f"Projet «{SPACE}P{SPACE}»{SPACE}: cadrage gardé, expérimentation le 20 juin 2019 (CITP) laissé{SPACE}; "
        f"leviers{SPACE}: Numérique gardé"
    )
    assert both.portfolio.with_(both.conflicts[0].things[1]) == plans[1]
    held = evolve(PROJECT, milestones=[Milestone(id="m", label="M", planned="2019")])
    assert str(merged(Portfolio.of(DIGITAL, held), plans[0])) == "Project 'P', milestone 'M': 2019 kept"
    assert str(merged(plans[0], Portfolio.of(DIGITAL, held))) == "Project 'P', milestone 'M': 2019 left"
    said = evolve(PROJECT, milestones=[Milestone(id="m", label="2019", planned="2019")])
    assert str(merged(Portfolio.of(DIGITAL, said), plans[0])) == "Project 'P', milestone '2019': kept"


def test_a_union_brings_back_what_one_deleted() -> None:
    """Merging knows no deletion: what another still holds is there."""
    plan = Portfolio.of(DIGITAL, evolve(PROJECT, lever_ids=()))
    assert merged(plan.without(DIGITAL), plan).portfolio == plan


def test_two_classes_of_one_identifier_differ_altogether() -> None:
    """Instruments of two classes have no field in which to differ."""
    plans = Portfolio.of(Campus(id="x", label="X")), Portfolio.of(CommunityHub(id="x", label="X"))
    (conflict,) = merged(*plans).conflicts
    assert conflict.fields == ()
    assert conflict.sentence("en") == "Instrument 'X': held differently"


def test_observations_are_merged_by_key() -> None:
    """Rows of one key that differ are a conflict, under the name of their indicator; other rows stand side by side."""
    around = Indicator(id="delay", label="Délai", unit="days"), Territory(id="FR", label="France")
    rows = [
        Observation(indicator_id="delay", period=year, kind="actual", value=value)
        for year, value in (("2019", 1), ("2020", 2), ("2020", 3))
    ]
    found = merged(*(Portfolio.of(*around, row) for row in rows))
    assert found.portfolio.observations.rows == tuple(rows[:2])
    (conflict,) = found.conflicts
    assert conflict.sentence("en") == f"Indicator 'Délai', actual, 2020, value: 2{SPACE}days kept, 3{SPACE}days left"


def test_references_are_resolved_over_the_union() -> None:
    """What a project of one portfolio refers to may come from it, and is found in the whole."""
    found = merged(Portfolio.of(evolve(DIGITAL, label="Autre")), Portfolio.of(PROJECT, DIGITAL))
    assert found.portfolio.projects["p"] == PROJECT
    assert found.portfolio.levers["digital"].label == "Autre"
