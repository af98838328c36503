"""Dated names: what an organisation, a territory or a budget programme was called, and when."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from levier.errors.final import final
from levier.model._converters import as_id_or_none
from levier.model._fields import not_blank, optional
from levier.model.identifiers import SourceId, reference
from levier.model.periods import DayLike, Period, as_period_or_none, is_period, parse_day

__all__ = ["DatedName", "name_on"]


@final
@frozen(kw_only=True)
class DatedName:
    """
    A name of an organisation, a territory, a budget programme or a mission, with the period in which it was used.

    *period* is `None` if unknown.

    Attributes:
        name: The name, in French.
        source_id: The document that states it, by its identifier.

    >>> DatedName(name="Pôle emploi", period="2008-12-19/2023-12-31").name
    'Pôle emploi'
    """

    name: str = field(validator=not_blank)
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


def name_on(names: Iterable[DatedName], day: DayLike, *, otherwise: str) -> str:
    """
    Return the name used on a day; *otherwise* if no dated name covers it.

    If two names cover it, return the earlier one: two names dated to the year overlap in the year of the change.

    Raises:
        InvalidValueError: If *day* is not a valid date.

    >>> name_on([DatedName(name="Pôle emploi", period="2008/2023")], "2024-01-01", otherwise="France Travail")
    'France Travail'
    """
    wanted = parse_day(day)
    dated = sorted((name.period, name.name) for name in names if name.period is not None)  # an open start comes first
    return next((name for period, name in dated if period.covers(wanted)), otherwise)
