"""The fast ways of `structure`: what they give is what the readers give, and what they take the readers take."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import reduce
from importlib import import_module
from operator import getitem
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

import pytest
from attrs import Attribute, field, frozen, has
from hypothesis import given
from hypothesis import strategies as st

from levier import Euros, Fund, Method, Phase, Portfolio, Project, Registry, model
from levier.errors import InvalidDocumentError, InvalidValueError
from levier.fund import Journal
from levier.instruments import Campus, Instrument
from levier.model.portfolio import Excerpt
from levier.plans import PhaseStep
from levier.serialization import _converting, structure, unstructure
from levier.serialization._converting import built_in_bulk
from levier.serialization._problems import Problems
from levier.serialization._read_alone import OtherError, decode_alone, read_alone
from levier.serialization.json import _as_whole
from levier.serialization.limits import LIMITS
from levier.serialization.readers import reader
from levier.testing import build, samples
from levier.testing.strategies import of


def classes() -> Iterator[Any]:
    """Yield every class of the model that is built from an object."""
    for module in iter_modules(model.__path__, "levier.model."):
        home = import_module(module.name)
        for name in getattr(home, "__all__", ()):
            kind = getattr(home, name)
            if (
                isinstance(kind, type)
                and has(kind)
                and not getattr(kind, "__parameters__", ())
                and kind is not Portfolio
            ):
                yield kind


CLASSES = sorted(set(classes()) - {Portfolio, Excerpt}, key=lambda cls: cls.__name__)


class Text(str):
    """A text of a class of its own."""

    __slots__ = ()


class Object(dict[str, Any]):
    """A dictionary of a class of its own."""


class Array(list[Any]):
    """A list of a class of its own."""


class Key:
    """A key that equals a text, and is none."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return self.text == other

    def __hash__(self) -> int:
        return hash(self.text)


def _in_order(instance: Span, attribute: Attribute[Any], value: int) -> None:
    if value < instance.first:
        raise InvalidValueError("Span", value, "an end after the start", attribute.name)


@frozen
class Span:
    """A class whose default is not valid with every other field, and which checks itself as a whole."""

    first: int
    last: int = field(default=3, validator=_in_order)

    def __attrs_post_init__(self) -> None:
        """Refuse a span that is too long."""
        if self.last - self.first > 10:
            raise InvalidValueError("Span", self.last, "a span of at most ten")


@pytest.mark.parametrize(("found", "is_valid"), [((1, 3), True), ((1,), True), ((5,), False), ((1, 20), False)])
def test_what_asks_other_fields_is_always_asked(found: tuple[int, ...], is_valid: bool) -> None:
    """A default is refused where it does not go with another field, and the object as a whole is checked."""
    written = dict(zip(("first", "last"), found, strict=False))
    if is_valid:
        assert read_alone(Span)(written) == Span(*found)
    else:
        with pytest.raises(InvalidValueError):
            read_alone(Span)(written)


@frozen
class Only:
    """A class of one field."""

    names: tuple[str, ...]


def test_a_class_of_one_field() -> None:
    """A class may have one field; what is in it is looked at."""
    assert read_alone(Only)({"names": ["a"]}) == Only(("a",))
    with pytest.raises(OtherError):
        read_alone(Only)({"names": [Text("a")]})


@frozen
class Either:
    """A class whose field may hold values of several classes."""

    held: int | str


def test_a_field_of_several_classes() -> None:
    """A field that may hold values of several classes is left to the readers."""
    with pytest.raises(OtherError):
        read_alone(Either)({"held": 1})


ODD: list[Any] = [
    *(None, True, 0, 3, 1.0, -1, 10**40, "", "x", " x", "2019-06-14", "1.50", [], [1], [[]], (), {}, {"id": "x"}),
    *(
        date(2019, 6, 14),
        datetime(2019, 6, 14, tzinfo=UTC),
        Decimal("1.5"),
        Euros(1),
        Phase.FRAMING,
        Text("x"),
        b"x",
        {"x"},
    ),
]
"""What may stand where something else is due: builtins of JSON, and what is like one."""


def explained(found: Any, kind: Any) -> Any:
    """Return what the reader gives, or `None` if it notes a problem."""
    problems = Problems()
    value = reader(kind)(found, (), problems)
    return None if problems.count else value


def places(found: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every part of some builtins."""
    yield at
    steps = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for step, part in steps:
        yield from places(part, (*at, step))


def put(found: Any, at: tuple[Any, ...], odd: Any) -> Any:
    """Return builtins with another part at a path."""
    if not at:
        return odd
    step, *rest = at
    changed = found.copy()
    changed[step] = put(found[step], tuple(rest), odd)
    return changed


@given(data=st.data(), cls=st.sampled_from(CLASSES))
def test_the_fast_way_agrees_with_the_readers(data: st.DataObject, cls: Any) -> None:
    """A drawn value is read fast and comes back; with one part replaced, the fast way takes no more than readers do."""
    value = data.draw(of(cls))
    found = unstructure(value)
    assert built_in_bulk(found, cls) == value
    at = data.draw(st.sampled_from(list(places(found))))
    odd = data.draw(st.sampled_from(ODD))
    changed = put(found, at, odd) if data.draw(st.booleans()) else {**found, "another": odd}
    if (fast := built_in_bulk(changed, cls)) is not None:
        slow = explained(changed, cls)
        assert fast == slow
        assert repr(fast) == repr(slow)


PIECES = [
    *("1.0", "1e2", "-0", "-0.0", "3", "1e400", "9" * 30, "true", "false", "null", "NaN", "{}", "[]", "[[]]", "[null]"),
    *(
        '""',
        '" x"',
        '"x"',
        '"x:y"',
        '"a\\u003ab"',
        '"\\ud800"',
        '"x\\u0000"',
        '"\u00a0x"',
        '"x\\n"',
        '"e\u0301"',
        '"\uff11"',
    ),
    *(
        '"2019-06-14"',
        '"2019-W24-5"',
        '"20190614"',
        '"2019-06-14\\n"',
        '"\uff12019-06-14"',
        '"2019"',
        '"1.50"',
        '"1e2"',
    ),
    *('{"x-a":1,"x-a":2}', '{"x-a":"b:c"}', '{"id":"x"}', '{"kind":"campus"}', "[1", "]", '"x":1'),
]
"""What may stand in JSON where something else is due."""


@given(data=st.data(), cls=st.sampled_from(CLASSES))
def test_json_that_is_read_alone_is_read_so_by_the_readers(data: st.DataObject, cls: Any) -> None:
    """JSON with another piece in place of a part, or with a key twice, is refused, or read as the slow way reads it."""
    found = unstructure(data.draw(of(cls)))
    at = data.draw(st.sampled_from(list(places(found))))
    piece = data.draw(st.sampled_from(PIECES))
    if at and isinstance(at[-1], str) and data.draw(st.booleans()):
        piece += f",{json.dumps(at[-1])}:{piece}"
    raw = json.dumps(put(found, at, "<mark>"), ensure_ascii=False).replace('"<mark>"', piece).encode()
    try:
        alone = decode_alone(cls)(raw)
    except Exception:  # noqa: BLE001  # the slow way says why
        return
    assert repr(alone) == repr(_as_whole(raw, cls, LIMITS))


def likes(part: Any) -> Iterator[Any]:
    """Yield what equals a part of some builtins, or is written like it, and is of another class."""
    match part:
        case dict():
            yield from (Object(part), {Text(key): each for key, each in part.items()})
            yield {Key(key): each for key, each in part.items()}
        case list():
            yield from (Array(part), tuple(part), deque(part))
        case str():
            yield Text(part)
            if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", part):
                yield date.fromisoformat(part)
        case bool() | int():
            yield from (int(part), float(part), Decimal(part), bool(part))


def given_back(found: Any, kind: Any, unknown: Any) -> Any:
    """Return what `structure` gives, or `None` if it refuses."""
    try:
        return structure(found, kind, unknown=unknown)
    except InvalidDocumentError:
        return None


@given(data=st.data(), cls=st.sampled_from(CLASSES), unknown=st.sampled_from(["refuse", "ignore"]))
def test_many_are_read_as_each_alone(data: st.DataObject, cls: Any, unknown: Any) -> None:
    """In an array of any length, a value is read as by itself: also if a part of it is of a class that is like ours."""
    found = unstructure(data.draw(of(cls)))
    at = data.draw(st.sampled_from(list(places(found))))
    part = reduce(getitem, at, found)
    changed = put(found, at, data.draw(st.sampled_from([*likes(part), part])))
    if type(changed) is dict and data.draw(st.booleans()):
        changed["another"] = [changed]  # which holds itself
    alone = given_back(changed, cls, unknown)
    for count in (1, 65, 257):
        many = given_back([changed] * count, tuple[cls, ...], unknown)
        assert many == (None if alone is None else (alone,) * count)


@pytest.mark.parametrize("count", [1, 65, 257])
@pytest.mark.parametrize("unknown", ["refuse", "ignore"])
def test_many_days_of_another_class(count: int, unknown: Any) -> None:
    """A date of Python is no day of a document, among a few and among many."""
    step = {"phase": "framing", "on": date(2019, 6, 14), "because": "x"}
    with pytest.raises(InvalidDocumentError, match="/0/on: expected a day as text"):
        structure([step] * count, tuple[PhaseStep, ...], unknown=unknown)
    step["on"], step["another"] = "2019-06-14", step  # an unknown value that holds itself
    many = given_back([step] * count, tuple[PhaseStep, ...], unknown)
    assert many == (None if unknown == "refuse" else (structure(step, PhaseStep, unknown=unknown),) * count)


def test_a_portfolio_of_another_class() -> None:
    """The builtins of a portfolio are a dictionary, and nothing that is like one."""
    assert structure({"methods": []}, Portfolio) == Portfolio()
    for found in (Object(methods=[]), MappingProxyType({"methods": []}), Portfolio()):
        with pytest.raises(InvalidDocumentError, match="expected an object"):
            structure(found, Portfolio)


@given(data=st.data(), plan=of(Portfolio))
def test_portfolios_agree_with_the_readers(data: st.DataObject, plan: Portfolio) -> None:
    """The same of a portfolio without an envelope."""
    found = unstructure(plan)
    assert built_in_bulk(found, Portfolio) == plan
    at = data.draw(st.sampled_from(list(places(found))))
    changed = put(found, at, data.draw(st.sampled_from(ODD)))
    if (fast := built_in_bulk(changed, Portfolio)) is not None:
        assert fast == explained(changed, Portfolio)


CONTAINERS: list[tuple[Any, Any]] = [
    (tuple[Method, ...], (Method(id="a", label="A"), Method(id="b", label="B"))),
    (Registry[Method], Registry([Method(id="a", label="A")])),
    (tuple[Instrument, ...], (Campus(id="c", label="C"),)),
    (Instrument, Campus(id="c", label="C")),
    (Journal, Journal()),
    (Portfolio, samples.portfolio(projects=3)),
    (Fund, samples.fund(awards=3)),
]


@pytest.mark.parametrize(("kind", "value"), CONTAINERS, ids=[str(kind) for kind, _ in CONTAINERS])
def test_containers_are_built_in_bulk(kind: Any, value: Any) -> None:
    """Arrays, registries, instruments, portfolios and a fund whose journal is long: all take the fast way."""
    fast = built_in_bulk(unstructure(value), kind)
    assert fast == value
    assert type(fast) is type(value)


@pytest.mark.parametrize("kind", [Euros, Phase, dict[str, Method], tuple[str, ...], Method | None])
def test_other_types_are_left_to_the_readers(kind: Any) -> None:
    """A scalar, a term, a dictionary and what may be missing have no fast way."""
    assert built_in_bulk("3.00", kind) is None


@pytest.mark.parametrize(
    "found",
    [
        {"id": "m", "label": "M", "other": 1},
        {"id": Text("m"), "label": "M"},
        {"id": "m", "label": "M", "source_ids": [Text("s")]},
        {"id": "m", "label": " M"},
        {"id": "m"},
    ],
)
def test_what_is_not_plain_is_refused_alone_and_in_an_array(found: Any) -> None:
    """An unknown key, a text of another class, a value that is wrong: the fast way leaves each to the readers."""
    assert built_in_bulk(found, Method) is None
    assert built_in_bulk([found], tuple[Method, ...]) is None
    with pytest.raises(InvalidDocumentError):
        structure(found, Method)


def test_what_holds_itself_is_refused() -> None:
    """Builtins that hold themselves end the walk, in place of a known key or of an unknown one."""
    for key in ("other", "source_ids"):
        found: dict[str, Any] = {"id": "m", "label": "M"}
        found[key] = [found, found]
        for each, kind in ((found, Method), ([found], tuple[Method, ...])):
            with pytest.raises(InvalidDocumentError):
                structure(each, kind)


def test_a_long_object_is_built_in_bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    """An object that holds many others is handed to the bulk."""
    fund = samples.fund(awards=150)
    assert len(fund.entries) > 256
    called = []
    counted = _converting.counted
    monkeypatch.setattr(_converting, "counted", lambda kind, *found: called.append(kind) or counted(kind, *found))
    assert structure(unstructure(fund), Fund) == fund
    assert called == [Fund]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_each_class_alone(cls: Any) -> None:
    """The smallest value of each class, read by itself and with what is its default left out, has days of its own."""
    value = build(cls)
    found = unstructure(value)
    for made in (read_alone(cls)(found), decode_alone(cls)(json.dumps(found).encode())):
        assert made == value
        assert repr(made) == repr(value)


def test_a_project_with_days() -> None:
    """A day becomes a day of ours, and the parts of a tuple objects of their classes."""
    found = {"id": "p", "label": "P", "steps": [{"phase": "experimentation", "on": "2019-06-14", "because": "x"}]}
    made = structure(found, Project)
    assert type(made.steps[0].on).__module__.startswith("pendulum")
    assert repr(made) == repr(explained(found, Project))


@pytest.mark.parametrize("own", [None, [], "", 0, {"jira": 1}, {"x-a": float("nan")}, {"x-a": b"x"}], ids=repr)
def test_own_keys_of_one_object_are_checked(own: Any) -> None:
    """What cannot be an application's own keys is refused on the fast way of one object too, empty or not."""
    with pytest.raises(InvalidDocumentError):
        structure({"id": "m", "label": "M", "extra": own}, Method)
    held = structure({"id": "m", "label": "M", "extra": {"x-a": [1, {"b": None}]}}, Method)
    assert held == Method(id="m", label="M", extra={"x-a": [1, {"b": None}]})
    assert structure({"id": "m", "label": "M", "extra": {}}, Method) == Method(id="m", label="M")
