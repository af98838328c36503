"""Territories: the nation, its 18 regions and 101 departments, and any municipality."""

from __future__ import annotations

import re
from typing import Any, final

from attrs import Attribute, converters, field, frozen

from levier.model._facts import Matching, states
from levier.model._fields import as_tuple, each_once, integer, not_blank, optional, refuse
from levier.model.identifiers import SourceId, TerritoryId, reference
from levier.model.sources import Sourced, sourced
from levier.model.terms import Term

__all__ = ["NATION", "Territory", "TerritoryLevel"]

NATION = TerritoryId("FR")

_LEVELS = {
    "nation": re.compile(r"FR"),
    "region": re.compile(r"R[0-9]{2}"),
    "department": re.compile(r"(?!20)[0-9]{2}|2[AB]|97[0-9]"),
    "municipality": re.compile(r"(?:(?!20)[0-9]{2}|2[AB])[0-9]{3}"),
}
_EXPECTED = "'FR', a region such as 'R84', a department such as '46' or '2A', or a municipality such as '46042'"


class TerritoryLevel(Term):
    """The four levels at which results are followed."""

    NATION = "nation", "nation", "nation"
    REGION = "region", "région", "region"
    DEPARTMENT = "department", "département", "department"
    MUNICIPALITY = "municipality", "commune", "municipality"


def _level(code: object) -> TerritoryLevel | None:
    if type(code) is str:
        for level, grammar in _LEVELS.items():
            if grammar.fullmatch(code):
                return TerritoryLevel(level)
    return None


@states(Matching("|".join(grammar.pattern for grammar in _LEVELS.values())))
def _insee_code(instance: object, attribute: Attribute[Any], value: object) -> None:
    if _level(value) is None:
        refuse(instance, attribute, value, _EXPECTED)


def _parent_above(instance: Territory, attribute: Attribute[Any], value: str | None) -> None:
    own = _level(instance.id)
    if value is None or own is None:  # a code of no level is refused in its own name
        return
    levels, above = list(TerritoryLevel), _level(value)
    if above is None or levels.index(above) >= levels.index(own):
        refuse(instance, attribute, value, f"a territory of a level above {own}, or None")


@final
@frozen(kw_only=True)
class Territory:
    """
    A territory, identified by its INSEE code.

    A region's code carries the prefix `R`, because regions and departments share their numbers;
    the level follows from the code.
    *population* is in inhabitants.

    Source of the codes: INSEE, code officiel géographique.

    Raises:
        InvalidValueError: For a code of no level, or a parent that is not of a level above.

    >>> lot = Territory(id="46", label="Lot", parent_id="R76")
    >>> lot.level, lot.pilote_zone, lot.pilote_code
    (<TerritoryLevel.DEPARTMENT: 'department'>, 'D46', 'DEPT-46')
    """

    id: TerritoryId = field(converter=TerritoryId, validator=_insee_code)
    label: str = field(validator=not_blank)
    parent_id: TerritoryId | None = field(
        default=None, converter=converters.optional(TerritoryId), validator=[optional(reference), _parent_above]
    )
    population: Sourced[int] | None = field(default=None, validator=optional(sourced(int, integer(0))))
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))

    @property
    def level(self) -> TerritoryLevel:
        """The level, read off the code."""
        return _level(self.id) or TerritoryLevel.NATION  # the validator left no other case

    @property
    def insee_code(self) -> str:
        """The code as INSEE writes it: `84` for the region `R84`; the nation has none and answers `FR`."""
        return self.id.removeprefix("R")

    @property
    def pilote_zone(self) -> str | None:
        """PILOTE's short code (`FRANCE`, `R84`, `D46`); `None` for a municipality, which PILOTE does not know."""
        match self.level:
            case TerritoryLevel.NATION:
                return "FRANCE"
            case TerritoryLevel.REGION:
                return self.id
            case TerritoryLevel.DEPARTMENT:
                return f"D{self.id}"
            case _:
                return None

    @property
    def pilote_code(self) -> str | None:
        """PILOTE's long code (`NAT-FR`, `REG-84`, `DEPT-46`); `None` for a municipality."""
        match self.level:
            case TerritoryLevel.NATION:
                return "NAT-FR"
            case TerritoryLevel.REGION:
                return f"REG-{self.insee_code}"
            case TerritoryLevel.DEPARTMENT:
                return f"DEPT-{self.id}"
            case _:
                return None
