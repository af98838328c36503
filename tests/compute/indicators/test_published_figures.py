"""
The figures that the Government published: the official progress beside baseline, actual value and target.

Source: "Baromètre des résultats de l'action publique", files `barometre-resultats-synthese-national.csv` and
`-regional.csv`, etalab/barometre-resultats-donnees at commit 825d445, Licence Ouverte 2.0.
`published_figures.csv` keeps all 51 national figures and a choice of regional ones, so that a clone without the files
still proves the formula.

The files give no direction.
One is inferred for each indicator, never for a row: downward where most of its targets lie below their baselines.
A figure counts as reproduced when the bounded progress is within 0.5 of what was published, which is in whole points.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from levier import Direction, Indicator, Observation, Portfolio, Source, Territory, indicators

FILES = Path(__file__).parents[4] / "shared" / "data" / "barometre"
KEPT = Path(__file__).with_name("published_figures.csv")
WITHIN = Fraction("0.5")
SOURCE = Source(
    id="barometre",
    title="Baromètre des résultats de l’action publique",
    publisher="Gouvernement français",
    url="https://github.com/etalab/barometre-resultats-donnees",
    published_on="2023",
    licence="Licence Ouverte 2.0",
)

Row = Mapping[str, str]


def read(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def published(level: str) -> list[Row]:
    """Return the rows of a published file that give an official progress; skip where the file is not there."""
    path = FILES / f"barometre-resultats-synthese-{level}.csv"
    if not path.exists():
        pytest.skip(f"../shared/data/barometre/{path.name} is not there")
    return [row for row in read(path) if row["pourcentage_cible"]]


def inferred(rows: Iterable[Row]) -> dict[str, Direction]:
    """Return the direction of each indicator: downward where most of its targets lie below their baselines."""
    votes: Counter[str] = Counter()
    for row in rows:
        votes[row["id_indicateur"]] += 1 if Decimal(row["cible"]) >= Decimal(row["valeur_initiale"]) else -1
    return {name: Direction.INCREASE if count >= 0 else Direction.DECREASE for name, count in votes.items()}


def reproduced(row: Row, direction: Direction, ruleset: indicators.Ruleset) -> bool:
    """Return whether the bounded progress of a row is the published one."""
    found = indicators.progress(
        baseline=row["valeur_initiale"],
        actual=row["valeur_actuelle"],
        target=row["cible"],
        direction=direction,
        ruleset=ruleset,
    )
    return found.value is not None and abs(Fraction(found.value) - Fraction(row["pourcentage_cible"])) <= WITHIN


@pytest.mark.parametrize("ruleset", indicators.Ruleset)
@pytest.mark.parametrize(("level", "figures"), [("national", 51), ("regional", 583)])
def test_every_published_figure_is_reproduced(level: str, figures: int, ruleset: indicators.Ruleset) -> None:
    """51 of 51 national and 583 of 583 regional figures come out as published, in both rulesets."""
    rows = published(level)
    directions = inferred(rows)
    missed = [row for row in rows if not reproduced(row, directions[row["id_indicateur"]], ruleset)]
    assert missed == []
    assert len(rows) == figures


def test_one_direction_fits_both_files() -> None:
    """Where an indicator is in both files, the direction inferred from one is that inferred from the other."""
    national, regional = (inferred(published(level)) for level in ("national", "regional"))
    shared = set(national) & set(regional)
    assert shared
    assert {name: national[name] for name in shared} == {name: regional[name] for name in shared}


@pytest.mark.parametrize("row", read(KEPT), ids=lambda row: f"{row['indicator']}-{row['territory']}")
def test_kept_figure_is_reproduced(row: Row) -> None:
    """A figure kept here comes out as published, from bare numbers."""
    found = indicators.progress(
        baseline=row["baseline"], actual=row["actual"], target=row["target"], direction=row["direction"]
    )
    assert found.value is not None
    assert abs(Fraction(found.value) - Fraction(row["published"])) <= WITHIN


def test_kept_figures_are_many_and_of_both_directions() -> None:
    """At least 40 figures are kept, upward and downward, one direction an indicator."""
    rows = read(KEPT)
    assert len(rows) >= 40
    assert {row["direction"] for row in rows} == {"increase", "decrease"}
    assert len({(row["indicator"], row["direction"]) for row in rows}) == len({row["indicator"] for row in rows})


def test_kept_figures_come_out_of_a_portfolio_too() -> None:
    """The same figures come out of observations with dates and sources, each explained with its numbers."""
    rows = {(row["indicator"], row["territory"]): row for row in read(KEPT)}
    cutoffs = indicators.Cutoffs(baseline_from="2010")
    held = portfolio(rows.values())
    for (indicator, territory), row in rows.items():
        found = indicators.progress_of(held, indicator, territory, as_of="2023-12-31", cutoffs=cutoffs)
        bare = indicators.progress(
            baseline=row["baseline"], actual=row["actual"], target=row["target"], direction=row["direction"]
        )
        assert found.value == bare.value
        assert not found.differs_from_pilote
        assert SOURCE.title in found.explain("fr")


def portfolio(rows: Iterable[Row]) -> Portfolio:
    """Return the portfolio of the rows: their indicators, territories and observations."""
    things: dict[str, Indicator | Territory] = {}
    observations = []
    for row in rows:
        name, place = row["indicator"], row["territory"]
        things[f"indicator {name}"] = Indicator(
            id=name, label=name, unit=row["unit"] or "count", direction=row["direction"]
        )
        things[f"territory {place}"] = Territory(id=place, label=place)
        observations += [
            Observation(
                indicator_id=name,
                territory_id=place,
                period=row[f"{kind}_on"],
                kind=kind,
                value=row[kind],
                source_id="barometre",
            )
            for kind in ("baseline", "actual", "target")
        ]
    return Portfolio.of(SOURCE, *things.values(), *observations)
