"""However the command line ends, it says so by its exit status and in one line, and never by a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import levier
from levier.cli import main
from levier.cli.exits import Exit, ended
from levier.cli.problems import silence, tell
from levier.errors import InvalidValueError

EXAMPLE = str(Path(__file__).parents[2] / "docs" / "examples" / "plan-ministere.toml")
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is always full")


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test starts from an environment that asks for English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def shell(line: str, *arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of the shell, in which `levier` is the command line and "$@" are the arguments."""
    program = f'levier() {{ "$PYTHON" -m levier "$@"; }}\n{line}'
    return subprocess.run(
        ["sh", "-c", program, "sh", *arguments],
        check=False,
        capture_output=True,
        env={**os.environ, "PYTHON": sys.executable, **environment},
    )


@needs_full
@pytest.mark.parametrize("arguments", [["report", EXAMPLE], ["--help"], ["--version"]], ids=lambda given: given[0])
def test_a_full_disk_takes_no_report(arguments: list[str]) -> None:
    """What the terminal's place cannot take is told in one line, in the language that is asked for."""
    done = shell('levier "$@" > /dev/full', *arguments, LC_ALL="fr_FR.UTF-8")
    assert done.returncode == Exit.FAILED
    assert done.stderr.decode() == "sortie standard : plus de place sur le disque\n"


@needs_full
def test_a_full_disk_takes_no_file(tmp_path: Path) -> None:
    """A file that cannot be written to its end is told by its name."""
    target = tmp_path / "report.md"
    target.symlink_to(FULL)
    done = shell('levier report "$@"', EXAMPLE, "--output", str(target))
    assert (done.returncode, done.stdout) == (Exit.REFUSED, b"")
    assert done.stderr.decode() == f"{target}: No space left on device\n"


@pytest.mark.parametrize("arguments", [["report", EXAMPLE], ["--help"]], ids=lambda given: given[0])
def test_a_closed_output_takes_no_report(arguments: list[str]) -> None:
    """Where there is no standard output, that is told; what is to be said is not lost in silence."""
    done = shell('levier "$@" >&-', *arguments)
    assert (done.returncode, done.stderr) == (Exit.FAILED, b"standard output: it is closed\n")


def test_a_file_needs_no_output(tmp_path: Path) -> None:
    """A report to a file is written where there is no standard output."""
    target = tmp_path / "report.md"
    done = shell('levier report "$@" >&- 2>&-', EXAMPLE, "--output", str(target))
    assert (done.returncode, target.read_bytes()[:2]) == (Exit.DONE, b"# ")


@pytest.mark.parametrize("errors", ["2>&-", pytest.param("2>/dev/full", marks=needs_full)])
def test_where_no_error_can_be_told_the_status_tells(errors: str) -> None:
    """Without a standard error, or with a full one, the exit status is the same and the output stays clean."""
    done = shell(f"levier reprt {errors}")
    assert (done.returncode, done.stdout, done.stderr) == (Exit.REFUSED, b"", b"")


@pytest.mark.parametrize("arguments", [["report", EXAMPLE], ["--help"]], ids=lambda given: given[0])
def test_a_reader_that_has_had_enough(arguments: list[str]) -> None:
    """A reader that closes early, as `head` does, ends the report in silence, with the status of a closed pipe."""
    ruleset, writing = os.pipe()
    os.close(ruleset)
    program = [sys.executable, "-m", "levier", *arguments]
    done = subprocess.run(program, check=False, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (Exit.NO_READER, b"")


@pytest.mark.parametrize("where", ["file", "option", "day", "language", "output"])
def test_hostile_bytes_are_written_out(where: str) -> None:
    """What is no text, commands a terminal or turns the direction of writing is written out in the message."""
    hostile = b"\xff\x1b[31m\xe2\x80\xae\xc2\x9b2J"
    given: dict[str, list[str | bytes]] = {
        "file": ["report", hostile + b".toml"],
        "option": ["report", b"--" + hostile, b"x"],
        "day": ["report", "--as-of", hostile],
        "language": ["report", "--lang", hostile],
        "output": ["report", "--output", hostile],
    }
    for spoken in ({"LC_ALL": "C.UTF-8"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}):
        done = shell('levier "$@"', *given[where], **spoken)
        assert (done.returncode, done.stdout) == (Exit.REFUSED, b"")
        (line,) = done.stderr.decode("ascii").splitlines()
        assert line.isprintable()
        assert "x1b[31m" in line


def test_an_ascii_terminal_is_enough() -> None:
    """In the plainest locale, without UTF-8, help and reports come with question marks for what it lacks."""
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for arguments in (["report", EXAMPLE, "--lang", "fr"], ["--help"], ["report", "--help"]):
        done = shell('levier "$@"', *arguments, **plain)
        assert (done.returncode, done.stderr) == (Exit.DONE, b"")
        assert done.stdout.isascii()


@pytest.mark.parametrize("columns", ["0", "1", "7", "x"])
def test_a_terminal_of_any_width(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """Whatever a terminal says of its width, the report comes."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["report", EXAMPLE]) == Exit.DONE


def test_hostile_keys_of_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document whose keys and texts hold commands is refused in lines that can be seen."""
    document = tmp_path / "a\x1b[2Jb\u202e.json"
    document.write_text(
        r'{"format": "levier", "version": 1, "\u001b[31m\u202ered": 1, "levers": [{"id": "\u001bx", "\u0007": "\n"}]}',
        encoding="utf-8",
    )
    assert main(["report", str(document)]) == Exit.REFUSED
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) >= 3
    assert all(line.isprintable() for line in told.err.splitlines())


def raising(error: BaseException) -> Any:
    """Return what raises an error whatever it is given."""

    def raises(*_: object, **__: object) -> None:
        raise error

    return raises


@pytest.mark.parametrize("where", ["levier.cli.app.run", "levier.cli.exits.ended", "levier.cli.reporting.load"])
def test_an_interrupt_has_its_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    """Whoever presses Ctrl-C sees the prompt, and a shell the status of an interrupted program."""
    __import__("levier.cli.reporting")
    monkeypatch.setattr(where, raising(KeyboardInterrupt()))
    assert main(["report", EXAMPLE]) == Exit.INTERRUPTED == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("error", [RuntimeError("\x1b[31modd\nthing"), MemoryError(), RecursionError("deep")])
def test_what_is_wrong_in_levier_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    """An error that nobody foresaw is told in one line too, with its class, and asks to be reported."""
    monkeypatch.setattr("levier.cli.reporting.load", raising(error))
    assert main(["report", EXAMPLE]) == Exit.FAILED
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"levier: internal error, please report it: {type(error).__name__}")
    assert line.isprintable()


def test_developers_see_where() -> None:
    """In the development mode of Python an unforeseen error comes with its traceback."""
    program = "from levier.cli.exits import ended; ended(lambda: 1 // 0, 'en')"
    done = subprocess.run([sys.executable, "-X", "dev", "-c", program], check=False, capture_output=True)
    assert b"ZeroDivisionError" in done.stderr
    assert b"Traceback" in done.stderr


def test_what_does_not_add_up_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A portfolio that no report can be made of is refused by its file, with the reason."""
    monkeypatch.setattr("levier.display.report.report", raising(InvalidValueError("Euros", 10**15, "an amount")))
    assert main(["report", EXAMPLE]) == Exit.REFUSED
    assert capsys.readouterr().err == f"{EXAMPLE}: expected an amount, found 1000000000000000\n"


def test_a_printer_on_fire(capsys: pytest.CaptureFixture[str]) -> None:
    """What the system says of the output is told as it says it, where levier has no words for it."""
    assert ended(raising(OSError(5, "Input/output error")), "fr") == Exit.FAILED
    assert capsys.readouterr().err == "sortie standard : Input/output error\n"


def test_streams_without_a_file_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that cannot be told to a stream of the program itself stays there."""

    class Broken:
        write = flush = raising(OSError("broken"))

    silence(object())
    monkeypatch.setattr(sys, "stderr", Broken())
    tell(["a problem"])
    monkeypatch.setattr(sys, "stderr", None)
    tell(["a problem"])


def test_the_statuses_are_documented(capsys: pytest.CaptureFixture[str]) -> None:
    """Help and the guide name every exit status."""
    assert main(["--help"]) == Exit.DONE
    guide = (Path(levier.__file__).parents[2] / "docs" / "guides" / "start.md").read_text(encoding="utf-8")
    told = capsys.readouterr().out
    for status in Exit:
        assert f"\n  {status.value:<4} " in told
        assert f"`{status.value}`" in guide
