"""The assertion about what is said: silent on a finished text, and precise on each trace of an unfinished one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen

from levier import Direction, Euros, Lever, Phase, Portfolio
from levier.indicators import progress
from levier.rules import check
from levier.testing import assert_explains, build
from levier.wording.explained import Explained
from levier.wording.messages import Message, clauses, message
from levier.wording.said import Said
from levier.wording.values import Name

HALF = progress(baseline=40, actual=31, target=16, direction="decrease")


def spoken(fr: str, en: str) -> Callable[[str], str]:
    """Return a function that says two texts, as a page of an application does."""
    return lambda lang: {"fr": fr, "en": en}[lang]


def complaints(result: Any, **wanted: Any) -> list[str]:
    """Return the lines of the message about a text that is not finished, without the text itself."""
    with pytest.raises(AssertionError) as error:
        assert_explains(result, **wanted)
    return [line.strip() for line in str(error.value).splitlines() if line.startswith("  ")]


@frozen
class Answer(Explained):
    """A result of an application's own, with a sentence."""

    content: Said

    @property
    def message(self) -> Said:
        """What it says."""
        return self.content


@pytest.mark.parametrize(
    "finished",
    [
        HALF,
        HALF.message,
        *check(Portfolio.of(build(Lever)), as_of="2019-06-14"),
        spoken("1 234 567,5 € le 14 juin 2019 (article 1, n° 2)", "None of €1,234,567.5 on 14 June 2019 (2 parts)"),
        spoken("12", "12"),
        Answer(Name("Euros(1)", "{label} [' None 3.5 2019-06-14 123456", "{label} 3,5")),
    ],
    ids=repr,
)
def test_a_finished_text_passes(finished: Any) -> None:
    """Answers, findings, sentences and pages pass; labels are the reader's own data, and may hold anything."""
    assert_explains(finished)


@pytest.mark.parametrize(
    ("fr", "en", "lines"),
    [
        ("{n} jours", "3 days", ["fr: '{n}' is a place that was not filled"]),
        ("3 jours", "{} days", ["en: '{}' is a place that was not filled"]),
        ("valeur : None", "value: 3", ["fr: 'None' is no value"]),
        (f"{Euros(1)!r}", "one", ['fr: "Euros(\'" is a value as Python writes it', "fr: '1.00' is an English number"]),
        ("phase", f"{Phase.FRAMING!r}", ["en: '<Phase.FRAMING: ' is a value as Python writes it"]),
        ("objet", f"{object()}", ["en: '<object object at ' is a value as Python writes it"]),
        ("classe", f"{Euros}", ["en: '<class ' is a value as Python writes it"]),
        ("leviers", f"{['a', 'b']}", ['en: "[\'" is a value as Python writes it']),
        ("leviers", "Lever(id=x)", ["en: 'Lever(id=' is a value as Python writes it"]),
        ("au 2019-06-14", "of 2019", ["fr: '2019-06-14' is a day as computers write it"]),
        ("37.5 %", "37.5%", ["fr: '37.5' is an English number"]),
        ("1,234.5 €", "one", ["fr: '1,234.5' is an English number"]),
        ("un", "37,5%", ["en: '37,5' is a French number"]),
        ("un", "1\u202f234", ["en: '1\\u202f234' is a French number"]),
        ("12345 €", "one", ["fr: '12345' is a number without the spaces or commas of its thousands"]),
        ("three days", "three days", ["fr: the text is the English one"]),
        ("trois", " ", ["en: nothing is said"]),
    ],
)
def test_each_trace_is_found(fr: str, en: str, lines: list[str]) -> None:
    """Each trace of an unfinished text is named with its language, and nothing else is."""
    assert complaints(spoken(fr, en)) == lines


def test_what_is_wanted_is_sought() -> None:
    """A text that should be in it is found, whichever spaces French puts between thousands; another one is named."""
    assert_explains(HALF, fr=["37,5 %", "40"], en="37.5%")
    assert_explains(message("{n}", n=1234), fr="1 234", en="1,234")
    assert complaints(HALF, fr="37.5", en=["37.5%", "half"]) == ["fr: '37.5' is not said", "en: 'half' is not said"]


@pytest.mark.parametrize("content", [Message("no such text"), clauses("3", Message("no such text"))])
def test_a_message_without_french_is_named(content: Said) -> None:
    """A sentence that no catalogue has is named, wherever it stands, though the text around it is translated."""
    assert "fr: 'no such text' is not translated" in complaints(Answer(content))
    assert "fr: 'no such text' is not translated" in complaints(message("{before} {after}", before="a", after=content))


def test_messages_without_words_need_no_french() -> None:
    """What holds nothing to translate is said alike in both languages."""
    assert_explains(Message("{a} ({b})", (("a", "x"), ("b", Direction.INCREASE))))


def test_what_says_nothing_is_refused() -> None:
    """A number, which says nothing by itself, is named by its class; so is the function of a page."""
    with pytest.raises(AssertionError, match=r"^int explains nothing: expected a result, or a function"):
        assert_explains(3)

    def page(lang: str) -> str:
        return f"{lang} {None}"

    with pytest.raises(AssertionError, match=r"^page does not explain itself"):
        assert_explains(page)
