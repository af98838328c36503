"""The messages of the command line."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from levier.errors import InvalidValueError
from levier.model.terms import Lang, LangLike, language
from levier.wording.catalogue import language_of
from levier.wording.messages import Message, message
from levier.wording.said import Value

__all__ = ["asked_language", "is_worded", "problem_of", "system_message", "unexpected"]

_SYSTEM: Mapping[int, Message] = MappingProxyType(
    {
        errno.ENOENT: message("No such file or directory"),
        errno.EISDIR: message("Is a directory"),
        errno.ENOTDIR: message("Not a directory"),
        errno.EACCES: message("Permission denied"),
        errno.ENOSPC: message("No space left on device"),
        errno.EBADF: message("it is closed"),
    }
)


def problem_of(where: Value, problem: Value) -> Message:
    """
    Return the message about a problem of a file or of another input.

    >>> print(problem_of("plan.toml", "it is closed"))
    plan.toml: it is closed
    """
    return message("{where}: {problem}", where=where, problem=problem)


def unexpected(where: str, expected: Value, found: object) -> Message:
    r"""
    Return the message about what was expected in a place, and what was found.

    >>> print(unexpected("--lang", "fr or en", "de"))
    --lang: expected fr or en, found 'de'
    """
    return message("{where}: expected {expected}, found {found}", where=where, expected=expected, found=repr(found))


def is_worded(error: OSError) -> bool:
    """
    Return whether levier has a message of its own for an error of the system.

    >>> is_worded(FileNotFoundError(2, "No such file or directory")), is_worded(OSError("odd"))
    (True, False)
    """
    return error.errno in _SYSTEM


def system_message(error: OSError) -> Value:
    """
    Return the message about an error of the system: ours if there is one, otherwise the system's.

    >>> print(system_message(FileNotFoundError(2, "No such file or directory")))
    No such file or directory
    """
    known = None if error.errno is None else _SYSTEM.get(error.errno)
    return (error.strerror or str(error)) if known is None else known


def asked_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """
    Return the language of a command line, or else of the environment, even if other arguments are invalid.

    >>> asked_language(["report", "--lang", "fr-FR"], {}), asked_language(["report", "--lang=de"], {"LANG": "fr_FR"})
    ('fr', 'fr')
    """
    words = [word for argument in arguments for word in argument.split("=", 1)]
    said: list[LangLike] = [after for word, after in pairwise(words) if word == "--lang"]
    try:
        return language(said[-1]) if said else language_of(environment)
    except InvalidValueError:
        return language_of(environment)
