"""Whatever the command line is given, and whenever it is interrupted, it ends with a status of its own."""

from __future__ import annotations

import contextlib
import io
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from levier.cli import main

WORDS = [
    "report",
    "reprt",
    "--lang",
    "--lang=",
    "--lang=fr",
    "fr",
    "de",
    "--as-of",
    "--as-of=2019-06-14",
    "2019-02-30",
    "--as_of",
    "--output",
    "--output=x.pdf",
    "-o",
    "-",
    "--",
    "---",
    "",
    " ",
    "\0",
    "\n",
    "a\0.toml",
    "none.toml",
    "none.json",
    "\udcff.toml",
    "\x1b[31m.json",
    "\u202e.yaml",
    "/",
    ".",
    "..",
    "~",
    "x" * 5_000 + ".json",
    "--" + "x" * 5_000,
    "@file",
    "--help=x",
    "--no-help",
    "--version=1",
    "{}",
    "%s",
    "[red]",
    "/dev/null",
    "/dev/full",
    "👩\u200d🚀",
]


def drawn(number: int) -> list[str]:
    """Return the command line of this number."""
    chance = random.Random(number)
    words = [chance.choice(WORDS) for _ in range(chance.randint(1, 6))]
    return ["report", "none.toml", *words] if chance.random() < 0.5 else words


def test_any_command_line(effort: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words in any order end in help, or in lines that can be seen and say why not."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("levier.catalogue.action_publique_2022", lambda: pytest.fail("not what is tried here"))
    for number in range(400 * effort):
        given = drawn(number)
        if "report" in given and not any("none" in word for word in given):
            given.append("none.toml")
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(given)
        told = err.getvalue()
        assert status in (0, 2), (given, told)
        assert (status == 2) == bool(told), given
        assert all(line.isprintable() for line in told.split("\n")), (given, told)
        assert "Traceback" not in told + out.getvalue(), given


@contextlib.contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Interrupt what is done here after some time, as Ctrl-C would."""

    def interrupt(_: int, frame: FrameType | None) -> None:
        while frame is not None and frame.f_code.co_filename != __file__:
            if "/coverage/" in frame.f_code.co_filename:  # it holds a lock of its own, which no interrupt may break
                signal.setitimer(signal.ITIMER_REAL, 0.001)
                return
            frame = frame.f_back
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# An interrupt between the opening of a file and its first line leaves it to the collector, which closes it and warns.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timer of this kind")
def test_interrupts_at_any_time(effort: int, capsys: pytest.CaptureFixture[str]) -> None:
    """An interrupt ends the command line with the status of an interrupt, or comes too late; it never fails."""
    example = str(Path(__file__).parents[2] / "docs" / "examples" / "plan-ministere.toml")
    chance = random.Random(effort)
    statuses = set()
    for _ in range(40 * effort):
        with contextlib.suppress(KeyboardInterrupt), interrupted_after(chance.uniform(0.001, 0.4)):
            statuses.add(main(["report", example]))
        assert capsys.readouterr().err == ""
    assert 130 in statuses
    assert statuses <= {0, 130}
