"""Files that are whole or not there."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

__all__ = ["write"]


def write(path: str | Path, data: bytes) -> None:
    """
    Write *data* to a file, whole: until it is complete, what stood there stays.

    Raises:
        OSError: If the file cannot be written.
    """
    file = Path(os.path.realpath(path))
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as opened:
            opened.write(data)
        if file.exists():
            shutil.copymode(file, draft)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
