"""Amounts that say what they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from levier import MissingReason
from levier.budget import Amount
from levier.compute.budget.amounts import absent, combined
from levier.wording.values import Name


def known(value: int) -> Amount:
    """Return a known amount."""
    return Amount.of(value, fr=f"n{value}", en=f"n{value}")


GAP = absent(MissingReason.NOT_PUBLISHED, Name("", "gelés", "frozen"), detail="secret")


@given(st.lists(st.integers(-(10**9), 10**9), max_size=6), st.lists(st.integers(-(10**9), 10**9), max_size=6))
def test_amounts_add_up(plus: list[int], minus: list[int]) -> None:
    """A combination is the sum of one side less the sum of the other, by plain integers."""
    found = combined(map(known, plus), map(known, minus), label=Name("s"))
    assert found.value is not None
    assert found.value.cents == 100 * (sum(plus) - sum(minus))


def test_one_missing_part_makes_the_whole_missing() -> None:
    """What is missing is named, once, however deep it stands; a known amount gives no reason."""
    first = combined([known(1), GAP], label=Name("", "premier", "first"))
    second = combined([first, GAP], [known(2)], label=Name("second"))
    assert second.value is None
    assert second.reason is MissingReason.INCOMPLETE
    assert second.explain("en") == "second: a part is missing (frozen: not published (secret))"
    assert second.explain("fr") == "second\u00a0: donnée incomplète (gelés\u00a0: non publié (secret))"
    assert known(1).why.say("fr") == ""


def test_an_amount_can_be_renamed() -> None:
    """Another name changes the words alone."""
    renamed = known(5).named(Name("", "cinq", "five"))
    assert (renamed.value, renamed.explain("fr"), renamed.explain("en")) == (known(5).value, "5\u00a0€ cinq", "€5 five")
