"""`levier report`: read a portfolio, report on it, print it or write it."""

from __future__ import annotations

from typing import cast

from attrs import evolve

from levier.cli.problems import BadInputError, lines_of
from levier.display.files import form_of, write
from levier.display.knowledge import latest_day
from levier.display.pages import Report
from levier.display.phrases import Phrase
from levier.errors import InvalidValueError, LevierError
from levier.model.periods import Day, parse_day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang
from levier.serialization import load

__all__ = ["report_on"]

_SHIPPED = "the catalogue"


def report_on(portfolio: str | None, *, as_of: str | None, output: str | None, lang: str) -> None:
    """
    Report on a portfolio, the catalogue without a file, to a file or on the terminal.

    Everything given is looked at before anything is read.

    Raises:
        BadInputError: If anything given cannot be used; nothing is written then.
    """
    problems = [*_checked_language(lang), *_checked_day(as_of), *_checked_output(output)]
    if problems:
        raise BadInputError(tuple(problems))
    held = _read(portfolio)
    day = parse_day(as_of) if as_of is not None else _latest(held, portfolio)
    written = _reported(held, day, cast(Lang, lang), is_latest=as_of is None)
    if output is None:
        from levier.cli.terminal import show

        show(written)
    else:
        _write(written, output)


def _checked_language(lang: str) -> list[str]:
    return [] if lang in ("fr", "en") else [f"--lang: expected fr or en, found {lang!r}"]


def _checked_day(as_of: str | None) -> list[str]:
    if as_of is not None:
        try:
            parse_day(as_of)
        except InvalidValueError as error:
            return list(lines_of(error, "--as-of"))
    return []


def _checked_output(output: str | None) -> list[str]:
    if output is not None:
        try:
            form_of(output)
        except InvalidValueError as error:
            return list(lines_of(error, "--output"))
    return []


def _read(file: str | None) -> Portfolio:
    if file is None:
        from levier.catalogue import action_publique_2022

        return action_publique_2022()
    try:
        return load(file)
    except (LevierError, OSError) as error:
        raise BadInputError(lines_of(error, file)) from error


def _latest(portfolio: Portfolio, file: str | None) -> Day:
    day = latest_day(portfolio)
    if day is None:
        raise BadInputError((f"{file or _SHIPPED}: nothing in it is dated; say the day with --as-of 2019-06-14",))
    return day


def _reported(portfolio: Portfolio, day: Day, lang: Lang, *, is_latest: bool) -> Report:
    from levier.display import locale
    from levier.display.report import report

    standing = report(portfolio, as_of=day, lang=lang)
    if not is_latest:
        return standing
    return evolve(standing, sentences=[Phrase.LATEST_DAY.label(lang).format(day=locale.day(day, lang))])


def _write(report: Report, output: str) -> None:
    try:
        write(report, output)
    except OSError as error:
        raise BadInputError(lines_of(error, output)) from error
