"""The language that an environment, a report or a card is asked for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import levier
from levier import Portfolio
from levier.display.cards import CARDED, card_of
from levier.display.diagrams import life_cycle_diagram
from levier.display.report import report
from levier.errors import InvalidValueError
from levier.model.terms import LANGS
from levier.plans import TRANSITIONS
from levier.testing import samples
from levier.wording.catalogue import language_of


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "FR"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "fr_CA", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LC_ALL": "C", "LC_MESSAGES": "fr_FR", "LANG": "fr_FR"}, "en"),
        ({"LC_ALL": "", "LANG": "fr_FR"}, "fr"),
    ],
)
def test_the_first_variable_that_is_set_decides(environment: dict[str, str], expected: str) -> None:
    """LC_ALL goes before LC_MESSAGES, which goes before LANG; an empty one counts as not set."""
    assert language_of(environment) == expected


@pytest.mark.parametrize(("tag", "lang"), [("fr-FR", "fr"), ("fr_CA", "fr"), ("EN-gb", "en")])
def test_a_region_changes_nothing(tag: str, lang: str) -> None:
    """Reports, cards and diagrams in a language with its region are those in the language."""
    plan = samples.portfolio(projects=2)
    made = report(plan, as_of="2019-06-14", lang=tag)
    assert made == report(plan, as_of="2019-06-14", lang=lang)
    assert made.lang == lang
    for item in (item for item in plan if isinstance(item, CARDED)):
        assert card_of(item, tag) == card_of(item, lang)  # type: ignore[arg-type]  # what a card can be made of is asked above
    assert life_cycle_diagram(TRANSITIONS, tag) == life_cycle_diagram(TRANSITIONS, lang)


@pytest.mark.parametrize("tag", ["de", "", "french", "fr FR"])
def test_another_language_is_refused(tag: str) -> None:
    """No report and no card is written in a language that levier does not speak: both say which it does."""
    for ask in (lambda: report(Portfolio(), as_of="2019-06-14", lang=tag), lambda: card_of(Portfolio(), tag)):
        with pytest.raises(InvalidValueError, match="lang: expected 'fr' or 'en'"):
            ask()


def compared(file: Path) -> list[str]:
    """Return where a module compares something with a language, or looks a language up in several."""
    tags = set(LANGS) | set(LANGS.values())
    return [
        f"{file.name}:{node.lineno}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare)
        and any(
            isinstance(part, ast.Constant) and part.value in tags
            for side in (node.left, *node.comparators)
            for part in ast.walk(side)
        )
    ]


@pytest.mark.parametrize("room", ["display", "cli"])
def test_no_language_is_compared(room: str) -> None:
    """What is said depends on a language in the wording room alone: a third language needs no change here."""
    folder = Path(levier.__file__).parent / room
    assert [place for file in sorted(folder.rglob("*.py")) for place in compared(file)] == []
