"""Annotations are types at run time too: for `typing.get_type_hints`, and for libraries that read it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

import pydantic
import pytest

import levier
from doors import DOORS
from levier import catalogue, errors, indicators, serialization


def annotated() -> Iterator[tuple[str, Any]]:
    """Yield every public function, class, constructor and method, by name."""
    for room in (levier, catalogue, errors, serialization, *(getattr(levier, door) for door in DOORS)):
        for name in room.__all__:
            found = getattr(room, name)
            if not (inspect.isclass(found) or inspect.isfunction(found)):
                continue
            yield name, found
            if inspect.isclass(found) and found.__module__.startswith("levier"):
                yield f"{name}()", found.__init__
                for method, held in vars(found).items():
                    function = getattr(held, "__func__", getattr(held, "fget", held))
                    if inspect.isfunction(function) and not method.startswith("_"):
                        yield f"{name}.{method}", function


def test_type_hints_can_be_read() -> None:
    """Every public callable and class tells its types to whoever asks at run time."""
    wrong: list[str] = []
    for name, found in annotated():
        try:
            get_type_hints(found)
        except Exception as error:  # noqa: BLE001  # whatever a library would meet
            wrong.append(f"{name}: {error!r}")
    assert not wrong


@pytest.mark.parametrize("take", [levier.Period, levier.Project, indicators.progress_of, indicators.freshness])
def test_calls_can_be_validated_by_pydantic(take: Callable[..., Any]) -> None:
    """Pydantic's `validate_call` takes our functions as they are."""
    settings = pydantic.ConfigDict(arbitrary_types_allowed=True)
    assert callable(pydantic.validate_call(config=settings)(take if inspect.isfunction(take) else take.__init__))


def test_a_vocabulary_tells_what_it_takes() -> None:
    """A term is made of its text or of itself, and constructors that take one say so."""
    taken = inspect.signature(levier.Phase).parameters["value"].annotation
    assert taken == levier.Phase | str
    assert get_type_hints(levier.Observation.__init__)["kind"] == levier.ObservationKind | str
