"""All that `compute` takes is validated: each class of it checks each of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from inspect import isclass
from types import MappingProxyType
from typing import Any, Literal

import attrs
import pytest

from doors import everything
from levier import budget, catalogue, fund, indicators, instruments
from levier.compute._types import is_of
from levier.errors import InvalidValueError, LevierError
from levier.fund import FundMetric
from levier.indicators import ComparableRule, RollUp, Thresholds
from levier.model.identifiers import LeverId

CLASSES = {
    found
    for found in everything().values()
    if isclass(found) and attrs.has(found) and found.__module__.startswith("levier.compute.")
}
CLASSES.remove(
    indicators.Progress
)  # built by the hundred thousand, by us alone: checking its fields took ten times that


class Stranger:
    """A class that no field knows."""


def fields() -> Iterator[tuple[type[Any], attrs.Attribute[Any]]]:
    """Yield every field of the public classes of `compute`."""
    for cls in sorted(CLASSES, key=lambda each: each.__qualname__):
        for field in attrs.fields(cls):
            yield cls, field


def given(field: attrs.Attribute[Any], value: object, cls: type[Any]) -> object:
    """Return what a field holds where it is given *value*."""
    converter: Any = field.converter
    held = converter(value) if converter else value
    if field.validator:
        field.validator(object.__new__(cls), field, held)
    return held


@pytest.mark.parametrize(
    ("cls", "field"), list(fields()), ids=lambda each: getattr(each, "__name__", None) or each.name
)
def test_a_stranger_is_refused(cls: type[Any], field: attrs.Attribute[Any]) -> None:
    """No field of any public class takes a value of a class that it does not name, nor a container of such."""
    for wrong in (Stranger(), (Stranger(),), [Stranger()], {"a": Stranger()}, b"x"):
        with pytest.raises(LevierError):
            given(field, wrong, cls)


def test_every_field_has_a_validator() -> None:
    """A class that is added tomorrow is checked too."""
    assert not [f"{cls.__name__}.{field.name}" for cls, field in fields() if field.validator is None]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Thresholds(gap=0.1),
        lambda: RollUp(carry_forward_months="x"),
        lambda: RollUp(carry_forward_months=True),
        lambda: RollUp(weight_id=3),
        lambda: ComparableRule(months="3"),
        lambda: ComparableRule(window="week"),
        lambda: FundMetric(label=3, value=None),
    ],
)
def test_settings_are_refused(wrong: Any) -> None:
    """What was taken in silence, and failed later or counted wrongly, is refused where it is given."""
    with pytest.raises((InvalidValueError, TypeError)):
        wrong()


@pytest.mark.parametrize(
    ("hint", "kept", "refused"),
    [
        (int, 1, True),
        (int | None, None, 1.0),
        (Decimal, Decimal(1), 1),
        (str | int, "a", b"a"),
        (LeverId, LeverId("digital"), 3),
        (Literal["a", "b"], "a", "c"),
        (tuple[int, ...], (1, 2), [1, 2]),
        (tuple[int, str], (1, "a"), (1, 2)),
        (MappingProxyType[str, int], MappingProxyType({"a": 1}), {"a": 1}),
        (Any, Stranger(), None),
    ],
)
def test_types_are_told_apart(hint: Any, kept: object, refused: object) -> None:
    """A value of the type passes; one that only looks like it does not."""
    accepts = is_of(hint)
    assert accepts(kept)
    assert hint is Any or not accepts(refused)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda ap: indicators.attainment_of(ap, "p349-appraisal-time", year="x"),
        lambda ap: budget.finance_act_verdicts(ap, "x"),
        lambda ap: budget.year(ap, 349, "x"),
        lambda ap: indicators.attainment_of(ap, 3, year=2020),
        lambda ap: indicators.progress_of(ap, ["a"], as_of="2021-01-01"),
        lambda ap: indicators.progress_of(ap, "p349-appraisal-time", as_of=3),
        lambda ap: indicators.progress_of(ap, "p349-appraisal-time", {}, as_of="2021-01-01"),
        lambda _: indicators.progress_of("plan.json", "p349-appraisal-time", as_of="2021-01-01"),
        lambda ap: fund.fund_years(ap, as_of="2021-01-01"),
        lambda _: instruments.labs(None),
    ],
)
def test_a_wrong_kind_of_argument_is_refused(wrong: Any) -> None:
    """A question refuses an argument that is no portfolio, no identifier, no year or no day with an error of ours."""
    with pytest.raises(LevierError):
        wrong(catalogue.action_publique_2022())
