"""The assertion that a value survives being written down, in every format that can hold it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

from levier._printing import shown
from levier.errors import MissingExtraError
from levier.model.instruments import AnyInstrument
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.sources import Sourced, Stated
from levier.serialization import structure, unstructure
from levier.testing.unequal import explanation

__all__ = ["assert_round_trips"]

_SOURCED: tuple[Any, ...] = (Sourced, Stated)


def assert_round_trips(value: Any, *, type: Any = None) -> None:  # noqa: A002  # as `loads` calls it
    """
    Raise unless *value* comes back as it was from builtins, from a pickle, and from each format that can hold it.

    Those are JSON and YAML; TOML for what is written as an object; NDJSON for a portfolio. A format whose extra is not
    installed is left out. What comes back has to be equal, of the same class, and written again with the same bytes.
    *type* is the type to read, where the value does not tell it: `tuple[Project, ...]`.

    Raises:
        AssertionError: If the value, or what comes back, cannot be written or read, or is another one; says in which
            format, and what differs.

    >>> from levier import Lever, Portfolio, rules
    >>> plan = Portfolio.of(Lever(id="digital", label="Numérique"))
    >>> assert_round_trips(plan)
    >>> assert_round_trips(rules.check(plan, as_of="2019-06-14")[0])
    Traceback (most recent call last):
        ...
    AssertionError: Finding does not come back from builtins: InvalidDocumentError: 2 problem(s) in the document:
      /message: expected what can be read back; a result like this is computed again, found an object ...
    """
    __tracebackhide__ = True
    kind = _kind_of(value) if type is None else type
    for name, write, read in _ways(value, kind):
        try:
            text = write(value)
            back = read(text)
            again = write(back)
        except MissingExtraError:
            continue
        except Exception as error:  # whatever is raised, the value does not come back
            raise AssertionError(f"{_named(value)} does not come back from {name}: {_named(error)}: {error}") from error
        lines = _lost(value, back)
        if again != text and name != "a pickle":  # which remembers what is the same object
            lines.append(f"and is then written as {shown(again)}")
        if lines:
            raise AssertionError("\n".join([f"{_named(value)} comes back from {name} as another value:", *lines]))


def _lost(value: Any, back: Any) -> list[str]:
    if back.__class__ is value.__class__ and back == value:
        return []
    return explanation(value, back) or [f"{shown(value)} != {shown(back)}"]


def _named(value: object) -> str:
    return value.__class__.__name__


def _kind_of(value: Any) -> Any:
    """Return the type to read a value as, with the parameter that its class needs."""
    kind: Any = value.__class__
    if kind in _SOURCED:
        return kind[_kind_of(value.value)]
    if kind is Registry:
        held = list({_kind_of(item) for item in value.values()})
        item: Any = held[0] if len(held) == 1 else AnyInstrument  # several kinds only of instruments
        return kind[item]
    return kind


def _ways(value: Any, kind: Any) -> Iterator[tuple[str, Callable[[Any], Any], Callable[[Any], Any]]]:
    """Yield the name of each way to write a value, with the functions that write and read it."""
    yield "builtins", unstructure, lambda found: structure(found, kind)
    yield "a pickle", pickle.dumps, pickle.loads
    is_object = isinstance(unstructure(value), dict)
    for name, holds in {"JSON": True, "YAML": True, "TOML": is_object, "NDJSON": isinstance(value, Portfolio)}.items():
        if holds:
            yield name, partial(_written, name), partial(_read, name, kind)


def _written(name: str, value: Any) -> Any:
    return import_module(f"levier.serialization.{name.lower()}").dumps(value)


def _read(name: str, kind: Any, text: Any) -> Any:
    return import_module(f"levier.serialization.{name.lower()}").loads(text, type=kind)
