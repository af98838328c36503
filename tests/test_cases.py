"""Small inputs at which the library once gave a wrong answer: each file asserts the right one."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

CASES = Path(__file__).parents[2] / "shared" / "cases"
FOUND = sorted(CASES.glob("*.py"))


@pytest.mark.skipif(not FOUND, reason="the cases lie beside the repository, in ../shared/cases, and not in it")
@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.stem)
def test_case_gives_the_right_answer(case: Path) -> None:
    """What the file asserts holds."""
    runpy.run_path(str(case))
