"""No public function depends on the decimal context of its caller: not on its digits, its rounding nor its traps."""

from __future__ import annotations

import doctest
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import (
    ROUND_05UP,
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    DivisionByZero,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
    localcontext,
)
from functools import cache
from importlib import import_module
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import levier.compute
from levier import (
    Application,
    Award,
    Call,
    CallRule,
    Direction,
    Euros,
    Fund,
    LevierError,
    Quantity,
    Sourced,
    budget,
    catalogue,
    history,
    indicators,
    rules,
    serialization,
    statistics,
)
from levier.fund import (
    Criterion,
    EnvelopeCut,
    apply,
    appraise,
    concentration,
    payback_year,
    payment_profile,
    return_on,
    select,
    spread_by_key,
    spread_by_profile,
)
from levier.indicators import Aggregation
from levier.model.savings import Saving
from levier.testing import samples

pytestmark = pytest.mark.untraced

ALL_TRAPS = [
    Clamped,
    DivisionByZero,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
]
ROUNDINGS = (
    ROUND_05UP,
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
)
CONTEXTS: Mapping[str, Context] = {
    "three digits, nothing inexact": Context(prec=3, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow]),
    "one digit, every trap": Context(1, ROUND_UP, 0, 1, capitals=0, clamp=1, traps=ALL_TRAPS),
    "small exponents, clamped": Context(2, ROUND_CEILING, -2, 2, clamp=1, traps=[Clamped, Overflow, Subnormal]),
    "nothing trapped": Context(prec=1, Emin=0, Emax=0, traps=[]),
    "small letters": Context(prec=28, capitals=0),
    **{f"two digits, {rounding}": Context(prec=2, rounding=rounding) for rounding in ROUNDINGS},
}
contexts = st.sampled_from(sorted(CONTEXTS)).map(CONTEXTS.__getitem__)


def decimal(digits: int) -> Decimal:
    """Return so many ten-thousandths, by no arithmetic that a context could round."""
    return Decimal(f"{digits}E-4")


numbers = st.integers(-(10**15), 10**15).map(decimal)
percentages = st.integers(0, 100_0000).map(decimal)
shares = st.integers(0, 10_000).map(decimal)
counts = st.integers(0, 10**6)
cents = st.integers(0, 10**13).map(Euros.of_cents)
many = st.lists(numbers, min_size=3, max_size=3).map(tuple)


def said(value: Any) -> Any:
    """Return a result with all that it says of itself, in its digits and in its words."""
    words = [value.explain(lang) for lang in ("fr", "en")] if hasattr(value, "explain") else []
    return value, [written(value), *words]


def written(value: Any) -> Any:
    """Return the very digits of numbers, also where equal numbers could be written otherwise."""
    if isinstance(value, Decimal):
        return value.as_tuple()
    return [written(item) for item in value] if isinstance(value, tuple | list) else None


def outcome(call: Callable[[], Any]) -> Any:
    """Return what a call gives and says, or how it refuses."""
    try:
        result = call()
    except LevierError as error:
        return type(error), str(error)
    return [said(item) for item in result] if isinstance(result, tuple) else said(result)


def same_in(context: Context, *calls: Callable[[], Any]) -> None:
    """Assert that calls give in *context* what they give in the usual one."""
    for call in calls:
        with localcontext(Context()):
            usual = outcome(call)
        with localcontext(context):
            assert outcome(call) == usual


@given(contexts, many, percentages, st.sampled_from(Direction), shares)
def test_indicators(
    context: Context, found: tuple[Decimal, ...], level: Decimal, way: Direction, tolerance: Decimal
) -> None:
    """Progress, attainment, gaps, trends, paths, means and weights."""
    start, now, goal = found
    places = {"75": start, "91": now, "77": goal}
    weights = {"75": level, "91": tolerance, "77": Decimal(3)}
    path = indicators.expected_path({"2019-01": start, "2020-12": goal})
    window = indicators.ComparableRule(decumulation="year", window="months", months=12, operation="mean")
    same_in(
        context,
        lambda: indicators.progress(baseline=start, actual=now, target=goal, direction=way),
        *(lambda way=way: indicators.attainment(now, goal, way, start) for way in Direction),  # type: ignore[misc]
        lambda: indicators.gap(level, [*found, level]),
        lambda: indicators.trend(now, goal, tolerance=tolerance),
        lambda: indicators.trend("62.34", 50, tolerance="12.3"),
        lambda: indicators.summary(places),
        lambda: indicators.rank(places),
        lambda: path.at("2020-04"),
        lambda: indicators.on_track(now, "2020-04", path, way, tolerance=tolerance, unit="days", decimals=1),
        lambda: indicators.distance(now, goal, on="2019-05", target_on="2020-12", unit="EUR"),
        lambda: indicators.weighted_progress(places, weights),
        lambda: indicators.comparable_values({"2019-01": start, "2019-03": now, "2019-04": goal}, window),
        lambda: indicators.alerts(gap=indicators.gap(level, found), trend=indicators.trend(level, 50)),
        *(
            lambda rule=rule: indicators.aggregate(places, rule, weights=weights)  # type: ignore[misc]  # bound early
            for rule in Aggregation
        ),
    )


@given(contexts, counts, counts, shares, shares)
def test_quality(context: Context, part: int, more: int, one: Decimal, two: Decimal) -> None:
    """Rates, intervals, marks, bands and the comparison of shares."""
    rate = statistics.on_time_rate(in_time=part, handled=part + more)
    left, right = (
        statistics.SampledShare(share=share, n=100 + part, question="Q", population="P") for share in (one, two)
    )
    same_in(
        context,
        lambda: rate,
        lambda: (rate.value, rate.published),
        lambda: statistics.pool([rate, statistics.on_time_rate(in_time=1, handled=3)]),
        lambda: statistics.wilson(one, 1 + more, population=1 + more + part),
        lambda: statistics.newcombe(one, 1 + more, two, 1 + part, confidence="0.99"),
        lambda: statistics.compare(left, right),
        lambda: left,
        lambda: statistics.mean_mark({"good": part, "medium": more, "bad": 1}),
        lambda: statistics.mean_mark({"good": part, "medium": more, "bad": 1}).band,
        lambda: statistics.HELP_REACHABLE.of(rate.published),
    )


@given(contexts, cents, cents, shares, st.lists(st.integers(0, 10_000), min_size=1, max_size=5))
def test_money(context: Context, amount: Euros, other: Euros, share: Decimal, weights: list[int]) -> None:
    """Schedules, returns, concentration, selection, cuts and rates."""
    assume(sum(weights) > 0)
    key = {2020 + place: decimal(weight) for place, weight in enumerate(weights)}
    awards = [
        Award(id=name, label=name, owner_id=name[0], amount=money, decided_on="2018-06-20")
        for name, money in (("a1", amount), ("a2", other), ("b1", Euros("0.03")))
    ]
    fund = Fund(id="f", label="F", allocation=Sourced(value=amount, source_id="s"), awards=awards)
    given_ = {"kind": "expected", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "s"}
    savings = [Saving(award_id="a", amount=amount, period="2020", **given_)]
    asked = [application(name, money) for name, money in (("a", amount), ("b", other), ("c", Euros("12345.67")))]
    call = Call(
        id="c",
        label="C",
        rules=[
            CallRule(kind="co-funding", text="Part", share=share or 1, source_id="s"),
            CallRule(kind="return", text="Retour", share=share or 1, source_id="s"),
        ],
    )
    marks = Criterion(id="x", label="X", mark={"a": share, "b": "4.1235", "c": "4.1234"}.get)
    same_in(
        context,
        lambda: spread_by_key(amount, key).payments,
        lambda: spread_by_profile(amount, [share], first_year=2021).payments,
        lambda: payment_profile({2018: amount, 2019: other}, {2019: amount}, years=2),
        lambda: return_on(savings=amount, cost=other),
        lambda: payback_year(savings, cost=other, until=2030),
        lambda: concentration(awards),
        lambda: appraise(asked[0], call, recurrent=other),
        lambda: select(asked, amount, [marks]).taken,
        lambda: apply(fund, EnvelopeCut(percent="33.33")).fund.allocation,
        lambda: (amount * share, share * other, Quantity.exact(share, "share") * share, str(amount)),
    )


def application(name: str, amount: Euros) -> Any:
    """Return an application that asks for an amount."""
    return Application(id=name, label=name, call_id="c", owner_id="o", requested=amount, total_cost=amount)


# ---------------------------------------------------------------- every public function, by its own example


def modules() -> Iterator[str]:
    """Yield the names of all modules that compute."""
    for found in pkgutil.walk_packages(levier.compute.__path__, "levier.compute."):
        yield found.name


@pytest.mark.parametrize("name", ["three digits, nothing inexact", "one digit, every trap", "nothing trapped"])
def test_every_documented_example(name: str) -> None:
    """What each public class and function shows of itself, it shows in any context."""
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False)
    examples = [test for module in modules() for test in doctest.DocTestFinder().find(import_module(module))]
    assert sum(len(test.examples) for test in examples) > 300
    with localcontext(CONTEXTS[name]):
        for test in examples:
            runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


# ---------------------------------------------------------------- whole portfolios


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_whole_portfolios(name: str) -> None:
    """Tables, standings, checks, differences and documents of a plan are the same to the last letter."""
    with localcontext(CONTEXTS[name]):
        assert everything() == usual()


def everything() -> list[Any]:
    """Return what is computed of a sample and of the catalogue, both made anew."""
    plan, real = samples.portfolio(projects=10, seed=3), catalogue.action_publique_2022()
    earlier = real.as_of("2019-06-14")
    tables = [indicators.progress_table(held, as_of="2021-12-31") for held in (plan, real)]
    standings = [
        indicators.status_of(held, indicator, as_of="2021-12-31").explain("fr")
        for held in (plan, real)
        for indicator in held.indicators
    ]
    found = [rules.check(held, as_of="2021-12-31") for held in (plan, real)]
    rates = budget.year(real, 349, 2021).payment_ratio().explain("en")
    end = budget.outstanding(real, 349, year=2020).explain("fr")
    changes = history.difference(earlier, real).explain("en")
    return [tables, standings, found, rates, end, changes, serialization.dumps(plan, digest=True)]


@cache
def usual() -> list[Any]:
    """Return the same, computed in the usual context."""
    with localcontext(Context()):
        return everything()


def test_the_defaults_of_python_do_not_matter_either() -> None:
    """A program that changes Python's own default context before it imports levier gets the same numbers."""
    program = dedent("""
        import decimal
        decimal.DefaultContext.prec = 2
        decimal.DefaultContext.rounding = decimal.ROUND_UP
        decimal.DefaultContext.traps[decimal.Inexact] = True
        decimal.setcontext(decimal.DefaultContext)
        from levier import Euros, indicators, statistics
        print(Euros("0.05") * decimal.Decimal("0.3"), Euros(1) / Euros(3))
        print(indicators.progress(baseline=1, actual=2, target=4, direction="increase"))
        print(statistics.wilson("0.86", 1000).explain("en"))
    """)
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert ran.stdout.splitlines() == [
        "0.02 EUR 0.3333333333333333333333333333",
        "33.33% of the way from 1 to the target of 4; latest value 2",
        "95% confidence interval: 83.7% to 88.0%",
    ]
