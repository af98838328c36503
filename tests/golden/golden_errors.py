"""What errors say: each wrong value, call and document, and the text of what it raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import attrs
from attrs import evolve
from golden_plans import departments, plan, row, said, shipped
from golden_raised import refused

import levier
from levier import (
    Application,
    Appropriations,
    Award,
    BudgetLine,
    Call,
    CallRule,
    Campus,
    ChallengeCall,
    ChallengeStage,
    CommunityHub,
    Euros,
    Experiment,
    Figure,
    Fund,
    Idea,
    Indicator,
    IndicatorWeight,
    InnovationWeek,
    Instalment,
    Journal,
    JournalEntry,
    Lever,
    LeverPull,
    Milestone,
    Observation,
    Observations,
    Organisation,
    PaymentSchedule,
    Period,
    Phase,
    PhaseStep,
    Portfolio,
    Project,
    Quantity,
    Reform,
    Registry,
    Revision,
    Saving,
    ScheduledPayment,
    Source,
    Sourced,
    Stated,
    SurveyResult,
    Territory,
    YearClosing,
    compute,
)
from levier.model.money import Appropriation
from levier.model.quantities import COUNT, EUROS
from levier.testing import assert_same_portfolio, build, samples

Wrong = tuple[str, Callable[[], Any]]

BAD = (None, "", " x ", "a b", "x", 0, -1, 3, 0.5, Decimal("NaN"), "1e400", (), ("a", "a"), "2019-02-30", ..., b"x")
"""What no field of most classes takes."""
DAY = "2019-06-14"
TODAY = {"as_of": DAY}


def fields() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield each class of the model with each of its fields made wrong."""
    for name in sorted(levier.__all__):
        cls = getattr(levier, name)
        if isinstance(cls, type) and attrs.has(cls) and cls.__module__.startswith("levier.model"):
            for field in attrs.fields(cls):
                for bad in BAD:
                    yield f"{name}.{field.name} = {bad!r}", _built(cls, **{field.name: bad})


def _built(cls: type[Any], **values: Any) -> Callable[[], Any]:
    return lambda: build(cls, **values)


def _twice(thing: Any, **more: Any) -> tuple[Any, ...]:
    return thing, evolve(thing, **more)


INSIDE = {"kind": "expected", "nature": "recurrent", "whose": "État", "method": "déclaré", "source_id": "s"}
AWARD = Award(id="a", label="A", amount=100, contracted_on="2018-09-30", call_id="c")
CALL = Call(id="c", label="C", rules=[CallRule(kind="ceiling", text="500 au plus", amount=500, source_id="s")])
ASKED = Application(id="new", label="New", call_id="c", owner_id="o", requested=10, total_cost=20)
FUND = Fund(
    id="f",
    label="F",
    allocation=Sourced(value=Euros(60), source_id="s"),
    calls=[CALL],
    applications=[ASKED],
    awards=[AWARD, Award(id="bare", label="B", contracted_on="2018-09-30"), Award(id="open", label="O", amount=5)],
    entries=[JournalEntry(award_id="a", kind="commitment", amount=50, on="2018-10-01")],
)
CLOSED = FUND.closed(2018)
ENTRY = JournalEntry(award_id="a", kind="payment", amount=1, on="2019-01-01")


def values() -> Iterator[Wrong]:
    """Yield what is wrong between the fields of one value, and with what is done to values."""
    euros, quantity = Euros(3), Quantity.exact(3, COUNT)
    yield "a float of euros", lambda: Euros(0.1)
    yield "a text that is no amount", lambda: Euros("many")
    yield "an amount too large", lambda: Euros(10**40)
    yield "cents too large", lambda: Euros.of_cents(10**40)
    yield "euros and a number", lambda: euros + 1
    yield "euros compared with a number", lambda: euros < 1
    yield "euros times euros", lambda: euros * euros
    yield "euros times NaN", lambda: euros * Decimal("NaN")
    yield "euros by zero", lambda: euros / Euros(0)
    yield "a sum from a number", lambda: sum([euros], 5)
    yield "appropriations and euros", lambda: Appropriations(1, 1) + euros
    yield "euros set", lambda: setattr(euros, "cents", 1)
    yield "euros deleted", lambda: delattr(euros, "cents")
    yield "a quantity without a bound", lambda: Quantity(unit="count")
    yield "a quantity upside down", lambda: Quantity.between(3, 2, COUNT)
    yield "about two numbers", lambda: Quantity(lower=1, upper=2, unit="count", approximate=True)
    yield "the value of a bound", lambda: Quantity.at_least(3, COUNT).value
    yield "about times two", lambda: Quantity.about(3, COUNT) * 2
    yield "a quantity times NaN", lambda: quantity * Decimal("NaN")
    yield "quantities of two units", lambda: quantity + Quantity.exact(3, EUROS)
    yield "a quantity and a number", lambda: quantity + 1
    yield "about and exact", lambda: Quantity.about(3, COUNT) < quantity
    yield "a period", lambda: Period("2019-13")
    yield "an interval of two forms", lambda: Period("2019/2020-01")
    yield "an interval upside down", lambda: Period("2020/2019")
    yield "a period set", lambda: setattr(Period("2019"), "text", "x")
    yield "a period deleted", lambda: delattr(Period("2019"), "text")
    yield "a term", lambda: Phase("done")
    yield "a language of a term", lambda: Phase.FRAMING.label("de")
    yield "a term set", lambda: setattr(Phase, "FRAMING", 1)
    yield "a move that is not allowed", lambda: Project(id="p", label="P").moved_to("completed", on=DAY, because="x")
    yield "a move from the end", lambda: build(Project, phase="completed").moved_to("framing", on=DAY, because="x")
    yield (
        "a move before the last",
        lambda: Project(
            id="p",
            label="P",
            steps=[
                PhaseStep(phase="deployment", on="2019-01-02", because="x"),
                PhaseStep(phase="completed", on=DAY[:4] + "-01-01", because="x"),
            ],
        ),
    )
    yield (
        "weights of another indicator",
        lambda: Reform(id="r", label="R", weights=[IndicatorWeight(indicator_id="x", level="nation", weight=1)]),
    )
    yield "pulls of another lever", lambda: Project(id="p", label="P", pulls=[LeverPull(lever_id="x")])
    yield "one milestone twice", lambda: build(Project, milestones=[build(Milestone), build(Milestone)])
    yield (
        "revisions out of order",
        lambda: build(
            Milestone,
            revisions=[
                Revision(planned="2020", decided_on="2019-02-01", because="x"),
                Revision(planned="2021", decided_on="2019-01-01", because="x"),
            ],
        ),
    )
    yield "not done after it was done", lambda: build(Milestone, done_on="2019-01-01", not_done_on="2019-02-01")
    yield (
        "instalments that do not add up",
        lambda: Award(id="a", label="A", amount=5, instalments=[Instalment(amount=4)]),
    )
    yield (
        "a reason without a missing side",
        lambda: BudgetLine(year=2020, stage="voted", amounts=Appropriations(1, 1), missing_because="x", source_id="s"),
    )
    yield "appropriations without any", lambda: Appropriations(None, None)
    yield (
        "a stock below its payments",
        lambda: PaymentSchedule(payments=[ScheduledPayment(2021, 5)], stock=4, source_id="s"),
    )
    yield "a rule without what it needs", lambda: CallRule(kind="ceiling", text="x", source_id="s")
    yield (
        "an alternative in another unit",
        lambda: Figure(
            id="n",
            label="N",
            value=Sourced(
                value=quantity,
                source_id="s",
                alternatives=[Stated(value=Quantity.exact(1, EUROS), source_id="t")],
                preferred_because="x",
            ),
        ),
    )
    yield (
        "an alternative of another class",
        lambda: Sourced(
            value=euros,
            source_id="s",
            alternatives=[Stated(value=Period("2019"), source_id="t")],
            preferred_because="x",
        ),
    )
    yield "a preference without alternatives", lambda: Sourced(value=euros, source_id="s", preferred_because="x")
    yield "a value that is not sourced", lambda: build(Fund, allocation=Euros(3))
    yield "a list as a sourced value", lambda: Sourced(value=[1], source_id="s")
    yield (
        "definitions out of order",
        lambda: build(
            Indicator, definitions=[levier.Definition(version=2, text="x"), levier.Definition(version=1, text="x")]
        ),
    )
    yield (
        "a stage that may not follow",
        lambda: ChallengeCall(
            id="c", label="C", stages=[ChallengeStage(phase="experimentation"), ChallengeStage(phase="incubation")]
        ),
    )
    yield (
        "an edition of another year",
        lambda: InnovationWeek(id="w", label="W", edition=6, period=Sourced(value=Period("2020-11"), source_id="s")),
    )
    yield (
        "an idea about no problem",
        lambda: build(levier.CarteBlanche, ideas=[Idea(id="i", label="I", problem_ids=["x"])]),
    )
    yield (
        "an experiment of no idea",
        lambda: build(levier.CarteBlanche, experiments=[Experiment(id="e", label="E", idea_ids=["x"])]),
    )
    yield "a measured value without one", lambda: Observation(indicator_id="i", period="2020", kind="actual")
    yield (
        "a value that was not collected",
        lambda: Observation(indicator_id="i", period="2020", kind="actual", value=1, state="not-collected"),
    )
    yield "a SIRET of another SIREN", lambda: build(Organisation, siren="130025265", siret="73282932000074")
    yield "a SIREN", lambda: build(Organisation, siren="130025266")
    yield "a share of euros", lambda: build(SurveyResult, share=euros)
    yield "a share beyond the whole", lambda: build(SurveyResult, share=Quantity.exact(101, "%"))
    yield "a code that INSEE does not know", lambda: Territory(id="99", label="x")
    yield "a parent that is not around", lambda: Territory(id="92012", label="B", parent_id="75")
    yield "an address", lambda: build(Source, url="example.org")
    yield "a day", lambda: build(PhaseStep, on="now")
    yield "a period of a number", lambda: Period(3)
    yield "a kind of a change", lambda: compute.Added(subject="x", label="X", label_en="X", kind="removed")
    yield "a number with an exponent", lambda: build(Observation, value=Decimal("1E+2000"))
    yield "teams below zero", lambda: ChallengeStage(phase="incubation", teams=Quantity.exact(-1, COUNT))
    yield "an amount too large for a field", lambda: build(Award, amount=10**16)
    yield "made again", lambda: FUND.__init__(id="g", label="G")


def holders() -> Iterator[Wrong]:
    """Yield what registries, tables, journals and portfolios refuse."""
    lever = Lever(id="digital", label="Numérique")
    registry, table, journal = Registry([lever]), Observations([build(Observation)]), Journal([ENTRY])
    yield "an item that is not there", lambda: registry["digitl"]
    yield "an item that is nowhere near", lambda: registry["zzz"]
    yield "an item twice", lambda: Registry([lever, lever])
    yield "no things", lambda: Registry([1])
    yield "a thing whose id is no text", lambda: Registry([type("Thing", (), {"id": 3})()])
    yield "a tree of flat things", lambda: Registry([build(Source)]).tree()
    yield "a registry set", lambda: setattr(registry, "x", 1)
    yield "a registry deleted", lambda: delattr(registry, "x")
    yield "an observation twice", lambda: Observations([*table, *table])
    yield "no observations", lambda: Observations([1])
    yield "an observation to take out", lambda: table.without(evolve(build(Observation), kind="target"))
    yield "a table set", lambda: setattr(table, "x", 1)
    yield "a table deleted", lambda: delattr(table, "x")
    yield "no entries", lambda: Journal([1])
    yield "an entry that is none", lambda: journal.with_(1)
    yield "an entry that is not there", lambda: journal[5]
    yield "a journal set", lambda: setattr(journal, "x", 1)
    yield "a journal deleted", lambda: delattr(journal, "x")
    yield "what no portfolio holds", lambda: Portfolio.of(3)
    yield "a thing among others", lambda: Portfolio(levers=[build(Source)])
    yield "references that dangle", lambda: Portfolio.of(Project(id="p", label="P", owner_id="o", lever_ids=["a", "b"]))
    yield "a thing twice", lambda: Portfolio.of(lever, lever)
    yield "a thing to take out", lambda: Portfolio.of(lever).without("levers/x")
    yield "a name of the package", lambda: levier.nothing
    yield "a name of a room", lambda: compute.nothing
    yield "a name of the kit", lambda: __import__("levier.testing", fromlist=["x"]).nothing
    yield "an error written on", lambda: setattr(_an_error(), "found", 3)
    yield "an error made again", lambda: _an_error().__init__("a", 1, "b")


def _an_error() -> Any:
    return levier.InvalidValueError("Euros", 0.1, "whole or decimal euros")


def funds() -> Iterator[Wrong]:
    """Yield what a fund refuses."""
    yield "no such award", lambda: FUND.award("x")
    yield "no such call", lambda: FUND.call("x")
    yield "no such application", lambda: FUND.application("x")
    yield "a second contract", lambda: FUND.contracted("a", on=DAY)
    yield "before the contract", lambda: FUND.with_commitment("a", 1, on="2018-01-01")
    yield "without a contract", lambda: FUND.with_commitment("open", 1, on="2019-01-01")
    yield "of an award without an amount", lambda: FUND.with_commitment("bare", 1, on="2019-01-01")
    yield "more than the award", lambda: FUND.with_commitment("a", 60, on="2019-01-01")
    yield "more than the allocation", lambda: FUND.with_commitment("a", 20, on="2019-01-01")
    yield "more than was committed", lambda: FUND.paid("a", 60, on="2019-01-01")
    yield "in a closed year", lambda: CLOSED.paid("a", 1, on="2018-12-31")
    yield "a cut too deep", lambda: FUND.reallocated(-20, on="2019-01-01", because="x", source_id="s")
    yield "carried over too much", lambda: FUND.closed(2019, carried_over=20)
    yield "carried over below zero", lambda: FUND.closed(2019, carried_over=-1)
    yield "above the ceiling", lambda: FUND.awarded("new", 501, on="2018")
    yield "granted twice", lambda: evolve(FUND, applications=[evolve(ASKED, id="a")]).awarded("a", 1, on="2018")
    yield "an award above its ceiling", lambda: evolve(FUND, awards=[evolve(AWARD, amount=501)])
    yield "an entry of no award", lambda: Fund(id="f", label="F", entries=[ENTRY])
    yield "entries that are none", lambda: Fund(id="f", label="F", entries=3)
    yield "an entry before the contract", lambda: evolve(FUND, entries=[evolve(ENTRY, on="2018-01-01")])
    yield "an entry beyond what is committed", lambda: evolve(FUND, entries=[ENTRY])
    yield "a commitment beyond the award", lambda: evolve(FUND, entries=[evolve(ENTRY, kind="commitment", amount=101)])
    yield (
        "a commitment beyond the allocation",
        lambda: evolve(FUND, entries=[evolve(ENTRY, kind="commitment", amount=61)]),
    )
    yield (
        "a commitment of an unknown amount",
        lambda: evolve(FUND, entries=[evolve(ENTRY, kind="commitment", award_id="bare")]),
    )
    yield "lapsed more than there is", lambda: evolve(FUND, closings=[YearClosing(year=2018, lapsed=20)])
    yield "closed without an allocation", lambda: Fund(id="f", label="F", closings=[YearClosing(year=2018, lapsed=1)])
    yield "closed out of order", lambda: evolve(FUND, closings=[YearClosing(year=2019), YearClosing(year=2018)])
    yield "an award of no call", lambda: Fund(id="f", label="F", awards=[AWARD])
    yield "a saving of no award", lambda: Fund(id="f", label="F", savings=[Saving(award_id="x", amount=1, **INSIDE)])


def questions() -> Iterator[Wrong]:
    """Yield what the questions refuse."""
    ap, held = shipped(), plan(*departments("75", "91"), *said("75"))
    year = compute.budget_year(ap, 349, 2021)
    yield "a language", lambda: compute.trend(1, 2).explain("de")
    yield "a day", lambda: compute.progress_of(held, "visits", as_of="now")
    yield "a finding that says nothing", lambda: compute.Finding(rule="r", severity="note", subject="s", message=" ")
    yield "no such indicator", lambda: compute.progress_of(held, "visit", as_of=DAY)
    yield "no such territory", lambda: compute.progress_of(held, "visits", "99", as_of=DAY)
    yield "no such reform", lambda: compute.reform_progress_of(held, "r", as_of=DAY)
    yield "no such programme", lambda: compute.programme_progress_of(held, "p", as_of=DAY)
    yield "no such lever", lambda: compute.effects_of(held, "l", as_of=DAY)
    yield "no such budget programme", lambda: compute.budget_year(ap, 348, 2021)
    yield "no such year", lambda: compute.budget_year(ap, 349, 2030)
    yield "no such action", lambda: compute.budget_year(ap, 349, 2021, action="99")
    yield "a float", lambda: compute.trend(0.5, 1)
    yield "NaN", lambda: compute.gap(Decimal("NaN"), [1])
    yield (
        "units of a progress",
        lambda: compute.progress(
            baseline=Quantity.exact(1, COUNT), actual=Quantity.exact(1, EUROS), target=None, direction="increase"
        ),
    )
    yield (
        "an inexact target",
        lambda: compute.progress(baseline=1, actual=2, target=Quantity.at_least(1, COUNT), direction="increase"),
    )
    yield (
        "units of an attainment",
        lambda: compute.attainment(Quantity.exact(1, COUNT), Quantity.exact(1, EUROS), "increase"),
    )
    yield (
        "a proposal in another unit",
        lambda: compute.proposed_progress(
            compute.progress_of(held, "visits", "75", as_of="2020-12-31"),
            [compute.Proposal(value=Quantity.exact(1, EUROS), on=DAY)],
        ),
    )
    yield "a direction", lambda: compute.attainment(1, 2, "up")
    yield "a reading", lambda: compute.gap(0, [0], reading="loose")
    yield "an aggregation", lambda: compute.aggregate({"75": 1}, "product")
    yield "no aggregation", lambda: compute.aggregate_of(held, "visits", "R11", as_of=DAY)
    yield (
        "a level that is no level above",
        lambda: compute.aggregate_of(held, "visits", "75", as_of=DAY, by="sum", month="2019-01"),
    )
    yield "a weight below zero", lambda: compute.aggregate({"75": 1}, "weighted-mean", weights={"75": -1})
    yield "a weighted progress below zero", lambda: compute.weighted_progress({"a": 1}, {"a": -1})
    yield (
        "two values a month",
        lambda: compute.comparable_values({"2019-01": 1, "2019-01-31": 2}, compute.ComparableRule()),
    )
    yield "a path without a point", lambda: compute.expected_path({})
    yield "a threshold out of its range", lambda: compute.Thresholds(gap=5)
    yield "two values that nothing tells apart", _disputed
    yield "a target before its baseline", _reversed
    yield "commitments paid twice", lambda: compute.roll_forward(1, committed=1, paid=5)
    yield "payments beyond what is left", lambda: compute.age([], year=2020, committed=1, paid=5)
    yield "a rate of no year", lambda: compute.execution_rate([], of=Appropriation.PAYMENT, over="voted")
    yield (
        "a rate over a change of scope",
        lambda: compute.execution_rate(
            [year, compute.budget_year(ap, 349, 2022)], of=Appropriation.PAYMENT, over=compute.Denominator.VOTED
        ),
    )
    yield "rules that are none", lambda: compute.check(held, as_of=DAY, rules=[3])
    yield "a check without a day", lambda: compute.check(held, as_of="x")
    yield "an application to another call", lambda: compute.appraise(ASKED, Call(id="d", label="D"))
    yield "balances by owner without bodies", lambda: compute.balances(FUND, by="ministry")
    yield "savings of two natures", lambda: compute.total_savings([_saving("a"), _saving("a", nature="one-off")])
    yield "savings of awards and of the fund", lambda: compute.total_savings([_saving("a"), _saving(None)])
    yield "savings that dispute", lambda: compute.total_savings([_saving("a"), _saving("a", amount=2, source_id="t")])
    yield (
        "savings of no stated nature",
        lambda: compute.return_on(
            savings=[_saving("a", nature="unstated", period="2019"), _saving("a", nature="unstated", period="2020")],
            cost=1,
        ),
    )
    yield "savings of a year", _savings_of_a_year
    yield (
        "a delay of an award that is not there",
        lambda: compute.applied(FUND, compute.Delay(award_ids=["x"], months=6)),
    )
    yield (
        "months that change what is past",
        lambda: compute.applied(FUND, compute.Delay(award_ids=["a"], months=-30), since="2018-06-01"),
    )
    yield "months that bring savings together", _savings_together
    yield "a call moved that is not there", lambda: compute.applied(FUND, compute.CallMoved(call_id="x", months=6))
    yield "a cut of no allocation", lambda: compute.applied(Fund(id="f", label="F"), compute.EnvelopeCut(percent=50))
    yield "a milestone over years", lambda: compute.spread_by_milestone(1, [(Period("2018/2020"), 1)])
    yield "an award without an amount", lambda: compute.spread_award(Award(id="a", label="A"))
    yield "a profile beyond one", lambda: compute.spread_by_profile(1, [Decimal(2)], first_year=2019)
    yield "a profile of no years", lambda: compute.payment_profile({2019: 5}, {2019: 1}, years=0)
    yield "a profile of more than was committed", lambda: compute.payment_profile({2019: 5}, {2019: 9}, years=1)
    yield "weights of zero", lambda: compute.spread_by_key(1, {2019: 0})
    yield "weights below zero", lambda: compute.spread_by_key(1, {2019: -1})
    yield "a selection without criteria", lambda: compute.select([], 1, [])
    mark = compute.Criterion(id="c", label="C", mark={}.get)
    yield "an envelope below zero", lambda: compute.select([], -1, [mark])
    yield "an application twice", lambda: compute.select([ASKED, ASKED], 1, [mark])
    yield "a criterion of weight zero", lambda: compute.Criterion(id="c", label="C", mark={}.get, weight=Decimal(0))
    yield "a staged plan", _staged({})
    yield "choices of another stage", _staged({"incubation": (1, 1)})
    yield "a choice below zero", _staged({"exploration": (-1, 1)})
    yield "a choice beyond what is published", _staged({"exploration": (9, 100)})
    yield "a plan beyond its envelope", _staged({"exploration": (2, 100)})
    yield "a plan without an envelope", lambda: compute.staged_plan(ChallengeCall(id="c", label="C"))
    yield "a campus that is none", lambda: compute.share_outside(_campus(), "hub", of="46")
    yield "a campus that is not there", lambda: compute.share_outside(_campus(), "x", of="46")
    yield "a figure that it has not", lambda: compute.share_outside(_campus(), "campus", of="46", stated="x")
    yield "a share beyond one", lambda: compute.wilson(2, 100)
    yield "an interval without n", lambda: compute.wilson("0.5", None)
    yield "an n below one", lambda: compute.wilson("0.5", 0)
    yield "a confidence", lambda: compute.wilson("0.5", 10, confidence="0.5")
    yield "newcombe without n", lambda: compute.newcombe("0.5", None, "0.4", 3)
    yield "an answer", lambda: compute.mean_mark({"great": 3})
    yield "a count below zero", lambda: compute.mean_mark({"good": -3})
    yield "a part larger than its whole", lambda: compute.kept_time(in_time=3, handled=2)
    yield "a rate below zero", lambda: compute.kept_time(in_time=-3, handled=2)
    yield "an interval of nothing", lambda: compute.kept_time(in_time=0, handled=0).interval()
    yield "no rates", lambda: compute.pooled([])
    yield (
        "rates unlike each other",
        lambda: compute.pooled(
            [compute.kept_time(in_time=1, handled=2), compute.online_quality(rated_8_or_more=1, rated=2)]
        ),
    )
    yield "a difference applied elsewhere", _misapplied
    yield "no such phase", lambda: compute.phase_times(Project(id="p", label="P"), as_of=DAY).total("done")
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
    raise compute.progress_of(held, "visits", as_of="2020-12-31").contradiction or AssertionError("no error")


def _reversed() -> Any:
    held = plan(*said(months={"baseline": "2019-01", "target": "2018-12"}))
    raise compute.progress_of(held, "visits", as_of="2020-12-31").contradiction or AssertionError("no error")


def _staged(choices: Any) -> Callable[[], Any]:
    stage = ChallengeStage(phase="exploration", teams=Quantity.between(1, 2, COUNT), grant=Quantity.exact(100, EUROS))
    call = ChallengeCall(id="c", label="C", stages=[stage], envelope=Sourced(value=Euros(150), source_id="s"))
    return lambda: compute.staged_plan(call, choices)


def _campus() -> Portfolio:
    return Portfolio.of(
        Territory(id="46", label="Lot"), Campus(id="campus", label="C"), CommunityHub(id="hub", label="H")
    )


def _misapplied() -> Any:
    one, other = Lever(id="a", label="A"), Lever(id="a", label="B")
    found = compute.difference(Portfolio.of(one), Portfolio.of(other, Lever(id="b", label="B")))
    return found.applied_to(Portfolio.of(Lever(id="a", label="C"), Lever(id="b", label="C")))


def _savings_of_a_year() -> Any:
    awarded = [_saving("a"), _saving("a", whose="Collectivités")]
    year, *_ = compute.fund_years(evolve(FUND, savings=awarded), as_of="2022-01-01")
    return [one.savings_of(levier.SavingKind.EXPECTED) for one in (year, *_)]


def _savings_together() -> Any:
    awarded = [_saving("a", period="2020-02-28"), _saving("a", period="2020-02-29", amount=2)]
    return compute.applied(evolve(FUND, savings=awarded), compute.Delay(award_ids=["a"], months=12))


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


def kit() -> Iterator[Wrong]:
    """Yield what the kit for tests refuses."""
    yield "what is no class of ours", lambda: build(int)
    yield "a text for a class", lambda: build("Project")
    yield "a field that follows", lambda: build(Award, path="x")
    yield "a field that there is not", lambda: build(Lever, colour="red")
    yield "a term with fields", lambda: build(Phase, value="x")
    yield "what no value is of", lambda: build(levier.model.terms.Term)
    yield "a phase and steps", lambda: build(Project, phase="stopped", steps=[])
    yield "a sample of less than none", lambda: samples.portfolio(projects=-1)
    yield "a seed that is none", lambda: samples.fund(awards=3, seed="x")
    yield "portfolios that differ", lambda: assert_same_portfolio(Portfolio(), Portfolio.of(Lever(id="a", label="A")))
    yield "no portfolio", lambda: assert_same_portfolio(Portfolio(), 3)


WRONG = {"values": values, "holders": holders, "funds": funds, "questions": questions, "kit": kit}
SUBJECTS = {f"errors-{name}": refused(made) for name, made in WRONG.items()}
SUBJECTS |= {"errors-fields": refused(fields, thin=True)}
