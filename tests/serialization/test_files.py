"""Files: the suffix says the format, and what it does not say is refused before anything is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from levier.errors import InvalidDocumentError, InvalidValueError
from levier.model.methods import Method
from levier.model.portfolio import Portfolio
from levier.serialization import dump, dumps, load
from levier.testing.strategies import of

PLAN = Portfolio.of(Method(id="nudge", label="Nudge"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples of a property."""
    return tmp_path_factory.mktemp("portfolios")


@given(portfolio=of(Portfolio))
def test_what_is_dumped_is_loaded(folder: Path, portfolio: Portfolio) -> None:
    """A file holds the canonical bytes, and is loaded as the portfolio, whether named by a text or a path."""
    path = folder / "plan.json"
    dump(portfolio, path)
    assert path.read_bytes() == dumps(portfolio)
    assert load(path) == load(str(path)) == portfolio


@pytest.mark.parametrize("name", ["plan", "plan.xml", "plan.json.txt", ".json", ".json.gz", "plan.toml ", "plan.gz"])
def test_other_suffixes_are_refused(tmp_path: Path, name: str) -> None:
    """A suffix that says no format is refused for reading and writing, with those that can be, and no file appears."""
    path = tmp_path / name
    known = r"a file that ends in one of \.json, \.ndjson, \.toml, \.yaml, \.yml, and may have \.gz or \.zst behind it"
    with pytest.raises(InvalidValueError, match=rf"^load: expected {known}, found "):
        load(path)
    with pytest.raises(InvalidValueError, match=rf"^dump: expected {known}, found "):
        dump(PLAN, str(path))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_says_so_itself(tmp_path: Path) -> None:
    """What the system refuses is the system's own error, a bad document ours."""
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "nowhere.json")
    (tmp_path / "bad.json").write_bytes(b"{}")
    with pytest.raises(InvalidDocumentError):
        load(tmp_path / "bad.json")
