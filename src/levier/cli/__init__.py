"""
The command line: parse, call, print.

Nothing is imported here before it is called, so that a missing extra, and an interrupt meanwhile, end in one line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line on *arguments*, those of the process by default, and return the exit status.

    0 when it worked; 1 when the terminal, or what stands for it, takes no more, or levier itself is wrong; 2 when what
    was given cannot be used: then each problem stands on one line of standard error; 130 when it was interrupted;
    141 when its reader, such as `head`, has had enough.
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
