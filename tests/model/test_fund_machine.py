"""
A fund asked for anything in any order, beside a model in plain dictionaries.

The model knows no running balance: it goes through every entry of every day again, each time.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import partial
from typing import Any

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from levier import dumps, loads
from levier.budget import ageing_by_award
from levier.errors import (
    AboveCeilingError,
    ClosedYearError,
    InsufficientAllocationError,
    InvalidValueError,
    LevierError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
    OverrecoveryError,
)
from levier.fund import BalanceBy, balance, balances
from levier.model.calls import Application, Call, CallRule
from levier.model.fund import Fund
from levier.model.money import Euros
from levier.model.organisations import Organisation
from levier.model.portfolio import Portfolio
from levier.model.sources import Source, Sourced

CENT = Euros("0.01")
ALLOCATION = 3_000
FIRST_DAY = date(2018, 1, 1)
DELAYS = st.integers(-40, 500)
"""In days, from the first day that is open: most are open too."""
CENTS = st.integers(0, 1_500)
PARTS = st.integers(0, 400)
PLACES = st.integers(0, 10)
SIGNS = {"commitment": 1, "decommitment": -1, "payment": 0, "recovery": 0}
REACHED: Counter[tuple[str, str]] = Counter()
"""How often each step ended in what, over all lives."""


def lawful(model: dict[str, Any]) -> bool:
    """Say whether, on no day and after no entry, money moved that was not there."""
    moves = [(day, 0 if cents > 0 else 2, cents, None) for day, cents in model["limit"]]
    moves += [(day, 1, cents, (award, kind)) for award, kind, cents, day in model["entries"]]
    left, committed, paid, unpaid, back = 0, Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for day, _, cents, what in sorted(moves, key=lambda move: move[:2]):
        if what is None:
            left += cents
        else:
            award, kind = what
            committed[award] += SIGNS[kind] * cents
            left -= SIGNS[kind] * cents
            paid[award] += {"payment": cents, "recovery": -cents}.get(kind, 0)
            pour(unpaid, back, award, kind, cents)
            granted = model["awards"][award]
            if committed[award] > granted["cents"] or granted["contract"] is None or day < granted["contract"]:
                return False
        pots = (paid, unpaid, back)
        if left < 0 or any(pot[name] < 0 or paid[name] > committed[name] for pot in pots for name in model["awards"]):
            return False
    return True


def pour(unpaid: Counter[str], back: Counter[str], award: str, kind: str, cents: int) -> None:
    """Fill and empty two pots: what remains to be paid, and what came back; a decommitment empties the second first."""
    released = min(cents, back[award]) if kind == "decommitment" else 0
    back[award] += (cents if kind == "recovery" else 0) - released
    unpaid[award] += {"commitment": cents, "payment": -cents, "decommitment": released - cents}.get(kind, 0)


def poured(entries: list[tuple[str, str, int, date]], until: date) -> tuple[Counter[str], Counter[str]]:
    """Return the two pots at the end of a day."""
    unpaid, back = Counter[str](), Counter[str]()
    for award, kind, cents, on in sorted(entries, key=lambda one: one[3]):
        if on <= until:
            pour(unpaid, back, award, kind, cents)
    return unpaid, back


class FundLife(RuleBasedStateMachine):
    """What the model allows is done and gives what the model gives; what it forbids is refused and changes nothing."""

    @initialize()
    def start(self) -> None:
        """Begin with an allocation, and two awards of one call under contract, on both sides."""
        allocation = Sourced(value=Euros.of_cents(ALLOCATION), source_id="act")
        self.fund = Fund(id="f", label="F", allocation=allocation)
        self.model: dict[str, Any] = {
            "calls": {},
            "applications": {},
            "awards": {},
            "entries": [],
            "limit": [(date.min, ALLOCATION)],
            "closed": date.min,
        }
        self.earlier: list[tuple[Fund, int, dict[str, int]]] = []
        self.open_call(1_200)
        for place in range(2):
            self.apply(0, 1_000)
            self.decide(place, 1_000, place)
            self.contract(place, 10 * place)

    def day(self, delay: int) -> date:
        """Return the day so long after the last that is closed."""
        return max(FIRST_DAY, self.model["closed"]) + timedelta(delay)

    def ask(self, named: str, step: Any, *, allowed: bool) -> LevierError | None:
        """Take a step, which the model allows or not; a refusal leaves an equal fund behind."""
        before = self.fund
        fields = {field.name: getattr(before, field.name) for field in attrs.fields(Fund)}
        self.earlier.append((before, len(before.entries), self.committed()))
        refused: LevierError | None = None
        try:
            self.fund = step(before)
        except LevierError as error:
            refused = error
        assert allowed is (refused is None), refused
        assert {name: getattr(before, name) for name in fields} == fields
        REACHED[named, "done" if refused is None else type(refused).__name__] += 1
        return refused

    def committed(self) -> dict[str, int]:
        """Return what the model has committed, in cents, by award."""
        sums: Counter[str] = Counter()
        for award, kind, cents, _ in self.model["entries"]:
            sums[award] += SIGNS[kind] * cents
        return {award: sums[award] for award in self.model["awards"]}

    def one_of(self, named: str, place: int) -> str | None:
        """Return one of the things that the model has."""
        names = list(self.model[named])
        return names[place % len(names)] if names else None

    @precondition(lambda self: len(self.model["calls"]) < 3)
    @rule(ceiling=st.none() | st.integers(200, 2_000))
    def open_call(self, ceiling: int | None) -> None:
        """Open a call, with or without a ceiling."""
        name = f"call-{len(self.model['calls'])}"
        rules = []
        if ceiling is not None:
            rules.append(CallRule(kind="ceiling", text="at most", amount=Euros.of_cents(ceiling), source_id="act"))
        self.ask("open", lambda fund: fund.with_call(Call(id=name, label="Call", rules=rules)), allowed=True)
        self.model["calls"][name] = ceiling

    @precondition(lambda self: len(self.model["applications"]) < 6)
    @rule(call=PLACES, requested=CENTS)
    def apply(self, call: int, requested: int) -> None:
        """Apply to a call."""
        to = self.one_of("calls", call)
        if to is not None:
            name = f"application-{len(self.model['applications'])}"
            asked = Application(
                id=name,
                label="A",
                call_id=to,
                owner_id=f"owner-{requested % 3}",
                requested=Euros.of_cents(requested),
                total_cost=Euros.of_cents(2 * requested),
            )
            self.ask("apply", lambda fund: fund.with_application(asked), allowed=True)
            self.model["applications"][name] = to

    @rule(application=PLACES, cents=CENTS, delay=DELAYS)
    def decide(self, application: int, cents: int, delay: int) -> None:
        """Grant an application, once, within the ceiling of its call."""
        name = self.one_of("applications", application)
        if name is None:
            return
        ceiling = self.model["calls"][self.model["applications"][name]]
        fits, again = ceiling is None or cents <= ceiling, name in self.model["awards"]
        amount, day = Euros.of_cents(cents), self.day(delay).isoformat()
        error = self.ask("decide", lambda fund: fund.with_award(name, amount, on=day), allowed=fits and not again)
        if error is None:
            self.model["awards"][name] = {"cents": cents, "contract": None}
        elif fits:
            assert isinstance(error, InvalidValueError)
        else:
            assert isinstance(error, AboveCeilingError)
            assert (error.requested, error.available) == (amount, Euros.of_cents(ceiling))

    @rule(award=PLACES, delay=DELAYS)
    def contract(self, award: int, delay: int) -> None:
        """Sign the contract of an award, once."""
        name = self.one_of("awards", award)
        if name is not None:
            granted, day = self.model["awards"][name], self.day(delay)
            error = self.ask(
                "contract", lambda fund: fund.with_contract(name, on=day), allowed=granted["contract"] is None
            )
            if error is None:
                granted["contract"] = day

    @rule(award=PLACES, cents=PARTS | CENTS, delay=DELAYS)
    def commit(self, award: int, cents: int, delay: int) -> None:
        """Commit money."""
        self.record("commitment", award, cents, self.day(delay))

    @rule(award=PLACES, cents=PARTS, delay=DELAYS)
    def commit_a_part(self, award: int, cents: int, delay: int) -> None:
        """Commit a little."""
        self.record("commitment", award, cents, self.day(delay))

    @rule(award=PLACES, cents=PARTS, delay=DELAYS)
    def pay(self, award: int, cents: int, delay: int) -> None:
        """Pay money."""
        self.record("payment", award, cents, self.day(delay))

    @rule(award=PLACES, cents=PARTS, delay=DELAYS)
    def release(self, award: int, cents: int, delay: int) -> None:
        """Release money."""
        self.record("decommitment", award, cents, self.day(delay))

    @rule(award=PLACES, cents=PARTS, delay=DELAYS)
    def recover(self, award: int, cents: int, delay: int) -> None:
        """Have money come back."""
        self.record("recovery", award, cents, self.day(delay))

    @rule(award=PLACES, cents=st.integers(1, 60), days=st.tuples(DELAYS, DELAYS, DELAYS))
    def recover_and_release(self, award: int, cents: int, days: tuple[int, int, int]) -> None:
        """Commit, pay, have it back and release it, on days in any order."""
        first, *later = days
        self.record("commitment", award, cents, self.day(first))
        for kind, delay in zip(("payment", "recovery", "decommitment"), (first, *later), strict=True):
            self.record(kind, award, cents, self.day(delay))

    def record(self, kind: str, award: int, cents: int, day: date) -> None:
        """Ask for an entry; of a refusal for want of money, a cent more than was there is too much, and that is not."""
        name = self.one_of("awards", award)
        if name is None:
            return
        method = {
            "commitment": Fund.with_commitment,
            "payment": Fund.with_payment,
            "decommitment": Fund.with_decommitment,
            "recovery": partial(Fund.with_recovery, because="paid in error"),
        }[kind]
        is_open = day > self.model["closed"]
        error = self.ask(
            kind,
            lambda fund: method(fund, name, Euros.of_cents(cents), on=day),
            allowed=is_open and cents > 0 and self.could(name, kind, cents, day),
        )
        if error is None:
            self.model["entries"].append((name, kind, cents, day))
        elif isinstance(error, InvalidValueError):
            assert cents == 0
        elif not is_open:
            assert isinstance(error, ClosedYearError | NotContractedError)
        elif isinstance(error, OvercommitmentError | OverpaymentError | OverrecoveryError):
            assert error.requested == Euros.of_cents(cents)
            assert not self.could(name, kind, error.available.cents + 1, day)
            if self.model["awards"][name]["contract"] is not None and day >= self.model["awards"][name]["contract"]:
                assert self.could(name, kind, error.available.cents, day) or isinstance(error, OvercommitmentError)
        else:
            assert isinstance(error, NotContractedError)

    def could(self, name: str, kind: str, cents: int, day: date) -> bool:
        """Say whether the model has the money for an entry."""
        entries = [*self.model["entries"], (name, kind, cents, day)]
        return lawful({**self.model, "entries": entries})

    @rule(cents=st.integers(-2_000, 2_000).filter(bool), delay=DELAYS)
    def reallocate(self, cents: int, delay: int) -> None:
        """Raise or cut the allocation."""
        day = self.day(delay)
        limit = [*self.model["limit"], (day, cents)]
        is_open = day > self.model["closed"]
        error = self.ask(
            "reallocate",
            lambda fund: fund.with_allocation_change(Euros.of_cents(cents), on=day, because="act", source_id="act"),
            allowed=is_open and lawful({**self.model, "limit": limit}),
        )
        if error is None:
            self.model["limit"] = limit
        elif is_open:
            assert isinstance(error, InsufficientAllocationError)
            shorter = [*self.model["limit"], (day, -error.available.cents)]
            assert error.requested == Euros.of_cents(-cents)
            assert lawful({**self.model, "limit": shorter})
            assert not lawful({**self.model, "limit": [*self.model["limit"], (day, -error.available.cents - 1)]})
        else:
            assert isinstance(error, ClosedYearError)

    @precondition(lambda self: self.model["entries"])
    @rule(late=st.sampled_from([0, 0, 0, 1]), kept=st.none() | st.integers(0, 4_000))
    def close(self, late: int, kept: int | None) -> None:
        """Close the first year that is open, or one that is closed: carry some of what is left over, or all."""
        year = max(2018, self.model["closed"].year + 1) - late
        day = date(year, 12, 31)
        left = self.fund.available(day)
        assert left is not None
        is_open, enough = day > self.model["closed"], kept is None or kept <= left.cents
        carried = None if kept is None else Euros.of_cents(kept)
        error = self.ask(
            "close", lambda fund: fund.with_closing(year, carried_over=carried), allowed=is_open and enough
        )
        if error is None:
            lapsed = 0 if kept is None else left.cents - kept
            self.model["limit"] = [*self.model["limit"], (day, -lapsed)]
            self.model["closed"] = day
            assert self.fund.available(day) == (left if carried is None else carried)
        else:
            assert isinstance(error, InsufficientAllocationError if is_open else ClosedYearError)

    @invariant()
    def balances_agree(self) -> None:
        """What the fund says of each award is what the entries of the model add up to."""
        for award, cents in self.committed().items():
            paid, recovered = (
                sum(e[2] for e in self.model["entries"] if e[:2] == (award, kind)) for kind in ("payment", "recovery")
            )
            unpaid, back = (pot[award] for pot in poured(self.model["entries"], date.max))
            assert self.fund.committed(award).cents == cents
            assert (self.fund.paid(award).cents, self.fund.recovered(award).cents) == (paid, recovered)
            assert self.fund.outstanding(award).cents == unpaid
            assert 0 <= unpaid <= unpaid + back == cents - paid + recovered <= cents
            assert recovered <= paid
            assert cents <= self.model["awards"][award]["cents"]

    @invariant()
    def money_is_conserved(self) -> None:
        """However the journal is divided, its parts are the whole, on any day; and the whole is what the model has."""
        for day in (None, date(2019, 6, 14), date(2020, 12, 31)):
            whole = balance(self.fund, as_of=day)
            sums: Counter[str] = Counter()
            for _, kind, cents, on in self.model["entries"]:
                sums[kind] += cents if day is None or on <= day else 0
            found = whole.committed.cents, whole.decommitted.cents, whole.paid.cents, whole.recovered.cents
            assert found == (sums["commitment"], sums["decommitment"], sums["payment"], sums["recovery"])
            assert whole.net == whole.net_paid + whole.to_release + whole.outstanding
            unpaid, back = poured(self.model["entries"], day or date.max)
            assert (whole.outstanding.cents, whole.to_release.cents) == (unpaid.total(), back.total())
            assert min(whole.outstanding, whole.to_release, whole.net_paid) >= Euros(0)
            if day is not None:
                aged = ageing_by_award(self.fund, as_of=day)
                assert Euros.total(vintage.amount for vintage in aged) == whole.outstanding
            for by in (BalanceBy.AWARD, BalanceBy.CALL, BalanceBy.OWNER, BalanceBy.YEAR):
                parts = balances(self.fund, by=by, as_of=day)
                assert Euros.total(part.outstanding for part in parts) == whole.outstanding
                assert Euros.total(part.paid for part in parts) == whole.paid
                assert Euros.total(part.to_release for part in parts) == whole.to_release
                assert Euros.total(part.net_paid for part in parts) == whole.net_paid

    def teardown(self) -> None:
        """Every earlier fund is as it was, and the last one is accepted whole, as a value and as a document."""
        for fund, length, committed in self.earlier:
            assert len(fund.entries) == length == len(tuple(fund.entries))
            assert {name: fund.committed(name).cents for name in committed} == committed
        fields = {field.name: getattr(self.fund, field.name) for field in attrs.fields(Fund)}
        assert Fund(**{**fields, "entries": tuple(self.fund.entries)}) == self.fund
        owners = [Organisation(id=f"owner-{number}", label="O", kind="other") for number in range(3)]
        plan = Portfolio.of(self.fund, Source(id="act", title="Act"), *owners)
        assert loads(dumps(plan)) == plan


TestFundLife = pytest.mark.slow(FundLife.TestCase)
TestFundLife.settings = settings(max_examples=400, stateful_step_count=50, deadline=None)
TestFundLife.__doc__ = "No sequence of steps, allowed or refused, breaks a fund: 400 lives of up to 50 steps."


@pytest.mark.slow
def test_every_outcome_was_reached() -> None:
    """The lives above did everything, and were refused everything that can be, many times over."""
    if not REACHED:
        pytest.skip("the lives did not run")
    money = ("commitment", "payment", "decommitment", "recovery")
    wanted = {(named, "done") for named in ("open", "apply", "decide", "contract", "reallocate", "close", *money)}
    wanted |= {("decide", "AboveCeilingError"), ("decide", "InvalidValueError"), ("contract", "InvalidValueError")}
    wanted |= {("commitment", "NotContractedError"), ("commitment", "OvercommitmentError")}
    wanted |= {("payment", "OverpaymentError"), ("decommitment", "OverpaymentError")}
    wanted |= {("recovery", "OverrecoveryError")}
    wanted |= {(named, "ClosedYearError") for named in (*money, "reallocate", "close")}
    wanted |= {("reallocate", "InsufficientAllocationError"), ("close", "InsufficientAllocationError")}
    assert {outcome: REACHED[outcome] for outcome in wanted if REACHED[outcome] < 10} == {}
    assert sum(REACHED[named, "done"] for named in money) > 1_000
