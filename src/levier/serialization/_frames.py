"""Compressed input, as a stream of what it is decompressed to: in small steps, within limits of its own."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from levier.errors import LimitExceededError
from levier.serialization.limits import Limits

__all__ = ["decompressed", "gzip_frame"]

_STEP = 1_024
"""How much is decompressed at a time: a byte of a bomb becomes 32 KiB, so that 32 MiB at most stand in memory."""
_GZIP = 16 + zlib.MAX_WBITS


def gzip_frame() -> Any:
    """Return what decompresses one member of a gzip file, its checksum included."""
    return zlib.decompressobj(_GZIP)


def decompressed(source: BinaryIO, frame: Callable[[], Any], limits: Limits, padding: bytes = b"") -> BinaryIO:
    """
    Return a stream of what *source* is decompressed to, frame after frame; *padding* may stand behind a frame.

    Reading it raises `EOFError` where a frame was cut short.
    """
    return cast("BinaryIO", io.BufferedReader(_Decompressed(source, frame, limits, padding)))


class _Decompressed(io.RawIOBase):
    def __init__(self, source: BinaryIO, frame: Callable[[], Any], limits: Limits, padding: bytes) -> None:
        super().__init__()
        self._source, self._new_frame, self._padding = source, frame, padding
        self._left, self._limits = limits.compressed_size, limits
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
            raise LimitExceededError("compressed_size", self._limits.compressed_size, self._limits.compressed_size + 1)
        return part
