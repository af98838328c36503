"""What the command line prints: reports, help, and what is wrong with what it was given."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_type_hints

from golden_plans import funded
from golden_said import VISIBLE

from levier import dumps
from levier.cli import main
from levier.cli.app import app, report

DOCUMENTS = {
    "empty.json": "{}",
    "broken.toml": "x = ",
    "bare.toml": 'format = "levier"\nversion = 1\n',
    "documents.toml": 'format = "levier"\nversion = 1\n[[sources]]\nid = "s"\ntitle = "S"\npublished_on = "2019-06"\n',
    "odd.xml": "x",
    "wrong.toml": 'format = "levier"\nversion = 1\n[[levers]]\nid = "A b"\nlabell = "x"\n[[projects]]\nid = 3\n',
}
"""Documents that cannot be reported on, by the name of their file."""
REFUSED: tuple[Sequence[str], ...] = (
    ("report", "--day", "x"),
    ("report", "--as-off", "x"),
    ("reprot", "x"),
    ("report", "a", "b", "c"),
    ("report", "--as-of"),
    ("report", "--as-of", "a", "--as-of", "b"),
    ("report", "none.toml"),
    ("report", "none.toml", "--as-of", "2019-02-30", "--output", "a.pdf"),
    ("report", "--lang", "de"),
    ("report", "."),
    ("report", "bare.toml", "--output", "none/a.md", "--as-of", "2019-06-14"),
    *(("report", name) for name in DOCUMENTS),
    ("report", "documents.toml", "--output", "documents.toml/a.md"),
    ("report", "documents.toml", "--as-of", "2019-06-14", "--lang", "de"),
)


def printed(arguments: Sequence[str], locale: str) -> str:
    """Return what a command line prints, with its exit status."""
    out, err = StringIO(), StringIO()
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = locale
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = main(arguments)
    finally:
        os.environ.pop("LC_ALL")
        if before is not None:
            os.environ["LC_ALL"] = before
    lines = (line.rstrip() for line in (*out.getvalue().splitlines(), *err.getvalue().splitlines()))
    return "\n".join((f"$ levier {' '.join(arguments)}", *lines, f"({status})", ""))


@contextmanager
def _among_documents() -> Iterator[None]:
    before = Path.cwd()
    with TemporaryDirectory() as folder:
        for name, text in DOCUMENTS.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def refusals() -> str:
    """Return what is said of command lines that cannot be used, in both languages."""
    with _among_documents():
        told = [printed(given, locale) for given in REFUSED for locale in ("fr_FR", "en_GB")]
    return "\n".join(told).translate(VISIBLE)


def reports() -> str:
    """Return a report as the terminal shows it, in both languages, of the latest day known."""
    with _among_documents():
        Path("fund.json").write_bytes(dumps(funded()))
        told = [printed(("report", "fund.json", "--lang", lang), "en_GB") for lang in ("fr", "en")]
    return "\n".join(told).translate(VISIBLE)


def helping() -> str:
    """Return the words of the help."""
    hints = get_type_hints(report, include_extras=True)
    options = (f"{name}: {hint.__metadata__[0].help}" for name, hint in hints.items() if hasattr(hint, "__metadata__"))
    command = app["report"]
    return "\n".join((app.help, command.help, str(command.usage), *options, ""))


SUBJECTS = {"command-line-refusals": refusals, "command-line-report": reports, "command-line-help": helping}
