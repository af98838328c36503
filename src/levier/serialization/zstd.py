"""Zstandard, through the extra `zstd`: the only door to the package."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, BinaryIO, cast

from levier.errors import MissingExtraError

try:
    import zstandard
except ImportError as _error:
    raise MissingExtraError("reading and writing Zstandard", "zstd") from _error

__all__ = ["FAULT", "compressing", "frame"]

FAULT: type[Exception] = zstandard.ZstdError
"""What is raised while reading what is not compressed so."""


def frame() -> Any:
    """Return what decompresses one frame, as `zlib.decompressobj` does."""
    return zstandard.ZstdDecompressor().decompressobj()


def compressing(target: BinaryIO) -> AbstractContextManager[BinaryIO]:
    """
    Return a context of a stream that is compressed into *target*, which stays open; equal bytes give equal bytes.

    A checksum is written, because Zstandard writes none by itself, and a flipped bit would then go unseen.
    """
    compressor = zstandard.ZstdCompressor(write_checksum=True)
    return cast("AbstractContextManager[BinaryIO]", compressor.stream_writer(target, closefd=False))
