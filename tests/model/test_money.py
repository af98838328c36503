"""Money is exact: proven against fractions, which know neither floats nor rounding."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from levier.errors import InvalidValueError, MixedUnitsError
from levier.model.appropriations import AppropriationKind, Appropriations, Execution
from levier.model.awards import Instalment
from levier.model.budget_lines import ExecutionLine
from levier.model.money import ZERO, Euros
from levier.testing.scalars import euros

factors = st.integers(-1000, 1000) | st.decimals(
    min_value=-1000, max_value=1000, places=40, allow_nan=False, allow_infinity=False
)


def rounded_half_away(value: Fraction) -> int:
    """Return the nearest whole number, halves away from zero, by whole-number arithmetic alone."""
    magnitude = (abs(value.numerator) * 2 + value.denominator) // (value.denominator * 2)
    return -magnitude if value < 0 else magnitude


@given(euros(), euros())
def test_sums_and_differences_are_exact(left: Euros, right: Euros) -> None:
    """Adding, subtracting, negating and taking the magnitude do what fractions do."""
    one, other = Fraction(left.amount), Fraction(right.amount)
    assert Fraction((left + right).amount) == one + other
    assert Fraction((left - right).amount) == one - other
    assert Fraction((-left).amount) == -one
    assert Fraction(abs(left).amount) == abs(one)
    assert bool(left) is (one != 0)


@given(st.lists(euros(), max_size=20))
def test_a_total_is_the_sum_of_its_parts(amounts: list[Euros]) -> None:
    """The total of amounts is their sum, in any order; of none it is zero."""
    assert Euros.total(amounts) == sum(amounts, ZERO) == Euros.total(reversed(amounts))


@given(st.lists(euros(), min_size=1, max_size=20))
def test_sum_adds_amounts_up(amounts: list[Euros]) -> None:
    """Python's `sum` needs no start: it adds amounts, and pairs of amounts, to the cent."""
    assert sum(amounts) == Euros.total(amounts)
    assert sum(Appropriations(amount, None) for amount in amounts) == Appropriations(Euros.total(amounts), None)
    assert sum(Execution(amount, amount) for amount in amounts) == Execution(*[Euros.total(amounts)] * 2)


@pytest.mark.parametrize(
    "amount", [Euros(1), Appropriations(1, 1), Execution(1, 1)], ids=lambda one: type(one).__name__
)
@pytest.mark.parametrize("start", [1, -1, 0.0, False, Decimal(0), "0", None])
def test_only_the_start_of_a_sum_adds_from_the_left(start: Any, amount: Any) -> None:
    """The whole number 0 is where `sum` starts; any other number is no amount, nor is a 0 on the right."""
    with pytest.raises(TypeError):
        assert start + amount
    with pytest.raises(TypeError):
        assert amount + 0


@given(euros(), st.sampled_from("<>^"), st.integers(0, 30))
def test_an_amount_is_aligned_as_its_text_is(amount: Euros, side: str, width: int) -> None:
    """A format makes room around the text, and nothing else."""
    assert f"{amount:{side}{width}}" == f"{amount!s:{side}{width}}"
    assert f"{amount}" == str(amount)


@given(euros(), factors)
def test_products_are_rounded_once(amount: Euros, factor: Decimal | int) -> None:
    """A product is the exact product rounded once to the cent, half away from zero, on either side."""
    assert (amount * factor).cents == rounded_half_away(amount.cents * Fraction(factor))
    assert factor * amount == amount * factor


def test_a_product_just_under_half_a_cent_rounds_down() -> None:
    """A factor of more digits than Python's decimals keep by default is not rounded first."""
    assert Euros("0.01") * Decimal("0." + "4" + "9" * 40) == ZERO
    assert Euros("0.01") * Decimal("0.5") == Euros("0.01")
    assert Euros("-0.01") * Decimal("0.5") == Euros("-0.01")


@given(euros(), factors)
def test_money_ignores_the_callers_context(amount: Euros, factor: Decimal | int) -> None:
    """A caller who rounds to two digits, and traps inexact results, gets the same money."""
    expected = (amount * factor, Euros(amount.amount), amount.text)
    with localcontext(Context(prec=2, traps=[Inexact])):
        assert (amount * factor, Euros(amount.amount), amount.text) == expected


@given(euros(), euros())
def test_order_is_that_of_the_amounts(left: Euros, right: Euros) -> None:
    """Amounts compare as their decimals do, and equal amounts share a hash."""
    assert (left < right) is (left.amount < right.amount)
    assert (left >= right) is (left.amount >= right.amount)
    assert (left == right) is (left.amount == right.amount)
    assert (hash(left) == hash(right)) or left != right


@given(euros(), euros())
def test_a_quotient_is_a_plain_number(part: Euros, whole: Euros) -> None:
    """Euros divided by euros give a decimal without a unit, which times the divisor is the amount again."""
    assume(whole)
    quotient = part / whole
    assert type(quotient) is Decimal
    assert abs(Fraction(quotient) * whole.cents - part.cents) <= abs(part.cents) * Fraction(1, 10**26)
    with pytest.raises(InvalidValueError, match="other than zero to divide by"):
        assert part / ZERO


@given(euros())
def test_text_is_one_to_one(amount: Euros) -> None:
    """An amount has one text, of two decimals, and is made again from it, from its decimal and from itself."""
    assert Euros(amount.text) == Euros(amount.amount) == Euros(amount) == amount
    whole, _, cents = amount.text.partition(".")
    assert len(cents) == 2
    assert int(whole + cents) == amount.cents
    assert str(amount) == f"{amount.text} EUR"
    assert amount.amount.as_tuple().exponent == -2


@pytest.mark.parametrize(
    "value",
    [
        0.1,  # a float is not exact
        1.0,  # not even one that looks whole
        float("nan"),
        True,  # a truth is no number
        None,
        b"1",
        "",
        "1.",
        ".5",
        "1.001",  # a fraction of a cent
        "1e3",
        "1,50",
        "1 000",
        "1_000",
        "+1",
        " 1",
        "1\n",
        "٣",
        "NaN",
        "10 €",
        Decimal("0.001"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("-Infinity"),
        Decimal("1E+30"),
        Decimal("1E+999999"),
        10**30,  # beyond what any total can be
        -(10**30),
        "1" + "0" * 30,
    ],
    ids=repr,
)
def test_what_is_no_exact_amount_is_refused(value: Any) -> None:
    """Floats, fractions of a cent, local notations and the too large are refused in the name of Euros."""
    with pytest.raises(InvalidValueError, match=r"^Euros: expected "):
        Euros(value)


totals = st.integers(1 - 10**32, 10**32 - 1).map(Euros.of_cents)


@given(euros() | totals, st.integers(0, 40))
@example(Euros("12.50"), 1)  # Decimal("12.500")
@example(Euros(100), 0)  # Decimal("1E+2")
@example(Euros(10**18), 1)
@example(Euros(10**29), 1)
@example(ZERO, 40)
def test_equal_decimals_are_equal_amounts(amount: Euros, zeros: int) -> None:
    """A decimal is read by its value: with zeros at its end, or in its shortest form, which may have an exponent."""
    digits, exponent = str(amount.cents) + "0" * zeros, -2 - zeros
    shortest = digits.rstrip("0") or "0"
    for form in (f"{digits}E{exponent}", f"{shortest}E{exponent + len(digits) - len(shortest)}"):
        assert Euros(Decimal(form)) == amount
    if amount:
        with pytest.raises(InvalidValueError, match="at most two decimals"):
            Euros(Decimal(f"{shortest}E-{len(shortest) + 2 + zeros}"))


@pytest.mark.parametrize("value", ["1E+30", "1E+999999", "-1E-999999", "NaN", "-Infinity"])
def test_an_absurd_decimal_is_refused_as_it_was_written(value: str) -> None:
    """A decimal beyond measure is shown with its exponent, and never written out."""
    with pytest.raises(InvalidValueError) as refused:
        Euros(Decimal(value))
    assert refused.value.found == value


@pytest.mark.parametrize(
    "value", ["-0", "-0.00", Decimal("-0.00"), Decimal("0E+40"), Decimal("-0E-40"), Decimal("0E+999999"), 0, "0.0"]
)
def test_zero_has_no_sign(value: Any) -> None:
    """There is one zero."""
    assert Euros(value).text == "0.00"
    assert Euros(value) == ZERO


@pytest.mark.parametrize("other", [1, Decimal(1), 1.0, "1", None, Appropriations(1, 1)], ids=repr)
def test_money_and_numbers_never_mix(other: Any) -> None:
    """Adding, subtracting, comparing or dividing euros and anything else is refused; and nothing else equals them."""
    for operation, attempt in {
        "add": lambda: Euros(1) + other,
        "subtract": lambda: Euros(1) - other,
        "compare": lambda: Euros(1) < other,
        "divide": lambda: Euros(1) / other,
    }.items():
        with pytest.raises(MixedUnitsError, match=rf"^cannot {operation} 1.00 EUR and "):
            attempt()
    assert Euros(1) != other
    with pytest.raises(TypeError):
        assert other + Euros(1)


@pytest.mark.parametrize("factor", [0.5, True, "2", Euros(2), None])
def test_only_exact_numbers_multiply_money(factor: Any) -> None:
    """Floats, truths, texts and other euros are no factors."""
    with pytest.raises(MixedUnitsError, match=r"^cannot multiply 1.00 EUR and "):
        assert Euros(1) * factor


@pytest.mark.parametrize("factor", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+18"), Decimal("1E+999999")])
def test_no_factor_is_beyond_measure(factor: Decimal) -> None:
    """A factor that is not finite, or absurd, is refused in our own words and at once."""
    with pytest.raises(InvalidValueError, match=r"^Euros\.factor: expected "):
        assert Euros(1) * factor
    assert Euros("0.01") * Decimal("9E+17") == Euros(9 * 10**15)


def test_products_stay_within_what_an_amount_can_be() -> None:
    """A product of 10^30 euros and more is refused."""
    with pytest.raises(InvalidValueError, match="less than 10\\^30"):
        assert Euros("999999999999999999999999999999.99") * 2


MOST = Euros("999999999999999.99")


@pytest.mark.parametrize("sign", [1, -1])
def test_a_document_states_less_than_a_total_may_be(sign: int) -> None:
    """The largest amount that a field takes adds up with others; the sum is an amount, and no field takes it."""
    total = Euros.total([MOST * sign] * 1_000)
    assert Euros(total.text) == total == MOST * (1_000 * sign)
    assert Execution(total, None).committed == total
    assert Instalment(due="2020", amount=MOST).amount == MOST
    for refused in (MOST + Euros("0.01"), abs(total)):
        with pytest.raises(InvalidValueError, match=r"Instalment.amount: expected an amount of less than 10\^15"):
            Instalment(due="2020", amount=refused)
        with pytest.raises(InvalidValueError, match=r"amounts: expected an amount of less than 10\^15"):
            ExecutionLine(year=2020, amounts=Execution(refused * sign, 1), source_id="s")


sides = st.none() | euros()
pairs = st.tuples(sides, sides).filter(lambda pair: pair != (None, None))


@pytest.mark.parametrize("kind", [Appropriations, Execution])
@given(left=pairs, right=pairs)
def test_pairs_add_side_by_side_and_keep_what_is_missing(kind: Any, left: Any, right: Any) -> None:
    """Each side adds to its own; a side that is missing in one is missing in the sum, never zero."""
    for sign, combine in ((1, lambda a, b: a + b), (-1, lambda a, b: a - b)):
        expected = [None if a is None or b is None else a + b * sign for a, b in zip(left, right, strict=True)]
        if expected == [None, None]:
            with pytest.raises(InvalidValueError, match="at least one of the two amounts"):
                combine(kind(*left), kind(*right))
        else:
            assert combine(kind(*left), kind(*right)) == kind(*expected)


@given(pairs)
def test_a_cancellation_is_an_opening_turned_round(pair: Any) -> None:
    """Negating what was granted negates each side that is there, and twice gives it back."""
    granted = Appropriations(*pair)
    twice = -granted
    assert -twice == granted
    for kind in AppropriationKind:
        side, turned = granted[kind], (-granted)[kind]
        assert turned == (None if side is None else -side)


def test_sides_are_read_by_kind() -> None:
    """A commitment is read against commitments and a payment against payments, granted or used."""
    granted, used = Appropriations(200_000_000, 205_612_575), Execution(151_897_345, 71_908_893)
    assert (granted[AppropriationKind.COMMITMENT], granted[AppropriationKind.PAYMENT]) == (
        granted.commitment,
        granted.payment,
    )
    assert (used[AppropriationKind.COMMITMENT], used[AppropriationKind.PAYMENT]) == (used.committed, used.paid)


@pytest.mark.parametrize("operation", ["add", "subtract"])
def test_granted_and_used_never_mix(operation: str) -> None:
    """What was granted and what was used are of two kinds: no sum, no difference."""
    granted, used = Appropriations(1, 1), Execution(1, 1)
    pairs: list[tuple[Any, Any]] = [(granted, used), (used, granted), (granted, 1)]
    for left, right in pairs:
        with pytest.raises(MixedUnitsError, match=rf"^cannot {operation} "):
            assert left + right if operation == "add" else left - right


@pytest.mark.parametrize(
    ("previous", "committed", "paid", "outstanding"),
    [
        (20_145_997, 65_330_908, 37_596_883, 47_880_022),  # end of 2019; published one euro less, by rounding
        (47_880_021, 151_897_345, 71_908_893, 127_868_473),  # end of 2020, by the flows
        (47_880_021, 544_523_095, 195_612_575, 396_790_541),  # end of 2020, as the bill for 2021 expected
    ],
)
def test_published_roll_forwards_come_out_to_the_euro(
    previous: int, committed: int, paid: int, outstanding: int
) -> None:
    """What remained, plus what was committed, less what was paid, is what remains, in the fund's own figures."""
    assert Euros(previous) + Euros(committed) - Euros(paid) == Euros(outstanding)


def test_half_up_is_what_decimal_calls_it() -> None:
    """Our rounding is the standard library's ROUND_HALF_UP, on a range of halves and near halves."""
    for thousandths in range(-60, 61):
        factor = Decimal(thousandths).scaleb(-3)
        expected = factor.quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert (Euros(1) * factor).amount == expected


@pytest.mark.parametrize("pair", [Appropriations(1, 2), Execution(1, 2)], ids=["granted", "used"])
def test_a_pair_has_two_sides_and_no_others(pair: Appropriations | Execution) -> None:
    """A side is asked for by its kind or the kind's text; anything else is refused, and nothing goes round for ever."""
    assert pair["commitment"] == pair[AppropriationKind.COMMITMENT] == Euros(1)  # type: ignore[index]  # text is taken
    for odd in (0, "paid", None):
        with pytest.raises(InvalidValueError, match="AppropriationKind: expected one of commitment, payment"):
            pair[odd]  # type: ignore[index]  # refused is what is proven
    with pytest.raises(InvalidValueError):
        list(pair)  # type: ignore[call-overload]  # refused is what is proven


def test_quotients_do_not_depend_on_the_callers_context() -> None:
    """A rate is the same whatever precision the caller works in."""
    with localcontext(Context(prec=3)):
        assert Euros(166_988_229) / Euros(40_000_000) == Decimal("4.174705725")
