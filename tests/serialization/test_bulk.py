"""Decoding in bulk: what comes out is what the constructor would have made, checked as it would have checked."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import msgspec
import pytest
from attrs import Attribute, field, fields, frozen, has

from levier.errors import InvalidValueError
from levier.model._fields import each, integer, not_blank, optional
from levier.model.identifiers import reference
from levier.model.lifecycle import PhaseStep
from levier.model.programmes import Project
from levier.serialization import dumps, json
from levier.serialization._bulk import accept, twin
from levier.serialization._scalars import decode_scalar
from levier.testing import samples


def _ordered(instance: Span, attribute: Attribute[Any], value: int) -> None:
    if value < instance.first:
        raise InvalidValueError("Span", value, "an end after the start", attribute.name)


def _even(_: object, attribute: Attribute[Any], value: int) -> None:
    if value % 2:
        raise InvalidValueError("Limited", value, "an even number", attribute.name)


@frozen
class Span:
    """A class with each way of checking that there is: by the value, by the object, and after construction."""

    label: str = field(validator=not_blank)
    first: int
    last: int = field(validator=_ordered)

    def __attrs_post_init__(self) -> None:
        """Refuse a span that is too long."""
        if self.last - self.first > 10:
            raise InvalidValueError("Span", self.last, "a span of at most ten")


def decoded(*rows: tuple[str, int, int], form: Any = "lean") -> list[Any]:
    """Return spans as the decoder makes them, accepted."""
    written = msgspec.json.encode([{"label": label, "first": first, "last": last} for label, first, last in rows])
    values = msgspec.json.decode(written, type=list[twin(Span, form)])  # type: ignore[misc]  # made at run time
    accept(values)
    return list(values)


@pytest.mark.parametrize("form", ["lean", "exact"])
def test_twins_become_what_they_stand_for(form: Any) -> None:
    """After acceptance nothing tells a decoded value from a constructed one: class, equality, hash and repr."""
    (span,) = decoded(("a", 1, 2), form=form)
    made = Span("a", 1, 2)
    assert type(span) is Span
    assert span == made
    assert hash(span) == hash(made)
    assert repr(span) == repr(made)
    with pytest.raises(AttributeError):
        span.label = "b"


@pytest.mark.parametrize(
    "bad",
    [
        (" a", 1, 2),  # refused by its value
        ("a", 2, 1),  # refused by its object
        ("a", 1, 20),  # refused after construction
    ],
)
@pytest.mark.parametrize("place", range(3))
def test_one_bad_value_among_good_ones_is_refused(bad: tuple[str, int, int], place: int) -> None:
    """Whichever way a class checks, and wherever the bad value stands, it is refused as the constructor refuses it."""
    rows = [(label, 1, 2) for label in "abcdefghijklmnop"]
    rows.insert(place, bad)
    with pytest.raises(InvalidValueError) as made:
        Span(*bad)
    for form in ("lean", "exact"):
        with pytest.raises(InvalidValueError) as read:
            decoded(*rows, form=form)
        assert (read.value.expected, read.value.field) == (made.value.expected, made.value.field)


@frozen
class Limited:
    """A class whose limits msgspec can see to, where they stand alone, and where they stand beside another check."""

    alone: int = field(validator=integer(1, 5))
    beside: int = field(validator=[integer(1, 5), _even])
    some: int | None = field(validator=optional(integer(1, 5)))
    many: tuple[int, ...] = field(validator=each(integer(1, 5)))
    other_id: str = field(validator=reference)


SOUND: dict[str, Any] = {"alone": 1, "beside": 4, "some": None, "many": (1, 5), "other_id": "x"}


@pytest.mark.parametrize(
    "bad",
    [
        {"alone": 0},
        {"alone": 6},
        {"beside": 6},
        {"beside": 0},
        {"beside": 3},
        {"some": 6},
        {"many": (1, 6)},
        {"other_id": ""},
        {"other_id": 1},
        {"alone": True},
    ],
    ids=str,
)
def test_limits_hold_wherever_they_stand(bad: dict[str, Any]) -> None:
    """What is left to msgspec or to a hook is refused as the constructor refuses it, and what is sound is taken."""
    decoder = msgspec.json.Decoder(list[twin(Limited, "lean")], dec_hook=decode_scalar)  # type: ignore[misc]  # as above
    values = decoder.decode(msgspec.json.encode([SOUND]))
    assert accept(values) == (5, 0)
    assert values == [Limited(**SOUND)]
    with pytest.raises(InvalidValueError):
        Limited(**SOUND | bad)
    with pytest.raises((ValueError, msgspec.MsgspecError), match=r"number|identifier|`int`"):
        accept(decoder.decode(msgspec.json.encode([SOUND | bad])))


def test_a_twin_is_made_once() -> None:
    """The same class has the same twin, directly and inside containers and unions."""
    for form in ("lean", "exact"):
        made = twin(Span, form)
        assert made is twin(Span, form)
        assert made is not Span
        assert twin(tuple[Span, ...], form) == tuple[made, ...]  # type: ignore[valid-type]  # made at run time
        assert twin(Span | None, form) == made | None
        assert twin(int, form) is int
    assert twin(Span, "lean") is not twin(Span, "exact")


def classes_in(value: Any) -> set[type]:
    """Return the classes of a value and of all that it holds."""
    held = [getattr(value, name.name) for name in fields(type(value))] if has(type(value)) else []
    parts = [part for one in held for part in (one if isinstance(one, tuple) else (one,))]
    return {type(value)}.union(*map(classes_in, parts))


def test_no_twin_is_left_in_a_portfolio() -> None:
    """Every object of a portfolio that was read is of the class that its module names, down to the last."""
    found = set().union(*map(classes_in, json.loads(dumps(samples.portfolio(projects=5)))))
    assert {cls for cls in found if getattr(import_module(cls.__module__), cls.__name__, cls) is not cls} == set()
    assert {Project, PhaseStep} <= found
