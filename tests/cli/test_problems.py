"""How problems are told."""

from __future__ import annotations

import pytest

from levier.cli.problems import BadInputError, lines_of, tell
from levier.errors import DuplicateItemsError, InvalidValueError


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (FileNotFoundError(2, "No such file or directory"), "f: No such file or directory"),
        (OSError("odd"), "f: odd"),
        (InvalidValueError("load", "f.yaml", "a file"), "f: expected a file, found 'f.yaml'"),
        (DuplicateItemsError("projects", ("p",)), "f: projects: given more than once: p; keep one of each"),
    ],
)
def test_each_error_has_its_line(error: Exception, line: str) -> None:
    """Whatever goes wrong with a file is told after its name."""
    assert lines_of(error, "f") == (line,)


def test_a_problem_stays_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A quoted line break does not break the line."""
    error = BadInputError(("one\ntwo", "three"))
    tell(error.lines)
    assert capsys.readouterr().err == "one two\nthree\n"
    assert str(error) == "one\ntwo\nthree"
