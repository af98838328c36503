"""The doors by subject: what users import stands behind one of them, and nothing else does."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from importlib import import_module

import pytest

import levier
from levier import compute
from levier.compute import checks, quality

DOORS = ("budget", "fund", "history", "indicators", "instruments", "plans", "rules", "statistics")
SHARED = {"Day", "MissingReason", "Period", "Portfolio", "Precision", "Registry", "Term"}
"""What belongs to no subject alone."""
SOURCES = {"Excerpt", "Reliability", "Source", "Sourced", "Stated"}


def names() -> Counter[str]:
    """Return the names behind the doors, each with how many doors it stands behind."""
    return Counter(name for door in DOORS for name in import_module(f"levier.{door}").__all__)


def test_every_class_and_question_stands_behind_one_door() -> None:
    """A reader who knows the subject finds the name, and finds it once."""
    asked = {*compute.__all__, *checks.__all__, *quality.__all__, *levier.__all__} - {"checks", "budget_year"}
    rooms = {name for name in levier.__all__ if name.islower() and name not in {"dump", "dumps", "load", "loads"}}
    elsewhere = SHARED | SOURCES | rooms | {"dump", "dumps", "load", "loads", "__version__"}
    errors = set(import_module("levier.errors").__all__)
    assert asked - set(names()) - elsewhere - errors == set()
    assert {name for name, count in names().items() if count > 1} == set()


def test_what_stands_behind_a_door_is_the_thing_itself() -> None:
    """A door gives the very objects that the rooms define."""
    for door in DOORS:
        room = import_module(f"levier.{door}")
        for name in room.__all__:
            if hasattr(compute, name):
                assert getattr(room, name) is getattr(compute, name)
    assert import_module("levier.budget").year is compute.budget_year


@pytest.mark.parametrize("door", DOORS)
def test_a_door_opens_at_its_first_use_and_speaks_later(door: str) -> None:
    """`levier.budget` is there after `import levier`, tells its story in a few lines, and loads no Babel."""
    program = f"""
import sys, levier
print("levier.{door}" in sys.modules, len(levier.{door}.__all__) > 9, "babel" in sys.modules)
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "True", "False"]
    assert 5 <= len((import_module(f"levier.{door}").__doc__ or "").splitlines()) <= 20
