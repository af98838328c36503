"""Where the project and its modules are, for the tests of its architecture."""

from __future__ import annotations

import pkgutil
from pathlib import Path

import pytest

import levier

ROOT = Path(__file__).parents[2]


def module_names() -> list[str]:
    """Return the dotted name of every module of the package, found without importing it."""

    def names(folder: Path, prefix: str) -> list[str]:
        found = [prefix]
        for item in pkgutil.iter_modules([str(folder)]):
            name = f"{prefix}.{item.name}"
            found += names(folder / item.name, name) if item.ispkg else [name]
        return found

    return names(Path(levier.__file__).parent, "levier")


def is_private(module: str) -> bool:
    """Return whether a part of the dotted name starts with an underscore; `__main__` is a public door."""
    return any(part.startswith("_") and not part.startswith("__") for part in module.split("."))


PRIVATE = [name for name in module_names() if is_private(name)]
PUBLIC = [name for name in module_names() if not is_private(name) and not name.endswith("__main__")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a public, private or model module once a module."""
    model = [name for name in PUBLIC if name.startswith("levier.model.")]
    for fixture, modules in {"public_module": PUBLIC, "private_module": PRIVATE, "model_module": model}.items():
        if fixture in metafunc.fixturenames:
            metafunc.parametrize(fixture, modules)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT
