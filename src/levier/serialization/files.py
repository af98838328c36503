"""
Atomic files: complete or absent.

Content goes into a draft beside the file, which replaces the file once it is complete and flushed to the disk. Whatever
kills the process, the file holds its old or its new content, never a part.
A draft that a killed process left is recognised by its name, and removed by the next write of the same file.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeAlias

from levier.errors import InvalidValueError

if sys.platform != "win32":  # pragma: no branch
    import fcntl

__all__ = ["PathLike", "as_path", "replacing", "write"]

PathLike: TypeAlias = str | os.PathLike[str]

_OTHERS = "a path, as text or as an os.PathLike of text without NUL, or a binary stream"


def as_path(function: str, given: object) -> Path:
    """
    Return a path; *function* is the name of the caller, for errors.

    Raises:
        InvalidValueError: If *given* is not a path, or cannot be the name of a file.
    """
    with suppress(TypeError):
        text = os.fspath(given)  # type: ignore[call-overload]  # the caller may pass anything
        if isinstance(text, str) and text and "\0" not in text:
            with suppress(UnicodeEncodeError):
                os.fsencode(text)
                return Path(text)
    raise InvalidValueError(function, given, _OTHERS)


def write(path: PathLike, data: bytes) -> None:
    """
    Write *data* to a file, atomically: a failure leaves the earlier file.

    Raises:
        InvalidValueError: If *path* is not a path.
        OSError: If the file cannot be written.
    """
    with replacing(path) as opened:
        opened.write(data)


@contextmanager
def replacing(path: PathLike) -> Iterator[BinaryIO]:
    """
    Open a draft for writing, which replaces the file at *path* once it is complete.

    A symbolic link is kept, and its target replaced. The mode is kept and, if the system permits, the owner.
    A pipe, a device or a file with several hard links cannot be replaced, and is written in place.

    Raises:
        InvalidValueError: If *path* is not a path.
        OSError: If the file cannot be written.
    """
    given = as_path("dump", path)
    before = _status(given)
    if before is not None and not _can_be_replaced(before):
        yield from _written_through(given)
        return
    file = Path(os.path.realpath(given))
    _sweep(file)
    draft, opened = _draft(file, secret=before is not None)
    try:
        with opened:
            yield opened
            opened.flush()
            _keep(before, opened.fileno())
            os.fsync(opened.fileno())
            draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _flush_folder(file.parent)


def _status(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except FileNotFoundError:
        return None


def _can_be_replaced(before: os.stat_result) -> bool:
    """Return whether a file is a regular one with a single link; opening a folder fails anyway."""
    return stat.S_ISREG(before.st_mode) and before.st_nlink <= 1


def _written_through(file: Path) -> Iterator[BinaryIO]:
    with file.open("wb") as opened:
        yield opened


# ---------------------------------------------------------------- drafts


def _prefix(file: Path) -> str:
    """Return the prefix of a file's drafts; short, because the file's own name may be as long as allowed."""
    from hashlib import sha256  # few programs write files

    return f".levier-{sha256(os.fsencode(file.name)).hexdigest()[:16]}-"


def _draft(file: Path, *, secret: bool) -> tuple[Path, BinaryIO]:
    """
    Return a new draft of a file, open and locked.

    If *secret*, only the owner may read the draft, until it gets the mode of the file that it replaces.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    while True:
        draft = file.with_name(f"{_prefix(file)}{os.urandom(4).hex()}.draft")
        number = os.open(draft, flags, 0o600 if secret else 0o666)
        opened = os.fdopen(number, "wb")
        if _is_locked(number) and draft.exists():  # no other process removed it between creation and lock
            return draft, opened
        opened.close()


def _is_locked(number: int) -> bool:
    """
    Try to lock a draft and return whether it succeeded; the system releases the lock when the process ends.

    On Windows an open file cannot be deleted, which serves the same purpose.
    """
    if sys.platform != "win32":  # pragma: no branch
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks, where no draft is removed either
            return True
    return True


def _sweep(file: Path) -> None:
    """Remove the drafts of a file that no process is writing."""
    for draft in _drafts(file):
        with suppress(OSError):
            number = os.open(draft, os.O_RDONLY)
            try:
                if sys.platform != "win32":  # pragma: no branch
                    fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                draft.unlink()
            finally:
                os.close(number)


def _drafts(file: Path) -> list[Path]:
    prefix = _prefix(file)
    try:
        with os.scandir(file.parent) as found:
            return [Path(each.path) for each in found if each.name.startswith(prefix) and each.name.endswith(".draft")]
    except OSError:  # a folder that may be written but not listed
        return []


# ---------------------------------------------------------------- owner and mode


def _keep(before: os.stat_result | None, number: int) -> None:
    """Give a draft the owner and the mode of the file that it replaces; the mode last: a new owner changes it."""
    if before is None or not hasattr(os, "fchown"):
        return
    mode = stat.S_IMODE(before.st_mode)
    try:
        os.fchown(number, -1, before.st_gid)
    except OSError:  # not in the group of the file: our group must not get that group's permissions
        mode &= ~stat.S_IRWXG
    with suppress(OSError):  # only root may change the owner
        os.fchown(number, before.st_uid, -1)
    with suppress(OSError):  # a file system without modes
        os.fchmod(number, mode)


def _flush_folder(folder: Path) -> None:
    """Flush the folder to the disk, so that the replacement survives a power failure."""
    with suppress(OSError):  # not every system can open a folder
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
