"""The command line speaks the language it is asked for."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from cyclopts import CycloptsError

from levier.cli import main
from levier.cli.app import misunderstood
from levier.cli.problems import lines_of
from levier.cli.wording import asked_language, system_message
from levier.errors import DuplicateItemsError
from levier.wording.said import said


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        (["report", "--lang", "fr"], {}, "fr"),
        (["report", "--lang=en"], {"LANG": "fr_FR"}, "en"),
        (["report", "--lang", "fr-FR"], {}, "fr"),
        (["report", "--lang", "de"], {"LANG": "fr_FR"}, "fr"),
        (["report", "--lang"], {}, "en"),
    ],
)
def test_the_language_is_read_first(arguments: list[str], environment: dict[str, str], lang: str) -> None:
    """Whatever else is wrong with a command line, the language it asks for is the one of its problems."""
    assert asked_language(arguments, environment) == lang


def test_what_the_system_says_is_translated() -> None:
    """A refusal of the system that we have words for is in the language; any other comes as it is."""
    folder = system_message(IsADirectoryError(errno.EISDIR, "Is a directory"))
    assert (said(folder, "fr"), said(folder, "en")) == ("c’est un dossier", "Is a directory")
    assert system_message(OSError(errno.EIO, "Input/output error")) == "Input/output error"
    assert system_message(OSError("odd")) == "odd"


def test_problems_are_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with the options is told in French where the report would be."""
    assert main(["report", "none.toml", "--lang", "fr", "--as-of", "2019-02-30", "--output", "a.pdf"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "--as-of : attendu un jour tel que '2019-06-14' (ISO 8601), trouvé '2019-02-30'",
        "--output : attendu un fichier en .md, .html ou .json, trouvé 'a.pdf'",
    ]
    assert main(["report", "none.toml", "--lang", "fr"]) == 2
    assert capsys.readouterr().err == "none.toml : aucun fichier ni dossier de ce nom\n"


@pytest.mark.parametrize(
    ("arguments", "fr", "en"),
    [
        (["report", "--day", "x"], "option --day inconnue", "unknown option --day"),
        (
            ["report", "--as-off", "x"],
            "option --as-off inconnue (vouliez-vous dire --as-of ?)",
            "unknown option --as-off (did you mean --as-of?)",
        ),
        (
            ["reprot", "x"],
            "commande reprot inconnue (vouliez-vous dire report ?)",
            "unknown command reprot (did you mean report?)",
        ),
        (["report", "a", "b", "c"], "arguments en trop (b c)", "too many arguments (b c)"),
        (["report", "--as-of"], "valeur manquante pour --as-of", "the value of --as-of is missing"),
        (
            ["report", "--as-of", "a", "--as-of", "b"],
            "--as-of est donné plus d’une fois",
            "--as-of is given more than once",
        ),
    ],
)
def test_what_is_wrong_with_a_command_line_is_told_in_one_language(
    arguments: list[str], fr: str, en: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No English of the parser stands behind French words of ours; a near miss is suggested in either language."""
    for locale, told in (("fr_FR", f"levier : ligne de commande non comprise : {fr}"), ("en_GB", en)):
        monkeypatch.setenv("LC_ALL", locale)
        assert main(arguments) == 2
        assert capsys.readouterr().err.endswith(f"{told}\n")


def test_another_fault_of_a_command_line_leads_to_the_help() -> None:
    """What the parser may find besides has no words of ours: the help is named."""
    assert (
        misunderstood(CycloptsError(), "fr") == "levier\u00a0: ligne de commande non comprise\u00a0: voir levier --help"
    )


def test_what_the_library_tells_of_a_file_is_english_as_a_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words of an error are English, and so is what stands around them, in whatever language the report is."""
    odd, broken = tmp_path / "plan.xml", tmp_path / "plan.json"
    odd.write_text("x")
    broken.write_text("{}")
    assert main(["report", str(odd), "--lang", "fr"]) == 2
    assert capsys.readouterr().err.startswith(f"{odd}: expected a file that ends in")
    assert main(["report", str(broken), "--lang", "fr"]) == 2
    assert capsys.readouterr().err.startswith(f"{broken}: ")
    assert lines_of(OSError("odd"), "f", "fr") == ("f: odd",)
    assert lines_of(DuplicateItemsError("projects", ("p",)), "f", "fr") == (
        "f: projects: given more than once: p; keep one of each",
    )


def test_help_says_what_stays_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    """Help warns that problems inside documents are in English, and that free text is not translated."""
    assert main(["report", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Messages about what is wrong inside a document are in English" in told
    assert "free text of a portfolio stays in the language it is written in" in told
