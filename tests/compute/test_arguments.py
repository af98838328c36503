"""What users ask is checked: no argument of a wrong class passes, whatever the question."""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, get_type_hints

import pytest

from doors import everything
from levier import catalogue
from levier.compute._types import asked
from levier.errors import InvalidValueError, LevierError

QUESTIONS = {
    name: found
    for name, found in everything().items()
    if inspect.isfunction(found) and found.__module__.startswith("levier.compute.")
}
"""The functions that users call."""


class Stranger:
    """A class that no argument knows."""


def wrong_calls() -> Iterator[Any]:
    """Yield each question with each of its arguments of a wrong class, the others as they may be."""
    for name, ask in sorted(QUESTIONS.items()):
        for argument in inspect.signature(ask).parameters:
            yield pytest.param(ask, argument, id=f"{name}-{argument}")


@pytest.fixture(scope="module")
def given() -> dict[str, Any]:
    """Arguments that fit, by name."""
    ap = catalogue.action_publique_2022()
    return {
        "portfolio": ap,
        "fund": ap.funds["ftap"],
        "fund_id": "ftap",
        "as_of": "2022-12-31",
        "indicator_id": "p349-appraisal-time",
        "programme_id": 349,
        "year": 2021,
        "lever_id": "digital-jobs",
        "subject": next(iter(ap.programmes.values())),
    }


def call(ask: Callable[..., Any], arguments: dict[str, Any]) -> None:
    """Call a question with arguments by name, those that have none by place."""
    parameters = inspect.signature(ask).parameters
    by_place = [
        arguments.pop(name)
        for name, parameter in parameters.items()
        if name in arguments and parameter.kind is not parameter.KEYWORD_ONLY
    ]
    ask(*by_place, **arguments)


@pytest.mark.parametrize(("ask", "argument"), list(wrong_calls()))
def test_a_wrong_class_is_an_error_of_ours(ask: Callable[..., Any], argument: str, given: dict[str, Any]) -> None:
    """Whatever an argument is given, the question answers, or raises an error of ours: never a bare one."""
    needed = [
        name
        for name, parameter in inspect.signature(ask).parameters.items()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_POSITIONAL
    ]
    for wrong in (Stranger(), 3.5, "x", None, (), b"x", (Stranger(),), [3], {"a": Stranger()}):
        arguments = {name: given.get(name) for name in needed} | {argument: wrong}
        try:
            call(ask, arguments)
        except LevierError:
            continue


def test_a_refusal_names_the_question_and_the_argument() -> None:
    """The error says which argument of which function, what was found, and what was expected."""

    @asked
    def double(*numbers: int, within: tuple[int, ...] | None = None, by: Callable[[int], int] = abs) -> int:
        """Return twice a number."""
        return 2 * by(sum(numbers)) + len(within or ())

    assert double(1, 2, within=(), by=abs) == 6
    with pytest.raises(InvalidValueError, match=r"double\.by: expected a value of type Callable"):
        double(1, by=3)
    with pytest.raises(InvalidValueError, match=r"double\.numbers: expected a value of type int, found True"):
        double(1, True)
    assert double.__doc__ == "Return twice a number."
    assert get_type_hints(double)["numbers"] is int


def test_examples_are_still_found() -> None:
    """The standard finder of doctests takes a checked function for one of its module."""
    finder = doctest.DocTestFinder()
    for name, ask in QUESTIONS.items():
        if ">>>" in (ask.__doc__ or ""):
            found = {test.name for test in finder.find(import_module(ask.__module__), ask.__module__) if test.examples}
            assert f"{ask.__module__}.{ask.__name__}" in found, name
