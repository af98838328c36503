"""
Peers of levier that read and write the same document, with the same fields and the same checks.

Their classes are made from levier's own, so that nobody's list of fields can fall behind.
Each contestant comes in two forms: as its documentation tells its users, and with what dates and periods it parses in
Python kept in caches, as levier keeps them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

__all__ = ["Codec", "contestant"]


class Codec(NamedTuple):
    """How a contestant reads the document, references resolved, and writes it."""

    loads: Callable[[bytes], Any]
    dumps: Callable[[Any], bytes]


def contestant(name: str, *, cached: bool = False) -> Codec:
    """Return a contestant by its name; its library is imported only now."""
    match name:
        case "levier":
            from levier import dumps, loads

            return Codec(loads, dumps)
        case "pydantic":
            from contestants.models import codec
        case "Struct":
            from contestants.structs import codec
        case "Struct, pendulum":
            from contestants.structs import pendulum_codec as codec
        case "mashumaro":
            from contestants.dataclass import codec
        case _:
            from contestants.plain import codec
    return codec(cached)
