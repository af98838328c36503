"""Quantities: what is bounded adds and multiplies as intervals, exactly; what is vague refuses; units never mix."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InexactQuantityError, InvalidValueError, MixedUnitsError
from levier.model.quantities import COUNT, EUROS, PERCENT, POINTS, SHARE, Exactness, Quantity
from levier.testing.scalars import decimals
from levier.testing.strategies import quantities

# Numbers far beyond the 28 digits to which Python's decimals round by default.
wide = st.decimals(min_value=-(10**40), max_value=10**40, places=6, allow_nan=False, allow_infinity=False)
factors = st.integers(-(10**6), 10**6) | decimals(-1000, 1000)
bounded = quantities(COUNT).filter(lambda quantity: not quantity.approximate)


def interval(quantity: Quantity) -> tuple[Fraction | None, Fraction | None]:
    """Return the bounds as fractions, which know no rounding: the reference of these tests."""
    lower, upper = quantity.lower, quantity.upper
    return (None if lower is None else Fraction(lower)), (None if upper is None else Fraction(upper))


def both(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    """Return the sum of two bounds, none where one of them is none."""
    return None if left is None or right is None else left + right


@given(wide, wide)
def test_sums_of_exact_numbers_are_exact(left: Decimal, right: Decimal) -> None:
    """The sum and the difference of two exact quantities are exact to the last digit."""
    one, other = Quantity.exact(left, COUNT), Quantity.exact(right, COUNT)
    assert Fraction((one + other).value) == Fraction(left) + Fraction(right)
    assert Fraction((one - other).value) == Fraction(left) - Fraction(right)


@given(bounded, bounded)
def test_sums_of_bounded_quantities_are_intervals(left: Quantity, right: Quantity) -> None:
    """Lower adds to lower and upper to upper; a difference takes the other's opposite end."""
    (low, high), (lower, upper) = interval(left), interval(right)
    assert interval_of(left, right, "+") == (both(low, lower), both(high, upper))
    minus_lower, minus_upper = (None if end is None else -end for end in (lower, upper))
    assert interval_of(left, right, "-") == (both(low, minus_upper), both(high, minus_lower))


def interval_of(left: Quantity, right: Quantity, operation: str) -> tuple[Fraction | None, Fraction | None]:
    """Return the bounds of a sum or difference, none for what is refused because it has no bound at all."""
    try:
        return interval(left + right if operation == "+" else left - right)
    except InvalidValueError:
        return None, None


@given(bounded, factors)
def test_products_are_intervals(quantity: Quantity, factor: Decimal | int) -> None:
    """A factor multiplies both bounds and, where it is negative, turns them round."""
    ends = tuple(None if end is None else end * Fraction(factor) for end in interval(quantity))
    expected = ends[::-1] if factor < 0 else ends
    assert interval(quantity * factor) == expected
    assert quantity * factor == factor * quantity


@given(st.integers(-(10**40), 10**40))
def test_arithmetic_ignores_the_callers_context(number: int) -> None:
    """A caller who rounds to two digits, and traps inexact results, gets the same sums and products."""
    quantity = Quantity.exact(number, COUNT)
    expected = (quantity + quantity, quantity - quantity * 3, quantity * Decimal("0.001"))
    with localcontext(Context(prec=2, traps=[Inexact])):
        assert (quantity + quantity, quantity - quantity * 3, quantity * Decimal("0.001")) == expected


@given(quantities(COUNT), quantities(COUNT))
def test_what_is_about_has_no_arithmetic(left: Quantity, right: Quantity) -> None:
    """Adding, subtracting or multiplying "about" is refused, on whichever side it stands."""
    vague = Quantity.about(40, COUNT)
    for attempt in (lambda: vague + left, lambda: right - vague, lambda: vague * 2):
        with pytest.raises(InexactQuantityError):
            attempt()


@pytest.mark.parametrize("operation", ["add", "subtract"])
@pytest.mark.parametrize("other", [Quantity.exact(1, SHARE), Quantity.exact(1, POINTS), Quantity.exact(1, EUROS), 1])
def test_units_never_mix(operation: str, other: Any) -> None:
    """A percentage neither adds to nor subtracts a share, points, euros or a bare number."""
    percentage = Quantity.exact(1, PERCENT)
    with pytest.raises(MixedUnitsError, match=rf"^cannot {operation} 1 % and ") as caught:
        assert percentage + other if operation == "add" else percentage - other
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize("factor", [1.5, True, "2", None, Quantity.exact(2, COUNT)])
def test_only_exact_numbers_multiply(factor: Any) -> None:
    """A float, a truth, a text or another quantity is no factor."""
    with pytest.raises(TypeError):
        assert Quantity.exact(1, COUNT) * factor


@pytest.mark.parametrize("factor", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")])
def test_no_factor_is_without_end(factor: Decimal) -> None:
    """A factor that is not finite is refused in our own words."""
    with pytest.raises(InvalidValueError, match=r"^Quantity\.factor: expected a finite factor"):
        assert Quantity.exact(1, COUNT) * factor


@pytest.mark.parametrize(
    ("quantity", "exactness", "shown"),
    [
        (Quantity.exact("86.0", PERCENT), Exactness.EXACT, "86 %"),
        (Quantity.about(40, COUNT), Exactness.ABOUT, "about 40 count"),
        (Quantity.at_least("0.6667", SHARE), Exactness.AT_LEAST, "at least 0.6667 share"),
        (Quantity.at_most(5, COUNT), Exactness.AT_MOST, "at most 5 count"),
        (Quantity.between(150_000, 250_000, EUROS), Exactness.BETWEEN, "between 150000 and 250000 EUR"),
    ],
)
def test_exactness_is_told_by_the_bounds(quantity: Quantity, exactness: Exactness, shown: str) -> None:
    """Each of the five ways to publish a number is recognised, shown in words, and has a value only if exact."""
    assert quantity.exactness is exactness
    assert str(quantity) == shown
    if exactness is Exactness.EXACT:
        assert quantity.value == Decimal(86)
    else:
        with pytest.raises(InexactQuantityError, match="cannot take one value of"):
            assert quantity.value


@given(decimals(), st.integers(0, 6))
def test_equal_numbers_are_equal_quantities(number: Decimal, zeros: int) -> None:
    """However many zeros follow, the same number is the same quantity, with the same text and no exponent."""
    written = f"{number:f}" + ("" if "." in f"{number:f}" else ".") + "0" * zeros
    one, other = Quantity.exact(number, COUNT), Quantity.exact(written.rstrip("."), COUNT)
    assert one == other
    assert hash(one) == hash(other)
    assert str(one.value) == str(other.value)
    assert "E" not in str(one)


def test_a_small_number_is_written_without_exponent() -> None:
    """Half a millionth is a number as any other, alone, as a bound and in a product."""
    half = Quantity.exact("0.0000005", SHARE)
    assert str(half) == "0.0000005 share"
    assert str(Quantity.between("0.00000001", half.value, SHARE)) == "between 0.00000001 and 0.0000005 share"
    assert Quantity.exact("0.001", SHARE) * Decimal("0.0005") == half
    with pytest.raises(InvalidValueError, match=r"at least 0\.0000005, found Decimal\('0\.0000001'\)"):
        Quantity.between(half.value, "0.0000001", SHARE)


def test_a_quotient_is_shortened_where_it_is_shown() -> None:
    """What has more decimals than anyone publishes is shown with two; what is published is shown whole."""
    assert str(Quantity.between("0." + "3" * 60, "0." + "6" * 60, SHARE)) == "between 0.33 and 0.67 share"
    assert str(Quantity.exact("0.123456789", SHARE)) == "0.123456789 share"


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
def test_sum_adds_quantities_up(numbers: list[int]) -> None:
    """Python's `sum` adds quantities of one unit; nothing but its own 0 adds to one from the left."""
    assert sum(Quantity.exact(number, COUNT) for number in numbers) == Quantity.exact(sum(numbers), COUNT)
    for start in (1, 0.0, False, Decimal(0)):
        with pytest.raises(TypeError):
            assert start + Quantity.exact(1, COUNT)


def test_a_quantity_is_aligned_as_its_text_is() -> None:
    """A format makes room around the text."""
    assert f"{Quantity.exact(5, PERCENT):>6}|" == "   5 %|"


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-inf", "1e", "", "1,5", "0x10", "1E+999999999"])
def test_odd_numbers_are_refused(text: str) -> None:
    """What is not finite, not a number, or as long as a novel, is refused, and at once."""
    with pytest.raises(InvalidValueError):
        Quantity.exact(text, COUNT)


def test_a_tuple_is_no_number() -> None:
    """A tuple, which Python's own Decimal takes for sign, digits and exponent, is refused."""
    with pytest.raises(InvalidValueError, match="an exact number"):
        Quantity.exact((0, (1, 2), 0), COUNT)  # type: ignore[arg-type]  # refused is what is proven


def test_exact_quantities_are_subtracted_and_summed() -> None:
    """5 less 7 is -2, and with 0, from which `sum` starts, it is the same."""
    less = Quantity.exact(5, COUNT) - Quantity.exact(7, COUNT)
    assert less == Quantity.exact(-2, COUNT) == sum([less])
