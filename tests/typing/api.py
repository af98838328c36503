"""
What type checkers must make of the library: checked by mypy, Pyrefly, pyright and ty, and never run.

Constructors take what people write; what comes back has a type that needs no cast.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, assert_type

import attrs
from cattrs import Converter

import levier
from levier import (
    Application,
    Appropriations,
    Award,
    BudgetLine,
    BudgetProgramme,
    Call,
    CallRule,
    CampusSession,
    CarteBlanche,
    Day,
    Direction,
    EffectHorizon,
    Euros,
    Event,
    Execution,
    ExecutionLine,
    Fund,
    Indicator,
    InnovationWeek,
    IntendedEffect,
    InvalidDocumentError,
    JournalEntry,
    Lever,
    LevierError,
    Method,
    Milestone,
    Observation,
    ObservationKind,
    Organisation,
    OrganisationKind,
    Period,
    Phase,
    Portfolio,
    Programme,
    Project,
    Quantity,
    Registry,
    Saving,
    Source,
    Sourced,
    Survey,
    Territory,
    TerritoryLevel,
)
from levier.budget import AppropriationKind, ScheduledPayment
from levier.errors import InvalidValueError, OvercommitmentError, Problem, ProblemCode
from levier.fund import Instalment
from levier.indicators import Definition, Exactness, Observations
from levier.model.identifiers import LeverId, OrganisationId, ProjectId, SourceId, TerritoryId
from levier.model.instruments import AnyInstrument
from levier.model.periods import Precision
from levier.model.portfolio import Noun
from levier.model.sources import Stated
from levier.plans import Establishment, Lead, PhaseStep, Succession
from levier.serialization import (
    Envelope,
    Limits,
    Provenance,
    ndjson,
    read_envelope,
    register_hooks,
    structure,
    toml,
    unstructure,
    yaml,
)
from levier.statistics import SurveyResult

# ---------------------------------------------------------------- constructors take what people write

source = Source(id="interview", title="Interview", published_on="2019-06-14")
dinum = Organisation(
    id="dinum",
    label="DINUM",
    kind=OrganisationKind.INTERMINISTERIAL_DIRECTORATE,
    predecessor_ids=["dinsic"],
    source_ids=("interview",),
)
office = Establishment(siret="13000548100010", period="2008/..", head_office="2008/..")
ditp = Organisation(
    id="ditp", label="DITP", kind="interministerial-directorate", siren="130005481", establishments=[office]
)
same_kind: OrganisationKind = OrganisationKind("interministerial-directorate")
merger = Succession(on="2017-01-01", predecessor_ids=["74010", "74268"])
annecy = Territory(id="74010", label="Annecy", period="1943/..", successions=[merger])
lot = Territory(id="46", label="Lot", parent_id="R76", population=Sourced(value=173_929, source_id="insee"))
nudge = Method(id="nudge", label="Nudge", source_ids=(name for name in ("a", "b")))
indicator = Indicator(id="time", label="Time", unit="days", definitions=[Definition(version=1, text="From deposit")])
effect = IntendedEffect(indicator_id="time", direction=Direction.DECREASE, size=Quantity.at_least("1.5", "days"))
digital = Lever(id="digital", label="Digital", effects=[effect])
step = PhaseStep(phase=Phase.STOPPED, on="2019-06-20", because="decided")
dated_step = PhaseStep(phase=Phase.STOPPED, on=date(2019, 6, 20), because="decided")
milestone = Milestone(id="m", label="M", planned="2019-09", done_on=date(2019, 9, 30))
launch = Event(id="e", label="E", on=Sourced(value=Period("2017-12"), source_id="interview"))
project = Project(
    id="franceconnect",
    label="FranceConnect",
    owner_id="dinum",
    lead=Lead(organisation_id="dinum", role="director"),
    calendar="2019-01-01/..",
    lever_ids=["digital"],
    territory_ids={"46": None},
    milestones=[milestone],
    steps=[],
)
plan_of_a_ministry = Programme(
    id="plan", label="Plan", kind=levier.plans.ProgrammeKind.MINISTERIAL_PLAN, events=[launch]
)
row = Observation(indicator_id="time", period=date(2020, 1, 1), kind=ObservationKind.ACTUAL, value="95.0")
whole_row = Observation(
    indicator_id="time", period="2020", kind=ObservationKind.TARGET, value=60, recorded_on="2021-05-27"
)
result = SurveyResult(id="r", question="?", share=Quantity.exact("86.0", "%"), period="2019", source_id="page")
survey = Survey(id="s", label="S", population="firms", results=[result])
blank_card = CarteBlanche(id="cahors", label="Cahors", territory_id="46042")
session = CampusSession(id="s1", label="Design", campus_id="campus", territory_id="46", period="2019-03-05")
week = InnovationWeek(id="w", label="W", edition=6, period=Sourced(value=Period("2019-11"), source_id="interview"))
line = BudgetLine(
    year=2021, stage=levier.budget.BudgetStage.VOTED, amounts=Appropriations(40_000_000, "1.50"), source_id="lfi"
)
used = ExecutionLine(
    year=2021, amounts=Execution(committed=1, paid=Decimal("0.5")), source_id="rap", until="2021-12-31"
)
budget = BudgetProgramme(id=349, label="Transformation publique", lines=[line], executions=[used])
same_budget = BudgetProgramme(id="349", label="Transformation publique")
payment = ScheduledPayment(2022, 144_999_832)
rule = CallRule(
    kind=levier.fund.RuleKind.CEILING,
    text="x",
    amount=50_000_000,
    share="0.5",
    owner_kinds=["ministry"],
    source_id="rules",
)
call = Call(id="c", label="C", opened_on="2017-11", decided_on=date(2018, 6, 20), rules=[rule])
application = Application(id="a", label="A", call_id="c", owner_id="dinum", requested="1", total_cost=Euros(2))
award = Award(
    id="a", label="A", amount=100, contracted_on="2018-09-01", instalments=[Instalment(amount=100, due="2019")]
)
entry = JournalEntry(award_id="a", kind=levier.fund.EntryKind.PAYMENT, amount="1000.50", on="2019-03-01")
saving = Saving(
    kind=levier.fund.SavingKind.EXPECTED,
    nature=levier.fund.SavingNature.RECURRENT,
    amount=1,
    whose="State",
    method="stated",
    source_id="page",
)
fund = Fund(id="ftap", label="FTAP", calls=[call], applications=[application], awards=[award], entries=[entry])

# ---------------------------------------------------------------- fields have exact types

assert_type(project.id, ProjectId)
assert_type(project.owner_id, OrganisationId | None)
assert_type(project.lever_ids, tuple[LeverId, ...])
assert_type(project.territory_ids, tuple[TerritoryId, ...])
assert_type(project.steps, tuple[PhaseStep, ...])
assert_type(project.calendar, Period | None)
assert_type(project.phase, Phase)
assert_type(step.on, Day)
assert_type(source.published_on, Period | None)
assert_type(source.id, SourceId)
assert_type(lot.level, TerritoryLevel)
assert_type(lot.pilote_code, str | None)
assert_type(lot.population, Sourced[int] | None)
assert_type(lot.period, Period | None)
assert_type(annecy.successions, tuple[Succession, ...])
assert_type(merger.on, Day)
assert_type(lot.contains(lot), bool)
assert_type(ditp.establishments, tuple[Establishment, ...])
assert_type(ditp.head_office_on("2019-06-14"), Establishment | None)
assert_type(ditp.siret_on("2019-06-14"), str)
assert_type(launch.on.value, Period)
assert_type(row.value, Decimal | None)
assert_type(rule.share, Decimal | None)
assert_type(rule.owner_kinds, tuple[OrganisationKind, ...])
assert_type(award.amount, Euros | None)
assert_type(fund.allocation, Sourced[Euros] | None)
assert_type(budget.years, tuple[int, ...])
assert_type(blank_card.kind, Literal["carte-blanche"])

# ---------------------------------------------------------------- change returns the same type

assert_type(project.moved_to("experimentation", on=date(2019, 6, 20), because="third CITP"), Project)
assert_type(project.moved_to(Phase.EXPERIMENTATION, on="2019-06-20", because="third CITP"), Project)
assert_type(project.with_levers("nudge"), Project)
assert_type(digital.with_effects(effect), Lever)
assert_type(milestone.revised_to("2020-01", on=date(2019, 10, 1), because="late"), Milestone)
assert_type(milestone.done("2019-09-30"), Milestone)
assert_type(fund.with_commitment("a", 60, on="2018-10-01").with_payment("a", "12.50", on=date(2019, 1, 1)), Fund)
assert_type(fund.with_decommitment("a", Euros(1), on="2019-01-01"), Fund)
assert_type(fund.with_recovery("a", "12.50", on="2019-01-01", because="paid twice"), Fund)
assert_type(fund.recovered("a"), Euros)
assert_type(attrs.evolve(project, label="Other"), Project)

# ---------------------------------------------------------------- money, quantities, periods

assert_type(Euros(1) + Euros("0.50"), Euros)
assert_type(Euros(1) - Euros(Decimal(1)), Euros)
assert_type(Euros(1) * 2, Euros)
assert_type(sum([Euros(1), Euros(2)]), Euros | Literal[0])
assert_type(sum([Euros(1)], Euros(0)), Euros)
assert_type(sum([Quantity.exact(1, "count")]), Quantity | Literal[0])
assert_type(sum([Appropriations(1, 1)]), Appropriations | Literal[0])
assert_type(f"{Euros(1):>12}", str)
assert_type(Decimal("0.5") * Euros(1), Euros)
assert_type(Euros(1) / Euros(2), Decimal)
assert_type(Euros(1) < Euros(2), bool)
assert_type(-abs(Euros(1)), Euros)
assert_type(Euros.total([Euros(1), Euros(2)]), Euros)
assert_type(Euros(1).amount, Decimal)
assert_type(Appropriations(1, None) + Appropriations(1, 1), Appropriations)
assert_type(Appropriations(1, 1)[AppropriationKind.PAYMENT], Euros | None)
assert_type(Execution(1, 1) - Execution(1, 1), Execution)
Euros(1) + 1  # type: ignore[operator]  # pyrefly: ignore  # ty: ignore  # money and numbers never mix
Euros(0.1)  # type: ignore[arg-type]  # pyrefly: ignore  # ty: ignore  # a float is not exact
Execution(1, 1) + Appropriations(1, 1)  # type: ignore[operator]  # pyrefly: ignore  # ty: ignore  # used is not granted

assert_type(Quantity.between(1, "2.5", "EUR") * 3, Quantity)
assert_type(Quantity.exact(1, "EUR") + Quantity.about(1, "EUR"), Quantity)
assert_type(Quantity.exact(1, "EUR").value, Decimal)
assert_type(Quantity.exact(1, "EUR").exactness, Exactness)
assert_type(Period("2019").covers(date(2019, 6, 14)), bool)
assert_type(Period("2019").precision, Precision)
assert_type(Period(date(2019, 6, 14)).first_day, Day | None)
assert_type(Period("2019/..").last_day, Day | None)
assert_type(Stated(value=len(plan_of_a_ministry.events), source_id="gazette").value, int)
assert_type(Phase.FRAMING.label("fr"), str)

# ---------------------------------------------------------------- the portfolio and its registries

Organisation(id="ditp", label="DITP", kind=3)  # type: ignore[arg-type]  # pyrefly: ignore  # no term
Programme(id="p", label="P", kind="national", milestones=[launch])  # type: ignore[list-item]  # pyrefly: ignore  # ty: ignore

plan = Portfolio.of(project, digital, dinum, row)
assert_type(plan, Portfolio)
assert_type(plan.with_(project), Portfolio)
assert_type(plan.without(project, row), Portfolio)
assert_type(plan.projects, Registry[Project])
assert_type(plan.projects["franceconnect"], Project)
assert_type(plan.projects.get("franceconnect"), Project | None)
assert_type(plan.projects.get("franceconnect", project), Project)
assert_type(plan.projects.get("franceconnect", len(plan.projects)), Project | int)
assert_type(plan.levers["digital"].effects, tuple[IntendedEffect, ...])
assert_type(effect.horizons, tuple[EffectHorizon, ...])
assert_type(effect.direction, Direction | None)
assert_type(effect.meant("2030"), Quantity | None)
assert_type(plan.levers["digital"].tags, tuple[str, ...])
assert_type(plan.instruments, Registry[AnyInstrument])
assert_type(plan.projects.with_(project), Registry[Project])
assert_type(list(plan.projects), list[str])
assert_type(list(plan.projects.values()), list[Project])
assert_type(plan.observations, Observations)
assert_type(plan.observations[0], Observation)
assert_type(plan.observations[:2], tuple[Observation, ...])
assert_type(plan.observations.of("time", kind=ObservationKind.TARGET), tuple[Observation, ...])
assert_type(plan.successors("dinsic"), tuple[Organisation, ...])
assert_type(iter(plan), Iterator[Noun | Observation])
from_parts = Portfolio(
    projects=[project], levers=Registry([digital]), organisations={"dinum": dinum}, observations=[row]
)
Portfolio.of(step)  # type: ignore[arg-type]  # pyrefly: ignore  # ty: ignore  # a step is no noun of a portfolio

for instrument in plan.instruments.values():
    match instrument:
        case CarteBlanche():
            assert_type(instrument.living_area, str)
        case InnovationWeek():
            assert_type(instrument.edition, int)
        case _:
            assert_type(instrument.label, str)

# ---------------------------------------------------------------- writing and reading

assert_type(levier.dumps(plan), bytes)
assert_type(levier.loads(b"{}"), Portfolio)
assert_type(levier.loads("{}"), Portfolio)
assert_type(levier.load("plan.json"), Portfolio)
assert_type(levier.load(Path("plan.toml")), Portfolio)
levier.dump(plan, "plan.json")
levier.dump(project, Path("project.yaml.zst"))
told = Provenance(by="DITP", on="2019-06-14")
assert_type(levier.dumps(plan, provenance=told, digest=True), bytes)
assert_type(levier.dumps(Euros(3)), bytes)
assert_type(levier.loads("{}", type=Indicator), Indicator)
assert_type(levier.loads("{}", type=Registry[Indicator], limits=Limits(depth=8)), Registry[Indicator])
assert_type(levier.loads("{}", type=Sourced[Quantity]), Sourced[Quantity])
assert_type(levier.load("indicator.toml", type=Indicator), Indicator)
for record in ndjson.records("plan.ndjson.gz"):
    if isinstance(record, Indicator):
        assert_type(record, Indicator)
ndjson.write([project], "plan.ndjson")
assert_type(ndjson.loads(b""), Portfolio)
assert_type(yaml.loads("", type=Indicator), Indicator)
assert_type(toml.load(BytesIO()), Portfolio)
assert_type(read_envelope(Path("plan.json")), Envelope)
assert_type(structure({"id": "p"}, Project), Project)
assert_type(register_hooks(Converter()), Converter)
row_of_a_table: dict[str, Any] = unstructure(project)

try:
    levier.loads(b"{}")
except InvalidDocumentError as error:
    assert_type(error.problems, tuple[Problem, ...])
    assert_type(error.problems[0].pointer, str)
    assert_type(error.problems[0].code, ProblemCode)
except InvalidValueError as error:
    assert_type(error.field, str)
except OvercommitmentError as error:
    assert_type(error.requested - error.available, Euros)
except LevierError as error:
    assert_type(str(error), str)
