"""Scalars without quotation marks: text, until the class that they are read for says otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from attrs import has

from levier._once import once
from levier.model.instruments import AnyInstrument, Instrument
from levier.model.journal import Journal, JournalEntry
from levier.model.observations import Observation, Observations
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.serialization.envelope import Provenance
from levier.serialization.hooks import INSTRUMENTS

__all__ = ["Plain", "typed"]

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,99})")  # longer ones stay text, and are refused as such
_TRUTHS = {"true": True, "false": False}
_NULLS = ("", "~", "null")
_HELD = {Observations: Observation, Journal: JournalEntry}


class Plain(str):
    """A scalar as it is written, without quotation marks."""

    __slots__ = ()


def typed(found: Any, hint: Any) -> Any:
    """Return builtins whose plain scalars are whole numbers and truths where *hint*, the type to build, has these."""
    if type(found) is Plain:
        return _scalar(found, _options(hint))
    if type(found) is dict:
        hints = _hints(_kind(hint, found))
        return {str(key): typed(value, hints.get(key, object)) for key, value in found.items()}
    if type(found) is list:
        held = next(filter(None, map(_held, _options(hint))), object)
        return [typed(value, held) for value in found]
    return found


def _scalar(found: Plain, options: tuple[Any, ...]) -> object:
    if found in _NULLS:
        return None
    if int in options and _WHOLE.fullmatch(found):
        return int(found)
    return _TRUTHS.get(found, str(found)) if bool in options else str(found)


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _held(hint: Any) -> Any:
    """Return the type of what an array of type *hint* holds, or `None` if it is of no array."""
    if get_origin(hint) in (tuple, Registry):
        return get_args(hint)[0]
    return _HELD.get(hint)


def _kind(hint: Any, found: Mapping[str, Any]) -> Any:
    """Return the class of an object of type *hint*."""
    if hint in (Instrument, AnyInstrument):
        return INSTRUMENTS.get(str(found.get("kind")))
    return next(filter(has, filter(_is_class, _options(hint))), None)


def _is_class(hint: Any) -> bool:
    return isinstance(get_origin(hint) or hint, type)


@once
def _hints(kind: Any) -> Mapping[str, Any]:
    """Return the types of the fields of a class, those of a document for a portfolio."""
    if kind is None:
        return {}
    origin = get_origin(kind) or kind
    chosen = dict(zip(getattr(origin, "__parameters__", ()), get_args(kind), strict=False))
    hints = {name: _filled(hint, chosen) for name, hint in get_type_hints(origin).items()}
    return hints | {"version": int, "provenance": Provenance} if kind is Portfolio else hints


def _filled(hint: Any, chosen: Mapping[Any, Any]) -> Any:
    if isinstance(hint, TypeVar):
        return chosen.get(hint, object)
    open_ones = getattr(hint, "__parameters__", ()) if get_origin(hint) else ()
    return hint[tuple(chosen.get(each, object) for each in open_ones)] if open_ones else hint
