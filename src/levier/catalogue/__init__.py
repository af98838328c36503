"""
Catalogue: reference data with their sources, written by hand as TOML in `data/`.

`action_publique_2022` is the portfolio of Action Publique 2022, `territories` the registry of France's territories.
Each file is a document of its own kind of things; the catalogue is all of them together.

>>> from levier import catalogue
>>> catalogue.action_publique_2022().budget_programmes["349"].since
2018
"""

from __future__ import annotations

from importlib import resources
from typing import Any

from levier._once import once
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.territories import Territory
from levier.serialization import toml
from levier.serialization.document import FORMAT, FORMAT_VERSION, portfolio_from

__all__ = ["action_publique_2022", "territories"]

_TERRITORIES, _OTHERS = "territories.toml", "other_territories.toml"


@once
def action_publique_2022() -> Portfolio:
    """
    Return Action Publique 2022: its programmes, levers, instruments and fund, each fact with its source.

    Where sources disagree, the alternatives are kept beside the preferred value, with the reason for the preference.

    >>> plan = action_publique_2022()
    >>> [lever.label_en for lever in plan.levers.values() if lever.parent_id == "transform-inside"]
    ['Proximity and deconcentrated decisions', 'Simplicity, efficiency and lighter internal processes']
    >>> plan.instruments["innovation-week-6"].period.value
    Period('2019-11-25/2019-11-30')
    """
    files = resources.files(__name__) / "data"
    names = (file.name for file in files.iterdir() if file.name.endswith(".toml"))
    return _read(*sorted(name for name in names if name != _OTHERS))  # it is followed in regions and departments


@once
def territories() -> Registry[Territory]:
    """
    Return the nation, its 18 regions and 101 departments, and what stands beside them.

    Beside them stand seven overseas collectivities (975, 977, 978, 984, 986, 987, 988), the department of Rhône and the
    metropolis of Lyon (69D and 69M, which make up 69), and the Hexagon (`HEX`), metropolitan France without Corsica.

    Source: Insee, code officiel géographique.

    >>> lot = territories()["46"]
    >>> lot.label, territories()[lot.parent_id].label
    ('Lot', 'Occitanie')
    """
    return _read(_TERRITORIES, _OTHERS).territories


def _read(*names: str) -> Portfolio:
    """Return the portfolio that these files describe together."""
    merged: dict[str, Any] = {"format": FORMAT, "version": FORMAT_VERSION}
    for name in names:
        document = toml.parse((resources.files(__name__) / "data" / name).read_bytes())
        for noun, items in document.items():
            if noun not in ("format", "version"):
                merged.setdefault(noun, []).extend(items)
    return portfolio_from(merged)
