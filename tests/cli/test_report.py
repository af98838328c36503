"""The command line: what it prints, what it writes, and how it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import levier
from levier.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = str(ROOT / "docs" / "examples" / "plan-ministere.toml")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m levier` in a process of its own, in French only where the environment says so."""
    spoken = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    return subprocess.run(
        [sys.executable, "-m", "levier", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**spoken, "PYTHONIOENCODING": "utf-8", **environment},
    )


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test in this process starts from an environment that asks for English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Run a command line that must be refused, and return the lines of its problems."""
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    return told.err.splitlines()


def test_the_catalogue_is_the_default() -> None:
    """`python -m levier report` reports on the shipped catalogue, in the language of the environment."""
    done = run("report", LANG="fr_FR.UTF-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Action Publique 2022 et 5 autres programmes\u00a0: situation\n")
    assert "Situation au 31 décembre 2025, dernière date connue du portefeuille\u00a0: " in done.stdout
    assert "417,5\u00a0%" in done.stdout
    assert "127\u202f868\u202f473\u00a0€" in done.stdout


def test_a_portfolio_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """A TOML file is reported on the latest day it knows; the header names the fact behind, the end the appendices."""
    assert main(["report", EXAMPLE]) == 0
    out = capsys.readouterr().out
    assert "As of 30 April 2025, the latest date in the portfolio: Rapport annuel de performances 2024" in out
    assert "STATE BUDGET" in out
    assert out.rstrip().endswith("How each figure is computed, Sources.")


def test_a_day_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    """`--as-of` says the day, and the header does not claim that it is the latest."""
    assert main(["report", EXAMPLE, "--as-of", "2024-06-30", "--lang", "fr"]) == 0
    out = capsys.readouterr().out
    assert "Situation au 30 juin 2024." in out
    assert "dernier jour" not in out


@pytest.mark.parametrize(("suffix", "start"), [(".md", "# "), (".html", "<!DOCTYPE html>"), (".json", "{")])
def test_output_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str, start: str) -> None:
    """`--output` writes the form of its suffix, and nothing on the terminal."""
    target = tmp_path / f"report{suffix}"
    assert main(["report", EXAMPLE, "--output", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith(start)
    assert capsys.readouterr() == ("", "")


def test_json_is_read_and_written(tmp_path: Path) -> None:
    """A JSON portfolio gives the report of the TOML one, byte for byte."""
    levier.dump(levier.load(EXAMPLE), tmp_path / "plan.json")
    for source, target in ((EXAMPLE, "a.json"), (str(tmp_path / "plan.json"), "b.json")):
        assert main(["report", source, "--output", str(tmp_path / target)]) == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert json.loads((tmp_path / "a.json").read_bytes())["as_of"] == "2025-04-30"


def test_suffixes_may_be_in_capitals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file named as old systems name it is read and written all the same."""
    (tmp_path / "P.TOML").write_bytes(Path(EXAMPLE).read_bytes())
    assert main(["report", str(tmp_path / "P.TOML"), "--output", str(tmp_path / "R.MD")]) == 0
    assert capsys.readouterr() == ("", "")
    assert (tmp_path / "R.MD").read_text(encoding="utf-8").startswith("# ")


def test_a_file_gives_the_title(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A portfolio without a programme is reported under the name of its file."""
    levier.dump(levier.Portfolio.of(levier.Project(id="p", label="P")), tmp_path / "plan.json")
    assert main(["report", str(tmp_path / "plan.json"), "--as-of", "2019-06-14"]) == 0
    assert capsys.readouterr().out.startswith("plan.json: status\n")


def test_the_future_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """On the day of the interview the report says that later things are left out, and they are."""
    assert main(["report", "--as-of", "2019-06-14", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "Facts known only after that date are left out; undated facts are shown." in out
    assert "6e Semaine de l’innovation publique" in out
    assert not [
        told for told in ("7e CITP", "9e édition", "Cour des comptes", "Bracelet", "FTAP 2, sél") if told in out
    ]


def test_every_problem_has_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem of a document stands on one line: file, pointer, what was found, what was expected."""
    document = tmp_path / "bad.json"
    document.write_text('{"format": "levier", "version": 1, "projects": [{"id": 3}], "levrs": []}', encoding="utf-8")
    target = tmp_path / "out.html"
    lines = refused(capsys, "report", str(document), "--output", str(target))
    assert lines == sorted(lines, key=lines.index)
    assert all(line.startswith(f"{document}: /") for line in lines)
    assert any("/projects/0/id: expected text, found the number 3" in line for line in lines)
    assert any("/projects/0/label" in line and "missing" in line for line in lines)
    assert any("/levrs: unknown key 'levrs'" in line for line in lines)
    assert not target.exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bad.toml", b"projects = [", "not a TOML document"),
        ("bad.json", b"{", "not a JSON document"),
        ("bad.json", b"\xff\xfe", "UTF-8"),
        ("plan.xml", b"", "expected a file that ends in one of .json, .ndjson, .toml, .yaml, .yml"),
        ("undated.json", b'{"format": "levier", "version": 1}', "it holds no date; give the day with --as-of"),
        (
            "dangling.json",
            b'{"format": "levier", "version": 1, "projects": [{"id": "p", "label": "P", "owner_id": "x\\ny"}]}',
            "/projects/0/owner_id: expected the identifier of another thing, found",
        ),
        (
            "invisible.json",
            b'{"format": "levier", "version": 1, "projects": [{"id": "p", "label": "a\\nb\\u202e"}]}',
            r"/projects/0/label: expected a text that is not blank",
        ),
    ],
)
def test_bad_files(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, told: str) -> None:
    """A file that cannot be used is named with what is wrong, on one line, whatever the file quotes."""
    document = tmp_path / name
    document.write_bytes(content)
    (line,) = refused(capsys, "report", str(document))
    assert line.startswith(f"{document}: ")
    assert told in line


def test_unreadable_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there, and a folder in the place of one, are told as the system tells them."""
    assert refused(capsys, "report", str(tmp_path / "none.toml")) == [
        f"{tmp_path / 'none.toml'}: No such file or directory"
    ]
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    assert refused(capsys, "report", str(folder)) == [f"{folder}: Is a directory"]


def test_unwritable_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An output that cannot be written is told, and leaves nothing."""
    target = tmp_path / "none" / "out.md"
    assert refused(capsys, "report", EXAMPLE, "--output", str(target)) == [f"{target}: No such file or directory"]
    assert list(tmp_path.iterdir()) == []


def test_everything_given_is_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    """A bad language, day and suffix are told together, before anything is read."""
    arguments = ("report", "none.toml", "--lang", "de", "--as-of", "2019-02-30", "--output", "a.pdf")
    assert refused(capsys, *arguments) == [
        "--lang: expected fr or en, found 'de'",
        "--as-of: expected a day such as '2019-06-14' (ISO 8601), found '2019-02-30'",
        "--output: expected a file that ends in .md, .html or .json, found 'a.pdf'",
    ]


@pytest.mark.parametrize("arguments", [["reprt"], ["report", "--day", "x"], ["report", "a.toml", "b.toml"]])
def test_unknown_words(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """A word that means nothing is told on one line."""
    (line,) = refused(capsys, *arguments)
    assert line.startswith("levier: ")


@pytest.mark.parametrize("arguments", [["--help"], ["report", "--help"], []])
def test_help_shows_examples(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """Help shows command lines that can be typed as they stand."""
    assert main(arguments) == 0
    assert "levier report plan.json --output standing.html" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` says which levier this is."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"levier {levier.__version__}\n"


@pytest.mark.parametrize(
    ("missing", "arguments", "extra"),
    [
        ("cyclopts", ["--help"], "cli,report"),
        ("rich", ["report"], "cli,report"),
        ("jinja2", ["report", "--output", "report.html"], "report"),
    ],
)
def test_a_missing_extra_is_told(tmp_path: Path, missing: str, arguments: list[str], extra: str) -> None:
    """Without an optional package the command says in one line what to install, and writes nothing."""
    given = [str(tmp_path / word) if word.startswith("report.") else word for word in arguments]
    program = f"import sys; sys.modules[{missing!r}] = None; from levier.cli import main; sys.exit(main({given!r}))"
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.endswith(f'pip install "levier[{extra}]"')
    assert list(tmp_path.iterdir()) == []


def test_an_old_terminal_is_no_reason_to_fail() -> None:
    """Where the terminal's encoding lacks a character, the report still comes."""
    done = run("report", EXAMPLE, "--lang", "en", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "?18,000,000" in done.stdout


def test_a_narrow_terminal_gets_lists(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables too wide for a terminal come as lists of labelled values."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["report", EXAMPLE]) == 0
    out = capsys.readouterr().out
    assert max(len(line) for line in out.replace("\x1b", "").splitlines()) < 160
    assert "Confidence" in out


def test_labels_are_no_markup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What looks like a colour code in a label is printed as it stands."""
    plan = levier.Portfolio.of(levier.Project(id="p", label="[red]P[/red] :smile:"))
    levier.dump(plan, tmp_path / "plan.json")
    assert main(["report", str(tmp_path / "plan.json"), "--as-of", "2019-06-14"]) == 0
    assert "[red]P[/red] :smile:" in capsys.readouterr().out
