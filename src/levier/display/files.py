"""Reports in files: the suffix selects the format, and a file is written completely or not at all."""

from __future__ import annotations

from collections.abc import Callable

from levier.display.json import to_json
from levier.display.markdown import to_markdown
from levier.display.pages import Report
from levier.errors import InvalidValueError
from levier.serialization import files

__all__ = ["SUFFIXES", "form_of", "write"]


def _to_html(report: Report) -> str:
    from levier.display.html import to_html

    return to_html(report)


_FORMS: dict[str, Callable[[Report], str]] = {".md": to_markdown, ".html": _to_html, ".json": to_json}
SUFFIXES = tuple(_FORMS)
"""The suffixes, and the format of each."""


def form_of(path: files.PathLike) -> Callable[[Report], str]:
    """
    Return the function that writes a report in the format of the suffix of *path*.

    Raises:
        InvalidValueError: If the suffix is not that of a format.
    """
    file = files.as_path("report", path)
    suffix = file.suffix.lower()
    if suffix not in _FORMS:
        raise InvalidValueError(
            "report", str(file), f"a file that ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
        )
    return _FORMS[suffix]


def write(report: Report, path: files.PathLike) -> None:
    """
    Write a report to a file atomically: until it is complete, the previous file stays.

    Raises:
        InvalidValueError: If the suffix is not that of a format.
        OSError: If the file cannot be written.
    """
    files.write(path, form_of(path)(report).encode())
