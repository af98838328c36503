"""
The precautionary reserve (*réserve de précaution*): the rates at which credits are set aside before the year begins.

Source: loi organique n° 2001-692 relative aux lois de finances (LOLF), article 51, 4° bis.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._fields import all_of, as_decimal, instance_of, is_share, refuse, trimmed
from levier.model.budget_lines import TitleGroup, is_year
from levier.model.identifiers import SourceId, reference
from levier.model.sources import Reliability

__all__ = ["ReserveRate"]


def _one_group(instance: ReserveRate, attribute: Attribute[Any], value: TitleGroup) -> None:
    if value is TitleGroup.ALL:
        refuse(instance, attribute, value.value, "staff or other: the law asks for one rate of each")


@final
@frozen(kw_only=True)
class ReserveRate:
    """
    A statement by one document of the share of the voted credits of a year that is set aside, in one group of titles.

    The finance bill announces two rates for the programmes whose credits are limited: one for title 2 and one for the
    other titles. A rate applies to the commitment and to the payment appropriations alike.
    What is set aside is frozen, not lost; a freeze beyond it has no rate.

    Source: LOLF, article 51, 4° bis.

    Attributes:
        year: The calendar year, such as 2021.
        title: The group of titles: staff (title 2), or other.
        share: The share of the voted credits, between 0 and 1: 0.04 for 4 %.
        source_id: The document that states it, by its identifier.
        reliability: How reliable the statement is, by the kind of its source.
        caveat: A warning to show with the value; empty if there is none.

    Raises:
        InvalidValueError: If the share is outside [0, 1], or the title is that of all titles together.

    >>> ReserveRate(year=2020, title="other", share="0.04", source_id="senat-2020-reserve").share
    Decimal('0.04')
    """

    year: int = field(validator=is_year)
    title: TitleGroup = field(converter=TitleGroup, validator=all_of(instance_of(TitleGroup), _one_group))
    share: Decimal = field(converter=as_decimal, validator=is_share)
    source_id: SourceId = field(converter=SourceId, validator=reference)
    reliability: Reliability = field(
        default=Reliability.OFFICIAL, converter=Reliability, validator=instance_of(Reliability)
    )
    caveat: str = field(default="", validator=trimmed)

    @property
    def about(self) -> tuple[int, TitleGroup]:
        """The identity of the fact: the year and the titles."""
        return self.year, self.title

    @property
    def key(self) -> tuple[object, ...]:
        """The key, unique in a programme: the fact and the document."""
        return *self.about, self.source_id
