"""The samples: invented, consistent, and the same everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from hashlib import sha256
from itertools import product
from typing import Any

import pytest
from attrs import fields, has

from levier import (
    Day,
    Euros,
    Fund,
    ObservationKind,
    Phase,
    Portfolio,
    Registry,
    budget,
    dumps,
    fund,
    indicators,
    loads,
    plans,
    rules,
    statistics,
)
from levier.errors import InvalidValueError, OverpaymentError
from levier.indicators import ObservationState
from levier.model.portfolio import NOUNS, Excerpt
from levier.rules import Severity
from levier.serialization import unstructure
from levier.testing import samples
from levier.testing.draws import Draws
from levier.testing.registration import public_classes

COMMON = 16 * (7 + 1 + 5)
"""The values of the two indicators of the plan: one has an earlier target too, and values of two parts."""
DIGESTS = {
    1: "8535962c56f661ff712c1363090f06b4132f1b40f6d4373673cd4a5cf1bc6ccd",
    30: "941c2f49a58b8bf2f465fe0a4813803c0edb21e607647c56bee0cba06cf2760a",
    200: "82b7fe924ead1294987698cabec18b0498a607e9f90963a08479af7ba910e9a5",
}
"""
The digest of the sample of each size: what a snapshot of a downstream suite stands on.

They are our own output, kept so that a sample changes only on purpose: then record the new ones here, and say so in the
changelog. They are of the things themselves, without the version and the format of a document. What makes the draws the
same everywhere is proved by `test_draws_are_those_of_the_published_generator`.
"""
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


def digest(plan: Portfolio) -> str:
    """Return the digest of all that a portfolio holds."""
    return sha256(json.dumps(unstructure(plan), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@pytest.mark.parametrize("projects", DIGESTS)
def test_same_things_as_ever(projects: int) -> None:
    """A sample of some size is the one that it was on other machines and in earlier versions of Python."""
    assert digest(samples.portfolio(projects=projects)) == DIGESTS[projects]


def test_draws_are_those_of_the_published_generator() -> None:
    """The bits come from MT19937 as its authors define it, and the draws from whole numbers alone: a second program."""
    draws, words = Draws(7), mersenne(7)
    for least, most in ((1, 6), (0, 0), (-5, 10**9), (0, 2**64 - 1)) * 200:
        low, high = next(words), next(words)
        assert draws.between(least, most) == least + (high << 32 | low) % (most - least + 1)


def mersenne(seed: int) -> Iterator[int]:
    """Yield the words of MT19937 with `init_by_array([seed])` (Matsumoto and Nishimura, mt19937ar.c, 2002)."""
    size, middle, word = 624, 397, 0xFFFFFFFF
    state = [19650218]
    for place in range(1, size):
        state.append((1812433253 * (state[-1] ^ state[-1] >> 30) + place) & word)
    place = 1
    for step in range(2 * size - 1):
        before = state[place - 1] ^ state[place - 1] >> 30
        if step < size:
            state[place] = (state[place] ^ before * 1664525) + seed & word
        else:
            state[place] = (state[place] ^ before * 1566083941) - place & word
        place += 1
        if place == size:
            state[0], place = state[-1], 1
    state[0] = 1 << 31
    while True:
        for place in range(size):
            mixed = state[place] & 1 << 31 | state[(place + 1) % size] & (1 << 31) - 1
            state[place] = state[(place + middle) % size] ^ mixed >> 1 ^ (0x9908B0DF if mixed & 1 else 0)
        for drawn in state:
            found = drawn ^ drawn >> 11
            found ^= found << 7 & 0x9D2C5680
            found ^= found << 15 & 0xEFC60000
            yield found ^ found >> 18


def test_seeds_differ(plan: Portfolio) -> None:
    """Another seed gives another portfolio and another fund of the same size."""
    other = samples.portfolio(projects=30, seed=12)
    assert other != plan
    assert len(other.projects) == len(plan.projects)
    assert samples.fund(awards=3, seed=1) != samples.fund(awards=3, seed=2)


def test_sizes_are_as_promised(plan: Portfolio) -> None:
    """A project has three indicators of twelve observations and five budget lines, at most a hundred a programme."""
    lines = [len(programme.lines) for programme in plan.budget_programmes.values()]
    whole = 5 * 5 - 1  # of a programme, in five years: bill, vote, two titles, and what was opened but in the last
    assert (len(plan.projects), len(plan.reforms), len(plan.programmes)) == (30, 3, 2)
    assert (len(plan.indicators), len(plan.observations)) == (90 + 2, 1080 + COMMON)
    assert lines == [100 + whole, 50 + whole]
    for project in plan.projects.values():
        assert [len(plan.observations.of_indicator(name)) for name in project.indicator_ids] == [12, 12, 12]


def test_samples_show_every_kind(plan: Portfolio) -> None:
    """There are projects in every phase, instruments of every kind, missing values, revisions and breaks."""
    assert {project.phase for project in plan.projects.values()} == set(Phase)
    assert {type(item) for item in plan.instruments.values()} == {
        c for c, noun in NOUNS.items() if noun == "instruments"
    }
    assert any(row.value is None for row in plan.observations)
    assert any(milestone.revisions for project in plan.projects.values() for milestone in project.milestones)
    assert any(line.missing_because for programme in plan.budget_programmes.values() for line in programme.lines)
    assert {row.state for row in plan.observations} == set(ObservationState) - {ObservationState.NOT_APPLICABLE}
    assert {row.kind for row in plan.observations} == set(ObservationKind)
    assert any(row.definition > 1 for row in plan.observations)
    revised = Counter((row.indicator_id, row.territory_id, row.period, row.kind) for row in plan.observations.whole)
    assert {kind for (*_, kind), times in revised.items() if times > 1} == {"target", "forecast"}


def test_samples_hold_every_class(plan: Portfolio) -> None:
    """Every class of the model that a portfolio may hold stands somewhere in a sample; those are listed by itself."""
    built = {cls for cls in public_classes() if has(cls)} - {Portfolio, Excerpt}
    assert built - set(map(type, things_in(plan))) == set()


def things_in(value: Any) -> Iterator[Any]:
    """Yield a value of attrs and all that it holds."""
    if has(type(value)):
        yield value
        for attribute in fields(type(value)):
            yield from things_in(getattr(value, attribute.name))
    elif isinstance(value, Registry):
        for item in value.values():
            yield from things_in(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            yield from things_in(item)


def test_nothing_is_stated_before_it_happened(plan: Portfolio) -> None:
    """A document is published after the period of the values that it states, and before the day of the samples."""
    for row in plan.observations:
        published = plan.sources[row.source_id].published_on.known_by
        assert published <= Day.fromisoformat(samples.DAY)
        if row.kind in (ObservationKind.ACTUAL, ObservationKind.BASELINE):
            assert row.period.last_day < published


def test_most_of_a_sample_can_be_computed(plan: Portfolio) -> None:
    """In the default territory most indicators have a progress, and every reform, programme and rate has a value."""
    day = samples.DAY
    found = [indicators.progress_of(plan, name, as_of=day).value for name in plan.indicators]
    assert sum(value is not None for value in found) / len(found) > 0.8
    assert any(value is None for value in found)
    reforms = [indicators.reform_progress_of(plan, name, as_of=day).value for name in plan.reforms]
    assert any(value is not None for value in reforms)
    for name in plan.budget_programmes:
        for year in (2018, 2019, 2020, 2021):
            for of, over in product(("commitment", "payment"), ("voted", "opened", "available")):
                assert budget.year(plan, name, year).execution_rate(of, over=over).value is not None


def test_samples_break_no_rule(plan: Portfolio) -> None:
    """The checks find what is late, missing or doubtful, as in a real plan, and neither an error nor a breach."""
    found = {(one.rule, one.severity) for one in rules.check(plan, as_of=samples.DAY)}
    assert {severity for _, severity in found} <= {Severity.WARNING, Severity.NOTE, Severity.NOT_ASSESSABLE}
    assert {"milestone-past-and-not-done", "definition-break-crossed", "sources-in-conflict"} <= {
        one for one, _ in found
    }


def test_the_small_one_is_right_on_paper() -> None:
    """The numbers of the small sample are those that a person works out from it."""
    plan, day = samples.small(), samples.DAY
    (fonds,) = plan.funds.values()
    year = budget.year(plan, 100, 2020)
    old, new = (statistics.sampled_share(one, part) for one in plan.surveys.values() for part in one.results)
    assert indicators.reform_progress_of(plan, "accueil", as_of=day).value == Decimal(40 - 25) / (40 - 20) * 100
    assert indicators.progress_of(plan, "en-ligne", as_of=day).value is None
    assert year.execution_rate("payment", over="voted").value == Decimal(6) / 8 * 100
    assert budget.outstanding(plan, 100, year=2020).by_flows.value == Euros(9_000_000 - 6_000_000)
    assert fonds.outstanding("maison") == Euros(800_000 - 400_000)
    assert fund.realisation(fonds.savings).value == Decimal(200) / 500 * 100
    assert statistics.compare(new, old).difference == Decimal("0.2")
    assert [project.phase for project in plan.projects.values()] == [Phase.STOPPED, Phase.DEPLOYMENT]
    assert [one.path for one in plans.off_track(plan, as_of=day)] == ["projects/maison"]
    assert loads(dumps(plan)) == plan == samples.small()


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
    assert dir(samples) == ["DAY", "fund", "portfolio", "small"]


def test_draws_stay_within_bounds() -> None:
    """Draws reach both bounds and never leave them."""
    draws = Draws(3)
    assert {draws.between(-1, 1) for _ in range(100)} == {-1, 0, 1}
    assert all(draws.euros(1, 2) in (Euros(1000), Euros(2000)) for _ in range(20))
