"""Published figures about a thing: the value, what it counts, when it applied, and its source."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._fields import all_of, not_blank, optional, refuse, trimmed
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import identifier
from levier.model.periods import Period, as_period_or_none, is_period
from levier.model.quantities import Quantity
from levier.model.sources import Sourced, sourced

__all__ = ["Figure"]


def _same_unit(instance: Figure, attribute: Attribute[Any], value: Sourced[Quantity]) -> None:
    for alternative in value.alternatives:
        if alternative.value.unit != value.value.unit:
            refuse(instance, attribute, str(alternative.value), f"an alternative in {value.value.unit!r}")


@final
@frozen(kw_only=True)
class Figure:
    """
    A published number about the object that holds it.

    *universe* says what is counted, on which population: "70 %" means nothing unless one knows of what.
    *period* is when it applied, `None` if the source does not say.
    *id* is unique within the object that holds it.

    Attributes:
        label: What the figure measures, in French.
        value: The number with its unit, its source and, where sources disagree, the alternatives.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the label is blank or the value is not a sourced quantity.

    >>> from levier.model.quantities import COUNT
    >>> reforms = Figure(
    ...     id="followed-reforms",
    ...     label="Reforms with a direct daily impact",
    ...     value=Sourced(value=Quantity.about(40, COUNT), source_id="interview-2019-02"),
    ... )
    >>> print(reforms)
    Reforms with a direct daily impact: about 40 count
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    value: Sourced[Quantity] = field(validator=all_of(sourced(Quantity), _same_unit))
    universe: str = field(default="", validator=trimmed)
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    def __str__(self) -> str:
        return f"{self.label}: {self.value.value}"
