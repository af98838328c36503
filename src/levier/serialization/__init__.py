"""
How values are written down.

`dumps` and `loads` are JSON in memory; `dump` and `load` are files, whose suffix says the format
(`.json`; `.toml` is read only, because it is what people write by hand).
`register_hooks`, `structure` and `unstructure` are for applications that hold our values in classes of their own.
"""

from __future__ import annotations

from pathlib import Path

from levier.errors import InvalidValueError
from levier.model.portfolio import Portfolio
from levier.serialization import json, toml
from levier.serialization.files import write
from levier.serialization.hooks import register_hooks, structure, unstructure
from levier.serialization.json import dumps, loads

__all__ = ["dump", "dumps", "load", "loads", "register_hooks", "structure", "unstructure"]

_READERS = {".json": json.loads, ".toml": toml.loads}
_WRITERS = {".json": json.dumps}


def load(path: str | Path) -> Portfolio:
    """
    Return the portfolio in a file, `.json` or `.toml`.

    Raises:
        InvalidValueError: If the suffix says no format that can be read.
        InvalidDocumentError: If the document is not valid; lists every problem.
        OSError: If the file cannot be read.
    """
    file = Path(path)
    if file.suffix.lower() not in _READERS:
        raise InvalidValueError("load", str(path), f"a file that ends in {' or '.join(_READERS)}")
    return _READERS[file.suffix.lower()](file.read_bytes())


def dump(portfolio: Portfolio, path: str | Path) -> None:
    """
    Write a portfolio to a file, `.json`, whole: until it is complete, what stood there stays.

    Raises:
        InvalidValueError: If the suffix says no format that can be written.
        OSError: If the file cannot be written.
    """
    file = Path(path)
    if file.suffix.lower() not in _WRITERS:
        raise InvalidValueError("dump", str(path), f"a file that ends in {' or '.join(_WRITERS)}")
    write(file, _WRITERS[file.suffix.lower()](portfolio))
