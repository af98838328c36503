"""The catalogues hold every message of the code, translated, with the same places, and nothing else."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import levier
from levier.model.terms import LANGS
from levier.wording.catalogue import SOURCE_LANG

SOURCE = Path(levier.__file__).parent
LOCALES = SOURCE / "wording" / "locale"
KEYWORDS: dict[str, Any] = {
    "message": None,
    "message_in": ((1, "c"), 2),
    "plural": (1, 2),
    "plural_in": ((1, "c"), 2, 3),
    "translated": None,
    "translated_plural": (1, 2),
}
"""What Babel's extractor looks for: the functions that take a text, and where it stands among their arguments."""
LANGUAGES = sorted(set(LANGS.values()) - {SOURCE_LANG})

Key = tuple[str, str]


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the forms of a message, one where it has no plural."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def extracted() -> dict[Key, tuple[str, ...]]:
    """Return every message of the code, by context and text, with its forms."""
    found = extract_from_dir(SOURCE, [("**.py", "python")], keywords=KEYWORDS)
    return {(context or "", forms(text)[0]): forms(text) for _, _, text, _, context in found}


def entries(lang: str) -> Iterator[tuple[Path, Message]]:
    """Yield every entry of a language with the file that holds it."""
    for file in sorted((LOCALES / lang).glob("*.po")):
        catalogue = read_po(file.read_text(encoding="utf-8").splitlines(), abort_invalid=True)
        yield from ((file, entry) for entry in catalogue if entry.id)


def held(lang: str) -> dict[Key, tuple[str, ...]]:
    """Return the translations into a language."""
    return {(entry.context or "", forms(entry.id)[0]): forms(entry.string) for _, entry in entries(lang)}


def places(text: str) -> set[str]:
    """Return the names of the places of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


MESSAGES = extracted()


def test_every_language_has_a_folder() -> None:
    """Each language but the one of the code has translations, and no folder is of a language that levier lacks."""
    assert sorted(folder.name for folder in LOCALES.iterdir()) == LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_is_complete(lang: str) -> None:
    """Every message is translated, and no translation is of a message that nobody says."""
    found = held(lang)
    assert sorted(set(MESSAGES) - set(found)) == [], "in the code, not in the catalogue"
    assert sorted(set(found) - set(MESSAGES)) == [], "in the catalogue, not in the code"
    assert sorted(key for key, texts in found.items() if not all(texts)) == [], "not translated"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_is_translated_one_way(lang: str) -> None:
    """A text that stands in two files has one translation: another one needs a context."""
    ways: dict[Key, set[tuple[str, ...]]] = defaultdict(set)
    for _, entry in entries(lang):
        ways[entry.context or "", forms(entry.id)[0]].add(forms(entry.string))
    assert {key: texts for key, texts in ways.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_translation_is_a_guess(lang: str) -> None:
    """No entry is marked as fuzzy: a tool that merges catalogues marks what it guessed."""
    assert [entry.id for _, entry in entries(lang) if entry.fuzzy] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_translation_has_the_places_of_its_message(lang: str) -> None:
    """Each form has the same places; only the number may go unsaid ("one project")."""
    for key, texts in held(lang).items():
        asked = set().union(*map(places, MESSAGES[key]))
        for text in texts:
            assert asked - {"n"} <= places(text) <= asked, (key, text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plural_stays_one(lang: str) -> None:
    """A message with a plural has every form that gettext asks of the language, and one without has one."""
    for file in sorted((LOCALES / lang).glob("*.po")):
        catalogue = read_po(file.read_text(encoding="utf-8").splitlines())
        for entry in filter(lambda entry: entry.id, catalogue):
            plain = len(MESSAGES[entry.context or "", forms(entry.id)[0]]) == 1
            assert len(forms(entry.string)) == (1 if plain else catalogue.num_plurals), entry.id


def test_messages_are_whole() -> None:
    """No message is a piece of one: none begins or ends with a space or a joint, or opens what it does not close."""
    texts = [text for one in MESSAGES.values() for text in one]
    texts += [text for lang in LANGUAGES for one in held(lang).values() for text in one]
    assert texts
    for text in texts:
        assert text == text.strip(), text
        assert not re.match(r"[,;:)]", text), text
        assert not re.search(r"[,;:(]$", text), text
        assert text.count("(") == text.count(")"), text
        assert text.count("«") == text.count("»"), text
        assert re.search(r"[^\W\d]{2}", re.sub(r"\{\w+\}", "", text)) or len(places(text)) > 1, text


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Yield every call of a function that takes a text, outside the room that makes them."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                yield file, node


def test_texts_are_literals() -> None:
    """Every text stands in the code as it is: what is put together there, no extractor and no translator finds."""
    own = {SOURCE / "wording" / "messages.py"}  # hands on what it was given
    count = {name: len(spec) if spec else 1 for name, spec in KEYWORDS.items()}
    loose = [
        f"{file.relative_to(SOURCE)}:{call.lineno}"
        for file, call in calls()
        for argument in call.args[: count[getattr(call.func, "id", "")]]
        if file not in own and not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]
    assert loose == []
