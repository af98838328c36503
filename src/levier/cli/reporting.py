"""`levier report`: read a portfolio, report on it, print it or write it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

from attrs import evolve

from levier.cli.problems import BadInputError, lines_of, unexpected
from levier.cli.wording import Message
from levier.display.files import SUFFIXES, form_of, write
from levier.display.knowledge import Fact, latest_fact
from levier.display.languages import language_of
from levier.display.pages import Report
from levier.display.phrases import Phrase
from levier.errors import InvalidValueError, LevierError, MissingExtraError
from levier.model.periods import Day, parse_day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang
from levier.serialization import load

__all__ = ["report_on"]


def report_on(portfolio: str | None, *, as_of: str | None, output: str | None, lang: str) -> None:
    """
    Report on a portfolio, the catalogue without a file, to a file or on the terminal.

    Everything given is looked at before anything is read.

    Raises:
        BadInputError: If anything given cannot be used; nothing is written then.
    """
    words: Lang = cast(Lang, lang) if lang in ("fr", "en") else language_of(os.environ)
    problems = [*_checked_language(lang, words), *_checked_day(as_of, words), *_checked_output(output, words)]
    if problems:
        raise BadInputError(tuple(problems))
    held = _read(portfolio, words)
    written = _reported(held, as_of, words, portfolio)
    if output is None:
        from levier.cli.terminal import show

        show(written)
    else:
        _write(written, output, words)


def _checked_language(lang: str, words: Lang) -> list[str]:
    return [] if lang in ("fr", "en") else [unexpected("--lang", Message.LANGUAGE.label(words), lang, words)]


def _checked_day(as_of: str | None, words: Lang) -> list[str]:
    if as_of is not None:
        try:
            parse_day(as_of)
        except InvalidValueError:
            return [unexpected("--as-of", Message.DAY.label(words), as_of, words)]
    return []


def _checked_output(output: str | None, words: Lang) -> list[str]:
    if output is not None:
        try:
            form_of(output)
        except InvalidValueError:
            expected = Message.OUTPUT.label(words).format(suffixes=", ".join(SUFFIXES[:-1]), last=SUFFIXES[-1])
            return [unexpected("--output", expected, output, words)]
    return []


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
        problem = Message.UNDATED.label(lang)
        raise BadInputError((Message.PROBLEM.label(lang).format(where=_named(file, lang), problem=problem),))
    standing = _standing(portfolio, latest.day, lang, file)
    return evolve(standing, sentences=[_dated(latest, lang), *standing.sentences[1:]])


def _standing(portfolio: Portfolio, day: Day, lang: Lang, file: str | None) -> Report:
    from levier.display.report import report

    try:
        return report(portfolio, as_of=day, lang=lang, about="" if file is None else Path(file).name)
    except MissingExtraError:
        raise
    except LevierError as error:  # what is sound by itself may not add up
        raise BadInputError(lines_of(error, _named(file, lang), lang)) from error


def _named(file: str | None, lang: Lang) -> str:
    return file or Message.CATALOGUE.label(lang)


def _dated(latest: Fact, lang: Lang) -> str:
    """Say of which day a report is, and which fact sets it: the document, or the thing where none is dated."""
    from levier.display import locale
    from levier.display.scribe import Scribe

    if latest.source is not None:
        named = latest.source.title
    else:
        when = () if latest.when is None else (locale.period(latest.when, lang),)
        named = ", ".join((Scribe(lang).name(latest.owner).text, *when))
    return Phrase.LATEST_DAY.label(lang).format(day=locale.day(latest.day, lang), fact=named)


def _write(report: Report, output: str, lang: Lang) -> None:
    try:
        write(report, output)
    except OSError as error:
        raise BadInputError(lines_of(error, output, lang)) from error
