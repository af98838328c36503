"""Questions about programmes and levers on a day: what documents of that day say, and nothing of later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Lever, LevierError, Portfolio, Programme, indicators, plans, rules
from levier.model.periods import Day
from levier.testing.strategies import of

Question = Callable[[Portfolio], Any]


def questions(plan: Portfolio, day: Day) -> Iterator[Question]:
    """Yield every question of this part that takes a portfolio and a day, about each thing of a plan."""
    for registry in (plan.programmes, plan.reforms, plan.projects):
        for thing in registry.values():
            yield lambda held, thing=thing: plans.milestones_of(held, thing, as_of=day)
            yield lambda held, thing=thing: rules.findings_of(held, thing, as_of=day)
    for name in plan.programmes:
        yield lambda held, name=name: indicators.programme_progress_of(held, name, as_of=day)
    for name in plan.levers:
        yield lambda held, name=name: plans.effects_of(held, name, as_of=day)
    yield lambda held: plans.lever_progress(held, as_of=day)


def answer(ask: Question, plan: Portfolio) -> Any:
    """Return the answer to a question, or the error it raises as it reads."""
    try:
        return ask(plan)
    except LevierError as error:
        return type(error), str(error)


@given(of(Portfolio), st.dates(Day(2015, 1, 1), Day(2030, 12, 31)))
def test_a_day_knows_what_was_known_on_it(plan: Portfolio, day: Any) -> None:
    """Asking a plan about a day is asking the plan as it was known on that day, errors included."""
    known = plan.as_of(day)
    for ask in questions(plan, Day(day.year, day.month, day.day)):
        assert answer(ask, plan) == answer(ask, known)


@pytest.mark.parametrize("as_of", ["now", "2019-06", 3, None])
def test_a_question_is_asked_of_a_day(as_of: Any) -> None:
    """Anything but a day is refused, whatever the plan holds."""
    programme, lever = Programme(id="plan", label="Plan", kind="national"), Lever(id="digital", label="Digital")
    plan = Portfolio.of(programme, lever)
    asks: list[Question] = [
        lambda held: plans.milestones_of(held, programme, as_of=as_of),
        lambda held: rules.findings_of(held, programme, as_of=as_of),
        lambda held: plans.effects_of(held, "digital", as_of=as_of),
        lambda held: indicators.programme_progress_of(held, "plan", as_of=as_of),
        lambda held: plans.lever_progress(held, as_of=as_of),
    ]
    for ask in asks:
        kind, said = answer(ask, plan)
        assert kind.__name__ == "InvalidValueError"
        assert said.startswith("Day: expected ")
