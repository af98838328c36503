"""
How the command line ends: each way has its exit status, and none of them is a traceback.

What goes wrong inside of levier is told in one line too; `python -X dev -m levier` shows where.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from enum import IntEnum
from io import TextIOBase, TextIOWrapper
from typing import NoReturn

from levier.cli.problems import silence, tell
from levier.cli.wording import problem_of, system_message
from levier.errors import MissingExtraError
from levier.model.terms import Lang
from levier.wording.messages import message

__all__ = ["Exit", "ended"]


class Exit(IntEnum):
    """What the exit status says; a shell has the last two for programs that a signal ended."""

    DONE = 0
    FAILED = 1
    REFUSED = 2
    INTERRUPTED = 130
    NO_READER = 141


class _Closed(TextIOBase):
    """Stands for a standard output that was closed before the start: Python has none then."""

    def write(self, _: str) -> NoReturn:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def ended(run: Callable[[], int], lang: Lang) -> int:
    """
    Return the exit status of a run of the command line, however it ends.

    What it prints is written out before, because what a full disk does not take is an error only then.
    """
    try:
        if sys.stdout is None:
            sys.stdout = _Closed()
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # an old terminal shows what it cannot as a question mark
        status = run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except MissingExtraError as error:
        return _told(f"levier: {error}", Exit.REFUSED)
    except (BrokenPipeError, SystemExit):  # the reader has had enough, of which Rich makes an exit of its own
        silence(sys.stdout)
        return Exit.NO_READER
    except OSError as error:  # files have their own messages: this one is about the terminal, or what stands for it
        silence(sys.stdout)
        return _told(problem_of(message("standard output"), system_message(error)).say(lang), Exit.FAILED)
    except Exception as error:  # whatever is wrong in levier, it is told in one line
        if sys.flags.dev_mode:
            raise
        problem = f"{type(error).__name__}: {error}"
        told = message("levier: internal error, please report it: {problem}", problem=problem)
        return _told(told.say(lang), Exit.FAILED)
    return status


def _told(line: str, status: Exit) -> int:
    tell([line])
    return status
