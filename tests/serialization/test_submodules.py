"""The formats are there once levier is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from levier import serialization


@pytest.mark.parametrize("name", ["json", "migrations", "ndjson", "schema", "toml", "yaml"])
def test_a_format_needs_no_import_of_its_own(name: str) -> None:
    """`levier.serialization.toml` works after `import levier`, in a fresh process."""
    said = subprocess.run(  # our own program
        [sys.executable, "-c", f"import levier; print(levier.serialization.{name}.__name__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == f"levier.serialization.{name}"


def test_no_other_name_is_there() -> None:
    """What is no format is refused as by any module."""
    with pytest.raises(AttributeError, match="no attribute 'xml'"):
        _ = serialization.xml
