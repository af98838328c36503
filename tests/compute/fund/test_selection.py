"""Selections: the same applications in any order, one ranking, no cent too much, and a reason for every fall."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Application, Call, CallRule, Euros
from levier.errors import DuplicateItemsError, InvalidValueError
from levier.fund import Criterion, Fall, Placed, appraise, select


def asked(name: str, amount: int, **more: Any) -> Application:
    """Return an application for an amount."""
    given_fields = {"call_id": "c", "owner_id": "o", "total_cost": amount, **more}
    return Application(id=name, label=name, requested=amount, **given_fields)


def by(**marks: Any) -> Criterion:
    """Return a criterion that marks applications by name."""
    return Criterion(id="c", label="Criterion", mark=marks.get)


CHOICES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 100)), max_size=8)


@given(CHOICES, st.integers(0, 300), st.integers(0, 10**6), st.booleans())
def test_order_does_not_matter(choices: list[tuple[int, int]], envelope: int, seed: int, overtaking: bool) -> None:
    """However they are shuffled, the same applications are taken; within the envelope, and best first."""
    applications = [asked(f"a{place}", amount) for place, (_, amount) in enumerate(choices)]
    marks = by(**{f"a{place}": mark for place, (mark, _) in enumerate(choices)})
    chosen = select(applications, envelope, [marks], overtaking=overtaking)
    Random(seed).shuffle(applications)
    assert select(applications, envelope, [marks], overtaking=overtaking) == chosen
    assert chosen.granted + chosen.left == Euros(envelope)
    assert chosen.left >= Euros(0)
    assert sorted(one.rank or 0 for one in (*chosen.taken, *chosen.fallen)) == list(range(1, len(choices) + 1))
    ranked = sorted((*chosen.taken, *chosen.fallen), key=lambda one: one.rank or 0)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    for one in chosen.fallen:
        assert one.fall is Fall.BEYOND_ENVELOPE
        assert one.application.requested > one.left or not overtaking


def test_ties_are_broken_as_it_is_said() -> None:
    """Of equal scores the smaller request comes first, then the earlier one, undated last, then the identifier."""
    applications = [
        asked("z", 10, submitted_on="2020-01-01"),
        asked("b", 10),
        asked("a", 10),
        asked("late", 10, submitted_on="2020-02-01"),
        asked("small", 5),
    ]
    chosen = select(applications, 1000, [Criterion(id="c", label="C", mark=lambda _: 1)])
    assert [one.application.id for one in chosen.taken] == ["small", "z", "late", "a", "b"]
    assert chosen.tie_rule.say("en").startswith("of equal scores the smaller request")
    assert chosen.tie_rule.say("fr").startswith("à égalité")


def test_overtaking_is_a_choice() -> None:
    """With it a smaller application takes what a better one could not; without it the first that falls ends all."""
    applications = [asked("best", 60), asked("big", 60), asked("small", 30)]
    marks = [by(best=3, big=2, small=1)]
    assert [one.application.id for one in select(applications, 100, marks).taken] == ["best", "small"]
    strict = select(applications, 100, marks, overtaking=False)
    assert [one.application.id for one in strict.taken] == ["best"]
    assert [one.explain("fr") for one in strict.fallen] == [
        "au-delà de l’enveloppe\u00a0: 60\u00a0€ demandés, 40\u00a0€ restants",
        "au-delà de l’enveloppe\u00a0: 30\u00a0€ demandés, 40\u00a0€ restants",
    ]
    assert strict.taken[0].explain("fr") == "retenu, note 3,00\u00a0: 60\u00a0€ demandés, 100\u00a0€ restants"


def test_scores_are_weighted_means() -> None:
    """A weight of three counts three times; a missing mark is no zero: the application falls, unranked."""
    criteria = [
        Criterion(id="x", label="X", mark={"a": 4, "b": "2.5"}.get, weight=Decimal(3)),
        Criterion(id="y", label="Y", mark={"a": 0, "b": 4, "c": 5}.get),
    ]
    chosen = select([asked("a", 1), asked("b", 1), asked("c", 1)], 3, criteria)
    assert [(one.application.id, one.score) for one in chosen.taken] == [("a", Decimal(3)), ("b", Decimal("2.875"))]
    (fallen,) = chosen.fallen
    assert (fallen.application.id, fallen.rank, fallen.fall) == ("c", None, Fall.NOT_MARKED)
    assert fallen.explain("en") == "a criterion has no mark: X"


def test_a_broken_rule_makes_an_application_fall() -> None:
    """With the verdicts of the appraisal, a broken rule is the reason, in its own words; one not assessable is none."""
    rules = [
        CallRule(kind="return", text="1 for 1", share=1, source_id="s"),
        CallRule(kind="ceiling", text="50 at most", amount=50, source_id="s"),
    ]
    call = Call(id="c", label="C", rules=rules)
    applications = [asked("a", 60), asked("b", 50)]
    verdicts = {one.id: appraise(one, call) for one in applications}
    chosen = select(applications, 1000, [by(a=9, b=1)], verdicts=verdicts)
    assert [one.application.id for one in chosen.taken] == ["b"]
    assert (
        chosen.fallen[0].explain("en")
        == "a rule of the call is broken: 50 at most: broken (€60 requested from the fund)"
    )
    assert "50 at most" in chosen.fallen[0].explain("fr")


def test_what_cannot_be_selected_is_refused() -> None:
    """No criterion, an envelope below zero, an application twice, a mark or a weight that is no exact number."""
    with pytest.raises(InvalidValueError, match="at least one criterion"):
        select([], 1, [])
    with pytest.raises(InvalidValueError, match="an envelope of at least zero"):
        select([], -1, [by()])
    with pytest.raises(DuplicateItemsError, match="a"):
        select([asked("a", 1), asked("a", 2)], 1, [by(a=1)])
    with pytest.raises(InvalidValueError, match="select"):
        select([asked("a", 1)], 1, [by(a=0.5)])
    for weight in (Decimal(0), Decimal(-1), 1.0, Decimal("NaN")):
        with pytest.raises(InvalidValueError, match=r"Criterion .c.[.]weight: expected a"):
            Criterion(id="c", label="C", mark=lambda _: 1, weight=weight)


def test_what_was_selected_without_a_score_says_so() -> None:
    """An application that somebody selected by hand has no score, and its sentence names none."""
    placed = Placed(application=asked("a", 60), left=Euros(100))
    assert placed.explain("en") == "selected: €60 requested, €100 left"
    assert placed.explain("fr") == "retenu\u00a0: 60\u00a0€ demandés, 100\u00a0€ restants"
