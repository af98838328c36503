"""Files that are whole or not there."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

__all__ = ["replacing", "write"]


def write(path: str | Path, data: bytes) -> None:
    """
    Write *data* to a file, whole: until it is complete, what stood there stays.

    Raises:
        OSError: If the file cannot be written.
    """
    with replacing(path) as opened:
        opened.write(data)


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """
    Open a file to be written, which takes the place of what stood there once it is complete.

    Raises:
        OSError: If the file cannot be written.
    """
    file = Path(os.path.realpath(path))
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as opened:
            yield opened
        if file.exists():
            shutil.copymode(file, draft)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
