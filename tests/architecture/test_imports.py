"""Who imports whom, and what an import costs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from grimp import ImportGraph, build_graph
from importlinter.api import read_configuration
from importlinter.cli import lint_imports

HEAVY = {
    "altair",
    "babel",
    "cattrs",
    "cyclopts",
    "hypothesis",
    "IPython",
    "jinja2",
    "msgspec",
    "narwhals",
    "pandas",
    "polars",
    "pytest",
    "rich",
    "tomli_w",
    "yaml",
    "zstandard",
}


def loaded_by(program: str) -> set[str]:
    """Return the top-level packages that *program* loads in a fresh interpreter, beyond those it starts with."""
    lines = [
        "import json, sys",
        "before = set(sys.modules)",
        program,
        "print(json.dumps(sorted(set(sys.modules) - before)))",
    ]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True, capture_output=True, text=True)
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


@pytest.mark.parametrize("program", ["import levier", "import levier.model.portfolio", "from levier import Portfolio"])
def test_import_budget(program: str) -> None:
    """Importing levier, or its whole model, loads no codec, no data frame, no renderer and no test tool."""
    loaded = loaded_by(program)
    assert "levier" in loaded
    assert loaded & HEAVY == set()


def test_the_top_level_alone_loads_nothing() -> None:
    """Names are loaded when they are used, the errors among them: `import levier` loads no other package."""
    assert {name for name in loaded_by("import levier") if name not in sys.stdlib_module_names} == {"levier"}


ORDER = """
import sys, _frozen_importlib
from importlib import import_module

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "levier.errors":
            print([held for held in _frozen_importlib._module_locks if held.startswith("levier.errors.")])

sys.meta_path.insert(0, Watch())
import_module(sys.argv[1])
"""


@pytest.mark.parametrize(
    "name",
    [
        *("budget", "fund", "history", "indicators", "instruments", "plans", "rules", "statistics"),
        *("catalogue", "cli.app", "display.knowledge", "display.report", "serialization", "testing.building"),
        *("compute.findings", "model.money", "model.periods", "wording.reasons"),
    ],
)
def test_errors_are_imported_whole(name: str) -> None:
    """Whatever comes first, the package of errors comes before a module of it, so that no thread waits for ever."""
    command = [sys.executable, "-c", ORDER, f"levier.{name}"]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[]\n"


def test_babel_comes_with_the_first_sentence() -> None:
    """Computing and comparing load no Babel; the first sentence does."""
    computing = (
        "import levier; project = levier.Project(id='p', label='P', calendar='2019'); "
        "slip = levier.plans.schedule_variance(project, as_of='2020-01-02'); assert slip.days == 2"
    )
    assert "babel" not in loaded_by(computing)
    assert "babel" in loaded_by(f"{computing}; slip.explain('en')")


def test_pytest_plugin_is_light() -> None:
    """The pytest plugin, which every suite of an environment loads, adds nothing but itself before it is used."""
    assert loaded_by("import pytest; before = set(sys.modules); import levier.testing.plugin") == {"levier"}


def test_contracts_hold(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every import keeps the contracts of pyproject.toml."""
    monkeypatch.chdir(root)
    monkeypatch.setattr(sys, "path", list(sys.path))
    status = lint_imports(config_filename=str(root / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


def contracts(root: Path, kind: str) -> list[dict[str, Any]]:
    """Return the import contracts of one *kind*."""
    options = read_configuration(str(root / "pyproject.toml"))["contracts_options"]
    return [contract for contract in options if contract["type"] == kind]


LET_IN: dict[str, tuple[str, ...]] = {
    "levier.model._as_known": ("levier.compute.statements.known",),
    "levier.model._converters": ("levier.compute",),
    "levier.model._facts": ("levier.serialization", "levier.testing"),
    "levier.model._fields": ("levier.compute", "levier.serialization"),
    "levier.model._shapes": ("levier.compute", "levier.display", "levier.serialization", "levier.testing"),
    "levier.model._numbers": (
        "levier.compute",
        "levier.serialization",
        "levier.testing",
        "levier.wording",
    ),
}
"""Whom private modules let in beside their package: what the model says of its fields, the rooms above read too."""


def may_import(importer: str, private: str) -> bool:
    """Return whether a module may import a private one: from inside its package, or let in by name."""
    doors = (private.rpartition(".")[0], *LET_IN.get(private, ()))
    return any(f"{importer}.".startswith(f"{door}.") for door in doors)


@pytest.fixture(scope="module")
def graph() -> ImportGraph:
    """Who imports whom."""
    return build_graph("levier", cache_dir=None)


def test_private_modules_are_private(graph: ImportGraph, private_module: str) -> None:
    """A module whose name begins with an underscore is imported inside its package only, or by whom it lets in."""
    importers = graph.find_modules_that_directly_import(private_module)
    assert [importer for importer in sorted(importers) if not may_import(importer, private_module)] == []


@pytest.mark.parametrize(
    ("importer", "private", "is_allowed"),
    [
        ("levier.model.fund", "levier.model._ledger", True),
        ("levier.model", "levier.model._ledger", True),
        ("levier.compute.fund.periods", "levier.model._ledger", False),
        ("levier.modelling", "levier.model._ledger", False),
        ("levier.compute.exact", "levier.model._fields", True),
        ("levier.cli.app", "levier._printing", True),
    ],
)
def test_the_rule_of_private_modules(importer: str, private: str, is_allowed: bool) -> None:
    """The rule lets in the package of a private module, and no other."""
    assert may_import(importer, private) is is_allowed


def test_who_is_let_in_comes(graph: ImportGraph) -> None:
    """Each exception to the rule is used, so that none stays when its reason is gone."""
    for private, doors in LET_IN.items():
        importers = graph.find_modules_that_directly_import(private)
        assert [door for door in doors if not any(f"{each}.".startswith(f"{door}.") for each in importers)] == []


def test_every_package_has_one_door(root: Path) -> None:
    """Every package that the light core must not import has exactly one door, or none yet."""
    light, doorless = contracts(root, "forbidden")
    doors = [
        module
        for contract in contracts(root, "protected")
        for module in contract["protected_modules"]
        if not module.startswith("levier.")
    ]
    named = doors + doorless["forbidden_modules"]
    assert len(named) == len(set(named))
    assert set(light["forbidden_modules"]) == set(named) - {"babel", "pendulum"}
