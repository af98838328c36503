"""
Cards in notebooks: a portfolio, a project, an indicator and a budget year are displayed as small HTML tables.

The model does not depend on this: the shell gets a formatter for each class. Importing this module registers them with
the running shell, if there is one; `%load_ext levier.display.notebook` and `register` do so explicitly, and `register`
also selects another language.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from html import escape
from typing import Any

from levier.display.cards import CARDED, Carded, card_of
from levier.display.pages import Cell
from levier.errors import LevierError
from levier.model.terms import LangLike, language
from levier.wording.catalogue import language_of

__all__ = ["card", "load_ipython_extension", "register", "unload_ipython_extension"]

_FORM = "text/html"
_HEAD = "text-align:start;font-weight:normal"
_STYLE = "border-left:3px solid #1f3a93;padding:.25rem .75rem;display:inline-block;font-size:.9em"


def card(value: Carded, lang: LangLike) -> str:
    """
    Return a portfolio, a project, an indicator or a budget year as a compact piece of HTML, with all texts escaped.

    Raises:
        InvalidValueError: For any other value, and for an unsupported language.

    >>> from levier import Project
    >>> "&lt;b&gt;" in card(Project(id="p", label="<b>Bold</b>"), "en")
    True
    """
    made = card_of(value, lang)
    title = f"<small>{escape(made.kind)}</small><br><strong{_lang(made.name)}>{escape(made.name.text)}</strong>"
    rows = "".join(
        f'<tr><th scope="row" style="{_HEAD}">{escape(label)}</th>{_td(cell)}</tr>' for label, cell in made.lines
    )
    table = f'<table><caption style="text-align:start">{title}</caption><tbody>{rows}</tbody></table>'
    return f'<div class="levier-card" lang="{made.lang}" style="{_STYLE}">{table}</div>'


def _td(cell: Cell) -> str:
    text = f"<em>{escape(cell.text)}</em>" if cell.is_missing else escape(cell.text)
    return f'<td style="text-align:start"{_lang(cell)}>{text}</td>'


def _lang(cell: Cell) -> str:
    return f' lang="{escape(cell.lang)}"' if cell.lang else ""


def register(ipython: Any = None, *, lang: LangLike | None = None) -> None:
    """
    Register the cards with a shell: *ipython*, or the running one.

    The cards are in *lang*, or else in the language of the environment.

    Raises:
        LevierError: If no shell is given and none is running.
        InvalidValueError: If *lang* is not a supported language.
    """
    shell = _running() if ipython is None else ipython
    if shell is None:
        raise LevierError("no IPython shell is running: call register from a notebook, or give it a shell")
    asked = language_of(os.environ) if lang is None else language(lang)
    html = shell.display_formatter.formatters[_FORM]
    for carded in CARDED:
        html.for_type(carded, partial(card, lang=asked))


def load_ipython_extension(ipython: Any) -> None:
    """Register the cards: `%load_ext levier.display.notebook`."""
    register(ipython)


def unload_ipython_extension(ipython: Any) -> None:
    """Unregister the cards: `%unload_ext levier.display.notebook`."""
    html = ipython.display_formatter.formatters[_FORM]
    for carded in CARDED:
        html.pop(carded, None)


def _running() -> Any:
    """Return the running shell without importing IPython: if it was never imported, no shell runs."""
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


if _running() is not None:
    register()
