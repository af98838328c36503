"""What a fund returns and delivers: each number with what it rests on, and a reason where there is none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from levier import (
    Application,
    Award,
    Call,
    CostStatement,
    Euros,
    Figure,
    Fund,
    Lever,
    Milestone,
    MissingReason,
    Phase,
    Portfolio,
    Project,
    Quantity,
    Saving,
    Source,
    Sourced,
    catalogue,
)
from levier.budget import Amount, ageing_by_award
from levier.compute.budget.amounts import absent
from levier.compute.exact import rounded
from levier.errors import DuplicateItemsError, MixedUnitsError, UnknownItemError
from levier.fund import (
    completion_share,
    concentration,
    contract_lead_time,
    cost_overrun,
    latest_cost,
    leverage,
    milestone_delay,
    payback_year,
    payment_profile,
    realisation,
    return_on,
    revision_history,
    selectivity,
    share_contracted_within,
    spread_award,
    spread_by_profile,
    themes_of,
    total_savings,
)
from levier.plans import PhaseStep
from levier.testing import samples
from levier.wording.values import Name

FTAP = catalogue.action_publique_2022().funds["ftap"]
SERIES = {"kind": "expected", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "s"}


def saved(amount: int, period: str | None = None, **more: Any) -> Saving:
    """Return an expected recurrent saving of award a."""
    return Saving(**{**SERIES, "award_id": "a", "amount": amount, "period": period, **more})


def award(name: str, **more: Any) -> Award:
    """Return an award."""
    return Award(id=name, label=name, **more)


def fund(*awards: Award, **more: Any) -> Fund:
    """Return a fund of these awards."""
    return Fund(id="f", label="F", awards=awards, **more)


# ---------------------------------------------------------------- payback


@pytest.mark.parametrize(
    ("cost", "until", "year", "is_projected"),
    [(10, None, 2020, False), (11, None, 2021, False), (30, None, 2021, False), (31, 2030, 2022, True)],
)
def test_payback_is_the_first_year_that_reaches_the_cost(
    cost: int, until: int | None, year: int, is_projected: bool
) -> None:
    """10 in 2020 and 20 a year from 2021: reached to the euro, and projected only after the last year stated."""
    found = payback_year([saved(10, "2020"), saved(20, "2021")], cost=cost, until=until)
    assert (found.year, found.is_projected, found.reason) == (year, is_projected, None)
    assert found.coverage.reported == ("a 2020", "a 2021")


def test_a_recurrent_saving_comes_every_year_until_it_is_restated() -> None:
    """What is stated for 2020 comes in 2021 too, beside another award's; its next statement takes its place."""
    given = [saved(10, "2020"), saved(4, "2022"), saved(1, "2021", award_id="b"), saved(2, "2022-03", award_id="c")]
    found = payback_year(given, cost=1000)
    assert found.by_year == ((2020, Euros(10)), (2021, Euros(11)), (2022, Euros(7)))
    assert (found.cumulated, found.reason) == (Euros(28), MissingReason.NOT_REACHED)
    assert found.explain("fr") == (
        "retour sur investissement\u00a0: non atteint dans les années connues\u00a0; "
        "28\u00a0€ économisés à fin 2022\u00a0; 1\u202f000\u00a0€ de coût\u00a0; 4 sur 4"
    )


def test_payback_says_what_is_saved_by_its_year_not_by_the_last_one_asked_for() -> None:
    """60 € of cost is reached in 2027, with 28 € until 2022 and 7 € a year after it: 63 €, whatever comes later."""
    given = [saved(10, "2020"), saved(4, "2022"), saved(1, "2021", award_id="b"), saved(2, "2022", award_id="c")]
    found = payback_year(given, cost=60, until=2040)
    assert (found.year, found.is_projected, found.cumulated) == (2027, True, Euros(28 + 5 * 7))
    assert found.explain("en") == ("payback: 2027 (projected); €63 saved by the end of 2027; €60 of cost; 4 of 4")
    assert payback_year([], cost=1).explain("en") == "payback: not published; €0 saved; €1 of cost; 0 of 0"


def test_a_delay_of_six_months_delays_payback_and_does_not_lose_it() -> None:
    """10 € a year from July 2020 are 184 days of it in 2020; 20 € a year from July 2021 take over on that day."""
    given = [saved(10, "2020-07/2021-06"), saved(20, "2021-07/2022-06")]
    found = payback_year(given, cost=1000, until=2023)
    in_2020, of_the_next = (round(Fraction(euros * 100 * 184, 365)) for euros in (10, 20))
    assert [(year, amount.cents) for year, amount in found.by_year] == [
        (2020, in_2020),
        (2021, 1000 - in_2020 + of_the_next),
        (2022, 2000),
        (2023, 2000),
    ]
    assert (found.coverage.missing, found.reason) == ((), MissingReason.NOT_REACHED)


def test_a_repeated_year_ends_where_the_next_statement_begins() -> None:
    """10 € a year from July 2020 until the statement for 2022 begins: the second half of 2021 counts once."""
    found = payback_year([saved(10, "2020-07/2021-06"), saved(30, "2022")], cost=1000)
    assert found.by_year == (
        (2020, Euros("5.04")),
        (2021, Euros("4.96") + Euros("5.04")),
        (2022, Euros(30)),
    )


def test_what_does_not_count_towards_payback_is_listed() -> None:
    """Savings that come once, of no stated nature, over several years or of no year are left out, by name."""
    given = [
        saved(100, "2020", nature="one-off"),
        saved(100, "2021", nature="unstated"),
        saved(100, "2020/2022"),
        saved(100, "2020/.."),
        saved(100),
    ]
    found = payback_year(given, cost=1)
    assert (found.year, found.reason, found.by_year) == (None, MissingReason.INCOMPLETE, ())
    assert found.coverage.missing == ("a 2020", "a 2020/2022", "a 2020/..", "a 2021", "a –")
    whole = payback_year([saved(1, "2020", award_id=None, nature="one-off")], cost=1).coverage
    assert whole.explain("fr") == "0 sur 1 (manque fonds (2020))"
    assert whole.explain("en") == "0 of 1 (missing fund (2020))"
    assert payback_year([], cost=1).reason is MissingReason.NOT_PUBLISHED
    unknown = absent(MissingReason.NOT_PUBLISHED, Name("", "payés", "paid"))
    assert payback_year([saved(1, "2020")], cost=unknown).reason is MissingReason.NOT_PUBLISHED
    with pytest.raises(MixedUnitsError):
        payback_year([saved(1, "2020"), saved(1, "2021", whose="hospitals")], cost=1)
    with pytest.raises(DuplicateItemsError, match=r"a, 2020: 1.00 EUR \(s\) or 2.00 EUR \(s\); say when each was"):
        payback_year([saved(1, "2020"), saved(2, "2020")], cost=1)
    with pytest.raises(DuplicateItemsError, match="a, 2020 and 2020-03"):
        payback_year([saved(1, "2020"), saved(2, "2020-03")], cost=1)
    with pytest.raises(MixedUnitsError, match=r"keep those of the fund \(award_id is None\) or those of a"):
        payback_year([saved(1, "2020"), saved(2, "2021", award_id=None)], cost=1)


def test_the_catalogue_has_no_payback() -> None:
    """No saving of the real fund is said to fall due in a year: the answer is a reason, and lists every statement."""
    found = payback_year(FTAP.savings, cost=Amount.of(687_000_000, fr="payés", en="paid"))
    assert (found.year, found.reason) == (None, MissingReason.INCOMPLETE)
    assert len(found.coverage.missing) == len(FTAP.savings) == 5


# ---------------------------------------------------------------- realisation, revisions, overruns


def test_realisation_counts_only_what_has_both() -> None:
    """Achieved over expected, of the awards that have both; the others are listed, and nothing is taken for zero."""
    given = [
        saved(100, "2020"),
        saved(60, "2020", kind="achieved"),
        saved(500, "2020", award_id="b"),
        saved(7, "2020", award_id="c", kind="achieved"),
        saved(80, "2020", kind="revised"),
    ]
    found = realisation(given)
    assert (found.value, found.coverage.reported, found.coverage.missing) == (Decimal(60), ("a",), ("b", "c"))
    assert realisation(given, against="revised").value == Decimal(75)
    assert realisation([]).reason is MissingReason.NOT_PUBLISHED
    zero = [saved(0, "2020"), saved(1, "2020", kind="achieved")]
    assert (realisation(zero).value, realisation(zero).reason) == (None, MissingReason.ZERO_BASE)
    with pytest.raises(MixedUnitsError, match="savings of awards and savings of the fund as a whole"):
        realisation([saved(1), saved(1, award_id=None)])


def test_realisation_keeps_one_money_from_another() -> None:
    """Recurrent is not held against one-off, nor one owner's money against another's."""
    given = [saved(100, "2020"), saved(100, "2020", kind="achieved", nature="one-off")]
    found = realisation(given)
    assert found.value is None
    assert found.coverage.missing == ("a (one-off, State)", "a (recurrent, State)")
    assert found.explain("fr").endswith("(manquent a (ponctuelle, State), a (pérenne, State))")
    assert found.explain("en").endswith("(missing a (one-off, State), a (recurrent, State))")
    both = [*given, saved(9, "2020", kind="achieved"), saved(9, "2020", nature="one-off")]
    with pytest.raises(MixedUnitsError, match=r"achieved savings \(one-off, State\) and achieved savings \(recurrent"):
        realisation(both)


def test_realisation_holds_a_recurrent_saving_against_the_forecast_of_its_year() -> None:
    """Expected 100 a year from 2021 and 50 from 2023; achieved 60 in 2022 and 30 in 2024: 30 of 50, not 90 of 150."""
    given = [
        saved(100, "2021"),
        saved(50, "2023"),
        saved(60, "2022", kind="achieved"),
        saved(30, "2024", kind="achieved"),
    ]
    found = realisation(given)
    assert (found.value, found.coverage.reported) == (Decimal(60), ("a 2024",))
    assert realisation(given[:3]).value == Decimal(60)
    early = realisation([saved(100, "2021"), saved(9, "2020", kind="achieved")])
    assert (early.value, early.coverage.missing) == (None, ("a",))
    assert realisation([saved(100), saved(9, "2020", kind="achieved")]).value == Decimal(9)
    assert realisation([saved(100, "2021"), saved(9, kind="achieved")]).value == Decimal(9)


def test_realisation_holds_each_period_of_a_saving_that_comes_once_against_itself() -> None:
    """Of what comes once, 2021 is held against 2021, and a period without its counterpart is named, not counted."""
    once = [
        saved(100, "2021", nature="one-off"),
        saved(100, "2022", nature="one-off"),
        saved(30, "2021", nature="one-off", kind="achieved"),
        saved(9, "2023", nature="one-off", kind="achieved"),
    ]
    found = realisation(once)
    assert (found.value, found.coverage.reported, found.coverage.missing) == (
        Decimal(30),
        ("a 2021",),
        ("a 2022", "a 2023"),
    )
    whole = [saved(200, nature="one-off"), *once[2:]]
    assert realisation(whole).value == Decimal("19.5")  # 39 of 200: one side says no period


def test_realisation_takes_the_latest_statement_of_each_saving() -> None:
    """A forecast of 100, then of 80, for one year is one of 80, in whatever order; 40 achieved is half of it."""
    given = [
        saved(100, "2022", kind="revised", stated_on="2020"),
        saved(80, "2022", kind="revised", stated_on="2021"),
        saved(40, "2022", kind="achieved", stated_on="2023"),
    ]
    assert realisation(given, against="revised").value == realisation(given[::-1], against="revised").value == 50
    assert realisation(given, against="revised", as_of="2022-12-31").reason is MissingReason.NOT_PUBLISHED
    with pytest.raises(DuplicateItemsError, match="a, 2022: "):
        realisation([*given, saved(70, "2022", kind="revised", stated_on="2021")], against="revised")


def test_the_savings_of_the_catalogue() -> None:
    """339 M€ of 2,000 M€ were achieved; the health data hub's forecast fell by 99.1 %, and nothing of it is known."""
    whole = realisation([saving for saving in FTAP.savings if saving.award_id is None])
    assert whole.value == Decimal("16.95")
    assert set(whole.source_ids) == {"ccomptes-2025-ftap"}
    of_awards = realisation([saving for saving in FTAP.savings if saving.award_id])
    assert (of_awards.value, of_awards.reason) == (None, MissingReason.NOT_PUBLISHED)
    first, last = revision_history(FTAP.savings, "health-data-hub")
    assert (first.change, first.since_first, last.change) == (None, None, Euros(-53_500_000))
    ratio = return_on(savings=[s for s in FTAP.savings if s.award_id and s.kind == "achieved"], cost=687_000_000)
    assert ratio.reason is MissingReason.NOT_PUBLISHED


def test_revisions_stand_in_the_order_they_were_stated() -> None:
    """Undated ones first, the expected before the revised of one day; achieved savings are no forecast."""
    given = [
        saved(7),
        saved(50, kind="revised", stated_on="2021"),
        saved(40, kind="revised", stated_on="2020"),
        saved(10, stated_on="2020"),
        saved(9, kind="achieved", stated_on="2019"),
        saved(9, award_id="b", stated_on="2019"),
    ]
    history = revision_history(given, "a")
    assert [step.saving.amount for step in history] == [Euros(7), Euros(10), Euros(40), Euros(50)]
    assert [step.change for step in history] == [None, Euros(3), Euros(30), Euros(10)]
    assert len(revision_history(given, "a", as_of="2020-12-31")) == len(history) - 1
    assert revision_history(given, None) == ()
    zero = revision_history([saved(0, stated_on="2020"), saved(4, stated_on="2021")], "a")
    assert {step.since_first for step in zero} == {None}  # of nothing there is no percentage


def test_a_revision_is_told_since_the_last_and_since_the_first_forecast() -> None:
    """From 40 to 50 and to 30: a quarter more than the first forecast, then a quarter less."""
    given = [saved(amount, stated_on=str(2019 + place)) for place, amount in enumerate((40, 50, 30))]
    steps = [(step.change, step.since_first) for step in revision_history(given, "a")]
    assert steps == [(None, None), (Euros(10), Decimal(25)), (Euros(-20), Decimal(-25))]


def test_each_saving_has_its_own_revisions() -> None:
    """The forecast for 2022 does not revise that for 2021, and a restated amount revises nothing."""
    given = [
        saved(20, "2022", stated_on="2020"),
        saved(10, "2021", stated_on="2019"),
        saved(10, "2021", stated_on="2020", source_id="t"),
        saved(5, "2021", kind="revised", stated_on="2021"),
        saved(5, "2021", kind="revised", stated_on="2022"),
        saved(30, "2021", stated_on="2019", whose="hospitals"),
    ]
    steps = [
        (step.saving.amount, step.saving.period.text, step.change)
        for step in revision_history(given, "a")
        if step.saving.period
    ]
    assert steps == [
        (Euros(10), "2021", None),
        (Euros(5), "2021", Euros(-5)),
        (Euros(30), "2021", None),
        (Euros(20), "2022", None),
    ]


def cost(name: str, kind: str, amount: int, stated_on: str | None = None, source_id: str = "s") -> CostStatement:
    """Return a statement of an award's cost."""
    return CostStatement(award_id=name, kind=kind, amount=amount, stated_on=stated_on, source_id=source_id)


def test_overruns_hold_the_last_cost_against_the_plan() -> None:
    """The final cost, else the last revision, over the plan; what has no plan, or nothing later, is listed."""
    costs = [
        cost("a", "final", 150, "2022"),
        cost("a", "planned", 120, "2019"),
        cost("a", "planned", 100, "2020"),
        cost("a", "revised", 120, "2021"),
        cost("b", "planned", 100),
        cost("b", "revised", 80, "2021"),
        cost("b", "revised", 90, "2020"),
        cost("c", "planned", 100),
        cost("d", "final", 100),
    ]
    given = fund(*map(award, "abcde"), costs=costs)
    found = cost_overrun(given)
    assert (found.value, found.coverage.reported, found.coverage.missing) == (
        Decimal(15),
        ("a", "b"),
        ("c", "d", "e"),
    )
    assert found.explain("en") == "cost overrun (final: 1, revised: 1): 15.0%; 2 of 5 (missing c, d, e)"
    then = cost_overrun(given, as_of="2021-12-31")
    assert (then.value, then.label.say("en")) == (Decimal(0), "cost overrun (revised: 2)")
    zero = fund(award("a"), costs=[cost("a", "planned", 0), cost("a", "final", 1)])
    assert cost_overrun(zero).reason is MissingReason.ZERO_BASE
    assert cost_overrun(FTAP).reason is MissingReason.NOT_PUBLISHED


def test_a_disputed_cost_is_named_and_does_not_count() -> None:
    """Two final costs of one day: the award is listed as missing and as disputed; a document's date settles it."""
    costs = [cost("a", "planned", 100), cost("a", "final", 150), cost("a", "final", 160, source_id="t")]
    given = fund(award("a", amount=10), award("b"), costs=costs)
    found = cost_overrun(given)
    assert (found.value, found.reason, found.disputed) == (None, MissingReason.CONTRADICTORY, ("a",))
    assert found.explain("fr") == (
        "dépassement de coût\u00a0: données contradictoires\u00a0; "
        "0 sur 2 (manquent a, b)\u00a0; coûts contestés\u00a0: a"
    )
    assert (leverage(given).reason, leverage(given).disputed) == (MissingReason.CONTRADICTORY, ("a",))
    dated = {name: Source(id=name, title=name, published_on=day) for name, day in (("s", "2020"), ("t", "2021"))}
    assert cost_overrun(given, sources=dated).value == Decimal(60)
    assert leverage(given, sources=dated).value == Decimal(15)
    last = latest_cost(given, "a", sources=dated)
    assert last is not None
    assert last.amount == Euros(160)


# ---------------------------------------------------------------- delivery


@pytest.mark.parametrize(
    ("call_id", "expected"),
    [("ftap-2018-1", "13.9"), ("ftap-2018-2", "26.2"), ("ftap-2019-1", "59.3"), ("ftap-2019-2", "55.2")],
)
def test_selectivity_of_the_published_calls(call_id: str, expected: str) -> None:
    """17 of 122, 16 of 61, 16 of 27, 16 of 29: by the figures of the call."""
    found = selectivity(FTAP, call_id)
    assert found.value is not None
    assert rounded(found.value, 1) == Decimal(expected)


def test_selectivity_counts_what_is_there_or_says_what_is_missing() -> None:
    """Applications of the fund are counted; without them or figures, or with an inexact figure, there is no number."""
    asked = [
        Application(id=name, label=name, call_id="c", owner_id="o", requested=1, total_cost=1) for name in ("a", "b")
    ]
    counted = Fund(id="f", label="F", calls=[Call(id="c", label="C")], applications=asked).with_award("a", 1, on="2020")
    assert selectivity(counted, "c").value == Decimal(50)
    assert selectivity(FTAP, "ftap-2021").coverage.missing == ("applications",)
    assert selectivity(FTAP, "ftap-2021").explain("fr").endswith("1 sur 2 (manque le nombre de dossiers)")
    assert selectivity(FTAP, "ftap-2021").explain("en").endswith("1 of 2 (missing number of applications)")
    about = Figure(id="applications", label="x", value=Sourced(value=Quantity.about(9, "count"), source_id="s"))
    none = Figure(id="applications", label="x", value=Sourced(value=Quantity.exact(0, "count"), source_id="s"))
    granted = Figure(id="awarded", label="x", value=Sourced(value=Quantity.exact(0, "count"), source_id="s"))
    for figure, reason in ((about, MissingReason.NOT_PUBLISHED), (none, MissingReason.ZERO_BASE)):
        call = Call(id="c", label="C", figures=[figure, granted])
        assert selectivity(Fund(id="f", label="F", calls=[call]), "c").reason is reason
    with pytest.raises(UnknownItemError):
        selectivity(FTAP, "gone")


def test_lead_time_is_the_median_of_what_is_known_to_the_day() -> None:
    """A decision known to the month, none at all, no contract, or a contract before it do not count, and are listed."""
    awards = [
        award("a", decided_on="2018-06-20", contracted_on="2018-06-30"),
        award("b", decided_on="2018-06-20", contracted_on="2018-07-10"),
        award("c", decided_on="2018-06", contracted_on="2018-07-10"),
        award("d", contracted_on="2018-07-10"),
        award("e", decided_on="2018-06-20"),
        award("g", decided_on="2018-06-20", contracted_on="2018-06-19"),
    ]
    found = contract_lead_time(fund(*awards))
    assert (found.value, found.coverage.missing) == (Decimal(15), ("c", "d", "e", "g"))
    assert found.explain("fr") == (
        "délai de contractualisation médian\u00a0: 15,0\u00a0jours\u00a0; 2 sur 6 (manquent c, d, e, g)"
    )
    assert contract_lead_time(FTAP).explain("en").startswith("median contract lead time: not published; 0 of 12")


def test_contracts_within_six_months() -> None:
    """A contract in time counts for, one late or overdue against; one that may still come does not count."""
    awards = [
        award("in-time", decided_on="2018-06-20", contracted_on="2018-12-20"),
        award("late", decided_on="2018-06-20", contracted_on="2018-12-21"),
        award("overdue", decided_on="2018-06-20"),
        award("open", decided_on="2019-06-01"),
        award("vague", decided_on="2018"),
        award("undated"),
    ]
    found = share_contracted_within(fund(*awards), as_of="2019-06-14")
    assert found.value is not None
    assert rounded(found.value, 1) == Decimal("33.3")
    assert found.coverage.missing == ("open", "vague", "undated")
    early = share_contracted_within(fund(*awards), as_of="2018-12-20")
    assert (early.value, early.coverage.reported) == (Decimal(100), ("in-time",))
    assert share_contracted_within(FTAP, as_of="2025-12-31").value == Decimal(0)
    assert share_contracted_within(fund(), as_of="2025-12-31").reason is MissingReason.NOT_PUBLISHED


def test_schedule_slip_is_by_the_first_plan() -> None:
    """A milestone done counts by its day, another by its last revision; one without an end is listed."""
    pilot = Milestone(id="pilot", label="P", planned="2019-09-01").revised_to("2020-01", on="2019-08-01", because="x")
    milestones = [
        pilot.done("2019-09-11"),
        Milestone(id="open", label="O", planned="2019/.."),
        pilot,
        Milestone(id="early", label="E", planned="2019-12").done("2019-12-21"),
    ]
    found = milestone_delay(milestones)
    assert (found.value, found.coverage.missing) == (Decimal(10), ("open",))
    assert milestone_delay([]).reason is MissingReason.NOT_PUBLISHED


def test_completion_is_a_share_of_the_projects_that_are_known() -> None:
    """One of two projects is completed; an award without a project is listed, and no project is no zero."""
    done = Project(
        id="done",
        label="D",
        steps=[
            PhaseStep(phase=Phase.DEPLOYMENT, on="2019-01-01", because="x"),
            PhaseStep(phase=Phase.COMPLETED, on="2020-01-01", because="x"),
        ],
    )
    given = fund(award("a", project_id="done"), award("b", project_id="open"), award("c"))
    found = completion_share(Portfolio.of(given, done, Project(id="open", label="O")), given)
    assert (found.value, found.coverage.missing) == (Decimal(50), ("c",))
    assert completion_share(catalogue.action_publique_2022(), FTAP).reason is MissingReason.NOT_PUBLISHED


# ---------------------------------------------------------------- concentration and leverage


def test_concentration_by_owner_and_by_theme() -> None:
    """Shares, the largest first, ties by name; the index goes from one over their number to one."""
    awards = [
        award("a", owner_id="x", amount=50, project_id="p"),
        award("b", owner_id="y", amount=50, project_id="q"),
        award("c", owner_id="x"),
        award("d", amount=50),
    ]
    found = concentration(awards)
    assert [(one.key, one.share) for one in found.holders] == [("x", Decimal(50)), ("y", Decimal(50))]
    assert (found.herfindahl, found.top(1), found.top(9), found.top(0)) == (
        Decimal("0.5"),
        Decimal(50),
        Decimal(100),
        Decimal(0),
    )
    assert (found.coverage.reported, found.coverage.missing) == (("a", "b"), ("c", "d"))
    assert found.explain("en") == ("Herfindahl index: 0.50; share of the three largest: 100.0%; 2 of 4 (missing c, d)")
    plan = Portfolio.of(
        Lever(id="digital", label="D"), Project(id="p", label="P", lever_ids=["digital"]), Project(id="q", label="Q")
    )
    themes = concentration(awards, by=themes_of(plan))
    assert ([one.key for one in themes.holders], themes.herfindahl) == (["digital"], Decimal(1))


def test_no_amount_is_no_concentration() -> None:
    """Of nothing known, or of nothing granted, there is no index, and the reason is said."""
    for awards, reason in (
        ([award("a")], MissingReason.NOT_PUBLISHED),
        ([award("a", owner_id="x", amount=0)], MissingReason.ZERO_BASE),
    ):
        found = concentration(awards)
        assert (found.herfindahl, found.top(1), found.reason) == (None, None, reason)
        assert reason.fr in found.explain("fr")
    assert concentration(FTAP.awards).reason is None


def test_leverage_is_others_money_over_the_funds() -> None:
    """The last stated cost, else the application's; a cost below the award contradicts it, and does not count."""
    asked = [
        Application(id=name, label=name, call_id="c", owner_id="o", requested=10, total_cost=40) for name in ("a", "b")
    ]
    given = Fund(id="f", label="F", calls=[Call(id="c", label="C")], applications=asked)
    given = given.with_award("a", 10, on="2020").with_award("b", 10, on="2020")
    assert leverage(given).value == Decimal(3)
    stated = evolve(given, costs=[cost("b", "final", 30)], awards=[*given.awards, award("c"), award("d", amount=1)])
    found = leverage(stated)
    assert (found.value, found.coverage.missing) == (Decimal("2.5"), ("c", "d"))
    assert leverage(evolve(given, costs=[cost("b", "final", 9)])).coverage.missing == ("b",)
    assert leverage(fund(award("a", amount=0), costs=[cost("a", "final", 9)])).reason is MissingReason.ZERO_BASE
    assert leverage(FTAP).reason is MissingReason.NOT_PUBLISHED


# ---------------------------------------------------------------- on fifty awards


def test_fifty_awards_are_aged_forecast_and_judged() -> None:
    """Ageing, schedules, profiles and returns run on the sample fund, agree with its journal, and miss no award."""
    sample = samples.fund(awards=50)
    outstanding = Euros.total(sample.outstanding(one.id) for one in sample.awards)
    vintages = ageing_by_award(sample, as_of="2030-12-31")
    assert Euros.total(vintage.amount for vintage in vintages) == outstanding
    spreads = [spread_award(one) for one in sample.awards]
    assert {spread.remainder for spread in spreads} == {Euros(0)}
    years = sorted({entry.on.year for entry in sample.entries})
    flows = {
        kind: {y: Euros.total(e.amount for e in sample.entries if e.kind == kind and e.on.year == y) for y in years}
        for kind in ("commitment", "payment")
    }
    profile = payment_profile(flows["commitment"], flows["payment"], years=2)
    forecast = spread_by_profile(outstanding, profile, first_year=2022)
    assert forecast.of(2022) + forecast.of(2023) + forecast.remainder == outstanding
    assert contract_lead_time(sample).coverage.is_complete
    savings = [saved(one.amount.cents // 400, "2022", award_id=one.id) for one in sample.awards if one.amount]
    judged = evolve(sample, savings=savings)
    whole = Euros.total(one.amount for one in judged.awards if one.amount is not None)
    assert payback_year(judged.savings, cost=whole, until=2040).year == 2025
    ratio = return_on(savings=total_savings(judged.savings), cost=whole)
    assert ratio.value is not None
    assert Decimal("0.24") < ratio.value <= Decimal("0.25")
