"""
Serialization: how values are written and read.

`dumps` and `loads` are for JSON in memory. `dump` and `load` are for files, whose suffix gives the format: `.json`,
`.ndjson`, `.toml`, `.yaml` or `.yml`, followed by `.gz` or `.zst` if the file is compressed.
Each format is a module of its own, with these four functions and `read_envelope`.
`loads(data, type=Indicator)` reads one value, `loads(data, limits=Limits(size_bytes=…))` limits its size.
`structure` and `unstructure` convert one value from and to plain builtins, as for a JSON column; `to_builtins` writes
what a question returned. `register_hooks` adds our classes to a cattrs converter, `problems_of` reads our problems out
of its errors, and `levier.serialization.pydantic` does the same for pydantic. An invalid document raises
`InvalidDocumentError`, which lists all `problems`.
`ndjson.records` and `ndjson.write` stream documents larger than memory; `schema.schema` is the JSON Schema.

>>> from levier import Method
>>> from levier.serialization import structure, unstructure
>>> row = unstructure(Method(id="nudge", label="Nudge"))
>>> row["id"], structure(row, Method).label
('nudge', 'Nudge')
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, overload

from levier.model.portfolio import Portfolio
from levier.serialization import json
from levier.serialization._problems import Unknown
from levier.serialization.codecs import codec_of
from levier.serialization.envelope import Envelope, Provenance
from levier.serialization.files import PathLike
from levier.serialization.hooks import structure, unstructure
from levier.serialization.json import dumps, loads
from levier.serialization.limits import LIMITS, Limits
from levier.serialization.migrations import FORMAT_VERSION
from levier.serialization.streams import read

if TYPE_CHECKING:
    from levier.serialization import migrations as migrations
    from levier.serialization import ndjson as ndjson
    from levier.serialization import schema as schema
    from levier.serialization import toml as toml
    from levier.serialization import yaml as yaml
    from levier.serialization.foreign import problems_of as problems_of
    from levier.serialization.registration import register_hooks as register_hooks
    from levier.serialization.results import to_builtins as to_builtins

__all__ = [
    "FORMAT_VERSION",
    "Envelope",
    "Limits",
    "Provenance",
    "dump",
    "dumps",
    "load",
    "loads",
    "problems_of",
    "read_envelope",
    "register_hooks",
    "structure",
    "to_builtins",
    "unstructure",
]

T = TypeVar("T")


@overload
def load(path: PathLike, *, unknown: Unknown = ..., limits: Limits = ...) -> Portfolio: ...


@overload
def load(path: PathLike, *, type: type[T], version: int = ..., unknown: Unknown = ..., limits: Limits = ...) -> T: ...


def load(
    path: PathLike,
    *,
    type: type[Any] = Portfolio,  # noqa: A002  # its name
    version: int = FORMAT_VERSION,
    unknown: Unknown = "refuse",
    limits: Limits = LIMITS,
) -> Any:
    """
    Return the portfolio in a file, or the value of class *type*; the suffix of the file gives the format.

    If *unknown* is "ignore", keys that this release does not know are left out; otherwise they are refused.

    Raises:
        InvalidValueError: If the suffix is not that of a format that can be read.
        InvalidDocumentError: If the document is not valid; lists every problem.
        LimitExceededError: If the document exceeds *limits*.
        MissingExtraError: If the format needs an extra that is not installed.
        OSError: If the file cannot be read.
    """
    return codec_of("load", path).load(path, type=type, version=version, unknown=unknown, limits=limits)


def dump(value: object, path: PathLike, *, provenance: Provenance | None = None, digest: bool = False) -> None:
    """
    Write a value to a file, atomically: a failure leaves the earlier file. The suffix gives the format.

    Raises:
        InvalidValueError: If the suffix is not that of a format, or the format cannot represent the value.
        MissingExtraError: If the format needs an extra that is not installed.
        OSError: If the file cannot be written.
    """
    codec_of("dump", path).dump(value, path, provenance=provenance, digest=digest)


def read_envelope(data: bytes | str | os.PathLike[str], *, limits: Limits = LIMITS) -> Envelope:
    """
    Return the envelope of a document of any version, from JSON in memory or from a file of any format.

    Raises:
        InvalidDocumentError: If the document has no envelope.
        LimitExceededError: If the document exceeds *limits*.
        OSError: If the file cannot be read.
    """
    if isinstance(data, os.PathLike):
        return codec_of("read_envelope", data).read_envelope(read(data, limits), limits=limits)
    return json.read_envelope(data, limits=limits)


_FORMATS = frozenset({"migrations", "ndjson", "schema", "toml", "yaml"})


_HOMES = {"problems_of": "foreign", "register_hooks": "registration", "to_builtins": "results"}


def __getattr__(name: str) -> Any:
    # Formats are imported on first use, because some need an extra; the others, because few programs use them, and two
    # of them import cattrs.
    if name in _HOMES:
        return getattr(import_module(f"levier.serialization.{_HOMES[name]}"), name)
    if name in _FORMATS:
        return import_module(f"levier.serialization.{name}")
    raise AttributeError(f"module 'levier.serialization' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *_FORMATS, "json"})
