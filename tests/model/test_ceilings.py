"""Ceilings: what is found in one pass over awards and rules is what asking each award gives."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from levier.model._ceilings import awards_above
from levier.model.awards import Award
from levier.model.calls import Call, CallRule, RuleKind
from levier.model.money import Euros
from levier.model.organisations import OrganisationKind

PERIODS = st.sampled_from(
    [None, "2018", "2018-06", "2018-06-15", "2018/2019", "2018/..", "2019", "2019-01-01", "2018-06/2019-01", "9999/.."]
)
AMOUNTS = st.integers(0, 4)


def rule(kind: RuleKind, amount: int, period: str | None, owners: list[OrganisationKind]) -> CallRule:
    """Return a rule of a call, complete whatever its kind."""
    needed: dict[str, Any] = {"amount": amount, "owner_kinds": owners}
    return CallRule(kind=kind, text="x", period=period, source_id="s", **needed)


RULES = st.builds(
    rule,
    st.sampled_from([RuleKind.CEILING, RuleKind.CEILING, RuleKind.FLOOR]),
    AMOUNTS,
    PERIODS,
    st.sampled_from([[], [], [OrganisationKind.OPERATOR]]),
)


@given(st.lists(RULES, max_size=12), st.lists(st.tuples(st.none() | AMOUNTS, PERIODS), max_size=12), PERIODS, PERIODS)
def test_awards_above_a_ceiling_are_those_that_their_call_says(
    rules: list[CallRule], given_awards: list[tuple[int | None, str | None]], opened: str | None, decided: str | None
) -> None:
    """Whatever the periods and the amounts, an award is above a ceiling exactly if that of its call is lower."""
    call = Call(id="c", label="C", opened_on=opened, decided_on=decided, rules=rules)
    awards = [
        Award(id=f"a-{number}", label="A", call_id="c", amount=amount, decided_on=period)
        for number, (amount, period) in enumerate(given_awards)
    ]
    expected = {
        award.id
        for award in awards
        if award.amount is not None
        and (ceiling := call.ceiling(on=award.decided_on)) is not None
        and award.amount > ceiling
    }
    assert {award.id for award in awards_above(call, awards)} == expected


def test_a_ceiling_is_asked_at_the_decision_or_else_at_the_opening() -> None:
    """Where no time is given, the day of the decision counts; where nothing was decided, the opening does."""
    rule = CallRule(kind="ceiling", text="3 M€", amount=3_000_000, period="2023/..", source_id="s")
    about = {"id": "c", "label": "C", "rules": [rule]}
    assert Call(**about, opened_on="2023-02").ceiling() == Euros(3_000_000)
    assert Call(**about, opened_on="2022-02").ceiling() is None
    assert Call(**about, opened_on="2022-02", decided_on="2023-07").ceiling() == Euros(3_000_000)
    assert Call(**about).ceiling() is None


def test_of_two_ceilings_the_lower_one_counts() -> None:
    """One of 2 and one of 3, one for June and one for the year: 4 is above both, 3 where the one of 2 holds."""
    for low, high in (("2018-06", "2018"), ("2018", "2018-06")):
        rules = [rule(RuleKind.CEILING, amount, period, []) for amount, period in ((2, low), (3, high))]
        call = Call(id="c", label="C", rules=rules)
        awards = [
            Award(id=f"{month}-{amount}", label="A", call_id="c", amount=amount, decided_on=f"2018-{month}")
            for month in ("05", "06")
            for amount in (2, 3, 4)
        ]
        expected = {"06-3", "06-4", "05-4"} | ({"05-3"} if low == "2018" else set())
        assert {award.id for award in awards_above(call, awards)} == expected
