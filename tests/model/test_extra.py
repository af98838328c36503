"""What has an identifier keeps an application's own keys: checked, frozen, compared, and never interpreted."""

from __future__ import annotations

import copy
import json
import pickle
from collections import UserDict
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Method, Project
from levier.errors import InvalidValueError
from levier.model.extra import LARGEST, MOST_CHARACTERS, MOST_DEPTH, NO_EXTRA, Extra
from levier.testing import build
from levier.testing.registration import public_classes
from levier.testing.strategies import of

IDENTIFIED = [cls for cls in public_classes() if attrs.has(cls) and "id" in attrs.fields_dict(cls)]


@pytest.mark.parametrize("cls", IDENTIFIED, ids=lambda cls: cls.__name__)
def test_what_has_an_identifier_keeps_them(cls: Any) -> None:
    """One rule for all: an identifier, and own keys, empty by default and given to the constructor."""
    assert build(cls).extra == NO_EXTRA == {}
    made = build(cls, extra={"x-jira": "FC-1"})
    assert made.extra["x-jira"] == "FC-1"
    assert made != build(cls)
    assert hash(made) == hash(attrs.evolve(made, extra=Extra({"x-jira": "FC-1"})))
    with pytest.raises(InvalidValueError, match=r"extra: expected a key that begins with 'x-'"):
        build(cls, extra={"jira": "FC-1"})


def test_nothing_else_keeps_them() -> None:
    """Values without an identifier have none: their owner does."""
    others = {cls for cls in public_classes() if attrs.has(cls) and "extra" in attrs.fields_dict(cls)} - {*IDENTIFIED}
    assert others == set()


HELD: dict[str, Any] = {"x-b": [1, {"c": None, "a": [True]}], "x-a": "é"}


def test_it_is_read_as_a_mapping() -> None:
    """Keys stand in their order, arrays are tuples, objects read-only mappings."""
    extra = Extra(HELD)
    assert list(extra) == [*extra.keys()] == ["x-a", "x-b"]
    assert [*extra.values()] == ["é", (1, {"a": (True,), "c": None})]
    assert dict(extra.items()) == dict(extra)
    assert (len(extra), "x-a" in extra, extra.get("x-a"), extra.get("x-z"), extra.get("x-z", 3)) == (
        2,
        True,
        "é",
        None,
        3,
    )
    assert repr(extra) == "Extra({'x-a': 'é', 'x-b': [1, {'a': [True], 'c': None}]})"
    assert str(extra) == extra.text
    with pytest.raises(KeyError):
        extra["x-z"]


def test_nothing_in_it_can_be_changed() -> None:
    """Neither the value, nor what it holds, nor what it was made of changes it."""
    given_ = copy.deepcopy(HELD)
    extra = Extra(given_)
    given_["x-b"][1]["c"] = "changed"
    assert extra == HELD
    with pytest.raises(TypeError):
        extra["x-b"][1]["c"] = 1
    with pytest.raises(AttributeError, match="immutable"):
        extra.text = ""
    for other in (pickle.loads(pickle.dumps(extra)), copy.copy(extra), copy.deepcopy(extra), Extra(extra)):  # noqa: S301  # our own
        assert other == extra
        assert hash(other) == hash(extra)


def test_equality_is_that_of_json() -> None:
    """1 and true are two values, an array is one however it is given, and order means nothing."""
    assert Extra({"x-a": 1}) != Extra({"x-a": True})
    assert Extra({"x-a": [1], "x-b": {}}) == Extra({"x-b": MappingProxyType({}), "x-a": (1,)})
    assert Extra({"x-a": 0}) != Extra({"x-a": False}) != Extra({"x-a": None}) != Extra()
    assert Extra({"x-a": 1}) == UserDict({"x-a": 1})
    assert Extra() != {"a": 1}
    assert Extra() != ()


def stored(value: Any, number: Callable[[float], Any]) -> Any:
    """Return builtins as a store of JSON gives them back that writes floats in its own way."""
    if isinstance(value, Mapping):
        return {key: stored(part, number) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [stored(part, number) for part in value]
    return number(value) if type(value) is float else value


def as_jsonb(number: float) -> Any:
    """PostgreSQL keeps a numeric, which it writes without an exponent and without the sign of zero."""
    written = format(Decimal(repr(number)), "f")
    return json.loads(written) if number else 0.0


def as_javascript(number: float) -> Any:
    """JavaScript writes whole numbers without a point."""
    return int(Decimal(repr(number))) if number.is_integer() else number


@given(of(Extra) | st.floats(allow_nan=False, allow_infinity=False).map(lambda number: Extra({"x-a": number})))
def test_stores_of_json_keep_it(extra: Extra) -> None:
    """What PostgreSQL or JavaScript give back is the same value, however they write its numbers."""
    assert Extra(stored(dict(extra), as_jsonb)) == extra
    assert Extra(stored(dict(extra), as_javascript)) == extra


def test_a_number_is_its_value() -> None:
    """1.0 and 1 are one number with one text, and so are the two ways to write a double above 2⁵³."""
    assert Extra({"x-a": 1.0}).text == Extra({"x-a": 1}).text == '{"x-a":1}'
    assert Extra({"x-a": -0.0}) == Extra({"x-a": 0})
    assert Extra({"x-a": 10**16}) == Extra({"x-a": 1e16})
    assert Extra({"x-a": 10**300})["x-a"] == 1e300
    assert type(Extra({"x-a": 10**16})["x-a"]) is float


@given(of(Extra), of(Extra))
def test_equal_ones_have_one_text(one: Extra, other: Extra) -> None:
    """Two are equal exactly if their canonical text is, and are made again from what they hold."""
    assert (one == other) is (one.text == other.text)
    assert Extra(dict(one)) == one


KEYS = ["", "jira", "x-", "X-a", "x_a", "x-é", "x-a b", "x-a\n", "x-" + "a" * 99, "x--", 1, None]


@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_a_key_begins_with_x(key: Any) -> None:
    """Any other key is refused, with the grammar."""
    with pytest.raises(InvalidValueError, match="a key that begins with 'x-'"):
        Extra({key: 1})


deep: Any = 1
for _ in range(MOST_DEPTH):
    deep = [deep]
around: list[Any] = []
around.append(around)
WRONG: list[Any] = [
    float("nan"), float("inf"), Decimal(1), b"x", {1}, object(), LARGEST + 2, -LARGEST - 2, 10**16 + 1, 10**400,
    -(10**400), "\x1b[31m", "\ud800",
    "\u202e", {1: 2}, {"a": [float("inf")]}, {"\ud800": 1}, [deep], around, Project,
]  # fmt: skip


@pytest.mark.parametrize("value", WRONG, ids=lambda value: repr(value)[:30])
def test_a_value_is_one_of_json(value: Any) -> None:
    """What has no JSON, what hides and what is too deep are refused."""
    with pytest.raises(InvalidValueError):
        Extra({"x-a": value})
    with pytest.raises(InvalidValueError, match=r"Method 'm'\.extra"):
        Method(id="m", label="M", extra={"x-a": value})


def test_its_bounds_can_be_reached() -> None:
    """The deepest and the largest that is allowed is kept, and no more."""
    assert Extra({"x-a": deep, "x-b": [LARGEST, -LARGEST, " blank ", "a\n\tb", ""]})
    room = MOST_CHARACTERS - len('{"x-a":""}')
    assert Extra({"x-a": "x" * room})
    with pytest.raises(InvalidValueError, match="at most 65536 characters"):
        Extra({"x-a": "x" * (room + 1)})


@pytest.mark.parametrize("wrong", [None, [], "x-a", 1, [("x-a", 1)]], ids=repr)
def test_it_is_an_object(wrong: Any) -> None:
    """Nothing but a mapping is taken."""
    with pytest.raises(InvalidValueError, match="an object"):
        Extra(wrong)
    with pytest.raises(InvalidValueError, match=r"Method 'm'\.extra"):
        Method(id="m", label="M", extra=wrong)


@given(st.data())
def test_they_are_drawn_rarely(data: st.DataObject) -> None:
    """The strategy of a class draws own keys too."""
    assert type(data.draw(of(Project)).extra) is Extra
