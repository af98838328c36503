"""A fund as it would be: what moves with a call, what a cut takes down, what is delayed, and what stays as it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Application, Award, Call, CallRule, CostStatement, Euros, Fund, Saving
from levier.errors import (
    AboveCeilingError,
    InsufficientAllocationError,
    InvalidValueError,
    OvercommitmentError,
    UnknownItemError,
)
from levier.fund import CallMoved, Delay, EnvelopeCut, Scenario, apply, compare_funds, payback_year
from levier.model.allocations import AllocationChange, YearClosing
from levier.model.awards import Instalment
from levier.model.entries import JournalEntry
from levier.model.periods import Day, Period
from levier.model.sources import Sourced


def allocated(amount: int | str) -> Sourced[Euros]:
    """Return an allocation."""
    return Sourced(value=Euros(amount), source_id="act")


def saving(award_id: str | None, period: str | None, amount: int = 10) -> Saving:
    """Return an expected recurrent saving."""
    about = {"kind": "expected", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "file"}
    return Saving(award_id=award_id, period=period, amount=amount, **about)


def award(name: str, amount: Any = None, decided_on: str | None = None, **more: Any) -> Award:
    """Return an award, labelled by its name."""
    return Award(id=name, label=name, amount=amount, decided_on=decided_on, **more)


def commitment(name: str, amount: int, on: str) -> JournalEntry:
    """Return a commitment."""
    return JournalEntry(award_id=name, kind="commitment", amount=amount, on=on)


def asked(name: str, call_id: str, submitted_on: str | None = "2018-02-28") -> Application:
    """Return an application."""
    about = {"label": name, "owner_id": "dinum", "requested": 100, "total_cost": 200}
    return Application(id=name, call_id=call_id, submitted_on=submitted_on, **about)


FUND = Fund(
    id="fund",
    label="Fund",
    allocation=allocated(1000),
    closings=[YearClosing(year=2018, lapsed=50)],
    calls=[
        Call(id="one", label="One", opened_on="2018-01-15", decided_on="2018-06-20"),
        Call(id="two", label="Two", opened_on="2018"),
    ],
    applications=[asked("a", "one"), asked("b", "two"), asked("c", "one", None)],
    awards=[
        award(
            "a",
            100,
            "2018-06-20",
            call_id="one",
            contracted_on="2018-09-30",
            instalments=[Instalment(amount=60, due="2018-10"), Instalment(amount=40)],
        ),
        award("b", 200, "2018-07", call_id="two", contracted_on="2018-09-30"),
    ],
    entries=[commitment("a", 60, "2018-10-31"), commitment("b", 50, "2018-10-31")],
    savings=[saving("a", "2020"), saving("b", "2020"), saving(None, "2020")],
    costs=[CostStatement(award_id=name, kind="planned", amount=400, source_id="file") for name in ("a", "b")],
)
OPEN = attrs.evolve(FUND, closings=())


def moved(text: str, months: int) -> str:
    """Return what becomes of the period of a saving of the whole fund's only award, so many months later."""
    fund = Fund(id="f", label="F", awards=[award("a")], savings=[saving("a", text)])
    period = apply(fund, Delay(months=months)).fund.savings[0].period
    assert period is not None
    return period.text


def kept(*awards: Award, percent: Any = 0, allocation: Any = 100, changes: Any = ()) -> list[str]:
    """Return the awards that a cut leaves."""
    fund = Fund(id="f", label="F", allocation=allocated(allocation), allocation_changes=changes, awards=awards)
    return [one.id for one in apply(fund, EnvelopeCut(percent=percent)).fund.awards]


def test_a_call_takes_along_all_that_follows_from_it() -> None:
    """Opening, decision, applications, contracts, instalments, money and savings of the call move; no other's do."""
    scenario = apply(FUND, CallMoved(call_id="one", months=3))
    fund = scenario.fund
    call, late = fund.call("one"), fund.award("a")
    assert (call.opened_on, call.decided_on) == (Period("2018-04-15"), Period("2018-09-20"))
    assert [one.submitted_on for one in fund.applications] == [Day(2018, 5, 28), Day(2018, 2, 28), None]
    assert (late.decided_on, late.contracted_on) == (Period("2018-09-20"), Day(2018, 12, 30))
    assert [part.due for part in late.instalments] == [Period("2019-01"), None]
    assert [entry.on for entry in fund.entries] == [Day(2019, 1, 31), Day(2018, 10, 31)]
    assert [one.period.text for one in fund.savings if one.period] == ["2020-04/2021-03", "2020", "2020"]
    assert (fund.call("two"), fund.award("b")) == (FUND.call("two"), FUND.award("b"))
    assert (fund.allocation, fund.costs) == (FUND.allocation, FUND.costs)
    assert (scenario.fallen, scenario.unweighed) == ((), ())


def test_a_call_may_come_earlier() -> None:
    """Below zero a call moves back, over the turn of a year; a call that says no day of opening still says none."""
    fund = apply(FUND, CallMoved(call_id="one", months=-7)).fund
    assert (fund.call("one").opened_on, fund.call("one").decided_on) == (Period("2017-06-15"), Period("2017-11-20"))
    assert fund.entries[0].on == Day(2018, 3, 31)
    two = apply(FUND, CallMoved(call_id="two", months=12)).fund.call("two")
    assert (two.opened_on, two.decided_on) == (Period("2019"), None)


def test_a_call_moved_under_another_rule_is_held_to_it() -> None:
    """An award decided when a lower ceiling is in force is refused: the scenario would not be allowed."""
    rule = CallRule(kind="ceiling", text="50 from 2019", amount=50, period="2019/..", source_id="act")
    call = Call(id="c", label="C", decided_on="2018-06", rules=[rule])
    fund = Fund(id="f", label="F", calls=[call], awards=[award("a", 60, "2018-06", call_id="c")])
    assert apply(fund, CallMoved(call_id="c", months=6)).fund.award("a").decided_on == Period("2018-12")
    with pytest.raises(AboveCeilingError) as refused:
        apply(fund, CallMoved(call_id="c", months=7))
    assert (refused.value.requested, refused.value.available) == (Euros(60), Euros(50))


def test_a_delay_leaves_decisions_alone() -> None:
    """A delay moves contracts, instalments, money and savings of the awards it names, and nothing that was decided."""
    fund = apply(FUND, Delay(months=2, award_ids=["b"])).fund
    late = fund.award("b")
    assert (late.decided_on, late.contracted_on) == (Period("2018-07"), Day(2018, 11, 30))
    assert [entry.on for entry in fund.entries] == [Day(2018, 10, 31), Day(2018, 12, 31)]
    assert [one.period.text for one in fund.savings if one.period] == ["2020", "2020-03/2021-02", "2020"]
    assert fund.award("a") == FUND.award("a")
    assert (fund.calls, fund.applications) == (FUND.calls, FUND.applications)


def test_a_delay_without_names_is_of_all_awards() -> None:
    """To name none is to name all; what is saved by the fund as a whole follows from no award, and stays."""
    late = apply(FUND, Delay(months=12))
    assert late == apply(FUND, Delay(months=12, award_ids=("a", "b")))
    assert [one.period.text for one in late.fund.savings if one.period] == ["2021", "2021", "2020"]
    assert apply(FUND, Delay(months=12, award_ids=["a", "a"])) == apply(FUND, Delay(months=12, award_ids=["a"]))


@pytest.mark.parametrize(
    ("text", "months", "expected"),
    [
        ("2018", 12, "2019"),
        ("2018", 6, "2018-07/2019-06"),
        ("2018", -1, "2017-12/2018-11"),
        ("2018/2020", 24, "2020/2022"),
        ("2018/2020", 3, "2018-04/2021-03"),
        ("2018/..", 12, "2019/.."),
        ("2018/..", 5, "2018-06/.."),
        ("2018-11", 2, "2019-01"),
        ("2018-11/2019-01", 2, "2019-Q1"),
        ("2019-Q1", 2, "2019-03/2019-05"),
        ("2019-S1", 6, "2019-S2"),
        ("2018-2019-SY", 12, "2019-2020-SY"),
        ("../2019-Q1", -3, "../2018"),
        ("2018-W03", 1, "2018-02-15/2018-02-21"),
        ("2018-W05", 1, "2018-02-28/2018-03-04"),
        ("2018-11/..", -11, "2017-12/.."),
        ("2018-05-31", 1, "2018-06-30"),
        ("2019-12-31", 2, "2020-02-29"),
        ("2018-01-10/2018-01-20", 1, "2018-02-10/2018-02-20"),
        ("2018-01-30/2018-01-31", 1, "2018-02-28"),
        ("2018-01-30/..", 1, "2018-02-28/.."),
        ("2018-11/2018-12", 0, "2018-11/2018-12"),
    ],
)
def test_periods_move_as_finely_as_they_are_known(text: str, months: int, expected: str) -> None:
    """A year moves by whole years, else its months do; a day that a month lacks is its last; no end stays no end."""
    assert moved(text, months) == expected


def test_what_has_no_day_gets_none() -> None:
    """Unsigned contracts, undated instalments and savings without a period stay undated."""
    undated = award("a", 100, instalments=[Instalment(amount=100)])
    fund = Fund(id="f", label="F", awards=[undated], savings=[saving("a", None)])
    assert apply(fund, Delay(months=6)).fund == fund


def test_a_cut_takes_the_last_decisions_first() -> None:
    """In the order of decisions, undated ones last, awards stay while the smaller envelope holds them, to the euro."""
    dated = [award("late", 30, "2019"), award("early", 60, "2018-06"), award("undated", 10)]
    assert kept(*dated) == ["late", "early", "undated"]
    assert kept(*dated, percent=1) == ["late", "early"]
    assert kept(*dated, percent=10) == ["late", "early"]
    assert kept(*dated, percent="10.01") == ["early", "undated"]
    assert kept(*dated, percent=40) == ["early"]
    assert kept(*dated, percent=41) == ["late", "undated"]


def test_decisions_of_one_day_fall_by_their_names() -> None:
    """Of one day the identifier decides, so the order in which awards were written down does not."""
    pair = [award("b", 60, "2018"), award("a", 60, "2018-01-01")]
    assert kept(*pair) == kept(*reversed(pair)) == ["a"]


def test_a_cut_takes_all_that_belongs_to_what_falls() -> None:
    """Money, savings and costs of a fallen award go with it; the application stays, for it was made."""
    scenario = apply(FUND, EnvelopeCut(percent=80))
    fund = scenario.fund
    assert scenario.fallen == ("b",)
    assert [one.id for one in fund.awards] == ["a"]
    assert [entry.award_id for entry in fund.entries] == ["a"]
    assert [one.award_id for one in fund.savings] == ["a", None]
    assert [one.award_id for one in fund.costs] == ["a"]
    assert (fund.applications, fund.calls) == (FUND.applications, FUND.calls)
    assert fund.allocation == allocated(200)
    assert fund.closings == ()


def test_a_cut_cuts_what_was_added_as_well() -> None:
    """Additions and withdrawals are cut alike, to the cent, half a cent upwards; what is cut to nothing is gone."""
    changes = [
        AllocationChange(amount=amount, on="2019-01-01", because="act", source_id="act")
        for amount in ("50", "-30", "0.01")
    ]
    fund = Fund(id="f", label="F", allocation=allocated("100.01"), allocation_changes=changes)
    smaller = apply(fund, EnvelopeCut(percent=60)).fund
    assert smaller.allocation == allocated("40.00")
    assert [one.amount for one in smaller.allocation_changes] == [Euros(20), Euros(-12)]
    assert kept(award("a", 60, "2018"), percent=50, changes=changes[:2]) == ["a"]
    assert kept(award("a", "60.01", "2018"), percent=50, changes=changes[:2]) == []
    half = apply(fund, EnvelopeCut(percent=50)).fund
    assert half.allocation == allocated("50.01")


def test_an_award_of_an_unknown_amount_stays_unweighed() -> None:
    """Missing is not zero: such an award neither falls nor takes room, and it is listed, once."""
    fund = Fund(id="f", label="F", allocation=allocated(100), awards=[award("a", None, "2018"), award("b", 50, "2019")])
    scenario = apply(fund, EnvelopeCut(percent=50), EnvelopeCut(percent=100))
    assert [one.id for one in scenario.fund.awards] == ["a"]
    assert (scenario.fallen, scenario.unweighed) == (("b",), ("a",))


def test_a_cut_of_everything_leaves_what_costs_nothing() -> None:
    """With nothing in the envelope an award of zero still fits."""
    assert kept(award("a", 0, "2019"), award("b", "0.01", "2018"), percent=100) == ["a"]


def test_changes_come_one_after_the_other() -> None:
    """Two cuts multiply, what fell first is listed first, and what fell is not there to be delayed."""
    scenario = apply(FUND, EnvelopeCut(percent=80), EnvelopeCut(percent=60), Delay(months=1))
    assert scenario.fund.allocation == allocated(80)
    assert scenario.fallen == ("b", "a")
    with pytest.raises(UnknownItemError, match="'b' is not in the awards of fund 'fund'"):
        apply(FUND, EnvelopeCut(percent=80), Delay(months=1, award_ids=["b"]))
    moved_late = apply(FUND, CallMoved(call_id="one", months=24), EnvelopeCut(percent=80))
    assert (moved_late.fallen, apply(FUND, EnvelopeCut(percent=80)).fallen) == (("a",), ("b",))


def test_closed_years_are_open_again() -> None:
    """A change opens the years that it may touch: all of them, or those that end on its day or later."""
    late = Delay(months=1, award_ids=["b"])
    assert apply(FUND, late).fund.closings == ()
    assert apply(FUND, late, since="2018-10-01").fund.closings == ()
    assert apply(FUND, Delay(months=1), since="2019-01-01").fund.closings == FUND.closings
    assert FUND.closings == (YearClosing(year=2018, lapsed=50),)


@pytest.mark.parametrize("since", [None, "2018-10-01", "2030-01-01"])
def test_no_change_is_the_fund_itself(since: str | None) -> None:
    """Without a change, with changes of no month, or with none that is still to come, nothing differs."""
    assert apply(FUND, since=since) == Scenario(fund=FUND)
    nothing = (Delay(months=0), CallMoved(call_id="one", months=0))
    assert apply(FUND, *nothing, since=since) == Scenario(fund=FUND)
    assert apply(FUND, Delay(months=6), CallMoved(call_id="one", months=6), since="2030-01-01").fund == FUND


# ---------------------------------------------------------------- what is past stays

RUNNING = Fund(
    id="f",
    label="F",
    allocation=allocated(1000),
    allocation_changes=[AllocationChange(amount=200, on="2019-01-01", because="act", source_id="act")],
    calls=[Call(id="c", label="C", opened_on="2018-01-15", decided_on="2018-06-20")],
    awards=[
        award(
            "a",
            600,
            call_id="c",
            contracted_on="2018-09-01",
            instalments=[Instalment(amount=300, due="2019"), Instalment(amount=300, due="2020")],
        ),
        award("b", 500, "2021-03-01", contracted_on="2021-06-01"),
        award("x", 50, "2021-09"),
    ],
    entries=[
        commitment("a", 600, "2018-10-01"),
        JournalEntry(award_id="a", kind="payment", amount=200, on="2019-03-01"),
        JournalEntry(award_id="a", kind="payment", amount=200, on="2020-07-01"),
        commitment("b", 400, "2021-07-01"),
    ],
    savings=[
        saving("a", "2019"),
        saving("a", "2021", 20),
        saving("b", "2022", 30),
        attrs.evolve(saving("a", "2019", 9), kind="achieved"),
        attrs.evolve(saving("a", "2021", 8), kind="achieved"),
    ],
)


def test_a_delay_leaves_what_is_past_alone() -> None:
    """From July 2019 on, later payments, contracts, instalments and forecasts move; what was achieved stays."""
    fund = apply(RUNNING, Delay(months=6), since="2019-07-01").fund
    assert [str(entry.on) for entry in fund.entries] == ["2018-10-01", "2019-03-01", "2021-01-01", "2022-01-01"]
    assert [str(one.contracted_on) for one in fund.awards] == ["2018-09-01", "2021-12-01", "None"]
    assert [str(part.due) for part in fund.award("a").instalments] == ["2019", "2020-07/2021-06"]
    assert [str(one.period) for one in fund.savings] == ["2019", "2021-07/2022-06", "2022-07/2023-06", "2019", "2021"]
    moved = apply(RUNNING, CallMoved(call_id="c", months=6), since="2018-03-01").fund
    assert (str(moved.call("c").opened_on), str(moved.call("c").decided_on)) == ("2018-01-15", "2018-12-20")


def test_nothing_moves_into_the_past() -> None:
    """What would come to lie before the day from which a scenario acts is refused, and named."""
    with pytest.raises(InvalidValueError, match=r"^apply\.changes: expected months that bring 2020 to 2020-01-01 or"):
        apply(RUNNING, Delay(months=-7), since="2020-01-01")
    with pytest.raises(InvalidValueError, match="months that bring 2022 to 2021-10-01 or later"):
        apply(RUNNING, Delay(months=-12), since="2021-10-01")
    assert str(apply(RUNNING, Delay(months=-3), since="2021-10-01").fund.savings[2].period) == "2021-10/2022-09"


def test_savings_that_would_fall_together_are_refused() -> None:
    """30 and 31 January are both 28 February a month later: two savings would become one statement and one be lost."""
    days = [saving("a", "2018-01-30"), saving("a", "2018-01-31")]
    fund = Fund(id="f", label="F", awards=[award("a")], savings=days)
    with pytest.raises(InvalidValueError, match=r"^apply\.changes: .* move no two savings onto one period"):
        apply(fund, Delay(months=1))


def test_a_cut_withdraws_from_its_day_and_takes_no_award_that_has_begun() -> None:
    """Of 1,200 held in July 2021, 10 % is withdrawn on that day; awards of before keep 1,100, nothing is left for x."""
    scenario = apply(RUNNING, EnvelopeCut(percent=10), since="2021-07-15")
    fund = scenario.fund
    assert (fund.allocation, scenario.fallen) == (RUNNING.allocation, ("x",))
    assert [(one.amount, str(one.on)) for one in fund.allocation_changes] == [
        (Euros(200), "2019-01-01"),
        (Euros(-120), "2021-07-15"),
    ]
    assert (fund.entries, fund.available("2021-07-14")) == (RUNNING.entries, Euros(80))
    twice = apply(RUNNING, EnvelopeCut(percent=10), EnvelopeCut(percent=5), since="2021-07-15").fund
    assert Euros.total(one.amount for one in twice.allocation_changes[1:]) == Euros(-174)  # 1200 × 0.9 × 0.95 = 1026
    with pytest.raises(InsufficientAllocationError):
        apply(RUNNING, EnvelopeCut(percent=50), since="2021-07-15")
    assert apply(RUNNING, EnvelopeCut(percent=0), since="2021-07-15").fund == RUNNING


def test_what_is_of_the_day_since_which_a_cut_holds_is_not_past() -> None:
    """A change of that day is cut, and an award decided or signed on it may fall; those of the day before are kept."""
    since = "2020-01-02"
    for day, amounts, fallen in ((since, [-50, 20], ("decided", "signed")), ("2020-01-01", [40, -70], ())):
        awards = [award("decided", 80, day), award("signed", 80, contracted_on=day)]
        raised = AllocationChange(amount=40, on=day, because="law", source_id="act")
        fund = Fund(id="f", label="F", allocation=allocated(100), allocation_changes=[raised], awards=awards)
        scenario = apply(fund, EnvelopeCut(percent=50), since=since)
        assert [one.amount for one in scenario.fund.allocation_changes] == [Euros(amount) for amount in amounts]
        assert scenario.fallen == fallen


def test_an_award_that_has_achieved_savings_does_not_fall() -> None:
    """Even from the start: what was achieved has happened."""
    awards = [award("early", 60, "2018"), award("late", 60, "2019")]
    achieved = attrs.evolve(saving("late", "2020"), kind="achieved")
    fund = Fund(id="f", label="F", allocation=allocated(100), awards=awards, savings=[achieved])
    assert apply(fund, EnvelopeCut(percent=10)).fallen == ("early",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (CallMoved(call_id="gone", months=1), "'gone' is not in the calls of fund 'fund'"),
        (Delay(months=1, award_ids=["a", "gone"]), "'gone' is not in the awards of fund 'fund'"),
    ],
)
def test_what_the_fund_does_not_have_is_named(change: Any, said: str) -> None:
    """A call or an award that is not there cannot be moved."""
    with pytest.raises(UnknownItemError) as refused:
        apply(FUND, change)
    assert str(refused.value).startswith(said)


def test_an_unknown_allocation_is_not_cut() -> None:
    """Of an envelope that nobody stated no percentage can be taken."""
    with pytest.raises(InvalidValueError, match="an allocation to cut") as refused:
        apply(Fund(id="f", label="F"), EnvelopeCut(percent=10))
    assert refused.value.field == "allocation"


@pytest.mark.parametrize("percent", [-1, "100.01", 0.5, "a third", None, Decimal("Infinity")])
def test_what_is_no_percentage_is_refused(percent: Any) -> None:
    """Less than nothing, more than all, a float, words, nothing, and what is no finite number."""
    with pytest.raises(InvalidValueError, match="a percentage from 0 to 100") as refused:
        EnvelopeCut(percent=percent)
    assert refused.value.field == "percent"


@pytest.mark.parametrize("percent", [0, "100", Decimal("33.3")])
def test_both_ends_are_percentages(percent: Any) -> None:
    """Nothing and all can be cut, given in any exact form."""
    assert EnvelopeCut(percent=percent).percent == Decimal(percent)


def test_money_before_its_time_is_refused() -> None:
    """A call may not move before the money it commits, nor a cut leave a later withdrawal uncovered."""
    more = AllocationChange(amount=90, on="2018-06-01", because="act", source_id="act")
    given = Fund(
        id="f",
        label="F",
        allocation=allocated(10),
        allocation_changes=[more],
        calls=[Call(id="c", label="C")],
        awards=[award("a", 60, "2018", call_id="c", contracted_on="2018-06-01")],
        entries=[commitment("a", 60, "2018-06-01")],
    )
    with pytest.raises(OvercommitmentError) as early:
        apply(given, CallMoved(call_id="c", months=-1))
    assert (early.value.requested, early.value.available) == (Euros(60), Euros(10))
    withdrawn = [
        AllocationChange(amount=amount, on=on, because="act", source_id="act")
        for amount, on in ((-50, "2019-01-01"), (100, "2020-01-01"))
    ]
    held = Fund(
        id="f",
        label="F",
        allocation=allocated(100),
        allocation_changes=withdrawn,
        awards=[award("a", 50, "2018", contracted_on="2018-06-01")],
        entries=[commitment("a", 50, "2018-06-01")],
    )
    with pytest.raises(InsufficientAllocationError):
        apply(held, EnvelopeCut(percent=50))


percents = st.integers(0, 100)
rows = st.lists(
    st.tuples(st.none() | st.integers(0, 100), st.none() | st.sampled_from(["2017", "2018-06", "2018-06-20", "2019"])),
    max_size=6,
)


@given(st.integers(-40, 40), st.integers(-40, 40))
def test_months_add_up(one: int, two: int) -> None:
    """As long as no day is clipped, to move by some months and then by others is to move by their sum."""
    fund = Fund(
        id="f",
        label="F",
        calls=[Call(id="c", label="C", opened_on="2018-03", decided_on="2018-06-20")],
        applications=[asked("a", "c", "2018-04-28")],
        awards=[award("a", 100, "2018-06-20", call_id="c", contracted_on="2018-09-01")],
        entries=[commitment("a", 60, "2018-10-15")],
        savings=[saving("a", "2019-01/2019-12")],
    )
    twice = apply(fund, CallMoved(call_id="c", months=one), CallMoved(call_id="c", months=two))
    assert twice == apply(fund, CallMoved(call_id="c", months=one + two))
    assert apply(fund, CallMoved(call_id="c", months=one), CallMoved(call_id="c", months=-one)).fund == fund


@given(rows, percents)
def test_what_a_cut_leaves_fits(given_rows: list[tuple[int | None, str | None]], percent: int) -> None:
    """Each award either stays or fell, what stays fits, and what fell would not have fitted when its turn came."""
    awards = [award(f"a{place}", amount, on) for place, (amount, on) in enumerate(given_rows)]
    fund = Fund(id="f", label="F", allocation=allocated(200), awards=awards)
    scenario = apply(fund, EnvelopeCut(percent=percent))
    stay = {one.id for one in scenario.fund.awards}
    assert sorted([*stay, *scenario.fallen]) == sorted(one.id for one in awards)
    envelope = 2 * (100 - percent)
    taken = 0
    for one in sorted(awards, key=lambda it: (str(it.decided_on.first_day) if it.decided_on else "9", it.id)):
        amount = one.amount.cents // 100 if one.amount is not None else 0
        assert (one.id in stay) is (taken + amount <= envelope)
        taken += amount if one.id in stay else 0
    assert taken <= envelope
    assert scenario.unweighed == tuple(one.id for one in awards if one.amount is None)


# ---------------------------------------------------------------- laws of a day

DATES = st.dates(date(2018, 1, 1), date(2024, 12, 28)).filter(lambda day: day.day <= 28)
"""Days that every month has, so that no month clips them."""


@st.composite
def running(draw: Any) -> Fund:
    """Return a fund of two awards whose money and forecasts lie anywhere in some years."""
    awards, entries, savings = [], [], []
    for name in "ab":
        signed, *moves = sorted(draw(DATES) for _ in range(4))
        due = draw(st.sampled_from(["2020", "2020-05", "2021-07/2022-06", str(moves[0])]))
        parts = [Instalment(amount="33.33", due=due), Instalment(amount="66.67")]
        awards.append(award(name, 100, contracted_on=str(signed), instalments=parts))
        kinds = zip(("commitment", "payment", "payment"), ("90.01", "30", "20.02"), moves, strict=True)
        entries += [JournalEntry(award_id=name, kind=kind, amount=n, on=str(on)) for kind, n, on in kinds]
        years = draw(st.sets(st.integers(2018, 2024), max_size=3))
        savings += [saving(name, str(year), draw(st.integers(1, 99))) for year in sorted(years)]
    return Fund(id="f", label="F", awards=awards, entries=entries, savings=savings)


MONTHS = st.integers(0, 30)
SINCE = st.none() | DATES


@given(running(), MONTHS, SINCE)
def test_a_delay_moves_every_later_flow_and_no_other(fund: Fund, months: int, since: date | None) -> None:
    """Day by day: what was before is untouched, what comes on the day or later comes so many months later."""
    late = apply(fund, Delay(months=months), since=since).fund
    pairs = [(one.on, two.on) for one, two in zip(fund.entries, late.entries, strict=True)]
    pairs += [(one.contracted_on, two.contracted_on) for one, two in zip(fund.awards, late.awards, strict=True)]
    pairs += [(a.period.first_day, b.period.first_day) for a, b in zip(fund.savings, late.savings, strict=True)]  # type: ignore[union-attr]
    for was, now in pairs:
        assert was is not None
        assert now == (was if since is not None and was < since else was.add(months=months))
    assert [one.amount for one in late.savings] == [one.amount for one in fund.savings]


@given(running(), MONTHS, SINCE)
def test_a_delay_loses_no_cent(fund: Fund, months: int, since: date | None) -> None:
    """All years together have the same money, and what had a year still has one."""
    late = apply(fund, Delay(months=months), since=since).fund
    for name in ("decided", "due", "committed", "paid", "expected"):
        assert Euros.total(row.change(name) for row in compare_funds(fund, late)) == Euros(0)
        assert [row.change(name) for row in compare_funds(fund, late) if row.year is None] in ([Euros(0)], [])


@given(running(), MONTHS, MONTHS, SINCE)
def test_two_delays_are_one_of_both(fund: Fund, one: int, two: int, since: date | None) -> None:
    """A delay of some months and then of others, from one day, is the delay of all of them."""
    once = apply(fund, Delay(months=one + two), since=since)
    assert apply(fund, Delay(months=one), Delay(months=two), since=since) == once
    assert apply(apply(fund, Delay(months=one), since=since).fund, Delay(months=two), since=since) == once


@given(running(), MONTHS, st.integers(1, 500))
def test_payback_survives_a_delay(fund: Fund, months: int, cost: int) -> None:
    """A delay brings payback no earlier, and one of whole years brings every year's savings so many years later."""
    known = [one for one in fund.savings if one.award_id == "a"][:1]
    whole = attrs.evolve(fund, savings=known)
    was = payback_year(known, cost=cost, until=2100)
    now = payback_year(apply(whole, Delay(months=months)).fund.savings, cost=cost, until=2103)
    assert now.coverage.missing == ()
    if was.year is not None:
        assert now.year is not None
        assert 0 <= now.year - was.year <= months // 12 + 1
        assert now.cumulated >= Euros(cost)
    years = months // 12
    later = payback_year(apply(whole, Delay(months=12 * years)).fund.savings, cost=cost, until=2100)
    assert later.by_year == tuple((year + years, amount) for year, amount in was.by_year if year + years <= 2100)
