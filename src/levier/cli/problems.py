"""What is wrong with what was given: one line a problem, on standard error, and the exit status that says so."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Any, final

from attrs import frozen

from levier._printing import printable
from levier.cli.wording import Message, is_worded, system_message
from levier.errors import InvalidDocumentError, InvalidValueError, LevierError
from levier.model.terms import Lang

__all__ = ["BadInputError", "lines_of", "silence", "tell", "unexpected"]


@final
@frozen
class BadInputError(LevierError):
    """What was given on the command line cannot be used; *lines* say why, one a problem."""

    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def lines_of(error: Exception, file: str, lang: Lang = "en") -> tuple[str, ...]:
    """
    Return what is wrong with a file, each line with the file, the place, what was found and what was expected.

    A line is in *lang* where the words are ours, and else in English as a whole: errors speak English.
    """
    match error:
        case InvalidDocumentError():
            more = [Message.MORE.label("en").format(count=error.more)] if error.more else []
            return tuple(_line(file, problem, "en") for problem in (*error.problems, *more))
        case InvalidValueError():
            return (unexpected(file, error.expected, error.found, "en"),)
        case OSError() if is_worded(error):
            return (_line(file, system_message(error, lang), lang),)
        case OSError():
            return (_line(file, system_message(error, "en"), "en"),)
        case _:
            return (_line(file, error, "en"),)


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
    """Print problems on standard error, each on its line, and so that all of it can be seen, whatever it quotes."""
    if sys.stderr is None:  # closed before the start: the exit status has to do
        return
    try:
        for line in lines:
            print(printable(" ".join(line.split()), lines=False), file=sys.stderr)
    except OSError:
        silence(sys.stderr)


def silence(stream: Any) -> None:
    """Let what a stream could not take go nowhere: Python would try again when it ends, and complain."""
    try:
        place = stream.fileno()
    except (AttributeError, OSError, ValueError):  # no file of the system is behind it
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, place)
    os.close(nowhere)
