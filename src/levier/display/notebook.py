"""
Cards in notebooks: a portfolio, a project, an indicator and a budget year show as small HTML tables.

The model knows nothing of it: a shell is told how to show its classes.
Importing this module tells the shell that is running, if one is; `%load_ext levier.display.notebook` and `register`
do the same by name, and `register` for another language.
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
    Return a portfolio, a project, an indicator or a budget year as a compact piece of HTML, everything in it escaped.

    Raises:
        InvalidValueError: For anything else, and for a language that levier does not speak.

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
    Have a shell show cards: *ipython*, or the one that is running.

    The cards are in *lang*, or in the language that the environment asks for.

    Raises:
        LevierError: If no shell is given and none is running.
        InvalidValueError: If levier does not speak *lang*.
    """
    shell = _running() if ipython is None else ipython
    if shell is None:
        raise LevierError("no IPython shell is running: call register from a notebook, or give it a shell")
    asked = language_of(os.environ) if lang is None else language(lang)
    html = shell.display_formatter.formatters[_FORM]
    for carded in CARDED:
        html.for_type(carded, partial(card, lang=asked))


def load_ipython_extension(ipython: Any) -> None:
    """Have a shell show cards: `%load_ext levier.display.notebook`."""
    register(ipython)


def unload_ipython_extension(ipython: Any) -> None:
    """Have a shell show no cards any more: `%unload_ext levier.display.notebook`."""
    html = ipython.display_formatter.formatters[_FORM]
    for carded in CARDED:
        html.pop(carded, None)


def _running() -> Any:
    """Return the running shell without importing IPython: where it was never imported, none runs."""
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


if _running() is not None:
    register()
