"""Every field of every class refuses what nobody means, by an error of levier's that prints, copies and pickles."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from attrs import Attribute, fields

import levier
from doors import everything
from levier._printing import legible
from levier.errors import LevierError
from levier.serialization import dumps, structure, unstructure
from levier.testing import build

CLASSES = [
    found
    for _, found in sorted(everything().items())
    if isinstance(found, type)
    and hasattr(found, "__attrs_attrs__")
    and not issubclass(found, Exception)
    and found.__module__.startswith("levier.model")
]


def hostile() -> dict[str, Any]:
    """Return the hostile values, made anew, because a generator is used up."""
    import importlib.util
    from pathlib import Path

    spec = importlib.util.spec_from_file_location("hostile_values", Path(__file__).with_name("values.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, Any] = module.HOSTILE
    return found


def check_error(error: BaseException, where: str) -> None:
    """Assert that an error is one of ours, and that it prints, copies and pickles to an error that says the same."""
    assert isinstance(error, LevierError), (where, type(error), error)
    said = str(error)
    said.encode()
    assert said.replace("\n", "").isprintable(), (where, said)
    assert len(said) < 5_000, where
    assert repr(error), where
    for other in (copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301  # our own
        assert type(other) is type(error), where
        assert str(other) == said, where


def arguments(kind: type[Any]) -> dict[str, Any]:
    """Return arguments that a class accepts."""
    sound = build(kind)
    return {each.alias: getattr(sound, each.name) for each in fields(kind)}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_hostile_values_in_every_field(kind: Any) -> None:
    """Whatever stands in a field, construction refuses it by our error, or keeps what can be written."""
    given = arguments(kind)
    for name, value in hostile().items():
        for attribute in fields(kind):
            try_field(kind, given, attribute, value, f"{kind.__name__}.{attribute.name} = {name}")


def try_field(kind: Any, given: dict[str, Any], attribute: Attribute[Any], value: Any, where: str) -> None:
    """Put a value into one field of a class, and see that it is refused properly or kept properly."""
    try:
        made = kind(**given | {attribute.alias: value})
    except LevierError as error:
        check_error(error, where)
        return
    except Exception as error:
        raise AssertionError(where) from error
    written, text = unstructure(made), dumps(made).decode()
    assert legible(text) == text, where
    if not getattr(kind, "__parameters__", ()):  # a generic class does not say what it is of
        assert structure(written, kind) == made, where
    hash(made)
    repr(made)


SCALARS = [levier.Euros, levier.Period, levier.Registry, levier.indicators.Observations, levier.fund.Journal]


@pytest.mark.parametrize("kind", SCALARS, ids=lambda kind: kind.__name__)
def test_hostile_values_for_scalars(kind: Any) -> None:
    """The classes that are made by hand refuse likewise."""
    for name, value in hostile().items():
        try:
            made = kind(value)
        except LevierError as error:
            check_error(error, f"{kind.__name__}({name})")
        except Exception as error:
            raise AssertionError(f"{kind.__name__}({name})") from error
        else:
            repr(made)
