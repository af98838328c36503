"""
Display: reports, pages and cards, in French and English; each optional package is imported by one module.

`levier.display.report.report` returns a portfolio's report as a value; `html.to_html`, `markdown.to_markdown` and
`json.to_json` return its text, and `files.write` writes it. `notebook.card` is a piece of HTML for one portfolio,
project, indicator or budget year, and `%load_ext levier.display.notebook` shows these by themselves in a notebook.
`diagrams.life_cycle_diagram` draws the phases.

>>> from levier import Lever, Portfolio
>>> from levier.display.markdown import to_markdown
>>> from levier.display.report import report
>>> plan = Portfolio.of(Lever(id="digital", label="Numérique"))
>>> print(to_markdown(report(plan, as_of="2019-06-14", lang="en")).splitlines()[0])
# Status of the transformation
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import levier.errors  # noqa: F401  # whole, before a module of this room takes one of its modules: see levier.errors

if TYPE_CHECKING:
    from levier.display import diagrams, files, html, json, markdown, notebook, report

__all__ = ["diagrams", "files", "html", "json", "markdown", "notebook", "report"]


def __getattr__(name: str) -> Any:
    # A page is a module, which is imported when it is first asked for: some need an extra.
    if name in __all__:
        return import_module(f"levier.display.{name}")
    raise AttributeError(f"module 'levier.display' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
