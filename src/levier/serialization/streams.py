"""
Opening paths and binary streams for reading and writing.

A path with the suffix `.gz` or `.zst` is decompressed or compressed on the way; a stream is used as it is.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

from levier.errors import InvalidDocumentError, InvalidValueError, LimitExceededError, Problem, ProblemCode
from levier.serialization._compression import compressor, decompressing, faults
from levier.serialization.files import PathLike, as_path, replacing
from levier.serialization.limits import Limits, bounded_depth

__all__ = ["Readable", "Writable", "as_bytes", "read", "reading", "write", "writing"]

Readable: TypeAlias = PathLike | BinaryIO
Writable: TypeAlias = PathLike | BinaryIO

_AT_ONCE = 2**20


@contextmanager
def reading(source: Readable, limits: Limits) -> Iterator[BinaryIO]:
    """
    Open a source for reading, decompressed; a given stream stays open.

    Raises:
        InvalidValueError: If it is neither a path nor a binary stream, or the path of a pipe.
        InvalidDocumentError: If it is not compressed as its suffix says, or is truncated.
        LimitExceededError: If the compressed data exceeds *limits* in size or number of frames.
        OSError: If the file cannot be read.
    """
    if hasattr(source, "read"):
        yield from _given(source)
        return
    path = as_path("load", source)
    suffix = path.suffix.lower()
    with _opened(path) as opened:
        try:
            yield decompressing(opened, suffix, limits)
        except faults(suffix) as error:
            message = f"not a file compressed as its suffix {suffix!r} says, or cut short: {error}"
            raise InvalidDocumentError((Problem(pointer="", code=ProblemCode.SYNTAX, message=message),)) from None


@contextmanager
def writing(target: Writable) -> Iterator[BinaryIO]:
    """
    Open a target for writing, compressed; a file replaces the earlier one once it is complete.

    Raises:
        InvalidValueError: If it is neither a path nor a binary stream.
        OSError: If the file cannot be written.
    """
    if hasattr(target, "write"):
        yield cast("BinaryIO", _Complete(target))
        return
    path = as_path("dump", target)
    compressing = compressor(path.suffix.lower())
    with replacing(path) as opened, compressing(opened) as stream:
        yield stream


def read(source: Readable, limits: Limits) -> bytes:
    """
    Return the whole content of a source, decompressed.

    Raises:
        InvalidValueError: If it is neither a path nor a binary stream, or the path of a pipe.
        LimitExceededError: If it exceeds the allowed size (no more than that is read), or the stack overflows.
        InvalidDocumentError: If it is not compressed as its suffix says, or is truncated.
        OSError: If the file cannot be read.
    """
    parts: list[bytes] = []
    left = limits.size_bytes + 1
    with bounded_depth(limits), reading(source, limits) as stream:
        while left and (part := as_bytes(stream.read(min(left, _AT_ONCE)), source)):
            parts.append(part)
            left -= len(part)
    if not left:
        raise LimitExceededError("size_bytes", limits.size_bytes, limits.size_bytes + 1)
    return b"".join(parts)


def write(target: Writable, data: bytes) -> None:
    """
    Write *data*, compressed if the suffix of the path says so.

    Raises:
        InvalidValueError: If it is neither a path nor a binary stream.
        OSError: If the file cannot be written.
    """
    with writing(target) as stream:
        stream.write(data)


def as_bytes(part: Any, source: object) -> bytes:
    """
    Return the bytes that a stream has read; a stream that is not binary may return anything.

    Raises:
        InvalidValueError: If *part* is not bytes.
        BlockingIOError: If the stream is non-blocking and has no data yet.
    """
    if part is None:
        raise BlockingIOError(errno.EAGAIN, "the stream has nothing to read yet, and does not wait")
    if not isinstance(part, bytes | bytearray | memoryview):
        raise InvalidValueError("load", source, "a binary stream, which gives bytes; open it in the mode 'rb'")
    return bytes(part)


def _given(source: Any) -> Iterator[BinaryIO]:
    """Yield a given stream; a raw one through a buffer, because it would look for line ends byte by byte."""
    if not isinstance(source, io.RawIOBase):
        yield source
        return
    buffered = io.BufferedReader(source)
    try:
        yield cast("BinaryIO", buffered)
    finally:
        buffered.detach()


def _opened(path: Path) -> BinaryIO:
    """
    Open a file without blocking.

    Opening the path of a pipe would block until another process writes; a stream of a pipe is accepted.
    """
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    kind = os.fstat(number).st_mode
    if stat.S_ISFIFO(kind) or stat.S_ISDIR(kind):
        os.close(number)
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        raise InvalidValueError(
            "load", str(path), "a file; of a pipe open a binary stream, which may wait, and pass it"
        )
    if hasattr(os, "set_blocking"):  # pragma: no branch  # not on Windows
        os.set_blocking(number, True)
    return os.fdopen(number, "rb")


class _Complete:
    """A given stream that writes everything, even if the stream accepts only a part at a time."""

    def __init__(self, stream: Any) -> None:
        if isinstance(stream, io.TextIOBase):
            raise InvalidValueError("dump", stream, "a binary stream, which takes bytes; open it in the mode 'wb'")
        self._stream = stream

    def write(self, data: bytes) -> int:
        taken = self._taken(data, len(data))
        while taken < len(data):
            taken += self._taken(memoryview(data)[taken:], len(data) - taken)
        return taken

    def _taken(self, part: bytes | memoryview, size: int) -> int:
        taken = self._stream.write(part)
        if taken is None and isinstance(self._stream, io.RawIOBase):
            raise BlockingIOError(errno.EAGAIN, "the stream takes nothing now, and does not wait")
        if type(taken) is not int:  # a custom writer that does not return a count
            return size
        if not 0 < taken <= size and size:
            raise OSError(errno.EIO, f"the stream says that it took {taken} of {size} bytes")
        return taken
