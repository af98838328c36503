"""Nothing that can be changed is shared by two values, and no value changes under who holds it."""

from __future__ import annotations

import datetime as dt
import enum
import re
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import levier
from doors import everything
from levier import Day, Euros, Fund, Period, Portfolio, Registry
from levier.catalogue import action_publique_2022
from levier.display.report import report
from levier.errors import ProblemCode
from levier.fund import Journal
from levier.indicators import Observations
from levier.model.periods import parse_day
from levier.model.portfolio import Excerpt
from levier.model.terms import Term
from levier.serialization import json, ndjson, toml, yaml
from levier.testing import build, samples
from levier.testing.registration import public_classes
from levier.testing.strategies import of, portfolios

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "plan-ministere.toml"
NEVER_CHANGES = (
    str,
    int,
    float,
    bytes,
    bool,
    type(None),
    type,
    dt.date,
    Decimal,
    re.Pattern,
    types.FunctionType,
    types.BuiltinFunctionType,
)


def parts(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Yield what a value holds: in its slots, public or not, its items, or behind a read-only view."""
    if isinstance(value, types.MappingProxyType):
        yield from ((f"{where}{{}}", part) for pair in value.items() for part in pair)
    if isinstance(value, tuple | frozenset):
        yield from ((f"{where}()", part) for part in value)
    for cls in type(value).__mro__:
        names = vars(cls).get("__slots__", ())
        for name in (names,) if isinstance(names, str) else names:
            if name != "__weakref__" and hasattr(value, name):
                yield f"{type(value).__name__}.{name}", getattr(value, name)


def reached(roots: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield everything that can be reached from some values, each object once, with the place where it was found."""
    seen: dict[int, Any] = {}
    waiting = [(type(root).__name__, root) for root in roots]
    while waiting:
        where, value = waiting.pop()
        if id(value) not in seen:
            seen[id(value)] = value
            yield where, value
            # A day has a `__dict__`, being a `pendulum.Date`: whose it is, is asked below. A term refuses attributes.
            if type(value) not in NEVER_CHANGES and not isinstance(value, Day | enum.Enum):
                waiting.extend(parts(value, where))


def changeable(roots: Iterable[Any]) -> Counter[str]:
    """Return the places of what could be changed: a list, a dictionary, a set, an object that takes attributes."""
    found = Counter[str]()
    for where, value in reached(roots):
        if type(value) in NEVER_CHANGES or isinstance(value, Day | enum.Enum):
            continue
        if isinstance(value, list | dict | set | bytearray) or hasattr(value, "__dict__"):
            found[f"{where}: {type(value).__name__}"] += 1
    return found


def days_of(value: Any) -> dict[int, Day]:
    """Return the days that a value holds, by their identity."""
    return {id(part): part for _, part in reached([value]) if type(part) is Day}


@settings(max_examples=30)
@given(portfolios() | of(Fund) | of(Excerpt))
def test_values_hold_nothing_that_changes(value: Any) -> None:
    """From a drawn portfolio, excerpt or fund, with what it remembers, nothing can be reached that can be changed."""
    hash(value)
    if isinstance(value, Portfolio):
        value.observations.of("x")
        value.as_of("2020-01-01")
    assert changeable([value]) == Counter()


PUBLIC = everything()


def results_of(act: Callable[[], Any]) -> list[Any]:
    """Return every public result that the formulas return while something is done."""
    found: dict[int, Any] = {}

    def note(_: types.FrameType, event: str, returned: Any) -> None:
        if event == "return" and type(returned).__name__ in PUBLIC:
            found[id(returned)] = returned

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return list(found.values())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_results_hold_nothing_that_changes(lang: Any) -> None:
    """What the formulas return for a whole report, and the report itself, hold nothing that can be changed."""
    plans = [samples.portfolio(10), levier.load(EXAMPLE), action_publique_2022()]
    found = results_of(lambda: [report(plan, as_of="2023-12-31", lang=lang) for plan in plans])
    assert len({type(result) for result in found}) > 20
    assert changeable([*found, *plans, report(plans[0], as_of="2023-12-31", lang=lang)]) == Counter()


@pytest.mark.parametrize("layout", [json, ndjson, toml, yaml], ids=lambda module: module.__name__)
def test_documents_share_no_day(layout: Any) -> None:
    """No day of what is read is a day of what was read before, nor of another thing in the same document."""
    data = layout.dumps(levier.load(EXAMPLE))
    first, second = layout.loads(data), layout.loads(data)
    assert days_of(first)
    assert not days_of(first).keys() & days_of(second).keys()
    held = Counter(id(day) for thing in first for day in days_of(thing).values())
    assert set(held.values()) <= {1}


def test_documents_that_are_explained_share_no_day() -> None:
    """Nor do they where a document is read the slow way."""
    written = {"id": "p", "label": "P", "steps": [{"phase": "experimentation", "on": "2019-06-14", "because": "x"}]}
    first, second = (levier.serialization.structure(written, levier.Project) for _ in range(2))
    assert not days_of(first).keys() & days_of(second).keys()


@given(st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31)), st.sampled_from([4, 7, 10]))
def test_a_day_that_is_given_is_given_once(day: dt.date, length: int) -> None:
    """What is written on the day of a period, or on a day that was read, is seen by nobody else."""
    text = day.isoformat()[:length]
    for asked in (
        lambda: Period(text).first_day,
        lambda: Period(text).last_day,
        lambda: Period(text).known_by,
        lambda: parse_day(day),
        lambda: parse_day(day.isoformat()),
        lambda: build(Day),
        lambda: build(levier.plans.PhaseStep).on,
        lambda: levier.fund.YearClosing(year=2019).last_day,
    ):
        given_day: Any = asked()
        given_day.note = "mine"
        assert not hasattr(asked(), "note")
        assert asked() == given_day
        assert type(asked()) is Day


VOCABULARIES = [cls for cls in (*levier.model.terms.Term.__subclasses__(), ProblemCode) if len(cls)]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda cls: cls.__name__)
def test_vocabularies_stay_as_they_were_written(vocabulary: Any) -> None:
    """No attribute of a term or of its class can be set, replaced or deleted, and its labels stay."""
    for term in vocabulary:
        before = {name: getattr(term, name) for name in ("value", "name")} | dict(vars(term))
        for name in ("_labels", "_value_", "fr", "value", "note", "__class__"):
            with pytest.raises(AttributeError):
                setattr(term, name, ("other", "other"))
            with pytest.raises(AttributeError):
                delattr(term, name)
        assert {name: getattr(term, name) for name in ("value", "name")} | dict(vars(term)) == before
    for name in ("note", "label", "_member_map_", "__str__", next(iter(vocabulary)).name):
        with pytest.raises(AttributeError):
            setattr(vocabulary, name, None)
    with pytest.raises(AttributeError):
        delattr(vocabulary, next(iter(vocabulary)).name)


def test_every_vocabulary_is_tried() -> None:
    """The vocabularies of the model are all here."""
    assert {cls for cls in public_classes() if issubclass(cls, Term)} - {Term} <= set(VOCABULARIES)


MADE = [
    (Period("2019"), ("2020",)),
    (Euros(1), (2,)),
    (Journal([build(levier.JournalEntry)]), ([],)),
    (Observations([build(levier.Observation)]), ([],)),
    (Registry([build(levier.Lever)]), ([],)),
]


@pytest.mark.parametrize(("value", "given"), MADE, ids=lambda value: type(value).__name__)
def test_made_once(value: Any, given: tuple[Any, ...]) -> None:
    """To call `__init__` on a scalar or a container that is made does nothing."""
    before = repr(value)
    value.__init__(*given)
    assert repr(value) == before


@pytest.mark.parametrize("value", list(map(build, (Fund, Portfolio, Excerpt))), ids=lambda value: type(value).__name__)
def test_what_holds_the_rest_is_made_once(value: Any) -> None:
    """To call `__init__` on a fund, a portfolio or an excerpt is refused, and changes nothing."""
    before = repr(value)
    with pytest.raises(AttributeError, match="is immutable: make another"):
        value.__init__(**({"id": "other", "label": "Other"} if isinstance(value, Fund) else {}))
    assert repr(value) == before
