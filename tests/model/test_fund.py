"""The fund's journal: nothing before the contract, no commitment beyond the award, no payment beyond what is left."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import (
    InvalidValueError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
    UnknownItemError,
)
from levier.model.awards import Award, Instalment
from levier.model.calls import Application, Call, CallRule, RuleKind
from levier.model.entries import EntryKind, JournalEntry
from levier.model.fund import Fund
from levier.model.journal import Journal
from levier.model.money import ZERO, Euros
from levier.model.organisations import OrganisationKind

CENT = Euros("0.01")
CALL = Call(id="call", label="Call")
AWARD = Award(id="award", label="Award", call_id="call", amount=1000, contracted_on="2018-09-01")
UNSIGNED = Award(id="unsigned", label="No contract", amount=1000)
UNKNOWN = Award(id="unknown", label="No amount", contracted_on="2018-09-01")
FUND = Fund(id="fund", label="Fund", calls=[CALL], awards=[AWARD, UNSIGNED, UNKNOWN])
DAY = "2018-10-01"


def test_money_goes_through_its_life() -> None:
    """What is committed, less what is released, less what is paid, is outstanding; each record gives another fund."""
    committed = FUND.with_commitment("award", 600, on=DAY)
    paid = committed.with_payment("award", "250.50", on="2019-01-01")
    released = paid.with_decommitment("award", Euros(100), on="2019-02-01")
    assert [fund.committed("award") for fund in (FUND, committed, paid, released)] == [
        ZERO,
        Euros(600),
        Euros(600),
        Euros(500),
    ]
    assert [fund.outstanding("award") for fund in (FUND, committed, paid, released)] == [
        ZERO,
        Euros(600),
        Euros("349.50"),
        Euros("249.50"),
    ]
    assert [entry.kind for entry in released.entries] == [
        EntryKind.COMMITMENT,
        EntryKind.PAYMENT,
        EntryKind.DECOMMITMENT,
    ]
    assert FUND.entries == Journal()


@pytest.mark.parametrize(
    ("award", "day", "contracted_on", "said"),
    [
        ("award", "2018-08-31", "2018-09-01", "its contract is dated 2018-09-01"),
        ("unsigned", DAY, "", "it has no contract"),
    ],
)
def test_nothing_is_committed_before_the_contract(award: str, day: str, contracted_on: str, said: str) -> None:
    """Before the day of the contract, or without one, a commitment is refused with both days."""
    with pytest.raises(NotContractedError, match=said) as caught:
        FUND.with_commitment(award, 1, on=day)
    assert (caught.value.award_id, caught.value.asked_on, caught.value.contracted_on) == (award, day, contracted_on)
    assert FUND.with_commitment("award", 1, on="2018-09-01").committed("award") == Euros(1)


def test_a_cent_too_much_is_refused() -> None:
    """The last cent of an award may be committed, and the last cent committed paid or released; one more may not."""
    full = FUND.with_commitment("award", 1000, on=DAY)
    with pytest.raises(OvercommitmentError) as over:
        full.with_commitment("award", CENT, on=DAY)
    assert (over.value.requested, over.value.available) == (CENT, ZERO)
    for spend in (full.with_payment, full.with_decommitment):
        assert spend("award", 1000, on=DAY).outstanding("award") == ZERO
        with pytest.raises(OverpaymentError) as paid:
            spend("award", Euros(1000) + CENT, on=DAY)
        assert paid.value.requested - paid.value.available == CENT


def test_an_unknown_amount_is_no_licence() -> None:
    """Of an award whose amount was not published nothing can be committed, and nobody says that none is left."""
    with pytest.raises(InvalidValueError, match="an amount of award 'unknown' to commit against, found None"):
        FUND.with_commitment("unknown", CENT, on=DAY)


@pytest.mark.parametrize("amount", ["-1", 0.5, "many"])
def test_amounts_are_exact_and_positive(amount: Any) -> None:
    """Less than nothing, a float or a word is no money to record."""
    fund = FUND.with_commitment("award", 600, on=DAY)
    for record in (fund.with_commitment, fund.with_decommitment, fund.with_payment):
        with pytest.raises(InvalidValueError):
            record("award", amount, on=DAY)


@pytest.mark.parametrize("day", ["now", "2019", 3, None])
def test_records_are_dated(day: Any) -> None:
    """A record without a day is refused in our own words."""
    fund = FUND.with_commitment("award", 600, on=DAY)
    for record in (fund.with_commitment, fund.with_decommitment, fund.with_payment):
        with pytest.raises(InvalidValueError, match=r"^Day: expected "):
            record("award", 1, on=day)


def test_unknown_awards_are_refused_by_every_question() -> None:
    """Whatever is asked of an award that the fund does not have, its name is in the refusal."""
    assert FUND.award("award") is AWARD
    for ask in (
        FUND.award,
        FUND.committed,
        FUND.outstanding,
        lambda name: FUND.with_payment(name, 1, on=DAY),
        lambda name: FUND.with_commitment(name, 1, on=DAY),
    ):
        with pytest.raises(UnknownItemError, match="'nobody' is not in the awards of fund 'fund', only 'award', 'un"):
            ask("nobody")
    with pytest.raises(UnknownItemError, match="; did you mean 'award'"):
        FUND.award("awards")


def test_the_same_sum_may_be_paid_twice_on_one_day() -> None:
    """Two equal entries are two movements of money, not one written twice."""
    fund = FUND.with_commitment("award", 10, on=DAY).with_commitment("award", 10, on=DAY)
    assert len(fund.entries) == 2
    assert fund.committed("award") == Euros(20)


@pytest.mark.parametrize(
    ("held", "field", "named"),
    [
        ({"awards": [AWARD]}, "awards", "call"),
        (
            {"applications": [Application(id="a", label="A", call_id="gone", owner_id="o", requested=1, total_cost=1)]},
            "applications",
            "gone",
        ),
        ({"allocation": CENT}, "allocation", CENT),  # an amount without its source
        ({"entries": [JournalEntry(award_id="gone", kind="payment", amount=1, on=DAY)]}, "entries", "gone"),
    ],
)
def test_a_fund_resolves_its_own_names(held: dict[str, Any], field: str, named: Any) -> None:
    """Awards and applications name calls of the fund, entries its awards; what leads nowhere is named."""
    with pytest.raises(InvalidValueError) as caught:
        Fund(id="fund", label="Fund", **held)
    assert (caught.value.field, caught.value.found) == (field, named)
    assert Fund(id="fund", label="Fund", awards=[UNSIGNED]).awards == (UNSIGNED,)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5, unique=True), st.integers(-3, 3))
def test_instalments_make_the_award(cents: list[int], off: int) -> None:
    """Instalments that sum to the award are taken; a cent more or less is refused."""
    instalments = [Instalment(amount=Euros.of_cents(part)) for part in cents]
    amount = Euros.of_cents(max(0, sum(cents) + off))
    if amount == Euros.of_cents(sum(cents)):
        assert Award(id="a", label="A", amount=amount, instalments=instalments).amount == amount
    else:
        with pytest.raises(InvalidValueError, match="instalments that sum to the award"):
            Award(id="a", label="A", amount=amount, instalments=instalments)


GIVEN: dict[str, Any] = {"amount": 0, "share": "0.5", "document": "business case", "owner_kinds": ["ministry"]}
NEEDED = {
    "eligible-owners": "owner_kinds",
    "ceiling": "amount",
    "floor": "amount",
    "co-funding": "share",
    "return": "share",
    "document": "document",
}


@pytest.mark.parametrize("kind", list(RuleKind))
def test_a_rule_gives_what_its_kind_needs(kind: RuleKind) -> None:
    """Each kind of rule is refused without the one thing that it is about, and taken with it; zero euros is a floor."""
    needed = NEEDED[kind]
    assert CallRule(kind=kind, text="x", source_id="s", **{needed: GIVEN[needed]}).kind is kind
    others = {name: value for name, value in GIVEN.items() if name != needed}
    with pytest.raises(InvalidValueError, match=f"a rule of this kind to give its {needed}"):
        CallRule(kind=kind, text="x", source_id="s", **others)


@pytest.mark.parametrize(
    ("kind", "taken", "refused"),
    [
        ("co-funding", ["0.01", "0.5", "1"], ["-0.5", "1.01", "50"]),
        ("return", ["0.5", "1", "3"], ["-0.01", "-3"]),
        ("ceiling", ["0", "1"], ["-1", "2"]),
    ],
)
def test_a_share_is_a_part_unless_it_is_a_return(kind: str, taken: list[str], refused: list[str]) -> None:
    """The fund bears from none to all of a cost; what comes back for a euro may be more, never less than none."""
    rule_of: dict[str, Any] = {"kind": kind, "text": "x", "amount": 1, "source_id": "s"}
    for share in taken:
        assert str(CallRule(**rule_of, share=share).share) == share
    for share in refused:
        with pytest.raises(InvalidValueError, match=r"share: expected a (share|number) "):
            CallRule(**rule_of, share=share)


def test_owner_kinds_are_written_as_text() -> None:
    """Kinds of owners are taken as text, as everywhere; a text alone is no sequence of them."""
    rule_of = {"kind": "eligible-owners", "text": "x", "source_id": "s"}
    assert CallRule(**rule_of, owner_kinds=["ministry"]).owner_kinds == (OrganisationKind.MINISTRY,)
    with pytest.raises(InvalidValueError, match=r"owner_kinds"):
        CallRule(**rule_of, owner_kinds="ministry")


@pytest.mark.parametrize("wrong", ["80", "1.01", "-0.1", 0.8])
@pytest.mark.parametrize("kind", [RuleKind.CO_FUNDING, RuleKind.CEILING])
def test_a_share_of_the_cost_lies_between_zero_and_one(kind: RuleKind, wrong: Any) -> None:
    """80 is no share, and would be kept by every application: where 80 % is meant, 0.8 is written."""
    with pytest.raises(InvalidValueError, match=r"CallRule\.share: expected a "):
        CallRule(kind=kind, text="x", source_id="s", share=wrong, amount=1)


@pytest.mark.parametrize("share", ["0.8", 1, "0.0001"])
def test_a_part_of_the_cost_is_a_share(share: Any) -> None:
    """Any part of the whole, and the whole, is a share."""
    assert CallRule(kind="co-funding", text="x", source_id="s", share=share).share == Decimal(share)


def test_a_return_may_be_more_than_one_for_one() -> None:
    """Two euros a year for one invested is a rule, for a return is no share; less than nothing is none."""
    assert CallRule(kind="return", text="x", source_id="s", share=2).share == 2
    with pytest.raises(InvalidValueError, match=r"CallRule\.share: expected a number of at least 0"):
        CallRule(kind="return", text="x", source_id="s", share=-1)
