"""
The command line: parse, call, print.

Nothing is imported at the top, so that a missing extra, or an interrupt during an import, ends in one line of message.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line on *arguments*, those of the process by default, and return the exit status.

    0: success. 1: the output cannot be written, or an internal error. 2: the input cannot be used, with one problem on
    each line of standard error. 130: interrupted. 141: the reader of the output, such as `head`, has closed it.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        from levier.cli.exits import ended
        from levier.cli.wording import asked_language

        return ended(lambda: _run(given), asked_language(given, os.environ))
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str]) -> int:
    from levier.cli.app import run

    return run(arguments)
