"""What is wrong with what was given: one line a problem, on standard error, and the exit status that says so."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import final

from attrs import frozen

from levier.cli.wording import Message, system_message
from levier.errors import InvalidDocumentError, InvalidValueError, LevierError
from levier.model.terms import Lang

__all__ = ["BadInputError", "lines_of", "tell", "unexpected"]


@final
@frozen
class BadInputError(LevierError):
    """What was given on the command line cannot be used; *lines* say why, one a problem."""

    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def lines_of(error: Exception, file: str, lang: Lang = "en") -> tuple[str, ...]:
    """Return what is wrong with a file, each line with the file, the place, what was found and what was expected."""
    match error:
        case InvalidDocumentError():
            more = [Message.MORE.label(lang).format(count=error.more)] if error.more else []
            return tuple(_line(file, problem, lang) for problem in (*error.problems, *more))
        case InvalidValueError():
            return (unexpected(file, error.expected, error.found, lang),)
        case OSError():
            return (_line(file, system_message(error, lang), lang),)
        case _:
            return (_line(file, error, lang),)


def unexpected(where: str, expected: str, found: object, lang: Lang) -> str:
    r"""
    Say what was expected in a place, and what was found.

    >>> unexpected("--lang", "fr ou en", "de", "fr")
    "--lang\xa0: attendu fr ou en, trouvé 'de'"
    """
    return Message.EXPECTED.label(lang).format(where=where, expected=expected, found=found)


def _line(where: str, problem: object, lang: Lang) -> str:
    return Message.PROBLEM.label(lang).format(where=where, problem=problem)


def tell(lines: Iterable[str]) -> None:
    """Print problems on standard error, each on its line whatever it quotes."""
    for line in lines:
        print(" ".join(line.split()), file=sys.stderr)
