"""
Paths and binary streams: what is read from and written to.

A path whose suffix is `.gz` or `.zst` is decompressed and compressed on the way; a stream is taken as it is.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, TypeAlias, cast

from levier.errors import InvalidDocumentError, LimitExceededError, Problem, ProblemCode
from levier.serialization.files import replacing
from levier.serialization.limits import Limits

__all__ = ["COMPRESSIONS", "Readable", "Writable", "read", "reading", "write", "writing"]

Readable: TypeAlias = str | Path | BinaryIO
Writable: TypeAlias = str | Path | BinaryIO

COMPRESSIONS = (".gz", ".zst")
"""The suffixes that may stand behind that of a format."""

_AT_ONCE = 2**20


@contextmanager
def reading(source: Readable) -> Iterator[BinaryIO]:
    """
    Open what is to be read, decompressed; a stream that was given stays open.

    Raises:
        InvalidDocumentError: If it is not compressed as its suffix says, or was cut short.
        OSError: If the file cannot be read.
    """
    if not isinstance(source, str | Path):
        yield source
        return
    with Path(source).open("rb") as opened:
        suffix = Path(source).suffix.lower()
        try:
            yield _decompressed(opened, suffix)
        except _faults(suffix) as error:
            message = f"not a file compressed as its suffix {suffix!r} says, or cut short: {error}"
            raise InvalidDocumentError((Problem(pointer="", code=ProblemCode.SYNTAX, message=message),)) from None


@contextmanager
def writing(target: Writable) -> Iterator[BinaryIO]:
    """
    Open what is to be written, compressed; a file takes the place of what stood there once it is complete.

    Raises:
        OSError: If the file cannot be written.
    """
    if not isinstance(target, str | Path):
        yield target
        return
    suffix = Path(target).suffix.lower()
    compressor = _zstd() if suffix == ".zst" else None
    with replacing(target) as opened:
        if compressor is not None:
            with compressor.compressing(opened) as stream:
                yield stream
        elif suffix == ".gz":
            with _gzipping(opened) as stream:
                yield stream
        else:
            yield opened


def read(source: Readable, limits: Limits) -> bytes:
    """
    Return all that is to be read, decompressed.

    Raises:
        LimitExceededError: If it is more than the size that is allowed; no more than that is read.
        InvalidDocumentError: If it is not compressed as its suffix says, or was cut short.
        OSError: If the file cannot be read.
    """
    parts: list[bytes] = []
    left = limits.size + 1
    with reading(source) as stream:
        while left and (part := stream.read(min(left, _AT_ONCE))):
            parts.append(part)
            left -= len(part)
    if not left:
        raise LimitExceededError("size", limits.size, limits.size + 1)
    return b"".join(parts)


def write(target: Writable, data: bytes) -> None:
    """
    Write *data*, compressed where a path says so.

    Raises:
        OSError: If the file cannot be written.
    """
    with writing(target) as stream:
        stream.write(data)


def _decompressed(opened: BinaryIO, suffix: str) -> BinaryIO:
    if suffix == ".gz":
        return cast("BinaryIO", gzip.GzipFile(fileobj=opened, mode="rb"))
    return cast("BinaryIO", _zstd().decompressing(opened)) if suffix == ".zst" else opened


def _faults(suffix: str) -> tuple[type[Exception], ...]:
    found: tuple[type[Exception], ...] = (EOFError, gzip.BadGzipFile, zlib.error)
    return (*found, _zstd().FAULT) if suffix == ".zst" else found


def _gzipping(opened: BinaryIO) -> AbstractContextManager[BinaryIO]:
    # Neither name nor time: equal bytes give equal files.
    file = gzip.GzipFile(filename="", mode="wb", fileobj=opened, mtime=0)
    return cast("AbstractContextManager[BinaryIO]", file)


def _zstd() -> ModuleType:
    return import_module("levier.serialization.zstd")
