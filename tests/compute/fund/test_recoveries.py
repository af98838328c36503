"""Money that came back: what each question about a fund says of it."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import astuple, evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import Award, Fund, Organisation, Portfolio, Saving, Source, Sourced, dumps, loads
from levier.budget import Vintage, ageing_by_award
from levier.display.markdown import to_markdown
from levier.display.report import report
from levier.errors import InvalidValueError, NotContractedError, OverpaymentError, OverrecoveryError
from levier.fund import (
    Balance,
    Delay,
    FundYear,
    JournalEntry,
    apply,
    balance,
    balances,
    compare_funds,
    fund_years,
    returns,
)
from levier.history import difference, merge
from levier.model.entries import EntryKind
from levier.model.money import Euros
from levier.rules import check
from levier.serialization import ndjson

SOURCE = Source(id="act", title="Act", published_on="2018-01-01")
GIVEN = {"kind": "achieved", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "act"}


def spent(**more: Any) -> Fund:
    """Return a fund that commits 60 and 40 for one award and pays 70, before any money comes back."""
    award = Award(id="a", label="Cloud", owner_id="dinum", amount=100, contracted_on="2018-09-01")
    fund = Fund(id="f", label="Fonds", awards=[award], **more)
    fund = fund.with_commitment("a", 60, on="2018-10-01").with_commitment("a", 40, on="2019-01-15")
    return fund.with_payment("a", 70, on="2019-06-01")


def plan(fund: Fund) -> Portfolio:
    """Return a portfolio of a fund."""
    return Portfolio.of(fund, SOURCE, Organisation(id="dinum", label="DINUM", kind="central-administration"))


BACK = spent().with_recovery("a", 25, on="2020-03-01", because="jalon non atteint")


def test_a_recovery_reopens_nothing() -> None:
    """What came back is not paid, is not to be paid again, and stays committed until a decommitment releases it."""
    assert (BACK.committed("a"), BACK.paid("a"), BACK.recovered("a")) == (Euros(100), Euros(70), Euros(25))
    assert BACK.outstanding("a") == Euros(30)
    with pytest.raises(OverpaymentError) as error:
        BACK.with_payment("a", 31, on="2020-04-01")
    assert error.value.available == Euros(30)
    released = BACK.with_decommitment("a", 25, on="2020-04-01")
    assert (released.committed("a"), released.outstanding("a")) == (Euros(75), Euros(30))
    assert released.with_commitment("a", 25, on="2020-05-01").outstanding("a") == Euros(55)


def test_what_is_released_is_available_again() -> None:
    """A recovery leaves the allocation as it is; its decommitment gives back to it."""
    allocation = Sourced(value=Euros(100), source_id="act")
    fund = spent(allocation=allocation).with_recovery("a", 25, on="2020-03-01", because="x")
    assert fund.available("2020-03-01") == Euros(0)
    assert fund.with_decommitment("a", 55, on="2020-04-01").available("2020-04-01") == Euros(55)
    with pytest.raises(OverpaymentError) as error:
        fund.with_decommitment("a", 56, on="2020-04-01")
    assert error.value.available == Euros(55)


@pytest.mark.parametrize(("amount", "on", "available"), [(71, "2020-03-01", 70), (1, "2019-05-31", 0)])
def test_no_more_comes_back_than_was_paid(amount: int, on: str, available: int) -> None:
    """More than was paid by a day does not come back on it."""
    with pytest.raises(OverrecoveryError) as error:
        spent().with_recovery("a", amount, on=on, because="x")
    assert (error.value.requested, error.value.available) == (Euros(amount), Euros(available))


def test_a_later_recovery_counts_before_an_earlier_one() -> None:
    """A recovery recorded late, for a day before another, leaves enough for that one."""
    assert BACK.with_recovery("a", 45, on="2019-07-01", because="x").recovered("a") == Euros(70)
    with pytest.raises(OverrecoveryError) as error:
        BACK.with_recovery("a", 46, on="2019-07-01", because="x")
    assert error.value.available == Euros(45)


@pytest.mark.parametrize("because", ["", "  ", "\t", None, 3])
def test_a_recovery_has_a_reason(because: Any) -> None:
    """A recovery without a reason in words is refused, by its name."""
    with pytest.raises(InvalidValueError, match="because"):
        spent().with_recovery("a", 1, on="2020-01-01", because=because)


def test_a_whole_journal_is_held_to_it() -> None:
    """A journal given whole may not bring back more than was paid; the error names the entry."""
    back = JournalEntry(award_id="a", kind="recovery", amount=71, on="2020-01-01")
    with pytest.raises(OverrecoveryError) as error:
        evolve(spent(), entries=[*spent().entries, back])
    assert astuple(error.value) == ("a", Euros(71), Euros(70), 3)
    bare = Fund(id="f", label="F", awards=[Award(id="a", label="A")])
    with pytest.raises(OverrecoveryError):
        evolve(bare, entries=[back])
    with pytest.raises(NotContractedError):
        evolve(bare, entries=[evolve(back, kind="commitment")])


def test_other_awards_are_left_alone() -> None:
    """A recovery of one award changes nothing of another, whose decommitments release what is not paid."""
    other = Award(id="b", label="Data", amount=100, contracted_on="2018-09-01")
    fund = evolve(BACK, awards=[*BACK.awards, other]).with_commitment("b", 50, on="2019-01-01")
    fund = fund.with_decommitment("b", 20, on="2020-04-01").with_decommitment("a", 10, on="2020-04-01")
    assert (fund.outstanding("a"), fund.outstanding("b")) == (Euros(30), Euros(30))
    assert fund.entries.released_recoveries() == {len(fund.entries) - 1: Euros(10)}
    assert [one.to_release for one in balances(fund)] == [Euros(15), Euros(0)]


def test_balances_say_gross_and_net() -> None:
    """A balance gives what was paid, what came back, the rest, and what is still to be released."""
    released = BACK.with_decommitment("a", 35, on="2021-02-01")
    whole = Balance(
        key="f", committed=Euros(100), decommitted=Euros(35), paid=Euros(70), recovered=Euros(25), closed=Euros(25)
    )
    assert balance(released) == whole
    assert (whole.net, whole.net_paid, whole.outstanding, whole.to_release) == tuple(map(Euros, (65, 45, 20, 0)))
    assert balance(released, as_of="2020-12-31").to_release == Euros(25)
    assert balance(released, as_of="2020-02-28").recovered == Euros(0)
    assert [one.outstanding for one in balances(released, by="year")] == [Euros(60), Euros(-30), Euros(0), Euros(-10)]
    assert [one.net_paid for one in balances(released, by="year")] == [Euros(0), Euros(70), Euros(-25), Euros(0)]
    assert [(one.key, one.to_release) for one in balances(BACK, by="owner")] == [("dinum", Euros(25))]


def test_ageing_ignores_what_came_back() -> None:
    """The oldest commitments stay settled; a release takes of them only what is beyond the recovery."""
    assert ageing_by_award(BACK, as_of="2020-12-31") == (Vintage(year=2019, amount=Euros(30)),)
    released = BACK.with_decommitment("a", 35, on="2020-04-01")
    assert ageing_by_award(released, as_of="2020-12-31") == (Vintage(year=2019, amount=Euros(20)),)


def test_payments_by_year() -> None:
    """A year shows what it paid and what came back in it, of whichever year the payment was."""
    by_year = {row.year: row for row in fund_years(BACK)}
    assert by_year[2019] == FundYear(year=2019, committed=Euros(40), paid=Euros(70))
    assert by_year[2020] == FundYear(year=2020, recovered=Euros(25))
    assert by_year[2020].net_paid == Euros(-25)
    (changed,) = (row for row in compare_funds(spent(), BACK) if row.is_changed)
    assert (changed.change("recovered"), changed.change("net_paid")) == (Euros(25), Euros(-25))


def test_a_return_is_over_what_was_paid_in_the_end() -> None:
    """A return on payments names the net cost, with what was paid and what came back; one on commitments does not."""
    fund = evolve(BACK, savings=[Saving(award_id="a", amount=90, **GIVEN)])
    found = returns(plan(fund), "f", savings="achieved", cost="paid")
    assert found.denominator.value == Euros(45)
    assert found.value == 2
    assert found.explain("en") == (
        "2.00 = €90 of achieved savings (recurrent) / €45 paid by the fund for 1 award, net of recoveries "
        "(€70 paid − €25 recovered)"
    )
    assert "45 € payés par le fonds pour 1 projet lauréat, nets des recouvrements (70 € payés − 25 € recouvrés)" in (
        found.explain("fr").replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    )
    assert returns(plan(fund), "f", savings="achieved", cost="fund").denominator.value == Euros(100)
    before = returns(plan(fund), "f", savings="achieved", cost="paid", as_of="2019-12-31")
    assert before.denominator.value == Euros(70)
    assert "net" not in before.explain("en")


def test_a_return_on_payments_that_all_came_back() -> None:
    """Over payments that all came back there is no return, and no division by zero."""
    fund = spent().with_recovery("a", 70, on="2020-01-01", because="x")
    fund = evolve(fund, savings=[Saving(award_id="a", amount=90, **GIVEN)])
    found = returns(plan(fund), "f", savings="achieved", cost="paid")
    assert found.value is None
    assert found.denominator.label.say("en") == "payments of the fund for 1 award, net of recoveries"


def test_a_scenario_moves_recoveries_with_their_award() -> None:
    """A delay moves a recovery as it moves the other entries of its award."""
    later = apply(BACK, Delay(months=6)).fund
    assert [(str(one.on), one.because) for one in later.entries if one.kind is EntryKind.RECOVERY] == [
        ("2020-09-01", "jalon non atteint")
    ]


def test_the_report_shows_what_came_back_where_some_did() -> None:
    """The table of awards has a column of recoveries only where there is one by the day of the report."""
    for lang, head in (("en", "Recovered"), ("fr", "Recouvré")):
        assert f" {head} |" in to_markdown(report(plan(BACK), as_of="2020-12-31", lang=lang))
        assert f" {head} |" not in to_markdown(report(plan(BACK), as_of="2020-02-28", lang=lang))


def test_a_commitment_that_counts_what_came_back_is_found() -> None:
    """The rule names the award and what is still committed, from the day of the recovery to that of the release."""
    released = BACK.with_decommitment("a", 20, on="2020-04-01")

    def found(as_of: str) -> list[str]:
        held = check(plan(released), as_of=as_of)
        return [one.sentence("en") for one in held if one.rule == "recovery-not-released"]

    assert found("2020-02-28") == []
    assert found("2020-03-01") == ["€25 came back for 'Cloud' and is still committed."]
    assert found("2020-04-01") == ["€5 came back for 'Cloud' and is still committed."]


def test_it_travels() -> None:
    """A recovery and its reason survive documents, differences and merges, and are unknown before their day."""
    old, new = plan(spent()), plan(BACK)
    assert loads(dumps(new)) == new
    assert ndjson.loads(ndjson.dumps(new)) == new
    change = difference(old, new)
    assert change.applied_to(old) == new
    assert "recovery" in change.explain("en")
    assert "recouvrement" in change.explain("fr")
    assert merge(new, old).portfolio == new
    assert new.as_of("2020-02-28").funds["f"].entries == spent().entries


@given(
    st.lists(st.tuples(st.sampled_from(list(EntryKind)), st.integers(1, 60), st.integers(0, 3000)), max_size=14),
    st.integers(0, 3000),
)
def test_nothing_is_ever_below_zero(drawn: list[tuple[EntryKind, int, int]], on: int) -> None:
    """Of entries in any order of days, those that a fund takes leave no amount below zero, on any day."""
    award = Award(id="a", label="A", amount=100, contracted_on="2018-01-01")
    fund = Fund(id="f", label="F", awards=[award])
    first = award.contracted_on
    assert first is not None
    for kind, cents, days in drawn:
        entry = JournalEntry(award_id="a", kind=kind, amount=Euros.of_cents(cents * 100), on=first.add(days=days))
        try:
            fund = evolve(fund, entries=[*fund.entries, entry])
        except (OverpaymentError, OverrecoveryError, ValueError):
            continue
    for day in (None, first.add(days=on)):
        held = balance(fund, as_of=day)
        amounts = (held.net, held.paid, held.net_paid, held.recovered, held.closed, held.outstanding, held.to_release)
        assert min(amounts) >= Euros(0)
        assert held.net == held.net_paid + held.to_release + held.outstanding <= Euros(100)
