"""How the tests of the catalogue find an entry: by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from operator import attrgetter
from typing import Any
from urllib.parse import unquote

import pytest

from levier import Portfolio, catalogue

Trail = tuple[Any, ...]


def _selects(segment: str, item: Any) -> bool:
    if "=" not in segment:
        return segment == (item if isinstance(item, str) else getattr(item, "id", None))
    wanted = (pair.partition("=") for pair in segment.split(","))
    return all(str(getattr(item, key)) == unquote(value) for key, _, value in wanted)


def _step(found: Any, segment: str) -> Any:
    if isinstance(found, Mapping):
        return found[segment]
    if hasattr(found, "__iter__") and not isinstance(found, str | Portfolio):
        selected = [item for item in found if _selects(segment, item)]
        assert len(selected) == 1, f"{segment!r} selects {len(selected)} items"
        return selected[0]
    return getattr(found, segment)


def _walk(start: Any, segments: list[str]) -> Iterator[Any]:
    found = start
    for segment in segments:
        found = _step(found, segment)
        yield found


@pytest.fixture(scope="session")
def plan() -> Portfolio:
    """Return the shipped catalogue."""
    return catalogue.action_publique_2022()


@pytest.fixture(scope="session")
def trail(plan: Portfolio) -> Callable[[str], Trail]:
    """
    Return the function that follows a path, and answers everything it met on the way.

    A path is registry/identifier/field/…: below a sequence a segment selects the one item of that `id`,
    or the one that a filter such as `year=2019,stage=voted` fits (a `/` in a value is written `%2F`).
    `code:module:name.name` is a thing of the code instead.
    """

    def follow(path: str) -> Trail:
        try:
            if path.startswith("code:"):
                _, module, names = path.split(":")
                return (attrgetter(names)(import_module(module)),)
            return tuple(_walk(plan, path.split("/")))
        except (AssertionError, AttributeError, KeyError) as error:
            pytest.fail(f"{path}: {error}")

    return follow
