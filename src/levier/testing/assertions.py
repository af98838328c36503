"""Assertions whose messages list the differences by class and identifier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import fields

from levier.model.portfolio import Portfolio

__all__ = ["assert_same_portfolio"]


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
    for name, value in (("found", found), ("expected", expected)):
        if type(value) is not Portfolio:
            raise AssertionError(f"{name} is a {type(value).__name__}, not a Portfolio")
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
