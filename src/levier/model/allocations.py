"""Changes to the allocation of a fund: sourced increases and cuts, and the closing of years."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._converters import as_id_or_none
from levier.model._facts import NonZero, states
from levier.model._fields import integer, not_blank, optional, refuse
from levier.model.identifiers import SourceId, reference
from levier.model.money import ZERO, Euros, as_euros, is_euros, is_total_amount
from levier.model.periods import Day, as_day, is_day

__all__ = ["AllocationChange", "YearClosing"]


@states(NonZero())
def _some(instance: object, attribute: Attribute[Any], value: Euros) -> None:
    is_euros(instance, attribute, value)
    if not value:
        refuse(instance, attribute, value, "an amount other than zero")


@final
@frozen(kw_only=True)
class AllocationChange:
    """
    A change of the amount that a fund may commit, in euros: an increase, or a cut if *amount* is negative.

    Attributes:
        on: The day from which the change applies.
        because: The reason, in words.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If the amount is zero or the reason blank.

    >>> AllocationChange(amount=-50_000_000, on="2020-07-30", because="3e LFR", source_id="lfr-2020-3").amount
    Euros('-50000000.00')
    """

    amount: Euros = field(converter=as_euros, validator=_some)
    on: Day = field(converter=as_day, validator=is_day)
    because: str = field(validator=not_blank)
    source_id: SourceId = field(converter=SourceId, validator=reference)


@final
@frozen(kw_only=True)
class YearClosing:
    """
    The closing of a year: entries dated in it or before are refused from then on.

    Of the amount left uncommitted, *lapsed* euros are cancelled; the rest is carried over to the next year.

    Attributes:
        year: The calendar year that is closed.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If *lapsed* is negative.

    >>> YearClosing(year=2020, lapsed="394960").last_day
    Date(2020, 12, 31)
    """

    year: int = field(validator=integer(1959, 2100))
    lapsed: Euros = field(default=ZERO, converter=as_euros, validator=is_total_amount)
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))

    @property
    def last_day(self) -> Day:
        """The last day of the closed year."""
        return Day(self.year, 12, 31)
