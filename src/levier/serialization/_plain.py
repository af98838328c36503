"""YAML scalars without quotation marks: text, until the type of the field is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import has

from levier.model._shapes import class_of, hints_of, item_of, options_of
from levier.model.extra import Extra
from levier.model.instruments import AnyInstrument, Instrument
from levier.model.portfolio import Portfolio
from levier.serialization.envelope import Provenance
from levier.serialization.hooks import INSTRUMENTS

__all__ = ["Plain", "typed"]

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,308})")  # as long as a double may be; longer numbers stay text
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,99})\.[0-9]{1,99}(?:e[-+]?[0-9]{1,3})?")
_TRUTHS = {"true": True, "false": False}
_NULLS = ("", "~", "null")


class Plain(str):
    """A scalar that was written without quotation marks."""

    __slots__ = ()


def typed(found: Any, hint: Any) -> Any:
    """Return builtins with plain scalars converted to the integers and booleans that *hint*, their type, has."""
    if hint is Extra:
        return _as_json(found)
    if type(found) is Plain:
        return _scalar(found, options_of(hint))
    if type(found) is dict:
        hints = _hints_of(_kind(hint, found))
        return {str(key): typed(value, hints.get(key, object)) for key, value in found.items()}
    if type(found) is list:
        held = next(filter(None, map(item_of, options_of(hint))), object)
        return [typed(value, held) for value in found]
    return found


def _scalar(found: Plain, options: tuple[Any, ...]) -> object:
    if found in _NULLS:
        return None
    if int in options and _WHOLE.fullmatch(found):
        return int(found)
    if float in options and _DECIMAL.fullmatch(found):
        return float(found)
    return _TRUTHS.get(found, str(found)) if bool in options else str(found)


def _as_json(found: Any) -> Any:
    """Return an application's own values, with plain scalars as null, booleans or numbers if they look so."""
    if type(found) is dict:
        return {str(key): _as_json(value) for key, value in found.items()}
    if type(found) is list:
        return [_as_json(value) for value in found]
    return _scalar(found, (int, float, bool)) if type(found) is Plain else found


def _kind(hint: Any, found: Mapping[str, Any]) -> Any:
    """Return the class of an object for the type *hint*."""
    if hint in (Instrument, AnyInstrument):
        return INSTRUMENTS.get(str(found.get("kind")))
    return next((each for each in options_of(hint) if isinstance(class_of(each), type) and has(each)), None)


def _hints_of(kind: Any) -> Mapping[str, Any]:
    """Return the types of the fields of a class; for a portfolio, those of the document."""
    if kind is Portfolio:
        return {**hints_of(kind), "version": int, "provenance": Provenance}
    return {} if kind is None else hints_of(kind)
