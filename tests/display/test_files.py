"""Reports in files: in the form of their suffix, whole or not there."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from levier.display import files
from levier.display.pages import Report
from levier.errors import InvalidValueError

REPORT = Report(title="Été", lang="fr", as_of="2019-06-14", sections=[])


@pytest.mark.parametrize(
    ("name", "start"), [("a.md", "# Été"), ("a.HTML", "<!DOCTYPE html>"), ("a.json", "{"), (".hidden.md", "# Été")]
)
def test_the_suffix_says_the_form(tmp_path: Path, name: str, start: str) -> None:
    """Each suffix has its form, in UTF-8, with nothing left beside the file."""
    files.write(REPORT, tmp_path / name)
    assert (tmp_path / name).read_bytes().decode().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a", "a.pdf", ".md", "a.md.txt"])
def test_other_suffixes_are_refused(tmp_path: Path, name: str) -> None:
    """A suffix without a form is refused before anything is written."""
    with pytest.raises(InvalidValueError, match=r"ends in \.md, \.html or \.json"):
        files.write(REPORT, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails half way, the old file stays as it was and no draft remains."""
    target = tmp_path / "a.md"
    target.write_text("before", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        files.write(REPORT, target)
    assert target.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    """Writing over a file changes what it says, not who may read it."""
    target = tmp_path / "a.md"
    target.touch(mode=0o640)
    target.chmod(0o640)
    files.write(REPORT, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path: Path) -> None:
    """Writing to a symbolic link writes the file it leads to."""
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.touch()
    link.symlink_to(real)
    files.write(REPORT, link)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("# Été")
