"""What the repository holds, and what it must not."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

LOCKS = {"Pipfile.lock", "package-lock.json", "pdm.lock", "poetry.lock", "pylock.toml", "uv.lock", "yarn.lock"}
HOMES = re.compile(r"(?<![\w./<])/(?:home|root|Users)/\w")


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[Path]:
    """The files that git tracks, or would after `git add`."""
    if not (root / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = [root / name for name in listing.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_tests_say_what_they_prove(root: Path) -> None:
    """Every test function has a docstring."""
    silent = [
        f"{path.relative_to(root)}::{node.name}"
        for path in sorted((root / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_lock_file_is_tracked(tracked: list[Path]) -> None:
    """A library is tested against what is current: locks belong to the applications that use it."""
    assert [path.name for path in tracked if path.name in LOCKS] == []


def test_no_path_of_a_machine_is_tracked(root: Path, tracked: list[Path]) -> None:
    """No file names a folder of somebody's machine."""
    here = re.compile(r"(?<![\w./])" + re.escape(str(root)) + r"(?![\w-])") if len(root.parts) > 2 else HOMES
    naming = []
    for path in tracked:
        text = path.read_bytes().decode("utf-8", errors="replace")
        if HOMES.search(text) or here.search(text):
            naming.append(str(path.relative_to(root)))
    assert naming == []


def test_top_level_is_what_was_agreed(root: Path, tracked: list[Path]) -> None:
    """Nothing stands at the top but what a reader expects there."""
    agreed = {
        ".ci",
        ".gitignore",
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "docs",
        "pyproject.toml",
        "src",
        "tests",
    }
    assert {path.relative_to(root).parts[0] for path in tracked} <= agreed
