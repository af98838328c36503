"""What formulas take as a number, and as a share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from levier import Quantity, statistics
from levier.compute.budget.verdicts import LegalRule
from levier.compute.exact import as_number
from levier.compute.indicators.alerts import Thresholds
from levier.errors import InvalidValueError
from levier.wording.messages import message


@pytest.mark.parametrize("zero", [Decimal("-0.0"), "-0", Decimal("-0E-7"), Quantity.exact("-0.0", "%")])
def test_zero_is_taken_without_its_sign(zero: Any) -> None:
    """A number that formulas take is never minus zero, whatever it was given as."""
    found = as_number(zero, "x", "y")
    assert found == 0
    assert not found.is_signed()
    assert as_number(None, "x", "y") is None


@pytest.mark.parametrize("odd", [Decimal("NaN"), "Infinity", 0.5, True, "x", Decimal("1E+1000"), "1E-1001"])
def test_what_is_no_number_is_refused(odd: Any) -> None:
    """A float, a truth, words, what is not finite and what is as long as a novel is refused by name."""
    with pytest.raises(InvalidValueError, match=r"^x\.y: expected a finite exact number"):
        as_number(odd, "x", "y")


@pytest.mark.parametrize("wrong", ["80", "-0.01", "1.0001", 0.5, Decimal("NaN"), None])
def test_a_share_lies_between_zero_and_one(wrong: Any) -> None:
    """A percentage, a negative number, a float and nothing are no share, wherever one is asked for."""
    with pytest.raises(InvalidValueError, match="a share from 0 to 1"):
        LegalRule(id="x", article="1", text=message("One."), share=wrong)
    with pytest.raises(InvalidValueError, match="a share from 0 to 1"):
        statistics.SampledShare(share=wrong, n=5, question="Q", population="P")
    with pytest.raises(InvalidValueError, match=r"^wilson\.share: "):
        statistics.wilson(wrong, 5)


@pytest.mark.parametrize("share", ["0", 1, Decimal("0.5")])
def test_both_ends_are_shares(share: Any) -> None:
    """Nothing and all are shares, given in any exact form."""
    assert LegalRule(id="x", article="1", text=message("One."), share=share).share == Decimal(share)
    assert statistics.SampledShare(share=share, n=5, question="Q", population="P").share == Decimal(share)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"gap": 1}, "gap"),
        ({"gap": "-100.1"}, "gap"),
        ({"fall": -1}, "fall"),
        ({"fall": 101}, "fall"),
        ({"track": -1}, "track"),
        ({"gap": -0.5}, "gap"),
    ],
)
def test_thresholds_have_their_range(wrong: dict[str, Any], field: str) -> None:
    """A gap is at most zero, a fall and a distance at least zero, and no progress moves by more than 100 points."""
    with pytest.raises(InvalidValueError, match=rf"^Thresholds\.{field}: expected a number of at least"):
        Thresholds(**wrong)
