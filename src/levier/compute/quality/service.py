"""
Rates of service, each with its counts and its universe; pooled by counts only.

Source: Services Publics + (pick-up rate, on-time rate, online quality).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from attrs import evolve, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT, NumberLike, rounded
from levier.compute.quality.intervals import Interval, wilson
from levier.errors import InvalidValueError, MissingSampleSizeError, UnlikeSharesError
from levier.errors.final import final
from levier.model.quantities import PERCENT
from levier.wording.explained import Explained
from levier.wording.messages import Message, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Number

__all__ = ["Rate", "on_time_rate", "online_quality", "pick_up_rate", "pool", "refuse_unlike"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Rate(Explained):
    """
    A share with its counts and its universe.

    *value* is from 0 to 1 and *published* the printed percentage, `None` where the denominator is zero; *universe*
    names what the denominator counts.

    Attributes:
        numerator: The count above the line, such as the calls handled.
        denominator: The count below the line, such as the calls received.
        counted: The name of what the numerator counts.

    >>> rate = pick_up_rate(handled=430, needing_an_agent=500)
    >>> rate.value, rate.explain("en")
    (Decimal('0.86'), '86.0% = 430 / 500 (calls handled by an agent / calls needing an agent)')
    """

    numerator: int
    denominator: int
    counted: Value
    universe: Value

    @property
    def value(self) -> Decimal | None:
        """The share, to 60 digits."""
        return EXACT.divide(Decimal(self.numerator), Decimal(self.denominator)) if self.denominator else None

    @property
    def published(self) -> Decimal | None:
        """The percentage to one decimal, half away from zero, for bands such as `HELP_REACHABLE`."""
        return None if self.value is None else rounded(EXACT.scaleb(self.value, 2), 1)

    @property
    def reason(self) -> MissingReason | None:
        """Why there is no value; `None` where there is one."""
        return None if self.denominator else MissingReason.NO_DENOMINATOR

    def interval(self, *, confidence: NumberLike = "0.95", population: int | None = None) -> Interval:
        """
        Return Wilson's interval around the share.

        Raises:
            MissingSampleSizeError: If the denominator is zero.
        """
        if self.value is None:
            raise MissingSampleSizeError(str(self.universe))
        return wilson(self.value, self.denominator, confidence=confidence, population=population)

    @property
    def message(self) -> Said:
        """The share with its numerator and its denominator, or why there is none."""
        if self.published is None:
            reason = MissingReason.NO_DENOMINATOR
            return message("{reason} ({universe})", reason=reason, universe=self.universe)
        return message(
            "{share} = {n} / {total} ({counted} / {universe})",
            share=Number(self.published, PERCENT, 1),
            n=self.numerator,
            counted=self.counted,
            total=self.denominator,
            universe=self.universe,
        )


def _rate(numerator: int, denominator: int, counted: Message, universe: Message) -> Rate:
    for found in (numerator, denominator):
        if type(found) is not int or found < 0:
            raise InvalidValueError("Rate", found, "a whole number of at least zero")
    if numerator > denominator:
        raise InvalidValueError("Rate", numerator, f"at most the {denominator} {universe}", "numerator")
    return Rate(numerator=numerator, denominator=denominator, counted=counted, universe=universe)


@asked
def pick_up_rate(*, handled: int, needing_an_agent: int) -> Rate:
    """
    Return the calls handled by an agent over the calls needing an agent (Services Publics +).

    Raises:
        InvalidValueError: For a count that is not a whole number, is negative, or exceeds its whole.

    >>> pick_up_rate(handled=0, needing_an_agent=0).reason
    <MissingReason.NO_DENOMINATOR: 'no-denominator'>
    """
    counted, universe = message("calls handled by an agent"), message("calls needing an agent")
    return _rate(handled, needing_an_agent, counted, universe)


@asked
def on_time_rate(*, in_time: int, handled: int) -> Rate:
    """
    Return the procedures handled within the announced time over those handled (Services Publics +).

    Raises:
        InvalidValueError: For a count that is not a whole number, is negative, or exceeds its whole.

    >>> on_time_rate(in_time=90, handled=120).value
    Decimal('0.75')
    """
    return _rate(in_time, handled, message("procedures handled in time"), message("procedures handled"))


@asked
def online_quality(*, rated_8_or_more: int, rated: int) -> Rate:
    """
    Return the procedures rated at least 8 out of 10 over those rated (Services Publics +).

    Raises:
        InvalidValueError: For a count that is not a whole number, is negative, or exceeds its whole.

    >>> online_quality(rated_8_or_more=150, rated=250).value
    Decimal('0.6')
    """
    return _rate(rated_8_or_more, rated, message("procedures rated at least 8/10"), message("procedures rated"))


def refuse_unlike(left: object, right: object, names: Iterable[str]) -> None:
    """
    Raise if two values differ in one of these attributes.

    Raises:
        UnlikeSharesError: If they differ; lists each difference.
    """
    pairs = ((name, str(getattr(left, name)), str(getattr(right, name))) for name in names)
    differences = tuple((name, one, two) for name, one, two in pairs if one != two)
    if differences:
        raise UnlikeSharesError(differences)


@asked
def pool(rates: Iterable[Rate]) -> Rate:
    """
    Return several rates of one universe pooled: counts are added up, percentages never averaged.

    Raises:
        UnlikeSharesError: If they count different things, or have different universes.
        InvalidValueError: Without any rate.

    >>> pool([on_time_rate(in_time=1, handled=2), on_time_rate(in_time=98, handled=98)]).value
    Decimal('0.99')
    """
    found = tuple(rates)
    if not found:
        raise InvalidValueError("pool", found, "at least one rate")
    for rate in found[1:]:
        refuse_unlike(found[0], rate, ("counted", "universe"))
    return evolve(
        found[0],
        numerator=sum(rate.numerator for rate in found),
        denominator=sum(rate.denominator for rate in found),
    )
