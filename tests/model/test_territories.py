"""Territories: the grammar of the codes, the levels, and PILOTE's two ways to write them."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidValueError
from levier.model.territories import NATION, Territory, TerritoryLevel
from levier.testing.scalars import territory_codes

LEVELS = list(TerritoryLevel)


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
    "code", ["", "fr", "FRANCE", "R8", "R084", "D46", "20", "2C", "20001", "2a", "98", "1", "4604", "460421", 46, None]
)
def test_codes_of_no_level_are_refused(code: Any) -> None:
    """What INSEE does not write, or writes otherwise, is refused; only 98 is a number that nobody bears yet."""
    if code == "98":
        assert Territory(id=code, label="x").level is TerritoryLevel.DEPARTMENT
        return
    with pytest.raises(InvalidValueError) as caught:
        Territory(id=code, label="x")
    assert caught.value.field == "id"


@given(territory_codes())
def test_every_code_has_one_level(code: str) -> None:
    """No valid code reads as two levels: both codings tell territories apart."""
    territory = Territory(id=code, label="x")
    assert (territory.pilote_zone is None) is (territory.level is TerritoryLevel.MUNICIPALITY)
    assert (territory.pilote_code is None) is (territory.pilote_zone is None)


@pytest.mark.parametrize(("code", "parent"), list(product(["FR", "R76", "46", "46042"], repeat=2)))
def test_a_parent_is_of_a_level_above(code: str, parent: str) -> None:
    """A territory has a parent only of a level above its own, which also means that nothing is above the nation."""
    above = LEVELS.index(Territory(id=parent, label="x").level) < LEVELS.index(Territory(id=code, label="x").level)
    if above:
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
