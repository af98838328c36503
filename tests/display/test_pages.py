"""The values that a report is made of."""

from __future__ import annotations

import pytest
from attrs.exceptions import FrozenInstanceError

from levier.display.pages import Cell, Column, Report, Row, Section, Table
from levier.errors import InvalidValueError


def test_a_report_is_a_value() -> None:
    """Reports are frozen, hashable and equal by what they hold."""
    reports = [Report(title="t", lang="en", as_of="2019-06-14", sections=[Section(id="s", title="S")]) for _ in "ab"]
    assert reports[0] == reports[1]
    assert len(set(reports)) == 1
    with pytest.raises(FrozenInstanceError):
        reports[0].title = "other"  # type: ignore[misc]


def test_rows_are_as_wide_as_their_table() -> None:
    """A row with a cell too few is refused, so that no value slips under the head of another."""
    with pytest.raises(InvalidValueError, match="expected 2 cells a row, found 1"):
        Table(
            id="t",
            caption="T",
            columns=[Column(id="a", label="A"), Column(id="b", label="B")],
            rows=[Row(id="r", cells=[Cell(text="x", value="x")])],
        )


def test_a_report_needs_a_day() -> None:
    """A report of no day is refused."""
    with pytest.raises(InvalidValueError, match="as_of"):
        Report(title="t", lang="en", as_of="now", sections=[])
