"""
Territories: the nation, regions, departments, municipalities, and what lies between and within them.

A territory may have a period, and successions: on a day, it took over the area of its predecessors.
"""

from __future__ import annotations

import re
from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._converters import TupleOf, as_id_or_none, as_ids
from levier.model._facts import Matching, states
from levier.model._fields import (
    all_of,
    distinct,
    each,
    each_once,
    instance_of,
    integer,
    not_blank,
    optional,
    refuse,
)
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import SourceId, TerritoryId, reference
from levier.model.insee import (
    ARRONDISSEMENTS,
    AUTHORITIES,
    COLLECTIVITIES,
    DEPARTMENTAL_ARRONDISSEMENT,
    DEPARTMENTS,
    HEXAGON,
    MUNICIPALITY,
    REGIONS,
    is_in,
    lies_in,
)
from levier.model.names import DatedName, name_on
from levier.model.periods import Day, DayLike, Period, as_day, as_period_or_none, is_day, is_period
from levier.model.sirene import SIREN_DIGITS, is_siren
from levier.model.sources import Sourced, sourced
from levier.model.terms import Term

__all__ = ["NATION", "Succession", "Territory", "TerritoryLevel"]

NATION = TerritoryId("FR")

_EXPECTED = (
    "'FR', 'HEX', a region such as 'R84', a department such as '46' or '2A', '69D' or '69M', a departmental "
    "arrondissement such as '461', a municipality such as '46042', of those that INSEE knows, or the SIREN of an "
    "intercommunality"
)


class TerritoryLevel(Term):
    """
    The levels of territories, widest first.

    Territories of one level never overlap, so that a sum counts nothing twice: an arrondissement of Paris, Lyon or
    Marseille is one level below its city, the metropolis of Lyon and the department of Rhône one below the constituency
    `69`. An overseas collectivity has the rank of a department. An intercommunality may cross departments.
    """

    NATION = "nation", "nation", "nation"
    HEXAGON = "hexagon", "Hexagone", "mainland France"
    REGION = "region", "région", "region"
    DEPARTMENT = "department", "département", "department"
    DEPARTMENTAL_AUTHORITY = (
        "departmental-authority",
        "collectivité à compétence départementale",
        "departmental authority",
    )
    DEPARTMENTAL_ARRONDISSEMENT = (
        "departmental-arrondissement",
        "arrondissement départemental",
        "departmental arrondissement",
    )
    INTERCOMMUNALITY = "intercommunality", "intercommunalité", "intercommunality"
    MUNICIPALITY = "municipality", "commune", "municipality"
    MUNICIPAL_ARRONDISSEMENT = "municipal-arrondissement", "arrondissement municipal", "municipal arrondissement"


_LISTED = {
    NATION: TerritoryLevel.NATION,
    HEXAGON: TerritoryLevel.HEXAGON,
    **dict.fromkeys(AUTHORITIES, TerritoryLevel.DEPARTMENTAL_AUTHORITY),
    **dict.fromkeys(REGIONS, TerritoryLevel.REGION),
    **dict.fromkeys((*DEPARTMENTS, *COLLECTIVITIES), TerritoryLevel.DEPARTMENT),
    **dict.fromkeys(ARRONDISSEMENTS, TerritoryLevel.MUNICIPAL_ARRONDISSEMENT),
}
_MUNICIPALITY, _ARRONDISSEMENT = re.compile(MUNICIPALITY), re.compile(DEPARTMENTAL_ARRONDISSEMENT)
_LISTING = (TerritoryLevel.DEPARTMENTAL_ARRONDISSEMENT, TerritoryLevel.INTERCOMMUNALITY)
"""The levels whose territories list their municipalities, because codes do not tell them."""


def _level(code: object) -> TerritoryLevel | None:
    if type(code) is not str:
        return None
    if (listed := _LISTED.get(code)) is not None:
        return listed
    if _MUNICIPALITY.fullmatch(code):
        return TerritoryLevel.MUNICIPALITY
    if _ARRONDISSEMENT.fullmatch(code):
        return TerritoryLevel.DEPARTMENTAL_ARRONDISSEMENT
    return TerritoryLevel.INTERCOMMUNALITY if is_siren(code) else None


_CODES = (*_LISTED, MUNICIPALITY, DEPARTMENTAL_ARRONDISSEMENT, f"[0-9]{{{SIREN_DIGITS}}}")


@states(Matching("|".join(_CODES)))
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


def _municipalities(instance: Territory, attribute: Attribute[Any], value: tuple[str, ...]) -> None:
    if value and _level(instance.id) not in _LISTING:
        refuse(instance, attribute, value, "no parts: the codes of its parts tell that they lie in it")
    for part in value:
        if _level(part) is not TerritoryLevel.MUNICIPALITY:
            refuse(instance, attribute, part, "the code of a municipality")


def _own_level(instance: Territory, attribute: Attribute[Any], value: tuple[Succession, ...]) -> None:
    for succession in value:
        for predecessor in succession.predecessor_ids:
            if _level(predecessor) is not instance.level:
                refuse(instance, attribute, predecessor, f"predecessors of its own level ({instance.level.en})")


def _at_least_one(instance: object, attribute: Attribute[Any], value: tuple[str, ...]) -> None:
    if not value:
        refuse(instance, attribute, value, "at least one predecessor")


@final
@frozen(kw_only=True)
class Succession:
    """
    A change of a territory: on a day, it took over the whole area of its predecessors.

    Several predecessors merged; a single one got another code. A municipality that keeps its code when others join it
    is its own predecessor. Two territories that name one predecessor on the same day divided it.

    Source: INSEE, code officiel géographique, « événements sur les communes ».

    Attributes:
        on: The day of the change, the first one on which it holds.
        predecessor_ids: The territories that it took over, by their codes.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If there is no predecessor, or one stands twice.

    >>> Succession(on="2017-01-01", predecessor_ids=["74010", "74268"]).on
    Date(2017, 1, 1)
    """

    on: Day = field(converter=as_day, validator=is_day)
    predecessor_ids: tuple[TerritoryId, ...] = field(
        converter=as_ids, validator=all_of(each_once(reference), _at_least_one)
    )
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


@final
@frozen(kw_only=True)
class Territory:
    """
    A territory, identified by its code.

    The code is INSEE's, with the prefix `R` for a region, because regions and departments use the same numbers; an
    intercommunality has its SIREN, the Hexagon `HEX`.
    The level of a territory and the territories around it follow from its code.
    *parent_id* is one of those around it; aggregation uses the code and ignores *parent_id*.
    *part_ids* are the municipalities of an intercommunality or of a departmental arrondissement, which codes do not
    tell; other territories have none.
    *population* is a number of inhabitants.
    *label* is its present name, *names* the dated ones. *period* is when it existed, `None` where nothing says: then it
    began with its first succession and ended where another took it over (`levier.model.lifetimes`).

    Source of the codes: INSEE, code officiel géographique.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        successions: The days on which it took over other territories, whole.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If INSEE does not know the code, the parent is not a territory around this one, a part is no
            municipality, or a predecessor has another level.

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
    names: tuple[DatedName, ...] = field(
        default=(), converter=TupleOf[DatedName], validator=each(instance_of(DatedName))
    )
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    successions: tuple[Succession, ...] = field(
        default=(),
        converter=TupleOf[Succession],
        validator=all_of(each(instance_of(Succession)), distinct(lambda s: s.on, "day"), _own_level),
    )
    part_ids: tuple[TerritoryId, ...] = field(
        default=(), converter=as_ids, validator=all_of(each_once(reference), _municipalities)
    )
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
    def predecessor_ids(self) -> tuple[TerritoryId, ...]:
        """The other territories that it took over, by the day of their succession."""
        steps = sorted(self.successions, key=lambda step: step.on)
        named = (one for step in steps for one in step.predecessor_ids if one != self.id)
        return tuple(dict.fromkeys(named))

    def name_on(self, day: DayLike) -> str:
        """Return the name of the territory on *day*; its label if no dated name covers it."""
        return name_on(self.names, day, otherwise=self.label)

    def contains(self, other: Territory) -> bool:
        """
        Return whether another territory lies in this one, by its code or by the municipalities that it lists.

        >>> hexagon, lyon = Territory(id="HEX", label="Hexagone"), Territory(id="69M", label="Métropole de Lyon")
        >>> croix_rousse, limas = Territory(id="69384", label="Lyon 4e"), Territory(id="69115", label="Limas")
        >>> hexagon.contains(lyon), lyon.contains(croix_rousse), lyon.contains(limas)
        (True, True, False)
        >>> redon = Territory(id="243500741", label="Redon Agglomération", part_ids=["35236", "44128"])
        >>> brittany = Territory(id="R53", label="Bretagne")
        >>> redon.contains(Territory(id="35236", label="Redon")), brittany.contains(redon)
        (True, False)
        """
        if self.id == other.id:
            return False
        return self._holds(other.id) or (bool(other.part_ids) and all(map(self._holds, other.part_ids)))

    def _holds(self, code: str) -> bool:
        parts = self.part_ids
        return is_in(code, self.id) or (bool(parts) and any(around in parts for around in (code, *lies_in(code))))

    @property
    def insee_code(self) -> str:
        """The code that INSEE uses, such as `84` for the region `R84`; `FR` and `HEX`, which have none, as they are."""
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
