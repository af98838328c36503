"""Every sentence of the article the catalogue starts from is mapped to an entry."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT.parent / "shared" / "sources").glob("*.txt"))
ROW = re.compile(r"\| (\d+\.\d+) \| (.+) \| (.+) \|")
PAGE = (ROOT / "docs" / "article.md").read_text(encoding="utf-8")
ROWS = [row.groups() for row in map(ROW.fullmatch, PAGE.splitlines()) if row]
MAPPED = [(sentence, path) for sentence, _, entries in ROWS for path in re.findall(r"`([^`]+)`", entries)]

needs_article = pytest.mark.skipif(not ARTICLES, reason="the article is not beside this clone")


def _sentences() -> dict[str, str]:
    """Number the sentences of the article, as the page says it counts them."""
    lines = ARTICLES[0].read_text(encoding="utf-8").splitlines()
    paragraphs = [line.strip() for line in lines if line.strip()]
    return {
        f"{place}.{rank}": sentence
        for place, paragraph in enumerate(paragraphs, start=1)
        for rank, sentence in enumerate(re.split(r"(?<=[.!?])\s+(?=[«A-ZÀÂÉÈÊÎÔÛ])", paragraph), start=1)
    }


@pytest.mark.parametrize(("sentence", "path"), MAPPED)
def test_a_mapped_entry_exists(sentence: str, path: str, trail: Callable[[str], tuple[Any, ...]]) -> None:
    """What a sentence is mapped to is in the catalogue or in the code."""
    assert trail(path)[-1] not in (None, "", ()), sentence


def test_every_row_names_an_entry() -> None:
    """No sentence of the table is left without an entry, and none stands in it twice."""
    numbers = [sentence for sentence, _, _ in ROWS]
    assert set(numbers) == {sentence for sentence, _ in MAPPED}
    assert len(set(numbers)) == len(numbers)


@needs_article
def test_the_table_has_every_sentence() -> None:
    """The table numbers the sentences of the article, all of them, in order."""
    assert [sentence for sentence, _, _ in ROWS] == list(_sentences())


@needs_article
def test_no_sentence_is_copied() -> None:
    """The page says what a sentence is about in words of its own, however short the sentence."""
    long = {sentence for sentence in _sentences().values() if len(sentence) > 20}
    assert not [sentence for sentence in long if sentence in PAGE]
