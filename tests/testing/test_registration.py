"""The registration with Hypothesis, in whatever order things are imported."""

from __future__ import annotations

import subprocess
import sys
from enum import Enum
from importlib.metadata import entry_points
from inspect import isclass
from typing import Any

import pytest
from attrs import has
from hypothesis import given, settings
from hypothesis import strategies as st

import levier
from doors import everything
from levier import Euros, Sourced, serialization
from levier.testing.registration import public_classes

INDICATOR = "from_type(sys.modules['levier'].Indicator)"
installed = pytest.mark.skipif(
    not entry_points(group="hypothesis", name="levier"), reason="levier is on the path but not installed"
)


def run(program: str) -> str:
    """Return what a fresh interpreter prints, in which a warning is an error."""
    command = [sys.executable, "-W", "error", "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    "imports",
    [
        "import hypothesis, levier.testing.registration as r",
        "import levier.testing.registration as r, hypothesis",
        "import levier; levier.Portfolio; import hypothesis, levier.testing.registration as r",
        "import levier.testing.strategies, levier.testing.registration as r",
    ],
)
def test_order_of_imports_does_not_matter(imports: str) -> None:
    """Ours first or Hypothesis first: the strategies are registered, without a warning and without being loaded."""
    program = f"""
import sys
{imports}
early = "levier.testing.strategies" in sys.modules
r.register()
import levier
from hypothesis import find, strategies as st
print(early, type(find(st.from_type(levier.Indicator), lambda _: True)).__name__)
"""
    assert run(program) == f"{'strategies' in imports} Indicator\n"


@pytest.mark.parametrize("first", ["import hypothesis", "import levier; levier.Period"])
@pytest.mark.parametrize("name", ["Day", "Period", "Project", "fund.Instalment", "plans.PhaseStep"])
def test_one_class_is_enough(first: str, name: str) -> None:
    """Whichever module of the model is imported first, and before or after Hypothesis, each class has its strategy."""
    program = f"""
{first}
import levier.testing.registration as r
r.register()
import levier
from hypothesis import find, strategies as st
print(isinstance(find(st.from_type(levier.{name}), lambda _: True), levier.{name}))
"""
    assert run(program) == "True\n"


def test_registering_loads_nothing() -> None:
    """Hypothesis starts without the model, attrs and pendulum; one class that is used loads what it needs."""
    program = """
import sys, hypothesis
import levier.testing.registration as r
r.register()
loaded = {"attr", "pendulum", "levier.errors", "levier.model"} & set(sys.modules)
import levier
levier.Day
print(sorted(loaded), "levier.model.portfolio" in sys.modules, "levier.testing.strategies" in sys.modules)
"""
    assert run(program) == "[] False False\n"


def test_half_of_hypothesis_is_no_error() -> None:
    """While another thread is loading Hypothesis, everything can be imported; the classes are registered afterwards."""
    program = """
import sys, types, hypothesis, hypothesis.strategies as whole
import levier.testing.registration as r
sys.modules["hypothesis.strategies"] = types.ModuleType("hypothesis.strategies")
r.register()
import levier
levier.Period
sys.modules["hypothesis.strategies"] = whole
levier.Indicator
found = [type(hypothesis.find(whole.from_type(cls), lambda _: True)).__name__ for cls in (levier.Period, levier.Day)]
print(found, r._waiting)
"""
    assert run(program) == "['Period', 'Date'] []\n"


CLASSES = {name: each for name, each in everything().items() if isclass(each) and has(each)}
SERIALIZATION = {name: getattr(serialization, name) for name in serialization.__all__}
CLASSES |= {name: each for name, each in SERIALIZATION.items() if isclass(each) and has(each)}


@pytest.mark.parametrize("cls", CLASSES.values(), ids=CLASSES)
@given(data=st.data())
@settings(max_examples=5)
def test_every_public_class_is_drawn(cls: type[Any], data: st.DataObject) -> None:
    """What people build, what they set and what they are answered: `st.from_type` draws each, wherever it stands."""
    hint: Any = Sourced[Euros] if cls is Sourced else cls
    assert isinstance(data.draw(st.from_type(hint)), cls)


@installed
def test_entry_point_registers() -> None:
    """`st.from_type` knows our classes with no import of the testing kit, and importing Hypothesis is enough."""
    program = """
import sys
from hypothesis import find, strategies as st
assert "levier.testing.strategies" not in sys.modules
import levier
print(type(find(st.from_type(levier.Indicator), lambda _: True)).__name__)
"""
    assert run(program) == "Indicator\n"


@installed
def test_plugin_is_an_entry_point() -> None:
    """Pytest finds the plugin by its entry point."""
    (found,) = entry_points(group="pytest11", name="levier")
    assert found.value == "levier.testing.plugin"


def test_every_public_class_is_listed() -> None:
    """The classes that have a strategy are those of the public API, scalars and containers among them."""
    names = {cls.__name__ for cls in public_classes()}
    assert {"Euros", "Observations", "Period", "Portfolio", "Registry", "Instrument"} <= names
    assert not names & {"Phase", "LevierError", "Problem"}
    built = {
        name
        for name, thing in everything().items()
        if isclass(thing) and thing.__module__.startswith("levier.model.") and not issubclass(thing, Enum)
    }
    assert built <= names <= built | {"Date", "Excerpt", "Stated"}
    assert levier.Day in public_classes()
