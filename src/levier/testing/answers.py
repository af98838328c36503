"""
Strategies of what answers hold beside values of the model: texts to be said, rules of the caller, statements in force.

This module imports the rooms of answers, so it is imported when one of their classes is first drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from levier.compute.fund.selection import Criterion
from levier.compute.indicators.rollup import Place
from levier.compute.indicators.series import Point
from levier.model.observations import Observation
from levier.model.territories import Territory
from levier.testing import scalars
from levier.wording.messages import Message, items, message
from levier.wording.said import Said
from levier.wording.values import HasLabels

__all__ = ["SHAPES"]

_IDS, _WEIGHTS = scalars.identifiers(), scalars.decimals(1, 100)


def _messages() -> SearchStrategy[Message]:
    return scalars.labels().map(lambda label: message("{name} ({details})", name=label, details=label))


def _said() -> SearchStrategy[Said]:
    return scalars.labels().map(items) | _messages()


SHAPES: Mapping[Any, Callable[[Callable[[Any], Any]], SearchStrategy[Any]]] = MappingProxyType(
    {
        HasLabels: lambda of: of(Territory),
        Message: lambda _: _messages(),
        Place: lambda of: of(Territory),
        Point: lambda of: of(Observation),
        Said: lambda _: _said(),
        Criterion: lambda _: st.builds(Criterion, id=_IDS, label=_IDS, mark=st.just({}.get), weight=_WEIGHTS),
    }
)
"""How values of types that are no class with fields are drawn; each takes the strategy of other classes."""
