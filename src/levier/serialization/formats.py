"""Which format a file has, by its suffix."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from levier.errors import InvalidValueError
from levier.serialization.files import PathLike, as_path
from levier.serialization.streams import COMPRESSIONS

__all__ = ["FORMATS", "format_of"]

FORMATS: Mapping[str, str] = MappingProxyType(
    {".json": "json", ".ndjson": "ndjson", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}
)
"""The module of each format, which is imported when it is asked for: some need an extra."""


def format_of(function: str, path: PathLike) -> Any:
    """
    Return the module of the format that a file has; *function* is who asks.

    Raises:
        InvalidValueError: For what is no path, and if the suffix says no format.
        MissingExtraError: If the format needs an extra that is not installed.

    >>> format_of("load", "plan.json.gz").__name__
    'levier.serialization.json'
    """
    file = as_path(function, path)
    while file.suffix.lower() in COMPRESSIONS:
        file = file.with_suffix("")
    if file.suffix.lower() not in FORMATS:
        known = ", ".join(FORMATS)
        expected = f"a file that ends in one of {known}, and may have {' or '.join(COMPRESSIONS)} behind it"
        raise InvalidValueError(function, str(file), expected)
    return import_module(f"levier.serialization.{FORMATS[file.suffix.lower()]}")
