"""INSEE's codes: the closed lists are those of the reference data, and each code says what its place lies in."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given

from levier import catalogue
from levier.model.insee import (
    ARRONDISSEMENTS,
    AUTHORITIES,
    COLLECTIVITIES,
    DEPARTMENTS,
    HEXAGON,
    REGIONS,
    is_in,
    lies_in,
)
from levier.model.territories import Territory, TerritoryLevel
from levier.testing.scalars import territory_codes

FILES = Path(__file__).parents[3] / "shared" / "data" / "territories"
LEVELS = list(TerritoryLevel)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of INSEE's beside the clone."""
    path = FILES / name
    if not path.exists():
        pytest.skip(f"../shared/data/territories/{name} is not there")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_regions_and_departments_are_those_of_the_files() -> None:
    """Every region and department of INSEE's files is known, no other is, and each department has their region."""
    assert {f"R{row['REG']}" for row in rows("regions.csv")} == set(REGIONS)
    assert {row["DEP"]: f"R{row['REG']}" for row in rows("departements.csv")} == dict(DEPARTMENTS)


def test_regions_and_departments_are_those_of_the_catalogue() -> None:
    """The catalogue, which has its own list, has each of them once, below the same one."""
    held = {place.id: place.parent_id for place in catalogue.territories().values() if place.id != "FR"}
    beside = {*COLLECTIVITIES, *AUTHORITIES, HEXAGON} - {"989"}  # nobody lives on Clipperton
    assert held == {code: lies_in(code)[0] for code in (*REGIONS, *DEPARTMENTS, *beside)}


def test_the_hexagon_is_metropolitan_france_without_corsica() -> None:
    """Twelve regions and 94 departments lie in it; Corsica, the overseas regions and the collectivities do not."""
    inside = [place for place in (*REGIONS, *DEPARTMENTS, *COLLECTIVITIES) if is_in(place, HEXAGON)]
    assert len([place for place in inside if place.startswith("R")]) == 12
    assert len([place for place in inside if place in DEPARTMENTS]) == 94
    assert not {"R94", "2A", "2B", *COLLECTIVITIES} & {*inside}


def test_the_municipalities_of_rhone_lie_in_one_authority() -> None:
    """Lyon and its arrondissements lie in the metropolis, Villefranche in the department, none in both."""
    places = ("69123", "69384", "69149", "69152", "69264", "69115", "69", "691", "01004", "75056")
    assert [place for place in places if is_in(place, "69M")] == ["69123", "69384", "69149", "69152"]
    assert [place for place in places if is_in(place, "69D")] == ["69264", "69115"]


def test_the_three_cities_have_their_arrondissements() -> None:
    """Paris has twenty, Marseille sixteen, Lyon nine, numbered on from the first."""
    cities = {
        city: sorted(part for part, of in ARRONDISSEMENTS.items() if of == city) for city in ARRONDISSEMENTS.values()
    }
    assert {city: (parts[0], parts[-1], len(parts)) for city, parts in cities.items()} == {
        "75056": ("75101", "75120", 20),
        "13055": ("13201", "13216", 16),
        "69123": ("69381", "69389", 9),
    }


@pytest.mark.parametrize(
    ("code", "around"),
    [
        ("FR", ()),
        ("R94", ("FR",)),
        ("2B", ("R94", "FR")),
        ("2B033", ("2B", "R94", "FR")),
        ("92012", ("92", "R11", "FR")),
        ("97105", ("971", "R01", "FR")),
        ("97611", ("976", "R06", "FR")),
        ("988", ("FR",)),
        ("98818", ("988", "FR")),
        ("97502", ("975", "FR")),
        ("75056", ("75", "R11", "FR")),
        ("75120", ("75056", "75", "R11", "FR")),
        ("69381", ("69123", "69", "R84", "FR")),
        ("13216", ("13055", "13", "R93", "FR")),
        ("13217", ("13", "R93", "FR")),  # there are sixteen
        ("HEX", ("FR",)),
        ("69M", ("69", "R84", "FR")),
        ("461", ("46", "R76", "FR")),
        ("130005481", ("FR",)),  # a SIREN, though it begins as the codes of a department do
        ("75", ("R11", "FR")),
        ("", ()),
        ("R07", ()),
        ("99999", ()),
    ],
)
def test_a_code_says_what_its_place_lies_in(code: str, around: tuple[str, ...]) -> None:
    """Cities, departments, regions and the nation around a place, nearest first; nothing around no place."""
    assert lies_in(code) == around


@given(territory_codes())
def test_what_a_place_lies_in_is_of_levels_above(code: str) -> None:
    """Each place lies in one place a level, of levels above its own, in what those lie in, and lastly in the nation."""
    around = [Territory(id=each, label="x") for each in (code, *lies_in(code))]
    ranks = [LEVELS.index(place.level) for place in around]
    assert ranks == sorted(set(ranks), reverse=True)
    assert around[-1].id == "FR"
    assert all(place.lies_in == tuple(each.id for each in around[number + 1 :]) for number, place in enumerate(around))
    assert len(code) > 2 or code in (*REGIONS, *DEPARTMENTS, *COLLECTIVITIES, "FR")


@given(territory_codes(), territory_codes())
def test_a_place_lies_in_what_is_around_it(code: str, other: str) -> None:
    """A place lies in each place around it, never in itself, and no two places lie in each other."""
    assert all(is_in(code, around) for around in lies_in(code))
    assert not is_in(code, code)
    assert not (is_in(code, other) and is_in(other, code))
    assert not is_in(code, other) or LEVELS.index(Territory(id=code, label="x").level) > LEVELS.index(
        Territory(id=other, label="x").level
    )
