"""What questions refuse: each wrong call, and the text of what it raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, cast

from attrs import evolve
from golden_errors import ASKED, DAY, FUND, INSIDE, Wrong
from golden_plans import coded, departments, plan, row, said, shipped
from golden_raised import refused

import levier
from levier import (
    Award,
    Call,
    Campus,
    ChallengeCall,
    CommunityHub,
    Euros,
    Fund,
    Lever,
    Period,
    Portfolio,
    Project,
    Quantity,
    Saving,
    Source,
    Sourced,
    Territory,
    budget,
    fund,
    history,
    indicators,
    instruments,
    plans,
    rules,
    statistics,
)
from levier.instruments import ChallengeStage
from levier.model.appropriations import AppropriationKind
from levier.model.quantities import COUNT, EUROS


def questions() -> Iterator[Wrong]:
    """Yield what the questions refuse."""
    ap, held = shipped(), plan(*departments("75", "91"), *said("75"))
    year = budget.year(ap, 349, 2021)
    yield "a language", lambda: indicators.trend(1, 2).explain("de")
    yield "a day", lambda: indicators.progress_of(held, "visits", as_of="now")
    yield "a finding that says nothing", lambda: rules.Finding(rule="r", severity="note", subject="s", message=" ")
    yield "no such indicator", lambda: indicators.progress_of(held, "visit", as_of=DAY)
    yield "no such territory", lambda: indicators.progress_of(held, "visits", "99", as_of=DAY)
    yield (
        "a chain of two rules for one level",
        lambda: indicators.progress_of(
            held, "visits", as_of=DAY, roll_up=[indicators.RollUp(actual=rule) for rule in ("sum", "mean")]
        ),
    )
    yield "a chain of no rules", lambda: indicators.progress_of(held, "visits", as_of=DAY, roll_up=cast("Any", ["sum"]))
    yield "no such dimension", lambda: indicators.breakdown_of(held, "visits", "size", as_of=DAY)
    yield "no such code", lambda: indicators.progress_of(coded(), "visits", as_of=DAY, breakdown={"sex": "X"})
    yield "no breakdown", lambda: indicators.progress_of(held, "visits", as_of=DAY, breakdown=cast("Any", "F"))
    yield (
        "a dimension within itself",
        lambda: indicators.breakdown_of(coded(), "visits", "sex", as_of=DAY, within={"sex": "F"}),
    )
    yield "no such reform", lambda: indicators.reform_progress_of(held, "r", as_of=DAY)
    yield "no such programme", lambda: indicators.programme_progress_of(held, "p", as_of=DAY)
    yield "no such lever", lambda: plans.effects_of(held, "l", as_of=DAY)
    yield "no such budget programme", lambda: budget.year(ap, 348, 2021)
    yield "no such year", lambda: budget.year(ap, 349, 2030)
    yield "no such action", lambda: budget.year(ap, 349, 2021, action="99")
    yield "a float", lambda: indicators.trend(0.5, 1)
    yield "NaN", lambda: indicators.gap(Decimal("NaN"), [1])
    yield (
        "units of a progress",
        lambda: indicators.progress(
            baseline=Quantity.exact(1, COUNT), actual=Quantity.exact(1, EUROS), target=None, direction="increase"
        ),
    )
    yield (
        "an inexact target",
        lambda: indicators.progress(baseline=1, actual=2, target=Quantity.at_least(1, COUNT), direction="increase"),
    )
    yield (
        "units of an attainment",
        lambda: indicators.attainment(Quantity.exact(1, COUNT), Quantity.exact(1, EUROS), "increase"),
    )
    yield (
        "a proposal in another unit",
        lambda: indicators.proposed_progress(
            indicators.progress_of(held, "visits", "75", as_of="2020-12-31"),
            [indicators.Proposal(value=Quantity.exact(1, EUROS), on=DAY)],
        ),
    )
    yield "a direction", lambda: indicators.attainment(1, 2, "up")
    yield "a ruleset", lambda: indicators.gap(0, [0], ruleset="loose")
    yield "an aggregation", lambda: indicators.aggregate({"75": 1}, "product")
    yield "no aggregation", lambda: indicators.aggregate_of(held, "visits", "R11", as_of=DAY)
    yield (
        "a level that is no level above",
        lambda: indicators.aggregate_of(held, "visits", "75", as_of=DAY, by="sum", month="2019-01"),
    )
    yield (
        "a level that does not make up the territory",
        lambda: indicators.aggregate_of(held, "visits", "R11", as_of=DAY, by="sum", from_level="intercommunality"),
    )
    yield "a weight below zero", lambda: indicators.aggregate({"75": 1}, "weighted-mean", weights={"75": -1})
    yield "a weighted progress below zero", lambda: indicators.weighted_progress({"a": 1}, {"a": -1})
    yield (
        "two values a month",
        lambda: indicators.comparable_values({"2019-01": 1, "2019-01-31": 2}, indicators.ComparableRule()),
    )
    yield "a path without a point", lambda: indicators.expected_path({})
    yield "no portfolio", lambda: instruments.labs(cast("Any", "plan.json"))
    yield "an identifier for a thing", lambda: plans.cost_of(ap, cast("Any", "p"))
    yield "no portfolio of a progress", lambda: indicators.progress_of(cast("Any", "x"), "visits", as_of=DAY)
    yield "settings of a progress", lambda: indicators.progress_of(held, "visits", as_of=DAY, cutoffs=cast("Any", 3))
    yield "no fund", lambda: fund.fund_years(cast("Any", None))
    yield "a year in words", lambda: indicators.attainment_of(ap, "p349-appraisal-time", year=cast("Any", "x"))
    yield "a year in words", lambda: indicators.Cutoffs(year=cast("Any", "x"))
    yield "a number of months in words", lambda: indicators.RollUp(carry_forward_months=cast("Any", "x"))
    yield "a threshold out of its range", lambda: indicators.Thresholds(gap=5)
    yield "two values that nothing tells apart", _disputed
    yield "a target before its baseline", _reversed
    yield "commitments paid twice", lambda: budget.roll_forward(1, committed=1, paid=5)
    yield "payments beyond what is left", lambda: budget.age([], year=2020, committed=1, paid=5)
    yield "a rate of no year", lambda: budget.execution_rate([], of=AppropriationKind.PAYMENT, over="voted")
    yield (
        "a rate over a change of scope",
        lambda: budget.execution_rate(
            [year, budget.year(ap, 349, 2022)], of=AppropriationKind.PAYMENT, over=budget.Denominator.VOTED
        ),
    )
    yield "rules that are none", lambda: rules.check(held, as_of=DAY, rules=[3])
    yield "a check without a day", lambda: rules.check(held, as_of="x")
    yield "an application to another call", lambda: fund.appraise(ASKED, Call(id="d", label="D"))
    yield "balances by owner without bodies", lambda: fund.balances(FUND, by="ministry")
    yield "savings of two natures", lambda: fund.total_savings([_saving("a"), _saving("a", nature="one-off")])
    yield "savings of awards and of the fund", lambda: fund.total_savings([_saving("a"), _saving(None)])
    yield "savings that dispute", lambda: fund.total_savings([_saving("a"), _saving("a", amount=2, source_id="t")])
    yield (
        "savings of no stated nature",
        lambda: fund.return_on(
            savings=[_saving("a", nature="unstated", period="2019"), _saving("a", nature="unstated", period="2020")],
            cost=1,
        ),
    )
    yield "savings of a year", _savings_of_a_year
    yield (
        "a delay of an award that is not there",
        lambda: fund.apply(FUND, fund.Delay(award_ids=["x"], months=6)),
    )
    yield (
        "months that change what is past",
        lambda: fund.apply(FUND, fund.Delay(award_ids=["a"], months=-30), since="2018-06-01"),
    )
    yield "months that bring savings together", _savings_together
    yield "a call moved that is not there", lambda: fund.apply(FUND, fund.CallMoved(call_id="x", months=6))
    yield "a cut of no allocation", lambda: fund.apply(Fund(id="f", label="F"), fund.EnvelopeCut(percent=50))
    yield "a milestone over years", lambda: fund.spread_by_milestone(1, [(Period("2018/2020"), 1)])
    yield "an award without an amount", lambda: fund.spread_award(Award(id="a", label="A"))
    yield "a profile beyond one", lambda: fund.spread_by_profile(1, [Decimal(2)], first_year=2019)
    yield "a profile of no years", lambda: fund.payment_profile({2019: 5}, {2019: 1}, years=0)
    yield "a profile of more than was committed", lambda: fund.payment_profile({2019: 5}, {2019: 9}, years=1)
    yield "weights of zero", lambda: fund.spread_by_key(1, {2019: 0})
    yield "weights below zero", lambda: fund.spread_by_key(1, {2019: -1})
    yield "a selection without criteria", lambda: fund.select([], 1, [])
    mark = fund.Criterion(id="c", label="C", mark={}.get)
    yield "an envelope below zero", lambda: fund.select([], -1, [mark])
    yield "an application twice", lambda: fund.select([ASKED, ASKED], 1, [mark])
    yield "a criterion of weight zero", lambda: fund.Criterion(id="c", label="C", mark={}.get, weight=Decimal(0))
    yield "a staged plan", _staged({})
    yield "choices of another stage", _staged({"incubation": (1, 1)})
    yield "a choice below zero", _staged({"exploration": (-1, 1)})
    yield "a choice beyond what is published", _staged({"exploration": (9, 100)})
    yield "a plan beyond its envelope", _staged({"exploration": (2, 100)})
    yield "a plan without an envelope", lambda: fund.staged_funding(ChallengeCall(id="c", label="C"))
    yield "a campus that is none", lambda: instruments.share_outside(_campus(), "hub", of="46")
    yield "a campus that is not there", lambda: instruments.share_outside(_campus(), "x", of="46")
    yield "a figure that it has not", lambda: instruments.share_outside(_campus(), "campus", of="46", stated="x")
    yield "a share beyond one", lambda: statistics.wilson(2, 100)
    yield "an interval without n", lambda: statistics.wilson("0.5", None)
    yield "an n below one", lambda: statistics.wilson("0.5", 0)
    yield "a confidence", lambda: statistics.wilson("0.5", 10, confidence="0.5")
    yield "newcombe without n", lambda: statistics.newcombe("0.5", None, "0.4", 3)
    yield "an answer", lambda: statistics.mean_mark({"great": 3})
    yield "a count below zero", lambda: statistics.mean_mark({"good": -3})
    yield "a part larger than its whole", lambda: statistics.on_time_rate(in_time=3, handled=2)
    yield "a rate below zero", lambda: statistics.on_time_rate(in_time=-3, handled=2)
    yield "an interval of nothing", lambda: statistics.on_time_rate(in_time=0, handled=0).interval()
    yield "no rates", lambda: statistics.pool([])
    yield (
        "rates unlike each other",
        lambda: statistics.pool(
            [statistics.on_time_rate(in_time=1, handled=2), statistics.online_quality(rated_8_or_more=1, rated=2)]
        ),
    )
    yield "a difference applied elsewhere", _misapplied
    yield "no such phase", lambda: plans.phase_times(Project(id="p", label="P"), as_of=DAY).total("done")
    yield "a card of a number", lambda: __import__("levier.display.cards", fromlist=["x"]).card_of(3, "fr")
    yield "a report in another language", lambda: _report("de")
    yield "a report in another format", lambda: __import__("levier.display.files", fromlist=["x"]).form_of("a.pdf")
    yield "a page without cells", _narrow
    yield "an address that is none", lambda: __import__("levier.display.pages", fromlist=["x"]).Cell(text="x", href="x")
    yield "a command line", lambda: _commanded("none.toml", as_of="x", output="a.pdf", lang="de")
    yield "a file that is not there", lambda: _commanded("none.toml")
    yield "a notebook without a shell", lambda: __import__("levier.display.notebook", fromlist=["x"]).register()


def _saving(award_id: str | None, **more: Any) -> Saving:
    return Saving(**{**INSIDE, "award_id": award_id, "amount": 1, "period": "2019", **more})


def _disputed() -> Any:
    sources = [Source(id=name, title=name) for name in ("one", "two")]
    held = plan(
        *sources, *said(), row("actual", "2020-05", 51, source_id="one"), row("actual", "2020-05", 52, source_id="two")
    )
    raise indicators.progress_of(held, "visits", as_of="2020-12-31").contradiction or AssertionError("no error")


def _reversed() -> Any:
    held = plan(*said(months={"baseline": "2019-01", "target": "2018-12"}))
    raise indicators.progress_of(held, "visits", as_of="2020-12-31").contradiction or AssertionError("no error")


def _staged(choices: Any) -> Callable[[], Any]:
    stage = ChallengeStage(phase="exploration", teams=Quantity.between(1, 2, COUNT), grant=Quantity.exact(100, EUROS))
    call = ChallengeCall(id="c", label="C", stages=[stage], envelope=Sourced(value=Euros(150), source_id="s"))
    return lambda: fund.staged_funding(call, choices)


def _campus() -> Portfolio:
    return Portfolio.of(
        Territory(id="46", label="Lot"), Campus(id="campus", label="C"), CommunityHub(id="hub", label="H")
    )


def _misapplied() -> Any:
    one, other = Lever(id="a", label="A"), Lever(id="a", label="B")
    found = history.difference(Portfolio.of(one), Portfolio.of(other, Lever(id="b", label="B")))
    return found.applied_to(Portfolio.of(Lever(id="a", label="C"), Lever(id="b", label="C")))


def _savings_of_a_year() -> Any:
    awarded = [_saving("a"), _saving("a", whose="Collectivités")]
    year, *_ = fund.fund_years(evolve(FUND, savings=awarded), as_of="2022-01-01")
    return [one.savings_of(levier.fund.SavingKind.EXPECTED) for one in (year, *_)]


def _savings_together() -> Any:
    awarded = [_saving("a", period="2020-02-28"), _saving("a", period="2020-02-29", amount=2)]
    return fund.apply(evolve(FUND, savings=awarded), fund.Delay(award_ids=["a"], months=12))


def _report(lang: Any) -> Any:
    from levier.display.report import report

    return report(Portfolio(), as_of=DAY, lang=lang)


def _commanded(file: str, **more: Any) -> Any:
    from levier.cli.reporting import report_on

    return report_on(file, **{"as_of": None, "output": None, "lang": "fr", **more})


def _narrow() -> Any:
    from levier.display.pages import Cell, Column, Row, Table

    return Table(
        id="t",
        caption="T",
        columns=[Column(id="a", label="A")],
        rows=[Row(id="r", cells=[Cell(text="x"), Cell(text="y")])],
    )


SUBJECTS = {"errors-questions": refused(questions)}
