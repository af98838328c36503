"""Invalid input: one problem per line on standard error, and the exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from levier._printing import printable
from levier.cli.wording import is_worded, problem_of, system_message, unexpected
from levier.errors import InvalidDocumentError, InvalidValueError, LevierError
from levier.errors.final import final
from levier.model.terms import LangLike
from levier.wording.catalogue import SOURCE_LANG
from levier.wording.messages import plural
from levier.wording.said import Said

__all__ = ["BadInputError", "lines_of", "silence", "tell"]


@final
@frozen
class BadInputError(LevierError):
    """The input of the command line cannot be used; *lines* say why, one problem each."""

    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def lines_of(error: Exception, file: str, lang: LangLike = SOURCE_LANG) -> tuple[str, ...]:
    """
    Return the problems of a file, one per line: the file, the place, what was found and what was expected.

    A line is in *lang* if levier has a translation, otherwise entirely in English, the language of errors.
    """
    spoken = lang if isinstance(error, OSError) and is_worded(error) else SOURCE_LANG
    return tuple(line.say(spoken) for line in _lines(error, file))


def _lines(error: Exception, file: str) -> Iterator[Said]:
    match error:
        case InvalidDocumentError():
            yield from (problem_of(file, str(problem)) for problem in error.problems)
            if error.more:
                more = plural("and {n} more problem", "and {n} more problems", n=error.more)
                yield problem_of(file, more)
        case InvalidValueError():
            yield unexpected(file, error.expected, error.found)
        case OSError():
            yield problem_of(file, system_message(error))
        case _:
            yield problem_of(file, str(error))


def tell(lines: Iterable[str]) -> None:
    """Print problems on standard error, one per line, with unprintable characters escaped."""
    if sys.stderr is None:  # closed before the start: only the exit status is left
        return
    try:
        for line in lines:
            print(printable(" ".join(line.split()), lines=False), file=sys.stderr)
    except OSError:
        silence(sys.stderr)


def silence(stream: Any) -> None:
    """Discard what a stream could not write; otherwise Python would try again at exit, and print an error."""
    try:
        place = stream.fileno()
    except (AttributeError, OSError, ValueError):  # not a file of the operating system
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, place)
    os.close(nowhere)
