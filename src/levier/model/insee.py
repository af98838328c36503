"""
The territories of INSEE's official geographic code, and the territories around each, computed from its code.

Source: INSEE, code officiel géographique, https://www.insee.fr/fr/information/2560452: the 18 regions since 2016, their
101 departments, the overseas collectivities, and the municipal arrondissements of Paris, Lyon and Marseille.
A region has the prefix `R`, because regions and departments use the same numbers.
The code of a municipality begins with that of its department: two characters, or three overseas.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from levier.model.identifiers import TerritoryId

__all__ = ["ARRONDISSEMENTS", "COLLECTIVITIES", "DEPARTMENTS", "MUNICIPALITY", "REGIONS", "lies_in"]

_NATION = "FR"
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


def _alternatives(length: int) -> str:
    return "|".join(code for code in (*DEPARTMENTS, *COLLECTIVITIES) if len(code) == length)


MUNICIPALITY = (
    f"(?:{_alternatives(_TWO_CHARACTERS)})(?!000)[0-9]{{3}}|(?:{_alternatives(_TWO_CHARACTERS + 1)})(?!00)[0-9]{{2}}"
)
"""The grammar of the codes of municipalities and arrondissements; unlike postal codes, none ends in zeros only."""


@lru_cache(maxsize=65_536)
def lies_in(code: str) -> tuple[TerritoryId, ...]:
    """
    Return the codes of the territories around one, nearest first; empty if INSEE does not know the code.

    >>> lies_in("75101"), lies_in("92012"), lies_in("98818")
    (('75056', '75', 'R11', 'FR'), ('92', 'R11', 'FR'), ('988', 'FR'))
    """
    if code in REGIONS or code in COLLECTIVITIES:
        return (TerritoryId(_NATION),)
    around = DEPARTMENTS.get(code) or ARRONDISSEMENTS.get(code) or _department_of(code)
    return () if around is None else (TerritoryId(around), *lies_in(around))


def _department_of(municipality: str) -> str | None:
    starts = (municipality[:length] for length in (_TWO_CHARACTERS, _TWO_CHARACTERS + 1))
    return next((start for start in starts if start in DEPARTMENTS or start in COLLECTIVITIES), None)
