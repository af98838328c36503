"""What is wrong with what was given: one line a problem, on standard error, and the exit status that says so."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import final

from attrs import frozen

from levier.errors import InvalidDocumentError, InvalidValueError, LevierError

__all__ = ["BadInputError", "lines_of", "tell"]


@final
@frozen
class BadInputError(LevierError):
    """What was given on the command line cannot be used; *lines* say why, one a problem."""

    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def lines_of(error: Exception, file: str) -> tuple[str, ...]:
    """Return what is wrong with a file, each line with the file, the place, what was found and what was expected."""
    match error:
        case InvalidDocumentError():
            return tuple(f"{file}: {problem}" for problem in error.problems)
        case InvalidValueError():
            return (f"{file}: expected {error.expected}, found {error.found!r}",)
        case OSError():
            return (f"{file}: {error.strerror or error}",)
        case _:
            return (f"{file}: {error}",)


def tell(lines: Iterable[str]) -> None:
    """Print problems on standard error, each on its line whatever it quotes."""
    for line in lines:
        print(" ".join(line.split()), file=sys.stderr)
