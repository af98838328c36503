"""
Confidence intervals of shares: Wilson's, Newcombe's for a difference, with the finite population correction.

Sources: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven methods",
Statistics in Medicine 17 (1998), method 10.
The formulas are written here, and checked against SciPy and statsmodels in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from types import MappingProxyType

from attrs import frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT, NumberLike, as_number, written
from levier.errors import InvalidValueError, MissingSampleSizeError
from levier.errors.final import final
from levier.model.quantities import PERCENT, POINTS
from levier.wording.explained import Explained
from levier.wording.messages import message
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = ["NORMAL_QUANTILES", "Interval", "newcombe", "wilson"]

NORMAL_QUANTILES: Mapping[Decimal, Decimal] = MappingProxyType(
    {
        Decimal("0.80"): Decimal("1.281551565544600466965103329448743"),
        Decimal("0.90"): Decimal("1.644853626951472714863848907991632"),
        Decimal("0.95"): Decimal("1.959963984540054235524594430520551"),
        Decimal("0.99"): Decimal("2.575829303548900760966129063136106"),
    }
)
"""The two-sided normal quantile of each level of confidence."""

_ONE = Decimal(1)


@final
@frozen(kw_only=True, field_transformer=by_type)
class Interval(Explained):
    """
    A confidence interval of a share, from 0 to 1, or of a difference of shares, from −1 to 1 (*of_difference*).

    Attributes:
        lower: The lower bound, from 0 to 1, or from −1 to 1 for a difference.
        upper: The upper bound, from 0 to 1, or from −1 to 1 for a difference.
        confidence: The level of confidence, from 0 to 1.

    >>> print(wilson("0.860", 100))
    95% confidence interval: 77.9% to 91.5%
    >>> print(newcombe("0.86", 1000, "0.80", 1000))
    95% confidence interval: 2.7 to 9.3 points
    """

    lower: Decimal
    upper: Decimal
    confidence: Decimal
    of_difference: bool = False

    @property
    def message(self) -> Said:
        """The level and both bounds, as percentages or in points, because bounds mean nothing without their level."""
        level = Number(EXACT.scaleb(self.confidence, 2), PERCENT, 0)
        first, last = ("", POINTS) if self.of_difference else (PERCENT, PERCENT)
        low, high = Number(EXACT.scaleb(self.lower, 2), first, 1), Number(EXACT.scaleb(self.upper, 2), last, 1)
        return message("{level} confidence interval: {low} to {high}", level=level, low=low, high=high)

    def __contains__(self, share: object) -> bool:
        """Return whether a share lies within the bounds, both included."""
        return isinstance(share, Decimal | int) and self.lower <= share <= self.upper


@asked
def wilson(
    share: NumberLike,
    n: int | None,
    *,
    confidence: NumberLike = "0.95",
    population: int | None = None,
    subject: str = "a share",
) -> Interval:
    """
    Return Wilson's interval around a *share*, from 0 to 1, of *n* answers.

    With *population*, the size of the whole that was sampled, the finite population correction narrows the interval:
    the normal quantile is multiplied by √((N − n)/(N − 1)).

    Raises:
        MissingSampleSizeError: Without *n*, because no interval can be computed.
        InvalidValueError: For a share outside [0, 1], fewer than one answer, a population smaller than the sample, or a
            level of confidence other than 0.80, 0.90, 0.95 and 0.99.

    >>> interval = wilson("0.86", 1000)
    >>> interval.explain("en")
    '95% confidence interval: 83.7% to 88.0%'
    """
    part = as_number(share, "wilson", "share")
    if part is None or not 0 <= part <= 1:
        raise InvalidValueError("wilson", share, "a share from 0 to 1", "share")
    if n is None:
        raise MissingSampleSizeError(subject)
    count = _count(n, "n", 1)
    level = _level(confidence)
    with localcontext(EXACT):
        square = NORMAL_QUANTILES[level] ** 2 * _correction(count, population)
        spread = (part * (_ONE - part) / count + square / (4 * count * count)).sqrt() * square.sqrt()
        scale = _ONE + square / count
        middle = part + square / (2 * count)
        lower = Decimal(0) if not part else (middle - spread) / scale
        upper = _ONE if part == 1 else (middle + spread) / scale
    return Interval(lower=max(lower, Decimal(0)), upper=min(upper, _ONE), confidence=level)


@asked
def newcombe(
    left: NumberLike,
    left_n: int | None,
    right: NumberLike,
    right_n: int | None,
    *,
    confidence: NumberLike = "0.95",
) -> Interval:
    """
    Return Newcombe's interval around the difference of two independent shares, *left* minus *right*.

    Raises:
        MissingSampleSizeError: Without both numbers of answers.
        InvalidValueError: For a share outside [0, 1], fewer than one answer, or an unknown level of confidence.

    >>> gap = newcombe("0.86", 1000, "0.80", 1000)
    >>> gap.lower > 0, 0 in gap
    (True, False)
    """
    first = wilson(left, left_n, confidence=confidence, subject="the first share")
    second = wilson(right, right_n, confidence=confidence, subject="the second share")
    one, two = as_number(left, "newcombe", "left") or Decimal(0), as_number(right, "newcombe", "right") or Decimal(0)
    with localcontext(EXACT):
        below = ((one - first.lower) ** 2 + (second.upper - two) ** 2).sqrt()
        above = ((first.upper - one) ** 2 + (two - second.lower) ** 2).sqrt()
        lower, upper = one - two - below, one - two + above
    return Interval(lower=lower, upper=upper, confidence=first.confidence, of_difference=True)


def _count(found: object, field: str, least: int) -> Decimal:
    if type(found) is not int or found < least:
        raise InvalidValueError("wilson", found, f"a whole number of at least {least}", field)
    return Decimal(found)


def _level(confidence: NumberLike) -> Decimal:
    level = as_number(confidence, "wilson", "confidence")
    if level not in NORMAL_QUANTILES or level is None:
        known = ", ".join(map(written, NORMAL_QUANTILES))
        raise InvalidValueError("wilson", confidence, f"one of {known}", "confidence")
    return level


def _correction(n: Decimal, population: int | None) -> Decimal:
    if population is None:
        return _ONE
    whole = _count(population, "population", int(n))
    return Decimal(0) if whole == n else (whole - n) / (whole - 1)
