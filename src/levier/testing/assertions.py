"""Assertions about portfolios whose messages list what differs, or what was found, by noun and identifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from attrs import fields

from levier.errors import InvalidValueError
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.rules import RULES, Finding, Rule, check

__all__ = ["assert_no_findings", "assert_same_portfolio"]


def assert_same_portfolio(found: Portfolio, expected: Portfolio) -> None:
    """
    Raise unless *found* equals *expected*, with the missing, extra and different things by noun and identifier.

    Raises:
        AssertionError: If they differ, or one of them is not a portfolio.

    >>> from levier import Method
    >>> assert_same_portfolio(Portfolio.of(Method(id="nudge", label="Nudge")), Portfolio())
    Traceback (most recent call last):
        ...
    AssertionError: portfolios differ:
      methods['nudge']: extra, not expected
    """
    __tracebackhide__ = True
    for name, value in (("found", found), ("expected", expected)):
        if type(value) is not Portfolio:
            raise AssertionError(f"{name} is of the class {type(value).__name__}, not a Portfolio")
    if found == expected:
        return
    lines = [line for attribute in fields(Portfolio) for line in _of_noun(attribute.name, found, expected)]
    raise AssertionError("portfolios differ:\n" + "\n".join(f"  {line}" for line in lines))


def _of_noun(noun: str, found: Portfolio, expected: Portfolio) -> Iterator[str]:
    ours, theirs = _held(found, noun), _held(expected, noun)
    for key in sorted(ours.keys() | theirs.keys()):
        where = f"{noun}[{key!r}]"
        if key not in ours:
            yield f"{where}: missing"
        elif key not in theirs:
            yield f"{where}: extra, not expected"
        elif ours[key] != theirs[key]:
            yield from _of_item(where, ours[key], theirs[key])


def _held(portfolio: Portfolio, noun: str) -> Mapping[str, Any]:
    if noun == "observations":
        return {" ".join(row.key).strip(): row for row in portfolio.observations}
    return dict(getattr(portfolio, noun))


def _of_item(where: str, found: Any, expected: Any) -> Iterator[str]:
    if type(found) is not type(expected):
        yield f"{where}: found a {type(found).__name__}, expected a {type(expected).__name__}"
        return
    for attribute in fields(type(found)):
        ours, theirs = getattr(found, attribute.name), getattr(expected, attribute.name)
        if ours != theirs:
            yield f"{where}.{attribute.name}: found {ours!r}, expected {theirs!r}"


def assert_no_findings(
    plan: Portfolio,
    *,
    as_of: DayLike,
    but: str | Iterable[str] = (),
    rules: Mapping[str, Rule] | Iterable[Rule] = RULES,
) -> None:
    """
    Raise if *rules* find anything in a portfolio as known on a day, other than what the rules named *but* find.

    Raises:
        AssertionError: If there are findings; each is listed with its severity, subject, sentence and remedy.
        InvalidValueError: If *as_of* is not a valid date, a name of *but* not that of a rule, a rule not callable, or
            there is no rule.

    >>> from levier import Lever
    >>> plan = Portfolio.of(Lever(id="digital", label="Numérique"))
    >>> assert_no_findings(plan, as_of="2019-06-14", but="source-missing")
    Traceback (most recent call last):
        ...
    AssertionError: found as of 2019-06-14:
      note lever-without-indicator at levers/digital: The lever 'Numérique' targets no indicator... [State...]
    leave out a rule by its name, if it does not matter here: but=['lever-without-indicator']
    """
    __tracebackhide__ = True
    given = rules if isinstance(rules, Mapping) else tuple(rules)
    if not given:
        raise InvalidValueError(
            "assert_no_findings", given, "at least one rule: without any, nothing is found", "rules"
        )
    left_out = {but} if isinstance(but, str) else set(but)
    everything = check(plan, as_of=as_of, rules=given)
    _refuse_no_rules(left_out, {*RULES, *given, *(finding.rule for finding in everything)})
    found = [finding for finding in everything if finding.rule not in left_out]
    if found:
        names = sorted({finding.rule for finding in found})
        listed = "\n".join(f"  {_in_words(finding)}" for finding in found)
        way_out = f"leave out a rule by its name, if it does not matter here: but={names}"
        raise AssertionError(f"found as of {as_of}:\n{listed}\n{way_out}")


def _in_words(finding: Finding) -> str:
    text = f"{finding.severity} {finding.rule} at {finding.subject}: {finding.explain('en')}"
    return text if finding.remedy is None else f"{text} [{finding.mend('en')}]"


def _refuse_no_rules(names: Iterable[str], known: Iterable[Any]) -> None:
    rules = sorted(name for name in known if isinstance(name, str))
    for name in sorted(names):
        if name not in rules:
            near = " or ".join(map(repr, get_close_matches(name, rules, n=3)))
            raise InvalidValueError(
                "assert_no_findings", name, near or "the name of a rule: a key of rules.RULES", "but"
            )
