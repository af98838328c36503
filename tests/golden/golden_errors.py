"""What errors say: each wrong value, call and document, and the text of what it raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import attrs
from attrs import evolve
from golden_raised import refused

import levier
from doors import everything
from levier import (
    Application,
    Appropriations,
    Award,
    BreakdownCode,
    BudgetLine,
    Call,
    CallRule,
    ChallengeCall,
    Dimension,
    Euros,
    Figure,
    Fund,
    Indicator,
    InnovationWeek,
    JournalEntry,
    Lever,
    LeverActivation,
    Milestone,
    Observation,
    Organisation,
    Period,
    Phase,
    Portfolio,
    Project,
    Quantity,
    Reform,
    Registry,
    Saving,
    Source,
    Sourced,
    Territory,
    history,
)
from levier.budget import PaymentSchedule, ScheduledPayment
from levier.fund import Instalment, Journal, YearClosing
from levier.indicators import IndicatorWeight, Observations, RollUp
from levier.instruments import ChallengeStage, Experiment, Idea
from levier.model.belonging import Subtree
from levier.model.quantities import COUNT, EUROS
from levier.model.sources import Stated
from levier.plans import EffectHorizon, Establishment, PhaseStep, Revision, Succession
from levier.statistics import SurveyResult
from levier.testing import (
    assert_explains,
    assert_no_findings,
    assert_round_trips,
    assert_same_portfolio,
    build,
    samples,
)

Wrong = tuple[str, Callable[[], Any]]

BAD = (None, "", " x ", "a b", "x", 0, -1, 3, 0.5, Decimal("NaN"), "1e400", (), ("a", "a"), "2019-02-30", ..., b"x")
"""What no field of most classes takes."""
DAY = "2019-06-14"
TODAY = {"as_of": DAY}


def fields() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield each class of the model with each of its fields made wrong."""
    for name, cls in sorted(everything().items()):
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
CLOSED = FUND.with_closing(2018)
ENTRY = JournalEntry(award_id="a", kind="payment", amount=1, on="2019-01-01")


def values() -> Iterator[Wrong]:
    """Yield what is wrong between the fields of one value, and with what is done to values."""
    euros, quantity = Euros(3), Quantity.exact(3, COUNT)
    codes = [BreakdownCode("sex", code) for code in "FM"]
    yield "a roll-up from a wider level", lambda: RollUp(level="region", from_level="nation")
    yield "two codes of one dimension", lambda: evolve(build(Observation), breakdown=codes)
    yield "a code with a space", lambda: BreakdownCode("sex", "two words")
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
    yield (
        "a band upside down",
        lambda: Observation(indicator_id="a", period="2019", kind="target", value=3, upper=2),
    )
    yield "a project that began some day", lambda: Project(id="p", label="P", calendar="../2019")
    yield "the next of an open interval", lambda: Period("2019/..").next
    yield "the next of the last day", lambda: Period("9999-12-31").next
    yield "months after a week", lambda: Period("2019-W05").plus(months=1)
    yield "months out of the calendar", lambda: Period("9999-12").plus(months=1)
    yield "half a month later", lambda: Period("2019").plus(months=0.5)  # type: ignore[arg-type]
    yield "the weeks of a month", lambda: Period("2019-03").parts("week")
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
    yield "a horizon without an end", lambda: EffectHorizon(period="2030/..", size=Quantity.exact(-3, "MtCO2e"))
    yield (
        "activations of another lever",
        lambda: Project(id="p", label="P", activations=[LeverActivation(lever_id="x")]),
    )
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
    yield (
        "a year-end act before the first",
        lambda: BudgetLine(year=2022, stage="year-end", amounts=Appropriations(1, 1), source_id="s"),
    )
    yield (
        "a reserve rate of all titles",
        lambda: levier.budget.ReserveRate(year=2024, title="all", share="0.04", source_id="s"),
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
            Indicator,
            definitions=[
                levier.indicators.Definition(version=2, text="x"),
                levier.indicators.Definition(version=1, text="x"),
            ],
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
    office = Establishment(siret="73282932000074")
    yield "a SIRET of another SIREN", lambda: build(Organisation, siren="130025265", establishments=[office])
    yield "a SIRET without a SIREN", lambda: build(Organisation, establishments=[office])
    yield "a SIRET", lambda: build(Establishment, siret="73282932000075")
    yield "a head office while closed", lambda: build(Establishment, period="2019", head_office="2021/..")
    yield "a SIREN", lambda: build(Organisation, siren="130025266")
    yield "a share of euros", lambda: build(SurveyResult, share=euros)
    yield "a share beyond the whole", lambda: build(SurveyResult, share=Quantity.exact(101, "%"))
    yield "a code that INSEE does not know", lambda: Territory(id="99", label="x")
    yield "parts of a municipality", lambda: Territory(id="46042", label="C", part_ids=["46224"])
    yield "a part that is a department", lambda: Territory(id="200023737", label="C", part_ids=["46"])
    step = Succession(on="2017-01-01", predecessor_ids=["46"])
    yield "a predecessor of another level", lambda: Territory(id="46042", label="C", successions=[step])
    yield "a succession of nothing", lambda: Succession(on="2017-01-01", predecessor_ids=[])
    yield "two successions on a day", lambda: Territory(id="46", label="Lot", successions=[step, step])
    yield "a parent that is not around", lambda: Territory(id="92012", label="B", parent_id="75")
    yield "an address", lambda: build(Source, url="example.org")
    yield "a day", lambda: build(PhaseStep, on="now")
    yield (
        "a state that is no term",
        lambda: Observation(indicator_id="i", period="2020", kind="actual", value=1, state=3),
    )
    yield "a kind that is no term", lambda: CallRule(kind=3, text="x", source_id="s")
    yield "a number with too many digits", lambda: build(Observation, value=Decimal("1" * 1001))
    yield "a period of a number", lambda: Period(3)
    yield "a kind of a change", lambda: history.Added(subject="x", label="X", label_en="X", kind="removed")
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
    yield "an identifier asked of a portfolio", lambda: "digital" in Portfolio.of(Lever(id="digital", label="Digital"))
    yield "a format that is none", lambda: levier.serialization.xml
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
    women = evolve(build(Observation), breakdown={"sex": "F"})
    nobody = Dimension(id="sex", label="Sexe")
    yield (
        "a code that dangles",
        lambda: Portfolio.of(nobody, build(Indicator), Territory(id="FR", label="France"), women),
    )
    yield "what belongs to nothing", lambda: Subtree.of(Portfolio(), "p")
    yield "a thing twice", lambda: Portfolio.of(lever, lever)
    yield "a thing to take out", lambda: Portfolio.of(lever).without("levers/x")
    yield "a name of the package", lambda: levier.nothing
    yield "a name of a door", lambda: getattr(levier, "OverpaymentError")  # noqa: B009
    yield "a module of display", lambda: levier.display.nothing
    yield "a name of the kit", lambda: __import__("levier.testing", fromlist=["x"]).nothing
    yield "an error written on", lambda: setattr(_an_error(), "found", 3)
    yield "an error made again", lambda: _an_error().__init__("a", 1, "b")


def _an_error() -> Any:
    return levier.errors.InvalidValueError("Euros", 0.1, "whole or decimal euros")


def funds() -> Iterator[Wrong]:
    """Yield what a fund refuses."""
    yield "no such award", lambda: FUND.award("x")
    yield "no such call", lambda: FUND.call("x")
    yield "no such application", lambda: FUND.application("x")
    yield "a second contract", lambda: FUND.with_contract("a", on=DAY)
    yield "before the contract", lambda: FUND.with_commitment("a", 1, on="2018-01-01")
    yield "without a contract", lambda: FUND.with_commitment("open", 1, on="2019-01-01")
    yield "of an award without an amount", lambda: FUND.with_commitment("bare", 1, on="2019-01-01")
    yield "more than the award", lambda: FUND.with_commitment("a", 60, on="2019-01-01")
    yield "more than the allocation", lambda: FUND.with_commitment("a", 20, on="2019-01-01")
    yield "more than was committed", lambda: FUND.with_payment("a", 60, on="2019-01-01")
    yield "back more than was paid", lambda: FUND.with_recovery("a", 60, on="2019-01-01", because="x")
    yield "back without a reason", lambda: FUND.with_recovery("a", 60, on="2019-01-01", because=" ")
    yield "back without a payment", lambda: evolve(FUND, entries=[evolve(ENTRY, kind="recovery")])
    yield "in a closed year", lambda: CLOSED.with_payment("a", 1, on="2018-12-31")
    yield "a cut too deep", lambda: FUND.with_allocation_change(-20, on="2019-01-01", because="x", source_id="s")
    yield "carried over too much", lambda: FUND.with_closing(2019, carried_over=20)
    yield "carried over below zero", lambda: FUND.with_closing(2019, carried_over=-1)
    yield "above the ceiling", lambda: FUND.with_award("new", 501, on="2018")
    yield "granted twice", lambda: evolve(FUND, applications=[evolve(ASKED, id="a")]).with_award("a", 1, on="2018")
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


def kit() -> Iterator[Wrong]:
    """Yield what the kit for tests refuses."""
    yield "what is no class of ours", lambda: build(int)
    yield "a text for a class", lambda: build("Project")
    yield "a field that follows", lambda: build(Award, path="x")
    yield "a field that there is not", lambda: build(Lever, colour="red")
    yield "a field that is near another one", lambda: build(Lever, parent="x")
    yield "a field of a part that there is not", lambda: build(Project, milestones=[{"id": "a"}, {"lable": "x"}])
    yield "a term with fields", lambda: build(Phase, value="x")
    yield "what no value is of", lambda: build(levier.model.terms.Term)
    yield "a phase and steps", lambda: build(Project, phase="stopped", steps=[])
    yield "a part less than none", lambda: build(Project, milestones=-1)
    yield "a sample of less than none", lambda: samples.portfolio(projects=-1)
    yield "a seed that is none", lambda: samples.fund(awards=3, seed="x")
    yield "portfolios that differ", lambda: assert_same_portfolio(Portfolio(), Portfolio.of(Lever(id="a", label="A")))
    yield "no portfolio", lambda: assert_same_portfolio(Portfolio(), 3)
    plan = Portfolio.of(Lever(id="a", label="A"))
    yield "findings", lambda: assert_no_findings(plan, as_of=DAY)
    yield "a rule that is none", lambda: assert_no_findings(plan, as_of=DAY, but="source-mising")
    yield "no rule", lambda: assert_no_findings(plan, as_of=DAY, rules=[])
    yield "what is only written", lambda: assert_round_trips(levier.rules.check(plan, as_of=DAY)[0])
    yield "an empty tuple read as a list", lambda: assert_round_trips(plan.observations.rows, type=list[int])
    yield "what explains nothing", lambda: assert_explains(3)
    yield "a text that is not finished", lambda: assert_explains("{}: {{n}} of 12345.6".format, fr="rien")


WRONG = {"values": values, "holders": holders, "funds": funds, "kit": kit}
SUBJECTS = {f"errors-{name}": refused(made) for name, made in WRONG.items()}
SUBJECTS |= {"errors-fields": refused(fields, thin=True)}
