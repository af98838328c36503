"""What a question returned, as plain builtins: small answers, looked at whole."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from levier import Euros, Method, MissingReason, Portfolio, Project, Reform
from levier.errors import InvalidValueError, TargetBeforeBaselineError
from levier.indicators import Progress, progress, progress_of
from levier.model.periods import Day
from levier.serialization import dumps, to_builtins, unstructure
from levier.serialization.schema import schema_of
from levier.statistics import Rate, mean_mark
from levier.testing import samples
from levier.wording.messages import message
from levier.wording.values import Name


def test_an_answer_is_written_whole() -> None:
    """A rate has its fields, what it computes, and its sentence in both languages."""
    rate = Rate(numerator=1, denominator=3, counted=Name("done", "terminés", "completed"), universe=message("projects"))
    assert to_builtins(rate) == {
        "_type": "Rate",
        "numerator": 1,
        "denominator": 3,
        "counted": {"id": "done", "fr": "terminés", "en": "completed"},
        "universe": {"fr": message("projects").say("fr"), "en": "projects"},
        "value": str(rate.value),
        "published": "33.3",
        "reason": None,
        "in_words": {"fr": rate.explain("fr"), "en": rate.explain("en")},
    }


def test_a_missing_value_keeps_its_reason() -> None:
    """Where there is no value, it is null, and the reason stands beside it."""
    written = to_builtins(mean_mark({}))
    assert written["value"] is None
    assert written["reason"] == MissingReason(written["reason"]).value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("text", "text"),
        (Euros(3), "3.00"),
        (Day(2019, 6, 14), "2019-06-14"),
        ((Euros(1), None), ["1.00", None]),
        ({"a": Euros(1)}, {"a": "1.00"}),
        (MappingProxyType({2019: (Euros(1),), Day(2019, 6, 14): None}), {"2019": ["1.00"], "2019-06-14": None}),
        (Method(id="m", label="M"), unstructure(Method(id="m", label="M"))),
        (message("projects"), {"fr": message("projects").say("fr"), "en": "projects"}),
        (Name("digital", "Numérique", "Digital"), {"id": "digital", "fr": "Numérique", "en": "Digital"}),
    ],
)
def test_parts_of_answers(value: Any, written: Any) -> None:
    """Containers, values of the model and texts in both languages are written, whatever a question returns."""
    assert to_builtins(value) == written


def test_a_progress_is_dumped() -> None:
    """An answer with a default that is itself an object is written as JSON, with and without it."""
    plan, written = samples.small(), []
    for found in (
        progress(baseline=0, actual=1, target=4, direction="increase"),
        progress_of(plan, "delai", as_of="2021-06-30"),
    ):
        written.append(json.loads(dumps(found)))
        assert written[-1] == unstructure(found)
    bare, followed = written
    assert bare["about"] == {"direction": "increase"}
    assert followed["about"]["id"] == "delai"
    assert "about" not in json.loads(dumps(progress(baseline=None, actual=1, target=4, direction=None)))


def test_an_error_in_an_answer_is_its_sentence() -> None:
    """An answer that holds a contradiction of its data says what it is."""
    contradiction = TargetBeforeBaselineError("i", "FR", "2019", "2018")
    assert to_builtins(contradiction) == str(contradiction)


@pytest.mark.parametrize("value", [Portfolio(), samples.portfolio(projects=1), object()])
def test_a_portfolio_does_not_travel(value: Any) -> None:
    """A portfolio is no answer, nor is a value of another program."""
    with pytest.raises(InvalidValueError):
        to_builtins(value)


numbers = st.integers(-(10**6), 10**6)


@given(numbers, numbers, numbers, st.sampled_from(["increase", "decrease"]))
def test_any_progress_is_valid_by_its_schema(baseline: int, actual: int, target: int, direction: Any) -> None:
    """Whatever the values are, the answer is valid by the schema of its class, and its value is the one computed."""
    found = progress(baseline=baseline, actual=actual, target=target, direction=direction)
    written = to_builtins(found)
    assert next(Draft202012Validator(schema_of(Progress)).iter_errors(written), None) is None
    assert written["value"] == (None if found.value is None else unstructure(found.value))


# ---------------------------------------------------------------- schemas


def test_definitions_stand_where_they_are_asked_for() -> None:
    """With a template, every reference leads to a definition of that name, and nothing else changes."""
    found = schema_of(Project, ref="#/components/schemas/Levier{}")
    assert "$schema" not in found
    components = found.pop("$defs")
    plain = schema_of(Project)
    assert found == {"$ref": "#/components/schemas/LevierProject"}
    assert list(components) == [f"Levier{name}" for name in plain["$defs"]]
    assert str(components).replace("#/components/schemas/Levier", "#/$defs/") == str(
        {f"Levier{name}": each for name, each in plain["$defs"].items()}
    )
    references = set(_references(components))
    assert {reference.removeprefix("#/components/schemas/") for reference in references} <= set(components)


def _references(found: Any) -> Any:
    if isinstance(found, dict):
        if "$ref" in found:
            yield found["$ref"]
        found = list(found.values())
    for part in found if isinstance(found, list) else ():
        yield from _references(part)


@pytest.mark.parametrize("ref", ["#/components/schemas/Levier", "{}/schemas", "#/{}/{}", "#/{name}{}", 3])
def test_a_template_has_one_place(ref: Any) -> None:
    """A template without one `{}` at its end is refused."""
    with pytest.raises(InvalidValueError, match="a reference with one"):
        schema_of(Project, ref=ref)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Project | Reform, {"_type": "Reform", "id": "r", "label": "R"}, {"_type": "Lever", "id": "r", "label": "R"}),
        (Project | Reform | None, None, 3),
        (Euros | Project, "3.00", 3),
        (tuple[int, str], [1, "a"], [1, 2]),
        (Literal["a", "b"], "b", "c"),
        (type(None), None, 3),
    ],
)
def test_types_that_applications_have(kind: Any, good: Any, bad: Any) -> None:
    """Unions, pairs and closed choices have a schema, with the name of the class where it tells a member."""
    validator = Draft202012Validator(schema_of(kind))
    assert validator.is_valid(good)
    assert not validator.is_valid(bad)
