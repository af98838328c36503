"""Zstandard, through the extra `zstd`: the only door to the package."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, cast

from levier.errors import MissingExtraError

try:
    import zstandard
except ImportError as error:
    raise MissingExtraError("reading and writing Zstandard", "zstd") from error

__all__ = ["FAULT", "compressing", "decompressing"]

FAULT: type[Exception] = zstandard.ZstdError
"""What is raised while reading what is not compressed so; what was cut short raises `EOFError`."""

_STEP = 1_024
"""How much is decompressed at a time: a byte of a bomb becomes 32 KiB, so that 32 MiB at most stand in memory."""


class _Decompressing(io.RawIOBase):
    """What a stream is decompressed to; zstandard's own reader takes what was cut short for all there is."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self._waiting = source.read(_STEP)
        self._ready = b""
        self._frame: Any = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and self._waiting:
            self._step()
        if not self._ready and self._frame is not None:
            raise EOFError("it ends in the middle of a frame")
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _step(self) -> None:
        self._frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
        self._ready = self._frame.decompress(self._waiting)
        unused = self._frame.unused_data if self._frame.eof else b""
        self._frame = None if self._frame.eof else self._frame
        self._waiting = unused or self._source.read(_STEP)


def decompressing(source: BinaryIO) -> BinaryIO:
    """Return a stream of what *source* is decompressed to."""
    return cast("BinaryIO", io.BufferedReader(_Decompressing(source), io.DEFAULT_BUFFER_SIZE))


def compressing(target: BinaryIO) -> AbstractContextManager[BinaryIO]:
    """Return a context of a stream that is compressed into *target*, which stays open; equal bytes give equal bytes."""
    return cast("AbstractContextManager[BinaryIO]", zstandard.ZstdCompressor().stream_writer(target, closefd=False))
