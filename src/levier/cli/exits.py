"""
How the command line ends: each way has an exit status, and none shows a traceback.

An internal error takes one line too; `python -X dev -m levier` shows its traceback.
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
    """The exit statuses; the last two are those that a shell gives to programs ended by a signal."""

    DONE = 0
    FAILED = 1
    REFUSED = 2
    INTERRUPTED = 130
    NO_READER = 141


class _Closed(TextIOBase):
    """Replaces a standard output that was closed before the start, which Python represents by `None`."""

    def write(self, _: str) -> NoReturn:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def ended(run: Callable[[], int], lang: Lang) -> int:
    """
    Run the command line and return its exit status, whatever error it ends with.

    The output is flushed first, because a full disk raises an error only on flushing.
    """
    try:
        if sys.stdout is None:
            sys.stdout = _Closed()
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a terminal with a small character set shows question marks
        status = run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except MissingExtraError as error:
        return _told(f"levier: {error}", Exit.REFUSED)
    except (BrokenPipeError, SystemExit):  # the reader has closed the pipe; Rich turns this into SystemExit
        silence(sys.stdout)
        return Exit.NO_READER
    except OSError as error:  # errors of files are handled elsewhere: this one is of standard output
        silence(sys.stdout)
        return _told(problem_of(message("standard output"), system_message(error)).say(lang), Exit.FAILED)
    except Exception as error:  # any internal error is reported in one line
        if sys.flags.dev_mode:
            raise
        problem = f"{type(error).__name__}: {error}"
        told = message("levier: internal error, please report it: {problem}", problem=problem)
        return _told(told.say(lang), Exit.FAILED)
    return status


def _told(line: str, status: Exit) -> int:
    tell([line])
    return status
