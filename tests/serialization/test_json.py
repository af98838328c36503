"""JSON: canonical bytes out, strict reading in, and two ways of reading that never disagree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Context, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

import attrs
import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidDocumentError
from levier.model._numbers import EXACT
from levier.model.indicators import Indicator
from levier.model.levers import Method
from levier.model.observations import Observation, Observations
from levier.model.organisations import Organisation
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project
from levier.model.registry import Registry
from levier.model.territories import Territory
from levier.serialization import dumps, loads
from levier.serialization import json as ours
from levier.serialization.hooks import unstructure
from levier.serialization.limits import encoded
from levier.testing.strategies import of

portfolios = of(Portfolio)

PLAN = Portfolio.of(
    Organisation(id="dinum", label="DINUM", kind="interministerial-directorate"),
    Project(
        id="p", label="Été « numérique »", owner_id="dinum", steps=[], milestones=[], calendar="2019/..", lever_ids=[]
    ),
    Territory(id="FR", label="France"),
    Indicator(id="i", label="I", unit="days"),
    Observation(indicator_id="i", period="2020", kind="actual", value="1.50", recorded_on="2021-01-01"),
)


def parts(value: Any) -> Iterator[Any]:
    """Yield a value and all that it holds."""
    yield value
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from parts(getattr(value, field.name))
    elif isinstance(value, Registry):
        for held in value.values():
            yield from parts(held)
    elif isinstance(value, tuple | Observations):
        for held in value:
            yield from parts(held)


def canonical(document: Any) -> bytes:
    """Return the canonical text of a document as the standard library writes it, for a reference of our own."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@given(portfolios)
def test_what_is_written_is_read(portfolio: Portfolio) -> None:
    """Reading what was written gives an equal portfolio, whose days are exactly ours and no number a float."""
    again = loads(dumps(portfolio))
    assert again == portfolio
    assert hash(again) == hash(portfolio)
    for part in parts(again):
        assert not isinstance(part, float | list | dict)
        if isinstance(part, date):
            assert type(part) is pendulum.Date


@given(portfolios)
def test_canonical_form_is_a_fixed_point(portfolio: Portfolio) -> None:
    """Writing what was read from what was written gives the same bytes."""
    written = dumps(portfolio)
    assert dumps(loads(written)) == written
    assert loads(written.decode()) == portfolio


@given(portfolios, st.randoms(use_true_random=False))
def test_equal_portfolios_give_the_same_bytes(portfolio: Portfolio, random: Any) -> None:
    """The order in which things were given leaves no trace in what is written."""
    things = list(portfolio)
    random.shuffle(things)
    assert dumps(Portfolio.of(*things)) == dumps(portfolio)


@given(portfolios)
def test_written_form_is_canonical(portfolio: Portfolio) -> None:
    """Keys are sorted, nothing is padded, text is UTF-8: what the standard library writes with these options."""
    written = dumps(portfolio)
    document = json.loads(written)
    assert canonical(document) == written or "\x7f" in written.decode()
    for noun, items in document.items():
        if isinstance(items, list) and noun != "observations":
            assert [item["id"] for item in items] == sorted(item["id"] for item in items)


@given(portfolios)
def test_numbers_are_whole_or_text(portfolio: Portfolio) -> None:
    """No number with a fraction is ever written but an application's own: decimals and amounts are text."""

    def refuse_numbers(found: Any) -> None:
        assert type(found) is not float
        for key, part in found.items() if isinstance(found, dict) else enumerate(found if type(found) is list else ()):
            if key != "extra":
                refuse_numbers(part)

    refuse_numbers(json.loads(dumps(portfolio)))


def test_decimals_are_text_in_their_shortest_form() -> None:
    """A decimal is written without its trailing zeros, and read as a Decimal."""
    document = json.loads(dumps(PLAN))
    assert document["observations"][0]["value"] == "1.5"
    read = loads(dumps(PLAN)).observations[0].value
    assert type(read) is Decimal
    assert str(read) == "1.5"


@given(st.integers(-(10**9), 10**9), st.integers(0, 40), st.booleans())
def test_small_numbers_are_written_without_exponent(digits: int, places: int, capitals: bool) -> None:
    """Any number is written in full and read back, also where Python writes an exponent, small or capital."""
    number = Decimal(digits).scaleb(-places, EXACT)
    row = Observation(indicator_id="5E-7", period="2020", kind="actual", value=number)
    with localcontext(Context(prec=3, capitals=capitals, traps=[Inexact])):
        data = dumps(row)
    assert loads(data, type=Observation) == row
    assert Fraction(json.loads(data)["value"]) == Fraction(number)
    assert json.loads(data)["indicator_id"] == "5E-7"
    assert unstructure(row) == json.loads(data)
    portfolio = Portfolio.of(Territory(id="FR", label="France"), Indicator(id="5E-7", label="1E-9", unit="share"), row)
    assert loads(dumps(portfolio, digest=True)) == portfolio


def rewritten(write: Callable[[Any], str]) -> bytes:
    """Return the plan's document as something else would write it."""
    return write(json.loads(dumps(PLAN))).encode()


@pytest.mark.parametrize(
    "data",
    [
        rewritten(lambda document: json.dumps(document, indent=4)),
        rewritten(lambda document: json.dumps(document, ensure_ascii=True)),
        rewritten(lambda document: json.dumps(dict(reversed(document.items())))),
        rewritten(lambda document: json.dumps({**document, "organisations": document["organisations"][::-1]})),
        rewritten(lambda document: json.dumps({noun: held for noun, held in document.items() if held})),
        rewritten(lambda document: json.dumps({**document, "generator": "another library"})),
        rewritten(lambda document: json.dumps(document).replace('"1.5"', '"1.50"')),
        b"\n\t " + dumps(PLAN) + b"\r\n",
    ],
    ids=["indented", "ascii", "reversed keys", "shuffled", "empty left out", "generator", "zeros", "padded"],
)
def test_any_layout_is_read(data: bytes) -> None:
    """Indented, escaped, in any order of keys and things, with empty arrays left out: it is the same portfolio."""
    assert loads(data) == PLAN
    assert loads(data.decode()) == PLAN
    assert dumps(loads(data)) == dumps(PLAN)


def test_what_may_be_left_out_is_left_to_its_default() -> None:
    """A document written by hand names what it has, and everything else takes its default."""
    read = loads('{"format": "levier", "version": 1, "methods": [{"id": "nudge", "label": "Nudge"}]}')
    assert read == Portfolio.of(Method(id="nudge", label="Nudge"))
    assert loads('{"format": "levier", "version": 1}') == Portfolio()


@given(portfolios)
def test_canonical_documents_take_the_fast_way(portfolio: Portfolio) -> None:
    """What we wrote is decoded straight into the classes; the explaining way gives the equal value."""
    written = dumps(portfolio)
    assert ours._fast(encoded("loads", written)) == portfolio  # noqa: SLF001  # which way it went is what is proven
    assert ours._explained(encoded("loads", written)) == portfolio  # noqa: SLF001  # as above


@pytest.mark.parametrize("place", range(6))
def test_one_odd_decimal_among_equal_ones_is_seen(place: int) -> None:
    """A decimal written with a zero too many is put right wherever it stands, although it equals its neighbours."""
    rows = [Observation(indicator_id="i", period=f"{year}", kind="target", value="1.2") for year in range(2000, 2006)]
    written = dumps(PLAN.with_(*rows))
    before, *after = written.split(b'"1.2"')
    odd_one = [b'"1.20"' if number == place else b'"1.2"' for number in range(6)]
    data = before + b"".join(text + rest for text, rest in zip(odd_one, after, strict=True))
    assert data != written
    assert dumps(loads(data)) == written


ODD: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    12,
    1.5,
    1e308,
    "",
    "x",
    " ",
    "FR",
    "2019",
    "2019-06-14",
    "1",
    "1.50",
    "NaN",
]
odd = st.sampled_from([*ODD, [], {}, [None], {"id": "x"}]) | st.text(max_size=3)


def places(document: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path to every part of a document but the whole."""
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in pairs:
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from places(value, (*at, key))


def mutated(document: Any, data: st.DataObject) -> Any:
    """Return a document with one part of it replaced, taken away, given twice or put beside an unknown one."""
    *path, last = data.draw(st.sampled_from(list(places(document))))
    holder = document
    for step in path:
        holder = holder[step]
    match data.draw(st.sampled_from(["replace", "remove", "repeat", "add"])):
        case "replace":
            holder[last] = data.draw(odd)
        case "remove":
            del holder[last]
        case "repeat" if isinstance(holder, list):
            holder.append(holder[last])
        case _ if isinstance(holder, dict):
            holder[data.draw(st.sampled_from(["colour", "kind", "id"]))] = data.draw(odd)
    return document


def resolves(document: Any, pointer: str) -> bool:
    """Say whether the object or array that a JSON pointer points into is there."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for step in steps[:-1]:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return not steps or isinstance(document, dict | list)


@given(portfolios, st.data())
def test_both_ways_agree_on_damaged_documents(portfolio: Portfolio, data: st.DataObject) -> None:
    """A damaged document is read alike both ways or refused with problems that point into it; nothing else escapes."""
    document = mutated(json.loads(dumps(portfolio)), data)
    for _ in range(data.draw(st.integers(0, 2))):
        document = mutated(document, data) if document else document
    text = canonical(document)
    fast = ours._fast(encoded("loads", text))  # noqa: SLF001  # what the fast way accepts is what is proven
    try:
        explained = ours._explained(encoded("loads", text))  # noqa: SLF001  # as above
    except InvalidDocumentError as error:
        assert fast is None
        assert [problem for problem in error.problems if resolves(document, problem.pointer)] == list(error.problems)  # noqa: PT017  # either outcome is allowed; its form is what is proven
        with pytest.raises(InvalidDocumentError):
            loads(text)
    else:
        assert fast in (None, explained)
        assert loads(text) == explained


@given(st.binary(max_size=40) | st.text(max_size=40))
def test_anything_at_all_ends_in_the_one_documented_error(data: bytes | str) -> None:
    """Random bytes and texts are refused as documents, and in no other way."""
    with pytest.raises(InvalidDocumentError):
        loads(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


NOUNS = ["projects", "funds", "observations", "instruments", "levers", "budget_programmes"]


@given(st.dictionaries(st.sampled_from(NOUNS), json_values, max_size=3))
def test_any_json_in_the_envelope_ends_in_the_one_documented_error(nouns: dict[str, Any]) -> None:
    """Whatever stands in the arrays, it is read or refused as a document, and never in another way."""
    try:
        loads(json.dumps({"format": "levier", "version": 1, **nouns}))
    except InvalidDocumentError as error:
        assert error.problems  # noqa: PT017  # either outcome is allowed; its form is what is proven
