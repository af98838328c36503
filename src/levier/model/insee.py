"""
The territories of INSEE's official geographic code, and the territories around each, computed from its code.

Source: INSEE, code officiel géographique, https://www.insee.fr/fr/information/2560452: the 18 regions since 2016, their
101 departments, the overseas collectivities, and the municipal arrondissements of Paris, Lyon and Marseille.
A region has the prefix `R`, because regions and departments use the same numbers.
The codes of a municipality and of a departmental arrondissement begin with that of their department: two characters, or
three overseas. An intercommunality has its SIREN.
The Hexagon, which has no code of INSEE, is `HEX`: metropolitan France without Corsica.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from levier.model.identifiers import TerritoryId
from levier.model.sirene import is_siren

__all__ = [
    "ARRONDISSEMENTS",
    "AUTHORITIES",
    "COLLECTIVITIES",
    "DEPARTMENTAL_ARRONDISSEMENT",
    "DEPARTMENTS",
    "HEXAGON",
    "HEXAGON_REGIONS",
    "MUNICIPALITY",
    "REGIONS",
    "is_in",
    "lies_in",
]

_NATION = "FR"
HEXAGON = "HEX"
_DEPARTMENTS_OF = {
    "R01": "971",
    "R02": "972",
    "R03": "973",
    "R04": "974",
    "R06": "976",
    "R11": "75 77 78 91 92 93 94 95",
    "R24": "18 28 36 37 41 45",
    "R27": "21 25 39 58 70 71 89 90",
    "R28": "14 27 50 61 76",
    "R32": "02 59 60 62 80",
    "R44": "08 10 51 52 54 55 57 67 68 88",
    "R52": "44 49 53 72 85",
    "R53": "22 29 35 56",
    "R75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "R76": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "R84": "01 03 07 15 26 38 42 43 63 69 73 74",
    "R93": "04 05 06 13 83 84",
    "R94": "2A 2B",
}
_ARRONDISSEMENTS_OF = {"75056": range(75101, 75121), "69123": range(69381, 69390), "13055": range(13201, 13217)}
_TWO_CHARACTERS = 2
_OF_A_MUNICIPALITY = 5

REGIONS = tuple(_DEPARTMENTS_OF)
DEPARTMENTS: Mapping[str, str] = MappingProxyType(
    {department: region for region, departments in _DEPARTMENTS_OF.items() for department in departments.split()}
)
"""The region of each department."""
COLLECTIVITIES = ("975", "977", "978", "984", "986", "987", "988", "989")
"""
The overseas collectivities, which have the rank of departments and no region.

Saint-Pierre-et-Miquelon, Saint-Barthélemy, Saint-Martin, the southern and Antarctic lands, Wallis-et-Futuna, French
Polynesia, New Caledonia, Clipperton.
"""
ARRONDISSEMENTS: Mapping[str, str] = MappingProxyType(
    {str(number): city for city, numbers in _ARRONDISSEMENTS_OF.items() for number in numbers}
)
"""The city of each municipal arrondissement, such as 75056 (Paris) for 75101, its first arrondissement."""
AUTHORITIES: Mapping[str, str] = MappingProxyType({"69D": "69", "69M": "69"})
"""
The two authorities that share a department since 2015: the department of Rhône and the metropolis of Lyon.

`69` is the constituency of the State, which both make up. Source: Insee, « Collectivités territoriales à statut
particulier » (https://www.insee.fr/fr/information/3528272); loi n° 2014-58 du 27 janvier 2014, article 26.
"""
HEXAGON_REGIONS = frozenset(REGIONS) - {"R01", "R02", "R03", "R04", "R06", "R94"}
"""
The twelve regions of the Hexagon: those of metropolitan France without Corsica.

Source: Géoconfluences, « Hexagone » (https://geoconfluences.ens-lyon.fr/glossaire/hexagone); INSEE has no code for it.
"""
_LYON = (
    "69003 69029 69033 69034 69040 69044 69046 69063 69068 69069 69071 69072 69081 69085 69087 69088 69089 69091 69096 "
    "69100 69116 69117 69123 69127 69142 69143 69149 69152 69153 69163 69168 69191 69194 69199 69202 69204 69205 69207 "
    "69233 69244 69250 69256 69259 69260 69266 69271 69273 69275 69276 69278 69279 69282 69283 69284 69286 69290 69292 "
    "69293 69296"
)
_METROPOLIS_OF_LYON = frozenset(_LYON.split())
"""
The municipalities of the metropolis of Lyon: 59 until 69152 merged into 69149 in 2024, 58 since.

Source: Insee, base des EPCI (200046977), by way of etalab/decoupage-administratif 4.1.
"""


def _alternatives(length: int) -> str:
    return "|".join(code for code in (*DEPARTMENTS, *COLLECTIVITIES) if len(code) == length)


MUNICIPALITY = (
    f"(?:{_alternatives(_TWO_CHARACTERS)})(?!000)[0-9]{{3}}|(?:{_alternatives(_TWO_CHARACTERS + 1)})(?!00)[0-9]{{2}}"
)
"""The grammar of the codes of municipalities and arrondissements; unlike postal codes, none ends in zeros only."""
DEPARTMENTAL_ARRONDISSEMENT = f"(?:{'|'.join(DEPARTMENTS)})[1-9]"
"""The grammar of the codes of departmental arrondissements, such as 461 (Cahors)."""


@lru_cache(maxsize=65_536)
def lies_in(code: str) -> tuple[TerritoryId, ...]:
    """
    Return the codes of the territories around one, nearest first; empty if INSEE does not know the code.

    These are the territories that a code tells: not the Hexagon, not the metropolis of Lyon, no intercommunality.

    >>> lies_in("75101"), lies_in("92012"), lies_in("98818"), lies_in("69M")
    (('75056', '75', 'R11', 'FR'), ('92', 'R11', 'FR'), ('988', 'FR'), ('69', 'R84', 'FR'))
    """
    if code == HEXAGON or code in REGIONS or code in COLLECTIVITIES or is_siren(code):
        return (TerritoryId(_NATION),)
    around = DEPARTMENTS.get(code) or AUTHORITIES.get(code) or ARRONDISSEMENTS.get(code) or _department_of(code)
    return () if around is None else (TerritoryId(around), *lies_in(around))


def is_in(code: str, around: str) -> bool:
    """
    Return whether one territory lies in another, as far as their codes tell; not for intercommunalities.

    >>> is_in("46", "HEX"), is_in("2A", "HEX"), is_in("69381", "69M"), is_in("69264", "69M"), is_in("69264", "69D")
    (True, False, True, False, True)
    """
    chain = (code, *lies_in(code))
    if around == HEXAGON:
        return not HEXAGON_REGIONS.isdisjoint(chain)
    if around in AUTHORITIES:
        is_small = len(code) == _OF_A_MUNICIPALITY and AUTHORITIES[around] in chain
        return is_small and (around == "69M") is not _METROPOLIS_OF_LYON.isdisjoint(chain)
    return around in chain[1:]


def _department_of(municipality: str) -> str | None:
    starts = (municipality[:length] for length in (_TWO_CHARACTERS, _TWO_CHARACTERS + 1))
    return next((start for start in starts if start in DEPARTMENTS or start in COLLECTIVITIES), None)
