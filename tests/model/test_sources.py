"""Sources, and values that carry theirs beside those of other sources."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from levier.errors import InvalidValueError
from levier.model.figures import Figure
from levier.model.quantities import COUNT, Quantity
from levier.model.sources import Source, Sourced, Stated
from levier.model.territories import Territory
from levier.testing.strategies import of


@given(of(Sourced))
def test_a_preference_has_a_reason(value: Sourced[Any]) -> None:
    """A value is disputed when it has alternatives, and then says why it is preferred, and only then."""
    assert value.is_disputed is bool(value.alternatives)
    assert value.is_disputed is bool(value.preferred_because)


@pytest.mark.parametrize("value", [1.5, [1], {"a": 1}, {1}, bytearray(b"x")], ids=type)
def test_a_sourced_value_is_exact_and_lasting(value: Any) -> None:
    """A float, which is not exact, and what can change under you, is refused by both classes."""
    for cls in (Stated, Sourced):
        with pytest.raises(InvalidValueError, match="an exact value"):
            cls(value=value, source_id="s")


def test_alternatives_are_of_one_type() -> None:
    """A number beside a decimal is no alternative to it; a value of the same type is."""
    for other, taken in ((63, False), (Decimal(64), True)):
        stated = [Stated(value=other, source_id="b")]
        written: dict[str, Any] = {"source_id": "a", "alternatives": stated, "preferred_because": "closer"}
        if taken:
            assert Sourced(value=Decimal(63), **written).alternatives == tuple(stated)
        else:
            with pytest.raises(InvalidValueError, match="a Decimal, as the value itself"):
                Sourced(value=Decimal(63), **written)


def test_sources_and_figures_read_as_a_sentence() -> None:
    """A source shows its title and, if known, its date; a figure its label and its number in words."""
    assert str(Source(id="s", title="Interview", published_on="2019-06-14")) == "Interview, 2019-06-14"
    assert str(Source(id="s", title="Interview")) == "Interview"
    value = Sourced(value=Quantity.about(40, COUNT), source_id="s")
    assert str(Figure(id="f", label="Reforms", value=value)) == "Reforms: about 40 count"


@pytest.mark.parametrize("url", ["not an address", "javascript:alert(1)", "https://a b", "ftp://x"])
def test_an_address_is_one(url: str) -> None:
    """What a page would link to is an address of the web, or nothing."""
    with pytest.raises(InvalidValueError, match=r"url: expected an address that begins with 'https://'"):
        Source(id="s", title="S", url=url)


@pytest.mark.parametrize("value", [Decimal("1.20"), Decimal("NaN"), None, " x", "\ud800", True, b"x"], ids=repr)
def test_a_sourced_value_is_written_in_one_way(value: object) -> None:
    """What would have two texts, or none, is no sourced value."""
    with pytest.raises(InvalidValueError):
        Sourced(value=value, source_id="s")


def test_alternatives_are_held_to_what_the_value_is() -> None:
    """An alternative that its owner would refuse as the value is refused beside it too."""
    doubted = Sourced(value=3, source_id="s", alternatives=[Stated(value=-5, source_id="t")], preferred_because="later")
    with pytest.raises(InvalidValueError, match=r"population: expected a whole number of at least 0"):
        Territory(id="46", label="Lot", population=doubted)


def test_a_figure_is_of_one_unit() -> None:
    """Sources that disagree on a figure disagree in one unit: a percentage is no alternative to an amount."""
    doubted = Sourced(
        value=Quantity.exact(63, COUNT),
        source_id="s",
        alternatives=[Stated(value=Quantity.exact(65, "%"), source_id="t")],
        preferred_because="first",
    )
    with pytest.raises(InvalidValueError, match=r"value: expected an alternative in 'count'"):
        Figure(id="f", label="F", value=doubted)
