"""Lines break between words."""

from __future__ import annotations

from pathlib import Path

import pytest

from levier.cli import main
from levier.cli.widths import folded, narrowest, widths_within

EXAMPLE = str(Path(__file__).parents[2] / "docs" / "examples" / "plan-ministere.toml")


def test_words_are_never_cut() -> None:
    """A word longer than its column keeps its line, and a no-break space holds a number together."""
    assert folded("a transformation", 6) == "a\ntransformation"
    assert folded("de 700\u202f000\u202f000\u00a0€", 8) == "de\n700\u202f000\u202f000\u00a0€"
    assert folded("", 8) == ""


def test_columns_get_what_they_need() -> None:
    """Columns keep their words whole, share what is left by what they lack, and do not fit where words would not."""
    columns = [["a", "bb"], ["one two three four five six seven"], ["indivisible-but-for-hyphens"]]
    assert [narrowest(column) for column in columns] == [2, 11, 27]
    assert widths_within(columns, 100) == [2, 33, 27]
    assert widths_within(columns, 56) == [2, 21, 27]
    assert widths_within(columns, 46) == [2, 11, 27]
    assert widths_within(columns, 45) is None


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_no_word_of_a_report_is_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    """Every word that a report of 200 columns prints is printed whole on a narrow terminal, by table or by list."""

    def words(columns: str) -> set[str]:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setenv("COLUMNS", columns)
        assert main(["report", EXAMPLE, "--lang", "fr"]) == 0
        plain = capsys.readouterr().out
        for code in ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[3m", "\x1b[1;3m", "\x1b[2;3m"):
            plain = plain.replace(code, "")
        return {word for word in plain.split() if not set(word) <= {"─"}}

    assert words("200") <= words(width)
