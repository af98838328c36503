"""A fund from a call to a closed year: each step, what it refuses with which amounts, and the same given whole."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from levier.errors import (
    AboveCeilingError,
    ClosedYearError,
    InsufficientAllocationError,
    InvalidValueError,
    LevierError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
    UnknownItemError,
)
from levier.model.allocations import AllocationChange, YearClosing
from levier.model.awards import Award, Instalment
from levier.model.calls import Application, Call, CallRule
from levier.model.entries import JournalEntry
from levier.model.fund import Fund
from levier.model.journal import Journal
from levier.model.money import ZERO, Euros
from levier.model.organisations import OrganisationKind
from levier.model.periods import Day, Period
from levier.model.sources import Sourced

ALLOCATION = Sourced(value=Euros(1000), source_id="act")
RULES = [
    CallRule(kind="ceiling", text="500 for all", amount=500, source_id="act"),
    CallRule(kind="ceiling", text="300 for operators", amount=300, owner_kinds=["operator"], source_id="act"),
    CallRule(kind="ceiling", text="100 until 2017", amount=100, period="2015/2017", source_id="act"),
    CallRule(kind="floor", text="10 at least", amount=10, source_id="act"),
]
ASKED = Application(id="cloud", label="Cloud", call_id="call", owner_id="dinum", requested=450, total_cost=900)
FUND = Fund(id="fund", label="Fund", allocation=ALLOCATION, calls=[Call(id="call", label="Call", rules=RULES)])
OPEN = FUND.with_application(ASKED)
GRANTED = OPEN.with_award("cloud", 400, on="2018-06-20")
SIGNED = GRANTED.with_contract("cloud", on="2018-09-01")


def money(kind: str, amount: int, on: str) -> JournalEntry:
    """Return an entry of the one award."""
    return JournalEntry(award_id="cloud", kind=kind, amount=amount, on=on)


def whole(fund: Fund, **instead: Any) -> Fund:
    """Return the fund as a constructor gives it, with fields replaced."""
    fields = {field.name: getattr(fund, field.name) for field in attrs.fields(Fund)}
    return Fund(**{**fields, **instead})


def test_an_application_becomes_an_award() -> None:
    """An award granted to an application bears its identifier, label, call and owner."""
    award = OPEN.with_award("cloud", 400, on="2018-06", instalments=[Instalment(amount=400)]).award("cloud")
    expected = ("cloud", "Cloud", "call", "dinum", Euros(400), Period("2018-06"))
    assert (award.id, award.label, award.call_id, award.owner_id, award.amount, award.decided_on) == expected
    assert SIGNED.award("cloud").contracted_on == Day(2018, 9, 1)
    assert (OPEN.application("cloud"), FUND.call("call").label) == (ASKED, "Call")
    assert FUND.with_call(Call(id="other", label="Other")).call("other").label == "Other"
    assert whole(SIGNED) == SIGNED


def test_steps_name_what_is_not_there() -> None:
    """A call, an application or an award that the fund does not have is named; nothing is opened or granted twice."""
    for ask, named in (
        (lambda: FUND.call("gone"), "calls"),
        (lambda: FUND.application("gone"), "applications"),
        (lambda: FUND.with_award("gone", 1, on="2018"), "applications"),
        (lambda: GRANTED.with_contract("gone", on="2018-09-01"), "awards"),
    ):
        with pytest.raises(UnknownItemError, match=f"'gone' is not in the {named} of fund 'fund'"):
            ask()
    for again in (
        lambda: FUND.with_call(Call(id="call", label="Again")),
        lambda: OPEN.with_application(ASKED),
        lambda: FUND.with_application(attrs.evolve(ASKED, call_id="gone")),
        lambda: GRANTED.with_award("cloud", 1, on="2018"),
        lambda: SIGNED.with_contract("cloud", on="2018-10-01"),
        lambda: OPEN.with_award("cloud", 400, on="2018", instalments=[Instalment(amount=399)]),
    ):
        with pytest.raises(InvalidValueError):
            again()


def test_no_award_is_above_the_ceiling_of_its_call() -> None:
    """A ceiling for all binds always, one for some owners where their kind is said, one of another time never."""
    assert OPEN.with_award("cloud", 500, on="2018").award("cloud").amount == Euros(500)
    with pytest.raises(AboveCeilingError) as above:
        OPEN.with_award("cloud", "500.01", on="2018")
    assert (above.value.requested, above.value.available) == (Euros("500.01"), Euros(500))
    with pytest.raises(AboveCeilingError) as above:
        OPEN.with_award("cloud", 400, on="2018", owner_kind=OrganisationKind.OPERATOR)
    assert above.value.available == Euros(300)
    with pytest.raises(AboveCeilingError) as above:
        OPEN.with_award("cloud", 400, on="2016")
    assert above.value.available == Euros(100)
    with pytest.raises(AboveCeilingError):
        whole(GRANTED, awards=[attrs.evolve(GRANTED.award("cloud"), amount=501)])
    assert whole(GRANTED, awards=[attrs.evolve(GRANTED.award("cloud"), amount=None)]).awards[0].amount is None


@pytest.mark.parametrize(
    ("period", "on", "expected"),
    [
        (None, None, True),
        ("2018", None, None),
        ("2018", "2018-06", True),
        ("2018", "2019", False),
        ("2018", "2017/2019", None),
        ("2018-06", "2018", None),
        ("2018/..", "2020", True),
        ("2018/..", "2020/..", True),
        ("2018", "2018/..", None),
        ("2018", "2017/..", None),
    ],
)
def test_a_rule_holds_in_its_time(period: str | None, on: str | None, expected: bool | None) -> None:
    """A rule holds where its time covers the whole of the other, does not where they are apart, else nobody knows."""
    rule = CallRule(kind="ceiling", text="x", amount=1, period=period, source_id="act")
    assert rule.binds(on=None if on is None else Period(on)) is expected


def test_a_rule_holds_for_its_owners() -> None:
    """A rule for some owners holds for them alone; eligibility, which lists owners, holds for everybody."""
    for_some = RULES[1]
    assert for_some.binds(owner_kind=OrganisationKind.OPERATOR) is True
    assert for_some.binds(owner_kind=OrganisationKind.MINISTRY) is False
    assert for_some.binds() is None
    eligible = CallRule(kind="eligible-owners", text="x", owner_kinds=["operator"], source_id="act")
    assert eligible.binds(owner_kind=OrganisationKind.MINISTRY) is True


def test_the_allocation_is_the_limit_of_all_awards() -> None:
    """What all awards commit stays within the allocation on every day, and the refusal says what is left."""
    fund = whole(SIGNED, allocation=attrs.evolve(ALLOCATION, value=Euros(300)))
    assert fund.available("2018-09-01") == Euros(300)
    spent = fund.with_commitment("cloud", 250, on="2018-10-01")
    with pytest.raises(OvercommitmentError) as over:
        spent.with_commitment("cloud", 51, on="2018-11-01")
    assert (over.value.requested, over.value.available, over.value.of_fund) == (Euros(51), Euros(50), True)
    raised = spent.with_allocation_change(100, on="2019-01-01", because="act", source_id="act")
    assert (raised.available("2018-12-31"), raised.available("2019-01-01")) == (Euros(50), Euros(150))
    with pytest.raises(OvercommitmentError):
        raised.with_commitment("cloud", 51, on="2018-12-31")
    assert raised.with_commitment("cloud", 150, on="2019-01-01").available("2019-01-01") == ZERO
    with pytest.raises(InsufficientAllocationError) as cut:
        raised.with_allocation_change(-151, on="2019-01-01", because="act", source_id="act")
    assert (cut.value.requested, cut.value.available) == (Euros(151), Euros(150))
    assert (
        raised.with_allocation_change(-150, on="2019-01-01", because="act", source_id="act").available("2019-01-01")
        == ZERO
    )


def test_without_an_allocation_nothing_limits_the_fund() -> None:
    """A fund whose allocation is not known has no limit of its own, nothing to change, and nothing that lapses."""
    fund = whole(SIGNED, allocation=None)
    assert fund.available("2019-01-01") is None
    assert fund.with_commitment("cloud", 400, on="2019-01-01").committed("cloud") == Euros(400)
    with pytest.raises(InvalidValueError, match="an allocation first"):
        fund.with_allocation_change(1, on="2019-01-01", because="act", source_id="act")
    with pytest.raises(InvalidValueError, match="of an allocation that is known"):
        fund.with_closing(2018, carried_over=0)
    assert fund.with_closing(2018).closed_until == Day(2018, 12, 31)
    with pytest.raises(InvalidValueError, match="an allocation first"):
        whole(fund, closings=[YearClosing(year=2018, lapsed=1)])


def test_an_earlier_day_takes_nothing_from_a_later_one() -> None:
    """Money recorded for an earlier day is refused where a later day needs it, of an award and of the fund."""
    fund = SIGNED.with_commitment("cloud", 300, on="2019-06-01").with_decommitment("cloud", 200, on="2020-01-01")
    with pytest.raises(OvercommitmentError) as over:
        fund.with_commitment("cloud", 101, on="2019-01-01")
    assert over.value.available == Euros(100)
    assert fund.with_commitment("cloud", 300, on="2020-01-01").committed("cloud") == Euros(400)
    with pytest.raises(OverpaymentError) as paid:
        fund.with_payment("cloud", 101, on="2019-06-01")
    assert paid.value.available == Euros(100)
    again = fund.with_commitment("cloud", 300, on="2020-02-01")
    with pytest.raises(OverpaymentError) as paid:
        again.with_payment("cloud", 101, on="2019-12-31")
    assert (paid.value.available, again.outstanding("cloud")) == (Euros(100), Euros(400))


def test_a_closed_year_stays_as_it_is() -> None:
    """In a closed year nothing is recorded; what it carried over goes on to the next, the rest lapses."""
    spent = SIGNED.with_commitment("cloud", 300, on="2018-10-01")
    assert spent.closed_until is None
    with pytest.raises(InsufficientAllocationError) as over:
        spent.with_closing(2018, carried_over=701)
    assert (over.value.requested, over.value.available) == (Euros(701), Euros(700))
    with pytest.raises(InvalidValueError):
        spent.with_closing(2018, carried_over=-1)
    closed = spent.with_closing(2018, carried_over=50, source_id="act")
    assert closed.closings == (YearClosing(year=2018, lapsed=650, source_id="act"),)
    assert (closed.available("2019-01-01"), closed.closed_until) == (Euros(50), Day(2018, 12, 31))
    for late in (
        lambda: closed.with_commitment("cloud", 1, on="2018-12-31"),
        lambda: closed.with_payment("cloud", 1, on="2018-12-31"),
        lambda: closed.with_decommitment("cloud", 1, on="2018-12-31"),
        lambda: closed.with_allocation_change(1, on="2018-12-31", because="act", source_id="act"),
        lambda: closed.with_closing(2018),
        lambda: closed.with_closing(2017),
    ):
        with pytest.raises(ClosedYearError) as refused:
            late()
        assert refused.value.closed_until == "2018-12-31"
    assert closed.with_payment("cloud", 300, on="2019-01-01").outstanding("cloud") == ZERO
    with pytest.raises(InvalidValueError, match="in the order of the years"):
        whole(spent, closings=[YearClosing(year=2019), YearClosing(year=2018)])


def test_nothing_is_paid_before_the_contract_even_of_nothing() -> None:
    """A payment of zero euros is refused before the contract too, and after it as no movement at all."""
    with pytest.raises(NotContractedError):
        GRANTED.with_payment("cloud", 0, on="2018-10-01")


@pytest.mark.parametrize("amount", [0, "0.00", -1])
def test_a_movement_moves_something(amount: Any) -> None:
    """An entry of nothing, or of less, is refused wherever it is made."""
    with pytest.raises(InvalidValueError, match=r"JournalEntry\.amount: expected an amount above zero"):
        money("payment", amount, "2019-01-01")
    for move in (SIGNED.with_commitment, SIGNED.with_decommitment, SIGNED.with_payment):
        with pytest.raises(InvalidValueError, match="expected an amount above zero"):
            move("cloud", amount, on="2019-01-01")


@pytest.mark.parametrize(
    ("instead", "error"),
    [
        (
            {"entries": [money("commitment", 1, "2018-08-31")]},
            NotContractedError("cloud", "2018-08-31", "2018-09-01", 0),
        ),
        (
            {"entries": [money("commitment", 401, "2019-01-01")]},
            OvercommitmentError("cloud", Euros(401), Euros(400), entry=0),
        ),
        (
            {"entries": [money("payment", 2, "2020-01-01"), money("commitment", 1, "2019-01-01")]},
            OverpaymentError("cloud", Euros(2), Euros(1), 0),
        ),
        (
            {"entries": [money("commitment", 1, "2019-01-01"), money("decommitment", 2, "2019-01-01")]},
            OverpaymentError("cloud", Euros(2), Euros(1), 1),
        ),
        (
            {
                "entries": [money("commitment", 300, "2019-01-01")],
                "allocation": attrs.evolve(ALLOCATION, value=Euros(299)),
            },
            OvercommitmentError("cloud", Euros(300), Euros(299), of_fund=True, entry=0),
        ),
        (
            {"allocation_changes": [AllocationChange(amount=-1001, on="2019-01-01", because="act", source_id="act")]},
            InsufficientAllocationError("fund", Euros(1001), Euros(1000)),
        ),
        (
            {
                "entries": [money("commitment", 300, "2019-01-01")],
                "closings": [YearClosing(year=2019, lapsed=701)],
            },
            InsufficientAllocationError("fund", Euros(701), Euros(700)),
        ),
        (
            {"allocation_changes": [AllocationChange(amount=-1001, on="9999-12-31", because="act", source_id="act")]},
            InsufficientAllocationError("fund", Euros(1001), Euros(1000)),
        ),
    ],
)
def test_what_no_step_gives_no_constructor_takes(instead: dict[str, Any], error: LevierError) -> None:
    """A fund given whole that breaks a rule is refused with the error of the step, and the place of the entry."""
    with pytest.raises(type(error)) as refused:
        whole(SIGNED, **instead)
    assert attrs.asdict(refused.value) == attrs.asdict(error)


def test_published_awards_need_no_money() -> None:
    """An award of no amount, no contract and no call is taken as it is published, as long as no money moves."""
    bare = Award(id="bare", label="Bare")
    assert whole(FUND, awards=[bare]).awards == (bare,)
    entry = JournalEntry(award_id="bare", kind="commitment", amount=1, on="2019-01-01")
    with pytest.raises(NotContractedError):
        whole(FUND, awards=[bare], entries=[entry])


def test_on_one_day_an_allocation_grows_before_it_is_used_and_shrinks_after() -> None:
    """On the day of an increase it can be committed; on the day of a cut what is released can be cut."""
    small = whole(SIGNED, allocation=attrs.evolve(ALLOCATION, value=Euros(100)))
    raised = small.with_allocation_change(100, on="2019-01-01", because="act", source_id="act")
    full = raised.with_commitment("cloud", 200, on="2019-01-01")
    cut = full.with_decommitment("cloud", 150, on="2019-01-01").with_allocation_change(
        -150, on="2019-01-01", because="act", source_id="act"
    )
    assert cut.available("2019-01-01") == ZERO
    assert whole(cut, entries=tuple(cut.entries)) == cut


def test_a_negative_allocation_is_none() -> None:
    """An allocation below zero, or entries that are no sequence, are refused by their field."""
    with pytest.raises(InvalidValueError, match=r"\.allocation: "):
        whole(FUND, allocation=attrs.evolve(ALLOCATION, value=Euros(-1)))
    for entries in ("payment", 3, [3]):
        with pytest.raises(InvalidValueError, match=r"\.entries: expected a sequence of journal entries"):
            whole(FUND, entries=entries)
    assert whole(FUND, entries=Journal()).entries == Journal()


def test_an_unknown_amount_bears_no_commitment() -> None:
    """A journal that commits money for an award published without an amount is refused, and none is said to be left."""
    bare = Award(id="bare", label="Bare", contracted_on="2018-09-01")
    entry = JournalEntry(award_id="bare", kind="commitment", amount=1, on="2019-01-01")
    with pytest.raises(InvalidValueError, match="expected an amount of award 'bare' to commit against, found None"):
        whole(FUND, awards=[bare], entries=[entry])
