"""The stated figures of programme 349 and of the fund agree with each other, to the euro where documents do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from levier import BudgetProgramme, Fund, ObservationKind, Portfolio
from levier.budget import AppropriationKind, BudgetStage, MovementKind, TitleGroup

COMMITMENT, PAYMENT = AppropriationKind.COMMITMENT, AppropriationKind.PAYMENT
ALL, STAFF, OTHER = TitleGroup.ALL, TitleGroup.STAFF, TitleGroup.OTHER
BILL, VOTED, OPENED = BudgetStage.BILL, BudgetStage.VOTED, BudgetStage.OPENED
FUND = "01"
BILL_2025 = Path(__file__).parents[3] / "shared" / "data" / "budget" / "plf2025_depenses_destination_nature.json"


@pytest.fixture(scope="module")
def budget(plan: Portfolio) -> BudgetProgramme:
    """Return programme 349 as the catalogue gives it."""
    return plan.budget_programmes["349"]


@pytest.fixture(scope="module")
def fund(plan: Portfolio) -> Fund:
    """Return the transformation fund as the catalogue gives it."""
    return plan.funds["ftap"]


def _one(items: Any, **wanted: Any) -> Any:
    (found,) = [item for item in items if all(getattr(item, key) == value for key, value in wanted.items())]
    return found


def _euros(amount: Any) -> int:
    """Return whole euros as a plain integer."""
    assert amount is not None
    assert amount.cents % 100 == 0
    return int(amount.cents // 100)


def granted(
    budget: BudgetProgramme,
    year: int,
    stage: BudgetStage,
    kind: AppropriationKind,
    *,
    title: TitleGroup = ALL,
    action: str = "",
) -> int:
    """Return what was granted, in euros."""
    return _euros(_one(budget.lines, year=year, stage=stage, title=title, action=action).amounts[kind])


def used(budget: BudgetProgramme, year: int, kind: AppropriationKind, *, title: TitleGroup = ALL) -> int:
    """Return what was used, in euros."""
    return _euros(_one(budget.executions, year=year, title=title, action="").amounts[kind])


def moved(
    budget: BudgetProgramme, year: int, kind: MovementKind, side: AppropriationKind, *, title: TitleGroup = ALL
) -> int:
    """Return what one kind of movement brought, in euros."""
    return _euros(_one(budget.movements, year=year, kind=kind, title=title).amounts[side])


def figure(owner: Any, name: str) -> int:
    """Return a published whole number."""
    return int(_one(owner.figures, id=name).value.value.value)


def test_the_flows_give_the_outstanding_commitments_of_2019_but_for_one_euro(budget: BudgetProgramme) -> None:
    """What was committed since 2018 less what was paid is the published stock; one euro of rounding is left."""
    committed = used(budget, 2018, COMMITMENT) + used(budget, 2019, COMMITMENT)
    paid = used(budget, 2018, PAYMENT) + used(budget, 2019, PAYMENT)
    published = _euros(_one(budget.outstanding, is_forecast=False).amount)
    assert committed - paid == 47_880_022
    assert published == 47_880_021


def test_what_was_used_in_2018_is_what_was_not_carried_over(budget: BudgetProgramme) -> None:
    """The computed use of 2018 is the vote less the carry-over; its missing payment side is missing, not zero."""
    carried = moved(budget, 2019, MovementKind.CARRY_OVER, COMMITMENT)
    assert used(budget, 2018, COMMITMENT) == granted(budget, 2018, VOTED, COMMITMENT) - carried
    line = _one(budget.lines, year=2018)
    assert line.amounts.payment is None
    assert line.missing_because
    assert not [line for line in budget.lines if line.year == 2018 and line.stage is OPENED]


def test_all_commitment_appropriations_unspent_in_2019_were_carried_over(budget: BudgetProgramme) -> None:
    """The vote of 2020 without title 2 and the whole rest of 2019 are what was opened in 2020."""
    unspent = granted(budget, 2019, OPENED, COMMITMENT) - used(budget, 2019, COMMITMENT)
    assert unspent == moved(budget, 2020, MovementKind.CARRY_OVER, COMMITMENT, title=OTHER) == 354_523_095
    assert granted(budget, 2020, VOTED, COMMITMENT, title=OTHER) + unspent == 544_523_095
    assert granted(budget, 2020, OPENED, COMMITMENT) == 544_523_095


def test_the_staff_appropriations_of_2020_left_and_are_explained_in_part(budget: BudgetProgramme) -> None:
    """Of 10,000,000 voted under title 2 nothing was left open; documents explain 1,700,000 and nobody the rest."""
    voted = granted(budget, 2020, VOTED, COMMITMENT, title=STAFF)
    explained = -moved(budget, 2020, MovementKind.TRANSFER, COMMITMENT, title=STAFF)
    assert voted == 10_000_000
    assert granted(budget, 2020, OPENED, COMMITMENT, title=STAFF) == 0
    assert explained == 1_700_000
    assert voted - explained == 8_300_000


def test_the_commitment_appropriations_that_lapsed_in_2020(budget: BudgetProgramme) -> None:
    """What was neither used nor carried over at the end of 2020 lapsed."""
    unspent = granted(budget, 2020, OPENED, COMMITMENT) - used(budget, 2020, COMMITMENT)
    assert unspent == 392_625_750
    assert unspent - moved(budget, 2021, MovementKind.CARRY_OVER, COMMITMENT) == 394_960


def test_the_payment_carry_over_to_2021_is_all_that_was_unspent_and_keeps_under_its_ceiling(
    budget: BudgetProgramme,
) -> None:
    """LOLF article 15: at most 3 % of the initial appropriations, title 2 apart from all others."""
    carried = moved(budget, 2021, MovementKind.CARRY_OVER, PAYMENT)
    assert carried == granted(budget, 2020, OPENED, PAYMENT) - used(budget, 2020, PAYMENT) == 4_053_028
    ceiling = granted(budget, 2020, VOTED, PAYMENT, title=OTHER) * 3 // 100
    assert ceiling == 5_868_377
    assert carried <= ceiling


def test_the_forecast_of_the_2021_bill_assumes_that_all_is_committed(budget: BudgetProgramme) -> None:
    """The bill adds all that was opened and takes off the voted payments; the flows gave a third of it."""
    stock = _euros(_one(budget.outstanding, is_forecast=False).amount)
    forecast = _euros(_one(budget.outstanding, is_forecast=True).amount)
    opened = granted(budget, 2020, OPENED, COMMITMENT)
    assert forecast == stock + opened - granted(budget, 2020, VOTED, PAYMENT, title=OTHER) == 396_790_541
    by_the_flows = stock + used(budget, 2020, COMMITMENT) - used(budget, 2020, PAYMENT)
    assert by_the_flows == 127_868_473
    assert round(10 * forecast / by_the_flows) == 31


def test_the_payment_schedule_of_the_2021_bill_leaves_a_remainder(budget: BudgetProgramme) -> None:
    """The schedule starts from the forecast stock and does not break down what is due after 2023."""
    (schedule,) = budget.schedules
    planned = {payment.year: _euros(payment.amount) for payment in schedule.payments}
    assert planned == {2021: 144_820_799, 2022: 144_999_832, 2023: 85_787_177}
    assert schedule.stock == _one(budget.outstanding, is_forecast=True).amount
    assert _euros(schedule.stock) - sum(planned.values()) == 21_182_733 == _euros(schedule.remainder)


@pytest.mark.parametrize("kind", list(AppropriationKind))
@pytest.mark.parametrize(
    ("year", "stage"),
    [(2019, BILL), (2019, VOTED), (2020, VOTED), (2020, OPENED), (2021, BILL), (2021, VOTED), (2021, OPENED)],
)
def test_the_title_groups_sum_to_the_whole(
    budget: BudgetProgramme, year: int, stage: BudgetStage, kind: AppropriationKind
) -> None:
    """Title 2 and the other titles are the programme."""
    parts = granted(budget, year, stage, kind, title=STAFF) + granted(budget, year, stage, kind, title=OTHER)
    assert parts == granted(budget, year, stage, kind)


def test_staff_appropriations_are_equal_on_both_sides(budget: BudgetProgramme) -> None:
    """LOLF article 8: under title 2 as much may be committed as paid."""
    of_staff = [line.amounts for line in budget.lines if line.title is STAFF]
    of_staff += [movement.amounts for movement in budget.movements if movement.title is STAFF]
    assert of_staff
    assert all(amounts.commitment == amounts.payment for amounts in of_staff)


@pytest.mark.parametrize("kind", list(AppropriationKind))
@pytest.mark.parametrize("year", [2019, 2021])
def test_the_vote_is_the_bill_as_amended(budget: BudgetProgramme, year: int, kind: AppropriationKind) -> None:
    """The amendment is all that lies between the bill and the vote, and it does not touch title 2."""
    amended = moved(budget, year, MovementKind.AMENDMENT, kind, title=OTHER)
    assert granted(budget, year, BILL, kind) + amended == granted(budget, year, VOTED, kind)
    assert granted(budget, year, BILL, kind, title=STAFF) == granted(budget, year, VOTED, kind, title=STAFF)


@pytest.mark.parametrize(
    ("year", "title", "kind", "net"),
    [
        (2019, ALL, COMMITMENT, 174_854_003),
        (2019, ALL, PAYMENT, -81_742_055),
        (2019, OTHER, COMMITMENT, 179_854_003),
        (2019, OTHER, PAYMENT, -76_742_055),
        (2020, ALL, COMMITMENT, 344_523_095),
        (2020, ALL, PAYMENT, -129_650_654),
        (2021, ALL, COMMITMENT, 387_750_100),
        (2021, ALL, PAYMENT, -779_620),
        (2021, STAFF, COMMITMENT, -2_567_246),
        (2021, OTHER, COMMITMENT, 390_317_346),
        (2021, OTHER, PAYMENT, 1_787_626),
    ],
)
def test_the_net_of_the_movements_is_the_one_that_the_reports_give(
    budget: BudgetProgramme, year: int, title: TitleGroup, kind: AppropriationKind, net: int
) -> None:
    """Opened less voted is the reports' line of openings and cancellations, which therefore needs no entry."""
    assert granted(budget, year, OPENED, kind, title=title) - granted(budget, year, VOTED, kind, title=title) == net


def test_asymmetric_fungibility_takes_from_staff_what_it_gives_to_the_other_titles(budget: BudgetProgramme) -> None:
    """It moves money within the programme, out of title 2 only."""
    staff, other = (
        moved(budget, 2022, MovementKind.ASYMMETRIC_FUNGIBILITY, PAYMENT, title=title) for title in (STAFF, OTHER)
    )
    assert (staff, other) == (-741_427, 741_427)


@pytest.mark.parametrize(
    ("year", "kind", "over", "tenths"),
    [
        (2019, PAYMENT, VOTED, 235),
        (2019, PAYMENT, OPENED, 480),
        (2019, COMMITMENT, VOTED, 267),
        (2019, COMMITMENT, OPENED, 156),
        (2020, PAYMENT, VOTED, 350),
        (2020, PAYMENT, OPENED, 947),
        (2020, COMMITMENT, VOTED, 759),
        (2020, COMMITMENT, OPENED, 279),
        (2021, PAYMENT, VOTED, 900),
        (2021, PAYMENT, OPENED, 905),
        (2021, COMMITMENT, VOTED, 4175),
        (2021, COMMITMENT, OPENED, 390),
    ],
)
def test_the_rates_follow_from_the_stated_amounts(
    budget: BudgetProgramme, year: int, kind: AppropriationKind, over: BudgetStage, tenths: int
) -> None:
    """Each published rate, in tenths of a percent, is a quotient of two entries; 100 % is no bound."""
    assert (2000 * used(budget, year, kind) // granted(budget, year, over, kind) + 1) // 2 == tenths


def test_the_fund_is_the_whole_programme_until_2021_and_a_part_from_2022_on(budget: BudgetProgramme) -> None:
    """The change of scope stands where action 01 stops being the total."""
    (change,) = budget.scope_changes
    stages = [(2019, VOTED), (2020, VOTED), (2021, VOTED), (2022, VOTED), (2023, VOTED), (2024, BILL), (2025, BILL)]
    for year, stage in stages:
        for kind in AppropriationKind:
            whole, part = granted(budget, year, stage, kind), granted(budget, year, stage, kind, action=FUND)
            assert (part == whole) is (year < change.year)


def test_the_votes_sum_to_an_alternative_of_the_allocation(budget: BudgetProgramme, fund: Fund) -> None:
    """One of the four sizes of the fund is the sum of what was voted for it over five years."""
    assert fund.allocation is not None
    voted = granted(budget, 2018, VOTED, COMMITMENT)
    voted += sum(granted(budget, year, VOTED, COMMITMENT, action=FUND) for year in range(2019, 2023))
    sizes = [_euros(fund.allocation.value), *(_euros(stated.value) for stated in fund.allocation.alternatives)]
    assert sizes == [700_000_000, 764_000_000, voted, 1_100_000_000]


def test_the_actions_of_2025_sum_to_the_programme(budget: BudgetProgramme) -> None:
    """The fund is one of three actions of the bill for 2025; together they are the programme, on both sides."""
    actions = {line.action for line in budget.lines if line.year == 2025 and line.action}
    assert actions == {"01", "02", "04"} <= {action.code for action in budget.actions}
    for kind in AppropriationKind:
        parts = [granted(budget, 2025, BILL, kind, action=action) for action in actions]
        assert sum(parts) == granted(budget, 2025, BILL, kind)


@pytest.mark.skipif(not BILL_2025.exists(), reason="the data of the 2025 bill is not beside this clone")
def test_the_bill_of_2025_is_its_open_data(budget: BudgetProgramme) -> None:
    """Each action of the 2025 bill is the sum of its published lines, and bears its published label."""
    rows = [row for row in json.loads(BILL_2025.read_text(encoding="utf-8")) if row["programme"] == 349]
    labels = {row["action"]: row["libelle_action"].replace("'", "’") for row in rows}
    assert labels == {action.code: action.label for action in budget.actions}
    for action in labels:
        sums = [sum(row[side] for row in rows if row["action"] == action) for side in ("ae_plf", "cp_plf")]
        assert sums == [granted(budget, 2025, BILL, kind, action=action) for kind in AppropriationKind]


def test_the_selectivity_follows_from_the_counts(plan: Portfolio, fund: Fund) -> None:
    """18 % is 33 of 183 over the year 2018; 59 % is 16 of 27 in the first session of 2019."""
    rows = plan.observations.of("p349-selectivity", kind=ObservationKind.ACTUAL)
    year, session = (int(row.value or 0) for row in rows)
    first, second, third = (_one(fund.calls, id=f"ftap-{name}") for name in ("2018-1", "2018-2", "2019-1"))
    awarded, applications = (figure(first, name) + figure(second, name) for name in ("awarded", "applications"))
    assert year == round(100 * awarded / applications)
    assert session == round(100 * figure(third, "awarded") / figure(third, "applications"))


def test_the_selectivity_has_its_forecast_and_its_target(plan: Portfolio) -> None:
    """The plan of 2020 foresees 60 % for 2019, and 50 % for 2020, which is its target too."""
    rows = plan.observations.of("p349-selectivity")
    told = {(str(row.kind), str(row.period)): int(row.value or 0) for row in rows if row.kind != "actual"}
    assert told == {("forecast", "2019"): 60, ("forecast", "2020"): 50, ("target", "2020"): 50}


def test_the_indicators_with_a_rising_target_say_that_more_is_better(plan: Portfolio) -> None:
    """Whether a target is met can be said: an indicator of which the targets rise or fall says which way is good."""
    for name, indicator in plan.indicators.items():
        rows = sorted(plan.observations.of(name, kind=ObservationKind.TARGET), key=lambda row: row.period)
        values = [row.value for row in rows if row.value is not None]
        if len(set(values)) > 1:
            assert indicator.direction is not None, name


def test_the_savings_of_the_whole_fund(fund: Fund) -> None:
    """2 Md€ expected, revised to about 1 Md€, and 339 M€ achieved: three series, all of them recurrent."""
    whole = {str(saving.kind): saving for saving in fund.savings if saving.award_id is None}
    assert {kind: _euros(saving.amount) for kind, saving in whole.items()} == {
        "expected": 2_000_000_000,
        "revised": 1_000_000_000,
        "achieved": 339_000_000,
    }
    assert {str(saving.nature) for saving in whole.values()} == {"recurrent"}
    assert whole["revised"].caveat.startswith("Environ 1 Md€")


def test_the_awards_of_july_2023_make_the_rounded_total(fund: Fund) -> None:
    """The four published amounts sum to the 22 M€ that the call gives, rounded to the million."""
    call = _one(fund.calls, id="ftap-2-2023-07")
    awards = [award for award in fund.awards if award.call_id == call.id]
    assert len(awards) == figure(call, "awarded")
    total = sum(_euros(award.amount) for award in awards)
    assert total == 22_050_000
    assert round(total, -6) == figure(call, "awarded-amount")


def test_an_award_without_a_published_amount_has_none(fund: Fund) -> None:
    """Health Data Hub received more than 30 M€: a bound, not an amount."""
    award = fund.award("health-data-hub")
    received = award.figures[0].value.value
    assert award.amount is None
    assert received.lower == 30_000_000
    assert received.upper is None


def test_two_indicators_of_the_fund_changed_definition(plan: Portfolio) -> None:
    """Each value says by which version it was measured, and both versions were."""
    for name in ("p349-appraisal-time", "p349-contract-signed"):
        versions = {definition.version for definition in plan.indicators[name].definitions}
        actual = {row.definition for row in plan.observations.of(name, kind=ObservationKind.ACTUAL)}
        assert versions == actual == {1, 2}


def test_a_target_restated_stands_beside_the_earlier_one(plan: Portfolio) -> None:
    """The appraisal time aimed at in 2023 was 60 days in the plan of 2021 and 45 in the report of 2023."""
    targets = plan.observations.of("p349-appraisal-time", kind=ObservationKind.TARGET)
    assert {row.source_id: row.value for row in targets if str(row.period) == "2023"} == {
        "pap-2021-349-perf": 60,
        "rap-2023-349-perf": 45,
    }


def test_the_appraisal_time_of_2020_missed_its_target(plan: Portfolio) -> None:
    """95 days for a target of 60, whichever document says so."""
    rows = [row for row in plan.observations.of("p349-appraisal-time") if str(row.period) == "2020"]
    assert {row.value for row in rows if row.kind is ObservationKind.ACTUAL} == {95}
    assert {row.value for row in rows if row.kind is ObservationKind.TARGET} == {60}


# ---------------------------------------------------------------- names in time


@pytest.mark.parametrize(
    ("day", "name", "mission"),
    [
        ("2019-06-14", "Fonds pour la transformation de l’action publique", "Action et transformation publiques"),
        ("2020-12-31", "Fonds pour la transformation de l’action publique", "Action et transformation publiques"),
        ("2021-01-01", "Fonds pour la transformation de l’action publique", "Transformation et fonction publiques"),
        ("2022-01-01", "Transformation publique", "Transformation et fonction publiques"),
    ],
)
def test_the_programme_bears_the_name_of_the_day(plan: Portfolio, day: str, name: str, mission: str) -> None:
    """Programme 349 had the fund's name until 2021, its mission another until 2020; each name has a source."""
    held, then = plan.budget_programmes["349"], plan.as_of(day).budget_programmes["349"]
    assert (then.label, then.mission) == (held.name_on(day), held.mission_on(day)) == (name, mission)
    assert all(dated.source_id in plan.sources for dated in (*held.names, *held.missions))
