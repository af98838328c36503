"""An indicator that is followed gives the answers of the questions asked one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Portfolio, catalogue, indicators
from levier.errors import UnknownItemError
from levier.testing import samples

PLANS = (catalogue.action_publique_2022(), samples.portfolio(projects=3, seed=3))
DAYS = ("2019-06-14", "2021-03-31", "2022-12-31")


@given(st.data())
def test_each_answer_is_that_of_the_question_alone(data: st.DataObject) -> None:
    """Progress, previous progress, status, freshness, path and attainment are those of the functions of that name."""
    plan: Portfolio = data.draw(st.sampled_from(PLANS))
    day, year = data.draw(st.sampled_from(DAYS)), data.draw(st.sampled_from([2018, 2020]))
    then = plan.as_of(day)
    indicator = data.draw(st.sampled_from(sorted(then.indicators)))
    place = data.draw(st.sampled_from(sorted(then.territories)))
    found = indicators.follow(plan, indicator, territory_id=place, as_of=day)
    assert found.progress == indicators.progress_of(plan, indicator, place, as_of=day)
    assert found.previous == indicators.previous_progress_of(plan, indicator, place, as_of=day)
    assert found.status == indicators.status_of(plan, indicator, place, as_of=day)
    assert found.freshness == indicators.freshness_of(plan, indicator, place, as_of=day)
    assert found.distance == found.status.distance
    assert found.path == indicators.path_of(plan, indicator, place, as_of=day)
    assert found.attainment(year) == indicators.attainment_of(plan, indicator, year, place, as_of=day)
    assert found.explain("fr") == found.status.explain("fr")
    assert found.sentence("en") == found.progress.sentence("en")


def test_what_the_portfolio_does_not_hold_is_refused_at_once() -> None:
    """An unknown indicator, an unknown territory, and one that nobody knew of on the day are refused."""
    for asked in ({"indicator_id": "x"}, {"indicator_id": "p349-selectivity", "territory_id": "x"}):
        with pytest.raises(UnknownItemError):
            indicators.follow(PLANS[0], as_of="2022-12-31", **asked)


def test_an_indicator_of_the_catalogue_is_followed() -> None:
    """What it was before its last value, and the line that leads to its target, are asked for by name."""
    found = indicators.follow(PLANS[0], "p349-selectivity", as_of="2022-12-31")
    assert found.previous == indicators.previous_progress_of(PLANS[0], "p349-selectivity", as_of="2022-12-31")
    assert found.path == indicators.path_of(PLANS[0], "p349-selectivity", as_of="2022-12-31")


def test_what_remains_is_one_step_away() -> None:
    """45 days in 2021 for a target of at most 60: the target is met, by a margin of 15 days."""
    found = indicators.follow(catalogue.action_publique_2022(), "p349-appraisal-time", as_of="2022-12-31")
    assert found.distance is not None
    assert found.distance.explain("en") == "target already met, by a margin of 15 days"
