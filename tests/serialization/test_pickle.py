"""Pickles and copies: what is sent to another process comes back equal, values, results and errors alike."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from inspect import isclass
from pkgutil import iter_modules
from typing import Any, Protocol

import attrs
import pytest
from attrs import evolve

import levier.model
from levier import budget, catalogue, errors, indicators, rules
from levier.errors import DanglingReference, InvalidValueError, LevierError, Problem, ProblemCode
from levier.model.journal import Journal
from levier.model.money import Euros
from levier.model.observations import Observations
from levier.model.periods import Period
from levier.model.registry import Registry
from levier.serialization import Envelope, Limits, Provenance, loads
from levier.serialization._problems import UnknownKindError, WrongTypeError
from levier.testing import build, samples

GIVEN: dict[str, Any] = {
    "str": "x",
    "object": 0.1,
    "int": 3,
    "int | None": None,
    "bool": True,
    "Euros": Euros("12.50"),
    "ProblemCode": ProblemCode.SYNTAX,
    "tuple[str, ...]": ("a", "b"),
    "tuple[int, ...]": (2020, 2021),
    "tuple[Problem, ...]": (Problem(pointer="/a", code=ProblemCode.SYNTAX, message="odd", line=3, column=12),),
    "tuple[DanglingReference, ...]": (DanglingReference("a", "b", "c"),),
    "tuple[tuple[str, str], ...]": (("a", "b"),),
    "tuple[tuple[str, str, str], ...]": (("a", "b", "c"),),
}
"""A value for each type that a field of an error has, as it is annotated."""


PLAIN = (Euros, Journal, Observations, Period, Registry)
"""The classes that are not attrs: written as one text, or as one array."""


def model_classes() -> Iterator[type[Any]]:
    """Yield the public classes of the model that have instances of their own."""
    for found in iter_modules(levier.model.__path__):
        module = import_module(f"levier.model.{found.name}")
        names = [] if found.name.startswith("_") else module.__all__
        for cls in filter(isclass, (getattr(module, name) for name in names)):
            if cls.__module__ == module.__name__ and not issubclass(cls, Enum) and Protocol not in cls.__bases__:
                yield cls


def model_values() -> list[Any]:
    """Return an instance of each class of the model, and of those of the envelope."""
    provenance = Provenance(by="DITP", on="2019-06-14")
    built = [build(cls) for cls in model_classes() if attrs.has(cls) or cls in PLAIN]
    return [*built, *samples.portfolio(projects=2), provenance, Envelope(provenance=provenance), Limits(depth=3)]


def results() -> list[Any]:
    """Return some of what is computed."""
    ap = catalogue.action_publique_2022()
    return [
        budget.year(ap, 349, 2021),
        budget.outstanding(ap, 349, year=2021),
        indicators.attainment_of(ap, "p349-appraisal-time", year=2020),
        *indicators.progress_table(ap, as_of="2022-12-31"),
        *rules.check(ap, as_of="2022-12-31")[:5],
    ]


def every_error() -> list[LevierError]:
    """Return an error of each class, those that only a converter sees too."""
    classes = [getattr(errors, name) for name in errors.__all__]
    leaves = [cls for cls in classes if isclass(cls) and issubclass(cls, LevierError) and cls is not LevierError]
    return [
        cls(*(GIVEN[str(field.type)] for field in attrs.fields(cls)))
        for cls in (*leaves, WrongTypeError, UnknownKindError)
    ]


RETURN = "import pickle, sys; pickle.dump(pickle.load(sys.stdin.buffer), sys.stdout.buffer, {protocol})"


def from_another_process(values: list[Any], protocol: int) -> list[Any]:
    """Return values after they were unpickled and pickled by another interpreter, whose hashes are others."""
    done = subprocess.run(
        [sys.executable, "-c", RETURN.format(protocol=protocol)],
        input=pickle.dumps(values, protocol),
        capture_output=True,
        check=True,
    )
    found: list[Any] = pickle.loads(done.stdout)  # noqa: S301  # our own pickle
    return found


@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
@pytest.mark.parametrize("make", [model_values, results], ids=["values", "results"])
def test_values_come_back_from_another_process(make: Any, protocol: int) -> None:
    """Every class of the model, and what is computed, survives the way there and back, with its hash."""
    values = make()
    again = from_another_process(values, protocol)
    for value, other in zip(values, again, strict=True):
        assert type(other) is type(value)
        assert other == value
        assert hash(other) == hash(value)
        assert repr(other) == repr(value)


@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
def test_errors_come_back_from_another_process(protocol: int) -> None:
    """Every error comes back with its class, its fields and its text, as a pool of workers needs it."""
    values = every_error()
    again = from_another_process(values, protocol)
    assert [(type(error), str(error)) for error in again] == [(type(error), str(error)) for error in values]
    fields = [[attrs.asdict(error, recurse=False) for error in found] for found in (again, values)]  # type: ignore[arg-type]
    assert fields[0] == fields[1]


def test_a_refused_document_comes_back_whole() -> None:
    """The problems of a document that a worker refused are those that its master sees."""
    with pytest.raises(errors.InvalidDocumentError) as caught:
        loads('{"format": "levier", "version": 1, "methods": [{"id": "m", "label": ""}]}')
    (again,) = from_another_process([caught.value], pickle.HIGHEST_PROTOCOL)
    assert again.problems == caught.value.problems
    assert again.problems[0].line == 1


@pytest.mark.skipif(not hasattr(copy, "replace"), reason="copy.replace came with Python 3.13")
def test_replace_is_evolve() -> None:
    """Where Python has `copy.replace`, it changes every class that has fields, and is refused like construction."""
    replace: Any = getattr(copy, "replace", None)
    for value in (*model_values(), *every_error()):
        if attrs.has(type(value)):
            first = attrs.fields(type(value))[0].alias
            assert repr(replace(value)) == repr(value)
            same = {str(first): getattr(value, attrs.fields(type(value))[0].name)}
            assert repr(replace(value, **same)) == repr(evolve(value, **same))
    with pytest.raises(InvalidValueError, match=r"Provenance\.by"):
        replace(Provenance(by="DITP"), by="")
