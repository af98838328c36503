"""Annotations are types at run time too: for `typing.get_type_hints`, and for libraries that read it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pydantic
import pytest

import levier
from doors import DOORS
from levier import catalogue, errors, indicators, serialization
from levier.model.terms import Term


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


def unions(hint: Any) -> Iterator[tuple[Any, ...]]:
    """Yield each union that stands in a hint, and what stands alone as a union of one."""
    parts = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        yield parts
        inner = [part for part in parts if get_args(part)]
    else:
        yield (hint,)
        inner = [part for part in parts if part is not ... and not isinstance(part, list)]
    for part in inner:
        yield from unions(part)


def lacks_text(hint: Any) -> bool:
    """Return whether a hint takes a term, a day or a period and not its text; `Sourced` holds the thing itself."""
    return any(
        str not in union and any(inspect.isclass(one) and issubclass(one, (Term, date, levier.Period)) for one in union)
        for union in unions(hint)
    ) and levier.Sourced not in [get_origin(one) for one in get_args(hint) or (hint,)] + [get_origin(hint)]


IN_PASSING = {"Journal.room"}
"""What the fund asks of its journal, entry by entry."""


def test_where_a_term_is_taken_its_text_is() -> None:
    """Every public callable that takes a term, a day or a period takes its text, and says so."""
    results = {
        name for name, found in annotated() if inspect.isclass(found) and found.__module__.split(".")[1] == "compute"
    }
    lacking = [
        f"{name}({argument}: {hint})"
        for name, found in annotated()
        if inspect.isfunction(found) and name not in IN_PASSING and name.removesuffix("()") not in results
        for argument, hint in get_type_hints(found).items()
        if argument != "return" and lacks_text(hint)
    ]
    assert not lacking


def test_no_parameter_of_a_constructor_is_anything() -> None:
    """A constructor says what it takes; no parameter shows as `Any`."""

    def is_anything(hint: Any) -> bool:
        return hint is Any or any(is_anything(part) for part in get_args(hint) if part is not ...)

    shown = [
        f"{name}.{argument}: {hint}"
        for name, found in annotated()
        if name.endswith("()")
        for argument, hint in get_type_hints(found).items()
        if argument != "return" and is_anything(hint)
    ]
    assert not shown
