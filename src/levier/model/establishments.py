"""Establishments: the places of a public body, each with its SIRET and its dates."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._converters import as_id_or_none
from levier.model._facts import Matching, states
from levier.model._fields import all_of, optional, refuse, trimmed
from levier.model.identifiers import SourceId, TerritoryId, reference
from levier.model.periods import DayLike, Period, as_period_or_none, is_period, parse_day
from levier.model.sirene import SIREN_DIGITS, SIRET_DIGITS, is_siret

__all__ = ["Establishment"]


@states(Matching(f"[0-9]{{{SIRET_DIGITS}}}"))
def _siret(instance: object, attribute: Attribute[Any], value: str) -> None:
    if type(value) is not str or not is_siret(value):
        refuse(instance, attribute, value, "a SIRET of fourteen digits with a valid check digit, without spaces")


def _while_open(instance: Establishment, attribute: Attribute[Any], value: Period | None) -> None:
    opened = instance.period
    if type(value) is Period and type(opened) is Period and not opened.overlaps(value):
        refuse(instance, attribute, str(value), f"a period in which the establishment was open ({opened})")


@final
@frozen(kw_only=True)
class Establishment:
    """
    A place of an organisation, identified by its SIRET.

    *siret* is the SIREN of the organisation and five more digits, without spaces.
    *period* is when it was open, *head_office* when it was the head office; `None` if unknown, the latter also if it
    never was.

    Source: Code de commerce, article R123-221.

    Attributes:
        siret: The SIRET, unique in the organisation.
        label: What it is called, in French; empty if unknown.
        territory_id: The territory that it is in, by its identifier; `None` if unknown.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If the SIRET has a wrong check digit, or it was the head office only while it was closed.

    >>> agency = Establishment(siret="13000548100010", label="Siège", period="2008/..", head_office="2008/..")
    >>> agency.siren, agency.is_open_on("2019-06-14")
    ('130005481', True)
    """

    siret: str = field(validator=_siret)
    label: str = field(default="", validator=trimmed)
    territory_id: TerritoryId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    head_office: Period | None = field(
        default=None, converter=as_period_or_none, validator=all_of(optional(is_period), _while_open)
    )
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))

    @property
    def siren(self) -> str:
        """The SIREN of its organisation: the first nine digits."""
        return self.siret[:SIREN_DIGITS]

    def is_open_on(self, day: DayLike) -> bool | None:
        """Return whether it was open on *day*; `None` if its period is unknown."""
        wanted = parse_day(day)
        return None if self.period is None else self.period.covers(wanted)
