"""Indicators: what their definitions promise."""

from __future__ import annotations

from itertools import permutations

import pytest

from levier.errors import InvalidValueError
from levier.model.indicators import Definition, Indicator


@pytest.mark.parametrize("versions", list(permutations([1, 2, 4])))
def test_definitions_stand_oldest_first(versions: tuple[int, ...]) -> None:
    """The versions of a definition are taken in their order, with gaps or without, and in no other."""
    definitions = [Definition(version=version, text=f"Version {version}") for version in versions]
    if versions == tuple(sorted(versions)):
        made = Indicator(id="i", label="I", unit="days", definitions=definitions)
        assert [definition.version for definition in made.definitions] == [1, 2, 4]
    else:
        with pytest.raises(InvalidValueError, match="oldest first"):
            Indicator(id="i", label="I", unit="days", definitions=definitions)
