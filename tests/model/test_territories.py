"""Territories: the grammar of the codes, the levels, and PILOTE's two ways to write them."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidValueError
from levier.model.insee import DEPARTMENTS, REGIONS, lies_in
from levier.model.territories import NATION, Territory, TerritoryLevel
from levier.testing.scalars import territory_codes


@pytest.mark.parametrize(
    ("code", "level", "insee", "zone", "long"),
    [
        ("FR", TerritoryLevel.NATION, "FR", "FRANCE", "NAT-FR"),
        ("R84", TerritoryLevel.REGION, "84", "R84", "REG-84"),
        ("R01", TerritoryLevel.REGION, "01", "R01", "REG-01"),  # Guadeloupe, whose number is also that of Ain
        ("84", TerritoryLevel.DEPARTMENT, "84", "D84", "DEPT-84"),  # Vaucluse, whose number is also that of a region
        ("01", TerritoryLevel.DEPARTMENT, "01", "D01", "DEPT-01"),
        ("2A", TerritoryLevel.DEPARTMENT, "2A", "D2A", "DEPT-2A"),
        ("971", TerritoryLevel.DEPARTMENT, "971", "D971", "DEPT-971"),
        ("46042", TerritoryLevel.MUNICIPALITY, "46042", None, None),
        ("2B033", TerritoryLevel.MUNICIPALITY, "2B033", None, None),
        ("97105", TerritoryLevel.MUNICIPALITY, "97105", None, None),
        ("75056", TerritoryLevel.MUNICIPALITY, "75056", None, None),
        ("75101", TerritoryLevel.MUNICIPAL_ARRONDISSEMENT, "75101", None, None),
        ("988", TerritoryLevel.DEPARTMENT, "988", None, None),  # New Caledonia, which PILOTE does not follow
        ("HEX", TerritoryLevel.HEXAGON, "HEX", None, None),
        ("69", TerritoryLevel.DEPARTMENT, "69", "D69", "DEPT-69"),
        ("69M", TerritoryLevel.DEPARTMENTAL_AUTHORITY, "69M", None, None),
        ("461", TerritoryLevel.DEPARTMENTAL_ARRONDISSEMENT, "461", None, None),
        ("2B5", TerritoryLevel.DEPARTMENTAL_ARRONDISSEMENT, "2B5", None, None),
        ("9741", TerritoryLevel.DEPARTMENTAL_ARRONDISSEMENT, "9741", None, None),
        ("200023737", TerritoryLevel.INTERCOMMUNALITY, "200023737", None, None),  # Grand Cahors
    ],
)
def test_codes_tell_levels_and_both_codings(
    code: str, level: TerritoryLevel, insee: str, zone: str | None, long: str | None
) -> None:
    """A code alone says the level, INSEE's code and PILOTE's short and long ones; a region is not a department."""
    territory = Territory(id=code, label="x")
    assert territory.level is level
    assert territory.insee_code == insee
    assert territory.pilote_zone == zone
    assert territory.pilote_code == long


@pytest.mark.parametrize(
    "code",
    [
        *("", "fr", "FRANCE", "R8", "R084", "D46", "2C", "2a", "1", "4604", "460421", 46, None),  # written otherwise
        *("20", "96", "97", "98", "99", "00", "970", "979"),  # no department
        *("R00", "R05", "R07", "R20", "R21", "R82", "R99", "R2A"),  # no region, or none since 2016
        *("HEXAGONE", "hex", "69A", "69m", "75M", "460", "9881", "9711A"),  # no authority, no arrondissement
        *("200023738", "20002373", "2000237370", "ABCDEFGHI", "200 023 737"),  # no SIREN
        *("20001", "96001", "97001", "98001", "99100"),  # in no department
        *("46000", "97400", "2A000"),  # postal codes, which are not INSEE's
    ],
)
def test_codes_of_no_level_are_refused(code: Any) -> None:
    """What INSEE does not know, or writes otherwise, is refused."""
    with pytest.raises(InvalidValueError) as caught:
        Territory(id=code, label="x")
    assert caught.value.field == "id"


@given(territory_codes())
def test_every_code_has_one_level(code: str) -> None:
    """No valid code reads as two levels: both codings tell territories apart."""
    territory = Territory(id=code, label="x")
    is_followed = code == NATION or code in (*REGIONS, *DEPARTMENTS)
    assert (territory.pilote_zone is not None) is is_followed
    assert (territory.pilote_code is None) is (territory.pilote_zone is None)


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("92012", "75"),  # the sighting: Boulogne is not in Paris
        ("13055", "69"),
        ("2A004", "2B"),
        ("97105", "972"),
        ("92", "R84"),
        ("92012", "R84"),
        ("971", "R02"),
        ("988", "R94"),
        ("75101", "69123"),
        ("75101", "92"),
        ("75056", "75101"),
        ("46042", "46043"),
        ("46", "46"),
    ],
)
def test_a_parent_that_a_territory_does_not_lie_in_is_refused(code: str, parent: str) -> None:
    """The code says where a territory lies, and the refusal names the places it may stand in."""
    around = ", ".join(lies_in(code))
    with pytest.raises(InvalidValueError, match=rf"^Territory '{code}'\.parent_id: .*\({around}\), or None, found"):
        Territory(id=code, label="x", parent_id=parent)


PLACES = ["FR", "R76", "46", "46042", "R11", "75", "75056", "75101", "988"]


@pytest.mark.parametrize(("code", "parent"), list(product(PLACES, repeat=2)))
def test_a_parent_is_around(code: str, parent: str) -> None:
    """A territory has a parent only of those that it lies in, at any distance; nothing is around the nation."""
    if parent in lies_in(code):
        assert Territory(id=code, label="x", parent_id=parent).parent_id == parent
    else:
        with pytest.raises(InvalidValueError) as caught:
            Territory(id=code, label="x", parent_id=parent)
        assert caught.value.field == "parent_id"


@given(st.text(max_size=6).filter(lambda text: text not in {"FR", "R76", "46"}))
def test_a_parent_is_a_territory(parent: str) -> None:
    """Whatever else a text says, it is no parent of a municipality unless it is a code above it."""
    try:
        Territory(id="46042", label="x", parent_id=parent)
    except InvalidValueError as error:
        assert error.field == "parent_id"  # noqa: PT017  # either outcome is allowed; its place is what is proven
    else:
        assert Territory(id=parent, label="x").level is not TerritoryLevel.MUNICIPALITY


def test_the_nation_is_named() -> None:
    """The nation's code is the default of observations, and has a name."""
    assert Territory(id=NATION, label="France").level is TerritoryLevel.NATION
