"""How many decimals of a number are shown, and which numbers look the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.compute.exact import rounded, written
from levier.wording.shown import cents_shown, decimals_of, decimals_shown, reads_alike


@given(st.integers(-(10**12), 10**12), st.integers(0, 12), st.none() | st.integers(0, 6))
def test_decimals_are_those_stated_or_two(digits: int, places: int, stated: int | None) -> None:
    """A number shows the decimals stated, or its own where these are at most two."""
    number = Decimal(f"{digits}E-{places}")
    shown = decimals_shown(number, stated)
    assert shown == (min(places, 2) if stated is None else stated)
    assert decimals_of(number) == places
    assert len(written(rounded(number, shown)).partition(".")[2]) == shown


@pytest.mark.parametrize(("amount", "decimals"), [("12", 0), ("12.50", 2), ("12.001", 0), ("12.999", 0), ("-0.01", 2)])
def test_euros_show_cents_or_none(amount: str, decimals: int) -> None:
    """An amount shows two decimals, or none where it has no cents."""
    assert cents_shown(Decimal(amount)) == decimals


def test_numbers_that_read_alike() -> None:
    """Two numbers read alike where they differ and their digits shown do not; equal ones do not count."""
    assert reads_alike(Decimal("49.996"), Decimal(50))
    assert not reads_alike(Decimal("49.996"), Decimal(50), 3)
    assert not reads_alike(Decimal("50.0"), Decimal(50))
