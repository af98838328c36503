"""
Compression by the suffix of a file, in small steps and within limits; the only module that uses Zstandard.

Zstandard comes with the extra `zstd`, and is imported when a file needs it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, BinaryIO, cast

from levier.errors import LimitExceededError, MissingExtraError
from levier.serialization.limits import Limits

__all__ = ["COMPRESSIONS", "compressor", "decompressing", "faults"]

COMPRESSIONS = (".gz", ".zst")
"""The suffixes that may follow that of a format."""

_STEP = 1_024
"""The bytes decompressed at a time: a byte of a bomb expands to at most 32 KiB, so at most 32 MiB are in memory."""
_GZIP = 16 + zlib.MAX_WBITS


def decompressing(opened: BinaryIO, suffix: str, limits: Limits) -> BinaryIO:
    """
    Return a stream of the decompressed content of a file, frame by frame; padding zeros may follow a gzip member.

    Reading it raises `EOFError` if a frame is truncated, or another error of `faults`.

    Raises:
        MissingExtraError: For Zstandard, if its extra is not installed.
    """
    if suffix == ".gz":
        return _decompressed(opened, lambda: zlib.decompressobj(_GZIP), limits, padding=b"\0")
    return _decompressed(opened, _zstandard().ZstdDecompressor().decompressobj, limits) if suffix == ".zst" else opened


def faults(suffix: str) -> tuple[type[Exception], ...]:
    """Return the exceptions raised on reading a file that is not compressed as its suffix says."""
    return (EOFError, zlib.error, *((_zstandard().ZstdError,) if suffix == ".zst" else ()))


def compressor(suffix: str) -> Callable[[BinaryIO], AbstractContextManager[BinaryIO]]:
    """
    Return a function that opens a compressing stream onto another one, which stays open; the output is reproducible.

    Raises:
        MissingExtraError: For Zstandard, if its extra is not installed.
    """
    if suffix == ".gz":
        import gzip  # few files are compressed

        # Without name and time, so that equal content gives equal bytes on any day.
        return lambda target: cast(
            "AbstractContextManager[BinaryIO]", gzip.GzipFile(filename="", mode="wb", fileobj=target, mtime=0)
        )
    if suffix == ".zst":
        # With a checksum, which is not the default: without it, a flipped bit would go unnoticed.
        writer = _zstandard().ZstdCompressor(write_checksum=True)
        return lambda target: writer.stream_writer(target, closefd=False)
    return nullcontext


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise MissingExtraError("reading and writing Zstandard", "zstd") from error
    return zstandard


def _decompressed(source: BinaryIO, frame: Callable[[], Any], limits: Limits, padding: bytes = b"") -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Decompressed(source, frame, limits, padding)))


class _Decompressed(io.RawIOBase):
    def __init__(self, source: BinaryIO, frame: Callable[[], Any], limits: Limits, padding: bytes) -> None:
        super().__init__()
        self._source, self._new_frame, self._padding = source, frame, padding
        self._left, self._limits = limits.compressed_bytes, limits
        self._frame: Any = None
        self._frames = 0
        self._ready, self._taken = b"", 0
        self._waiting = self._more()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self._taken == len(self._ready) and self._waiting:
            self._step()
        part = self._ready[self._taken : self._taken + len(buffer)]
        if not part and self._frame is not None:
            raise EOFError("it ends in the middle of a frame")
        buffer[: len(part)] = part
        self._taken += len(part)
        return len(part)

    def _step(self) -> None:
        if self._frame is None:
            self._frame = self._new_frame()
            self._frames += 1
            if self._frames > self._limits.frames:
                raise LimitExceededError("frames", self._limits.frames, self._frames)
        self._ready, self._taken = self._frame.decompress(self._waiting), 0
        self._waiting = b""
        if self._frame.eof:
            self._waiting, self._frame = self._frame.unused_data, None
        if not self._waiting:
            self._waiting = self._more()
        while self._frame is None and self._padding and self._waiting:
            self._waiting = self._waiting.lstrip(self._padding)
            if self._waiting:
                break
            self._waiting = self._more()

    def _more(self) -> bytes:
        part = self._source.read(_STEP)
        self._left -= len(part)
        if self._left < 0:
            raise LimitExceededError(
                "compressed_bytes", self._limits.compressed_bytes, self._limits.compressed_bytes + 1
            )
        return part
