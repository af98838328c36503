"""Territories: the nation, regions, departments, municipalities, and the arrondissements of three cities."""

from __future__ import annotations

import re
from typing import Any, final

from attrs import Attribute, field, frozen

from levier.model._converters import as_id_or_none, as_ids
from levier.model._facts import Matching, states
from levier.model._fields import all_of, each_once, integer, not_blank, optional, refuse
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import SourceId, TerritoryId, reference
from levier.model.insee import ARRONDISSEMENTS, COLLECTIVITIES, DEPARTMENTS, MUNICIPALITY, REGIONS, lies_in
from levier.model.sources import Sourced, sourced
from levier.model.terms import Term

__all__ = ["NATION", "Territory", "TerritoryLevel"]

NATION = TerritoryId("FR")

_EXPECTED = (
    "'FR', a region such as 'R84', a department such as '46' or '2A', or a municipality such as '46042', "
    "of those that INSEE knows"
)


class TerritoryLevel(Term):
    """
    The levels of territories, widest first.

    Territories of one level never overlap, so that a sum counts nothing twice: an arrondissement of Paris, Lyon or
    Marseille is one level below its city. An overseas collectivity has the rank of a department.
    """

    NATION = "nation", "nation", "nation"
    REGION = "region", "région", "region"
    DEPARTMENT = "department", "département", "department"
    MUNICIPALITY = "municipality", "commune", "municipality"
    MUNICIPAL_ARRONDISSEMENT = "municipal-arrondissement", "arrondissement municipal", "municipal arrondissement"


_LISTED = {
    NATION: TerritoryLevel.NATION,
    **dict.fromkeys(REGIONS, TerritoryLevel.REGION),
    **dict.fromkeys((*DEPARTMENTS, *COLLECTIVITIES), TerritoryLevel.DEPARTMENT),
    **dict.fromkeys(ARRONDISSEMENTS, TerritoryLevel.MUNICIPAL_ARRONDISSEMENT),
}
_MUNICIPALITY = re.compile(MUNICIPALITY)


def _level(code: object) -> TerritoryLevel | None:
    if type(code) is not str:
        return None
    return _LISTED.get(code) or (TerritoryLevel.MUNICIPALITY if _MUNICIPALITY.fullmatch(code) else None)


@states(Matching("|".join((NATION, *REGIONS, *DEPARTMENTS, *COLLECTIVITIES, MUNICIPALITY))))
def _insee_code(instance: object, attribute: Attribute[Any], value: object) -> None:
    if _level(value) is None:
        refuse(instance, attribute, value, _EXPECTED)


def _parent_around(instance: Territory, attribute: Attribute[Any], value: str | None) -> None:
    if value is None or _level(instance.id) is None:  # the validator of the code refuses it, with a better message
        return
    around = instance.lies_in
    if value not in around:
        known = f"a territory that {instance.id} lies in ({', '.join(around)}), or None" if around else "None"
        refuse(instance, attribute, value, known)


@final
@frozen(kw_only=True)
class Territory:
    """
    A territory, identified by its INSEE code.

    The code of a region has the prefix `R`, because regions and departments use the same numbers.
    The level of a territory and the territories around it follow from its code.
    *parent_id* is one of those around it; aggregation uses the code and ignores *parent_id*.
    *population* is a number of inhabitants.

    Source of the codes: INSEE, code officiel géographique.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If INSEE does not know the code, or the parent is not a territory around this one.

    >>> lot = Territory(id="46", label="Lot", parent_id="R76")
    >>> lot.level, lot.pilote_zone, lot.pilote_code
    (<TerritoryLevel.DEPARTMENT: 'department'>, 'D46', 'DEPT-46')
    >>> Territory(id="92012", label="Boulogne-Billancourt", parent_id="75")
    Traceback (most recent call last):
        ...
    levier.errors.InvalidValueError: Territory '92012'.parent_id: expected ... (92, R11, FR), or None, found '75'
    """

    id: TerritoryId = field(converter=TerritoryId, validator=_insee_code)
    label: str = field(validator=not_blank)
    parent_id: TerritoryId | None = field(
        default=None, converter=as_id_or_none, validator=all_of(optional(reference), _parent_around)
    )
    population: Sourced[int] | None = field(default=None, validator=optional(sourced(int, integer(0))))
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    @property
    def level(self) -> TerritoryLevel:
        """The level, computed from the code."""
        return _level(self.id) or TerritoryLevel.NATION  # for type checkers: a valid code has a level

    @property
    def lies_in(self) -> tuple[TerritoryId, ...]:
        """
        The codes of the territories around this one, nearest first.

        >>> Territory(id="75101", label="Paris 1er").lies_in
        ('75056', '75', 'R11', 'FR')
        """
        return lies_in(self.id)

    @property
    def insee_code(self) -> str:
        """The code that INSEE uses, such as `84` for the region `R84`; `FR` for the nation, which has no INSEE code."""
        return self.id.removeprefix("R")

    @property
    def pilote_zone(self) -> str | None:
        """PILOTE's short code (`FRANCE`, `R84`, `D46`); `None` for collectivities and municipalities."""
        match self.level:
            case TerritoryLevel.NATION:
                return "FRANCE"
            case TerritoryLevel.REGION:
                return self.id
            case TerritoryLevel.DEPARTMENT if self.id in DEPARTMENTS:
                return f"D{self.id}"
            case _:
                return None

    @property
    def pilote_code(self) -> str | None:
        """PILOTE's long code (`NAT-FR`, `REG-84`, `DEPT-46`); `None` if there is no short one."""
        match self.level:
            case TerritoryLevel.NATION:
                return "NAT-FR"
            case TerritoryLevel.REGION:
                return f"REG-{self.insee_code}"
            case TerritoryLevel.DEPARTMENT if self.id in DEPARTMENTS:
                return f"DEPT-{self.id}"
            case _:
                return None
