"""How long the machines of this folder try: a little in every run of the tests, for hours by hand."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(scope="session")
def effort() -> int:
    """How many times the usual number of tries: `LEVIER_EFFORT=50 pytest tests/hostile` tries fifty times as many."""
    return int(os.environ.get("LEVIER_EFFORT", "1"))
