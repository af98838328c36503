"""Portfolios put together: a union where they agree, a list of conflicts where they do not."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Campus,
    CommunityHub,
    Indicator,
    Lever,
    Milestone,
    Observation,
    Period,
    Phase,
    Portfolio,
    Project,
    Territory,
)
from levier.history import merge
from levier.testing.scalars import periods
from levier.testing.strategies import of

DIGITAL = Lever(id="digital", label="Numérique", label_en="Digital")
PROJECT = Project(id="p", label="P", lever_ids=["digital"])
SPACE = "\u00a0"


@given(of(Portfolio))
def test_one_portfolio_is_itself(portfolio: Portfolio) -> None:
    """Merged with itself, with nothing, or alone, a portfolio stays as it is and conflicts with nothing."""
    for given_ones in ([portfolio], [portfolio, portfolio], [portfolio, Portfolio()], [Portfolio(), portfolio]):
        found = merge(*given_ones)
        assert found.portfolio == portfolio
        assert found.conflicts == ()
    assert merge().portfolio == Portfolio()


@given(of(Portfolio), of(Portfolio))
def test_the_order_counts_for_conflicts_only(one: Portfolio, other: Portfolio) -> None:
    """Both orders find the same conflicts; without any they give the same portfolio, which holds all of both."""
    there, back = merge(one, other), merge(other, one)
    assert {conflict.subject for conflict in there.conflicts} == {conflict.subject for conflict in back.conflicts}
    assert set(there.portfolio) <= {*one, *other}
    assert set(one) <= set(there.portfolio)
    if not there.conflicts:
        assert there.portfolio == back.portfolio
        assert set(there.portfolio) == {*one, *other}


@given(of(Portfolio), of(Portfolio), of(Portfolio))
def test_grouping_does_not_count(one: Portfolio, two: Portfolio, three: Portfolio) -> None:
    """Three together are the first two and then the third, or the first and then the last two, conflicts or not."""
    whole = merge(one, two, three).portfolio
    assert merge(merge(one, two).portfolio, three).portfolio == whole
    assert merge(one, merge(two, three).portfolio).portfolio == whole
    assert merge(whole, one, whole).portfolio == whole


def test_what_differs_is_a_conflict() -> None:
    """The first portfolio's thing stays; the conflict holds each version once, and the fields in which they differ."""
    label, owner = evolve(PROJECT, label="Q"), evolve(PROJECT, label="R", calendar="2019")
    plans = [Portfolio.of(DIGITAL, project) for project in (PROJECT, label, PROJECT, owner, label)]
    found = merge(*plans)
    (conflict,) = found.conflicts
    assert found.portfolio == plans[0]
    assert conflict.subject == "projects/p"
    assert conflict.things == (PROJECT, label, owner)
    assert conflict.fields == ("label", "calendar")
    assert conflict.sentence("fr") == (
        f"Projet «{SPACE}P{SPACE}», libellé{SPACE}: P conservé, Q écarté, R écarté{SPACE}; "
        f"calendrier{SPACE}: néant conservé, 2019 écarté"
    )
    assert conflict.sentence("en") == conflict.explain("en") == str(conflict) == str(found)
    assert str(found) == "Project 'P', label: P kept, Q discarded, R discarded; calendar: none kept, 2019 discarded"
    assert merge(*plans[:1]).explain("fr") == "Aucun conflit"
    assert str(merge()) == "No conflict"


def test_both_sides_are_said_and_either_can_be_taken() -> None:
    """What was moved, added, or taken away stands on its side; the other's version goes in the place of the first's."""
    moved = evolve(PROJECT.moved_to(Phase.EXPERIMENTATION, on="2019-06-20", because="CITP"), lever_ids=())
    plans = Portfolio.of(DIGITAL, PROJECT), Portfolio.of(DIGITAL, moved)
    both = merge(*plans)
    assert both.explain("fr") == (
        f"Projet «{SPACE}P{SPACE}»{SPACE}: cadrage conservé, expérimentation le 20 juin 2019 (CITP) écarté{SPACE}; "
        f"leviers{SPACE}: Numérique conservé"
    )
    assert both.portfolio.with_(both.conflicts[0].things[1]) == plans[1]
    held = evolve(PROJECT, milestones=[Milestone(id="m", label="M", planned="2019")])
    assert str(merge(Portfolio.of(DIGITAL, held), plans[0])) == "Project 'P', milestone 'M': 2019 kept"
    assert str(merge(plans[0], Portfolio.of(DIGITAL, held))) == "Project 'P', milestone 'M': 2019 discarded"
    said = evolve(PROJECT, milestones=[Milestone(id="m", label="2019", planned="2019")])
    assert str(merge(Portfolio.of(DIGITAL, said), plans[0])) == "Project 'P', milestone '2019': 2019 kept"


def test_a_union_brings_back_what_one_deleted() -> None:
    """Merging knows no deletion: what another still holds is there."""
    plan = Portfolio.of(DIGITAL, evolve(PROJECT, lever_ids=()))
    assert merge(plan.without(DIGITAL), plan).portfolio == plan


def test_two_classes_of_one_identifier_differ_altogether() -> None:
    """Instruments of two classes have no field in which to differ."""
    plans = Portfolio.of(Campus(id="x", label="X")), Portfolio.of(CommunityHub(id="x", label="X"))
    (conflict,) = merge(*plans).conflicts
    assert conflict.fields == ()
    assert conflict.sentence("en") == "Instrument 'X': versions differ"


def test_observations_are_merged_by_key() -> None:
    """Rows of one key that differ are a conflict, under the name of their indicator; other rows stand side by side."""
    around = Indicator(id="delay", label="Délai", unit="days"), Territory(id="FR", label="France")
    rows = [
        Observation(indicator_id="delay", period=year, kind="actual", value=value)
        for year, value in (("2019", 1), ("2020", 2), ("2020", 3))
    ]
    found = merge(*(Portfolio.of(*around, row) for row in rows))
    assert found.portfolio.observations.rows == tuple(rows[:2])
    (conflict,) = found.conflicts
    assert conflict.sentence("en") == "Indicator 'Délai', actual, 2020, value: 2 days kept, 3 days discarded"


def visits(period: str, *, unit: str = "visits", value: int | None = 1, **said: str) -> Portfolio:
    """Return a portfolio that holds one actual value of an indicator; `value=None` is one not collected."""
    state = "measured" if value is not None else "not-collected"
    row = Observation(indicator_id="visits", period=period, kind=said.pop("kind", "actual"), value=value, state=state)
    around = Indicator(id="visits", label="Visites", label_en="Visits", unit=unit), Territory(id="FR", label="France")
    return Portfolio.of(*around, row)


def test_values_that_share_days_are_both_kept_and_named() -> None:
    """A year and a half of it from two portfolios stand side by side, and the conflict says that a sum is wrong."""
    whole, half = visits("2020-01-01/2020-12-31"), visits("2020-01/2020-06", value=2)
    for plans in ((whole, half), (half, whole), (whole, half, whole)):
        found = merge(*plans)
        (conflict,) = found.conflicts
        assert conflict.overlap
        assert set(conflict.things) == set(found.portfolio.observations)
        assert conflict.subject == "observations/visits FR 2020-S1 actual"
    assert str(found) == (
        "Indicator 'Visits', actual, first half of 2020: overlaps another period (2020); both values are kept, "
        "a sum would count the shared days twice"
    )
    assert found.explain("fr") == (
        f"Indicateur «{SPACE}Visites{SPACE}», réalisation, 1er semestre 2020{SPACE}: "
        f"chevauche une autre période (2020){SPACE}; "
        "les deux valeurs sont conservées, une somme compterait deux fois les jours communs"
    )


def test_one_period_written_in_two_ways_is_one_value() -> None:
    """A value of 2020 and one of its twelve months are the same statement, or differ as such."""
    year, months = visits("2020"), visits("2020-01/2020-12")
    assert merge(year, months).conflicts == ()
    (conflict,) = merge(year, visits("2020-01/2020-12", value=3)).conflicts
    assert (conflict.overlap, conflict.fields) == (False, ("value",))


@pytest.mark.parametrize(
    "beside",
    [
        visits("2021"),  # no day in common
        visits("2020-06", value=None),  # nothing to add
        visits("2020-06", kind="target"),  # a goal is no part of what was reached
    ],
)
def test_what_nobody_adds_is_no_conflict(beside: Portfolio) -> None:
    """Values without a day in common, what was not measured and other kinds stand beside a year's value."""
    assert merge(visits("2020"), beside).conflicts == ()


@pytest.mark.parametrize("unit", ["%", "/10", "ratio", "share", "points"])
def test_values_that_have_no_sum_do_not_conflict(unit: str) -> None:
    """Percentages and marks of a year and of a month of it are not added."""
    assert merge(visits("2020", unit=unit), visits("2020-06", unit=unit)).conflicts == ()


NEAR = periods(date(2020, 1, 1), date(2020, 12, 31))


@given(st.sets(NEAR, max_size=4), st.sets(NEAR, max_size=4))
def test_all_that_would_be_counted_twice_is_named(one: set[Period], other: set[Period]) -> None:
    """Each pair of values, one of either portfolio alone, that has a day in common is named once, in either order."""
    plans = [merge(*(visits(period.text) for period in found)).portfolio for found in (one, other)]
    pairs = product(one - other, other - one)
    expected = {frozenset(pair) for pair in pairs if days(pair[0]) & days(pair[1])}
    for order in (plans, plans[::-1]):
        conflicts = [conflict for conflict in merge(*order).conflicts if conflict.overlap]
        assert {frozenset(row.period for row in conflict.things) for conflict in conflicts} == expected
        assert len(conflicts) == len(expected)


def days(period: Period) -> set[date]:
    """Return the days of a period, from 2019 on at least and up to the end of 2020 at least."""
    first, last = period.first_day or date(2018, 12, 1), period.last_day or date(2021, 2, 1)
    return {date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)}


def test_references_are_resolved_over_the_union() -> None:
    """What a project of one portfolio refers to may come from it, and is found in the whole."""
    found = merge(Portfolio.of(evolve(DIGITAL, label="Autre")), Portfolio.of(PROJECT, DIGITAL))
    assert found.portfolio.projects["p"] == PROJECT
    assert found.portfolio.levers["digital"].label == "Autre"
