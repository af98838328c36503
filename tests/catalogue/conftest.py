"""How the tests of the catalogue find an entry, by its path, and the facts that it is held to."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from levier import Portfolio, catalogue

Trail = tuple[Any, ...]

FACTS = Path(__file__).parents[3] / "shared" / "data" / "facts.csv"


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


@pytest.fixture(scope="session")
def rows() -> dict[str, dict[str, str]]:
    """Return the rows of facts.csv by their identifier."""
    if not FACTS.exists():
        pytest.skip("facts.csv is not beside this clone")
    with FACTS.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="session")
def mapped() -> dict[str, dict[str, Any]]:
    """Return what each fact is mapped to: `entry`, `also`, `follows` or `refused`, with lists of paths."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(Path(__file__).parent.glob("facts_*.toml")):
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        assert not set(found) & set(read), "a fact is mapped in two files"
        found |= {fact: {key: _as_list(key, value) for key, value in row.items()} for fact, row in read.items()}
    return found


def _as_list(key: str, value: Any) -> Any:
    return [value] if key in ("entry", "also") and isinstance(value, str) else value
