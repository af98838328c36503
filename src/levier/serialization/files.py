"""
Files that are whole or not there.

What is written goes into a draft beside the file, which takes the file's place once it is complete and on the disk.
Whatever kills the process, the file holds what it held before or what it holds after, never a part.
A draft that a killed process left is known by its name, and swept by the next one to write the same file.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
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
    Return the path that was given; *function* is who was given it.

    Raises:
        InvalidValueError: For what is no path, and for a text that no file can have as its name.
    """
    with suppress(TypeError):
        text = os.fspath(given)  # type: ignore[call-overload]  # anything may be given
        if isinstance(text, str) and text and "\0" not in text:
            with suppress(UnicodeEncodeError):
                os.fsencode(text)
                return Path(text)
    raise InvalidValueError(function, given, _OTHERS)


def write(path: PathLike, data: bytes) -> None:
    """
    Write *data* to a file, whole: until it is complete, what stood there stays.

    Raises:
        InvalidValueError: For what is no path.
        OSError: If the file cannot be written.
    """
    with replacing(path) as opened:
        opened.write(data)


@contextmanager
def replacing(path: PathLike) -> Iterator[BinaryIO]:
    """
    Open a file to be written, which takes the place of what stood there once it is complete.

    A link stays a link: what it leads to is replaced. The mode stays and, where the system lets us, the owner.
    What cannot be replaced (a pipe, a device, a file of several names) is written through.

    Raises:
        InvalidValueError: For what is no path.
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
    """Tell whether a file is an ordinary one, of one name; a folder refuses to be opened by itself."""
    return stat.S_ISREG(before.st_mode) and before.st_nlink <= 1


def _written_through(file: Path) -> Iterator[BinaryIO]:
    with file.open("wb") as opened:
        yield opened


# ---------------------------------------------------------------- drafts


def _prefix(file: Path) -> str:
    """Return how the names of a file's drafts begin; short, because the file's own name may be as long as allowed."""
    return f".levier-{sha256(os.fsencode(file.name)).hexdigest()[:16]}-"


def _draft(file: Path, *, secret: bool) -> tuple[Path, BinaryIO]:
    """
    Return a new draft of a file, open and locked.

    A draft of a file that is there is for its owner's eyes until it has the file's mode.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    while True:
        draft = file.with_name(f"{_prefix(file)}{secrets.token_hex(4)}.draft")
        number = os.open(draft, flags, 0o600 if secret else 0o666)
        opened = os.fdopen(number, "wb")
        if _is_locked(number) and draft.exists():  # no sweeper came between the two
            return draft, opened
        opened.close()


def _is_locked(number: int) -> bool:
    """
    Lock a draft, and tell whether nobody else has; the lock goes with the process that holds it, however this ends.

    On Windows nobody can delete a file that is open, which serves as well.
    """
    if sys.platform != "win32":  # pragma: no branch
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks, where no draft is swept either
            return True
    return True


def _sweep(file: Path) -> None:
    """Remove the drafts of a file that nobody writes any more."""
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
    except OSError:  # a folder that may be written and not be listed
        return []


# ---------------------------------------------------------------- what the file keeps


def _keep(before: os.stat_result | None, number: int) -> None:
    """Give a draft the owner and the mode of the file that it replaces; the mode last, since the owner's change it."""
    if before is None or not hasattr(os, "fchown"):
        return
    mode = stat.S_IMODE(before.st_mode)
    try:
        os.fchown(number, -1, before.st_gid)
    except OSError:  # the file is of a group that we are not in: ours may not read what that one could
        mode &= ~stat.S_IRWXG
    with suppress(OSError):  # only root gives files away
        os.fchown(number, before.st_uid, -1)
    with suppress(OSError):  # a file system without modes
        os.fchmod(number, mode)


def _flush_folder(folder: Path) -> None:
    """Have the system write down that the file has been replaced."""
    with suppress(OSError):  # not every system opens folders
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
