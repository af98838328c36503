"""What the things of a portfolio are called where they are counted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from levier.wording.messages import Message, message

__all__ = ["CONFLICTS", "MEASURED", "NOUNS"]

NOUNS: Mapping[str, Message] = MappingProxyType(
    {
        "programmes": message("Programmes"),
        "reforms": message("Reforms"),
        "projects": message("Projects"),
        "objectives": message("Objectives"),
        "levers": message("Levers"),
        "methods": message("Methods"),
        "indicators": message("Indicators"),
        "observations": message("Observations"),
        "surveys": message("Surveys"),
        "instruments": message("Territorial instruments"),
        "budget_programmes": message("State budget programmes"),
        "funds": message("Funds"),
        "organisations": message("Organisations"),
        "territories": message("Territories"),
        "sources": message("Sources"),
    }
)
"""The registries of a portfolio, in the order in which a reader expects them."""
MEASURED = message("Indicators with a value by that date")
CONFLICTS = message("Facts on which sources disagree")
