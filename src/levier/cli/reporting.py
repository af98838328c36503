"""`levier report`: read a portfolio, report on it, print it or write it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

from levier.cli.problems import BadInputError, lines_of
from levier.cli.wording import problem_of, unexpected
from levier.display.files import SUFFIXES, form_of, write
from levier.display.knowledge import Fact, latest_fact
from levier.display.pages import Report
from levier.errors import InvalidValueError, LevierError, MissingExtraError
from levier.model.periods import Day, parse_day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang, LangLike, language
from levier.serialization import load
from levier.wording.catalogue import language_of
from levier.wording.messages import Message, items, message
from levier.wording.said import Value
from levier.wording.values import Name

__all__ = ["report_on"]


def report_on(portfolio: str | None, *, as_of: str | None, output: str | None, lang: LangLike) -> None:
    """
    Report on a portfolio (by default, the catalogue) to a file or on the terminal.

    All arguments are checked before any file is read.

    Raises:
        BadInputError: If any argument or file cannot be used; nothing is written then.
    """
    problems = [*_checked_language(lang), *_checked_day(as_of), *_checked_output(output)]
    if problems:
        words = language_of(os.environ) if _is_unknown(lang) else language(lang)
        raise BadInputError(tuple(problem.say(words) for problem in problems))
    spoken = language(lang)
    held = _read(portfolio, spoken)
    written = _reported(held, as_of, spoken, portfolio)
    if output is None:
        from levier.cli.terminal import show

        show(written)
    else:
        _write(written, output, spoken)


def _is_unknown(lang: LangLike) -> bool:
    try:
        language(lang)
    except InvalidValueError:
        return True
    return False


def _checked_language(lang: LangLike) -> Iterator[Message]:
    if _is_unknown(lang):
        yield unexpected("--lang", message("fr or en"), lang)


def _checked_day(as_of: str | None) -> Iterator[Message]:
    if as_of is not None:
        try:
            parse_day(as_of)
        except InvalidValueError:
            yield unexpected("--as-of", message("a day such as '2019-06-14' (ISO 8601)"), as_of)


def _checked_output(output: str | None) -> Iterator[Message]:
    if output is not None:
        try:
            form_of(output)
        except InvalidValueError:
            suffixes, last = items(*SUFFIXES[:-1]), SUFFIXES[-1]
            expected = message("a file that ends in {suffixes} or {last}", suffixes=suffixes, last=last)
            yield unexpected("--output", expected, output)


def _read(file: str | None, lang: Lang) -> Portfolio:
    if file is None:
        from levier.catalogue import action_publique_2022

        return action_publique_2022()
    try:
        return load(file)
    except (LevierError, OSError) as error:
        raise BadInputError(lines_of(error, file, lang)) from error


def _reported(portfolio: Portfolio, as_of: str | None, lang: Lang, file: str | None) -> Report:
    if as_of is not None:
        return _standing(portfolio, parse_day(as_of), lang, file)
    latest = latest_fact(portfolio)
    if latest is None:
        problem = message("it holds no date; give the day with --as-of 2019-06-14")
        raise BadInputError((problem_of(_named(file), problem).say(lang),))
    standing = _standing(portfolio, latest.day, lang, file)
    return evolve(standing, sentences=[_dated(latest).say(lang), *standing.sentences[1:]])


def _standing(portfolio: Portfolio, day: Day, lang: Lang, file: str | None) -> Report:
    from levier.display.report import report

    try:
        return report(portfolio, as_of=day, lang=lang, about="" if file is None else Path(file).name)
    except MissingExtraError:
        raise
    except LevierError as error:  # valid values may contradict each other
        raise BadInputError(lines_of(error, str(_named(file)), lang)) from error


def _named(file: str | None) -> Value:
    return file or message("the catalogue")


def _dated(latest: Fact) -> Message:
    """Return the sentence with the date of a report and the document, or else the thing, that is dated so."""
    named = items(Name.of(latest.owner), latest.when) if latest.source is None else Name.of(latest.source)
    return message("As of {day}, the latest date in the portfolio: {fact}.", day=latest.day, fact=named)


def _write(report: Report, output: str, lang: Lang) -> None:
    try:
        write(report, output)
    except OSError as error:
        raise BadInputError(lines_of(error, output, lang)) from error
