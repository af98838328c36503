"""The command line speaks the language it is asked for."""

from __future__ import annotations

import errno
import string

import pytest

from levier.cli import main
from levier.cli.wording import Message, asked_language, system_message


def places(text: str) -> set[str]:
    """Return the names of the places that a message leaves to be filled."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("message", Message)
def test_messages_are_complete(message: Message) -> None:
    """Every message is there in both languages, with the same places to fill."""
    assert message.fr
    assert message.en
    assert places(message.fr) == places(message.en)


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        (["report", "--lang", "fr"], {}, "fr"),
        (["report", "--lang=en"], {"LANG": "fr_FR"}, "en"),
        (["report", "--lang", "de"], {"LANG": "fr_FR"}, "fr"),
        (["report", "--lang"], {}, "en"),
    ],
)
def test_the_language_is_read_first(arguments: list[str], environment: dict[str, str], lang: str) -> None:
    """Whatever else is wrong with a command line, the language it asks for is the one of its problems."""
    assert asked_language(arguments, environment) == lang


def test_what_the_system_says_is_translated() -> None:
    """A refusal of the system that we have words for is in the language; any other comes as it is."""
    assert system_message(IsADirectoryError(errno.EISDIR, "Is a directory"), "fr") == "c’est un dossier"
    assert system_message(OSError(errno.EIO, "Input/output error"), "fr") == "Input/output error"
    assert system_message(OSError("odd"), "fr") == "odd"


def test_problems_are_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with the options is told in French where the report would be."""
    assert main(["report", "none.toml", "--lang", "fr", "--as-of", "2019-02-30", "--output", "a.pdf"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "--as-of : attendu un jour tel que '2019-06-14' (ISO 8601), trouvé '2019-02-30'",
        "--output : attendu un fichier en .md, .html ou .json, trouvé 'a.pdf'",
    ]
    assert main(["report", "none.toml", "--lang", "fr"]) == 2
    assert capsys.readouterr().err == "none.toml : aucun fichier ni dossier de ce nom\n"
    assert main(["report", "--lang", "fr", "--day", "x"]) == 2
    assert capsys.readouterr().err.startswith("levier : ligne de commande non comprise : ")


def test_help_says_what_stays_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    """Help warns that problems inside documents are in English, and that free text is not translated."""
    assert main(["report", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Messages about what is wrong inside a document are in English" in told
    assert "free text of a portfolio stays in the language it is written in" in told
