"""The commands of `levier`; the only module that uses Cyclopts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated

from levier._version import GENERATOR
from levier.cli.exits import Exit
from levier.cli.problems import BadInputError, tell
from levier.cli.wording import asked_language
from levier.errors import MissingExtraError
from levier.model.terms import LangLike
from levier.wording.catalogue import language_of
from levier.wording.messages import Message, message

try:
    from cyclopts import (
        App,
        CycloptsError,
        MissingArgumentError,
        Parameter,
        RepeatArgumentError,
        UnknownCommandError,
        UnknownOptionError,
        UnusedCliTokensError,
    )
except ModuleNotFoundError as _error:  # pragma: no cover  # the tests have the extra; a subprocess proves the message
    raise MissingExtraError("the command line", "cli,report") from _error

__all__ = ["app", "misunderstood", "report", "run"]

_HELP = """Report on public transformation: programmes, levers, indicators, the fund and its budget.

For example:

  levier report
  levier report --lang fr
  levier report plan.toml --as-of 2019-06-14
  levier report plan.json --output standing.html

Exit status:

  0    it worked
  1    the report could not be printed, or levier itself is wrong
  2    what was given cannot be used
  130  it was interrupted
  141  its reader, such as `head`, has had enough
"""
_REPORT_HELP = """Report how a portfolio stands: plans, levers, indicators, budget, fund, findings, sources in conflict.

The clock is never read: without --as-of, the report is as of the latest date
in the portfolio, and names the fact that sets it. Facts known only after that
date are left out.

The report and the messages about the command line are in the language of
--lang. Messages about what is wrong inside a document are in English, and free
text of a portfolio stays in the language it is written in.

For example:

  levier report
  levier report plan.toml --as-of 2019-06-14 --lang fr
  levier report plan.json --output standing.html
"""
_USAGE = "Usage: levier report [PORTFOLIO] [--as-of DATE] [--output FILE] [--lang fr|en]"
_PORTFOLIO = "A .toml, .yaml, .json or .ndjson file; without it, the catalogue that comes with levier."
_AS_OF = "The day to report on, such as 2019-06-14; without it, the latest date in the portfolio."
_OUTPUT = "A file to write: .md, .html or .json; without it, the terminal."
_LANG = "fr or en, with or without a region (fr-FR); without it, from LC_ALL, LC_MESSAGES or LANG."

_WORDS = ("report", "--as-of", "--output", "--lang", "--help", "--version")

app: App = App(name="levier", help=_HELP, help_format="plaintext", version=GENERATOR)


@app.command(help=_REPORT_HELP, usage=_USAGE)
def report(
    portfolio: Annotated[str | None, Parameter(help=_PORTFOLIO)] = None,
    /,
    *,
    as_of: Annotated[str | None, Parameter(help=_AS_OF)] = None,
    output: Annotated[str | None, Parameter(help=_OUTPUT)] = None,
    lang: Annotated[str | None, Parameter(help=_LANG)] = None,
) -> None:
    """Report on a portfolio."""
    from levier.cli.reporting import report_on

    report_on(portfolio, as_of=as_of, output=output, lang=language_of(os.environ) if lang is None else lang)


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit status: 0, or 2 if the input cannot be used."""
    try:
        command, bound, _ = app.parse_args(list(arguments), print_error=False, exit_on_error=False)
        command(*bound.args, **bound.kwargs)
    except BadInputError as error:
        tell(error.lines)
        return Exit.REFUSED
    except CycloptsError as error:
        tell([misunderstood(error, asked_language(arguments, os.environ))])
        return Exit.REFUSED
    except MissingExtraError as error:
        tell([f"levier: {error}"])
        return Exit.REFUSED
    return Exit.DONE


def misunderstood(error: CycloptsError, lang: LangLike) -> str:
    """Return the message about an invalid command line, entirely in *lang*."""
    return message("levier: command line not understood: {problem}", problem=_problem(error)).say(lang)


def _problem(error: CycloptsError) -> Message:
    match error:
        case UnknownOptionError():
            found = error.token.keyword or error.token.value
            return _nearest(found, message("unknown option {found}", found=found))
        case UnknownCommandError():
            found = (error.unused_tokens or [""])[0]
            return _nearest(found, message("unknown command {found}", found=found))
        case UnusedCliTokensError():
            return message("too many arguments ({found})", found=" ".join(error.unused_tokens or ()))
        case MissingArgumentError() if error.argument is not None:
            return message("the value of {found} is missing", found=error.keyword or error.argument.name)
        case RepeatArgumentError():
            return message("{found} is given more than once", found=error.token.keyword or "")
        case _:
            return message("see levier --help")


def _nearest(found: str, problem: Message) -> Message:
    """Return a problem with a suggestion: the known option or command most like *found*."""
    near = get_close_matches(found, _WORDS, n=1)
    return message("{problem} (did you mean {near}?)", problem=problem, near=near[0]) if near else problem
