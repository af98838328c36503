"""
Why two values are not equal, for the failure of `assert left == right`.

pytest prints both sides and compares the lines, which takes minutes for a portfolio. Here both are walked together, and
only what differs is printed: each place in the terms of Python, and the changes between portfolios in words, if they
are few: to word all that differs between two large plans takes a minute, and nobody reads it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import islice
from typing import Any

from attrs import fields, has

from levier._printing import shown
from levier.history import difference
from levier.model.journal import Journal
from levier.model.observations import Observation, Observations
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry

__all__ = ["explanation"]

_LINES, _SENTENCES = 40, 20
"""The largest number of places and of sentences that are printed."""
_COLLECTIONS = (tuple, list, dict, set, frozenset)
"""Classes of others, which are explained if they hold values of ours."""
_SEQUENCES = (tuple, list, set, frozenset, Journal, Observations)
_CONTAINERS = (*_SEQUENCES, Registry, dict)
_KEYS = {Observation: "key"}


def explanation(left: Any, right: Any) -> list[str] | None:
    """
    Return why two values are not equal, in lines: a summary, and each place that differs; `None` for no values of ours.

    >>> from levier import Method
    >>> explanation(Method(id="nudge", label="Nudge"), Method(id="nudge", label="Coup de pouce"))
    ['two values of Method that differ:', "  .label: 'Nudge' != 'Coup de pouce'"]
    """
    if type(left) is not type(right) or not _is_walked(left):
        return None
    found = [f"  {line}" for line in islice(_differing(left, right, ""), _LINES + 1)]
    rest = ["  …"] if len(found) > _LINES else _in_words(left, right)
    return [f"two values of {type(left).__name__} that differ:", *found[:_LINES], *rest]


def _is_walked(value: Any) -> bool:
    if type(value) in _COLLECTIONS:
        held = value.values() if type(value) is dict else value
        return any(map(_is_walked, islice(held, 1))) and (type(value) not in (set, frozenset) or _is_keyed(value))
    return type(value).__module__.startswith("levier.") and (has(type(value)) or type(value) in _CONTAINERS)


def _in_words(left: Any, right: Any) -> Iterator[str]:
    if type(left) is not Portfolio or (found := difference(left, right)).is_empty:
        return
    lines = found.explain("en").splitlines()
    yield "in words:"
    yield from (f"  {line}" for line in lines[:_SENTENCES])
    if len(lines) > _SENTENCES:
        yield f"  … {len(lines) - _SENTENCES} more lines"


def _differing(left: Any, right: Any, path: str) -> Iterator[str]:
    """Yield the places below *path* at which two values differ."""
    if left is right or left == right:
        return
    if type(left) is type(right) and type(left) in _CONTAINERS:
        by_key = type(left) in _SEQUENCES and _is_keyed(left) and _is_keyed(right)
        yield from _of_items(_items(left, by_key=by_key), _items(right, by_key=by_key), path)
    elif type(left) is type(right) and has(type(left)):
        for attribute in fields(type(left)):
            name = attribute.name
            yield from _differing(getattr(left, name), getattr(right, name), f"{path}.{name}")
    else:
        yield f"{path}: {shown(left)} != {shown(right)}"


def _of_items(left: Mapping[Any, Any], right: Mapping[Any, Any], path: str) -> Iterator[str]:
    for key, ours in left.items():
        if key not in right:
            yield f"{path}[{key!r}]: only on the left: {shown(ours)}"
        else:
            yield from _differing(ours, right[key], f"{path}[{key!r}]")
    for key, theirs in right.items():
        if key not in left:
            yield f"{path}[{key!r}]: only on the right: {shown(theirs)}"
    if list(left) != list(right) and left.keys() == right.keys():
        yield f"{path or 'all'}: the same items in another order"


def _items(value: Any, *, by_key: bool) -> Mapping[Any, Any]:
    if isinstance(value, Mapping):
        return value
    return dict(zip(_keys(value) if by_key else range(len(value)), value, strict=True))


def _keys(value: Any) -> list[Hashable]:
    return [getattr(item, _KEYS.get(type(item), "id"), None) for item in value]


def _is_keyed(value: Any) -> bool:
    """Return whether each item of a sequence has a key of its own; otherwise they are told by their indexes."""
    keys = _keys(value)
    return None not in keys and len(set(keys)) == len(keys)
