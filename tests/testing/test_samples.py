"""The samples: invented, consistent, and the same everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from typing import Any

import pytest

from levier import Euros, Fund, Phase, Portfolio, dumps, loads
from levier.errors import InvalidValueError, OverpaymentError
from levier.model.portfolio import NOUNS
from levier.testing import samples
from levier.testing.draws import Draws

PROGRAM = """
import hashlib, levier
from levier.testing import samples
plan = samples.portfolio(projects=30, seed=11).with_(samples.fund(awards=9, seed=11))
print(hashlib.sha256(levier.dumps(plan)).hexdigest())
"""


@pytest.fixture(scope="module")
def plan() -> Portfolio:
    """A sample of thirty projects."""
    return samples.portfolio(projects=30, seed=11)


def test_same_bytes_in_every_process(plan: Portfolio) -> None:
    """The same seed gives the same bytes, however the process hashes its texts."""
    expected = sha256(dumps(plan.with_(samples.fund(awards=9, seed=11)))).hexdigest()
    for seed in ("0", "1"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True, env=env)
        assert done.stdout.strip() == expected


def test_seeds_differ(plan: Portfolio) -> None:
    """Another seed gives another portfolio and another fund of the same size."""
    other = samples.portfolio(projects=30, seed=12)
    assert other != plan
    assert len(other.projects) == len(plan.projects)
    assert samples.fund(awards=3, seed=1) != samples.fund(awards=3, seed=2)


def test_sizes_are_as_promised(plan: Portfolio) -> None:
    """A project has three indicators of twelve observations and five budget lines, at most a hundred a programme."""
    lines = [len(programme.lines) for programme in plan.budget_programmes.values()]
    assert (len(plan.projects), len(plan.indicators), len(plan.observations)) == (30, 90, 1080)
    assert lines == [100, 50]
    assert all(
        len(plan.observations.of(i, territory_id=plan.observations.territories(i)[0])) == 12
        for i in list(plan.indicators)[:3]
    )


def test_samples_show_every_kind(plan: Portfolio) -> None:
    """There are projects in every phase, instruments of every kind, missing values and revised milestones."""
    assert {project.phase for project in plan.projects.values()} == set(Phase)
    assert {type(item) for item in plan.instruments.values()} == {
        c for c, noun in NOUNS.items() if noun == "instruments"
    }
    assert any(row.value is None for row in plan.observations)
    assert any(milestone.revisions for project in plan.projects.values() for milestone in project.milestones)
    assert any(line.missing_because for programme in plan.budget_programmes.values() for line in programme.lines)


@pytest.mark.parametrize("projects", [0, 1, 2])
def test_small_samples(projects: int) -> None:
    """A sample may be as small as one likes, and can be written down."""
    plan = samples.portfolio(projects=projects)
    assert len(plan.projects) == projects
    assert loads(dumps(plan)) == plan


def test_sample_fund_is_consistent() -> None:
    """Instalments sum to awards, nothing is overpaid, and the first award is committed and unpaid."""
    fund = samples.fund()
    first = fund.awards[0]
    assert len(fund.awards) == 50
    assert Euros(0) < fund.committed(first.id) == fund.outstanding(first.id)
    assert all(Euros(0) <= fund.outstanding(award.id) <= fund.committed(award.id) for award in fund.awards)
    assert any(fund.outstanding(award.id) < fund.committed(award.id) for award in fund.awards)
    assert Portfolio.of(fund).funds["sample-fund"] == fund


def test_sample_fund_refuses_overpayment() -> None:
    """One euro more than is committed cannot be paid for the first award."""
    fund: Fund = samples.fund(awards=1)
    award = fund.awards[0]
    with pytest.raises(OverpaymentError) as error:
        fund.with_payment(award.id, fund.committed(award.id) + Euros(1), on="2021-03-01")
    assert error.value.requested - error.value.available == Euros(1)


@pytest.mark.parametrize(
    ("sample", "given", "expected"),
    [
        (samples.portfolio, {"projects": -1}, "samples.portfolio.projects: expected a whole number of at least 0"),
        (samples.portfolio, {"projects": True}, "found True"),
        (samples.portfolio, {"projects": "3"}, "found '3'"),
        (samples.portfolio, {"seed": None}, "samples.portfolio.seed: expected a whole number, found None"),
        (samples.fund, {"awards": 0}, "samples.fund.awards: expected a whole number of at least 1, found 0"),
        (samples.fund, {"awards": 2.0}, "found 2.0"),
        (samples.fund, {"seed": "7"}, "samples.fund.seed: expected a whole number, found '7'"),
    ],
)
def test_sizes_and_seeds_are_checked(sample: Any, given: dict[str, Any], expected: str) -> None:
    """What is no size and no seed is refused, by the name of the argument."""
    with pytest.raises(InvalidValueError, match=expected):
        sample(**given)


def test_negative_seeds_are_seeds() -> None:
    """Any whole number is a seed."""
    assert samples.portfolio(projects=1, seed=-1) != samples.portfolio(projects=1, seed=2)


def test_api_is_all_that_shows() -> None:
    """Completion in a shell offers the samples and nothing else."""
    assert dir(samples) == ["fund", "portfolio"]


def test_draws_stay_within_bounds() -> None:
    """Draws reach both bounds and never leave them."""
    draws = Draws(3)
    assert {draws.between(-1, 1) for _ in range(100)} == {-1, 0, 1}
    assert all(draws.euros(1, 2) in (Euros(1000), Euros(2000)) for _ in range(20))
    assert all(0 <= draws.tenths(0, 1) <= 1 for _ in range(50))
