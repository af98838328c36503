"""The guides are run, not only read."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

NEEDS = {"embedding": ("django", "fastapi", "httpx2", "sqlalchemy")}
"""What guides use that only the extra `test` brings."""
GUIDES = sorted((Path(__file__).parents[2] / "docs" / "guides").glob("*.md"))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_guide_runs_as_written(guide: Path) -> None:
    """Every example of the guide gives what the guide shows."""
    for package in NEEDS.get(guide.stem, ()):
        pytest.importorskip(package, reason=f"{package} is not installed: pip install -e '.[test]'")
    failed, tried = doctest.testfile(str(guide), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8")
    assert tried > 0
    assert failed == 0
