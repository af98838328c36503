"""The assertion that values survive each format: silent where they do, and precise where they do not."""

from __future__ import annotations

import pickle
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levier import Campus, CommunityHub, Euros, Method, Portfolio, Project, Registry, Sourced
from levier.errors import MissingExtraError
from levier.serialization import json, ndjson, toml, yaml
from levier.testing import assert_round_trips, build, samples
from levier.testing.registration import public_classes

PLAN = samples.portfolio(projects=2)


@pytest.mark.parametrize("cls", public_classes(), ids=lambda cls: cls.__name__)
def test_every_class_survives(cls: type[Any]) -> None:
    """The smallest value of each public class comes back from every format that holds it."""
    assert_round_trips(build(cls))


@given(st.from_type(Portfolio))
@settings(max_examples=10)
def test_portfolios_survive(plan: Portfolio) -> None:
    """A drawn portfolio comes back from every format."""
    assert_round_trips(plan)


@pytest.mark.parametrize(
    "value",
    [
        PLAN.instruments,
        Registry([build(Campus)]),
        Registry([build(Campus, id="a"), build(CommunityHub)]),
        Registry(()),
        build(Sourced, value=Euros(2)),
    ],
    ids=repr,
)
def test_what_a_value_holds_is_found(value: Any) -> None:
    """A registry and a sourced value are read as what they hold."""
    assert_round_trips(value)


def test_a_type_may_be_given() -> None:
    """What does not tell its own type is read as the one that is given."""
    assert_round_trips((build(Project),), type=tuple[Project, ...])
    with pytest.raises(AssertionError, match=r"^tuple does not come back from builtins: InvalidValueError: "):
        assert_round_trips((build(Project),))


@pytest.mark.parametrize(("format", "name"), [(json, "JSON"), (yaml, "YAML"), (toml, "TOML"), (ndjson, "NDJSON")])
def test_each_format_is_tried(monkeypatch: pytest.MonkeyPatch, format: Any, name: str) -> None:  # noqa: A002
    """A format that loses something, refuses its own text or writes another one the second time is named."""
    other = PLAN.with_(build(Method, label="Other"))
    monkeypatch.setattr(format, "loads", lambda *_, **__: other)
    with pytest.raises(AssertionError) as error:
        assert_round_trips(PLAN)
    lines = str(error.value).splitlines()
    assert lines[0] == f"Portfolio comes back from {name} as another value:"
    assert "  .methods['method']: only on the right: Method(id='method', label='Other'" in lines[2]
    texts = iter([b"first", b"second"])
    monkeypatch.setattr(format, "loads", lambda *_, **__: PLAN)
    monkeypatch.setattr(format, "dumps", lambda *_, **__: next(texts))
    with pytest.raises(AssertionError, match=f"from {name} as another value:\nand is then written as b'second'$"):
        assert_round_trips(PLAN)
    monkeypatch.setattr(format, "dumps", lambda *_, **__: 1 / 0)
    with pytest.raises(AssertionError, match=f"^Portfolio does not come back from {name}: ZeroDivisionError: "):
        assert_round_trips(PLAN)


def test_pickles_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that comes back from a pickle as another one is shown beside it; a scalar has no places to name."""
    monkeypatch.setattr(pickle, "loads", lambda _: Euros(2))
    with pytest.raises(AssertionError, match=r"from a pickle as another value:\nEuros\('1.00'\) != Euros\('2.00'\)$"):
        assert_round_trips(Euros(1))


def test_the_class_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is equal but of another class is another value."""
    monkeypatch.setattr(pickle, "loads", lambda _: PLAN.observations.rows)
    with pytest.raises(AssertionError, match=r"^Observations comes back from a pickle as another value:"):
        assert_round_trips(PLAN.observations)


@pytest.mark.parametrize("package", ["yaml", "tomli_w"])
def test_formats_without_their_extra_are_left_out(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    """Where an extra is not installed, the other formats are tried."""
    name = {"yaml": "yaml", "tomli_w": "toml"}[package]
    monkeypatch.delitem(sys.modules, f"levier.serialization.{name}")
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError):
        __import__(f"levier.serialization.{name}", fromlist=["dumps"]).dumps(PLAN)
    assert_round_trips(PLAN)
