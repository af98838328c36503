"""The doors by subject: what users import stands behind one of them, and nothing else does."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from importlib import import_module
from inspect import isclass
from pathlib import Path

import pytest

import levier
from doors import DOORS

ROOMS = {*DOORS, "catalogue", "display", "errors", "serialization", "testing"}
TOP_LEVEL = {
    *(
        "Application",
        "Appropriations",
        "Award",
        "BreakdownCode",
        "BudgetLine",
        "BudgetMovement",
        "BudgetProgramme",
        "Call",
        "CallRule",
    ),
    *(
        "Campus",
        "CampusSession",
        "CarteBlanche",
        "ChallengeCall",
        "CommunityHub",
        "Consultation",
        "CostStatement",
        "Day",
    ),
    *("Decision", "Dimension", "DimensionCode", "Direction", "EffectHorizon", "Euros", "Event", "Execution"),
    *("ExecutionLine", "Figure", "Fund", "Indicator", "InnovationLab", "InnovationWeek", "IntendedEffect"),
    *("InvalidDocumentError", "JournalEntry", "Lever"),
    *("LeverActivation", "LevierError", "Method", "Milestone", "MissingReason", "NATION", "Objective", "Observation"),
    *("ObservationKind", "Organisation", "OrganisationKind", "Period", "Phase", "Portfolio", "Programme", "Project"),
    *("Quantity", "Reform", "Registry", "Reliability", "Risk", "Saving", "Source", "Sourced", "Survey", "Territory"),
    *("TerritoryLevel", "Unit", "__version__", "dump", "dumps", "load", "loads"),
}
"""What people build, the values they build it from, how it is read and written, and the errors that all catch."""
BELOW = {"Excerpt", "Precision", "Stated", "Term"}
"""What other classes are made of: it is met in their fields, and nobody starts from it."""


def names() -> Counter[str]:
    """Return the names behind the doors, each with how many doors it stands behind."""
    return Counter(name for door in DOORS for name in import_module(f"levier.{door}").__all__)


def test_the_top_level_is_the_list() -> None:
    """The top level holds the names of the list and the rooms, and no other."""
    assert set(levier.__all__) == TOP_LEVEL | ROOMS


def test_every_class_of_the_model_stands_behind_one_door() -> None:
    """A reader who knows the subject finds the name, and finds it once."""
    homes = [path for path in Path(levier.__file__).with_name("model").glob("*.py") if path.stem[0] != "_"]
    modules = [import_module(f"levier.model.{path.stem}") for path in homes]
    nouns = {
        name
        for module in modules
        for name in module.__all__
        if isclass(getattr(module, name)) and getattr(module, name).__module__ == module.__name__
    }
    unseen = nouns - set(names()) - TOP_LEVEL - BELOW
    assert {name for name in unseen if name in _named_in_docs()} == set()
    assert {name for name, count in names().items() if count > 1} == set()


def _named_in_docs() -> set[str]:
    """Return the names that a guide writes as code."""
    pages = Path(levier.__file__).parents[2].glob("docs/guides/*.md")
    return {word.strip("`") for page in pages for word in page.read_text(encoding="utf-8").split() if word[:1] == "`"}


def test_what_stands_behind_a_door_is_the_thing_itself() -> None:
    """A door only hands on what the rooms define: it has a story and imports, and no code."""
    for door in DOORS:
        tree = ast.parse(Path(str(import_module(f"levier.{door}").__file__)).read_text(encoding="utf-8"))
        assert {type(node) for node in tree.body} == {ast.Expr, ast.ImportFrom, ast.Assign}


def test_what_stands_elsewhere_is_said() -> None:
    """Who asks the top level for a name of a subject is told where it stands; what is nowhere is only refused."""
    with pytest.raises(AttributeError, match=r"no attribute 'OverpaymentError'; import it from levier\.errors$"):
        getattr(levier, "OverpaymentError")  # noqa: B009
    with pytest.raises(AttributeError, match=r"no attribute 'progress_of'; import it from levier\.indicators$"):
        getattr(levier, "progress_of")  # noqa: B009
    with pytest.raises(AttributeError, match=r"no attribute 'nothing'$"):
        levier.nothing  # noqa: B018


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


@pytest.mark.parametrize("room", ["display", "serialization", "testing"])
def test_a_room_lists_its_modules_and_opens_them(room: str) -> None:
    """After `import levier` alone, `dir` of a room lists its names, each is there, and no other is."""
    program = f"""
import levier
print(all(getattr(levier.{room}, name) is not None for name in dir(levier.{room})), hasattr(levier.{room}, "nothing"))
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["True", "False"]
    opened = import_module(f"levier.{room}")
    assert set(opened.__all__) <= set(dir(opened))
