"""
The command line: parse, call, print.

Nothing is imported here before it is called, so that a missing extra is told in one line.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from levier.errors import MissingExtraError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line on *arguments*, those of the process by default, and return the exit status.

    0 when it worked, 2 when what was given cannot be used: then each problem stands on one line of standard error.
    """
    try:
        from levier.cli.app import run
    except MissingExtraError as error:
        print(f"levier: {error}", file=sys.stderr)
        return 2
    return run(sys.argv[1:] if arguments is None else arguments)
